"""A wave's answers as a file of columns: the same as in the database, or made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from reports.dataset import Dataset
from survey.dataset import read_dataset, wave_chunks
from survey.dataset.files import open_columns, write_columns
from survey.imports.responses import import_responses
from survey.store import Store
from survey.store.revisions import LANES, mark_waves, revision_of, revisions
from survey.store.tables import Comment, Response
from tests.survey.import_cases import INSTRUMENT, MAPPING, NOW, drawn_rows, mapping_file, write
from tests.survey.import_cases import open_small as open_survey

WAVE = "2026-10"
MADE_FROM = {"survey": "small", "revision": "1"}


def take(store: Store, folder: Path, count: int, *, wave: str = WAVE, seed: int = 1) -> None:
    """Import drawn rows as one wave."""
    path = write(folder, drawn_rows(count, seed=seed), f"{wave}-{seed}.csv")
    mapping = mapping_file(folder, MAPPING.replace(WAVE, wave))
    import_responses(store, "small", path, mapping, now=NOW)


def cached(store: Store, wave: str = WAVE) -> Dataset:
    """A wave as the file gives it."""
    return Dataset.joined(list(wave_chunks(store, "small", INSTRUMENT, wave)))


def same(one: Dataset, two: Dataset) -> bool:
    """Whether two datasets hold the same rows in the same order."""
    labels = [
        [[column.levels[code] for code in column.codes] for column in (d.wave, d.segments["tier"])]
        for d in (one, two)
    ]
    return labels[0] == labels[1] and all(
        np.array_equal(codes, two.columns[name]) for name, codes in one.columns.items()
    )


def files(store: Store) -> list[Path]:
    """What lies in the folder of columns."""
    return sorted((store.data / "columns").iterdir())


def test_the_file_holds_what_the_database_holds(store: Store, tmp_path: Path) -> None:
    """Built or read again, the columns are those decoded from the stored answers."""
    open_survey(store)
    take(store, tmp_path, 120)
    direct = read_dataset(store, "small", INSTRUMENT, [WAVE])
    assert same(cached(store), direct)
    (made,) = files(store)
    before = made.stat().st_mtime_ns
    assert same(cached(store), direct)
    assert made.stat().st_mtime_ns == before


def test_another_answer_makes_the_file_stale(store: Store, tmp_path: Path) -> None:
    """Whatever is stored later is seen at once; other waves keep their files."""
    open_survey(store)
    take(store, tmp_path, 20)
    take(store, tmp_path, 10, wave="2026-09")
    assert (cached(store).size, cached(store, "2026-09").size) == (20, 10)
    kept = {path: path.stat().st_mtime_ns for path in files(store)}
    take(store, tmp_path, 5, seed=2)
    assert (cached(store).size, cached(store, "2026-09").size) == (25, 10)
    changed = [path for path, at in kept.items() if path.stat().st_mtime_ns != at]
    assert len(changed) == 1


def test_an_erased_answer_leaves_the_file(sqlite_store: Store, tmp_path: Path) -> None:
    """Who marks the wave after erasing finds nothing of what was erased."""
    open_survey(sqlite_store)
    take(sqlite_store, tmp_path, 20)
    assert cached(sqlite_store).size == 20
    with sqlite_store.write() as connection:
        connection.execute(delete(Comment))
        connection.execute(delete(Response).where(Response.answers["overall"].as_integer() == 5))
        mark_waves(connection, [("small", WAVE)])
    assert (cached(sqlite_store).columns["overall"] != 5).all()


def cut_short(content: bytes) -> bytes:
    """Without its last byte."""
    return content[:-1]


def one_bit(content: bytes) -> bytes:
    """With one bit changed in the first answer column."""
    return content[:400] + bytes([content[400] ^ 1]) + content[401:]


def nothing(_content: bytes) -> bytes:
    """Nothing at all."""
    return b""


def footer_changed(content: bytes) -> bytes:
    """With another length told at the end."""
    return content[:-20] + b"\xff" * 8 + content[-12:]


def footer_text_changed(content: bytes) -> bytes:
    """With another word in the footer."""
    return content.replace(b'"blocks"', b'"bricks"')


@pytest.mark.parametrize(
    "damage", [cut_short, one_bit, nothing, footer_changed, footer_text_changed]
)
def test_a_damaged_file_is_made_anew(
    sqlite_store: Store, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Cut off, changed or empty: what comes out is what the database holds."""
    open_survey(sqlite_store)
    take(sqlite_store, tmp_path, 200)
    direct = read_dataset(sqlite_store, "small", INSTRUMENT, [WAVE])
    cached(sqlite_store)
    (made,) = files(sqlite_store)
    made.write_bytes(damage(made.read_bytes()))
    assert same(cached(sqlite_store), direct)
    assert same(cached(sqlite_store), direct)


