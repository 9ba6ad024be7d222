"""A build to be killed: as a program of its own, with somebody who watches what it writes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
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


SLOW_DISK = """\
import io, pathlib, time

opened = pathlib.Path.open

class Slow(io.FileIO):
    def write(self, content):
        half = len(content) // 2
        begun = super().write(content[:half])
        time.sleep(0.01)
        return begun + super().write(content[half:])

def slowly(path, mode="r", *more, **named):
    return Slow(path, mode) if mode == "wb" else opened(path, mode, *more, **named)

pathlib.Path.open = slowly
"""
"""A disk on which each file is half written for some time."""


def loaded_first(folder: Path, program: str) -> Path:
    """The folder, with a program in it that any Python that has it in its path begins with."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(program, encoding="utf-8")
    return folder


def digests(out: Path) -> Mapping[str, str]:
    """Name → SHA-256 of every file that stands under its final name."""
    found = [path for path in out.glob("*") if not path.name.startswith(".")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


class Watcher(threading.Thread):
    """Looks, again and again, at whatever stands in a folder under its final name.

    A file is read whenever it is another than at the look before, or has grown. ``seen``: name →
    SHA-256 of all contents it was ever seen with.
    """

    def __init__(self, out: Path) -> None:
        super().__init__()
        self.out = out
        self.stop = threading.Event()
        self.seen: dict[str, set[str]] = {}
        self.known: dict[str, tuple[int, int, int]] = {}

    def run(self) -> None:
        """Look until told to stop."""
        while not self.stop.wait(0.0003):
            with suppress(FileNotFoundError):  # it was taken away between two looks
                for path in self.out.iterdir():
                    if not path.name.startswith("."):
                        self._look(path)

    def _look(self, path: Path) -> None:
        stat = path.stat()
        state = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self.known.get(path.name) != state:
            self.known[path.name] = state
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            self.seen.setdefault(path.name, set()).add(digest)

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
