"""Gaps of dimensions: paired, weighted only with fair points, and honest about ceilings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.composite import UNIT, WrongWeights
from reports.statistics.dimension_gaps import (
    ceiling,
    difference_reliability,
    dimension_gap,
    gap_sums,
    points,
    weighted_gap,
)
from reports.statistics.moments import Moments

RATER = [range(4), range(4, 9), range(9, 13), range(13, 17), range(17, 22)]
"""22 items: tangibles 4, reliability 5, responsiveness 4, assurance 4, empathy 5."""

POINTS = [11, 32, 22, 19, 16]
"""Mean points of Zeithaml, Parasuraman & Berry 1990, in the same order."""

Gaps = NDArray[np.int64]


def answered(seed: int, n: int = 200, missing: float = 0.1) -> tuple[Gaps, NDArray[np.bool_]]:
    """Gaps on a scale of 1–7, and which of them have both answers."""
    rng = np.random.default_rng(seed)
    return rng.integers(-6, 7, (n, 22)), rng.random((n, 22)) >= missing


def test_complete_answers_give_the_textbook_steps() -> None:
    """Item gaps, their mean a dimension, the mean of five, and the weighted one."""
    gaps, _ = answered(1)
    found = gap_sums(gaps, np.ones_like(gaps, dtype=bool), RATER, POINTS)
    per_respondent = np.column_stack([gaps[:, list(items)].mean(axis=1) for items in RATER])
    means = [sums.moments.mean for sums in found.dimensions]
    assert means == pytest.approx(per_respondent.mean(axis=0), abs=1e-6)
    assert found.unweighted.moments.mean == pytest.approx(np.mean(means), abs=1e-6)
    assert found.weighted.moments.mean == pytest.approx(weighted_gap(means, POINTS), abs=1e-6)
    weighted = per_respondent @ np.array(POINTS) / 100
    assert found.weighted.moments.variance == pytest.approx(np.var(weighted, ddof=1), rel=1e-6)


def test_means_from_items_are_those_of_respondents_when_all_answered() -> None:
    """Item sums alone give the dimension's gap; only its standard error needs the pairing."""
    gaps, _ = answered(2)
    found = gap_sums(gaps, np.ones_like(gaps, dtype=bool), RATER, POINTS)
    for items, sums in zip(RATER, found.dimensions, strict=True):
        counts = [np.unique(gaps[:, i], return_counts=True) for i in items]
        moments = [
            Moments.of({int(v): int(c) for v, c in zip(*pair, strict=True)}) for pair in counts
        ]
        assert dimension_gap(moments) == pytest.approx(sums.moments.mean, abs=1e-6)


def test_half_of_the_items_are_enough() -> None:
    """Two of four pairs count in the dimension, one does not, nor does it count overall."""
    gaps = np.array([[-1, -3, 0, 0], [-1, 0, 0, 0]])
    paired = np.array([[True, True, False, False], [True, False, False, False]])
    found = gap_sums(gaps, paired, [[0, 1, 2, 3]], [100])
    assert (found.dimensions[0].n, found.dimensions[0].moments.mean) == (1, -2.0)
    assert (found.weighted.n, found.unweighted.n) == (1, 1)


def test_missing_dimensions_leave_their_weight_to_the_others() -> None:
    """Overall, dimensions of half of all points are enough and count by their points."""
    gaps = np.array([[-1, -3, 0]])
    paired = np.array([[True, True, False]])
    found = gap_sums(gaps, paired, [[0], [1], [2]], [40, 20, 40])
    assert found.weighted.total == round(-5 / 3 * UNIT)
    assert found.unweighted.moments.mean == -2.0


def test_long_scales_do_not_overflow() -> None:
    """The largest gap of a 0–100 scale, weighted, is still exact."""
    found = gap_sums(np.full((3, 2), -100), np.ones((3, 2), bool), [[0], [1]], [70, 30])
    assert found.weighted.moments.mean == -100


