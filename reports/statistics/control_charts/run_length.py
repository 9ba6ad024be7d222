"""How long until a chart raises an alarm: a false one while nothing happens, a true one after?

The average run length is the mean number of points up to and including the first signal. It is
exact: the points of each rule that still matter are the states of a Markov chain (Champ &
Woodall 1987, *Technometrics* 29: 393). It knows the rules that look at zones. Rules of the whole
series (:mod:`runs`) and of steps need more memory than a chain can have; ``docs/methods`` quotes
a simulation of those.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.sparse import eye_array, lil_array
from scipy.sparse.linalg import spsolve
from scipy.special import gammaln, ndtr, xlog1py, xlogy

from reports.statistics.control_charts.periods import Chart, ControlChartError
from reports.statistics.control_charts.rules import PATTERNS, Pattern, Rule
from reports.statistics.control_charts.zones import BEYOND, ON_THE_LINE

ZONES = tuple(range(-BEYOND, BEYOND + 1))

NEVER = 1e9
"""A run length of more points than this is infinite."""

ENDED_FROM_OUTSIDE = 1e-12

Chances = Mapping[int, float]
"""The probability of each zone, summing to 1."""

Memory = tuple[tuple[bool, ...], ...]
"""For each pattern and side, which of the latest points were hits; what can't matter is cut."""


class NoZoneRule(ControlChartError):
    """A rule that zones alone do not decide."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(f"The run length of rule {rule} cannot be computed from zones.")


def normal_chances(shift: float) -> Chances:
    """Chances of each zone where z is normal with mean ``shift`` and standard deviation 1.

    >>> round(1 / (2 * normal_chances(0.0)[4]), 1)
    370.4
    """
    edges = [-math.inf, -3, -2, -1, 0, 1, 2, 3, math.inf]
    below = [float(ndtr(edge - shift)) for edge in edges]
    numbers = [number for number in ZONES if number]
    chances = {z: b - a for z, a, b in zip(numbers, below[:-1], below[1:], strict=True)}
    return {**chances, 0: 0.0}


def counted_chances(
    chart: Chart, n: int, *, centre: float, level: float, sigma_z: float = 1.0
) -> Chances:
    """Chances of each zone on a chart with that centre and base, while the process is at ``level``.

    Counts are binomial on charts of shares, Poisson on charts of rates. On Laney's charts
    ``sigma_z`` widens the zones; the counts then are still of one level, so that the run
    lengths tell what width costs, not what varies besides.

    >>> chances = counted_chances(Chart.P, 100, centre=0.1, level=0.1)
    >>> round(chances[4], 4), round(sum(chances.values()), 12)
    (0.002, 1.0)
    """
    if chart.of_shares:
        counts = np.arange(n + 1)
        ways = gammaln(n + 1) - gammaln(counts + 1) - gammaln(n - counts + 1)
        chance = np.exp(ways + xlogy(counts, level) + xlog1py(n - counts, -level))
    else:
        mean = n * level
        counts = np.arange(math.ceil(mean + 12 * math.sqrt(mean) + 30))
        chance = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1))
    sigma = math.sqrt(chart.variance(centre) / n) * sigma_z
    z = (counts / n - centre) / sigma
    lines = sum((np.abs(z) > line + ON_THE_LINE).astype(int) for line in range(BEYOND))
    zones = np.where(z > 0, lines, -lines)
    return {number: float(chance[zones == number].sum()) for number in ZONES}


def average_run_length(rules: Collection[Rule], chances: Chances) -> float:
    """Mean number of points until any of the rules gives its first signal; infinity beyond 1e9.

    The chart begins with its first point. Zone rules only: others raise :class:`NoZoneRule`.

    >>> from reports.statistics.control_charts.rules import WESTERN_ELECTRIC
    >>> round(average_run_length(WESTERN_ELECTRIC.values(), normal_chances(0.0)), 2)
    91.75
    >>> round(average_run_length([Rule.BEYOND_LIMITS], normal_chances(1.0)), 1)
    43.9
    """
    patterns = _patterns(rules)
    possible = [number for number in ZONES if chances[number] > 0]
    start: Memory = ((),) * (2 * len(patterns))
    known, waiting = {start: 0}, [start]
    moves: list[tuple[int, int, float]] = []
    while waiting:
        memory = waiting.pop()
        for number in possible:
            after = _next(patterns, memory, number)
            if after is None:
                continue
            if after not in known:
                known[after] = len(known)
                waiting.append(after)
            moves.append((known[memory], known[after], chances[number]))
    return _mean_time(len(known), moves)


def _patterns(rules: Collection[Rule]) -> list[Pattern]:
    for rule in rules:
        if rule not in PATTERNS:
            raise NoZoneRule(rule)
    return [PATTERNS[rule] for rule in Rule if rule in rules]


def _next(patterns: list[Pattern], memory: Memory, number: int) -> Memory | None:
    """The memory after a point in that zone, or None where it makes a signal."""
    after = []
    for index, pattern in enumerate(patterns):
        for place, towards in enumerate((1, -1)):
            hit = pattern.holds(number, towards)
            latest = (*memory[2 * index + place], hit)
            if hit and sum(latest) >= pattern.hits:
                return None
            after.append(_what_matters(pattern, latest))
    return tuple(after)


def _what_matters(pattern: Pattern, latest: tuple[bool, ...]) -> tuple[bool, ...]:
    """Cut what a signal to come cannot rest on: it may skip ``of - hits`` points, no more."""
    kept = latest[max(0, len(latest) - pattern.of + 1) :]
    while kept and (not kept[0] or kept.count(False) > pattern.of - pattern.hits):
        kept = kept[1:]
    return kept


def _mean_time(states: int, moves: Sequence[tuple[int, int, float]]) -> float:
    """Solve (I - Q) t = 1 for the first state.

    A chain that hardly ever ends would make the system singular; ended once in a million
    million points from outside, it stays solvable, and no time that counts is altered.
    """
    chain = lil_array((states, states))
    for before, after, chance in moves:
        chain[before, after] += chance * (1 - ENDED_FROM_OUTSIDE)
    times = spsolve((eye_array(states) - chain).tocsc(), np.ones(states))
    first = float(np.atleast_1d(times)[0])
    return first if first < NEVER else math.inf
