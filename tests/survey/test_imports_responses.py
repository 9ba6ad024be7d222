"""Answers gathered elsewhere are taken whole or not at all, once, and mean what they meant."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from instruments.answers import AnswerProblem, Reason
from reports.dataset import Dataset
from reports.tally import tally, tally_by
from survey.dataset import read_dataset
from survey.fieldwork.surveys import NoSuchSurvey
from survey.imports.batches import AlreadyImported
from survey.imports.judging import worded
from survey.imports.problems import ImportRefused
from survey.imports.responses import ImportResult, import_responses
from survey.store import Store
from survey.store.tables import Comment, ImportBatch, Response
from tests.survey.import_cases import (
    HEADER,
    INSTRUMENT,
    MAPPING,
    NOW,
    drawn_rows,
    mapping_file,
    open_small,
    write,
)

GOOD = [
    "5,10,3,1,1,0,1,4,speed,price,Thank you,A",
    "98,0,,2,,,,,,,,B",
    "99,,120,,,,,,staff,,谢谢,A",
]


def take(store: Store, path: Path, survey: str = "small", text: str = MAPPING) -> ImportResult:
    """Import a file by a mapping."""
    return import_responses(store, survey, path, mapping_file(path.parent, text), now=NOW)


def refused(store: Store, path: Path, text: str = MAPPING) -> tuple[str, ...]:
    """What the refusal of a file says; nothing is stored by it."""
    before = stored(store)
    with pytest.raises(ImportRefused) as refusal:
        take(store, path, text=text)
    assert stored(store) == before
    return refusal.value.lines


def stored(store: Store) -> tuple[int, int, int]:
    """How many responses, comments and batches there are."""
    with store.read() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (Response, Comment, ImportBatch)
        ]
    return counts[0], counts[1], counts[2]


def answers(store: Store, survey: str = "small") -> list[dict[str, Any]]:
    """The answers stored, in an order that does not depend on their keys."""
    query = select(Response.answers).where(Response.survey_id == survey)
    with store.read() as connection:
        return sorted(connection.scalars(query), key=str)


def content(data: Dataset) -> Counter[tuple[object, ...]]:
    """The rows of a dataset, without their order."""
    columns = [data.columns[name].tolist() for name in sorted(data.columns)]
    waves = [data.wave.levels[code] for code in data.wave.codes]
    tiers = [data.segments["tier"].levels[code] for code in data.segments["tier"].codes]
    return Counter(zip(waves, tiers, *columns, strict=True))


def test_answers_are_stored_as_they_were_given(store: Store, tmp_path: Path) -> None:
    """Codes, ticks, rankings, texts, wave and segments of a file, on each database."""
    open_small(store)
    result = take(store, write(tmp_path, GOOD))
    assert (result.rows, stored(store)) == (3, (3, 2, 1))
    assert answers(store) == sorted(
        [
            {
                "overall": 5,
                "recommend": 10,
                "told": 3,
                "problem": 1,
                "kind": [1, 3],
                "handling": 4,
                "importance": ["speed", "price"],
            },
            {"overall": "dk", "recommend": 0, "problem": 2},
            {"told": 120, "importance": ["staff"]},
        ],
        key=str,
    )
    with store.read() as connection:
        rows = connection.execute(select(*Response.__table__.columns)).all()
        bodies = set(connection.scalars(select(Comment.body)))
    assert bodies == {"Thank you", "谢谢"}
    assert Counter(row.segments["tier"] for row in rows) == {"A": 2, "B": 1}
    assert {(row.wave, str(row.day), row.channel, row.language) for row in rows} == {
        ("2026-10", "2026-10-01", "import", "en")
    }
    assert {row.import_id for row in rows} == {result.batch}
    assert {(row.submitted_at, row.invitation_id, row.customer_id) for row in rows} == {
        (None, None, None)
    }


def test_required_questions_may_be_blank(sqlite_store: Store, tmp_path: Path) -> None:
    """A file cannot be asked again: what it lacks is no answer, not a problem."""
    open_small(sqlite_store)
    take(sqlite_store, write(tmp_path, [",9,,,,,,,,,,"]))
    assert answers(sqlite_store) == [{"recommend": 9}]


def test_what_was_not_asked_is_left_out(sqlite_store: Store, tmp_path: Path) -> None:
    """An answer behind a condition that does not hold never reaches a figure."""
    open_small(sqlite_store)
    take(sqlite_store, write(tmp_path, ["5,,,2,1,1,1,5,,,,"]))
    assert answers(sqlite_store) == [{"overall": 5, "problem": 2}]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("6,,,,,,,,,,,", "Q1: 6 is no code of question overall: its codes are 1 to 5"),
        ("good,,,,,,,,,,,", "Q1: good is no code of question overall"),
        (",11,,,,,,,,,,", "NPS: 11 is no code of question recommend: its codes are 0 to 10"),
        (",,121,,,,,,,,,", "TOLD: 121 is no code of question told: its codes are 0 to 120"),
        (",,,1,1,2,,,,,,", "K1, K2, K3: 2 is no code of question kind"),
        (",,,,,,,,taste,,,", "FIRST, SECOND: taste is no code of question importance"),
        (",,,,,,,,price,price,,", "FIRST, SECOND: price, price holds the same twice: keep one"),
        (",,,,,,,,,price,,", "FIRST, SECOND: a place of the ranking is left out"),
        (",,,,,,,,,," + "x" * 5001 + ",", "NOTE: the text is longer than 5,000 characters"),
        (",,,,,,,,,,,#REF!", "TIER: #REF! is an error of the spreadsheet"),
        (",,,,,,,,,,," + "x" * 201, "TIER: tier is longer than 200 characters"),
    ],
)
def test_a_wrong_cell_refuses_the_file(
    sqlite_store: Store, tmp_path: Path, row: str, told: str
) -> None:
    """File, line and column are named, and none of the good rows is stored."""
    open_small(sqlite_store)
    lines = refused(sqlite_store, write(tmp_path, [*GOOD, row]))
    assert len(lines) == 1
    assert lines[0].startswith(f"answers.csv:5: column {told}")


def test_all_problems_are_told_at_once(sqlite_store: Store, tmp_path: Path) -> None:
    """Wrong cells and wrong rows come in one list, in the order of the file."""
    open_small(sqlite_store)
    assert refused(sqlite_store, write(tmp_path, ["7,11,,,,,,,,,,", "1,2", GOOD[0]])) == (
        "answers.csv:2: column Q1: 7 is no code of question overall: its codes are 1 to 5",
        "answers.csv:2: column NPS: 11 is no code of question recommend: its codes are 0 to 10",
        "answers.csv:3: row has 2 cells, the header has 12",
    )


def test_a_wrong_mapping_is_told_before_any_row(sqlite_store: Store, tmp_path: Path) -> None:
    """Rows are not judged by a mapping that is wrong itself."""
    open_small(sqlite_store)
    lines = refused(sqlite_store, write(tmp_path, ["7,,,,,,,,,,,"]), MAPPING + "  XX: overall\n")
    assert [line.split(": ")[0] for line in lines] == ["mapping.yaml:18:3"] * 2


def test_a_file_without_rows_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    """A header alone is a mistake, not an import of nothing."""
    open_small(sqlite_store)
    assert refused(sqlite_store, write(tmp_path, [])) == (
        "answers.csv:1: there are no rows below the header",
    )


def test_the_same_file_is_not_taken_twice(store: Store, tmp_path: Path) -> None:
    """A second try, under any name, says so and changes nothing; another survey may take it."""
    open_small(store)
    open_small(store, "other")
    take(store, write(tmp_path, GOOD))
    again = write(tmp_path, GOOD, "renamed.csv")
    with pytest.raises(AlreadyImported, match=r"renamed\.csv was imported into survey small"):
        take(store, again)
    assert stored(store) == (3, 2, 1)
    take(store, again, survey="other")
    assert stored(store) == (6, 4, 2)


def test_two_imports_of_one_file_at_once_are_one(store: Store, tmp_path: Path) -> None:
    """When both began before either ended, the database lets one of them in."""
    open_small(store)
    path, mapping = write(tmp_path, drawn_rows(600)), mapping_file(tmp_path)
    both_began = threading.Barrier(2, timeout=30)
    outcomes: list[str] = []

    def import_it() -> None:
        def progress(done: int, _total: int) -> None:
            if done == 500:
                both_began.wait()

        try:
            import_responses(store, "small", path, mapping, now=NOW, progress=progress)
            outcomes.append("taken")
        except AlreadyImported:
            outcomes.append("refused")

    threads = [threading.Thread(target=import_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    assert stored(store)[0] == 600


def test_more_places_than_asked_for_are_told(sqlite_store: Store, tmp_path: Path) -> None:
    """A full ranking is no answer to a question for the two most important."""
    open_small(sqlite_store)
    text = "mapping: 1\nwave: 2026-10\ncolumns:\n" + "".join(
        f"  {name}: {{question: importance, attribute: {name}}}\n"
        for name in ("price", "staff", "speed")
    )
    path = write(tmp_path, ["1,2,3"], header="price,staff,speed")
    assert refused(sqlite_store, path, text) == (
        "answers.csv:2: column price, staff, speed: price, staff, speed is not 2 places: "
        "rank from the first place on",
    )


def test_text_that_no_file_can_hold_is_told() -> None:
    """Half a character is named for what it is."""
    problem = AnswerProblem("comment", Reason.INVALID_TEXT)
    question = INSTRUMENT.question("comment")
    assert worded(problem, question, {})[0] == "the text holds what no file can hold"


def test_nobody_comes_in_twice_by_id(store: Store, tmp_path: Path) -> None:
    """The same id in one file, or in two, is refused with its lines."""
    open_small(store)
    text = MAPPING.replace("missing:", "id: ID\nmissing:")
    header = "ID," + HEADER
    first = write(tmp_path, [f"a,{GOOD[0]}", f"b,{GOOD[1]}"], "first.csv", header)
    twice = write(tmp_path, [f"c,{GOOD[0]}", f",{GOOD[1]}", f" c ,{GOOD[1]}"], "t.csv", header)
    assert refused(store, twice, text) == (
        "t.csv:3: column ID: the id is empty",
        "t.csv:4: column ID: id c is already on line 2",
    )
    take(store, first, text=text)
    second = write(tmp_path, [f"d,{GOOD[0]}", f"b,{GOOD[2]}"], "second.csv", header)
    assert refused(store, second, text) == ("second.csv:3: this id came in another file before",)


def test_of_an_id_only_a_hash_is_kept(sqlite_store: Store, tmp_path: Path) -> None:
    """The respondents' own ids do not stand in the store."""
    open_small(sqlite_store)
    text = MAPPING.replace("missing:", "id: ID\nmissing:")
    take(sqlite_store, write(tmp_path, [f"alice,{GOOD[0]}"], header="ID," + HEADER), text=text)
    with sqlite_store.read() as connection:
        row = connection.execute(select(*Response.__table__.columns)).one()
    assert "alice" not in str(row)


