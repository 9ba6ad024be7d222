"""A change among the same customers is judged by what they have in common, no more and no less."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar

from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.statistics.differences import (
    Difference,
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
)
from reports.statistics.moments import Moments
from reports.statistics.paired import (
    Pairs,
    TooManyPairs,
    change_of_means,
    change_of_nets,
    change_of_shares,
    mcnemar,
)

NOBODY = Pairs.of({})
WIDE = (-1e9, 1e9)
ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=30)


def rated(answers: list[int]) -> Figure:
    """The mean of answers on 1–5 (or any numbers)."""
    return mean(
        "m", Moments.of(Counter(answers)), 0.95, unit=Unit.POINTS, base=Base.RATED, bounds=WIDE
    )


def agreed(answers: list[int]) -> Figure:
    """The share of ones."""
    return share("s", sum(answers), len(answers), 0.95, base=Base.ASKED)


def both(first: list[int], second: list[int]) -> Pairs:
    """The answers of the same people, in the same order."""
    return Pairs.of(Counter(zip(first, second, strict=True)))


def ends(found: Difference) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    assert isinstance(found.interval, Interval)
    return found.interval.low, found.interval.high


def same(change: Difference, difference: Difference) -> None:
    """Both agree, but for rounding."""
    assert (change.value, change.reason) == (difference.value, difference.reason)
    assert change.p == pytest.approx(difference.p)
    if difference.interval is None:
        assert change.interval is None
    else:
        assert ends(change) == pytest.approx(ends(difference), abs=1e-12)
        assert change.interval is not None
        assert change.interval.method == difference.interval.method


@given(ANSWERS, ANSWERS)
def test_nobody_in_both_is_two_groups(first: list[int], second: list[int]) -> None:
    """Without overlap: interval, p-value and reason of independent groups, for all three forms."""
    one, two = rated(first), rated(second)
    same(
        change_of_means(one, two, NOBODY, (-4, 4), 0.95),
        difference_of_means(one, two, (-4, 4), 0.95),
    )
    tops = [agreed([int(code == 5) for code in codes]) for codes in (first, second)]
    same(
        change_of_shares(tops[0], tops[1], NOBODY, 0.95),
        difference_of_shares(tops[0], tops[1], 0.95),
    )
    nets = [
        Moments.of(Counter((code > 4) - (code < 3) for code in codes)) for codes in (first, second)
    ]
    same(
        change_of_nets(nets[0], nets[1], NOBODY, 0.95),
        difference_of_nets(nets[0], nets[1], 0.95),
    )


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=40))
def test_everybody_in_both_is_the_paired_t_test(answers: list[tuple[int, int]]) -> None:
    """All answered both times: scipy's paired t test and interval, or a reason."""
    first, second = (list(codes) for codes in zip(*answers, strict=True))
    found = change_of_means(rated(first), rated(second), both(first, second), (-4, 4), 0.95)
    gaps = np.subtract(first, second)
    if np.ptp(gaps) == 0:
        assert (found.p, found.reason) == (None, Reason.NO_VARIATION)
        return
    paired = stats.ttest_rel(first, second)
    assert found.p == pytest.approx(paired.pvalue, abs=1e-9)
    expected = paired.confidence_interval(0.95)
    assert ends(found) == pytest.approx((max(-4, expected.low), min(4, expected.high)), abs=1e-9)


def test_some_in_both_as_by_derrick() -> None:
    """Derrick, Toher & White 2017: p = .026 of 8 + 8 unpaired and 8 paired (R documentation)."""
    unpaired = ([20, 21, 16, 18, 14, 12, 14, 17], [10, 16, 18, 16, 15, 14, 13, 10])
    paired = ([14, 15, 18, 20, 11, 19, 14, 15], [15, 10, 15, 17, 13, 19, 12, 13])
    first, second = (paired[i] + unpaired[i] for i in (0, 1))
    found = change_of_means(rated(first), rated(second), both(*paired), WIDE, 0.95)
    assert found.p == pytest.approx(0.026, abs=5e-4)
    # By hand: covariance 8·r·s₁·s₂/(16·16), degrees of freedom between 7 and 30.
    r = float(np.corrcoef(*paired)[0, 1])
    v1, v2 = (np.var(codes, ddof=1) / 16 for codes in (first, second))
    se = math.sqrt(v1 + v2 - 2 * 8 / 16 * r * math.sqrt(v1 * v2))
    welch = (v1 + v2) ** 2 / ((v1**2 + v2**2) / 15)
    freedom = 7 + (welch - 7) * 16 / 32
    assert ends(found)[1] - float(found.value or 0) == pytest.approx(
        float(stats.t.ppf(0.975, freedom)) * se
    )


