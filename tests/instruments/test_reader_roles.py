"""Roles: a question that claims to be for an indicator is fit for it."""

from __future__ import annotations

import pytest

from instruments.model import Kind, Role
from instruments.reader.roles import ROLE_RULES
from tests.instruments.instrument_files import asking, blocks, problems, read


def options(*meanings: str) -> str:
    """Options with these meanings, ``""`` for none."""
    written = [
        f"{{code: {code}, label: L{code}" + (f', means: "{means}"' if means else "") + "}"
        for code, means in enumerate(meanings, start=1)
    ]
    return f"options: [{', '.join(written)}]"


FORMS = {
    Role.PROBLEM: options("yes", "no"),
    Role.VOICED: options("company", "others", "nobody"),
    Role.HANDLED: options("solved", "partly", "unsolved"),
    Role.STAYS: options("yes", "no", ""),
    Role.BOUGHT_AGAIN: options("yes", "no"),
    Role.NAMED_CHOICE: options("yes", "no"),
    Role.PROBLEM_KIND: options("", ""),
    Role.PROBLEM_ATTRIBUTE: "options: attributes",
    Role.RECOMMEND: "min: 0, max: 10",
    Role.COMMENT: "",
    Role.PERSONAL: "",
    Role.QUOTE: options("yes", "no"),
    Role.PROFILE: options("", ""),
    Role.OTHER: "min: 1, max: 7",
}
"""What a question of each role may look like; where none is given, five points."""


def asked(role: Role, kind: Kind, form: str) -> str:
    """A questionnaire that asks one question of that role and form on line 11."""
    comma = ", " if form else ""
    question = f"{{id: q, type: {kind}, role: {role}, text: T{comma}{form}}}"
    return blocks(f"{{id: b, kind: questions, title: B, questions: [{question}]}}")


@pytest.mark.parametrize("role", [role for role in Role if not ROLE_RULES[role].made])
def test_every_role_has_a_form_that_is_right(role: Role) -> None:
    """Each role can be asked for in a list of questions."""
    numbers = {Role.TOLD: "max: 50", Role.PRICE_TOLERANCE: "max: 50"}
    kind = ROLE_RULES[role].kinds[0]
    form = numbers.get(role) or FORMS.get(role, "min: 1, max: 5")
    if role is Role.OTHER:
        kind = Kind.SCALE
    if role is Role.STAYS:
        kind = Kind.SINGLE
    assert read(asked(role, kind, form)).question("q").role is role


@pytest.mark.parametrize("role", [role for role in Role if not ROLE_RULES[role].made])
def test_a_role_refuses_types_it_cannot_use(role: Role) -> None:
    """An indicator never meets a question of a type it was not made for."""
    wrong = Kind.TEXT if Kind.TEXT not in ROLE_RULES[role].kinds else Kind.NUMBER
    assert problems(asked(role, wrong, ""))[0].startswith(
        f"11: role {role} does not go with type {wrong}"
    )


@pytest.mark.parametrize("role", [role for role in Role if ROLE_RULES[role].made])
def test_roles_of_attributes_are_made_by_blocks(role: Role) -> None:
    """Importance, expectation and experience belong to attributes and cannot be written."""
    said = problems(asked(role, Kind.SCALE, "min: 1, max: 5"))
    assert said == [f"11: role {role} is made by a block of its own"]


@pytest.mark.parametrize(
    ("role", "kind", "form", "said"),
    [
        (Role.RECOMMEND, Kind.SCALE, "min: 1, max: 10", "needs a scale from 0 to 10"),
        (Role.RECOMMEND, Kind.SCALE, "min: 0, max: 5", "needs a scale from 0 to 10"),
        (Role.PROBLEM, Kind.SINGLE, options("yes", ""), "needs an option that means no"),
        (Role.PROBLEM, Kind.SINGLE, options("", ""), "needs an option that means yes"),
        (Role.VOICED, Kind.MULTIPLE, options("company", ""), "needs an option that means nobody"),
        (Role.VOICED, Kind.SINGLE, options("others", "nobody"), "an option that means company"),
        (Role.HANDLED, Kind.SINGLE, options("solved", "partly"), "an option that means unsolved"),
        (Role.STAYS, Kind.SINGLE, options("yes", ""), "needs an option that means no"),
        (Role.PROBLEM_ATTRIBUTE, Kind.MULTIPLE, options("", ""), "needs options: attributes"),
        (Role.PROFILE, Kind.SINGLE, options("yes", ""), "has no use for an option that means yes"),
        (Role.PROBLEM, Kind.SINGLE, options("yes", "no", "solved"), "no use for an option that m"),
    ],
)
def test_a_role_needs_its_meanings(role: Role, kind: Kind, form: str, said: str) -> None:
    """What an indicator counts must be there, and nothing that it would not count."""
    found = problems(asked(role, kind, form))
    assert found[0].startswith(f"11: role {role} ")
    assert said in found[0]


def test_a_role_is_taken_once() -> None:
    """Two overall questions would be two satisfaction indices."""
    question = "{id: %s, type: scale, role: overall, min: 1, max: 5, text: T}"
    assert problems(asking(question % "a", question % "b")) == [
        "7: role overall is used twice (first on line 6)"
    ]


def test_comments_profile_personal_and_other_questions_may_be_many() -> None:
    """Roles that stand for no single figure are not counted."""
    question = "{id: %s, type: text, text: T}"
    assert len(read(asking(question % "a", question % "b")).with_role(Role.COMMENT)) == 2
    personal = "{id: %s, type: text, role: personal, text: T}"
    assert len(read(asking(personal % "a", personal % "b")).with_role(Role.PERSONAL)) == 2


def test_importance_is_asked_once() -> None:
    """Two rankings of the same attributes would be two sets of weights."""
    ranking = "{id: %s, kind: importance, title: I, text: T}"
    assert problems(blocks(ranking % "a", ranking % "b")) == [
        "12: role importance is used twice (first on line 11)"
    ]
