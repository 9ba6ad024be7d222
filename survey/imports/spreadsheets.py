"""Which rows does an XLSX sheet hold, in the words a person sees in its cells?

An XLSX file is a ZIP of XML, so its unpacked size is judged before anything is read: a
file of some kilobytes can unpack to gigabytes. Numbers come as they would be typed
(``1.0`` → ``1``), dates as ISO days, formulas as the value the spreadsheet last showed.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from instruments.problems import shown
from survey.imports.problems import ImportRefused, Problems

UNPACKED_LIMIT = 200 << 20
"""Bytes an XLSX file may unpack to."""
STRINGS_LIMIT = 64 << 20
"""Bytes of its table of texts, which is held in memory while rows are read."""
RATIO_LIMIT = 200
"""How many times its size a part above 10 MiB may unpack to."""
EXACT = 1e15
"""Whole numbers up to here are exact in a spreadsheet."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
)
"""What the XLSX reader raises for damaged files, as it has no error of its own for them."""


def sheet_rows(path: Path, sheet: str | None = None) -> Iterator[tuple[int, Sequence[str]]]:
    """(row number, cells as text) of one sheet; each row at least as wide as the first.

    Blank cells at the end of a row are dropped beyond the width of the first row that is
    not blank. Raises :class:`survey.imports.problems.ImportRefused` for a file that is no
    XLSX, is damaged, too large unpacked, or has no such sheet.
    """
    problems = Problems(path.name)
    _check_size(path, problems)
    width = 0
    try:
        for number, values in enumerate(_values(path, sheet, problems), start=1):
            cells = [as_text(value) for value in values]
            while len(cells) > width and not cells[-1]:
                cells.pop()
            width = width or len(cells)
            yield number, cells + [""] * (width - len(cells))
    except _BROKEN as error:
        raise problems.refuse(
            1, f"the XLSX file is damaged ({shown(str(error))})", "save it anew"
        ) from None


def _values(path: Path, sheet: str | None, problems: Problems) -> Iterator[tuple[object, ...]]:
    """The values of a sheet's rows, as its spreadsheet last showed them."""
    with _opened(path, sheet, problems, values=True) as shown_rows:
        if not _has_formulas(path):
            yield from shown_rows
            return
        with _opened(path, sheet, problems, values=False) as written_rows:
            for number, (seen, written) in enumerate(zip(shown_rows, written_rows, strict=True), 1):
                for value, cell in zip(seen, written, strict=True):
                    if value is None and cell is not None:
                        what = "a formula here was never computed"
                        raise problems.refuse(
                            number, what, "open the file in a spreadsheet, save it"
                        )
                yield seen


@contextmanager
def _opened(
    path: Path, sheet: str | None, problems: Problems, *, values: bool
) -> Iterator[Iterator[tuple[object, ...]]]:
    """The rows of a sheet: the values last shown, or the formulas as written."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions it does not know
        book = load_workbook(path, read_only=True, data_only=values, keep_links=False)
    try:
        names = [found.title for found in book.worksheets]
        if not names:
            raise problems.refuse(1, "the file has no sheet with cells")
        if sheet is not None and sheet not in names:
            raise problems.refuse(
                1, f"there is no sheet {shown(sheet)}", f"there are {shown(', '.join(names), 200)}"
            )
        chosen = book[sheet if sheet is not None else names[0]]
        chosen.reset_dimensions()
        # A generator, which keeps its part of the ZIP open until it is closed or at its end.
        rows = cast("Generator[tuple[object, ...], None, None]", chosen.iter_rows(values_only=True))
        with closing(rows):
            yield rows
    finally:
        book.close()


def _has_formulas(path: Path) -> bool:
    """Whether any sheet of the file holds a formula; most do not, and are read only once."""
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/"):
                with packed.open(name) as part:
                    before = b""
                    while chunk := part.read(1 << 20):
                        if b"<f>" in before + chunk or b"<f " in before + chunk:
                            return True
                        before = chunk[-2:]
    return False


def _check_size(path: Path, problems: Problems) -> None:
    refusal = _size_refusal(path, problems)
    if refusal is not None:
        raise refusal


def _size_refusal(path: Path, problems: Problems) -> ImportRefused | None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        return problems.refuse(1, "this is no XLSX file", "save the table as XLSX or CSV")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        return problems.refuse(1, "the XLSX file unpacks to more than 200 MiB", "export it as CSV")
    for part in parts:
        texts = part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_LIMIT
        bomb = part.file_size > max(10 << 20, RATIO_LIMIT * part.compress_size)
        if texts or bomb:
            return problems.refuse(1, "the XLSX file unpacks to far too much", "export it as CSV")
    return None


def as_text(value: object) -> str:
    """What a person would read in the cell.

    Whole numbers beyond 15 digits have lost digits in the spreadsheet already; they keep the
    form ``1.23457E+17`` so that an id among them is refused and not mistaken.

    >>> [as_text(v) for v in (None, 1.0, 0.25, True, datetime(2025, 3, 1), 123456789012345680.0)]
    ['', '1', '0.25', 'TRUE', '2025-03-01', '1.23457E+17']
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            if abs(value) >= EXACT:
                return f"{value:.5E}"
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            whole_day = value.time() == time(0)
            return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
