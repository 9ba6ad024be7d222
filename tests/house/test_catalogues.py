"""Both languages are complete: every text has its Chinese, and what ships is what was written."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {"reports": ("reports",), "survey": ("survey", "templates")}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
ROOMS = [room for room in SOURCES if (ROOT / room / "locale").is_dir()]
FIELD = re.compile(r"\{(\w*)\}|%\((\w+)\)s")


def written(room: str) -> Path:
    """Where a room's Chinese texts stand, without suffix."""
    return ROOT / room / "locale" / "zh" / "LC_MESSAGES" / room


def catalogue(room: str) -> Catalog:
    """The Chinese texts as written."""
    with written(room).with_suffix(".po").open("rb") as file:
        return read_po(file, locale="zh")


def texts_in(room: str) -> set[str]:
    """Every text the room's sources mark for translation; of plurals, the singular."""
    found: set[str] = set()
    for folder in SOURCES[room]:
        if (ROOT / folder).is_dir():
            for _file, _line, message, _comments, _context in extract_from_dir(
                ROOT / folder, METHODS, keywords=KEYWORDS
            ):
                found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def singular(identity: str | tuple[str, ...] | list[str]) -> str:
    """The text a catalogue entry is found by."""
    return identity if isinstance(identity, str) else identity[0]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """All forms of a translation."""
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_an_entry_and_no_entry_is_left_over(room: str) -> None:
    """A new sentence without Chinese fails here, and so does Chinese without its sentence."""
    entries = {singular(message.id) for message in catalogue(room) if message.id}
    assert texts_in(room) - entries == set(), "missing"
    assert entries - texts_in(room) == set(), "no longer used"
    assert not catalogue(room).obsolete


@pytest.mark.parametrize("room", ROOMS)
def test_no_entry_is_empty_or_doubtful(room: str) -> None:
    """What is unfinished does not ship."""
    unfinished = [
        message.id
        for message in catalogue(room)
        if message.id
        and (message.fuzzy or not all(form.strip() for form in forms(message.string or "")))
    ]
    assert unfinished == []


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_keeps_the_places_of_figures(room: str) -> None:
    """A translation names the same fields as its source, or a sentence would lose its number."""

    def fields(text: str) -> set[str]:
        return {one or other for one, other in FIELD.findall(text)}

    wrong = [
        message.id
        for message in catalogue(room)
        if message.id
        for form in forms(message.string or "")
        if fields(form) != fields(forms(message.id)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_what_ships_is_what_was_written(room: str) -> None:
    """The compiled catalogue is in step with the written one (else: make translations)."""
    fresh = io.BytesIO()
    write_mo(fresh, catalogue(room))
    fresh.seek(0)
    with written(room).with_suffix(".mo").open("rb") as file:
        shipped = {singular(m.id): forms(m.string or "") for m in read_mo(file) if m.id}
    assert shipped == {singular(m.id): forms(m.string or "") for m in read_mo(fresh) if m.id}
