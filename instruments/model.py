"""What is asked: a questionnaire as a typed, frozen, versioned value.

An :class:`Instrument` has one list of attributes, shared by all its blocks, so that
importance, expectation, experience and complaints speak about the same things. Its
blocks expand into a flat list of :class:`Question`; everything downstream (pages,
answers, columns, indicators) reads that list. A question says what it *means* by its
:class:`Role`, so that no indicator ever guesses from an id or from wording.

Ids are stable for ever: a question that a block makes for an attribute is named
``<block>_<attribute>``, whatever its text or place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from instruments.problems import InstrumentsError

CODE_MAX = 120
"""Largest answer code; with the negative codes of missing answers a column fits a byte."""


class UnknownQuestion(InstrumentsError, LookupError):
    """Asked for a question that the instrument does not have."""

    def __init__(self, question_id: str, instrument_id: str) -> None:
        super().__init__(f"instrument {instrument_id} has no question {question_id}")


class UnknownAttribute(InstrumentsError, LookupError):
    """Asked for an attribute that the instrument does not have."""

    def __init__(self, attribute_id: str, instrument_id: str) -> None:
        super().__init__(f"instrument {instrument_id} has no attribute {attribute_id}")


class Kind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # one point of an ordered scale
    SINGLE = "single"  # one option
    MULTIPLE = "multiple"  # any options
    RANK = "rank"  # attributes in order, most important first
    NUMBER = "number"  # a whole number in a range
    TEXT = "text"  # open text


class Role(StrEnum):
    """What a question means to the indicators, in the field's words."""

    OVERALL = "overall"
    CONFIRMATION = "confirmation"
    IDEAL = "ideal"
    EFFORT = "effort"
    IMPORTANCE = "importance"
    EXPECTATION = "expectation"
    EXPERIENCE = "experience"
    PROBLEM = "problem"
    PROBLEM_ATTRIBUTE = "problem_attribute"
    PROBLEM_KIND = "problem_kind"
    VOICED = "voiced"
    TOLD = "told"
    HANDLED = "handled"
    HANDLING = "handling"
    STAYS = "stays"
    RECOMMEND = "recommend"
    BUY_AGAIN = "buy_again"
    BOUGHT_AGAIN = "bought_again"
    FAVOURABILITY = "favourability"
    NAMED_CHOICE = "named_choice"
    BUY_MORE = "buy_more"
    PRICE_TOLERANCE = "price_tolerance"
    PROFILE = "profile"
    COMMENT = "comment"
    PERSONAL = "personal"  # contact details, an order number: never quoted
    QUOTE = "quote"
    OTHER = "other"


class Special(StrEnum):
    """Answers that are answers, but no point of the scale."""

    DONT_KNOW = "dk"
    NOT_APPLICABLE = "na"
    REFUSED = "refused"


class Means(StrEnum):
    """What choosing an option amounts to, where an indicator must know."""

    YES = "yes"
    NO = "no"
    COMPANY = "company"
    OTHERS = "others"
    NOBODY = "nobody"
    SOLVED = "solved"
    PARTLY = "partly"
    UNSOLVED = "unsolved"


class Better(StrEnum):
    """Which end of a scale is the good one."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class BlockKind(StrEnum):
    """A group of questions of one kind."""

    IMPORTANCE = "importance"
    RATING = "rating"
    EXPECTATION = "expectation"
    PROBLEM = "problem"
    LOYALTY = "loyalty"
    PROFILE = "profile"
    OPEN = "open"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in every language of the instrument.

    >>> Text(MappingProxyType({"en": "Price", "zh": "价格"})).of("zh")
    '价格'
    """

    by_language: Mapping[str, str]

    def of(self, language: str) -> str:
        """The wording in ``language``; in the first language where that one is not offered."""
        found = self.by_language.get(language)
        return found if found is not None else next(iter(self.by_language.values()))


