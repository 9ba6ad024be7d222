"""From the files of the company's books to findings: counted in the database, as by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from reports.findings import ALL, Findings, Reason
from reports.history import periods_of
from reports.records import NO_RECORDS, Book, Counts, Reach, Records, window
from reports.settings import STANDARD, Definitions, Settings
from reports.spans import Span, span
from reports.statistics.handling import Handled
from survey.cases.log import import_cases
from survey.customers.purchases import import_purchases
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs.findings import find_out
from survey.jobs.records import count_records
from survey.store import Store
from survey.store.tables import Customer
from tests.survey.book_cases import book
from tests.survey.sample_cases import CUSTOMERS, NOW, answer, open_company

WAVE = "2026-10"
MONTHS = [f"2026-{month:02d}" for month in range(4, 11)]
WINDOWS = Definitions(return_months=1, retention_months=3)
SEGMENTS = {customer.id: customer.segments for customer in CUSTOMERS}


@dataclass(frozen=True)
class Case:
    """A case of the log as the file has it."""

    number: str
    customer: str
    opened: date
    answered: date | None
    closed: date | None
    reopened: bool
    target: int
    kind: str

    def line(self) -> str:
        """Its row; a case without a customer is of tier D."""
        days = (self.opened, self.answered, self.closed)
        told = [self.number, self.customer, *("" if d is None else d.isoformat() for d in days)]
        about = self.kind and f"{self.kind} part"
        return ",".join(
            [*told, "yes" if self.reopened else "no", str(self.target), self.kind, about, "D"]
        )


Bought = tuple[str, date]


def drawn(seed: int) -> tuple[list[Bought], list[Case]]:
    """Half a year of purchases and complaints, the same for the same seed."""
    draw = random.Random(seed)
    first = date(2026, 4, 1)
    bought = [
        (draw.choice(CUSTOMERS).id, first + timedelta(draw.randrange(214))) for _ in range(900)
    ]
    cases = []
    for number in range(160):
        opened = first + timedelta(draw.randrange(214))
        answered = opened + timedelta(draw.randrange(6)) if draw.random() < 0.8 else None
        closed = (answered or opened) + timedelta(draw.randrange(20))
        cases.append(
            Case(
                f"K{number}",
                draw.choice(CUSTOMERS).id if draw.random() < 0.9 else "",
                opened,
                answered,
                closed if draw.random() < 0.7 else None,
                draw.random() < 0.2,
                draw.choice([5, 10, 20]),
                draw.choice(["late", "wrong", "延迟", ""]),
            )
        )
    return bought, cases


def taken_in(store: Store, folder: Path, bought: Iterable[Bought], cases: Iterable[Case]) -> None:
    """Both books, through their files."""
    rows = "".join(f"P{i},{who},{day}\n" for i, (who, day) in enumerate(bought))
    import_purchases(store, book(folder, "number,customer_id,day\n" + rows), now=NOW)
    header = "number,customer_id,opened,answered,closed,reopened,target_days,kind,attribute,tier\n"
    log = header + "".join(case.line() + "\n" for case in cases)
    import_cases(store, book(folder, log, "log.csv"), now=NOW)


def by_hand(name: str, bought: Sequence[Bought], cases: Sequence[Case], tier: str) -> Counts:
    """What the books say of one tier in one period, counted the slow way."""
    days = window(name)
    assert days is not None

    def customers(first: date, last: date) -> set[str]:
        return {
            who for who, day in bought if first <= day <= last and SEGMENTS[who]["tier"] == tier
        }

    now, long = days, days.at_least(WINDOWS.retention_months)
    before, start = (customers(w.before().first, w.before().last) for w in (now, long))
    served = customers(days.first, days.last)
    own = [c for c in cases if (SEGMENTS[c.customer]["tier"] if c.customer else "D") == tier]
    opened = [c for c in own if days.first <= c.opened <= days.last]
    still = [c for c in own if c.opened <= days.last and (c.closed is None or c.closed > days.last)]

    def known(day: date | None) -> date | None:
        return None if day is None or day > days.last else day

    def handled(found: Iterable[Case]) -> Counter[Handled]:
        return Counter(
            Handled(
                c.opened,
                known(c.closed),
                c.opened + timedelta(c.target),
                c.reopened,
                known(c.answered),
            )
            for c in found
        )

    return Counts(
        served=len(served),
        transactions=sum(
            days.first <= day <= days.last and SEGMENTS[who]["tier"] == tier for who, day in bought
        ),
        complaining=len(served & {c.customer for c in opened}),
        before=len(before),
        again=len(before & customers(now.first, now.last)),
        start=len(start),
        kept=len(start & customers(long.first, long.last)),
        complaints=len(opened),
        cases=handled(opened),
        open=handled(still),
        kinds=Counter(c.kind for c in opened if c.kind),
        attributes=Counter(f"{c.kind} part" for c in opened if c.kind),
    )


def counted(
    store: Store, survey: SurveyRecord, whole: Sequence[str], followed: Sequence[str] = ()
) -> Records:
    """The books of periods by name."""
    return count_records(
        store,
        survey,
        [span(name, MONTHS) for name in whole],
        [span(name, MONTHS) for name in followed],
        WINDOWS,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_database_counts_as_by_hand(store: Store, tmp_path: Path, seed: int) -> None:
    """Every count of every tier, of a month and of a quarter, windows and backlog included."""
    survey = open_company(store)
    bought, cases = drawn(seed)
    taken_in(store, tmp_path, bought, cases)
    records = counted(store, survey, [WAVE, "2026-Q3"])
    assert records.books == frozenset(Book)
    for name in (WAVE, "2026-Q3"):
        booked = records.of(name)
        found = booked.by("tier")
        expected = {tier: by_hand(name, bought, cases, tier) for tier in "ABCD"}
        assert found == expected
        assert sum(counts.served for counts in booked.by("region").values()) == sum(
            counts.served for counts in expected.values()
        )


def test_what_happens_adds_up_over_months_and_customers_do_not(
    store: Store, tmp_path: Path
) -> None:
    """Transactions and cases of a quarter are the sum of its months'; customers are fewer."""
    survey = open_company(store)
    taken_in(store, tmp_path, *drawn(3))
    months = ["2026-07", "2026-08", "2026-09"]
    records = counted(store, survey, ["2026-Q3", *months])
    quarter = records.of("2026-Q3").by("tier")
    for tier, whole in quarter.items():
        parts = [records.of(month).by("tier").get(tier, Counts()) for month in months]
        assert whole.transactions == sum(part.transactions for part in parts)
        assert whole.complaints == sum(part.complaints for part in parts)
        assert max(p.served for p in parts) <= whole.served <= sum(p.served for p in parts)
    assert quarter["B"].served < sum(records.of(m).by("tier")["B"].served for m in months)


