"""Corrections over a family keep their promise; what a test could have found is told."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.families import (
    benjamini_hochberg,
    holm,
    power_of_alarm,
    smallest_change,
)

BENJAMINI_HOCHBERG_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324,
    0.4262, 0.5719, 0.6528, 0.759, 1.0,
]  # fmt: skip
BY_P_ADJUST = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645, 0.0765, 0.486,
    0.5811818182, 0.714875, 0.7532307692, 0.8132142857, 1.0,
]  # fmt: skip

Correction = Callable[[list[float]], list[float]]
FAMILIES = st.lists(st.floats(0, 1), max_size=40)


def test_rejections_of_the_fifteen() -> None:
    """Benjamini & Hochberg 1995, section 4: Holm rejects 3 at 5 %, theirs 4."""
    assert sum(p <= 0.05 for p in holm(BENJAMINI_HOCHBERG_1995)) == 3
    assert sum(p <= 0.05 for p in benjamini_hochberg(BENJAMINI_HOCHBERG_1995)) == 4


def test_adjusted_as_by_r() -> None:
    """R's p.adjust(method = "BH") of the fifteen p-values."""
    found = benjamini_hochberg(BENJAMINI_HOCHBERG_1995)
    assert found == pytest.approx(BY_P_ADJUST, abs=1e-9)


@given(FAMILIES)
def test_corrections_keep_order_and_range(p_values: list[float]) -> None:
    """Corrected p-values are no smaller than raw ones, in the same order, at most 1."""
    for correction in (holm, benjamini_hochberg):
        adjusted = correction(p_values)
        assert all(raw <= new <= 1 for raw, new in zip(p_values, adjusted, strict=True))
        order = np.argsort(p_values, kind="stable")
        assert np.all(np.diff(np.array(adjusted)[order]) >= 0)


@given(FAMILIES)
def test_the_list_to_explore_is_never_shorter_than_the_alarms(p_values: list[float]) -> None:
    """What Holm's correction calls significant, Benjamini and Hochberg's does too."""
    pairs = zip(benjamini_hochberg(p_values), holm(p_values), strict=True)
    assert all(explored <= alarmed + 1e-15 for explored, alarmed in pairs)


@pytest.mark.parametrize("correction", [holm, benjamini_hochberg])
def test_of_nothing_and_of_one(correction: Correction) -> None:
    """An empty family is empty, a single comparison is not corrected."""
    assert correction([]) == []
    assert correction([0.04]) == [0.04]


def test_smallest_change_of_four_fifths() -> None:
    """A share of .8 of 400 answers and 400 again: 7.9 points, four times in five."""
    assert smallest_change(math.sqrt(0.16 * 2 / 400)) == pytest.approx(0.0792, abs=5e-5)


def test_the_smallest_change_is_found_four_times_in_five() -> None:
    """Smallest change and power are two sides of one thing, in a family of any size."""
    for family in (1, 5, 50):
        change = smallest_change(0.03, family=family)
        assert power_of_alarm(change, 0.03, family=family) == pytest.approx(0.8, abs=1e-4)


def test_no_change_raises_an_alarm_as_often_as_it_may() -> None:
    """Without a change the first step of Holm's correction alarms with probability α/m."""
    assert power_of_alarm(0, 1) == pytest.approx(0.05)
    assert power_of_alarm(0, 1, family=20) == pytest.approx(0.0025)
    assert power_of_alarm(-3, 1) == power_of_alarm(3, 1)