def test_without_room_for_files_answers_come_from_the_database(
    sqlite_store: Store, tmp_path: Path
) -> None:
    """A folder that cannot be made costs time and no answer."""
    open_survey(sqlite_store)
    take(sqlite_store, tmp_path, 30)
    (sqlite_store.data / "columns").write_text("in the way")
    assert same(cached(sqlite_store), read_dataset(sqlite_store, "small", INSTRUMENT, [WAVE]))


def test_another_version_of_the_questionnaire_has_a_file_of_its_own(
    sqlite_store: Store, tmp_path: Path
) -> None:
    """Codes that were read by other questions are not taken for these."""
    open_survey(sqlite_store)
    take(sqlite_store, tmp_path, 10)
    cached(sqlite_store)
    changed = replace(INSTRUMENT, source=INSTRUMENT.source + "\n# changed")
    (chunk,) = wave_chunks(sqlite_store, "small", changed, WAVE)
    assert chunk.size == 10
    newer = replace(INSTRUMENT, version=2)
    list(wave_chunks(sqlite_store, "small", newer, WAVE))
    assert len(files(sqlite_store)) == 2


def test_a_wave_without_answers_is_an_empty_file(sqlite_store: Store) -> None:
    """Nobody answered: no chunk, no error."""
    open_survey(sqlite_store)
    for _ in range(2):
        assert list(wave_chunks(sqlite_store, "small", INSTRUMENT, WAVE)) == []


def test_blocks_of_any_size_hold_the_same_rows(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a block ends has no bearing on rows, order or labels; nobody can write into one."""
    open_survey(sqlite_store)
    take(sqlite_store, tmp_path, 100)
    direct = read_dataset(sqlite_store, "small", INSTRUMENT, [WAVE])
    monkeypatch.setattr("survey.dataset.files.BLOCK", 7)
    monkeypatch.setattr("survey.dataset.reading.CHUNK", 16)
    chunks = list(wave_chunks(sqlite_store, "small", INSTRUMENT, WAVE))
    assert [chunk.size for chunk in chunks] == [7] * 14 + [2]
    assert same(Dataset.joined(chunks), direct)
    with pytest.raises(ValueError, match="read-only"):
        chunks[0].columns["overall"][0] = 1


def test_a_file_is_opened_for_what_it_was_made_from_only(tmp_path: Path) -> None:
    """A missing file, another revision or another survey is no file; nothing is left beside."""
    path = tmp_path / "one.columns"
    assert open_columns(path, MADE_FROM, INSTRUMENT, WAVE) is None
    write_columns(path, MADE_FROM, INSTRUMENT, ["tier"], [])
    found = open_columns(path, MADE_FROM, INSTRUMENT, WAVE)
    assert found is not None
    assert found.size == 0
    assert open_columns(path, {**MADE_FROM, "revision": "2"}, INSTRUMENT, WAVE) is None
    assert [found.name for found in tmp_path.iterdir()] == ["one.columns"]


def test_a_stopped_writing_leaves_no_file(tmp_path: Path) -> None:
    """What is written beside is only renamed when whole, and removed when not."""

    def broken() -> Iterator[Dataset]:
        yield Dataset.joined([])

    with pytest.raises(IndexError):
        write_columns(tmp_path / "one.columns", MADE_FROM, INSTRUMENT, [], broken())
    assert list(tmp_path.iterdir()) == []


def test_every_change_gives_a_revision_never_seen_before(store: Store) -> None:
    """Marks of one wave leave the others' revisions alone, whatever lane they fall in."""
    open_survey(store)
    with store.write() as connection:
        unmarked = revision_of(connection, "small", WAVE)
    seen = {unmarked}
    for _ in range(2 * LANES):
        with store.write() as connection:
            mark_waves(connection, [("small", WAVE)])
        with store.read() as connection:
            assert revision_of(connection, "small", "2026-09") == unmarked
            seen.add(revision_of(connection, "small", WAVE))
    assert len(seen) == 2 * LANES + 1


def test_nothing_changed_marks_nothing(sqlite_store: Store) -> None:
    """A transaction without answers leaves every revision as it was."""
    open_survey(sqlite_store)
    with sqlite_store.write() as connection:
        before = revisions(connection, "small", [WAVE])
        mark_waves(connection, [])
        assert revisions(connection, "small", [WAVE]) == before


def test_an_undone_transaction_marks_nothing(sqlite_store: Store) -> None:
    """The mark comes and goes with the answers it stands for."""
    open_survey(sqlite_store)
    with sqlite_store.read() as connection:
        before = revision_of(connection, "small", WAVE)
    with pytest.raises(RuntimeError), sqlite_store.write() as connection:
        mark_waves(connection, [("small", WAVE)])
        raise RuntimeError
    with sqlite_store.read() as connection:
        assert revision_of(connection, "small", WAVE) == before
