"""Which answers does a survey hold? Stored responses become columns, chunk by chunk.

The stored JSON is the truth. Rows are streamed, never gathered, so that reading needs the same
memory for a hundred answers and for ten million.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from instruments.model import Instrument
from reports.dataset import Dataset, Labels
from survey.dataset.decoding import Decoder
from survey.errors import SurveyError
from survey.store import Store
from survey.store.tables import Response, Survey

CHUNK = 1000
"""Rows fetched and decoded at once: so few that they stay in the processor's cache."""

_decode = json.JSONDecoder().raw_decode


class NoAnswers(SurveyError):
    """Asked for the days of a wave that nobody answered in."""

    def __init__(self, survey_id: str, wave: str) -> None:
        super().__init__(f"survey {survey_id} has no answers in wave {wave}")


def read_dataset(
    store: Store,
    survey_id: str,
    instrument: Instrument,
    waves: Sequence[str] | None = None,
    *,
    customers: bool = False,
) -> Dataset:
    """All answers of a survey, or those of some waves, as columns of ``instrument``.

    Answers to other versions of the instrument are read by question id; what the instrument
    does not ask is left out, what an older version did not ask is *no answer*. Rows come wave
    by wave, in the order of their random keys, which says nothing about who answered when. A
    survey that is not there holds no answers.

    With ``customers``, rows carry who answered, in the order answered (an anonymous survey does
    not know either: it stays as without).
    """
    with store.read() as connection:
        fields = segment_fields(connection, survey_id)
        named = customers and _is_confidential(connection, survey_id)
        if waves is None:
            waves = _waves(connection, survey_id)
        parts = [_dataset(Decoder(instrument), "", fields, [], named=named)]
        for wave in sorted(set(waves)):
            parts += stored_chunks(connection, survey_id, instrument, wave, fields, named=named)
    return Dataset.joined(parts)


def stored_chunks(
    connection: Connection,
    survey_id: str,
    instrument: Instrument,
    wave: str,
    fields: Sequence[str],
    *,
    named: bool = False,
) -> Iterator[Dataset]:
    """The answers of one wave, a thousand at a time; see :func:`read_dataset`."""
    # Cast to text, JSON is decoded here: an answer on its way into columns, segments once a kind.
    query: Select[*tuple[Any, ...]] = select(
        cast(Response.answers, Text), cast(Response.segments, Text)
    ).where(*chosen(survey_id, [wave]))
    if named:
        query = query.add_columns(Response.customer_id)
        query = query.order_by(Response.day, Response.submitted_at)
    query = query.order_by(Response.id)
    rows = connection.execute(query, execution_options={"yield_per": CHUNK})
    decoder = Decoder(instrument)
    for chunk in rows.partitions():
        yield _dataset(decoder, wave, fields, chunk, named=named)


def waves_with_answers(store: Store, survey_id: str) -> tuple[str, ...]:
    """The waves of a survey that hold answers, oldest first."""
    with store.read() as connection:
        return _waves(connection, survey_id)


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


def segment_fields(connection: Connection, survey_id: str) -> list[str]:
    """The segment fields stamped on a survey's answers; none where there is no such survey."""
    query = select(Survey.segment_fields).where(Survey.id == survey_id)
    return connection.execute(query).scalar_one_or_none() or []


def _is_confidential(connection: Connection, survey_id: str) -> bool:
    return connection.scalar(select(Survey.mode).where(Survey.id == survey_id)) == "confidential"


def _waves(connection: Connection, survey_id: str) -> tuple[str, ...]:
    # From one wave to the next by the index: a survey has few waves and may have many answers.
    found: list[str] = []
    query = select(func.min(Response.wave)).where(Response.survey_id == survey_id)
    while (wave := connection.scalar(query.where(Response.wave > "".join(found[-1:])))) is not None:
        found.append(wave)
    return tuple(found)


def _dataset(
    decoder: Decoder,
    wave: str,
    fields: Sequence[str],
    rows: Sequence[Any],
    *,
    named: bool,
) -> Dataset:
    answers = (_decode(row[0])[0] for row in rows)
    stamped = [_segments(row[1]) for row in rows]
    return Dataset(
        decoder.instrument,
        len(rows),
        Labels((wave,) if rows else (), np.zeros(len(rows), np.int32)),
        MappingProxyType({f: Labels.of([s.get(f, "") for s in stamped]) for f in fields}),
        MappingProxyType(decoder.columns(answers)),
        Labels.of([row[2] or "" for row in rows]) if named else None,
    )


@lru_cache(maxsize=4096)
def _segments(text: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(text)
    return found
