"""How satisfied by three questions: satisfaction, confirmation of expectations, the ideal?

The form of the American index, with equal weights and with weights estimated from the answers
(:mod:`reports.statistics.index_weights`), which are never called those of the American index.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Note, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import (
    HUNDRED,
    Related,
    missing,
    to_index,
    with_interval,
    worst_and_best,
)
from reports.settings import Settings
from reports.statistics.composite import shares
from reports.statistics.index_weights import IndexWeights, estimated_weights, index_of_means
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.matrices import THREE
from reports.tally.plan import ACSI


@dataclass(frozen=True, slots=True)
class _Item:
    """A question, the moments of its answers on 0–100, and its part of the index."""

    question: Question
    moments: Moments
    part: Fraction


def acsi(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``acsi_index``; ``acsi_index_estimated`` and its ``acsi_weight`` a question.

    Nothing where one of the three questions is not asked.
    """
    asked = [q for role in ACSI if (q := instrument.first(role)) is not None]
    if len(asked) < len(ACSI):
        return []
    equal = _index("acsi_index", _items(asked, (1,) * len(asked), tally), tally, rules.confidence)
    within = ("satisfaction",) if instrument.first(Role.OVERALL) else ()
    estimated = tuple(_estimated(asked, tally, rules.confidence))
    return [Related("acsi", (equal,), within), Related("weights of acsi", estimated, ("acsi",))]


def _items(asked: Sequence[Question], weights: Sequence[int], tally: Tally) -> list[_Item]:
    return [
        _Item(q, Moments.of(tally.answers(q.id)).rescaled(*to_index(q)), part)
        for q, part in zip(asked, shares(weights), strict=True)
    ]


def _index(key: str, items: Sequence[_Item], tally: Tally, confidence: float) -> Figure:
    """Σ part · mean, each item's mean on 0–100 from everybody who answered it.

    Var = Σ_i Σ_j c_i c_j Cov_ij with c_i the item's part times the factor that takes it to
    0–100, Cov_ii = s_i²/n_i and Cov_ij = s_ij n_ij/(n_i n_j) from the n_ij who answered both
    (sample covariance s_ij). Interval of a mean with the fewest answers of an item less one
    degrees of freedom.
    """
    n = min(item.moments.n for item in items)
    if n == 0:
        return missing(key, Unit.INDEX, Base.ALL_THREE, scale=HUNDRED)
    means = [Fraction(item.moments.total) / item.moments.n for item in items]
    value = index_of_means(means, [(0, 100)] * len(items), [item.part for item in items])
    se = _standard_error(items, tally) if n > 1 else None
    figure = Figure(
        key, "", Unit.INDEX, Base.ALL_THREE, n, value, se=se, better=Better.HIGH, scale=HUNDRED
    )
    return with_interval(figure, HUNDRED, confidence)


def _standard_error(items: Sequence[_Item], tally: Tally) -> float:
    variance = sum(float(i.part) ** 2 * i.moments.variance / i.moments.n for i in items)
    for i, first in enumerate(items):
        for second in items[:i]:
            joint, pairs = _covariance(first.question, second.question, tally)
            both = float(first.part * second.part)
            variance += 2 * both * joint * pairs / (first.moments.n * second.moments.n)
    # Covariances of different pairs of respondents need not fit together: never below zero.
    return math.sqrt(max(variance, 0.0))


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


def _estimated(asked: Sequence[Question], tally: Tally, confidence: float) -> list[Figure]:
    """``acsi_index_estimated``, and ``acsi_weight`` of each question: what it counts for.

    Where weights cannot be estimated there is no such index, with the reason why, and all three
    weigh the same, which their note says.
    """
    matrix = tally.matrix(THREE)
    found = estimated_weights(matrix, {q.id: worst_and_best(q) for q in asked})
    key = "acsi_index_estimated"
    if found.reason is None:
        index = _index(key, _items(asked, found.weights, tally), tally, confidence)
    else:
        n = min(sum(tally.answers(q.id).values()) for q in asked)
        why = found.reason if n else Reason.NO_ANSWERS
        index = missing(key, Unit.INDEX, Base.ALL_THREE, reason=why, n=n, scale=HUNDRED)
    return [index, *_weights(asked, found)]


def _weights(asked: Sequence[Question], found: IndexWeights) -> list[Figure]:
    if found.n == 0:
        neither = Better.NONE
        return [
            missing("acsi_weight", Unit.WEIGHT, Base.COMPLETE, of=question.id, better=neither)
            for question in asked
        ]
    return [
        Figure(
            "acsi_weight",
            question.id,
            Unit.WEIGHT,
            Base.COMPLETE,
            found.n,
            float(part),
            interval_reason=Reason.NO_INTERVAL_KNOWN,
            notes=(Note.EQUAL_WEIGHTS,) if found.reason else (),
        )
        for question, part in zip(asked, shares(found.weights), strict=True)
    ]