def test_anonymous_surveys_take_no_ids(sqlite_store: Store, tmp_path: Path) -> None:
    """An id column in an anonymous survey's mapping is refused."""
    open_small(sqlite_store, anonymous=True)
    text = MAPPING.replace("missing:", "id: ID\nmissing:")
    path = write(tmp_path, [f"alice,{GOOD[0]}"], header="ID," + HEADER)
    assert "the survey is anonymous" in refused(sqlite_store, path, text)[0]


def test_an_unknown_survey_is_named(sqlite_store: Store, tmp_path: Path) -> None:
    """A typo in the survey's id is told before the file is read."""
    with pytest.raises(NoSuchSurvey, match="there is no survey smal;"):
        take(sqlite_store, write(tmp_path, GOOD), survey="smal")


def test_waves_and_languages_by_column(sqlite_store: Store, tmp_path: Path) -> None:
    """Each row's own date gives its day and its wave."""
    open_small(sqlite_store)
    text = """
mapping: 1
wave: {column: WHEN}
language: {column: LANG, values: {1: en, 2: fr}}
columns: {Q1: overall}
"""
    rows = ["5,2026-09-30,1", "4,2026-10-01,"]
    take(sqlite_store, write(tmp_path, rows, header="Q1,WHEN,LANG"), text=text)
    assert read_dataset(sqlite_store, "small", INSTRUMENT).wave.levels == ("2026-09", "2026-10")
    wrong = write(tmp_path, ["5,30.09.2026,1", "4,2026-10-01,2"], "b.csv", "Q1,WHEN,LANG")
    assert refused(sqlite_store, wrong, text) == (
        "b.csv:2: column WHEN: 30.09.2026 is not a date like %Y-%m-%d",
        "b.csv:3: column LANG: fr is none of en",
    )


