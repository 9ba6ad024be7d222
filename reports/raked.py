"""How much does an answer count when only the customers of each field are known?

As many as there are in each tier, and in each region, but not in each tier of each region: the
answers are raked to the one and the other (:mod:`reports.statistics.raking`). How often that went
round and how well it ended is told, and where it did not end each answer counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from reports.cells import Cell, Cells
from reports.findings import Reason, Weighting
from reports.statistics.calibrated import Margins
from reports.statistics.raking import TOLERANCE, Margin, MarginsDiffer, Raked, rake
from reports.units import RAKED, Known, Plan, Unit, margin
from reports.weighted import PLAIN

MOST_CELLS = 1_000_000
"""A table of more cells is not raked."""

NEAR = 1e-3
"""A weight this near to a limit was cut to it."""


def raked(
    cells: Cells,
    answers: Mapping[Cell, int],
    known: Known,
    limits: tuple[float, float] | None,
) -> Plan:
    """Each cell with answers as a unit, its customers as raked to those of the ``known`` fields.

    ``answers``: responses of the cells that have any.
    """
    places = [place for place, name in enumerate(cells.fields) if name in known]
    customers = [known[cells.fields[place]] for place in places]
    reason = _impossible(answers, places, customers)
    if reason is not None:
        return Plan.plain(cells, reason)
    names = [{name: i for i, name in enumerate(own)} for own in customers]
    at = {c: tuple(own[c[p]] for p, own in zip(places, names, strict=True)) for c in answers}
    table = np.zeros([len(own) for own in names])
    for cell, n in answers.items():
        table[at[cell]] += n
    given = [Margin(tuple(own), tuple(map(float, own.values()))) for own in customers]
    try:
        found = rake(table, given, limits)
    except MarginsDiffer:
        return Plan.plain(cells, Reason.MARGINS_DIFFER)
    if isinstance(found, Reason):
        return Plan.plain(cells, found)
    weighting = _told(found, tuple(cells.fields[place] for place in places))
    if weighting.method == PLAIN:
        return Plan((), weighting)
    each = {cell: float(found.customers[at[cell]] / table[at[cell]]) for cell in sorted(answers)}
    parts = [
        _parts(groups, [cell[p] for cell in each])
        for p, groups in zip(places, found.groups, strict=True)
    ]
    margins = Margins.of([answers[cell] for cell in each], list(each.values()), parts)
    if sum(answers.values()) <= margins.known:
        return Plan.plain(cells, Reason.TOO_FEW_ANSWERS)
    units = (Unit(c[0], (c,), weight * answers[c], answers[c]) for c, weight in each.items())
    return Plan(tuple(units), weighting, margins)


def _impossible(
    answers: Mapping[Cell, int], places: Sequence[int], customers: Sequence[Mapping[str, int]]
) -> Reason | None:
    for place, own in zip(places, customers, strict=True):
        heard = margin(answers, place)
        if not heard.keys() <= own.keys():
            return Reason.POPULATION_UNKNOWN
        if any(n > own[segment] for segment, n in heard.items()):
            return Reason.MORE_ANSWERS_THAN_CUSTOMERS
    return Reason.TOO_MANY_ITEMS if prod(map(len, customers)) > MOST_CELLS else None


def _told(found: Raked, fields: tuple[str, ...]) -> Weighting:
    """What raking came to; where it did not come to its end, each answer counts once."""
    used = found.weights[found.weights > 0]
    low, high = found.limits or (0.0, np.inf)
    reason = None
    if not found.converged:
        met = found.error < TOLERANCE
        reason = Reason.WEIGHTS_BEYOND_LIMITS if met else Reason.NOT_CONVERGED
    return Weighting(
        RAKED if reason is None else PLAIN,
        reason,
        found.effect.deff if reason is None else None,
        found.collapsed,
        fields,
        found.rounds,
        found.error,
        bool(used.min() < low * (1 + NEAR) or used.max() > high * (1 - NEAR)),
    )


def _parts(groups: Sequence[Sequence[str]], segments: Sequence[str]) -> list[int]:
    """The number of the group that each segment is in."""
    place = {name: i for i, group in enumerate(groups) for name in group}
    return [place[segment] for segment in segments]
