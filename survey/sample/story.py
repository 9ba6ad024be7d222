"""What happens at the sample company: the truth that its answers are drawn from.

Levels are on a latent scale where 0 is the middle of a rating scale and one unit is about
one scale point. The story, in waves counted back from the last one (0 = last):

- *Deliveries* slip: from five waves back, a little more each wave, most for tier B.
- *Support*: a service desk opened twelve waves back; ratings of it rose and stayed.
- *Complaint handling* is poor throughout, and worst for the VIPs of tier A.
- *Price* is a steady, mild disappointment; *staff* a steady delight.

Because the truth is known, one can see whether a report finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

TIERS = {"A": 40, "B": 160, "C": 600, "D": 3200}
"""Customers in each tier: 1, 4, 15 and 80 percent of 4,000."""

ANSWER_RATE = {"A": 0.45, "B": 0.28, "C": 0.16, "D": 0.08}
"""Share of a tier's customers that answer in one wave."""

COMMENTS_AFTER_A_PROBLEM, COMMENTS_ELSE = 0.5, 0.25
"""Share of those who write a comment, with a problem and without."""

BUYS = {"A": 5.0, "B": 2.5, "C": 0.8, "D": 0.25}
"""Purchases of an average customer of a tier in one month."""

CLOSED_IN = {"A": (13.0, 5), "B": (8.0, 7), "C": (8.0, 10), "D": (9.0, 14)}
"""Days from the first answer until half of a tier's cases are closed, and days agreed."""

REGIONS = ("East", "North", "South", "Overseas")
REGION_SHARES = (0.4, 0.2, 0.25, 0.15)

COMPANY = "Lantern Pumps 灯塔泵业"


@dataclass(frozen=True, slots=True)
class AttributeStory:
    """Levels of one attribute: expected, experienced, and how strongly it is ranked."""

    expected: float
    experienced: float
    pull: float


DEFAULT = AttributeStory(expected=1.15, experienced=0.95, pull=1.0)

ATTRIBUTES = {
    "quality": AttributeStory(expected=1.55, experienced=1.35, pull=3.0),
    "delivery": AttributeStory(expected=1.45, experienced=1.05, pull=2.6),
    "ordering": AttributeStory(expected=0.95, experienced=1.05, pull=0.6),
    "price": AttributeStory(expected=1.10, experienced=0.70, pull=1.9),
    "staff": AttributeStory(expected=1.05, experienced=1.45, pull=0.9),
    "support": AttributeStory(expected=1.25, experienced=0.75, pull=1.5),
    "complaints": AttributeStory(expected=1.30, experienced=0.35, pull=1.4),
    "invoicing": AttributeStory(expected=0.90, experienced=1.00, pull=0.4),
}


def experienced_shift(attribute: str, tier: str, region: str, waves_back: int) -> float:
    """How far an attribute's experience is moved in one tier, region and wave."""
    shift = {"A": 0.10, "B": 0.0, "C": 0.0, "D": 0.05}.get(tier, 0.0)
    if attribute == "delivery" and waves_back < 5:
        shift -= 0.16 * (5 - waves_back) * (1.3 if tier == "B" else 1.0)
    if attribute == "support" and waves_back <= 12:
        shift += 0.45
    if attribute == "complaints" and tier == "A":
        shift -= 0.45
    if attribute == "invoicing" and region == "Overseas":
        shift -= 0.35
    return shift


def complaint_chance(tier: str, waves_back: int) -> float:
    """How likely a purchase ends in a logged complaint."""
    slip = max(5 - waves_back, 0) * (1.3 if tier == "B" else 1.0)
    return 0.022 * (1 + 0.16 * slip)
