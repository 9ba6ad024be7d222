"""Customers kept, of those there were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.intervals import wilson
from reports.statistics.retention import ImpossibleRetention, came_back, retention


def test_new_customers_do_not_count() -> None:
    """Who was not there before is neither in the numerator nor in the base."""
    found = came_back({1, 2, 3, 4, 5}, {4, 5, 6, 7, 8, 9})
    assert (found.kept, found.start, found.value) == (2, 5, 0.4)
    assert found.interval == wilson(2, 5)


def test_nobody_before_is_a_reason() -> None:
    """A company without customers has lost none, and kept none."""
    found = came_back(set(), {1, 2})
    assert (found.value, found.interval, found.reason) == (None, None, Reason.NO_ANSWERS)


@pytest.mark.parametrize(("kept", "start"), [(6, 5), (-1, 5)])
def test_impossible_numbers_are_refused(kept: int, start: int) -> None:
    """More kept than there were is a mistake in the counting, and said."""
    with pytest.raises(ImpossibleRetention, match=f"{kept} customers kept of {start}"):
        retention(kept, start)


@given(before=st.sets(st.integers(0, 30)), now=st.sets(st.integers(0, 30)))
def test_the_share_is_inside_its_interval(before: set[int], now: set[int]) -> None:
    """From none to all kept, whoever came besides."""
    found = came_back(before, now)
    assert came_back(before, now | {99}) == found
    if found.value is not None:
        assert found.interval is not None
        assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1
