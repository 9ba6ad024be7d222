"""Exported answers are complete, harmless, and can be taken in again unchanged."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert, select

from instruments.answers import check_answers
from instruments.reader import read_instrument
from reports.tally import tally
from survey.dataset import read_dataset
from survey.exports.files import UnknownFormat
from survey.exports.formulas import harmless
from survey.exports.responses import FIXED, export_responses
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import NoSuchSurvey
from survey.imports.responses import import_responses
from survey.store import Store
from survey.store.tables import InstrumentVersion, Response
from tests.outside_files import hostile_answers, needs_hostile
from tests.survey.import_cases import (
    INSTRUMENT,
    MAPPING,
    NOW,
    SOURCE,
    drawn_rows,
    mapping_file,
    open_small,
    write,
)

BACK = """
mapping: 1
wave: {column: response.day}
id: response.id
language: {column: response.language}
segments: {tier: segment.tier}
columns:
  overall: overall
  recommend: recommend
  told: told
  problem: problem
  kind.1: {question: kind, option: 1}
  kind.2: {question: kind, option: 2}
  kind.3: {question: kind, option: 3}
  handling: handling
  importance.price: {question: importance, attribute: price}
  importance.staff: {question: importance, attribute: staff}
  importance.speed: {question: importance, attribute: speed}
  comment: comment
ignore: rest
"""


def add_version(store: Store, version: int, source: str) -> None:
    """Publish another version of the small questionnaire."""
    made = read_instrument(source.replace("version: 1", f"version: {version}").encode(), "s.yaml")
    with store.write() as connection:
        connection.execute(
            insert(InstrumentVersion).values(
                id=made.id, version=version, source=made.source, stored_at=NOW
            )
        )


def add(store: Store, raw: dict[str, Any], number: int = 0, **more: Any) -> None:
    """Store one response through the one door."""
    checked = check_answers(INSTRUMENT, {"overall": 3, **raw})
    new = NewResponse(
        "small",
        f"s{number}",
        1,
        "2026-10",
        date(2026, 10, 5),
        "en",
        "open",
        checked.answers,
        checked.comments,
        {"tier": "A"},
    )
    with store.write() as connection:
        store_responses(connection, [replace(new, **more)])


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of an exported CSV file by column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_holds_everything_of_a_response(store: Store, tmp_path: Path) -> None:
    """Codes, reasons, ticks, places, texts and segments, each in its column."""
    open_small(store)
    raw = {
        "overall": "dk",
        "recommend": 0,
        "problem": 1,
        "kind": [1, 3],
        "handling": "na",
        "importance": ["speed", "price"],
        "comment": "谢谢, 很好",
    }
    add(store, raw)
    assert export_responses(store, "small", tmp_path / "a.csv") == 1
    (row,) = rows_of(tmp_path / "a.csv")
    assert len(row.pop("response.id")) == 32
    assert row == {
        "response.wave": "2026-10",
        "response.day": "2026-10-05",
        "response.language": "en",
        "response.channel": "open",
        "segment.tier": "A",
        "overall": "dk",
        "recommend": "0",
        "told": "",
        "problem": "1",
        "kind.1": "1",
        "kind.2": "0",
        "kind.3": "1",
        "handling": "na",
        "importance.price": "2",
        "importance.staff": "0",
        "importance.speed": "1",
        "comment": "谢谢, 很好",
    }


def test_labels_are_the_words_of_the_questionnaire(sqlite_store: Store, tmp_path: Path) -> None:
    """A point without a label keeps its code; reasons stay words of their own."""
    open_small(sqlite_store)
    add(sqlite_store, {"overall": 5, "recommend": 7, "problem": 2})
    export_responses(sqlite_store, "small", tmp_path / "a.csv", labels=True)
    (row,) = rows_of(tmp_path / "a.csv")
    assert (row["overall"], row["recommend"], row["problem"]) == ("Very", "7", "None")


def test_xlsx_cells_are_typed(sqlite_store: Store, tmp_path: Path) -> None:
    """Codes are numbers, words are texts, and what begins like a formula stays a text."""
    open_small(sqlite_store)
    add(sqlite_store, {"overall": 5, "comment": "=1+1"})
    export_responses(sqlite_store, "small", tmp_path / "a.xlsx")
    header, row = openpyxl.load_workbook(tmp_path / "a.xlsx")["Sheet1"].iter_rows()
    cells = {str(name.value): cell for name, cell in zip(header, row, strict=True)}
    assert list(cells)[:5] == list(FIXED)
    assert (cells["overall"].value, cells["overall"].data_type) == (5, "n")
    assert (cells["comment"].value, cells["comment"].data_type) == ("=1+1", "s")
    assert cells["told"].value is None


def test_waves_can_be_chosen(sqlite_store: Store, tmp_path: Path) -> None:
    """Only the waves asked for are written."""
    open_small(sqlite_store)
    for number, wave in enumerate(["2026-08", "2026-09", "2026-09"]):
        add(sqlite_store, {"comment": wave}, number, wave=wave)
    path = tmp_path / "a.csv"
    assert export_responses(sqlite_store, "small", path, waves=["2026-09"]) == 2
    assert [row["comment"] for row in rows_of(path)] == ["2026-09", "2026-09"]


def test_answers_to_retired_questions_are_written_too(sqlite_store: Store, tmp_path: Path) -> None:
    """An old version's question keeps its column when the next version drops it."""
    open_small(sqlite_store)
    add_version(sqlite_store, 2, SOURCE.replace("id: told", "id: retold"))
    add(sqlite_store, {"told": 7}, 1)
    add(sqlite_store, {}, 2, instrument_version=2, answers={"retold": 9})
    export_responses(sqlite_store, "small", tmp_path / "a.csv")
    found = rows_of(tmp_path / "a.csv")
    assert Counter((row["told"], row["retold"]) for row in found) == {("7", ""): 1, ("", "9"): 1}
    assert list(found[0])[-1] == "told"


