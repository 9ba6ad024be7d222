"""How do answers that were gathered elsewhere come in? Judged whole, then stored whole.

The file is judged before the store is touched: every cell goes through the same door as an
answer from the browser (:mod:`instruments.answers`), except that required questions may be
blank, as a file cannot be asked again. What passed waits in a temporary file, so that the
one transaction that stores it is short and memory does not grow with the file.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from instruments.answers import AnswerProblem, check_answers
from instruments.model import Instrument, Kind
from survey.errors import SurveyError
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyRecord, find_survey, instrument_of
from survey.imports.decoding import FileMapping, LabelRule, WrongCode
from survey.imports.encodings import digest_of
from survey.imports.mapping import read_mapping
from survey.imports.problems import Problems, shown
from survey.imports.tables import Row, Table, read_table, trim
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import ImportBatch, Response

KIND = "responses"
CHUNK = 500
"""Rows stored at a time, and ids looked up at a time: a bounded number of SQL variables."""
LABEL_LENGTH = 200
"""Characters of a segment's value."""

Wrong = Callable[..., None]
"""Told (columns, what is wrong, what would be right) of the row at hand."""


class AlreadyImported(SurveyError):
    """The same file was taken for the same survey before."""

    def __init__(self, file: str, survey_id: str) -> None:
        super().__init__(
            f"{shown(file, 200)} was imported into survey {survey_id} before; "
            "the same file is not taken twice"
        )


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
    of the file, :class:`AlreadyImported`, and
    :class:`survey.fieldwork.surveys.NoSuchSurvey`. Whatever is raised, nothing was stored.
    """
    survey = find_survey(store, survey_id)
    digest = digest_of(path)
    batch = hashlib.sha256(f"{survey.id}/{digest}".encode()).hexdigest()[:32]
    with store.read() as connection:
        if connection.scalar(select(ImportBatch.id).where(ImportBatch.id == batch)) is not None:
            raise AlreadyImported(path.name, survey.id)
    table = read_table(path, encoding=encoding)
    instrument = instrument_of(store, survey)
    mapping = read_mapping(
        mapping_path.read_bytes(),
        mapping_path.name,
        instrument,
        table.header,
        fields=survey.segment_fields,
        anonymous=survey.mode == "anonymous",
    )
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        judge = _Judge(survey, instrument, mapping, table.header, batch, Problems(table.name))
        rows = judge.judge(table, waiting, progress)
        with store.write() as connection:
            _claim(connection, survey, path.name, digest, batch, rows, now)
            waiting.seek(0)
            _store(
                connection,
                survey,
                batch,
                waiting,
                Problems(table.name),
                lambda done: progress(rows + done, 2 * rows),
            )
    return ImportResult(rows, batch, table.encoding, table.also)


class _Judge:
    """Judges every row of a file, and writes the good ones to a waiting file."""

    def __init__(
        self,
        survey: SurveyRecord,
        instrument: Instrument,
        mapping: FileMapping,
        header: Sequence[str],
        batch: str,
        problems: Problems,
    ) -> None:
        self.survey = survey
        self.instrument = instrument
        self.mapping = mapping
        self.header = header
        self.batch = batch
        self.problems = problems
        self.line_of_id: dict[str, int] = {}

    def judge(self, table: Table, waiting: IO[str], progress: Progress) -> int:
        """The number of rows, all good; raises ImportRefused where one is not."""
        count = 0
        for count, row in enumerate(table.rows(self.problems), start=1):
            before = self.problems.total
            found = self._row(row)
            if self.problems.total == before:
                waiting.write(json.dumps(found, ensure_ascii=False) + "\n")
            if count % CHUNK == 0:
                progress(count, 2 * max(count, table.about))
        if not count and not self.problems.total:
            self.problems.add(table.header_line, "there are no rows below the header")
        self.problems.raise_if_any()
        return count

    def _row(self, row: Row) -> dict[str, Any]:
        """What is stored of a row, as far as it is right; what is not goes to the problems."""

        def wrong(columns: str, what: str, instead: str = "") -> None:
            self.problems.add(row.line, f"column {shown(columns, 120)}: {what}", instead)

        mapping = self.mapping
        raw = mapping.read(row.cells, wrong)
        checked = check_answers(self.instrument, raw)
        for problem in checked.problems:
            if problem.reason != "required":
                columns = mapping.columns_of(problem.question)
                wrong(columns, *self._worded(problem, raw.get(problem.question)))
        wave, day = self._when(row, wrong)
        return {
            "line": row.line,
            "id": self._submission_id(row, wrong),
            "wave": wave,
            "day": day,
            "language": self._word(mapping.language, row, wrong, self.instrument.languages),
            "segments": {rule.name: self._word(rule, row, wrong) for rule in mapping.segments},
            "answers": dict(checked.answers),
            "comments": dict(checked.comments),
        }

    def _when(self, row: Row, wrong: Wrong) -> tuple[str, str]:
        rule = self.mapping.wave
        try:
            wave, day = rule.when(row.cells)
        except WrongCode as error:
            wrong(rule.column, str(error))
            return "", ""
        return wave, day.isoformat()

    def _word(
        self, rule: LabelRule, row: Row, wrong: Wrong, allowed: Sequence[str] | None = None
    ) -> str:
        try:
            word = rule.word(row.cells)
        except WrongCode as error:
            wrong(rule.column, str(error))
            return ""
        if len(word) > LABEL_LENGTH:
            wrong(rule.column, f"{rule.name} is longer than {LABEL_LENGTH} characters")
        if allowed is not None and word not in allowed:
            wrong(rule.column, f"{shown(word)} is none of {', '.join(allowed)}")
        return word

    def _submission_id(self, row: Row, wrong: Wrong) -> str:
        """By the respondent's own id, of which only a hash is kept, or by the line."""
        at = self.mapping.id_at
        if at is None:
            return f"{self.batch}-{row.line}"
        text = trim(row.cells[at])
        column = self.header[at]
        if not text:
            wrong(column, "the id is empty")
            return ""
        key = hashlib.sha256(f"{self.survey.id}/{text}".encode()).hexdigest()
        line = self.line_of_id.setdefault(key, row.line)
        if line != row.line:
            wrong(column, f"id {shown(text)} is already on line {line}")
        return key


