"""What do the company's own books say: who bought, who bought again, who complained?

Answers come from those who answered; books hold everybody who bought, and every complaint that
was logged. They are a census of what was noted, not a sample: ``all`` is the plain sum of its
segments, and nothing is weighted.

:class:`Counts` of different customers add up, field by field: of segments, of regions. Over time
only what happens adds up: transactions and complaints. Customers do not, because who bought in July
and in August is one customer of the quarter; so each period that is reported is counted by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from reports.periods import NotAPeriod, period
from reports.statistics.handling import Handled

Stamp = tuple[tuple[str, str], ...]
"""The segments of a customer, (field, segment) in order of the fields."""


class Book(StrEnum):
    """What is on record at all: without it there is no figure, not even an empty one."""

    PURCHASES = "purchases"
    CASES = "cases"
    ANSWERS = "answers"  # the days of first answers
    TARGETS = "targets"  # days agreed for closing
    REOPENED = "reopened"  # whether cases were reopened


class Reach(StrEnum):
    """What of a period the books reach over; what they do not is unknown, never 0."""

    BOUGHT = "bought"  # purchases of the period
    BOUGHT_BEFORE = "bought_before"  # of the return window and of the one before
    CUSTOMERS_BEFORE = "customers_before"  # likewise of the retention window
    CASES = "cases"  # cases opened in the period


@dataclass(frozen=True, slots=True)
class Counts:
    """What the books say of some customers in one period; ``+`` of different customers.

    ``served``: customers who bought, ``transactions``: how often; ``complaining``: of those who
    bought, who complained. ``before``: customers who bought in the return window before,
    ``again``: who of them bought in the window that ends with the period; ``start`` and ``kept``
    likewise of the retention window. ``complaints``: how many cases were opened in the period,
    which are ``cases``; ``open``: those not closed at its end, whenever they were opened. Both as
    the log stood then: what happened to them later is not in it. ``kinds``, ``attributes``:
    what the cases opened in the period are about, as far as the log notes it.
    """

    served: int = 0
    transactions: int = 0
    complaining: int = 0
    before: int = 0
    again: int = 0
    start: int = 0
    kept: int = 0
    complaints: int = 0
    cases: Counter[Handled] = field(default_factory=Counter)
    open: Counter[Handled] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


NOTHING = Counts()


TIER = "tier"
"""The segment field of the customer pyramid."""

PYRAMID = ("A", "B", "C", "D")
"""The tiers of the customer pyramid, the highest first."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of customers within a period; ``+`` of different customers.

    ``graded``: whose tier before it is known; ``rose``, ``fell``: who are in a higher, in a lower
    one at its end, ``left``: who are in none.
    """

    graded: int = 0
    rose: int = 0
    fell: int = 0
    left: int = 0

    def __add__(self, other: Moves) -> Moves:
        return Moves(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @classmethod
    def of(cls, then: str, now: str, n: int) -> Moves:
        """``n`` customers who were in one tier of :data:`PYRAMID` and are in another, or none.

        >>> Moves.of("B", "A", 2) + Moves.of("B", "", 1) + Moves.of("B", "B", 5)
        Moves(graded=8, rose=2, fell=0, left=1)
        """
        if not now:
            return cls(n, left=n)
        step = PYRAMID.index(now) - PYRAMID.index(then)
        return cls(n, rose=n if step < 0 else 0, fell=n if step > 0 else 0)


@dataclass(frozen=True, slots=True)
class Booked:
    """What the books say of one period: as they stood at the end of the day ``as_of``.

    ``moves``: tier before it → what became of its customers; None where it is not known.
    """

    as_of: dt.date
    reach: frozenset[Reach] = frozenset()
    counts: Mapping[Stamp, Counts] = field(default_factory=dict)
    moves: Mapping[str, Moves] | None = None

    def by(self, name: str) -> Mapping[str, Counts]:
        """Segment of that field → its counts; ``""``: of customers without the field.

        >>> booked = Booked(dt.date(2026, 10, 31), counts={
        ...     (("region", "East"), ("tier", "A")): Counts(served=3),
        ...     (("region", "West"), ("tier", "A")): Counts(served=4),
        ...     (("region", "West"),): Counts(served=1),
        ... })
        >>> {segment: counts.served for segment, counts in booked.by("tier").items()}
        {'A': 7, '': 1}
        """
        found: dict[str, Counts] = {}
        for stamp, counts in self.counts.items():
            segment = dict(stamp).get(name, "")
            found[segment] = found.get(segment, NOTHING) + counts
        return found

    def nested(self, inner: str, outer: str) -> Iterator[tuple[str, str]]:
        """(segment of one field, segment of another) where all of the first lie in the second."""
        around: dict[str, set[str]] = {}
        for stamp in self.counts:
            segments = dict(stamp)
            around.setdefault(segments.get(inner, ""), set()).add(segments.get(outer, ""))
        for own, others in around.items():
            if len(others) == 1:
                yield own, others.pop()


UNBOOKED = Booked(dt.date.min)
"""A period that no book reaches."""


@dataclass(frozen=True, slots=True)
class Records:
    """The company's books: what they hold, and what they say of each period, by its name.

    ``by``: the segment field of the report, ``fields``: those of the survey, whose reports lie
    side by side. ``graded``: whether tiers of the pyramid are kept, with the days since when.
    """

    books: frozenset[Book] = frozenset()
    by: str = ""
    fields: tuple[str, ...] = ()
    periods: Mapping[str, Booked] = field(default_factory=dict)
    graded: bool = False

    def of(self, name: str) -> Booked:
        """What they say of the period of that name."""
        return self.periods.get(name, UNBOOKED)


NO_RECORDS = Records()


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months: the first and the last day."""

    first: dt.date
    last: dt.date

    def before(self) -> Window:
        """The window of as many months that ends the day before."""
        first, end = _month(self.first), _month(self.last) + 1
        return Window(_day(2 * first - end), self.first - dt.timedelta(1))

    def months(self) -> list[str]:
        """The names of its months."""
        days = (_day(month) for month in range(_month(self.first), _month(self.last) + 1))
        return [f"{day:%Y-%m}" for day in days]

    def at_least(self, months: int) -> Window:
        """The window of no fewer months that ends on the same day."""
        end = _month(self.last) + 1
        return Window(min(self.first, _day(end - months)), self.last)


def window(name: str) -> Window | None:
    """The days of the wave or period of that name; None for a wave that is no month.

    >>> found = window("2026-Q1")
    >>> found.first.isoformat(), found.last.isoformat()
    ('2026-01-01', '2026-03-31')
    >>> found.before().first.isoformat(), found.at_least(12).first.isoformat()
    ('2025-10-01', '2025-04-01')
    """
    try:
        months = period(name).waves
    except NotAPeriod:
        return None
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    return Window(first, _day(_month(last) + 1) - dt.timedelta(1))


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
