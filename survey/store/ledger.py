"""Who was erased, without saying who? Kept in the database, and in a file beside it.

A backup that is put back brings erased customers back with it, and knows nothing of their erasure.
So each erasure is noted in the file ``erased`` of the data folder, too, which no backup of the
database goes back over: at the next start whatever the database does not know of is erased again
(:func:`survey.store.clearing.replay`). A note is a keyed hash of the customer's id and the time:
without the installation's key nobody can tell whose it is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from survey.store.tables import Erasure

NAME = "erased"
"""The file in the data folder: one erasure a line, hash and time."""

_LINE = re.compile(r"([0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")
_TIME = "%Y-%m-%dT%H:%M:%SZ"

Notes = Mapping[str, datetime]
"""Hash of a customer's id → when the customer was last erased."""


def person_of(customer_id: str, key: bytes) -> str:
    """The hash by which the ledger knows a customer, 64 characters.

    >>> person_of("C1", b"key") == person_of("C1", b"another key")
    False
    """
    return hmac.new(key, f"erased:{customer_id}".encode(), hashlib.sha256).hexdigest()


def note(
    connection: Connection, persons: Iterable[str], at: datetime, *, cleaned: bool = False
) -> None:
    """Note, in the transaction that erases them, that these were erased.

    ``cleaned``: there is nothing to clear the files of.
    """
    rows = [
        {"person": person, "erased_at": at.replace(microsecond=0), "cleaned": cleaned}
        for person in sorted(set(persons))
    ]
    if rows:
        known = [row["person"] for row in rows]
        connection.execute(delete(Erasure).where(Erasure.person.in_(known)))
        connection.execute(insert(Erasure), rows)


def noted(connection: Connection) -> Notes:
    """What the database knows of erasures."""
    rows = connection.execute(select(Erasure.person, Erasure.erased_at))
    return {row.person: row.erased_at for row in rows}


def read_file(path: Path) -> Notes:
    """What a ledger file knows of erasures; a line that was cut off half-way is none."""
    if not path.exists():
        return {}
    found: dict[str, datetime] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        if told := _LINE.fullmatch(line):
            at = datetime.strptime(told[2], _TIME).replace(tzinfo=UTC)
            found[told[1]] = max(at, found.get(told[1], at))
    return found


def write_file(path: Path, notes: Notes) -> None:
    """Add these to a ledger file; on the disk when this returns."""
    lines = "".join(f"{person} {at:{_TIME}}\n" for person, at in sorted(notes.items()))
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            lines = f"\n{lines}"  # what was cut off stays a line of its own
        os.write(handle, lines.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def newer(notes: Notes, than: Notes) -> Notes:
    """Those of ``notes`` that ``than`` lacks, or knows from an earlier time.

    >>> then, now = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    >>> list(newer({"a": now, "b": then}, {"a": then, "b": then}))
    ['a']
    """
    return {who: at for who, at in notes.items() if who not in than or than[who] < at}
