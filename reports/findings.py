"""What was found: every figure with its base, interval, method, or the reason it is missing.

:class:`Findings` is the only source of any figure shown anywhere: pages, charts, PDF,
spreadsheet and JSON all read it, so they cannot disagree. Values are kept at full
precision; rounding happens on paper and page only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ALL = "all"
"""Name of the segment that holds every respondent."""

REST = "rest"
"""``Change.against`` of a comparison with everybody outside the segment (not with a past wave)."""


class Reason(StrEnum):
    """Why a figure has no value, or no interval."""

    NOT_ASKED = "not_asked"  # the instrument has no question for it
    NO_ANSWERS = "no_answers"  # asked, but nobody gave a valid answer
    BELOW_SMALLEST_BASE = "below_smallest_base"  # fewer answers than may be shown
    PROTECTS_ANOTHER = "protects_another"  # shown, it would give away a hidden one
    ONE_ANSWER = "one_answer"  # a value, but no spread to make an interval from
    NO_VARIATION = "no_variation"  # all answers alike: the interval would have no width
    POPULATION_UNKNOWN = "population_unknown"  # nobody said how many customers there are
    MORE_ANSWERS_THAN_CUSTOMERS = "more_answers_than_customers"  # so the population is wrong
    NOT_AN_ESTIMATE = "not_an_estimate"  # it arranges other figures, which have intervals


class Unit(StrEnum):
    """What a value is measured in."""

    INDEX = "index"  # 0–100, high is good
    SHARE = "share"  # 0–1
    POINTS = "points"  # the question's own scale
    NET = "net"  # −1…1 (NPS / 100)
    WEIGHT = "weight"  # 0–1, a part: the parts of all attributes (or kinds) sum to 1
    COUNT = "count"


class Standing(StrEnum):
    """How far a base carries: hidden < 5, indicative < 30, normal."""

    HIDDEN = "hidden"
    INDICATIVE = "indicative"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, in the figure's unit, and the method that made it."""

    low: float
    high: float
    method: str
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one segment in one wave.

    ``key`` names the indicator, ``of`` what it is about where there are several (an attribute
    id, ``<question>.<code>`` of an option). ``base`` names whose answers count
    (:class:`reports.indicators.bases.Base`), ``n`` how many there are: 0 where the figure is
    hidden, because how many met a problem is an answer too. ``count`` is the numerator of a
    share. ``others`` holds further intervals by other named methods. ``value`` is None exactly
    when ``reason`` says why.
    """

    key: str
    of: str
    unit: Unit
    base: str
    n: int
    value: float | None
    reason: Reason | None = None
    count: int | None = None
    se: float | None = None
    interval: Interval | None = None
    interval_reason: Reason | None = None
    others: tuple[Interval, ...] = ()
    population: int | None = None
    standing: Standing = Standing.NORMAL


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against another of the same kind: this wave less ``against``.

    ``significant`` is decided after Holm's correction over ``family_size`` comparisons;
    ``p`` is the raw, ``p_adjusted`` the corrected p-value.
    """

    key: str
    of: str
    against: str
    value: float | None
    interval: Interval | None
    p: float | None
    p_adjusted: float | None
    significant: bool
    family_size: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One figure of one earlier (or this) wave."""

    wave: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class SegmentFindings:
    """All figures of one segment in the wave, its changes and its past."""

    segment: str
    label: str
    responses: int
    population: int | None
    response_rate: Figure
    standing: Standing
    figures: tuple[Figure, ...]
    changes: tuple[Change, ...]
    trend: tuple[TrendPoint, ...]

    def figure(self, key: str, of: str = "") -> Figure | None:
        """The figure of that key (and item), or None where the instrument has none."""
        for figure in self.figures:
            if figure.key == key and figure.of == of:
                return figure
        return None

    def about(self, key: str) -> tuple[Figure, ...]:
        """All figures of that key, one an item, in instrument order."""
        return tuple(figure for figure in self.figures if figure.key == key)

    def change(self, key: str, of: str = "") -> Change | None:
        """How that figure moved against the wave before, or None."""
        for change in self.changes:
            if change.key == key and change.of == of and change.against != REST:
                return change
        return None

    def from_rest(self, key: str, of: str = "") -> Change | None:
        """How that figure differs from everybody outside the segment, or None."""
        for change in self.changes:
            if change.key == key and change.of == of and change.against == REST:
                return change
        return None

    def past(self, key: str, of: str = "") -> tuple[TrendPoint, ...]:
        """That figure wave by wave, oldest first, this wave last."""
        return tuple(p for p in self.trend if p.figure.key == key and p.figure.of == of)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the answers came from: for the footer and the method page, never for a figure.

    ``generated_from`` tells how the wave's answers came in, such as ``link 40, open 2``.
    """

    company: str
    sample: bool
    first_day: str
    last_day: str
    generated_from: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What one wave of one survey says, segment by segment, ``all`` first."""

    survey: str
    wave: str
    by: str
    instrument: str
    instrument_version: int
    confidence: float
    smallest_base: int
    indicative_base: int
    provenance: Provenance
    segments: tuple[SegmentFindings, ...]

    def segment(self, name: str) -> SegmentFindings:
        """The findings of one segment; LookupError where there is none."""
        for found in self.segments:
            if found.segment == name:
                return found
        raise LookupError(f"no segment {name} in wave {self.wave}")
