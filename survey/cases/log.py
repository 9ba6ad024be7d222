"""Which complaints reached the company? Its log, as a file, taken whole or not at all.

A log grows and its cases move on: a case that is known by its number is brought up to date in the
columns that the file has. The segments are those that the customer had when the case first came
in, as with answers; a case without a customer has those that the file gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from instruments.problems import shown
from survey.customers import cells
from survey.customers.columns import ID, KNOWN, Names
from survey.customers.ledgers import NUMBER, Entry, Form, Reads, read_ledger
from survey.imports.problems import Problems
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.revisions import Marked, mark_months
from survey.store.tables import ComplaintCase

MOST_DAYS = 3650
"""Days within which a case can be agreed to be closed."""
MOST_REOPENED = 1000

DAYS = ("opened", "answered", "closed")

YES = frozenset({"yes", "y", "true", "是", "有"})
NO = frozenset({"no", "n", "false", "否", "无"})

NAMES: Names = {
    NUMBER: ("case", "case_number", "ticket", "投诉编号", "案件编号", "工单号", "编号"),
    ID: KNOWN[ID],
    "opened": ("received", "投诉日期", "受理日期", "登记日期"),
    "answered": ("first_answered", "first_answer", "首次答复", "首次答复日期", "答复日期"),
    "closed": ("solved", "结案日期", "关闭日期", "解决日期"),
    "reopened": ("重新打开", "重开次数", "是否重开"),
    "target_days": ("target", "目标天数", "时限", "承诺天数"),
    "kind": ("投诉类型", "类型", "问题类型"),
    "attribute": ("测评要素", "要素"),
}
"""The columns of a complaint log, and their other names."""

UNSAID: Mapping[str, Any] = MappingProxyType(
    {
        "answered": None,
        "closed": None,
        "reopened": None,
        "target_days": None,
        "kind": "",
        "attribute": "",
    }
)
"""What is stored of a column that the file does not have."""


@dataclass(frozen=True, slots=True)
class CasesResult:
    """What became of a log: cases ``added``, and those brought up to date (``updated``).

    The rest as in :class:`survey.customers.roster.RosterResult`.
    """

    added: int
    updated: int
    encoding: str
    also: str
    left_out: tuple[str, ...]


def import_cases(
    store: Store,
    path: Path,
    *,
    now: datetime,
    segments: Sequence[str] | None = None,
    encoding: str | None = None,
    progress: Progress = silent,
) -> CasesResult:
    """Take in a complaint log (CSV or XLSX) in one transaction.

    ``segments``: the columns that hold segment fields, as in
    :func:`survey.customers.roster.read_roster`. Raises
    :class:`survey.imports.problems.ImportRefused` with every problem; nothing is taken then.
    """
    ledger = read_ledger(store, path, _form(now.date(), segments), encoding=encoding)
    rows = ledger.judge(progress)
    added, problems = 0, Problems(ledger.table.name)
    days: set[date] = set()
    with store.write() as connection:
        for chunk in ledger.chunks(rows, progress):
            known = _known(connection, chunk)
            _check_order(chunk, known, problems)
            if not problems.total:
                new = [e for e in chunk if e.number not in known]
                old = [e for e in chunk if e.number in known]
                added += _insert(connection, new, now)
                _update(connection, old, known, now)
                days |= {e.values["opened"] for e in new}
                days.update(*(_changed(e, known[e.number or ""]) for e in old))
        problems.raise_if_any()
        mark_months(connection, Marked.CASES, days)
    table = ledger.table
    return CasesResult(added, rows - added, table.encoding, table.also, ledger.left_out)


def _form(today: date, segments: Sequence[str] | None) -> Form:
    reads: Reads = {
        NUMBER: cells.number,
        ID: _customer,
        "opened": partial(_opened, today=today),
        "answered": partial(cells.day, "answered", today=today),
        "closed": partial(cells.day, "closed", today=today),
        "reopened": _reopened,
        "target_days": partial(cells.whole_number, "target_days", most=MOST_DAYS),
        "kind": partial(cells.segment, "kind"),
        "attribute": partial(cells.segment, "attribute"),
    }
    return Form(NAMES, reads, (NUMBER, "opened"), segments, _in_order)


def _customer(text: str) -> str:
    return cells.customer_id(text) if text else ""


def _opened(text: str, today: date) -> date:
    found = cells.day("opened", text, today)
    if found is None:
        raise cells.WrongCell("opened is empty", "say when the complaint came in, like 2025-03-01")
    return found


def _reopened(text: str) -> int | None:
    """How often: yes is once, no is never; None where it is not said.

    >>> _reopened("是"), _reopened("no"), _reopened("2"), _reopened("")
    (1, 0, 2, None)
    """
    word = text.casefold()
    if word in YES:
        return 1
    if word in NO:
        return 0
    try:
        return cells.whole_number("reopened", text, MOST_REOPENED)
    except cells.WrongCell:
        raise cells.WrongCell("reopened is neither yes, no nor a number of times") from None


def _in_order(values: Mapping[str, Any]) -> None:
    """A case is opened, then answered, then closed; it may skip what was not noted."""
    days = [(field, values.get(field)) for field in DAYS]
    known = [(field, day) for field, day in days if day is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            raise cells.WrongCell(f"{later} {after} lies before {earlier} {before}")


Known = Mapping[str, RowMapping]
"""Number → the case as the store has it."""


def _known(connection: Connection, chunk: Sequence[Entry]) -> Known:
    numbers = [entry.number for entry in chunk]
    query = select(ComplaintCase.__table__).where(ComplaintCase.number.in_(numbers))
    return {row["number"]: row for row in connection.execute(query).mappings()}


def _check_order(chunk: Sequence[Entry], known: Known, problems: Problems) -> None:
    """Note the rows that do not go with what is known of their cases."""
    for entry in chunk:
        try:
            _in_order({**known.get(entry.number or "", {}), **entry.values})
        except cells.WrongCell as error:
            problems.add(entry.line, f"of case {shown(entry.number or '')}, {error.what}")


def _insert(connection: Connection, entries: Sequence[Entry], now: datetime) -> int:
    rows = [
        {
            **UNSAID,
            **entry.values,
            "customer_id": entry.customer,
            "segments": dict(entry.segments),
            "imported_at": now,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(insert(ComplaintCase), rows)
    return len(rows)


def _update(connection: Connection, entries: Sequence[Entry], known: Known, now: datetime) -> None:
    if not entries:
        return
    fields = [field for field in entries[0].values if field != NUMBER]
    rows = [
        {
            "known": entry.number,
            "imported_at": now,
            **{field: entry.values[field] for field in fields},
            **_whose(entry, known[entry.number or ""]),
        }
        for entry in entries
    ]
    changed = [*fields, "imported_at", "customer_id", "segments"]
    statement = update(ComplaintCase).where(ComplaintCase.number == bindparam("known"))
    connection.execute(statement.values({name: bindparam(name) for name in changed}), rows)


def _whose(entry: Entry, known: RowMapping) -> dict[str, Any]:
    """The customer, where one is named now or was before, and the segments of the first import."""
    if entry.customer is not None and entry.customer != known["customer_id"]:
        return {"customer_id": entry.customer, "segments": dict(entry.segments)}
    given = entry.segments if known["customer_id"] is None else {}
    return {
        "customer_id": known["customer_id"],
        "segments": {**known["segments"], **given},
    }


def _changed(entry: Entry, known: RowMapping) -> set[date]:
    """The days from which on the log tells something else of a case than before.

    A day that is corrected: it as it was, and as it is. Anything else: the day the case was opened.
    """
    now = {**entry.values, **_whose(entry, known)}
    changed = {field for field, value in now.items() if value != known[field]}
    told_from = {field if field in DAYS else "opened" for field in changed}
    days = (row.get(field) for field in told_from for row in (known, {**known, **now}))
    return {day for day in days if day is not None}