def test_a_customer_belongs_to_one_segment_of_a_period(store: Store, tmp_path: Path) -> None:
    """Who was graded anew within the quarter is counted once, as of the last purchase."""
    survey = open_company(store)
    who = CUSTOMERS[0].id
    purchases = "number,customer_id,day\n{},{},2026-{}-05\n"
    import_purchases(store, book(tmp_path, purchases.format(1, who, "07")), now=NOW)
    with store.write() as connection:
        connection.execute(
            update(Customer).where(Customer.id == who).values(segments={"tier": "B"})
        )
    import_purchases(store, book(tmp_path, purchases.format(2, who, "09")), now=NOW)
    quarter = counted(store, survey, ["2026-Q3"]).of("2026-Q3").by("tier")
    assert {tier: (c.served, c.transactions) for tier, c in quarter.items()} == {
        "A": (0, 1),
        "B": (1, 1),
    }


def test_months_that_the_books_do_not_reach_are_unknown(store: Store, tmp_path: Path) -> None:
    """Before the first purchase, and after the last entry of the log, nothing is claimed."""
    survey = open_company(store)
    import_purchases(
        store,
        book(
            tmp_path,
            f"customer_id,day\n{CUSTOMERS[0].id},2026-05-20\n{CUSTOMERS[1].id},2026-10-02\n",
        ),
        now=NOW,
    )
    log = "number,opened,closed\nK1,2026-06-10,2026-08-02\n"
    import_cases(store, book(tmp_path, log, "log.csv"), now=NOW)
    records = counted(store, survey, MONTHS)
    reach = {month: records.of(month).reach for month in MONTHS}
    assert [m for m in MONTHS if Reach.BOUGHT in reach[m]] == MONTHS[1:]
    assert [m for m in MONTHS if Reach.BOUGHT_BEFORE in reach[m]] == MONTHS[2:]
    assert [m for m in MONTHS if Reach.CUSTOMERS_BEFORE in reach[m]] == MONTHS[6:]
    assert [m for m in MONTHS if Reach.CASES in reach[m]] == ["2026-06", "2026-07", "2026-08"]
    assert records.books == {Book.PURCHASES, Book.CASES}


