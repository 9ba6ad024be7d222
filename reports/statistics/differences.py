"""Is a figure really different from the month before, or from the other customers?

A difference of two independent groups of answers, with interval and p-value. Where the same
customers answered in both waves and are known to, :mod:`reports.statistics.paired` takes that
into account; with positively correlated answers leaving it out makes the tests cautious, never
bold. What many comparisons at once need is in :mod:`reports.statistics.families`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.findings import Figure, Interval, Reason, Unit
from reports.statistics.intervals import (
    NETS,
    Bounds,
    adjusted_net,
    around,
    newcombe,
    normal_quantile,
    p_of_t,
    p_of_z,
    t_quantile,
)
from reports.statistics.moments import Moments


@dataclass(frozen=True, slots=True)
class Difference:
    """First less second: the value, its interval and two-sided p-value, or why not."""

    value: float | None
    interval: Interval | None = None
    p: float | None = None
    reason: Reason | None = None


def difference_of_shares(first: Figure, second: Figure, confidence: float) -> Difference:
    """Newcombe's interval (method 10) and the pooled z test (Pearson's chi-squared, 1 df).

    Where both shares are 0, or both 1, nothing differs: p is 1. A weighted share counts as its
    effective number of answers.
    """
    if first.value is None or second.value is None:
        return Difference(None, reason=Reason.NO_ANSWERS)
    (p1, n1), (p2, n2) = (first.value, worth(first)), (second.value, worth(second))
    value, pooled = p1 - p2, (p1 * n1 + p2 * n2) / (n1 + n2)
    interval = newcombe(p1, n1, p2, n2, confidence)
    se = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return Difference(value, interval, p_of_z(value / se) if se else 1.0)


def difference_of_means(
    first: Figure, second: Figure, bounds: Bounds, confidence: float
) -> Difference:
    """Welch's interval (Welch 1947), and the larger p-value of Welch's and Student's test.

    Welch's test alone is misled where the smaller group happens to agree: its small spread
    counts for much. If nothing differs, both groups spread alike and Student's test, which
    pools them, is the right one; the larger p-value holds in either case. A group of one
    answer, or of answers that are all alike, has no spread to judge by: the value stands,
    without interval and p. A weighted mean counts as its effective number of answers.
    """
    if first.value is None or second.value is None:
        return Difference(None, reason=Reason.NO_ANSWERS)
    value = first.value - second.value
    if first.se is None or second.se is None:
        return Difference(value, reason=Reason.ONE_ANSWER)
    if first.se == 0 or second.se == 0:
        return Difference(value, reason=Reason.NO_VARIATION)
    se, freedom = welch(first.se, worth(first), second.se, worth(second))
    half = t_quantile(confidence, freedom) * se
    interval = around(value, half, bounds, "welch", confidence)
    pooled, together = student(first.se, worth(first), second.se, worth(second))
    p = max(p_of_t(value / se, freedom), p_of_t(value / pooled, together))
    return Difference(value, interval, p)


def worth(figure: Figure) -> float:
    """How many plain answers a figure is worth; no fewer than two, which have a spread."""
    return figure.n if figure.effective_n is None else max(figure.effective_n, 2.0)


def welch(se1: float, n1: float, se2: float, n2: float) -> tuple[float, float]:
    """Standard error and degrees of freedom with a spread for each group."""
    v1, v2 = se1**2, se2**2
    return math.sqrt(v1 + v2), (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))


def student(se1: float, n1: float, se2: float, n2: float) -> tuple[float, float]:
    """Standard error and degrees of freedom with one spread for both groups."""
    freedom = n1 + n2 - 2
    variance = (se1**2 * n1 * (n1 - 1) + se2**2 * n2 * (n2 - 1)) / freedom
    return math.sqrt(variance * (1 / n1 + 1 / n2)), freedom


def difference_of_nets(first: Moments, second: Moments, confidence: float) -> Difference:
    """Difference of two net scores, from answers coded -1, 0, 1.

    z = (N1 - N2)/√(SE1² + SE2²), with the adjusted standard errors (Rocks 2016), which are not
    0 where all answers of a wave agree. Of few and divided answers they are too small for a
    difference that is not itself adjusted: where both groups have a spread, the p-value is the
    largest of this test, Welch's and Student's, and the interval the wider of this and Welch's.
    """
    if first.n == 0 or second.n == 0:
        return Difference(None, reason=Reason.NO_ANSWERS)
    value = first.mean - second.mean
    se = math.hypot(adjusted_net(first)[1], adjusted_net(second)[1])
    half, p = normal_quantile(confidence) * se, p_of_z(value / se)
    if first.spread and second.spread:
        groups = [(math.sqrt(net.variance / net.n), net.n) for net in (first, second)]
        by_welch, freedom = welch(*groups[0], *groups[1])
        pooled, together = student(*groups[0], *groups[1])
        half = max(half, t_quantile(confidence, freedom) * by_welch)
        p = max(p, p_of_t(value / by_welch, freedom), p_of_t(value / pooled, together))
    bounds = (2 * NETS[0], 2 * NETS[1])
    return Difference(value, around(value, half, bounds, "adjusted_wald", confidence), p)


def widest(unit: Unit, bounds: Bounds) -> Bounds:
    """The largest differences two figures of that unit can have; ``bounds`` for points."""
    low, high = {Unit.INDEX: (0.0, 100.0), Unit.NET: NETS}.get(unit, bounds)
    return low - high, high - low
