"""What the books hold adds up, and their windows are whole months."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import Length, period_of
from reports.records import NOTHING, UNBOOKED, Booked, Counts, Records, Window, window
from tests.reports.records_cases import END, books, handled, stamp

NUMBERS = st.integers(0, 9)
CASES = st.dictionaries(
    st.sampled_from([handled(1), handled(2, 9), handled(3, 9, 4, reopened=True)]),
    st.integers(1, 5),
).map(Counter)
COUNTS = st.builds(
    Counts, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, CASES, CASES
)
STAMPS = st.sampled_from([stamp(t, r) for t in "AB" for r in ("", "East", "West")])


@given(COUNTS, COUNTS, COUNTS)
def test_counts_of_different_customers_add_up(one: Counts, two: Counts, three: Counts) -> None:
    """In any order and any grouping, field by field, nobody twice and nobody lost."""
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + NOTHING == one
    assert (one + two).complaints == one.complaints + two.complaints
    assert (one + two).served == one.served + two.served


@given(st.dictionaries(STAMPS, COUNTS))
def test_every_field_divides_the_same_customers(counts: dict[object, Counts]) -> None:
    """By tier or by region, the segments together are everybody in the books."""
    booked = Booked(END, counts=counts)  # type: ignore[arg-type]
    whole = reduce(add, counts.values(), NOTHING)
    for name in ("tier", "region", "branch"):
        assert reduce(add, booked.by(name).values(), NOTHING) == whole


def test_what_lies_in_what_is_found() -> None:
    """All of A buy in the East, those of B in both: only the first is nested."""
    one = Counts(served=1)
    booked = books({stamp("A", "East"): one, stamp("B", "East"): one, stamp("B", "West"): one})
    assert list(booked.of("2026-10").nested("tier", "region")) == [("A", "East")]
    assert list(booked.of("2026-10").nested("region", "tier")) == [("West", "B")]


def test_a_period_without_books_says_nothing() -> None:
    """It reaches nothing and counts nobody, rather than nought complaints."""
    assert Records().of("2026-10") == UNBOOKED
    assert UNBOOKED.reach == frozenset()


@pytest.mark.parametrize(
    ("name", "first", "last", "before"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "2026-09-01"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12-01"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01-01"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2025-10-01"),
        ("2026-H2", "2026-07-01", "2026-12-31", "2026-01-01"),
        ("2026", "2026-01-01", "2026-12-31", "2025-01-01"),
    ],
)
def test_windows_are_whole_months(name: str, first: str, last: str, before: str) -> None:
    """The window before is as long and ends the day before, across years and leap days."""
    found = window(name)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    earlier = found.before()
    assert earlier.first.isoformat() == before
    assert earlier.last == found.first - dt.timedelta(1)
    assert len(earlier.months()) == len(found.months())


def test_a_window_is_never_shorter_than_what_is_reported() -> None:
    """A month looks back as far as customers take to buy again; a year no less than itself."""
    month, year = window("2026-10"), window("2026")
    assert month is not None
    assert year is not None
    assert month.at_least(3) == Window(dt.date(2026, 8, 1), END)
    assert month.at_least(1) == month
    assert year.at_least(3) == year
    assert month.at_least(12).months()[0] == "2025-11"


@given(st.integers(2000, 2040), st.integers(1, 12), st.sampled_from(Length))
def test_months_of_a_window_are_those_of_the_period(year: int, month: int, length: Length) -> None:
    """The days of a period are those of its months, whatever its length."""
    period = period_of(f"{year}-{month:02d}", length)
    found = window(period.name)
    assert found is not None
    assert tuple(found.months()) == period.waves


def test_a_wave_that_is_no_month_has_no_window() -> None:
    """Of a wave called spring nobody knows the days."""
    assert window("spring") is None
