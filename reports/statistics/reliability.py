"""Do the items that make up an index measure one thing, and how well?

Cronbach's alpha, raw and standardised, and McDonald's omega from a one-factor model: the share
of an index's variance that is not error. All of it follows from the moment matrix of the
items. An item that everybody answered alike tells nothing and is left out and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scipy.special import fdtri

from reports.findings import Interval, Reason
from reports.statistics.factor import HEYWOOD, one_factor
from reports.statistics.moment_matrix import DEPENDENT, MomentMatrix

NEGLIGIBLE = 1e-3
"""An item whose loading is this small has nothing to do with the factor."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha over n complete answers to ``items``, without the ``dropped`` ones.

    ``raw`` is that of the sum of codes, ``standardised`` that of items brought to one spread;
    they are different numbers and never printed without their name. Of two items the
    standardised one, Spearman–Brown, is the one to print. ``interval`` is that of ``raw``.
    Below zero: an item probably runs the other way (high codes bad).
    """

    n: int
    items: tuple[str, ...]
    dropped: tuple[str, ...]
    raw: float | None = None
    standardised: float | None = None
    interval: Interval | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega over n complete answers to ``items``, without the ``dropped`` ones.

    ``loadings`` are those of standardised items, most of them positive; ``named`` are the
    items a reason is about.
    """

    n: int
    items: tuple[str, ...]
    dropped: tuple[str, ...]
    value: float | None = None
    loadings: tuple[float, ...] = ()
    reason: Reason | None = None
    named: tuple[str, ...] = ()


def alpha(matrix: MomentMatrix, confidence: float = 0.95) -> Alpha:
    """Cronbach 1951: raw = k/(k - 1) · (1 - Σ variances/variance of the sum).

    Standardised = k r/(1 + (k - 1) r) with r the mean correlation. The interval is Feldt's
    (1965): 1 - (1 - alpha) F, with n - 1 and (n - 1)(k - 1) degrees of freedom. One item has no
    alpha; items whose sum is the same for everybody have none either.

    >>> import numpy as np
    >>> codes = np.array([[1, 2, 2], [3, 3, 2], [4, 5, 4], [5, 4, 5]])
    >>> found = alpha(MomentMatrix.of(("a", "b", "c"), codes))
    >>> round(found.raw, 4), round(found.standardised, 4)
    (0.9306, 0.9353)
    """
    dropped, kept, why = _usable(matrix)
    k, n = len(kept.names), matrix.n
    if why is not None or k < 2:
        return Alpha(n, kept.names, dropped, reason=why or Reason.TOO_FEW_ITEMS)
    scatter = kept.scatter
    own, total = sum(row[i] for i, row in enumerate(scatter)), sum(map(sum, scatter))
    correlations = kept.correlation
    mean = (correlations.sum() - k) / (k * (k - 1))
    if total == 0 or correlations.sum() < DEPENDENT:
        return Alpha(n, kept.names, dropped, reason=Reason.NO_VARIATION)
    raw = float(Fraction(k, k - 1) * (1 - Fraction(own, total)))
    standardised = min(float(k * mean / (1 + (k - 1) * mean)), 1.0)
    interval = _feldt(raw, n, k, confidence)
    return Alpha(n, kept.names, dropped, raw, standardised, interval)


def _feldt(raw: float, n: int, k: int, confidence: float) -> Interval | None:
    """None where items agree completely: an interval around 1 would have no width."""
    if raw == 1:
        return None
    tail = (1 - confidence) / 2
    ends = [1 - (1 - raw) * fdtri(n - 1, (n - 1) * (k - 1), p) for p in (1 - tail, tail)]
    return Interval(float(ends[0]), float(ends[1]), "feldt", confidence)


def omega(matrix: MomentMatrix) -> Omega:
    """McDonald 1999: (Σ l)²/((Σ l)² + Σ u), loadings l and uniquenesses u = 1 - l².

    From a one-factor model fitted to the correlations by maximum likelihood (see
    :func:`reports.statistics.factor.one_factor`). Three items are just identified: the model
    fits them exactly and cannot be wrong, which is no sign that it is right. Fewer have no
    omega, nor has a factor of fewer than three items (nothing tells their loadings apart), nor a
    model that explains more than all of an item (Heywood case; it is named).
    """
    dropped, kept, why = _usable(matrix)
    if why is None and len(kept.names) < 3:
        why = Reason.TOO_FEW_ITEMS
    if why is not None:
        return Omega(matrix.n, kept.names, dropped, reason=why)
    if matrix.n <= len(kept.names):
        return Omega(matrix.n, kept.names, dropped, reason=Reason.TOO_FEW_ANSWERS)
    if kept.dependent:
        why, items = Reason.DEPENDENT_ITEMS, kept.dependent
        return Omega(matrix.n, kept.names, dropped, reason=why, named=items)
    loadings = one_factor(kept.correlation)
    if loadings is None:
        return Omega(matrix.n, kept.names, dropped, reason=Reason.NOT_CONVERGED)
    if (abs(loadings) > NEGLIGIBLE).sum() < 3:
        return Omega(matrix.n, kept.names, dropped, reason=Reason.SEVERAL_DIMENSIONS)
    unique = 1 - loadings**2
    improper = tuple(
        name for name, u in zip(kept.names, unique, strict=True) if u <= HEYWOOD * (1 + 1e-6)
    )
    if improper:
        why = Reason.IMPROPER_SOLUTION
        return Omega(matrix.n, kept.names, dropped, reason=why, named=improper)
    common = float(loadings.sum()) ** 2
    value = common / (common + float(unique.sum()))
    return Omega(matrix.n, kept.names, dropped, value, tuple(loadings.tolist()))


def _usable(matrix: MomentMatrix) -> tuple[tuple[str, ...], MomentMatrix, Reason | None]:
    """Items dropped as constant, the others, and a reason where nothing can be said at all."""
    if matrix.n < 2:
        return (), matrix, Reason.ONE_ANSWER if matrix.n else Reason.NO_ANSWERS
    dropped = matrix.constant
    kept = matrix.select(tuple(name for name in matrix.names if name not in dropped))
    return dropped, kept, None if kept.names else Reason.NO_VARIATION
