"""Books from literals: a company of two tiers and two regions, month by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from reports.records import Book, Booked, Counts, Reach, Records, Stamp
from reports.statistics.handling import Handled

EVERYTHING = frozenset(Reach)
BOOKS = frozenset(Book)
FIRST = dt.date(2026, 10, 1)
END = dt.date(2026, 10, 31)


def handled(
    opened: int, closed: int | None = None, answered: int | None = None, *, reopened: bool = False
) -> Handled:
    """A case by days of October, agreed to be closed within ten days."""
    day = [None if d is None else FIRST + dt.timedelta(d - 1) for d in (opened, closed, answered)]
    first = day[0] or FIRST
    return Handled(first, day[1], first + dt.timedelta(10), reopened, day[2])


def cases(closed: int, still_open: int = 0) -> Counter[Handled]:
    """So many cases of the first of the month, closed after 4 days or open."""
    return Counter({handled(1, 5, 2): closed, handled(1): still_open})


PLAIN = Counts(
    served=200,
    transactions=250,
    complaining=18,
    before=150,
    again=90,
    start=400,
    kept=320,
    complaints=20,
    cases=cases(14, 6),
    open=cases(0, 6),
)
"""A segment with some of everything, in one month."""


def stamp(tier: str, region: str = "") -> Stamp:
    """The segments of a customer; without a region where none is named."""
    return (("region", region), ("tier", tier)) if region else (("tier", tier),)


def books(
    counts: Mapping[Stamp, Counts],
    *,
    reach: frozenset[Reach] = EVERYTHING,
    holds: frozenset[Book] = BOOKS,
    wave: str = "2026-10",
) -> Records:
    """The books of one period."""
    return Records(holds, "tier", ("tier", "region"), {wave: Booked(END, reach, counts)})
