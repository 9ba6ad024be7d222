"""What does one question ask, how is it answered, and what does it mean to the indicators?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from instruments.model import CODE_MAX, Attribute, Kind, Point, Question, Role, Text
from instruments.problems import Mark, Notes
from instruments.reader.ids import id_of
from instruments.reader.scales import (
    SCALE_KEYS,
    Scale,
    read_bounds,
    read_options,
    read_scale,
    read_specials,
    within_codes,
)
from instruments.reader.texts import Texts
from instruments.yaml_reader import Node, Scalar
from instruments.yaml_reader.fields import Fields, open_fields

_COMMON = ("id", "type", "role", "text", "hint", "required", "show_if")
_BY_KIND: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: (),
    Kind.SINGLE: ("options", "specials"),
    Kind.MULTIPLE: ("options", "specials"),
    Kind.SCALE: ("scale", *SCALE_KEYS),
    Kind.NUMBER: ("min", "max", "specials"),
}
"""What a question is asked with, by its type. Rankings are made by a block of their own."""
_KEYS = tuple(dict.fromkeys((*_COMMON, *(key for keys in _BY_KIND.values() for key in keys))))
ATTRIBUTES = "attributes"
"""Written for ``options``, it offers the instrument's attributes."""
_NO_TEXT = Text(MappingProxyType({"en": ""}))


@dataclass(slots=True)
class Draft:
    """A question as read, with the places that later checks point at.

    ``sound``: nothing was wrong with it so far, so that its codes may be relied on.
    ``show_if`` is read once all questions are known. ``at`` is where it stands in the file.
    """

    question: Question
    at: Mark
    id_at: Mark
    role_at: Mark
    sound: bool = True
    show_if: Node | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers of a part know of the whole: where to complain, and what is defined.

    ``scale_names`` has the names of wrong scales too, so that their use is no second problem.
    """

    notes: Notes
    texts: Texts
    attributes: tuple[Attribute, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    scale_names: tuple[str, ...] = ()

    def named_scale(self, fields: Fields) -> Scale | None:
        """The scale that ``scale`` names."""
        name = fields.name("scale", self.scale_names, "scale", needed=True)
        return self.scales.get(name)

    def attribute_points(self) -> tuple[Point, ...]:
        """The attributes as options: attribute *i* has the code *i* + 1."""
        return tuple(Point(i, a.text) for i, a in enumerate(self.attributes, start=1))


def read_question(reading: Reading, node: Node, block: str, role: Role | None) -> Draft | None:
    """One question of a block; ``role`` is what it means where it does not say."""
    fields = open_fields(reading.notes, node, "a question", _KEYS)
    if fields is None:
        return None
    before = reading.notes.total
    question_id = id_of(fields)
    kind = fields.word("type", _BY_KIND, needed=True)
    text = reading.texts.need(fields, "text")
    said = fields.word("role", Role)
    plain = Question(
        id=question_id,
        block=block,
        kind=kind or Kind.TEXT,
        role=said or role or (Role.COMMENT if kind is Kind.TEXT else Role.OTHER),
        text=text or _NO_TEXT,
        hint=reading.texts.get(fields, "hint"),
        required=fields.flag("required"),
    )
    answered = None
    if kind is not None:
        _refuse_other_keys(fields, kind)
        answered = _answered(reading, fields, plain)
    return Draft(
        answered or plain,
        fields.at,
        fields.at_value("id"),
        fields.at_value("role"),
        sound=reading.notes.total == before and answered is not None and bool(question_id),
        show_if=fields.get("show_if"),
    )


def _refuse_other_keys(fields: Fields, kind: Kind) -> None:
    for key in _KEYS:
        if key in fields and key not in _COMMON and key not in _BY_KIND[kind]:
            fields.notes.add(fields.key_at(key), f"{key} does not go with type {kind}")


def _answered(reading: Reading, fields: Fields, question: Question) -> Question | None:
    """The question with what may be answered; None where that is wrong."""
    if question.kind is Kind.SCALE:
        return _on_scale(reading, fields, question)
    if question.kind is Kind.NUMBER:
        bounds = read_bounds(fields, 0, CODE_MAX)
        if bounds is None or not within_codes(fields, bounds):
            return None
        return replace(
            question, minimum=bounds[0], maximum=bounds[1], specials=read_specials(fields)
        )
    if question.kind is Kind.TEXT:
        return question
    question = replace(question, specials=read_specials(fields))
    options = fields.get("options")
    if isinstance(options, Scalar) and options.text == ATTRIBUTES:
        if not reading.attributes:
            fields.notes.add(options.at, "there are no attributes to offer", "list attributes")
        return replace(question, points=reading.attribute_points(), options_are_attributes=True)
    points = read_options(fields, reading.texts)
    return None if points is None else replace(question, points=points)


def _on_scale(reading: Reading, fields: Fields, question: Question) -> Question | None:
    """A scale by its name, whose ``specials`` the question may give anew, or one of its own."""
    if "scale" not in fields:
        scale = read_scale(fields, reading.texts)
    else:
        for key in SCALE_KEYS:
            if key in fields and key != "specials":
                fields.notes.add(fields.key_at(key), f"{key} does not go with a named scale")
        scale = reading.named_scale(fields)
        if scale is not None and "specials" in fields:
            scale = replace(scale, specials=read_specials(fields))
    if scale is None:
        return None
    return replace(question, points=scale.points, better=scale.better, specials=scale.specials)
