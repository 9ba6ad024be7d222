"""Which complaints does the log hold of a period, as it stood at its end? Counted in the database.

What happened to a case after that day was not known then: an answer or a closing of a later day is
none. So what is counted of the past stays as it is while its cases are closed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, Text, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from reports.records import Counts, Stamp
from reports.statistics.handling import Handled
from survey.jobs.buyers import stamp_of
from survey.jobs.kept_books import Asked, Part
from survey.store.tables import ComplaintCase


def count_cases(
    connection: Connection, fields: tuple[str, ...], part: Asked
) -> Iterator[tuple[Stamp, Counts]]:
    """What the log says of a part."""
    as_of = part.as_of
    opened = ComplaintCase.opened.between(part.days.first, as_of)
    if part.part is Part.RATES:
        segments = cast(ComplaintCase.segments, Text)
        query = select(segments, func.count()).where(opened).group_by(segments)
        for text, n in connection.execute(query):
            yield stamp_of(text, fields), Counts(complaints=n)
        return
    for stamp, found in _handled(connection, fields, as_of, opened).items():
        yield stamp, Counts(cases=found)
    for stamp, about in _about(connection, fields, ComplaintCase.kind, opened):
        yield stamp, Counts(kinds=about)
    for stamp, about in _about(connection, fields, ComplaintCase.attribute, opened):
        yield stamp, Counts(attributes=about)
    still = or_(ComplaintCase.closed.is_(None), ComplaintCase.closed > as_of)
    before = ComplaintCase.opened <= as_of
    for stamp, found in _handled(connection, fields, as_of, before, still).items():
        yield stamp, Counts(open=found)


def _handled(
    connection: Connection,
    fields: tuple[str, ...],
    as_of: dt.date,
    *conditions: ColumnElement[bool],
) -> Mapping[Stamp, Counter[Handled]]:
    """Stamp → its cases as the log stood on that day; alike ones are counted in the database."""
    columns = (
        cast(ComplaintCase.segments, Text).label("stamp"),
        ComplaintCase.opened,
        _until(ComplaintCase.answered, as_of),
        _until(ComplaintCase.closed, as_of),
        ComplaintCase.target_days,
        ComplaintCase.reopened,
    )
    query = select(*columns, func.count()).where(*conditions).group_by(*columns)
    found: dict[Stamp, Counter[Handled]] = {}
    for text, opened, answered, closed, target, reopened, n in connection.execute(query):
        due = None if target is None else opened + dt.timedelta(target)
        again = None if reopened is None else reopened > 0
        cases = found.setdefault(stamp_of(text, fields), Counter())
        cases[Handled(opened, closed, due, again, answered)] += n
    return found


def _about(
    connection: Connection,
    fields: tuple[str, ...],
    column: InstrumentedAttribute[str],
    opened: ColumnElement[bool],
) -> Iterator[tuple[Stamp, Counter[str]]]:
    """Stamp → what its cases are about, where the log notes it."""
    segments = cast(ComplaintCase.segments, Text)
    query = select(segments, column, func.count()).where(opened, column != "")
    for text, about, n in connection.execute(query.group_by(segments, column)):
        yield stamp_of(text, fields), Counter({about: n})


def _until(
    day: InstrumentedAttribute[dt.date | None], as_of: dt.date
) -> ColumnElement[dt.date | None]:
    """The day, where it had come."""
    return case((day <= as_of, day))
