"""Is what was erased gone for good: from the file of the database, and after a backup came back?

What was deleted still stands in the file for a while, and in the write-ahead log. Clearing it takes
a step of its own, so the ledger notes whether that was done; the next start does what was left, and
erases again whom a backup that was put back has brought with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select, text, update

from survey.store.engine import Store, StoreBusy, named_errors
from survey.store.erasing import AT_ONCE, Held, erase_customers
from survey.store.kept import StoredBooks, StoredPairs, StoredScores, StoredTally
from survey.store.ledger import NAME, Notes, newer, note, noted, person_of, read_file, write_file
from survey.store.tables import (
    Comment,
    ComplaintCase,
    Customer,
    Draft,
    EditionFile,
    Erasure,
    ImportBatch,
    Invitation,
    Purchase,
    Response,
)

COLUMNS = "columns"
"""Folder of the data folder with decoded answers; see :mod:`survey.dataset.columns`."""

TABLES = (
    Customer,
    Invitation,
    Draft,
    Response,
    Comment,
    Purchase,
    ComplaintCase,
    ImportBatch,
    EditionFile,
    StoredTally,
    StoredPairs,
    StoredScores,
    StoredBooks,
)
"""The tables that rows are erased from."""


def in_parts(customer_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many at a time as go in one transaction.

    >>> [len(part) for part in in_parts([str(i) for i in range(101)])]
    [100, 1]
    """
    for start in range(0, len(customer_ids), AT_ONCE):
        yield customer_ids[start : start + AT_ONCE]


def clear(store: Store) -> bool:
    """Clear the files of what was deleted; False where somebody was in the way the whole time.

    SQLite writes zeros over what is deleted (``secure_delete``), once its log is carried over and
    emptied. A PostgreSQL server is asked to free the deleted rows; when their bytes are written
    over, and how long its own log and archives are kept, is its own affair. Raises the errors of
    :class:`survey.store.Store`.
    """
    with store.read() as connection:
        left = list(connection.scalars(select(Erasure.person).where(Erasure.cleaned.is_(False))))
    if not left:
        return True
    for file in (store.data / COLUMNS).glob("*"):
        file.unlink(missing_ok=True)
    try:
        done = _clear_sqlite(store) if _is_sqlite(store) else _clear_postgresql(store)
    except StoreBusy:
        return False
    if done:
        with store.write() as connection:
            mine = Erasure.person.in_(left)
            connection.execute(update(Erasure).where(mine).values(cleaned=True))
    return done


def erased_at(store: Store, customer_id: str, key: bytes) -> datetime | None:
    """When a customer was last erased; None where never."""
    query = select(Erasure.erased_at).where(Erasure.person == person_of(customer_id, key))
    with store.read() as connection:
        return connection.scalar(query)


def replay(store: Store, secret: Callable[[], bytes], notes: Notes | None = None) -> Held:
    """Erase again whom a ledger knows to be erased, and the database does not; what there was.

    That is so after a backup was put back. ``secret`` gives the installation's key. ``notes``: a
    ledger that was kept elsewhere, in place of the data folder's file. Customers who came in again
    after their erasure stay.
    """
    told = read_file(store.data / NAME) if notes is None else notes
    with store.read() as connection:
        missing = newer(told, noted(connection))
    again = _erase_again(store, missing, secret()) if missing else Held()
    tell_file(store)
    return again


def _erase_again(store: Store, missing: Notes, key: bytes) -> Held:
    again = Held()
    for ids in in_parts(_returned(store, missing, key)):
        with store.write() as connection:
            at = max(missing[person_of(one, key)] for one in ids)
            again += erase_customers(connection, ids, key=key, now=at)
    with store.write() as connection:
        for at in sorted(set(missing.values())):
            those = (person for person, when in missing.items() if when == at)
            note(connection, those, at, cleaned=not again)
    return again


def tell_file(store: Store) -> None:
    """Have the ledger's file know what the database knows."""
    path = store.data / NAME
    with store.read() as connection:
        unwritten = newer(noted(connection), read_file(path))
    if unwritten:
        write_file(path, unwritten)


def _returned(store: Store, notes: Notes, key: bytes) -> list[str]:
    """The customers that are there although they were erased, and have not come in since."""
    found: list[str] = []
    with store.read() as connection:
        query = select(Customer.id, Customer.imported_at).order_by(Customer.id)
        for row in connection.execute(query, execution_options={"yield_per": 1000}):
            at = notes.get(person_of(row.id, key))
            if at is not None and row.imported_at <= at:
                found.append(row.id)
    return found


def _is_sqlite(store: Store) -> bool:
    return store.engine.dialect.name == "sqlite"


def _clear_sqlite(store: Store) -> bool:
    with named_errors(), store.engine.connect() as raw:
        cursor = raw.connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _log, _moved = cursor.fetchone() or (1, 0, 0)
    return not busy


def _clear_postgresql(store: Store) -> bool:
    with named_errors(), store.engine.connect() as raw:
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("SET statement_timeout = 0"))
        for table in TABLES:
            connection.execute(text(f"VACUUM {table.__tablename__}"))
        connection.execute(text("RESET statement_timeout"))
    return True
