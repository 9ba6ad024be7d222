"""How much does an answer of each cell count, so that the answers look like the customers?

Where the roster knows the customers of every cell, each cell has its part of them
(post-stratification). Where only those of each field are known, the answers are raked to them
(:mod:`reports.raked`). Where neither can be done, each answer counts once, and the findings say
why.

A cell without answers is spoken for by its neighbour in the same segment, and so is one that has
more answers than the roster has customers, since somebody moved in between. Within a segment of
the report's own field, what that field adds to a weight is the same for all, and cancels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.aims import Aims
from reports.cells import Cell, Cells
from reports.findings import Reason, Weighting
from reports.raked import raked
from reports.statistics.calibrated import Margins
from reports.statistics.weighting import collapse, kish
from reports.units import POST_STRATIFIED, Known, Plan, Unit, margin


def plan_of(cells: Cells, aims: Aims) -> Plan:
    """The units to put together; none where each answer counts once, and why.

    Limits of weights need room between the cells, so they are kept to by raking.
    """
    answers = {cell: tally.responses for cell, tally in cells.tallies.items() if tally.responses}
    if not answers:
        return Plan.plain(cells, Reason.NO_ANSWERS)
    known = _known(cells, aims)
    if isinstance(known, Reason):
        return Plan.plain(cells, known)
    if aims.limits is None and len(cells.fields) == 1:
        own = known[cells.fields[0]]
        return _post_stratified(cells, answers, {(segment,): own[segment] for segment in own})
    if aims.limits is None and not aims.margins and cells.customers:
        return _post_stratified(cells, answers, cells.customers)
    return raked(cells, answers, known, aims.limits)


def _known(cells: Cells, aims: Aims) -> Known | Reason:
    """The customers of each field, as they were given, as the cells have them, or by themselves.

    Those of the report's own field are left out where it is not one to weight by and they are
    not known, or not as many.
    """
    known: dict[str, Mapping[str, int]] = {}
    for place, name in enumerate(cells.fields):
        if name in aims.margins:
            known[name] = {s: n * cells.times for s, n in aims.margins[name].items()}
        elif cells.customers:
            known[name] = margin(cells.customers, place)
        elif cells.margins.get(name):
            known[name] = cells.margins[name]
        elif name in aims.fields:
            return Reason.POPULATION_UNKNOWN
    own = cells.fields[0]
    totals = {sum(customers.values()) for name, customers in known.items() if name in aims.fields}
    if own in known and own not in aims.fields and sum(known[own].values()) not in totals:
        del known[own]
    return known


def _post_stratified(
    cells: Cells, answers: Mapping[Cell, int], customers: Mapping[Cell, int]
) -> Plan:
    asked, heard = margin(customers, 0), margin(answers, 0)
    if not heard.keys() <= asked.keys():
        return Plan.plain(cells, Reason.POPULATION_UNKNOWN)
    if any(n > asked[segment] for segment, n in heard.items()):
        return Plan.plain(cells, Reason.MORE_ANSWERS_THAN_CUSTOMERS)
    own = {segment: _units(segment, answers, customers) for segment, n in asked.items() if n}
    neighbours = collapse(list(own), heard)
    units = [unit for group in neighbours for unit in _speaking(group, own)]
    together = [group for group in neighbours if len(group) > 1]
    together += [_named(unit.cells) for unit in units if len(unit.cells) > 1]
    weighting = Weighting(
        POST_STRATIFIED,
        effect=kish((unit.each, unit.responses) for unit in units).deff,
        together=tuple(together),
        fields=cells.fields,
    )
    if all(len(found) == 1 for found in own.values()):
        return Plan(tuple(found[0] for found in own.values()), weighting)
    margins = _by_field(units, answers)
    if sum(answers.values()) <= margins.known:
        return Plan.plain(cells, Reason.TOO_FEW_ANSWERS)
    return Plan(tuple(units), weighting, margins)


def _units(
    segment: str, answers: Mapping[Cell, int], customers: Mapping[Cell, int]
) -> Sequence[Unit]:
    """The cells of a segment, neighbours together until each group is sound; else all as one."""
    made: list[Unit] = []
    waiting: Unit | None = None
    for cell in sorted(c for c in {**customers, **answers} if c[0] == segment):
        one = Unit(segment, (cell,), customers.get(cell, 0), answers.get(cell, 0))
        if one.customers or one.responses:
            waiting = waiting + one if waiting else one
        if waiting and waiting.sound:
            made.append(waiting)
            waiting = None
    while waiting and made and not waiting.sound:
        waiting = made.pop() + waiting
    return [*made, waiting] if waiting else made


def _speaking(group: Sequence[str], of: Mapping[str, Sequence[Unit]]) -> list[Unit]:
    """The units of neighbouring segments, those with answers speaking for those without any."""
    units = [unit for segment in group for unit in of[segment]]
    speaking = [unit for unit in units if unit.responses]
    if len(speaking) == len(units):
        return speaking
    more = sum(unit.customers for unit in units) / sum(unit.customers for unit in speaking)
    return [replace(unit, customers=unit.customers * more) for unit in speaking]


def _by_field(units: Sequence[Unit], answers: Mapping[Cell, int]) -> Margins:
    """The margins of counted cells, each with the cell of its unit that most answers are from.

    What cells explain beyond their fields is taken as chance: with few answers in each, nobody
    can tell the two apart.
    """
    first = [max(unit.cells, key=lambda cell: answers.get(cell, 0)) for unit in units]
    parts = list(zip(*first, strict=True))
    return Margins.of([unit.responses for unit in units], [unit.each for unit in units], parts)


def _named(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(" / ".join(cell) for cell in cells)
