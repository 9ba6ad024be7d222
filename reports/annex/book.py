"""The file of the annex: sheets with a head, widths, filters and a print set-up, and its bytes.

The same sheets give the same bytes: what a file says of its making is the day of the data. Rows are
written as they come, so that five hundred segments take no more memory than one.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports import look
from reports.annex.cells import DAY, Cell, Link, Number, harmless

SHEET_ROWS = 1_048_576
"""Rows of a sheet, its head included."""

FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
A4 = 9
WIDEST, PROSE, NARROWEST, WIDE_FROM = 40, 90, 9, 0x2E80
"""Widths of columns in digits, and the first of the characters that take two."""

Style = tuple[tuple[str, object], ...]
WRAPPED: Style = (("text_wrap", True), ("align", "left"))
HEADING: Style = (("bold", True), ("font_color", look.INK), ("font_size", 12))
TITLE: Style = (("bold", True), ("font_color", look.INK), ("font_size", 18))
LINK: Style = (("font_color", look.GOOD), ("underline", 1))
HEAD: Style = (
    ("bold", True),
    ("font_color", look.PAPER),
    ("bg_color", look.INK),
    ("text_wrap", True),
    ("valign", "vcenter"),
)

UNDATED = dt.date(1980, 1, 1)
"""What a file says of its making where the data have no day."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its head, its rows, how many columns stay in sight and are printed.

    ``prose``: the column of sentences, which wraps.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 3
    printed: int = 0
    prose: int = -1


class _Exact(float):
    """A number that is written in the shortest form that reads back as the same number."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


class Book:
    """An XLSX file that is being written: a cover, then tables; ``bytes`` ends it."""

    def __init__(
        self, language: str, title: str, company: str, cover: str, made: dt.date | str
    ) -> None:
        self._out = io.BytesIO()
        self._font = {"font_name": FONTS[language], "font_size": 10, "valign": "top"}
        options = {"constant_memory": True, "default_format_properties": self._font}
        self._book = xlsxwriter.Workbook(self._out, options)
        day = UNDATED if isinstance(made, str) else made
        told = {
            "title": harmless(title),
            "author": harmless(company),
            "created": dt.datetime.combine(day, dt.time(0), dt.UTC),
        }
        self._book.set_properties({**told, "comments": "Tellback"})
        self._foot = harmless(f"{title} · {company}")[:100].replace("&", "&&")
        self._formats: dict[tuple[Style, str], Format] = {}
        self._cover = self._sheet(cover)

    def bytes(self) -> bytes:
        """The whole file; nothing can be written after."""
        self._book.close()
        return self._out.getvalue()

    def cover(self, rows: Sequence[Sequence[Cell]], headings: Iterable[int]) -> None:
        """The first sheet, to read: names at the left, what there is to say beside."""
        sheet = self._cover
        sheet.set_portrait()
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 92)
        bold = set(headings)
        for number, row in enumerate(rows):
            head = HEADING if number else TITLE
            for column, cell in enumerate(row):
                style = head if number in bold else WRAPPED if column else ()
                self._cell(sheet, number, column, cell, style)

    def table(self, table: Sheet) -> bool:
        """A sheet to filter, continued on further ones where it is full; whether it has a row.

        An empty one is not made.
        """
        sheet: Worksheet | None = None
        widths, at, part = [0] * len(table.head), 0, 0
        for row in table.rows:
            if sheet is not None and at == SHEET_ROWS:
                self._finish(sheet, table, widths, at)
                sheet = None
            if sheet is None:
                part += 1
                sheet = self._sheet(table.name if part == 1 else f"{table.name} ({part})")
                self._head(sheet, table)
                widths, at = list(map(_head_width, table.head)), 1
            for column, cell in enumerate(row):
                style = WRAPPED if column == table.prose else ()
                widths[column] = max(widths[column], self._cell(sheet, at, column, cell, style))
            at += 1
        if sheet is None:
            return False
        self._finish(sheet, table, widths, at)
        return True

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&8 {self._foot}&R&8 &A  &P / &N")
        sheet.fit_to_pages(1, 0)
        return sheet

    def _head(self, sheet: Worksheet, table: Sheet) -> None:
        sheet.set_landscape()
        sheet.set_row(0, 32)
        for column, text in enumerate(table.head):
            self._cell(sheet, 0, column, text, HEAD)
        sheet.freeze_panes(1, table.frozen)
        sheet.repeat_rows(0)

    def _finish(self, sheet: Worksheet, table: Sheet, widths: Sequence[int], rows: int) -> None:
        for column, width in enumerate(widths):
            most = PROSE if column == table.prose else WIDEST
            sheet.set_column(column, column, min(max(width, NARROWEST), most) + 1)
        last = len(table.head) - 1
        sheet.autofilter(0, 0, rows - 1, last)
        sheet.print_area(0, 0, rows - 1, (table.printed or len(table.head)) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{SHEET_ROWS}"})

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, style: Style) -> int:
        """Write a cell, if there is something in it; gives the width it would like to have."""
        if cell is None or cell == "":
            return 0
        if isinstance(cell, Number):
            exact = cell.value if isinstance(cell.value, int) else _Exact(cell.value)
            sheet.write_number(row, column, exact, self._format(style, cell.form))
            return NARROWEST
        if isinstance(cell, dt.date):
            sheet.write_datetime(row, column, cell, self._format(style, DAY))
            return len(DAY)
        if isinstance(cell, Link):
            place = f"internal:'{cell.sheet}'!A1"
            sheet.write_url(row, column, place, self._format((*style, *LINK)), cell.sheet)
            return width_of(cell.sheet)
        text, width = _shown(cell)
        sheet.write_string(row, column, text, self._format(style))
        return width

    def _format(self, style: Style, form: str = "General") -> Format:
        if (style, form) not in self._formats:
            own = {**self._font, **dict(style), "num_format": form}
            self._formats[style, form] = self._book.add_format(own)
        return self._formats[style, form]


@lru_cache(maxsize=10_000)
def _shown(text: str) -> tuple[str, int]:
    """A text as a cell can hold it, and its width; most stand in many cells."""
    kept = harmless(text)
    return kept, width_of(kept)


def width_of(text: str) -> int:
    """How many digits wide a text is; a Chinese character counts as two.

    >>> width_of("n"), width_of("客户")
    (1, 4)
    """
    return len(text) + sum(ord(character) >= WIDE_FROM for character in text)


def _head_width(text: str) -> int:
    """Room for a head of two lines and the arrow of its filter."""
    longest = max((width_of(word) for word in text.split() if word.isascii()), default=0)
    return max(longest, math.ceil(width_of(text) / 2) + 1) + 3
