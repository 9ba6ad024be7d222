"""How many for each one, where one may bring several? Complaints per transaction.

A share cannot be above 1; a rate can. Complaints come in as they come, so their number is taken
as Poisson's, and the transactions as known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import chdtri

from reports.errors import ReportError
from reports.findings import Interval, Reason

EXACT = "poisson_exact"


class ImpossibleRate(ReportError):
    """A count below 0, or one of nothing."""

    def __init__(self, count: int, units: int) -> None:
        super().__init__(f"{count} counted on {units} cannot be.")


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` on ``units``, for each one, with SE √count/units; or the reason why not."""

    count: int
    units: int
    value: float | None
    se: float | None = None
    interval: Interval | None = None
    reason: Reason | None = None


def rate(count: int, units: int, confidence: float = 0.95) -> Rate:
    """``count``/``units`` with the exact interval of a Poisson count (Garwood 1936).

    From χ²(α/2; 2·count)/2 to χ²(1 - α/2; 2·count + 2)/2, over ``units``; with nothing counted
    the lower end is exactly 0. Nothing to count on gives a reason. Raises
    :class:`ImpossibleRate`.

    >>> found = rate(12, 400)
    >>> found.value, round(found.interval.low, 4), round(found.interval.high, 4)
    (0.03, 0.0155, 0.0524)
    >>> rate(0, 0).reason.value
    'no_answers'
    """
    if count < 0 or units < 0 or (count and not units):
        raise ImpossibleRate(count, units)
    if not units:
        return Rate(count, units, None, reason=Reason.NO_ANSWERS)
    tail = (1 - confidence) / 2
    low = float(chdtri(2 * count, 1 - tail)) / 2 if count else 0.0
    high = float(chdtri(2 * count + 2, tail)) / 2
    interval = Interval(low / units, high / units, EXACT, confidence)
    return Rate(count, units, count / units, math.sqrt(count) / units, interval)
