"""Whoever is killed while reports are built, each report is there once and whole in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import update

from survey.jobs.claims import GIVEN_UP, TRIES
from survey.jobs.drawing import ENDED
from survey.jobs.editions import list_editions
from survey.settings import Settings
from survey.store import open_store
from survey.store.tables import EditionFile
from tests.survey.building_cases import stored_files
from tests.survey.kill_cases import (
    SLOW_DISK,
    Watcher,
    below,
    digests,
    installed,
    loaded_first,
    started,
)

EACH = 10
"""Files a language: of four segments a report and a page for the wall; an overview, an annex."""

ALL_FILES = 2 * EACH

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(),
    reason="not run: only Linux's /proc tells which processes are below another",
)


def killed(process: subprocess.Popen[str], *, alone: bool) -> None:
    """Kill -9, of the process ``alone`` or with all those that draw for it; none is left after."""
    if alone:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)  # ends when the last of them has let go of the pipe
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def killed_handing_out(settings: Settings, out: Path, slow: Path, after: float) -> None:
    """Kill -9 so many seconds after the first file of a build that is done appears."""
    for path in out.glob("*"):
        path.unlink()
    process = started(settings, out, path=slow)
    while process.poll() is None and not digests(out):
        pass
    time.sleep(after)
    killed(process, alone=False)


def have_it_built_again(settings: Settings) -> None:
    """Forget all files, so that the next kill finds work."""
    blank = {"state": "waiting", "content": None, "digest": None}
    with open_store(settings) as store, store.write() as connection:
        connection.execute(update(EditionFile).values(blank))


@pytest.mark.parametrize(
    "kills", [3, pytest.param(20, marks=pytest.mark.long)], ids=["3_kills", "20_kills"]
)
def test_a_build_survives_kill_9(
    settings: Settings, fonts: Path, tmp_path: Path, kills: int
) -> None:
    """After each kill a new start goes on; in the end each report is there once, and whole."""
    installed(settings, fonts)
    slow = loaded_first(tmp_path / "slow", SLOW_DISK)
    out, moments = tmp_path / "out", random.Random(20261123)
    built: dict[tuple[object, ...], str] = {}
    with Watcher(out) as watcher:
        for _ in range(kills):
            process = started(settings, out, path=slow)
            time.sleep(moments.uniform(0.0, 3.0))
            killed(process, alone=moments.random() < 0.5)
            with open_store(settings) as store:
                now_built = stored_files(store)
            for row in now_built:
                assert built.setdefault(row[:-1], row[-1]) == row[-1], "built otherwise"
            if len(now_built) == ALL_FILES:
                killed_handing_out(settings, out, slow, moments.uniform(0.0, 0.3))
                have_it_built_again(settings)
        process = started(settings, out, path=slow)
        _said, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    final = digests(out)
    assert len(final) == ALL_FILES + 1
    assert not list(out.glob(".*")), "nothing is left beside its place"
    assert watcher.seen == {name: {digest} for name, digest in final.items()}, "one was half"
    with open_store(settings) as store:
        (listed,) = list_editions(store)
        assert (listed.built, listed.files) == (ALL_FILES, ALL_FILES)
        assert {row[-1] for row in stored_files(store)} < set(final.values())
        assert all(built.get(row[:-1], row[-1]) == row[-1] for row in stored_files(store))


@needs_proc
def test_a_worker_that_is_killed_holds_up_no_report(
    sqlite_settings: Settings, fonts: Path, tmp_path: Path
) -> None:
    """One of the drawing processes is ended from outside: its files are drawn by another."""
    installed(sqlite_settings, fonts)
    out = tmp_path / "out"
    process = started(sqlite_settings, out)
    deadline = time.monotonic() + 60
    while len(workers := below(process.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)  # a server of processes, its tracker, two who draw
    os.kill(workers[0], signal.SIGKILL)
    _said, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    assert len(digests(out)) == ALL_FILES + 1


POISON = """\
import os, signal
from survey.jobs import drawing

draw = drawing.KINDS["pdf"]

def poisoned(ready, segment, language):
    if segment == "B":
        {kill}
    return draw(ready, segment, language)

drawing.KINDS["pdf"] = poisoned
"""
"""Who draws the report on B does not live."""

ITSELF = "os.kill(os.getpid(), signal.SIGKILL)"
ALL = "os.killpg(os.getpgrp(), signal.SIGKILL)"


@pytest.mark.parametrize(
    ("jobs", "kill", "deaths", "reason"),
    [
        pytest.param(2, ITSELF, 0, ENDED, id="only_who_draws_it"),
        pytest.param(1, ITSELF, 1, ENDED, id="who_builds_and_draws"),
        pytest.param(2, ALL, TRIES, GIVEN_UP, id="everybody", marks=pytest.mark.long),
    ],
)
def test_a_report_that_ends_whoever_draws_it_is_named(
    sqlite_settings: Settings,
    fonts: Path,
    tmp_path: Path,
    jobs: int,
    kill: str,
    deaths: int,
    reason: str,
) -> None:
    """Started again and again, all others are built, and it is given up for a stated reason."""
    installed(sqlite_settings, fonts)
    poison = loaded_first(tmp_path / "poison", POISON.format(kill=kill))
    out, died = tmp_path / "out", 0
    while True:
        process = started(sqlite_settings, out, "--language", "en", jobs=jobs, path=poison)
        _said, told = process.communicate(timeout=300)
        if process.returncode != -signal.SIGKILL:
            break
        died += 1
        assert died <= deaths
    assert (process.returncode, died) == (1, deaths)
    assert f"not built: pdf of B in en: {reason}" in told
    assert told.count("not built") == 1
    assert len(digests(out)) == EACH
    again = started(sqlite_settings, out, "--language", "en", jobs=jobs)
    again.communicate(timeout=300)
    assert again.returncode == 0, "nothing ends it any more"
    assert len(digests(out)) == EACH + 1
