"""Which months stand out, by which rule, and to which side?

By default a point beyond the limits and the two run rules of :mod:`runs`. The eight tests of
Nelson (1984, *Journal of Quality Technology* 16: 237) and the four of Western Electric (1956)
are there by number for whom they are prescribed. Every further rule brings further false
alarms: how many, :mod:`run_length` computes.

Rules see the points in the order of time. Points without limits and points left out of the
baseline are passed over. Counts go on after a signal: the tenth point of a run of ten is a
signal like the ninth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reports.statistics.control_charts.limits import Point
from reports.statistics.control_charts.periods import ChartReason
from reports.statistics.control_charts.runs import runs
from reports.statistics.control_charts.zones import BEYOND, side, zone


class Rule(StrEnum):
    """What makes a signal."""

    BEYOND_LIMITS = "beyond_limits"
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"
    EIGHT_ON_ONE_SIDE = "eight_on_one_side"
    NINE_ON_ONE_SIDE = "nine_on_one_side"
    SIX_STEADY = "six_steady"
    FOURTEEN_ALTERNATING = "fourteen_alternating"
    TWO_OF_THREE_BEYOND_TWO = "two_of_three_beyond_two"
    FOUR_OF_FIVE_BEYOND_ONE = "four_of_five_beyond_one"
    FIFTEEN_WITHIN_ONE = "fifteen_within_one"
    EIGHT_BEYOND_ONE = "eight_beyond_one"


DEFAULT = (Rule.BEYOND_LIMITS, Rule.LONG_RUN, Rule.FEW_CROSSINGS)

NELSON: Mapping[int, Rule] = {
    1: Rule.BEYOND_LIMITS,
    2: Rule.NINE_ON_ONE_SIDE,
    3: Rule.SIX_STEADY,
    4: Rule.FOURTEEN_ALTERNATING,
    5: Rule.TWO_OF_THREE_BEYOND_TWO,
    6: Rule.FOUR_OF_FIVE_BEYOND_ONE,
    7: Rule.FIFTEEN_WITHIN_ONE,
    8: Rule.EIGHT_BEYOND_ONE,
}
"""Nelson's tests by their number."""

WESTERN_ELECTRIC: Mapping[int, Rule] = {
    1: Rule.BEYOND_LIMITS,
    2: Rule.TWO_OF_THREE_BEYOND_TWO,
    3: Rule.FOUR_OF_FIVE_BEYOND_ONE,
    4: Rule.EIGHT_ON_ONE_SIDE,
}
"""The four tests of Western Electric; the fourth asks for eight where Nelson asks for nine."""


class Direction(StrEnum):
    """Where the points of a signal lie, or where they go."""

    ABOVE = "above"
    BELOW = "below"
    RISING = "rising"
    FALLING = "falling"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Signal:
    """What stands out: the rule, the names of the points it rests on, oldest first, and where.

    It is new where its last point is the newest of the chart.
    """

    rule: Rule
    points: tuple[str, ...]
    direction: Direction


@dataclass(frozen=True, slots=True)
class Pattern:
    """``hits`` of ``of`` points in a row between two zones, the newest among them.

    With ``one_side`` all hits lie on the same side of the centre.
    """

    hits: int
    of: int
    inner: int
    outer: int
    one_side: bool

    def holds(self, zone_number: int, towards: int) -> bool:
        """Whether a point in that zone is a hit, beside a newest point on side ``towards``."""
        within = self.inner <= abs(zone_number) <= self.outer
        return within and (not self.one_side or side(zone_number) == towards)


PATTERNS: Mapping[Rule, Pattern] = {
    Rule.BEYOND_LIMITS: Pattern(1, 1, BEYOND, BEYOND, one_side=True),
    Rule.EIGHT_ON_ONE_SIDE: Pattern(8, 8, 1, BEYOND, one_side=True),
    Rule.NINE_ON_ONE_SIDE: Pattern(9, 9, 1, BEYOND, one_side=True),
    Rule.TWO_OF_THREE_BEYOND_TWO: Pattern(2, 3, 3, BEYOND, one_side=True),
    Rule.FOUR_OF_FIVE_BEYOND_ONE: Pattern(4, 5, 2, BEYOND, one_side=True),
    Rule.FIFTEEN_WITHIN_ONE: Pattern(15, 15, 0, 1, one_side=False),
    Rule.EIGHT_BEYOND_ONE: Pattern(8, 8, 2, BEYOND, one_side=False),
}
"""The rules that look at zones only."""