def _claim(
    connection: Connection,
    survey: SurveyRecord,
    file_name: str,
    digest: str,
    batch: str,
    rows: int,
    now: datetime,
) -> None:
    try:
        connection.execute(
            insert(ImportBatch).values(
                id=batch,
                kind=KIND,
                survey_id=survey.id,
                file_name=file_name[:255],
                file_hash=digest,
                rows=rows,
                imported_at=now,
            )
        )
    except IntegrityError:
        raise AlreadyImported(file_name, survey.id) from None


def _store(
    connection: Connection,
    survey: SurveyRecord,
    batch: str,
    waiting: IO[str],
    problems: Problems,
    progress: Callable[[int], None],
) -> None:
    """Store the waiting rows; raises ImportRefused where an id came in another file before."""
    done = 0
    while chunk := [json.loads(line) for line in islice(waiting, CHUNK)]:
        known = set(
            connection.scalars(
                select(Response.submission_id).where(
                    Response.survey_id == survey.id,
                    Response.submission_id.in_([row["id"] for row in chunk]),
                )
            )
        )
        for row in chunk:
            if row["id"] in known:
                problems.add(row["line"], "this id came in another file before")
        if not problems.total:
            store_responses(connection, (_response(row, survey, batch) for row in chunk))
        done += len(chunk)
        progress(done)
    problems.raise_if_any()


def _response(row: dict[str, Any], survey: SurveyRecord, batch: str) -> NewResponse:
    return NewResponse(
        survey_id=survey.id,
        submission_id=row["id"],
        instrument_version=survey.instrument_version,
        wave=row["wave"],
        day=date.fromisoformat(row["day"]),
        language=row["language"],
        channel="import",
        answers=row["answers"],
        comments=row["comments"],
        segments=row["segments"],
        import_id=batch,
    )