@dataclass(frozen=True, slots=True)
class Point:
    """One option or scale point: its code, its label (scales may label only some) and meaning.

    ``other`` marks the one option of a question for whatever the others do not name
    ("Something else"): reports put it last and never call it the most frequent one.
    """

    code: int
    text: Text | None = None
    means: Means | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only when an earlier question was answered with one of ``codes``."""

    question: str
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One element of product or service; ``dimension`` is one of RATER, where given."""

    id: str
    text: Text
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, expanded from its block.

    ``points`` are ordered as shown; for ``scale`` they ascend in code. ``attribute`` is set
    where the question is about one attribute. ``options_are_attributes``: point *i* (code
    *i*+1) stands for attribute *i*. ``places``: how many attributes a ranking asks for.
    ``minimum``/``maximum`` bound a number.
    """

    id: str
    block: str
    kind: Kind
    role: Role
    text: Text
    hint: Text | None = None
    attribute: str | None = None
    points: tuple[Point, ...] = ()
    better: Better = Better.NONE
    specials: tuple[Special, ...] = ()
    required: bool = False
    show_if: Condition | None = None
    options_are_attributes: bool = False
    places: int = 0
    minimum: int = 0
    maximum: int = 0

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes that count as points or options, in order."""
        if self.kind is Kind.NUMBER:
            return tuple(range(self.minimum, self.maximum + 1))
        return tuple(point.code for point in self.points)

    def codes_meaning(self, *meanings: Means) -> frozenset[int]:
        """Codes of the options that amount to one of ``meanings``."""
        return frozenset(p.code for p in self.points if p.means in meanings)

    def best_codes(self, boxes: int) -> frozenset[int]:
        """The ``boxes`` best codes of a scale (top-2-box: 2), by its direction."""
        ordered = sorted(self.codes, reverse=self.better is not Better.LOW)
        return frozenset(ordered[:boxes])


@dataclass(frozen=True, slots=True)
class Block:
    """A group of questions of one kind, with the heading people see."""

    id: str
    kind: BlockKind
    title: Text
    intro: Text | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once: a heading and the ids of its questions, in order.

    ``side_by_side`` pages show expectation and experience of an attribute next to each other.
    """

    title: Text
    intro: Text | None
    questions: tuple[str, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of a questionnaire; complete and checked when it exists at all.

    ``minutes`` is the stated time to fill in (0: not stated). ``source`` is the text it was
    read from, kept so that a stored version can be shown and read again.
    """

    id: str
    version: int
    title: Text
    languages: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...]
    pages: tuple[Page, ...]
    intro: Text | None = None
    thanks: Text | None = None
    minutes: int = 0
    source: str = ""
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_by_id", MappingProxyType({question.id: question for question in self.questions})
        )

    def question(self, question_id: str) -> Question:
        """The question of that id; :class:`UnknownQuestion` where there is none."""
        try:
            return self._by_id[question_id]
        except KeyError:
            raise UnknownQuestion(question_id, self.id) from None

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    def with_role(self, role: Role) -> tuple[Question, ...]:
        """All questions of that role, in the order asked."""
        return tuple(question for question in self.questions if question.role is role)

    def first(self, role: Role) -> Question | None:
        """The question of a role that is asked once, or None."""
        return next((question for question in self.questions if question.role is role), None)

    def about(self, role: Role) -> Mapping[str, Question]:
        """Attribute id → its question of that role, in attribute order."""
        found = {q.attribute: q for q in self.with_role(role) if q.attribute is not None}
        return {a.id: found[a.id] for a in self.attributes if a.id in found}

    def attribute(self, attribute_id: str) -> Attribute:
        """The attribute of that id; :class:`UnknownAttribute` where there is none."""
        for attribute in self.attributes:
            if attribute.id == attribute_id:
                return attribute
        raise UnknownAttribute(attribute_id, self.id)

    def columns(self) -> Iterator[Column]:
        """The coded columns that answers to this instrument fill, in question order."""
        for question in self.questions:
            yield from question_columns(question, self.attributes)


@dataclass(frozen=True, slots=True)
class Column:
    """One coded column of a dataset.

    ``scale``/``single``/``number``: one column named as the question, holding the code.
    ``multiple``: one 0/1 column an option, ``<question>.<code>``. ``rank``: one column an
    attribute, ``<question>.<attribute>``, holding the place given (1 = most important) or 0
    where the respondent ranked but not this attribute. Open text has no column.
    """

    name: str
    question: str
    codes: tuple[int, ...]
    option: int | None = None
    attribute: str | None = None


def question_columns(question: Question, attributes: tuple[Attribute, ...]) -> tuple[Column, ...]:
    """The columns one question fills (see :class:`Column`)."""
    if question.kind is Kind.TEXT:
        return ()
    if question.kind is Kind.MULTIPLE:
        return tuple(
            Column(f"{question.id}.{p.code}", question.id, (0, 1), option=p.code)
            for p in question.points
        )
    if question.kind is Kind.RANK:
        places = tuple(range(question.places + 1))
        return tuple(
            Column(f"{question.id}.{a.id}", question.id, places, attribute=a.id) for a in attributes
        )
    return (Column(question.id, question.id, question.codes),)
