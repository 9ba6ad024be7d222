"""A company with a few customers, and files from its books, for tests of purchases and cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from survey.store import Store
from survey.store.base import Base
from survey.store.tables import Customer
from tests import cast

TIERS = {"C1": "A", "C2": "B", "C3": "B"}


def with_customers(store: Store) -> None:
    """C1 in tier A, C2 and C3 in tier B."""
    rows = [cast.customer(name) | {"segments": {"tier": tier}} for name, tier in TIERS.items()]
    with store.write() as connection:
        connection.execute(insert(Customer), rows)


def book(folder: Path, text: str, name: str = "book.csv") -> Path:
    """A file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(store: Store, table: type[Base], *columns: str) -> list[tuple[Any, ...]]:
    """Those columns of every row, in their own order."""
    query = select(*(table.__table__.c[column] for column in columns))
    with store.read() as connection:
        return sorted((tuple(row) for row in connection.execute(query)), key=repr)
