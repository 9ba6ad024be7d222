"""Kept counts of the books are the counts, to the last case."""

from __future__ import annotations

import json
import zlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.packed_records import pack_counts, unpack_counts
from reports.records import Counts, Stamp
from reports.tally.packing import DamagedTallies
from tests.reports.records_cases import handled, stamp

NUMBERS = st.integers(0, 10**9)
KINDS = [handled(1), handled(2, 9), handled(3, 9, 4, reopened=True), handled(5, answered=6)]
CASES = st.dictionaries(st.sampled_from(KINDS), st.integers(1, 10**6)).map(Counter)
NAMED = st.dictionaries(st.sampled_from(["delivery", "包装", '"']), st.integers(1, 10**6)).map(
    Counter
)
COUNTS = st.builds(Counts, *[NUMBERS] * 8, CASES, CASES, NAMED, NAMED)
STAMPS = st.sampled_from([(), stamp("A"), stamp("A", "西区"), stamp("B", '"')])
WHOLE = st.dictionaries(STAMPS, COUNTS)


@given(WHOLE)
def test_what_is_packed_comes_back(counts: dict[Stamp, Counts]) -> None:
    """Every number, every case, every segment, in whatever writing."""
    assert unpack_counts(pack_counts(counts)) == counts


@given(WHOLE)
def test_the_same_counts_are_the_same_bytes(counts: dict[Stamp, Counts]) -> None:
    """In whatever order they were counted."""
    turned = dict(reversed(counts.items()))
    assert pack_counts(turned) == pack_counts(counts)


def packed(told: object) -> bytes:
    """Something else, packed alike."""
    return zlib.compress(json.dumps(told).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"broken",
        pack_counts({stamp("A"): Counts(served=1)})[:-3],
        zlib.compress(b"no json"),
        packed(7),
        packed([7]),
        packed([[[["tier", "A"]], 1, 2]]),
        packed([[[["tier", "A"]], *[0] * 8, [], []]]),
        packed([[[["tier"]], *[0] * 8, [], [], [], []]]),
        packed([[[], *[0] * 8, [["today", None, None, None, None, 1]], [], [], []]]),
        packed([[[], *[0] * 8, [], [[]], [], []]]),
        packed([[[], *[0] * 8, [], [], [["delivery"]], []]]),
    ],
    ids=repr,
)
def test_damage_is_named(content: bytes) -> None:
    """What is not whole, or something else, is not taken for counts."""
    with pytest.raises(DamagedTallies, match="damaged"):
        unpack_counts(content)
