"""Who plays in the tests: Dave is a customer, and so are those like him."""

from __future__ import annotations

from datetime import UTC, datetime


def customer(customer_id: str = "C1", name: str = "Dave", **other: object) -> dict[str, object]:
    """A row of the roster: Dave, of tier A, who works in Chinese, unless said otherwise."""
    return {
        "id": customer_id,
        "name": name,
        "email": "dave@example.com",
        "phone": "",
        "language": "zh",
        "segments": {"tier": "A"},
        "imported_at": datetime(2026, 10, 1, tzinfo=UTC),
        **other,
    }
