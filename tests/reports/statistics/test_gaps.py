"""Gaps that all lie on one side have an interval that knows the other side exists."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.findings import Interval, Reason
from reports.statistics.gaps import ceiling, gap_interval
from reports.statistics.moments import Moments

SCALE = (-4.0, 4.0)


def found(gaps: dict[int, int]) -> Interval:
    """An interval that is there."""
    interval = gap_interval(gaps, SCALE)
    assert isinstance(interval, Interval)
    return interval


def test_gaps_on_both_sides_have_students_interval() -> None:
    """Rises and drops: the paired t interval of scipy."""
    gaps = {-2: 3, -1: 8, 0: 10, 1: 5}
    values = [gap for gap, times in gaps.items() for _ in range(times)]
    interval = found(gaps)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high))
    assert interval.method == "paired_t"


def test_large_gaps_on_one_side_have_students_interval() -> None:
    """Far from 0 the other side does not matter, though nobody is on it."""
    assert found({-1: 5, -2: 9, -3: 6}).method == "paired_t"


def test_one_sided_gaps_lean_away_from_nothing() -> None:
    """Few drops and no rise: more room below than Student allows, and some above 0."""
    gaps = {0: 26, -1: 2, -2: 1, -3: 1}
    interval = found(gaps)
    values = [gap for gap, times in gaps.items() for _ in range(times)]
    student = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert interval.method == "one_sided_gaps"
    assert interval.low < student.low
    assert interval.high > 0


@given(st.lists(st.integers(-4, 4), max_size=40))
def test_turning_the_scale_turns_the_interval(values: list[int]) -> None:
    """Gaps with the sign turned: the interval mirrored; always around the mean and on the scale."""
    here = gap_interval(Counter(values), SCALE)
    there = gap_interval(Counter(-value for value in values), SCALE)
    if isinstance(here, Reason):
        assert there is here
        return
    assert isinstance(there, Interval)
    assert (here.low, here.high) == pytest.approx((-there.high, -there.low), abs=1e-9)
    middle = sum(values) / len(values)
    assert -4 <= here.low <= middle + 1e-9
    assert middle - 1e-9 <= here.high <= 4


@pytest.mark.parametrize(
    ("gaps", "reason"),
    [
        ({}, Reason.NO_ANSWERS),
        ({0: 0}, Reason.NO_ANSWERS),
        ({-1: 1}, Reason.ONE_ANSWER),
        ({0: 30}, Reason.NO_VARIATION),
        ({-1: 30}, Reason.NO_VARIATION),
    ],
)
def test_too_little_to_judge_by(gaps: dict[int, int], reason: Reason) -> None:
    """Nobody, one, or all alike: a reason."""
    assert gap_interval(gaps, SCALE) is reason


@pytest.mark.parametrize(
    ("answers", "worst", "best", "warned"),
    [
        ({5: 6, 4: 4}, 1, 5, True),
        ({5: 59, 4: 41}, 1, 5, False),
        ({10: 1, 9: 9}, 1, 10, True),
        ({1: 7, 2: 3}, 5, 1, True),
        ({5: 7, 4: 3}, 5, 1, False),
        ({}, 1, 5, False),
    ],
)
def test_ceiling(answers: dict[int, int], worst: int, best: int, warned: bool) -> None:
    """Expectations in the best tenth of the scale are warned of, whichever end is best."""
    assert ceiling(Moments.of(answers), worst, best) is warned
