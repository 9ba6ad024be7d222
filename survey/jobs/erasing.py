"""Where is a customer kept, and how does a person of that name disappear for good?

The store erases what it keeps (:mod:`survey.store.erasing`); here are the copies that were handed
out. Reports carry their findings, and with them the references of the comments that they quote, so
a report that quotes somebody is found in any folder, under any name, and can be written again
without. Of other files, such as exported answers, only those who wrote them know what they are for:
they are named, not touched.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import pikepdf
from sqlalchemy import select

from reports.pdf.carried import NAME
from survey.errors import SurveyError
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.clearing import clear, in_parts, tell_file
from survey.store.erasing import Held, erase_customers, held
from survey.store.tables import Comment, Customer, EditionFile, Response

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
"""Endings of files in which exported answers and personal links are looked for."""

LEAST = 4
"""Characters from which on a text is looked for: a shorter one stands in any file."""


class NoSuchCustomer(SurveyError):
    """Ids were named that no customer has; nothing was erased."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = ids
        super().__init__(f"no such customer: {', '.join(ids)}")


@dataclass(frozen=True, slots=True)
class Copies:
    """Files in folders: ``reports`` that quote a customer, ``others`` that tell of one."""

    reports: tuple[Path, ...]
    others: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a customer is found in files: references of comments, and texts.

    A report carries the references of all customers' comments even where its pages quote none of
    them; ``silent`` are the digests of issued files that do not quote this one.
    """

    references: frozenset[str]
    texts: frozenset[str]
    silent: frozenset[str]


def what_is_kept(store: Store, ids: Sequence[str], progress: Progress = silent) -> Held:
    """How much is kept of these customers, in all."""
    found, done = Held(), 0
    for part in in_parts(ids):
        with store.read() as connection:
            found += held(connection, part)
        done += len(part)
        progress(done, len(ids))
    return found


def known_customers(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Those of the ids that a customer has, with the name."""
    found: dict[str, str] = {}
    for part in in_parts(ids):
        with store.read() as connection:
            rows = connection.execute(
                select(Customer.id, Customer.name).where(Customer.id.in_(part))
            )
            found |= {row.id: row.name for row in rows}
    return found


def erase_people(
    store: Store, ids: Sequence[str], *, key: bytes, now: datetime, progress: Progress = silent
) -> tuple[Held, bool]:
    """Erase all that the store keeps of these customers; what there was, and whether all is clear.

    A hundred at a time, each hundred whole or not at all: what was stopped can be asked for again.
    The second is False where another program kept the files from being cleared; that is done at the
    next start. Raises :class:`NoSuchCustomer`, and the errors of :class:`survey.store.Store`.
    """
    there = known_customers(store, ids)
    if unknown := [one for one in ids if one not in there]:
        raise NoSuchCustomer(unknown)
    erased, done = Held(), 0
    for part in in_parts(ids):
        with store.write() as connection:
            erased += erase_customers(connection, part, key=key, now=now)
        tell_file(store)
        done += len(part)
        progress(done, len(ids))
    return erased, clear(store)


def traces_of(store: Store, ids: Sequence[str]) -> Traces:
    """By what files tell of these customers; to be asked before they are erased."""
    references: set[str] = set()
    texts: set[str] = set()
    for part in in_parts(ids):
        with store.read() as connection:
            known = select(Customer.id, Customer.name, Customer.email, Customer.phone)
            for row in connection.execute(known.where(Customer.id.in_(part))):
                texts.update(row)
            said = (
                select(Comment.response_id, Comment.question_id, Comment.body)
                .join(Response, Response.id == Comment.response_id)
                .where(Response.customer_id.in_(part))
            )
            for response, question, body in connection.execute(said):
                references.add(f"{response}.{question}")
                texts.add(body)
            answers = select(Response.id).where(Response.customer_id.in_(part))
            texts.update(connection.scalars(answers))
    long = frozenset(text for text in texts if len(text) >= LEAST)
    return Traces(frozenset(references), long, _silent(store, references))


def _silent(store: Store, references: Collection[str]) -> frozenset[str]:
    with store.read() as connection:
        files = select(EditionFile.digest, EditionFile.comments)
        rows = connection.execute(files.where(EditionFile.digest.is_not(None))).all()
    wanted = set(references)
    return frozenset(row.digest for row in rows if not wanted & set(row.comments or ()))


def find_copies(folders: Sequence[Path], traces: Traces, progress: Progress = silent) -> Copies:
    """The files below these folders that quote the customers, or tell of them; none is changed."""
    files = sorted({file for folder in folders for file in folder.rglob("*") if file.is_file()})
    reports, others = [], []
    for number, file in enumerate(files, start=1):
        if file.suffix.lower() == ".pdf":
            if traces.references & quoted_in(file) and _digest(file) not in traces.silent:
                reports.append(file)
        elif file.suffix.lower() in TABLES and _tells(file, traces.texts):
            others.append(file)
        progress(number, len(files))
    return Copies(tuple(reports), tuple(others))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def quoted_in(file: Path) -> frozenset[str]:
    """The references of the comments that a report carries; of any other file none."""
    try:
        with pikepdf.open(file) as document:
            if NAME not in document.attachments:
                return frozenset()
            found = json.loads(document.attachments[NAME].get_file().read_bytes())
    except (pikepdf.PdfError, ValueError):
        return frozenset()
    return frozenset(_references(found))


def _references(found: object) -> Iterator[str]:
    """Whatever stands under ``references``, at any depth."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name == "references" and isinstance(value, list):
                yield from map(str, value)
            else:
                yield from _references(value)
    elif isinstance(found, list):
        for value in found:
            yield from _references(value)


def _tells(file: Path, texts: Collection[str]) -> bool:
    sought = {form for text in texts for form in _forms(text)}
    return any(form in content for content in _contents(file) for form in sought)


def _forms(text: str) -> Iterator[bytes]:
    """How a text stands in a file: as it is, in quotes, in XML."""
    for shown in (text, text.replace('"', '""'), escape(text, quote=False)):
        yield shown.encode("utf-8", "replace")
    for encoding in ("utf-16-le", "gb18030"):
        yield text.encode(encoding, "replace")


def _contents(file: Path) -> Iterator[bytes]:
    """What stands in a file; of a spreadsheet, in each of its parts."""
    data = file.read_bytes()
    if file.suffix.lower() != ".xlsx":
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield book.read(name)
    except (zipfile.BadZipFile, zlib.error):
        yield data
