"""How the sample customers answer: a seeded model of people filling in a questionnaire.

Each respondent has a mood ``u``; each attribute a true level (``story``). An answer on a
scale is the level plus part of the mood plus noise, cut into the scale's points. Ranking
follows Plackett and Luce: attributes are drawn one after another with odds given by their
pull. Problems grow more likely the worse the experience; who met one may tell the company,
others or nobody; loyalty follows overall satisfaction and how a complaint was handled.

Questions are found by their role, so any instrument can be simulated; a wave is drawn from
``(seed, wave)`` alone, so the same wave has the same answers in however long a history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from instruments.answers import Answer, check_answers
from instruments.model import Better, Instrument, Kind, Means, Question, Role, Special
from survey.sample.comments import BLAME, PRAISE, comment
from survey.sample.company import SampleCustomer
from survey.sample.story import (
    ANSWER_RATE,
    ATTRIBUTES,
    COMMENTS_AFTER_A_PROBLEM,
    COMMENTS_ELSE,
    DEFAULT,
    experienced_shift,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SampleResponse:
    """One simulated questionnaire, answers as the web form would hand them on."""

    customer: SampleCustomer
    day: date
    answers: Mapping[str, Answer]
    comments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """One respondent while answering: who, when, in which mood, and what was met so far."""

    customer: SampleCustomer
    waves_back: int
    mood: float
    draw: np.random.Generator

    def on_scale(self, question: Question, level: float, *, mood: float = 0.55) -> int:
        """A point of ``question``'s scale for a latent level (0 = middle, 1 ≈ a fifth)."""
        codes = sorted(question.codes, reverse=question.better is Better.LOW)
        latent = level + mood * self.mood + 0.75 * self.draw.standard_normal()
        middle, step = (len(codes) - 1) / 2, (len(codes) - 1) / 4
        place = round(middle + step * latent)
        return codes[min(max(place, 0), len(codes) - 1)]

    def happens(self, probability: float) -> bool:
        """Whether something of that probability happens to this person."""
        return bool(self.draw.random() < probability)


def simulate_wave(
    instrument: Instrument,
    customers: Sequence[SampleCustomer],
    *,
    seed: int,
    first_day: date,
    waves_back: int,
) -> list[SampleResponse]:
    """All answers of one calendar-month wave that begins on ``first_day``.

    ``waves_back`` places the wave in the story (0 = the last one).
    """
    draw = np.random.Generator(np.random.PCG64([seed, first_day.year * 12 + first_day.month]))
    days = ((first_day.replace(day=28) + timedelta(days=4)).replace(day=1) - first_day).days
    responses = []
    for customer in customers:
        if draw.random() >= ANSWER_RATE[customer.tier]:
            continue
        person = Person(customer, waves_back, float(draw.standard_normal()), draw)
        day = first_day + timedelta(days=int(draw.integers(days)))
        checked = check_answers(instrument, _fill_in(instrument, person))
        responses.append(SampleResponse(customer, day, checked.answers, checked.comments))
    return responses


def _fill_in(instrument: Instrument, person: Person) -> dict[str, object]:
    """One whole questionnaire; questions that are not asked are dropped by the answers' door."""
    levels = {
        attribute.id: ATTRIBUTES.get(attribute.id, DEFAULT).experienced
        + experienced_shift(
            attribute.id, person.customer.tier, person.customer.region, person.waves_back
        )
        + 0.35 * person.draw.standard_normal()
        for attribute in instrument.attributes
    }
    worst = min(levels, key=lambda a: levels[a] - ATTRIBUTES.get(a, DEFAULT).expected)
    overall = float(np.mean(list(levels.values())))
    met = _Met.draw(person, overall, levels[worst], worst)
    raw: dict[str, object] = {}
    for question in instrument.questions:
        answer = _answer(instrument, question, person, levels, overall, met)
        if answer is not None:
            raw[question.id] = answer
    return raw


@dataclass(frozen=True, slots=True)
class _Met:
    """What this respondent lived through: a problem, whom they told, how it ended."""

    problem: bool
    about: str
    company: bool
    others: bool
    solved: Means
    level_after: float

    @classmethod
    def draw(cls, person: Person, overall: float, worst_level: float, worst: str) -> _Met:
        chance = 1 / (1 + np.exp(2.0 + 1.1 * (worst_level + 0.5 * person.mood)))
        problem = person.happens(min(0.9, float(chance) * 1.6))
        company = problem and person.happens(0.45 if person.customer.tier in "AB" else 0.3)
        others = problem and person.happens(0.4)
        luck = person.draw.random()
        solved = Means.SOLVED if luck < 0.45 else Means.PARTLY if luck < 0.75 else Means.UNSOLVED
        relief = {Means.SOLVED: 0.2, Means.PARTLY: -0.4, Means.UNSOLVED: -1.2}[solved]
        after = overall + (relief if company else -0.5) * problem
        return cls(problem, worst, company, others, solved, after)


