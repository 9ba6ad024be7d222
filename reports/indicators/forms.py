"""The two forms of nearly all figures: a share of a base, and a mean over a base."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from instruments.model import Better, Means, Question
from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.intervals import Bounds, t_interval, wilson
from reports.moments import Moments


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
    """A mean with Student's interval, cut off at ``bounds``, and SE s/√n (from two answers on)."""
    if moments.n == 0:
        return missing(key, unit, base, of=of)
    interval, reason = split(t_interval(moments, bounds, confidence, method))
    se = math.sqrt(moments.variance / moments.n) if moments.n > 1 else None
    return Figure(key, of, unit, base, moments.n, moments.mean, None, None, se, interval, reason)


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
