"""The annex as a file: the same bytes everywhere, safe to open, ready to filter and to print."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.annex import annex, book
from reports.annex.book import Book, Sheet
from reports.annex.cells import LONGEST, Number
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports.annex.annex_reading import cells, opened, rows

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import hashlib
from reports.annex import annex
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases

for language in ("en", "zh"):
    data = annex(cases.make_findings(), pdf_asked.make_instrument(), language)
    print(hashlib.sha256(data).hexdigest())
"""


@pytest.fixture(scope="module")
def english() -> bytes:
    """The annex of the full report in English."""
    return annex(cases.make_findings(), pdf_asked.make_instrument(), "en")


@pytest.fixture(scope="module")
def chinese() -> bytes:
    """The annex of the full report in Chinese."""
    return annex(cases.make_findings(), pdf_asked.make_instrument(), "zh")


def tables(data: bytes) -> Sequence[Worksheet]:
    """All sheets but the cover."""
    return [sheet for sheet in opened(data).worksheets[1:] if isinstance(sheet, Worksheet)]


def test_another_process_makes_the_same_bytes(
    english: bytes, chinese: bytes, tmp_path: Path
) -> None:
    """Hash seed, time zone, locale, folder and the rights of new files change nothing."""
    changed = {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "de_DE.UTF-8",
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, **changed},
        umask=0o022 if os.umask(os.umask(0o077)) != 0o022 else 0o077,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == [hashlib.sha256(d).hexdigest() for d in (english, chinese)]
    assert list(tmp_path.iterdir()) == []


def test_no_cell_is_a_formula_and_nothing_leads_elsewhere(english: bytes, chinese: bytes) -> None:
    """What customers and companies wrote stays text; links lead to sheets of the same file."""
    for data in (english, chinese):
        assert {cell.data_type for _sheet, cell in cells(data)} <= {"s", "n", "d", "inlineStr"}
        links = [cell.hyperlink for _sheet, cell in cells(data) if cell.hyperlink]
        assert links
        assert all(link.location and not link.target for link in links)


HOSTILE = {
    "=1+1": ('=HYPERLINK("http://example.org";"x")', 40),
    "+1": ("+cmd|' /C calc'!A0", 50),
    "@x": ("@SUM(A1:A9)", 60),
    "-2": ("<r><t>not text</t></r>", 70),
    "c": ("Dave\x00\x07\u202e\ufffe & <b>Co\ud800", 80),
    "r": ("<r>x</r>", 90),
}


def test_hostile_names_stay_what_they_are() -> None:
    """Neither formula nor markup, and no character that breaks the file."""
    found = cases.make_findings(segments=HOSTILE, company="=1+1 & \x00<Eve>")
    data = annex(found, pdf_asked.make_instrument(), "en")
    assert {cell.data_type for _sheet, cell in cells(data)} <= {"s", "n", "d", "inlineStr"}
    names = [str(row["Segment"]) for row in rows(data, "Segments")]
    assert names[1:4] == [HOSTILE["=1+1"][0], HOSTILE["+1"][0], HOSTILE["@x"][0]]
    assert [name.rstrip() for name in names[4:]] == [
        "<r><t>not text</t></r>",
        "Dave & <b>Co",
        "<r>x</r>",
    ]
    ids = [row["Segment (id)"] for row in rows(data, "Segments")]
    assert ids == ["all", *HOSTILE]
    assert opened(data).properties.creator == "=1+1 & <Eve>"


def test_very_long_texts_are_cut_where_a_cell_ends() -> None:
    """A text of 100,000 characters loses its end, and not the file."""
    found = cases.make_findings()
    told = dataclasses.replace(found.provenance, generated_from="数😀" * 50_000)
    data = annex(dataclasses.replace(found, provenance=told), pdf_asked.make_instrument(), "en")
    longest = max(
        (str(cell.value) for _sheet, cell in cells(data) if isinstance(cell.value, str)), key=len
    )
    assert LONGEST - 1 <= len(longest.encode("utf-16-le")) / 2 <= LONGEST
    assert longest.endswith("…")


def test_tables_can_be_filtered_scrolled_and_printed(english: bytes, chinese: bytes) -> None:
    """Head and names stay in sight, every column filters, the head is on every sheet of paper."""
    for sheet in (*tables(english), *tables(chinese)):
        last = f"{get_column_letter(sheet.max_column)}{sheet.max_row}"
        assert sheet.auto_filter.ref == f"A1:{last}", sheet.title
        assert sheet.freeze_panes not in (None, "A1", "A2"), sheet.title
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))


