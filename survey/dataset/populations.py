"""How many customers could have answered, by segment and wave?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, insert, select
from sqlalchemy import delete as remove

from survey.store import Store
from survey.store.tables import Customer, Population

ALL = "all"
"""The segment that stands for everybody."""


def populations(store: Store, survey_id: str, field: str) -> Mapping[tuple[str, str], int]:
    """(wave, segment) → customers who could have answered; segment ``"all"`` is everybody."""
    query = select(Population.wave, Population.value, Population.customers).where(
        Population.survey_id == survey_id, Population.field == field
    )
    found: Counter[tuple[str, str]] = Counter()
    with store.read() as connection:
        for wave, value, customers in connection.execute(query):
            found[wave, value] += customers
            found[wave, ALL] += customers
    return MappingProxyType(dict(found))


def record_population(connection: Connection, survey_id: str, wave: str, field: str) -> int:
    """Count the roster as it is now by ``field`` and keep it for that wave; gives everybody.

    Every customer counts once, those without the field under ``""``. What was recorded for
    the same wave and field before is replaced.
    """
    segments = connection.execute(select(Customer.segments)).scalars()
    counted = Counter(str(found.get(field, "")) for found in segments)
    key = {"survey_id": survey_id, "wave": wave, "field": field}
    table = Population.__table__.c
    connection.execute(remove(Population).where(*(table[name] == key[name] for name in key)))
    if counted:
        rows = [{**key, "value": value, "customers": n} for value, n in sorted(counted.items())]
        connection.execute(insert(Population), rows)
    return counted.total()
