"""What did customers write? Open texts as reports may quote them: redacted, a few at a time.

A reference is the response's random key and the question: it finds the words for as long as they
are kept. Where the survey knows who answered, what the roster knows of that customer is taken out
of the words before anything else sees them (:mod:`reports.redaction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, false, func, select

from instruments.model import Instrument, Means, Role
from reports.drawn import Comment
from reports.redaction import redact
from survey.store import Store
from survey.store.tables import Comment as Stored
from survey.store.tables import Customer, ImportBatch, Response

CHUNK = 1000
"""Comments fetched at once."""

_WORDS: Select[*tuple[Any, ...]] = (
    select(
        Stored.response_id,
        Stored.question_id,
        Stored.body,
        Customer.id,
        Customer.name,
        Customer.email,
        Customer.phone,
    )
    .join(Response, Response.id == Stored.response_id)
    .outerjoin(Customer, Customer.id == Response.customer_id)
)
_AGREED = func.coalesce(ImportBatch.quoting_agreed, false()).label("quoting_agreed")


def wave_comments(
    store: Store, survey_id: str, instrument: Instrument, waves: Sequence[str], field: str
) -> Iterator[Comment]:
    """The comments of some waves, redacted, one by one; ``field`` gives their segment.

    Personal texts, such as contact details (:attr:`Role.PERSONAL`), are no comments.

    Only an answer that means yes to the question on quoting (:attr:`Role.QUOTE`) is consent;
    nobody is taken to have agreed where it was not answered. Where nobody was asked, our own
    privacy notice holds; of a file, its mapping must say that they agreed.
    """
    reading = _Reading(instrument, field)
    query = (
        _WORDS.add_columns(Response.segments, Response.answers, Response.channel, _AGREED)
        .outerjoin(ImportBatch, ImportBatch.id == Response.import_id)
        .where(Response.survey_id == survey_id, Response.wave.in_(waves))
        .where(Stored.question_id.in_([q.id for q in instrument.with_role(Role.COMMENT)]))
    )
    with store.read() as connection:
        rows = connection.execute(query, execution_options={"yield_per": CHUNK})
        for row in rows:
            yield reading.comment(row)


def words_of(store: Store, references: Iterable[str]) -> Mapping[str, str]:
    """Reference → its words, redacted; those that are kept no longer are missing."""
    wanted = sorted(set(references))
    found: dict[str, str] = {}
    with store.read() as connection:
        for start in range(0, len(wanted), CHUNK // 2):
            part = set(wanted[start : start + CHUNK // 2])
            responses = {reference.partition(".")[0] for reference in part}
            for row in connection.execute(_WORDS.where(Stored.response_id.in_(responses))):
                if _reference(row) in part:
                    found[_reference(row)] = _redacted(row)
    return found


class _Reading:
    """How a row becomes a comment: which answers to look at, and what they mean."""

    def __init__(self, instrument: Instrument, field: str) -> None:
        self.field = field
        overall, quote = instrument.first(Role.OVERALL), instrument.first(Role.QUOTE)
        self.overall = overall.id if overall is not None else ""
        self.quote = quote
        self.yes = quote.codes_meaning(Means.YES) if quote is not None else frozenset()

    def comment(self, row: Row[Any]) -> Comment:
        """The comment of one row."""
        satisfaction = row.answers.get(self.overall)
        agreed = row.answers.get(self.quote.id) in self.yes if self.quote is not None else None
        return Comment(
            reference=_reference(row),
            respondent=row.response_id,
            question=row.question_id,
            text=_redacted(row),
            segment=row.segments.get(self.field, ""),
            satisfaction=satisfaction if isinstance(satisfaction, int) else None,
            agreed=agreed,
            unknown=self.quote is None and row.channel == "import" and not row.quoting_agreed,
        )


def _reference(row: Row[Any]) -> str:
    return f"{row.response_id}.{row.question_id}"


def _redacted(row: Row[Any]) -> str:
    known = (row.id, row.name, row.email, row.phone) if row.id is not None else ()
    return redact(row.body, known)
