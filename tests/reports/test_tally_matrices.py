"""Sums of products over complete answers: exact, additive, and of the right respondents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Better, Instrument, Role
from reports.dataset import Codes, Dataset
from reports.tally import NotCounted, Tally, tally, tally_by
from reports.tally.matrices import gap_pairs, item_sets
from tests.reports.counted_cases import (
    dataset,
    instrument,
    monthly,
    question,
    random_dataset,
    select,
)


def with_dimensions(asked: Instrument) -> Instrument:
    """Quality and delivery are of one dimension, price of another, the rest of none."""
    of = {"quality": "reliability", "delivery": "reliability", "price": "assurance"}
    attributes = tuple(replace(a, dimension=of.get(a.id)) for a in asked.attributes)
    return replace(asked, attributes=attributes)


ASKED = with_dimensions(monthly())
NAMES = ("quality", "delivery", "price", "staff")


def answers(size: int, seed: int, blank: float = 0.1) -> Dataset:
    """Random answers of one wave in four tiers."""
    return random_dataset(ASKED, size, np.random.default_rng(seed), blank=blank)


def complete(data: Dataset, *names: str) -> Codes:
    """The codes of those who answered all of these, in plain numpy: shape (n, d)."""
    codes = np.stack([data.columns[name] for name in names], axis=1)
    return codes[(codes >= 0).all(axis=1)].astype(np.int64)


def test_the_sets_follow_roles() -> None:
    """Drivers, ratings, expectations, the ACSI items, and gaps by dimension."""
    assert {items.name: items.names for items in item_sets(ASKED)} == {
        "drivers": (*(f"p_{name}" for name in NAMES), "overall"),
        "ratings": tuple(f"p_{name}" for name in NAMES),
        "expectations": tuple(f"x_{name}" for name in NAMES),
        "acsi": ("overall", "confirmation", "ideal"),
        "gaps": NAMES,
        "gap:reliability": ("quality", "delivery"),
        "gap:assurance": ("price",),
    }


def test_nothing_asked_is_no_set() -> None:
    """An instrument that rates nothing has no matrices; asking for one is refused by name."""
    asked = instrument([question("overall", Role.OVERALL)])
    assert item_sets(asked) == ()
    with pytest.raises(NotCounted, match="drivers"):
        Tally.empty(asked).matrix("drivers")


@settings(max_examples=20, deadline=None)
@given(size=st.integers(0, 200), seed=st.integers(0, 2**32 - 1), blank=st.floats(0, 0.9))
def test_sums_are_those_of_plain_multiplication(size: int, seed: int, blank: float) -> None:
    """Who left one item of the set is left out of all its sums; the others count in full."""
    data = answers(size, seed, blank)
    found = tally(data).matrix("drivers")
    codes = complete(data, *found.names)
    assert found.n == len(codes)
    assert found.sums.tolist() == codes.sum(axis=0).tolist()
    assert found.products.tolist() == (codes.T @ codes).tolist()


def test_gaps_are_experience_less_expectation() -> None:
    """A gap below zero is a shortfall."""
    row = {f"x_{name}": 5 for name in NAMES} | {f"p_{name}": 3 for name in NAMES}
    found = tally(dataset(ASKED, [row, {**row, "p_price": -1}]))
    assert found.matrix("gaps").n == 1
    assert found.matrix("gaps").sums.tolist() == [-2] * 4
    assert found.matrix("gap:reliability").n == 2
    assert found.matrix("gap:assurance").n == 1


def test_a_shortfall_is_below_zero_where_low_is_good() -> None:
    """On a scale whose low end is the good one the sign is turned."""
    asked = instrument(
        [
            question("x", Role.EXPECTATION, attribute="price", better=Better.LOW),
            question("p", Role.EXPERIENCE, attribute="price", better=Better.LOW),
        ],
        ["price"],
    )
    assert tally(dataset(asked, [{"x": 1, "p": 3}])).matrix("gaps").sums.tolist() == [-2]


def test_other_scales_make_no_gap() -> None:
    """An expectation on a scale of its own cannot be taken from the experience."""
    asked = instrument(
        [
            question("x", Role.EXPECTATION, range(1, 8), attribute="price"),
            question("p", Role.EXPERIENCE, attribute="price"),
        ],
        ["price"],
    )
    assert gap_pairs(asked) == {}
    assert [items.name for items in item_sets(asked)] == ["ratings", "expectations"]


@settings(max_examples=20, deadline=None)
@given(size=st.integers(1, 120), cut=st.floats(0, 1), seed=st.integers(0, 2**32 - 1))
def test_matrices_add_and_can_be_taken_away(size: int, cut: float, seed: int) -> None:
    """The sums of two sets of answers are those of both together, to the last digit."""
    whole = answers(size, seed)
    at = int(cut * size)
    first, second = (select(whole, rows) for rows in (np.arange(at), np.arange(at, size)))
    for items in item_sets(ASKED):
        together = tally(whole).matrix(items.name)
        assert tally(first).matrix(items.name) + tally(second).matrix(items.name) == together
        assert (tally(whole) - tally(first)).matrix(items.name) == tally(second).matrix(items.name)


def test_groups_have_sums_of_their_own() -> None:
    """One pass over all segments gives each the sums of its own answers."""
    data = answers(500, 3)
    for (_wave, segment), found in tally_by(data, "tier").items():
        tiers = data.segments["tier"]
        own = select(data, np.flatnonzero(tiers.codes == tiers.levels.index(segment)))
        assert found.matrix("ratings") == tally(own).matrix("ratings")


@pytest.mark.parametrize("highest", [10, 120])
def test_large_codes_stay_exact(highest: int) -> None:
    """Many answers with the largest codes there may be are summed without a digit lost."""
    asked = instrument(
        [
            question("p", Role.EXPERIENCE, (0, highest), attribute="price"),
            question("overall", Role.OVERALL, (0, highest)),
        ],
        ["price"],
    )
    one = dataset(asked, [{"p": highest, "overall": highest}])
    size = 100_001
    found = tally(select(one, np.zeros(size, np.intp))).matrix("drivers")
    assert found.products.tolist() == [[size * highest**2] * 2] * 2
