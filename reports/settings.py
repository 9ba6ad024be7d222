"""Which rules does a report follow? Confidence, smallest base, and what each indicator means.

Books define the indicators of the field differently: whether speaking *rather* well counts, whether
recommending is returning. What a company chooses stands in :class:`Definitions`, holds for
all of its reports, and can be printed with them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from reports.aims import Aims
from reports.cycles import Cycle
from reports.design import Design
from reports.errors import ReportError
from reports.periods import NotAPeriod, period
from reports.quoted import Voicing
from reports.statistics.control_charts.rules import Rule

BUYING = ("bought_again", "would_buy_again")
RETURNING = (*BUYING, "would_recommend")
"""The figures that can be parts of the return rate; one of buying must be."""

CHARTED = ("complaint_rate", "voiced_rate", "problem_rate", "logged_per_transaction")
"""The rates that have a control chart, the leading one first."""

CHART_RULES = (Rule.BEYOND_LIMITS, Rule.LONG_RUN)
"""A period beyond the limits, or too many in a row on one side."""

COMPARED = ("wave_before", "year_before", "rest")
"""What figures are compared with: the wave before, the year before, the other customers."""

FEWEST_OF_BASELINE = 12
"""Waves that the limits of a control chart come from, at least."""


class SettingOutOfRange(ReportError, ValueError):
    """A rule of the report was set to something it cannot mean; ``name`` says which.

    ``beside`` names the setting that it does not go with, where it could mean something alone.
    """

    def __init__(self, name: str, value: object, allowed: str, beside: str = "") -> None:
        super().__init__(f"The setting {name} is {value}; it must be {allowed}.")
        self.name = name
        self.allowed = allowed
        self.beside = beside


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be: from ``low`` to ``high``, where said without the end itself.

    ``whole``: whole numbers only. A number that is not finite is in no range.

    >>> str(Range(3, 20)), str(Range(0.5, 1, below=True)), str(Range(0, above=True))
    ('from 3 to 20', 'from 0.5 to below 1', 'above 0')
    """

    low: float
    high: float = math.inf
    above: bool = False
    below: bool = False
    whole: bool = False

    def __contains__(self, value: float) -> bool:
        high_enough = value > self.low if self.above else value >= self.low
        low_enough = value < self.high if self.below else value <= self.high
        return math.isfinite(value) and high_enough and low_enough

    def __str__(self) -> str:
        low, high = f"{self.low:g}", f"{self.high:g}"
        if math.isinf(self.high):
            return f"above {low}" if self.above else f"{low} or more"
        if self.above:
            return f"above {low} and {'below' if self.below else 'at most'} {high}"
        return f"from {low} to {'below ' if self.below else ''}{high}"


POINTS = Range(1, 5, whole=True)
"""More of the best points of a scale than five would not single out anybody."""

SHARE = Range(0, 1)

MONTHS = Range(1, 60, whole=True)

