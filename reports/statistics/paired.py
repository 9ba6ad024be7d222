"""Did the same customers change their minds, where some answered both times?

In a panel many customers answer in both waves. Whoever was content stays rather content, so their
two answers agree more than those of two strangers, and a change of the mean is known more exactly
than from two independent groups. How much more depends on how many answered both times and how
alike their answers are: Var = Var₁/n₁ + Var₂/n₂ - 2 n₁₂ Cov₁₂/(n₁ n₂). Where nobody did, these are
the differences of :mod:`reports.statistics.differences`, in interval and p-value; where all did,
the paired t test and McNemar's.

Customers who cannot be linked between waves count as different people, which is cautious.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import bdtr

from reports.errors import ReportError
from reports.findings import Figure, Interval, Reason
from reports.statistics.differences import Difference, student, welch
from reports.statistics.intervals import (
    NETS,
    Bounds,
    adjusted_net,
    around,
    normal_quantile,
    p_of_t,
    p_of_z,
    t_quantile,
    wilson_effective,
)
from reports.statistics.moments import Exact, Moments


class TooManyPairs(ReportError):
    """More customers answered both times than answered one of the two."""

    def __init__(self, pairs: int, first: int, second: int) -> None:
        super().__init__(
            f"{pairs} customers cannot have answered both times "
            f"where {first} answered the first and {second} the second."
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Those who answered both times: their answers each time, and the sum of products.

    >>> pairs = Pairs.of({(4, 4): 10, (5, 4): 3, (3, 4): 1, (5, 5): 8})
    >>> pairs.n, pairs.first.mean, pairs.second.mean, round(pairs.correlation, 3)
    (22, 4.454545454545454, 4.363636363636363, 0.708)
    """

    first: Moments
    second: Moments
    products: Exact

    @classmethod
    def of(cls, answers: Mapping[tuple[int, int], int]) -> Pairs:
        """From (answer in the first group, in the second) → how many gave these two."""
        first: dict[int, int] = {}
        second: dict[int, int] = {}
        products = 0
        for (x, y), times in answers.items():
            first[x] = first.get(x, 0) + times
            second[y] = second.get(y, 0) + times
            products += x * y * times
        return cls(Moments.of(first), Moments.of(second), products)

    @property
    def n(self) -> int:
        """How many answered both times."""
        return self.first.n

    @property
    def codeviations(self) -> Fraction:
        """Sum of products of deviations from both means; 0 without pairs."""
        if self.n == 0:
            return Fraction(0)
        return self.products - Fraction(self.first.total) * self.second.total / self.n

    @property
    def correlation(self) -> float:
        """Pearson's r of the two answers, whatever their unit; 0 where it does not exist."""
        if self.n < 2:
            return 0.0
        spread = self.first.spread * self.second.spread
        return float(self.codeviations / self.n) / math.sqrt(spread) if spread else 0.0


def change_of_means(
    first: Figure, second: Figure, pairs: Pairs, bounds: Bounds, confidence: float
) -> Difference:
    """First less second mean, some customers being in both (Derrick, Russ, Toher & White 2017).

    ``pairs``: both answers of those customers, in any unit (only their correlation counts).
    ``bounds``: the widest possible difference. Standard error √(SE₁² + SE₂² - 2 c SE₁ SE₂) with
    c = r n₁₂/√(n₁ n₂); degrees of freedom n₁₂ - 1 + (γ - n₁₂ + 1)(n₁ + n₂ - 2 n₁₂)/(n₁ + n₂), γ
    Welch's. The p-value is the larger of that and of the same with one pooled spread, as for
    independent groups. One answer, or answers all alike in a wave (where all are paired: all
    changes alike): the value and a reason.
    """
    if first.value is None or second.value is None:
        return Difference(None, reason=Reason.NO_ANSWERS)
    value = first.value - second.value
    if first.se is None or second.se is None:
        return Difference(value, reason=Reason.ONE_ANSWER)
    apart = first.n + second.n - 2 * pairs.n
    alike = (first.se == 0, second.se == 0)
    if all(alike) or (apart and any(alike)):
        return Difference(value, reason=Reason.NO_VARIATION)
    errors = _errors(first.se, first.n, second.se, second.n, pairs)
    if not all(se for se, _freedom in errors):
        return Difference(value, reason=Reason.NO_VARIATION)
    half = t_quantile(confidence, errors[0][1]) * errors[0][0]
    interval = around(value, half, bounds, _method("welch", "paired_t", pairs, apart), confidence)
    return Difference(value, interval, max(p_of_t(value / se, df) for se, df in errors))


