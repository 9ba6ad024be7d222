"""What a month costs when there are years before it.

The first pass over stored answers (decoded into columns) against bare reading and decoding of
the same rows; then the findings of one month, with the counts of all months kept, for a short
and a long history of answers: both must stay under a second, and alike.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from bench.big_survey import SURVEY, fill, instrument
from bench.figure import Measured
from survey.dataset import wave_chunks, waves_with_answers
from survey.fieldwork.surveys import find_survey
from survey.jobs.findings import find_out
from survey.store import Store

SHORT, LONG = 1, 16
"""Copies of the sample company's answers in the two histories."""

ALLOWED = 1.0
"""Seconds that findings may take."""


def measure(folder: Path) -> Iterator[Measured]:
    """First pass in microseconds a response and core; findings in seconds."""
    for name, copies in (("short", SHORT), ("long", LONG)):
        data = folder / name
        store, size = fill(data, copies)
        with store:
            if copies == LONG:
                yield _first_pass(store, data, size)
            find_out(store, find_survey(store, SURVEY), wave=_last(store), by="tier")
            began = time.perf_counter()
            find_out(store, find_survey(store, SURVEY), wave=_last(store), by="tier")
            took = time.perf_counter() - began
            yield Measured(f"findings, {size} answers before", took, "s", ALLOWED)


def _first_pass(store: Store, data: Path, size: int) -> Measured:
    """Ours and bare turn by turn, wave by wave: what slows the machine slows both."""
    asked = instrument()
    database = sqlite3.connect(data / "tellback.sqlite")
    ours = bare = 0.0
    rows = 0
    for wave in waves_with_answers(store, SURVEY):
        began = time.process_time()
        _read_and_decode(database, wave)
        between = time.process_time()
        rows += sum(chunk.size for chunk in wave_chunks(store, SURVEY, asked, wave))
        ours += time.process_time() - between
        bare += between - began
    database.close()
    if rows != size:
        raise RuntimeError(f"{size} answers were stored and {rows} read")
    return Measured("first pass", ours / size * 1e6, "us", bare / size * 1e6)


def _read_and_decode(database: sqlite3.Connection, wave: str) -> None:
    query = "SELECT answers, segments FROM response WHERE survey_id = ? AND wave = ? ORDER BY id"
    for answers, segments in database.execute(query, (SURVEY, wave)):
        json.loads(answers)
        json.loads(segments)


def _last(store: Store) -> str:
    return waves_with_answers(store, SURVEY)[-1]