def test_columns_are_as_wide_as_what_stands_in_them(english: bytes, chinese: bytes) -> None:
    """No number shows as ####, no word of a head is broken, and no column fills the screen."""
    for sheet in (*tables(english), *tables(chinese)):
        for number in range(1, sheet.max_column + 1):
            letter = get_column_letter(number)
            wide = sheet.column_dimensions[letter].width
            longest = max(map(len, str(sheet[f"{letter}1"].value).split()))
            assert longest < wide, (sheet.title, letter)
            assert 10 <= wide <= 92, (sheet.title, letter)


def test_numbers_are_shown_as_the_report_prints_them(english: bytes) -> None:
    """Shares as per cent, an index with one decimal; the cell keeps what the format rounds."""
    sheet = opened(english)["Figures"]
    head = [cell.value for cell in sheet[1]]
    shown = {
        str(row[head.index("Figure (key)")].value): row[head.index("Value")].number_format
        for row in sheet.iter_rows(min_row=2)
    }
    assert shown["satisfaction_index"] == "0.0"
    assert shown["complaint_rate"] == "0.0%"
    assert shown["attribute_mean"] == "0.00"
    assert shown["gap"] == "+0.00;-0.00;0.00"
    assert shown["nps"] == "+0%;-0%;0%"


def test_letters_and_dates_are_named_for_the_language(english: bytes, chinese: bytes) -> None:
    """Chinese is set in a Chinese face; the file says it was made on the last day of its data."""
    for data, face in ((english, "Calibri"), (chinese, "Microsoft YaHei")):
        assert {cell.font.name for _sheet, cell in cells(data)} == {face}
        assert opened(data).properties.created.isoformat() == "2026-10-31T00:00:00"
    assert [sheet.title for sheet in opened(chinese)][:3] == ["说明", "客户群", "数据"]


def test_chinese_leaves_no_word_in_english(chinese: bytes) -> None:
    """Names, units, bases, methods and reasons are all translated; ids are ids."""
    for sheet in tables(chinese):
        for cell in sheet[1]:
            text = str(cell.value)
            assert not text.isascii() or text == "n", (sheet.title, text)
    for row in rows(chinese, "数据"):
        for name in ("指标", "基数说明", "单位", "数据等级", "方法"):
            text = str(row[name] or "数")
            assert not text.isascii() or text in {"NPS"}, (name, text)


def test_there_is_no_sheet_without_a_row() -> None:
    """The first month has nothing to compare with; its annex does not pretend to."""
    first = cases.make_findings(waves=1)
    bare = dataclasses.replace(
        first, segments=tuple(dataclasses.replace(s, trend=()) for s in first.segments)
    )
    names = opened(annex(bare, pdf_asked.make_instrument(), "en")).sheetnames
    assert names[:3] == ["About", "Segments", "Figures"]
    assert not {"Changes", "Trend", "Chart points"} & set(names)
    cover = opened(annex(bare, pdf_asked.make_instrument(), "en"))["About"]
    assert {cell.value for (cell,) in cover["A1:A60"]} >= set(names[1:])


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet holds so many rows; what is more stands on the next, under the same head."""
    monkeypatch.setattr(book, "SHEET_ROWS", 4)
    made = Book("en", "Report", "Hydra Pumps", "About", "spring")
    assert made.table(Sheet("Figures", ("n", "m"), ([Number(i), None] for i in range(7)), 1))
    assert not made.table(Sheet("Trend", ("n",), (), 1))
    made.cover([["Annex"]], [0])
    data = made.bytes()
    assert opened(data).sheetnames == ["About", "Figures", "Figures (2)", "Figures (3)"]
    parts = [[row["n"] for row in rows(data, name)] for name in opened(data).sheetnames[1:]]
    assert parts == [[0, 1, 2], [3, 4, 5], [6]]
    assert opened(data).properties.created.year == 1980


def test_a_number_is_written_in_full() -> None:
    """Seventeen digits where it takes so many: sixteen would be another number."""
    exact = [0.1 + 0.2, 1 / 3, 1e-27, 71.51407974006634, 2.0**53 + 2]
    made = Book("en", "Report", "Hydra Pumps", "About", "spring")
    made.table(Sheet("Figures", ("n",), ([Number(value)] for value in exact), 1))
    assert [row["n"] for row in rows(made.bytes(), "Figures")] == exact


def test_a_trend_names_periods_and_their_ids(english: bytes) -> None:
    """A reader sees the month, a filter the order."""
    first = rows(english, "Trend")[0]
    assert (first["Period"], first["Period (id)"]) == ("November 2024", "2024-11")


def test_a_hidden_period_of_a_trend_is_empty() -> None:
    """Neither value nor base of a month with too few answers."""
    found = pdf_states.emptied(cases.make_findings())
    row = rows(annex(found, pdf_asked.make_instrument(), "en"), "Trend")[0]
    assert (row["Value"], row["Why there is no value"]) == (None, "no answers")
