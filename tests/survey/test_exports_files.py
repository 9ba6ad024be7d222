"""What leaves the house as a file runs nothing, changes nothing, and is never half there."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from survey.exports.files import SHEET_ROWS, SheetFull, UnknownFormat, table_file
from survey.exports.formulas import harmless
from tests.outside_files import hostile_answers, needs_hostile

LENGTH = 5000
"""What the one door lets in at most."""


def storable_answers() -> list[str]:
    """Every answer of the corpus that a text column can hold at all."""
    return [answer.text for answer in hostile_answers() if storable(answer.text)]


def storable(answer: str) -> bool:
    """Whether the one door could have let this text in: bounded, encodable, no controls."""
    controls = any(ord(mark) < 32 and mark not in "\t\n" for mark in answer)
    surrogates = any("\ud800" <= mark <= "\udfff" for mark in answer)
    return bool(answer) and len(answer) <= LENGTH and not controls and not surrogates


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a CSV file as another program reads them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    "text",
    ["=1", " =1", "\ufeff+1", "\u200b-1", "@x", "＝1", "＋1", "－1", "＠1", "\tx", "\rx", " \t"],
)
def test_what_begins_like_a_formula_is_guarded(text: str) -> None:
    """White space and invisible marks do not hide a formula, full-width signs neither."""
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "A=1", "50% off", "'=1", "5 - 3", "\n\nfine", "谢谢"])
def test_harmless_text_is_left_alone(text: str) -> None:
    """The guard changes nothing that a spreadsheet would not run."""
    assert harmless(text) == text


def test_csv_is_quoted_marked_and_ended_as_spreadsheets_expect(tmp_path: Path) -> None:
    """A mark so that Chinese shows right, quotes around every cell, CRLF at every end."""
    path = tmp_path / "a.csv"
    with table_file(path) as write_row:
        write_row(["=head", "n"])
        write_row(['say "好"', 5])
    assert path.read_bytes() == ("\ufeff" + '"\'=head","n"\r\n"say ""好""","5"\r\n').encode()


def test_raw_csv_is_left_as_it_is(tmp_path: Path) -> None:
    """A statistics program gets the text that was typed, by a choice of its own."""
    path = tmp_path / "a.csv"
    with table_file(path, raw=True) as write_row:
        write_row(["=1+1"])
    assert read_csv(path) == [["=1+1"]]


@needs_hostile
def test_every_hostile_answer_leaves_harmless_in_csv(tmp_path: Path) -> None:
    """Read again, each answer is what was stored, or that with one apostrophe in front."""
    answers = storable_answers()
    path = tmp_path / "a.csv"
    with table_file(path) as write_row:
        for answer in answers:
            write_row([answer])
    back = [row[0] for row in read_csv(path)]
    assert back == [harmless(answer) for answer in answers]
    assert len(answers) > 150


@needs_hostile
def test_no_hostile_answer_becomes_a_formula_in_xlsx(tmp_path: Path) -> None:
    """Every cell is a typed text that reads back as it was: 0 formulas, 0 errors."""
    answers = storable_answers()
    path = tmp_path / "a.xlsx"
    with table_file(path) as write_row:
        write_row(["answer", "n"])
        for answer in answers:
            write_row([answer, 1])
    cells = list(openpyxl.load_workbook(path)["Sheet1"].iter_rows(min_row=2))
    assert {cell[0].data_type for cell in cells} == {"s"}
    assert {cell[1].data_type for cell in cells} == {"n"}
    assert [unescape(str(cell[0].value)) for cell in cells] == answers


def test_text_that_looks_like_rich_text_leaves_a_readable_file(tmp_path: Path) -> None:
    """Eve writes what the library takes for its own XML; the file stays whole, and says it."""
    path = tmp_path / "a.xlsx"
    with table_file(path) as write_row:
        write_row(["<r>a & b</r>"])
    (cell,) = next(openpyxl.load_workbook(path)["Sheet1"].iter_rows(values_only=True))
    assert cell == "<r>a & b</r> "


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, name: str) -> None:
    """When writing breaks off, the old file stays and nothing is left beside it."""
    path = tmp_path / name
    path.write_text("old")

    def break_off() -> None:
        with table_file(path) as write_row:
            write_row(["new"])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        break_off()
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """When power fails, the name stands for the old file or for all of the new one."""
    path, sync, rename = tmp_path / name, os.fsync, Path.replace
    done: list[tuple[str, int]] = []

    def synced(descriptor: int) -> None:
        sync(descriptor)
        done.append(("on the disk", os.fstat(descriptor).st_size))

    def renamed(beside: Path, target: Path) -> Path:
        done.append(("renamed", beside.stat().st_size))
        return rename(beside, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    with table_file(path) as write_row:
        write_row(["answer"])
    size = path.stat().st_size
    assert done == [("on the disk", size), ("renamed", size)]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_only_the_owner_may_read_what_is_written(tmp_path: Path, name: str) -> None:
    """Single answers and personal links are no business of other users of the machine."""
    path = tmp_path / name
    path.touch(mode=0o644)
    with table_file(path) as write_row:
        write_row(["answer"])
    assert path.stat().st_mode & 0o777 == 0o600


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """The ending says the form, so an unknown one is a plain error and no file."""
    with pytest.raises(UnknownFormat, match=r"answers\.pdf: the ending decides"):
        table_file(tmp_path / "answers.pdf").__enter__()
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_says_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is lost silently beyond what a sheet can hold."""
    monkeypatch.setattr("survey.exports.files.SHEET_ROWS", 2)
    assert SHEET_ROWS == 1_048_576
    with table_file(tmp_path / "a.xlsx") as write_row:
        write_row([1])
        write_row([2])
        with pytest.raises(SheetFull, match="export as CSV"):
            write_row([3])
