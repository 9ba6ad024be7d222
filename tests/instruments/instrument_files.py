"""Questionnaire files as a test writes them: small, and wrong at one place."""

from __future__ import annotations

import pytest

from instruments.model import Instrument
from instruments.problems import InstrumentError
from instruments.reader import read_instrument

HEAD = "id: demo\nversion: 1\ntitle: Demo\nlanguages: [en]\n"
"""The first four lines of a questionnaire in English."""

BOTH = "id: demo\nversion: 1\ntitle: {en: Demo, zh: 演示}\nlanguages: [en, zh]\n"
"""The first four lines of a questionnaire in both languages."""

ATTRIBUTES = """\
scales:
  five: {min: 1, max: 5, specials: [na]}
attributes:
  - {id: quality, text: Product quality}
  - {id: price, text: Value for money}
"""
"""A scale and two attributes for a questionnaire in English; five lines."""


def read(text: str) -> Instrument:
    """The instrument that a text describes."""
    return read_instrument(text.encode(), "demo.yaml")


def asking(*questions: str) -> str:
    """A questionnaire of these questions, each a flow mapping; the first stands on line 6."""
    return f"{HEAD}questions:\n" + "".join(f"  - {question}\n" for question in questions)


def blocks(*written: str) -> str:
    """A questionnaire with a scale, two attributes and these blocks, each a flow mapping.

    The first stands on line 11.
    """
    return f"{HEAD}{ATTRIBUTES}blocks:\n" + "".join(f"  - {block}\n" for block in written)


def problems(text: str | bytes) -> list[str]:
    """What is wrong with a text: ``line: sentence`` for each problem, in the order told."""
    source = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InstrumentError) as caught:
        read_instrument(source, "demo.yaml")
    return [str(p).replace(f":{p.column}: ", ": ", 1)[10:] for p in caught.value.problems]
