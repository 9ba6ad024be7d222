"""XLSX files are read as a person sees them, and never trusted with memory."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from survey.imports.problems import ImportRefused, Problems
from survey.imports.spreadsheets import as_text
from survey.imports.tables import read_table


def book(path: Path, **sheets: list[list[object]]) -> Path:
    """An XLSX file with these sheets; dates are written as dates."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(number, place, value)
    return path


def rows_of(path: Path, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    """Every row of a sheet below its header, with its number."""
    problems = Problems(path.name)
    found = [(r.line, list(r.cells)) for r in read_table(path, sheet=sheet).rows(problems)]
    problems.raise_if_any()
    return found


def refused(path: Path, sheet: str | None = None) -> str:
    """What the refusal of a file says."""
    with pytest.raises(ImportRefused) as refusal:
        rows_of(path, sheet)
    return str(refusal.value)


def test_cells_become_the_text_a_person_sees(tmp_path: Path) -> None:
    """Numbers lose no digit and gain no ``.0``; days are ISO days; booleans are words."""
    path = book(
        tmp_path / "a.xlsx",
        Data=[["id", "n", "day", "yes"], ["0007", 1.0, date(2025, 3, 1), True], ["7", 0.25]],
    )
    assert rows_of(path) == [
        (2, ["0007", "1", "2025-03-01", "TRUE"]),
        (3, ["7", "0.25", "", ""]),
    ]


def test_values_of_every_type_have_a_text() -> None:
    """Times, moments and numbers beyond a spreadsheet's exactness are told plainly."""
    assert as_text(time(9, 30)) == "09:30:00"
    assert as_text(date(2025, 3, 1)) == "2025-03-01"
    assert as_text(datetime.fromisoformat("2025-03-01 09:30")) == "2025-03-01 09:30:00"
    assert as_text(1e15) == "1.00000E+15"
    assert as_text(-3.0) == "-3"


def test_blank_rows_and_cells_beyond_the_header(tmp_path: Path) -> None:
    """Gaps are skipped with the numbering kept; a cell beyond the header is noted."""
    path = book(tmp_path / "a.xlsx", S=[[], ["id", "n"], [], [1, 2], [3, 4, "", 5]])
    problems = Problems(path.name)
    table = read_table(path)
    assert [(row.line, list(row.cells)) for row in table.rows(problems)] == [(4, ["1", "2"])]
    assert [str(p) for p in problems.listed] == ["a.xlsx:5: row has 4 cells, the header has 2"]


def test_formatted_but_empty_cells_are_no_cells(tmp_path: Path) -> None:
    """A spreadsheet keeps cells that were only coloured; they do not make a row too long."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet, bold = made.add_worksheet(), made.add_format({"bold": True})
        sheet.write_row(0, 0, ["id", "n"])
        sheet.write_row(1, 0, [1, 2])
        for row in (0, 1):
            sheet.write_blank(row, 5, None, bold)
    assert rows_of(path) == [(2, ["1", "2"])]


def test_a_file_of_charts_only_is_refused(tmp_path: Path) -> None:
    """A workbook may have no sheet with cells at all."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=(Sheet1!$A$1,Sheet1!$A$4)"})
        made.add_chartsheet("Chart").set_chart(chart)
    assert "the file has no sheet with cells" in refused(path)


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    """The first sheet is read unless another is named; a wrong name lists the right ones."""
    path = book(tmp_path / "a.xlsx", One=[["a"], [1]], Two=[["b"], [2]])
    assert rows_of(path) == [(2, ["1"])]
    assert rows_of(path, "Two") == [(2, ["2"])]
    assert refused(path, "Three") == "a.xlsx:1: there is no sheet Three: there are One, Two"


def test_formulas_give_the_value_last_shown(tmp_path: Path) -> None:
    """A formula cell counts as what its spreadsheet had computed."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, "sum")
        sheet.write_formula(1, 0, "=1+1", None, 2)
    assert rows_of(path) == [(2, ["2"])]


def test_a_formula_that_was_never_computed_is_refused(tmp_path: Path) -> None:
    """A file made by a program may hold formulas without values: no blank is read instead."""
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    made.worksheets[0].append(["id", "sum"])
    made.worksheets[0].append([1, "=1+1"])
    made.save(path)
    assert refused(path).startswith("a.xlsx:2: a formula here was never computed")


@pytest.mark.parametrize("content", [b"", b"id,name\n1,Ann\n", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_xlsx_is_refused(tmp_path: Path, content: bytes) -> None:
    """A CSV or an old or protected Excel file under the wrong ending gets one plain line."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert "this is no XLSX file" in refused(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """Unpacked size is judged from the directory of the file, by sum and by ratio."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (30 << 20))
    assert "unpacks to far too much" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(21):
            packed.writestr(f"xl/media/{number}", b"0" * (10 << 20))
    assert "unpacks to more than 200 MiB" in refused(path)


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    """Whatever the reader stumbles over, the person gets a sentence and no traceback."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", b"<workbook")
    assert "the XLSX file is damaged" in refused(path)
