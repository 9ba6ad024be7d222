"""Tallies that were kept are the tallies that were counted."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Role
from reports.tally import Tally, tally_by
from reports.tally.packing import DamagedTallies, digest, pack, unframed, unpack
from reports.tally.plan import plan_of
from tests.reports.counted_cases import instrument, monthly, question, random_dataset

ASKED = monthly(("quality", "price"), places=2)
PLAN = plan_of(ASKED)


def by_tier(size: int, seed: int) -> dict[str, Tally]:
    """The tallies of one wave of random answers, tier by tier."""
    found = tally_by(random_dataset(ASKED, size, np.random.default_rng(seed)), "tier")
    return {tier: counted for (_wave, tier), counted in found.items()}


@settings(max_examples=20, deadline=None)
@given(size=st.integers(0, 80), seed=st.integers(0, 2**32 - 1))
def test_unpacked_tallies_are_those_packed(size: int, seed: int) -> None:
    """Every segment, table and matrix comes back, in order; none at all comes back as none."""
    tallies = by_tier(size, seed)
    found = unpack(pack(tallies), PLAN)
    assert list(found) == list(tallies)
    assert found == tallies


def test_kept_and_fresh_tallies_add() -> None:
    """What was kept and what was counted just now go together."""
    old, new = by_tier(50, 1), by_tier(60, 2)
    kept = unpack(pack(old), PLAN)
    assert kept["D"] + new["D"] == old["D"] + new["D"]
    assert (kept["D"] + new["D"]) - new["D"] == old["D"]


def test_segments_keep_names_of_any_script() -> None:
    """A segment is named as the company names it, or not at all."""
    tallies = {"": Tally.empty(ASKED), "重点客户": Tally.empty(ASKED), "all": Tally.empty(ASKED)}
    assert list(unpack(pack(tallies), PLAN)) == list(tallies)


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_what_is_not_whole_is_refused(cut: int) -> None:
    """Cut off anywhere, packed tallies are damaged and not fewer."""
    with pytest.raises(DamagedTallies):
        unpack(pack(by_tier(30, 3))[:cut], PLAN)


@pytest.mark.parametrize(
    "head", [b"", b"{}", b"7", b"null", b"[7]", b'["A","A"]', b'["A"', b"\xff", b"[" * 100_000]
)
@pytest.mark.parametrize("length", [0, 1, None, 2**63])
def test_a_wrong_head_is_refused(head: bytes, length: int | None) -> None:
    """Whatever stands where the names should, and however long it is said to be."""
    told = len(head) if length is None else length
    content = zlib.compress(told.to_bytes(8, "little") + head + bytes(16))
    with pytest.raises(DamagedTallies):
        unframed(content, 1)


def test_another_plan_is_refused() -> None:
    """Counts of other questions are not read as these."""
    other = plan_of(instrument([question("overall", Role.OVERALL)]))
    with pytest.raises(DamagedTallies):
        unpack(pack(by_tier(30, 4)), other)


def test_a_digest_tells_plans_apart() -> None:
    """The same for the same questions; another for one more point or another item set."""
    assert digest(PLAN) == digest(plan_of(monthly(("quality", "price"), places=2)))
    others = [
        plan_of(monthly(("quality", "price"), places=1)),
        plan_of(monthly(("price", "quality"), places=2)),
        plan_of(instrument([question("overall", Role.OVERALL)])),
        plan_of(instrument([question("overall", Role.OVERALL, range(7))])),
    ]
    assert len({digest(plan) for plan in (PLAN, *others)}) == 5


def test_packing_is_short() -> None:
    """Many counts are zero: packed they take a small part of the room."""
    tallies = by_tier(200, 5)
    counts = sum(t.size for tally in tallies.values() for t in tally.tables.values())
    assert len(pack(tallies)) < counts * 8 / 10
