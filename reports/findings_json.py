"""Findings as a file: every figure at full precision, readable by people and programs.

The same findings give the same text, byte for byte: keys are sorted, numbers are written in
the shortest form that reads back as the same number, and NaN and infinity do not occur. The
form is described by ``findings.schema.json`` and in ``docs/reference/findings.md``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, cast, get_args, get_origin, get_type_hints

from reports.errors import ReportError
from reports.findings import Family, Findings
from reports.quoted import Voices

FORMAT = "tellback-findings/2"
"""Names this form of the file; a change that old readers cannot read gets a new number."""


Place = tuple[str | int, "Place | None"]
"""Where in the file: a name or a number, and what it is in."""

Reader = Callable[[Any, Place], object]
"""Makes a value of what JSON holds; raises :class:`UnreadableFindings`."""


class UnreadableFindings(ReportError, ValueError):
    """A text is not findings as :func:`to_json` writes them."""

    def __init__(self, where: str, wanted: str) -> None:
        super().__init__(f"These are no findings that can be read: {where} should be {wanted}.")


def to_json(findings: Findings, *, compact: bool = False) -> str:
    """Findings as JSON text, ending in a line break; ``compact``: all of it on one line."""
    write = COMPACT if compact else SPREAD_OUT
    return write.encode({"format": FORMAT, **_named(findings)}) + "\n"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _named(thing: Any) -> dict[str, object]:
    """What a dataclass holds, by name."""
    kind: type = type(thing)
    return {name: getattr(thing, name) for name in _names(kind)}


SPREAD_OUT = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True, default=_named
)
LATER: Mapping[type, Mapping[str, object]] = {
    Voices: {"unknown": 0},
    Findings: {"cycles": [], "comparison": "wave_before"},
}
"""Fields that came to this form later, and what they are in files of before."""

COMPACT = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    separators=(",", ":"),
    sort_keys=True,
    default=_named,
)


def from_json(text: str) -> Findings:
    """The findings that :func:`to_json` wrote, equal in every figure.

    Raises :class:`UnreadableFindings`, naming the place, for anything else.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFindings(f"line {error.lineno}", "JSON") from error
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise UnreadableFindings("format", f'"{FORMAT}"')
    content.setdefault("comparison", Family.WAVE_BEFORE.value)  # before there was a choice
    return cast(Findings, _reader(Findings)(content, ("findings", None)))


@cache
def _reader(kind: Any) -> Reader:
    """What reads a dataclass, a tuple, something or None, or a scalar.

    It is made once for each kind: findings of many segments are hundreds of thousands of values.
    """
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return _object_reader(kind, {name: _reader(hints[name]) for name in _names(kind)})
    options = get_args(kind)
    if get_origin(kind) is tuple:
        return _tuple_reader(_reader(options[0]))
    if NoneType in options:
        return _optional_reader(_reader(options[0]))
    return _enum_reader(kind) if issubclass(kind, Enum) else _scalar_reader(kind)


def _object_reader(kind: type, readers: Mapping[str, Reader]) -> Reader:
    later = LATER.get(kind, {})

    def read(content: Any, place: Place) -> object:
        if isinstance(content, dict):
            content = {**later, **content}
        if not isinstance(content, dict) or content.keys() != readers.keys():
            raise UnreadableFindings(_said(place), f"an object with {', '.join(sorted(readers))}")
        return kind(*[reader(content[name], (name, place)) for name, reader in readers.items()])

    return read


def _tuple_reader(reader: Reader) -> Reader:
    def read(content: Any, place: Place) -> object:
        if not isinstance(content, list):
            raise UnreadableFindings(_said(place), "a list")
        return tuple([reader(item, (i, place)) for i, item in enumerate(content)])

    return read


def _optional_reader(reader: Reader) -> Reader:
    return lambda content, place: None if content is None else reader(content, place)


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(content: Any, place: Place) -> object:
        if not isinstance(content, str) or content not in members:
            raise UnreadableFindings(_said(place), f"one of {', '.join(members)}")
        return members[content]

    return read


def _scalar_reader(kind: type) -> Reader:
    def read(content: Any, place: Place) -> object:
        if type(content) is not kind:
            raise UnreadableFindings(_said(place), f"a {kind.__name__}")
        return content

    return read


def _said(place: Place) -> str:
    """A place in words.

    >>> _said((3, ("segments", ("findings", None))))
    'findings.segments[3]'
    """
    name, around = place
    if around is None:
        return str(name)
    return f"{_said(around)}[{name}]" if isinstance(name, int) else f"{_said(around)}.{name}"
