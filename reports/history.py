"""Which waves and periods does a report look back on, and what did each of them say?

Each is worked out and protected by the same rule as in its own report, as far as it is looked at:
all figures of the last, of the others those that it is compared with, or that a trend follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from instruments.model import Instrument
from reports.cells import Crossing
from reports.charts import ENOUGH
from reports.comparisons import HEADLINES, MEAN
from reports.crossing import Field, crossed
from reports.findings import ALL
from reports.indicators import Related
from reports.indicators.attributes import attributes
from reports.indicators.booked import FOLLOWED_BOOKS, booked_figures, told_by_others
from reports.indicators.complaints import complaints
from reports.indicators.loyalty import loyalty
from reports.indicators.satisfaction import satisfaction
from reports.protect import Held
from reports.records import Records
from reports.settings import Settings
from reports.shorter import Shorter, look_into
from reports.spans import (
    Fixed,
    Span,
    gathered,
    held,
    lengths_of,
    own_periods,
    past_of,
    score_sums,
    span,
)
from reports.waves import (
    EVERYTHING,
    Populations,
    Scores,
    Tallies,
    Wanted,
    Wave,
    scores_of_nobody,
    work_out,
)

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

TREND_OF_BOOKS = ("return_rate_bought", "logged_rate", "logged_per_transaction")
"""Likewise figures from the company's books."""

FOLLOWED = Wanted(
    (satisfaction, complaints, loyalty), frozenset({*TREND, *TREND_OF_BOOKS}), FOLLOWED_BOOKS
)
"""What of a wave of the past only the trend looks at."""

COMPARED = Wanted(
    (satisfaction, attributes, complaints, loyalty),
    frozenset({*TREND, *TREND_OF_BOOKS, *HEADLINES, MEAN}),
    FOLLOWED_BOOKS,
)
"""What of an earlier wave this one is compared with."""


def work_out_history(
    instrument: Instrument,
    wave: str,
    own: Field,
    others: Sequence[Field],
    populations: Populations,
    fixed: Fixed,
    settings: Settings,
    crossing: Crossing | None,
    records: Records,
) -> list[Wave]:
    """The wave or period, last, and those before it that the report looks back on.

    Only the last has all figures, the others those that are compared, or those of the trend.
    ``own``: what was counted by the report's own field, ``others`` by the survey's other ones.
    """
    names = sorted({name for name, _segment in (*own.tallies, *populations)})
    spans = looked_back_on(past_of(span(wave, names), names), settings)
    report = _Report(
        instrument, own, others, populations, fixed, settings, crossing, records, names, spans[-1]
    )
    compared = {year_before(wave), settings.reference, *(one.name for one in spans[-2:])}
    before = (
        report.work_out(one, COMPARED if one.name in compared else FOLLOWED) for one in spans[:-1]
    )
    return [*before, report.work_out(spans[-1], EVERYTHING)]


@dataclass(frozen=True, slots=True)
class _Report:
    """What the waves and periods of one report are worked out from.

    ``names``: of all waves there are; ``now``: the period reported; ``beneath``: what was found
    of the shorter ones.
    """

    instrument: Instrument
    own: Field
    others: Sequence[Field]
    populations: Populations
    fixed: Fixed
    settings: Settings
    crossing: Crossing | None
    records: Records
    names: Sequence[str]
    now: Span
    beneath: dict[tuple[str, Wanted], Shorter] = field(default_factory=dict)

    def work_out(self, one: Span, wanted: Wanted) -> Wave:
        """A wave or period with the figures that are wanted."""
        added, known = gathered([one], self.own.tallies, self.populations)
        return work_out(
            self.instrument,
            one.name,
            added,
            known,
            self.settings,
            self._hidden_in(one, wanted),
            wanted,
            self._scores(one),
            self.crossing.within(one.waves) if self.crossing else None,
            self._books(one, added, known, wanted),
            times=max(len(one.waves), 1),
        )

    def _hidden_in(self, one: Span, wanted: Wanted) -> Held:
        """What shorter periods, and the reports by other fields, leave to be hidden in one."""
        lengths = lengths_of(one, self.fixed)
        shorter = own_periods(one, self.names, lengths)
        parts = {part.name: self._look_into(part, wanted) for part in shorter}
        instrument, settings, families = self.instrument, self.settings, wanted.families
        beside = crossed(
            instrument, one, shorter, self.own, self.others, lengths, families, settings
        )
        told = told_by_others(self.records, one.name, settings, wanted.books)
        return held(one, parts, lengths, settings).together(beside).together(told)

    def _look_into(self, one: Span, wanted: Wanted) -> Shorter:
        if (one.name, wanted) not in self.beneath:
            added, known = gathered([one], self.own.tallies, self.populations)
            self.beneath[one.name, wanted] = look_into(
                self.instrument,
                one.name,
                added,
                known,
                self.settings,
                self._hidden_in(one, wanted),
                wanted.families,
                self._scores(one),
                self._books(one, added, known, wanted),
            )
        return self.beneath[one.name, wanted]

    def _scores(self, one: Span) -> Scores:
        found = score_sums(one, self.own.scores)
        if self.own.scores and not found and {*one.waves} <= {*self.now.waves}:
            return scores_of_nobody(one.name, self.own.scores)
        return found

    def _books(
        self, one: Span, tallies: Tallies, populations: Populations, wanted: Wanted
    ) -> Mapping[str, Sequence[Related]]:
        named = {segment for _name, segment in (*tallies, *populations)} - {ALL}
        return booked_figures(self.records, one.name, named, self.settings, wanted.books)


def periods_of(
    wave: str, names: Sequence[str], fixed: Fixed, settings: Settings
) -> tuple[list[Span], list[Span]]:
    """The periods that a report is made from: of the one reported all figures, of the past few.

    Each with the waves and shorter periods in it, whose reports lie beside it. ``names``: the
    waves that have answers or customers.
    """
    *past, now = looked_back_on(past_of(span(wave, names), names), settings)

    def with_parts(one: Span) -> list[Span]:
        return [one, *own_periods(one, names, lengths_of(one, fixed))]

    return with_parts(now), [part for one in past for part in with_parts(one)]


def looked_back_on(past: Sequence[Span], settings: Settings) -> list[Span]:
    """Of the spans until now, those that a report needs: of its trend, of its comparisons, and
    those that limits of charts come from, the first ones or those that were named.
    """
    latest = past[-max(settings.trend_waves, 2) :]
    named = {year_before(past[-1].name), settings.reference}.union(*settings.baselines.values())
    kept = {one.name for one in (*past[:ENOUGH], *latest)} | named
    return [one for one in past if one.name in kept]


def year_before(wave: str) -> str:
    """The name of the same wave a year earlier; empty for a wave that names no year.

    >>> year_before("2026-10"), year_before("2026-Q3"), year_before("spring")
    ('2025-10', '2025-Q3', '')
    """
    year, dash, rest = wave.partition("-")
    return f"{int(year) - 1:04d}{dash}{rest}" if year.isdecimal() and len(year) == 4 else ""
