"""Files that stand outside the checkout: public data, and inert inputs made to break things.

Where they are not there, the tests that need them say so and are not run.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = Path(os.environ.get("TELLBACK_HOSTILE", ROOT.parent / "shared" / "hostile"))
"""The folder that TELLBACK_HOSTILE names; ``../shared/hostile`` beside the checkout otherwise."""
REAL_DATA = Path(os.environ.get("TELLBACK_REAL_DATA", ROOT.parent / "shared" / "data"))
"""The folder that TELLBACK_REAL_DATA names; ``../shared/data`` otherwise."""

needs_hostile = pytest.mark.skipif(
    not HOSTILE.is_dir(), reason=f"not run: no hostile inputs at {HOSTILE} (set TELLBACK_HOSTILE)"
)
needs_real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not REAL_DATA.is_dir(),
        reason=f"not run: no public data sets at {REAL_DATA} (set TELLBACK_REAL_DATA)",
    ),
]


@dataclass(frozen=True)
class HostileAnswer:
    """One line of the corpus of answers: the text, its kind, and what is to become of it."""

    line: int
    text: str
    category: str
    policy: str


def hostile_answers() -> Iterator[HostileAnswer]:
    """The corpus of hostile answers with their policies; nothing where it is absent."""
    manifest = HOSTILE / "answers_manifest.csv"
    if not manifest.is_file():
        return
    texts = (HOSTILE / "answers.txt").read_text(encoding="utf-8").split("\n")
    with manifest.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            line = int(row["line"])
            yield HostileAnswer(line, json.loads(texts[line - 1]), row["category"], row["policy"])
