"""How precise is a figure from answers that were raked to the margins of the customers?

How many customers each tier has is known, and how many each region, so what differs from tier to
tier and from region to region is no matter of chance any more. Chance is what is left of the
answers once both are taken out: their residuals. A figure may have a base that is only part of the
answers, or lie within one segment; then it is a ratio.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reports.findings import Interval, Reason
from reports.statistics.estimates import (
    Estimate,
    Precision,
    alone,
    between,
    estimate,
    with_interval,
)
from reports.statistics.finite_population import effective
from reports.statistics.intervals import SHARES, Bounds, wilson_effective

Floats = NDArray[np.float64]

NOBODY = 1e-9
"""A part of the customers that is none but for rounding."""

LEAST_FREE = 0.1
"""A margin rests on an answer of which it leaves less than this to chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """What is known of raked cells: their responses, and which parts of the margins they are in.

    ``responses`` (over 0), ``weights``: of each cell, its responses and the customers each stands
    for, both of shape (cells,). ``basis``: what the margins explain, as orthonormal columns of
    shape (cells, number of known totals).
    """

    responses: Floats
    weights: Floats
    basis: Floats

    @classmethod
    def of(
        cls, responses: ArrayLike, weights: ArrayLike, parts: Sequence[Sequence[int | str]]
    ) -> Margins:
        """``parts``: of each margin, the name or number of the part that each cell is in.

        >>> Margins.of([9, 3, 5, 8], [1, 2, 2, 1], [(0, 0, 1, 1), (0, 1, 0, 1)]).basis.shape
        (4, 3)
        """
        n, w = np.asarray(responses, np.float64), np.asarray(weights, np.float64)
        member = [np.asarray(own)[:, None] == np.unique(own)[None, :] for own in parts]
        design = np.sqrt(w * n)[:, None] * np.hstack(member)
        left, sizes, _right = np.linalg.svd(design, full_matrices=False)
        return cls(n, w, left[:, sizes > sizes[0] * 1e-9])

    @property
    def known(self) -> int:
        """How many totals are known, those that follow from others not counted."""
        return int(self.basis.shape[1])

    @property
    def free(self) -> Floats:
        """Answers of each cell that the margins leave to chance: all less their leverage."""
        left: Floats = self.responses - (self.basis**2).sum(axis=1)
        return left

    def residual_squares(self, means: Floats, inside: Floats) -> Floats:
        """What the margins do not explain of each cell's answers, by weighted least squares.

        ``means`` of the cells, and squares ``inside`` them; the sum of squared residuals, made
        larger by 1/(1 - h) for the leverage h that each answer has on its margins. Answers that a
        margin rests on nearly alone are taken as if it explained nothing of them.
        """
        root = np.sqrt(self.weights * self.responses)
        left = means - self.basis @ (self.basis.T @ (root * means)) / root
        part = self.free / self.responses
        alone = part < LEAST_FREE
        squares = inside + self.responses * np.where(alone, means, left) ** 2
        found: Floats = squares / np.where(alone, 1.0, part)
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of a raked cell that are in the base of a figure.

    ``weight``: the customers that each stands for; ``n`` answers, 0 where none is in the base,
    their ``mean``, and the sum of squared deviations from it, ``inside``.
    """

    weight: float
    n: int
    mean: float
    inside: float


def calibrated(
    parts: Mapping[int, Part],
    margins: Margins,
    scale: Bounds,
    confidence: float = 0.95,
    *,
    fpc: bool,
) -> Estimate | Reason:
    """The mean over all customers in the base, R = Σ w_c b_c ȳ_c / Σ w_c b_c, from raked cells.

    ``parts``: number of the cell → its answers; cells that are not named lie outside the base.
    With z = y - R in the base and 0 outside it, and e the residuals of z from what the margins
    explain: Var = Σ w² (1 - f) e²/(1 - h) / (Σ w b)², over all responses, with f = 1/w (Deville &
    Särndal 1992, J. Am. Stat. Assoc. 87: 376, section 3, for every calibration alike, raking
    among them) and h the leverage of an answer. Where the margins are the cells themselves that
    is the variance of strata. Degrees of freedom: Satterthwaite's, by cells.

    ``fpc``: whether the finite population is corrected for: yes for a figure that describes
    these customers, never for a test of change. On the ``scale`` (0, 1) the mean is a share with
    Wilson's interval of n_eff, or of Kish's if that is less; else Student's, near an end of the
    scale that for bounded scores.

    >>> margins = Margins.of([40, 10, 10, 40], [10, 20, 20, 10], [(0, 0, 1, 1), (0, 1, 0, 1)])
    >>> parts = [Part(10, 40, 0.5, 10), Part(20, 10, 0.6, 2.4), Part(20, 10, 0.8, 1.6),
    ...     Part(10, 40, 0.9, 3.6)]
    >>> found = calibrated(dict(enumerate(parts)), margins, (0, 1), fpc=False)
    >>> round(found.value, 3), round(found.se, 4), round(found.n_eff, 1)
    (0.7, 0.0464, 98.4)
    """
    n = sum(part.n for part in parts.values())
    if n == 0:
        return Reason.NO_ANSWERS
    if margins.responses.sum() <= margins.known:
        return Reason.TOO_FEW_ANSWERS
    base = _Base.of(parts, margins)
    if fpc and not base.unheard[list(parts)].any():
        exact = Interval(base.value, base.value, "census", confidence)
        return Estimate(base.value, n, None, None, 0.0, None, exact)
    if n == 1:
        return alone(base.value)
    known = base.precision(margins, fpc and base.size > n)
    found = estimate(known)
    if scale != SHARES:
        return with_interval(found, scale, confidence)
    # Heavy answers that happen to agree make the variance too small: no more than Kish's n_eff.
    most = effective(known.kish, known.customers)
    low, high = wilson_effective(known.value, min(found.n_eff or most, most), confidence)
    return replace(found, interval=Interval(low, high, "wilson_effective", confidence))


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """The answers in the base, cell by cell: weights, how many, means, squares inside."""

    weights: Floats
    n: Floats
    means: Floats
    inside: Floats

    @classmethod
    def of(cls, parts: Mapping[int, Part], margins: Margins) -> _Base:
        weights = margins.weights.copy()
        n, means, inside = (np.zeros(len(weights)) for _ in range(3))
        for cell, part in parts.items():
            weights[cell], n[cell] = part.weight, part.n
            means[cell], inside[cell] = part.mean, part.inside
        return cls(weights, n, means, inside)

    @property
    def size(self) -> float:
        """The customers that the base stands for."""
        return float(self.weights @ self.n)

    @property
    def value(self) -> float:
        some = self.n > 0
        parts = self.weights[some] * self.n[some] / self.size
        return between(zip(parts.tolist(), self.means[some].tolist(), strict=True))

    @property
    def unheard(self) -> Floats:
        """The finite population correction of each cell: 1 - f, no less than 0."""
        left: Floats = 1 - 1 / self.weights
        return np.where(left < NOBODY, 0.0, left)

    def precision(self, margins: Margins, finite: bool) -> Precision:
        """Variance by the residuals, and all that follows from the weights."""
        n, value, size = int(self.n.sum()), self.value, self.size
        away = self.means - value
        around: Floats = self.inside + self.n * away**2
        means: Floats = self.n * away / margins.responses
        squares = margins.residual_squares(means, around - margins.responses * means**2)
        unheard = self.unheard if finite else 1.0
        parts = self.weights**2 * unheard * squares
        below = float((parts**2 / np.maximum(margins.free, LEAST_FREE)).sum())
        variance = float(parts.sum())
        worth = size**2 / float(self.weights**2 @ self.n)
        return Precision(
            value=value,
            n=n,
            spread=float(self.weights @ around) / size * n / (n - 1),
            variance=variance / size**2,
            freedom=variance**2 / below if below else 0.0,
            kish=worth,
            customers=size if finite else math.inf,
        )
