"""Pairs that were kept are the pairs that were counted."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from instruments.model import Role
from reports.dataset import Dataset, Labels
from reports.tally import Pairs, match, pairs, pairs_by
from reports.tally.packed_pairs import pack_pairs, pairs_digest, unpack_pairs
from reports.tally.packing import DamagedTallies
from tests.reports.counted_cases import instrument, monthly, question, random_dataset

ASKED = monthly(("quality", "price"), places=2)
OTHER = instrument([question("overall", Role.OVERALL)])


def wave(size: int, seed: int) -> Dataset:
    """Random answers of the customers 0, 1, 2 …"""
    drawn = random_dataset(ASKED, size, np.random.default_rng(seed))
    return dataclasses.replace(drawn, customer=Labels.of([str(i) for i in range(size)]))


def counted(size: int = 60) -> dict[str, Pairs]:
    """The pairs of two waves, tier by tier, and of everybody."""
    then, now = wave(size, 1), wave(size + 20, 2)
    matched = match(then, now)
    return {"all": pairs(then, now, matched), **pairs_by(then, now, matched, "tier")}


@pytest.mark.parametrize("size", [0, 1, 60])
def test_unpacked_pairs_are_those_packed(size: int) -> None:
    """Every segment and table comes back, in order; those of nobody as well."""
    found = counted(size)
    kept = unpack_pairs(pack_pairs(found), ASKED)
    assert list(kept) == list(found)
    assert kept == found


def test_kept_and_fresh_pairs_add() -> None:
    """What was kept and what was counted just now go together."""
    found = counted()
    kept = unpack_pairs(pack_pairs(found), ASKED)
    assert kept["all"] + found["all"] == found["all"] + found["all"]


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_what_is_not_whole_is_refused(cut: int) -> None:
    """Cut off anywhere, packed pairs are damaged and not fewer."""
    with pytest.raises(DamagedTallies):
        unpack_pairs(pack_pairs(counted())[:cut], ASKED)


def test_pairs_of_other_questions_are_refused() -> None:
    """Counts of other questions are not read as these; their digest differs."""
    with pytest.raises(DamagedTallies):
        unpack_pairs(pack_pairs(counted()), OTHER)
    assert pairs_digest(ASKED) == pairs_digest(monthly(("quality", "price"), places=2))
    assert pairs_digest(ASKED) != pairs_digest(OTHER)
