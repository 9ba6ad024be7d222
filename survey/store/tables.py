"""What is kept: the tables of the store, in the field's words.

One row is one thing that happened or was agreed. Answers are JSON as given; open texts
stand in a table of their own so that one of them can be erased or redacted alone. The
response table carries random keys and no hidden order (``WITHOUT ROWID`` on SQLite), so
that the file itself does not tell who answered when.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey.store.base import Base


class InstrumentVersion(Base):
    """A published questionnaire: its text never changes."""

    __tablename__ = "instrument"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(Text)
    stored_at: Mapped[datetime]


class Survey(Base):
    """An instrument version in the field, for a company's customers, over a time.

    ``mode``: ``confidential`` (we could tell who answered, and do not show it) or
    ``anonymous`` (we cannot tell). ``segment_fields`` are stamped on each answer.
    """

    __tablename__ = "survey"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_id: Mapped[str] = mapped_column(String(64))
    instrument_version: Mapped[int]
    company: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    segment_fields: Mapped[list[str]]
    sample: Mapped[bool]
    opened_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["instrument_id", "instrument_version"], ["instrument.id", "instrument.version"]
        ),
        CheckConstraint("mode IN ('confidential', 'anonymous')", name="mode"),
        CheckConstraint("state IN ('open', 'closed')", name="state"),
    )


class Customer(Base):
    """One customer of the company's roster, under the company's own id."""

    __tablename__ = "customer"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(16))
    segments: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime]


class CustomerTier(Base):
    """The tier that a customer has been in since a day; empty where it is in none any more.

    One row for the first tier that was taken in, one for each other; the roster has the last.
    """

    __tablename__ = "customer_tier"

    customer_id: Mapped[str] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[date] = mapped_column(Date, primary_key=True)
    tier: Mapped[str] = mapped_column(String(200))

    __table_args__ = (Index(None, "since"),)


class Population(Base):
    """How many customers could have answered, per segment value and wave."""

    __tablename__ = "population"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    customers: Mapped[int]


class Invitation(Base):
    """A personal link: only a hash of its token is kept."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "survey_id", "customer_id"),
        Index(None, "customer_id"),
        {"sqlite_with_rowid": False},
    )


class Draft(Base):
    """Answers given so far on the way through the pages; gone once submitted."""

    __tablename__ = "draft"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_version: Mapped[int]
    invitation_id: Mapped[str | None] = mapped_column(ForeignKey("invitation.id"))
    answers: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]

    __table_args__ = (Index(None, "invitation_id"), {"sqlite_with_rowid": False})


class ImportBatch(Base):
    """One file taken whole: the same file is not taken twice.

    ``quoting_agreed``: whether its mapping says that those who wrote comments agreed to be quoted.
    """

    __tablename__ = "import_batch"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    survey_id: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    imported_at: Mapped[datetime]
    quoting_agreed: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (UniqueConstraint("survey_id", "kind", "file_hash"),)


class Response(Base):
    """One submitted questionnaire.

    ``answers`` are the raw codes as given; ``segments`` the customer's segments on the day;
    ``body_hash`` tells a replay of the same submission from another one under its id.
    ``submitted_at``, ``invitation_id`` and ``customer_id`` stay empty in anonymous surveys.
    """

    __tablename__ = "response"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"))
    submission_id: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    instrument_version: Mapped[int]
    wave: Mapped[str] = mapped_column(String(16))
    day: Mapped[date] = mapped_column(Date)
    submitted_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    segments: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    invitation_id: Mapped[str | None] = mapped_column(ForeignKey("invitation.id"))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"))
    import_id: Mapped[str | None] = mapped_column(ForeignKey("import_batch.id"))

    __table_args__ = (
        UniqueConstraint("survey_id", "submission_id"),
        Index(None, "survey_id", "wave"),
        Index(None, "customer_id"),
        Index(None, "invitation_id"),
        CheckConstraint("channel IN ('link', 'open', 'import', 'sample')", name="channel"),
        {"sqlite_with_rowid": False},
    )


