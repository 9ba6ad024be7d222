"""Handling figures are those the log could know on the day."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.statistics.handling import (
    Backlog,
    ClosedBeforeOpened,
    Handled,
    Part,
    backlog,
    on_time,
    reopen_rate,
    times_to_answer,
    times_to_close,
)
from reports.statistics.survival import percentile

END = dt.date(2026, 6, 30)


def june(day: int) -> dt.date:
    """A day of June; above 30, of July."""
    return dt.date(2026, 6, 1) + dt.timedelta(days=day - 1)


def case(opened: int, closed: int | None, due: int, *, reopened: bool = False) -> Handled:
    """A case by days of June."""
    return Handled(june(opened), None if closed is None else june(closed), june(due), reopened)


IN_TIME, ON_THE_DAY, LATE = case(1, 3, 5), case(1, 5, 5), case(1, 6, 5)
OVERDUE, DUE_TODAY, NOT_DUE = case(1, None, 5), case(20, None, 30), case(28, None, 34)
LATER = case(33, None, 40)


def test_on_time_counts_overdue_open_cases_and_no_others() -> None:
    """Two of four: in time and on the day, against late and overdue; open ones in time wait."""
    log = [IN_TIME, ON_THE_DAY, LATE, OVERDUE, DUE_TODAY, NOT_DUE, LATER]
    assert on_time(log, END) == Part(2, 4)


def test_what_was_closed_after_the_day_was_open_on_it() -> None:
    """The report of June, made in August, counts a case closed in July as open."""
    closed_in_july = case(1, 35, 5)
    assert on_time([closed_in_july], END) == on_time([OVERDUE], END)
    assert backlog([closed_in_july], END) == backlog([OVERDUE], END)


def test_nothing_closed_and_nothing_overdue_is_no_base() -> None:
    """With no case to judge there is no share, never 0 %."""
    for log in ([], [NOT_DUE], [LATER]):
        assert on_time(log, END) == Part(0, 0)


def test_reopened_cases_were_closed_before() -> None:
    """One open again and one closed again, of three ever closed; the open one is no base."""
    again, closed_again = case(1, None, 5, reopened=True), case(1, 9, 5, reopened=True)
    assert reopen_rate([again, closed_again, IN_TIME, NOT_DUE], END) == Part(2, 3)
    assert reopen_rate([NOT_DUE], END) == Part(0, 0)


def test_backlog_tells_age_and_what_is_overdue() -> None:
    """Ages of 29, 10 and 2 days; only the first is past its day."""
    log = [IN_TIME, OVERDUE, DUE_TODAY, NOT_DUE, LATER]
    assert backlog(log, END) == Backlog(open=3, overdue=1, median_age=10, oldest=29)
    assert backlog([IN_TIME], END) == Backlog(0, 0, None, None)


def test_open_cases_count_for_as_long_as_they_are_open() -> None:
    """Two closed after 2 and 4 days, two open for 29 and 2: nine in ten is not reached."""
    curve = times_to_close([IN_TIME, ON_THE_DAY, OVERDUE, NOT_DUE, LATER], END)
    assert curve.cases == 4
    assert [(step.days, step.waiting) for step in curve.steps] == [(2, 4), (4, 2)]
    assert percentile(curve, 0.5).days == 4
    assert percentile(curve, 0.9).days is None


def test_the_first_answer_is_given_by_the_closing_at_the_latest() -> None:
    """Answered after 2 days, closed without a word after 4, and one that still waits."""
    answered = Handled(june(1), june(9), answered=june(3))
    log = [answered, Handled(june(1), june(5)), Handled(june(20), None, answered=june(31))]
    curve = times_to_answer(log, END)
    assert [(step.days, step.waiting) for step in curve.steps] == [(2, 3), (4, 2)]
    assert percentile(curve, 0.5).days == 4


def test_closing_is_an_answer_though_one_was_noted_later() -> None:
    """Closed on the fourth, a letter noted on the ninth: the customer waited three days."""
    case = Handled(june(1), june(4), answered=june(9))
    assert case.first_answer == june(4)
    assert times_to_answer([case], june(30)).open_after(3) == 0
    assert Handled(june(1), None).first_answer is None


def test_what_was_not_noted_is_in_no_base() -> None:
    """A case without a due day is neither late nor in time; who noted no reopening, no base."""
    bare = Handled(june(1), june(9), reopened=None)
    still_open = Handled(june(1), None, reopened=None)
    assert on_time([bare, still_open, IN_TIME], END).n == 1
    assert reopen_rate([bare, IN_TIME], END).n == 1
    assert backlog([still_open], END).overdue == 0


def test_a_case_closed_before_it_was_opened_is_refused() -> None:
    """The error names both days."""
    with pytest.raises(
        ClosedBeforeOpened,
        match="opened on 2026-06-05 cannot have been closed or answered on 2026-06-03",
    ):
        case(5, 3, 9)
