"""What goes into a control chart, which charts there are, and why one has no limits?

A period is a month, a quarter, whatever is reported by; it has a name, a count and a base. A
p chart plots shares (customers who complained / customers served; never above 1), a u chart
plots rates (complaints / transactions, where one may bring several). A c chart is a u chart
whose base is the same, such as 1, in every period. The charts named *prime* are those of Laney
(2002), whose limits leave room for what differs from month to month beside the luck of the draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.errors import ReportError


class Chart(StrEnum):
    """The kinds of chart; :attr:`plain` and :attr:`prime` lead from one to its sibling."""

    P = "p"
    P_PRIME = "p_prime"
    U = "u"
    U_PRIME = "u_prime"

    @property
    def of_shares(self) -> bool:
        """Whether counts are parts of their base, so that no value is above 1."""
        return self in (Chart.P, Chart.P_PRIME)

    @property
    def is_prime(self) -> bool:
        """Whether the limits are Laney's."""
        return self in (Chart.P_PRIME, Chart.U_PRIME)

    @property
    def plain(self) -> Chart:
        """The chart of that kind which blames all variation on the luck of the draw."""
        return Chart.P if self.of_shares else Chart.U

    @property
    def prime(self) -> Chart:
        """Laney's chart of that kind."""
        return Chart.P_PRIME if self.of_shares else Chart.U_PRIME

    def variance(self, centre: float) -> float:
        """Variance of one unit at that level: p(1 - p) binomial, u Poisson.

        >>> Chart.P.variance(0.2), Chart.U.variance(2.0)
        (0.16000000000000003, 2.0)
        """
        return centre * (1 - centre) if self.of_shares else centre


class ChartReason(StrEnum):
    """Why a chart has no baseline, a point no value or no limits, or a series no run rule."""

    NO_ANSWERS = "no_answers"  # nothing in the base of that period, or of all of them
    TOO_FEW_POINTS = "too_few_points"  # fewer than the chart or the rule needs
    MERGE_PERIODS = "merge_periods"  # so few are expected a period: merge months into quarters
    NO_VARIATION = "no_variation"  # every period alike: Laney's limits would have no width


class ControlChartError(ReportError):
    """Base of everything a control chart refuses."""


class ImpossibleCount(ControlChartError):
    """A count below 0, or above a base it is a part of."""

    def __init__(self, name: str, count: float, n: float) -> None:
        super().__init__(f"Period {name} counts {count:.15g} of {n:.15g}, which cannot be.")


class RepeatedPeriod(ControlChartError):
    """Two periods of the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Period {name} is there twice.")


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """``count`` complaints (or complainers) on a base of ``n``, in the period ``name``.

    Both are whole, but for a weighted rate, which counts as the plain sample it is worth.
    """

    name: str
    count: float
    n: float

    def __post_init__(self) -> None:
        if self.count < 0 or self.n < 0 or (self.count and not self.n):
            raise ImpossibleCount(self.name, self.count, self.n)


def check_periods(chart: Chart, periods: Sequence[PeriodCount]) -> None:
    """Refuse names that come twice and, on charts of shares, counts above their base."""
    seen: set[str] = set()
    for period in periods:
        if period.name in seen:
            raise RepeatedPeriod(period.name)
        if chart.of_shares and period.count > period.n:
            raise ImpossibleCount(period.name, period.count, period.n)
        seen.add(period.name)


def centre_of(periods: Sequence[PeriodCount]) -> float:
    """The common level Σx / Σn; the bases must not all be 0.

    >>> centre_of([PeriodCount("Jan", 3, 10), PeriodCount("Feb", 3, 20)])
    0.2
    """
    return sum(p.count for p in periods) / sum(p.n for p in periods)


def expected(chart: Chart, centre: float, n: float) -> float:
    """How many are expected: of those counted or, for shares, of the others if they are fewer.

    >>> expected(Chart.P, 0.95, 200), expected(Chart.U, 1.5, 4)
    (10.000000000000009, 6.0)
    """
    return n * (min(centre, 1 - centre) if chart.of_shares else centre)
