"""What the books say is kept, used again, and never used when it no longer holds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from reports.records import Records
from reports.settings import Definitions, Settings
from reports.spans import span
from survey.cases.log import import_cases
from survey.customers.purchases import import_purchases
from survey.fieldwork.surveys import SurveyRecord
from survey.imports.problems import ImportRefused
from survey.jobs import buyers
from survey.jobs import records as room
from survey.jobs.findings import find_out
from survey.jobs.kept_books import Asked
from survey.store import Store, StoreBusy
from survey.store.kept import StoredBooks
from survey.store.revisions import Marked, book_marks, mark_months
from survey.store.tables import Customer
from tests.survey.book_cases import book
from tests.survey.sample_cases import CUSTOMERS, NOW, answer, open_company

MONTHS = [f"2026-{month:02d}" for month in range(1, 11)]
WHOLE = ["2026-10", "2026-Q3"]
RULES = (Definitions(return_months=1, retention_months=3), Definitions(return_months=2))
FIRST = date(2026, 1, 1)
LOG = "number,customer_id,opened,answered,closed,reopened,target_days,tier\n"

Again = list[tuple[str, str]]


def counted(store: Store, survey: SurveyRecord, rules: Definitions = RULES[0]) -> Records:
    """A month and a quarter in full, the other months as far as they are followed."""
    whole, followed = ([span(name, MONTHS) for name in names] for names in (WHOLE, MONTHS[:-1]))
    return room.count_records(store, survey, whole, followed, rules)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """As if nothing had ever been kept, and nothing could be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "kept_books", lambda *_given: {})
        patch.setattr(room, "keep_books", lambda *_given: None)
        yield


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> Again:
    """The periods and parts that were counted rather than read."""
    seen: Again = []
    count = room._count

    def noted(connection: Connection, fields: tuple[str, ...], missing: Sequence[Asked]) -> object:
        seen.extend((asked.period, asked.part.value) for asked in missing)
        return count(connection, fields, missing)

    monkeypatch.setattr(room, "_count", noted)
    return seen


def bought(store: Store, folder: Path, *rows: str) -> None:
    """Take in purchases: number, customer, day."""
    text = "number,customer_id,day\n" + "\n".join(rows) + "\n"
    import_purchases(store, book(folder, text), now=NOW)


def logged(store: Store, folder: Path, *rows: str, header: str = LOG, now: datetime = NOW) -> None:
    """Take in cases."""
    import_cases(store, book(folder, header + "\n".join(rows) + "\n"), now=now)


def some_books(store: Store, folder: Path) -> SurveyRecord:
    """Ten months of purchases of everybody now and then, and some cases."""
    survey = open_company(store)
    draw = random.Random(1)
    days = [FIRST + timedelta(draw.randrange(300)) for _ in range(400)]
    people = [draw.choice(CUSTOMERS).id for _ in days]
    bought(
        store, folder, *(f"P{i},{p},{d}" for i, (p, d) in enumerate(zip(people, days, strict=True)))
    )
    cases = zip(people[:40], days[:40], strict=True)
    logged(store, folder, *(f"K{i},{p},{d},,,,10,A" for i, (p, d) in enumerate(cases)))
    return survey


