"""A survey's stored answers, its waves and its population, read from each database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import insert

from survey.customers.roster import import_roster
from survey.dataset import (
    NoAnswers,
    populations,
    read_dataset,
    record_population,
    wave_chunks,
    wave_days,
    waves_with_answers,
)
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyPlan, open_survey
from survey.imports.responses import import_responses
from survey.store import Store
from survey.store.tables import Customer, Population
from tests.survey.import_cases import (
    INSTRUMENT,
    MAPPING,
    NOW,
    drawn_rows,
    mapping_file,
    open_small,
    write,
)

Mode = Literal["confidential", "anonymous"]


def take(store: Store, folder: Path, wave: str, count: int, survey: str = "small") -> None:
    """Import drawn rows as one wave."""
    path = write(folder, drawn_rows(count, seed=int(wave[-2:])), f"{survey}{wave}.csv")
    mapping = mapping_file(folder, MAPPING.replace("2026-10", wave))
    import_responses(store, survey, path, mapping, now=NOW)


def test_waves_are_read_together_or_alone(store: Store, tmp_path: Path) -> None:
    """Other waves and other surveys stay out; labels and columns have one entry a response."""
    open_small(store)
    open_small(store, "other")
    for wave, count in (("2026-09", 30), ("2026-10", 20)):
        take(store, tmp_path, wave, count)
    take(store, tmp_path, "2026-09", 7, "other")
    assert waves_with_answers(store, "small") == ("2026-09", "2026-10")
    both = read_dataset(store, "small", INSTRUMENT)
    one = read_dataset(store, "small", INSTRUMENT, ["2026-10"])
    assert (both.size, both.wave.levels) == (50, ("2026-09", "2026-10"))
    assert (one.size, one.wave.levels) == (20, ("2026-10",))
    for data in (both, one):
        assert data.segments["tier"].codes.shape == (data.size,)
        assert {codes.shape for codes in data.columns.values()} == {(data.size,)}
        assert set(data.columns) == {column.name for column in INSTRUMENT.columns()}
    assert both.segments["tier"].levels == ("A", "B", "C", "D")


def test_reading_twice_gives_the_same_rows(store: Store, tmp_path: Path) -> None:
    """The order of rows is that of their keys, so it is the same at every reading."""
    open_small(store)
    take(store, tmp_path, "2026-10", 100)
    first, second = (read_dataset(store, "small", INSTRUMENT) for _ in range(2))
    for name, codes in first.columns.items():
        assert codes.tolist() == second.columns[name].tolist()


def test_chunks_join(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in small chunks gives the same dataset as reading at once."""
    open_small(sqlite_store)
    take(sqlite_store, tmp_path, "2026-10", 50)
    whole = read_dataset(sqlite_store, "small", INSTRUMENT)
    monkeypatch.setattr("survey.dataset.reading.CHUNK", 7)
    parts = read_dataset(sqlite_store, "small", INSTRUMENT)
    for name, codes in whole.columns.items():
        assert codes.tolist() == parts.columns[name].tolist()
    assert whole.segments["tier"].codes.tolist() == parts.segments["tier"].codes.tolist()


def test_a_survey_without_answers_is_an_empty_dataset(sqlite_store: Store) -> None:
    """All columns are there, with nobody in them."""
    open_small(sqlite_store)
    data = read_dataset(sqlite_store, "small", INSTRUMENT)
    assert (data.size, data.wave.levels, list(data.segments)) == (0, (), ["tier"])
    assert {codes.shape for codes in data.columns.values()} == {(0,)}
    assert waves_with_answers(sqlite_store, "small") == ()


def test_days_of_a_wave(sqlite_store: Store, tmp_path: Path) -> None:
    """First and last day with an answer; a wave without any is an error that names it."""
    open_small(sqlite_store)
    text = "mapping: 1\nwave: {column: WHEN}\ncolumns: {Q1: overall}\n"
    rows = ["5,2026-10-31", "4,2026-10-03", "3,2026-11-01"]
    path = write(tmp_path, rows, header="Q1,WHEN")
    import_responses(sqlite_store, "small", path, mapping_file(tmp_path, text), now=NOW)
    assert wave_days(sqlite_store, "small", "2026-10") == (date(2026, 10, 3), date(2026, 10, 31))
    with pytest.raises(NoAnswers, match="survey small has no answers in wave 2026-01"):
        wave_days(sqlite_store, "small", "2026-01")


