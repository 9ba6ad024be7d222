"""What of the books is counted once and kept, and until when does it hold?

Of each period two parts: the rates that are followed from wave to wave, and the details that only
the report of that period tells. Each rests on the months that it looks at; of the log, the details
look at all until the period's end, since a case that was opened long ago may still be open. What
happens afterwards changes neither, so closing an old case leaves what was kept of the past as it
is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from reports.packed_records import pack_counts, unpack_counts
from reports.records import Counts, Stamp, Window
from reports.tally.packing import DamagedTallies
from survey.jobs.buyers import Windows
from survey.store import Store, StoreError
from survey.store.kept import StoredBooks
from survey.store.revisions import Marked, Month, revision_by

FORM = 2
"""Of what is counted and kept: what was kept in an older form is counted again."""

KEY = ("survey_id", "period", "part", "months")
ByStamp = Mapping[Stamp, Counts]


class Part(StrEnum):
    """What of a period is kept together."""

    RATES = "rates"  # who bought and came back, and how many cases were opened
    DETAILS = "details"  # who stayed, the cases themselves, and which are open


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of one period: what is to be counted of it.

    ``months``: within which customers are looked for again. ``logged``: whether the log covers
    the period's ``days``; it is looked at as it stood at the end of ``as_of``.
    """

    period: str
    part: Part
    months: int
    days: Window
    as_of: dt.date
    windows: Windows
    logged: bool

    @property
    def key(self) -> tuple[str, str, int]:
        """What is kept at most once for a survey."""
        return self.period, self.part.value, self.months

    def plan(self, fields: tuple[str, ...]) -> str:
        """The same for what counts the same by the same segment fields, 64 characters."""
        return hashlib.sha256(repr((FORM, self, fields)).encode()).hexdigest()

    def revision(self, marks: Mapping[Month, str]) -> str:
        """That of the months it rests on."""
        bought = {month for window in self.windows.all for month in window.months()}
        return revision_by(
            mark
            for (book, month), mark in sorted(marks.items())
            if (month in bought if book == Marked.PURCHASES else self._looks_at(month))
        )

    def _looks_at(self, month: str) -> bool:
        """Whether what happened to cases in that month is counted."""
        if self.part is Part.DETAILS:
            return month <= f"{self.as_of:%Y-%m}"
        return month in self.days.months()


def kept_books(
    connection: Connection,
    survey_id: str,
    fields: tuple[str, ...],
    wanted: Iterable[Asked],
    marks: Mapping[Month, str],
) -> dict[Asked, ByStamp]:
    """What was kept of the parts ``wanted``, as far as it holds."""
    by_key = {asked.key: asked for asked in wanted}
    periods = {asked.period for asked in by_key.values()}
    query = select(StoredBooks.__table__).where(
        StoredBooks.survey_id == survey_id, StoredBooks.period.in_(periods)
    )
    found: dict[Asked, ByStamp] = {}
    for row in connection.execute(query):
        asked = by_key.get((row.period, row.part, row.months))
        if asked and (row.plan, row.revision) == (asked.plan(fields), asked.revision(marks)):
            with suppress(DamagedTallies):
                found[asked] = unpack_counts(row.counts)
    return found


def keep_books(
    store: Store,
    survey_id: str,
    fields: tuple[str, ...],
    counted: Mapping[Asked, ByStamp],
    marks: Mapping[Month, str],
) -> None:
    """Keep what was counted after these ``marks`` were read; where that fails, nothing is kept."""
    rows = [
        {
            "survey_id": survey_id,
            "period": asked.period,
            "part": asked.part.value,
            "months": asked.months,
            "plan": asked.plan(fields),
            "revision": asked.revision(marks),
            "counts": pack_counts(counts),
        }
        for asked, counts in counted.items()
    ]
    if rows:
        with suppress(StoreError), store.write() as connection:
            for row in rows:
                own = (StoredBooks.__table__.c[name] == row[name] for name in KEY)
                connection.execute(delete(StoredBooks).where(*own))
            connection.execute(insert(StoredBooks), rows)
