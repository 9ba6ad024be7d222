"""Which editions of a report were issued? What was issued stays as it was.

A report asked for again says the same, from the bytes that were kept. Only other findings, or
another fingerprint of what draws them, make a new edition. Where fewer answers came or went than
may be shown, the edition stands until there are more: two editions side by side would give away
what those few customers said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select

from instruments.problems import shown
from reports.design import STANDARD, Design, to_text
from reports.editions import Earlier, Edition, Why, differences, tells_a_few_apart
from reports.findings import ALL, Findings
from reports.findings_json import from_json, to_json
from reports.fingerprint import Fingerprint
from reports.spans import span
from survey.dataset import waves_with_answers
from survey.errors import SurveyError
from survey.fieldwork.surveys import SurveyRecord
from survey.fieldwork.waves import day_of
from survey.store import Store
from survey.store.revisions import revision_by, revisions
from survey.store.tables import EditionFile, StoredEdition, Survey

_KEY = (
    StoredEdition.survey_id,
    StoredEdition.wave,
    StoredEdition.field,
    StoredEdition.number,
)


class NoSuchEdition(SurveyError):
    """An edition was named that was never issued."""

    def __init__(self, survey_id: str, wave: str, field: str) -> None:
        super().__init__(
            f"no such edition of the report of survey {survey_id} on {shown(wave)} by "
            f"{shown(field)}; `tellback edition list` names them"
        )


@dataclass(frozen=True, slots=True)
class Key:
    """One edition: of which report, and its number."""

    survey_id: str
    wave: str
    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Issued:
    """One edition as it was issued; the names are those of the table.

    ``text`` is ``findings.json`` to the letter, ``dress`` the design of its files likewise.
    """

    key: Key
    made_at: dt.datetime
    why: Why
    instrument_id: str
    instrument_version: int
    responses: int
    digest: str
    fingerprint: str
    renderer: tuple[str, ...]
    text: str
    dress: str

    @property
    def findings(self) -> Findings:
        """What it says; to be read only."""
        return _read(self.text)


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in a list: how many of its files are built, of how many."""

    key: Key
    made_at: dt.datetime
    why: Why
    responses: int
    digest: str
    built: int
    files: int


def cut_off(store: Store, survey_id: str, wave: str) -> str:
    """The revision of a wave or period; to be read before its findings are worked out."""
    now = span(wave, waves_with_answers(store, survey_id))
    with store.read() as connection:
        return revision_by(revisions(connection, survey_id, now.waves).values())


def issue(
    store: Store,
    findings: Findings,
    fingerprint: Fingerprint,
    *,
    revision: str,
    now: dt.datetime,
    even_few: bool = False,
    design: Design = STANDARD,
) -> tuple[Issued, bool]:
    """The edition that says what ``findings`` say; a new one only where none does.

    The second is whether an older edition stands because a new one would give a few customers
    away; with ``even_few`` it is made all the same. ``fingerprint`` is that of the ``design``, too.
    """
    text = to_json(findings)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with store.write() as connection:
        _alone(connection, findings.survey)
        series = _series(findings.survey, findings.wave, findings.by)
        past = [_issued(row) for row in connection.execute(series.order_by(StoredEdition.number))]
        newest = past[-1] if past else None
        if newest and (newest.digest, newest.fingerprint) == (digest, fingerprint.digest):
            return newest, False
        earlier = {one.digest: one for one in past if one.digest != digest}.values()
        if not even_few and any(tells_a_few_apart(one.findings, findings) for one in earlier):
            return past[-1], True
        row = {
            "survey_id": findings.survey,
            "wave": findings.wave,
            "field": findings.by,
            "number": newest.key.number + 1 if newest else 1,
            "made_at": now,
            "why": _why(newest, digest),
            "instrument_id": findings.instrument,
            "instrument_version": findings.instrument_version,
            "revision": revision,
            "responses": findings.segment(ALL).responses,
            "digest": digest,
            "findings": zlib.compress(text.encode(), 9),
            "fingerprint": fingerprint.digest,
            "renderer": [f"{name} {version}" for name, version in fingerprint.parts],
            "design": None if design == STANDARD else zlib.compress(to_text(design).encode(), 9),
        }
        connection.execute(insert(StoredEdition), [row])
        made = connection.execute(series.where(StoredEdition.number == row["number"]))
        return _issued(made.one()), False


