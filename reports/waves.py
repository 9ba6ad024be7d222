"""What do the answers of one wave say, and what of it may be shown?

From the tallies of the segments to their figures: worked out, put together for ``all``, described
as the customers there are, and protected. A wave of the past is worked out by the same rules as
in its own report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import add
from types import MappingProxyType

from instruments.model import Instrument
from reports.aimed import plan_of
from reports.cells import Cells
from reports.comparisons import HEADLINES, PARTS_OF_NET, Figures, by_key
from reports.described import describe
from reports.findings import ALL, REST, Figure, Weighting
from reports.indicators import FAMILIES, Family, Related, indicators
from reports.indicators.attributes import attribute_means
from reports.indicators.booked import BOOK_FAMILIES, BookFamily, with_books
from reports.indicators.complaints import complaints
from reports.indicators.following import following
from reports.indicators.loyalty import loyalty
from reports.indicators.mentions import mentions
from reports.indicators.satisfaction import satisfaction
from reports.indicators.weighted_index import index_group
from reports.protect import NOTHING_HELD, Held, protect
from reports.quadrants import lines
from reports.settings import Settings
from reports.statistics.composite import ScoreSums
from reports.tally import Tally
from reports.weighted import Group, groups_of, outside, put_together
from reports.weighted_cells import Weighed

Tallies = Mapping[tuple[str, str], Tally]
"""(wave, segment) → its answers."""

Populations = Mapping[tuple[str, str], int]
"""(wave, segment) → customers who could have answered; segment ``all`` for everybody."""

Scores = Mapping[tuple[str, str], ScoreSums]
"""(wave, segment) → the sums of its respondents' own indices, all made with the same weights."""

NO_SCORES: Scores = MappingProxyType({})

