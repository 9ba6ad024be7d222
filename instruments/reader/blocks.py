"""Which questions does a block make, and on which sheets do they stand?

The list of attributes is written once; importance, rating and expectation blocks turn it
into questions whose ids are made of block and attribute and stay the same whatever the
texts. The other blocks hold their questions as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from instruments.model import Attribute, Better, Block, BlockKind, Kind, Question, Role, Text
from instruments.problems import Mark
from instruments.reader.ids import id_of
from instruments.reader.questions import ATTRIBUTES, Draft, Reading, read_question
from instruments.reader.scales import Scale
from instruments.yaml_reader import Broken, ListNode, Node, Scalar
from instruments.yaml_reader.fields import Fields, open_fields, read_name

MADE_ID_MAX = 64
"""Characters of an id made of block and attribute; SPSS takes no longer name."""

_COMMON = ("id", "kind", "title", "intro", "page")
_BY_KIND = {
    BlockKind.IMPORTANCE: ("text", "hint", "top", "required", "scale", "attributes"),
    BlockKind.RATING: ("scale", "attributes", "required", "questions"),
    BlockKind.EXPECTATION: (
        "scale",
        "attributes",
        "required",
        "layout",
        "expected",
        "experienced",
    ),
    BlockKind.PROBLEM: ("questions",),
    BlockKind.LOYALTY: ("questions",),
    BlockKind.PROFILE: ("questions",),
    BlockKind.OPEN: ("questions",),
    BlockKind.QUESTIONS: ("questions",),
}
_KEYS = tuple(dict.fromkeys((*_COMMON, *(key for keys in _BY_KIND.values() for key in keys))))
_DEFAULT_ROLE = {BlockKind.PROFILE: Role.PROFILE}
_TOP = 3
_FULL = "full"


class _Flow(StrEnum):
    NEW = "new"
    CONTINUE = "continue"


class _Layout(StrEnum):
    PAGES = "pages"
    SIDE_BY_SIDE = "side_by_side"


@dataclass(slots=True)
class Sheet:
    """Questions of one block that belong on one page, under a heading."""

    title: Text
    intro: Text | None
    drafts: list[Draft] = field(default_factory=list)
    side_by_side: bool = False


@dataclass(slots=True)
class BlockDraft:
    """A block with its sheets; ``continues`` the page of the block before."""

    block: Block
    at: Mark
    sheets: list[Sheet]
    continues: bool = False


def read_block(reading: Reading, node: Node) -> BlockDraft | None:
    """One block with all the questions it makes or holds; None where it cannot be read."""
    fields = open_fields(reading.notes, node, "a block", _KEYS)
    if fields is None:
        return None
    block_id = id_of(fields)
    kind = fields.word("kind", BlockKind, needed=True)
    title = reading.texts.need(fields, "title")
    intro = reading.texts.get(fields, "intro")
    continues = fields.word("page", _Flow) is _Flow.CONTINUE
    if continues and "intro" in fields:
        said = "start a new page, or leave the intro out"
        fields.notes.add(fields.key_at("intro"), "intro does not go with page: continue", said)
    if kind is None:
        return None
    for key in _KEYS:
        if key in fields and key not in _COMMON and key not in _BY_KIND[kind]:
            fields.notes.add(fields.key_at(key), f"{key} does not go with kind {kind}")
    block = Block(block_id, kind, title or Text({}), intro)
    maker = _Maker(reading, fields, block)
    return BlockDraft(block, fields.at_value("id"), maker.sheets(), continues)


class _Maker:
    """Makes the questions of one block."""

    def __init__(self, reading: Reading, fields: Fields, block: Block) -> None:
        self.reading = reading
        self.fields = fields
        self.block = block
        self.required = fields.flag("required")

    def sheets(self) -> list[Sheet]:
        """The block's sheets in the order shown."""
        if self.block.kind is BlockKind.EXPECTATION:
            return self._expectation()
        sheet = Sheet(self.block.title, self.block.intro)
        if self.block.kind is BlockKind.IMPORTANCE:
            sheet.drafts += self._rated() if "scale" in self.fields else self._ranked()
        elif self.block.kind is BlockKind.RATING:
            sheet.drafts += self._rating()
        else:
            sheet.drafts += self._written(needed=True)
        return [sheet]

    def _written(self, *, needed: bool) -> list[Draft]:
        nodes = self.fields.items("questions", needed=needed) or ()
        role = _DEFAULT_ROLE.get(self.block.kind)
        found = [read_question(self.reading, node, self.block.id, role) for node in nodes]
        return [draft for draft in found if draft is not None]

    def _rated(self) -> list[Draft]:
        """The importance of each attribute, rated on a scale of its own."""
        for key in ("text", "hint", "top"):
            if key in self.fields:
                said = "what is rated has no ranking; write the question as the intro"
                self.fields.notes.add(
                    self.fields.key_at(key), f"{key} does not go with a scale", said
                )
        scale = self.reading.named_scale(self.fields)
        return [self._about(a, Role.IMPORTANCE, "", scale) for a in self._attributes()]

    def _ranked(self) -> list[Draft]:
        """One ranking of all attributes."""
        if "attributes" in self.fields:
            said = "all are ranked; only a rating, with a scale, asks about some"
            self.fields.notes.add(
                self.fields.key_at("attributes"), "attributes does not go with a ranking", said
            )
        text = self.reading.texts.need(self.fields, "text")
        hint = self.reading.texts.get(self.fields, "hint")
        places = self._places()
        if text is None or not places or not self.block.id:
            return []
        question = Question(
            id=self.block.id,
            block=self.block.id,
            kind=Kind.RANK,
            role=Role.IMPORTANCE,
            text=text,
            hint=hint,
            required=self.required,
            options_are_attributes=True,
            points=self.reading.attribute_points(),
            places=places,
        )
        return [self._draft(question)]

    def _places(self) -> int:
        """How many attributes are ranked; 0 where that cannot be said."""
        count = len(self._attributes_of_all())
        node = self.fields.get("top")
        if isinstance(node, Scalar) and node.text == _FULL:
            return count
        if "top" not in self.fields:
            return min(_TOP, count)
        places = self.fields.whole("top", 1, max(count, 1))
        return places or 0

    def _rating(self) -> list[Draft]:
        drafts = self._written(needed="attributes" not in self.fields)
        if "attributes" not in self.fields:
            if "scale" in self.fields:
                said = "it is the scale of the attributes"
                self.fields.notes.add(
                    self.fields.key_at("scale"), "scale needs attributes here", said
                )
            return drafts
        scale = self.reading.named_scale(self.fields)
        rated = self._attributes()
        return drafts + [self._about(a, Role.EXPERIENCE, "", scale) for a in rated]

    def _expectation(self) -> list[Sheet]:
        scale = self.reading.named_scale(self.fields)
        asked = self._attributes()
        expected = [self._about(a, Role.EXPECTATION, "expected_", scale) for a in asked]
        experienced = [self._about(a, Role.EXPERIENCE, "experienced_", scale) for a in asked]
        if self.fields.word("layout", _Layout) is _Layout.SIDE_BY_SIDE:
            for key in ("expected", "experienced"):
                if key in self.fields:
                    said = "one page has one heading, the block's title"
                    at = self.fields.key_at(key)
                    self.fields.notes.add(at, f"{key} does not go with layout: side_by_side", said)
            both = [draft for pair in zip(expected, experienced, strict=True) for draft in pair]
            return [Sheet(self.block.title, self.block.intro, both, side_by_side=True)]
        return [self._heading("expected", expected), self._heading("experienced", experienced)]

    def _heading(self, key: str, drafts: list[Draft]) -> Sheet:
        """The page of one half, with a heading of its own."""
        node = self.fields.need(key, "give it a title, and an intro where wanted")
        inner = open_fields(self.reading.notes, node, key, ("title", "intro")) if node else None
        if inner is None:
            return Sheet(self.block.title, None, drafts)
        title = self.reading.texts.need(inner, "title")
        intro = self.reading.texts.get(inner, "intro")
        return Sheet(title or self.block.title, intro, drafts)

    def _about(self, attribute: Attribute, role: Role, word: str, scale: Scale | None) -> Draft:
        made = f"{self.block.id}_{word}{attribute.id}"
        if len(made) > MADE_ID_MAX:
            said = "shorten the id of the block or of the attribute"
            what = f"id {made} would be longer than {MADE_ID_MAX} characters"
            self.reading.notes.add(self.fields.at_value("id"), what, said)
        question = Question(
            id=made if self.block.id else "",
            block=self.block.id,
            kind=Kind.SCALE,
            role=role,
            text=attribute.text,
            attribute=attribute.id,
            points=scale.points if scale else (),
            better=scale.better if scale else Better.NONE,
            specials=scale.specials if scale else (),
            required=self.required,
        )
        return self._draft(question)

    def _draft(self, question: Question) -> Draft:
        at = self.fields.at_value("id")
        return Draft(question, self.fields.at, at, at, sound=bool(question.points))

    def _attributes_of_all(self) -> tuple[Attribute, ...]:
        if not self.reading.attributes:
            said = "list attributes at the left margin"
            self.fields.notes.add(
                self.fields.at, f"kind {self.block.kind} needs the instrument's attributes", said
            )
        return self.reading.attributes

    def _attributes(self) -> tuple[Attribute, ...]:
        """The attributes this block asks about: all, or those it lists, in its order."""
        node = self.fields.get("attributes")
        if node is None or (isinstance(node, Scalar) and node.text == "all"):
            return self._attributes_of_all()
        by_id = {attribute.id: attribute for attribute in self._attributes_of_all()}
        if not isinstance(node, ListNode):
            self.fields.notes.add(node.at, f"{ATTRIBUTES} must be all, or a list of ids")
            return ()
        found: dict[str, Attribute] = {}
        for item in self.fields.items("attributes") or ():
            name = (
                ""
                if isinstance(item, Broken)
                else read_name(self.reading.notes, item, by_id, "attribute")
            )
            if name in found:
                self.reading.notes.add(item.at, f"attribute {name} is given twice")
            elif name:
                found[name] = by_id[name]
        return tuple(found.values())
