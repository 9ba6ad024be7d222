"""The test of overdispersion is that of the literature."""

from __future__ import annotations

import pytest
from scipy import stats

from reports.statistics.control_charts.overdispersion import Dispersion, overdispersion
from reports.statistics.control_charts.periods import Chart, ChartReason
from tests.reports.statistics.control_charts.chart_cases import (
    CIRCUIT_BOARDS,
    EMERGENCY_ALL,
    EMERGENCY_SEEN,
    VARIABLE_COUNTS,
    VARIABLE_SIZES,
    WETHERILL_BROWN,
    periods,
)


def made(found: Dispersion | ChartReason) -> Dispersion:
    """A test that could be made."""
    assert isinstance(found, Dispersion), found
    return found


def test_binomial_test_of_wetherill_and_brown() -> None:
    """Ratio, statistic and p-value of qcc.overdispersion.test in R."""
    found = made(overdispersion(Chart.P, periods(WETHERILL_BROWN, 50)))
    expected = (0.7644566315, 22.16924231, 0.81311)
    assert (found.ratio, found.statistic, found.p) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("counts", "sizes"), [(VARIABLE_COUNTS, VARIABLE_SIZES), (EMERGENCY_SEEN, EMERGENCY_ALL)]
)
def test_shares_of_different_bases_are_pearsons_test(
    counts: tuple[int, ...], sizes: tuple[int, ...]
) -> None:
    """For shares D is Pearson's chi-squared of the table of hits and misses."""
    found = made(overdispersion(Chart.P_PRIME, periods(counts, sizes)))
    misses = [n - x for x, n in zip(counts, sizes, strict=True)]
    expected = stats.chi2_contingency([counts, misses], correction=False)
    assert found.statistic == pytest.approx(expected.statistic, rel=1e-10)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)


def test_rates_are_the_test_of_equal_means() -> None:
    """For counts on equal bases D is Pearson's chi-squared of equal expectations."""
    found = made(overdispersion(Chart.U, periods(CIRCUIT_BOARDS, 1)))
    expected = stats.chisquare(CIRCUIT_BOARDS)
    assert (found.statistic, found.p) == pytest.approx(
        (expected.statistic, expected.pvalue), rel=1e-10
    )


@pytest.mark.parametrize(
    ("counts", "n", "reason"),
    [
        ((), 9, ChartReason.NO_ANSWERS),
        ((0, 0), 0, ChartReason.NO_ANSWERS),
        ((3,), 9, ChartReason.TOO_FEW_POINTS),
        ((0, 0, 0), 9, ChartReason.NO_VARIATION),
        ((9, 9), 9, ChartReason.NO_VARIATION),
    ],
)
def test_what_cannot_be_tested_says_why(
    counts: tuple[int, ...], n: int, reason: ChartReason
) -> None:
    """Nobody, one period, nobody or everybody counted: a reason each."""
    assert overdispersion(Chart.P, periods(counts, n)) is reason