@given(st.integers(0, 10**6), st.integers(0, 60))
def test_parts_add_in_any_order(seed: int, cut: int) -> None:
    """The gaps of two months are those of all their answers, exactly."""
    gaps, paired = answered(seed, 60, missing=0.5)
    a = gap_sums(gaps[:cut], paired[:cut], RATER, POINTS)
    b = gap_sums(gaps[cut:], paired[cut:], RATER, POINTS)
    assert a + b == b + a == gap_sums(gaps, paired, RATER, POINTS)


@given(st.integers(0, 10**6))
def test_the_sign_turned_is_the_derived_dissatisfaction(seed: int) -> None:
    """Expectation less experience gives the same sums with the sign turned."""
    gaps, paired = answered(seed, 40, missing=0.4)
    one, other = (gap_sums(g, paired, RATER, POINTS) for g in (gaps, -gaps))
    assert one.weighted.total == -other.weighted.total
    assert one.weighted.squares == other.weighted.squares


def test_points_are_brought_to_100() -> None:
    """Points of any sum are rescaled; negative ones are refused."""
    assert sum(points([1, 1, 1])) == pytest.approx(100)
    assert points(POINTS) == tuple(map(float, POINTS))
    with pytest.raises(WrongWeights):
        points([120, -20])
    with pytest.raises(WrongWeights):
        weighted_gap([-1.0, -0.5], [0, 0])


def test_a_dimension_with_an_item_nobody_paired() -> None:
    """No pair for one of its items: no gap of the dimension from item means."""
    assert dimension_gap([Moments.of({-1: 3}), Moments.of({})]) is Reason.NO_ANSWERS
    assert dimension_gap([]) is Reason.NO_ANSWERS


@pytest.mark.parametrize(
    ("answers", "worst", "best", "warned"),
    [
        ({5: 6, 4: 4}, 1, 5, True),
        ({5: 59, 4: 41}, 1, 5, False),
        ({10: 1, 9: 9}, 1, 10, True),
        ({1: 7, 2: 3}, 5, 1, True),
        ({5: 7, 4: 3}, 5, 1, False),
        ({}, 1, 5, False),
    ],
)
def test_ceiling(answers: dict[int, int], worst: int, best: int, warned: bool) -> None:
    """Expectations in the best tenth of the scale are warned of, whichever end is best."""
    assert ceiling(Moments.of(answers), worst, best) is warned


def test_a_difference_is_less_reliable_than_its_parts() -> None:
    """Both .85 and correlated .6: only .625; uncorrelated: .85 as they are."""
    assert difference_reliability((0.85, 4), (0.85, 4), 0.6) == pytest.approx(0.625)
    assert difference_reliability((0.85, 4), (0.85, 4), 0) == pytest.approx(0.85)


def test_reliability_of_a_difference_from_true_scores() -> None:
    """Simulated: the formula is the share of true variance in the difference."""
    rng = np.random.default_rng(3)
    common = rng.normal(size=200_000)
    true_p, true_e = common + rng.normal(size=200_000), common + 0.5 * rng.normal(size=200_000)
    p, e = true_p + 0.8 * rng.normal(size=200_000), true_e + 0.6 * rng.normal(size=200_000)
    share = np.var(true_p - true_e) / np.var(p - e)
    found = difference_reliability(
        (float(np.var(true_p) / np.var(p)), float(np.var(p))),
        (float(np.var(true_e) / np.var(e)), float(np.var(e))),
        float(np.corrcoef(p, e)[0, 1]),
    )
    assert found == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("variances", [(0.0, 0.0), (4.0, 4.0)])
def test_differences_that_are_all_alike(variances: tuple[float, float]) -> None:
    """Two scores that always differ by the same have no reliability of a difference."""
    found = difference_reliability((0.9, variances[0]), (0.9, variances[1]), 1.0)
    assert found is Reason.NO_VARIATION
