"""What do the columns of somebody else's file mean? A mapping file says it, in YAML.

The format is described in ``docs/reference/mapping-format.md``. A mapping is judged
together with the questionnaire it maps to and the header of the file it is for, before any
row is read; all its problems are told at once, each with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from instruments.model import Instrument
from survey.imports.decoding import ColumnRule, FileMapping, LabelRule, WaveRule, cell_key
from survey.imports.mapping_columns import MISSING, read_columns, read_missing
from survey.imports.mapping_nodes import Entries, MappingReader, Node

VERSION = "1"
KEYS = ("mapping", "wave", "id", "language", "quoting", *MISSING, "segments", "columns", "ignore")
QUOTING = ("agreed", "unknown")
"""Whether those who wrote comments agreed to be quoted."""
DAY = "%Y-%m-%d"
_WAVE = re.compile(r"[1-9]\d{3}-(?:0[1-9]|1[0-2])", re.ASCII)
_FORM = re.compile(r"(?:%[YmdHMS]|[^%])*")


def read_mapping(
    source: bytes,
    name: str,
    instrument: Instrument,
    header: Sequence[str],
    *,
    fields: Sequence[str],
    anonymous: bool = False,
) -> FileMapping:
    """Read a mapping for a file with this header, to answers of this instrument.

    ``fields`` are the segment fields of the survey. In an ``anonymous`` survey ``id`` is
    refused, as it would tie answers to people. Raises
    :class:`survey.imports.problems.ImportRefused` with all problems.
    """
    reader = MappingReader(source, name, header)
    top = reader.entries(reader.root, "the mapping", KEYS)
    for needed in ("mapping", "wave", "columns"):
        if needed not in top:
            reader.wrong(reader.root, f"{needed} is missing", f"write {needed}: at the left margin")
    if "mapping" in top and reader.text(top["mapping"][1]) != VERSION:
        reader.wrong(top["mapping"][1], "this version of the format is not known", "write 1")
    if anonymous and "id" in top:
        reader.wrong(
            top["id"][0],
            "the survey is anonymous, and ids would tie answers to people",
            "remove id",
        )
    common = read_missing(reader, top, None)
    columns = (
        read_columns(reader, top["columns"][1], instrument, common) if "columns" in top else ()
    )
    found = FileMapping(
        whole=tuple(rule for rule in columns if rule.form == "whole"),
        parts=_parts(columns),
        wave=_wave(reader, top),
        language=_language(reader, top, instrument),
        segments=_segments(reader, top, fields),
        id_at=_column(reader, top["id"][1])[1] if "id" in top else None,
        quoting_agreed=_quoting(reader, top),
    )
    _refuse_forgotten(reader, top)
    reader.raise_if_any()
    return found


def _parts(columns: Sequence[ColumnRule]) -> Mapping[str, tuple[ColumnRule, ...]]:
    parts: dict[str, tuple[ColumnRule, ...]] = {}
    for rule in columns:
        if rule.form != "whole":
            parts[rule.question.id] = (*parts.get(rule.question.id, ()), rule)
    return MappingProxyType(parts)


def _wave(reader: MappingReader, top: Entries) -> WaveRule:
    if "wave" not in top:
        return WaveRule("")
    node = top["wave"][1]
    if reader.is_word(node):
        wave = reader.text(node)
        if not _WAVE.fullmatch(wave):
            reader.wrong(node, f"{wave} is no wave", "write year and month like 2015-06")
        return WaveRule(wave)
    entries = reader.entries(node, "wave", ("column", "format"))
    form = reader.text(entries["format"][1]) if "format" in entries else DAY
    if not _is_form(form):
        reader.wrong(node, f"{form} is no date format", 'write one like "%d.%m.%Y"')
    column, at = _column_of(reader, entries, node, "wave")
    return WaveRule("", at, form, column)


def _is_form(form: str) -> bool:
    """Whether a date can be read by a format: every part known, the year and month given once."""
    parts = re.findall("%.", form)
    known = _FORM.fullmatch(form) is not None and len(set(parts)) == len(parts)
    return known and {"%Y", "%m"}.issubset(parts)


def _language(reader: MappingReader, top: Entries, instrument: Instrument) -> LabelRule:
    first = instrument.languages[0]
    if "language" not in top:
        return LabelRule("language", first)
    node = top["language"][1]
    if reader.is_word(node):
        spoken = reader.one_of(node, "language", reader.text(node), instrument.languages, str)
        return LabelRule("language", spoken or first)
    return _label(reader, "language", node, first)


def _quoting(reader: MappingReader, top: Entries) -> bool:
    if "quoting" not in top:
        return False
    node = top["quoting"][1]
    return reader.one_of(node, "quoting", reader.text(node), QUOTING, str) == "agreed"


def _segments(reader: MappingReader, top: Entries, fields: Sequence[str]) -> tuple[LabelRule, ...]:
    if "segments" not in top:
        return ()
    found = []
    for field, (key, node) in reader.entries(top["segments"][1], "segments").items():
        reader.one_of(key, "segment field of the survey", field, fields, str)
        found.append(_label(reader, field, node, ""))
    return tuple(found)


def _label(reader: MappingReader, name: str, node: Node, fixed: str) -> LabelRule:
    """A word by column, short (``tier: GRADE``) or with its ``values``."""
    if reader.is_word(node):
        column, at = _column(reader, node)
        return LabelRule(name, fixed, column, at)
    entries = reader.entries(node, name, ("column", "values"))
    column, at = _column_of(reader, entries, node, name)
    values = None
    if "values" in entries:
        words = reader.entries(entries["values"][1], "values")
        values = {cell_key(cell): reader.text(value) for cell, (_, value) in words.items()}
    return LabelRule(name, fixed, column, at, values)


def _column_of(reader: MappingReader, entries: Entries, node: Node, what: str) -> tuple[str, int]:
    if "column" not in entries:
        reader.wrong(node, f"{what} names no column", "write column: and its name")
        return "", 0
    return _column(reader, entries["column"][1])


def _column(reader: MappingReader, node: Node) -> tuple[str, int]:
    column = reader.text(node)
    return column, reader.place_of(column, node)


def _refuse_forgotten(reader: MappingReader, top: Entries) -> None:
    """Each column of the file is mapped or ignored on purpose."""
    ignored: set[str] = set()
    if "ignore" in top:
        node = top["ignore"][1]
        if reader.is_word(node) and reader.text(node) == "rest":
            return
        ignored = set(reader.texts(node))
        for column in sorted(ignored):
            reader.place_of(column, node)
    forgotten = [c for c in reader.header if c not in ignored and c not in reader.used]
    if forgotten:
        reader.wrong(
            top["ignore"][0] if "ignore" in top else reader.root,
            f"columns are neither mapped nor ignored: {', '.join(forgotten)}",
            "map them, or list them under ignore, or write ignore: rest",
        )
