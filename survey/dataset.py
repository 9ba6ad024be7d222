"""Which answers does a survey hold? Stored responses become columns that can be counted.

The stored JSON is the truth; here it is decoded once, chunk by chunk, into one byte an
answer (:class:`reports.dataset.Dataset`). Four kinds of missing are kept apart: a question
that ``show_if`` did not ask is *not applicable*, one that was asked and left blank is *no
answer*. A multiple question with nothing ticked cannot be told from a blank one and counts
as no answer. Who could have answered (:func:`populations`) is read beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, func, insert, select
from sqlalchemy import delete as remove

from instruments.model import Column, Condition, Instrument, Kind, Special, question_columns
from reports.dataset import Codes, Dataset, Labels, Missing
from survey.errors import SurveyError
from survey.store import Store
from survey.store.tables import Customer, Population, Response, Survey

CHUNK = 4000
ALL = "all"
"""The segment that stands for everybody."""

_BLANK = int(Missing.NO_ANSWER)
_NOT_ASKED = int(Missing.NOT_APPLICABLE)
_SPECIAL: Mapping[object, int] = MappingProxyType(
    {
        Special.DONT_KNOW.value: int(Missing.DONT_KNOW),
        Special.NOT_APPLICABLE.value: int(Missing.NOT_APPLICABLE),
        Special.REFUSED.value: int(Missing.REFUSED),
    }
)

Answers = Mapping[str, Any]
Columns = dict[str, Codes]


class NoAnswers(SurveyError):
    """Asked for the days of a wave that nobody answered in."""

    def __init__(self, survey_id: str, wave: str) -> None:
        super().__init__(f"survey {survey_id} has no answers in wave {wave}")


def read_dataset(
    store: Store, survey_id: str, instrument: Instrument, waves: Sequence[str] | None = None
) -> Dataset:
    """All answers of a survey, or those of some waves, as columns of ``instrument``.

    Answers to other versions of the instrument are read by question id; what the instrument
    does not ask is left out, what an older version did not ask is *no answer*. Rows come in
    the order of their random keys, which says nothing about who answered when. A survey that
    is not there holds no answers.
    """
    with store.read() as connection:
        fields = _segment_fields(connection, survey_id)
        query = select(Response.wave, Response.segments, Response.answers)
        parts: list[Columns] = []
        wave_of_row: list[str] = []
        segments: dict[str, list[str]] = {field: [] for field in fields}
        for chunk in _chunks(connection, query.where(*chosen(survey_id, waves))):
            wave_of_row += [row[0] for row in chunk]
            for field, values in segments.items():
                values += [row[1].get(field, "") for row in chunk]
            parts.append(columns_of(instrument, [row[2] for row in chunk]))
    parts = parts or [columns_of(instrument, [])]
    return Dataset(
        instrument,
        len(wave_of_row),
        Labels.of(wave_of_row),
        MappingProxyType({field: Labels.of(values) for field, values in segments.items()}),
        MappingProxyType({name: np.concatenate([p[name] for p in parts]) for name in parts[0]}),
    )


def columns_of(instrument: Instrument, answers: Sequence[Answers]) -> Columns:
    """Answers of n respondents → column name → int8 codes, shape (n,)."""
    filled: Columns = {}
    for question in instrument.questions:
        columns = question_columns(question, instrument.attributes)
        given = [answer.get(question.id) for answer in answers]
        match question.kind:
            case Kind.TEXT:
                continue
            case Kind.MULTIPLE:
                made = _listed({c.option: c.name for c in columns}, given, places=False)
            case Kind.RANK:
                made = _listed({c.attribute: c.name for c in columns}, given, places=True)
            case _:
                made = {question.id: _codes(columns[0], given)}
        if question.show_if is not None:
            unasked = ~_asked(question.show_if, instrument, filled)
            for codes in made.values():
                codes[unasked] = _NOT_ASKED
        filled |= made
    return filled


def populations(store: Store, survey_id: str, field: str) -> Mapping[tuple[str, str], int]:
    """(wave, segment) → customers who could have answered; segment ``"all"`` is everybody."""
    query = select(Population.wave, Population.value, Population.customers).where(
        Population.survey_id == survey_id, Population.field == field
    )
    found: Counter[tuple[str, str]] = Counter()
    with store.read() as connection:
        for wave, value, customers in connection.execute(query):
            found[wave, value] += customers
            found[wave, ALL] += customers
    return MappingProxyType(dict(found))


def record_population(connection: Connection, survey_id: str, wave: str, field: str) -> int:
    """Count the roster as it is now by ``field`` and keep it for that wave; gives everybody.

    Every customer counts once, those without the field under ``""``. What was recorded for
    the same wave and field before is replaced.
    """
    segments = connection.execute(select(Customer.segments)).scalars()
    counted = Counter(str(found.get(field, "")) for found in segments)
    key = {"survey_id": survey_id, "wave": wave, "field": field}
    table = Population.__table__.c
    connection.execute(remove(Population).where(*(table[name] == key[name] for name in key)))
    if counted:
        rows = [{**key, "value": value, "customers": n} for value, n in sorted(counted.items())]
        connection.execute(insert(Population), rows)
    return counted.total()


def waves_with_answers(store: Store, survey_id: str) -> tuple[str, ...]:
    """The waves of a survey that hold answers, oldest first."""
    query = select(Response.wave).where(Response.survey_id == survey_id).distinct()
    with store.read() as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def wave_days(store: Store, survey_id: str, wave: str) -> tuple[date, date]:
    """First and last day on which a wave was answered; raises :class:`NoAnswers`."""
    query = select(func.min(Response.day), func.max(Response.day))
    with store.read() as connection:
        first, last = connection.execute(query.where(*chosen(survey_id, [wave]))).one()
    if first is None:
        raise NoAnswers(survey_id, wave)
    return first, last


def chosen(survey_id: str, waves: Sequence[str] | None) -> Sequence[ColumnElement[bool]]:
    """The conditions for a survey's responses, of some waves or (None) of all."""
    of_survey = Response.survey_id == survey_id
    return (of_survey,) if waves is None else (of_survey, Response.wave.in_(waves))


