"""Many comparisons, power, reliability and control charts, as statsmodels and scipy say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

from reports.findings import Interval
from reports.statistics.control_charts.baseline import Baseline, freeze_baseline
from reports.statistics.control_charts.limits import judge
from reports.statistics.control_charts.overdispersion import Dispersion, overdispersion
from reports.statistics.control_charts.periods import Chart, PeriodCount
from reports.statistics.control_charts.rules import Rule
from reports.statistics.control_charts.run_length import (
    average_run_length,
    counted_chances,
    normal_chances,
)
from reports.statistics.control_charts.runs import run_limits
from reports.statistics.families import (
    benjamini_hochberg,
    holm,
    power_of_alarm,
    smallest_change,
)
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.ranks import Rankings
from reports.statistics.reliability import alpha

SEEDS = range(10)


def p_values(seed: int) -> list[float]:
    """Small ones, ties and ones among them."""
    rng = np.random.default_rng(seed)
    return [float(p) for p in np.round(rng.random(int(rng.integers(1, 80))) ** 3, 3)]


@pytest.mark.parametrize("seed", SEEDS)
def test_holm(seed: int) -> None:
    """``multipletests(method="holm")`` of statsmodels."""
    given = p_values(seed)
    assert holm(given) == pytest.approx(multipletests(given, method="holm")[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_benjamini_hochberg(seed: int) -> None:
    """``multipletests(method="fdr_bh")``, and scipy's ``false_discovery_control``."""
    given = p_values(seed)
    assert benjamini_hochberg(given) == pytest.approx(multipletests(given, method="fdr_bh")[1])
    assert benjamini_hochberg(given) == pytest.approx(stats.false_discovery_control(given))


@pytest.mark.parametrize("family", [1, 5, 50])
@pytest.mark.parametrize("n", [30, 400, 1600])
def test_power(n: int, family: int) -> None:
    """Power of a changed share: statsmodels' NormalIndPower at the level of Holm's first step."""
    se = math.sqrt(0.8 * 0.2 * 2 / n)
    for change in (0.02, 0.05, 0.1):
        effect = change / math.sqrt(0.8 * 0.2)
        expected = NormalIndPower().power(effect, n, 0.05 / family)
        assert power_of_alarm(change, se, family=family) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("family", [1, 5, 50])
@pytest.mark.parametrize("n", [30, 400, 1600])
def test_smallest_change(n: int, family: int) -> None:
    """What statsmodels solves for at a power of 80 %."""
    solved = NormalIndPower().solve_power(
        nobs1=n, alpha=0.05 / family, power=0.8, ratio=1, alternative="two-sided"
    )
    expected = float(np.squeeze(solved)) * 0.4
    se = math.sqrt(0.8 * 0.2 * 2 / n)
    assert smallest_change(se, family=family) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_feldts_interval(seed: int) -> None:
    """The interval of alpha from the quantiles of scipy's F distribution."""
    rng = np.random.default_rng(seed)
    codes = np.clip(rng.integers(1, 5, (60, 1)) + rng.integers(-1, 2, (60, 4)), 1, 5)
    found = alpha(MomentMatrix.of(tuple("abcd"), codes))
    assert found.raw is not None
    tails = stats.f.ppf([0.975, 0.025], 59, 59 * 3)
    assert isinstance(found.interval, Interval)
    ends = [1 - (1 - found.raw) * float(tail) for tail in np.atleast_1d(tails)]
    assert [found.interval.low, found.interval.high] == pytest.approx(ends)


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_of_what_was_not_placed(seed: int) -> None:
    """``scipy.stats.rankdata``: unplaced items tie on the places left; the mean rank of each."""
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(5) for _ in range(30)]
    ranked = rng.integers(1, 6, 30)
    counts: dict[str, dict[tuple[int, int], int]] = {str(item): {} for item in range(5)}
    rows = []
    for order, placed in zip(orders, ranked.tolist(), strict=True):
        place = np.argsort(order) + 1
        rows.append(stats.rankdata(np.minimum(place, placed + 1)))
        for item in range(5):
            cell = placed, int(place[item]) if place[item] <= placed else 0
            counts[str(item)][cell] = counts[str(item)].get(cell, 0) + 1
    found = Rankings.of(counts).ranks()
    means = [found[str(item)].mean for item in range(5)]
    assert means == pytest.approx(np.mean(rows, axis=0).tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_overdispersion_of_shares(seed: int) -> None:
    """Pearson's chi-squared of scipy on the table of periods, whatever their sizes."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(50, 400, 15)
    counts = rng.binomial(sizes, 0.12)
    months = [
        PeriodCount(str(i), int(x), int(n))
        for i, (x, n) in enumerate(zip(counts, sizes, strict=True))
    ]
    expected = stats.chi2_contingency([counts, sizes - counts], correction=False)
    found = overdispersion(Chart.P, months)
    assert isinstance(found, Dispersion)
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize("seed", SEEDS)
def test_overdispersion_of_rates(seed: int) -> None:
    """``scipy.stats.chisquare`` of counts against what their bases lead to expect."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(20, 200, 15)
    counts = rng.poisson(0.7 * sizes)
    months = [
        PeriodCount(str(i), int(x), int(n))
        for i, (x, n) in enumerate(zip(counts, sizes, strict=True))
    ]
    expected = stats.chisquare(counts, counts.sum() * sizes / sizes.sum())
    found = overdispersion(Chart.U, months)
    assert isinstance(found, Dispersion)
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize("seed", SEEDS)
def test_limits(seed: int) -> None:
    """Three of scipy's standard deviations of a binomial share to either side, cut off at 0."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(80, 400, 20)
    counts = rng.binomial(sizes, 0.12)
    months = [
        PeriodCount(str(i), int(x), int(n))
        for i, (x, n) in enumerate(zip(counts, sizes, strict=True))
    ]
    baseline = freeze_baseline(Chart.P, months)
    assert isinstance(baseline, Baseline)
    centre = counts.sum() / sizes.sum()
    for point, n in zip(judge(baseline, months), sizes.tolist(), strict=True):
        away = 3 * stats.binom.std(n, centre) / n
        assert point.lower == pytest.approx(max(centre - away, 0.0))
        assert point.upper == pytest.approx(centre + away)


@pytest.mark.parametrize("useful", [10, 12, 20, 24, 31, 60])
def test_fewest_crossings(useful: int) -> None:
    """The 5 % quantile of scipy's binomial distribution."""
    assert run_limits(useful).crossings == stats.binom.ppf(0.05, useful - 1, 0.5)


@pytest.mark.parametrize("shift", [0.0, 0.5, 1.0, 2.0])
def test_run_length_of_rule_1(shift: float) -> None:
    """One over the chance of a point beyond three sigma, by scipy's normal distribution."""
    chance = stats.norm.sf(3 - shift) + stats.norm.cdf(-3 - shift)
    found = average_run_length([Rule.BEYOND_LIMITS], normal_chances(shift))
    assert found == pytest.approx(1 / chance)


@pytest.mark.parametrize("n", [150, 400, 2000])
def test_run_length_of_counts(n: int) -> None:
    """One over the chance of a count beyond the limits, by scipy's binomial distribution."""
    away = 3 * math.sqrt(0.07 * 0.93 / n)
    counts = np.arange(n + 1)
    beyond = np.abs(counts / n - 0.07) > away
    chance = stats.binom.pmf(counts, n, 0.09)[beyond].sum()
    chances = counted_chances(Chart.P, n, centre=0.07, level=0.09)
    assert average_run_length([Rule.BEYOND_LIMITS], chances) == pytest.approx(1 / chance)
