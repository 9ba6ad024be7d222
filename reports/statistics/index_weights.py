"""How much should each of the items of an ACSI-type index count?

The American index takes the weights of a partial-least-squares model of the whole causal chain
(expectation, quality, value, satisfaction, complaints, loyalty), estimated industry by industry
and not published. Here only the index's own items are looked at: the weights are those of their
first principal component, which is what the same algorithm (mode A) comes to for one block of
items without neighbours. They are named *first component*, never *PLS* or *ACSI*, and where
they would not hold the items weigh the same, with the reason why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reports.findings import Reason
from reports.statistics.composite import per_million, shares
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.moments import Exact

Scale = tuple[int, int]
"""The worst and the best code of an item."""

ENOUGH = 50
"""Complete answers below which weights are not estimated."""


@dataclass(frozen=True, slots=True)
class IndexWeights:
    """One whole number an item, which counts by its share of their sum.

    ``method`` is ``first_component`` or ``equal``; ``reason`` says why they are equal (and
    ``items`` which items it is about), None where they were estimated from ``n`` complete
    answers.
    """

    weights: tuple[int, ...]
    method: str
    n: int
    reason: Reason | None = None
    items: tuple[str, ...] = ()


def estimated_weights(matrix: MomentMatrix, scales: Mapping[str, Scale]) -> IndexWeights:
    """Weights u_j = (w_j/s_j)/Σ(w/s), with w the first component of the items' correlations.

    s_j is item j's standard deviation on 0–100, so that the index is a weighted mean of the
    items' own indices and, up to its scale, the component itself. Equal weights instead: below
    50 complete answers, with fewer than two items, where an item does not vary, where the items
    have no single component (their second eigenvalue is 1 or more, so that another direction
    explains as much as one item does), or where an item would get a negative weight.

    >>> few = MomentMatrix.of(("a", "b"), np.array([[1, 2], [3, 3], [5, 4]]))
    >>> estimated_weights(few, {"a": (1, 5), "b": (1, 5)}).reason.value
    'too_few_answers'
    """
    equal = (1,) * len(matrix.names)

    def fallback(reason: Reason, items: Sequence[str] = ()) -> IndexWeights:
        return IndexWeights(equal, "equal", matrix.n, reason, tuple(items))

    if matrix.n < ENOUGH:
        return fallback(Reason.TOO_FEW_ANSWERS)
    if len(matrix.names) < 2:
        return fallback(Reason.TOO_FEW_ITEMS)
    if matrix.constant:
        return fallback(Reason.NO_VARIATION, matrix.constant)
    turned = np.array([1 if scales[name][1] > scales[name][0] else -1 for name in matrix.names])
    values, vectors = np.linalg.eigh(matrix.correlation * np.outer(turned, turned))
    if values[-2] >= 1:
        return fallback(Reason.SEVERAL_DIMENSIONS)
    component = vectors[:, -1] * (1 if vectors[:, -1].sum() >= 0 else -1)
    negative = [name for name, w in zip(matrix.names, component, strict=True) if w < 0]
    if negative:
        return fallback(Reason.NEGATIVE_WEIGHT, negative)
    lengths = np.array([abs(scales[name][1] - scales[name][0]) for name in matrix.names])
    outer = component * lengths / np.sqrt(np.diag(matrix.covariance))
    return IndexWeights(per_million(outer.tolist()), "first_component", matrix.n)


def index_of_means(
    means: Sequence[Exact | float], scales: Sequence[Scale], weights: Sequence[Exact | float]
) -> float:
    """The index Σ u_j (mean_j - worst)/(best - worst) × 100, weights brought to sum to 1.

    From each item's own mean, whoever answered it: the form of the American index. Raises
    :class:`~reports.statistics.composite.WrongWeights`.

    >>> ohio = index_of_means([8, 7, 6], [(1, 10)] * 3, [0.3885, 0.3190, 0.2925])
    >>> round(ohio, 4)
    67.7333
    """
    total = Fraction(0)
    for mean, (worst, best), share in zip(means, scales, shares(weights), strict=True):
        total += share * (Fraction(mean) - worst) / (best - worst)
    return float(100 * total)
