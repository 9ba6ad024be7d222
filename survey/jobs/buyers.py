"""Who bought in a period, who came back, who of them complained? One pass over the purchases.

Customer by customer, in the order of the index: the months in which somebody bought are bits of a
number, and so are the windows of the periods, so that every period of a report is counted at once
and memory holds one customer at a time, however long the books are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Text, cast, select

from reports.records import Counts, Reach, Stamp, Window
from survey.store.tables import ComplaintCase, Purchase

CHUNK = 10_000
"""Rows fetched at once."""

SERVED, COMPLAINING, BEFORE, AGAIN, START, KEPT = range(6)


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one period: its own days, and those of returning and of staying.

    Each ends with the period; the window before it is the base. None: not counted.
    """

    days: Window | None
    returning: Window | None
    staying: Window | None

    def reaching(self, reach: frozenset[Reach]) -> Windows:
        """Only the windows that the books reach over."""
        return Windows(
            self.days if Reach.BOUGHT in reach else None,
            self.returning if Reach.BOUGHT_BEFORE in reach else None,
            self.staying if Reach.CUSTOMERS_BEFORE in reach else None,
        )

    @property
    def all(self) -> list[Window]:
        """Those that are counted, and those before them that are."""
        own = [self.days] if self.days else []
        pairs = [(w, w.before()) for w in (self.returning, self.staying) if w]
        return own + [window for pair in pairs for window in pair]


@dataclass(slots=True)
class _Period:
    """The windows of a period as bits, and what was counted in it so far."""

    days: int
    returning: tuple[int, int]
    staying: tuple[int, int]
    transactions: dict[Stamp, int] = field(default_factory=dict)
    customers: dict[Stamp, list[int]] = field(default_factory=dict)

    def row(self, stamp: Stamp) -> list[int]:
        return self.customers.setdefault(stamp, [0] * 6)

    def counts(self) -> Iterator[tuple[Stamp, Counts]]:
        for stamp, n in self.transactions.items():
            yield stamp, Counts(transactions=n)
        for stamp, row in self.customers.items():
            yield (
                stamp,
                Counts(
                    served=row[SERVED],
                    complaining=row[COMPLAINING],
                    before=row[BEFORE],
                    again=row[AGAIN],
                    start=row[START],
                    kept=row[KEPT],
                ),
            )


def count_buyers(
    connection: Connection, fields: tuple[str, ...], periods: Mapping[str, Windows]
) -> Mapping[str, list[tuple[Stamp, Counts]]]:
    """Name of each period → its purchases and customers, by the segment ``fields``.

    A customer belongs to the segments of their last purchase in the window looked at.
    """
    windows = [window for own in periods.values() for window in own.all]
    if not windows:
        return {name: [] for name in periods}
    first, last = min(w.first for w in windows), max(w.last for w in windows)
    months = {month: bit for bit, month in enumerate(Window(first, last).months())}
    made = {name: _period(own, months) for name, own in periods.items()}
    within: dict[int, list[_Period]] = {
        bit: [one for one in made.values() if one.days >> bit & 1] for bit in months.values()
    }
    complained = _complaints(connection, first, last, months)
    query = (
        select(Purchase.customer_id, cast(Purchase.day, Text), cast(Purchase.segments, Text))
        .where(Purchase.day.between(first, last))
        .order_by(Purchase.customer_id, Purchase.day, Purchase.id)
    )
    chunks = connection.execute(query, execution_options={"yield_per": CHUNK}).partitions()
    rows = chain.from_iterable(chunks)
    for customer, bought in groupby(rows, key=itemgetter(0)):
        mask, stamps = 0, {}
        for _customer, day, text in bought:
            bit = months[day[:7]]
            mask |= 1 << bit
            stamps[bit] = stamp = stamp_of(text, fields)
            for one in within[bit]:
                one.transactions[stamp] = one.transactions.get(stamp, 0) + 1
        for one in made.values():
            _add(one, mask, stamps, complained.get(customer, 0))
    return {name: list(one.counts()) for name, one in made.items()}


def _period(windows: Windows, months: Mapping[str, int]) -> _Period:
    def bits(window: Window | None) -> int:
        return sum(1 << months[month] for month in window.months()) if window else 0

    returning, staying = (
        (bits(w.before()), bits(w)) if w else (0, 0) for w in (windows.returning, windows.staying)
    )
    return _Period(bits(windows.days), returning, staying)


def _complaints(
    connection: Connection, first: Any, last: Any, months: Mapping[str, int]
) -> Mapping[str | None, int]:
    """Customer → the months in which they complained, as bits."""
    query = select(ComplaintCase.customer_id, cast(ComplaintCase.opened, Text)).where(
        ComplaintCase.customer_id.is_not(None), ComplaintCase.opened.between(first, last)
    )
    found: dict[str | None, int] = {}
    for customer, day in connection.execute(query):
        found[customer] = found.get(customer, 0) | 1 << months[day[:7]]
    return found


def _add(one: _Period, mask: int, stamps: Mapping[int, Stamp], complained: int) -> None:
    """Count one customer, who bought in the months of ``mask``."""
    if hit := mask & one.days:
        row = one.row(stamps[hit.bit_length() - 1])
        row[SERVED] += 1
        row[COMPLAINING] += bool(complained & one.days)
    for (before, now), base in ((one.returning, BEFORE), (one.staying, START)):
        if hit := mask & before:
            row = one.row(stamps[hit.bit_length() - 1])
            row[base] += 1
            row[base + 1] += bool(mask & now)


@lru_cache(maxsize=4096)
def stamp_of(text: str, fields: Sequence[str]) -> Stamp:
    """The segments of those fields in stored JSON; a segment without a name is none."""
    segments: Mapping[str, str] = json.loads(text)
    return tuple((name, str(segments[name])) for name in fields if segments.get(name))
