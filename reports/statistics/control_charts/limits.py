"""Between which limits does chance keep a period, and where does it lie?

The limits are 3 sigma around the frozen centre (Shewhart 1931; Montgomery, *Introduction to
Statistical Quality Control*, ch. 7), cut off where no value can be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.statistics.control_charts.baseline import Baseline
from reports.statistics.control_charts.periods import (
    ChartReason,
    PeriodCount,
    check_periods,
    expected,
)

SIGMAS = 3.0
"""Width of the limits, in sigmas to each side."""

SMALLEST_EXPECTED_HERE = 1.0
"""A single period that expects fewer has no limits of its own (after Cochran 1954)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period on the chart. All of value, sigma, limits and z, or the ``reason`` why not.

    ``z`` = (value - centre) / sigma, where sigma holds sigma_z already, so that a point is
    beyond its limits where z is above 3 or below -3, wherever they are cut off. A period that
    expects fewer than one has a value but no limits. ``excluded``: left out of the baseline, so
    no rule judges it.
    """

    name: str
    count: float
    n: float
    centre: float
    excluded: bool
    value: float | None
    sigma: float | None = None
    lower: float | None = None
    upper: float | None = None
    z: float | None = None
    reason: ChartReason | None = None


def judge(baseline: Baseline, periods: Sequence[PeriodCount]) -> tuple[Point, ...]:
    """Each period against the frozen baseline, in the order given, which is that of time.

    >>> from reports.statistics.control_charts.baseline import freeze_baseline
    >>> from reports.statistics.control_charts.periods import Chart
    >>> weeks = [PeriodCount(str(i), x, 50) for i, x in enumerate((12, 15, 8, 10, 4, 7))]
    >>> (late,) = judge(freeze_baseline(Chart.P, weeks), [PeriodCount("6", 20, 50)])
    >>> round(late.value, 2), round(late.lower, 4), round(late.upper, 4), round(late.z, 2)
    (0.4, 0.0214, 0.352, 3.87)
    """
    check_periods(baseline.chart, periods)
    left_out = {exclusion.period for exclusion in baseline.excluded}
    return tuple(_point(baseline, period, period.name in left_out) for period in periods)


def _point(baseline: Baseline, period: PeriodCount, excluded: bool) -> Point:
    given = (period.name, period.count, period.n, baseline.centre, excluded)
    if not period.n:
        return Point(*given, None, reason=ChartReason.NO_ANSWERS)
    value, centre = period.count / period.n, baseline.centre
    if expected(baseline.chart, centre, period.n) < SMALLEST_EXPECTED_HERE:
        return Point(*given, value, reason=ChartReason.MERGE_PERIODS)
    sigma = math.sqrt(baseline.chart.variance(centre) / period.n) * baseline.sigma_z
    highest = 1.0 if baseline.chart.of_shares else math.inf
    lower, upper = max(centre - SIGMAS * sigma, 0.0), min(centre + SIGMAS * sigma, highest)
    return Point(*given, value, sigma, lower, upper, (value - centre) / sigma)
