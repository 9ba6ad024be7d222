"""Which figures may be shown, so that no small group of customers can be made out?

A figure with fewer answers than the smallest base is hidden. That is not enough: ``all`` is
the sum of the segments, so a single hidden segment is ``all`` less the ones shown. Therefore,
for each figure, the hidden segments together must be at least two and hold at least the
smallest base; else the next smallest segment is hidden too.

Figures that follow from each other are treated alike. A segment with too few *responses* is
hidden whole, and so is the one hidden for its sake. Figures of one group
(:class:`reports.indicators.Related`: mean, spread and gap of one attribute) are hidden in the
same segments. And where a rate is hidden, so are the figures about its numerator: how many
were asked about a complaint is how many complained. What is put together from figures that are
shown (:attr:`~reports.indicators.Related.made_of_others`) is hidden in ``all`` wherever it must be
hidden itself: another segment would be no cover, as it could be put together again there. A
hidden figure keeps its name and its reason, and nothing else.

A longer period is the sum of its months, so a month that was hidden could be had by taking those
shown from it; and a segment that is only reported by the quarter must not appear in a month. Nor
must a segment that lies within one of another field, where few lie outside. What is hidden for
such a reason from the start is :class:`Held` (:mod:`reports.spans`, :mod:`reports.crossing`), and
the same rules go on from there.

What these rules do not see: unions of several segments of one report, taken from unions of
several of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reports.findings import ALL, Figure, Reason, Standing
from reports.indicators import Related
from reports.indicators.forms import Bases
from reports.settings import Settings

Hidden = Mapping[str, Reason]
"""Segment (``all`` too) → why it is hidden."""


def hide(
    bases: Mapping[str, Sequence[int]], smallest: int, inherited: Hidden | None = None
) -> Hidden:
    """Which segments to hide in a group of figures.

    ``bases``: segment → n of each figure, in one order, without ``all``. ``inherited``:
    segments hidden already. A base of 0 hides nobody, so it need not be hidden itself.

    >>> hidden = hide({"A": [3], "B": [40], "C": [90]}, 5)
    >>> {segment: reason.value for segment, reason in hidden.items()}
    {'A': 'below_smallest_base', 'B': 'protects_another'}
    """
    hidden = dict(inherited or {})
    for segment, counts in bases.items():
        if segment not in hidden and any(0 < n < smallest for n in counts):
            small = all(n < smallest for n in counts)
            hidden[segment] = Reason.BELOW_SMALLEST_BASE if small else Reason.PROTECTS_ANOTHER
    places = range(max((len(counts) for counts in bases.values()), default=0))
    by_figure = [{segment: counts[i] for segment, counts in bases.items()} for i in places]
    by_figure.sort(key=lambda base: sum(base.values()))  # who hides for a few also hides for many
    before = -1
    while len(hidden) != before:  # hiding for one figure may leave another with a single one
        before = len(hidden)
        for base in by_figure:
            _complete(hidden, base, smallest)
    return hidden


def _complete(hidden: dict[str, Reason], base: Mapping[str, int], smallest: int) -> None:
    """Hide the next smallest until the hidden ones of a figure cannot be told apart."""
    while ALL not in hidden and _exposed(hidden, base, smallest):
        others = [(n, segment) for segment, n in base.items() if n and segment not in hidden]
        if others:
            hidden[min(others)[1]] = Reason.PROTECTS_ANOTHER
        else:  # nobody is left to hide behind: the sum itself would give them away
            few = sum(base.values()) < smallest
            hidden[ALL] = Reason.BELOW_SMALLEST_BASE if few else Reason.PROTECTS_ANOTHER


def _exposed(hidden: Hidden, base: Mapping[str, int], smallest: int) -> bool:
    inside = [n for segment, n in base.items() if n and segment in hidden]
    return bool(inside) and (len(inside) == 1 or sum(inside) < smallest)


@dataclass(frozen=True, slots=True)
class Held:
    """What is hidden from the start: whole segments, and segments in groups of figures."""

    segments: Hidden = field(default_factory=dict)
    groups: Mapping[str, Hidden] = field(default_factory=dict)

    def together(self, groups: Mapping[str, Hidden]) -> Held:
        """With more segments hidden in groups of figures; a reason given first stays."""
        names = {**groups, **self.groups}
        return Held(
            self.segments,
            {name: {**groups.get(name, {}), **self.groups.get(name, {})} for name in names},
        )


NOTHING_HELD = Held()


def protect(
    found: Mapping[str, Sequence[Related]],
    responses: Mapping[str, int],
    populations: Mapping[str, int],
    settings: Settings,
    held: Held = NOTHING_HELD,
    wanted: Callable[[Figure], bool] = lambda _figure: True,
) -> Mapping[str, Sequence[Figure]]:
    """The figures of one wave as they may be shown: segment (``all`` too) → figures.

    ``found`` holds the same groups for every segment, in the same order; ``responses`` the
    number of responses of each segment and of ``all``; ``populations`` the customers in those
    segments where they are known, which every figure is given. ``wanted``: those shown; the others
    still decide what is hidden.
    """
    bases = {segment: [group.bases for group in own] for segment, own in found.items()}
    hidden = what_to_hide(bases, responses, settings, held)
    return {
        segment: [
            _shown(figure, hidden[group.name].get(segment), populations.get(segment), settings)
            for group in own
            for figure in group.figures
            if wanted(figure)
        ]
        for segment, own in found.items()
    }


def what_to_hide(
    found: Mapping[str, Sequence[Bases]],
    responses: Mapping[str, int],
    settings: Settings,
    held: Held,
) -> Mapping[str, Hidden]:
    """Related figures → the segments that hide them, from their bases alone."""
    smallest = settings.smallest_base
    parts = [segment for segment in found if segment != ALL]
    whole = hide({segment: [responses[segment]] for segment in parts}, smallest, held.segments)
    hidden: dict[str, Hidden] = {}
    for place, group in enumerate(found[ALL]):
        inherited = {**held.groups.get(group.name, {}), **whole}
        for name in group.within:
            inherited = {**hidden.get(name, {}), **inherited}
        hidden[group.name] = hide({s: found[s][place].counts for s in parts}, smallest, inherited)
        if group.made_of_others and hidden[group.name].keys() - inherited.keys():
            hidden[group.name] = {ALL: Reason.PROTECTS_ANOTHER, **hidden[group.name]}
    return hidden


def _shown(
    figure: Figure, reason: Reason | None, population: int | None, settings: Settings
) -> Figure:
    """The figure with its standing; where hidden, its name and the reason only."""
    if reason is None:
        return replace(figure, population=population, standing=standing(figure.n, settings))
    if 0 < figure.n < settings.smallest_base and reason is Reason.PROTECTS_ANOTHER:
        reason = Reason.BELOW_SMALLEST_BASE
    return Figure(
        figure.key,
        figure.of,
        figure.unit,
        figure.base,
        0,
        None,
        reason,
        interval_reason=reason,
        population=population,
        standing=Standing.HIDDEN,
    )


def standing(n: int, settings: Settings) -> Standing:
    """How far a base carries that is shown; 0 carries nothing and hides nothing."""
    return Standing.INDICATIVE if n < settings.indicative_base else Standing.NORMAL
