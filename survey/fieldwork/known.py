"""What do we know of a submission already? A draft's answers, or those that were stored.

Stored answers are given back in the form's own words, so that a repeated last page can be
laid over them and judged like the first: the same again changes nothing, anything else shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from instruments.answers import Answer
from survey.fieldwork.drafts import Raw
from survey.fieldwork.surveys import SurveyRecord
from survey.store import Store
from survey.store.tables import Comment, Draft, Response


@dataclass(frozen=True, slots=True)
class Known:
    """What stands under a submission id: nothing, a draft, or a submission.

    ``instrument_version`` is the version it was begun on; None where there is nothing.
    """

    raw: Raw
    instrument_version: int | None
    submitted: bool


def known_answers(store: Store, survey: SurveyRecord, submission_id: str) -> Known:
    """Look for a submission first, then for a draft, in one state of the store."""
    with store.read() as connection:
        response = connection.execute(
            select(Response.id, Response.instrument_version, Response.answers).where(
                Response.survey_id == survey.id, Response.submission_id == submission_id
            )
        ).one_or_none()
        if response is not None:
            comments = connection.execute(
                select(Comment.question_id, Comment.body).where(Comment.response_id == response.id)
            )
            raw = as_posted(response.answers) | {row.question_id: row.body for row in comments}
            return Known(raw, response.instrument_version, submitted=True)
        draft = connection.execute(
            select(Draft.instrument_version, Draft.answers).where(
                Draft.survey_id == survey.id, Draft.submission_id == submission_id
            )
        ).one_or_none()
    if draft is None:
        return Known({}, None, submitted=False)
    return Known(draft.answers, draft.instrument_version, submitted=False)


def as_posted(answers: Mapping[str, Answer]) -> dict[str, str | list[str]]:
    """Stored answers in the form's own words: text, or a list of texts.

    >>> as_posted({"overall": 4, "first": ["price", "speed"], "again": "dk"})
    {'overall': '4', 'first': ['price', 'speed'], 'again': 'dk'}
    """
    return {
        question: [str(item) for item in answer] if isinstance(answer, list) else str(answer)
        for question, answer in answers.items()
    }
