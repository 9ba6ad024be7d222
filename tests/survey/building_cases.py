"""A company whose report is issued and built, and a look at what the store holds of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from reports.findings import Findings
from reports.fingerprint import Fingerprint
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs.building import Failed, ask_for, build
from survey.jobs.editions import Issued, cut_off, issue
from survey.jobs.findings import find_out
from survey.jobs.reports import wanted_files
from survey.store import Store
from survey.store.tables import EditionFile

WAVE = "2026-10"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DRAWN_BY = Fingerprint((("reportlab", "5.1.0"),))


def clock() -> datetime:
    """A clock that stands still."""
    return NOW


def issued_of(
    store: Store,
    survey: SurveyRecord,
    *,
    drawn_by: Fingerprint = DRAWN_BY,
    now: datetime = NOW,
    even_few: bool = False,
) -> tuple[Issued, bool]:
    """The report of the wave as it stands, issued."""
    revision = cut_off(store, survey.id, WAVE)
    found = find_out(store, survey, wave=WAVE, by="tier")
    return issue(store, found, drawn_by, revision=revision, now=now, even_few=even_few)


def issue_found(
    store: Store, found: Findings, *, drawn_by: Fingerprint = DRAWN_BY, even_few: bool = False
) -> tuple[Issued, bool]:
    """Findings from a literal, issued."""
    return issue(store, found, drawn_by, revision="r", now=NOW, even_few=even_few)


def build_all(
    store: Store, issued: Issued, fonts: Path, *, jobs: int = 1, languages: Sequence[str] = ("en",)
) -> list[Failed]:
    """Ask for all files in those languages, and build what is not built."""
    ask_for(store, issued.key, wanted_files(issued, languages))
    return build(store, issued, fonts=fonts, jobs=jobs, clock=clock)


def stored_files(store: Store) -> list[tuple[int, str, str, str, str]]:
    """Edition, segment, language, kind and SHA-256 of all files that are built."""
    query = select(EditionFile.__table__).order_by(*EditionFile.__table__.primary_key)
    with store.read() as connection:
        rows = [row for row in connection.execute(query) if row.state == "built"]
    for row in rows:
        assert hashlib.sha256(row.content).hexdigest() == row.digest
    return [(row.number, row.segment, row.language, row.kind, row.digest) for row in rows]
