"""Who are the customers? A roster file, judged row by row and taken whole or not at all.

Reading (:func:`read_roster`) gives the good rows and gathers what is wrong with the others;
taking in (:func:`import_roster`) refuses the file as long as anything is wrong, unless the
good rows alone are asked for. A customer already known, under any spelling of the id, is
brought up to date in the columns that the file has; nobody is removed by absence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from instruments.problems import Problem
from reports.records import TIER
from survey.customers import cells
from survey.customers.columns import ID, KNOWN, place_columns
from survey.customers.tiers import keep_tiers
from survey.imports.problems import Problems
from survey.imports.tables import Row, Table, read_table, trim
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import Customer

CHUNK = 2000
STORED = ("name", "email", "phone", "language")
"""Columns kept besides id and segments; amounts and purchase days are checked and await grading."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One good row. ``given`` names the columns that the file has at all.

    >>> RosterRow(2, "C001", {"name": "Ann"}, {"tier": "A"}).stored()
    {'name': 'Ann'}
    """

    line: int
    id: str
    given: Mapping[str, str | Decimal | date | None]
    segments: Mapping[str, str]

    def stored(self) -> dict[str, Any]:
        """The values that the store keeps, by column."""
        return {column: self.given[column] for column in STORED if column in self.given}


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What became of a roster: customers ``added`` and ``updated``, rows ``rejected``.

    ``problems`` lists why, ``encoding`` says how the file was read and ``also`` which other
    encoding its bytes would fit; ``left_out`` names the columns that were not taken.
    """

    added: int
    updated: int
    rejected: int
    problems: tuple[Problem, ...]
    encoding: str
    also: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster file whose header is understood."""

    table: Table
    places: Mapping[str, int]
    today: date

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns that nothing is done with."""
        taken = set(self.places.values())
        return tuple(c for place, c in enumerate(self.table.header) if place not in taken)

    def rows(self, problems: Problems) -> Iterator[RosterRow]:
        """The good rows in file order; what is wrong with the others goes to ``problems``."""
        first_line: dict[str, tuple[str, int]] = {}
        for row in self.table.rows(problems):
            found = self._row(row, problems)
            if found is None:
                continue
            spelling, line = first_line.setdefault(cells.same_id(found.id), (found.id, row.line))
            if line == row.line:
                yield found
            else:
                problems.add(
                    row.line,
                    f"customer_id {spelling} is already on line {line}",
                    "keep one row a customer",
                )

    def _row(self, row: Row, problems: Problems) -> RosterRow | None:
        given: dict[str, str | Decimal | date | None] = {}
        segments: dict[str, str] = {}
        wrong = False
        for field, place in self.places.items():
            text = trim(row.cells[place])
            try:
                if field in KNOWN:
                    given[field] = _value(field, text, self.today)
                else:
                    segments[field] = cells.segment(field, text)
            except cells.WrongCell as error:
                problems.add(row.line, error.what, error.instead)
                wrong = True
        return None if wrong else RosterRow(row.line, str(given[ID]), given, segments)


def read_roster(
    path: Path, *, segments: Sequence[str] | None, today: date, encoding: str | None = None
) -> Roster:
    """Open a roster and understand its header.

    ``segments`` names the columns kept as segment fields; None keeps those of
    :data:`survey.customers.columns.SEGMENTS` that are there. Raises
    :class:`survey.imports.problems.ImportRefused` for a file that is no table or has no
    ``customer_id``.
    """
    table = read_table(path, encoding=encoding)
    problems = Problems(table.name)
    places = place_columns(table.header, segments, problems, table.header_line)
    problems.raise_if_any()
    return Roster(table, places, today)


def import_roster(
    store: Store,
    path: Path,
    *,
    segments: Sequence[str] | None,
    now: datetime,
    encoding: str | None = None,
    accept_good_rows: bool = False,
    progress: Progress = silent,
) -> RosterResult:
    """Take in a roster (CSV or XLSX) in one transaction.

    Raises :class:`survey.imports.problems.ImportRefused` with every problem, and takes
    nothing, where a row is wrong; with ``accept_good_rows`` the good rows are taken and the
    problems come back in the result. A file that breaks off is refused in any case.
    """
    roster = read_roster(path, segments=segments, today=now.date(), encoding=encoding)
    problems = Problems(roster.table.name)
    count = 0
    for count, _row in enumerate(roster.rows(problems), start=1):  # all of it is judged first
        if count % CHUNK == 0:
            progress(count, 2 * max(count, roster.table.about))
    if not accept_good_rows:
        problems.raise_if_any()
    with store.write() as connection:
        known = known_customers(connection)
        added = updated = done = 0
        rows = roster.rows(Problems(roster.table.name))
        while chunk := list(islice(rows, CHUNK)):
            new = [row for row in chunk if cells.same_id(row.id) not in known]
            old = [row for row in chunk if cells.same_id(row.id) in known]
            _insert(connection, new, now)
            _update(connection, old, known, now)
            added, updated, done = added + len(new), updated + len(old), done + len(chunk)
            progress(count + done, 2 * count)
    return RosterResult(
        added,
        updated,
        problems.rows,
        tuple(problems.listed),
        roster.table.encoding,
        roster.table.also,
        roster.left_out,
    )


def _value(field: str, text: str, today: date) -> str | Decimal | date | None:
    match field:
        case "revenue":
            return cells.amount(field, text)
        case "last_purchase":
            return cells.day(field, text, today)
        case _:
            return _TEXTS[field](text)


_TEXTS = MappingProxyType(
    {
        ID: cells.customer_id,
        "name": cells.name,
        "email": cells.email,
        "phone": cells.phone,
        "language": cells.language,
    }
)


def known_customers(connection: Connection) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Spelling-free id → (id in the store, segments) of every customer there is."""
    rows = connection.execute(select(Customer.id, Customer.segments))
    return {cells.same_id(row.id): (row.id, row.segments) for row in rows}


def _insert(connection: Connection, rows: Sequence[RosterRow], now: datetime) -> None:
    values = [
        dict.fromkeys(STORED, "")
        | row.stored()
        | {"id": row.id, "segments": dict(row.segments), "imported_at": now}
        for row in rows
    ]
    if values:
        connection.execute(insert(Customer), values)
    keep_tiers(
        connection, {row.id: tier for row in rows if (tier := row.segments.get(TIER))}, now.date()
    )


def _update(
    connection: Connection,
    rows: Sequence[RosterRow],
    known: Mapping[str, tuple[str, Mapping[str, str]]],
    now: datetime,
) -> None:
    if not rows:
        return
    values = []
    moved: dict[str, str] = {}
    for row in rows:
        stored_id, segments = known[cells.same_id(row.id)]
        if row.segments.get(TIER, "") != segments.get(TIER, "") and TIER in row.segments:
            moved[stored_id] = row.segments[TIER]
        values.append(
            row.stored()
            | {"known_id": stored_id, "segments": {**segments, **row.segments}, "imported_at": now}
        )
    keep_tiers(connection, moved, now.date())
    changed = [name for name in values[0] if name != "known_id"]
    statement = update(Customer).where(Customer.id == bindparam("known_id"))
    connection.execute(statement.values({name: bindparam(name) for name in changed}), values)
