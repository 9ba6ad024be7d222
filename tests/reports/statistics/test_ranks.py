"""Places become mean ranks, Borda points and weights, whole or partial."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from reports.statistics.ranks import NotRankings, Rankings, centroid_weights

NAMES = ("price", "delivery", "staff", "range", "website")


def counted(orders: Sequence[Sequence[int]], items: int = 5) -> Rankings:
    """Counts of places from single rankings: lists of items, the most important first."""
    places: dict[str, dict[tuple[int, int], int]] = {name: {} for name in NAMES[:items]}
    for order in orders:
        for item, name in enumerate(NAMES[:items]):
            place = order.index(item) + 1 if item in order else 0
            key = (len(order), place)
            places[name][key] = places[name].get(key, 0) + 1
    return Rankings.of(places)


orders = st.lists(
    st.permutations(range(5)).flatmap(lambda p: st.integers(1, 5).map(lambda r: p[:r])),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    ("items", "published"),
    [
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
    ],
)
def test_centroid_weights_are_the_published_ones(items: int, published: list[float]) -> None:
    """Barron & Barrett 1996, the table of rank-order-centroid weights."""
    assert list(map(float, centroid_weights(items))) == pytest.approx(published, abs=5e-5)


def test_weights_fall_and_sum_to_one() -> None:
    """A better place weighs more, and all places weigh exactly 1."""
    for items in range(1, 16):
        found = centroid_weights(items)
        assert sum(found) == 1
        assert all(a > b for a, b in pairwise(found))


def test_complete_rankings_by_hand() -> None:
    """Two respondents, three items: ranks 1.5, 1.5, 3 and Borda counts 3, 3, 0."""
    found = counted([[0, 1, 2], [1, 0, 2]], items=3)
    assert [rank.mean for rank in found.ranks().values()] == [1.5, 1.5, 3.0]
    assert [points.total for points in found.borda().values()] == [3, 3, 0]
    assert found.n == 2


def test_unplaced_items_share_the_mean_of_what_is_left() -> None:
    """Of five items one is placed: the four others rank 3.5 and share the weights left."""
    found = counted([[2]])
    assert [rank.mean for rank in found.ranks().values()] == [3.5, 3.5, 1, 3.5, 3.5]
    left = sum(centroid_weights(5)[1:]) / 4
    weight = found.scored(centroid_weights(5))
    assert (weight["staff"].total, weight["price"].total) == (centroid_weights(5)[0], left)


@given(orders)
def test_counts_give_what_rows_give(rankings: list[list[int]]) -> None:
    """Mean ranks of the counts are those of the midranks of every single respondent."""
    found = counted(rankings)
    rows = [rankdata([o.index(i) if i in o else 99 for i in range(5)]) for o in rankings]
    means = [rank.mean for rank in found.ranks().values()]
    assert means == pytest.approx(np.mean(rows, axis=0).tolist())
    squares = [float(rank.squares) for rank in found.ranks().values()]
    assert squares == pytest.approx((np.array(rows) ** 2).sum(axis=0).tolist())


@given(orders)
def test_borda_and_mean_rank_order_alike(rankings: list[list[int]]) -> None:
    """Points and ranks of an item sum to N for each respondent, so they tell the same order."""
    found = counted(rankings)
    ranks, points = found.ranks(), found.borda()
    assert all(ranks[name].total + points[name].total == 5 * found.n for name in NAMES)


@given(orders)
def test_weights_of_all_items_sum_to_one(rankings: list[list[int]]) -> None:
    """However few places were given, nothing of the weight is lost."""
    weights = counted(rankings).scored(centroid_weights(5))
    assert sum((Fraction(w.total) for w in weights.values()), Fraction(0)) == len(rankings)


def test_nobody_ranked() -> None:
    """Without rankings there are moments of nothing, not an error."""
    found = Rankings.of({"A": {}, "B": {(1, 0): 0}})
    assert (found.n, found.ranks()["A"].n) == (0, 0)


@pytest.mark.parametrize(
    "places",
    [
        {"A": {(1, 1): 2}, "B": {(1, 0): 1}},  # B is missing in one ranking
        {"A": {(2, 1): 1}, "B": {(2, 1): 1}},  # both first
        {"A": {(1, 2): 1}, "B": {(1, 1): 1}},  # second of one
        {"A": {(3, 1): 1}, "B": {(3, 2): 1}},  # three placed of two
        {"A": {(1, 1): 1}, "B": {(2, 2): 1}},  # two different respondents
        {"A": {(1, 1): 1}, "B": {}},  # B never counted
    ],
)
def test_counts_of_no_rankings_are_refused(places: dict[str, dict[tuple[int, int], int]]) -> None:
    """Counts that no rankings can have are an error in a sentence, not a strange figure."""
    with pytest.raises(NotRankings, match="each place from 1 on"):
        Rankings.of(places)
