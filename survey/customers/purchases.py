"""What did customers buy, and when? A file from the company's books, taken whole or not at all.

Where the file numbers its purchases, those that came before are left as they are, so that files
may overlap. A file without numbers is taken once: its rows could not be told from new ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from survey.customers import cells
from survey.customers.columns import ID, KNOWN, Names
from survey.customers.ledgers import NUMBER, Entry, Form, Reads, read_ledger
from survey.imports.batches import batch_of, claim_file, refuse_known_file
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.revisions import Marked, mark_months
from survey.store.tables import Purchase

KIND = "purchases"
MOST = Decimal(10) ** 15
"""No purchase costs so much; a number like that is in the wrong column."""

NAMES: Names = {
    ID: KNOWN[ID],
    NUMBER: ("order_number", "invoice_number", "订单号", "订单编号", "单号", "发票号"),
    "day": ("date", "purchase_date", "order_date", "日期", "购买日期", "订单日期"),
    "amount": ("revenue", "金额", "销售额"),
}
"""The columns of a file of purchases, and their other names."""


@dataclass(frozen=True, slots=True)
class PurchasesResult:
    """What became of a file: purchases ``added``, and those ``known`` before.

    The rest as in :class:`survey.customers.roster.RosterResult`.
    """

    added: int
    known: int
    encoding: str
    also: str
    left_out: tuple[str, ...]


def import_purchases(
    store: Store,
    path: Path,
    *,
    now: datetime,
    encoding: str | None = None,
    progress: Progress = silent,
) -> PurchasesResult:
    """Take in purchases (CSV or XLSX) in one transaction.

    Raises :class:`survey.imports.problems.ImportRefused` with every problem, and, for a file
    without numbers, :class:`survey.imports.batches.AlreadyImported`; nothing is taken then.
    """
    ledger = read_ledger(store, path, _form(now.date()), encoding=encoding)
    batch = None if NUMBER in ledger.places else batch_of(path, KIND)
    if batch is not None:
        refuse_known_file(store, batch)
    rows = ledger.judge(progress)
    added = 0
    days: set[date] = set()
    with store.write() as connection:
        if batch is not None:
            claim_file(connection, batch, rows, now)
        for chunk in ledger.chunks(rows, progress):
            known = _known(connection, chunk)
            new = [_row(entry) for entry in chunk if entry.number not in known]
            if new:
                connection.execute(insert(Purchase), new)
            added += len(new)
            days |= {row["day"] for row in new}
        mark_months(connection, Marked.PURCHASES, days)
    table = ledger.table
    return PurchasesResult(added, rows - added, table.encoding, table.also, ledger.left_out)


def _form(today: date) -> Form:
    reads: Reads = {
        ID: cells.customer_id,
        NUMBER: cells.number,
        "day": partial(_day, today=today),
        "amount": _hundredths,
    }
    return Form(NAMES, reads, (ID, "day"), (), _nothing_more)


def _day(text: str, today: date) -> date:
    found = cells.day("day", text, today)
    if found is None:
        raise cells.WrongCell("day is empty", "say when it was bought, like 2025-03-01")
    return found


def _hundredths(text: str) -> int | None:
    found = cells.amount("amount", text)
    if found is None:
        return None
    if found >= MOST:
        raise cells.WrongCell("amount is larger than any purchase", "is it in the right column?")
    whole = found * 100
    if whole != int(whole):
        raise cells.WrongCell("amount has more than two decimals", "round it")
    return int(whole)


def _nothing_more(_values: Mapping[str, Any]) -> None:
    """The cells of a purchase say nothing about each other."""


def _known(connection: Connection, chunk: Sequence[Entry]) -> set[str | None]:
    numbers = [entry.number for entry in chunk if entry.number]
    if not numbers:
        return set()
    return set(connection.scalars(select(Purchase.number).where(Purchase.number.in_(numbers))))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": secrets.token_hex(16),
        "number": entry.number,
        "customer_id": entry.customer,
        "day": entry.values["day"],
        "amount": entry.values.get("amount"),
        "segments": dict(entry.segments),
    }
