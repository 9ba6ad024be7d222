"""How well do the answers describe these very customers, of whom only so many are left unheard?

When 9 of 10 customers have answered, only one can still change the figure. These intervals say
how far a figure could be from what *all N customers of this period* would have said. They are
for figures that describe; a question of change, of a process or of the next period asks for what
lies behind the customers, and takes the intervals of :mod:`reports.statistics.intervals`: when
all 10 answer, 8 of 10 against 7 of 10 is still no sign of a change.

Everything rests on the unheard being a random part of the N. What does not rest on that stands
in ``bounds``: the ends that hold even if all the unheard were of one mind.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from reports.findings import Interval, Reason
from reports.statistics.intervals import (
    NETS,
    Bounds,
    bounded_interval,
    near_an_end,
    normal_quantile,
    t_interval,
    wilson_effective,
)
from reports.statistics.moments import Moments

EXACT_CELLS = 62_500
"""The exact interval is made where it takes no more probabilities than this.

That is every population up to 500, and larger ones of whom few answered or few did not.
"""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Described:
    """A figure of all N customers, known from n of them.

    ``bounds`` are certain; ``interval`` never leaves them. ``se`` is 0 when all have answered,
    None from one answer of several customers. Where there is no interval, ``reason`` says why.
    """

    value: float
    n: int
    population: int
    se: float | None
    bounds: Bounds
    interval: Interval | None
    reason: Reason | None = None


def described_share(
    k: int, n: int, population: int, confidence: float = 0.95
) -> Described | Reason:
    """The share of all customers, of whom ``n`` answered and ``k`` said yes.

    SE² = (1 - n/N) s²/n with s² = n p q/(n - 1) (Cochran 1977, section 3.2). The interval holds
    every number M of yes-sayers among the N that k does not speak against: the exact
    hypergeometric test by least likelihood, P(all outcomes no likelier than k) > 1 - confidence.
    Where that is too much work (:data:`EXACT_CELLS`), Wilson's of n(N - 1)/(N - n) answers.
    With n = N the value is exact and the method ``census``. M is whole and k/n between whole
    numbers of N, so that of all but a few no M beside it may be left: the interval is widened to
    hold its value.

    >>> vip = described_share(8, 9, 10)
    >>> round(vip.se, 7), vip.bounds, (vip.interval.low, vip.interval.high)
    (0.0351364, (0.8, 0.9), (0.8, 0.9))
    """
    reason = _impossible(n, population)
    if reason is not None:
        return reason
    p, bounds = k / n, (k / population, (k + population - n) / population)
    if n == population:
        return _census(p, n, confidence)
    se = math.sqrt((1 - n / population) * p * (1 - p) / (n - 1)) if n > 1 else None
    if _cells(n, population) <= EXACT_CELLS:
        first, last = _not_refuted(k, n, population, round(1 - confidence, 12))
        ends = min(first / population, p), max(last / population, p)
        method = "hypergeometric"
    else:
        ends, method = wilson_effective(p, effective(n, population), confidence), "wilson_finite"
    return Described(p, n, population, se, bounds, _within(bounds, ends, method, confidence))


def described_mean(
    answers: Moments, population: int, scale: Bounds, confidence: float = 0.95
) -> Described | Reason:
    """The mean over all customers, from the moments of the answers and the ends of the scale.

    Student's interval with SE √(1 - n/N)·s/√n and n - 1 degrees of freedom; in the lowest and
    highest fifth of the scale the one for bounded scores. ``bounds``: all the unheard at the low
    end of the scale, or all at the high one.

    >>> found = described_mean(Moments.of({3: 2, 4: 4, 5: 3}), 10, (1, 5))
    >>> [round(x, 3) for x in (found.value, *found.bounds, found.se)]
    [4.111, 3.8, 4.2, 0.082]
    """

    def interval(mean: float, se: float) -> Interval | Reason:
        if near_an_end(mean, scale):
            return bounded_interval(mean, se, answers.n, scale, confidence)
        return t_interval(mean, se, answers.n, scale, confidence)

    return _described(answers, population, scale, confidence, interval)


def described_net(
    answers: Moments, population: int, confidence: float = 0.95
) -> Described | Reason:
    """The net score over all customers, from answers coded -1, 0, 1.

    The adjusted Wald interval (Rocks 2016), its three pseudo-answers added not to the n answers
    but to the n(N - 1)/(N - n) they are worth; so it closes in on the value as all answer.

    >>> found = described_net(Moments.of({1: 6, 0: 2, -1: 1}), 10)
    >>> [round(x, 3) for x in (found.value, *found.bounds)]
    [0.556, 0.4, 0.6]
    """

    def interval(mean: float, _se: float) -> Interval:
        worth = effective(answers.n, population)
        total, centre = worth + 3, mean * worth / (worth + 3)
        squares = (float(answers.squares) / answers.n * worth + 1.5) / total
        half = normal_quantile(confidence) * math.sqrt((squares - centre**2) / total)
        low, high = min(centre - half, mean), max(centre + half, mean)
        return Interval(low, high, "adjusted_wald", confidence)

    return _described(answers, population, NETS, confidence, interval)


def effective(n: float, population: float) -> float:
    """As how many answers of an endless population ``n`` of N count: n(N - 1)/(N - n).

    >>> effective(9, 10), effective(9, math.inf)
    (81.0, 9)
    """
    return n if math.isinf(population) else n * (population - 1) / (population - n)


def _described(
    answers: Moments,
    population: int,
    scale: Bounds,
    confidence: float,
    interval: Callable[[float, float], Interval | Reason],
) -> Described | Reason:
    n = answers.n
    reason = _impossible(n, population)
    if reason is not None:
        return reason
    mean, unheard = answers.mean, population - n
    if unheard == 0:
        return _census(mean, n, confidence)
    low, high = (float((answers.total + unheard * Fraction(end)) / population) for end in scale)
    if n == 1:
        return Described(mean, n, population, None, (low, high), None, Reason.ONE_ANSWER)
    se = math.sqrt((1 - n / population) * answers.variance / n)
    found = interval(mean, se)
    if isinstance(found, Reason):
        return Described(mean, n, population, se, (low, high), None, found)
    within = _within((low, high), (found.low, found.high), f"{found.method}_finite", confidence)
    return Described(mean, n, population, se, (low, high), within)


def _impossible(n: int, population: int) -> Reason | None:
    if n == 0:
        return Reason.NO_ANSWERS
    return Reason.MORE_ANSWERS_THAN_CUSTOMERS if n > population else None


def _census(value: float, n: int, confidence: float) -> Described:
    interval = Interval(value, value, "census", confidence)
    return Described(value, n, n, 0.0, (value, value), interval)


def _within(bounds: Bounds, ends: Bounds, method: str, confidence: float) -> Interval:
    low, high = max(ends[0], bounds[0]), min(ends[1], bounds[1])
    return Interval(low, high, method, confidence)


def _cells(n: int, population: int) -> int:
    return (population - n + 1) * (min(n, population - n) + 1)


@lru_cache(maxsize=65_536)
def _not_refuted(k: int, n: int, population: int, alpha: float) -> tuple[int, int]:
    """Smallest and largest M whose exact p-value is over ``alpha``.

    A row for each M that leaves k possible, a column for each outcome that M allows. Outcomes
    that are equally likely but for rounding count as equal, as in R's exact tests.
    """
    yes = np.arange(k, k + population - n + 1)[:, None]
    least = np.maximum(0, n - population + yes)
    outcome = least + np.arange(min(n, population - n) + 1)
    possible = outcome <= np.minimum(n, yes)
    outcome = np.where(possible, outcome, least)
    logs = _log_binomials(population, yes, outcome) + _log_binomials(
        population, population - yes, n - outcome
    )
    chance = np.where(possible, np.exp(logs - logs.max(axis=1, keepdims=True)), 0.0)
    seen = np.take_along_axis(chance, k - least, axis=1)
    p_values = np.where(chance <= seen * (1 + 1e-7), chance, 0.0).sum(axis=1) / chance.sum(axis=1)
    held = yes[p_values > alpha, 0]
    return int(held[0]), int(held[-1])


def _log_binomials(population: int, of: Whole, chosen: Whole) -> Floats:
    """Logarithms of "``of`` choose ``chosen``", both at most ``population``."""
    logs = _log_factorials(population)
    found: Floats = logs[of] - logs[chosen] - logs[of - chosen]
    return found


@lru_cache(maxsize=8)  # of a million customers, all but ten of whom answered, 8 MB each
def _log_factorials(largest: int) -> Floats:
    """Logarithms of 0!, 1!, … ``largest``!."""
    return np.asarray(gammaln(np.arange(largest + 1) + 1.0), dtype=np.float64)
