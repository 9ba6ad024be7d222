"""How often may a report cry wolf, and who may do so?

Of all reports in which nothing happened, one in twenty (1 - confidence) may raise a false alarm.
Two things can raise one: the tests of changes and differences, and the control charts of the
segments' leading rates. The risk is shared between them: three fifths for the tests, one fifth
each for points beyond the limits and for long runs. The more charts are read together, the farther
out a point must lie, and the longer a run must last, before it is an alarm. Limits and runs on the
chart itself stay what every chart of its kind has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from reports.statistics.control_charts.limits import SIGMAS

TESTS, BEYOND, RUNS = 0.6, 0.2, 0.2
"""The parts of tests, of points beyond the limits, and of long runs; together 1."""

ESTIMATED_CENTRE = 4.0
"""How much likelier than of a coin a run is around a centre that 12 to 20 periods estimate."""


@dataclass(frozen=True, slots=True)
class Alarming:
    """From where on a chart's newest period is an alarm: in ``sigmas``, and ``in_a_row``."""

    sigmas: float
    in_a_row: int


def alarming(charts: int, confidence: float = 0.95) -> Alarming:
    """What is an alarm among so many ``charts`` (1 or more).

    A point: two-sided normal, each chart its part of the risk (Bonferroni), no less than the
    usual 3 sigma. A run: the one that ends now was that long with probability 2·2⁻ᴸ⁻¹, times four
    because the centre is an estimate.

    >>> [(round(a.sigmas, 2), a.in_a_row) for a in map(alarming, (1, 5, 15))]
    [(3.0, 9), (3.09, 11), (3.4, 13)]
    """
    risk = (1 - confidence) / charts
    farthest = -float(ndtri(BEYOND * risk / 2))
    longest = math.ceil(math.log2(ESTIMATED_CENTRE / (RUNS * risk)))
    return Alarming(max(SIGMAS, farthest), longest)


def tests_part(charts: int) -> float:
    """The tests' part of the risk; all of it where there is no chart."""
    return TESTS if charts else 1.0
