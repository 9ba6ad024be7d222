"""What was found: every figure with its base, interval, method, or the reason it is missing.

:class:`Findings` is the only source of any figure shown anywhere: pages, charts, PDF,
spreadsheet and JSON all read it, so they cannot disagree. Values are kept at full
precision; rounding happens on paper and page only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from instruments.model import Better
from reports.charted import ControlChart
from reports.cycles import Cycle
from reports.quoted import Voices
from reports.settings import CHART_RULES, Definitions

ALL = "all"
"""Name of the segment that holds every respondent."""

REST = "rest"
"""``Change.against`` of a comparison with everybody outside the segment (not with a past wave)."""

BASELINE = "baseline"
"""``Signal.against`` of a rate that left the usual range of its control chart."""


class Reason(StrEnum):
    """Why a figure has no value, or no interval."""

    NOT_ASKED = "not_asked"  # the instrument has no question for it
    NO_ANSWERS = "no_answers"  # asked, but nobody gave a valid answer
    BELOW_SMALLEST_BASE = "below_smallest_base"  # fewer answers than may be shown
    PROTECTS_ANOTHER = "protects_another"  # shown, it would give away a hidden one
    LONGER_PERIOD = "longer_period"  # the segment is reported by the quarter or half-year
    ONE_ANSWER = "one_answer"  # a value, but no spread to make an interval from
    NO_VARIATION = "no_variation"  # all answers alike: the interval would have no width
    POPULATION_UNKNOWN = "population_unknown"  # nobody said how many customers there are
    MORE_ANSWERS_THAN_CUSTOMERS = "more_answers_than_customers"  # so the population is wrong
    NOT_AN_ESTIMATE = "not_an_estimate"  # it arranges other figures, which have intervals
    NO_INTERVAL_KNOWN = "no_interval_known"  # none holds for it without drawing answers anew
    VALUE_UNKNOWN = "value_unknown"  # nobody said what a customer is worth
    TOO_FEW_ANSWERS = "too_few_answers"  # complete answers, for a statistic of so many items
    TOO_FEW_RANKINGS = "too_few_rankings"  # fewer than three cannot be tested
    TOO_FEW_ITEMS = "too_few_items"  # the statistic compares more items than there are
    TOO_MANY_ITEMS = "too_many_items"  # more than can be computed
    DEPENDENT_ITEMS = "dependent_items"  # one is another twice, or the sum of others
    LITTLE_EXPLAINED = "little_explained"  # R² below 0.1: nothing to share out
    NEGATIVE_WEIGHT = "negative_weight"  # an item runs against the others
    SEVERAL_DIMENSIONS = "several_dimensions"  # the items do not measure one thing
    IMPROPER_SOLUTION = "improper_solution"  # more than all of an item would be explained
    NOT_CONVERGED = "not_converged"  # the fit found no optimum
    NO_RECORDS = "no_records"  # the company's books hold nothing for it, or do not reach so far
    NOT_REACHED = "not_reached"  # too many cases are still open to say
    MARGINS_DIFFER = "margins_differ"  # fields to weight by that do not count as many customers
    WEIGHTS_BEYOND_LIMITS = "weights_beyond_limits"  # margins and limits cannot both be kept to
    WEIGHTED_OTHERWISE = "weighted_otherwise"  # one side is weighted, the other could not be


class Unit(StrEnum):
    """What a value is measured in."""

    INDEX = "index"  # 0–100, high is good
    SHARE = "share"  # 0–1
    POINTS = "points"  # the question's own scale
    NET = "net"  # −1…1 (NPS / 100)
    WEIGHT = "weight"  # 0–1, a part: the parts of all attributes (or kinds) sum to 1
    COUNT = "count"
    COEFFICIENT = "coefficient"  # −1…1: a correlation, R² and its parts, a reliability, a p-value
    TIMES = "times"  # so many for each one
    MONEY = "money"  # the company's own, of a year
    RATE = "rate"  # for each one, of what one may bring several of; shown for a hundred
    DAYS = "days"


class Note(StrEnum):
    """What a reader must know before taking a figure for what it seems."""

    CENSUS = "census"  # every customer answered: nothing is left to estimate
    NEAR_THE_TOP = "near_the_top"  # expectation so high that experience can hardly exceed it
    EQUAL_WEIGHTS = "equal_weights"  # estimated weights were refused; all items weigh the same
    FOLKLORE = "folklore"  # rests on a figure from the literature, not on these customers
    LOWER_BOUND_ONLY = "lower_bound_only"  # nobody told: how many more there are is not known
    GROUPS_TOGETHER = "groups_together"  # groups too small to weight alone were taken together


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
    share. ``value`` is None exactly when ``reason`` says why.

    ``interval`` describes the customers of the wave: where their number is known it is corrected
    for it, and ``certain`` holds the ends that no unheard answer could pass. ``se`` and the
    intervals in ``others`` are never corrected: they are about the process behind the answers,
    and tests of change rest on them alone.

    ``better`` says which end is good, ``scale`` the lowest and highest value the figure can
    take; only the lowest where there is no highest (times as many, days, a rate of complaints).
    ``weighted``: the figure is put together from segments, each with its part of the
    customers; it is then worth ``effective_n`` answers of a plain sample.
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
    better: Better = Better.NONE
    scale: tuple[float, ...] = ()
    certain: Interval | None = None
    weighted: bool = False
    effective_n: float | None = None
    notes: tuple[Note, ...] = ()


class Family(StrEnum):
    """Comparisons that are corrected together, because together they may raise a false alarm."""

    WAVE_BEFORE = "wave_before"
    YEAR_BEFORE = "year_before"
    REST = "rest"
    REFERENCE = "reference"  # the period that the company's rules name


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against another of the same kind: this wave less ``against``.

    ``significant`` is decided after the correction of the ``family`` (Holm's, over
    ``family_size`` comparisons) and for the part of the risk left to control charts; ``p`` is the
    raw, ``p_adjusted`` the corrected p-value, ``discovery`` the one of Benjamini and Hochberg, for
    exploring. ``charted``: not tested, because the rate's control chart judges it. ``paired``
    customers are in both sides. ``detectable``: the smallest true change that this comparison
    would find in four of five cases. ``better`` as of the figure.
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
    family: Family = Family.WAVE_BEFORE
    better: Better = Better.NONE
    discovery: float | None = None
    paired: int = 0
    detectable: float | None = None
    charted: bool = False


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One figure of one earlier (or this) wave."""

    wave: str
    figure: Figure


