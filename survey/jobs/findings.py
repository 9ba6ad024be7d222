"""What does a wave, or a period of several, say? From the store to findings.

Everything that a report is made from has been counted once and is kept: tallies, which segments
lie in which, pairs of waves, scores. What is stale or missing is counted now, and kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from instruments.model import Instrument
from reports.aims import Aims
from reports.build import build_findings
from reports.cells import Crossing, Grouping, name_of
from reports.crossing import Field
from reports.findings import Findings, Provenance
from reports.history import looked_back_on, periods_of, year_before
from reports.indicators.weighted_index import IndexItems, index_items
from reports.settings import STANDARD, Settings
from reports.spans import Fixed, Span, past_of, span
from reports.tally import Pairs, Tally
from reports.voices import add_voices
from reports.waves import NO_SCORES, Scores, Tallies
from survey.dataset import (
    cell_populations,
    margin,
    populations,
    record_population,
    wave_comments,
    waves_with_answers,
)
from survey.fieldwork.surveys import SurveyRecord, instrument_of
from survey.jobs.errors import NoSuchField, NoSuchWave
from survey.jobs.pairs import pair_waves
from survey.jobs.periods import fixed_periods
from survey.jobs.records import count_records
from survey.jobs.scores import score_waves
from survey.jobs.tallies import WaveCounts, count_waves
from survey.store import Store
from survey.store.tables import Invitation, Population


def find_out(
    store: Store, survey: SurveyRecord, *, wave: str, by: str, settings: Settings = STANDARD
) -> Findings:
    """The findings of a wave or period, segment by segment, by the rules of ``settings``.

    Raises :class:`NoSuchField`, :class:`NoSuchWave`, :class:`reports.periods.NotAPeriod`.
    """
    for field in (by, *settings.weighting.fields):
        if field not in survey.segment_fields:
            raise NoSuchField(survey.id, field, survey.segment_fields)
    waves = waves_with_answers(store, survey.id)
    now = span(wave, waves)
    answered = [w for w in now.waves if w in waves]
    if not answered:
        raise NoSuchWave(survey.id, wave, waves)
    for one in answered:
        _count_customers(store, survey, one, by)
    customers = populations(store, survey.id, by)
    looked_at = _looked_at(now, sorted({*waves, *(w for w, _segment in customers)}), settings)
    asked = _Asked(store, survey, instrument_of(store, survey), by, settings)
    counted = asked.counts([w for w in waves if w in looked_at], by)
    tallies = _tallies(counted)
    weighed = index_items(asked.instrument, _whole(tallies, answered))
    lengths = fixed_periods(store, survey.id, by)
    named = {key: n for key, n in customers.items() if key[0] in looked_at}
    names = sorted({name for name, _segment in (*tallies, *named)})
    found = build_findings(
        asked.instrument,
        tallies,
        survey=survey.id,
        wave=wave,
        by=by,
        populations=named,
        provenance=_provenance(survey, [counted[w] for w in answered]),
        settings=settings,
        paired=asked.paired(now, waves),
        lengths=lengths,
        scores=asked.scores(answered, by, weighed),
        others=list(asked.others(counted, lengths, answered, weighed)),
        crossing=asked.crossing(list(counted), answered, weighed),
        records=count_records(
            store,
            survey,
            *periods_of(wave, names, lengths, settings),
            settings.definitions,
        ),
    )
    comments = wave_comments(store, survey.id, asked.instrument, answered, by)
    return add_voices(found, asked.instrument, comments, settings.voices)


def _looked_at(now: Span, waves: Sequence[str], settings: Settings) -> frozenset[str]:
    """The waves of ``now`` and of the spans before it that its report needs."""
    kept = looked_back_on(past_of(span(now.name, waves), waves), settings)
    return frozenset(wave for one in kept for wave in one.waves)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One survey's report by one field: what of it is kept or counted."""

    store: Store
    survey: SurveyRecord
    instrument: Instrument
    by: str
    settings: Settings

    def counts(self, waves: Sequence[str], by: Grouping) -> Mapping[str, WaveCounts]:
        """Wave → its counts by a segment field."""
        return count_waves(self.store, self.survey.id, self.instrument, waves, by)

    def paired(self, now: Span, waves: Sequence[str]) -> Mapping[tuple[str, str], Pairs]:
        """The customers who answered in a wave that is compared with, and now.

        In a period of several waves a customer may stand several times: it is not paired.
        """
        if self.survey.mode != "confidential" or now.waves != (now.name,):
            return {}
        before = [w for w in waves if w < now.name][-1:]
        named = (year_before(now.name), self.settings.reference)
        back = [w for w in waves if w in named and w < now.name]
        return {
            (earlier, segment): pairs
            for earlier in dict.fromkeys((*before, *back))
            for segment, pairs in pair_waves(
                self.store,
                self.survey.id,
                self.instrument,
                wave=now.name,
                earlier=earlier,
                field=self.by,
            ).items()
        }

    def scores(self, waves: Sequence[str], by: Grouping, weighed: IndexItems | None) -> Scores:
        """The respondents' own indices by a segment field; none where nothing is weighed."""
        if weighed is None:
            return NO_SCORES
        return score_waves(self.store, self.survey.id, self.instrument, waves, by, weighed)

    def crossing(
        self, waves: Sequence[str], reported: Sequence[str], weighed: IndexItems | None
    ) -> Crossing | None:
        """The answers by all fields to weight by; None where our own field is all there is."""
        aims = self.settings.weighting
        fields = tuple(dict.fromkeys((self.by, *aims.fields)))
        if not aims.fields or (aims == Aims((self.by,))):
            return None
        return Crossing(
            fields,
            _tallies(self.counts(waves, fields)),
            cell_populations(self.store, self.survey.id, self.survey.segment_fields, fields),
            {field: margin(self.store, self.survey.id, field) for field in fields},
            self.scores(reported, fields, weighed),
        )

    def others(
        self,
        counted: Mapping[str, WaveCounts],
        lengths: Fixed,
        reported: Sequence[str],
        weighed: IndexItems | None,
    ) -> Iterator[Field]:
        """The other segment fields that have a segment of some size within one of ours, or around.

        Only a segment with a reporting period of its own can be too small in each wave, and large
        enough together.
        """
        few = self.settings.smallest_base
        for field in self.survey.segment_fields:
            joint = {wave: own.joint[field] for wave, own in counted.items() if field in own.joint}
            if any(
                lengths or (n >= few and n == counted[w].tallies[s].responses)
                for w, found in joint.items()
                for (s, _theirs), n in found.items()
            ):
                tallies = _tallies(self.counts(list(counted), field))
                yield Field(tallies, self.scores(reported, field, weighed), joint)


