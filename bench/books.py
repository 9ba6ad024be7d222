"""What a report costs when the books are long: purchases that were counted once are not read again.

The findings of one month, with 24 months of a short and of a long book behind it whose counts are
kept: both must stay under a second, and alike. Then the first count of the long book, against bare
reading of the same rows in the same order.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from bench.big_survey import MONTHS, SEED, SURVEY, TODAY, fill
from bench.figure import Measured
from bench.history import ALLOWED
from survey.cases.log import UNSAID
from survey.dataset import waves_with_answers
from survey.fieldwork.surveys import find_survey
from survey.jobs.findings import find_out
from survey.sample.books import SampleCase, SamplePurchase, simulate_books
from survey.sample.company import SampleCustomer, roster
from survey.sample.fill import months_before
from survey.store import Store
from survey.store.revisions import Marked, mark_months
from survey.store.tables import ComplaintCase, Customer, Purchase

SHORT, LONG = 1, 55
"""Copies of the sample company's customers, with what they bought, in the two books."""


def measure(folder: Path) -> Iterator[Measured]:
    """Findings in seconds, and the first count in microseconds a purchase."""
    for name, copies in (("short", SHORT), ("long", LONG)):
        data = folder / name
        store, _answers = fill(data, 1)
        with store:
            _find_out(store)  # the answers are counted, and kept
            size = _keep_books(store, copies)
            first = _find_out(store)
            again = min(_find_out(store) for _ in range(3))
            yield Measured(f"findings, {size} purchases before", again, "s", ALLOWED)
        if copies == LONG:
            bare = _read(data)
            yield Measured(
                "first count of books", (first - again) / size * 1e6, "us", bare / size * 1e6
            )


def _find_out(store: Store) -> float:
    """Seconds that the findings of the last month take."""
    wave = waves_with_answers(store, SURVEY)[-1]
    began = time.perf_counter()
    find_out(store, find_survey(store, SURVEY), wave=wave, by="tier")
    return time.perf_counter() - began


def _read(data: Path) -> float:
    """Seconds that it takes to read all purchases, customer by customer."""
    database = sqlite3.connect(data / "tellback.sqlite")
    began = time.perf_counter()
    query = "SELECT customer_id, day, segments FROM purchase ORDER BY customer_id, day, id"
    for _row in database.execute(query):
        pass
    took = time.perf_counter() - began
    database.close()
    return took


def _keep_books(store: Store, copies: int) -> int:
    """24 months of purchases and cases of so many sets of customers; how many purchases."""
    customers, now, size = roster(SEED), datetime.now(UTC), 0
    months = months_before(TODAY, MONTHS)
    with store.write() as connection:
        for copy in range(copies):
            connection.execute(insert(Customer), [_customer(one, copy, now) for one in customers])
        for back, month in enumerate(reversed(months)):
            bought, cases = simulate_books(
                customers, seed=SEED, first_day=month, waves_back=back, today=TODAY
            )
            for copy in range(copies):
                connection.execute(insert(Purchase), [_purchase(one, copy) for one in bought])
                connection.execute(insert(ComplaintCase), [_case(one, copy, now) for one in cases])
            size += copies * len(bought)
        mark_months(connection, Marked.PURCHASES, months)
        mark_months(connection, Marked.CASES, months)
    return size


def _customer(customer: SampleCustomer, copy: int, now: datetime) -> dict[str, object]:
    return {
        "id": f"{customer.id}-{copy}",
        "name": "",
        "email": "",
        "phone": "",
        "language": customer.language,
        "segments": customer.segments,
        "imported_at": now,
    }


def _purchase(bought: SamplePurchase, copy: int) -> dict[str, object]:
    return {
        "id": secrets.token_hex(16),
        "number": f"{bought.number}-{copy}",
        "customer_id": f"{bought.customer.id}-{copy}",
        "day": bought.day,
        "amount": None,
        "segments": bought.customer.segments,
    }


def _case(case: SampleCase, copy: int, now: datetime) -> dict[str, object]:
    return {
        **UNSAID,
        "number": f"{case.number}-{copy}",
        "customer_id": f"{case.customer.id}-{copy}",
        "opened": case.opened,
        "answered": case.answered,
        "closed": case.closed,
        "reopened": case.reopened,
        "target_days": case.target_days,
        "segments": case.customer.segments,
        "imported_at": now,
    }
