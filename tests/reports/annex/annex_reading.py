"""Reading annexes back: sheets as rows with a name for each cell, and the numbers of findings."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell

from reports.findings import Findings
from reports.findings_json import to_json

Row = dict[str, object]


def opened(data: bytes) -> Workbook:
    """The workbook, formulas as they stand and not as they were last computed."""
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(data: bytes, sheet: str) -> list[Row]:
    """The rows of a sheet, each cell by the head of its column."""
    head, *body = opened(data)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def cells(data: bytes) -> Iterator[tuple[str, Cell]]:
    """Every cell that holds something, with the name of its sheet."""
    for sheet in opened(data).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    yield sheet.title, cell


def numbers(data: bytes) -> Iterator[tuple[str, str, float]]:
    """Every number of an annex, with its sheet and place; days are no numbers."""
    for title, cell in cells(data):
        if isinstance(cell.value, int | float):
            yield title, cell.coordinate, cell.value


def days(data: bytes) -> list[str]:
    """Every day of an annex, as findings write it."""
    values = (cell.value for _title, cell in cells(data))
    return [value.date().isoformat() for value in values if isinstance(value, datetime)]


def numbers_of(found: Findings) -> set[float]:
    """Every number that findings.json holds."""

    def walk(value: object) -> Iterator[float]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield value

    return set(walk(json.loads(to_json(found))))
