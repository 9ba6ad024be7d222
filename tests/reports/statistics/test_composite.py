"""The importance-weighted index: weights follow the answers, and its sums add exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.statistics.composite import (
    UNIT,
    DifferentWeights,
    Item,
    OffTheScale,
    ScoreSums,
    TooManyScales,
    WrongWeights,
    importance_weighted,
    per_million,
    shares,
    sums_of,
)
from reports.statistics.ranks import centroid_weights

Codes = NDArray[np.int64]

ITEMS = [Item(1, 5, 456_667), Item(0, 10, 256_667), Item(7, 1, 286_666)]
"""Three scales: 1–5, 0–10, and 1–7 on which 1 is best."""

answers: st.SearchStrategy[Codes] = st.lists(
    st.tuples(
        st.sampled_from([-4, -1, 1, 2, 3, 4, 5]),
        st.sampled_from([-2, *range(11)]),
        st.sampled_from([-3, *range(1, 8)]),
    ),
    min_size=1,
    max_size=40,
).map(np.array)


def by_hand(row: Sequence[int], items: Sequence[Item]) -> Fraction | None:
    """The index of one respondent in fractions, or None with less than half of the weight."""
    total, carried = Fraction(0), 0
    for code, item in zip(row, items, strict=True):
        if code >= 0:
            total += item.weight * Fraction(100 * (code - item.worst), item.best - item.worst)
            carried += item.weight
    if carried == 0 or 2 * carried < sum(item.weight for item in items):
        return None
    return total / carried


@given(answers)
def test_it_is_the_definition_to_the_millionth(codes: Codes) -> None:
    """n, sum and sum of squares are those of the rounded indices, respondent by respondent."""
    indices = [index for row in codes if (index := by_hand(row.tolist(), ITEMS)) is not None]
    rounded = [round(index * UNIT) for index in indices]
    found = importance_weighted(codes, ITEMS)
    assert (found.n, found.total) == (len(rounded), sum(rounded))
    assert found.squares == sum(value * value for value in rounded)


@given(answers, answers)
def test_parts_add_in_any_order(first: Codes, second: Codes) -> None:
    """Chunks, months and segments: the sums of the parts are those of the whole, exactly."""
    a, b = importance_weighted(first, ITEMS), importance_weighted(second, ITEMS)
    together = importance_weighted(np.concatenate([second, first]), ITEMS)
    assert a + b == b + a == together
    assert together - a == b


@given(answers)
def test_a_scale_turned_round_gives_the_index_turned_round(codes: Codes) -> None:
    """With best and worst exchanged everybody's index is 100 less what it was."""
    turned = importance_weighted(codes, [Item(i.best, i.worst, i.weight) for i in ITEMS])
    found = importance_weighted(codes, ITEMS)
    assert turned.n == found.n
    assert turned.total == 100 * UNIT * found.n - found.total


def test_the_ends_are_0_and_100() -> None:
    """Everything at its worst is 0, at its best 100, in whatever direction a scale runs."""
    for codes, index in (([[1, 0, 7]], 0), ([[5, 10, 1]], 100)):
        assert importance_weighted(np.array(codes), ITEMS).moments.mean == index


def test_missing_items_leave_their_weight_to_the_others() -> None:
    """A respondent without the second item: weights of the others are brought to 1."""
    items = [Item(1, 5, 500_000), Item(1, 5, 250_000), Item(1, 5, 250_000)]
    found = importance_weighted(np.array([[5, -1, 1]]), items)
    assert found.moments.mean == pytest.approx(200 / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("row", "counts"), [([4, -1, -1], 1), ([-1, 4, 4], 1), ([-1, 4, -1], 0), ([-1, -1, -1], 0)]
)
def test_half_of_the_weight_is_enough(row: list[int], counts: int) -> None:
    """Exactly half of all weight counts, less does not."""
    items = [Item(1, 5, 500_000), Item(1, 5, 250_000), Item(1, 5, 250_000)]
    assert importance_weighted(np.array([row]), items).n == counts


