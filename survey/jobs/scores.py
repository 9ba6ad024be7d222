"""What are the respondents' own weighted indices, summed by wave and segment?

The importance-weighted index needs a second pass over the answers, with weights that are fixed
before. The sums of each wave are kept as long as its answers and the weights stay what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

import numpy as np
from sqlalchemy import ColumnElement, delete, insert, select

from instruments.model import Instrument
from reports.cells import Grouping, grouped, name_of
from reports.dataset import Dataset
from reports.indicators.weighted_index import IndexItems
from reports.statistics.composite import ScoreSums, importance_weighted
from reports.waves import Scores
from survey.dataset import wave_chunks
from survey.store import Store, StoreError
from survey.store.kept import StoredScores
from survey.store.revisions import revisions


def score_waves(
    store: Store,
    survey_id: str,
    instrument: Instrument,
    waves: Sequence[str],
    by: Grouping,
    weighed: IndexItems,
) -> Scores:
    """The scores of waves by a segment field: as kept, or summed now and then kept.

    By several fields crossed a segment is the label of a cell. Where they cannot be kept they
    are as right, and summed again next time.
    """
    key = _key(survey_id, instrument, name_of(by))
    items = hashlib.sha256(repr(weighed).encode()).hexdigest()
    with store.read() as connection:
        # Read before summing: what is stored in between makes the sums stale, never wrong.
        marked = revisions(connection, survey_id, waves)
        query = select(StoredScores.__table__).where(*key, StoredScores.wave.in_(waves))
        kept = {row.wave: row for row in connection.execute(query)}
    found: dict[tuple[str, str], ScoreSums] = {}
    for wave in waves:
        row = kept.get(wave)
        if row is not None and (row.revision, row.items) == (marked[wave], items):
            sums = row.sums
        else:
            sums = _sum(store, survey_id, instrument, wave, by, weighed)
            stored = {
                "survey_id": survey_id,
                "wave": wave,
                "field": name_of(by),
                "instrument_id": instrument.id,
                "instrument_version": instrument.version,
                "items": items,
                "revision": marked[wave],
                "sums": sums,
            }
            with suppress(StoreError), store.write() as connection:
                connection.execute(delete(StoredScores).where(*key, StoredScores.wave == wave))
                connection.execute(insert(StoredScores), [stored])
        weights = tuple(item.weight for item in weighed.items)
        found |= {(wave, s): ScoreSums(weights, *numbers) for s, numbers in sums.items()}
    return found


def _sum(
    store: Store,
    survey_id: str,
    instrument: Instrument,
    wave: str,
    by: Grouping,
    weighed: IndexItems,
) -> Mapping[str, Sequence[int]]:
    """Segment → n, sum and sum of squares."""
    found: dict[str, ScoreSums] = {}
    for chunk in grouped(wave_chunks(store, survey_id, instrument, wave), by):
        for segment, sums in _of_chunk(chunk, name_of(by), weighed).items():
            found[segment] = found[segment] + sums if segment in found else sums
    return {segment: (sums.n, sums.total, sums.squares) for segment, sums in sorted(found.items())}


def _of_chunk(chunk: Dataset, field: str, weighed: IndexItems) -> Mapping[str, ScoreSums]:
    labels = chunk.segments[field]
    order = np.argsort(labels.codes, kind="stable")
    ends = np.searchsorted(labels.codes[order], np.arange(len(labels.levels) + 1)).tolist()
    codes = np.column_stack([chunk.columns[name] for name in weighed.columns])[order]
    return {
        level: importance_weighted(codes[start:stop], weighed.items)
        for level, (start, stop) in zip(labels.levels, pairwise(ends), strict=True)
    }


def _key(survey_id: str, instrument: Instrument, field: str) -> Sequence[ColumnElement[bool]]:
    return (
        StoredScores.survey_id == survey_id,
        StoredScores.field == field,
        StoredScores.instrument_id == instrument.id,
        StoredScores.instrument_version == instrument.version,
    )
