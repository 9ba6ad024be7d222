"""How sure is a product of two estimates, such as people told = told by each × customers?

The delta method takes both estimates as symmetric and may fall below 0. Lowest × lowest to
highest × highest asks both to be at their worst at once and is far too wide. Here the relative
distances from the values to the ends are squared and added on the log scale, for the lower and
the upper end apart, so that the lean of both intervals stays (Zou & Donner 2008, *Statistics in
Medicine* 27: 1693, for logarithms).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.errors import ReportError
from reports.findings import Interval


class ImpossibleFactor(ReportError):
    """A factor below 0, or an interval that does not hold its value."""

    def __init__(self, value: float, interval: Interval) -> None:
        ends = f"{interval.low} to {interval.high}"
        super().__init__(
            f"A factor lies inside its interval, from 0 on: {value} ({ends}) cannot be."
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value of 0 or more, inside its interval."""

    value: float
    interval: Interval

    def __post_init__(self) -> None:
        if not 0 <= self.interval.low <= self.value <= self.interval.high:
            raise ImpossibleFactor(self.value, self.interval)


def product(first: Estimate, second: Estimate) -> Estimate:
    """First times second, independent of each other.

    log(value/low) = √(log²(a/a_low) + log²(b/b_low)), upwards likewise. A lower end of 0 stays
    0. Where a value is 0 the logarithm fails, and the interval is 0 to highest × highest. The
    confidence is the lower of the two.

    >>> found = product(Estimate(4, Interval(2, 8, "t")), Estimate(10, Interval(10, 10, "known")))
    >>> found.value, round(found.interval.low, 6), round(found.interval.high, 6)
    (40, 20.0, 80.0)
    """
    value, a, b = first.value * second.value, first.interval, second.interval
    confidence = min(a.confidence, b.confidence)
    if not value:
        return Estimate(value, Interval(0.0, a.high * b.high, "product_of_ends", confidence))
    low = 0.0
    if a.low and b.low:
        down = (math.log(first.value) - math.log(a.low), math.log(second.value) - math.log(b.low))
        low = value * math.exp(-math.hypot(*down))
    up = (math.log(a.high) - math.log(first.value), math.log(b.high) - math.log(second.value))
    high = a.high * b.high * math.exp(math.hypot(*up) - sum(up))
    return Estimate(value, Interval(low, high, "square_and_add", confidence))
