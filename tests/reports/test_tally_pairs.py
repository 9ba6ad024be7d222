"""Customers who answered twice: paired rightly, counted once, and adding up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Role
from reports.dataset import Dataset, Labels
from reports.derived import COMPLAINED, PROBLEM, VOICED
from reports.tally import (
    DifferentTallies,
    NotAPart,
    NotCounted,
    Pairs,
    UnknownField,
    match,
    pairs,
    pairs_by,
)
from reports.tally.pairs import paired_codes
from tests.reports.counted_cases import (
    BLANK,
    dataset,
    instrument,
    monthly,
    question,
    random_dataset,
    select,
)

ASKED = monthly(("quality", "price"), places=2)
SMALL = instrument([question("overall", Role.OVERALL)])


def wave(codes: Sequence[int], customers: Sequence[str], tiers: Sequence[str] = ()) -> Dataset:
    """One wave of answers to overall satisfaction, by these customers."""
    data = dataset(SMALL, [{"overall": code} for code in codes], segments=tiers or None)
    return replace(data, customer=Labels.of(list(customers)))


def two_waves(size: int, seed: int) -> tuple[Dataset, Dataset]:
    """The same customers twice, with random answers and tiers."""
    rng = np.random.default_rng(seed)
    return random_dataset(ASKED, size, rng), random_dataset(ASKED, size, rng)


def everybody(size: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Row i then is row i now."""
    return np.stack([np.arange(size)] * 2, axis=1)


def test_the_headline_columns_are_paired() -> None:
    """Overall, the parts of the return rate, each experience, problem and complaint."""
    assert set(paired_codes(ASKED)) == {
        *("overall", "recommend", "buy_again", "bought_again", "p_quality", "p_price"),
        *(PROBLEM, COMPLAINED, VOICED),
    }


def test_the_same_customer_is_found_again() -> None:
    """Answers are paired by customer, not by place; who answered once is left out."""
    then, now = wave([1, 2, 3], ["Ann", "Ben", "Cho"]), wave([5, 4], ["Cho", "Ann"])
    found = pairs(then, now, match(then, now))
    assert found.customers == 2
    assert found.both("overall") == {(1, 4): 1, (3, 5): 1}


def test_the_last_of_several_answers_counts() -> None:
    """Who answered twice in a wave is one customer still."""
    then, now = wave([1, 2], ["Ann", "Ann"]), wave([3, 5, 4], ["Ann", "Ben", "Ann"])
    assert pairs(then, now, match(then, now)).both("overall") == {(2, 4): 1}


def test_answers_without_a_name_are_not_paired() -> None:
    """Nobody knows whether two unnamed answers are one customer's."""
    then, now = wave([1, 2], ["", "Ann"]), wave([3, 4], ["", "Ben"])
    assert match(then, now).shape == (0, 2)


def test_anonymous_waves_have_no_pairs() -> None:
    """Where customers are not known none are made up."""
    then = dataset(SMALL, [{"overall": 1}])
    found = pairs(then, then, match(then, then))
    assert found == Pairs.empty(SMALL)
    assert found.customers == 0


def test_missing_answers_keep_their_kind() -> None:
    """Answered then and blank now stands in the table, and not among the answered pairs."""
    then, now = wave([4, 2], ["Ann", "Ben"]), wave([BLANK, 5], ["Ann", "Ben"])
    found = pairs(then, now, match(then, now))
    assert found.table("overall").sum() == 2
    assert found.table("overall")[4 + 3, 3] == 1
    assert found.both("overall") == {(2, 5): 1}


def test_a_segment_is_compared_with_itself() -> None:
    """Who moved to another segment counts in the whole and in no segment."""
    names = ["Ann", "Ben", "Cho"]
    then = wave([1, 2, 3], names, ["A", "B", "C"])
    now = wave([4, 5, 1], names, ["A", "A", "C"])
    matched = match(then, now)
    by_tier = pairs_by(then, now, matched, "tier")
    assert {tier: found.both("overall") for tier, found in by_tier.items()} == {
        "A": {(1, 4): 1},
        "C": {(3, 1): 1},
    }
    assert pairs(then, now, matched).customers == 3


def test_segments_are_matched_by_name() -> None:
    """A segment has the same name in both waves, whatever its number."""
    then = wave([1, 2], ["Ann", "Ben"], ["B", "C"])
    now = wave([4, 5], ["Ann", "Ben"], ["B", "A"])
    assert list(pairs_by(then, now, match(then, now), "tier")) == ["B"]


@settings(max_examples=25, deadline=None)
@given(size=st.integers(0, 60), seed=st.integers(0, 2**32 - 1), cut=st.floats(0, 1))
def test_pairs_add_and_can_be_taken_away(size: int, seed: int, cut: float) -> None:
    """Any split of the customers gives pairs that add up to those of all, in any order."""
    then, now = two_waves(size, seed)
    matched = np.random.default_rng(seed).permutation(everybody(size))
    at = int(cut * size)
    first, second = pairs(then, now, matched[:at]), pairs(then, now, matched[at:])
    whole = pairs(then, now, everybody(size))
    assert first + second == whole
    assert whole - first == second
    assert Pairs.empty(ASKED) + whole == whole


def test_segments_count_as_each_alone() -> None:
    """One pass over all segments gives each what counting it alone gives."""
    then, now = two_waves(300, 4)
    tiers = now.segments["tier"]
    for tier, found in pairs_by(then, now, everybody(300), "tier").items():
        place = tiers.levels.index(tier)
        own = np.flatnonzero((tiers.codes == place) & (then.segments["tier"].codes == place))
        assert found == pairs(select(then, own), select(now, own), everybody(own.size))


def test_margins_are_the_counts_of_each_wave() -> None:
    """Summed over the answers now, pairs are the counts then of those customers."""
    then, now = two_waves(200, 5)
    table = pairs(then, now, everybody(200)).table("p_price")
    for code in range(1, 6):
        assert table[3 + code].sum() == (then.columns["p_price"] == code).sum()
        assert table[:, 3 + code].sum() == (now.columns["p_price"] == code).sum()


def test_wrong_uses_are_refused_by_name() -> None:
    """Other questions, an unknown field, an unpaired column, a part that is none."""
    then, now = wave([1], ["Ann"]), wave([2], ["Ann"])
    matched = match(then, now)
    found = pairs(then, now, matched)
    with pytest.raises(DifferentTallies):
        pairs(then, two_waves(1, 1)[0], matched)
    with pytest.raises(DifferentTallies):
        _ = found + Pairs.empty(ASKED)
    with pytest.raises(UnknownField, match="region"):
        pairs_by(then, now, matched, "region")
    with pytest.raises(NotCounted, match="price"):
        found.table("price")
    with pytest.raises(NotAPart):
        _ = Pairs.empty(SMALL) - found
    assert found != "pairs"
