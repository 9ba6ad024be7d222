"""Which single thing would make items go together as they do? A one-factor model."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from reports.statistics.moment_matrix import Floats

HEYWOOD = 0.005
"""The least uniqueness a fit may give to an item; one that ends here is improper."""

SETTLED = 1e-4
"""The largest slope, along what is free to move, that still counts as an optimum."""


def one_factor(correlation: Floats) -> Floats | None:
    """Loadings (d,) of the one-factor model by maximum likelihood, or None without an optimum.

    ``correlation`` (d, d), d ≥ 3, not singular. For given uniquenesses Ψ the best loadings
    follow from the first eigenvector of Ψ^-½ R Ψ^-½, so that only Ψ is searched for, from
    0.005 to 1 (Jöreskog 1967, *Psychometrika* 32: 443–482; start values as there). Signs are
    such that the loadings sum to 0 or more.

    >>> one = np.array([[1, 0.42, 0.35], [0.42, 1, 0.3], [0.35, 0.3, 1]])
    >>> one_factor(one).round(6).tolist()
    [0.7, 0.6, 0.5]
    """
    d = len(correlation)
    start = (1 - 0.5 / d) / np.diag(np.linalg.inv(correlation))
    found = minimize(
        _discrepancy,
        np.clip(start, HEYWOOD, 1.0),
        args=(correlation,),
        jac=True,
        # As exact as L-BFGS-B, whose linear algebra costs fifty times as much where threads wait.
        method="SLSQP",
        bounds=[(HEYWOOD, 1.0)] * d,
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    unique = found.x
    slope = _discrepancy(unique, correlation)[1]
    at_an_end = ((unique <= HEYWOOD) & (slope > 0)) | ((unique >= 1.0) & (slope < 0))
    if np.abs(np.where(at_an_end, 0.0, slope)).max() > SETTLED:
        return None
    loadings = _first(unique, correlation)[0]
    return loadings if loadings.sum() >= 0 else -loadings


def _first(unique: Floats, correlation: Floats) -> tuple[Floats, Floats]:
    """The best loadings for these uniquenesses, and the eigenvalues they leave unexplained."""
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return root * vectors[:, -1] * np.sqrt(max(values[-1] - 1.0, 0.0)), values[:-1]


def _discrepancy(unique: Floats, correlation: Floats) -> tuple[float, Floats]:
    """The likelihood's discrepancy at its best loadings, and its slope along each uniqueness."""
    loadings, left = _first(unique, correlation)
    slope: Floats = (loadings**2 + unique - np.diag(correlation)) / unique**2
    return float((left - np.log(left)).sum() - len(left)), slope
