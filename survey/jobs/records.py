"""What do the company's books say of the periods that a report is made from?

Purchases and cases are counted in the database, period by period; what comes back are a few rows a
segment, however long the books are. A customer belongs to the segment of their last purchase in
the window looked at, a case to the one stamped on it.

Where the books begin later than a period, or end before it, nothing is known of it: a month whose
log was not imported yet is not a month without complaints.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Subquery, Text, case, cast, exists, func, or_, select

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

    The periods are those of :func:`reports.build.periods_of`. Without purchases and cases there
    are no books.
    """
    fields = tuple(survey.segment_fields)
    with store.read() as connection:
        extent = _extent(connection, survey.timezone)
        if not extent.books:
            return Records()
        periods: dict[str, Booked] = {}
        for spans, everything in ((whole, True), (followed, False)):
            for one in spans:
                days = window(one.name)
                if days is not None and one.name not in periods:
                    counting = _Counting(connection, fields, extent, definitions, everything)
                    periods[one.name] = counting.booked(one, days)
    return Records(extent.books, fields=fields, periods=periods)


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


@dataclass(frozen=True, slots=True)
class _Counting:
    """One period at a time, by the segment ``fields``; ``everything``: or the rates only."""

    connection: Connection
    fields: tuple[str, ...]
    extent: _Extent
    definitions: Definitions
    everything: bool

    def booked(self, one: Span, days: Window) -> Booked:
        """What the books say of the period."""
        now, long = (
            days.at_least(months)
            for months in (self.definitions.return_months, self.definitions.retention_months)
        )
        as_of = min(days.last, self.extent.known_until)
        latest = window(max(one.waves, default=one.name)) or days
        needed = {
            Reach.BOUGHT: (self.extent.purchases, days.first),
            Reach.BOUGHT_BEFORE: (self.extent.purchases, now.before().first),
            Reach.CUSTOMERS_BEFORE: (self.extent.purchases, long.before().first),
            Reach.CASES: (self.extent.cases, days.first),
        }
        reach = frozenset(
            what for what, (book, first) in needed.items() if _covers(book, first, latest.first)
        )
        parts: list[Iterator[tuple[Stamp, Counts]]] = []
        if Reach.BOUGHT in reach:
            parts += [self._transactions(days), self._served(days)]
        if Reach.BOUGHT_BEFORE in reach:
            returned = self._returned(now)
            parts.append((s, Counts(before=n, again=again)) for s, n, again in returned)
        if Reach.CUSTOMERS_BEFORE in reach and self.everything:
            kept = self._returned(long)
            parts.append((s, Counts(start=n, kept=again)) for s, n, again in kept)
        if Reach.CASES in reach:
            parts += [self._cases(Window(days.first, as_of))]
            parts += [self._open(as_of)] if self.everything else []
        counts: dict[Stamp, Counts] = {}
        for part in parts:
            for stamp, found in part:
                counts[stamp] = counts.get(stamp, NOTHING) + found
        return Booked(as_of, reach, counts)

    def _transactions(self, days: Window) -> Iterator[tuple[Stamp, Counts]]:
        stamp = cast(Purchase.segments, Text)
        query = select(stamp, func.count()).where(Purchase.day.between(days.first, days.last))
        for text, n in self.connection.execute(query.group_by(stamp)):
            yield _stamp(text, self.fields), Counts(transactions=n)

    def _served(self, days: Window) -> Iterator[tuple[Stamp, Counts]]:
        buyers = _buyers(days)
        complained = exists().where(
            ComplaintCase.customer_id == buyers.c.customer_id,
            ComplaintCase.opened.between(days.first, days.last),
        )
        for stamp, n, hits in self._of(buyers, complained):
            yield stamp, Counts(served=n, complaining=hits)

    def _returned(self, now: Window) -> Iterator[tuple[Stamp, int, int]]:
        """Customers of the window before, and who of them bought in this one."""
        buyers = _buyers(now.before())
        again = exists().where(
            Purchase.customer_id == buyers.c.customer_id,
            Purchase.day.between(now.first, now.last),
        )
        return self._of(buyers, again)

    def _of(self, buyers: Subquery, condition: Any) -> Iterator[tuple[Stamp, int, int]]:
        """Customers by stamp: how many, and for how many of them the condition holds."""
        hits = func.sum(case((condition, 1), else_=0))
        query = select(buyers.c.stamp, func.count(), hits).group_by(buyers.c.stamp)
        for text, n, found in self.connection.execute(query):
            yield _stamp(text, self.fields), n, int(found)

    def _cases(self, days: Window) -> Iterator[tuple[Stamp, Counts]]:
        condition = ComplaintCase.opened.between(days.first, days.last)
        for stamp, found in self._handled(condition):
            yield stamp, Counts(cases=found)

    def _open(self, as_of: dt.date) -> Iterator[tuple[Stamp, Counts]]:
        still = or_(ComplaintCase.closed.is_(None), ComplaintCase.closed > as_of)
        for stamp, found in self._handled(ComplaintCase.opened <= as_of, still):
            yield stamp, Counts(open=found)

    def _handled(self, *conditions: Any) -> Iterator[tuple[Stamp, Counter[Handled]]]:
        """Cases by stamp; those of the same days are one row."""
        columns = (
            cast(ComplaintCase.segments, Text).label("stamp"),
            ComplaintCase.opened,
            ComplaintCase.answered,
            ComplaintCase.closed,
            ComplaintCase.target_days,
            ComplaintCase.reopened,
        )
        query = select(*columns, func.count()).where(*conditions).group_by(*columns)
        for text, opened, answered, closed, target, reopened, n in self.connection.execute(query):
            due = None if target is None else opened + dt.timedelta(target)
            again = None if reopened is None else reopened > 0
            handled = Handled(opened, closed, due, again, answered)
            yield _stamp(text, self.fields), Counter({handled: n})


def _covers(book: tuple[dt.date, dt.date] | None, first: dt.date, latest: dt.date) -> bool:
    """Whether a book begins no later than the month of ``first``, and goes on until ``latest``."""
    return book is not None and book[0].replace(day=1) <= first and book[1] >= latest


def _buyers(days: Window) -> Subquery:
    """Who bought in these days, each once, with the stamp of their last purchase in them."""
    place = func.row_number().over(
        partition_by=Purchase.customer_id, order_by=(Purchase.day.desc(), Purchase.id)
    )
    ranked = (
        select(
            Purchase.customer_id, cast(Purchase.segments, Text).label("stamp"), place.label("place")
        )
        .where(Purchase.day.between(days.first, days.last))
        .subquery()
    )
    last = select(ranked.c.customer_id, ranked.c.stamp).where(ranked.c.place == 1)
    return last.subquery()


@lru_cache(maxsize=4096)
def _stamp(text: str, fields: tuple[str, ...]) -> Stamp:
    segments: Mapping[str, str] = json.loads(text)
    return tuple((field, str(segments[field])) for field in fields if segments.get(field))
