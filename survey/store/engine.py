"""How rows are written so that none is lost: connections, transactions, and their errors.

SQLite runs in WAL mode with ``synchronous=FULL``, and every write transaction begins with
``BEGIN IMMEDIATE``: a transaction that first reads and then writes would otherwise fail at
once under load, without waiting. PostgreSQL runs with time-outs, so that nobody waits for
ever. Either way one ``with store.write()`` is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from survey.errors import SurveyError

BUSY_SECONDS = 5
_DAMAGED = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})


class StoreError(SurveyError):
    """The store could not do what was asked; nothing was changed."""


class StoreBusy(StoreError):
    """Another writer held the store for longer than one should wait."""

    def __init__(self) -> None:
        super().__init__("the database is busy; nothing was stored, please try again")


class StoreFull(StoreError):
    """There is no room left to write to."""

    def __init__(self) -> None:
        super().__init__("the disk is full; nothing was stored")


class StoreDamaged(StoreError):
    """The database file is no database, or no longer a whole one."""

    def __init__(self) -> None:
        super().__init__("the database file is damaged; put back a backup")


class UnknownDatabase(StoreError):
    """The URL names no database that Tellback runs on."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"TELLBACK_DATABASE names no database that Tellback runs on ({why}); write a URL "
            "like postgresql+psycopg://tellback@localhost/tellback, or leave it empty"
        )


class StoreDown(StoreError):
    """The database cannot be reached."""

    def __init__(self) -> None:
        super().__init__("the database cannot be reached; nothing was stored")


class Store:
    """An opened database; close it, or use it in a ``with`` block.

    ``data`` is the installation's folder, where what can be made from the database again lies.
    """

    def __init__(self, engine: Engine, data: Path) -> None:
        self.engine = engine
        self.data = data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write; committed at the end, undone on any error.

        Raises :class:`StoreBusy`, :class:`StoreFull`, :class:`StoreDown` or
        :class:`StoreDamaged`.
        """
        with named_errors(), self.engine.connect() as raw:
            connection = raw.execution_options(tellback_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that only reads, and sees one state of the store throughout."""
        with named_errors(), self.engine.connect() as connection, connection.begin():
            yield connection


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn what the database says while it is spoken to into a :class:`StoreError`."""
    try:
        yield
    except OperationalError as error:
        raise _named(error) from error
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", "") in _DAMAGED:
            raise StoreDamaged from error
        raise


def _named(error: OperationalError) -> StoreError:
    code = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40")):
        return StoreBusy()
    if code.startswith(("SQLITE_FULL", "53100")):
        return StoreFull()
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "08", "57P")) or not code:
        return StoreDown()
    return StoreError(f"the database refused: {error.orig}")


def make_engine(url: str) -> Engine:
    """An engine with the settings that keep answers safe; nothing is opened yet.

    What is stored never stands in an error: messages go into logs, answers do not. Raises
    :class:`UnknownDatabase`.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = "-c statement_timeout=30000 -c lock_timeout=5000 -c timezone=UTC"
    options += " -c idle_in_transaction_session_timeout=60000"
    try:
        if make_url(url).get_backend_name() != "postgresql":
            raise UnknownDatabase("it is neither SQLite nor PostgreSQL")
        return create_engine(
            url, pool_pre_ping=True, connect_args={"options": options}, hide_parameters=True
        )
    except ArgumentError:  # its message would show the URL, and a password in it
        raise UnknownDatabase("it is no URL") from None
    except ModuleNotFoundError as missing:
        raise UnknownDatabase(f"{missing.name} is not installed") from None


def _prepare_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite says how.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("tellback_writes") else "BEGIN")
