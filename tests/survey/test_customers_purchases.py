"""Purchases come in whole or not at all, once, and with the segments of their customers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import update

from survey.customers.purchases import import_purchases
from survey.imports.batches import AlreadyImported
from survey.imports.problems import ImportRefused
from survey.store import Store
from survey.store.tables import Customer, Purchase
from tests.outside_files import HOSTILE, needs_hostile
from tests.survey.book_cases import book, rows_of, with_customers
from tests.survey.import_cases import NOW


def test_purchases_are_stored_as_the_file_says(store: Store, tmp_path: Path) -> None:
    """Number, customer in the roster's spelling, day, amount to the cent, today's segments."""
    with_customers(store)
    path = book(
        tmp_path, 'number,customer_id,day,amount\n007,c1,2026-10-05,"1,200.50"\n8,C2,2026/10/6,\n'
    )
    result = import_purchases(store, path, now=NOW)
    assert (result.added, result.known, result.left_out) == (2, 0, ())
    columns = ("number", "customer_id", "day", "amount", "segments")
    assert rows_of(store, Purchase, *columns) == [
        ("007", "C1", date(2026, 10, 5), 120_050, {"tier": "A"}),
        ("8", "C2", date(2026, 10, 6), None, {"tier": "B"}),
    ]


def test_segments_are_those_of_the_day_of_import(sqlite_store: Store, tmp_path: Path) -> None:
    """Who is graded anew later bought as what he was, as with answers."""
    with_customers(sqlite_store)
    import_purchases(
        sqlite_store, book(tmp_path, "number,customer_id,day\n1,C1,2026-10-05\n"), now=NOW
    )
    with sqlite_store.write() as connection:
        connection.execute(update(Customer).values(segments={"tier": "C"}))
    import_purchases(
        sqlite_store, book(tmp_path, "number,customer_id,day\n2,C1,2026-11-05\n"), now=NOW
    )
    assert rows_of(sqlite_store, Purchase, "number", "segments") == [
        ("1", {"tier": "A"}),
        ("2", {"tier": "C"}),
    ]


def test_numbered_purchases_are_taken_once(store: Store, tmp_path: Path) -> None:
    """Importing twice adds nothing, and files may overlap."""
    with_customers(store)
    first = book(tmp_path, "number,customer_id,day\n1,C1,2026-10-05\n2,C1,2026-10-05\n")
    import_purchases(store, first, now=NOW)
    again = import_purchases(store, first, now=NOW)
    assert (again.added, again.known) == (0, 2)
    longer = book(tmp_path, "number,customer_id,day\n2,C1,2026-10-05\n3,C2,2026-10-09\n", "b.csv")
    result = import_purchases(store, longer, now=NOW)
    assert (result.added, result.known) == (1, 1)
    assert [number for (number,) in rows_of(store, Purchase, "number")] == ["1", "2", "3"]


def test_a_file_without_numbers_is_taken_once(store: Store, tmp_path: Path) -> None:
    """Two purchases of one day are two, but the same file again, under any name, is refused."""
    with_customers(store)
    text = "customer_id,day\nC1,2026-10-05\nC1,2026-10-05\n"
    assert import_purchases(store, book(tmp_path, text), now=NOW).added == 2
    with pytest.raises(AlreadyImported, match=r"renamed\.csv was imported before"):
        import_purchases(store, book(tmp_path, text, "renamed.csv"), now=NOW)
    assert len(rows_of(store, Purchase, "id")) == 2


def test_every_problem_is_told_and_nothing_stored(sqlite_store: Store, tmp_path: Path) -> None:
    """One round of corrections is enough; a half-taken book would be worse than none."""
    with_customers(sqlite_store)
    path = book(
        tmp_path,
        "number,customer_id,day,amount\n"
        "1,C1,2026-10-05,5\n"
        "1,C2,2026-10-05,5\n"
        ",C2,31/10/2026,-5\n"
        "3,C9,2026-10-05,1.005\n"
        "4,C9,2099-01-01,5\n"
        "5,C9,2026-10-05,5\n"
        "6,,,9999999999999999\n"
        "7,C1\n"
        "1.23457E+17,=1+1,2026-10-05,\n",
    )
    with pytest.raises(ImportRefused) as refusal:
        import_purchases(sqlite_store, path, now=NOW)
    assert refusal.value.lines == (
        "book.csv:3: number 1 is already on line 2: keep one row a number",
        "book.csv:4: number is empty: give each row its own number, or leave the column out",
        "book.csv:4: day is not a date like 2025-03-01",
        "book.csv:4: amount must not be negative: leave it empty where nothing was bought",
        "book.csv:5: amount has more than two decimals: round it",
        "book.csv:6: day lies in the future: leave it empty where it is not known",
        "book.csv:7: customer C9 is not in the roster: import customers first",
        "book.csv:8: customer_id is empty: give each customer an id",
        "book.csv:8: day is empty: say when it was bought, like 2025-03-01",
        "book.csv:8: amount is larger than any purchase: is it in the right column?",
        "book.csv:9: row has 2 cells, the header has 4",
        "book.csv:10: number 1.23457E+17 looks mangled by a spreadsheet: format the column as text",
    )
    assert rows_of(sqlite_store, Purchase, "id") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("customer_id,amount\nC1,5\n", "no column named day"),
        ("day,amount\n2026-10-05,5\n", "no column named customer_id"),
        ("customer_id,day,date\nC1,2026-10-05,\n", "both hold day"),
        ("customer_id,day\n", "there are no rows below the header"),
        ("", "empty"),
    ],
)
def test_what_is_no_file_of_purchases(
    sqlite_store: Store, tmp_path: Path, text: str, told: str
) -> None:
    """A file that cannot say who bought when is refused by its header."""
    with_customers(sqlite_store)
    with pytest.raises(ImportRefused, match=told):
        import_purchases(sqlite_store, book(tmp_path, text), now=NOW)


def test_a_chinese_spreadsheet_needs_no_renaming(sqlite_store: Store, tmp_path: Path) -> None:
    """XLSX and GB18030, with the column names of a Chinese company; what is not needed is told."""
    with_customers(sqlite_store)
    path = tmp_path / "订单.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["订单编号", "客户编号", "购买日期", "金额", "备注"])
        sheet.write_row(1, 0, ["D-1", "C1", "2026年10月5日", "88.80", "急"])
    assert import_purchases(sqlite_store, path, now=NOW).left_out == ("备注",)
    plain = tmp_path / "订单.csv"
    plain.write_bytes("订单编号,客户编号,购买日期\nD-2,C2,2026年10月6日\n".encode("gb18030"))
    assert import_purchases(sqlite_store, plain, now=NOW).encoding == "gb18030"
    assert rows_of(sqlite_store, Purchase, "number", "amount") == [("D-1", 8880), ("D-2", None)]


@needs_hostile
@pytest.mark.parametrize(
    "path", sorted((HOSTILE / "customers").glob("*.*")), ids=lambda path: str(path.name)
)
def test_hostile_files_are_refused_in_words(sqlite_store: Store, path: Path) -> None:
    """What was made to break the reading of rosters is no book of purchases either."""
    with pytest.raises(ImportRefused) as refusal:
        import_purchases(sqlite_store, path, now=NOW)
    assert all(line.startswith(path.name) for line in refusal.value.lines)
    assert rows_of(sqlite_store, Purchase, "id") == []


def test_progress_ends_full(sqlite_store: Store, tmp_path: Path) -> None:
    """A bar that shows the import never runs backwards and ends full."""
    with_customers(sqlite_store)
    rows = "".join(f"{number},C1,2026-10-05\n" for number in range(5000))
    steps: list[float] = []
    import_purchases(
        sqlite_store,
        book(tmp_path, "number,customer_id,day\n" + rows),
        now=NOW,
        progress=lambda done, total: steps.append(done / total),
    )
    assert steps == sorted(steps)
    assert steps[-1] == 1
