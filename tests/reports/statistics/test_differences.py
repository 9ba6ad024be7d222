"""Differences are tested by the book."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from reports.findings import Figure, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.statistics.differences import (
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
    widest,
)
from reports.statistics.moments import Moments


def of(count: int, n: int) -> Figure:
    """A share."""
    return share("complaint_rate", count, n, 0.95, base=Base.ASKED)


def rated(answers: dict[int, int]) -> Figure:
    """A mean on 1–5."""
    return mean(
        "attribute_mean",
        Moments.of(answers),
        0.95,
        unit=Unit.POINTS,
        base=Base.RATED,
        bounds=(1, 5),
    )


def test_difference_of_shares_is_newcombes() -> None:
    """56/70 less 48/80: .2 with the interval of table II, and Pearson's p-value."""
    found = difference_of_shares(of(56, 70), of(48, 80), 0.95)
    assert found.value == pytest.approx(0.2)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=6e-5)
    pearson = stats.chi2_contingency([[56, 14], [48, 32]], correction=False)
    assert found.p == pytest.approx(pearson.pvalue, abs=1e-12)


@pytest.mark.parametrize("counts", [(0, 20, 0, 30), (20, 20, 30, 30)])
def test_equal_extremes_do_not_differ(counts: tuple[int, int, int, int]) -> None:
    """Nobody in both groups, or everybody: p is 1 and the interval still has a width."""
    found = difference_of_shares(of(*counts[:2]), of(*counts[2:]), 0.95)
    assert (found.value, found.p) == (0.0, 1.0)
    assert found.interval is not None
    assert found.interval.low < 0 < found.interval.high


@pytest.mark.parametrize(
    ("first", "second", "value", "reason"),
    [
        ({}, {4: 9}, None, Reason.NO_ANSWERS),
        ({4: 9}, {}, None, Reason.NO_ANSWERS),
        ({4: 1}, {2: 3, 3: 3}, 1.5, Reason.ONE_ANSWER),
        ({5: 30}, {4: 15, 5: 15}, 0.5, Reason.NO_VARIATION),
    ],
)
def test_means_without_spread_are_not_tested(
    first: dict[int, int], second: dict[int, int], value: float | None, reason: Reason
) -> None:
    """One answer, or answers all alike, cannot be called significantly different."""
    found = difference_of_means(rated(first), rated(second), (-4, 4), 0.95)
    assert (found.value, found.interval, found.p, found.reason) == (value, None, None, reason)


def test_a_small_group_that_happens_to_agree_is_not_significant() -> None:
    """30 of whom 29 say 5, against 400 with a mean of 4.72: chance, whatever Welch alone says."""
    first, second = rated({5: 29, 4: 1}), rated({5: 320, 4: 60, 3: 14, 2: 4, 1: 2})
    found = difference_of_means(first, second, (-4, 4), 0.95)
    welch = stats.ttest_ind(
        [5] * 29 + [4], [5] * 320 + [4] * 60 + [3] * 14 + [2] * 4 + [1] * 2, equal_var=False
    )
    assert welch.pvalue < 1e-4
    assert found.p is not None
    assert found.p > 0.02


def test_difference_of_means_stays_on_the_scale() -> None:
    """The interval of a difference never leaves what two means can differ by."""
    found = difference_of_means(rated({5: 4, 4: 1}), rated({1: 4, 2: 1}), (-4, 4), 0.99999)
    assert found.interval is not None
    assert -4 <= found.interval.low < found.interval.high == 4


def test_difference_of_nets_has_a_spread_where_all_agree() -> None:
    """All promoters against all passives: a difference of 1 that a z test can judge."""
    found = difference_of_nets(Moments.of({1: 40}), Moments.of({0: 40}), 0.95)
    assert found.value == 1
    assert found.interval is not None
    assert 0 < found.interval.low < 1 < found.interval.high < 2
    assert found.p is not None
    assert found.p < 1e-6
    assert difference_of_nets(Moments.of({}), Moments.of({1: 3}), 0.95).reason is Reason.NO_ANSWERS


def test_difference_of_nets_is_the_z_of_two_scores() -> None:
    """(N1 - N2)/√(SE1² + SE2²); with many answers the adjustment does not matter."""
    first, second = (
        Moments.of({1: 5000, 0: 3000, -1: 2000}),
        Moments.of({1: 4800, 0: 3000, -1: 2200}),
    )
    found = difference_of_nets(first, second, 0.95)
    se = np.sqrt(first.spread / first.n + second.spread / second.n)
    assert found.interval is not None
    assert found.interval.high - found.interval.low == pytest.approx(2 * 1.959964 * se, rel=1e-3)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(Unit.INDEX, (-100, 100)), (Unit.NET, (-2, 2)), (Unit.POINTS, (-4, 4))],
)
def test_differences_have_bounds(unit: Unit, expected: tuple[float, float]) -> None:
    """Two indices differ by at most 100, two means by the length of the scale."""
    assert widest(unit, (1, 5)) == expected


def test_divided_answers_do_not_make_net_scores_differ() -> None:
    """Few and divided answers: the p-value is no smaller than that of the t tests."""
    first, second = {1: 18, 0: 3, -1: 9}, {1: 10, 0: 3, -1: 17}
    found = difference_of_nets(Moments.of(first), Moments.of(second), 0.95)
    answers = [[code for code, n in net.items() for _ in range(n)] for net in (first, second)]
    assert found.p is not None
    for equal in (True, False):
        assert found.p >= stats.ttest_ind(*answers, equal_var=equal).pvalue - 1e-12
    assert found.interval is not None
    welch = stats.ttest_ind(*answers, equal_var=False).confidence_interval(0.95)
    assert found.interval.low <= welch.low + 1e-12
