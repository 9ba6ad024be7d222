"""Whoever is erased is gone: from every table, from the file, from issued reports, for good."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from survey.dataset import words_of
from survey.jobs.drawing import Drawn, draw
from survey.jobs.erasing import NoSuchCustomer, erase_people, what_is_kept
from survey.jobs.findings import find_out
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.base import Base
from survey.store.clearing import clear, erased_at, replay
from survey.store.erasing import Held
from survey.store.kept import StoredBooks, StoredTally
from survey.store.ledger import NAME, read_file, write_file
from survey.store.tables import Customer, EditionFile, Response
from tests import cast
from tests.survey.building_cases import build_all, issued_of
from tests.survey.erasing_cases import (
    NOW,
    customer_id,
    fill,
    found_in_store,
    parts_of,
    person,
)

KEY = bytes(32)
ERASED = [customer_id(number) for number in range(8)]
TRACES = [text for number in range(8) for text in person(number)]
ONE_OF_EACH = Held(1, 1, 1, 1, 1, 1, 1, 0, 1)


def test_nothing_is_left_of_an_erased_customer(store: Store) -> None:
    """Not in a row, nor in free pages or the log of the database; all others stay."""
    fill(store, 200)
    assert len(found_in_store(store, TRACES)) == len(TRACES)
    assert what_is_kept(store, ERASED[:1]) == ONE_OF_EACH
    erased, clear_now = erase_people(store, ERASED, key=KEY, now=NOW)
    assert clear_now
    assert (erased.customers, erased.comments, erased.file_names) == (8, 8, 8)
    assert found_in_store(store, TRACES) == []
    others = [text for number in range(8, 200) for text in person(number)]
    assert len(found_in_store(store, others)) == len(others)
    assert not what_is_kept(store, ERASED)


def test_reports_are_drawn_without_the_erased(store: Store, fonts: Path) -> None:
    """Of every edition only the files that quote them are drawn anew; figures stay as issued."""
    survey = fill(store, 60)
    issued, _stands = issued_of(store, survey)
    assert build_all(store, issued, fonts) == []
    everyone = [customer_id(number) for number in range(60)]
    quoted = [n for n in range(60) if found_in_store_pdf(store, person(n)[4])]
    assert quoted
    gone = quoted[0]
    assert what_is_kept(store, [everyone[gone]]).files > 0
    erased, _clear = erase_people(store, [everyone[gone]], key=KEY, now=NOW)
    assert erased.files > 0
    assert found_in_store(store, person(gone)) == []
    assert build_all(store, issued, fonts) == []
    assert found_in_store(store, person(gone)) == []
    assert found_in_store_pdf(store, "is kept no longer")
    again, stands = issued_of(store, survey)
    assert (again.key.number, again.text, stands) == (1, issued.text, True)


def test_a_file_that_was_being_drawn_while_somebody_was_erased(
    store: Store, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever draws holds the words already: what comes of it is not kept, but drawn once more."""
    survey = fill(store, 60)
    issued, _stands = issued_of(store, survey)
    voices = issued.findings.segment("all").voices
    assert voices
    words = words_of(store, voices.references)
    writer = next(n for n in range(60) if any(f"no{n:05d}" in said for said in words.values()))
    erased: list[bool] = []

    def slowly(*given: Any) -> Iterator[Drawn]:
        for one in draw(*given):
            if not erased:
                erased.append(erase_people(store, [customer_id(writer)], key=KEY, now=NOW)[1])
            yield one

    monkeypatch.setattr("survey.jobs.building.draw", slowly)
    assert build_all(store, issued, fonts) == []
    assert erased == [True]
    assert found_in_store(store, person(writer)) == []


def found_in_store_pdf(store: Store, said: str) -> bool:
    """Whether a page of a stored report says that, whatever its line breaks."""
    with store.read() as connection:
        files = select(EditionFile.content).where(EditionFile.kind == "pdf")
        wanted = "".join(said.split()).encode()
        return any(
            wanted in part for one in connection.scalars(files) if one for part in parts_of(one)
        )


def test_counts_that_rest_on_the_erased_are_dropped(store: Store) -> None:
    """What was counted with them is counted anew without; their months are marked as changed."""
    survey = fill(store, 60)
    before = find_out(store, survey, wave="2026-10", by="tier")
    erase_people(store, [customer_id(1)], key=KEY, now=NOW)
    with store.read() as connection:
        for kept in (StoredTally, StoredBooks):
            assert connection.scalar(select(func.count()).select_from(kept)) == 0
    assert not list((store.data / "columns").glob("*"))
    after = find_out(store, survey, wave="2026-10", by="tier")
    assert after.segment("all").responses == before.segment("all").responses - 1


