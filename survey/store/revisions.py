"""Has anything been stored, corrected or erased in a wave since it was last looked at?

Every transaction that changes responses leaves a fresh random mark at each wave it touches. All
marks of a wave together are its revision: cheap to read, and never the same again, not even
after a backup was put back. A wave has a few marks side by side, so that answers that come in
at once do not wait for one row; which of them one writes says nothing about the answer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.tables import WaveMark

LANES = 8
"""Marks a wave has side by side."""


def mark_waves(connection: Connection, waves: Iterable[tuple[str, str]]) -> None:
    """Note, in the transaction that changes them, that these (survey id, wave) were changed.

    To be called last, and once a transaction: what is marked stays locked until it ends.
    """
    lane = secrets.randbelow(LANES)
    rows = [
        {"survey_id": survey, "wave": wave, "lane": lane, "mark": secrets.token_hex(16)}
        for survey, wave in sorted(set(waves))
    ]
    if not rows:
        return
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = made(WaveMark)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["survey_id", "wave", "lane"], set_={"mark": statement.excluded.mark}
        ),
        rows,
    )


def revision_of(connection: Connection, survey_id: str, wave: str) -> str:
    """The revision of one wave; see :func:`revisions`."""
    return revisions(connection, survey_id, [wave])[wave]


def revisions(connection: Connection, survey_id: str, waves: Sequence[str]) -> Mapping[str, str]:
    """Wave → its revision; a wave without answers, or from before there were marks, has one too."""
    query = (
        select(WaveMark.wave, WaveMark.mark)
        .where(WaveMark.survey_id == survey_id, WaveMark.wave.in_(waves))
        .order_by(WaveMark.wave, WaveMark.lane)
    )
    marks: dict[str, list[str]] = {wave: [] for wave in waves}
    for wave, mark in connection.execute(query):
        marks[wave].append(mark)
    return {wave: _revision(found) for wave, found in marks.items()}


def _revision(marks: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(marks).encode()).hexdigest()[:32]
