"""Waiting times count the open cases, and agree with the textbooks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.survival import (
    Curve,
    ImpossibleWait,
    Wait,
    WaitReason,
    kaplan_meier,
    percentile,
)

SIX_MP = (
    (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1),
    (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0),
)  # fmt: skip
"""Weeks in remission under 6-MP, 1 where it ended (Freireich et al. 1963)."""


def curve_of(pairs: tuple[tuple[int, int], ...]) -> Curve:
    """The curve of pairs of time and whether it was the end."""
    return kaplan_meier(Wait(days, bool(over)) for days, over in pairs)


def test_curve_is_that_of_the_remission_times() -> None:
    """Estimates and Greenwood's errors as printed in every textbook with these data."""
    steps = curve_of(SIX_MP).steps
    assert [step.days for step in steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.waiting for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    expected = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert [step.open for step in steps] == pytest.approx(expected, abs=5e-5)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert [step.se for step in steps] == pytest.approx(errors, abs=5e-5)


def test_median_of_the_remission_times() -> None:
    """Median 23 weeks; from week 13 on it may lie, how far nobody can say."""
    found = percentile(curve_of(SIX_MP), 0.5)
    assert (found.days, found.low, found.high) == (23, 13, None)


def test_what_is_not_reached_has_a_reason() -> None:
    """Nine in ten, or six in ten, were never closed: no number, but a lower end if it is known."""
    ninety = percentile(curve_of(SIX_MP), 0.9)
    assert (ninety.days, ninety.reason, ninety.low) == (None, WaitReason.NOT_REACHED, None)
    sixty = percentile(curve_of(SIX_MP), 0.6)
    assert (sixty.days, sixty.reason, sixty.low) == (None, WaitReason.NOT_REACHED, 16)


def test_open_cases_lengthen_the_median() -> None:
    """Half of ten closed in a week and the others still open: the median is no week."""
    closed = [(days, 1) for days in (1, 2, 3, 5, 7)]
    only_closed = percentile(curve_of(tuple(closed)), 0.5)
    with_open = percentile(curve_of((*closed, *[(30, 0)] * 6)), 0.5)
    assert only_closed.days == 3
    assert with_open.reason is WaitReason.NOT_REACHED


def test_without_open_cases_the_median_is_the_usual_one() -> None:
    """An even number of closed cases: the middle of the two middle ones."""
    assert percentile(curve_of(((1, 1), (2, 1), (4, 1), (9, 1))), 0.5).days == 3


def test_a_case_closed_the_same_day_waited_no_day() -> None:
    """Two of three closed at once: the median is 0 days."""
    found = percentile(curve_of(((0, 1), (0, 1), (4, 1))), 0.5)
    assert found.days == 0


def test_a_curve_that_rests_for_ever_is_read_where_it_begins_to_rest() -> None:
    """Exactly half closed and nothing after: the median is the day on which half was reached."""
    found = percentile(curve_of(((2, 1), (9, 0))), 0.5)
    assert found.days == 2


@pytest.mark.parametrize("pairs", [(), ((5, 0),), ((5, 1),), ((5, 1), (5, 1), (5, 1))])
def test_few_or_uniform_cases_break_nothing(pairs: tuple[tuple[int, int], ...]) -> None:
    """No case, one open, one closed, all on one day: a number or a reason, and no interval."""
    found = percentile(curve_of(pairs), 0.5)
    assert (found.days is None) == (found.reason is not None)
    assert found.low is None
    assert found.high is None


def test_no_cases_is_a_reason_of_its_own() -> None:
    """Nothing waited for is another thing than nothing reached."""
    assert percentile(curve_of(()), 0.5).reason is WaitReason.NO_CASES
    assert percentile(curve_of(((3, 0),)), 0.5).reason is WaitReason.NOT_REACHED


def test_impossible_times_are_refused() -> None:
    """A wait below 0 or a percentile outside 0–1 is a mistake of the caller."""
    with pytest.raises(ImpossibleWait, match="A waiting time cannot be -1"):
        Wait(-1, True)
    with pytest.raises(ImpossibleWait, match="A waiting time cannot be nan"):
        Wait(math.nan, True)
    with pytest.raises(ImpossibleWait, match="percentile cannot be 90"):
        percentile(curve_of(SIX_MP), 90)


CASES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1)), max_size=40).map(tuple)


@given(CASES)
def test_curves_fall_inside_their_bands(pairs: tuple[tuple[int, int], ...]) -> None:
    """The share open falls from 1 towards 0, and its band holds it."""
    before = 1.0
    for step in curve_of(pairs).steps:
        assert 0 <= step.open < before
        before = step.open
        band = step.band(0.95)
        assert band is None or 0 <= band[0] <= step.open <= band[1] <= 1


@given(CASES, st.floats(0.05, 0.95))
def test_percentiles_lie_inside_their_intervals(
    pairs: tuple[tuple[int, int], ...], share: float
) -> None:
    """What is reached lies between its ends; wherever an end is open, nothing is promised."""
    found = percentile(curve_of(pairs), share)
    if found.days is not None:
        assert found.low is None or found.low <= found.days
        assert found.high is None or found.days <= found.high


@given(CASES)
def test_order_of_cases_does_not_matter(pairs: tuple[tuple[int, int], ...]) -> None:
    """A log read backwards gives the same curve."""
    assert curve_of(pairs) == curve_of(pairs[::-1])
