"""The store keeps what it was given, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from survey.settings import Settings, WeakSecret
from survey.store import (
    NewerDatabase,
    Store,
    StoreBusy,
    StoreDamaged,
    StoreDown,
    StoreError,
    StoreFull,
    UnknownDatabase,
    open_store,
)
from survey.store.base import Base
from survey.store.tables import Customer, ImportBatch, Invitation
from tests import cast


def customer(number: int) -> dict[str, object]:
    """One customer's row."""
    return cast.customer(f"C{number}", "Dave 戴夫")


def count(store: Store) -> int:
    """How many customers there are."""
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(Customer)) or 0


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    """Text, JSON and instants survive the store, whatever the database."""
    with store.write() as connection:
        connection.execute(insert(Customer), [customer(1)])
    with store.read() as connection:
        row = connection.execute(select(*Customer.__table__.columns)).one()
    assert row._asdict() == customer(1)


def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    """Half a change is never kept."""
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        connection.execute(insert(Customer), [customer(1)])
        _ = 1 / 0
    assert count(store) == 0


def test_naive_instants_are_refused(store: Store) -> None:
    """An instant without a time zone would mean another moment elsewhere."""
    from sqlalchemy.exc import StatementError

    row = {**customer(1), "imported_at": datetime(2026, 10, 1)}  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), store.write() as connection:
        connection.execute(insert(Customer), [row])


def test_tables_and_revisions_agree(store: Store) -> None:
    """What the revisions build is what the code works with."""
    with store.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_opening_again_changes_nothing(settings: Settings) -> None:
    """A second start finds the database up to date and makes no backup."""
    with open_store(settings) as store, store.write() as connection:
        connection.execute(insert(Customer), [customer(1)])
    with open_store(settings) as store:
        assert count(store) == 1
    assert not (settings.data / "backups").exists()


def test_four_starts_at_once_make_one_database(settings: Settings) -> None:
    """Processes that start together take turns, and all find a whole database."""
    problems: list[BaseException] = []

    def start() -> None:
        try:
            with open_store(settings) as store:
                count(store)
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_newer_database_is_refused(settings: Settings) -> None:
    """An old program does not write into a database that it does not understand."""
    with open_store(settings) as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="newer release"):
        open_store(settings)


