"""Is the file as a whole a questionnaire? Its head, attributes, scales and blocks together."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from instruments.model import Attribute, Block, BlockKind, Instrument, Special, Text
from instruments.problems import Mark, Notes, shown
from instruments.reader.blocks import BlockDraft, Sheet, read_block
from instruments.reader.conditions import resolve_conditions
from instruments.reader.ids import id_of, read_id
from instruments.reader.pages import make_pages
from instruments.reader.questions import Draft, Reading, read_question
from instruments.reader.roles import check_roles
from instruments.reader.scales import SCALE_KEYS, Scale, read_scale
from instruments.reader.texts import Texts, read_languages
from instruments.yaml_reader import MappingNode, Node, Tree
from instruments.yaml_reader.fields import Fields, open_fields, whole

QUESTIONS_MAX = 500
"""Questions of an instrument, those made by blocks counted."""
ATTRIBUTES_MAX = 30
"""Attributes of an instrument; eight are a good number."""
BLOCKS_MAX = 100
VERSION_MAX = 1_000_000
MINUTES_MAX = 60
SHORT_FORM = "questions"
"""The id of the one block of an instrument that lists questions only."""

_SPECIALS = frozenset(special.value for special in Special)


class Rater(StrEnum):
    """The five dimensions of service quality."""

    RELIABILITY = "reliability"
    ASSURANCE = "assurance"
    TANGIBLES = "tangibles"
    EMPATHY = "empathy"
    RESPONSIVENESS = "responsiveness"


_KEYS = (
    "id",
    "version",
    "title",
    "languages",
    "minutes",
    "intro",
    "thanks",
    "scales",
    "attributes",
    "blocks",
    "questions",
)


def read_whole(tree: Tree, notes: Notes) -> Instrument | None:
    """The instrument that a file describes; None where anything is wrong with it."""
    fields = open_fields(notes, tree.root, "the top level", _KEYS)
    if fields is None:
        return None
    instrument_id = id_of(fields)
    version = _version(fields)
    texts = Texts(notes, read_languages(fields))
    title = texts.need(fields, "title")
    intro, thanks = texts.get(fields, "intro"), texts.get(fields, "thanks")
    minutes = fields.whole("minutes", 1, MINUTES_MAX)
    scales = _scales(fields, texts)
    reading = Reading(
        notes,
        texts,
        _attributes(fields, texts),
        {name: scale for name, scale in scales.items() if scale is not None},
        tuple(scales),
    )
    blocks = _blocks(fields, reading, title or Text({}))
    drafts = [draft for block in blocks for sheet in block.sheets for draft in sheet.drafts]
    _check_ids(blocks, drafts, notes)
    check_roles(drafts, notes)
    resolve_conditions(drafts, notes)
    if notes.total or tree.problems or title is None:
        return None
    return Instrument(
        id=instrument_id,
        version=version,
        title=title,
        languages=texts.languages,
        attributes=reading.attributes,
        blocks=tuple(block.block for block in blocks),
        questions=tuple(draft.question for draft in drafts),
        pages=make_pages(blocks),
        intro=intro,
        thanks=thanks,
        minutes=minutes or 0,
        source=tree.text,
    )


def _version(fields: Fields) -> int:
    node = fields.need("version")
    if node is None:
        return 0
    number = whole(node) or 0
    if not 1 <= number <= VERSION_MAX:
        said = "write plain digits" if number < 1 else f"at most {VERSION_MAX:,}"
        fields.notes.add(node.at, "version must be a whole number from 1", said)
    return number


def _scales(fields: Fields, texts: Texts) -> dict[str, Scale | None]:
    """The named scales; None for one that is wrong."""
    node = fields.get("scales")
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        fields.notes.add(node.at, "scales must be a mapping", "write a name and a colon for each")
        return {}
    found: dict[str, Scale | None] = {}
    for name, entry in node.entries.items():
        read_id(fields.notes, entry.key, "the name of a scale")
        inner = open_fields(fields.notes, entry.value, "a scale", SCALE_KEYS)
        found[name] = read_scale(inner, texts) if inner is not None else None
    return found


def _attributes(fields: Fields, texts: Texts) -> tuple[Attribute, ...]:
    nodes = fields.items("attributes") or ()
    if len(nodes) > ATTRIBUTES_MAX:
        fields.notes.add(nodes[ATTRIBUTES_MAX].at, f"at most {ATTRIBUTES_MAX} attributes")
    found: dict[str, Attribute] = {}
    for node in nodes:
        inner = open_fields(fields.notes, node, "an attribute", ("id", "text", "dimension"))
        if inner is None:
            continue
        attribute_id = id_of(inner)
        text = texts.need(inner, "text")
        dimension = inner.word("dimension", Rater)
        if attribute_id in found:
            inner.notes.add(inner.at_value("id"), f"attribute id {attribute_id} is used twice")
        elif attribute_id in _SPECIALS:
            said = f"attribute id {attribute_id} stands for an answer"
            inner.notes.add(inner.at_value("id"), said, "take another word")
        elif attribute_id:
            found[attribute_id] = Attribute(attribute_id, text or Text({}), dimension)
    return tuple(found.values())


def _blocks(fields: Fields, reading: Reading, title: Text) -> list[BlockDraft]:
    """All blocks; a list of questions alone is a block under the instrument's own title."""
    if "blocks" in fields:
        if "questions" in fields:
            said = "put them into a block, or leave blocks out"
            fields.notes.add(fields.key_at("questions"), "questions does not go with blocks", said)
        nodes = fields.items("blocks") or ()
        if len(nodes) > BLOCKS_MAX:
            fields.notes.add(nodes[BLOCKS_MAX].at, f"at most {BLOCKS_MAX} blocks")
        found = (read_block(reading, node) for node in nodes[:BLOCKS_MAX])
        return [block for block in found if block is not None]
    if "questions" not in fields:
        if not fields.partial:
            fields.notes.add(fields.at, "questions is missing", "list questions, or blocks")
        return []
    # One more than may be asked is enough to tell that there are too many.
    nodes = (fields.items("questions") or ())[: QUESTIONS_MAX + 1]
    read = (_question(reading, node) for node in nodes)
    sheet = Sheet(title, None, [draft for draft in read if draft is not None])
    block = Block(SHORT_FORM, BlockKind.QUESTIONS, title)
    return [BlockDraft(block, fields.key_at("questions"), [sheet])]


def _question(reading: Reading, node: Node) -> Draft | None:
    return read_question(reading, node, SHORT_FORM, None)


def _check_ids(blocks: Sequence[BlockDraft], drafts: list[Draft], notes: Notes) -> None:
    if len(drafts) > QUESTIONS_MAX:
        notes.add(drafts[QUESTIONS_MAX].at, f"at most {QUESTIONS_MAX} questions")
    _refuse_twice("block", [(block.block.id, block.at) for block in blocks], notes)
    _refuse_twice("question", [(draft.question.id, draft.id_at) for draft in drafts], notes)


def _refuse_twice(what: str, ids: Sequence[tuple[str, Mark]], notes: Notes) -> None:
    first: dict[str, Mark] = {}
    for found, at in ids:
        if found and found in first:
            line = first[found].line
            notes.add(at, f"{what} id {shown(found)} is used twice (first on line {line})")
        first.setdefault(found, at)
