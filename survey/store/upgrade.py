"""How a database is brought up to date: by itself, at start, with a backup made before.

The tables' history is a chain of Alembic revisions. An existing database that is older than
the program is copied into ``backups/`` first; one that is newer is refused, since an old
program would write rows that the new one does not expect. Two processes that start at once
take turns: on SQLite by a lock file beside the database (its first connection also switches
it to WAL, which no waiting helps against another doing the same), on PostgreSQL by an
advisory lock.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from survey.settings import Settings
from survey.store.clearing import clear, replay
from survey.store.engine import Store, StoreError, make_engine, named_errors

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
ADVISORY_LOCK = 7_305_811


class NewerDatabase(StoreError):
    """The database was written by a newer release."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is of a newer release of Tellback (revision {revision}); "
            "install that release, or put back a backup"
        )


def open_store(settings: Settings) -> Store:
    """The store of an installation: made where it is missing, brought up to date where old.

    Customers who were erased, and whom a backup that was put back has brought with it, are erased
    again. Raises :class:`NewerDatabase`, :class:`survey.store.UnknownDatabase`, and the errors of
    :class:`survey.store.Store`.
    """
    settings.make_folder()
    store = Store(make_engine(settings.url), settings.data)
    try:
        with _one_at_a_time(store, settings):
            _upgrade(store, settings)
            replay(store, settings.secret)
            with suppress(StoreError):  # it is done at another start, or by the next erasure
                clear(store)
    except BaseException:
        store.close()
        raise
    return store


def newest_revision() -> str:
    """The revision of the tables that this program works with."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file: where the revisions are, and what to change."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def _revision(store: Store) -> str | None:
    with store.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _upgrade(store: Store, settings: Settings) -> None:
    revision = _revision(store)
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if revision == newest_revision():
        return
    if revision is not None and revision not in known:
        raise NewerDatabase(revision)
    with store.read() as connection:
        filled = bool(inspect(connection).get_table_names())
    if filled:
        _back_up(store, settings.data / "backups", revision or "none")
    with store.write() as connection:
        command.upgrade(config(connection), "head")


def _back_up(store: Store, folder: Path, revision: str) -> None:
    """Copy an SQLite database; a PostgreSQL server has backups of its own."""
    source = store.engine.url.database
    if store.engine.dialect.name != "sqlite" or not source:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / f"tellback-{revision}-{stamp}.sqlite"
    beside = target.with_suffix(".tmp")
    origin, copy = sqlite3.connect(source), sqlite3.connect(beside)
    try:
        origin.backup(copy)
    finally:
        origin.close()
        copy.close()
    beside.replace(target)


@contextmanager
def _one_at_a_time(store: Store, settings: Settings) -> Iterator[None]:
    if store.engine.dialect.name == "sqlite":
        with (settings.data / "upgrade.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with named_errors(), store.engine.connect() as raw:
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
