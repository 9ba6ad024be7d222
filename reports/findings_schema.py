"""The JSON Schema of the findings file, made from the classes it is written from.

Types come from the classes, words from the first line of their docstrings and from
:data:`reports.findings_fields.FIELDS`; only what no type can say (a figure without a value has a
reason) is added here. ``findings.schema.json`` is what :func:`schema_text` gives; a test
compares them, and writes the file anew with ``--update-golden``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from reports.findings import Change, Figure, Findings, Interval, SegmentFindings
from reports.findings_fields import FIELDS
from reports.findings_json import FORMAT
from reports.indicators.bases import Base

Json = dict[str, Any]

SCALARS = {str: "string", bool: "boolean", int: "integer", float: "number"}
NAMES: Mapping[type, str] = {SegmentFindings: "segment"}
"""Names in the schema that are not the class's own."""

SHARE = {"minimum": 0, "maximum": 1}
NARROWER: Mapping[tuple[type, str], Json] = {
    (Findings, "confidence"): {"minimum": 0.5, "exclusiveMaximum": 1},
    (Findings, "smallest_base"): {"minimum": 3, "maximum": 20},
    (Findings, "segments"): {"minItems": 1},
    (Figure, "scale"): {"maxItems": 2},
    (Figure, "se"): {"minimum": 0},
    (Figure, "effective_n"): {"minimum": 0},
    (Interval, "confidence"): SHARE,
    (Change, "p"): SHARE,
    (Change, "p_adjusted"): SHARE,
    (Change, "discovery"): SHARE,
    (Change, "detectable"): {"minimum": 0},
}
"""What a field allows, where that is less than its type."""

NOTHING: Json = {"type": "null"}
VALUE_OR_REASON: Json = {
    "oneOf": [
        {"properties": {"value": {"type": "number"}, "reason": NOTHING}},
        {
            "properties": {
                "value": NOTHING,
                "reason": {"type": "string"},
                "count": NOTHING,
                "se": NOTHING,
                "interval": NOTHING,
                "certain": NOTHING,
                "others": {"maxItems": 0},
            }
        },
    ],
    "if": {"properties": {"standing": {"const": "hidden"}}},
    "then": {"properties": {"n": {"const": 0}, "value": NOTHING}},
}
"""A figure has a value or a reason; a hidden one shows nothing."""


def schema_text() -> str:
    """The schema as text, ending in a line break.

    >>> schema_text() == schema_text().strip() + chr(10)
    True
    """
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def schema() -> Json:
    """The schema of a findings file of this form."""
    whole = _object(Findings)
    constant = {"const": FORMAT, "description": "Names this form of the file."}
    whole["properties"] = {"format": constant, **whole["properties"]}
    whole["required"] = sorted([*whole["required"], "format"])
    used = {_name(kind): kind for kind in _used(Findings)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tellback findings",
        **whole,
        "$defs": {name: _definition(used[name]) for name in sorted(used)},
    }


def _used(kind: type) -> Iterator[type]:
    """Every class and every enumeration in the fields of a class, each as often as it occurs."""
    for name, hint in _hints(kind).items():
        for inner in _leaves(hint):
            if is_dataclass(inner):
                yield inner
                yield from _used(inner)
            elif issubclass(inner, Enum):
                yield inner
        if (kind, name) == (Figure, "base"):
            yield Base


def _leaves(hint: Any) -> Iterator[type]:
    inner = [part for part in get_args(hint) if part is not Ellipsis]
    if not inner:
        yield hint
    for part in inner:
        yield from _leaves(part)


def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _name(kind: type) -> str:
    return NAMES.get(kind, re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower())


def _definition(kind: type) -> Json:
    if is_dataclass(kind):
        return {**_object(kind), **(VALUE_OR_REASON if kind is Figure else {})}
    return {"description": _summary(kind), "enum": [member.value for member in kind]}  # type: ignore[attr-defined]


def _summary(kind: type) -> str:
    """The first sentence of a docstring."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _object(kind: type) -> Json:
    properties = {
        name: {
            **_type(Base if (kind, name) == (Figure, "base") else hint),
            **NARROWER.get((kind, name), {}),
            "description": FIELDS[kind][name],
        }
        for name, hint in _hints(kind).items()
    }
    return {
        "description": _summary(kind),
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _type(hint: Any) -> Json:
    """A field's type: a scalar, a reference, a list, or one of these or null."""
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0])}
    options = get_args(hint)
    if NoneType in options:
        inner = _type(options[0])
        if "$ref" in inner:
            return {"anyOf": [inner, NOTHING]}
        return {**inner, "type": [inner["type"], "null"]}
    if hint in SCALARS:
        return {"type": SCALARS[hint], **({"minimum": 0} if hint is int else {})}
    return {"$ref": f"#/$defs/{_name(hint)}"}
