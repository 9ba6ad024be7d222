"""A roster is taken whole or refused whole, and the store holds what the file said."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from survey.customers.roster import import_roster, read_roster
from survey.imports.problems import ImportRefused, Problems
from survey.store import Store
from survey.store.tables import Customer
from tests.outside_files import HOSTILE, needs_hostile
from tests.survey.import_cases import NOW

CUSTOMERS = HOSTILE / "customers"
MEGABYTES = 300
"""What reading a roster may take at most, the interpreter included."""


def cases() -> list[dict[str, str]]:
    """The rows of the hostile corpus' manifest; empty where the corpus is not there."""
    manifest = CUSTOMERS / "manifest.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def customers(store: Store) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Id → (name, e-mail, segments) of every customer stored."""
    query = select(Customer.id, Customer.name, Customer.email, Customer.segments)
    with store.read() as connection:
        return {row.id: (row.name, row.email, row.segments) for row in connection.execute(query)}


def roster(folder: Path, text: str) -> Path:
    """A roster file."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path


@needs_hostile
@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["file"]))
def test_hostile_rosters_get_their_verdict(case: dict[str, str]) -> None:
    """Verdict, rows taken, rows refused, first line and wording are those of the manifest."""
    problems = Problems(case["file"])
    good, told = 0, ""
    try:
        opened = read_roster(CUSTOMERS / case["file"], segments=None, today=NOW.date())
        good = len(list(opened.rows(problems)))
        verdict, rejected = "accept", problems.rows
        told = str(problems.listed[0]) if problems.listed else ""
    except ImportRefused as refusal:
        verdict, rejected, good = "reject", 0, 0
        told = refusal.lines[0]
    assert verdict == case["verdict"]
    assert (good, rejected) == (int(case["rows_ok"]), int(case["rows_rejected"]))
    if case["first_error_line"]:
        assert told.startswith(f"{case['file']}:{case['first_error_line']}: ")
        assert case["expected"] in told
    else:
        assert told == ""


@needs_hostile
@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["file"]))
def test_hostile_rosters_are_all_or_nothing(case: dict[str, str], sqlite_store: Store) -> None:
    """A file with any problem leaves the store empty; a good one is there whole."""
    clean = case["verdict"] == "accept" and case["rows_rejected"] == "0"
    try:
        import_roster(sqlite_store, CUSTOMERS / case["file"], segments=None, now=NOW)
        taken = True
    except ImportRefused:
        taken = False
    assert taken == clean
    assert len(customers(sqlite_store)) == (int(case["rows_ok"]) if clean else 0)


def test_names_are_stored_as_they_are(sqlite_store: Store, tmp_path: Path) -> None:
    """Formulas, markup and paths are text here; each exit makes them harmless in its own way."""
    path = roster(
        tmp_path,
        "customer_id,name,tier\n"
        "C1,\"=cmd|'/C calc'!A0\",../../etc\n"
        'C2,<script>1</script>,"{{7*7}}"\n',
    )
    import_roster(sqlite_store, path, segments=["tier"], now=NOW)
    assert customers(sqlite_store) == {
        "C1": ("=cmd|'/C calc'!A0", "", {"tier": "../../etc"}),
        "C2": ("<script>1</script>", "", {"tier": "{{7*7}}"}),
    }


def test_known_customers_are_brought_up_to_date(sqlite_store: Store, tmp_path: Path) -> None:
    """The same customer under another spelling is updated in the file's columns only."""
    first = roster(tmp_path, "customer_id,name,email,tier\nC1,Ann,ann@example.com,A\nC2,Bo,,B\n")
    result = import_roster(sqlite_store, first, segments=["tier"], now=NOW)
    assert (result.added, result.updated, result.rejected) == (2, 0, 0)
    second = roster(tmp_path, "customer_id,region\nc1,north\nC3,south\n")
    result = import_roster(sqlite_store, second, segments=["region"], now=NOW)
    assert (result.added, result.updated) == (1, 1)
    assert customers(sqlite_store) == {
        "C1": ("Ann", "ann@example.com", {"tier": "A", "region": "north"}),
        "C2": ("Bo", "", {"tier": "B"}),
        "C3": ("", "", {"region": "south"}),
    }


