"""Every interval and test against another program's: statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from reports.findings import Interval, Reason, Unit
from reports.indicators import indicators
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.settings import STANDARD
from reports.statistics.differences import difference_of_means, difference_of_shares
from reports.statistics.families import holm
from reports.statistics.intervals import Bounds, newcombe, t_interval, wilson
from reports.statistics.moments import Moments
from reports.tally import tally
from tests.reports.counted_cases import dataset, monthly

WIDE: Bounds = (-1e9, 1e9)
CONFIDENCES = (0.8, 0.95, 0.99)


def ends(found: Interval | Reason | None) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    assert isinstance(found, Interval)
    return found.low, found.high


def answers(codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> dict[int, int]:
    """Code → how often."""
    return {int(c): int(n) for c, n in zip(*np.unique(codes, return_counts=True), strict=True)}


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_wilson(confidence: float) -> None:
    """The Wilson interval of every count up to n = 40, and of some large ones."""
    counts = [(k, n) for n in range(1, 41) for k in range(n + 1)]
    counts += [(3, 1000), (999, 1000), (123456, 10**6)]
    for k, n in counts:
        expected = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
        assert ends(wilson(k, n, confidence)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_newcombe(confidence: float) -> None:
    """Newcombe's interval of a difference for all counts of 7 against 11, and large ones."""
    groups = [(k1, 7, k2, 11) for k1 in range(8) for k2 in range(12)]
    groups += [(500, 900, 480, 1100), (1, 900, 0, 1100)]
    for k1, n1, k2, n2 in groups:
        expected = confint_proportions_2indep(
            k1, n1, k2, n2, method="newcomb", compare="diff", alpha=1 - confidence
        )
        # statsmodels leaves its Wilson ends a rounding beside 0 and 1.
        found = newcombe(k1 / n1, n1, k2 / n2, n2, confidence)
        assert ends(found) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_t_interval(confidence: float) -> None:
    """Student's interval of the mean of answers, one sample after another."""
    rng = np.random.default_rng(5)
    for n in (2, 3, 17, 400):
        codes = rng.integers(1, 11, n)
        if len(set(codes)) > 1:
            expected = DescrStatsW(codes).tconfint_mean(alpha=1 - confidence)
            moments = Moments.of(answers(codes))
            se = float(np.sqrt(moments.variance / n))
            found = t_interval(moments.mean, se, n, WIDE, confidence)
            assert ends(found) == pytest.approx(expected, abs=1e-10)


def test_paired_gap() -> None:
    """The gap's interval is the paired t interval of scipy, on the complete pairs."""
    rng = np.random.default_rng(6)
    expected, experienced = rng.integers(1, 6, 80), rng.integers(1, 6, 80)
    rows = [
        {"x_price": int(a), "p_price": int(b)} for a, b in zip(expected, experienced, strict=True)
    ]
    rows += [{"x_price": 5}, {"p_price": 1}]
    groups = indicators(monthly(), tally(dataset(monthly(), rows)), STANDARD)
    (gap,) = [f for g in groups for f in g.figures if (f.key, f.of) == ("gap", "price")]
    paired = stats.ttest_rel(experienced, expected).confidence_interval(0.95)
    assert ends(gap.interval) == pytest.approx((paired.low, paired.high), abs=1e-10)
    assert gap.n == 80


def test_welch() -> None:
    """Welch's interval of a difference of means; the larger p-value of both t tests."""
    rng = np.random.default_rng(7)
    for n1, n2 in ((2, 3), (30, 400), (9, 9)):
        first, second = rng.integers(1, 6, n1), rng.integers(2, 6, n2)
        figures = [
            mean(
                "attribute_mean",
                Moments.of(answers(codes)),
                0.95,
                unit=Unit.POINTS,
                base=Base.RATED,
                bounds=(1, 5),
            )
            for codes in (first, second)
        ]
        compared = CompareMeans(DescrStatsW(first), DescrStatsW(second))
        found = difference_of_means(figures[0], figures[1], WIDE, 0.95)
        assert ends(found.interval) == pytest.approx(
            compared.tconfint_diff(usevar="unequal"), abs=1e-10
        )
        p_values = [compared.ttest_ind(usevar=spread)[1] for spread in ("unequal", "pooled")]
        assert found.p == pytest.approx(max(p_values), abs=1e-12)


def test_pooled_z() -> None:
    """The p-value of two shares is that of Pearson's chi-squared without correction."""
    for k1, n1, k2, n2 in ((3, 40, 9, 50), (100, 900, 130, 1000), (1, 2, 1, 3)):
        first, second = (share("r", k, n, 0.95, base=Base.ASKED) for k, n in ((k1, n1), (k2, n2)))
        table = [[k1, n1 - k1], [k2, n2 - k2]]
        expected = stats.chi2_contingency(table, correction=False).pvalue
        found = difference_of_shares(first, second, 0.95)
        assert found.p == pytest.approx(expected, abs=1e-12)


def test_holm() -> None:
    """Holm's adjusted p-values, ties and ones among them."""
    rng = np.random.default_rng(8)
    for size in (1, 2, 15, 60):
        p_values = [*np.round(rng.random(size) ** 3, 2).tolist()]
        expected = multipletests(p_values, method="holm")[1]
        assert holm(p_values) == pytest.approx(expected.tolist(), abs=1e-12)


def test_acsi_standard_error_by_bootstrap() -> None:
    """With items missing at random the SE is near that of resampled respondents."""
    rng = np.random.default_rng(9)
    size, draws = 400, 600
    level = rng.normal(7, 1.5, size)
    items = np.clip(np.round(level[:, None] + rng.normal(0, 1.2, (size, 3))), 1, 10)
    items[rng.random((size, 3)) < 0.15] = np.nan
    names = ("overall", "confirmation", "ideal")
    rows = [
        {name: int(code) for name, code in zip(names, row, strict=True) if not np.isnan(code)}
        for row in items
    ]
    groups = indicators(monthly(), tally(dataset(monthly(), rows)), STANDARD)
    (index,) = [f for g in groups for f in g.figures if f.key == "acsi_index"]
    again = [items[rng.integers(0, size, size)] for _ in range(draws)]
    values = [(np.nanmean(sample, axis=0).mean() - 1) / 9 * 100 for sample in again]
    assert index.value == pytest.approx((np.nanmean(items, axis=0).mean() - 1) / 9 * 100)
    assert index.se == pytest.approx(float(np.std(values)), rel=0.1)