def test_a_spreadsheet_says_the_same_as_csv(sqlite_store: Store, tmp_path: Path) -> None:
    """Numbers typed as numbers in XLSX are the codes they look like."""
    open_small(sqlite_store)
    open_small(sqlite_store, "sheet")
    path = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *GOOD]):
            for place, cell in enumerate(row.split(",")):
                sheet.write(number, place, float(cell) if cell.isdigit() else cell)
    take(sqlite_store, path, survey="sheet")
    take(sqlite_store, write(tmp_path, GOOD))
    assert answers(sqlite_store, "sheet") == answers(sqlite_store)


def test_progress_ends_full(sqlite_store: Store, tmp_path: Path) -> None:
    """The bar moves forward only, while judging and while storing."""
    open_small(sqlite_store)
    path = write(tmp_path, drawn_rows(1200))
    steps: list[float] = []
    import_responses(
        sqlite_store,
        "small",
        path,
        mapping_file(tmp_path),
        now=NOW,
        progress=lambda done, total: steps.append(done / total),
    )
    assert steps == sorted(steps)
    assert steps[-1] == 1


def test_at_once_in_halves_or_shuffled_is_the_same(sqlite_store: Store, tmp_path: Path) -> None:
    """1,000 answers give the same dataset and the same tallies, however they came in."""
    rows = drawn_rows(1000)
    shuffled = [rows[place] for place in np.random.default_rng(7).permutation(len(rows))]
    ways = {"once": [rows], "halves": [rows[:500], rows[500:]], "shuffled": [shuffled]}
    found = []
    for way, files in ways.items():
        open_small(sqlite_store, way)
        for number, part in enumerate(files):
            take(sqlite_store, write(tmp_path, part, f"{way}{number}.csv"), survey=way)
        found.append(read_dataset(sqlite_store, way, INSTRUMENT))
    once, halves, mixed = found
    assert content(once) == content(halves) == content(mixed)
    assert once.size == 1000
    assert tally(once) == tally(halves) == tally(mixed)
    assert tally_by(once, "tier") == tally_by(halves, "tier") == tally_by(mixed, "tier")


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000), size=st.integers(2, 40), cut=st.integers(0, 40))
def test_any_cut_of_a_file_gives_the_same_tally(
    sqlite_store: Store, tmp_path: Path, seed: int, size: int, cut: int
) -> None:
    """The tally of two imported parts is the sum of their tallies, in integers."""
    rows = drawn_rows(size, seed)
    cut = min(max(cut, 1), size - 1)
    names = [f"s{seed}_{size}_{cut}_{part}" for part in ("all", "a", "b")]
    data = []
    for name, part in zip(names, (rows, rows[:cut], rows[cut:]), strict=True):
        with sqlite_store.read() as connection:
            there = connection.scalar(select(ImportBatch.id).where(ImportBatch.survey_id == name))
        if there is None:
            open_small(sqlite_store, name)
            take(sqlite_store, write(tmp_path, part), survey=name)
        data.append(read_dataset(sqlite_store, name, INSTRUMENT))
    assert tally(data[0]) == tally(data[1]) + tally(data[2])
