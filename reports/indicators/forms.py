"""The two forms of nearly all figures: a share of a base, and a mean over a base."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from instruments.model import Better, Means, Question
from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.statistics.intervals import Bounds, bounded_interval, near_an_end, t_interval, wilson
from reports.statistics.moments import Moments


@dataclass(frozen=True, slots=True)
class Related:
    """Figures so closely related that a hidden one could be worked out from another.

    They are hidden in the same segments. ``within`` names groups from whose figures these
    follow (a gap from a mean, a share of complainers from the complaint rate, whose count is
    their n): where those are hidden, so are these, or they would tell.
    """

    name: str
    figures: tuple[Figure, ...]
    within: tuple[str, ...] = ()


def share(key: str, count: int, n: int, confidence: float, *, base: Base, of: str = "") -> Figure:
    """``count`` of ``n``, with Wilson interval and SE √(pq/n).

    >>> share("stays_rate", 0, 0, 0.95, base=Base.TOLD_THE_COMPANY).reason.value
    'no_answers'
    """
    if n == 0:
        return missing(key, Unit.SHARE, base, of=of)
    p = count / n
    interval, reason = split(wilson(count, n, confidence))
    se = math.sqrt(p * (1 - p) / n)
    return Figure(key, of, Unit.SHARE, base, n, p, None, count, se, interval, reason)


def share_of(
    key: str,
    answers: Mapping[int, int],
    codes: frozenset[int],
    confidence: float,
    *,
    base: Base = Base.ANSWERED,
    of: str = "",
) -> Figure:
    """The share of ``answers`` (code → how often) with one of ``codes``."""
    count = sum(times for code, times in answers.items() if code in codes)
    return share(key, count, sum(answers.values()), confidence, base=base, of=of)


def mean(
    key: str,
    moments: Moments,
    confidence: float,
    *,
    unit: Unit,
    base: Base,
    bounds: Bounds,
    of: str = "",
    method: str = "t",
) -> Figure:
    """A mean with SE s/√n (from two answers on) and Student's interval, cut off at ``bounds``.

    Near an end of the scale the interval is that for bounded scores, and Student's stands in
    ``others``; a mean of paired differences (``method="paired_t"``) always has Student's.
    """
    if moments.n == 0:
        return missing(key, unit, base, of=of)
    se = math.sqrt(moments.variance / moments.n) if moments.n > 1 else None
    figure = Figure(key, of, unit, base, moments.n, moments.mean, se=se)
    return with_interval(figure, bounds, confidence, method)


def with_interval(figure: Figure, bounds: Bounds, confidence: float, method: str = "t") -> Figure:
    """``figure``, which has a value and its SE, with the interval of a mean."""
    value, se = figure.value or 0.0, figure.se or 0.0
    student = t_interval(value, se, figure.n, bounds, confidence, method)
    interval, reason = split(student)
    if interval is None or method != "t" or not near_an_end(value, bounds):
        return replace(figure, interval=interval, interval_reason=reason)
    bounded, reason = split(bounded_interval(value, se, figure.n, bounds, confidence))
    return replace(figure, interval=bounded, interval_reason=reason, others=(interval,))


def missing(
    key: str, unit: Unit, base: Base, *, of: str = "", reason: Reason = Reason.NO_ANSWERS
) -> Figure:
    """A figure without a value, and why."""
    return Figure(key, of, unit, base, 0, None, reason, interval_reason=reason)


def split(found: Interval | Reason) -> tuple[Interval | None, Reason | None]:
    """The interval, or the reason why there is none."""
    return (found, None) if isinstance(found, Interval) else (None, found)


def ends(question: Question) -> Bounds:
    """Lowest and highest code of a scale or number."""
    return float(min(question.codes)), float(max(question.codes))


def to_index(question: Question) -> tuple[Fraction, Fraction]:
    """Factor and shift that take a scale to 0–100 with 100 the good end, whatever its direction."""
    low, high = min(question.codes), max(question.codes)
    factor = Fraction(100, high - low)
    if question.better is Better.LOW:
        return -factor, factor * high
    return factor, -factor * low


def approving(question: Question) -> frozenset[int]:
    """The codes that count as yes: options that mean *yes*; else the two best of a scale."""
    return question.codes_meaning(Means.YES) or question.best_codes(2)
