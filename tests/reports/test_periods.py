"""Periods: their names, the months they hold, and which of them a segment can fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import Fieldwork, Length, NotAPeriod, period, period_of, shortest

MONTHS = st.builds("{:04d}-{:02d}".format, st.integers(1900, 2100), st.integers(1, 12))


def test_a_period_holds_its_months() -> None:
    """Quarters, half-years and years are whole months of one year."""
    assert period("2026-10").waves == ("2026-10",)
    assert period("2026-Q1").waves == ("2026-01", "2026-02", "2026-03")
    assert period("2026-H2").waves[0] == "2026-07"
    assert period("2026").waves[-1] == "2026-12"


@pytest.mark.parametrize(
    "name", ["", "spring", "2026-", "2026-13", "2026-Q5", "2026-H0", "2026-1", "26-01", "２０２６"]
)
def test_other_names_are_refused_in_words(name: str) -> None:
    """Nobody guesses what 2026-13 might have meant."""
    with pytest.raises(NotAPeriod, match="write a month as 2026-10"):
        period(name)


def test_only_a_month_lies_in_a_period() -> None:
    """A quarter has no quarter."""
    with pytest.raises(NotAPeriod):
        period_of("2026-Q1", Length.HALF_YEAR)


@given(MONTHS, st.sampled_from(Length))
def test_a_month_lies_in_the_period_that_is_named_after_it(wave: str, length: Length) -> None:
    """The period of a month holds it, and has the length asked for."""
    found = period_of(wave, length)
    assert wave in found.waves
    assert (found.length, len(found.waves)) == (length, length.months)
    assert period(found.name) == found


@given(MONTHS, MONTHS, st.sampled_from(Length))
def test_periods_never_overlap(one: str, other: str, length: Length) -> None:
    """Two periods of one length are the same or have no month in common."""
    first, second = period_of(one, length), period_of(other, length)
    assert first == second or not set(first.waves) & set(second.waves)


def test_ten_large_customers_are_reported_by_the_quarter() -> None:
    """Asked once in ninety days, eight of ten answering: no month has five, a quarter has."""
    vip = Fieldwork(10, 0.8, days_between=90)
    assert vip.asked(Length.MONTH) == 3
    assert shortest(vip, 5) is Length.QUARTER


def test_rare_answers_take_half_a_year_or_no_period_at_all() -> None:
    """A segment that cannot be expected to fill half a year has conversations, no statistics."""
    assert shortest(Fieldwork(10, 0.4, days_between=90), 5) is Length.HALF_YEAR
    assert shortest(Fieldwork(10, 0.1, days_between=90), 5) is None
    assert shortest(Fieldwork(0, 0.9), 5) is None


@given(st.integers(0, 500), st.floats(0, 1), st.floats(0, 400), st.integers(3, 20))
def test_more_customers_never_need_a_longer_period(
    customers: int, rate: float, days: float, base: int
) -> None:
    """The choice is monotone: what few customers can carry, more can."""
    order = [*Length, None]
    few = shortest(Fieldwork(customers, rate, days), base)
    more = shortest(Fieldwork(customers + 50, rate, days), base)
    assert order.index(more) <= order.index(few)
