"""The reference page of the format: its examples are read, its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instruments.model import BlockKind, Kind, Means, Role, Special
from instruments.reader import read_instrument
from instruments.reader.ids import RESERVED
from instruments.reader.roles import ROLE_RULES
from instruments.reader.whole import Rater

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "instrument-format.md").read_text(encoding="utf-8")
WHOLE = [text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "\nversion:" in text]


@pytest.mark.parametrize("text", WHOLE, ids=lambda text: str(text).split("\n", 1)[0])
def test_whole_examples_are_right(text: str) -> None:
    """What readers copy works."""
    assert read_instrument(text.encode(), "instrument-format.md").questions


def test_there_are_examples_of_both_forms() -> None:
    """The short form and blocks are both shown whole."""
    assert ["blocks:" in text for text in WHOLE] == [False, True]


@pytest.mark.parametrize(
    "word",
    [
        *(role for role in Role if not ROLE_RULES[role].made),
        *BlockKind,
        *(kind for kind in Kind if kind is not Kind.RANK),
        *Special,
        *Means,
        *Rater,
    ],
)
def test_every_word_of_the_format_is_explained(word: str) -> None:
    """No role, kind, type, special, meaning or dimension goes without mention."""
    assert f"`{word}`" in PAGE or f'"{word}"' in PAGE


@pytest.mark.parametrize("role", [role for role in Role if not ROLE_RULES[role].made])
def test_every_role_is_said_to_fit_the_types_it_fits(role: Role) -> None:
    """The table of roles says what the reader checks."""
    table = PAGE.partition("### `role`")[2].partition("\n## ")[0].splitlines()
    (row,) = [line for line in table if f"`{role}`" in line.split("|")[:2][-1]]
    types = row.split("|")[2].strip()
    kinds = ROLE_RULES[role].kinds
    if types == "all but text":
        assert set(kinds) == {Kind.SINGLE, Kind.MULTIPLE, Kind.NUMBER, Kind.SCALE}
    else:
        assert set(types.split(", ")) == set(kinds)


def test_reserved_words_are_listed() -> None:
    """Who chooses ids sees which are not free."""
    assert f"`{' '.join(sorted(RESERVED))}`" in PAGE
