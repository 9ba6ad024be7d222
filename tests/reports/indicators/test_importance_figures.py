"""Importance as customers state it: by places and by ratings."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from instruments.model import Better, Role
from reports.findings import Reason
from reports.indicators.bases import Base
from reports.indicators.importance import stated_weights
from reports.settings import Settings
from reports.statistics.ranks import centroid_weights
from reports.tally import tally
from tests.reports.counted_cases import (
    Row,
    dataset,
    instrument,
    question,
    ranking,
)
from tests.reports.indicators.indicator_cases import figures, one


def test_importance_of_two_rankings() -> None:
    """Weight, chosen and first of three attributes after one full and one short ranking."""
    names = ("a", "b", "c")
    asked = instrument([ranking(2)], names)
    rows = [
        {"rank.a": 1, "rank.b": 2, "rank.c": 0},
        {"rank.a": 0, "rank.b": 1, "rank.c": 0},
        {"rank.a": 1, "rank.b": 1, "rank.c": 0},
    ]
    found = figures(asked, rows)
    first, second, third = centroid_weights(3)
    expected = [
        (first + (second + third) / 2) / 2,
        (second + first) / 2,
        (third + (second + third) / 2) / 2,
    ]
    assert [found["importance_weight", a].value for a in names] == pytest.approx(
        [float(w) for w in expected]
    )
    assert sum(expected) == Fraction(1)
    assert [found["importance_chosen", a].count for a in names] == [1, 2, 0]
    assert [found["importance_first", a].count for a in names] == [1, 1, 0]
    assert {f.n for f in found.values()} == {2}


RANKED = instrument([ranking(2)], ("a", "b", "c", "d"))
TWO: list[Row] = [
    {"rank.a": 1, "rank.b": 2, "rank.c": 0, "rank.d": 0},
    {"rank.a": 0, "rank.b": 1, "rank.c": 2, "rank.d": 0},
]


def test_mean_ranks_and_borda_points_of_two_rankings() -> None:
    """What was not placed shares the ranks left; both put attributes in the same order."""
    found = figures(RANKED, TWO)
    assert [found["importance_rank", a].value for a in "abcd"] == [2.25, 1.5, 2.75, 3.5]
    assert [found["importance_borda", a].value for a in "abcd"] == [1.75, 2.5, 1.25, 0.5]
    assert found["importance_rank", "a"].scale == (1.0, 3.5)


def test_a_place_left_blank_is_no_place() -> None:
    """A file that leaves attributes without a place blank tells the same ranking."""
    blank = [{name: place for name, place in row.items() if place} for row in TWO]
    here, there = (
        figures(RANKED, TWO),
        figures(RANKED, [{**r, "rank.a": r.get("rank.a", 0)} for r in blank]),
    )
    assert {f.value for f in here.values()} == {f.value for f in there.values()}


def test_customers_agree_or_not() -> None:
    """W is 1 where all rank alike, 0 where orders cancel out; with its p-value."""
    full = instrument([ranking(3)], ("a", "b", "c"))
    order: Row = {"rank.a": 1, "rank.b": 2, "rank.c": 3}
    turned: Row = {"rank.a": 3, "rank.b": 2, "rank.c": 1}
    alike = figures(full, [order] * 20)
    assert alike["kendall_w", ""].value == 1
    assert alike["kendall_p", ""].value == pytest.approx(math.exp(-20))
    assert figures(full, [order, turned] * 10)["kendall_w", ""].value == 0
    two = figures(full, [order, order])
    assert (two["kendall_w", ""].value, two["kendall_p", ""].reason) == (1, Reason.TOO_FEW_RANKINGS)


def test_draws_are_the_same_every_time() -> None:
    """A permutation test starts from the seed of the settings: one report, one p-value."""
    rng = np.random.default_rng(4)
    names = tuple("abcdef")
    asked = instrument([ranking(6)], names)
    rows: list[Row] = [
        {f"rank.{a}": int(p) + 1 for a, p in zip(names, rng.permutation(6), strict=True)}
        for _ in range(12)
    ]
    found = [one(asked, rows, "kendall_p", rules=Settings(seed=seed)).value for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_importance_may_be_rated() -> None:
    """The mean on the question's own scale; `better` is the end that says important."""
    asked = instrument(
        [question(f"i_{a}", Role.IMPORTANCE, range(1, 8), attribute=a) for a in "ab"], ("a", "b")
    )
    found = figures(asked, [{"i_a": 7, "i_b": 3}, {"i_a": 5}])
    rating = found["importance_rating", "a"]
    assert (rating.value, rating.n, rating.base) == (6.0, 2, Base.IMPORTANCE_RATED)
    assert rating.better is Better.HIGH


@pytest.mark.parametrize("better", [Better.HIGH, Better.LOW])
def test_parts_of_stated_importance_sum_to_one(better: Better) -> None:
    """Of ratings the mean over the sum of all, counted from the other end of a turned scale."""
    asked = instrument(
        [question(f"i_{a}", Role.IMPORTANCE, attribute=a, better=better) for a in "ab"], ("a", "b")
    )
    turned = better is Better.LOW
    rows: list[Row] = [{"i_a": 2 if turned else 4, "i_b": 4 if turned else 2}]
    assert stated_weights(asked, tally(dataset(asked, rows))) == {
        "a": Fraction(2, 3),
        "b": Fraction(1, 3),
    }
    assert stated_weights(asked, tally(dataset(asked, []))) == {
        "a": Fraction(0),
        "b": Fraction(0),
    }
    nothing = instrument([question("overall", Role.OVERALL)], ("a",))
    assert stated_weights(nothing, tally(dataset(nothing, []))) is None
