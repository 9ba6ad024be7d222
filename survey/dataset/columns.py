"""What has been decoded once need not be decoded again: each wave's answers as a file of columns.

The files lie in ``columns/`` below the data folder, one a survey, wave and questionnaire. Each
says which state of the wave it was made from (:mod:`survey.store.revisions`); after any further
answer, correction or erasure it is stale and made anew when it is next needed. All of them may
be removed at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress

from instruments.model import Instrument
from reports.dataset import Dataset
from survey.dataset.decoding import READING
from survey.dataset.files import Columns, open_columns, write_columns
from survey.dataset.reading import segment_fields, stored_chunks
from survey.store import Store
from survey.store.revisions import revision_of

FOLDER = "columns"


def wave_chunks(
    store: Store, survey_id: str, instrument: Instrument, wave: str
) -> Iterator[Dataset]:
    """The answers of one wave in parts: from its file, which is made where it is not current.

    Rows come in the order of their random keys. Where no file can be written (no room, no
    permission) the answers come from the database.
    """
    columns = None
    with suppress(OSError):
        columns = _columns(store, survey_id, instrument, wave)
    if columns is not None:
        yield from columns.chunks()
        return
    with store.read() as connection:
        fields = segment_fields(connection, survey_id)
        yield from stored_chunks(connection, survey_id, instrument, wave, fields)


def _columns(store: Store, survey_id: str, instrument: Instrument, wave: str) -> Columns | None:
    folder = store.data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with store.read() as connection:
        # The revision is read first: rows written in between make the file stale, never wrong.
        revision = revision_of(connection, survey_id, wave)
        fields = segment_fields(connection, survey_id)
        made_from = _made_from(survey_id, instrument, wave, revision)
        path = folder / f"{_key(survey_id, instrument, wave)}.columns"
        found = open_columns(path, made_from, instrument, wave)
        if found is None:
            chunks = stored_chunks(connection, survey_id, instrument, wave, fields)
            write_columns(path, made_from, instrument, fields, chunks)
            found = open_columns(path, made_from, instrument, wave)
    return found


def _key(survey_id: str, instrument: Instrument, wave: str) -> str:
    named = "\n".join((survey_id, wave, instrument.id, str(instrument.version)))
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _made_from(
    survey_id: str, instrument: Instrument, wave: str, revision: str
) -> Mapping[str, str]:
    asked = hashlib.sha256(instrument.source.encode()).hexdigest()
    return {
        "survey": survey_id,
        "wave": wave,
        "revision": revision,
        "questions": asked,
        "reading": str(READING),
    }
