"""Is this what was asked? The one door through which answers come in.

Web form, import, simulator and API all hand raw answers to :func:`check_answers`: it keeps
codes as given, normalises text once, drops what was not asked, and says what is not allowed
by a reason code, so that whoever asked can word it in the respondent's language. It runs on
every submission and on every imported row, so the instrument is compiled once into lookups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from types import MappingProxyType

from instruments.model import CODE_MAX, Instrument, Kind, Question
from instruments.open_text import has_half_character, is_blank, normalise

TEXT_MAX = 5000
"""Characters of an open text; longer ones are refused, never cut in silence."""

_DIGITS = 10  # a number with more is out of every range, and costs time to convert

KEPT = 64
"""Instruments whose lookups are kept, the newest."""

Answer = int | str | list[int] | list[str]
"""A code, ``"dk"``/``"na"``/``"refused"``, chosen codes, or attribute ids, most important first."""


class Reason(StrEnum):
    """Why an answer is not taken."""

    REQUIRED = "required"  # asked, must be answered, and is not
    NOT_OFFERED = "not_offered"  # no code, special answer or attribute of this question
    NOT_A_NUMBER = "not_a_number"  # no whole number in digits
    OUT_OF_RANGE = "out_of_range"  # a number below the smallest or above the largest
    DUPLICATE = "duplicate"  # the same attribute or option twice
    INCOMPLETE = "incomplete"  # a place left out, or fewer places than asked for (``limit``)
    TOO_MANY = "too_many"  # more places than asked for (``limit``)
    TOO_LONG = "too_long"  # more than ``limit`` characters
    INVALID_TEXT = "invalid_text"  # no text, or half a character that no file can hold
    UNKNOWN_QUESTION = "unknown_question"  # the instrument has no such question


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One answer that is not taken: its question, a reason code, and the limit it broke, if any."""

    question: str
    reason: Reason
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was taken, and what was not.

    ``answers``: question id → :data:`Answer`, in question order. ``comments``: question id →
    open text as typed; one that :func:`instruments.open_text.says_nothing` is kept, and
    counts as no answer.
    """

    answers: Mapping[str, Answer]
    comments: Mapping[str, str]
    problems: tuple[AnswerProblem, ...]


class _Refused(Exception):
    """Inside this module: an answer is not taken."""

    def __init__(self, reason: Reason, limit: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


def check_answers(instrument: Instrument, raw: Mapping[str, object]) -> Checked:
    """Take in one filled-in questionnaire.

    ``raw`` maps question ids to what was given. Codes may come as ``4`` or ``"4"``; several as
    a list; an answer of ``None``, ``""`` or an empty list is none. A question whose ``show_if``
    does not hold on the answers taken before it was not asked: what is given there is dropped.

    A ranking names attribute ids, most important first, and may not leave out a place; where
    it is required all places must be given.
    """
    plan = _plan(instrument)
    answers: dict[str, Answer] = {}
    comments: dict[str, str] = {}
    problems: list[AnswerProblem] = []
    given = raw.get
    for rule in plan.rules:
        if rule.on is not None and not _holds(answers.get(rule.on), rule.codes):
            continue
        value = given(rule.id)
        if value is None or value in ("", [], ()):
            if rule.required:
                problems.append(AnswerProblem(rule.id, Reason.REQUIRED))
            continue
        # Nearly every answer is a code: one look-up, and done. True is no 1 and 1.0 no code.
        if rule.simple and (type(value) is str or type(value) is int) and value in rule.accepted:
            answers[rule.id] = rule.accepted[value]
            continue
        try:
            _take(rule, value, answers, comments)
        except _Refused as refused:
            problems.append(AnswerProblem(rule.id, refused.reason, refused.limit))
    if not raw.keys() <= plan.ids:
        unknown = sorted(str(key) for key in raw.keys() - plan.ids)
        problems.extend(AnswerProblem(key, Reason.UNKNOWN_QUESTION) for key in unknown)
    return Checked(answers, comments, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Rule:
    """One question as look-ups: ``accepted`` maps everything that may be given to its answer."""

    id: str
    kind: Kind
    required: bool
    simple: bool
    accepted: Mapping[str | int, int | str]
    on: str | None
    codes: frozenset[int]
    places: int


@dataclass(frozen=True, slots=True)
class _Plan:
    rules: tuple[_Rule, ...]
    ids: frozenset[str]


_plans: dict[int, tuple[Instrument, _Plan]] = {}
_making_room = Lock()


def _plan(instrument: Instrument) -> _Plan:
    """The look-ups of an instrument, made once. Entries hold it, so that its id stays its own."""
    found = _plans.get(id(instrument))
    if found is not None:
        return found[1]
    plan = _Plan(
        tuple(_rule(question, instrument) for question in instrument.questions),
        frozenset(question.id for question in instrument.questions),
    )
    with _making_room:  # several threads of the server may come here at once
        while len(_plans) >= KEPT:
            del _plans[next(iter(_plans))]
        _plans[id(instrument)] = (instrument, plan)
    return plan


def _rule(question: Question, instrument: Instrument) -> _Rule:
    accepted: dict[str | int, int | str] = {}
    if question.kind is Kind.RANK:
        accepted = {attribute.id: attribute.id for attribute in instrument.attributes}
    elif question.kind is not Kind.TEXT:
        for code in question.codes:
            accepted[code] = accepted[str(code)] = code
    accepted |= {special.value: special.value for special in question.specials}
    return _Rule(
        question.id,
        question.kind,
        question.required,
        question.kind in (Kind.SCALE, Kind.SINGLE, Kind.NUMBER),
        MappingProxyType(accepted),
        question.show_if.question if question.show_if else None,
        question.show_if.codes if question.show_if else frozenset(),
        question.places,
    )


def _holds(answer: Answer | None, codes: frozenset[int]) -> bool:
    if isinstance(answer, list):
        return not codes.isdisjoint(answer)
    return answer in codes


def _take(rule: _Rule, value: object, answers: dict[str, Answer], comments: dict[str, str]) -> None:
    """An answer that is more than one code; raises _Refused."""
    if rule.kind is Kind.TEXT:
        text = _text(rule, value)
        if text:  # of control characters alone, nothing is left
            comments[rule.id] = text
        return
    taken: Answer | None
    if rule.kind is Kind.MULTIPLE:
        taken = _several(rule, value)
    elif rule.kind is Kind.RANK:
        taken = _ranking(rule, value)
    elif rule.kind is Kind.NUMBER:
        taken = _number(rule, value)
    else:
        raise _Refused(Reason.NOT_OFFERED)
    if taken is not None:
        answers[rule.id] = taken
    elif rule.required:
        raise _Refused(Reason.REQUIRED)


def _number(rule: _Rule, value: object) -> int | None:
    """A whole number however it is typed: with spaces around it, or in full-width digits."""
    text = str(value).strip() if type(value) in (str, int) else ""
    if isinstance(value, str) and not text:
        return None
    digits = text.removeprefix("-")
    if not digits.isdecimal():
        raise _Refused(Reason.NOT_A_NUMBER)
    digits = digits.lstrip("0０") or "0"
    number = int(digits) if len(digits) < _DIGITS else CODE_MAX + 1
    if (number and text.startswith("-")) or number not in rule.accepted:
        raise _Refused(Reason.OUT_OF_RANGE)
    return number


def _items(value: object) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    return (value,) if type(value) in (str, int) else (None,)


def _several(rule: _Rule, value: object) -> Answer | None:
    """Chosen codes in the order of the options; a special answer stands alone."""
    chosen: set[int] = set()
    special: str | None = None
    items = [item for item in _items(value) if item != ""]
    for item in items:
        found = _look_up(rule, item)
        if isinstance(found, str):
            special = found
        elif found in chosen:
            raise _Refused(Reason.DUPLICATE)
        else:
            chosen.add(found)
    if special is not None:
        if len(items) > 1:
            raise _Refused(Reason.NOT_OFFERED)
        return special
    return [code for code in rule.accepted if code in chosen and type(code) is int] or None


def _ranking(rule: _Rule, value: object) -> list[str] | None:
    """Attribute ids in order; a form sends one entry a place, ``""`` where none was chosen."""
    items = list(_items(value))
    while items and items[-1] == "":
        items.pop()
    if not items:
        return None
    if len(items) > rule.places:
        raise _Refused(Reason.TOO_MANY, rule.places)
    ranked: list[str] = []
    for item in items:
        if item == "":
            raise _Refused(Reason.INCOMPLETE, rule.places)
        found = str(_look_up(rule, item))
        if found in ranked:
            raise _Refused(Reason.DUPLICATE)
        ranked.append(found)
    if rule.required and len(ranked) < rule.places:
        raise _Refused(Reason.INCOMPLETE, rule.places)
    return ranked


def _look_up(rule: _Rule, item: object) -> int | str:
    if (type(item) is str or type(item) is int) and item in rule.accepted:
        return rule.accepted[item]
    raise _Refused(Reason.NOT_OFFERED)


def _text(rule: _Rule, value: object) -> str:
    if not isinstance(value, str):
        raise _Refused(Reason.INVALID_TEXT)
    if len(value) > 4 * TEXT_MAX:  # nothing that is removed makes up for this much
        raise _Refused(Reason.TOO_LONG, TEXT_MAX)
    text = normalise(value)
    if len(text) > TEXT_MAX:
        raise _Refused(Reason.TOO_LONG, TEXT_MAX)
    if has_half_character(text):
        raise _Refused(Reason.INVALID_TEXT)
    if rule.required and is_blank(text):
        raise _Refused(Reason.REQUIRED)
    return text
