"""Since when has a customer been in which tier? Kept whenever the roster tells of another one.

The roster itself holds the present tier only; who rose or fell can be told from the first day on
which a tier was taken in. Several imports of one day count as the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert

from survey.store.tables import CustomerTier


def keep_tiers(connection: Connection, tiers: Mapping[str, str], day: date) -> None:
    """Note that these customers, by id, are in these tiers from that day on; empty: in none."""
    rows = [{"customer_id": one, "since": day, "tier": tier} for one, tier in tiers.items()]
    if rows:
        again = (CustomerTier.customer_id == bindparam("one"), CustomerTier.since == day)
        connection.execute(delete(CustomerTier).where(*again), [{"one": one} for one in tiers])
        connection.execute(insert(CustomerTier), rows)
