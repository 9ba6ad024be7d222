"""Findings as a file: every figure at full precision, readable by people and programs.

The same findings give the same text, byte for byte: keys are sorted, numbers are written in
the shortest form that reads back as the same number, and NaN and infinity do not occur. The
form is described by ``findings.schema.json`` and in ``docs/reference/findings.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
LATER: Mapping[type, Mapping[str, object]] = {Voices: {"unknown": 0}}
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
    return cast(Findings, _read(Findings, content, "findings"))


@cache
def _types(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read(kind: Any, content: Any, where: str) -> object:
    """Read ``content`` as ``kind``: a dataclass, a tuple, something or None, or a scalar."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_object(kind, content, where)
    if get_origin(kind) is tuple:
        if not isinstance(content, list):
            raise UnreadableFindings(where, "a list")
        inner = get_args(kind)[0]
        return tuple(_read(inner, item, f"{where}[{i}]") for i, item in enumerate(content))
    options = get_args(kind)
    if NoneType in options:
        return None if content is None else _read(options[0], content, where)
    return _read_scalar(kind, content, where)


def _read_object(kind: type, content: Any, where: str) -> object:
    types = _types(kind)
    if isinstance(content, dict):
        content = {**LATER.get(kind, {}), **content}
    if not isinstance(content, dict) or content.keys() != types.keys():
        raise UnreadableFindings(where, f"an object with {', '.join(sorted(types))}")
    return kind(**{name: _read(types[name], content[name], f"{where}.{name}") for name in types})


def _read_scalar(kind: type, content: Any, where: str) -> object:
    if issubclass(kind, Enum):
        allowed = [member.value for member in kind]
        if content not in allowed:
            raise UnreadableFindings(where, f"one of {', '.join(allowed)}")
        return kind(content)
    if type(content) is not kind:
        raise UnreadableFindings(where, f"a {kind.__name__}")
    return content
