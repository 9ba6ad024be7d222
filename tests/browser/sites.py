"""A running installation with one open survey, as the browser tests see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from instruments.model import Instrument
from survey.fieldwork.invitations import invite
from survey.fieldwork.surveys import SurveyRecord
from survey.store import Store
from survey.store.tables import Comment, Response


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation with one open survey."""

    address: str
    store: Store
    survey: SurveyRecord
    instrument: Instrument

    @property
    def open_link(self) -> str:
        """The link that anybody may answer by."""
        return f"{self.address}/o/{self.survey.id}"

    def personal_link(self) -> str:
        """A new link of Dave's own."""
        now = datetime.now(UTC)
        (link,) = invite(self.store, self.survey, now=now, customer_ids=["C1"])
        return f"{self.address}/s/{link.token}"

    def stored(self) -> list[tuple[dict[str, Any], dict[str, str], str]]:
        """Answers, comments and language of all responses."""
        with self.store.read() as connection:
            rows = connection.execute(
                select(Response.id, Response.answers, Response.language)
            ).all()
            comments = connection.execute(select(*Comment.__table__.columns)).all()
        return [
            (
                row.answers,
                {c.question_id: c.body for c in comments if c.response_id == row.id},
                row.language,
            )
            for row in rows
        ]