def test_the_roster_of_today_is_the_population_of_a_wave(store: Store, tmp_path: Path) -> None:
    """Each customer counts once by segment and once for all; recording again replaces."""
    open_small(store)
    for rows, expected in (
        ("C1,A\nC2,A\nC3,B\nC4,\n", {"A": 2, "B": 1, "": 1, "all": 4}),
        ("C3,A\n", {"A": 3, "": 1, "all": 4}),
    ):
        path = tmp_path / "roster.csv"
        path.write_text("customer_id,tier\n" + rows)
        import_roster(store, path, segments=["tier"], now=NOW)
        with store.write() as connection:
            assert record_population(connection, "small", "2026-10", "tier") == 4
        assert populations(store, "small", "tier") == {
            ("2026-10", segment): count for segment, count in expected.items()
        }
    assert populations(store, "small", "region") == {}


def test_populations_of_several_waves_stay_apart(sqlite_store: Store) -> None:
    """What was recorded for one wave says nothing of another."""
    open_small(sqlite_store)
    rows = [("2026-09", "A", 3), ("2026-09", "B", 4), ("2026-10", "A", 5)]
    with sqlite_store.write() as connection:
        connection.execute(
            insert(Population),
            [
                {
                    "survey_id": "small",
                    "field": "tier",
                    "wave": wave,
                    "value": value,
                    "customers": n,
                }
                for wave, value, n in rows
            ],
        )
    assert populations(sqlite_store, "small", "tier") == {
        ("2026-09", "A"): 3,
        ("2026-09", "B"): 4,
        ("2026-09", "all"): 7,
        ("2026-10", "A"): 5,
        ("2026-10", "all"): 5,
    }


def test_an_empty_roster_is_an_empty_population(sqlite_store: Store) -> None:
    """Nobody to ask is no population, and no error."""
    open_small(sqlite_store)
    with sqlite_store.write() as connection:
        assert record_population(connection, "small", "2026-10", "tier") == 0
    assert populations(sqlite_store, "small", "tier") == {}


def answered(store: Store, mode: Mode, rows: list[tuple[str | None, int, int]]) -> None:
    """Store (customer, day, overall) as responses of a survey of this mode."""
    plan = SurveyPlan("named", "Named", mode=mode)
    open_survey(store, plan, INSTRUMENT, now=NOW)
    names = sorted({name for name, _day, _code in rows if name})
    empty = {"name": "", "email": "", "phone": "", "language": "en", "segments": {}}
    new = [
        NewResponse(
            survey_id="named",
            submission_id=str(place),
            instrument_version=1,
            wave="2026-10",
            day=date(2026, 10, day),
            language="en",
            channel="link",
            answers={"overall": code},
            comments={},
            customer_id=name,
        )
        for place, (name, day, code) in enumerate(rows)
    ]
    with store.write() as connection:
        for name in names:
            connection.execute(insert(Customer).values(id=name, imported_at=NOW, **empty))
        store_responses(connection, new)


def test_customers_are_read_in_the_order_answered(store: Store) -> None:
    """So that the last of several answers of a customer can be told; unnamed ones have none."""
    answered(store, "confidential", [("Dave", 9, 1), (None, 2, 3), ("Dave", 3, 5), ("Ann", 5, 2)])
    data = read_dataset(store, "named", INSTRUMENT, customers=True)
    assert data.customer is not None
    assert [data.customer.levels[code] for code in data.customer.codes] == [
        "",
        "Dave",
        "Ann",
        "Dave",
    ]
    assert data.columns["overall"].tolist() == [3, 5, 2, 1]
    assert read_dataset(store, "named", INSTRUMENT).customer is None


def test_customers_of_an_anonymous_survey_are_not_known(sqlite_store: Store) -> None:
    """Asking for them changes nothing: none are made up, and the order tells nothing."""
    answered(sqlite_store, "anonymous", [(None, 9, 1), (None, 2, 3)])
    data = read_dataset(sqlite_store, "named", INSTRUMENT, customers=True)
    assert data.customer is None
    plain = read_dataset(sqlite_store, "named", INSTRUMENT)
    assert data.columns["overall"].tolist() == plain.columns["overall"].tolist()


def test_columns_in_a_file_do_not_name_customers(sqlite_store: Store) -> None:
    """What lies in a file of columns is what was answered, and not by whom."""
    answered(sqlite_store, "confidential", [("Dave", 9, 1), ("Ann", 2, 3)])
    (chunk,) = wave_chunks(sqlite_store, "named", INSTRUMENT, "2026-10")
    assert chunk.customer is None
    (file,) = (sqlite_store.data / "columns").iterdir()
    assert b"Dave" not in file.read_bytes()
