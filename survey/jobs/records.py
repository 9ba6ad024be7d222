"""What do the company's books say of the periods that a report is made from?

Cases are counted in the database, purchases in one pass over them (:mod:`survey.jobs.buyers`);
what is kept in memory are a few rows a segment and period, however long the books are. A case
belongs to the segments that are stamped on it.

Where the books begin later than a period, or end before it, nothing is known of it: a month whose
log was not imported yet is not a month without complaints.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sqlalchemy import ColumnElement, Connection, Text, cast, func, or_, select

from reports.records import (
    NOTHING,
    Book,
    Booked,
    Counts,
    Reach,
    Records,
    Stamp,
    Window,
    window,
)
from reports.settings import Definitions
from reports.spans import Span
from reports.statistics.handling import Handled
from survey.fieldwork.surveys import SurveyRecord
from survey.fieldwork.waves import day_of
from survey.jobs.buyers import Windows, count_buyers, stamp_of
from survey.store import Store
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
    are no books.
    """
    fields = tuple(survey.segment_fields)
    wanted = {one.name: (one, False) for one in followed} | {one.name: (one, True) for one in whole}
    with store.read() as connection:
        extent = _extent(connection, survey.timezone)
        if not extent.books:
            return Records()
        periods: dict[str, Booked] = {}
        windows: dict[str, Windows] = {}
        for name, (one, everything) in wanted.items():
            days = window(name)
            if days is not None:
                own = _windows(days, definitions, everything=everything)
                reach = _reach(one, own, extent)
                windows[name] = own.reaching(reach)
                as_of = min(days.last, extent.known_until)
                parts = [_cases(connection, fields, Window(days.first, as_of))]
                if everything:
                    parts.append(_open(connection, fields, as_of))
                known = chain.from_iterable(parts) if Reach.CASES in reach else ()
                periods[name] = Booked(as_of, reach, _added(known))
        for name, counted in count_buyers(connection, fields, windows).items():
            booked = periods[name]
            periods[name] = replace(booked, counts=_added([*booked.counts.items(), *counted]))
    return Records(extent.books, fields=fields, periods=periods)


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
    bought = connection.execute(select(func.min(Purchase.day), func.max(Purchase.day))).one()
    log = connection.execute(
        select(
            func.min(ComplaintCase.opened).label("first"),
            func.max(ComplaintCase.opened).label("last"),
            func.max(ComplaintCase.answered).label("answered"),
            func.max(ComplaintCase.closed).label("closed"),
            func.max(ComplaintCase.target_days).label("target"),
            func.max(ComplaintCase.reopened).label("reopened"),
            func.max(ComplaintCase.imported_at).label("imported"),
        )
    ).one()
    noted = {
        Book.PURCHASES: bought[0],
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
    return _Extent(books, (bought[0], bought[1]) if bought[0] else None, cases, until)


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


def _cases(
    connection: Connection, fields: tuple[str, ...], days: Window
) -> Iterator[tuple[Stamp, Counts]]:
    """The cases opened in these days."""
    opened = ComplaintCase.opened.between(days.first, days.last)
    for stamp, found in _handled(connection, fields, opened).items():
        yield stamp, Counts(cases=found)


def _open(
    connection: Connection, fields: tuple[str, ...], as_of: dt.date
) -> Iterator[tuple[Stamp, Counts]]:
    """The cases that are open at the end of that day."""
    still = or_(ComplaintCase.closed.is_(None), ComplaintCase.closed > as_of)
    for stamp, found in _handled(connection, fields, ComplaintCase.opened <= as_of, still).items():
        yield stamp, Counts(open=found)


def _handled(
    connection: Connection, fields: tuple[str, ...], *conditions: ColumnElement[bool]
) -> Mapping[Stamp, Counter[Handled]]:
    """Stamp → its cases; those of the same days are counted in the database."""
    columns = (
        cast(ComplaintCase.segments, Text).label("stamp"),
        ComplaintCase.opened,
        ComplaintCase.answered,
        ComplaintCase.closed,
        ComplaintCase.target_days,
        ComplaintCase.reopened,
    )
    query = select(*columns, func.count()).where(*conditions).group_by(*columns)
    found: dict[Stamp, Counter[Handled]] = {}
    for text, opened, answered, closed, target, reopened, n in connection.execute(query):
        due = None if target is None else opened + dt.timedelta(target)
        again = None if reopened is None else reopened > 0
        cases = found.setdefault(stamp_of(text, fields), Counter())
        cases[Handled(opened, closed, due, again, answered)] += n
    return found
