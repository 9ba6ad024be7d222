"""Are complaints answered and closed in time, do they come back, and how old are those still open?

Figures of a complaint log, as the log stood at the end of a given day: what happened later is
not known yet, so that a report of June can be made again in August with the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reports.errors import ReportError
from reports.statistics.survival import Curve, Wait, kaplan_meier


class ClosedBeforeOpened(ReportError):
    """A case whose last day, or that of its first answer, lies before its first."""

    def __init__(self, opened: dt.date, then: dt.date) -> None:
        super().__init__(
            f"A case opened on {opened} cannot have been closed or answered on {then}."
        )


@dataclass(frozen=True, slots=True)
class Handled:
    """One case: the day it was opened, closed (None while open) and due, and if ever reopened.

    A case that was reopened and closed again has its last closing day; one that was reopened
    and is open has none. ``due`` None: no day was agreed; ``reopened`` None: nobody noted it.
    ``answered``: the day of the first answer that is noted. Who closes a case has answered it:
    one that was closed before any answer was noted was answered when it was closed
    (``first_answer``).
    """

    opened: dt.date
    closed: dt.date | None
    due: dt.date | None = None
    reopened: bool | None = False
    answered: dt.date | None = None

    def __post_init__(self) -> None:
        for day in (self.closed, self.answered):
            if day is not None and day < self.opened:
                raise ClosedBeforeOpened(self.opened, day)

    @property
    def first_answer(self) -> dt.date | None:
        """The day of the first answer or of the closing, whichever came first."""
        return min((d for d in (self.answered, self.closed) if d is not None), default=None)

    def closed_by(self, day: dt.date) -> bool:
        """Whether the case was closed at the end of that day."""
        return self.closed is not None and self.closed <= day


@dataclass(frozen=True, slots=True)
class Part:
    """``count`` of ``n`` cases; of no cases there is no share."""

    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """The open cases: how many, how many of them overdue, and their age in days.

    ``median_age`` and ``oldest`` are None where nothing is open.
    """

    open: int
    overdue: int
    median_age: float | None
    oldest: int | None


def times_to_close(cases: Iterable[Handled], as_of: dt.date) -> Curve:
    """The Kaplan-Meier curve of days from opening to closing; open cases have no end yet.

    Choose the cases by the day they were *opened*: cases chosen by the day they were closed are
    the quick ones.

    >>> day = dt.date(2026, 6, 1)
    >>> log = [Handled(day, dt.date(2026, 6, 4), day), Handled(day, None, day)]
    >>> times_to_close(log, dt.date(2026, 6, 30)).open_after(3)
    0.5
    """
    known = _known(cases, as_of)
    return kaplan_meier(_wait(case.opened, case.closed, as_of) for case in known)


def times_to_answer(cases: Iterable[Handled], as_of: dt.date) -> Curve:
    """The same curve of days from opening to the first answer, or to closing if that came first.

    >>> day = dt.date(2026, 6, 1)
    >>> log = [Handled(day, None, answered=dt.date(2026, 6, 3)), Handled(day, None)]
    >>> times_to_answer(log, dt.date(2026, 6, 30)).open_after(2)
    0.5
    """
    known = _known(cases, as_of)
    return kaplan_meier(_wait(c.opened, c.first_answer, as_of) for c in known)


def _wait(opened: dt.date, end: dt.date | None, as_of: dt.date) -> Wait:
    over = end is not None and end <= as_of
    return Wait(((end if over and end else as_of) - opened).days, over)


def on_time(cases: Iterable[Handled], as_of: dt.date) -> Part:
    """Closed by the due day, over all closed and all overdue open cases.

    An open case that is not due yet is on neither side, nor is one without a due day. One that is
    due today is not overdue.

    >>> day = dt.date
    >>> log = [
    ...     Handled(day(2026, 6, 1), day(2026, 6, 4), due=day(2026, 6, 5)),
    ...     Handled(day(2026, 6, 1), None, due=day(2026, 6, 5)),
    ...     Handled(day(2026, 6, 29), None, due=day(2026, 7, 5)),
    ... ]
    >>> on_time(log, day(2026, 6, 30))
    Part(count=1, n=2)
    """
    known = _known(cases, as_of)
    closed = [(case, case.due) for case in known if case.due and case.closed_by(as_of)]
    in_time = sum(case.closed_by(due) for case, due in closed)
    return Part(in_time, len(closed) + len(_overdue(known, as_of)))


def reopen_rate(cases: Iterable[Handled], as_of: dt.date) -> Part:
    """Reopened, over all that were ever closed.

    A case that was reopened has been closed before, also while it is open again. The log notes
    whether, not when: a case reopened later counts in an earlier month, too.

    >>> day = dt.date(2026, 6, 1)
    >>> log = [Handled(day, None, day, reopened=True), Handled(day, day, day)]
    >>> reopen_rate(log, day)
    Part(count=1, n=2)
    """
    noted = [c for c in _known(cases, as_of) if c.reopened is not None]
    once_closed = [case for case in noted if case.reopened or case.closed_by(as_of)]
    return Part(sum(bool(c.reopened) for c in once_closed), len(once_closed))


def backlog(cases: Iterable[Handled], as_of: dt.date) -> Backlog:
    """What is open at the end of that day, and since when.

    >>> day = dt.date
    >>> log = [Handled(day(2026, 6, d), None, day(2026, 6, d + 5)) for d in (1, 10, 25)]
    >>> backlog(log, day(2026, 6, 30))
    Backlog(open=3, overdue=2, median_age=20, oldest=29)
    """
    known = _known(cases, as_of)
    ages = [(as_of - case.opened).days for case in known if not case.closed_by(as_of)]
    overdue = len(_overdue(known, as_of))
    return Backlog(len(ages), overdue, median(ages) if ages else None, max(ages, default=None))


def _known(cases: Iterable[Handled], as_of: dt.date) -> list[Handled]:
    return [case for case in cases if case.opened <= as_of]


def _overdue(known: Iterable[Handled], as_of: dt.date) -> list[Handled]:
    return [c for c in known if c.due and c.due < as_of and not c.closed_by(as_of)]
