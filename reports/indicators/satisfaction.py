"""How satisfied are customers with the whole? Index, mean, top-2-box, ACSI-type index."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from instruments.model import Instrument, Question, Role
from reports.findings import Figure, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import (
    Related,
    ends,
    mean,
    missing,
    share_of,
    to_index,
    with_interval,
)
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.plan import ACSI


def satisfaction(instrument: Instrument, tally: Tally, confidence: float) -> list[Related]:
    """``satisfaction_index``, ``overall_mean``, ``overall_top2``, ``acsi_index``, answers.

    Nothing where overall satisfaction is not asked; no ``acsi_index`` where one of its three
    questions is not.
    """
    overall = instrument.first(Role.OVERALL)
    if overall is None:
        return []
    answers = tally.answers(overall.id)
    moments = Moments.of(answers)
    index, base = moments.rescaled(*to_index(overall)), Base.ANSWERED
    hundred, scale = (0.0, 100.0), ends(overall)
    figures = [
        mean("satisfaction_index", index, confidence, unit=Unit.INDEX, base=base, bounds=hundred),
        mean("overall_mean", moments, confidence, unit=Unit.POINTS, base=base, bounds=scale),
        share_of("overall_top2", answers, overall.best_codes(2), confidence),
    ]
    figures += answer_shares(overall, tally, confidence, base)
    found = [Related("satisfaction", tuple(figures))]
    asked = [q for role in ACSI if (q := instrument.first(role)) is not None]
    if len(asked) == len(ACSI):
        index_of_three = acsi_index(asked, tally, confidence)
        found.append(Related("acsi", (index_of_three,), within=("satisfaction",)))
    return found


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
        )
        for code in question.codes
    ]


def acsi_index(questions: Sequence[Question], tally: Tally, confidence: float) -> Figure:
    """The mean of the items' means on 0–100, all with equal weight (``acsi_index``).

    Per-item means: everybody who answered an item counts in it. With c_i the factor that takes
    item i to 0–100, Var = Σ_i Σ_j c_i c_j Cov_ij / m², where Cov_ii = s_i²/n_i and
    Cov_ij = s_ij n_ij/(n_i n_j) from the n_ij who answered both (sample covariance s_ij).
    Interval of a mean with the fewest answers of an item less one degrees of freedom.
    """
    scaled = [(q, Moments.of(tally.answers(q.id)).rescaled(*to_index(q))) for q in questions]
    n = min(moments.n for _question, moments in scaled)
    base = Base.ALL_THREE
    if n == 0:
        return missing("acsi_index", Unit.INDEX, base)
    value = sum(moments.mean for _question, moments in scaled) / len(scaled)
    se = _standard_error(scaled, tally) if n > 1 else None
    figure = Figure("acsi_index", "", Unit.INDEX, base, n, value, se=se)
    return with_interval(figure, (0.0, 100.0), confidence)


def _standard_error(scaled: Sequence[tuple[Question, Moments]], tally: Tally) -> float:
    variance = sum(moments.variance / moments.n for _question, moments in scaled)
    for i, (first, here) in enumerate(scaled):
        for second, there in scaled[:i]:
            joint, pairs = _covariance(first, second, tally)
            variance += 2 * joint * pairs / (here.n * there.n)
    # Covariances of different pairs of respondents need not fit together: never below zero.
    return math.sqrt(max(variance, 0.0)) / len(scaled)


def _covariance(first: Question, second: Question, tally: Tally) -> tuple[float, int]:
    """Sample covariance of two items on 0–100 over those who answered both, and how many."""
    (a, _), (b, _) = to_index(first), to_index(second)
    n, sum_x, sum_y, sum_xy = 0, 0, 0, 0
    for (x, y), times in tally.both(first.id, second.id).items():
        n += times
        sum_x += x * times
        sum_y += y * times
        sum_xy += x * y * times
    if n < 2:
        return 0.0, n
    return float(a * b * (sum_xy - Fraction(sum_x * sum_y, n)) / (n - 1)), n
