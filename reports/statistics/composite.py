"""What is one figure of many items worth, when not everybody answered them all?

A weighted score is made for each respondent from the items that were answered, with their
weights brought to one hundred per cent, if these carry at least half of all weight. Scores are
rounded to a millionth of a point as they are made and summed as whole numbers, so that the
sums of chunks, months and segments add exactly and in any order. Weights are fixed before the
counting: sums made with different weights do not add.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reports.errors import ReportError
from reports.statistics.moments import Exact, Moments

Integers = NDArray[np.int64]

UNIT = 10**6
"""Scores are counted in millionths of a point, weights in millionths of all weight."""

HALF_A_WORD = 1 << 14
"""Scores are cut in two here before they are squared, so that no sum of squares overflows."""


class WrongWeights(ReportError):
    """Weights that cannot be shares of a whole."""

    def __init__(self) -> None:
        super().__init__("Weights must be zero or more, and at least one above zero.")


class DifferentWeights(ReportError):
    """Sums of scores made with different weights were to be added or subtracted."""

    def __init__(self) -> None:
        super().__init__("These scores were made with different weights and cannot be added.")


class OffTheScale(ReportError):
    """An answer is no point of its item's scale, and not one of the codes of missing either."""

    def __init__(self, item: int, code: int) -> None:
        super().__init__(f"Item {item + 1} holds the code {code}, which is not on its scale.")


class TooManyScales(ReportError):
    """The scales of the items have so many different lengths that exact sums would overflow."""

    def __init__(self) -> None:
        super().__init__("The items have too many scales of different length for one index.")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an index: its worst and its best code, and its weight, a whole number.

    ``worst`` may be the larger one: then low codes are good. Weights count by their share of
    the sum of all: ones for equal weights, :func:`per_million` for any others.
    """

    worst: int
    best: int
    weight: int


@dataclass(frozen=True, slots=True)
class ScoreSums:
    """Scores of n respondents: their sum in millionths, and the sum of their squares.

    >>> march, april = ScoreSums((1,), 1, 60 * UNIT, (60 * UNIT) ** 2), ScoreSums((1,), 0, 0, 0)
    >>> (march + april).moments.mean
    60.0
    """

    weights: tuple[int, ...]
    n: int
    total: int
    squares: int

    def __add__(self, other: ScoreSums) -> ScoreSums:
        if self.weights != other.weights:
            raise DifferentWeights
        n, total = self.n + other.n, self.total + other.total
        return ScoreSums(self.weights, n, total, self.squares + other.squares)

    def __sub__(self, part: ScoreSums) -> ScoreSums:
        return self + ScoreSums(part.weights, -part.n, -part.total, -part.squares)

    @property
    def moments(self) -> Moments:
        """The same in points: mean, variance, and with them the standard error √(variance/n)."""
        return Moments(self.n, Fraction(self.total, UNIT), Fraction(self.squares, UNIT**2))


def shares(weights: Sequence[Exact | float]) -> tuple[Fraction, ...]:
    """Weights divided by their sum, exactly. Raises :class:`WrongWeights`.

    >>> [str(share) for share in shares([3, 1])]
    ['3/4', '1/4']
    """
    if any(not math.isfinite(weight) or weight < 0 for weight in weights) or not any(weights):
        raise WrongWeights
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    return tuple(weight / total for weight in exact)


def per_million(weights: Sequence[Exact | float]) -> tuple[int, ...]:
    """Weights as whole millionths that sum to exactly one million (largest remainders).

    Any positive weights, such as mean rank weights or stated ratings; of equal remainders the
    earlier item gets the millionth. Raises :class:`WrongWeights`.

    >>> per_million([1, 1, 1])
    (333334, 333333, 333333)
    """
    exact = [share * UNIT for share in shares(weights)]
    whole = [math.floor(share) for share in exact]
    by_rest = sorted(range(len(whole)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_rest[: UNIT - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def importance_weighted(codes: NDArray[np.integer], items: Sequence[Item]) -> ScoreSums:
    """Index sums of n respondents: Σ w_i (P_i - worst)/(best - worst) × 100 over answered items.

    ``codes`` (n, items); negative codes are the kinds of missing. Weights are renormalised over
    the items answered; who answered items of less than half the weight is in no sum. Raises
    :class:`OffTheScale`, :class:`TooManyScales`, :class:`WrongWeights`.

    >>> items = [Item(1, 5, 600_000), Item(1, 5, 400_000)]
    >>> found = importance_weighted(np.array([[5, 3], [4, -1], [-1, 5]]), items)
    >>> found.n, found.moments.mean
    (2, 77.5)
    """
    shares([item.weight for item in items])
    lengths = [abs(item.best - item.worst) for item in items]
    common = math.lcm(*lengths)
    if 200 * common * UNIT * sum(item.weight for item in items) >= 2**63:
        raise TooManyScales
    given = codes >= 0
    scores = np.zeros(codes.shape, dtype=np.int64)
    for i, item in enumerate(items):
        column = codes[:, i].astype(np.int64)
        low, high = sorted((item.worst, item.best))
        wrong = given[:, i] & ((column < low) | (column > high))
        if wrong.any():
            raise OffTheScale(i, int(column[wrong][0]))
        scores[:, i] = abs(column - item.worst) * (100 * UNIT * common // lengths[i])
    return score_sums(scores, given, tuple(item.weight for item in items), common)


def score_sums(
    scores: Integers, given: NDArray[np.bool_], weights: Sequence[int], divisor: int
) -> ScoreSums:
    """The sums of :func:`weighted_scores` over those who have one."""
    values, enough = weighted_scores(scores, given, weights, divisor)
    return sums_of(values[enough], tuple(weights))


def weighted_scores(
    scores: Integers, given: NDArray[np.bool_], weights: Sequence[int], divisor: int
) -> tuple[Integers, NDArray[np.bool_]]:
    """Each respondent's weighted mean of ``scores/divisor``, and who has one.

    ``scores`` in millionths and ``given``, both (n, items). Rounded to the even millionth at a
    half, so that a scale turned round gives the same number turned round. Who gave less than
    half of the weight has the score 0 and is not among ``enough``.
    """
    weight = np.array(weights, dtype=np.int64)
    present = np.where(given, weight, 0)
    carried = present.sum(axis=1)
    enough: NDArray[np.bool_] = (carried > 0) & (2 * carried >= weight.sum())
    above = (scores * present).sum(axis=1)
    below = np.where(enough, carried, 1) * divisor
    values, rest = np.divmod(above, below)
    values += (2 * rest > below) | ((2 * rest == below) & (values % 2 == 1))
    return np.where(enough, values, 0), enough


def sums_of(values: Integers, weights: tuple[int, ...]) -> ScoreSums:
    """n, sum and sum of squares of scores below 2²⁸ millionths (268 points), exactly."""
    high, low = np.divmod(np.abs(values), HALF_A_WORD)
    squares = (int((high * high).sum()) * HALF_A_WORD + 2 * int((high * low).sum())) * HALF_A_WORD
    return ScoreSums(weights, len(values), int(values.sum()), squares + int((low * low).sum()))
