"""Hostile questionnaire files: the right verdict, line and sentence, soon and in little memory."""

from __future__ import annotations

import csv
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from instruments.problems import InstrumentError
from instruments.reader import load, read_instrument
from tests.instruments.instrument_files import HEAD
from tests.outside_files import HOSTILE, needs_hostile

SECONDS = 2
MEGABYTES = 200


def manifest() -> list[dict[str, str]]:
    """The cases and their verdicts; none where the folder is absent."""
    path = HOSTILE / "instruments" / "manifest.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_hostile
@pytest.mark.parametrize("case", manifest(), ids=lambda case: str(case["file"]))
def test_each_case_gets_its_verdict(case: dict[str, str]) -> None:
    """Accepted, or refused first of all for the reason and at the line that the manifest names."""
    path = HOSTILE / "instruments" / case["file"]
    started = time.process_time()
    if case["verdict"] == "accept":
        assert load(path).id == "demo"
    else:
        with pytest.raises(InstrumentError) as caught:
            load(path)
        told = caught.value.lines[0]
        assert told.startswith(f"{path}:{case['line']}:")
        assert case["expected_error"] in told
    assert time.process_time() - started < SECONDS


QUESTIONS = f"{HEAD}questions:\n"
LARGE = {
    "10 MB": b"title: " + b"x" * 10_000_000,
    "2 MB of questions": b"- {id: q, type: text, text: T}\n" * 65_000,
    "a flow list": b"a: [" + b"a," * 500_000 + b"]",
    "the same key again and again": b"a: 1\n" * 200_000,
    "anchors": b"- &a b\n" * 140_000,
    "unknown keys": b"id: demo\n" + b"".join(b"verson%d: 1\n" % i for i in range(49_000)),
    "one long text": b'title: "' + b"x" * 1_000_000 + b'"',
    "quotes": b"'" * 1_000_000,
    "tabs": b"\t" * 1_000_000,
    "colons": b":" * 1_000_000,
    "question marks": b"? " * 500_000,
    "brackets": b"[" * 1_000_000,
    "an open bracket": b"a: [\n" + b"b: {}\n" * 160_000,
    "control characters": b"\x01" * 1_000_000,
    "escaped control characters": b'"' + b"\\u0007" * 170_000 + b'"',
    "languages": b"id: demo\nlanguages: [" + b"en," * 90_000 + b"]",
    "digits": b"version: " + b"9" * 1_000_000,
    "options": (
        QUESTIONS.encode()
        + b" - id: q\n   type: single\n   text: T\n   options:\n"
        + b"".join(b"    - {code: %d, label: a%d}\n" % (i, i) for i in range(19_000))
    ),
    "questions": QUESTIONS.encode()
    + b"".join(b" - {id: q%d, type: text, text: T}\n" % i for i in range(14_000)),
    "conditions": QUESTIONS.encode()
    + b"".join(
        b" - {id: q%d, type: text, text: T, show_if: {question: z%d, is: 1}}\n" % (i, i)
        for i in range(6_500)
    ),
}
"""Files that are large in one way each; made here, as they are too large to keep."""


@pytest.fixture
def memory() -> Iterator[None]:
    """Watches the memory that a test takes."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("name", LARGE)
def test_large_files_are_refused_soon(name: str) -> None:
    """No file of any size or shape keeps anybody waiting; a hundred problems at most are listed."""
    started = time.process_time()
    with pytest.raises(InstrumentError) as caught:
        read_instrument(LARGE[name], "large.yaml")
    # Measured without coverage none takes one second; with it, on a busy machine, some take four.
    assert time.process_time() - started < 5 * SECONDS
    assert len(caught.value.problems) <= 200


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("name", ["a flow list", "anchors", "one long text"])
def test_large_files_take_little_memory(name: str) -> None:
    """The tree of the largest file that is read fits in a small part of a small machine."""
    with pytest.raises(InstrumentError):
        read_instrument(LARGE[name], "large.yaml")
    assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Of ten gigabytes no more is read than tells that the file is too large."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(InstrumentError, match="the file is too large: at most 1,024 KiB"):
        load(path)
