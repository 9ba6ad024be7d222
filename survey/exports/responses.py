"""What did each respondent answer? A table of single answers, one row a response.

The file is for people who may see single answers: nothing in it is hidden for small
segments, and open texts stand in it as given. It covers the questions of every version of
the instrument that was answered, so nothing vanishes when a question is retired. Codes are
the respondents' own; ``dk``, ``na`` and ``refused`` are answers that are no code, and an
empty cell is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from instruments.model import Column, Instrument, Kind, Question, question_columns
from survey.dataset import chosen
from survey.exports.files import Cell, table_file
from survey.fieldwork.surveys import SurveyRecord, find_survey, instrument_version
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import Comment, Response

CHUNK = 2000
FIXED = ("response.id", "response.wave", "response.day", "response.language", "response.channel")
"""The first columns; then ``segment.<field>``, then a column or more a question."""

READ = ("id", "wave", "day", "language", "channel", "segments", "answers")
_LISTED = frozenset({Kind.MULTIPLE, Kind.RANK})


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of the file: a coded column of a question, or its open text."""

    name: str
    question: Question
    column: Column | None

    def cell(self, answer: Any, text: str, labels: Mapping[int, str]) -> Cell:
        """What stands in this column for one response; ``""`` where there is no answer.

        An answer given in another form, to a version that asked otherwise, stands in the
        columns of that version.
        """
        if self.column is None:
            return text
        if answer is None or isinstance(answer, str):
            return answer or ""
        if isinstance(answer, list) is not (self.question.kind in _LISTED):
            return ""
        if self.question.kind is Kind.MULTIPLE:
            return int(self.column.option in answer)
        if self.question.kind is Kind.RANK:
            attribute = self.column.attribute
            return answer.index(attribute) + 1 if attribute in answer else 0
        return labels.get(answer) or int(answer)


def export_responses(
    store: Store,
    survey_id: str,
    path: Path,
    *,
    labels: bool = False,
    language: str = "",
    raw: bool = False,
    waves: Sequence[str] | None = None,
    progress: Progress = silent,
) -> int:
    """Write the responses of a survey to ``path`` (``.csv`` or ``.xlsx``); gives their number.

    ``labels`` writes the words of scale points and options, in ``language`` (the instrument's
    first one unless given), instead of codes. ``raw`` leaves CSV cells that begin like a
    formula unguarded, for statistics programs. The file appears whole or not at all. Raises
    :class:`survey.fieldwork.surveys.NoSuchSurvey`, :class:`survey.exports.files.UnknownFormat` and
    :class:`survey.exports.files.SheetFull`.
    """
    survey = find_survey(store, survey_id)
    asked = asked_columns(_instruments(store, survey))
    words = {a.name: _labels(a.question, language) if labels else {} for a in asked}
    fields = survey.segment_fields
    with store.read() as connection, table_file(path, raw=raw) as write_row:
        total = connection.execute(
            select(func.count()).select_from(Response).where(*chosen(survey_id, waves))
        ).scalar_one()
        write_row([*FIXED, *(f"segment.{field}" for field in fields), *(a.name for a in asked)])
        done = 0
        for row, texts in _with_comments(connection, survey_id, waves):
            write_row(
                [
                    *(row.id, row.wave, row.day.isoformat(), row.language, row.channel),
                    *(row.segments.get(field, "") for field in fields),
                    *(
                        a.cell(row.answers.get(a.question.id), texts.get(a.name, ""), words[a.name])
                        for a in asked
                    ),
                ]
            )
            done += 1
            if done % CHUNK == 0:
                progress(done, total)
    return done


def asked_columns(instruments: Sequence[Instrument]) -> tuple[Asked, ...]:
    """The columns of all versions, each once: the first version's in order, then the others'."""
    found: dict[str, Asked] = {}
    for instrument in instruments:
        for question in instrument.questions:
            if question.kind is Kind.TEXT:
                found.setdefault(question.id, Asked(question.id, question, None))
            for column in question_columns(question, instrument.attributes):
                found.setdefault(column.name, Asked(column.name, question, column))
    return tuple(found.values())


def _instruments(store: Store, survey: SurveyRecord) -> Sequence[Instrument]:
    """Every version that was answered, and the one in the field: the newest first."""
    answered = select(Response.instrument_version).where(Response.survey_id == survey.id).distinct()
    with store.read() as connection:
        versions = {survey.instrument_version, *connection.execute(answered).scalars()}
    return [
        instrument_version(store, survey.instrument_id, version)
        for version in sorted(versions, reverse=True)
    ]


def _labels(question: Question, language: str) -> Mapping[int, str]:
    if question.kind in _LISTED:
        return {}
    return {point.code: point.text.of(language) for point in question.points if point.text}


def _with_comments(
    connection: Connection, survey_id: str, waves: Sequence[str] | None
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Each response with its open texts: two streams in the order of the response's key."""
    stream = {"yield_per": CHUNK}
    which = chosen(survey_id, waves)
    responses = connection.execute(
        select(*(getattr(Response, name) for name in READ)).where(*which).order_by(Response.id),
        execution_options=stream,
    )
    comments = connection.execute(
        select(Comment.response_id, Comment.question_id, Comment.body)
        .join(Response, Response.id == Comment.response_id)
        .where(*which)
        .order_by(Response.id),
        execution_options=stream,
    )
    upcoming = next(comments, None)
    for row in responses:
        texts = {}
        while upcoming is not None and upcoming.response_id == row.id:
            texts[upcoming.question_id] = upcoming.body
            upcoming = next(comments, None)
        yield row, texts
