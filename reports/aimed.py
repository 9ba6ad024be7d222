"""How much does an answer of each cell count, so that the answers look like the customers?

Where the roster knows the customers of every cell, each cell has its part of them
(post-stratification). Where only those of each field are known, the answers are raked to them
(:mod:`reports.statistics.raking`). Where neither can be done, each answer counts once, and the
findings say why.

A cell without answers is spoken for by its neighbour in the same segment, and so is one that has
more answers than the roster has customers, since somebody moved in between. Within a segment of
the report's own field, what that field adds to a weight is the same for all, and cancels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod

import numpy as np

from reports.aims import Aims
from reports.cells import Cell, Cells
from reports.findings import Reason, Weighting
from reports.statistics.calibrated import Margins
from reports.statistics.raking import TOLERANCE, Margin, MarginsDiffer, Raked, rake
from reports.statistics.weighting import collapse, kish
from reports.weighted import PLAIN

POST_STRATIFIED, RAKED = "post_stratified", "raked"

MOST_CELLS = 1_000_000
"""Of a larger table not every cell is looked at."""

Known = Mapping[str, Mapping[str, int]]
"""Field → segment → customers."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Cells of one segment that count alike: how many customers they stand for, and responses."""

    segment: str
    cells: tuple[Cell, ...]
    customers: float
    responses: int

    @property
    def each(self) -> float:
        """Customers to a response; 0 where nobody responded."""
        return self.customers / self.responses if self.responses else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a wave is weighted: its units by segment, and what raked margins explain.

    ``margins`` is None where the customers of all units are counted; of raked units every one
    has responses.
    """

    units: tuple[Unit, ...]
    weighting: Weighting
    margins: Margins | None = None


def plan_of(cells: Cells, aims: Aims) -> Plan:
    """The units to put together; none where each answer counts once, and why.

    Limits of weights need room between the cells, so they are kept to by raking.
    """
    answers = {cell: tally.responses for cell, tally in cells.tallies.items() if tally.responses}
    if not answers:
        return _plain(cells, Reason.NO_ANSWERS)
    known = _known(cells, aims)
    if isinstance(known, Reason):
        return _plain(cells, known)
    if aims.limits is None and len(cells.fields) == 1:
        own = known[cells.fields[0]]
        return _post_stratified(cells, answers, {(segment,): own[segment] for segment in own})
    if aims.limits is None and not aims.margins and cells.customers:
        return _post_stratified(cells, answers, cells.customers)
    return _raked(cells, answers, known, aims)


def _plain(cells: Cells, reason: Reason) -> Plan:
    return Plan((), Weighting(PLAIN, reason, fields=cells.fields))


def _known(cells: Cells, aims: Aims) -> Known | Reason:
    """The customers of each field, as they were given, as the cells have them, or by themselves.

    Those of the report's own field may be missing where it is not one to weight by.
    """
    known: dict[str, Mapping[str, int]] = {}
    for place, name in enumerate(cells.fields):
        if name in aims.margins:
            known[name] = {s: n * cells.times for s, n in aims.margins[name].items()}
        elif cells.customers:
            known[name] = _margin(cells.customers, place)
        elif cells.margins.get(name):
            known[name] = cells.margins[name]
        elif name in aims.fields:
            return Reason.POPULATION_UNKNOWN
    own = cells.fields[0]
    totals = {sum(customers.values()) for name, customers in known.items() if name in aims.fields}
    if own in known and own not in aims.fields and sum(known[own].values()) not in totals:
        del known[own]
    return known


def _margin(counted: Mapping[Cell, int], place: int) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for cell, n in counted.items():
        found[cell[place]] = found.get(cell[place], 0) + n
    return dict(sorted(found.items()))


def _post_stratified(
    cells: Cells, answers: Mapping[Cell, int], customers: Mapping[Cell, int]
) -> Plan:
    asked, heard = _margin(customers, 0), _margin(answers, 0)
    if any(n > asked.get(segment, 0) for segment, n in heard.items()):
        missing = any(segment not in asked for segment in heard)
        reason = Reason.POPULATION_UNKNOWN if missing else Reason.MORE_ANSWERS_THAN_CUSTOMERS
        return _plain(cells, reason)
    units: list[Unit] = []
    for segment in asked:
        own = sorted(c for c in {**customers, **answers} if c[0] == segment)
        units += _units(segment, own, answers, customers)
    together = _together(units)
    weighting = Weighting(
        POST_STRATIFIED,
        effect=kish((unit.each, unit.responses) for unit in together).deff,
        together=tuple(_named(unit.cells) for unit in together if len(unit.cells) > 1),
        fields=cells.fields,
    )
    return Plan(tuple(units), weighting)


def _together(units: Sequence[Unit]) -> list[Unit]:
    """The units as ``all`` has them: a segment without answers with its neighbour."""
    heard = {str(place): unit.responses for place, unit in enumerate(units)}
    groups = collapse(list(heard), heard)
    return [reduce(_joined, (units[int(place)] for place in group)) for group in groups]


def _units(
    segment: str,
    cells: Sequence[Cell],
    answers: Mapping[Cell, int],
    customers: Mapping[Cell, int],
) -> list[Unit]:
    """The cells of a segment, neighbours together until each group has no fewer customers than
    answers, and an answer; one group where none has.
    """
    made: list[Unit] = []
    waiting = Unit(segment, (), 0, 0)
    for cell in cells:
        one = Unit(segment, (cell,), customers.get(cell, 0), answers.get(cell, 0))
        if one.customers or one.responses:
            waiting = _joined(waiting, one)
        if 0 < waiting.responses <= waiting.customers:
            made.append(waiting)
            waiting = Unit(segment, (), 0, 0)
    while waiting.cells and made and not 0 < waiting.responses <= waiting.customers:
        waiting = _joined(made.pop(), waiting)
    return [*made, waiting] if waiting.cells else made


def _joined(first: Unit, second: Unit) -> Unit:
    return Unit(
        first.segment,
        (*first.cells, *second.cells),
        first.customers + second.customers,
        first.responses + second.responses,
    )


def _raked(cells: Cells, answers: Mapping[Cell, int], known: Known, aims: Aims) -> Plan:
    places = [place for place, name in enumerate(cells.fields) if name in known]
    margins = [known[cells.fields[place]] for place in places]
    for place, margin in zip(places, margins, strict=True):
        heard = _margin(answers, place)
        if not heard.keys() <= margin.keys():
            return _plain(cells, Reason.POPULATION_UNKNOWN)
        if any(n > margin[segment] for segment, n in heard.items()):
            return _plain(cells, Reason.MORE_ANSWERS_THAN_CUSTOMERS)
    if prod(map(len, margins)) > MOST_CELLS:
        return _plain(cells, Reason.TOO_MANY_ITEMS)
    names = [list(margin) for margin in margins]
    at = {
        cell: tuple(own.index(cell[p]) for p, own in zip(places, names, strict=True))
        for cell in answers
    }
    table = np.zeros([len(own) for own in names])
    for cell, n in answers.items():
        table[at[cell]] += n
    given = [Margin(tuple(margin), tuple(map(float, margin.values()))) for margin in margins]
    try:
        found = rake(table, given, aims.limits)
    except MarginsDiffer:
        return _plain(cells, Reason.MARGINS_DIFFER)
    if isinstance(found, Reason):
        return _plain(cells, found)
    fields = tuple(cells.fields[place] for place in places)
    weighting = _told(found, fields)
    each = {cell: float(found.customers[at[cell]] / table[at[cell]]) for cell in sorted(answers)}
    units = [Unit(c[0], (c,), w * answers[c], answers[c]) for c, w in each.items()]
    parts = [list(_parts(found.groups[i], [c[p] for c in each])) for i, p in enumerate(places)]
    calibration = Margins.of([unit.responses for unit in units], list(each.values()), parts)
    if weighting.method == RAKED and sum(answers.values()) <= calibration.known:
        return _plain(cells, Reason.TOO_FEW_ANSWERS)
    return Plan(tuple(units) if weighting.method == RAKED else (), weighting, calibration)


def _told(found: Raked, fields: tuple[str, ...]) -> Weighting:
    """What raking came to; where it did not come to its end, each answer counts once."""
    used = found.weights[found.weights > 0]
    cut = found.limits is not None and bool(
        used.min() < found.limits[0] * 1.001 or used.max() > found.limits[1] * 0.999
    )
    reason = None
    if not found.converged:
        beyond = found.error < TOLERANCE
        reason = Reason.WEIGHTS_BEYOND_LIMITS if beyond else Reason.NOT_CONVERGED
    return Weighting(
        RAKED if reason is None else PLAIN,
        reason,
        found.effect.deff if reason is None else None,
        found.collapsed,
        fields=fields,
        rounds=found.rounds,
        error=found.error,
        trimmed=cut,
    )


def _parts(groups: Sequence[Sequence[str]], segments: Sequence[str]) -> Iterator[int]:
    of = {name: i for i, group in enumerate(groups) for name in group}
    yield from (of[segment] for segment in segments)


def _named(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(" / ".join(cell) for cell in cells)