def test_an_item_of_no_weight_counts_for_nobody() -> None:
    """Who answered only what weighs nothing has no index."""
    items = [Item(1, 5, 0), Item(1, 5, 1)]
    assert importance_weighted(np.array([[5, -1], [5, 1]]), items) == ScoreSums((0, 1), 1, 0, 0)


def test_mean_and_standard_error() -> None:
    """The moments give the mean and variance of the respondents' indices."""
    rng = np.random.default_rng(2)
    codes = np.column_stack([rng.integers(1, 6, 500), rng.integers(0, 11, 500), np.ones(500, int)])
    indices = [float(by_hand(row.tolist(), ITEMS) or 0) for row in codes]
    moments = importance_weighted(codes, ITEMS).moments
    assert moments.mean == pytest.approx(np.mean(indices), abs=1e-6)
    assert moments.variance == pytest.approx(np.var(indices, ddof=1), rel=1e-6)


def test_nobody_and_codes_as_stored() -> None:
    """No answers sum to nothing; int8 codes are those of any other type."""
    assert importance_weighted(np.zeros((0, 3), np.int8), ITEMS).n == 0
    codes = np.array([[5, 10, 1], [1, 3, 7]])
    stored = importance_weighted(codes.astype(np.int8), ITEMS)
    assert stored == importance_weighted(codes, ITEMS)


def test_many_answers_do_not_overflow() -> None:
    """The squares of 100,000 indices of 100 are beyond 64 bits, and still exact."""
    values = np.full(100_000, 100 * UNIT)
    assert sums_of(values, (1,)).squares == 100_000 * (100 * UNIT) ** 2 > 2**63
    assert sums_of(-values, (1,)) == ScoreSums((1,), 10**5, -(10**13), 10**21)


def test_different_weights_do_not_add() -> None:
    """Indices made with the weights of two different years are not one series."""
    one, other = ScoreSums((1, 2), 1, 5, 25), ScoreSums((2, 1), 1, 5, 25)
    with pytest.raises(DifferentWeights, match="different weights"):
        _ = one + other
    with pytest.raises(DifferentWeights):
        _ = one - other


def test_a_code_off_the_scale_is_named() -> None:
    """A six on a scale of five is no good answer to be summed: an error that says where."""
    with pytest.raises(OffTheScale, match="Item 1 holds the code 6"):
        importance_weighted(np.array([[5, 1, 1], [6, 1, 1]]), ITEMS)


def test_scales_that_do_not_fit_into_exact_sums() -> None:
    """Lengths without a small common multiple are refused, not summed wrongly."""
    lengths = (97, 89, 83, 79)
    items = [Item(0, length, 250_000) for length in lengths]
    with pytest.raises(TooManyScales, match="too many scales"):
        importance_weighted(np.zeros((1, 4), dtype=np.int64), items)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [float("nan")], [float("inf"), 1]])
def test_wrong_weights_are_refused(weights: list[float]) -> None:
    """Negative, infinite or no weights are an error in a sentence."""
    for use in (shares, per_million):
        with pytest.raises(WrongWeights, match="zero or more"):
            use(weights)


def test_negative_weight_of_an_item() -> None:
    """An index with a negative weight is refused before anything is counted."""
    with pytest.raises(WrongWeights):
        importance_weighted(np.array([[1]]), [Item(1, 5, -1)])


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_millionths_are_a_million(weights: list[int]) -> None:
    """Whatever the weights, their millionths sum to one million, none off by a whole one."""
    found = per_million(weights)
    assert sum(found) == UNIT
    for millionths, share in zip(found, shares(weights), strict=True):
        assert abs(millionths - share * UNIT) < 1


def test_millionths_of_rank_weights() -> None:
    """Rank-order-centroid weights of four attributes; of equal rests the first gets the unit."""
    assert per_million(centroid_weights(4)) == (520_834, 270_833, 145_833, 62_500)
