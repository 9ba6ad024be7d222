"""How many customers have a problem behind the few who tell us, and who else hears of it?

A log knows only the complaints that were voiced. The survey knows how many of those with a
problem voiced it: their propensity. Logged customers over propensity is the whole iceberg.

Folklore ("26 silent for each that complains") is a last resort, and every result that rests on
it says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from reports.errors import ReportError
from reports.findings import Interval
from reports.statistics.intervals import normal_quantile, wilson
from reports.statistics.products import Estimate, product


class IcebergReason(StrEnum):
    """Why there is no estimate, or no interval."""

    NOBODY_HAD_A_PROBLEM = "nobody_had_a_problem"  # so the propensity is unknown
    NOBODY_VOICED = "nobody_voiced"  # of the asked; only a lower bound is known
    NOTHING_LOGGED = "nothing_logged"  # nothing to multiply
    FOLKLORE = "folklore"  # a multiplier from elsewhere has no interval here


class ImpossibleIceberg(ReportError):
    """Counts below 0, or more who voiced a problem than had one."""

    def __init__(self, counts: str) -> None:
        super().__init__(f"{counts} cannot be.")


class SourceMissing(ReportError):
    """A folklore multiplier without the source that a page must name."""

    def __init__(self) -> None:
        super().__init__("A folklore multiplier needs the name of its source.")


@dataclass(frozen=True, slots=True)
class Iceberg:
    """Customers with a problem, estimated from the customers who are in the log.

    ``interval`` takes the log as it is and doubts the propensity only. ``wide`` doubts besides
    who happened to complain, and holds the number itself as often as it promises.
    ``at_least``: a lower bound, also where there is no estimate. ``folklore`` with its
    ``source``: the multiplier is not the company's own.
    """

    logged: int
    value: float | None
    interval: Interval | None = None
    wide: Interval | None = None
    at_least: float | None = None
    propensity: Interval | None = None
    folklore: bool = False
    source: str | None = None
    reason: IcebergReason | None = None


def iceberg(logged: int, voiced: int, with_problem: int, confidence: float = 0.95) -> Iceberg:
    """Logged customers over the propensity voiced / with_problem, as the survey found it.

    ``interval``: logged over both ends of Wilson's interval of the propensity. ``wide``: the
    score interval of a thinned count, square-and-added with it on the log scale (Zou & Donner
    2008, *Statistics in Medicine* 27: 1693), never below ``logged``. Nobody voiced: only the
    lower bound logged / (upper end of the propensity), and a reason. Count *customers* in all
    three, not complaints, of the same segment and period.

    >>> found = iceberg(45, 30, 120)
    >>> found.value, round(found.interval.low), round(found.interval.high)
    (180.0, 135, 248)
    >>> round(found.wide.low), round(found.wide.high)
    (122, 271)
    >>> silent = iceberg(45, 0, 120)
    >>> silent.value, round(silent.at_least), silent.reason.value
    (None, 1451, 'nobody_voiced')
    """
    if min(logged, voiced) < 0 or voiced > with_problem:
        raise ImpossibleIceberg(f"{voiced} of {with_problem} voiced, {logged} logged")
    propensity = wilson(voiced, with_problem, confidence)
    if not isinstance(propensity, Interval):
        reason = IcebergReason.NOBODY_HAD_A_PROBLEM
        return Iceberg(logged, None, at_least=logged, reason=reason)
    at_least = logged / propensity.high
    if not logged or not voiced:
        reason = IcebergReason.NOBODY_VOICED if logged else IcebergReason.NOTHING_LOGGED
        return Iceberg(logged, None, at_least=at_least, propensity=propensity, reason=reason)
    high = logged / propensity.low
    interval = Interval(at_least, high, "wilson_propensity", confidence)
    share = voiced / with_problem
    wide = _wide(logged, share, propensity)
    return Iceberg(logged, logged / share, interval, wide, wide.low, propensity)


def _wide(logged: int, share: float, propensity: Interval) -> Interval:
    """Also in doubt: that ``logged`` is what chance left of those with a problem.

    With m of them expected in the log, (logged - m)² = z² m (1 - share) has two solutions.
    """
    z2 = normal_quantile(propensity.confidence) ** 2 * (1 - share)
    centre, half = logged + z2 / 2, math.sqrt(z2 * logged + z2 * z2 / 4)
    drawn = Interval(centre - half, centre + half, "thinned_score", propensity.confidence)
    each = Interval(1 / propensity.high, 1 / propensity.low, "wilson", propensity.confidence)
    found = product(Estimate(logged, drawn), Estimate(1 / share, each)).interval
    return Interval(max(found.low, logged), found.high, found.method, found.confidence)


def folklore(logged: int, silent_per_voiced: float, source: str) -> Iceberg:
    """The fallback where no survey asked: (1 + silent_per_voiced) customers behind each logged.

    The result is marked ``folklore`` and carries its ``source``, which must be printed with
    it; it has no interval, because nobody knows one.

    >>> found = folklore(45, 25, "a textbook's rule of thumb")
    >>> found.value, found.folklore, found.interval
    (1170, True, None)
    """
    if not source.strip():
        raise SourceMissing
    if logged < 0 or silent_per_voiced < 0:
        raise ImpossibleIceberg(f"{silent_per_voiced} silent for each of {logged}")
    value = logged * (1 + silent_per_voiced)
    return Iceberg(
        logged, value, at_least=logged, folklore=True, source=source, reason=IcebergReason.FOLKLORE
    )


@dataclass(frozen=True, slots=True)
class WordOfMouth:
    """People who hear of the problems. ``folklore``, with its ``sources``, as in the iceberg."""

    value: float | None
    interval: Interval | None = None
    folklore: bool = False
    sources: tuple[str, ...] = ()
    reason: IcebergReason | None = None


def people_told(
    told: float, interval: Interval | None, berg: Iceberg, *, told_source: str | None = None
) -> WordOfMouth:
    """How many others a customer told, on average, times the customers concerned.

    ``interval`` is that of the mean, None where it has none. The product's is made with the
    wide interval of the iceberg (:func:`reports.statistics.products.product`); where either has
    none, so has the product. ``told_source`` names where a mean that is folklore comes from.

    >>> found = people_told(4.2, Interval(3.5, 5.0, "t"), iceberg(45, 30, 120))
    >>> found.value, round(found.interval.low), round(found.interval.high)
    (756.0, 494, 1180)
    >>> people_told(4.2, None, iceberg(45, 0, 120)).reason.value
    'nobody_voiced'
    """
    sources = tuple(source for source in (berg.source, told_source) if source)
    if berg.value is None:
        return WordOfMouth(None, folklore=bool(sources), sources=sources, reason=berg.reason)
    found = None
    if interval and berg.wide:
        found = product(Estimate(told, interval), Estimate(berg.value, berg.wide)).interval
    return WordOfMouth(told * berg.value, found, bool(sources), sources)
