"""Who bought in a period, who came back, who of them complained? One pass over the purchases.

Some customers at a time, in the order of the index: a table tells the segments of everybody's last
purchase in each month, and every period of a report is counted from it at once. Memory holds one
such table, however long the books are.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import ne
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Text, cast, func, select

from reports.records import Counts, Reach, Stamp, Window
from survey.store.tables import ComplaintCase, Purchase

CHUNK = 20_000
"""Rows fetched at once."""

NUMBERS = 7
"""What is counted of buyers: the first fields of :class:`reports.records.Counts`."""

Name = TypeVar("Name", bound=Hashable)
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one period: its own days, and those of returning and of staying.

    Each ends with the period; the window before it is the base. None: not counted.
    """

    days: Window | None = None
    returning: Window | None = None
    staying: Window | None = None

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


def count_buyers(
    connection: Connection, fields: tuple[str, ...], periods: Mapping[Name, Windows]
) -> Mapping[Name, Mapping[Stamp, Counts]]:
    """Name of each period → its purchases and customers, by the segment ``fields``.

    A customer belongs to the segments of their last purchase in the window looked at.
    """
    windows = [window for own in periods.values() for window in own.all]
    if not windows:
        return {name: {} for name in periods}
    whole = Window(min(w.first for w in windows), max(w.last for w in windows))
    months = {month: place for place, month in enumerate(whole.months())}
    complained = _complaints(connection, whole, months)
    stamps = _Stamps(fields)
    sums = {name: np.zeros((NUMBERS, 0), np.int64) for name in periods}
    for bought in _some_customers(connection, whole):
        table = _Table(bought, months, stamps, complained)
        for name, own in periods.items():
            found = table.count(own)
            found[:, : sums[name].shape[1]] += sums[name]
            sums[name] = found
    return {name: _by_stamp(stamps.met, found) for name, found in sums.items()}


def _by_stamp(stamps: Sequence[Stamp], sums: Places) -> Mapping[Stamp, Counts]:
    rows: list[list[Any]] = sums.T.tolist()
    return {stamp: Counts(*row) for stamp, row in zip(stamps, rows, strict=False) if any(row)}


class _Stamps(dict[str, int]):
    """Segments in stored JSON → the place of their stamp among those that were ``met``."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__()
        self.fields = fields
        self.met: list[Stamp] = []

    def __missing__(self, text: str) -> int:
        stamp = stamp_of(text, self.fields)
        if stamp not in self.met:
            self.met.append(stamp)
        self[text] = self.met.index(stamp)
        return self[text]


def _some_customers(connection: Connection, days: Window) -> Iterator[Sequence[Sequence[str]]]:
    """(customer, month, segments) of these days' purchases in order; of each customer all."""
    query = (
        select(
            Purchase.customer_id,
            func.substr(cast(Purchase.day, Text), 1, 7),
            cast(Purchase.segments, Text),
        )
        .where(Purchase.day.between(days.first, days.last))
        .order_by(Purchase.customer_id, Purchase.day, Purchase.id)
    )
    rows: list[Any] = []
    for more in connection.execute(query, execution_options={"yield_per": CHUNK}).partitions():
        rows += more
        end = len(rows)
        while end and rows[end - 1][0] == rows[-1][0]:
            end -= 1
        if end:
            yield rows[:end]
            del rows[:end]
    if rows:
        yield rows


class _Table:
    """What some customers bought, by customer and month."""

    def __init__(
        self,
        bought: Sequence[Sequence[str]],
        months: Mapping[str, int],
        stamps: _Stamps,
        complained: Mapping[str, list[int]],
    ) -> None:
        who, when, what = zip(*bought, strict=True)
        month = np.fromiter(map(months.__getitem__, when), np.int64, len(who))
        stamp = np.fromiter(map(stamps.__getitem__, what), np.int64, len(who))
        new = np.fromiter(map(ne, who[1:], who), bool, len(who) - 1)
        row = np.concatenate([[0], np.cumsum(new)])
        shape = int(row[-1]) + 1, len(months)
        self.months = months
        self.times = np.zeros((len(stamps.met), len(months)), np.int64)
        np.add.at(self.times, (stamp, month), 1)
        self.last = np.full(shape, -1)
        self.last[row, month] = stamp  # of several in a month the last stays
        place = np.where(self.last >= 0, np.arange(len(months)), -1)
        self.until = np.maximum.accumulate(place, axis=1)
        self.complained = np.zeros(shape, bool)
        for at in np.flatnonzero(np.concatenate([[True], new])):
            if who[at] in complained:
                self.complained[row[at], complained[who[at]]] = True

    def count(self, windows: Windows) -> Places:
        """The numbers of one period by the stamps met so far, (numbers, stamps)."""
        counts = np.zeros((NUMBERS, len(self.times)), np.int64)
        if windows.days:
            own, during = self._latest(windows.days), self._months(windows.days)
            counts[0] = self._sum(own)
            counts[1] = self.times[:, during].sum(axis=1)
            counts[2] = self._sum(own[self.complained[:, during].any(axis=1)])
        for at, window in ((3, windows.returning), (5, windows.staying)):
            if window:
                before, now = self._latest(window.before()), self._latest(window)
                counts[at] = self._sum(before)
                counts[at + 1] = self._sum(before[now >= 0])
        return counts

    def _months(self, window: Window) -> slice:
        months = window.months()
        return slice(self.months[months[0]], self.months[months[-1]] + 1)

    def _latest(self, window: Window) -> Places:
        """The stamp of each customer's last purchase in a window; -1 where there is none."""
        during = self._months(window)
        until = self.until[:, during.stop - 1]
        stamps = self.last[np.arange(until.size), until]
        return np.where(until >= during.start, stamps, -1)

    def _sum(self, stamps: Places) -> Places:
        return np.bincount(stamps[stamps >= 0], minlength=len(self.times))


def _complaints(
    connection: Connection, days: Window, months: Mapping[str, int]
) -> Mapping[str, list[int]]:
    """Customer → the months in which they complained."""
    query = select(
        ComplaintCase.customer_id, func.substr(cast(ComplaintCase.opened, Text), 1, 7)
    ).where(
        ComplaintCase.customer_id.is_not(None),
        ComplaintCase.opened.between(days.first, days.last),
    )
    found: dict[str, list[int]] = {}
    for customer, month in connection.execute(query.distinct()):
        found.setdefault(customer, []).append(months[month])
    return found


@lru_cache(maxsize=4096)
def stamp_of(text: str, fields: Sequence[str]) -> Stamp:
    """The segments of those fields in stored JSON; a segment without a name is none."""
    segments: Mapping[str, str] = json.loads(text)
    return tuple((name, str(segments[name])) for name in fields if segments.get(name))
