"""How does a customer disappear, from every table and from the file itself?

All that is kept of a customer goes in one transaction: what the roster knows, invitations, drafts,
answers and comments, purchases and complaints, the counts they were part of, and the files of
issued reports that show their words. What a report counted when it was issued stays as issued: its
figures stand for as many customers as may be shown. The customer's own answers are not kept without
a name instead: where all others can be told, the only ones that cannot are his.

A database only forgets its bytes when it is told to: see :mod:`survey.store.clearing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Select, delete, func, null, or_, select, update

from reports.redaction import redact
from survey.store.kept import StoredBooks, StoredPairs, StoredScores, StoredTally
from survey.store.ledger import note, person_of
from survey.store.revisions import Marked, mark_months, mark_waves
from survey.store.tables import (
    Comment,
    ComplaintCase,
    Customer,
    Draft,
    EditionFile,
    ImportBatch,
    Invitation,
    Purchase,
    Response,
)

AT_ONCE = 100
"""Customers erased in one transaction."""

Wave = tuple[str, str]
"""A survey, and one of its waves."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept of some customers, or was; ``files``: of issued reports, with their words.

    ``file_names``: imported files that are named after them.
    """

    customers: int = 0
    invitations: int = 0
    drafts: int = 0
    responses: int = 0
    comments: int = 0
    purchases: int = 0
    cases: int = 0
    files: int = 0
    file_names: int = 0

    def __add__(self, other: Self) -> Held:
        """Both together.

        >>> Held(customers=1, comments=2) + Held(customers=1)
        Held(customers=2, invitations=0, drafts=0, responses=0, comments=2, ...)
        """
        both = {part.name: getattr(self, part.name) for part in fields(self)}
        return Held(**{name: count + getattr(other, name) for name, count in both.items()})

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(asdict(self).values())


def held(connection: Connection, customer_ids: Sequence[str]) -> Held:
    """What is kept of these customers; ids that nobody has are passed over."""
    whose = _Whose(customer_ids)
    references = _references(connection, whose)
    return Held(
        customers=_count(connection, Customer, whose.customer),
        invitations=_count(connection, Invitation, whose.invitation),
        drafts=_count(connection, Draft, whose.draft),
        responses=_count(connection, Response, whose.response),
        comments=len(references),
        purchases=_count(connection, Purchase, whose.purchase),
        cases=_count(connection, ComplaintCase, whose.case),
        files=len(_showing(connection, references)),
        file_names=len(_named_after(connection, whose)),
    )


def erase_customers(
    connection: Connection, customer_ids: Sequence[str], *, key: bytes, now: datetime
) -> Held:
    """Delete all that is kept of these customers, and note it in the ledger; what there was.

    To be called as the only thing in a transaction, with at most :data:`AT_ONCE` ids. Afterwards
    the file still holds what was deleted, until :func:`survey.store.clearing.clear`.
    """
    whose = _Whose(customer_ids)
    waves = _waves(connection, whose)
    bought = list(connection.scalars(select(Purchase.day).where(whose.purchase)))
    logged = _days_of_cases(connection, whose)
    references = _references(connection, whose)
    names = _rename(connection, whose)
    drafts = _delete(connection, Draft, whose.draft)
    _delete(connection, Comment, Comment.response_id.in_(whose.responses))
    # Only now: whoever keeps a file in the meantime looks whether its comments are still there.
    files = withdraw(connection, references)
    responses = _delete(connection, Response, whose.response)
    invitations = _delete(connection, Invitation, whose.invitation)
    purchases = _delete(connection, Purchase, whose.purchase)
    cases = _delete(connection, ComplaintCase, whose.case)
    customers = _delete(connection, Customer, whose.customer)
    _forget_counts(connection, waves, books=bool(bought or logged))
    note(connection, (person_of(one, key) for one in customer_ids), now)
    mark_months(connection, Marked.PURCHASES, bought)
    mark_months(connection, Marked.CASES, logged)
    mark_waves(connection, waves)
    return Held(
        customers, invitations, drafts, responses, len(references), purchases, cases, files, names
    )


def withdraw(connection: Connection, comments: Collection[str]) -> int:
    """Forget, of every edition, the files that show any of these comments; how many there were.

    To be called in the transaction that erases the comments, after they are deleted. The files are
    drawn again, without them, when the edition is built or handed out next; nothing else of them
    changes.
    """
    showing = _showing(connection, comments)
    for own in showing:
        gone = {"state": "waiting", "content": None, "digest": None, "comments": null(), "tries": 0}
        connection.execute(update(EditionFile).where(*own).values(gone))
    return len(showing)


def still_kept(connection: Connection, comments: Collection[str]) -> bool:
    """Whether all these comments are there; none of them is erased before the transaction ends."""
    wanted = set(comments)
    if not wanted:
        return True
    responses = {one.partition(".")[0] for one in wanted}
    query = select(Comment.response_id, Comment.question_id).where(
        Comment.response_id.in_(responses)
    )
    rows = connection.execute(query.with_for_update(read=True))
    return wanted <= {f"{row.response_id}.{row.question_id}" for row in rows}


class _Whose:
    """What belongs to some customers, as conditions on the rows of each table."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.customer = Customer.id.in_(ids)
        self.invitation = Invitation.customer_id.in_(ids)
        invitations = select(Invitation.id).where(self.invitation)
        self.response = or_(Response.customer_id.in_(ids), Response.invitation_id.in_(invitations))
        self.responses = select(Response.id).where(self.response)
        self.draft = Draft.invitation_id.in_(invitations)
        self.purchase = Purchase.customer_id.in_(ids)
        self.case = ComplaintCase.customer_id.in_(ids)