class Books:
    """A company whose books go on in any way that a file may tell."""

    def __init__(self, store: Store, folder: Path, seed: int) -> None:
        self.store, self.folder, self.draw = store, folder, random.Random(seed)
        self.cases: dict[str, date] = {}
        self.purchases = 0

    def go_on(self) -> None:
        """One thing happens."""
        books = (self.buy, self.buy_unnumbered, self.complain, self.close, self.correct)
        step: Callable[[], None] = self.draw.choice((*books, self.hand_over, self.grade))
        step()

    def buy(self) -> None:
        """Numbered purchases, some of them known before."""
        start = max(0, self.purchases - 2)
        self.purchases += self.draw.randrange(1, 6)
        rows = [f"P{i},{self.someone()},{self.day()}" for i in range(start, self.purchases)]
        bought(self.store, self.folder, *rows)

    def buy_unnumbered(self) -> None:
        """A file without numbers, taken once."""
        rows = [f"{self.someone()},{self.day()}" for _ in range(3)]
        text = "customer_id,day\n" + "\n".join(rows) + "\n"
        import_purchases(self.store, book(self.folder, text), now=NOW)

    def complain(self) -> None:
        """New cases, some of them answered or closed at once."""
        for _ in range(3):
            self.cases[f"K{len(self.cases)}"] = self.day()
        self.tell(list(self.cases)[-3:])

    def correct(self) -> None:
        """Cases told otherwise in anything: whose they are, and when they were opened, too."""
        for number in self.some():
            self.cases[number] = self.day()
        self.tell(self.some())

    def close(self) -> None:
        """Only the days of closing, of cases that are closed or open again."""
        rows = [f"{n},{self.cases[n]},{self.later(self.cases[n])}" for n in self.some()]
        try:
            logged(self.store, self.folder, *rows, header="number,opened,closed\n", now=self.now())
        except ImportRefused:
            return  # an answer after the closing: nothing was taken

    def hand_over(self) -> None:
        """Cases that turn out to be somebody else's, and nothing else."""
        rows = [f"{n},{self.someone()},{self.cases[n]}" for n in self.some()]
        logged(self.store, self.folder, *rows, header="number,customer_id,opened\n")

    def grade(self) -> None:
        """Somebody is of another tier from now on."""
        tier = {"segments": {"tier": self.draw.choice("ABC")}}
        with self.store.write() as connection:
            connection.execute(update(Customer).where(Customer.id == self.someone()).values(tier))

    def tell(self, numbers: Sequence[str]) -> None:
        """Cases with every column."""
        rows = []
        for number in numbers:
            opened = self.cases[number]
            closed = self.later(opened)
            answered = self.draw.choice([opened, ""])
            who, yes = self.draw.choice([self.someone(), ""]), self.draw.choice(["yes", "no", ""])
            rows.append(f"{number},{who},{opened},{answered},{closed},{yes},10,D")
        logged(self.store, self.folder, *rows, now=self.now())

    def some(self) -> list[str]:
        """Some cases that there are; at least one is made."""
        if not self.cases:
            self.complain()
        return self.draw.sample(sorted(self.cases), min(len(self.cases), 2))

    def someone(self) -> str:
        """One of few customers, so that some buy again."""
        return self.draw.choice(CUSTOMERS[30:45]).id

    def day(self) -> date:
        """A day of the ten months."""
        return FIRST + timedelta(self.draw.randrange(300))

    def later(self, day: date) -> date | str:
        """Some later day, or none."""
        after = day + timedelta(self.draw.randrange(20))
        return after if self.draw.random() < 0.5 else ""

    def now(self) -> datetime:
        """When a log is taken in."""
        return datetime(2026, 11, self.draw.randrange(16, 23), tzinfo=UTC)


@pytest.mark.parametrize("seed", range(4))
def test_kept_counts_are_the_counts_whatever_happens(
    store: Store, tmp_path: Path, seed: int
) -> None:
    """After any sequence of imports what was kept equals what would be counted anew."""
    survey = open_company(store)
    books = Books(store, tmp_path, seed)
    books.buy()
    books.complain()
    for _ in range(12):
        books.go_on()
        for rules in RULES:
            found = counted(store, survey, rules)
            with nothing_kept():
                assert found == counted(store, survey, rules)


def test_each_part_is_counted_once(store: Store, tmp_path: Path, again: Again) -> None:
    """Of the periods reported rates and details, of those before the rates; then none again."""
    survey = some_books(store, tmp_path)
    found = counted(store, survey)
    details = [(name, part) for name in WHOLE for part in ("rates", "details")]
    assert sorted(again) == sorted([(month, "rates") for month in MONTHS[:-1]] + details)
    again.clear()
    assert counted(store, survey) == found
    assert not again


def test_new_purchases_count_their_own_months_again(
    sqlite_store: Store, tmp_path: Path, again: Again
) -> None:
    """A late purchase of May is in the windows of May and June, and of who stayed since."""
    survey = some_books(sqlite_store, tmp_path)
    counted(sqlite_store, survey)
    again.clear()
    bought(sqlite_store, tmp_path, f"late,{CUSTOMERS[0].id},2026-05-20")
    counted(sqlite_store, survey)
    assert sorted(again) == [
        ("2026-05", "rates"),
        ("2026-06", "rates"),
        ("2026-10", "details"),
        ("2026-Q3", "details"),
        ("2026-Q3", "rates"),
    ]


def test_closing_an_old_case_leaves_the_past_as_it_was(
    sqlite_store: Store, tmp_path: Path, again: Again
) -> None:
    """What was open at the end of September was open then, also when it is closed in October."""
    survey = some_books(sqlite_store, tmp_path)
    logged(sqlite_store, tmp_path, f"old,{CUSTOMERS[0].id},2026-02-03,,,,10,A")
    before = counted(sqlite_store, survey)
    again.clear()
    logged(sqlite_store, tmp_path, "old,2026-02-03,2026-10-12", header="number,opened,closed\n")
    after = counted(sqlite_store, survey)
    assert sorted(again) == [("2026-10", "details"), ("2026-10", "rates")]
    assert after.of("2026-Q3") == before.of("2026-Q3")
    still = [
        sum(counts.open.total() for counts in records.of("2026-10").counts.values())
        for records in (before, after)
    ]
    assert still[0] - still[1] == 1