def test_every_table_that_knows_a_customer_is_emptied(store: Store) -> None:
    """A table that is added later, and names customers, fails here until it is erased from."""
    fill(store, 3)
    erase_people(store, [customer_id(number) for number in range(3)], key=KEY, now=NOW)
    about = {"customer"}
    while more := {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in about and any(k.column.table.name in about for k in table.foreign_keys)
    }:
        about |= more
    assert {"draft", "comment", "purchase", "complaint_case"} <= about
    with store.read() as connection:
        for name in about:
            rows = select(func.count()).select_from(Base.metadata.tables[name])
            assert connection.scalar(rows) == 0, name


def test_unknown_customers_are_refused_before_anything(store: Store) -> None:
    """One wrong id, and nobody is erased."""
    fill(store, 3)
    with pytest.raises(NoSuchCustomer, match="nobody"):
        erase_people(store, [customer_id(0), "nobody"], key=KEY, now=NOW)
    assert what_is_kept(store, [customer_id(0)]) == ONE_OF_EACH


def test_an_anonymous_answer_is_nobodys(store: Store) -> None:
    """What cannot be told to be the customer's stays."""
    fill(store, 3)
    with store.write() as connection:
        unknown = {"customer_id": None, "invitation_id": None}
        connection.execute(update(Response).values(unknown))
    assert what_is_kept(store, [customer_id(0)]).responses == 0
    erase_people(store, [customer_id(0)], key=KEY, now=NOW)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Response)) == 3


def test_a_backup_that_is_put_back_brings_nobody_back(tmp_path: Path) -> None:
    """The next start erases again whom the ledger names, and nobody else."""
    settings = Settings(tmp_path / "data")
    with open_store(settings) as store:
        fill(store, 6)
    backup = tmp_path / "backup.sqlite"
    shutil.copy(settings.data / "tellback.sqlite", backup)
    with open_store(settings) as store:
        erase_people(store, [customer_id(2)], key=settings.secret(), now=NOW)
    for path in settings.data.glob("tellback.sqlite*"):
        path.unlink()
    shutil.copy(backup, settings.data / "tellback.sqlite")
    with open_store(settings) as store:
        assert found_in_store(store, person(2)) == []
        assert what_is_kept(store, [customer_id(1)]) == ONE_OF_EACH
        assert erased_at(store, customer_id(2), settings.secret()) == NOW


def test_a_copy_of_the_ledger_serves_where_its_file_went_back_too(store: Store) -> None:
    """Whoever kept the ledger elsewhere erases by that."""
    fill(store, 3)
    erase_people(store, [customer_id(0)], key=KEY, now=NOW)
    notes = read_file(store.data / NAME)
    assert not replay(store, lambda: KEY, notes)
    with store.write() as connection:
        again = cast.customer(customer_id(0), "Dave", imported_at=NOW + timedelta(days=1))
        connection.execute(insert(Customer), [again])
    later = {person: at + timedelta(hours=1) for person, at in notes.items()}
    assert not replay(store, lambda: KEY, later)  # came in again since
    latest = {person: at + timedelta(days=2) for person, at in notes.items()}
    assert replay(store, lambda: KEY, latest) == Held(customers=1)


def test_a_kill_before_the_file_was_told_is_made_up_for(sqlite_settings: Settings) -> None:
    """What only the database noted goes into the ledger's file at the next start."""
    with open_store(sqlite_settings) as store:
        fill(store, 3)
        erase_people(store, [customer_id(0)], key=KEY, now=NOW)
        (store.data / NAME).unlink()
    with open_store(sqlite_settings) as store:
        assert list(read_file(store.data / NAME).values()) == [NOW]


def test_a_reader_in_the_way_is_told_and_cleared_later(sqlite_settings: Settings) -> None:
    """While somebody reads the old state its bytes must stay; the next start clears them."""
    with open_store(sqlite_settings) as store:
        fill(store, 50)
        reader = sqlite3.connect(sqlite_settings.data / "tellback.sqlite", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customer").fetchone()
        assert erase_people(store, ERASED, key=KEY, now=NOW)[1] is False
        assert found_in_store(store, TRACES)
        reader.close()
    with open_store(sqlite_settings) as store:
        assert found_in_store(store, TRACES) == []
        assert clear(store)


def test_a_line_of_the_ledger_that_was_cut_off_harms_no_other(tmp_path: Path) -> None:
    """The next one begins a line of its own."""
    path = tmp_path / NAME
    write_file(path, {"a" * 64: NOW})
    path.write_bytes(path.read_bytes() + b"bbbb")
    write_file(path, {"c" * 64: NOW})
    assert read_file(path) == {"a" * 64: NOW, "c" * 64: NOW}
    assert read_file(tmp_path / "none") == {}
    assert path.stat().st_mode & 0o777 == 0o600