def test_a_damaged_database_is_told(sqlite_settings: Settings) -> None:
    """A file that is no database stops the start in a sentence, and stays as it is."""
    sqlite_settings.make_folder()
    path = sqlite_settings.data / "tellback.sqlite"
    path.write_bytes(b"this was a database once" * 500)
    with pytest.raises(StoreDamaged, match="put back a backup"):
        open_store(sqlite_settings)
    assert path.read_bytes() == b"this was a database once" * 500


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Nobody listens at the address: that is said, and nothing hangs or breaks."""
    with pytest.raises(StoreDown, match="cannot be reached"):
        open_store(Settings(tmp_path, "postgresql+psycopg://eve:secret@127.0.0.1:1/none"))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("tellback eve:secret", "it is no URL"),
        ("mysql://eve:secret@localhost/tellback", "neither SQLite nor PostgreSQL"),
        ("postgresql+nothing://eve:secret@localhost/tellback", "it is no URL"),
        ("postgresql+pg8000://eve:secret@localhost/tellback", "pg8000 is not installed"),
    ],
)
def test_a_database_that_is_none_of_ours_is_told(tmp_path: Path, url: str, why: str) -> None:
    """A mistyped URL is explained with one that would do, and its password stays unsaid."""
    with pytest.raises(UnknownDatabase, match=why) as caught:
        open_store(Settings(tmp_path, url))
    assert "postgresql+psycopg://" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_upgrade_keeps_rows_and_leaves_a_backup(sqlite_settings: Settings) -> None:
    """A filled database from before the revisions is copied first, then brought up to date."""
    with open_store(sqlite_settings):
        pass
    path = sqlite_settings.data / "tellback.sqlite"
    old = sqlite3.connect(path)
    old.execute("DROP TABLE alembic_version")
    for table in Base.metadata.tables:
        old.execute(f"DROP TABLE {table}")
    old.execute("CREATE TABLE kept (word TEXT)")
    old.execute("INSERT INTO kept VALUES ('before')")
    old.commit()
    old.close()
    with open_store(sqlite_settings) as store, store.read() as connection:
        assert connection.scalar(text("SELECT word FROM kept")) == "before"
    (backup,) = (sqlite_settings.data / "backups").iterdir()
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT name FROM sqlite_master").fetchall() == [("kept",)]
    copy.close()


def test_sqlite_commits_are_durable(sqlite_store: Store) -> None:
    """A kill cannot tell FULL from NORMAL, a power cut can: so the setting itself is checked."""
    with sqlite_store.read() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
        }
    assert found == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}


def test_readers_that_turn_writers_do_not_fail(sqlite_store: Store) -> None:
    """Read-then-write transactions of eight threads all commit: none is turned away."""
    with sqlite_store.write() as connection:
        connection.execute(
            insert(ImportBatch),
            [
                {
                    "id": "one",
                    "kind": "responses",
                    "survey_id": "",
                    "file_name": "",
                    "file_hash": "",
                    "rows": 0,
                    "imported_at": datetime(2026, 10, 1, tzinfo=UTC),
                }
            ],
        )

    def add() -> None:
        for _ in range(20):
            with sqlite_store.write() as connection:
                rows = connection.scalar(select(ImportBatch.rows)) or 0
                connection.execute(update(ImportBatch).values(rows=rows + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite_store.read() as connection:
        assert connection.scalar(select(ImportBatch.rows)) == 160


def test_a_held_lock_is_named_busy(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who cannot write because another one does is told so, in words."""
    monkeypatch.setattr("survey.store.engine.BUSY_SECONDS", 0.05)
    with open_store(sqlite_settings) as store:
        other = sqlite3.connect(sqlite_settings.data / "tellback.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="busy"), store.write():
            pass
        other.execute("ROLLBACK")
        other.close()


def test_a_full_disk_is_named_full(sqlite_store: Store) -> None:
    """No room left is told as such, what was there stays, and room again means working again."""
    with sqlite_store.write() as connection:
        connection.execute(insert(Customer), [customer(1)])
        pages = connection.scalar(text("PRAGMA page_count"))
    long = {**customer(2), "name": "x" * 200_000}

    def write_long(limit: int) -> None:
        with sqlite_store.write() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {limit}"))
            connection.execute(insert(Customer), [long])

    with pytest.raises(StoreFull, match="full"):
        write_long(int(pages or 0) + 1)
    assert count(sqlite_store) == 1
    write_long(1_000_000)
    assert count(sqlite_store) == 2


def test_every_store_error_is_one_sentence() -> None:
    """The edge can show any error of the store as it is."""
    for error in (StoreBusy(), StoreFull(), NewerDatabase("9999")):
        assert isinstance(error, StoreError)
        assert error.lines == (str(error),)


def test_the_secret_is_made_once_and_is_private(sqlite_settings: Settings) -> None:
    """The installation's key is random, stays the same, and only its owner may read it."""
    first = sqlite_settings.secret()
    assert len(first) == 32
    assert sqlite_settings.secret() == first
    assert (sqlite_settings.data / "secret").stat().st_mode & 0o777 == 0o600


def test_nobody_ever_sees_half_a_key(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second process that starts while the key is made finds no key or a whole one."""
    seen: list[bool] = []

    def made(count: int) -> str:
        seen.append((sqlite_settings.data / "secret").exists())
        return "7f" * count

    monkeypatch.setattr("survey.settings.secrets.token_hex", made)
    assert sqlite_settings.secret() == b"\x7f" * 32
    assert not any(seen)
    assert [path.name for path in sqlite_settings.data.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", "abc", "00" * 8, "not hex at all"])
def test_a_weak_secret_stops_the_start(tmp_path: Path, content: str) -> None:
    """A short or damaged key is refused with what to do about it."""
    (tmp_path / "secret").write_text(content)
    with pytest.raises(WeakSecret, match="backup"):
        Settings(tmp_path).secret()


def test_an_error_does_not_tell_what_was_being_stored(store: Store) -> None:
    """Errors go into logs; names and answers do not."""
    with pytest.raises(IntegrityError) as error, store.write() as connection:
        connection.execute(
            insert(Invitation).values(
                id="i1",
                survey_id="none",
                customer_id="none",
                token_hash="a-secret",
                created_at=datetime(2026, 10, 20, tzinfo=UTC),
            )
        )
    assert "a-secret" not in str(error.value)