class SignalKind(StrEnum):
    """What a signal is about."""

    CHANGED = "changed"  # a figure moved against the wave before, or the year before
    OUT_OF_CONTROL = "out_of_control"  # a rate left the limits of chance, or stayed on one side
    HURTS = "hurts"  # important, and experienced below average or short of expectation
    DIFFERS = "differs"  # a segment against all other customers
    AT_RISK = "at_risk"  # customers who may leave
    SILENT = "silent"  # customers with a problem who did not tell the company


class Sureness(StrEnum):
    """How sure a signal is, in words that its test allows."""

    TESTED = "tested"  # significant after the correction of its family
    ESTIMATED = "estimated"  # an interval that leaves out the value compared with
    DESCRIBED = "described"  # what the answers say; nothing is compared


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing to know: what, about which item, for whom, how sure, what it may cost.

    ``value`` and ``interval`` are those of the figure ``key``/``of`` of ``segment``;
    ``change`` the difference it rests on, ``against`` what. ``customers``: how many customers it
    concerns, ``cost`` what that may cost in the company's money, where a customer's value is
    known. Signals come most pressing first; ``good`` tells good news from bad.
    """

    kind: SignalKind
    segment: str
    key: str
    of: str
    good: bool
    sureness: Sureness
    value: float | None
    interval: Interval | None
    n: int
    change: float | None = None
    against: str = ""
    p: float | None = None
    customers: float | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentFindings:
    """All figures of one segment in the wave, its changes and its past.

    ``population`` counts the customers once for each wave they could have answered in,
    ``customers`` once: they differ in a period of several waves. ``voices``: the comments that are
    quoted; None where the questionnaire has no question on them, or the segment is hidden.
    """

    segment: str
    label: str
    responses: int
    population: int | None
    response_rate: Figure
    standing: Standing
    figures: tuple[Figure, ...]
    changes: tuple[Change, ...]
    trend: tuple[TrendPoint, ...]
    charts: tuple[ControlChart, ...] = ()
    signals: tuple[Signal, ...] = ()
    customers: int | None = None
    voices: Voices | None = None

    def chart(self, key: str) -> ControlChart | None:
        """The control chart of that rate, or None."""
        return next((chart for chart in self.charts if chart.key == key), None)

    def figure(self, key: str, of: str = "") -> Figure | None:
        """The figure of that key (and item), or None where the instrument has none."""
        for figure in self.figures:
            if figure.key == key and figure.of == of:
                return figure
        return None

    def about(self, key: str) -> tuple[Figure, ...]:
        """All figures of that key, one an item, in instrument order."""
        return tuple(figure for figure in self.figures if figure.key == key)

    def compared(self, family: Family, key: str, of: str = "") -> Change | None:
        """How that figure differs from the one it is compared with in that family, or None."""
        for change in self.changes:
            if (change.key, change.of, change.family) == (key, of, family):
                return change
        return None

    def change(self, key: str, of: str = "") -> Change | None:
        """How that figure moved against the wave before, or None."""
        return self.compared(Family.WAVE_BEFORE, key, of)

    def year_change(self, key: str, of: str = "") -> Change | None:
        """How that figure moved against the same wave a year before, or None."""
        return self.compared(Family.YEAR_BEFORE, key, of)

    def from_rest(self, key: str, of: str = "") -> Change | None:
        """How that figure differs from everybody outside the segment, or None."""
        return self.compared(Family.REST, key, of)

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
class Weighting:
    """How answers are weighted.

    ``method``: ``stratified``, ``all`` put together from the segments, each with its part of the
    customers; ``post_stratified``, ``all`` and the segments from the cells of several ``fields``;
    ``raked`` to the customers of each field; or ``none``, each answer counting once; then
    ``reason`` says why. ``effect``: Kish's design effect, what unequal weights cost: n answers
    are worth n/effect. ``together``: segments, or cells, that were too small to weight alone, in
    groups.

    Of raking: ``rounds`` over the fields, the largest relative ``error`` left in the customers of
    a segment, and whether weights were ``trimmed``.
    """

    method: str
    reason: str | None = None
    effect: float | None = None
    together: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    rounds: int | None = None
    error: float | None = None
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What one wave of one survey says, segment by segment, ``all`` first.

    ``comparison``: what its report compares with first: a :class:`Family`, or the period that the
    company's rules name.
    """

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
    weighting: Weighting = Weighting("none")
    definitions: Definitions = field(default_factory=Definitions)
    chart_rules: tuple[str, ...] = CHART_RULES
    comparison: str = Family.WAVE_BEFORE.value
    cycles: tuple[Cycle, ...] = ()

    def segment(self, name: str) -> SegmentFindings:
        """The findings of one segment; LookupError where there is none."""
        for found in self.segments:
            if found.segment == name:
                return found
        raise LookupError(f"no segment {name} in wave {self.wave}")