def test_a_wrong_row_refuses_the_file(sqlite_store: Store, tmp_path: Path) -> None:
    """Every problem is told at once, and nothing of the file is stored."""
    path = roster(tmp_path, "customer_id,email\nC1,ok@example.com\n,x\nC1,ok@example.com\n")
    with pytest.raises(ImportRefused) as refusal:
        import_roster(sqlite_store, path, segments=None, now=NOW)
    assert refusal.value.lines == (
        "roster.csv:3: customer_id is empty: give each customer an id",
        "roster.csv:3: email is not valid: write one address like ann@example.com",
        "roster.csv:4: customer_id C1 is already on line 2: keep one row a customer",
    )
    assert customers(sqlite_store) == {}


def test_good_rows_can_be_taken_by_choice(sqlite_store: Store, tmp_path: Path) -> None:
    """Who asks for the good rows gets them, and the list of the others."""
    path = roster(tmp_path, "customer_id,email\nC1,ok@example.com\n,x\nC2,\n")
    result = import_roster(sqlite_store, path, segments=None, now=NOW, accept_good_rows=True)
    assert (result.added, result.rejected, len(result.problems)) == (2, 1, 2)
    assert set(customers(sqlite_store)) == {"C1", "C2"}


def test_what_was_not_taken_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    """Columns left out and a doubtful encoding are part of the result."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b"customer_id,name,note\nC1,No.\xd2\xbb,x\n")
    result = import_roster(sqlite_store, path, segments=None, now=NOW)
    assert (result.left_out, result.encoding, result.also) == (("note",), "utf-8", "gb18030")


def test_a_roster_may_be_a_spreadsheet(sqlite_store: Store, tmp_path: Path) -> None:
    """XLSX rosters follow the same rules; an id that lost digits is seen there too."""
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户编号", "客户名称", "客户等级"])
        sheet.write_row(1, 0, [7, "张伟", "A"])
    import_roster(sqlite_store, path, segments=["tier"], now=NOW)
    assert customers(sqlite_store) == {"7": ("张伟", "", {"tier": "A"})}
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, ["customer_id", 123456789012345678])
    with pytest.raises(ImportRefused, match="looks mangled by a spreadsheet"):
        import_roster(sqlite_store, path, segments=None, now=NOW)


def test_progress_reaches_the_end(sqlite_store: Store, tmp_path: Path) -> None:
    """A bar that shows the import never runs backwards and ends full."""
    rows = "".join(f"C{number},A\n" for number in range(5000))
    steps: list[tuple[int, int]] = []
    import_roster(
        sqlite_store,
        roster(tmp_path, "customer_id,tier\n" + rows),
        segments=["tier"],
        now=NOW,
        progress=lambda done, total: steps.append((done, total)),
    )
    shares = [done / total for done, total in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1


MEASURE = """
import sys
from datetime import date
from pathlib import Path
from survey.customers.roster import read_roster
from survey.imports.problems import ImportRefused, Problems
problems = Problems("huge")
try:
    rows = read_roster(Path(sys.argv[1]), segments=None, today=date(2026, 11, 22)).rows(problems)
    print(sum(1 for _ in rows), problems.rows)
except ImportRefused as refusal:
    print(refusal.lines[0])
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""
"""The peak is the kernel's own of this program; ``ru_maxrss`` would count the parent's too."""


HEADER = "customer_id,name,email,phone,segment,revenue,last_purchase\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("".join(f"C{n},N,,,s,1,2025-01-01\n" for n in range(50_000)), "50000 0"),
        ('C1,"' + "x" * 10_000_000 + '",,,s,1,\n', "huge.csv:2: the line is longer than 1,000,000"),
        ('C1,"' + "x\n" * 5_000_000, "huge.csv:2: the quoted cell that starts here is not closed"),
        ("x\n" * 5_000_000, "0 5000000"),
        ("\n" * 10_000_000, "0 0"),
    ],
    ids=["50000_rows", "10_mb_cell", "unclosed_10_mb", "all_short", "blank_lines"],
)
def test_huge_rosters_take_bounded_memory(tmp_path: Path, body: str, told: str) -> None:
    """Files made to be large cost no more than 300 MB, good or bad."""
    path = tmp_path / "huge.csv"
    path.write_text(HEADER + body, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    verdict, peak = run.stdout.splitlines()
    assert verdict.startswith(told)
    assert int(peak) < MEGABYTES


def test_the_day_of_today_is_given_not_taken(tmp_path: Path) -> None:
    """A purchase is in the future by the caller's calendar, not by a clock in here."""
    path = roster(tmp_path, "customer_id,last_purchase\nC1,2025-01-01\n")
    for today, good in ((date(2024, 1, 1), 0), (date(2026, 1, 1), 1)):
        opened = read_roster(path, segments=None, today=today)
        assert len(list(opened.rows(Problems("r")))) == good
