"""How is a table of answers written so that nobody ever sees half of it?

Rows are written to a file beside the final one, which takes its name at the end. CSV is
UTF-8 with a mark, every cell quoted, lines ended by CRLF; XLSX holds texts and numbers,
each as what it is, and never a formula.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from survey.errors import SurveyError
from survey.exports.formulas import harmless

Cell = str | int
WriteRow = Callable[[Sequence[Cell]], None]
SHEET_ROWS = 1_048_576
"""Rows of an XLSX sheet, its header included."""


class UnknownFormat(SurveyError):
    """A file name whose ending says neither CSV nor XLSX."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: the ending decides the form; use .csv or .xlsx")


class SheetFull(SurveyError):
    """More rows than one sheet holds."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: a sheet holds {SHEET_ROWS:,} rows; export as CSV")


def check_ending(path: Path) -> str:
    """The ending of a table's name, ``.csv`` or ``.xlsx``; raises :class:`UnknownFormat`."""
    ending = path.suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        raise UnknownFormat(path)
    return ending


@contextmanager
def table_file(path: Path, *, raw: bool = False) -> Iterator[WriteRow]:
    """Give a function that writes one row; ``path`` appears when the block ends well.

    Only its owner may read the file: it holds single answers, or links that are keys.
    ``raw`` leaves CSV cells that begin like a formula as they are, for statistics programs.
    Raises :class:`UnknownFormat`, and :class:`SheetFull` while rows are written.
    """
    csv_wanted = check_ending(path) == ".csv"
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    writer = _csv_writer(beside, raw=raw) if csv_wanted else _xlsx_writer(beside, path)
    try:
        beside.touch(mode=0o600)
        with writer as write_row:
            yield write_row
        with beside.open("r+b") as whole:  # on the disk before it has its name
            os.fsync(whole.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _csv_writer(beside: Path, *, raw: bool) -> Iterator[WriteRow]:
    with beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")

        def write_row(cells: Sequence[Cell]) -> None:
            writer.writerow(
                cells if raw else [harmless(c) if isinstance(c, str) else c for c in cells]
            )

        yield write_row


@contextmanager
def _xlsx_writer(beside: Path, final: Path) -> Iterator[WriteRow]:
    book = xlsxwriter.Workbook(str(beside), {"constant_memory": True})
    sheet = book.add_worksheet()
    count = 0

    def write_row(cells: Sequence[Cell]) -> None:
        nonlocal count
        if count == SHEET_ROWS:
            raise SheetFull(final)
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(count, place, cell)
            elif cell:
                sheet.write_string(count, place, _told(cell))
        count += 1

    try:
        yield write_row
    finally:
        book.close()


def _told(text: str) -> str:
    """Text as XlsxWriter writes it: what looks like its rich text it would write as raw XML.

    >>> _told("<r>a & b</r>"), _told("a & b")
    ('<r>a & b</r> ', 'a & b')
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
