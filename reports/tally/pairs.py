"""What did the same customers answer in two waves?

Where customers answer again, the change of a figure is told far more surely by those who
answered twice than by two sets of strangers. For each headline column a :class:`Pairs` holds
how often which answer then met which answer now, missing ones included: integer tables that
add like every tally. They are a stream of their own, since no sum over either wave holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instruments.model import Instrument, Role
from reports.dataset import Codes, Dataset, Labels
from reports.derived import COMPLAINED, PROBLEM, VOICED, derive, derived_codes
from reports.tally.cells import cells_of, places_of
from reports.tally.count import UnknownField
from reports.tally.plan import MISSING, RETURN
from reports.tally.value import Counts, DifferentTallies, NotAPart, NotCounted

Matched = NDArray[np.intp]
"""Shape (m, 2): the row of a customer's answer then, and now."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Answers of customers who answered in both of two waves.

    ``codes``: column → its codes; ``tables``: column → counts, shape (4 + codes, 4 + codes),
    then × now, along each axis the four kinds of missing and then the codes. Pairs of the same
    columns add and subtract; else :class:`DifferentTallies` is raised.
    """

    codes: Mapping[str, tuple[int, ...]]
    customers: int
    tables: Mapping[str, Counts]

    @classmethod
    def empty(cls, instrument: Instrument) -> Pairs:
        """Of no customers, neutral in sums."""
        codes = paired_codes(instrument)
        return cls(
            codes, 0, {n: np.zeros((side(own), side(own)), np.int64) for n, own in codes.items()}
        )

    def table(self, name: str) -> Counts:
        """Counts then × now of a column; :class:`NotCounted` where it is not paired."""
        try:
            return self.tables[name]
        except KeyError:
            raise NotCounted((name,)) from None

    def both(self, name: str) -> Mapping[tuple[int, int], int]:
        """(code then, code now) → how often; customers with either missing are left out."""
        counts = self.table(name)[len(MISSING) :, len(MISSING) :]
        codes = self.codes[name]
        return {
            (then, now): int(counts[i, j])
            for i, then in enumerate(codes)
            for j, now in enumerate(codes)
            if counts[i, j]
        }

    def __add__(self, other: Pairs) -> Pairs:
        self._same_columns(other)
        tables = {name: counts + other.tables[name] for name, counts in self.tables.items()}
        return Pairs(self.codes, self.customers + other.customers, tables)

    def __sub__(self, part: Pairs) -> Pairs:
        self._same_columns(part)
        tables = {name: counts - part.tables[name] for name, counts in self.tables.items()}
        if part.customers > self.customers or any((left < 0).any() for left in tables.values()):
            raise NotAPart
        return Pairs(self.codes, self.customers - part.customers, tables)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pairs):
            return NotImplemented
        return (self.codes, self.customers) == (other.codes, other.customers) and all(
            np.array_equal(counts, other.tables[name]) for name, counts in self.tables.items()
        )

    __hash__ = None  # type: ignore[assignment]

    def _same_columns(self, other: Pairs) -> None:
        if self.codes != other.codes:
            raise DifferentTallies


def paired_codes(instrument: Instrument) -> Mapping[str, tuple[int, ...]]:
    """The columns that are paired, with their codes.

    Overall satisfaction, recommendation and the other parts of the return rate, the experience
    of each attribute, and whether a problem was met, told to anyone, told to the company.
    """
    derived = derived_codes(instrument)
    found = {question: instrument.question(question).codes for question in _headlines(instrument)}
    return found | {n: derived[n] for n in (PROBLEM, COMPLAINED, VOICED) if n in derived}


def match(then: Dataset, now: Dataset) -> Matched:
    """The rows of customers who answered in both; none where either has no customers.

    Each dataset holds one wave. Of several answers of a customer the last row counts.
    """
    if then.customer is None or now.customer is None:
        return np.empty((0, 2), np.intp)
    before, after = _last_rows(then.customer), _last_rows(now.customer)
    both = sorted(before.keys() & after.keys())
    return np.array([(before[name], after[name]) for name in both], np.intp).reshape(-1, 2)


def pairs(then: Dataset, now: Dataset, matched: Matched) -> Pairs:
    """All matched customers, whatever their segments.

    Raises :class:`DifferentTallies` where the two ask other codes, and :class:`UnknownCode`.
    """
    return _count(then, now, matched, np.zeros(len(matched), np.intp), 1)[0]


def pairs_by(then: Dataset, now: Dataset, matched: Matched, field: str) -> Mapping[str, Pairs]:
    """Segment → the customers who are in it now and were in it then, in sorted order.

    Who changed segment in between is in none, so that a segment is compared with itself; a
    segment in which nobody is left has no entry. Raises :class:`UnknownField`, and the errors
    of :func:`pairs`.
    """
    for dataset in (then, now):
        if field not in dataset.segments:
            raise UnknownField(field, sorted(dataset.segments))
    before, after = then.segments[field], now.segments[field]
    same = {level: place for place, level in enumerate(after.levels)}
    renumbered = np.array([same.get(level, -1) for level in before.levels], np.intp)
    groups = after.codes[matched[:, 1]].astype(np.intp)
    stayed = renumbered[before.codes[matched[:, 0]]] == groups
    counted = _count(then, now, matched[stayed], groups[stayed], len(after.levels))
    named = dict(zip(after.levels, counted, strict=True))
    return {level: named[level] for level in sorted(named) if named[level].customers}


def side(codes: tuple[int, ...]) -> int:
    """How long either axis of the table of a column is: the kinds of missing, then its codes."""
    return len(MISSING) + len(codes)


def _headlines(instrument: Instrument) -> Iterator[str]:
    for role in (Role.OVERALL, *RETURN):
        question = instrument.first(role)
        if question is not None:
            yield question.id
    yield from (question.id for question in instrument.about(Role.EXPERIENCE).values())


def _last_rows(customer: Labels) -> Mapping[str, int]:
    named = (customer.levels[code] for code in customer.codes.tolist())
    rows = {name: row for row, name in enumerate(named)}
    rows.pop("", None)
    return rows


def _count(
    then: Dataset, now: Dataset, matched: Matched, groups: Matched, number: int
) -> list[Pairs]:
    codes = paired_codes(now.instrument)
    if codes != paired_codes(then.instrument):
        raise DifferentTallies
    before, after = _columns(then, matched[:, 0]), _columns(now, matched[:, 1])
    tables: dict[str, Counts] = {}
    for name in codes:
        places = places_of(codes[name])
        first, second = (cells_of(name, found[name], places) for found in (before, after))
        length = side(codes[name])
        cells = (groups * length + first) * length + second
        counts = np.bincount(cells, minlength=number * length * length)
        tables[name] = counts.reshape(number, length, length).astype(np.int64)
    customers = np.bincount(groups, minlength=number).tolist()
    return [
        Pairs(codes, customers[i], {name: counts[i] for name, counts in tables.items()})
        for i in range(number)
    ]


def _columns(dataset: Dataset, rows: Matched) -> Mapping[str, Codes]:
    taken = {name: codes[rows] for name, codes in dataset.columns.items()}
    return {**taken, **derive(dataset.instrument, taken)}