def _tallies(counted: Mapping[str, WaveCounts]) -> Tallies:
    return {(w, s): tally for w, counts in counted.items() for s, tally in counts.tallies.items()}


def _whole(tallies: Tallies, waves: Sequence[str]) -> Tally:
    return Tally.union(tally for (wave, _segment), tally in tallies.items() if wave in waves)


def _provenance(survey: SurveyRecord, counted: Sequence[WaveCounts]) -> Provenance:
    channels: Counter[str] = Counter()
    for counts in counted:
        channels.update(counts.channels)
    return Provenance(
        company=survey.company,
        sample=survey.sample,
        first_day=min(counts.first_day for counts in counted).isoformat(),
        last_day=max(counts.last_day for counts in counted).isoformat(),
        generated_from=", ".join(f"{way} {count}" for way, count in sorted(channels.items())),
    )


def _count_customers(store: Store, survey: SurveyRecord, wave: str, by: str) -> None:
    """Keep how many customers the wave could ask, where that is not recorded yet.

    By ``by``, and by all segment fields crossed, so that any of them can be weighted by at any
    time. Only a survey with personal links asks the roster's customers; who could have answered
    an open link, or a file from elsewhere, the roster does not know.
    """
    groupings: list[Grouping] = [by]
    if len(survey.segment_fields) > 1:
        groupings.append(survey.segment_fields)
    with store.read() as connection:
        asks_roster = connection.scalar(
            select(Invitation.id).where(Invitation.survey_id == survey.id).limit(1)
        )
        query = select(Population.field).where(
            Population.survey_id == survey.id, Population.wave == wave
        )
        recorded = set(connection.scalars(query.distinct()))
    missing = [grouping for grouping in groupings if name_of(grouping) not in recorded]
    if asks_roster is not None and missing:
        with store.write() as connection:
            record_population(connection, survey.id, wave, *missing)
