"""Which rules does a report follow? Confidence, smallest base, and what each indicator means.

Books define the indicators of the field differently: whether speaking *rather* well counts, whether
recommending is returning. What a company chooses stands in :class:`Definitions`, holds for
all of its reports, and can be printed with them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from reports.aims import Aims
from reports.errors import ReportError

SMALLEST, LARGEST = 3, 20
"""Between these the smallest base may be set."""

BUYING = ("bought_again", "would_buy_again")
RETURNING = (*BUYING, "would_recommend")
"""The figures that can be parts of the return rate; one of buying must be."""

MOST_POINTS = 5
"""More of the best points of a scale than this would not single out anybody."""


class SettingOutOfRange(ReportError, ValueError):
    """A rule of the report was set to something it cannot mean."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"The setting {name} is {value}; it must be {allowed}.")


@dataclass(frozen=True, slots=True)
class Lost:
    """The share of customers (0–1) that each end of a problem costs; TARP's market damage model.

    ``silent`` told nobody at the company; the others told, and were content with the handling,
    in the middle, or discontent. Raises :class:`SettingOutOfRange`.
    """

    silent: float
    content: float
    middling: float
    discontent: float

    def __post_init__(self) -> None:
        for name in self.__slots__:
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise SettingOutOfRange(f"lost.{name}", share, "from 0 to 1")


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the indicators count; raises :class:`SettingOutOfRange`.

    Numbers of points are counted from the best (or, said so, the worst) end of a scale. An option
    that means *yes* always counts, whatever the number.

    ``speaks_well``: best points that are speaking well of the company (favourability).
    ``wants_more``: best points that are wanting to buy more (sales power).
    ``comes_back``: best points that are coming back: of buying again, recommending, staying.
    ``return_parts``: which of these make the return rate: at least one of them holds.
    ``complaint_to_others``: whether complaining to others than the company is complaining; if
    not, the complaint rate is the voiced rate.
    ``secure``, ``favourable``: best points that each of satisfaction, buying again and
    recommending must reach for a secure, a favourable customer; ``at_risk``: worst points, of
    which one for satisfaction or buying again puts a customer at risk.
    ``satisfied``, ``loyal``: best points that are satisfied, and loyal, in the matrix of
    satisfaction and loyalty and in the layers of loyalty.
    ``ceiling``: expectations in this best part of their scale leave no room above them.
    ``least_explained``: below this R² key drivers are not shared out.
    ``customer_value``: what one customer is worth in a year, in the company's money; None: not
    known. ``lost``: the share of customers that problems cost; None: measured, as the share who
    would buy again among customers without a problem less that among those with one.
    """

    speaks_well: int = 2
    wants_more: int = 2
    comes_back: int = 2
    return_parts: tuple[str, ...] = RETURNING
    complaint_to_others: bool = True
    secure: int = 1
    favourable: int = 2
    at_risk: int = 2
    satisfied: int = 2
    loyal: int = 2
    ceiling: float = 0.1
    least_explained: float = 0.1
    customer_value: float | None = None
    lost: Lost | None = None

    def __post_init__(self) -> None:
        points = ("speaks_well", "wants_more", "comes_back", "favourable", "at_risk")
        for name in (*points, "secure", "satisfied", "loyal"):
            if not 1 <= getattr(self, name) <= MOST_POINTS:
                raise SettingOutOfRange(name, getattr(self, name), f"from 1 to {MOST_POINTS}")
        if self.secure > self.favourable:
            allowed = f"no more than favourable, {self.favourable}"
            raise SettingOutOfRange("secure", self.secure, allowed)
        parts = set(self.return_parts)
        if not (parts & set(BUYING) and parts <= set(RETURNING)):
            allowed = f"of {', '.join(RETURNING)}, with one of the first two"
            raise SettingOutOfRange("return_parts", ", ".join(self.return_parts), allowed)
        if not 0 < self.ceiling < 0.5:
            raise SettingOutOfRange("ceiling", self.ceiling, "above 0 and below 0.5")
        if not 0 <= self.least_explained < 1:
            raise SettingOutOfRange("least_explained", self.least_explained, "from 0 to below 1")
        value = self.customer_value
        if value is not None and not (math.isfinite(value) and value > 0):
            raise SettingOutOfRange("customer_value", value, "above 0, or not set")


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of one report; raises :class:`SettingOutOfRange`.

    ``confidence`` of all intervals; tests are at 1 - confidence. Figures with fewer than
    ``smallest_base`` (3 to 20) answers are hidden, those with fewer than ``indicative_base``
    are marked as indicative. The trend shows up to ``trend_waves`` waves, this one included.
    ``definitions``: what the indicators count. ``seed``: where the draws of permutation tests
    start, so that the same answers always give the same report.
    ``weighting``: what the answers are weighted by (:mod:`reports.aims`).
    """

    confidence: float = 0.95
    smallest_base: int = 5
    indicative_base: int = 30
    trend_waves: int = 24
    definitions: Definitions = field(default_factory=Definitions)
    seed: int = 1
    weighting: Aims = field(default_factory=Aims)

    def __post_init__(self) -> None:
        if not 0.5 <= self.confidence < 1:
            raise SettingOutOfRange("confidence", self.confidence, "at least 0.5 and below 1")
        if not SMALLEST <= self.smallest_base <= LARGEST:
            allowed = f"from {SMALLEST} to {LARGEST}"
            raise SettingOutOfRange("smallest_base", self.smallest_base, allowed)
        if self.indicative_base < self.smallest_base:
            allowed = f"no less than the smallest base, {self.smallest_base}"
            raise SettingOutOfRange("indicative_base", self.indicative_base, allowed)
        if self.trend_waves < 1:
            raise SettingOutOfRange("trend_waves", self.trend_waves, "1 or more")


STANDARD = Settings()
"""The rules where nothing else is said: 95 %, 5, 30, 24 waves."""
