"""Problems: one line each, in order, bounded, and printable whatever the file holds."""

from __future__ import annotations

from instruments.problems import (
    LISTED,
    START,
    InstrumentError,
    InstrumentsError,
    Mark,
    Notes,
    Problem,
    Refused,
)


def test_a_problem_is_one_line() -> None:
    """Place, what is wrong, what would be right; the last only where it is known."""
    assert str(Problem("a.yaml", 2, 3, "x is missing")) == "a.yaml:2:3: x is missing"
    assert str(Problem("a.yaml", 2, 3, "x", "y")) == "a.yaml:2:3: x: y"


def test_the_error_says_all_problems() -> None:
    """The error is one of the room's, and its lines are the problems."""
    notes = Notes("a.yaml")
    notes.add(Mark(9, 1), "late")
    notes.add(START, "early")
    error = notes.error()
    assert isinstance(error, InstrumentsError)
    assert error.lines == ("a.yaml:1:1: early", "a.yaml:9:1: late")
    assert str(error) == "a.yaml:1:1: early\na.yaml:9:1: late"


def test_the_same_problem_is_told_once() -> None:
    """Two checks that meet the same mistake are one problem to the reader."""
    notes = Notes("a.yaml")
    notes.add(START, "wrong")
    notes.add(START, "wrong")
    assert notes.total == 1


def test_a_hundred_problems_are_listed_and_the_rest_counted() -> None:
    """A file of a hundred thousand mistakes makes no message of a hundred thousand lines."""
    notes = Notes("a.yaml")
    for line in range(1, LISTED + 51):
        notes.add(Mark(line, 1), "wrong")
    assert notes.full
    assert notes.error().lines[-1] == "and 50 more problems"
    assert len(notes.error().lines) == LISTED + 1


def test_nothing_unprintable_reaches_the_message() -> None:
    """Words of a hostile file or its name cannot move the cursor or forge a line."""
    notes = Notes("a\n\x1b[2J.yaml")
    notes.add(START, "unknown key \u202e\x00")
    assert notes.error().lines == ("a··[2J.yaml:1:1: unknown key ··",)


def test_an_error_of_nothing_more_says_nothing_more() -> None:
    """The count of unlisted problems appears only where there are some."""
    assert InstrumentError([Problem("a", 1, 1, "b")]).lines == ("a:1:1: b",)


def test_one_more_problem_is_one() -> None:
    """What is not listed is counted in right English."""
    assert Refused((), 1).lines == ("and 1 more problem",)
    assert Refused((), 2).lines == ("and 2 more problems",)