def test_some_shares_in_both_are_judged_as_by_derrick_but_no_bolder() -> None:
    """Derrick et al. 2015: p = .053 of 15 pairs, 9 and 6 others; ours is a little larger."""
    paired = Pairs.of({(1, 1): 8, (1, 0): 1, (0, 1): 3, (0, 0): 3})
    found = change_of_shares(agreed([1] * 14 + [0] * 10), agreed([1] * 17 + [0] * 4), paired, 0.95)
    assert found.p == pytest.approx(0.0562, abs=5e-5)
    pooled = 31 / 45 * 14 / 45
    z8 = (14 / 24 - 17 / 21) / math.sqrt(
        pooled * (1 / 24 + 1 / 21 - 2 * paired.correlation * 15 / (24 * 21))
    )
    assert 2 * stats.norm.sf(abs(z8)) == pytest.approx(0.053, abs=5e-4)


def test_with_nearly_all_paired_shares_are_judged_by_who_changed() -> None:
    """One of 10,001 unpaired: the p-value is McNemar's, (b - c)/√(b + c), not that of strangers."""
    first, second = [1] * 8100 + [0] * 1900, [1] * 8000 + [0] * 100 + [1] * 60 + [0] * 1840
    pairs = both(first, second)
    found = change_of_shares(agreed([*first, 1]), agreed(second), pairs, 0.95)
    assert found.p == pytest.approx(2 * stats.norm.sf(40 / math.sqrt(160)), rel=0.05)
    strangers = change_of_shares(agreed(first), agreed(second), NOBODY, 0.95)
    assert strangers.p is not None
    assert strangers.p > 0.4


@pytest.mark.parametrize(
    ("table", "expected"),
    [((36, 12, 2, 0), (0.0569, 0.3404)), ((0, 0, 0, 30), (-0.1135, 0.1135))],
)
def test_paired_shares_have_newcombes_interval(
    table: tuple[int, int, int, int], expected: tuple[float, float]
) -> None:
    """Newcombe 1998c, method 10; where nobody said yes, both Wilson ends, squared and added."""
    pairs = Pairs.of(dict(zip([(1, 1), (1, 0), (0, 1), (0, 0)], table, strict=True)))
    n = sum(table)
    first, second = (
        share("s", count, n, 0.95, base=Base.ASKED)
        for count in (table[0] + table[1], table[0] + table[2])
    )
    assert ends(change_of_shares(first, second, pairs, 0.95)) == pytest.approx(expected, abs=6e-5)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_that_of_statsmodels(only_first: int, only_second: int) -> None:
    """Exact p as by statsmodels; mid-p is that less the probability of the smaller count."""
    table = [[5, only_first], [only_second, 5]]
    exact = statsmodels_mcnemar(table, exact=True).pvalue if only_first + only_second else 1.0
    assert mcnemar(only_first, only_second, exact=True) == pytest.approx(min(1, exact))
    n, fewer = only_first + only_second, min(only_first, only_second)
    mid = 1.0 if only_first == only_second else exact - stats.binom.pmf(fewer, n, 0.5)
    assert mcnemar(only_first, only_second) == pytest.approx(float(mid))


