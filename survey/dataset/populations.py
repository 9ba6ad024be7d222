"""How many customers could have answered, by segment and wave?

Customers are counted by one segment field, or by several crossed (:mod:`reports.cells`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, insert, select
from sqlalchemy import delete as remove

from reports.cells import Grouping, cell_of, label, name_of
from survey.store import Store
from survey.store.tables import Customer, Population

ALL = "all"
"""The segment that stands for everybody."""

LONGEST = 200
"""Characters of a segment, or of the names of a cell together, that can be recorded."""


def populations(store: Store, survey_id: str, grouping: Grouping) -> Mapping[tuple[str, str], int]:
    """(wave, segment) → customers who could have answered; segment ``"all"`` is everybody.

    By several fields crossed: (wave, label of the cell).
    """
    query = select(Population.wave, Population.value, Population.customers).where(
        Population.survey_id == survey_id, Population.field == name_of(grouping)
    )
    found: Counter[tuple[str, str]] = Counter()
    with store.read() as connection:
        for wave, value, customers in connection.execute(query):
            found[wave, value] += customers
            found[wave, ALL] += customers
    return MappingProxyType(dict(found))


def margin(store: Store, survey_id: str, field: str) -> Mapping[tuple[str, str], int]:
    """(wave, segment) → customers, without everybody."""
    known = populations(store, survey_id, field)
    return {(wave, segment): n for (wave, segment), n in known.items() if segment != ALL}


def cell_populations(
    store: Store, survey_id: str, recorded: Sequence[str], fields: Sequence[str]
) -> Mapping[tuple[str, str], int]:
    """(wave, label of a cell of ``fields``) → customers, from what was recorded by more fields."""
    places = [recorded.index(field) for field in fields]
    found: Counter[tuple[str, str]] = Counter()
    for (wave, word), n in populations(store, survey_id, tuple(recorded)).items():
        if word != ALL:
            cell = cell_of(word)
            found[wave, label([cell[place] for place in places])] += n
    return dict(found)


def record_population(
    connection: Connection, survey_id: str, wave: str, *groupings: Grouping
) -> int:
    """Count the roster as it is now and keep that for the wave; gives everybody.

    Every customer counts once in each of ``groupings``, those without a field under ``""``. What
    was recorded for the same wave and grouping before is replaced. By fields whose segments'
    names together are too long to keep, nothing is recorded.
    """
    counted: dict[Grouping, Counter[str]] = {grouping: Counter() for grouping in groupings}
    everybody = 0
    for found in connection.execute(select(Customer.segments)).scalars():
        everybody += 1
        for grouping, counter in counted.items():
            counter[_value(found, grouping)] += 1
    for grouping, counter in counted.items():
        _record(connection, survey_id, wave, name_of(grouping), counter)
    return everybody


def _value(segments: Mapping[str, object], grouping: Grouping) -> str:
    if isinstance(grouping, str):
        return str(segments.get(grouping, ""))
    return label([str(segments.get(field, "")) for field in grouping])


def _record(
    connection: Connection, survey_id: str, wave: str, name: str, counted: Mapping[str, int]
) -> None:
    key = {"survey_id": survey_id, "wave": wave, "field": name}
    table = Population.__table__.c
    connection.execute(remove(Population).where(*(table[column] == key[column] for column in key)))
    if counted and max(map(len, counted)) <= LONGEST:
        rows = [{**key, "value": value, "customers": n} for value, n in sorted(counted.items())]
        connection.execute(insert(Population), rows)
