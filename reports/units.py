"""What counts alike when answers are weighted by several fields, and how much does it count?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.cells import Cell, Cells
from reports.findings import ALL, Reason, Weighting
from reports.statistics.calibrated import Margins
from reports.weighted import PLAIN

POST_STRATIFIED, RAKED = "post_stratified", "raked"

Known = Mapping[str, Mapping[str, int]]
"""Field → segment → customers."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Cells of one segment that count alike: how many customers they stand for, and responses."""

    segment: str
    cells: tuple[Cell, ...]
    customers: float
    responses: int

    @property
    def each(self) -> float:
        """Customers to a response; 0 where nobody responded."""
        return self.customers / self.responses if self.responses else 0.0

    @property
    def sound(self) -> bool:
        """Whether it has an answer, and no more answers than customers."""
        return 0 < self.responses <= self.customers

    def __add__(self, other: Unit) -> Unit:
        """Both as one, of the segment of the first."""
        return Unit(
            self.segment,
            (*self.cells, *other.cells),
            self.customers + other.customers,
            self.responses + other.responses,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How a wave is weighted: its units by segment, and what the margins of the fields explain.

    No units: each answer counts once. With ``margins`` every unit has responses. They are None
    where each segment is one unit: then the units are strata. ``places``: segment (``all`` too) →
    the numbers of its units, in each segment the lightest answers first.
    """

    units: tuple[Unit, ...]
    weighting: Weighting
    margins: Margins | None = None
    places: Mapping[str, Sequence[int]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[int]] = {}
        for place, unit in enumerate(self.units):
            found.setdefault(unit.segment, []).append(place)
        for own in found.values():
            own.sort(key=lambda place: self.units[place].each)
        found[ALL] = [place for own in found.values() for place in own]
        object.__setattr__(self, "places", found)

    @classmethod
    def plain(cls, cells: Cells, reason: Reason) -> Plan:
        """Each answer counts once, and why."""
        return cls((), Weighting(PLAIN, reason, fields=cells.fields))


def margin(counted: Mapping[Cell, int], place: int) -> Mapping[str, int]:
    """Segment of the field at ``place`` → how many are counted in it, in sorted order.

    >>> margin({("B", "East"): 2, ("A", "East"): 3, ("A", "West"): 4}, 0)
    {'A': 7, 'B': 2}
    """
    found: dict[str, int] = {}
    for cell, n in counted.items():
        found[cell[place]] = found.get(cell[place], 0) + n
    return dict(sorted(found.items()))