def test_pairing_sharpens_what_agrees() -> None:
    """Customers who stay as they were: the more of them are linked, the surer a small change."""
    first = [5, 4, 4, 3, 5, 4, 5, 2, 4, 4] * 4
    second = [5, 4, 4, 3, 4, 4, 5, 2, 4, 3] * 4
    p_values = []
    for linked in (0, 20, 40):
        pairs = both(first[:linked], second[:linked])
        p_values.append(change_of_means(rated(first), rated(second), pairs, (-4, 4), 0.95).p)
    assert all(p is not None for p in p_values)
    assert p_values == sorted(p_values, key=lambda p: -(p or 0))
    assert p_values[0] is not None
    assert p_values[0] > 0.2
    assert p_values[2] is not None
    assert p_values[2] < 0.01


def test_the_same_answers_twice_are_no_change() -> None:
    """Everybody answers as before: no change in any form, and no exception."""
    answers = [1, 0, 1, 1] * 10
    pairs = both(answers, answers)
    means = change_of_means(rated(answers), rated(answers), pairs, (-1, 1), 0.95)
    assert (means.value, means.p, means.reason) == (0, None, Reason.NO_VARIATION)
    shares = change_of_shares(agreed(answers), agreed(answers), pairs, 0.95)
    assert (shares.value, shares.p) == (0, 1)
    moments = Moments.of(Counter(answers))
    nets = change_of_nets(moments, moments, pairs, 0.95)
    assert (nets.value, nets.p) == (0, 1)
    assert ends(nets)[0] < 0 < ends(nets)[1]


def test_small_and_empty_waves_give_reasons() -> None:
    """Nobody, or one answer, in a wave: the reasons of independent groups."""
    none, one, some = rated([]), rated([4]), rated([3, 4, 5])
    assert change_of_means(none, some, NOBODY, WIDE, 0.95).reason is Reason.NO_ANSWERS
    pair = both([4], [3])
    assert change_of_means(one, some, pair, WIDE, 0.95).reason is Reason.ONE_ANSWER
    alike = rated([5, 5, 5])
    assert change_of_means(alike, some, both([5], [3]), WIDE, 0.95).reason is Reason.NO_VARIATION
    empty = Moments.of({})
    assert change_of_nets(empty, empty, NOBODY, 0.95).reason is Reason.NO_ANSWERS
    nobody = share("s", 0, 0, 0.95, base=Base.ASKED)
    assert change_of_shares(nobody, nobody, NOBODY, 0.95).reason is Reason.NO_ANSWERS


def test_more_pairs_than_answers_are_a_mistake() -> None:
    """Pairs belong to both waves; more of them than answers is told in words."""
    three = both([1, 2, 3], [1, 2, 3])
    with pytest.raises(TooManyPairs, match="3 customers cannot have answered both times"):
        change_of_means(rated([1, 2]), rated([1, 2, 3]), three, WIDE, 0.95)


@given(
    st.lists(st.tuples(st.integers(-1, 1), st.integers(-1, 1)), max_size=20),
    st.lists(st.integers(-1, 1), min_size=1, max_size=20),
    st.lists(st.integers(-1, 1), min_size=1, max_size=20),
)
def test_any_overlap_gives_numbers_in_range(
    pairs: list[tuple[int, int]], first: list[int], second: list[int]
) -> None:
    """Whatever the overlap: p from 0 to 1 and intervals within what two figures can differ by."""
    one, two = ([*(pair[i] for pair in pairs), *own] for i, own in ((0, first), (1, second)))
    linked = Pairs.of(Counter(pairs))
    yes = Pairs.of(Counter((int(x > 0), int(y > 0)) for x, y in pairs))
    tops = [agreed([int(code > 0) for code in codes]) for codes in (one, two)]
    moments = [Moments.of(Counter(codes)) for codes in (one, two)]
    for found, widest in (
        (change_of_means(rated(one), rated(two), linked, (-2, 2), 0.95), 2),
        (change_of_shares(tops[0], tops[1], yes, 0.95), 1),
        (change_of_nets(moments[0], moments[1], linked, 0.95), 2),
    ):
        assert (found.p is None) == (found.interval is None) == (found.reason is not None)
        if found.p is not None:
            assert 0 <= found.p <= 1
            assert -widest <= ends(found)[0] <= ends(found)[1] <= widest
