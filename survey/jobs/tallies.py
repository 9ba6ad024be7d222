"""What was counted in each wave: counted once, kept, and read ever after.

A report looks back on two years. Its cost must not grow with the answers of those years, so the
counts of each wave are kept beside its answers, together with the few facts that a report tells
about where they came from. They hold until the wave's answers change
(:mod:`survey.store.revisions`) or until something else is to be counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from instruments.model import Instrument
from reports.cells import Grouping, grouped, name_of
from reports.crossing import Joint, joint_counts
from reports.tally import Tally, tally_stream
from reports.tally.packing import DamagedTallies, digest, pack, unpack
from reports.tally.plan import Plan, plan_of
from survey.dataset import chosen, segment_fields, wave_chunks, wave_days
from survey.store import Store, StoreError
from survey.store.kept import StoredTally
from survey.store.revisions import revisions
from survey.store.tables import Response


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """One wave: segment → tally; the days of its first and last answer; channel → answers.

    ``joint``: other segment field → which segments lie in which.
    """

    tallies: Mapping[str, Tally]
    first_day: date
    last_day: date
    channels: Mapping[str, int]
    joint: Mapping[str, Joint]


def count_waves(
    store: Store, survey_id: str, instrument: Instrument, waves: Sequence[str], by: Grouping
) -> Mapping[str, WaveCounts]:
    """Wave → its counts by a segment field: as kept, or counted now and then kept.

    By several fields crossed a segment is the label of a cell, and ``joint`` is empty. Where they
    cannot be kept (the store is busy or full) they are as right, and counted again next time.
    Raises :class:`survey.dataset.NoAnswers` for a wave without any.
    """
    plan = plan_of(instrument)
    with store.read() as connection:
        # Read before counting: what is stored in between makes the counts stale, never wrong.
        marked = revisions(connection, survey_id, waves)
        found = _kept(connection, _key(survey_id, instrument, name_of(by)), plan, marked)
    for wave in waves:
        if wave not in found:
            found[wave] = _count(store, survey_id, instrument, wave, by)
            with suppress(StoreError):
                _keep(store, survey_id, instrument, wave, name_of(by), marked[wave], found[wave])
    return {wave: found[wave] for wave in waves}


def _kept(
    connection: Connection,
    key: Sequence[ColumnElement[bool]],
    plan: Plan,
    marked: Mapping[str, str],
) -> dict[str, WaveCounts]:
    query = select(StoredTally.__table__).where(*key, StoredTally.wave.in_(marked))
    counted = digest(plan)
    found = {}
    for row in connection.execute(query):
        if (row.revision, row.plan) == (marked[row.wave], counted):
            with suppress(DamagedTallies):
                tallies = unpack(row.counts, plan)
                joint = {other: _joint(rows) for other, rows in row.joint.items()}
                found[row.wave] = WaveCounts(
                    tallies, row.first_day, row.last_day, row.channels, joint
                )
    return found


def _count(
    store: Store, survey_id: str, instrument: Instrument, wave: str, by: Grouping
) -> WaveCounts:
    chunks = grouped(wave_chunks(store, survey_id, instrument, wave), by)
    counted = tally_stream(chunks, name_of(by))
    first, last = wave_days(store, survey_id, wave)
    query = select(Response.channel, func.count()).where(*chosen(survey_id, [wave]))
    with store.read() as connection:
        rows = connection.execute(query.group_by(Response.channel)).all()
        several = len(segment_fields(connection, survey_id)) > 1
    joint: Mapping[str, Joint] = {}
    if several and isinstance(by, str):
        joint = joint_counts(wave_chunks(store, survey_id, instrument, wave), by)
    channels = dict(sorted((channel, count) for channel, count in rows))
    tallies = {segment: tally for (_wave, segment), tally in counted.items()}
    return WaveCounts(tallies, first, last, channels, joint)


def _joint(rows: Sequence[tuple[str, str, int]]) -> Joint:
    return {(own, other): n for own, other, n in rows}


def _keep(
    store: Store,
    survey_id: str,
    instrument: Instrument,
    wave: str,
    field: str,
    revision: str,
    counts: WaveCounts,
) -> None:
    row = {
        "survey_id": survey_id,
        "wave": wave,
        "field": field,
        "instrument_id": instrument.id,
        "instrument_version": instrument.version,
        "plan": digest(plan_of(instrument)),
        "revision": revision,
        "first_day": counts.first_day,
        "last_day": counts.last_day,
        "channels": counts.channels,
        "joint": {
            other: [[*pair, n] for pair, n in found.items()]
            for other, found in counts.joint.items()
        },
        "counts": pack(counts.tallies),
    }
    key = _key(survey_id, instrument, field)
    with store.write() as connection:
        connection.execute(delete(StoredTally).where(*key, StoredTally.wave == wave))
        connection.execute(insert(StoredTally), [row])


def _key(survey_id: str, instrument: Instrument, field: str) -> Sequence[ColumnElement[bool]]:
    return (
        StoredTally.survey_id == survey_id,
        StoredTally.field == field,
        StoredTally.instrument_id == instrument.id,
        StoredTally.instrument_version == instrument.version,
    )
