"""What did the same customers answer in this wave and in an earlier one?

Only a confidential survey knows its customers. Their answers of two waves are read side by side
once; the counts are kept, and hold until the answers of one of the two waves change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from sqlalchemy import ColumnElement, delete, insert, select

from instruments.model import Instrument
from reports.findings import ALL
from reports.tally import Pairs, match, pairs, pairs_by
from reports.tally.packed_pairs import pack_pairs, pairs_digest, unpack_pairs
from reports.tally.packing import DamagedTallies
from survey.dataset import read_dataset
from survey.store import Store, StoreError
from survey.store.kept import StoredPairs
from survey.store.revisions import revisions


def pair_waves(
    store: Store,
    survey_id: str,
    instrument: Instrument,
    *,
    wave: str,
    earlier: str,
    field: str,
) -> Mapping[str, Pairs]:
    """Segment → the customers who answered in both waves: as kept, or counted now and then kept.

    ``all`` holds every such customer, whatever segment they were in; a segment those who stayed
    in it. Of an anonymous survey nobody is in both. Where the pairs cannot be kept they are as
    right, and counted again next time.
    """
    key = _key(survey_id, instrument, wave, earlier, field)
    with store.read() as connection:
        # Read before counting: what is stored in between makes the pairs stale, never wrong.
        marked = revisions(connection, survey_id, [wave, earlier])
        row = connection.execute(select(StoredPairs.__table__).where(*key)).one_or_none()
    state = {
        "plan": pairs_digest(instrument),
        "revision": marked[wave],
        "earlier_revision": marked[earlier],
    }
    if row is not None and all(row._mapping[name] == found for name, found in state.items()):
        with suppress(DamagedTallies):
            return unpack_pairs(row.counts, instrument)
    found = _count(store, survey_id, instrument, wave, earlier, field)
    kept = {
        "survey_id": survey_id,
        "wave": wave,
        "earlier": earlier,
        "field": field,
        "instrument_id": instrument.id,
        "instrument_version": instrument.version,
        **state,
        "counts": pack_pairs(found),
    }
    with suppress(StoreError), store.write() as connection:
        connection.execute(delete(StoredPairs).where(*key))
        connection.execute(insert(StoredPairs), [kept])
    return found


def _count(
    store: Store, survey_id: str, instrument: Instrument, wave: str, earlier: str, field: str
) -> Mapping[str, Pairs]:
    then, now = (
        read_dataset(store, survey_id, instrument, [one], customers=True) for one in (earlier, wave)
    )
    matched = match(then, now)
    return {ALL: pairs(then, now, matched), **pairs_by(then, now, matched, field)}


def _key(
    survey_id: str, instrument: Instrument, wave: str, earlier: str, field: str
) -> Sequence[ColumnElement[bool]]:
    return (
        StoredPairs.survey_id == survey_id,
        StoredPairs.wave == wave,
        StoredPairs.earlier == earlier,
        StoredPairs.field == field,
        StoredPairs.instrument_id == instrument.id,
        StoredPairs.instrument_version == instrument.version,
    )
