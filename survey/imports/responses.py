"""How do answers that were gathered elsewhere come in? Judged whole, then stored whole.

A file is taken in one transaction or not at all, and never twice for the same survey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from instruments.yaml_reader import BYTES_MAX
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyRecord, find_survey, instrument_of
from survey.imports.batches import batch_of, claim_file, refuse_known_file
from survey.imports.judging import Judge
from survey.imports.mapping import read_mapping
from survey.imports.problems import Problems
from survey.imports.tables import read_table
from survey.imports.waiting import Judged, waiting_rows
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import Response

KIND = "responses"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was taken in: ``rows`` responses as ``batch``.

    ``encoding`` says how the file was read, ``also`` which other encoding its bytes fit.
    """

    rows: int
    batch: str
    encoding: str
    also: str


def import_responses(
    store: Store,
    survey_id: str,
    path: Path,
    mapping_path: Path,
    *,
    now: datetime,
    encoding: str | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Take in all answers of a file (CSV or XLSX), or none.

    Raises :class:`survey.imports.problems.ImportRefused` with every problem of the mapping, or
    of the file, :class:`survey.imports.batches.AlreadyImported`, and
    :class:`survey.fieldwork.surveys.NoSuchSurvey`. Whatever is raised, nothing was stored.
    """
    survey = find_survey(store, survey_id)
    batch = batch_of(path, KIND, survey.id)
    refuse_known_file(store, batch)
    table = read_table(path, encoding=encoding)
    instrument = instrument_of(store, survey)
    with mapping_path.open("rb") as file:  # no more than tells that it is too large
        source = file.read(BYTES_MAX + 1)
    mapping = read_mapping(
        source,
        mapping_path.name,
        instrument,
        table.header,
        fields=survey.segment_fields,
        anonymous=survey.mode == "anonymous",
    )
    with waiting_rows() as waiting:
        rows = Judge(survey.id, instrument, mapping, table, batch.id).judge(waiting, progress)
        with store.write() as connection:
            agreed = mapping.quoting_agreed
            claim_file(connection, batch, rows, now, quoting_agreed=agreed)
            problems = Problems(table.name)
            done = 0
            for chunk in waiting.chunks():
                if mapping.id_at is not None:
                    _refuse_known(connection, survey, chunk, problems)
                if not problems.total:
                    store_responses(connection, [_response(row, survey, batch.id) for row in chunk])
                done += len(chunk)
                progress(rows + done, 2 * rows)
            problems.raise_if_any()
    return ImportResult(rows, batch.id, table.encoding, table.also)


def _refuse_known(
    connection: Connection, survey: SurveyRecord, chunk: Sequence[Judged], problems: Problems
) -> None:
    """Note the rows whose respondents came in another file before."""
    known = set(
        connection.scalars(
            select(Response.submission_id)
            .where(Response.survey_id == survey.id)
            .where(Response.submission_id.in_([row.submission_id for row in chunk]))
        )
    )
    for row in chunk:
        if row.submission_id in known:
            problems.add(row.line, "this id came in another file before")


def _response(row: Judged, survey: SurveyRecord, batch: str) -> NewResponse:
    return NewResponse(
        survey_id=survey.id,
        submission_id=row.submission_id,
        instrument_version=survey.instrument_version,
        wave=row.wave,
        day=row.day,
        language=row.language,
        channel="import",
        answers=row.answers,
        comments=row.comments,
        segments=row.segments,
        import_id=batch,
    )
