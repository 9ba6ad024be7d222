"""How far could the gap between expectation and experience be from that of all customers?

Gaps are differences of two answers of one person, and Student's paired interval is right for
them but in one case: where hardly anybody's gap lies on one side and the others are near 0, as
when everybody expected the best. Then the gaps lean on 0 as ratings lean on the end of a scale,
and Student's interval is too short on the side of the few large ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from reports.findings import Interval, Reason
from reports.statistics.estimates import Estimate
from reports.statistics.intervals import (
    NEAR_AN_END,
    Bounds,
    bounded_interval,
    score_ends,
    t_interval,
    t_quantile,
)
from reports.statistics.moments import Moments

ONE_SIDED = "one_sided_gaps"
"""The method of intervals that are not Student's."""

FEWEST = 2
"""Gaps on either side of 0 from which Student's interval is the right one."""

NO_ROOM = Fraction(1, 10)
"""Rule *ceiling*: a mean expectation in the best tenth of its scale leaves no room above it."""


def gap_interval(
    gaps: Mapping[int, int], bounds: Bounds, confidence: float = 0.95
) -> Interval | Reason:
    """Interval of the mean of paired differences (difference → how often) within ``bounds``.

    Student's (``paired_t``), unless fewer than two gaps lie on one side of 0 and the mean is in
    the fifth of the scale next to 0. Then (``one_sided_gaps``) the mean is taken apart into the
    mean of the rises less the mean of the drops, everybody else counting 0. Each has an interval
    for bounded scores; the two are squared and added, with their correlation (as in Newcombe's
    method 10 for pairs, and MOVER: Zou & Donner 2008). Of a side nobody is on, the mean is at
    most t²/(n + t²), Wilson's end for 0 of n, times the largest gap there is.

    >>> found = gap_interval({0: 24, -1: 4, -2: 1, -3: 1}, (-4, 4))
    >>> round(found.low, 2), round(found.high, 2), found.method
    (-0.67, 0.11, 'one_sided_gaps')
    """
    given = {gap: times for gap, times in gaps.items() if times}
    moments = Moments.of(given)
    if moments.n == 0:
        return Reason.NO_ANSWERS
    se = math.sqrt(moments.variance / moments.n) if moments.n > 1 else 0.0
    student = t_interval(moments.mean, se, moments.n, bounds, confidence, "paired_t")
    rises = {gap: times for gap, times in given.items() if gap > 0}
    drops = {-gap: times for gap, times in given.items() if gap < 0}
    both = min(sum(rises.values()), sum(drops.values())) >= FEWEST
    near = bounds[0] * NEAR_AN_END < moments.mean < bounds[1] * NEAR_AN_END
    if isinstance(student, Reason) or both or not near:
        return student
    t, largest = t_quantile(confidence, moments.n - 1), max(abs(gap) for gap in given)
    up = _side(rises, moments.n, bounds[1], largest, t)
    down = _side(drops, moments.n, -bounds[0], largest, t)
    # Nobody's gap is on both sides, so that the two means cannot both be large.
    common = up.mean * down.mean / (moments.n - 1)
    r = -common / (up.se * down.se) if common else 0.0
    low = moments.mean - _added(up.mean - up.low, down.high - down.mean, r)
    high = moments.mean + _added(up.high - up.mean, down.mean - down.low, r)
    return Interval(max(low, bounds[0]), min(high, bounds[1]), ONE_SIDED, confidence)


def leaning(found: Estimate, bounds: Bounds, confidence: float = 0.95) -> Estimate:
    """One-sided gaps of all customers, put together from groups, with an interval of their own.

    Of them only mean and error are known. On the side where the gaps are the end is that of
    scores between 0 and the end of ``bounds``, or Student's if that is farther; on the other side
    it is Student's.

    >>> found = leaning(Estimate(-0.1, 40, 35, 1.1, 0.05, 30, Interval(-0.2, 0, "t")), (-4, 4))
    >>> round(found.interval.low, 2), found.interval.high, found.interval.method
    (-0.3, 0, 'one_sided_gaps')
    """
    student, freedom, se = found.interval, found.freedom, found.se or 0.0
    if student is None or freedom is None or found.value == 0:
        return found
    half = (bounds[0], 0.0) if found.value < 0 else (0.0, bounds[1])
    own = bounded_interval(found.value, se, found.n, half, confidence, freedom)
    if isinstance(own, Reason):
        return found
    low, high = min(own.low, student.low), max(own.high, student.high)
    return replace(found, interval=Interval(low, high, ONE_SIDED, confidence))


def ceiling(expectation: Moments, worst: int, best: int, room: Fraction = NO_ROOM) -> bool:
    """Whether expectations leave no room: their mean is in the best tenth of the scale.

    From 4.6 on 1–5, 9.1 on 1–10. There a gap can hardly be above zero, whatever is done.
    ``room``: another part of the scale than its best tenth.

    >>> ceiling(Moments.of({5: 7, 4: 3}), 1, 5), ceiling(Moments.of({5: 5, 4: 5}), 1, 5)
    (True, False)
    """
    if expectation.n == 0:
        return False
    reached = (Fraction(expectation.total) / expectation.n - worst) / (best - worst)
    return reached >= 1 - room


@dataclass(frozen=True, slots=True)
class _Side:
    """The mean of one side's gaps, the others counting 0, with standard error and ends."""

    mean: float
    se: float
    low: float
    high: float


def _side(sizes: Mapping[int, int], n: int, end: float, largest: int, t: float) -> _Side:
    """``sizes``: how large the gaps of this side are → how often, of ``n`` altogether."""
    if not sizes:
        return _Side(0.0, 0.0, 0.0, largest * t * t / (n + t * t))
    moments = Moments.of({**sizes, 0: n - sum(sizes.values())})
    y, se = moments.mean / end, math.sqrt(moments.variance / n)
    low, high = score_ends(y, y * (1 - y) * (end / se) ** 2, t)
    return _Side(moments.mean, se, low * end, high * end)


def _added(a: float, b: float, r: float) -> float:
    return math.sqrt(max(0.0, a * a - 2 * r * a * b + b * b))
