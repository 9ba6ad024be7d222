"""How satisfied are customers with the whole, and how easy was it for them?"""

from __future__ import annotations

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import HUNDRED, Related, mean, mean_of, share_of, to_index
from reports.settings import Settings
from reports.statistics.moments import Moments
from reports.tally import Tally

SEVEN = 7
"""Points of the effort scale (CES 2.0) whose best three are counted."""


def satisfaction(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``satisfaction_index``, ``overall_…``, answers; ``effort_mean``, ``effort_top3``.

    Nothing where neither overall satisfaction nor effort is asked.
    """
    found = []
    overall, effort = instrument.first(Role.OVERALL), instrument.first(Role.EFFORT)
    if overall is not None:
        found.append(Related("satisfaction", tuple(_overall(overall, tally, rules.confidence))))
    if effort is not None:
        found.append(Related("effort", tuple(_effort(effort, tally, rules.confidence))))
    return found


def _overall(question: Question, tally: Tally, confidence: float) -> list[Figure]:
    """Index, mean, the best one and two points, the worst two, and each answer."""
    answers = tally.answers(question.id)
    index = Moments.of(answers).rescaled(*to_index(question))
    base = Base.ANSWERED
    worst = frozenset(question.codes) - question.best_codes(max(len(question.codes) - 2, 0))
    return [
        mean("satisfaction_index", index, confidence, unit=Unit.INDEX, base=base, bounds=HUNDRED),
        mean_of("overall_mean", question, answers, confidence),
        share_of("overall_top", answers, question.best_codes(1), confidence),
        share_of("overall_top2", answers, question.best_codes(2), confidence),
        share_of("overall_bottom2", answers, worst, confidence, better=Better.LOW),
        *answer_shares(question, tally, confidence, base),
    ]


def _effort(question: Question, tally: Tally, confidence: float) -> list[Figure]:
    """The mean, on a scale whose direction is stored; the best three of seven points."""
    answers = tally.answers(question.id)
    figures = [mean_of("effort_mean", question, answers, confidence)]
    if len(question.codes) == SEVEN:
        figures.append(share_of("effort_top3", answers, question.best_codes(3), confidence))
    return figures


def answer_shares(question: Question, tally: Tally, confidence: float, base: Base) -> list[Figure]:
    """``answer_share`` of each code of a question: how the answers are spread."""
    answers = tally.answers(question.id)
    return [
        share_of(
            "answer_share",
            answers,
            frozenset({code}),
            confidence,
            base=base,
            of=f"{question.id}.{code}",
            better=Better.NONE,
        )
        for code in question.codes
    ]
