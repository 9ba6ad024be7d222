"""What moved, against the wave before, the year before and the other customers?

All comparisons of a report are one family: whoever reads it looks at them together, and the
chance that any of them is a false alarm is held below 1 - confidence by Holm's correction over
all. Every headline figure and every attribute's mean, of every segment and of ``all``, is
compared with the wave before and with the same wave of the year before; every attribute's mean of
every segment with the rest (``all`` less the segment, since a segment and the whole are not
independent). The family holds the comparisons whose bases are both at least the indicative base:
below it, a difference is shown with its interval as a hint, but never called significant, and it
costs the others nothing.

The leading rate of a segment that has a control chart is left to it: a chart and a monthly test
on one series would be two chances of a false alarm. And what charts may raise, tests may not: the
corrected p-values are raised for the charts' part of the risk (:mod:`reports.alarms`).

Where the same customers answered in both waves, their answers are paired. A figure that is
weighted counts as its effective number of answers, and is not paired. Nothing here knows of
finite populations: a change is about the process behind the answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from instruments.model import Instrument
from reports.alarms import tests_part
from reports.findings import Change, Family, Figure, Reason, Unit
from reports.panels import NOBODY, pairs_of
from reports.settings import Settings
from reports.statistics.differences import (
    Difference,
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
    widest,
)
from reports.statistics.families import benjamini_hochberg, holm, smallest_change
from reports.statistics.intervals import Bounds
from reports.statistics.moments import Moments
from reports.statistics.paired import Pairs, change_of_means, change_of_nets, change_of_shares
from reports.tally.pairs import Pairs as Counted

HEADLINES = ("satisfaction_index", "overall_top2", "nps", "complaint_rate", "return_rate")
"""Figures compared with an earlier wave, besides the means of the attributes."""

MEAN = "attribute_mean"

PARTS_OF_NET = ("promoters", "passives", "detractors")
"""What a net score is the balance of."""

Key = tuple[str, str]
Figures = Mapping[Key, Figure]
"""(key, of) → figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison, the smaller of its two bases, and the standard error of the change."""

    change: Change
    n: int
    error: float | None


@dataclass(frozen=True, slots=True)
class Against:
    """What figures are compared with.

    ``hidden``: keys that may not be compared, because one side is not shown. ``paired``: the
    customers who are in both sides.
    """

    name: str
    family: Family
    figures: Figures
    hidden: Mapping[Key, Reason] = field(default_factory=dict)
    paired: Counted | None = None


def by_key(figures: Iterable[Figure]) -> Figures:
    """Figures by key and what they are about."""
    return {(figure.key, figure.of): figure for figure in figures}


def headline_keys(figures: Figures) -> list[Key]:
    """The keys that are compared with an earlier wave, in the order of the figures."""
    return [key for key in figures if key[0] in HEADLINES or key[0] == MEAN]


def compare(
    instrument: Instrument, now: Figures, against: Against, keys: Iterable[Key], confidence: float
) -> list[Row]:
    """``now`` less ``against``, one row a key; both sides have all ``keys``."""
    return [_row(instrument, key, now, against, confidence) for key in keys]


def _row(
    instrument: Instrument, key: Key, now: Figures, against: Against, confidence: float
) -> Row:
    first, second = now[key], against.figures[key]
    n, error, pairs = 0, None, NOBODY
    if key in against.hidden:
        found = Difference(None, reason=against.hidden[key])
    else:
        if not (first.weighted or second.weighted):
            pairs = pairs_of(instrument, *key, against.paired)
        found = _difference(first, second, now, against.figures, pairs, confidence)
        n, error = min(first.n, second.n), _error(first, second)
    change = Change(
        *key,
        against.name,
        found.value,
        found.interval,
        found.p,
        None,
        False,
        0,
        found.reason,
        family=against.family,
        better=first.better,
        paired=pairs.n,
    )
    return Row(change, n, error)


def correct(
    rows: Mapping[str, list[Row]], settings: Settings, charted: Mapping[str, str]
) -> Mapping[str, list[Change]]:
    """One family, corrected: segment → its changes, with what is significant.

    ``charted``: segment → the rate that its control chart judges; such rows are not tested.
    ``p_adjusted`` is Holm's, over the tests' part of the risk, ``discovery`` that of Benjamini and
    Hochberg; ``detectable`` the smallest true change that the hardest step of the family would
    still find in four of five cases.
    """
    part = tests_part(len(charted))
    marked = {
        segment: [_left_to(charted.get(segment), row) for row in own]
        for segment, own in rows.items()
    }
    family = [row.change.p for own in marked.values() for row in own if _tested(row, settings)]
    p_values = [p for p in family if p is not None]
    adjusted = iter(zip(holm(p_values), benjamini_hochberg(p_values), strict=True))
    found: dict[str, list[Change]] = {}
    for segment, own in marked.items():
        found[segment] = []
        for row in own:
            change = replace(row.change, family_size=len(p_values))
            if _tested(row, settings):
                by_holm, discovery = next(adjusted)
                p = min(1.0, by_holm / part)
                change = replace(
                    change,
                    p_adjusted=p,
                    discovery=discovery,
                    significant=p < 1 - settings.confidence,
                    detectable=_detectable(row, len(p_values) / part, settings),
                )
            found[segment].append(change)
    return found


def _left_to(rate: str | None, row: Row) -> Row:
    if row.change.key != rate:
        return row
    return replace(row, change=replace(row.change, charted=True))


def _tested(row: Row, settings: Settings) -> bool:
    change = row.change
    return change.p is not None and not change.charted and row.n >= settings.indicative_base


def _detectable(row: Row, family: float, settings: Settings) -> float | None:
    if not row.error:
        return None
    return smallest_change(row.error, confidence=settings.confidence, family=family)


def _error(first: Figure, second: Figure) -> float | None:
    """Standard error of the change, its two sides taken as different people."""
    if first.se is None or second.se is None:
        return None
    return math.hypot(first.se, second.se)


def _difference(
    first: Figure,
    second: Figure,
    now: Figures,
    then: Figures,
    pairs: Pairs,
    confidence: float,
) -> Difference:
    if first.unit is Unit.SHARE:
        if pairs.n:
            return change_of_shares(first, second, pairs, confidence)
        return difference_of_shares(first, second, confidence)
    if first.unit is Unit.NET and not (first.weighted or second.weighted):
        if pairs.n:
            return change_of_nets(_net(now), _net(then), pairs, confidence)
        return difference_of_nets(_net(now), _net(then), confidence)
    bounds = _widest(first, second)
    if pairs.n:
        return change_of_means(first, second, pairs, bounds, confidence)
    return difference_of_means(first, second, bounds, confidence)


def _net(figures: Figures) -> Moments:
    up, even, down = (figures[name, ""].count or 0 for name in PARTS_OF_NET)
    return Moments.of({1: up, 0: even, -1: down})


def _widest(first: Figure, second: Figure) -> Bounds:
    """The largest differences there can be; a figure without answers has no scale."""
    scale = first.scale or second.scale or (0.0, 0.0)
    return widest(first.unit, (scale[0], scale[1]))
