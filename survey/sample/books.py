"""What stands in the sample company's books: purchases, and the complaints that were logged.

Every customer buys at a rate of their own, the larger ones more often; some purchases end in a
complaint, the more so since deliveries slip. Complaints are answered and closed slowly, slowest
for tier A (:mod:`survey.sample.story`). A month is drawn from ``(seed, month)`` alone, like its
answers; what happens after ``today`` has not happened yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from survey.sample.company import SampleCustomer
from survey.sample.story import BUYS, CLOSED_IN, complaint_chance

ANSWERED_IN = 2.5
"""Days until half of the cases are answered."""

KINDS = {
    "Late delivery": ("delivery", 0.38),
    "Faulty product": ("quality", 0.24),
    "Poor service": ("support", 0.16),
    "Wrong specification": ("ordering", 0.1),
    "Damaged packaging": ("delivery", 0.07),
    "Something else": ("invoicing", 0.05),
}
"""What complaints are about, as the log words it: the attribute concerned, and how often."""


@dataclass(frozen=True, slots=True)
class SamplePurchase:
    """One purchase."""

    number: str
    customer: SampleCustomer
    day: date


@dataclass(frozen=True, slots=True)
class SampleCase:
    """One complaint about a purchase, as the log knows it on the day of the sample."""

    number: str
    customer: SampleCustomer
    opened: date
    answered: date | None
    closed: date | None
    reopened: int
    target_days: int
    kind: str
    attribute: str


def simulate_books(
    customers: Sequence[SampleCustomer],
    *,
    seed: int,
    first_day: date,
    waves_back: int,
    today: date,
) -> tuple[list[SamplePurchase], list[SampleCase]]:
    """The purchases of one calendar month, and the complaints about them.

    ``waves_back`` places the month in the story (0 = the last one).
    """
    draw = np.random.Generator(np.random.PCG64([seed, first_day.year * 12 + first_day.month, 2]))
    habits = np.random.Generator(np.random.PCG64([seed, 3])).gamma(0.8, 1.25, len(customers))
    rates = habits * [BUYS[customer.tier] for customer in customers]
    days = ((first_day.replace(day=28) + timedelta(days=4)).replace(day=1) - first_day).days
    topics = np.random.Generator(np.random.PCG64([seed, first_day.year * 12 + first_day.month, 4]))
    purchases: list[SamplePurchase] = []
    cases: list[SampleCase] = []
    for customer, times in zip(customers, draw.poisson(rates).tolist(), strict=True):
        for offset in sorted(draw.integers(days, size=times).tolist()):
            day = first_day + timedelta(days=offset)
            number = f"P{first_day:%y%m}-{len(purchases) + 1:05d}"
            purchases.append(SamplePurchase(number, customer, day))
            if draw.random() < complaint_chance(customer.tier, waves_back):
                kind = str(topics.choice(list(KINDS), p=[often for _, often in KINDS.values()]))
                cases.append(_case(f"K{number[1:]}", customer, day, kind, draw, today))
    return purchases, cases


def _case(
    number: str,
    customer: SampleCustomer,
    bought: date,
    kind: str,
    draw: np.random.Generator,
    today: date,
) -> SampleCase:
    """A complaint some days after the purchase: answered, closed, some opened again."""
    days, target = CLOSED_IN[customer.tier]
    opened = bought + timedelta(days=int(draw.integers(4)))
    answered = opened + timedelta(days=int(draw.lognormal(np.log(ANSWERED_IN), 0.7)))
    closed = answered + timedelta(days=int(draw.lognormal(np.log(days), 0.8)))
    reopened = int(draw.random() < 0.12)
    if reopened:
        closed += timedelta(days=int(draw.integers(5, 25)))
    return SampleCase(
        number,
        customer,
        min(opened, today),
        answered if answered <= today else None,
        closed if closed <= today else None,
        reopened if closed <= today else 0,
        target,
        kind,
        KINDS[kind][0],
    )
