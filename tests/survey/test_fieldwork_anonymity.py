"""Somebody holds the whole database: of an anonymous survey it must not tell who answered."""

from __future__ import annotations

import random
from datetime import datetime

from sqlalchemy import insert, select, text

from survey.fieldwork.anonymity import SMALLEST_GROUP
from survey.fieldwork.invitations import find_invitation, invite
from survey.fieldwork.submissions import Outcome, Submission, submit
from survey.store import Store
from survey.store.tables import Customer, Invitation, Response
from tests.cast import customer
from tests.survey.web_cases import put_in_the_field

PEOPLE = 100


def answered_anonymously(store: Store, now: datetime) -> dict[str, str]:
    """A hundred people answer by personal links, in random order: submission → customer."""
    survey = put_in_the_field(store, now, mode="anonymous")
    with store.write() as connection:
        connection.execute(
            insert(Customer),
            [
                customer(f"C{number:03}", f"Dave {number}", segments={"tier": "D"})
                for number in range(PEOPLE)
            ],
        )
    links = list(invite(store, survey, now=now))
    random.Random(7).shuffle(links)
    said: dict[str, str] = {}
    for link in links:
        key = f"s-{link.customer_id}"[::-1]
        submission = Submission(
            key, 1, "en", {"overall": 3}, {}, find_invitation(store, link.token)
        )
        assert submit(store, survey, submission, now=now) is Outcome.STORED
        said[key] = link.customer_id
    return said


def test_rows_do_not_pair_by_their_writer(store: Store, now: datetime) -> None:
    """PostgreSQL notes who wrote a row: used links are written anew, so it pairs nobody."""
    answered_anonymously(store, now)
    if store.engine.dialect.name != "postgresql":
        with store.read() as connection:
            made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'response'"))
        assert "WITHOUT ROWID" in str(made), "SQLite notes an order in rowids, so there are none"
        return
    with store.read() as connection:
        pairs = connection.execute(
            text("SELECT 1 FROM response r JOIN invitation i ON r.xmin::text = i.xmin::text")
        ).all()
    assert len(pairs) < SMALLEST_GROUP


def test_columns_do_not_pair(store: Store, now: datetime) -> None:
    """Nothing that the two tables hold is the same on a response and on its invitation."""
    answered_anonymously(store, now)
    with store.read() as connection:
        responses = connection.execute(select(*Response.__table__.columns)).all()
        invitations = connection.execute(select(*Invitation.__table__.columns)).all()
    shared = {"pumps", now}
    given = {value for row in invitations for value in row if value not in shared}
    told = {value for row in responses for value in row if isinstance(value, str | datetime)}
    assert given & told == set()
    assert {row.segments["tier"] for row in responses} == {"D"}
