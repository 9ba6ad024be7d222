"""What do the company's books say about its customers? A file, judged row by row before it counts.

Purchases and complaint cases come as such files. A row names its customer by the id that the
roster has, in any spelling; who is not there cannot be counted, so the roster comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from instruments.problems import shown
from survey.customers import cells
from survey.customers.columns import ID, Names, place_columns
from survey.customers.roster import known_customers
from survey.imports.problems import Problems
from survey.imports.tables import Row, Table, read_table, trim
from survey.progress import Progress
from survey.store import Store

CHUNK = 2000
NUMBER = "number"

Reads = Mapping[str, Callable[[str], Any]]
"""Field → what makes a value of a cell's text; raises :class:`survey.customers.cells.WrongCell`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One good row: its values by field, its customer as the store has it (or None).

    ``segments``: the customer's as they are today; without a customer those of the file.
    """

    line: int
    values: Mapping[str, Any]
    customer: str | None
    segments: Mapping[str, str]

    @property
    def number(self) -> str | None:
        """The books' own number, where the file has one."""
        found: str | None = self.values.get(NUMBER)
        return found


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its fields with their columns' other names, and how each is read.

    ``needed``: fields that must be there. ``segments``: which columns are segment fields, as in
    :func:`survey.customers.columns.place_columns`. ``check``: what the values of one row must
    be together.
    """

    names: Names
    reads: Reads
    needed: Sequence[str]
    segments: Sequence[str] | None
    check: Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file whose header is understood, and the customers there are."""

    form: Form
    table: Table
    places: Mapping[str, int]
    customers: Mapping[str, tuple[str, Mapping[str, str]]]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns that nothing is done with."""
        taken = set(self.places.values())
        return tuple(c for place, c in enumerate(self.table.header) if place not in taken)

    def judge(self, progress: Progress) -> int:
        """The number of rows, all good.

        Raises :class:`survey.imports.problems.ImportRefused` with everything that is wrong.
        """
        problems = Problems(self.table.name)
        count = 0
        for count, _entry in enumerate(self._entries(problems), start=1):
            if count % CHUNK == 0:
                progress(count, 2 * max(count, self.table.about))
        if not count and not problems.total:
            problems.add(self.table.header_line, "there are no rows below the header")
        problems.raise_if_any()
        return count

    def chunks(self, rows: int, progress: Progress) -> Iterator[list[Entry]]:
        """The entries of a file that was judged to have so many good ``rows``, some at a time."""
        done = 0
        entries = self._entries(Problems(self.table.name))
        while chunk := list(islice(entries, CHUNK)):
            yield chunk
            done += len(chunk)
            progress(rows + done, 2 * rows)

    def _entries(self, problems: Problems) -> Iterator[Entry]:
        first_line: dict[str, int] = {}
        for row in self.table.rows(problems):
            entry = self._entry(row, problems)
            if entry is None:
                continue
            line = first_line.setdefault(entry.number, row.line) if entry.number else row.line
            if line == row.line:
                yield entry
            else:
                what = f"number {shown(entry.number or '')} is already on line {line}"
                problems.add(row.line, what, "keep one row a number")

    def _entry(self, row: Row, problems: Problems) -> Entry | None:
        values: dict[str, Any] = {}
        before = problems.total
        for field, place in self.places.items():
            read = self.form.reads.get(field) or partial(cells.segment, field)
            try:
                values[field] = read(trim(row.cells[place]))
            except cells.WrongCell as error:
                problems.add(row.line, error.what, error.instead)
        if problems.total > before:
            return None
        try:
            self.form.check(values)
            return self._about(row, values)
        except cells.WrongCell as error:
            problems.add(row.line, error.what, error.instead)
            return None

    def _about(self, row: Row, values: Mapping[str, Any]) -> Entry:
        """The entry with its customer; who is not in the roster is refused."""
        own = {field: values[field] for field in values if field not in self.form.reads}
        fields = {field: value for field, value in values.items() if field not in own}
        given: str = fields.pop(ID, "")
        if not given:
            return Entry(row.line, fields, None, own)
        known = self.customers.get(cells.same_id(given))
        if known is None:
            raise cells.WrongCell(
                f"customer {shown(given)} is not in the roster", "import customers first"
            )
        return Entry(row.line, fields, known[0], known[1])


def read_ledger(store: Store, path: Path, form: Form, *, encoding: str | None = None) -> Ledger:
    """Open a file and understand its header.

    Raises :class:`survey.imports.problems.ImportRefused` for a file that is no table or lacks a
    column that is needed.
    """
    table = read_table(path, encoding=encoding)
    problems = Problems(table.name)
    places = place_columns(
        table.header, form.segments, problems, table.header_line, form.names, form.needed
    )
    problems.raise_if_any()
    with store.read() as connection:
        customers = known_customers(connection)
    return Ledger(form, table, places, customers)
