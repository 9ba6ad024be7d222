"""Ad-hoc filters keep exactly those for whom every condition holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.dataset import Dataset, Missing
from reports.derived import PROBLEM
from reports.filters import Answered, InSegment, UnknownColumn, filtered
from reports.tally import UnknownField, tally
from tests.reports.counted_cases import dataset, monthly, random_dataset, select

ASKED = monthly(("quality", "price"), places=2)


def answers(size: int, seed: int) -> Dataset:
    """Random answers in four tiers."""
    return random_dataset(ASKED, size, np.random.default_rng(seed))


def kept(data: Dataset, *conditions: InSegment | Answered) -> Dataset:
    """What is left of a dataset given as one part."""
    (found,) = filtered([data], conditions)
    return found


def test_all_conditions_must_hold() -> None:
    """Segment and answer together: the one customer who fits both."""
    rows = [{"overall": 9}, {"overall": 9}, {"overall": 2}, {}]
    data = dataset(ASKED, rows, segments=["A", "B", "A", "A"])
    found = kept(data, InSegment("tier", frozenset("A")), Answered("overall", frozenset({9, 10})))
    assert found.size == 1
    assert found.columns["overall"].tolist() == [9]
    assert found.segments["tier"].codes.tolist() == [0]


def test_nobody_is_left_out_without_conditions() -> None:
    """No condition is everybody; a condition that nobody meets is nobody."""
    data = answers(50, 1)
    assert tally(kept(data)) == tally(data)
    assert kept(data, InSegment("tier", frozenset({"Z"}))).size == 0


def test_missing_answers_can_be_asked_for() -> None:
    """Who said don't know is found by that code, and no one else is."""
    data = dataset(ASKED, [{"overall": int(Missing.DONT_KNOW)}, {}, {"overall": 5}])
    assert kept(data, Answered("overall", frozenset({int(Missing.DONT_KNOW)}))).size == 1


def test_a_code_that_is_on_no_scale_is_nobodys() -> None:
    """260 is not 4 and 255 is not a missing answer, though a byte cannot tell them apart."""
    data = dataset(ASKED, [{"overall": 4}, {}])
    assert kept(data, Answered("overall", frozenset({260, 255}))).size == 0


def test_derived_columns_can_be_asked_for() -> None:
    """Who met a problem is known from several answers together."""
    data = dataset(ASKED, [{"problem": 1, "overall": 3}, {"problem": 2, "overall": 8}])
    found = kept(data, Answered(PROBLEM, frozenset({1})))
    assert found.columns["overall"].tolist() == [3]


@settings(max_examples=25, deadline=None)
@given(size=st.integers(0, 80), seed=st.integers(0, 2**32 - 1), cut=st.floats(0, 1))
def test_parts_keep_what_the_whole_keeps(size: int, seed: int, cut: float) -> None:
    """Picking from parts is picking from all; those picked and the others are everybody."""
    data, at = answers(size, seed), int(cut * size)
    low, high = frozenset(range(1, 6)), frozenset([*range(6, 11), *(int(m) for m in Missing)])
    parts = [select(data, np.arange(at)), select(data, np.arange(at, size))]
    found = list(filtered(parts, [Answered("overall", low)]))
    assert tally(Dataset.joined(found)) == tally(kept(data, Answered("overall", low)))
    others = kept(data, Answered("overall", high))
    assert tally(Dataset.joined(found)) + tally(others) == tally(data)


def test_what_is_not_there_is_refused_by_name() -> None:
    """A field or column that the answers do not have is an error, never an empty result."""
    data = answers(3, 2)
    with pytest.raises(UnknownField, match="region"):
        kept(data, InSegment("region", frozenset({"north"})))
    with pytest.raises(UnknownColumn, match="@nothing"):
        kept(data, Answered("@nothing", frozenset({1})))
