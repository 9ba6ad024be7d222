"""Which rows does a file hold? CSV as the world writes it, and XLSX, read the same way.

A :class:`Table` has one header and streams its rows with their line numbers, so that a
problem can name its place and a large file needs no large memory. CSV may end its lines
in any way, separate cells by comma, semicolon or tab, and come in UTF-8, UTF-16 with a
mark, or GB18030. Rows whose cells are all blank are skipped.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from survey.imports import encodings
from survey.imports.problems import Problems
from survey.imports.quoting import broken_quote
from survey.imports.spreadsheets import sheet_rows

LINE_LIMIT = 1_000_000
"""Characters in one line; a longer one is no line of a table."""
LOOK_AHEAD = 16 * LINE_LIMIT
"""Characters looked through for the cell that broke the quoting."""
SEPARATORS = ",;\t"
SHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet shows where a formula failed: never somebody's name or segment."""
BLANK = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, (*range(0x2000, 0x200E), 0x2060, 0xFEFF))
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on, and as many cells as the header has names."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and the way to its rows.

    ``encoding`` and ``also``: see :class:`survey.imports.encodings.Source`; an XLSX file says
    ``xlsx``. ``about`` guesses the number of rows, for showing progress. ``records`` gives
    (line, cells) as they stand in the file, header first.
    """

    name: str
    header: tuple[str, ...]
    header_line: int
    encoding: str
    also: str
    about: int
    records: Callable[[], Iterator[tuple[int, Sequence[str]]]]

    def rows(self, problems: Problems) -> Iterator[Row]:
        """The rows below the header; one of the wrong width is noted and left out.

        Raises :class:`survey.imports.problems.ImportRefused` where the file breaks off, as
        in a quoted cell that is never closed.
        """
        width = len(self.header)
        for line, cells in self.records():
            if line <= self.header_line or not any(map(trim, cells)):
                continue
            if len(cells) == width:
                yield Row(line, cells)
            else:
                problems.add(line, f"row has {len(cells)} cells, the header has {width}")


def trim(text: str) -> str:
    r"""Text without white space, marks and zero-width characters around it.

    >>> trim("\ufeff C001\u200b ")
    'C001'
    """
    return text.strip(BLANK)


def read_table(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Table:
    """Open the table at ``path``: XLSX by its suffix, everything else as CSV.

    ``encoding`` overrides the guess for CSV; ``sheet`` names a sheet of an XLSX file (the
    first one otherwise). Raises :class:`survey.imports.problems.ImportRefused` for a file
    that is no table, is empty, or has a header with unnamed or repeated columns.
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _open(path.name, "xlsx", "", 0, lambda: sheet_rows(path, sheet))
    source = encodings.look_at(path, encoding)
    separator = _separator(source)
    return _open(
        path.name,
        source.encoding.removesuffix("-sig"),
        source.also,
        encodings.lines_in(path),
        lambda: _csv_records(source, separator),
    )


def _open(
    name: str,
    encoding: str,
    also: str,
    about: int,
    records: Callable[[], Iterator[tuple[int, Sequence[str]]]],
) -> Table:
    problems = Problems(name)
    for line, cells in records():
        header = tuple(map(trim, cells))
        if any(header):
            _check_header(header, line, problems)
            return Table(name, header, line, encoding, also, about, records)
    raise problems.refuse(1, "the file is empty")


def _check_header(header: tuple[str, ...], line: int, problems: Problems) -> None:
    first: dict[str, int] = {}
    for place, column in enumerate(header, start=1):
        if not column:
            problems.add(line, f"column {place} has no name", "name it or remove it")
        elif first.setdefault(column, place) != place:
            problems.add(
                line, f"columns {first[column]} and {place} have the same name", "rename one"
            )
    problems.raise_if_any()


def _separator(source: encodings.Source) -> str:
    """The separator that stands most often in the first line; the comma in doubt."""
    with source.path.open(encoding=source.encoding, newline="") as file:
        for line in _lines(file, source.path.name):
            if trim(line):
                return max(SEPARATORS, key=line.count)
    return ","


def _csv_records(source: encodings.Source, separator: str) -> Iterator[tuple[int, list[str]]]:
    name = source.path.name
    start = 1
    with source.path.open(encoding=source.encoding, newline="") as file:
        reader = csv.reader(_lines(file, name), delimiter=separator, strict=True)
        try:
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
        except csv.Error:
            file.seek(0)
            for _line in range(start - 1):
                file.readline()
            problem = broken_quote(file.read(LOOK_AHEAD), separator, start)
            raise Problems(name).refuse(*problem) from None


def _lines(file: TextIO, name: str) -> Iterator[str]:
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            raise Problems(name).refuse(
                number, f"the line is longer than {LINE_LIMIT:,} characters", "is this a table?"
            )
        yield line
