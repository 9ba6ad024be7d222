"""Who was asked personally? Links that know the customer, and of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from survey.fieldwork.surveys import SurveyRecord
from survey.store import Store
from survey.store.tables import Customer, Invitation

TOKEN_BYTES = 20
"""160 random bits: no one guesses a link, however many are live."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as found by its link: whose it is, and in which language they are served."""

    id: str
    survey_id: str
    customer_id: str
    language: str
    answered: bool


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """One customer's link token; shown once, since only its hash is kept."""

    customer_id: str
    name: str
    email: str
    language: str
    token: str


def hash_of(token: str) -> str:
    """What is kept of a token. It is random and long, so one plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def invite(
    store: Store,
    survey: SurveyRecord,
    *,
    now: datetime,
    customer_ids: Sequence[str] | None = None,
) -> Iterator[PersonalLink]:
    """Make a link for each customer (for all, unless ids are given), in order of id.

    Links are made in chunks, each in one transaction, before they are handed out.
    """
    with store.read() as connection:
        query = select(Customer.id, Customer.name, Customer.email, Customer.language)
        rows = connection.execute(query.order_by(Customer.id)).all()
    wanted = None if customer_ids is None else frozenset(customer_ids)
    chosen = [row for row in rows if wanted is None or row.id in wanted]
    for start in range(0, len(chosen), CHUNK):
        links = [
            PersonalLink(row.id, row.name, row.email, row.language, new_token())
            for row in chosen[start : start + CHUNK]
        ]
        with store.write() as connection:
            connection.execute(
                insert(Invitation),
                [
                    {
                        "id": secrets.token_hex(16),
                        "survey_id": survey.id,
                        "customer_id": link.customer_id,
                        "token_hash": hash_of(link.token),
                        "created_at": now,
                        "answered_at": None,
                    }
                    for link in links
                ],
            )
        yield from links


def new_token() -> str:
    """A new random token, in letters that survive mail, paper and a telephone."""
    return secrets.token_hex(TOKEN_BYTES)


def find_invitation(store: Store, token: str) -> Invited | None:
    """The invitation of a link; None where no such link was ever given."""
    with store.read() as connection:
        row = connection.execute(
            select(
                Invitation.id,
                Invitation.survey_id,
                Invitation.customer_id,
                Invitation.answered_at,
                Customer.language,
            )
            .join(Customer, Customer.id == Invitation.customer_id)
            .where(Invitation.token_hash == hash_of(token))
        ).one_or_none()
    if row is None:
        return None
    return Invited(
        row.id, row.survey_id, row.customer_id, row.language, row.answered_at is not None
    )


def submission_id_of(invitation_id: str, secret: bytes) -> str:
    """The one submission id of an invitation, so that its link resumes on any device."""
    return hmac.new(secret, f"submission:{invitation_id}".encode(), hashlib.sha256).hexdigest()[:32]