def change_of_shares(first: Figure, second: Figure, pairs: Pairs, confidence: float) -> Difference:
    """First less second share, some customers being in both.

    ``pairs``: the answers of those customers, 1 for yes and 0 for no. Interval: both Wilson
    intervals, squared and added, less twice their product times c = φ n₁₂/√(n₁ n₂), φ corrected
    for continuity (Newcombe 1998c, Statistics in Medicine 17: 2635, method 10, where all are
    paired). p-value: pooled z with the variance times 1/n₁ + 1/n₂ - 2 φ n₁₂/(n₁ n₂) (Derrick et
    al. 2015, z₈), but with the φ of pairs whose two shares are equal, as the test supposes: with
    all paired that is McNemar's z, and with few it keeps the level where z₈ does not. Where all
    are paired the p-value is McNemar's mid-p itself.
    """
    shared = _shared(pairs, first.n, second.n)
    if first.n == 0 or second.n == 0:
        return Difference(None, reason=Reason.NO_ANSWERS)
    k1, k2 = first.count or 0, second.count or 0
    p1, p2 = k1 / first.n, k2 / second.n
    (low1, high1), (low2, high2) = (
        wilson_effective(p, n, confidence) for p, n in ((p1, first.n), (p2, second.n))
    )
    c, value = shared * _continuity_corrected(pairs), p1 - p2
    below = value - _hypotenuse(p1 - low1, high2 - p2, c)
    above = value + _hypotenuse(high1 - p1, p2 - low2, c)
    apart = first.n + second.n - 2 * pairs.n
    method = _method("newcombe", "newcombe_paired", pairs, apart)
    interval = Interval(max(below, -1.0), min(above, 1.0), method, confidence)
    if apart == 0:
        only_first = int(pairs.first.total - pairs.products)
        only_second = int(pairs.second.total - pairs.products)
        return Difference(value, interval, mcnemar(only_first, only_second))
    pooled = (k1 + k2) / (first.n + second.n)
    simple = pooled * (1 - pooled)
    variance = simple * (1 / first.n + 1 / second.n)
    se = _left(variance, 2 * simple * pairs.n * _phi_if_equal(pairs) / (first.n * second.n))
    return Difference(value, interval, p_of_z(value / se) if se else 1.0)


def change_of_nets(first: Moments, second: Moments, pairs: Pairs, confidence: float) -> Difference:
    """First less second net score, from answers -1, 0, 1, some customers being in both.

    As :func:`reports.statistics.differences.difference_of_nets`, its standard errors less what
    the pairs have in common. For the adjusted ones (Rocks 2016) r of the pairs is computed as if
    the pseudo-answers belonged to different people, so that even customers who all answer the
    same twice leave a standard error.
    """
    shared = _shared(pairs, first.n, second.n)
    if first.n == 0 or second.n == 0:
        return Difference(None, reason=Reason.NO_ANSWERS)
    value = first.mean - second.mean
    se1, se2 = adjusted_net(first)[1], adjusted_net(second)[1]
    se = _left(se1**2 + se2**2, 2 * shared * _adjusted_correlation(pairs) * se1 * se2)
    half, p = normal_quantile(confidence) * se, p_of_z(value / se)
    if first.spread and second.spread:
        plain = [math.sqrt(net.variance / net.n) for net in (first, second)]
        errors = _errors(plain[0], first.n, plain[1], second.n, pairs)
        half = max(half, t_quantile(confidence, errors[0][1]) * errors[0][0])
        p = max([p, *(p_of_t(value / error, df) for error, df in errors if error)])
    bounds = (2 * NETS[0], 2 * NETS[1])
    return Difference(value, around(value, half, bounds, "adjusted_wald", confidence), p)


