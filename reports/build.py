"""What does one wave say? From tallies to findings, segment by segment.

Every wave that is looked back on is worked out and protected by the same rule as in its own
report, so that a trend shows no figure that the report of its day had to hide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from instruments.model import Instrument
from reports.cells import Crossing
from reports.charted import ControlChart
from reports.charts import LOGGED, RATES, control_charts, leading, raise_alarms
from reports.comparisons import (
    Against,
    Figures,
    Key,
    Row,
    compare,
    correct,
    headline_keys,
)
from reports.crossing import Field
from reports.errors import ReportError
from reports.findings import (
    ALL,
    REST,
    Change,
    Family,
    Findings,
    Provenance,
    Reason,
    SegmentFindings,
    Standing,
    TrendPoint,
)
from reports.history import TREND, TREND_OF_BOOKS, work_out_history, year_before
from reports.indicators.participation import response_rate
from reports.log_names import with_names
from reports.protect import standing
from reports.records import NO_RECORDS, Records
from reports.settings import STANDARD, Settings
from reports.signals import signals
from reports.spans import (
    MONTHLY,
    Fixed,
)
from reports.statistics.control_charts.rules import Rule
from reports.tally import Pairs
from reports.waves import (
    NO_SCORES,
    Populations,
    Scores,
    Tallies,
    Wave,
    rests,
)

Paired = Mapping[tuple[str, str], Pairs]
"""(earlier wave, segment) → the customers who answered then and in this wave."""

NOBODY_PAIRED: Paired = MappingProxyType({})


class ReservedSegment(ReportError, ValueError):
    """Customers are in a segment that bears the name of the whole."""

    def __init__(self) -> None:
        super().__init__(
            f"A segment is named {ALL}, which stands for all customers; give it another name."
        )


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
    paired: Paired = NOBODY_PAIRED,
    lengths: Fixed = MONTHLY,
    scores: Scores = NO_SCORES,
    others: Sequence[Field] = (),
    crossing: Crossing | None = None,
    records: Records = NO_RECORDS,
) -> Findings:
    """The findings of ``wave``, or of a period of several, by the segment field ``by``.

    ``tallies``: of its waves and of those before; later ones are left out. ``populations``:
    what is not there is unknown. ``lengths``: the segments' own reporting periods, by year.
    Segments are those with answers or customers in the wave, in sorted order, after ``all``:
    put together from the segments where all their customers are known, else the plain sum of
    the respondents. The wave before is the latest that has answers, the year before the same
    wave of last year. ``paired``: of the customers who answered in one of these two as well.
    ``scores``: of the waves of this report, for its importance-weighted index. ``others``: the
    survey's other segment fields, whose reports lie beside this one (:mod:`reports.crossing`),
    with scores of the same waves.
    ``crossing``: the same answers by all fields that ``settings`` weight by; without it each
    report weights by its own field alone. ``records``: what the company's books say of the
    periods that :func:`reports.history.periods_of` names. Raises :class:`ReservedSegment`
    and :class:`reports.crossing.ScoresMissing`.
    """
    if any(segment == ALL for _wave, segment in tallies):
        raise ReservedSegment
    history = work_out_history(
        instrument,
        wave,
        Field(tallies, scores),
        others,
        populations,
        lengths,
        settings,
        crossing,
        with_names(replace(records, by=by), instrument),
    )
    now = history[-1]
    found = _found(instrument, history, paired, settings)
    value = settings.definitions.customer_value
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
        tuple(replace(own, signals=signals(own, found, value)) for own in found),
        now.weighting,
        settings.definitions,
        settings.chart_rules,
        settings.comparison,
        settings.cycles,
    )


def _found(
    instrument: Instrument, history: Sequence[Wave], paired: Paired, settings: Settings
) -> list[SegmentFindings]:
    """Segment by segment, what the last wave says beside those before it; without signals."""
    now = history[-1]
    alike = [one for one in history if not _otherwise(now, one)]
    charts = raise_alarms(
        {segment: _charts(_trend(segment, alike), settings) for segment in now.figures},
        settings.confidence,
    )
    charted = {segment: c.key for segment, own in charts.items() if (c := leading(own))}
    earlier = _earlier(history, settings.reference)
    changes = _changes(instrument, now, earlier, paired, settings, charted)
    return [
        _segment(now, segment, changes[segment], charts[segment], history, settings)
        for segment in now.figures
    ]


def _otherwise(now: Wave, then: Wave) -> bool:
    """Whether one of two waves could be weighted by several fields, and the other not.

    What weighting alone changes is no change of the customers.
    """
    return bool(now.weighting.fields) and (now.weighed is None) != (then.weighed is None)


def _earlier(waves: Sequence[Wave], reference: str | None) -> Mapping[Family, Wave]:
    """What this wave, the last, is compared with; no other wave twice.

    The ``reference`` goes before the wave before, and that before the year before.
    """
    past = {wave.name: wave for wave in waves[:-1]}
    named = {
        Family.REFERENCE: reference,
        Family.WAVE_BEFORE: waves[-2].name if past else None,
        Family.YEAR_BEFORE: year_before(waves[-1].name),
    }
    return {family: past.pop(name) for family, name in named.items() if name in past}


def _changes(
    instrument: Instrument,
    now: Wave,
    earlier: Mapping[Family, Wave],
    paired: Paired,
    settings: Settings,
    charted: Mapping[str, str],
) -> Mapping[str, list[Change]]:
    """Segment → its changes against earlier waves, then its differences from the rest."""
    rows: dict[str, list[Row]] = {}
    others = rests(instrument, now, settings)
    for segment, figures in now.figures.items():
        rows[segment] = []
        for family, before in earlier.items():
            asked = family is Family.REFERENCE or family in settings.compared
            if asked and segment in before.figures:
                hidden = _hidden(now.shown[segment], before.shown[segment])
                if _otherwise(now, before):
                    hidden = {**dict.fromkeys(figures, Reason.WEIGHTED_OTHERWISE), **hidden}
                against = Against(
                    before.name,
                    family,
                    before.figures[segment],
                    hidden,
                    paired.get((before.name, segment)),
                )
                keys = headline_keys(figures)
                rows[segment] += compare(instrument, figures, against, keys, settings.confidence)
        if segment != ALL and Family.REST in settings.compared:
            means = others[segment]
            hidden = _hidden(now.shown[ALL], now.shown[segment])
            against = Against(REST, Family.REST, means, hidden)
            keys = headline_keys(means)
            rows[segment] += compare(instrument, figures, against, keys, settings.confidence)
    return correct(rows, settings, charted)


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
    changes: Sequence[Change],
    charts: Sequence[ControlChart],
    history: Sequence[Wave],
    settings: Settings,
) -> SegmentFindings:
    responses, population = now.tallies[segment].responses, now.customers.get(segment)
    rate = response_rate(responses, population, settings.confidence)
    shown = tuple(now.shown[segment].values())
    hidden = bool(shown) and all(figure.standing is Standing.HIDDEN for figure in shown)
    looked_at = [wave.name for wave in history[-settings.trend_waves :]]
    return SegmentFindings(
        segment,
        "" if segment == ALL else segment,
        responses,
        population,
        replace(rate, standing=standing(rate.n, settings)),
        Standing.HIDDEN if hidden else standing(responses, settings),
        shown,
        tuple(changes),
        tuple(point for point in _trend(segment, history) if point.wave in looked_at),
        tuple(charts),
        customers=now.heads.get(segment),
    )


def _trend(segment: str, history: Sequence[Wave]) -> Sequence[TrendPoint]:
    """The figures that are followed, each key oldest first."""
    return [
        TrendPoint(wave.name, wave.shown[segment][key])
        for key in history[-1].shown[segment]
        if key[0] in (*TREND, *TREND_OF_BOOKS)
        for wave in history
        if segment in wave.shown
    ]


def _charts(points: Sequence[TrendPoint], settings: Settings) -> tuple[ControlChart, ...]:
    """The control charts: each rate by the waves named for it, as far as they are of this kind."""
    found: list[ControlChart] = []
    for rate in (*RATES, LOGGED):
        own = [point for point in points if point.figure.key == rate]
        named = {point.wave for point in own}.intersection(settings.baselines.get(rate, ()))
        rules = [Rule(rule) for rule in settings.chart_rules]
        found += control_charts(own, rules, named, settings.trend_waves)
    return tuple(found)
