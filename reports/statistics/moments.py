"""What are the mean and the spread of these answers, exactly?

Sums of answers are whole numbers and stay whole numbers: n, sum and sum of squares are kept
as integers (fractions where weights are rescaled) and turned into floating point only at the
end, so that no order of adding, no number of parts and no machine changes a digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class Moments:
    """n answers, their sum and their sum of squares.

    >>> five = Moments.of({1: 0, 2: 1, 3: 0, 4: 2, 5: 1})
    >>> five.n, five.mean, round(five.variance, 4)
    (4, 3.75, 1.5833)
    """

    n: int
    total: Exact
    squares: Exact

    @classmethod
    def of(cls, answers: Mapping[int, int] | Mapping[Fraction, int]) -> Moments:
        """From value → how often."""
        pairs: list[tuple[Exact, int]] = list(answers.items())
        return cls(
            sum(count for _value, count in pairs),
            sum(value * count for value, count in pairs),
            sum(value * value * count for value, count in pairs),
        )

    def rescaled(self, factor: Fraction, shift: Fraction) -> Moments:
        """The moments of ``factor * x + shift``.

        >>> Moments.of({1: 1, 5: 1}).rescaled(Fraction(25), Fraction(-25)).mean
        50.0
        """
        return Moments(
            self.n,
            factor * self.total + shift * self.n,
            factor**2 * self.squares + 2 * factor * shift * self.total + shift**2 * self.n,
        )

    @property
    def mean(self) -> float:
        """The mean; n must not be 0."""
        total = self.total
        return total.numerator / (total.denominator * self.n)

    @property
    def variance(self) -> float:
        """The sample variance (divisor n - 1); n must be 2 or more. Exactly 0 when all agree."""
        return self._squares_inside(self.n - 1)

    @property
    def spread(self) -> float:
        """The variance of the answers themselves (divisor n); n must not be 0."""
        return self._squares_inside(self.n)

    def _squares_inside(self, divisor: int) -> float:
        """Σ (x - mean)² over ``divisor``, rounded once: whole numbers over whole numbers."""
        total, squares = self.total, self.squares
        square, below = total.numerator**2, total.denominator**2 * self.n
        above = squares.numerator * below - square * squares.denominator
        return above / (squares.denominator * below * divisor)
