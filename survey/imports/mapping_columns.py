"""What does one entry under ``columns:`` say, and can the question be answered so?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from instruments.model import Instrument, Kind, Question, Special
from survey.imports.decoding import ColumnRule, cell_key
from survey.imports.mapping_nodes import Entries, MappingReader, Node

MISSING: Mapping[str, str | None] = MappingProxyType(
    {
        "missing": None,
        "dont_know": Special.DONT_KNOW.value,
        "not_applicable": Special.NOT_APPLICABLE.value,
        "refused": Special.REFUSED.value,
    }
)
"""Keys of the mapping that name cells which are no code → the answer they stand for."""
KEYS = ("question", "codes", *MISSING, "option", "separator", "place", "attribute")


def read_columns(
    reader: MappingReader, node: Node, instrument: Instrument, common: Mapping[str, str | None]
) -> tuple[ColumnRule, ...]:
    """The rule of every column; ``common`` are the missing codes given for all of them."""
    rules: list[ColumnRule] = []
    for column, (key, value) in reader.entries(node, "columns").items():
        at = reader.place_of(column, key)
        rule = _rule(reader, column, at, key, value, instrument, common)
        if rule is not None:
            _refuse_second(reader, rule, rules, key)
            rules.append(rule)
    return tuple(rules)


def read_missing(
    reader: MappingReader, entries: Entries, question: Question | None
) -> dict[str, str | None]:
    """Cell → what it stands for, from the keys of :data:`MISSING`.

    With a ``question`` the kinds must be offered by it; without, they are kept for all.
    """
    found: dict[str, str | None] = {}
    for key, answer in MISSING.items():
        if key not in entries:
            continue
        name, value = entries[key]
        if question is not None and answer is not None and answer not in question.specials:
            reader.wrong(
                name,
                f"question {question.id} does not offer {key}",
                "use missing, or let the questionnaire offer it",
            )
        for text in reader.texts(value):
            found[cell_key(text)] = answer
    return found


def _rule(
    reader: MappingReader,
    column: str,
    at: int,
    key: Node,
    value: Node,
    instrument: Instrument,
    common: Mapping[str, str | None],
) -> ColumnRule | None:
    if reader.is_word(value):
        entries: Entries = {"question": (key, value)}
    else:
        entries = reader.entries(value, f"column {column}", KEYS)
    if "question" not in entries:
        reader.wrong(key, f"column {column} names no question", "write question: and its id")
        return None
    asked = reader.text(entries["question"][1])
    if asked not in instrument:
        ids = [question.id for question in instrument.questions]
        reader.unknown(entries["question"][1], "question is called", asked, ids)
        return None
    question = instrument.question(asked)
    missing = _usable(common, question) | read_missing(reader, entries, question)
    option, place, attribute, separator = _part(reader, key, entries, question, instrument)
    return ColumnRule(
        column,
        at,
        question,
        codes=_codes(reader, entries, question, instrument, option),
        missing=MappingProxyType(missing),
        option=option,
        place=place,
        attribute=attribute,
        separator=separator,
    )


def _usable(common: Mapping[str, str | None], question: Question) -> dict[str, str | None]:
    """Missing codes for all columns, as far as they are no code of this question.

    The words of our own exports are understood where the question offers them.
    """
    own = {str(code) for code in question.codes}
    found: dict[str, str | None] = {special.value: special.value for special in question.specials}
    for text, answer in common.items():
        if text not in own and (answer is None or answer in question.specials):
            found[text] = answer
    return found


def _part(
    reader: MappingReader, key: Node, entries: Entries, question: Question, instrument: Instrument
) -> tuple[int | None, int, str | None, str]:
    """(option, place, attribute, separator): which part of the question the column holds."""
    allowed = {
        Kind.MULTIPLE: ("option", "separator"),
        Kind.RANK: ("place", "attribute"),
    }.get(question.kind, ())
    given = [name for name in ("option", "separator", "place", "attribute") if name in entries]
    for name in given:
        if name not in allowed:
            reader.wrong(
                entries[name][0], f"{name} says nothing of a {question.kind} question", "remove it"
            )
    usable = [name for name in given if name in allowed]
    if len(usable) != 1 and allowed:
        reader.wrong(
            key,
            f"the column must hold one part of {question.kind} question {question.id}",
            f"give {' or '.join(allowed)}",
        )
    if len(usable) != 1:
        return None, 0, None, ""
    name, node = usable[0], entries[usable[0]][1]
    text = reader.text(node)
    match name:
        case "option":
            known = [str(code) for code in question.codes]
            return reader.one_of(node, "option", text, known, int), 0, None, ""
        case "place":
            places = [str(place + 1) for place in range(question.places)]
            return None, reader.one_of(node, "place", text, places, int) or 0, None, ""
        case "attribute":
            ids = [attribute.id for attribute in instrument.attributes]
            return None, 0, reader.one_of(node, "attribute", text, ids, str), ""
        case _:
            if not text:
                reader.wrong(node, "separator is empty", "write one like ;")
            return None, 0, None, text


def _codes(
    reader: MappingReader,
    entries: Entries,
    question: Question,
    instrument: Instrument,
    option: int | None,
) -> Mapping[str, int | str] | None:
    """Cell → code or attribute id, each checked against the question."""
    if "codes" not in entries:
        return None
    if question.kind is Kind.TEXT:
        reader.wrong(entries["codes"][0], "open text has no codes", "remove codes")
        return None
    found: dict[str, int | str] = {}
    attributes = [attribute.id for attribute in instrument.attributes]
    known: Sequence[str] = [str(code) for code in question.codes]
    if option is not None:
        known = ["1", "0"]
    by_name = question.kind is Kind.RANK and "place" in entries
    if question.kind is Kind.RANK:
        known = attributes if by_name else [str(place) for place in range(question.places + 1)]
    for cell, (_, value) in reader.entries(entries["codes"][1], "codes").items():
        text = reader.text(value)
        what = "attribute" if by_name else f"code of question {question.id}"
        code: int | str | None
        if by_name:
            code = reader.one_of(value, what, text, known, str)
        else:
            code = reader.one_of(value, what, text, known, int)
        if code is not None:
            found[cell_key(cell)] = code
    return MappingProxyType(found)


def _refuse_second(
    reader: MappingReader, rule: ColumnRule, rules: Sequence[ColumnRule], key: Node
) -> None:
    """Two columns for one question cannot both be right, unless each holds a part of it."""
    for other in rules:
        if other.question is rule.question and (
            other.part == rule.part or other.form != rule.form or other.form == "whole"
        ):
            what = f"columns {other.column} and {rule.column} both answer {rule.question.id}"
            reader.wrong(key, what, "keep one, or give each a part of the question")
