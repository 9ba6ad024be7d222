"""A build to be killed: as a program of its own, with somebody who watches what it writes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from survey.settings import Settings
from survey.store import open_store
from tests.survey.building_cases import WAVE
from tests.survey.sample_cases import answer, open_company

ROOT = Path(__file__).resolve().parents[2]


def installed(settings: Settings, fonts: Path) -> None:
    """The company with one wave of answers, and fonts that are prepared."""
    with open_store(settings) as store:
        answer(store, open_company(store), WAVE)
    (settings.data / "fonts").symlink_to(fonts)


def started(
    settings: Settings, out: Path, *words: str, jobs: int = 2, path: Path = ROOT
) -> subprocess.Popen[str]:
    """``tellback report`` in a process group of its own, about to draw.

    ``path``: a folder whose modules come before all others.
    """
    report = ("report", "--survey", "company", "--wave", WAVE, "--out", str(out), *words)
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", *report, "--jobs", str(jobs)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join((str(path), str(ROOT))),
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
    found = [path for path in out.glob("*") if not path.name.startswith(".")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


class Watcher(threading.Thread):
    """Reads, again and again, whatever stands in a folder under its final name.

    ``seen``: name → SHA-256 of all contents it was ever seen with; ``looks`` how often it looked
    at a folder with something in it.
    """

    def __init__(self, out: Path) -> None:
        super().__init__()
        self.out = out
        self.stop = threading.Event()
        self.seen: dict[str, set[str]] = {}
        self.looks = 0

    def run(self) -> None:
        """Look until told to stop."""
        while not self.stop.wait(0.001):
            found = digests(self.out)
            self.looks += bool(found)
            for name, digest in found.items():
                self.seen.setdefault(name, set()).add(digest)

    def __enter__(self) -> Watcher:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.join()


def below(pid: int) -> list[int]:
    """The processes below that one, the lowest first (Linux)."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has ended meanwhile
            if parent == pid:
                found += [*below(int(entry.name)), int(entry.name)]
    return found
