"""Building loses nothing, doubles nothing and hides no failure, however it is interrupted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from survey.fieldwork.surveys import SurveyRecord
from survey.jobs.building import ask_for, build
from survey.jobs.claims import LEASE
from survey.jobs.drawing import Wanted
from survey.jobs.editions import Issued
from survey.jobs.reports import hand_out, wanted_files
from survey.jobs.workers import is_gone, this_process
from survey.store import Store
from survey.store.erasing import withdraw
from survey.store.tables import EditionFile
from tests.survey.building_cases import NOW, WAVE, build_all, clock, issued_of, stored_files
from tests.survey.sample_cases import answer, open_company

EACH = 10
"""Files a language: of four segments a report and a page for the wall; an overview, an annex."""

ALL_FILES = 2 * EACH


@pytest.fixture
def issued(store: Store) -> Issued:
    """The report of one wave, not built yet."""
    return issued_of(store, with_answers(store))[0]


def with_answers(store: Store) -> SurveyRecord:
    """The company with one wave of answers."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    return survey


def claim_as(store: Store, worker: str) -> None:
    """Have every row claimed by somebody else since :data:`NOW`."""
    with store.write() as connection:
        claim = {"state": "building", "worker": worker, "lease_until": NOW + LEASE}
        connection.execute(update(EditionFile).values(claim))


def test_every_file_is_built_once(store: Store, issued: Issued, fonts: Path) -> None:
    """All segments, overview and annex; a second build finds nothing to do."""
    assert build_all(store, issued, fonts) == []
    built = stored_files(store)
    assert [(segment, kind) for _n, segment, _l, kind, _d in built] == [
        *((part, kind) for part in ("A", "B", "C") for kind in ("onepage", "pdf")),
        *(("all", kind) for kind in ("onepage", "overview", "pdf", "xlsx")),
    ]  # fmt: skip
    assert build_all(store, issued, fonts) == []
    assert stored_files(store) == built


def test_another_language_joins_the_same_edition(
    sqlite_store: Store, fonts: Path, tmp_path: Path
) -> None:
    """What was built stays; only what is missing is built."""
    one = issued_of(sqlite_store, with_answers(sqlite_store))[0]
    build_all(sqlite_store, one, fonts)
    english = stored_files(sqlite_store)
    build_all(sqlite_store, one, fonts, languages=("zh",))
    assert set(english) < set(stored_files(sqlite_store))
    written = hand_out(sqlite_store, one, ("en", "zh"), tmp_path).all
    assert len(written) == len(stored_files(sqlite_store)) + 1 == ALL_FILES + 1


def test_what_cannot_be_built_is_named_and_the_others_are(sqlite_store: Store, fonts: Path) -> None:
    """A failed report comes back with its reason in one line, and is tried again next time."""
    one = issued_of(sqlite_store, with_answers(sqlite_store))[0]
    ask_for(sqlite_store, one.key, [Wanted("nobody", "en", "pdf"), *wanted_files(one, ("en",))])
    for _ in range(2):
        (failed,) = build_all(sqlite_store, one, fonts)
        assert failed.wanted.segment == "nobody"
        assert "no segment nobody" in failed.reason
        assert "\n" not in failed.reason
        assert len(stored_files(sqlite_store)) == EACH


def test_rows_of_the_dead_are_taken_up_at_once(store: Store, issued: Issued, fonts: Path) -> None:
    """A process of this machine that is gone holds nobody up."""
    ask_for(store, issued.key, wanted_files(issued, ("en",)))
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait(60)
    host = this_process().rsplit(" ", 2)[0]
    claim_as(store, f"{host} {done.pid} 0123")
    assert build(store, issued, fonts=fonts, jobs=1, clock=clock) == []
    assert len(stored_files(store)) == EACH


def test_rows_of_others_are_left_until_their_time_is_up(sqlite_store: Store, fonts: Path) -> None:
    """Of another machine's process nobody knows whether it lives: its lease runs out first."""
    one = issued_of(sqlite_store, with_answers(sqlite_store))[0]
    ask_for(sqlite_store, one.key, wanted_files(one, ("en",)))
    claim_as(sqlite_store, "another machine 1 0123")
    looks: Iterator[int] = iter(range(1000))
    ends = NOW + LEASE

    def ticking() -> object:
        return NOW + timedelta(seconds=30) * next(looks)

    assert build(sqlite_store, one, fonts=fonts, jobs=1, clock=ticking) == []  # type: ignore[arg-type]
    assert NOW + timedelta(seconds=30) * next(looks) > ends
    assert len(stored_files(sqlite_store)) == EACH


def test_a_file_with_an_erased_comment_is_drawn_again(
    store: Store, issued: Issued, fonts: Path
) -> None:
    """Only files that show it are withdrawn, of every edition, and built once more."""
    build_all(store, issued, fonts)
    with store.write() as connection:
        shows = (EditionFile.segment == "A", EditionFile.kind == "pdf")
        connection.execute(update(EditionFile).where(*shows).values(comments=["r1.why", "r2.why"]))
    before = stored_files(store)
    with store.write() as connection:
        assert withdraw(connection, ["r2.why", "r9.why"]) == 1
        assert withdraw(connection, ["r9.why"]) == 0
    assert len(stored_files(store)) == len(before) - 1
    assert build(store, issued, fonts=fonts, jobs=1, clock=clock) == []
    assert stored_files(store) == before
    with store.read() as connection:
        shown = select(EditionFile.comments).where(EditionFile.comments.is_not(None))
        assert not any(connection.scalars(shown))


def test_who_lives_is_not_gone() -> None:
    """Our own number with another mark is somebody who ended before we began."""
    host, pid, _mark = this_process().rsplit(" ", 2)
    assert not is_gone(this_process())
    assert is_gone(f"{host} {pid} another")
    assert not is_gone(f"{host} {os.getppid()} another")
    assert not is_gone("somewhere else 1 mark")
