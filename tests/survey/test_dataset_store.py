"""A survey's stored answers, its waves and its population, read from each database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from survey.customers.roster import import_roster
from survey.dataset import (
    NoAnswers,
    populations,
    read_dataset,
    record_population,
    wave_days,
    waves_with_answers,
)
from survey.imports.responses import import_responses
from survey.store import Store
from survey.store.tables import Population
from tests.survey.import_cases import (
    INSTRUMENT,
    MAPPING,
    NOW,
    drawn_rows,
    mapping_file,
    open_small,
    write,
)


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
