"""What would all customers say, and those of a segment, each cell counting as many as it has?

A figure is put together from the units of :mod:`reports.aimed` by their weights, and is as precise
as calibrated answers are (:mod:`reports.statistics.calibrated`). Where the answers behind a figure
are fewer in a unit than may be shown, it counts with the unit whose weight comes next: whoever has
the figure both plain and weighted must not be able to tell from the two what a few customers said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from reports.described import bounds_of, describe, deviations_of, is_mean
from reports.findings import ALL, Figure, Note, Reason
from reports.indicators import Related
from reports.settings import Settings
from reports.statistics.calibrated import Part, calibrated
from reports.statistics.estimates import Estimate
from reports.statistics.strata import Stratum, stratified
from reports.statistics.weighting import collapse
from reports.units import Plan, Unit
from reports.weighted import of_customers, stratum, to_compare

Places = Sequence[int]
"""Numbers of units."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A wave by its plan: of each unit the same groups of figures, in the same order."""

    plan: Plan
    found: Sequence[Sequence[Related]]

    def figure(
        self,
        segment: str,
        place: tuple[int, int],
        whole: Figure,
        unheard: int | None,
        settings: Settings,
    ) -> Figure:
        """A figure of a segment, or of ``all``, as one of the customers.

        ``place``: its group, and its place there; else as :func:`weighted_figure`.
        """
        group, number = place
        parts = [unit[group].figures[number] for unit in self.found]
        return weighted_figure(self.plan, segment, whole, parts, unheard, settings)

    def outside(
        self, plain: Mapping[str, Sequence[Figure]], settings: Settings
    ) -> dict[str, list[Figure]]:
        """Segment → figures of everybody outside it, from its ``plain`` ones."""
        parts = {
            (figure.key, figure.of): (i, j)
            for i, group in enumerate(self.found[0])
            for j, figure in enumerate(group.figures)
        }
        made: dict[str, list[Figure]] = {}
        for segment, figures in plain.items():
            made[segment] = []
            for figure in figures:
                i, j = parts[figure.key, figure.of]
                own = [unit[i].figures[j] for unit in self.found]
                made[segment].append(outside_figure(self.plan, segment, figure, own, settings))
        return made


def weighted_figure(
    plan: Plan,
    segment: str,
    whole: Figure,
    parts: Sequence[Figure],
    unheard: int | None,
    settings: Settings,
) -> Figure:
    """A figure of a segment, or of ``all``, from the figure of each unit of the plan.

    ``whole``: the figure of the plain sum, ``unheard``: the customers who have not responded, where
    they are known. A segment that has a single group of cells is not weighted.
    """
    if not is_mean(whole):
        return whole
    own = [segment] if segment != ALL else [name for name in plan.places if name != ALL]
    groups = _groups(plan, own, parts, settings.smallest_base)
    if segment != ALL and len(groups) < 2:
        return whole if unheard is None else describe(whole, unheard, settings.confidence)
    process = _estimate(plan, groups, parts, whole, settings, fpc=False)
    described = _estimate(plan, groups, parts, whole, settings, fpc=True)
    if isinstance(process, Reason) or isinstance(described, Reason):
        return whole
    together = (
        described.collapsed
        or any(len(group) > 1 or len(plan.units[group[0]].cells) > 1 for group in groups)
        or (segment == ALL and plan.weighting.together)
    )
    units = [plan.units[i] for group in groups for i in group]
    census = all(unit.customers == unit.responses for unit in units)
    notes = [Note.GROUPS_TOGETHER] * bool(together) + [Note.CENSUS] * census
    silent = None if plan.margins is not None else unheard  # raked weights may go beyond them
    return of_customers(whole, process, described, notes, silent, settings.confidence)


def outside_figure(
    plan: Plan, segment: str, plain: Figure, parts: Sequence[Figure], settings: Settings
) -> Figure:
    """A figure of everybody outside a segment, there to be compared with: it has no interval."""
    if not is_mean(plain):
        return plain
    others = [name for name in plan.places if name not in (ALL, segment)]
    groups = _groups(plan, others, parts, settings.smallest_base)
    found = _estimate(plan, groups, parts, plain, settings, fpc=False)
    return to_compare(plain, found)


def _groups(
    plan: Plan, segments: Sequence[str], parts: Sequence[Figure], smallest: int
) -> list[Places]:
    """Units of a segment by weight, together until each group has enough answers in the base."""
    found: list[Places] = []
    for segment in segments:
        base = {str(i): parts[i].n for i in plan.places.get(segment, ())}
        found += [[int(i) for i in group] for group in collapse(list(base), base, smallest)]
    return found


def _estimate(
    plan: Plan,
    groups: Sequence[Places],
    parts: Sequence[Figure],
    whole: Figure,
    settings: Settings,
    *,
    fpc: bool,
) -> Estimate | Reason:
    scale, confidence = bounds_of(whole), settings.confidence
    if plan.margins is None:
        strata = [
            reduce(add, [_stratum(plan.units[i], parts[i]) for i in group]) for group in groups
        ]
        return stratified(strata, scale, confidence, fpc=fpc)
    answers = {
        i: _part(weight, parts[i])
        for group in groups
        for i, weight in _weights(plan, group, parts).items()
    }
    return calibrated(answers, plan.margins, scale, confidence, fpc=fpc)


def _stratum(unit: Unit, figure: Figure) -> Stratum:
    return stratum(str(unit.cells), round(unit.customers), unit.responses, figure)


def _weights(plan: Plan, group: Places, parts: Sequence[Figure]) -> dict[int, float]:
    """Unit → customers to an answer: one weight for all of a group, which keeps its customers."""
    each = {i: plan.units[i].each for i in group}
    base = sum(parts[i].n for i in group)
    if len(group) == 1 or not base:
        return each
    return dict.fromkeys(group, sum(each[i] * parts[i].n for i in group) / base)


def _part(weight: float, figure: Figure) -> Part:
    if figure.value is None:
        return Part(weight, 0, 0.0, 0.0)
    return Part(weight, figure.n, figure.value, deviations_of(figure))
