"""Is there a shift too small for the limits, but too lasting for chance?

Points fall above or below the centre; of a steady process they do so like a coin. Runs that are
too long, or crossings of the centre that are too few, mean that it is not steady. The critical
values grow with the number of points, so that about one steady series in twenty is suspected,
however long it is (Anhøj & Olesen 2014, *PLoS ONE* 9: e113825).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.statistics.control_charts.limits import Point
from reports.statistics.control_charts.periods import ChartReason
from reports.statistics.control_charts.zones import zone

FEWEST_USEFUL = 10
"""Points beside the centre line that the rules need; the published tables begin there."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """The longest run and the fewest crossings that still are chance."""

    longest: int
    crossings: int


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a series, each as its points in time order, and what would be chance."""

    runs: tuple[tuple[Point, ...], ...]
    limits: RunLimits

    @property
    def useful(self) -> int:
        """Points beside the centre line."""
        return sum(map(len, self.runs))

    @property
    def longest(self) -> int:
        """Length of the longest run."""
        return max(map(len, self.runs))

    @property
    def crossings(self) -> int:
        """How often the series changes sides."""
        return len(self.runs) - 1

    @property
    def too_long(self) -> tuple[tuple[Point, ...], ...]:
        """The runs longer than chance allows."""
        return tuple(run for run in self.runs if len(run) > self.limits.longest)

    @property
    def too_few_crossings(self) -> bool:
        """Whether the series changes sides more rarely than chance would."""
        return self.crossings < self.limits.crossings


def run_limits(useful: int) -> RunLimits:
    """Critical values for that many points beside the centre line; at least 1.

    Longest run: log2(n) + 3, the logarithm rounded (Schilling 2012). Crossings: the 5 %
    quantile of the binomial distribution of n - 1 throws of a coin (Chen 2010), in whole
    numbers.

    >>> run_limits(24)
    RunLimits(longest=8, crossings=8)
    """
    throws, at_most, crossings = useful - 1, 1, 0
    while 20 * at_most < 2**throws:
        crossings += 1
        at_most += math.comb(throws, crossings)
    return RunLimits(round(math.log2(useful)) + 3, crossings)


def runs(points: Sequence[Point]) -> Runs | ChartReason:
    """The runs of a series around its centre.

    Points on the centre line, without limits or left out of the baseline are dropped, and
    their neighbours become neighbours of each other.
    """
    sides = [(zone(p.z) > 0, p) for p in points if p.z is not None and not p.excluded and zone(p.z)]
    if len(sides) < FEWEST_USEFUL:
        return ChartReason.TOO_FEW_POINTS
    found = tuple(
        tuple(point for _side, point in run) for _side, run in groupby(sides, key=lambda s: s[0])
    )
    return Runs(found, run_limits(len(sides)))
