"""Where does experience fall short of expectation, dimension by dimension (RATER)?

A gap is experience less expectation of those who gave both: below zero is a shortfall
(the textbooks' *derived dissatisfaction* is the same number with the sign turned). The gap of
a dimension is the mean over its items; the whole is the mean over the dimensions, plain and
weighted with the points that customers, or the textbook, give to each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.composite import (
    UNIT,
    Integers,
    ScoreSums,
    per_million,
    score_sums,
    shares,
    sums_of,
    weighted_scores,
)
from reports.statistics.moments import Exact, Moments

NO_ROOM = Fraction(1, 10)
"""Rule *ceiling*: a mean expectation in the best tenth of its scale leaves no room above it."""


@dataclass(frozen=True, slots=True)
class GapSums:
    """Gaps of respondents in millionths of a point: each dimension's, and both overall ones."""

    dimensions: tuple[ScoreSums, ...]
    unweighted: ScoreSums
    weighted: ScoreSums

    def __add__(self, other: GapSums) -> GapSums:
        pairs = zip(self.dimensions, other.dimensions, strict=True)
        return GapSums(
            tuple(here + there for here, there in pairs),
            self.unweighted + other.unweighted,
            self.weighted + other.weighted,
        )


def points(weights: Sequence[Exact | float]) -> tuple[float, ...]:
    """Weights of dimensions rescaled to 100 points.

    Raises :class:`~reports.statistics.composite.WrongWeights` for a negative one, or none above 0.

    >>> points([64, 44, 38, 32, 22])
    (32.0, 22.0, 19.0, 16.0, 11.0)
    """
    return tuple(float(100 * share) for share in shares(weights))


def dimension_gap(items: Sequence[Moments]) -> float | Reason:
    """The mean of the items' mean gaps, each item counting the same (SERVQUAL).

    ``items``: the gaps of each item over those who gave both answers. An item without a pair
    leaves the dimension without a gap, as it would mean something else.

    >>> dimension_gap([Moments.of({-1: 3, 0: 1}), Moments.of({-2: 1, 1: 1})])
    -0.625
    """
    if not items or any(item.n == 0 for item in items):
        return Reason.NO_ANSWERS
    return sum(item.mean for item in items) / len(items)


def weighted_gap(gaps: Sequence[float], weights: Sequence[Exact | float]) -> float:
    """Σ gap × points/100, from the gaps of the dimensions and their points.

    >>> weighted_gap([-1.0, -0.5], [75, 25])
    -0.875
    """
    return sum(gap * share / 100 for gap, share in zip(gaps, points(weights), strict=True))


def gap_sums(
    gaps: NDArray[np.integer],
    paired: NDArray[np.bool_],
    dimensions: Sequence[Sequence[int]],
    weights: Sequence[Exact | float],
) -> GapSums:
    """Respondents' gaps, one dimension after the other and overall, as sums that add up.

    ``gaps`` (n, items): experience less expectation in points (any number where ``paired``,
    same shape, is false); ``dimensions``: the columns of each; ``weights``: one a dimension,
    in points or any other unit. A respondent counts in a dimension with at least half of its
    items paired, overall with dimensions of at least half the weight. The standard error of
    any of them is that of paired differences: √(variance/n) of its moments.

    >>> found = gap_sums(np.array([[-1, 0, -2], [0, -1, 1]]), np.ones((2, 3), bool),
    ...                  [[0, 1], [2]], [25, 75])
    >>> [sums.moments.mean for sums in found.dimensions], found.weighted.moments.mean
    ([-0.5, -0.5], -0.5)
    """
    scores = gaps.astype(np.int64) * UNIT
    found: list[tuple[Integers, NDArray[np.bool_]]] = []
    sums = []
    for columns in dimensions:
        equal = (1,) * len(columns)
        found.append(weighted_scores(scores[:, columns], paired[:, columns], equal, 1))
        sums.append(sums_of(found[-1][0][found[-1][1]], equal))
    values = np.stack([value for value, _ in found], axis=1)
    there = np.stack([enough for _, enough in found], axis=1)
    unweighted = score_sums(values, there, (1,) * len(dimensions), 1)
    return GapSums(tuple(sums), unweighted, score_sums(values, there, per_million(weights), 1))


def ceiling(expectation: Moments, worst: int, best: int, room: Fraction = NO_ROOM) -> bool:
    """Whether expectations leave no room: their mean is in the best tenth of the scale.

    From 4.6 on 1–5, 9.1 on 1–10. There a gap can hardly be above zero, whatever is done.
    ``room``: another part of the scale than its best tenth.

    >>> ceiling(Moments.of({5: 7, 4: 3}), 1, 5), ceiling(Moments.of({5: 5, 4: 5}), 1, 5)
    (True, False)
    """
    if expectation.n == 0:
        return False
    reached = (Fraction(expectation.total) / expectation.n - worst) / (best - worst)
    return reached >= 1 - room


def difference_reliability(
    experience: tuple[float, float], expectation: tuple[float, float], correlation: float
) -> float | Reason:
    """How reliable a difference of two scores is: each as (reliability, variance).

    (r_P V_P + r_E V_E - 2 r s_P s_E)/(V_P + V_E - 2 r s_P s_E), with r the correlation of both
    (Johns 1981, *Organizational Behavior and Human Performance* 27: 443–463). Two good scores
    that go together can have a poor difference. Where all differ alike: no variation.

    >>> round(difference_reliability((0.9, 1), (0.8, 1), 0.6), 3)
    0.625
    """
    (r_p, v_p), (r_e, v_e) = experience, expectation
    shared = 2 * correlation * math.sqrt(v_p * v_e)
    spread = v_p + v_e - shared
    if spread <= 1e-12 * (v_p + v_e):
        return Reason.NO_VARIATION
    return (r_p * v_p + r_e * v_e - shared) / spread
