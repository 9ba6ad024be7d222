"""Shares, their differences and changes of the same customers, as statsmodels and scipy say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.proportion import proportions_ztest

from reports.findings import Figure, Interval, Unit
from reports.indicators.bases import Base
from reports.indicators.following import following
from reports.indicators.forms import mean, share
from reports.settings import STANDARD
from reports.statistics.differences import difference_of_nets, difference_of_shares
from reports.statistics.intervals import net_wald, wilson
from reports.statistics.moments import Moments
from reports.statistics.paired import Pairs, change_of_means, change_of_shares, mcnemar

SEEDS = range(10)
WIDE = (-1e9, 1e9)


def yes(k: int, n: int) -> Figure:
    """The share k of n."""
    return share("s", k, n, 0.95, base=Base.ASKED)


def moments(codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Moments:
    """Of answers one by one."""
    return Moments(len(codes), int(codes.sum()), int((codes**2).sum()))


@pytest.mark.parametrize("seed", SEEDS)
def test_pooled_z_of_shares(seed: int) -> None:
    """The p-value of two shares: ``proportions_ztest`` of statsmodels, small and large groups."""
    rng = np.random.default_rng(seed)
    n1, n2 = (int(n) for n in rng.integers(5, 3000, 2))
    k1, k2 = int(rng.binomial(n1, 0.7)), int(rng.binomial(n2, 0.6))
    expected = proportions_ztest([k1, k2], [n1, n2])[1]
    assert difference_of_shares(yes(k1, n1), yes(k2, n2), 0.95).p == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_wilson_is_the_score_interval_of_scipy(seed: int) -> None:
    """``scipy.stats.binomtest(...).proportion_ci(method="wilson")``."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 2000))
    k = int(rng.integers(0, n + 1))
    expected = stats.binomtest(k, n).proportion_ci(0.9, method="wilson")
    found = wilson(k, n, 0.9)
    assert isinstance(found, Interval)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_iceberg_is_one_over_the_propensity(seed: int) -> None:
    """Both ends: one over those of scipy's Wilson interval of who told the company."""
    rng = np.random.default_rng(seed)
    asked = int(rng.integers(10, 400))
    told = int(rng.integers(1, asked + 1))
    expected = stats.binomtest(told, asked).proportion_ci(method="wilson")
    voiced = share("voiced_propensity", told, asked, 0.95, base=Base.MET_A_PROBLEM)
    (found,) = following([voiced], None, STANDARD)
    assert found.interval is not None
    ends = found.interval.low, found.interval.high
    assert ends == pytest.approx((1 / expected.high, 1 / expected.low))


@pytest.mark.parametrize("seed", SEEDS)
def test_mcnemar(seed: int) -> None:
    """Exact: statsmodels. Mid-p: scipy's binomial distribution, half the observed counted."""
    rng = np.random.default_rng(seed)
    first, second = (int(n) for n in rng.integers(0, 40, 2))
    table = [[50, first], [second, 20]]
    exact = statsmodels_mcnemar(table, exact=True).pvalue
    assert mcnemar(first, second, exact=True) == pytest.approx(exact, abs=1e-12)
    changed, fewer = first + second, min(first, second)
    tail = stats.binom.cdf(fewer, changed, 0.5) - stats.binom.pmf(fewer, changed, 0.5) / 2
    assert mcnemar(first, second) == pytest.approx(2 * tail, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_paired_means(seed: int) -> None:
    """All answered both times: interval of ``scipy.stats.ttest_rel``, and its p-value."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 200))
    then = rng.integers(1, 6, n)
    now = np.clip(then + rng.integers(-1, 3, n), 1, 5)
    figures = [
        mean("m", moments(codes), 0.95, unit=Unit.POINTS, base=Base.RATED, bounds=WIDE)
        for codes in (now, then)
    ]
    counted: dict[tuple[int, int], int] = {}
    for pair in zip(now.tolist(), then.tolist(), strict=True):
        counted[pair] = counted.get(pair, 0) + 1
    found = change_of_means(figures[0], figures[1], Pairs.of(counted), WIDE, 0.95)
    expected = stats.ttest_rel(now, then)
    ends = expected.confidence_interval()
    assert isinstance(found.interval, Interval)
    assert (found.interval.low, found.interval.high) == pytest.approx((ends.low, ends.high))
    # Equal n on both sides: Student's error is the same, with more degrees of freedom or fewer.
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_paired_shares_by_the_large_sample(seed: int) -> None:
    """Most paired: nearly McNemar's z of statsmodels where thousands answered both times."""
    rng = np.random.default_rng(seed)
    n, extra = 6000, 10
    then = rng.random(n) < 0.7
    now = np.where(rng.random(n) < 0.3, rng.random(n) < 0.68, then)
    counted = {(1, 1): 0, (1, 0): 0, (0, 1): 0, (0, 0): 0}
    for pair in zip(now.astype(int).tolist(), then.astype(int).tolist(), strict=True):
        counted[pair] += 1
    table = [[counted[1, 1], counted[1, 0]], [counted[0, 1], counted[0, 0]]]
    expected = statsmodels_mcnemar(table, exact=False, correction=False).pvalue
    # Ten who answered now only are of the others' opinion.
    sides = yes(int(now.sum()) + round(extra * now.mean()), n + extra), yes(int(then.sum()), n)
    found = change_of_shares(*sides, Pairs.of(counted), 0.95)
    assert found.p == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_net_scores(seed: int) -> None:
    """Wald's interval: scipy's normal around the mean. A change: no p below Student's, Welch's."""
    rng = np.random.default_rng(seed)
    first, second = (rng.choice([-1, 0, 1], n, p=[0.2, 0.3, 0.5]) for n in rng.integers(20, 500, 2))
    wald = net_wald(moments(first))
    expected = stats.norm.interval(0.95, first.mean(), first.std() / np.sqrt(len(first)))
    assert isinstance(wald, Interval)
    assert (wald.low, wald.high) == pytest.approx(expected)
    found = difference_of_nets(moments(first), moments(second), 0.95)
    tests = [stats.ttest_ind(first, second, equal_var=equal).pvalue for equal in (True, False)]
    assert found.p is not None
    assert found.p >= max(tests) - 1e-12
    assert found.value == pytest.approx(first.mean() - second.mean())
