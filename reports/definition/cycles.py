"""Which PDCA cycles does a report definition tell of? Each with its figure, measure and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from instruments.catalogue import LANGUAGES
from instruments.open_text import is_blank, is_one_line
from instruments.problems import Notes, shown
from instruments.yaml_reader import MappingNode, Node, Scalar
from instruments.yaml_reader.fields import Fields, meant, open_fields
from reports.cycles import Cycle, Phase
from reports.findings import ALL
from reports.texts import INDICATORS

CYCLE = ("figure", "of", "segment", "measure", "owner", "due", "phase")
MOST = 40
"""Cycles of a definition."""

LETTERS_MAX = 200
"""Of a measure; of an owner less are shown."""


def cycles(fields: Fields) -> Mapping[str, object]:
    """The cycles in the order written: ``cycles``."""
    items = fields.items("cycles") or ()
    if len(items) > MOST:
        told = f"cycles has {len(items):,} entries"
        fields.notes.add(fields.at_value("cycles"), told, f"at most {MOST}; leave out the oldest")
        return {}
    found = [_cycle(fields.notes, item) for item in items]
    return {"cycles": tuple(cycle for cycle in found if cycle is not None)} if found else {}


def _cycle(notes: Notes, node: Node) -> Cycle | None:
    fields = open_fields(notes, node, "a cycle", CYCLE)
    if fields is None:
        return None
    before = notes.total
    key = _figure(fields)
    of, segment, owner = (_line(fields, name) for name in ("of", "segment", "owner"))
    english, chinese = _measure(fields)
    due = _day(fields)
    phase = fields.word("phase", Phase, needed=True)
    if notes.total > before or phase is None:
        return None
    return Cycle(key, of, segment or ALL, english, chinese, owner, due, phase)


def _figure(fields: Fields) -> str:
    """The key of the figure that must move; ``""`` where there is none such, which is noted."""
    node = fields.need("figure", "name the figure that must move, like gap")
    written = node.text if isinstance(node, Scalar) else ""
    if node is not None and written not in INDICATORS:
        likely = meant(fields.notes, written, list(INDICATORS))
        told = f"{shown(written) or 'this'} is no figure{likely}"
        fields.notes.add(node.at, told, "use a key of findings.json, like gap or complaint_rate")
    return written


def _line(fields: Fields, name: str) -> str:
    """One line of text that may be left out; ``""`` then, and where it is wrong."""
    node = fields.get(name)
    return "" if node is None else _text(fields.notes, node, name)


def _text(notes: Notes, node: Node, name: str) -> str:
    written = node.text if isinstance(node, Scalar) else ""
    if is_blank(written) or not is_one_line(written) or len(written) > LETTERS_MAX:
        notes.add(node.at, f"{name} must be one line of at most {LETTERS_MAX} characters")
        return ""
    return written


def _measure(fields: Fields) -> tuple[str, str]:
    """What is done, in English and Chinese: one text for both, or one for each."""
    node = fields.need("measure", "say what is done")
    if isinstance(node, MappingNode):
        told = Fields(fields.notes, node, LANGUAGES)
        english, chinese = (_line(told, language) for language in LANGUAGES)
        if not any(language in told for language in LANGUAGES):
            fields.notes.add(node.at, "measure says nothing", "write {en: …, zh: …}")
        return english, chinese
    return ("", "") if node is None else (_text(fields.notes, node, "measure"), "")


def _day(fields: Fields) -> str:
    """The day a phase is to end; ``""`` where it is none, which is noted."""
    node = fields.need("due", "write the day its phase is to end, like 2026-10-31")
    written = node.text if isinstance(node, Scalar) else ""
    if node is not None and not _is_day(written):
        told = f"{shown(written) or 'due'} is no day"
        fields.notes.add(node.at, told, "write it like 2026-10-31")
    return written


def _is_day(written: str) -> bool:
    """Whether it is a day of the calendar, written with its zeros and nothing else."""
    try:
        return dt.date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
