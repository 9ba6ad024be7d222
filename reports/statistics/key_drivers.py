"""Which attributes drive satisfaction as a whole, going by the answers themselves?

Derived importance: the share of the variance of overall satisfaction (R²) that a regression on
all attributes explains is divided among them, by Johnson's relative weights and by Shapley's
value (LMG). Both allow for attributes that go together, both sum to R², and both need only
the correlations, so a moment matrix is enough. No interval is printed: none is known that
holds without drawing the respondents anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.findings import Reason
from reports.statistics.moment_matrix import Floats, MomentMatrix

MOST_PREDICTORS = 15
"""Shapley's value fits every subset of the predictors: 2¹⁵ of them at most."""

LEAST_EXPLAINED = 0.1
"""Below this R² there is too little to divide."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One attribute's part of R²: ``johnson`` and ``shapley`` (None above 15 predictors).

    ``correlation`` is Pearson's with the outcome; a driver below zero works the other way.
    """

    name: str
    correlation: float
    johnson: float
    shapley: float | None


@dataclass(frozen=True, slots=True)
class KeyDrivers:
    """The drivers in the order of the predictors, or the reason why there are none.

    ``n`` complete answers, of which ``needed`` are asked for; ``items`` are those a reason is
    about. ``r2`` and ``adjusted_r2`` stand wherever the regression can be fitted.
    """

    n: int
    needed: int
    drivers: tuple[Driver, ...] = ()
    r2: float | None = None
    adjusted_r2: float | None = None
    reason: Reason | None = None
    items: tuple[str, ...] = ()


def key_drivers(
    matrix: MomentMatrix, outcome: str, least_explained: float = LEAST_EXPLAINED
) -> KeyDrivers:
    """Divide the R² of ``outcome`` among all other items of the matrix.

    Asked for are n ≥ 50 + 8p complete answers for p predictors (Green 1991), predictors that
    vary and none of which follows from the others (a duplicate, a sum score: they are named),
    and R² ≥ ``least_explained``. Adjusted R² = 1 - (1 - R²)(n - 1)/(n - p - 1). A single
    predictor has all of R². Order of reasons: too few items, no variation, dependent, too few
    answers, R².
    """
    predictors = tuple(name for name in matrix.names if name != outcome)
    n, p = matrix.n, len(predictors)
    needed = 50 + 8 * p
    if p == 0:
        return KeyDrivers(n, needed, reason=Reason.TOO_FEW_ITEMS)
    if n < 2:
        return KeyDrivers(n, needed, reason=Reason.ONE_ANSWER if n else Reason.NO_ANSWERS)
    if matrix.constant:
        return KeyDrivers(n, needed, reason=Reason.NO_VARIATION, items=matrix.constant)
    among = matrix.select(predictors)
    if among.dependent:
        # With fewer answers than predictors everything follows from everything.
        reason = Reason.TOO_FEW_ANSWERS if n <= p + 1 else Reason.DEPENDENT_ITEMS
        return KeyDrivers(n, needed, reason=reason, items=() if n <= p + 1 else among.dependent)
    everything = matrix.select((*predictors, outcome)).correlation
    correlation, with_outcome = everything[:-1, :-1], everything[:-1, -1]
    if n < needed:
        return KeyDrivers(n, needed, reason=Reason.TOO_FEW_ANSWERS)
    r2 = min(float(with_outcome @ np.linalg.solve(correlation, with_outcome)), 1.0)
    adjusted = 1 - (1 - r2) * (n - 1) / (n - p - 1)
    if r2 < least_explained:
        return KeyDrivers(n, needed, (), r2, adjusted, Reason.LITTLE_EXPLAINED)
    drivers = _drivers(predictors, correlation, with_outcome)
    return KeyDrivers(n, needed, drivers, r2, adjusted)


def _drivers(names: Sequence[str], correlation: Floats, outcome: Floats) -> tuple[Driver, ...]:
    johnson = relative_weights(correlation, outcome)
    few = len(names) <= MOST_PREDICTORS
    lmg = shapley(correlation, outcome).tolist() if few else [None] * len(names)
    rows = zip(names, outcome.tolist(), johnson.tolist(), lmg, strict=True)
    return tuple(Driver(*row) for row in rows)


def relative_weights(correlation: Floats, outcome: Floats) -> Floats:
    """Johnson's relative weights (Johnson 2000, *Multivariate Behavioral Research* 35: 1–19).

    ``correlation`` (p, p) among the predictors, not singular; ``outcome`` (p,) with the
    outcome. R = V L V', Λ = V L^½ V', b = Λ⁻¹ r, weights Λ² b² (squares cell by cell).

    >>> relative_weights(np.array([[1, 0.5], [0.5, 1]]), np.array([0.6, 0.4])).round(7).tolist()
    [0.2866667, 0.0866667]
    """
    values, vectors = np.linalg.eigh(correlation)
    loadings = vectors * np.sqrt(values) @ vectors.T
    beta = np.linalg.solve(loadings, outcome)
    weights: Floats = loadings**2 @ beta**2
    return weights


def shapley(correlation: Floats, outcome: Floats) -> Floats:
    """Shapley's value of each predictor: its gain in R² averaged over all orders of entry.

    Also called LMG (Lindeman, Merenda & Gold 1980; Lipovetsky & Conklin 2001, *Applied
    Stochastic Models in Business and Industry* 17: 319–330). Arguments as
    :func:`relative_weights`, p ≤ 15. With two predictors both methods agree.

    >>> shapley(np.array([[1, 0.5], [0.5, 1]]), np.array([0.6, 0.4])).round(7).tolist()
    [0.2866667, 0.0866667]
    """
    p = len(outcome)
    explained = subset_r2(correlation, outcome)
    sizes = sum(np.indices((2,) * p))
    found = np.empty(p)
    for i in range(p):
        gain = explained.take(1, axis=i) - explained.take(0, axis=i)
        before = np.asarray(sizes).take(0, axis=i)
        orders = np.array([1 / (p * math.comb(p - 1, size)) for size in range(p)])
        found[i] = (orders[before] * gain).sum()
    return found


def subset_r2(correlation: Floats, outcome: Floats) -> Floats:
    """R² of the outcome on every subset of the predictors, shape (2,) * p.

    Axis i says whether predictor i is in. One predictor at a time is either dropped or swept
    out of what is left (a Schur complement), for all subsets of those before it at once: the
    tables shrink as the subsets double, so that 2¹⁵ regressions cost no more than a few
    matrix products.
    """
    p = len(outcome)
    left = np.ones((1, p + 1, p + 1))
    left[0, :p, :p] = correlation
    left[0, p, :p] = left[0, :p, p] = outcome
    for _ in range(p):
        rest, column = left[:, 1:, 1:], left[:, 1:, :1]
        swept = rest - column * column.transpose(0, 2, 1) / left[:, :1, :1]
        left = np.stack([rest, swept], axis=1).reshape(-1, *rest.shape[1:])
    return 1 - left.reshape((2,) * p)