def _answer(
    instrument: Instrument,
    question: Question,
    person: Person,
    levels: Mapping[str, float],
    overall: float,
    met: _Met,
) -> object:
    """What this person answers to one question; None where they leave it blank."""
    if not question.required and question.kind is not Kind.TEXT and person.happens(0.02):
        return None
    match question.role:
        case Role.IMPORTANCE:
            return _ranking(instrument, question, person)
        case Role.EXPECTATION | Role.EXPERIENCE:
            return _rating(question, person, levels)
        case Role.PROBLEM | Role.PROBLEM_ATTRIBUTE | Role.PROBLEM_KIND | Role.VOICED | Role.HANDLED:
            return _complaint(instrument, question, person, met)
        case Role.TOLD:
            return _told(question, person, met)
        case Role.COMMENT:
            return _comment(person, met, levels)
        case Role.HANDLING:
            return person.on_scale(question, met.level_after - 0.4)
        case Role.OVERALL | Role.CONFIRMATION | Role.IDEAL:
            return person.on_scale(question, overall - 0.2 * met.problem, mood=0.7)
        case _:
            return _loyalty(question, person, met)


def _ranking(instrument: Instrument, question: Question, person: Person) -> list[str]:
    pulls = [ATTRIBUTES.get(a.id, DEFAULT).pull for a in instrument.attributes]
    order = np.argsort(-(np.log(pulls) + person.draw.gumbel(size=len(pulls))))
    return [instrument.attributes[i].id for i in order[: question.places]]


def _rating(question: Question, person: Person, levels: Mapping[str, float]) -> object:
    attribute = question.attribute or ""
    if question.specials and person.happens(0.05):
        return str(question.specials[0])
    if question.role is Role.EXPECTATION:
        return person.on_scale(question, ATTRIBUTES.get(attribute, DEFAULT).expected, mood=0.25)
    return person.on_scale(question, levels[attribute])


def _complaint(instrument: Instrument, question: Question, person: Person, met: _Met) -> object:
    if question.role is Role.PROBLEM_ATTRIBUTE:
        codes = [i for i, a in enumerate(instrument.attributes, 1) if a.id == met.about]
        return codes if question.kind is Kind.MULTIPLE else codes[0]
    if question.role is Role.PROBLEM_KIND:
        odds = np.linspace(2.0, 1.0, len(question.codes)) ** 2
        if met.about == "delivery" and len(odds) > 1:
            odds[1] *= 4
        kind = int(person.draw.choice(question.codes, p=odds / odds.sum()))
        return [kind] if question.kind is Kind.MULTIPLE else kind
    wanted = {
        Role.PROBLEM: [Means.YES if met.problem else Means.NO],
        Role.HANDLED: [met.solved],
        Role.VOICED: [Means.COMPANY] * met.company + [Means.OTHERS] * met.others or [Means.NOBODY],
    }[question.role]
    codes = sorted(question.codes_meaning(*wanted))
    if not codes:  # the instrument offers no such option: leave the question blank
        return None
    return codes if question.kind is Kind.MULTIPLE else codes[0]


def _told(question: Question, person: Person, met: _Met) -> object:
    told = int(person.draw.poisson(3.0 if met.others else 0.8))
    return min(max(told, min(question.codes)), max(question.codes))


def _comment(person: Person, met: _Met, levels: Mapping[str, float]) -> object:
    if not person.happens(COMMENTS_AFTER_A_PROBLEM if met.problem else COMMENTS_ELSE):
        return None
    about = met.about if met.problem else max(levels, key=lambda a: levels[a])
    who = person.customer
    return comment(BLAME if met.problem else PRAISE, about, who.language, who.id, person.waves_back)


def _small_and_round(question: Question, person: Person) -> int:
    """A number as people name it: most a small one, and none that is not a multiple of five."""
    least, most = question.minimum, question.maximum
    part = (int(person.draw.integers(least, most + 1)) - least) / max(most - least, 1)
    return least + 5 * round(0.3 * part**2 * (most - least) / 5)


def _loyalty(question: Question, person: Person, met: _Met) -> object:
    if question.kind is Kind.SCALE:
        if Special.DONT_KNOW in question.specials and person.happens(0.06):
            return str(Special.DONT_KNOW)
        lift = 0.35 if question.role is Role.RECOMMEND else 0.0
        return person.on_scale(question, met.level_after - 0.15 + lift, mood=0.8)
    yes = sorted(question.codes_meaning(Means.YES))
    if yes:
        chance = 1 / (1 + np.exp(-(met.level_after + 0.8 * person.mood)))
        no = sorted(question.codes_meaning(Means.NO))
        return yes[0] if person.happens(float(chance)) else no[0]
    if question.kind is Kind.NUMBER:
        return _small_and_round(question, person)
    if question.kind is Kind.TEXT:
        return None
    code = int(person.draw.choice(question.codes))
    return [code] if question.kind is Kind.MULTIPLE else code