def _alone(connection: Connection, survey_id: str) -> None:
    """Let nobody else issue a report of the survey until this transaction ends."""
    connection.execute(select(Survey.id).where(Survey.id == survey_id).with_for_update())


def _why(newest: Issued | None, digest: str) -> Why:
    if newest is None:
        return Why.FIRST
    return Why.RENDERER if newest.digest == digest else Why.FINDINGS


def list_editions(store: Store, survey_id: str | None = None) -> list[Listed]:
    """All editions, or those of one survey, by period and field, oldest first."""
    own = [column == EditionFile.__table__.c[column.key] for column in _KEY]
    files = select(func.count()).select_from(EditionFile).where(*own)
    query = select(
        *_KEY,
        StoredEdition.made_at,
        StoredEdition.why,
        StoredEdition.responses,
        StoredEdition.digest,
        files.where(EditionFile.state == "built").correlate(StoredEdition).scalar_subquery(),
        files.correlate(StoredEdition).scalar_subquery(),
    ).order_by(*_KEY)
    if survey_id is not None:
        query = query.where(StoredEdition.survey_id == survey_id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return [Listed(Key(*row[:4]), row[4], Why(row[5]), *row[6:]) for row in rows]


def find_edition(
    store: Store, survey_id: str, wave: str, field: str, number: int | None = None
) -> Issued:
    """One edition, the newest unless a number is given; :class:`NoSuchEdition`."""
    query = _series(survey_id, wave, field).order_by(StoredEdition.number.desc()).limit(1)
    if number is not None:
        query = query.where(StoredEdition.number == number)
    with store.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchEdition(survey_id, wave, field)
    return _issued(row)


def imprint(store: Store, survey: SurveyRecord, issued: Issued) -> Edition:
    """What the last page of that edition says of it: which it is, and what changed."""
    key = issued.key
    earlier = None
    if key.number > 1:
        before = find_edition(store, key.survey_id, key.wave, key.field, key.number - 1)
        earlier = Earlier(
            before.key.number,
            day_of(before.made_at, survey.timezone),
            differences(before.findings, issued.findings),
        )
    made = day_of(issued.made_at, survey.timezone)
    parts = tuple(
        (name, version) for name, _, version in (p.partition(" ") for p in issued.renderer)
    )
    return Edition(key.number, made, issued.digest, Fingerprint(parts), earlier)


@lru_cache(maxsize=4)
def _read(text: str) -> Findings:
    return from_json(text)


def _series(survey_id: str, wave: str, field: str) -> Select[*tuple[Any, ...]]:
    """The editions of one report."""
    return select(*StoredEdition.__table__.columns).where(
        StoredEdition.survey_id == survey_id,
        StoredEdition.wave == wave,
        StoredEdition.field == field,
    )


def _issued(row: Row[*tuple[Any, ...]]) -> Issued:
    return Issued(
        key=Key(row.survey_id, row.wave, row.field, row.number),
        made_at=row.made_at,
        why=Why(row.why),
        instrument_id=row.instrument_id,
        instrument_version=row.instrument_version,
        responses=row.responses,
        digest=row.digest,
        fingerprint=row.fingerprint,
        renderer=tuple(row.renderer),
        text=zlib.decompress(row.findings).decode(),
        dress=zlib.decompress(row.design).decode() if row.design else to_text(STANDARD),
    )


def of_edition(key: Key) -> Sequence[ColumnElement[bool]]:
    """What the files of that edition have in common."""
    return (
        EditionFile.survey_id == key.survey_id,
        EditionFile.wave == key.wave,
        EditionFile.field == key.field,
        EditionFile.number == key.number,
    )
