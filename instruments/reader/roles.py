"""Can an indicator be made from the question that claims to be for it?

An indicator finds its question by role and relies on its form: NPS needs 0 to 10, the
problem rate an option that means yes and one that means no. That is checked here, so that no
indicator ever has to guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from instruments.model import Kind, Means, Role
from instruments.problems import Mark, Notes
from instruments.reader.questions import Draft

_CHOICE = (Kind.SINGLE, Kind.MULTIPLE)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role asks of its question.

    ``needed``: meanings that some option of a single or multiple question must have;
    ``allowed``: meanings besides. ``once``: asked at most once in an instrument. ``made``: by
    a block for an attribute, and never written as a question.
    """

    kinds: tuple[Kind, ...]
    needed: tuple[Means, ...] = ()
    allowed: tuple[Means, ...] = ()
    once: bool = True
    made: bool = False


_YES_NO = (Means.YES, Means.NO)
ROLE_RULES: Mapping[Role, RoleRule] = {
    Role.OVERALL: RoleRule((Kind.SCALE,)),
    Role.CONFIRMATION: RoleRule((Kind.SCALE,)),
    Role.IDEAL: RoleRule((Kind.SCALE,)),
    Role.EFFORT: RoleRule((Kind.SCALE,)),
    Role.IMPORTANCE: RoleRule((Kind.RANK, Kind.SCALE), made=True),
    Role.EXPECTATION: RoleRule((Kind.SCALE,), made=True),
    Role.EXPERIENCE: RoleRule((Kind.SCALE,), made=True),
    Role.PROBLEM: RoleRule((Kind.SINGLE,), _YES_NO),
    Role.PROBLEM_ATTRIBUTE: RoleRule(_CHOICE),
    Role.PROBLEM_KIND: RoleRule(_CHOICE),
    Role.VOICED: RoleRule(_CHOICE, (Means.COMPANY, Means.NOBODY), (Means.OTHERS,)),
    Role.TOLD: RoleRule((Kind.NUMBER,)),
    Role.HANDLED: RoleRule((Kind.SINGLE,), (Means.SOLVED, Means.UNSOLVED), (Means.PARTLY,)),
    Role.HANDLING: RoleRule((Kind.SCALE,)),
    Role.STAYS: RoleRule((Kind.SINGLE, Kind.SCALE), _YES_NO),
    Role.RECOMMEND: RoleRule((Kind.SCALE,)),
    Role.BUY_AGAIN: RoleRule((Kind.SCALE, Kind.SINGLE), _YES_NO),
    Role.BOUGHT_AGAIN: RoleRule((Kind.SINGLE,), _YES_NO),
    Role.FAVOURABILITY: RoleRule((Kind.SCALE,)),
    Role.NAMED_CHOICE: RoleRule((Kind.SINGLE,), _YES_NO),
    Role.BUY_MORE: RoleRule((Kind.SCALE,)),
    Role.PRICE_TOLERANCE: RoleRule((Kind.NUMBER,)),
    Role.PROFILE: RoleRule((*_CHOICE, Kind.NUMBER, Kind.SCALE), once=False),
    Role.COMMENT: RoleRule((Kind.TEXT,), once=False),
    Role.PERSONAL: RoleRule((Kind.TEXT,), once=False),
    Role.QUOTE: RoleRule((Kind.SINGLE,), _YES_NO),
    Role.OTHER: RoleRule((*_CHOICE, Kind.NUMBER, Kind.SCALE), once=False),
}
"""What each role asks of its question."""

_TEN = tuple(range(11))


def check_roles(drafts: Sequence[Draft], notes: Notes) -> None:
    """Note every question that does not fit its role, and every role taken twice."""
    first: dict[tuple[Role, str | None], Mark] = {}
    for draft in drafts:
        question = draft.question
        rule = ROLE_RULES[question.role]
        if rule.made and question.attribute is None and question.kind is not Kind.RANK:
            _note(draft, notes, "is made by a block of its own")
            continue
        key = (question.role, question.attribute)
        if rule.once and key in first:
            what = f"role {question.role} is used twice"
            about = f" for attribute {question.attribute}" if question.attribute else ""
            notes.add(draft.role_at, f"{what}{about} (first on line {first[key].line})")
        first.setdefault(key, draft.role_at)
        if draft.sound:
            _check_form(draft, rule, notes)


def _check_form(draft: Draft, rule: RoleRule, notes: Notes) -> None:
    question = draft.question
    if question.kind not in rule.kinds:
        _note(draft, notes, f"does not go with type {question.kind}", " or ".join(rule.kinds))
        return
    if question.role is Role.RECOMMEND and question.codes != _TEN:
        _note(draft, notes, "needs a scale from 0 to 10")
    if question.role is Role.PROBLEM_ATTRIBUTE and not question.options_are_attributes:
        _note(draft, notes, "needs options: attributes")
    meant = {point.means for point in question.points if point.means is not None}
    needed = rule.needed if question.kind in _CHOICE else ()
    for means in needed:
        if means not in meant:
            _note(draft, notes, f"needs an option that means {means}")
    for means in sorted(meant - {*needed, *rule.allowed}):
        _note(draft, notes, f"has no use for an option that means {means}")


def _note(draft: Draft, notes: Notes, what: str, instead: str = "") -> None:
    notes.add(draft.role_at, f"role {draft.question.role} {what}", instead)
