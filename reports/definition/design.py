"""How does a report definition want reports to look? Sections and colours.

Each gives a part of the :class:`reports.design.Design`, by name; what is wrong is noted and left
out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from instruments.problems import Notes, shown
from instruments.yaml_reader import Node, Scalar
from instruments.yaml_reader.fields import Fields, open_fields
from reports.definition.values import some, words
from reports.design import CHAPTERS, METHOD, Colours, DesignImpossible, check_contrast

COLOURS = ("accent", "band", "good", "bad")

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)


def chapters(fields: Fields) -> Mapping[str, object]:
    """Which chapters the report on a segment has, in which order: ``chapters``."""
    chosen = words(fields, "sections", CHAPTERS)
    if chosen is not None and METHOD not in chosen:
        told = "sections leaves out method, which every report has"
        fields.notes.add(fields.at_value("sections"), told, "figures need their method; add method")
        return {}
    return some("chapters", chosen)


def colours(notes: Notes, node: Node) -> Mapping[str, object]:
    """The colours of the house: ``colours``."""
    fields = open_fields(notes, node, "colours", COLOURS)
    if fields is None:
        return {}
    before, given = notes.total, {}
    for name in COLOURS:
        colour = _colour(fields, name)
        if colour:
            given[name] = colour
            try:
                check_contrast(name, colour)
            except DesignImpossible as error:
                notes.add(fields.at_value(name), error.what, error.instead)
    if notes.total > before:
        return {}
    try:
        return {"colours": Colours(**given)}
    except DesignImpossible as error:
        at = next(name for name in (error.name, "bad", "good") if name in given)
        notes.add(fields.at_value(at), error.what, error.instead)
    return {}


def _colour(fields: Fields, name: str) -> str:
    """``#RRGGBB``; ``""`` where there is none, or what is written is none, which is noted."""
    node = fields.get(name)
    if node is None:
        return ""
    written = node.text if isinstance(node, Scalar) else ""
    if _COLOUR.fullmatch(written):
        return written.upper()
    found = shown(written) if written else "empty: outside of quotes, # begins a remark"
    fields.notes.add(node.at, f"{name} is {found}", 'write it in quotes, like "#0A5FA5"')
    return ""