def _segment_fields(connection: Connection, survey_id: str) -> list[str]:
    query = select(Survey.segment_fields).where(Survey.id == survey_id)
    return connection.execute(query).scalar_one_or_none() or []


def _chunks(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    ordered = query.order_by(Response.id)
    yield from connection.execute(ordered, execution_options={"yield_per": CHUNK}).partitions()


def _codes(column: Column, given: Sequence[object]) -> Codes:
    """Codes of a question with one answer; what its scale does not hold is no answer."""
    known: dict[object, int] = {**_SPECIAL, **{code: code for code in column.codes}}
    # An older version may have asked the same question for several answers.
    codes = [_BLANK if isinstance(value, list) else known.get(value, _BLANK) for value in given]
    return np.array(codes, dtype=np.int8)


def _listed(by_item: Mapping[Any, str], given: Sequence[Any], *, places: bool) -> Columns:
    """One column an item of a list: its place (1 = first) or, for ticks, 1; 0 where not listed.

    Who gave no list has the reason in every column.
    """
    reasons = [_SPECIAL.get(v, _BLANK) if isinstance(v, str) else _BLANK for v in given]
    answered = np.array([isinstance(v, list) and bool(v) for v in given], dtype=bool)
    blank = np.where(answered, 0, np.array(reasons, dtype=np.int8)).astype(np.int8)
    made = {item: blank.copy() for item in by_item}
    for row in np.flatnonzero(answered).tolist():
        for place, item in enumerate(given[row], start=1):
            if item in made:
                made[item][row] = place if places else 1
    return {by_item[item]: codes for item, codes in made.items()}


def _asked(condition: Condition, instrument: Instrument, filled: Columns) -> NDArray[np.bool_]:
    """Who was asked: those whose earlier answer is one of the condition's codes, shape (n,)."""
    earlier = instrument.question(condition.question)
    if earlier.kind is Kind.MULTIPLE:
        ticked = np.array([filled[f"{earlier.id}.{code}"] for code in sorted(condition.codes)])
        some: NDArray[np.bool_] = (ticked == 1).any(axis=0)
        return some
    return np.isin(filled[earlier.id], sorted(condition.codes))