def test_a_question_that_was_asked_in_another_form_keeps_both(
    sqlite_store: Store, tmp_path: Path
) -> None:
    """Where one version lets people tick several and the next but one, each has its columns."""
    open_small(sqlite_store)
    single = SOURCE.replace("type: multiple", "type: single").replace(
        "kind, is: [1, 2]", "kind, is: 1"
    )
    add_version(sqlite_store, 2, single)
    add(sqlite_store, {"problem": 1, "kind": [1, 3]}, 1)
    add(sqlite_store, {}, 2, instrument_version=2, answers={"problem": 1, "kind": 3})
    export_responses(sqlite_store, "small", tmp_path / "a.csv", labels=True)
    found = Counter(
        (row["kind"], row["kind.1"], row["kind.2"], row["kind.3"])
        for row in rows_of(tmp_path / "a.csv")
    )
    assert found == {("", "1", "0", "1"): 1, ("Rude", "", "", ""): 1}


def test_each_text_stands_in_its_own_row(store: Store, tmp_path: Path) -> None:
    """Responses with and without texts, over several chunks, are not mixed up."""
    open_small(store)
    for number in range(25):
        comment = f"text {number}" if number % 3 else ""
        add(store, {"told": number, "comment": comment}, number)
    export_responses(store, "small", tmp_path / "a.csv")
    for row in rows_of(tmp_path / "a.csv"):
        number = int(row["told"])
        assert row["comment"] == (f"text {number}" if number % 3 else "")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_can_be_imported(store: Store, tmp_path: Path, suffix: str) -> None:
    """Out and in again, into a fresh survey, gives the same columns and the same tally."""
    open_small(store)
    open_small(store, "again")
    path = write(tmp_path, drawn_rows(200))
    import_responses(store, "small", path, mapping_file(tmp_path, MAPPING), now=NOW)
    exported = tmp_path / f"out{suffix}"
    assert export_responses(store, "small", exported) == 200
    import_responses(store, "again", exported, mapping_file(tmp_path, BACK), now=NOW)
    first, second = (read_dataset(store, name, INSTRUMENT) for name in ("small", "again"))
    for name in first.columns:
        assert Counter(first.columns[name].tolist()) == Counter(second.columns[name].tolist())
    assert tally(first) == tally(second)
    assert first.segments["tier"].levels == second.segments["tier"].levels


@needs_hostile
def test_hostile_answers_leave_harmless(sqlite_store: Store, tmp_path: Path) -> None:
    """What the door took in is read back from CSV with at most an apostrophe in front."""
    taken = [
        answer.text
        for answer in hostile_answers()
        if not check_answers(INSTRUMENT, {"overall": 3, "comment": answer.text}).problems
    ]
    open_small(sqlite_store)
    for number, answer in enumerate(taken):
        add(sqlite_store, {"comment": answer, "told": number % 121}, number)
    with sqlite_store.read() as connection:
        keys = connection.scalars(select(Response.id).order_by(Response.id)).all()
    for raw in (False, True):
        export_responses(sqlite_store, "small", tmp_path / "a.csv", raw=raw)
        rows = rows_of(tmp_path / "a.csv")
        assert [row["response.id"] for row in rows] == list(keys)
        expected = Counter(
            text if raw else harmless(text)
            for answer in taken
            for text in check_answers(INSTRUMENT, {"comment": answer}).comments.values()
        )
        found = Counter(row["comment"] for row in rows if row["comment"])
        assert found == Counter({k: v for k, v in expected.items() if k})
    export_responses(sqlite_store, "small", tmp_path / "a.xlsx")
    types = {
        cell.data_type
        for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["Sheet1"].iter_rows()
        for cell in row
    }
    assert types == {"n", "s"}
    assert len(taken) > 150


def test_a_hostile_segment_is_guarded(sqlite_store: Store, tmp_path: Path) -> None:
    """Segments come from files of others, and are guarded like any text."""
    open_small(sqlite_store)
    add(sqlite_store, {}, segments={"tier": "@SUM(A1)"})
    export_responses(sqlite_store, "small", tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv")[0]["segment.tier"] == "'@SUM(A1)"


def test_what_cannot_be_exported_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    """An unknown survey and an unknown ending leave no file behind."""
    open_small(sqlite_store)
    with pytest.raises(NoSuchSurvey):
        export_responses(sqlite_store, "none", tmp_path / "a.csv")
    with pytest.raises(UnknownFormat):
        export_responses(sqlite_store, "small", tmp_path / "a.sav")
    assert not list(tmp_path.glob("*a.*"))


def test_an_empty_survey_is_a_header(sqlite_store: Store, tmp_path: Path) -> None:
    """Nobody has answered yet: the columns are there, and no row."""
    open_small(sqlite_store)
    assert export_responses(sqlite_store, "small", tmp_path / "a.csv") == 0
    assert rows_of(tmp_path / "a.csv") == []
