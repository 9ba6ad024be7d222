"""How do several items vary together, known from sums that add up?

A :class:`MomentMatrix` holds, of those who answered *all* of its items, how many they are, the
sums of their codes and the sums of the products of any two codes: whole numbers, so that months
and segments add exactly. Means, covariances and correlations follow from it, and with them
reliability, key drivers and estimated weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import numpy as np
from numpy.typing import NDArray

from reports.errors import ReportError
from reports.statistics.moments import Exact, Moments

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DEPENDENT = 1e-9
"""Eigenvalues of a correlation matrix up to this are zero but for rounding."""

EXACT_FLOAT = 2**53
"""Whole numbers up to this are exact in floating point."""


class DifferentItems(ReportError):
    """Moment matrices of different items were to be added or subtracted."""

    def __init__(self) -> None:
        super().__init__("These sums are of different items and cannot be put together.")


class ConstantItems(ReportError):
    """A correlation was asked for with an item to which everybody gave the same answer."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Everybody gave the same answer to {', '.join(names)}: no correlation.")


@dataclass(frozen=True, slots=True, eq=False)
class MomentMatrix:
    """Sums of n complete answers to d items: ``sums`` (d,), ``products`` (d, d), int64.

    ``products[i, j]`` = Σ x_i x_j. Sums hold codes as answered, so that they stay far below
    2⁶³ for any number of answers there is; differences of products are taken in Python's own
    integers, which have no end.

    >>> three = MomentMatrix.of(("a", "b"), np.array([[1, 2], [2, 4], [4, 3]]))
    >>> three.n, three.sums.tolist(), three.products.tolist()
    (3, [7, 9], [[21, 22], [22, 29]])
    >>> (three + three).n
    6
    """

    names: tuple[str, ...]
    n: int
    sums: Integers
    products: Integers

    @classmethod
    def of(cls, names: Sequence[str], codes: NDArray[np.integer]) -> Self:
        """From the codes of complete answers, shape (n, d); may be called chunk by chunk.

        The caller leaves out everybody with an item missing. Multiplied in floating point
        where that is exact, as it is many times faster there.
        """
        largest = max(int(codes.max(initial=0)), -int(codes.min(initial=0)))
        fits = largest * largest * max(len(codes), 1) < EXACT_FLOAT
        exact = codes.astype(np.float64 if fits else np.int64)
        sums, products = exact.sum(axis=0), exact.T @ exact
        return cls(tuple(names), len(codes), sums.astype(np.int64), products.astype(np.int64))

    def __add__(self, other: MomentMatrix) -> MomentMatrix:
        self._same_items(other)
        sums, products = self.sums + other.sums, self.products + other.products
        return MomentMatrix(self.names, self.n + other.n, sums, products)

    def __sub__(self, part: MomentMatrix) -> MomentMatrix:
        self._same_items(part)
        sums, products = self.sums - part.sums, self.products - part.products
        return MomentMatrix(self.names, self.n - part.n, sums, products)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MomentMatrix):
            return NotImplemented
        return (
            (self.names, self.n) == (other.names, other.n)
            and np.array_equal(self.sums, other.sums)
            and np.array_equal(self.products, other.products)
        )

    __hash__ = None  # type: ignore[assignment]

    def _same_items(self, other: MomentMatrix) -> None:
        if self.names != other.names:
            raise DifferentItems

    def select(self, names: Sequence[str]) -> MomentMatrix:
        """The sums of these items only, in this order; n stays that of all items together."""
        at = [self.names.index(name) for name in names]
        return MomentMatrix(tuple(names), self.n, self.sums[at], self.products[np.ix_(at, at)])

    @property
    def means(self) -> Floats:
        """The items' means, shape (d,); n must not be 0."""
        return self.sums / self.n

    @property
    def scatter(self) -> list[list[int]]:
        """Covariances times n(n - 1), exactly: n Σ x_i x_j - Σ x_i Σ x_j."""
        sums, rows = self.sums.tolist(), self.products.tolist()
        return [
            [self.n * product - a * b for b, product in zip(sums, row, strict=True)]
            for a, row in zip(sums, rows, strict=True)
        ]

    @property
    def covariance(self) -> Floats:
        """Sample covariances (divisor n - 1), shape (d, d); n must be 2 or more."""
        divisor = self.n * (self.n - 1)
        return np.array([[cell / divisor for cell in row] for row in self.scatter])

    @property
    def constant(self) -> tuple[str, ...]:
        """The items that everybody answered alike (all of them, with fewer than two answers)."""
        scatter = self.scatter
        return tuple(name for i, name in enumerate(self.names) if scatter[i][i] == 0)

    @property
    def correlation(self) -> Floats:
        """Pearson correlations, shape (d, d). Raises :class:`ConstantItems`."""
        if self.constant:
            raise ConstantItems(self.constant)
        rows = self.scatter
        deviation = [math.sqrt(row[i]) for i, row in enumerate(rows)]
        found = np.array(
            [
                [cell / (deviation[i] * deviation[j]) for j, cell in enumerate(row)]
                for i, row in enumerate(rows)
            ]
        )
        np.fill_diagonal(found, 1.0)
        return found

    @property
    def dependent(self) -> tuple[str, ...]:
        """The items that others determine (a duplicate, a sum of others) and those others.

        Raises :class:`ConstantItems`.

        >>> a, b = np.array([1, 2, 4, 4]), np.array([2, 1, 5, 3])
        >>> c = np.array([1, 3, 1, 5])
        >>> MomentMatrix.of(("a", "b", "sum", "c"), np.stack([a, b, a + b, c], axis=1)).dependent
        ('a', 'b', 'sum')
        """
        values, vectors = np.linalg.eigh(self.correlation)
        share = (vectors[:, values <= DEPENDENT] ** 2).sum(axis=1)
        return tuple(name for name, s in zip(self.names, share, strict=True) if s > DEPENDENT)

    def combined(self, factors: Sequence[Exact], shift: Exact = 0) -> Moments:
        """The moments of Σ factor_i x_i + shift over the respondents, exactly.

        So any weighted index and any difference of items has a mean and a standard error.

        >>> gap = MomentMatrix.of(("e", "p"), np.array([[5, 3], [4, 4]])).combined([-1, 1])
        >>> gap.mean, gap.variance
        (-1.0, 2.0)
        """
        exact = [Fraction(factor) for factor in factors]
        below = math.lcm(*(factor.denominator for factor in exact))
        whole = [factor.numerator * (below // factor.denominator) for factor in exact]
        total = sum(f * s for f, s in zip(whole, self.sums.tolist(), strict=True))
        squares = sum(
            a * sum(b * product for b, product in zip(whole, row, strict=True))
            for a, row in zip(whole, self.products.tolist(), strict=True)
        )
        found = Moments(self.n, Fraction(total, below), Fraction(squares, below**2))
        return found.rescaled(Fraction(1), Fraction(shift)) if shift else found