NO_BOOKS: Mapping[str, Sequence[Related]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures of a wave are looked at: all, or those of ``keys``, made by ``families``.

    The families may make more; what is not wanted is only there so that small groups are hidden
    as in the wave's own report. ``books``: likewise what makes the figures from the books.
    """

    families: tuple[Family, ...] = FAMILIES
    keys: frozenset[str] | None = None
    books: tuple[BookFamily, ...] = BOOK_FAMILIES

    def has(self, figure: Figure) -> bool:
        """Whether a figure is wanted."""
        return self.keys is None or figure.key in self.keys


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave worked out: all figures, and the figures as they may be shown.

    ``customers`` by segment, in a period counted once for each of its waves; ``heads``: once.
    ``groups`` are the segments that ``all`` is put together from, none
    where it is a plain sum or ``weighed`` by the cells of several fields.
    """

    name: str
    tallies: Mapping[str, Tally]
    customers: Mapping[str, int]
    heads: Mapping[str, int]
    figures: Mapping[str, Figures]
    shown: Mapping[str, Figures]
    groups: Sequence[Group]
    weighting: Weighting
    weighed: Weighed | None = None

    @property
    def responses(self) -> Mapping[str, int]:
        """Segment → its responses."""
        return {segment: tally.responses for segment, tally in self.tallies.items()}


def work_out(
    instrument: Instrument,
    name: str,
    tallies: Tallies,
    populations: Populations,
    settings: Settings,
    held: Held = NOTHING_HELD,
    wanted: Wanted = EVERYTHING,
    scores: Scores = NO_SCORES,
    cells: Cells | None = None,
    books: Mapping[str, Sequence[Related]] = NO_BOOKS,
    *,
    times: int = 1,
) -> Wave:
    """The figures of one wave that are wanted, before and after small groups are protected.

    ``scores``: of this wave, for the importance-weighted index; without them it is not there.
    ``cells``: of this wave, where it is to be weighted by several fields. ``books``: the figures
    from the company's books, by segment. ``times``: how often ``populations`` counts each
    customer, in a period of several waves.
    """
    counted = with_the_whole(instrument, name, tallies, populations)
    customers = {segment: n for (wave, segment), n in populations.items() if wave == name}
    responses = {segment: tally.responses for segment, tally in counted.items()}
    sums = with_all_scores(name, counted, scores)
    plain = {
        s: related(instrument, t, sums.get(s), settings, wanted.families)
        for s, t in counted.items()
    }
    groups: Sequence[Group] = ()
    weighed = None
    if cells is None:
        groups, weighting = groups_of({s: n for s, n in responses.items() if s != ALL}, customers)
    else:
        weighting, weighed = _weighed(instrument, cells, settings, wanted.families)
    put = partial(_put, plain, groups, weighed, settings)
    unheard = {s: customers[s] - responses[s] for s in plain if s in customers}
    found = with_books(_of_customers(plain, unheard, wanted, put), books)
    heard = {s: responses.get(s, 0) for s in found}
    shown = protect(found, heard, customers, settings, held, wanted.has)
    heads = {segment: round(n / times) for segment, n in customers.items()}
    return Wave(
        name,
        counted,
        customers,
        heads,
        {s: by_key(f for group in found[s] for f in group.figures) for s in counted},
        {s: by_key(_all_shown(instrument, shown[s], heads.get(s), settings)) for s in counted},
        groups,
        weighting,
        weighed,
    )


def with_the_whole(
    instrument: Instrument, name: str, tallies: Tallies, populations: Populations
) -> Mapping[str, Tally]:
    """The tallies of one wave: ``all``, then each segment that has answers or customers."""
    segments = {segment for found, segment in (*tallies, *populations) if found == name}
    nobody = Tally.empty(instrument)
    own = {s: tallies.get((name, s), nobody) for s in sorted(segments - {ALL})}
    return {ALL: Tally.union(own.values()) if own else nobody, **own}


def _weighed(
    instrument: Instrument, cells: Cells, settings: Settings, families: Sequence[Family]
) -> tuple[Weighting, Weighed | None]:
    """How a wave is weighted by several fields, and the figures of its cells where it is."""
    plan = plan_of(cells, settings.weighting)
    if not plan.units:
        return plan.weighting, None
    nobody = Tally.empty(instrument)
    sums = next(iter(cells.scores.values()), None)
    none = None if sums is None else ScoreSums(sums.weights, 0, 0, 0)
    found = [
        related(
            instrument,
            Tally.union(cells.tallies.get(cell, nobody) for cell in unit.cells),
            none and reduce(add, (cells.scores.get(cell, none) for cell in unit.cells)),
            settings,
            families,
        )
        for unit in plan.units
    ]
    return plan.weighting, Weighed(plan, found)


def _all_shown(
    instrument: Instrument, own: Sequence[Figure], customers: int | None, settings: Settings
) -> Iterator[Figure]:
    """Figures that may be shown, and what follows from them."""
    yield from own
    yield from lines(own)
    yield from mentions(instrument, own)
    yield from following(own, customers, settings)


def related(
    instrument: Instrument,
    tally: Tally,
    scores: ScoreSums | None,
    settings: Settings,
    families: Sequence[Family],
) -> tuple[Related, ...]:
    """The figures of a tally, and the importance-weighted index where its scores are there.

    The index follows from what is important and how it is experienced: it is hidden with either.
    """
    found = indicators(instrument, tally, settings, families)
    if scores is None:
        return found
    return (*found, index_group(instrument, scores, settings))


def scores_of_nobody(name: str, others: Scores) -> Scores:
    """Those of a wave without answers, beside others of its period that have some.

    So it has every figure that they have, and what they hide is found.
    """
    return {(name, ALL): ScoreSums(next(iter(others.values())).weights, 0, 0, 0)}


def with_all_scores(name: str, segments: Iterable[str], scores: Scores) -> Mapping[str, ScoreSums]:
    """The scores of one wave: of each segment, also of one without answers, and of ``all``."""
    own = {segment: sums for (wave, segment), sums in scores.items() if wave == name}
    if not own:
        return {}
    whole = reduce(add, own.values())
    nobody = ScoreSums(whole.weights, 0, 0, 0)
    return {**{segment: own.get(segment, nobody) for segment in segments}, ALL: whole}


def _of_customers(
    found: Mapping[str, Sequence[Related]],
    unheard: Mapping[str, int],
    wanted: Wanted,
    put: Callable[[str, tuple[int, int], Figure, int | None], Figure],
) -> Mapping[str, Sequence[Related]]:
    """The same groups of figures, as figures of the customers: weighted, described."""
    return {
        segment: [
            replace(
                group,
                figures=tuple(
                    put(segment, (i, j), figure, unheard.get(segment))
                    if wanted.has(figure)
                    else figure
                    for j, figure in enumerate(group.figures)
                ),
            )
            for i, group in enumerate(related)
        ]
        for segment, related in found.items()
    }


def _put(
    found: Mapping[str, Sequence[Related]],
    groups: Sequence[Group],
    weighed: Weighed | None,
    settings: Settings,
    segment: str,
    place: tuple[int, int],
    figure: Figure,
    unheard: int | None,
) -> Figure:
    """A figure as one of the customers; ``place``: its group, and its place there."""
    if weighed is not None:
        return weighed.figure(segment, place, figure, unheard, settings)
    if groups and segment == ALL:
        i, j = place
        parts = [found[g.segment][i].figures[j] for g in groups]
        return put_together(figure, parts, groups, settings.confidence)
    return figure if unheard is None else describe(figure, unheard, settings.confidence)


def rests(instrument: Instrument, wave: Wave, settings: Settings) -> Mapping[str, Figures]:
    """Segment → the means of the attributes over everybody outside it.

    With the headline figures, where reports compare with the rest first. Put together from the
    other segments where ``all`` is put together.
    """
    whole = wave.tallies[ALL]
    plain: dict[str, list[Figure]] = {
        segment: _compared_with(instrument, whole - tally, settings)
        for segment, tally in wave.tallies.items()
        if segment != ALL
    }
    if wave.weighed is not None:
        plain = wave.weighed.outside(plain, settings)
    elif len(wave.groups) > 2:
        names = [group.segment for group in wave.groups]
        means = [plain[segment] for segment in names]
        parts = [
            [wave.figures[segment][mean.key, mean.of] for mean in own]
            for segment, own in zip(names, means, strict=True)
        ]
        plain.update(zip(names, outside(means, parts, wave.groups), strict=True))
    return {segment: by_key(means) for segment, means in plain.items()}


def _compared_with(instrument: Instrument, rest: Tally, settings: Settings) -> list[Figure]:
    """What of the rest a segment is compared with; a net score comes with its parts."""
    means = attribute_means(instrument, rest, settings)
    if settings.comparison != REST:
        return means
    groups = [make(instrument, rest, settings) for make in (satisfaction, loyalty, complaints)]
    figures = (figure for found in groups for group in found for figure in group.figures)
    return [*(f for f in figures if f.key in (*HEADLINES, *PARTS_OF_NET)), *means]
