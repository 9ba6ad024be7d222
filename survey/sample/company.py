"""Who the sample company's customers are: an invented roster, the same for every seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from survey.sample.story import REGION_SHARES, REGIONS, TIERS


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """One invented customer; ``language`` is the one the questionnaire is shown in."""

    id: str
    name: str
    language: str
    tier: str
    region: str

    @property
    def segments(self) -> dict[str, str]:
        """The fields that answers are stamped with."""
        return {"tier": self.tier, "region": self.region}


def risen_lately(
    customers: Sequence[SampleCustomer], month: date
) -> Mapping[str, tuple[str, date, str]]:
    """Customer → the tier before, the day of that month, the tier now: those who rose at once.

    Two to tier A from B, three to B from C; no grade's term ends in the month, so nobody fell.
    """
    found: dict[str, tuple[str, date, str]] = {}
    for tier, before, many in (("A", "B", 2), ("B", "C", 3)):
        own = [customer.id for customer in customers if customer.tier == tier]
        for number, one in enumerate(own[:many]):
            found[one] = before, month.replace(day=5 + 7 * number), tier
    return found


def roster(seed: int) -> tuple[SampleCustomer, ...]:
    """All customers, tier by tier, half of them working in Chinese.

    >>> customers = roster(1)
    >>> len(customers), customers[0].id, customers[0].tier
    (4000, 'S0001', 'A')
    """
    draw = np.random.Generator(np.random.PCG64([seed, 1]))
    found: list[SampleCustomer] = []
    for tier, size in TIERS.items():
        regions = draw.choice(len(REGIONS), size=size, p=REGION_SHARES)
        chinese = draw.random(size) < 0.5
        for region, zh in zip(regions.tolist(), chinese.tolist(), strict=True):
            number = len(found) + 1
            name = f"示例客户 {number:04d}" if zh else f"Sample customer {number:04d}"
            language = "zh" if zh else "en"
            found.append(SampleCustomer(f"S{number:04d}", name, language, tier, REGIONS[region]))
    return tuple(found)
