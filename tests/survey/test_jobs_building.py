"""Building loses nothing, doubles nothing and hides no failure, however it is interrupted."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from reports.fonts import Fonts
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs.building import LEASE, ask_for, build, withdraw
from survey.jobs.drawing import Wanted
from survey.jobs.editions import Issued, list_editions
from survey.jobs.reports import hand_out, wanted_files
from survey.jobs.workers import is_gone, this_process
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.tables import EditionFile
from tests.survey.building_cases import NOW, WAVE, build_all, clock, issued_of, stored_files
from tests.survey.sample_cases import answer, open_company

ROOT = Path(__file__).resolve().parents[2]
EACH = 10
"""Files a language: of four segments a report and a page for the wall; an overview, an annex."""

ALL_FILES = 2 * EACH


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of prepared fonts."""
    return Fonts.prepare(tmp_path_factory.mktemp("fonts")).cache


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


def started(settings: Settings, out: Path) -> subprocess.Popen[str]:
    """``tellback report`` with two processes, in a group of its own, about to draw."""
    words = ("report", "--survey", "company", "--wave", WAVE, "--jobs", "2", "--out", str(out))
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", *words],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELLBACK_DATA": str(settings.data),
            "TELLBACK_DATABASE": settings.database_url,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Writing reports"):
            return process
    raise AssertionError(f"it ended with {process.wait(60)} before it drew anything")


def digests(out: Path) -> Mapping[str, str]:
    """Name → SHA-256 of every file that stands under its final name."""
    names = [path for path in out.glob("*") if not path.name.startswith(".")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in names}


@pytest.mark.parametrize(
    "kills", [3, pytest.param(20, marks=pytest.mark.long)], ids=["3_kills", "20_kills"]
)
def test_a_build_survives_kill_9(
    settings: Settings, fonts: Path, tmp_path: Path, kills: int
) -> None:
    """After each kill a new start goes on; in the end each report is there once, and whole."""
    with open_store(settings) as store:
        with_answers(store)
    (settings.data / "fonts").symlink_to(fonts)
    out, moments, seen = tmp_path / "out", random.Random(20261123), dict[str, set[str]]()
    built: dict[tuple[object, ...], str] = {}
    for _ in range(kills):
        process = started(settings, out)
        time.sleep(moments.uniform(0.0, 3.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        with open_store(settings) as store:
            for row in stored_files(store):
                assert built.setdefault(row[:-1], row[-1]) == row[-1], "built otherwise"
            if len(built) == ALL_FILES:  # all was built: the rest of the kills need work again
                with store.write() as connection:
                    blank = {"state": "waiting", "content": None, "digest": None}
                    connection.execute(update(EditionFile).values(blank))
        for name, digest in digests(out).items():
            seen.setdefault(name, set()).add(digest)
    process = started(settings, out)
    _said, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    final = digests(out)
    assert len(final) == ALL_FILES + 1
    assert not list(out.glob(".*")), "nothing is left beside its place"
    assert all(found == {final[name]} for name, found in seen.items()), "a file was never half"
    with open_store(settings) as store:
        (listed,) = list_editions(store)
        assert (listed.built, listed.files) == (ALL_FILES, ALL_FILES)
        assert {row[-1] for row in stored_files(store)} < set(final.values())
        assert all(built.get(row[:-1], row[-1]) == row[-1] for row in stored_files(store))


def workers_of(pid: int) -> list[int]:
    """The processes below that one, the lowest first (Linux)."""
    below: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has ended meanwhile
            if parent == pid:
                below += [*workers_of(int(entry.name)), int(entry.name)]
    return below


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
def test_a_worker_that_is_killed_holds_up_no_report(
    sqlite_settings: Settings, fonts: Path, tmp_path: Path
) -> None:
    """One of the drawing processes is ended from outside: its files are drawn by another."""
    with open_store(sqlite_settings) as store:
        with_answers(store)
    sqlite_settings.data.joinpath("fonts").symlink_to(fonts)
    out = tmp_path / "out"
    process = started(sqlite_settings, out)
    deadline = time.monotonic() + 60
    while len(below := workers_of(process.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)  # a server of processes, its tracker, two who draw
    os.kill(below[0], signal.SIGKILL)
    _said, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    assert len(digests(out)) == ALL_FILES + 1
