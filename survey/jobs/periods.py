"""How often is each segment reported, and who fixed that when?

The reporting periods of a year are fixed before its answers come in, and stay what they are:
chosen after seeing the figures, a period would be chosen for its figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from reports.findings import ALL
from reports.periods import Fieldwork, Length, shortest
from reports.settings import STANDARD
from survey.dataset import populations, waves_with_answers
from survey.errors import SurveyError
from survey.fieldwork.surveys import SurveyRecord, instrument_of
from survey.fieldwork.waves import zone
from survey.jobs.errors import NoSuchField
from survey.jobs.tallies import count_waves
from survey.store import Store
from survey.store.tables import Customer, ReportingPeriod


class PeriodsAreFixed(SurveyError):
    """The reporting periods of a year that has begun were to be fixed again."""

    def __init__(self, survey: str, year: int, field: str) -> None:
        super().__init__(
            f"the reporting periods of survey {survey} by {field} are fixed for {year}, which has "
            "begun; they cannot change before the next year"
        )


class YearHasAnswers(SurveyError):
    """Reporting periods were to be fixed for a year that has answers already."""

    def __init__(self, survey: str, year: int) -> None:
        super().__init__(
            f"survey {survey} has answers of {year} already; reporting periods are fixed before "
            f"the first answer, so choose {year + 1}"
        )


class UnknownResponseRate(SurveyError):
    """Nothing tells how many of those asked will answer."""

    def __init__(self, survey: str) -> None:
        super().__init__(
            f"survey {survey} has no answers from a known number of customers yet; say with "
            "--response-rate what share of those asked will answer, such as 0.3"
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be expected of one segment; no ``length``: no period carries it."""

    segment: str
    expected: Fieldwork
    length: Length | None


def outlook(
    store: Store,
    survey: SurveyRecord,
    *,
    by: str,
    response_rate: float | None = None,
    days_between: float = 0.0,
    smallest_base: int = STANDARD.smallest_base,
) -> tuple[Outlook, ...]:
    """Each segment of the roster with the shortest period in which it can be reported.

    ``response_rate``: of every segment, 0 to 1; None: each segment's own so far, and where it has
    none, that of all. ``days_between``: the fewest days between two questionnaires to one
    customer. ``smallest_base``: answers that a segment needs to be shown. Raises
    :class:`survey.jobs.errors.NoSuchField`, :class:`UnknownResponseRate`.
    """
    if by not in survey.segment_fields:
        raise NoSuchField(survey.id, by, survey.segment_fields)
    with store.read() as connection:
        stamped = connection.execute(select(Customer.segments)).scalars()
        customers = Counter(str(segments.get(by, "")) for segments in stamped)
    rates = {} if response_rate is not None else _rates(store, survey, by)
    if response_rate is None and ALL not in rates:
        raise UnknownResponseRate(survey.id)
    found = []
    for segment, number in sorted(customers.items()):
        rate = rates.get(segment, rates[ALL]) if response_rate is None else response_rate
        expected = Fieldwork(number, rate, days_between)
        found.append(Outlook(segment, expected, shortest(expected, smallest_base)))
    return tuple(found)


def _rates(store: Store, survey: SurveyRecord, by: str) -> Mapping[str, float]:
    """Segment (``all`` too) → the share of its customers who answered, over all waves."""
    known = populations(store, survey.id, by)
    waves = [w for w in waves_with_answers(store, survey.id) if (w, ALL) in known]
    counted = count_waves(store, survey.id, instrument_of(store, survey), waves, by)
    asked, answered = Counter[str](), Counter[str]()
    for (wave, segment), number in known.items():
        if wave in counted:
            tallies = counted[wave].tallies
            own = tallies.values() if segment == ALL else [tallies[segment]] * (segment in tallies)
            asked[segment] += number
            answered[segment] += sum(tally.responses for tally in own)
    return {s: min(answered[s] / number, 1.0) for s, number in asked.items() if number}


def fix_periods(
    store: Store,
    survey: SurveyRecord,
    found: Sequence[Outlook],
    *,
    year: int,
    by: str,
    now: datetime,
) -> None:
    """Keep the periods of ``year``; what was fixed for it before it began is replaced.

    A segment that no period carries gets none. Raises :class:`PeriodsAreFixed`,
    :class:`YearHasAnswers`.
    """
    begun = now.astimezone(zone(survey.timezone)).year >= year
    key = (
        ReportingPeriod.survey_id == survey.id,
        ReportingPeriod.year == year,
        ReportingPeriod.field == by,
    )
    answered = any(w.startswith(f"{year}-") for w in waves_with_answers(store, survey.id))
    rows = [
        {
            "survey_id": survey.id,
            "year": year,
            "field": by,
            "segment": one.segment,
            "length": one.length.value,
            "fixed_at": now,
        }
        for one in found
        if one.length is not None
    ]
    with store.write() as connection:
        if begun and _is_fixed(connection, survey.id, year, by):
            raise PeriodsAreFixed(survey.id, year, by)
        if answered:
            raise YearHasAnswers(survey.id, year)
        connection.execute(delete(ReportingPeriod).where(*key))
        if rows:
            connection.execute(insert(ReportingPeriod), rows)


def _is_fixed(connection: Connection, survey_id: str, year: int, by: str) -> bool:
    query = select(ReportingPeriod.segment).where(
        ReportingPeriod.survey_id == survey_id,
        ReportingPeriod.year == year,
        ReportingPeriod.field == by,
    )
    return connection.scalar(query.limit(1)) is not None


def fixed_periods(store: Store, survey_id: str, by: str) -> Mapping[tuple[str, str], Length]:
    """(year, segment) → the reporting period fixed for it; where there is none, a month."""
    query = select(ReportingPeriod.year, ReportingPeriod.segment, ReportingPeriod.length).where(
        ReportingPeriod.survey_id == survey_id, ReportingPeriod.field == by
    )
    with store.read() as connection:
        return {(f"{y:04d}", s): Length(own) for y, s, own in connection.execute(query)}
