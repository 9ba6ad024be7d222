"""Who changed tier within a period? Counted in the database, from the day before it to its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, Subquery, and_, func, select

from reports.records import PYRAMID, Moves, Window
from survey.store.tables import CustomerTier

Found = Mapping[str, Moves]
"""Tier at the end of the day before → what became of its customers."""


def tiers_known_since(connection: Connection) -> date | None:
    """The first day of which the tier of any customer is known, or None."""
    return connection.scalar(select(func.min(CustomerTier.since)))


def count_moves(connection: Connection, days: Window) -> Found | None:
    """What became of the customers of each tier; a customer first known later is in none of it.

    None where a tier bears another name than those of the pyramid: which is the higher one is not
    known then.
    """
    before, after = _on(days.first - timedelta(1), "then"), _on(days.last, "now")
    query = (
        select(before.c.tier, after.c.tier, func.count())
        .join(after, before.c.customer_id == after.c.customer_id)
        .group_by(before.c.tier, after.c.tier)
    )
    found: dict[str, Moves] = {}
    for then, now, n in connection.execute(query):
        if not {then, now} <= {"", *PYRAMID}:
            return None
        if then:
            found[then] = found.get(then, Moves()) + Moves.of(then, now, n)
    return found


def _on(day: date, name: str) -> Subquery:
    """Customer → the tier at the end of that day."""
    latest = (
        select(CustomerTier.customer_id, func.max(CustomerTier.since).label("since"))
        .where(CustomerTier.since <= day)
        .group_by(CustomerTier.customer_id)
        .subquery()
    )
    own = and_(
        CustomerTier.customer_id == latest.c.customer_id, CustomerTier.since == latest.c.since
    )
    return select(CustomerTier.customer_id, CustomerTier.tier).join(latest, own).subquery(name)
