"""A complaint log comes in whole or not at all, and its cases move on with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from survey.cases.log import UNSAID, import_cases
from survey.imports.problems import ImportRefused
from survey.store import Store
from survey.store.tables import ComplaintCase
from tests.outside_files import HOSTILE, needs_hostile
from tests.survey.book_cases import book, rows_of, with_customers
from tests.survey.import_cases import NOW

EVERYTHING = "number,customer_id,opened,answered,closed,reopened,target_days,kind,attribute,tier\n"


def test_cases_are_stored_as_the_log_says(store: Store, tmp_path: Path) -> None:
    """A customer's segments are stamped; a case without a customer has those of the log."""
    with_customers(store)
    path = book(
        tmp_path,
        EVERYTHING + "K1,c1,2026-10-01,2026-10-02,2026-10-09,yes,7,late delivery,delivery,C\n"
        "K2,,2026-10-03,,,,,,,D\n",
    )
    result = import_cases(store, path, now=NOW)
    assert (result.added, result.updated, result.left_out) == (2, 0, ())
    names = [column.name for column in ComplaintCase.__table__.columns]
    first, second = (
        dict(zip(names, row, strict=True)) for row in rows_of(store, ComplaintCase, *names)
    )
    assert first == {
        "number": "K1",
        "customer_id": "C1",
        "opened": date(2026, 10, 1),
        "answered": date(2026, 10, 2),
        "closed": date(2026, 10, 9),
        "reopened": 1,
        "target_days": 7,
        "kind": "late delivery",
        "attribute": "delivery",
        "segments": {"tier": "A"},
        "imported_at": NOW,
    }
    assert second == {
        **UNSAID,
        "number": "K2",
        "customer_id": None,
        "opened": date(2026, 10, 3),
        "segments": {"tier": "D"},
        "imported_at": NOW,
    }


def test_a_known_case_moves_on(store: Store, tmp_path: Path) -> None:
    """A later log closes the case, in its own columns only; the segments stay as they were."""
    with_customers(store)
    header = "number,customer_id,opened,kind\n"
    import_cases(
        store, book(tmp_path, header + "K1,C1,2026-10-01,rude\nK2,,2026-10-01,\n"), now=NOW
    )
    later = (
        "number,opened,closed,tier\nK1,2026-10-01,2026-10-09,D\nK2,2026-10-01,,D\nK3,2026-10-02,,\n"
    )
    result = import_cases(store, book(tmp_path, later), now=NOW)
    assert (result.added, result.updated) == (1, 2)
    assert rows_of(store, ComplaintCase, "number", "customer_id", "closed", "kind", "segments") == [
        ("K1", "C1", date(2026, 10, 9), "rude", {"tier": "A"}),
        ("K2", None, None, "", {"tier": "D"}),
        ("K3", None, None, "", {"tier": ""}),
    ]


def test_a_case_can_be_given_its_customer_later(sqlite_store: Store, tmp_path: Path) -> None:
    """Once it is known who complained, the case has that customer's segments."""
    with_customers(sqlite_store)
    import_cases(sqlite_store, book(tmp_path, "number,opened,tier\nK1,2026-10-01,D\n"), now=NOW)
    import_cases(
        sqlite_store, book(tmp_path, "number,opened,customer_id\nK1,2026-10-01,C2\n"), now=NOW
    )
    assert rows_of(sqlite_store, ComplaintCase, "customer_id", "segments") == [
        ("C2", {"tier": "B"})
    ]