def test_a_log_that_says_nothing_new_costs_nothing(
    sqlite_store: Store, tmp_path: Path, again: Again
) -> None:
    """The same log, taken in again on another day, leaves everything kept."""
    survey = open_company(sqlite_store)
    row = f"K1,{CUSTOMERS[0].id},2026-09-03,2026-09-04,,no,10,A"
    logged(sqlite_store, tmp_path, row)
    counted(sqlite_store, survey)
    again.clear()
    logged(sqlite_store, tmp_path, row, now=NOW + timedelta(days=1))
    counted(sqlite_store, survey)
    assert not again


def test_reports_of_other_definitions_are_kept_side_by_side(
    sqlite_store: Store, tmp_path: Path, again: Again
) -> None:
    """Two reports that look for customers in different windows do not put each other out."""
    survey = some_books(sqlite_store, tmp_path)
    found = [counted(sqlite_store, survey, rules) for rules in RULES]
    again.clear()
    assert [counted(sqlite_store, survey, rules) for rules in RULES] == found
    assert found[0] != found[1]
    assert not again


@pytest.mark.parametrize(
    "change",
    [{"counts": b"broken"}, {"plan": "other"}, {"revision": "other"}],
    ids=["damaged", "of another plan", "of another revision"],
)
def test_counts_that_no_longer_hold_are_made_anew(
    sqlite_store: Store, tmp_path: Path, again: Again, change: dict[str, object]
) -> None:
    """Damaged, of another plan or of another state of the books: not used, and replaced."""
    survey = some_books(sqlite_store, tmp_path)
    found = counted(sqlite_store, survey)
    first = list(again)
    with sqlite_store.write() as connection:
        connection.execute(update(StoredBooks).values(**change))
    assert counted(sqlite_store, survey) == found
    assert counted(sqlite_store, survey) == found
    assert again == first * 2


def test_counts_that_cannot_be_kept_are_right(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy store costs time and no figure."""
    survey = some_books(sqlite_store, tmp_path)
    with nothing_kept():
        expected = counted(sqlite_store, survey)

    def busy(_store: Store) -> None:
        raise StoreBusy

    monkeypatch.setattr(Store, "write", busy)
    assert counted(sqlite_store, survey) == expected
    with sqlite_store.read() as connection:
        assert connection.scalar(select(StoredBooks.period)) is None


def test_customers_are_counted_whole_over_any_chunks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few rows are read at once, nobody is counted as two."""
    survey = some_books(store, tmp_path)
    with nothing_kept():
        expected = counted(store, survey)
        for rows in (1, 3, 400):
            monkeypatch.setattr(buyers, "CHUNK", rows)
            assert counted(store, survey) == expected


def test_a_refused_file_marks_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    """What was not taken in makes nothing stale."""
    some_books(sqlite_store, tmp_path)
    with sqlite_store.read() as connection:
        before = book_marks(connection)
    with pytest.raises(ImportRefused):
        logged(sqlite_store, tmp_path, "K0,2026-02-31,", header="number,opened,closed\n")
    with sqlite_store.read() as connection:
        assert book_marks(connection) == before


def test_marks_are_of_one_book_and_month(store: Store) -> None:
    """Each change leaves a new mark at its months, and at no other."""
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31)]
    seen = []
    for own in (days, days[:1], []):
        with store.write() as connection:
            mark_months(connection, Marked.CASES, own)
            seen.append(book_marks(connection))
    assert list(seen[0]) == [("cases", "2026-09"), ("cases", "2026-10")]
    assert seen[0]["cases", "2026-09"] != seen[1]["cases", "2026-09"]
    assert seen[0]["cases", "2026-10"] == seen[1]["cases", "2026-10"]
    assert seen[2] == seen[1]


def test_findings_of_kept_counts_are_the_findings(store: Store, tmp_path: Path) -> None:
    """The report does not tell whether its books were counted or read."""
    survey = some_books(store, tmp_path)
    for month in MONTHS[-3:]:
        answer(store, survey, month)
    rules = Settings(definitions=RULES[0])
    found = [find_out(store, survey, wave="2026-10", by="tier", settings=rules) for _ in range(2)]
    assert found[0] == found[1]
    assert found[0].segment("all").figure("retention") is not None
