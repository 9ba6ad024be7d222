"""How precise is a figure put together from weighted answers?

What an estimate of all customers looks like, whether it comes from groups
(:func:`reports.statistics.strata.stratified`) or from raked answers
(:func:`reports.statistics.calibrated.calibrated`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.findings import Interval, Reason
from reports.statistics.finite_population import effective
from reports.statistics.intervals import (
    Bounds,
    bounded_interval,
    near_an_end,
    t_interval,
)
from reports.statistics.weighting import Group

ROUNDING = 1e-12
"""Spread that is smaller than this part of the value is what adding up floating point leaves."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of all customers, put together from groups or from raked answers.

    ``n``: answers in the base; ``n_eff``: as many simple answers would be as precise; ``deff``:
    the variance over that of ``n`` simple answers; ``freedom``: degrees of freedom of ``se``.
    They are None where the spread cannot be judged, or where all have answered; ``reason`` says
    why there is no interval. ``collapsed``: groups that were treated as one, some having no
    responses.
    """

    value: float
    n: int
    n_eff: float | None
    deff: float | None
    se: float | None
    freedom: float | None
    interval: Interval | None
    reason: Reason | None = None
    collapsed: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Precision:
    """What is known of an estimate's precision.

    ``spread``: the (weighted) variance of the answers in the base; ``variance``: that of the
    estimate; ``kish``: the effective number of answers by their weights alone; ``customers``: how
    many the base stands for, infinity where the finite population is not corrected for.
    """

    value: float
    n: int
    spread: float
    variance: float
    freedom: float
    kish: float
    customers: float = math.inf


def estimate(known: Precision) -> Estimate:
    """Effective number of answers and design effect, still without an interval.

    n_eff = spread/variance, with a finite population spread·(N - 1)/N: then a simple sample has
    n_eff = n, or n(N - 1)/(N - n), and the design effect 1. Without any variance both are Kish's;
    answers that are all alike have none, also where their weighted mean is a rounding beside them.
    """
    part = 1.0 if math.isinf(known.customers) else 1 - 1 / known.customers
    variance = known.variance if known.variance > (ROUNDING * known.value) ** 2 else 0.0
    if variance > 0:
        n_eff = known.spread * part / variance
    else:
        n_eff = effective(known.kish, known.customers)
    deff = effective(known.n, known.customers) / n_eff
    se = math.sqrt(variance)
    return Estimate(known.value, known.n, n_eff, deff, se, known.freedom or None, None)


def with_interval(found: Estimate, scale: Bounds, confidence: float) -> Estimate:
    """With the interval of a mean on ``scale``, or the reason why there is none."""
    make = bounded_interval if near_an_end(found.value, scale) else t_interval
    se, freedom = found.se or 0.0, found.freedom
    made = make(found.value, se, found.n, scale, confidence, freedom=freedom)
    if isinstance(made, Reason):
        return replace(found, n_eff=None, deff=None, freedom=None, reason=made)
    return replace(found, interval=made)


def between(parts: Iterable[tuple[float, float]]) -> float:
    """The mean of some means, each with its part of the whole; parts are over 0 and sum to 1.

    It never leaves them by a rounding, and of means all alike it is theirs to the last digit.

    >>> between([(0.25, 4.0), (0.75, 5.0)]), between([(1 / 3, 0.1), (2 / 3, 0.1)])
    (4.75, 0.1)
    """
    pairs = list(parts)
    means = [mean for _part, mean in pairs]
    return min(max(sum(part * mean for part, mean in pairs), min(means)), max(means))


def alone(value: float, collapsed: tuple[Group, ...] = ()) -> Estimate:
    """The estimate from a single answer: its value and nothing else."""
    return Estimate(value, 1, None, None, None, None, None, Reason.ONE_ANSWER, collapsed)
