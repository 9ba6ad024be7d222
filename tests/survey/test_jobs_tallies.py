"""Counts of past waves are kept, used again, and never used when they no longer hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from reports.tally import Tally, tally_by
from survey.dataset import NoAnswers, read_dataset
from survey.imports.responses import import_responses
from survey.jobs import tallies as room
from survey.jobs.tallies import count_waves
from survey.store import Store, StoreBusy
from survey.store.kept import StoredTally
from tests.survey.import_cases import (
    INSTRUMENT,
    MAPPING,
    NOW,
    drawn_rows,
    mapping_file,
    open_small,
    write,
)

WAVES = ("2026-08", "2026-09", "2026-10")


def take(store: Store, folder: Path, wave: str, count: int, seed: int = 1) -> None:
    """Import drawn rows as one wave."""
    path = write(folder, drawn_rows(count, seed=100 * seed + int(wave[-2:])), f"{wave}-{seed}.csv")
    mapping = mapping_file(folder, MAPPING.replace("2026-10", wave))
    import_responses(store, "small", path, mapping, now=NOW)


def counted(store: Store, waves: tuple[str, ...] = WAVES) -> Mapping[tuple[str, str], Tally]:
    """(wave, segment) → tally, by tier."""
    found = count_waves(store, "small", INSTRUMENT, waves, "tier")
    return {(wave, tier): t for wave, counts in found.items() for tier, t in counts.tallies.items()}


def expected(store: Store) -> Mapping[tuple[str, str], Tally]:
    """The same, counted from the answers as they are."""
    return tally_by(read_dataset(store, "small", INSTRUMENT, WAVES), "tier")


@pytest.fixture
def counts_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The waves that were counted rather than read, in order."""
    seen: list[str] = []
    count = room._count

    def noted(*given: object) -> object:
        seen.append(str(given[3]))
        return count(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "_count", noted)
    return seen


def test_kept_counts_are_the_counts(store: Store, tmp_path: Path, counts_again: list[str]) -> None:
    """Each wave is counted once; what was kept equals what the answers say."""
    open_small(store)
    for wave in WAVES:
        take(store, tmp_path, wave, 40)
    assert counted(store) == expected(store)
    assert counts_again == list(WAVES)
    assert counted(store) == expected(store)
    assert counts_again == list(WAVES)


def test_a_late_answer_makes_its_wave_counted_again(
    store: Store, tmp_path: Path, counts_again: list[str]
) -> None:
    """Only the wave that changed is counted again."""
    open_small(store)
    for wave in WAVES:
        take(store, tmp_path, wave, 20)
    counted(store)
    counts_again.clear()
    take(store, tmp_path, "2026-09", 5, seed=2)
    assert counted(store) == expected(store)
    assert counts_again == ["2026-09"]


@pytest.mark.parametrize(
    "change",
    [{"counts": b"broken"}, {"plan": "other"}, {"revision": "other"}],
    ids=["damaged", "of another plan", "of another revision"],
)
def test_counts_that_no_longer_hold_are_made_anew(
    sqlite_store: Store, tmp_path: Path, counts_again: list[str], change: dict[str, object]
) -> None:
    """Damaged, of another plan or of another state of the wave: not used, and replaced."""
    open_small(sqlite_store)
    take(sqlite_store, tmp_path, "2026-10", 20)
    counted(sqlite_store, ("2026-10",))
    with sqlite_store.write() as connection:
        connection.execute(update(StoredTally).values(**change))
    assert counted(sqlite_store, ("2026-10",)) == expected(sqlite_store)
    assert counted(sqlite_store, ("2026-10",)) == expected(sqlite_store)
    assert counts_again == ["2026-10"] * 2


def test_counts_that_cannot_be_kept_are_right(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy store costs time and no figure."""
    open_small(sqlite_store)
    take(sqlite_store, tmp_path, "2026-10", 20)

    def busy(*_given: object) -> None:
        raise StoreBusy

    monkeypatch.setattr(room, "_keep", busy)
    assert counted(sqlite_store, ("2026-10",)) == expected(sqlite_store)


def test_where_answers_came_from_is_kept_with_them(sqlite_store: Store, tmp_path: Path) -> None:
    """First and last day and the channels stand beside the counts, kept or counted."""
    open_small(sqlite_store)
    text = "mapping: 1\nwave: {column: WHEN}\ncolumns: {Q1: overall}\n"
    path = write(tmp_path, ["5,2026-10-31", "4,2026-10-03"], header="Q1,WHEN")
    import_responses(sqlite_store, "small", path, mapping_file(tmp_path, text), now=NOW)
    for _ in range(2):
        found = count_waves(sqlite_store, "small", INSTRUMENT, ["2026-10"], "tier")["2026-10"]
        assert (found.first_day, found.last_day) == (date(2026, 10, 3), date(2026, 10, 31))
        assert found.channels == {"import": 2}


def test_a_wave_without_answers_is_refused(sqlite_store: Store) -> None:
    """Nothing is kept of a wave that nobody answered."""
    open_small(sqlite_store)
    with pytest.raises(NoAnswers, match="2026-10"):
        counted(sqlite_store, ("2026-10",))
    with sqlite_store.read() as connection:
        assert connection.scalar(select(StoredTally.wave)) is None


def test_counts_by_another_field_are_kept_apart(sqlite_store: Store, tmp_path: Path) -> None:
    """Another field is unknown to these answers, and says so in words."""
    open_small(sqlite_store)
    take(sqlite_store, tmp_path, "2026-10", 10)
    counted(sqlite_store, ("2026-10",))
    with pytest.raises(LookupError, match="region"):
        count_waves(sqlite_store, "small", INSTRUMENT, ["2026-10"], "region")
