"""A whole month: 14 segments in both languages, by one process and by two.

What is measured: how much sooner two processes are done than one, both warm; how large the files
are; and how much memory a run takes more at its end than after its first file.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.figure import Measured
from instruments.catalogue import LANGUAGES
from instruments.model import Instrument
from reports.editions import Edition
from reports.findings import ALL, Findings, SegmentFindings
from reports.findings_json import to_json
from reports.fingerprint import fingerprint
from reports.fonts import Fonts
from survey.jobs.drawing import Drawn, Task, Wanted, draw

SEGMENTS = 14
LARGEST = {"en": 300.0, "zh": 400.0}
"""Kilobytes that a report may have."""

FASTER, GROWTH = 1.7, 50.0
"""How many times sooner two processes should be; megabytes that a run may take on."""

MEBIBYTE = 1024 * 1024


def measure(found: Findings, instrument: Instrument, fonts: Fonts) -> Iterator[Measured]:
    """The figures of one run with one process, and of one with two."""
    many = of_many_segments(found)
    edition = Edition(1, date(2026, 11, 15), "0" * 64, fingerprint(fonts))
    task = Task(to_json(many), instrument.source, fonts.cache, edition, {})
    wanted = [
        Wanted(part.segment, language, "pdf") for part in many.segments for language in LANGUAGES
    ]
    began, sizes, memory = time.perf_counter(), dict[str, list[int]](), list[float]()
    for drawn in draw(task, wanted, 1):
        sizes.setdefault(drawn.wanted.language, []).append(len(content(drawn)))
        memory.append(resident())
    alone = time.perf_counter() - began
    for drawn in draw(task, wanted[:2], 2):  # libraries are loaded once, as `get_ready` does
        content(drawn)
    began = time.perf_counter()
    for drawn in draw(task, wanted, 2):
        content(drawn)
    together = time.perf_counter() - began
    yield Measured("two processes against one", alone / together, "times", FASTER)
    for language, own in sizes.items():
        yield Measured(f"largest pdf {language}", max(own) / 1024, "KB", LARGEST[language])
    yield Measured("memory growth of a run", memory[-1] - memory[0], "MB", GROWTH)


def of_many_segments(found: Findings) -> Findings:
    """The same findings with as many segments as a large company has, all of them copies."""
    whole, *parts = found.segments
    copies = itertools.islice(itertools.cycle(parts), SEGMENTS - 1)
    return replace(
        found, segments=(whole, *(named(one, f"S{i:02}") for i, one in enumerate(copies, start=1)))
    )


def named(one: SegmentFindings, name: str) -> SegmentFindings:
    """A segment under another name."""
    signals = tuple(
        signal if signal.segment == ALL else replace(signal, segment=name) for signal in one.signals
    )
    return replace(one, segment=name, label=f"{name} · {one.label}", signals=signals)


def content(drawn: Drawn) -> bytes:
    """The bytes of a file; RuntimeError where there are none, for then nothing was measured."""
    if drawn.content is None:
        raise RuntimeError(f"{drawn.wanted}: {drawn.reason}")
    return drawn.content


def resident() -> float:
    """Megabytes this process has in memory now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE
