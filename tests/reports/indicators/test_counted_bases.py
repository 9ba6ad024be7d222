"""Bases of figures without the figures: what is hidden is the same either way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments import library
from instruments.model import Instrument
from reports.indicators import FAMILIES, indicators
from reports.indicators.counted import counted
from reports.settings import STANDARD
from reports.tally import Tally, tally
from tests.reports.counted_cases import monthly, random_dataset
from tests.reports.indicators.indicator_cases import everything

ASKED = {
    "everything": everything(),
    "monthly": monthly(),
    **{name: library.read(name) for name in library.names()},
}


def same(asked: Instrument, answers: Tally) -> None:
    """The same groups, following from the same others, with the same numbers of answers."""
    expected = [group.bases for group in indicators(asked, answers, STANDARD)]
    found = counted(asked, answers, STANDARD, FAMILIES)
    assert [(b.name, b.within, b.made_of_others) for b in found] == [
        (b.name, b.within, b.made_of_others) for b in expected
    ]
    assert [set(b.counts) for b in found] == [set(b.counts) for b in expected]


@pytest.mark.parametrize("name", ASKED)
def test_nobody_answered(name: str) -> None:
    """Every group is there, and rests on nobody."""
    same(ASKED[name], Tally.empty(ASKED[name]))


@settings(max_examples=30)
@given(st.sampled_from(sorted(ASKED)), st.integers(0, 40), st.integers(0, 2**16))
def test_the_bases_are_those_of_the_figures(name: str, size: int, seed: int) -> None:
    """Of any questionnaire and any answers, with all kinds of missing."""
    asked = ASKED[name]
    same(asked, tally(random_dataset(asked, size, np.random.default_rng(seed), blank=0.3)))
