"""Which divisions of the customers should the answers match?

Post-stratification and raking make the answers look like the customers, by several segment fields
at once. What a company aims at stands in :class:`Aims`, part of its settings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.errors import ReportError

CUSTOMARY = (0.3, 3.0)
"""Limits of a weight whose mean is 1, as many surveys set them."""

MOST_FIELDS = 4
"""More fields at once would leave hardly an answer in a cell."""


class AimImpossible(ReportError, ValueError):
    """Answers were to be weighted by what cannot be weighted by; ``name`` says which setting."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"The setting weighting.{name} is {value}; it must be {allowed}.")
        self.name = f"weighting.{name}"
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class Aims:
    """What answers are weighted by; raises :class:`AimImpossible`.

    ``fields``: segment fields of the survey; none: each report weights by its own field alone,
    as far as its customers are known. ``margins``: field → segment → customers, of fields whose
    customers are known from elsewhere, in one wave; of the other fields the roster knows them.
    ``limits``: a weight (mean 1) below or above these is cut to them, and the answers are raked
    again; :data:`CUSTOMARY` ones are 0.3 and 3. None: weights are what they must be, as where
    all large customers are asked and one small one in twenty.

    >>> Aims(("tier", "region"), {"region": {"East": 400, "West": 600}}).limits is None
    True
    """

    fields: tuple[str, ...] = ()
    margins: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    limits: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if len(set(self.fields)) != len(self.fields) or not all(self.fields):
            raise AimImpossible("fields", ", ".join(self.fields), "names, each of them once")
        if len(self.fields) > MOST_FIELDS:
            raise AimImpossible("fields", len(self.fields), f"no more than {MOST_FIELDS} fields")
        for name, customers in self.margins.items():
            if name not in self.fields:
                raise AimImpossible("margins", name, "of fields that are weighted by")
            if any(n < 0 for n in customers.values()) or not sum(customers.values()):
                listed = ", ".join(f"{segment} {n}" for segment, n in customers.items())
                allowed = "numbers of customers, together more than 0"
                raise AimImpossible(f"margins.{name}", listed or "empty", allowed)
        totals = {name: sum(customers.values()) for name, customers in self.margins.items()}
        if len(set(totals.values())) > 1:
            listed = ", ".join(f"{name} {total}" for name, total in totals.items())
            raise AimImpossible("margins", listed, "of as many customers in each field")
        if self.limits is not None:
            low, high = self.limits
            if not (0 < low < 1 < high and math.isfinite(high)):
                allowed = "one above 0 and below 1, and one above 1"
                raise AimImpossible("limits", f"{low:g} to {high:g}", allowed)