def mcnemar(only_first: int, only_second: int, *, exact: bool = False) -> float:
    """Two-sided p-value for equal shares in pairs, from those who said yes only once.

    McNemar 1947 on the binomial distribution of the n who changed. By default the mid-p value,
    P(X < m) + P(X ≤ m) with m the smaller count, which stays below the level it is tested at in
    practice (Fagerland, Lydersen & Laake 2013) without the exact test's waste; ``exact`` doubles
    P(X ≤ m). Nobody changed: 1.

    >>> round(mcnemar(1, 7), 6), round(mcnemar(1, 7, exact=True), 6), mcnemar(0, 0)
    (0.039062, 0.070312, 1.0)
    """
    changed, fewer = only_first + only_second, min(only_first, only_second)
    up_to = float(bdtr(fewer, changed, 0.5))
    if exact:
        return min(1.0, 2 * up_to)
    return up_to + (float(bdtr(fewer - 1, changed, 0.5)) if fewer else 0.0)


def _errors(se1: float, n1: int, se2: float, n2: int, pairs: Pairs) -> list[tuple[float, float]]:
    """Standard error and degrees of freedom: Welch's and Student's, less what is common."""
    common = 2 * _shared(pairs, n1, n2) * pairs.correlation * se1 * se2
    apart = n1 + n2 - 2 * pairs.n
    found = []
    for se, freedom in (welch(se1, n1, se2, n2), student(se1, n1, se2, n2)):
        overlap = pairs.n - 1 + (freedom - pairs.n + 1) * apart / (n1 + n2)
        found.append((_left(se**2, common), overlap))
    return found


def _shared(pairs: Pairs, n1: int, n2: int) -> float:
    """How much of both groups is the same people: n₁₂/√(n₁ n₂), from 0 to 1."""
    if pairs.n > min(n1, n2):
        raise TooManyPairs(pairs.n, n1, n2)
    return pairs.n / math.sqrt(n1 * n2) if pairs.n else 0.0


def _left(variance: float, common: float) -> float:
    """√(variance - common), exactly 0 where no more than rounding is left."""
    left = variance - common
    return math.sqrt(left) if left > 1e-12 * variance else 0.0


def _hypotenuse(a: float, b: float, c: float) -> float:
    return math.sqrt(max(0.0, a * a - 2 * c * a * b + b * b))


def _method(independent: str, paired: str, pairs: Pairs, apart: int) -> str:
    if pairs.n == 0:
        return independent
    return paired if apart == 0 else f"partly_{paired}"


def _continuity_corrected(pairs: Pairs) -> float:
    """φ, its numerator brought towards 0 by n/2 where it is positive."""
    n = pairs.n
    spread = pairs.first.spread * pairs.second.spread if n else 0.0
    if spread == 0:
        return 0.0
    crossed = pairs.codeviations * n
    if crossed > 0:
        crossed = max(Fraction(0), crossed - Fraction(n, 2))
    return float(crossed / n**2) / math.sqrt(spread)


def _phi_if_equal(pairs: Pairs) -> float:
    """φ of yes/no answers if the share is the same both times; 0 where it does not exist."""
    if pairs.n == 0:
        return 0.0
    p = Fraction(pairs.first.total + pairs.second.total) / (2 * pairs.n)
    return float((Fraction(pairs.products) / pairs.n - p * p) / (p * (1 - p))) if 0 < p < 1 else 0.0


def _adjusted_correlation(pairs: Pairs) -> float:
    if pairs.n == 0:
        return 0.0
    squares = [each.n * each.spread + 1.5 for each in (pairs.first, pairs.second)]
    return float(pairs.codeviations) / math.sqrt(squares[0] * squares[1])