STEADY, ALTERNATING = 6, 14
"""Points of Nelson's third and fourth test."""


def signals(points: Sequence[Point], rules: Collection[Rule] = DEFAULT) -> tuple[Signal, ...]:
    """Every signal of a series, rule by rule in the order of :class:`Rule`, oldest first.

    >>> def point(i, z):
    ...     return Point(str(i), 0, 1, 0.0, False, z, 1.0, -3.0, 3.0, z)
    >>> chart = [point(i, z) for i, z in enumerate((0.3, -0.4, 1.2, -1.1, 3.2))]
    >>> signals(chart)
    (Signal(rule=<Rule.BEYOND_LIMITS: 'beyond_limits'>, points=('4',),
            direction=<Direction.ABOVE: 'above'>),)
    """
    judged = [point for point in points if point.z is not None and not point.excluded]
    asked = [rule for rule in Rule if rule in rules]
    return tuple(signal for rule in asked for signal in _SEEKERS[rule](rule, judged))


def _pattern(rule: Rule, judged: Sequence[Point]) -> Iterator[Signal]:
    pattern, zones = PATTERNS[rule], [zone(point.z or 0.0) for point in judged]
    for newest, number in enumerate(zones):
        if not pattern.holds(number, side(number)):
            continue
        window = range(max(0, newest - pattern.of + 1), newest + 1)
        hits = [i for i in window if pattern.holds(zones[i], side(number))]
        if len(hits) >= pattern.hits:
            yield _signal(rule, [judged[i] for i in hits], _place([zones[i] for i in hits]))


def _place(zones: Sequence[int]) -> Direction:
    sides = {side(number) for number in zones}
    if sides == {1}:
        return Direction.ABOVE
    return Direction.BELOW if sides == {-1} else Direction.NEITHER


def _steady(rule: Rule, judged: Sequence[Point]) -> Iterator[Signal]:
    """Six values, each higher than the one before, or each lower."""
    steps = _steps(judged)
    for first in range(len(judged) - STEADY + 1):
        window = set(steps[first : first + STEADY - 1])
        if window in ({1}, {-1}):
            way = Direction.RISING if window == {1} else Direction.FALLING
            yield _signal(rule, judged[first : first + STEADY], way)


def _alternating(rule: Rule, judged: Sequence[Point]) -> Iterator[Signal]:
    """Fourteen values, up and down in turn."""
    steps = _steps(judged)
    for first in range(len(judged) - ALTERNATING + 1):
        window = steps[first : first + ALTERNATING - 1]
        if all(before * after == -1 for before, after in pairwise(window)):
            yield _signal(rule, judged[first : first + ALTERNATING], Direction.NEITHER)


def _steps(judged: Sequence[Point]) -> list[int]:
    """Up (1), down (-1) or level (0), from each value as plotted to the next."""
    values = [point.value or 0.0 for point in judged]
    return [(after > before) - (after < before) for before, after in pairwise(values)]


def _long_run(rule: Rule, judged: Sequence[Point]) -> Iterator[Signal]:
    found = runs(judged)
    if not isinstance(found, ChartReason):
        for run in found.too_long:
            yield _signal(rule, run, _place([zone(point.z or 0.0) for point in run]))


def _few_crossings(rule: Rule, judged: Sequence[Point]) -> Iterator[Signal]:
    found = runs(judged)
    if not isinstance(found, ChartReason) and found.too_few_crossings:
        yield _signal(rule, [point for run in found.runs for point in run], Direction.NEITHER)


def _signal(rule: Rule, points: Sequence[Point], direction: Direction) -> Signal:
    return Signal(rule, tuple(point.name for point in points), direction)


_SEEKERS: Mapping[Rule, Callable[[Rule, Sequence[Point]], Iterator[Signal]]] = {
    **dict.fromkeys(PATTERNS, _pattern),
    Rule.LONG_RUN: _long_run,
    Rule.FEW_CROSSINGS: _few_crossings,
    Rule.SIX_STEADY: _steady,
    Rule.FOURTEEN_ALTERNATING: _alternating,
}
