"""What do problems cost in customers lost, and where would better handling save the most?

The market damage model of TARP (see Goodman 2009, *Strategic Customer Service*): of those with a
problem some complain and are then satisfied, mollified or left dissatisfied; the others stay
silent. Each group loses its share of customers, and each customer lost is a lifetime value lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.errors import ReportError


class ImpossibleDamage(ReportError):
    """A share outside 0–1, outcomes that are not all of them, less than nobody."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of those who complained: the share handled like this, and the share of them that leaves."""

    name: str
    share: float
    leaves: float


@dataclass(frozen=True, slots=True)
class Loss:
    """Customers a group loses in the period, and what they would have been worth."""

    name: str
    customers: float
    value: float


@dataclass(frozen=True, slots=True)
class MarketDamage:
    """Customers with a problem, those lost by group (the silent last), and in all."""

    with_problem: float
    losses: tuple[Loss, ...]

    @property
    def customers(self) -> float:
        """Customers lost."""
        return sum(loss.customers for loss in self.losses)

    @property
    def value(self) -> float:
        """Lifetime value lost, in the currency of the lifetime value."""
        return sum(loss.value for loss in self.losses)


def market_damage(
    *,
    customers: float,
    incidence: float,
    propensity: float,
    outcomes: Sequence[Outcome],
    silent_leave: float,
    lifetime_value: float,
) -> MarketDamage:
    """Customers and value lost to problems, group by group.

    customers × incidence × [propensity × Σ(share × leaves) + (1 - propensity) × silent_leave] ×
    lifetime value. Incidence: share of the customers that met a problem; propensity: share of
    those that complained; outcomes of their handling, shares summing to 1 (satisfied,
    mollified, dissatisfied). Arithmetic of its inputs: it is as sure as the least sure of them.

    >>> damage = market_damage(
    ...     customers=10_000, incidence=0.2, propensity=0.25, silent_leave=0.3,
    ...     outcomes=[Outcome("satisfied", 0.5, 0.1), Outcome("dissatisfied", 0.5, 0.6)],
    ...     lifetime_value=400,
    ... )
    >>> [(loss.name, round(loss.customers)) for loss in damage.losses]
    [('satisfied', 25), ('dissatisfied', 150), ('silent', 450)]
    >>> round(damage.value)
    250000
    """
    shares = {
        "incidence": incidence,
        "propensity": propensity,
        "silent_leave": silent_leave,
        **{f"share of {o.name}": o.share for o in outcomes},
        **{f"leaves of {o.name}": o.leaves for o in outcomes},
    }
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ImpossibleDamage(f"The {name} is {share}, not between 0 and 1")
    if not math.isclose(sum(o.share for o in outcomes), 1.0, abs_tol=1e-6):
        raise ImpossibleDamage("The shares of the outcomes do not sum to 1")
    if not (customers >= 0 and lifetime_value >= 0):
        raise ImpossibleDamage("Customers and lifetime value must not be below 0")
    with_problem = customers * incidence
    groups = [(o.name, propensity * o.share * o.leaves) for o in outcomes]
    groups.append(("silent", (1 - propensity) * silent_leave))
    lost = [(name, with_problem * part) for name, part in groups]
    return MarketDamage(with_problem, tuple(Loss(n, x, x * lifetime_value) for n, x in lost))
