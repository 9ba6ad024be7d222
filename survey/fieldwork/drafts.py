"""What was given so far: the answers of earlier pages, kept until the questionnaire is sent.

A draft holds what the person typed, right or wrong, so that going back, switching the
language, a lost connection or a new device loses nothing. It is deleted in the transaction
that stores the submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey.fieldwork.surveys import SurveyRecord
from survey.store import Store
from survey.store.tables import Draft

Raw = Mapping[str, str | list[str]]
"""Field values as posted: question id → what stood in its fields."""


def save_draft(
    store: Store,
    survey: SurveyRecord,
    submission_id: str,
    given: Raw,
    *,
    invitation_id: str | None,
    now: datetime,
    instrument_version: int | None = None,
) -> None:
    """Add what a page posted to the draft; what other pages gave stays.

    A draft keeps the ``instrument_version`` it was begun on: the survey's unless given. In an
    anonymous survey the invitation is not noted.
    """
    new = {
        "survey_id": survey.id,
        "submission_id": submission_id,
        "instrument_version": instrument_version or survey.instrument_version,
        "invitation_id": invitation_id if survey.mode == "confidential" else None,
        "answers": dict(given),
        "updated_at": now,
    }
    try:
        _merge(store, new)
    except IntegrityError:
        # Two first pages at once: the other one made the draft, so now there is one to add to.
        _merge(store, new)


def _merge(store: Store, new: Mapping[str, Any]) -> None:
    here = (
        Draft.survey_id == new["survey_id"],
        Draft.submission_id == new["submission_id"],
    )
    with store.write() as connection:
        known = connection.scalar(select(Draft.answers).where(*here).with_for_update())
        if known is None:
            connection.execute(insert(Draft).values(**new))
            return
        connection.execute(
            update(Draft)
            .where(*here)
            .values(answers={**known, **new["answers"]}, updated_at=new["updated_at"])
        )


def forget_drafts(store: Store, *, before: datetime) -> int:
    """Delete the drafts not touched since that moment; how many there were."""
    with store.write() as connection:
        return connection.execute(delete(Draft).where(Draft.updated_at < before)).rowcount