RANGES: Mapping[str, Range] = MappingProxyType(
    {
        "confidence": Range(0.5, 1, below=True),
        "smallest_base": Range(3, 20, whole=True),
        "indicative_base": Range(3, 1000, whole=True),
        "trend_waves": Range(1, 60, whole=True),
        "speaks_well": POINTS,
        "wants_more": POINTS,
        "comes_back": POINTS,
        "secure": POINTS,
        "favourable": POINTS,
        "at_risk": POINTS,
        "satisfied": POINTS,
        "loyal": POINTS,
        "ceiling": Range(0, 0.5, above=True, below=True),
        "least_explained": Range(0, 1, below=True),
        "customer_value": Range(0, above=True),
        "silent_per_voiced": Range(0),
        "return_months": MONTHS,
        "retention_months": MONTHS,
        "lost.silent": SHARE,
        "lost.content": SHARE,
        "lost.middling": SHARE,
        "lost.discontent": SHARE,
        "voices.most": Range(1, 40, whole=True),
        "voices.length": Range(80, 600, whole=True),
    }
)
"""What each setting that is a number may be."""


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
        _check_ranges(self, "lost.")


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
    ``silent_per_voiced``: a rule of thumb from the literature (sources say 24 to 49), used and said
    to be one only where the company's own answers cannot tell: customers with a problem who are
    silent for each who told the company.
    ``return_months``: the months within which customers usually buy again; who bought in so many
    and not in the next so many did not return. ``retention_months``: likewise the months after
    which one who has not bought is no customer any more. Neither is shorter than what is
    reported.
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
    silent_per_voiced: float = 25.0
    return_months: int = 1
    retention_months: int = 12

    def __post_init__(self) -> None:
        _check_ranges(self)
        if self.secure > self.favourable:
            allowed = f"no more than favourable, {self.favourable}"
            raise SettingOutOfRange("secure", self.secure, allowed, "favourable")
        parts = set(self.return_parts)
        if not (parts & set(BUYING) and parts <= set(RETURNING)):
            allowed = f"of {', '.join(RETURNING)}, with one of the first two"
            raise SettingOutOfRange("return_parts", ", ".join(self.return_parts), allowed)


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of one report; raises :class:`SettingOutOfRange`.

    ``confidence`` of all intervals; tests are at 1 - confidence. Figures with fewer than
    ``smallest_base`` (3 to 20) answers are hidden, those with fewer than ``indicative_base``
    are marked as indicative. The trend shows up to ``trend_waves`` waves, this one included; where
    a longer period is reported, as many of these.
    ``definitions``: what the indicators count. ``seed``: where the draws of permutation tests
    start, so that the same answers always give the same report. ``weighting``: what the answers
    are weighted by (:mod:`reports.aims`).

    ``baselines``: rate → names of the waves, or periods, that centre and limits of its control
    chart come from; a rate that is not named gets them from its first ones
    (:mod:`reports.charts`). ``chart_rules``: what counts as a signal on a chart, of
    :class:`reports.statistics.control_charts.rules.Rule`. ``compared``: the families of
    comparisons, of :data:`COMPARED`; fewer make each more likely to find a change. ``voices``: how
    comments are chosen. ``comparison``: what reports compare with first: one of ``compared``, or a
    period by its name, which is then compared with, too. ``design``: what its pages look like,
    which changes no figure. ``cycles``: the PDCA cycles that the report tells of.
    """

    confidence: float = 0.95
    smallest_base: int = 5
    indicative_base: int = 30
    trend_waves: int = 24
    definitions: Definitions = field(default_factory=Definitions)
    seed: int = 1
    baselines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chart_rules: tuple[str, ...] = CHART_RULES
    compared: tuple[str, ...] = COMPARED
    weighting: Aims = field(default_factory=Aims)
    voices: Voicing = field(default_factory=Voicing)
    comparison: str = COMPARED[0]
    design: Design = field(default_factory=Design)
    cycles: tuple[Cycle, ...] = ()

    def __post_init__(self) -> None:
        _check_ranges(self)
        if self.indicative_base < self.smallest_base:
            allowed = f"no less than the smallest base, {self.smallest_base}"
            raise SettingOutOfRange(
                "indicative_base", self.indicative_base, allowed, "smallest_base"
            )
        _check_choice("compared", self.compared, COMPARED)
        usual = self.comparison == COMPARED[0]
        if not usual and self.reference is None and self.comparison not in self.compared:
            allowed = f"a period, or of what is compared: {', '.join(self.compared)}"
            beside = "compared" if self.comparison in COMPARED else ""
            raise SettingOutOfRange("comparison", self.comparison, allowed, beside)
        _check_choice("chart_rules", self.chart_rules, tuple(Rule))
        for rate, waves in self.baselines.items():
            if rate not in CHARTED:
                raise SettingOutOfRange("baselines", rate, f"of {', '.join(CHARTED)}")
            if len(set(waves)) < FEWEST_OF_BASELINE or len(set(waves)) < len(waves):
                allowed = f"at least {FEWEST_OF_BASELINE} waves, each named once"
                raise SettingOutOfRange(f"baselines.{rate}", f"{len(waves)} waves", allowed)

    @property
    def reference(self) -> str | None:
        """The period that is named to be compared with; None where none is."""
        try:
            return period(self.comparison).name
        except NotAPeriod:
            return None


def _check_choice(name: str, chosen: tuple[str, ...], known: Sequence[str]) -> None:
    if not chosen or len(set(chosen)) < len(chosen) or not set(chosen) <= set(known):
        allowed = f"of {', '.join(known)}, each of them once"
        raise SettingOutOfRange(name, ", ".join(chosen) or "empty", allowed)


def _check_ranges(rules: Settings | Definitions | Lost, prefix: str = "") -> None:
    for name in rules.__slots__:
        value, allowed = getattr(rules, name), RANGES.get(prefix + name)
        if allowed is not None and value is not None and value not in allowed:
            raise SettingOutOfRange(prefix + name, value, str(allowed))


STANDARD = Settings()
"""The rules where nothing else is said: 95 %, 5, 30, 24 waves."""
