"""How many met a problem, how many complained and to whom, and how well was it handled?

Three rates that are never mixed: problem rate, complaint rate (to the company or to others)
and voiced rate (to the company). All three have everybody as their base who was asked; who
met no problem has not complained. Handling is asked of those who told the company.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from instruments.model import Better, Instrument, Kind, Means, Question, Role, question_columns
from reports.derived import COMPLAINED, PROBLEM, VOICED
from reports.findings import Figure
from reports.indicators.bases import Base
from reports.indicators.forms import Related, approving, mean_of, share_of
from reports.settings import Definitions, Settings
from reports.tally import Tally

COMPLAINTS = "complaints"
"""The group of the three rates; everything asked of those who met a problem follows from it."""

TOLD_OTHERS, STAYS = "told others", "stays"

YES = frozenset({1})


def complaints(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """Rates, what the problems were about, how many others were told, how it was handled."""
    confidence = rules.confidence
    rates = [
        share_of(key, tally.answers(column), YES, confidence, base=Base.ASKED, better=Better.LOW)
        for key, column in rates_of(tally, rules.definitions).items()
    ]
    parts = {
        "attributes of problems": _by_attribute(instrument, tally, confidence),
        "kinds of problems": _by_kind(instrument, tally, confidence),
        TOLD_OTHERS: _told(instrument, tally, confidence),
        "solved": _solved(instrument, tally, confidence),
        "handling": _handling(instrument, tally, confidence),
        STAYS: _stays(instrument, tally, rules),
    }
    found = [Related(COMPLAINTS, tuple(rates))]
    found += [Related(name, tuple(own), (COMPLAINTS,)) for name, own in parts.items()]
    return [group for group in found if group.figures]


def rates_of(tally: Tally, definitions: Definitions) -> Mapping[str, str]:
    """Figure key of each rate → the column whose ones it counts.

    ``complaint_rate`` only where the instrument asks about telling others besides the company,
    unless others do not count by the company's definition.
    """
    complained = COMPLAINED if definitions.complaint_to_others else VOICED
    found = {"problem_rate": PROBLEM, "complaint_rate": complained, "voiced_rate": VOICED}
    return {key: column for key, column in found.items() if column in tally.plan.codes}


def _by_attribute(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``problem_attribute``: the share of those with a problem that met it there."""
    question = instrument.first(Role.PROBLEM_ATTRIBUTE)
    if question is None or not question.options_are_attributes:
        return []
    base, options = Base.MET_A_PROBLEM, _options(instrument, question, tally)
    return [
        share_of(
            "problem_attribute",
            answers,
            hit,
            confidence,
            base=base,
            of=attribute.id,
            better=Better.LOW,
        )
        for attribute, (_, answers, hit) in zip(instrument.attributes, options, strict=False)
    ]


def _by_kind(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``problem_kind``: the share of those with a problem that met one of that kind."""
    question = instrument.first(Role.PROBLEM_KIND)
    if question is None:
        return []
    base, options = Base.MET_A_PROBLEM, _options(instrument, question, tally)
    return [
        share_of(
            "problem_kind", answers, hit, confidence, base=base, of=str(code), better=Better.LOW
        )
        for code, answers, hit in options
    ]


def _options(
    instrument: Instrument, question: Question, tally: Tally
) -> list[tuple[int, Mapping[int, int], frozenset[int]]]:
    """Each option's code, the answers of those with a problem, and which of them are hits."""
    if question.kind is Kind.MULTIPLE:
        return [
            (column.option or 0, _among(PROBLEM, column.name, tally), YES)
            for column in question_columns(question, instrument.attributes)
        ]
    answers = _among(PROBLEM, question.id, tally)
    return [(code, answers, frozenset({code})) for code in question.codes]


def _told(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``told_mean``: how many others were told, over those who said how many."""
    question = instrument.first(Role.TOLD)
    if question is None:
        return []
    figure = mean_of("told_mean", question, tally.answers(question.id), confidence)
    return [replace(figure, better=Better.NONE)]  # who is content tells others, too


def _solved(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``solved_rate``: solved, not partly, of those who told the company."""
    handled = instrument.first(Role.HANDLED)
    if handled is None:
        return []
    answers = _among(VOICED, handled.id, tally)
    solved = handled.codes_meaning(Means.SOLVED, Means.YES)
    return [share_of("solved_rate", answers, solved, confidence, base=Base.TOLD_THE_COMPANY)]


def _handling(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``handling_mean`` and ``handling_top2``: how content those are who told the company."""
    handling = instrument.first(Role.HANDLING)
    if handling is None:
        return []
    answers, base = _among(VOICED, handling.id, tally), Base.TOLD_THE_COMPANY
    return [
        mean_of("handling_mean", handling, answers, confidence, base=base),
        share_of("handling_top2", answers, handling.best_codes(2), confidence, base=base),
    ]


def _stays(instrument: Instrument, tally: Tally, rules: Settings) -> list[Figure]:
    """``stays_rate``: stays a customer, of those who told the company."""
    stays = instrument.first(Role.STAYS)
    if stays is None:
        return []
    answers, base = _among(VOICED, stays.id, tally), Base.TOLD_THE_COMPANY
    staying = approving(stays, rules.definitions.comes_back)
    return [share_of("stays_rate", answers, staying, rules.confidence, base=base)]


def _among(condition: str, name: str, tally: Tally) -> Mapping[int, int]:
    """Answers of those with 1 in ``condition``; of all where the instrument has no such column."""
    if condition not in tally.plan.codes:
        return tally.answers(name)
    return tally.among(condition, name)