def test_the_log_is_known_until_it_was_taken_in(sqlite_store: Store, tmp_path: Path) -> None:
    """Cases of a month that goes on are censored where the log ends, not at the month's end."""
    survey = open_company(sqlite_store)
    log = "number,opened\nK1,2026-10-01\n"
    early = datetime(2026, 10, 12, 9, tzinfo=UTC)
    import_cases(sqlite_store, book(tmp_path, log), now=early)
    assert counted(sqlite_store, survey, [WAVE]).of(WAVE).as_of == date(2026, 10, 12)
    import_cases(sqlite_store, book(tmp_path, log), now=NOW)
    assert counted(sqlite_store, survey, [WAVE]).of(WAVE).as_of == date(2026, 10, 31)


def test_a_wave_that_is_no_month_has_no_days(sqlite_store: Store, tmp_path: Path) -> None:
    """Of a wave called spring the books cannot say which days they are to look at."""
    survey = open_company(sqlite_store)
    taken_in(sqlite_store, tmp_path, *drawn(1))
    found = count_records(sqlite_store, survey, [Span("spring", ("spring",), None)], [], WINDOWS)
    assert found.of("spring").reach == frozenset()


def test_without_books_there_is_nothing(store: Store) -> None:
    """A company that keeps no books here has reports as before."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    assert counted(store, survey, [WAVE]) == NO_RECORDS
    found = find_out(store, survey, wave=WAVE, by="tier")
    keys = {figure.key for segment in found.segments for figure in segment.figures}
    assert not keys & {"return_rate_bought", "retention", "logged_rate", "days_to_close"}
    assert all(chart.key != "logged_per_transaction" for s in found.segments for chart in s.charts)


def reported(store: Store, folder: Path) -> Findings:
    """The findings of a company with answers and books."""
    survey = open_company(store)
    for month in MONTHS:
        answer(store, survey, month)
    taken_in(store, folder, *drawn(1))
    return find_out(store, survey, wave=WAVE, by="tier", settings=Settings(definitions=WINDOWS))


def test_from_file_to_findings(store: Store, tmp_path: Path) -> None:
    """Every figure of the books, with its base, of all and of the segments."""
    bought, cases = drawn(1)
    found = reported(store, tmp_path)
    tiers = [by_hand(WAVE, bought, cases, tier) for tier in "ABCD"]
    whole = found.segment(ALL)
    keys = {
        "return_rate_bought": (sum(c.again for c in tiers), sum(c.before for c in tiers)),
        "retention": (sum(c.kept for c in tiers), sum(c.start for c in tiers)),
        "logged_rate": (sum(c.complaining for c in tiers), sum(c.served for c in tiers)),
        "logged_per_transaction": (
            sum(c.complaints for c in tiers),
            sum(c.transactions for c in tiers),
        ),
    }
    for key, (count, n) in keys.items():
        figure = whole.figure(key)
        assert figure is not None
        assert (figure.count, figure.n, figure.value) == (count, n, count / n)
        assert figure.interval is not None
        assert not figure.weighted
    closing = whole.figure("days_to_close", "median")
    assert closing is not None
    assert closing.n == sum(c.complaints for c in tiers)
    backlog = whole.figure("backlog_age")
    assert backlog is not None
    assert backlog.n == sum(c.open.total() for c in tiers)
    trend = whole.past("logged_per_transaction")
    assert [point.wave for point in trend] == MONTHS
    assert trend[-1].figure == whole.figure("logged_per_transaction")
    assert whole.past("return_rate_bought")[0].figure.reason is Reason.NO_RECORDS


def test_an_unnamed_few_are_hidden_from_subtraction(sqlite_store: Store, tmp_path: Path) -> None:
    """Cases of a tier without answers are in ``all`` alone; too few of them cost a segment."""
    found = reported(sqlite_store, tmp_path)
    assert [segment.segment for segment in found.segments] == [ALL, "A", "B", "C"]
    for key in ("days_to_close", "on_time_rate", "backlog_age"):
        figures = [s.figure(key, "median") or s.figure(key) for s in found.segments]
        bases = [figure.n for figure in figures if figure is not None]
        assert len(bases) == len(found.segments)
        left = bases[0] - sum(bases[1:])
        hidden = [f for f in figures[1:] if f is not None and f.reason is Reason.PROTECTS_ANOTHER]
        assert left == 0 or left >= STANDARD.smallest_base or hidden


def test_the_periods_of_a_report_are_those_it_reads() -> None:
    """Of the period reported all is counted, with its months; of those before the rates."""
    whole, followed = periods_of("2026-Q3", MONTHS, {}, STANDARD)
    assert [one.name for one in whole] == ["2026-Q3", "2026-07", "2026-08", "2026-09"]
    assert [one.name for one in followed] == ["2026-Q2", "2026-04", "2026-05", "2026-06"]
