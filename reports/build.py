"""What does one wave say? From tallies to findings, segment by segment.

Every wave that is looked back on is worked out in full and protected by the same rule as in
its own report, so that a trend shows no figure that the report of its day had to hide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from instruments.model import Instrument
from reports.comparisons import (
    Figures,
    Key,
    Row,
    by_key,
    compare,
    correct,
    headline_keys,
)
from reports.errors import ReportError
from reports.findings import (
    ALL,
    REST,
    Change,
    Findings,
    Provenance,
    Reason,
    SegmentFindings,
    Standing,
    TrendPoint,
)
from reports.indicators import indicators
from reports.indicators.attributes import attribute_means
from reports.indicators.participation import response_rate
from reports.protect import protect, standing
from reports.quadrants import lines
from reports.settings import STANDARD, Settings
from reports.tally import Tally

TREND = (
    "satisfaction_index",
    "overall_top2",
    "nps",
    "complaint_rate",
    "problem_rate",
    "voiced_rate",
    "return_rate",
)
"""Figures followed from wave to wave."""

Tallies = Mapping[tuple[str, str], Tally]
Populations = Mapping[tuple[str, str], int]


class ReservedSegment(ReportError, ValueError):
    """Customers are in a segment that bears the name of the whole."""

    def __init__(self) -> None:
        super().__init__(
            f"A segment is named {ALL}, which stands for all customers; give it another name."
        )


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave worked out: its tallies, all figures, and the figures as they may be shown."""

    name: str
    tallies: Mapping[str, Tally]
    figures: Mapping[str, Figures]
    shown: Mapping[str, Figures]


def build_findings(
    instrument: Instrument,
    tallies: Tallies,
    *,
    survey: str,
    wave: str,
    by: str,
    populations: Populations,
    provenance: Provenance,
    settings: Settings = STANDARD,
) -> Findings:
    """The findings of ``wave`` by the segment field ``by``.

    ``tallies``: (wave, segment) → tally, of this wave and of those before it; later ones are
    left out. ``populations``: (wave, segment) → customers, segment ``all`` for everybody;
    what is not there is unknown. Segments are those with answers or customers in the wave, in
    sorted order, after ``all``: the sum of the segments' respondents, unweighted. The wave
    before is the latest that has answers. Raises :class:`ReservedSegment`.
    """
    if any(segment == ALL for _wave, segment in tallies):
        raise ReservedSegment
    names = sorted({name for name, _segment in tallies if name <= wave} | {wave})
    waves = [
        work_out(instrument, name, tallies, populations, settings)
        for name in names[-max(settings.trend_waves, 2) :]
    ]
    now, before = waves[-1], waves[-2] if len(waves) > 1 else None
    changes = _changes(instrument, now, before, settings)
    past = waves[-settings.trend_waves :]
    found = (
        _segment(now, segment, populations.get((wave, segment)), changes[segment], past, settings)
        for segment in now.figures
    )
    return Findings(
        survey,
        wave,
        by,
        instrument.id,
        instrument.version,
        settings.confidence,
        settings.smallest_base,
        settings.indicative_base,
        provenance,
        tuple(found),
    )


def work_out(
    instrument: Instrument,
    name: str,
    tallies: Tallies,
    populations: Populations,
    settings: Settings,
) -> Wave:
    """All figures of one wave, before and after small groups are protected."""
    segments = {segment for found, segment in (*tallies, *populations) if found == name}
    own = {s: tallies.get((name, s), Tally.empty(instrument)) for s in sorted(segments - {ALL})}
    whole = reduce(add, own.values(), Tally.empty(instrument))
    counted = {ALL: whole, **own}
    groups = {s: indicators(instrument, t, settings.confidence) for s, t in counted.items()}
    responses = {segment: tally.responses for segment, tally in counted.items()}
    figures = {
        s: by_key(f for group in found for f in group.figures) for s, found in groups.items()
    }
    customers = {segment: n for (wave, segment), n in populations.items() if wave == name}
    shown = protect(groups, responses, customers, settings)
    allowed = {s: by_key((*found, *lines(found))) for s, found in shown.items()}
    return Wave(name, counted, figures, allowed)


def _changes(
    instrument: Instrument, now: Wave, before: Wave | None, settings: Settings
) -> Mapping[str, list[Change]]:
    """Segment → its changes against the wave before, then its differences from the rest."""
    moved: dict[str, list[Row]] = {segment: [] for segment in now.figures}
    differs: dict[str, list[Row]] = {segment: [] for segment in now.figures}
    for segment, figures in now.figures.items():
        if before is not None and segment in before.figures:
            hidden = _hidden(now.shown[segment], before.shown[segment])
            moved[segment] = compare(
                instrument,
                figures,
                before.figures[segment],
                headline_keys(figures),
                before.name,
                settings,
                hidden,
            )
        if segment != ALL:
            rest = now.tallies[ALL] - now.tallies[segment]
            means = by_key(attribute_means(instrument, rest, settings.confidence))
            hidden = _hidden(now.shown[ALL], now.shown[segment])
            differs[segment] = compare(instrument, figures, means, means, REST, settings, hidden)
    against_before, against_rest = correct(moved, settings), correct(differs, settings)
    return {segment: [*against_before[segment], *against_rest[segment]] for segment in moved}


def _hidden(*sides: Figures) -> Mapping[Key, Reason]:
    """Keys hidden on one side or another, and why."""
    return {
        key: figure.reason
        for side in reversed(sides)
        for key, figure in side.items()
        if figure.standing is Standing.HIDDEN and figure.reason is not None
    }


def _segment(
    now: Wave,
    segment: str,
    population: int | None,
    changes: Sequence[Change],
    past: Sequence[Wave],
    settings: Settings,
) -> SegmentFindings:
    responses = now.tallies[segment].responses
    rate = response_rate(responses, population, settings.confidence)
    shown = tuple(now.shown[segment].values())
    hidden = bool(shown) and all(figure.standing is Standing.HIDDEN for figure in shown)
    return SegmentFindings(
        segment,
        "" if segment == ALL else segment,
        responses,
        population,
        replace(rate, standing=standing(rate.n, settings)),
        Standing.HIDDEN if hidden else standing(responses, settings),
        shown,
        tuple(changes),
        tuple(
            TrendPoint(wave.name, wave.shown[segment][key])
            for key in now.shown[segment]
            if key[0] in TREND
            for wave in past
            if segment in wave.shown
        ),
    )
