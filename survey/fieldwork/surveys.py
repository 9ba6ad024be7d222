"""Which surveys are there, and what does each ask? Published questionnaires never change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select

from instruments.model import Instrument
from instruments.open_text import is_blank, is_one_line
from instruments.problems import shown
from instruments.reader import read_instrument
from survey.errors import SurveyError
from survey.fieldwork.waves import zone
from survey.store import Store
from survey.store.tables import InstrumentVersion, Response, Survey

COMPANY_MAX, FIELD_MAX = 200, 64
"""Characters of a company's name, and of the name of a segment field."""

Mode = Literal["confidential", "anonymous"]


class NoSuchSurvey(SurveyError):
    """A survey was named that is not there."""

    def __init__(self, survey_id: str) -> None:
        super().__init__(
            f"there is no survey {shown(survey_id)}; `tellback survey list` names them"
        )


class NoSuchVersion(SurveyError):
    """A version of a questionnaire was named that was never published here."""

    def __init__(self, instrument_id: str, version: int) -> None:
        super().__init__(f"questionnaire {instrument_id} has no version {version} here")


class SurveyExists(SurveyError):
    """A survey of that id is open already."""

    def __init__(self, survey_id: str) -> None:
        super().__init__(f"there is a survey {survey_id} already; choose another id")


class BadSurveyId(SurveyError):
    """A survey id would not fit into a link."""

    def __init__(self, survey_id: str) -> None:
        super().__init__(
            f"{shown(survey_id)} cannot be a survey's id; use lower-case letters, digits, _ and -, "
            "at most 64, beginning with a letter"
        )


class BadName(SurveyError):
    """A company's name, or that of a segment field, does not fit on pages and in tables."""

    def __init__(self, what: str, name: str, most: int) -> None:
        super().__init__(
            f"{shown(name) or 'nothing'} cannot be the name of {what}; write one line of 1 to "
            f"{most} characters"
        )


class FieldTwice(SurveyError):
    """A segment field was named twice."""

    def __init__(self, field: str) -> None:
        super().__init__(f"segment field {shown(field)} is named twice; name it once")


class PublishedVersionChanged(SurveyError):
    """A questionnaire differs from what was published under its id and version."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__(
            f"questionnaire {instrument.id} version {instrument.version} is published and differs; "
            f"a published version never changes: give this one version {instrument.version + 1}"
        )


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What is decided when a survey opens, and holds as long as it lives."""

    id: str
    company: str
    timezone: str = "UTC"
    segment_fields: Sequence[str] = ("tier",)
    mode: Mode = "confidential"
    sample: bool = False


@dataclass(frozen=True, slots=True)
class SurveyRecord:
    """One survey as stored."""

    id: str
    instrument_id: str
    instrument_version: int
    company: str
    timezone: str
    mode: Mode
    state: str
    segment_fields: tuple[str, ...]
    sample: bool


def open_survey(
    store: Store, plan: SurveyPlan, instrument: Instrument, *, now: datetime
) -> SurveyRecord:
    """Publish the instrument version, and put it in the field.

    Raises :class:`BadSurveyId`, :class:`BadName`, :class:`FieldTwice`, :class:`SurveyExists`,
    :class:`PublishedVersionChanged` and :class:`survey.fieldwork.waves.UnknownTimeZone`.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,63}", plan.id):
        raise BadSurveyId(plan.id)
    _check_name("a company", plan.company, COMPANY_MAX)
    for field in plan.segment_fields:
        _check_name("a segment field", field, FIELD_MAX)
        if plan.segment_fields.count(field) > 1:
            raise FieldTwice(field)
    zone(plan.timezone)
    with store.write() as connection:
        put_in_the_field(connection, plan, instrument, now=now)
    return find_survey(store, plan.id)


def _check_name(what: str, name: str, most: int) -> None:
    if is_blank(name) or len(name) > most or not is_one_line(name):
        raise BadName(what, name, most)


def put_in_the_field(
    connection: Connection, plan: SurveyPlan, instrument: Instrument, *, now: datetime
) -> None:
    """Publish and open in the caller's transaction, for a plan that was checked.

    Raises :class:`SurveyExists` and :class:`PublishedVersionChanged`.
    """
    if connection.scalar(select(Survey.id).where(Survey.id == plan.id)) is not None:
        raise SurveyExists(plan.id)
    _publish(connection, instrument, now)
    connection.execute(
        insert(Survey).values(
            id=plan.id,
            instrument_id=instrument.id,
            instrument_version=instrument.version,
            company=plan.company,
            timezone=plan.timezone,
            mode=plan.mode,
            state="open",
            segment_fields=list(plan.segment_fields),
            sample=plan.sample,
            opened_at=now,
        )
    )


def _publish(connection: Connection, instrument: Instrument, now: datetime) -> None:
    known = _source(connection, instrument.id, instrument.version)
    if known is None:
        connection.execute(
            insert(InstrumentVersion).values(
                id=instrument.id,
                version=instrument.version,
                source=instrument.source,
                stored_at=now,
            )
        )
    elif known != instrument.source:
        raise PublishedVersionChanged(instrument)


def _source(connection: Connection, instrument_id: str, version: int) -> str | None:
    """The text of a published questionnaire; None where that version never was."""
    return connection.scalar(
        select(InstrumentVersion.source).where(
            InstrumentVersion.id == instrument_id, InstrumentVersion.version == version
        )
    )


def find_survey(store: Store, survey_id: str) -> SurveyRecord:
    """The survey of that id; :class:`NoSuchSurvey` where there is none."""
    with store.read() as connection:
        row = connection.execute(
            select(*Survey.__table__.columns).where(Survey.id == survey_id)
        ).one_or_none()
    if row is None:
        raise NoSuchSurvey(survey_id)
    return _record(row)


def list_surveys(store: Store) -> list[SurveyRecord]:
    """All surveys, in order of id."""
    with store.read() as connection:
        rows = connection.execute(select(*Survey.__table__.columns).order_by(Survey.id)).all()
    return [_record(row) for row in rows]


def count_answers(store: Store) -> Mapping[str, int]:
    """Survey id → how many answers it holds; a survey without any is absent."""
    answers = func.count().label("answers")
    with store.read() as connection:
        rows = connection.execute(
            select(Response.survey_id, answers).group_by(Response.survey_id)
        ).all()
    return {row.survey_id: row.answers for row in rows}


def _record(row: Row[*tuple[Any, ...]]) -> SurveyRecord:
    return SurveyRecord(
        id=row.id,
        instrument_id=row.instrument_id,
        instrument_version=row.instrument_version,
        company=row.company,
        timezone=row.timezone,
        mode=row.mode,
        state=row.state,
        segment_fields=tuple(row.segment_fields),
        sample=row.sample,
    )


def instrument_of(store: Store, survey: SurveyRecord) -> Instrument:
    """The questionnaire that a survey asks with today."""
    return instrument_version(store, survey.instrument_id, survey.instrument_version)


def instrument_version(store: Store, instrument_id: str, version: int) -> Instrument:
    """One published questionnaire; reading it again is only paid for once.

    Raises :class:`NoSuchVersion`.
    """
    with store.read() as connection:
        source = _source(connection, instrument_id, version)
    if source is None:
        raise NoSuchVersion(instrument_id, version)
    return _read(source, f"{instrument_id}_v{version}.yaml")


@lru_cache(maxsize=64)
def _read(source: str, name: str) -> Instrument:
    return read_instrument(source.encode(), name)