def _count(connection: Connection, table: type[Any], where: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(where)) or 0


def _delete(connection: Connection, table: type[Any], where: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(where)).rowcount


def _waves(connection: Connection, whose: _Whose) -> list[Wave]:
    query = select(Response.survey_id, Response.wave).where(whose.response).distinct()
    return [(row.survey_id, row.wave) for row in connection.execute(query)]


def _days_of_cases(connection: Connection, whose: _Whose) -> list[Any]:
    case = ComplaintCase
    query = select(case.opened, case.answered, case.closed).where(whose.case)
    return [day for row in connection.execute(query) for day in row if day is not None]


def _references(connection: Connection, whose: _Whose) -> set[str]:
    query = select(Comment.response_id, Comment.question_id).where(
        Comment.response_id.in_(whose.responses)
    )
    return {f"{row.response_id}.{row.question_id}" for row in connection.execute(query)}


def _showing(
    connection: Connection, comments: Collection[str]
) -> list[Sequence[ColumnElement[bool]]]:
    """The files of editions that show any of these comments: for each, which row it is."""
    if not comments:
        return []
    key = [c for c in EditionFile.__table__.columns if c.primary_key]
    query: Select[Any] = select(*key, EditionFile.comments).where(
        EditionFile.state == "built", EditionFile.comments.is_not(null())
    )
    wanted = set(comments)
    return [
        [column == value for column, value in zip(key, row[:-1], strict=True)]
        for row in connection.execute(query)
        if wanted & set(row[-1] or ())
    ]


def _known(connection: Connection, whose: _Whose) -> list[str]:
    """What the roster knows of them: numbers, names, addresses, telephones."""
    query = select(Customer.id, Customer.name, Customer.email, Customer.phone)
    return [part for row in connection.execute(query.where(whose.customer)) for part in row if part]


def _named_after(connection: Connection, whose: _Whose) -> list[tuple[str, str]]:
    """Imported files that are named after a customer, by id, and their names without."""
    known = _known(connection, whose)
    found = []
    for one, name in connection.execute(select(ImportBatch.id, ImportBatch.file_name)):
        folded = name.casefold()
        named = [part for part in known if len(part) > 1 and part.casefold() in folded]
        if named and (clean := redact(name, named)) != redact(name):
            found.append((one, clean))
    return found


def _rename(connection: Connection, whose: _Whose) -> int:
    renamed = _named_after(connection, whose)
    for one, name in renamed:
        own = ImportBatch.id == one
        connection.execute(update(ImportBatch).where(own).values(file_name=name))
    return len(renamed)


def _forget_counts(connection: Connection, waves: Iterable[Wave], *, books: bool) -> None:
    """Drop what was counted of these waves, and of the books; it is counted anew when needed."""
    for survey, wave in waves:
        for table in (StoredTally, StoredScores):
            own = (table.survey_id == survey, table.wave == wave)
            connection.execute(delete(table).where(*own))
        either = or_(StoredPairs.wave == wave, StoredPairs.earlier == wave)
        connection.execute(delete(StoredPairs).where(StoredPairs.survey_id == survey, either))
    if books:
        connection.execute(delete(StoredBooks))
