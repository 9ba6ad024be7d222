"""Was this very file taken before? By its bytes, whatever it is called today."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from instruments.problems import shown
from survey.errors import SurveyError
from survey.imports.encodings import digest_of
from survey.store import Store
from survey.store.tables import ImportBatch


@dataclass(frozen=True, slots=True)
class Batch:
    """One file of a kind, for one survey or (survey ``""``) for the company."""

    id: str
    kind: str
    survey_id: str
    file_name: str
    file_hash: str


class AlreadyImported(SurveyError):
    """The same file was taken before, for the same survey."""

    def __init__(self, batch: Batch) -> None:
        into = f" into survey {batch.survey_id}" if batch.survey_id else ""
        super().__init__(
            f"{shown(batch.file_name, 200)} was imported{into} before; "
            "the same file is not taken twice"
        )


def batch_of(path: Path, kind: str, survey_id: str = "") -> Batch:
    """The batch that the file at ``path`` would be."""
    digest = digest_of(path)
    name = f"{survey_id}/{digest}" if survey_id else f"{kind}/{digest}"
    key = hashlib.sha256(name.encode()).hexdigest()[:32]
    return Batch(key, kind, survey_id, path.name, digest)


def refuse_known_file(store: Store, batch: Batch) -> None:
    """Raise :class:`AlreadyImported` where that file was taken before."""
    with store.read() as connection:
        found = connection.scalar(select(ImportBatch.id).where(ImportBatch.id == batch.id))
    if found is not None:
        raise AlreadyImported(batch)


def claim_file(
    connection: Connection,
    batch: Batch,
    rows: int,
    now: datetime,
    *,
    quoting_agreed: bool = False,
) -> None:
    """Note that the file is taken, in the transaction that takes it.

    ``quoting_agreed``: whether who wrote its comments agreed to be quoted. Raises
    :class:`AlreadyImported` where somebody else took it meanwhile.
    """
    row = {
        "id": batch.id,
        "kind": batch.kind,
        "survey_id": batch.survey_id,
        "file_name": batch.file_name[:255],
        "file_hash": batch.file_hash,
        "rows": rows,
        "imported_at": now,
        "quoting_agreed": quoting_agreed,
    }
    try:
        connection.execute(insert(ImportBatch).values(**row))
    except IntegrityError:
        raise AlreadyImported(batch) from None
