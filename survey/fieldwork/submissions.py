"""How an answer is taken in: one transaction, then the thank-you page; never lost, never twice.

A page carries a submission id. The first whole submission under an id is stored, in one
transaction with the claim of its invitation; the same again is the same submission, and
other answers under the same id are refused. The constraint is the database's: two parallel
requests cannot both pass.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from instruments.answers import Answer
from survey.fieldwork.anonymity import SMALLEST_GROUP, blur_used_links
from survey.fieldwork.invitations import Invited
from survey.fieldwork.surveys import SurveyRecord
from survey.fieldwork.waves import day_of, wave_of_day
from survey.store import Store, StoreError
from survey.store.revisions import mark_waves
from survey.store.tables import Comment, Customer, Draft, Invitation, Response

CHUNK = 1000


class Outcome(Enum):
    """What became of a submission."""

    STORED = auto()
    ALREADY = auto()  # the same submission came before: all is well
    CONFLICT = auto()  # other answers came before under this id: nothing was changed
    USED = auto()  # the personal link was answered before: nothing was changed


@dataclass(frozen=True, slots=True)
class Submission:
    """One checked questionnaire on its way into the store."""

    id: str
    instrument_version: int
    language: str
    answers: Mapping[str, Answer]
    comments: Mapping[str, str]
    invitation: Invited | None = None


@dataclass(frozen=True, slots=True)
class NewResponse:
    """One response to store, from whatever channel; ids are made where none are given."""

    survey_id: str
    submission_id: str
    instrument_version: int
    wave: str
    day: date
    language: str
    channel: str
    answers: Mapping[str, Answer]
    comments: Mapping[str, str]
    segments: Mapping[str, str] = field(default_factory=dict)
    submitted_at: datetime | None = None
    invitation_id: str | None = None
    customer_id: str | None = None
    import_id: str | None = None


def submit(store: Store, survey: SurveyRecord, submission: Submission, *, now: datetime) -> Outcome:
    """Store a submission; see :class:`Outcome` for what may come of it.

    Raises the errors of :class:`survey.store.Store`; then nothing was stored.
    """
    try:
        with store.write() as connection:
            outcome = _submit(connection, survey, submission, now)
    except IntegrityError:
        # Another request stored this id between our look and our insert.
        with store.read() as connection:
            found = _earlier(connection, survey, submission)
        if found is None:
            raise
        return found
    if outcome is Outcome.STORED and survey.mode == "anonymous" and submission.invitation:
        # The answer is stored, whatever becomes of this; the next submission tries again.
        with suppress(StoreError):
            blur_used_links(store, survey.id)
    return outcome


def _submit(
    connection: Connection, survey: SurveyRecord, submission: Submission, now: datetime
) -> Outcome:
    earlier = _earlier(connection, survey, submission)
    if earlier is not None:
        return earlier
    day = day_of(now, survey.timezone)
    confidential = survey.mode == "confidential"
    segments: Mapping[str, str] = {}
    invited = submission.invitation
    if invited is not None:
        if not _claim(connection, invited, now if confidential else None):
            return Outcome.USED
        segments = segments_of(connection, survey, invited.customer_id)
    response = NewResponse(
        survey_id=survey.id,
        submission_id=submission.id,
        instrument_version=submission.instrument_version,
        wave=wave_of_day(day),
        day=day,
        language=submission.language,
        channel="open" if invited is None else "link",
        answers=submission.answers,
        comments=submission.comments,
        segments=segments,
        submitted_at=now if confidential else None,
        invitation_id=invited.id if invited and confidential else None,
        customer_id=invited.customer_id if invited and confidential else None,
    )
    store_responses(connection, [response])
    connection.execute(
        delete(Draft).where(Draft.survey_id == survey.id, Draft.submission_id == submission.id)
    )
    return Outcome.STORED


def _earlier(
    connection: Connection, survey: SurveyRecord, submission: Submission
) -> Outcome | None:
    known = connection.scalar(
        select(Response.body_hash).where(
            Response.survey_id == survey.id, Response.submission_id == submission.id
        )
    )
    if known is None:
        return None
    same = known == body_hash(submission.answers, submission.comments)
    return Outcome.ALREADY if same else Outcome.CONFLICT


def _claim(connection: Connection, invited: Invited, at: datetime | None) -> bool:
    """Use up an invitation, unless it was used before.

    Without ``at`` it is noted as answered when it was made: an anonymous survey keeps neither
    the time nor the day, which could be laid beside those of the responses.
    """
    claimed = connection.execute(
        update(Invitation)
        .where(Invitation.id == invited.id, Invitation.answered_at.is_(None))
        .values(answered_at=Invitation.created_at if at is None else at)
    )
    return claimed.rowcount == 1


def segments_of(
    connection: Connection, survey: SurveyRecord, customer_id: str
) -> Mapping[str, str]:
    """The survey's segment fields as the customer has them today.

    In an anonymous survey they are kept only where at least :data:`SMALLEST_GROUP` customers
    share the whole combination; a rarer one would be a name. Then none is kept.
    """
    kept = connection.scalar(select(Customer.segments).where(Customer.id == customer_id)) or {}
    found = {name: str(kept[name]) for name in survey.segment_fields if name in kept}
    if survey.mode == "anonymous" and found:
        same = [Customer.segments[name].as_string() == value for name, value in found.items()]
        alike = connection.scalar(select(func.count()).select_from(Customer).where(*same))
        if (alike or 0) < SMALLEST_GROUP:
            return {}
    return found


def body_hash(answers: Mapping[str, Answer], comments: Mapping[str, str]) -> str:
    """Tells a repeated submission from another one under its id; order does not matter."""
    body = json.dumps([answers, comments], sort_keys=True, ensure_ascii=False, default=dict)
    return hashlib.sha256(body.encode()).hexdigest()


def store_responses(connection: Connection, responses: Iterable[NewResponse]) -> int:
    """Insert responses and their comments in the caller's transaction; how many.

    Their waves are marked as changed (:mod:`survey.store.revisions`). Raises IntegrityError
    where a submission id is there already.
    """
    count = 0
    waves: set[tuple[str, str]] = set()
    stream = iter(responses)
    while chunk := list(islice(stream, CHUNK)):
        ids = [secrets.token_hex(16) for _ in chunk]
        connection.execute(
            insert(Response), [_row(key, new) for key, new in zip(ids, chunk, strict=True)]
        )
        comments = [
            {"response_id": key, "question_id": question, "body": body}
            for key, new in zip(ids, chunk, strict=True)
            for question, body in new.comments.items()
        ]
        if comments:
            connection.execute(insert(Comment), comments)
        count += len(chunk)
        waves |= {(new.survey_id, new.wave) for new in chunk}
    mark_waves(connection, waves)
    return count


def _row(key: str, new: NewResponse) -> dict[str, object]:
    return {
        "id": key,
        "survey_id": new.survey_id,
        "submission_id": new.submission_id,
        "body_hash": body_hash(new.answers, new.comments),
        "instrument_version": new.instrument_version,
        "wave": new.wave,
        "day": new.day,
        "submitted_at": new.submitted_at,
        "language": new.language,
        "channel": new.channel,
        "segments": dict(new.segments),
        "answers": dict(new.answers),
        "invitation_id": new.invitation_id,
        "customer_id": new.customer_id,
        "import_id": new.import_id,
    }
