"""Is each row of the file an answer to this questionnaire? Judged before the store is touched.

Every cell goes through the same door as an answer from the browser
(:mod:`instruments.answers`), except that required questions may be blank, as a file cannot
be asked again. What passed waits in a temporary file, so that memory does not grow with the
rows and the transaction that stores them is short.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from instruments.answers import AnswerProblem, Reason, check_answers
from instruments.model import Instrument, Kind, Question
from instruments.problems import shown
from survey.imports.decoding import FileMapping, LabelRule, WrongCode
from survey.imports.problems import Problems
from survey.imports.tables import Row, Table, trim
from survey.imports.waiting import Judged, WaitingRows
from survey.progress import Progress

LABEL_LENGTH = 200
"""Characters of a segment's value."""
STEP = 500
"""Rows that wait together, and between two reports of progress."""

Wrong = Callable[..., None]
"""Told (columns, what is wrong, what would be right) of the row at hand."""


class Judge:
    """Judges every row of a file, and lets the good ones wait."""

    def __init__(
        self,
        survey_id: str,
        instrument: Instrument,
        mapping: FileMapping,
        table: Table,
        batch: str,
    ) -> None:
        self.survey_id = survey_id
        self.instrument = instrument
        self.mapping = mapping
        self.table = table
        self.batch = batch
        self.problems = Problems(table.name)
        self.line_of_id: dict[str, int] = {}

    def judge(self, waiting: WaitingRows, progress: Progress) -> int:
        """The number of rows, all good; raises ImportRefused where one is not."""
        good: list[Judged] = []
        count = 0
        for count, row in enumerate(self.table.rows(self.problems), start=1):
            found = self._row(row)
            if not self.problems.total:
                good.append(found)
            if count % STEP == 0:
                waiting.put(good)
                good = []
                progress(count, 2 * max(count, self.table.about))
        waiting.put(good)
        if not count and not self.problems.total:
            self.problems.add(self.table.header_line, "there are no rows below the header")
        self.problems.raise_if_any()
        return count

    def _row(self, row: Row) -> Judged:
        """What is stored of a row, as far as it is right; what is not goes to the problems."""

        def wrong(columns: str, what: str, instead: str = "") -> None:
            self.problems.add(row.line, f"column {shown(columns, 120)}: {what}", instead)

        mapping = self.mapping
        raw = mapping.read(row.cells, wrong)
        checked = check_answers(self.instrument, raw)
        for problem in checked.problems:
            if problem.reason is not Reason.REQUIRED:
                question = self.instrument.question(problem.question)
                wrong(mapping.columns_of(question.id), *worded(problem, question, raw))
        wave, day = self._when(row, wrong)
        return Judged(
            row.line,
            self._submission_id(row, wrong),
            wave,
            day,
            self._word(mapping.language, row, wrong, self.instrument.languages),
            {rule.name: self._word(rule, row, wrong) for rule in mapping.segments},
            checked.answers,
            checked.comments,
        )

    def _when(self, row: Row, wrong: Wrong) -> tuple[str, date]:
        rule = self.mapping.wave
        try:
            return rule.when(row.cells)
        except WrongCode as error:
            wrong(rule.column, str(error))
            return "", date.min

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
        column = self.table.header[at]
        if not text:
            wrong(column, "the id is empty")
            return ""
        key = hashlib.sha256(f"{self.survey_id}/{text}".encode()).hexdigest()
        line = self.line_of_id.setdefault(key, row.line)
        if line != row.line:
            wrong(column, f"id {shown(text)} is already on line {line}")
        return key


def worded(problem: AnswerProblem, question: Question, raw: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with an answer and what would be right, for who made the file."""
    given = raw.get(question.id)
    told = shown(", ".join(map(str, given)) if isinstance(given, list) else str(given))
    match problem.reason:
        case Reason.TOO_LONG:
            return f"the text is longer than {problem.limit:,} characters", "shorten it"
        case Reason.INVALID_TEXT:
            return "the text holds what no file can hold", "remove it"
        case Reason.DUPLICATE:
            return f"{told} holds the same twice", "keep one"
        case Reason.INCOMPLETE | Reason.TOO_MANY:
            return f"{told} is not {problem.limit} places", "rank from the first place on"
        case _:
            return (
                f"{told} is no code of question {question.id}",
                f"its codes are {codes(question)}",
            )


def codes(question: Question) -> str:
    """The codes of a question in few words.

    >>> from instruments.model import Point, Role, Text
    >>> words = Text({"en": "?"})
    >>> points = tuple(Point(code) for code in (1, 2, 3, 7))
    >>> codes(Question("q", "b", Kind.SCALE, Role.OTHER, words, points=points))
    '1 to 3, 7'
    """
    if question.kind is Kind.RANK:
        return "the ids of the attributes"
    runs: list[list[int]] = []
    for code in sorted(question.codes):
        if runs and code == runs[-1][-1] + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
