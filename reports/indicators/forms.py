"""The forms of all figures: a share of a base, a mean over a base, a coefficient of a model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from instruments.model import Better, Means, Question
from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.statistics.intervals import (
    SHARES,
    Bounds,
    bounded_interval,
    near_an_end,
    t_interval,
    wilson,
)
from reports.statistics.moments import Moments

HUNDRED: Bounds = (0.0, 100.0)
"""The scale of an index."""

CORRELATIONS: Bounds = (-1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Bases:
    """What must be known of related figures to hide them: the n of each, in ``counts``.

    They are hidden in the same segments. ``within`` names groups from whose figures these
    follow (a gap from a mean, a share of complainers from the complaint rate, whose count is
    their n): where those are hidden, so are these, or they would tell. Those groups come before.
    ``made_of_others``: in a segment where everybody answered everything these are arithmetic of
    figures that may be shown there (a dimension's gap of its attributes' gaps), so hiding them in
    a second segment is no cover for the first; the whole is hidden instead.
    """

    name: str
    counts: tuple[int, ...]
    within: tuple[str, ...] = ()
    made_of_others: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Figures so closely related that a hidden one could be worked out from another.

    ``within``, ``made_of_others``: what follows from what, as in :class:`Bases`.
    """

    name: str
    figures: tuple[Figure, ...]
    within: tuple[str, ...] = ()
    made_of_others: bool = False

    @property
    def bases(self) -> Bases:
        """What decides where these figures are hidden."""
        counts = tuple(figure.n for figure in self.figures)
        return Bases(self.name, counts, self.within, self.made_of_others)


def share(
    key: str,
    count: int,
    n: int,
    confidence: float,
    *,
    base: Base,
    of: str = "",
    better: Better = Better.HIGH,
) -> Figure:
    """``count`` of ``n``, with Wilson interval and SE √(pq/n).

    >>> share("stays_rate", 0, 0, 0.95, base=Base.TOLD_THE_COMPANY).reason.value
    'no_answers'
    """
    if n == 0:
        return missing(key, Unit.SHARE, base, of=of, better=better, scale=SHARES)
    p = count / n
    interval, reason = split(wilson(count, n, confidence))
    se = math.sqrt(p * (1 - p) / n)
    return Figure(
        key,
        of,
        Unit.SHARE,
        base,
        n,
        p,
        count=count,
        se=se,
        interval=interval,
        interval_reason=reason,
        better=better,
        scale=SHARES,
    )


def share_of(
    key: str,
    answers: Mapping[int, int],
    codes: frozenset[int],
    confidence: float,
    *,
    base: Base = Base.ANSWERED,
    of: str = "",
    better: Better = Better.HIGH,
) -> Figure:
    """The share of ``answers`` (code → how often) with one of ``codes``."""
    count = sum(times for code, times in answers.items() if code in codes)
    return share(key, count, sum(answers.values()), confidence, base=base, of=of, better=better)


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
    better: Better = Better.HIGH,
) -> Figure:
    """A mean with SE s/√n (from two answers on) and Student's interval, cut off at ``bounds``.

    Near an end of the scale the interval is that for bounded scores, and Student's stands in
    ``others``; a mean of paired differences (``method="paired_t"``) always has Student's.
    """
    if moments.n == 0:
        return missing(key, unit, base, of=of, better=better, scale=bounds)
    se = math.sqrt(moments.variance / moments.n) if moments.n > 1 else None
    figure = Figure(
        key, of, unit, base, moments.n, moments.mean, se=se, better=better, scale=bounds
    )
    return with_interval(figure, bounds, confidence, method)


def mean_of(
    key: str,
    question: Question,
    answers: Mapping[int, int],
    confidence: float,
    *,
    base: Base = Base.ANSWERED,
    of: str = "",
) -> Figure:
    """The mean answer to a question, on its own scale and with its own good end."""
    return mean(
        key,
        Moments.of(answers),
        confidence,
        unit=Unit.POINTS,
        base=base,
        bounds=ends(question),
        of=of,
        better=question.better,
    )


def with_interval(figure: Figure, bounds: Bounds, confidence: float, method: str = "t") -> Figure:
    """``figure``, which has a value and its SE, with the interval of a mean."""
    value, se = figure.value or 0.0, figure.se or 0.0
    student = t_interval(value, se, figure.n, bounds, confidence, method)
    interval, reason = split(student)
    if interval is None or method != "t" or not near_an_end(value, bounds):
        return replace(figure, interval=interval, interval_reason=reason)
    bounded, reason = split(bounded_interval(value, se, figure.n, bounds, confidence))
    return replace(figure, interval=bounded, interval_reason=reason, others=(interval,))


def coefficient(
    key: str,
    value: float | None,
    n: int,
    reason: Reason | None,
    *,
    base: Base,
    of: str = "",
    scale: tuple[float, ...] = CORRELATIONS,
    better: Better = Better.NONE,
    interval: Interval | None = None,
) -> Figure:
    """What a model of several answers says, or ``reason`` why it does not.

    Without an ``interval``, because none is known that holds without drawing anew.
    """
    why_not = (reason if value is None else Reason.NO_INTERVAL_KNOWN) if interval is None else None
    return Figure(
        key,
        of,
        Unit.COEFFICIENT,
        base,
        n,
        value,
        reason if value is None else None,
        interval=interval,
        interval_reason=why_not,
        better=better,
        scale=scale,
    )


def missing(
    key: str,
    unit: Unit,
    base: Base,
    *,
    of: str = "",
    reason: Reason = Reason.NO_ANSWERS,
    n: int = 0,
    better: Better = Better.HIGH,
    scale: tuple[float, ...] = (),
) -> Figure:
    """A figure without a value, and why."""
    return Figure(
        key, of, unit, base, n, None, reason, interval_reason=reason, better=better, scale=scale
    )


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


def worst_and_best(question: Question) -> tuple[int, int]:
    """The worst and the best code of a scale."""
    low, high = min(question.codes), max(question.codes)
    return (high, low) if question.better is Better.LOW else (low, high)


def approving(question: Question, points: int) -> frozenset[int]:
    """The codes that count as yes: options that mean *yes*; else the best ``points`` of a scale."""
    return question.codes_meaning(Means.YES) or question.best_codes(points)


def refusing(question: Question, points: int) -> frozenset[int]:
    """The codes that count as no: options that mean *no*; else the worst ``points`` of a scale."""
    best = question.best_codes(max(len(question.codes) - points, 0))
    return question.codes_meaning(Means.NO) or frozenset(question.codes) - best


def is_scale(question: Question) -> bool:
    """Whether a question has points from worst to best, not a yes and a no."""
    return not question.codes_meaning(Means.YES)