class Comment(Base):
    """One open text of a response, erasable alone."""

    __tablename__ = "comment"

    response_id: Mapped[str] = mapped_column(ForeignKey("response.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(Text)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Purchase(Base):
    """One purchase of a customer, as the company's books have it.

    ``number``: the books' own number, where they have one; ``amount`` in hundredths of the
    company's money; ``segments``: the customer's on the day of import, as with answers.
    """

    __tablename__ = "purchase"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(64), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    day: Mapped[date] = mapped_column(Date)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    segments: Mapped[dict[str, Any]]

    __table_args__ = (Index(None, "customer_id", "day"), Index(None, "day"))


class ComplaintCase(Base):
    """One complaint that reached the company, and what became of it.

    ``number`` is the log's own. A case that was reopened and closed again has its last closing
    day, one that is open again has none; ``reopened`` counts how often, None where the log does
    not say. ``target_days``: within
    how many days it was agreed to be closed. ``segments``: the customer's on the day of import,
    or those that the log gives where it names no customer.
    """

    __tablename__ = "complaint_case"

    number: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"))
    opened: Mapped[date] = mapped_column(Date)
    answered: Mapped[date | None] = mapped_column(Date)
    closed: Mapped[date | None] = mapped_column(Date)
    reopened: Mapped[int | None]
    target_days: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(200))
    attribute: Mapped[str] = mapped_column(String(200))
    segments: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime]

    __table_args__ = (
        Index(None, "customer_id", "opened"),
        Index(None, "opened"),
        Index(None, "answered"),
        Index(None, "closed"),
        Index(None, "reopened"),
        Index(None, "target_days"),
        Index(None, "imported_at"),
        CheckConstraint("answered >= opened", name="answered"),
        CheckConstraint("closed >= opened", name="closed"),
        CheckConstraint("reopened >= 0", name="reopened"),
        CheckConstraint("target_days >= 0", name="target_days"),
    )


class ReportingPeriod(Base):
    """How often one segment is reported in one year, fixed before the year's answers came in."""

    __tablename__ = "reporting_period"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    segment: Mapped[str] = mapped_column(String(200), primary_key=True)
    length: Mapped[str] = mapped_column(String(16))
    fixed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("length IN ('month', 'quarter', 'half_year')", name="length"),
    )


class StoredEdition(Base):
    """A report as it was issued: its findings, why it was made, and what draws its files.

    One series for each period and segment field, numbered from 1. ``findings`` is
    ``findings.json`` compressed, ``digest`` the SHA-256 of it uncompressed; ``renderer`` the
    parts of the fingerprint, ``fingerprint`` their hash. ``revision`` and ``responses`` are the
    cut-off of the data. ``design`` is what its files look like, compressed; None for the usual one.
    Nothing in a row changes once it is written.
    """

    __tablename__ = "edition"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(16))
    instrument_id: Mapped[str] = mapped_column(String(64))
    instrument_version: Mapped[int]
    revision: Mapped[str] = mapped_column(String(32))
    responses: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    findings: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(String(64))
    renderer: Mapped[list[str]]
    design: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("responses >= 0", name="responses"),
        CheckConstraint("why IN ('first', 'findings', 'renderer')", name="why"),
    )


class EditionFile(Base):
    """One file of an edition: to build, being built, built, or failed for a ``reason``.

    Whoever builds it claims the row for a time: ``worker`` says who, ``lease_until`` how long
    nobody else may; ``tries`` counts the claims since it was built last. Once built, ``content``
    stays as it is, but for the erasure of a person whose comments it shows: ``comments`` names
    those, None where the file shows none.
    """

    __tablename__ = "edition_file"

    survey_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[str] = mapped_column(String(200), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    worker: Mapped[str | None] = mapped_column(String(200))
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    reason: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    comments: Mapped[list[str] | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "wave", "field", "number"],
            ["edition.survey_id", "edition.wave", "edition.field", "edition.number"],
        ),
        CheckConstraint("state IN ('waiting', 'building', 'built', 'failed')", name="state"),
        CheckConstraint("(state = 'built') = (content IS NOT NULL)", name="content"),
    )


class Erasure(Base):
    """That a customer was erased, without saying who: for after a backup was put back.

    ``person`` is a keyed hash of the customer's id (:mod:`survey.store.ledger`). ``cleaned``:
    whether the file of the database was cleared of what was deleted.
    """

    __tablename__ = "erasure"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime]
    cleaned: Mapped[bool]
