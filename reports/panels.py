"""Which answers of the same customers stand behind a change?

In a panel the same customers answer wave after wave. For each figure that is compared, their two
answers are coded as the figure counts them: the point given, 1 for yes, -1, 0 or 1 of a net score.
"""

from __future__ import annotations

from collections.abc import Callable

from instruments.model import Instrument, Question, Role
from reports.derived import COMPLAINED, PROBLEM, VOICED
from reports.indicators.loyalty import DETRACTORS, PROMOTERS
from reports.statistics.paired import Pairs
from reports.tally.pairs import Pairs as Counted

NOBODY = Pairs.of({})
"""No customer answered twice, or none can be recognised."""

RATES = {"complaint_rate": COMPLAINED, "problem_rate": PROBLEM, "voiced_rate": VOICED}

Coding = Callable[[int], int]


def pairs_of(instrument: Instrument, key: str, of: str, counted: Counted | None) -> Pairs:
    """The pairs behind figure ``key``/``of``, this wave's answers first.

    :data:`NOBODY` where the figure is not made of one answer (the return rate), or nothing was
    counted.
    """
    if counted is None:
        return NOBODY
    if key in RATES:
        return _pairs(counted, RATES[key], int)
    found = _coded(instrument, key, of)
    return _pairs(counted, found[0].id, found[1]) if found else NOBODY


def _coded(instrument: Instrument, key: str, of: str) -> tuple[Question, Coding] | None:
    """The question a figure is made of, and how it codes an answer."""
    if key == "attribute_mean":
        question = instrument.about(Role.EXPERIENCE).get(of)
        return (question, int) if question else None
    if key == "nps":
        question = instrument.first(Role.RECOMMEND)
        return (question, _net) if question else None
    overall = instrument.first(Role.OVERALL)
    if overall is None or key not in ("satisfaction_index", "overall_mean", "overall_top2"):
        return None
    if key != "overall_top2":
        return overall, int
    best = overall.best_codes(2)
    return overall, lambda code: int(code in best)


def _net(code: int) -> int:
    return int(code in PROMOTERS) - int(code in DETRACTORS)


def _pairs(counted: Counted, column: str, coding: Coding) -> Pairs:
    if column not in counted.codes:
        return NOBODY
    answers: dict[tuple[int, int], int] = {}
    for (then, now), times in counted.both(column).items():
        pair = coding(now), coding(then)
        answers[pair] = answers.get(pair, 0) + times
    return Pairs.of(answers)
