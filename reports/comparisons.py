"""Which segment moved, against the wave before and against the other customers?

Two families of comparisons, each corrected by Holm for itself. Against the wave before: every
headline figure and every attribute's mean, of every segment and of ``all``. Against the rest
(``all`` less the segment, since a segment and the whole are not independent): every attribute's
mean of every segment. A family holds the comparisons whose bases are both at least the
indicative base: below it, a difference is shown with its interval as a hint, but never called
significant, and it costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from instruments.model import Instrument, Role
from reports.findings import REST, Change, Family, Figure, Reason, Unit
from reports.indicators.forms import ends
from reports.settings import Settings
from reports.statistics.differences import (
    Difference,
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
    widest,
)
from reports.statistics.families import holm
from reports.statistics.intervals import Bounds
from reports.statistics.moments import Moments

HEADLINES = ("satisfaction_index", "overall_top2", "nps", "complaint_rate", "return_rate")
"""Figures compared with the wave before, besides the means of the attributes."""

MEAN = "attribute_mean"

Key = tuple[str, str]
Figures = Mapping[Key, Figure]
"""(key, of) → figure."""

Row = tuple[Change, int]
"""A comparison, and the smaller of its two bases."""


def by_key(figures: Iterable[Figure]) -> Figures:
    """Figures by key and what they are about."""
    return {(figure.key, figure.of): figure for figure in figures}


def compare(
    instrument: Instrument,
    now: Figures,
    then: Figures,
    keys: Iterable[Key],
    against: str,
    settings: Settings,
    hidden: Mapping[Key, Reason],
) -> list[Row]:
    """``now`` less ``then``, one row a key; both sides have all ``keys``.

    ``hidden``: keys that may not be compared, because one side is not shown.
    """
    rows: list[Row] = []
    for key in keys:
        if key in hidden:
            found, n = Difference(None, reason=hidden[key]), 0
        else:
            found = _difference(instrument, key, now, then, settings.confidence)
            n = min(now[key].n, then[key].n)
        change = Change(
            *key,
            against,
            found.value,
            found.interval,
            found.p,
            None,
            False,
            0,
            found.reason,
            Family.REST if against == REST else Family.WAVE_BEFORE,
        )
        rows.append((change, n))
    return rows


def headline_keys(figures: Figures) -> list[Key]:
    """The keys that are compared with the wave before, in the order of the figures."""
    return [key for key in figures if key[0] in HEADLINES or key[0] == MEAN]


def correct(rows: Mapping[str, list[Row]], settings: Settings) -> Mapping[str, list[Change]]:
    """Holm's correction over one family: segment → its changes, with what is significant."""
    family = [
        change.p
        for changes in rows.values()
        for change, n in changes
        if change.p is not None and n >= settings.indicative_base
    ]
    adjusted = iter(holm(family))
    found: dict[str, list[Change]] = {}
    for segment, changes in rows.items():
        found[segment] = []
        for row, n in changes:
            change = replace(row, family_size=len(family))
            if change.p is not None and n >= settings.indicative_base:
                p = next(adjusted)
                significant = p < 1 - settings.confidence
                change = replace(change, p_adjusted=p, significant=significant)
            found[segment].append(change)
    return found


def _difference(
    instrument: Instrument, key: Key, now: Figures, then: Figures, confidence: float
) -> Difference:
    first, second = now[key], then[key]
    if first.unit is Unit.SHARE:
        return difference_of_shares(first, second, confidence)
    if first.unit is Unit.NET:
        return difference_of_nets(_net(now), _net(then), confidence)
    bounds = widest(first.unit, _scale(instrument, key[1]))
    return difference_of_means(first, second, bounds, confidence)


def _net(figures: Figures) -> Moments:
    up, even, down = (
        figures[name, ""].count or 0 for name in ("promoters", "passives", "detractors")
    )
    return Moments.of({1: up, 0: even, -1: down})


def _scale(instrument: Instrument, attribute: str) -> Bounds:
    rated = instrument.about(Role.EXPERIENCE)
    return ends(rated[attribute]) if attribute in rated else (0.0, 0.0)
