"""Tallying from the files of columns, against bare numpy; its peak memory; an ad-hoc filter.

Each size runs in a process of its own, wave by wave, so that its peak memory is that of
counting (generating and writing the files included) and of nothing else.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import bare_numpy
from bench.big_answers import thirty_items, waves_of
from bench.figure import Measured
from reports.dataset import Dataset
from reports.filters import Answered, Condition, InSegment, filtered
from reports.tally import tally_stream
from survey.dataset.files import open_columns, write_columns

SIZES = (1_000_000, 10_000_000)
GIGABYTE = 1024.0
"""In megabytes: what 10 million answers may need."""
FILTER_SECONDS = 0.5


def measure(folder: Path) -> Iterator[Measured]:
    """Seconds to tally, and megabytes at the peak, for each size; seconds of a filter."""
    for size in SIZES:
        own = folder / str(size)
        own.mkdir(parents=True)
        command = [sys.executable, "-m", "bench.counting", str(size), str(own)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        yield Measured(f"tally of {size} answers", told["ours"], "s", told["bare"])
        yield Measured(f"peak memory, {size} answers", told["memory"], "MB", GIGABYTE)
        if size == SIZES[0]:
            yield Measured(f"filter of {size} answers", told["filter"], "s", FILTER_SECONDS)


def _run(size: int, folder: Path) -> dict[str, float]:
    asked = thirty_items()
    for wave in waves_of(asked, size, seed=1):
        name = wave.wave.levels[0]
        write_columns(folder / name, {"wave": name}, asked, ["tier"], [wave])
    began = time.perf_counter()
    counted = tally_stream(_chunks(folder), "tier")
    ours = time.perf_counter() - began
    if sum(tally.responses for tally in counted.values()) != size:
        raise RuntimeError("some answers were not counted")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    picked: list[Condition] = [
        InSegment("tier", frozenset("AB")),
        Answered("overall", frozenset({4, 5})),
    ]
    tally_stream(filtered(_chunks(folder), picked), "tier")
    taken = time.perf_counter() - began
    bare = 0.0
    for wave in waves_of(asked, size, seed=1):
        given = bare_numpy.prepare(wave)
        began = time.perf_counter()
        bare_numpy.fill(given)
        bare += time.perf_counter() - began
    return {"ours": ours, "bare": bare, "memory": memory, "filter": taken}


def _chunks(folder: Path) -> Iterator[Dataset]:
    asked = thirty_items()
    for path in sorted(folder.iterdir()):
        found = open_columns(path, {"wave": path.name}, asked, path.name)
        if found is None:
            raise RuntimeError(f"{path.name} was not written whole")
        yield from found.chunks()


if __name__ == "__main__":
    print(json.dumps(_run(int(sys.argv[1]), Path(sys.argv[2]))))
