"""Has anything been stored, corrected or erased since it was last looked at?

Every transaction that changes responses leaves a fresh random mark at each wave it touches. All
marks of a wave together are its revision: cheap to read, and never the same again, not even
after a backup was put back. A wave has a few marks side by side, so that answers that come in
at once do not wait for one row; which of them one writes says nothing about the answer.

The company's books are marked likewise, month by month: purchases by their day, the complaint log
by each day of a case that came or changed, since whoever looks at the log as it stood at the end of
a month asks for nothing later.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.store.kept import BookMark, WaveMark

LANES = 8
"""Marks a wave has side by side."""


class Marked(StrEnum):
    """The books whose months are marked."""

    PURCHASES = "purchases"
    CASES = "cases"


Month = tuple[str, str]
"""A book, and the name of one of its months."""


def mark_waves(connection: Connection, waves: Iterable[tuple[str, str]]) -> None:
    """Note, in the transaction that changes them, that these (survey id, wave) were changed.

    To be called last, and once a transaction: what is marked stays locked until it ends.
    """
    lane = secrets.randbelow(LANES)
    rows = [
        {"survey_id": survey, "wave": wave, "lane": lane, "mark": secrets.token_hex(16)}
        for survey, wave in sorted(set(waves))
    ]
    _put(connection, WaveMark, ("survey_id", "wave", "lane"), rows)


def mark_months(connection: Connection, book: Marked, days: Iterable[date]) -> None:
    """Note, in the transaction that changes them, that entries of these days were changed.

    To be called last, and once a transaction, as :func:`mark_waves`. A case that was closed, or is
    not closed any more, is changed on that day; one that is somebody else's on the day it was
    opened.
    """
    rows = [
        {"book": book.value, "month": month, "mark": secrets.token_hex(16)}
        for month in sorted({f"{day:%Y-%m}" for day in days})
    ]
    _put(connection, BookMark, ("book", "month"), rows)


def _put(
    connection: Connection,
    table: type[WaveMark | BookMark],
    key: Sequence[str],
    rows: Sequence[Mapping[str, object]],
) -> None:
    if not rows:
        return
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = made(table)
    connection.execute(
        statement.on_conflict_do_update(index_elements=key, set_={"mark": statement.excluded.mark}),
        rows,
    )


def book_marks(connection: Connection) -> Mapping[Month, str]:
    """The mark of every month of the books that has been changed since there are marks."""
    query = select(BookMark.book, BookMark.month, BookMark.mark)
    return {(book, month): mark for book, month, mark in connection.execute(query)}


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
    return {wave: revision_by(found) for wave, found in marks.items()}


def revision_by(marks: Iterable[str]) -> str:
    """The revision of what carries these marks, in that order."""
    return hashlib.sha256(" ".join(marks).encode()).hexdigest()[:32]