def test_every_problem_is_told_and_nothing_stored(sqlite_store: Store, tmp_path: Path) -> None:
    """One round of corrections is enough, and the log is all there or not at all."""
    with_customers(sqlite_store)
    path = book(
        tmp_path,
        EVERYTHING + "K1,C1,2026-10-01,,,,,,,\n"
        "K1,C1,2026-10-01,,,,,,,\n"
        ",C9,,yesterday,,perhaps,-1,#N/A,,\n"
        "K3,C9,2026-10-01,,,,,,,\n"
        "K4,,2026-10-05,2026-10-04,2026-10-03,,,,,\n"
        "K5,,2026-10-05,2026-10-09,2026-10-08,1001,99999,,,\n"
        "K6,,2026-10-05,2026-10-09,2026-10-08,2,0,,,\n",
    )
    with pytest.raises(ImportRefused) as refusal:
        import_cases(sqlite_store, path, now=NOW)
    assert refusal.value.lines == (
        "book.csv:3: number K1 is already on line 2: keep one row a number",
        "book.csv:4: number is empty: give each row its own number, or leave the column out",
        "book.csv:4: opened is empty: say when the complaint came in, like 2025-03-01",
        "book.csv:4: answered is not a date like 2025-03-01",
        "book.csv:4: reopened is neither yes, no nor a number of times",
        "book.csv:4: target_days is not a whole number from 0 to 3650",
        "book.csv:4: kind is the spreadsheet's error #N/A: correct the formula",
        "book.csv:5: customer C9 is not in the roster: import customers first",
        "book.csv:6: answered 2026-10-04 lies before opened 2026-10-05",
        "book.csv:7: reopened is neither yes, no nor a number of times",
        "book.csv:7: target_days is not a whole number from 0 to 3650",
        "book.csv:8: closed 2026-10-08 lies before answered 2026-10-09",
    )
    assert rows_of(sqlite_store, ComplaintCase, "number") == []


def test_days_must_go_with_those_known_before(store: Store, tmp_path: Path) -> None:
    """A log that contradicts what the store knows of a case changes nothing."""
    with_customers(store)
    import_cases(
        store, book(tmp_path, "number,opened,answered\nK1,2026-10-01,2026-10-04\n"), now=NOW
    )
    wrong = "number,opened\nK0,2026-10-01\nK1,2026-10-05\n"
    with pytest.raises(ImportRefused) as refusal:
        import_cases(store, book(tmp_path, wrong), now=NOW)
    assert refusal.value.lines == (
        "book.csv:3: of case K1, answered 2026-10-04 lies before opened 2026-10-05",
    )
    assert rows_of(store, ComplaintCase, "number", "opened") == [("K1", date(2026, 10, 1))]


@pytest.mark.parametrize(
    "wrong", [{"closed": date(2026, 9, 1)}, {"answered": date(2026, 9, 1)}, {"reopened": -1}]
)
def test_the_database_refuses_impossible_cases(store: Store, wrong: dict[str, object]) -> None:
    """Whoever writes cases, none is closed before it was opened."""
    row = {
        **UNSAID,
        "number": "K1",
        "customer_id": None,
        "opened": date(2026, 10, 1),
        "segments": {},
        "imported_at": NOW,
        **wrong,
    }
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(ComplaintCase), [row])


def test_a_chinese_log_needs_no_renaming(sqlite_store: Store, tmp_path: Path) -> None:
    """Column names and words of a Chinese log are known."""
    path = tmp_path / "投诉.csv"
    path.write_bytes(
        "投诉编号,客户编号,受理日期,首次答复,结案日期,是否重开,时限,投诉类型\n"
        "T1,,2026年10月1日,2026/10/2,20261009,否,5,交货延迟\n".encode("gb18030")
    )
    import_cases(sqlite_store, path, now=NOW)
    columns = ("number", "answered", "closed", "reopened", "target_days", "kind")
    assert rows_of(sqlite_store, ComplaintCase, *columns) == [
        ("T1", date(2026, 10, 2), date(2026, 10, 9), 0, 5, "交货延迟")
    ]


@needs_hostile
@pytest.mark.parametrize(
    "path", sorted((HOSTILE / "customers").glob("*.*")), ids=lambda path: str(path.name)
)
def test_hostile_files_are_refused_in_words(sqlite_store: Store, path: Path) -> None:
    """What was made to break the reading of rosters is no complaint log either."""
    with pytest.raises(ImportRefused) as refusal:
        import_cases(sqlite_store, path, now=NOW)
    assert all(line.startswith(path.name) for line in refusal.value.lines)
    assert rows_of(sqlite_store, ComplaintCase, "number") == []
