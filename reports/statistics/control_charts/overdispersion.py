"""Do the months differ by more than the luck of the draw?

With large bases they nearly always do: the mix of customers, the season and the weather move a
rate a little every month, and limits that know only of luck would cry wolf at most points. The
test tells whether Laney's wider limits are called for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc

from reports.statistics.control_charts.periods import (
    Chart,
    ChartReason,
    PeriodCount,
    centre_of,
    check_periods,
)


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The statistic D, its degrees of freedom, upper-tail p-value and ratio D / df.

    A ratio near 1 is what chance gives, 4 means a spread twice that of chance.
    """

    statistic: float
    freedom: int
    p: float

    @property
    def ratio(self) -> float:
        """Variance of the periods, as a multiple of what chance alone would give."""
        return self.statistic / self.freedom


def overdispersion(chart: Chart, periods: Sequence[PeriodCount]) -> Dispersion | ChartReason:
    """Test of k periods against one common level: D = Σ(x - n·c)² / (n·v), chi-squared, k - 1 df.

    c = Σx/Σn; v = c(1 - c) for shares, c for rates. For equal bases it is the test of Wetherill
    & Brown (1991) and of qcc's ``qcc.overdispersion.test``; in general Pearson's test of equal
    shares. Periods with nobody in the base are left out; fewer than two others are too few. A
    count of 0 everywhere (or of everybody everywhere) has no variation.

    >>> months = [PeriodCount(str(i), x, 100) for i, x in enumerate((8, 21, 5, 19, 9, 24))]
    >>> found = overdispersion(Chart.P, months)
    >>> round(found.statistic, 2), found.freedom, round(found.p, 5)
    (25.68, 5, 0.0001)
    """
    check_periods(chart, periods)
    counted = [period for period in periods if period.n]
    if not counted:
        return ChartReason.NO_ANSWERS
    if len(counted) < 2:
        return ChartReason.TOO_FEW_POINTS
    centre = centre_of(counted)
    variance = chart.variance(centre)
    if variance == 0:
        return ChartReason.NO_VARIATION
    statistic = sum((p.count - p.n * centre) ** 2 / (p.n * variance) for p in counted)
    freedom = len(counted) - 1
    return Dispersion(statistic, freedom, float(chdtrc(freedom, statistic)))
