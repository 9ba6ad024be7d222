"""A small questionnaire with every kind of question, for tests of imports, datasets, exports."""

from __future__ import annotations

from types import MappingProxyType

from instruments.model import (
    Attribute,
    Condition,
    Instrument,
    Kind,
    Point,
    Question,
    Role,
    Special,
    Text,
)


def text(words: str) -> Text:
    """A wording in English only."""
    return Text(MappingProxyType({"en": words}))


def points(*codes: int) -> tuple[Point, ...]:
    """Points without labels."""
    return tuple(Point(code) for code in codes)


ATTRIBUTES = tuple(Attribute(name, text(name)) for name in ("price", "staff", "speed"))

OVERALL = Question(
    "overall",
    "rating",
    Kind.SCALE,
    Role.OVERALL,
    text("How satisfied?"),
    points=points(1, 2, 3, 4, 5),
    specials=(Special.DONT_KNOW, Special.REFUSED),
    required=True,
)
RECOMMEND = Question(
    "recommend", "loyalty", Kind.NUMBER, Role.RECOMMEND, text("Recommend?"), minimum=0, maximum=10
)
PROBLEM = Question(
    "problem", "problems", Kind.SINGLE, Role.PROBLEM, text("A problem?"), points=points(1, 2)
)
KIND = Question(
    "kind",
    "problems",
    Kind.MULTIPLE,
    Role.PROBLEM_KIND,
    text("What kind?"),
    points=points(1, 2, 3),
    specials=(Special.DONT_KNOW,),
    show_if=Condition("problem", frozenset({1})),
)
HANDLING = Question(
    "handling",
    "problems",
    Kind.SCALE,
    Role.HANDLING,
    text("Handled well?"),
    points=points(1, 2, 3, 4, 5),
    specials=(Special.NOT_APPLICABLE,),
    show_if=Condition("kind", frozenset({1, 2})),
)
IMPORTANCE = Question(
    "importance", "importance", Kind.RANK, Role.IMPORTANCE, text("Most important?"), places=2
)
COMMENT = Question("comment", "open", Kind.TEXT, Role.COMMENT, text("Anything else?"))

QUESTIONS = (OVERALL, RECOMMEND, PROBLEM, KIND, HANDLING, IMPORTANCE, COMMENT)
INSTRUMENT = Instrument("small", 1, text("Small"), ("en",), ATTRIBUTES, (), QUESTIONS, ())
