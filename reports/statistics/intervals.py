"""How far could a figure be from what all customers would have said? Confidence intervals.

Plain functions: counts or moments in, an :class:`~reports.findings.Interval` out, or the
:class:`~reports.findings.Reason` why there is none; never NaN, never an exception for small
samples. Ends are at full precision. Which formula comes from where stands with each function,
what it was checked against in ``docs/methods/intervals.md``.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri, stdtr, stdtrit

from reports.findings import Interval, Reason
from reports.statistics.moments import Moments

Floats = NDArray[np.float64]

Bounds = tuple[float, float]
"""Smallest and largest value a figure can take; an interval is cut off there."""

SHARES: Bounds = (0.0, 1.0)
NETS: Bounds = (-1.0, 1.0)

NEAR_AN_END = 0.2
"""Means in the lowest or highest fifth of a scale get an interval for bounded scores."""

UNSEEN = 0.1
"""Part of an answer at either end of the scale that such an interval counts in, as not yet seen."""


@lru_cache
def normal_quantile(confidence: float) -> float:
    """The z of a two-sided interval: 1.96 for 0.95."""
    return float(ndtri(0.5 + confidence / 2))


@lru_cache(maxsize=4096)
def t_quantile(confidence: float, freedom: float) -> float:
    """The t of a two-sided interval with ``freedom`` degrees of freedom (not always whole)."""
    return float(stdtrit(freedom, 0.5 + confidence / 2))


def p_of_z(z: float) -> float:
    """Two-sided p-value of a standard normal statistic."""
    return float(2 * ndtr(-abs(z)))


def p_of_t(t: float, freedom: float) -> float:
    """Two-sided p-value of a t statistic."""
    return float(2 * stdtr(freedom, -abs(t)))


def wilson(k: int, n: int, confidence: float = 0.95) -> Interval | Reason:
    """Wilson score interval of the share k/n (Wilson 1927; Newcombe 1998a, method 3).

    >>> found = wilson(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    >>> wilson(0, 0).value
    'no_answers'
    """
    if n == 0:
        return Reason.NO_ANSWERS
    low, high = wilson_effective(k / n, n, confidence)
    return Interval(low, high, "wilson", confidence)


def wilson_effective(p: float, n: float, confidence: float = 0.95) -> Bounds:
    """Wilson's ends for a share ``p`` known as precisely as ``n`` (over 0) plain answers tell it.

    ``n`` is an effective number of answers and need not be whole (Korn & Graubard 1998).

    >>> low, high = wilson_effective(8 / 9, 81)
    >>> round(low, 6), round(high, 6)
    (0.802129, 0.940432)
    """
    return score_ends(p, n, normal_quantile(confidence))


def score_ends(p: float, n: float, z: float) -> Bounds:
    """Both solutions for the true share q of |p - q| = z √(q(1 - q)/n), never outside 0–1.

    With p = 0 the lower end is exactly 0, with p = 1 the upper exactly 1.
    """
    z2 = z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return (0.0 if p == 0 else low), (1.0 if p == 1 else high)


def newcombe(p1: float, n1: float, p2: float, n2: float, confidence: float = 0.95) -> Interval:
    """Interval of the difference p1 - p2 of two independent shares.

    Newcombe 1998b, method 10: the two Wilson intervals, squared and added. ``n1``, ``n2`` (over
    0) are the answers behind them, effective ones of a weighted share.

    >>> found = newcombe(56 / 70, 70, 48 / 80, 80)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    (low1, high1), (low2, high2) = (
        wilson_effective(p, n, confidence) for p, n in ((p1, n1), (p2, n2))
    )
    low = p1 - p2 - math.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + math.hypot(high1 - p1, p2 - low2)
    return Interval(max(low, -1.0), min(high, 1.0), "newcombe", confidence)


def jeffreys(p: ArrayLike, n: ArrayLike, quantile: float) -> tuple[Floats, Floats]:
    """Jeffreys' ends for shares ``p`` of ``n`` (over 0, need not be whole) answers, one of each.

    The tails of a beta distribution with half an answer added on either side (Brown, Cai &
    DasGupta 2001, *Statistical Science* 16: 101). ``quantile``: the z, or the t, beyond which
    each tail lies. With p = 0 the lower end is exactly 0, with p = 1 the upper exactly 1.

    >>> low, high = jeffreys([0.3, 1.0], [10, 5], 1.96)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0927, 0.6206], [0.6058, 1.0])
    """
    shares, answers, tail = np.asarray(p), np.asarray(n), float(ndtr(-quantile))
    yes, no = shares * answers + 0.5, (1 - shares) * answers + 0.5
    low: Floats = np.where(shares == 0, 0.0, betaincinv(yes, no, tail))
    high: Floats = np.where(shares == 1, 1.0, betaincinv(yes, no, 1 - tail))
    return low, high


def t_interval(
    mean: float,
    se: float,
    n: int,
    bounds: Bounds,
    confidence: float = 0.95,
    method: str = "t",
    freedom: float | None = None,
) -> Interval | Reason:
    """Student's interval of a mean, mean ± t·SE with ``freedom`` degrees (n - 1 if not given).

    Cut off at ``bounds``, the ends of the scale. Of paired differences it is the paired t
    interval (``method="paired_t"``). One answer has no spread; answers that are all alike
    (SE 0) would make an interval without width: both give a reason.

    >>> found = t_interval(4, 0.4, 4, (1, 5))
    >>> round(found.low, 3), round(found.high, 3)
    (2.727, 5.0)
    """
    if n == 0:
        return Reason.NO_ANSWERS
    if n == 1:
        return Reason.ONE_ANSWER
    if se == 0:
        return Reason.NO_VARIATION
    half = t_quantile(confidence, freedom or n - 1) * se
    return around(mean, half, bounds, method, confidence)


def bounded_interval(
    mean: float,
    se: float,
    n: int,
    bounds: Bounds,
    confidence: float = 0.95,
    freedom: float | None = None,
) -> Interval | Reason:
    """Interval of a mean that cannot lie outside ``bounds``: Wilson's, for scores.

    With y the mean taken to 0–1 and its standard error e, n* = y(1 - y)/e² is the number of
    yes/no answers that would be as precise; the interval is Wilson's for y of n*, with t in
    place of z (``freedom`` degrees, n - 1 if not given). It leans away from the end of the
    scale, as the spread of answers grows from there, where Student's interval is too short on
    that side. A tenth of an answer at either end (:data:`UNSEEN`) is counted into the spread,
    e² + ((1 - y)² + y²)/10n(n - 1), for the answers so rare that a sample may hold none of them.

    >>> found = bounded_interval(4.8, 0.1, 30, (1, 5))
    >>> round(found.low, 2), round(found.high, 2)
    (4.45, 4.93)
    """
    if n == 0:
        return Reason.NO_ANSWERS
    if n == 1:
        return Reason.ONE_ANSWER
    length = bounds[1] - bounds[0]
    if se == 0:
        return Reason.NO_VARIATION
    y = (mean - bounds[0]) / length
    unseen = UNSEEN * ((1 - y) ** 2 + y**2) / (n * (n - 1))
    answers = y * (1 - y) / ((se / length) ** 2 + unseen)
    low, high = score_ends(y, answers, t_quantile(confidence, freedom or n - 1))
    return Interval(bounds[0] + low * length, bounds[0] + high * length, "bounded", confidence)


def near_an_end(mean: float, bounds: Bounds) -> bool:
    """Whether a mean lies in the lowest or highest fifth of its scale."""
    room = NEAR_AN_END * (bounds[1] - bounds[0])
    return mean < bounds[0] + room or mean > bounds[1] - room


def net_wald(net: Moments, confidence: float = 0.95) -> Interval | Reason:
    """Wald interval of a net score, from answers coded -1, 0, 1.

    Var = p + d - (p - d)², SE = √(Var/n), for the shares p of promoters and d of detractors.
    All answers alike: no width, so a reason.

    >>> found = net_wald(Moments.of({1: 1436, 0: 968, -1: 342}))
    >>> round(found.low, 6), round(found.high, 6)
    (0.372249, 0.424546)
    """
    if net.n == 0:
        return Reason.NO_ANSWERS
    if net.n == 1:
        return Reason.ONE_ANSWER
    if net.spread == 0:
        return Reason.NO_VARIATION
    half = normal_quantile(confidence) * math.sqrt(net.spread / net.n)
    return around(net.mean, half, NETS, "wald", confidence)


def net_adjusted_wald(net: Moments, confidence: float = 0.95) -> Interval | Reason:
    """Adjusted Wald interval of a net score (Rocks 2016): Wald after adding three answers.

    ¾ of a promoter, 1½ passives and ¾ of a detractor are added, so that the interval has a
    width even when all agree. Cut off at -1 and 1; where hardly any confidence is asked for, it
    goes on to the score itself. Around a single answer the three would weigh more than the
    answer itself: a reason.

    >>> found = net_adjusted_wald(Moments.of({1: 9, 0: 0, -1: 0}))
    >>> round(found.low, 6), found.high
    (0.433712, 1.0)
    """
    if net.n == 0:
        return Reason.NO_ANSWERS
    if net.n == 1:
        return Reason.ONE_ANSWER
    centre, se = adjusted_net(net)
    found = around(centre, normal_quantile(confidence) * se, NETS, "adjusted_wald", confidence)
    return replace(found, low=min(found.low, net.mean), high=max(found.high, net.mean))


def adjusted_net(net: Moments) -> Bounds:
    """Centre and standard error of a net score after adding the three answers of Rocks 2016."""
    n = net.n + 3
    centre = float(net.total) / n
    return centre, math.sqrt(((float(net.squares) + 1.5) / n - centre**2) / n)


def around(centre: float, half: float, bounds: Bounds, method: str, confidence: float) -> Interval:
    """The interval ``centre`` ± ``half``, cut off at ``bounds``."""
    low, high = max(centre - half, float(bounds[0])), min(centre + half, float(bounds[1]))
    return Interval(low, high, method, confidence)
