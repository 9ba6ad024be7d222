"""What do the company's books say of the periods that a report is made from?

Cases are counted in the database, purchases in one pass over them (:mod:`survey.jobs.buyers`);
what is kept in memory are a few rows a segment and period, however long the books are. What was
counted once is kept, and read ever after (:mod:`survey.jobs.kept_books`). A case belongs to the
segments that are stamped on it.

Where the books begin later than a period, or end before it, nothing is known of it: a month whose
log was not imported yet is not a month without complaints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from reports.records import (
    NOTHING,
    TIER,
    Book,
    Booked,
    Counts,
    Moves,
    Reach,
    Records,
    Stamp,
    Window,
    window,
)
from reports.settings import Definitions
from reports.spans import Span
from survey.fieldwork.surveys import SurveyRecord
from survey.fieldwork.waves import day_of
from survey.jobs.buyers import Windows, count_buyers
from survey.jobs.kept_books import Asked, ByStamp, Part, keep_books, kept_books
from survey.jobs.logged import count_cases
from survey.jobs.moves import count_moves, tiers_known_since
from survey.store import Store
from survey.store.revisions import book_marks
from survey.store.tables import ComplaintCase, Purchase


def count_records(
    store: Store,
    survey: SurveyRecord,
    whole: Sequence[Span],
    followed: Sequence[Span],
    definitions: Definitions,
) -> Records:
    """The books by the survey's segment fields: of ``whole`` periods all, of the others the rates.

    The periods are those of :func:`reports.history.periods_of`. Without purchases and cases there
    are no books. As kept, or counted now and then kept; where that fails the counts are as right,
    and counted again next time.
    """
    fields = tuple(survey.segment_fields)
    wanted = {one.name: (one, False) for one in followed} | {one.name: (one, True) for one in whole}
    with store.read() as connection:
        # Read before counting: what is stored in between makes the counts stale, never wrong.
        marks = book_marks(connection)
        extent = _extent(connection, survey.timezone)
        since = tiers_known_since(connection) if TIER in fields else None
        if not extent.books and since is None:
            return Records()
        periods: dict[str, Booked] = {}
        asked: list[Asked] = []
        for name, (one, everything) in wanted.items():
            days = window(name)
            if days is not None:
                own = _windows(days, definitions, everything=everything)
                reach = _reach(one, own, extent)
                moves = _moves(connection, days, since) if everything else None
                periods[name] = Booked(min(days.last, extent.known_until), reach, moves=moves)
                parts = _parts(name, days, own.reaching(reach), definitions, periods[name])
                asked += parts if everything else parts[:1]
        found = kept_books(connection, survey.id, fields, asked, marks)
        counted = _count(connection, fields, [part for part in asked if part not in found])
    keep_books(store, survey.id, fields, counted, marks)
    parts_of: dict[str, list[tuple[Stamp, Counts]]] = {}
    for part, counts in {**found, **counted}.items():
        parts_of.setdefault(part.period, []).extend(counts.items())
    return Records(
        extent.books,
        fields=fields,
        periods={
            name: replace(booked, counts=_added(parts_of.get(name, ())))
            for name, booked in periods.items()
        },
        graded=since is not None,
    )


def _moves(
    connection: Connection, days: Window, since: dt.date | None
) -> Mapping[str, Moves] | None:
    """What became of each tier's customers, where the tiers before the period are known."""
    return count_moves(connection, days) if since is not None and since < days.first else None


def _parts(
    name: str, days: Window, windows: Windows, definitions: Definitions, booked: Booked
) -> tuple[Asked, Asked]:
    """The rates of a period, and its details."""
    logged = Reach.CASES in booked.reach
    rates, details = replace(windows, staying=None), Windows(staying=windows.staying)
    return (
        Asked(name, Part.RATES, definitions.return_months, days, booked.as_of, rates, logged),
        Asked(
            name, Part.DETAILS, definitions.retention_months, days, booked.as_of, details, logged
        ),
    )


def _count(
    connection: Connection, fields: tuple[str, ...], missing: Sequence[Asked]
) -> Mapping[Asked, ByStamp]:
    """What was not kept, of all periods in one pass."""
    bought = count_buyers(connection, fields, {part: part.windows for part in missing})
    counted: dict[Asked, ByStamp] = {}
    for part in missing:
        known = count_cases(connection, fields, part) if part.logged else ()
        counted[part] = _added([*bought[part].items(), *known])
    return counted


def _added(parts: Iterable[tuple[Stamp, Counts]]) -> Mapping[Stamp, Counts]:
    counts: dict[Stamp, Counts] = {}
    for stamp, found in parts:
        counts[stamp] = counts.get(stamp, NOTHING) + found
    return counts


@dataclass(frozen=True, slots=True)
class _Extent:
    """From when to when the books reach, what they note, and when the log was last taken in."""

    books: frozenset[Book]
    purchases: tuple[dt.date, dt.date] | None
    cases: tuple[dt.date, dt.date] | None
    known_until: dt.date


def _extent(connection: Connection, timezone: str) -> _Extent:
    bought = _ends(connection, first=func.min(Purchase.day), last=func.max(Purchase.day))
    log = _ends(
        connection,
        first=func.min(ComplaintCase.opened),
        last=func.max(ComplaintCase.opened),
        answered=func.max(ComplaintCase.answered),
        closed=func.max(ComplaintCase.closed),
        target=func.max(ComplaintCase.target_days),
        reopened=func.max(ComplaintCase.reopened),
        imported=func.max(ComplaintCase.imported_at),
    )
    noted = {
        Book.PURCHASES: bought.first,
        Book.CASES: log.first,
        Book.ANSWERS: log.answered,
        Book.TARGETS: log.target,
        Book.REOPENED: log.reopened,
    }
    books = frozenset(book for book, value in noted.items() if value is not None)
    cases = None
    if log.first is not None:
        cases = log.first, max(day for day in (log.last, log.answered, log.closed) if day)
    until = day_of(log.imported, timezone) if log.imported is not None else dt.date.max
    return _Extent(books, (bought.first, bought.last) if bought.first else None, cases, until)


def _ends(connection: Connection, **ends: ColumnElement[Any]) -> Row[Any]:
    """The smallest and largest values, each by itself from an index, however long the books are."""
    each = (select(end).scalar_subquery().label(name) for name, end in ends.items())
    return connection.execute(select(*each)).one()


def _windows(days: Window, definitions: Definitions, *, everything: bool) -> Windows:
    staying = days.at_least(definitions.retention_months) if everything else None
    return Windows(days, days.at_least(definitions.return_months), staying)


def _reach(one: Span, windows: Windows, extent: _Extent) -> frozenset[Reach]:
    """What of a period the books cover."""
    days, returning, staying = windows.days, windows.returning, windows.staying
    latest = window(max(one.waves, default=one.name)) or days
    needed = {
        Reach.BOUGHT: (extent.purchases, days),
        Reach.BOUGHT_BEFORE: (extent.purchases, returning and returning.before()),
        Reach.CUSTOMERS_BEFORE: (extent.purchases, staying and staying.before()),
        Reach.CASES: (extent.cases, days),
    }
    return frozenset(
        what
        for what, (book, own) in needed.items()
        if own and latest and _covers(book, own.first, latest.first)
    )


def _covers(book: tuple[dt.date, dt.date] | None, first: dt.date, latest: dt.date) -> bool:
    """Whether a book begins no later than the month of ``first``, and goes on until ``latest``."""
    return book is not None and book[0].replace(day=1) <= first and book[1] >= latest
