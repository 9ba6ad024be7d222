"""At which level was the process when we settled it?

The baseline is made once, from periods chosen for it, and is frozen: what comes later is judged
by it and never moves it. Periods whose cause is known are left out, by name and with that
cause. A new baseline is a new call, after a change that was confirmed.

Laney's charts widen sigma by sigma_z, the spread of the standardised values (Laney 2002,
*Quality Engineering* 14: 531).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reports.statistics.control_charts.overdispersion import Dispersion, overdispersion
from reports.statistics.control_charts.periods import (
    Chart,
    ChartReason,
    ControlChartError,
    PeriodCount,
    centre_of,
    check_periods,
    expected,
)

SMALLEST_EXPECTED = 5.0
"""On average a baseline period must expect this many, or 3 sigma are no limits of chance."""

FEWEST_PRIME_POINTS = 12
"""Periods a baseline needs whose spread is to be estimated besides; others need two."""

D2 = 1.128
"""Mean range of two standard normal values, rounded as the literature and other programs do."""

NO_WIDTH = 1e-9
"""A sigma_z below it is rounding."""


class Why(StrEnum):
    """Why the baseline is of this chart and not of its sibling."""

    ASKED = "asked"
    OVERDISPERSED = "overdispersed"
    NOT_OVERDISPERSED = "not_overdispersed"


class UnknownPeriod(ControlChartError):
    """A period to leave out that is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Period {name} is to be left out of the baseline, but is not in it.")


class CauseMissing(ControlChartError):
    """A period to leave out without the known cause that alone justifies it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Period {name} is to be left out of the baseline without a known cause.")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A period left out of the baseline, and its known cause."""

    period: str
    cause: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The settled level of a process: what later periods are judged by.

    ``sigma_z`` is 1 on plain charts. ``periods`` names those it was made from, ``excluded``
    those left out; ``dispersion`` is the test behind the choice of chart, ``why`` its outcome.
    """

    chart: Chart
    centre: float
    sigma_z: float
    periods: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    dispersion: Dispersion
    why: Why

    @property
    def points(self) -> int:
        """How many periods it was made from."""
        return len(self.periods)


def choose_baseline(
    chart: Chart,
    periods: Sequence[PeriodCount],
    *,
    excluding: Mapping[str, str] | None = None,
    significance: float = 0.05,
    at_least_one: bool = True,
) -> Baseline | ChartReason:
    """The baseline by default: Laney's where the periods are overdispersed, else the plain one.

    ``chart`` says whether of shares or rates; either sibling will do. Overdispersed at
    ``significance`` but fewer than 12 periods: neither chart can be trusted, so a reason. With
    ``at_least_one`` the limits are never narrower than chance alone makes them.

    >>> counts = (52, 47, 55, 50, 44, 58, 49, 51, 46, 53, 48, 56)
    >>> calm = [PeriodCount(f"2026-{i:02}", x, 1000) for i, x in enumerate(counts, start=1)]
    >>> choose_baseline(Chart.P, calm).chart.value
    'p'
    """
    kept, excluded = _kept(chart, periods, excluding or {})
    dispersion = overdispersion(chart, kept)
    overdispersed = isinstance(dispersion, Dispersion) and dispersion.p < significance
    return _baseline(
        chart.prime if overdispersed else chart.plain,
        kept,
        excluded,
        dispersion,
        at_least_one=at_least_one,
        why=Why.OVERDISPERSED if overdispersed else Why.NOT_OVERDISPERSED,
    )


def freeze_baseline(
    chart: Chart,
    periods: Sequence[PeriodCount],
    *,
    excluding: Mapping[str, str] | None = None,
    at_least_one: bool = False,
) -> Baseline | ChartReason:
    """The baseline of that very chart; ``excluding`` maps names of periods to known causes.

    Reports let the periods decide (:func:`choose_baseline`); published series, which the formulas
    are checked with, come with their chart.

    Centre Σx/Σn. Laney's sigma_z is the mean moving range of z = (value - centre)/sigma, over
    1.128; ``at_least_one`` puts 1 in its place where it is smaller. Neighbours of a period that
    was left out or has no answers are neighbours of each other. Reasons: nobody answered; fewer
    than 2 periods (Laney: 12); fewer than 5 expected in a period on average, of those counted
    or, for shares, of the others; sigma_z is 0.

    >>> weeks = [PeriodCount(str(i), x, 50) for i, x in enumerate((12, 15, 8, 10, 4, 7))]
    >>> found = freeze_baseline(Chart.P, weeks)
    >>> round(found.centre, 4), found.sigma_z, found.points
    (0.1867, 1.0, 6)
    >>> freeze_baseline(Chart.P_PRIME, weeks).value
    'too_few_points'
    """
    kept, excluded = _kept(chart, periods, excluding or {})
    dispersion = overdispersion(chart, kept)
    return _baseline(chart, kept, excluded, dispersion, at_least_one=at_least_one, why=Why.ASKED)


def _kept(
    chart: Chart, periods: Sequence[PeriodCount], excluding: Mapping[str, str]
) -> tuple[list[PeriodCount], tuple[Exclusion, ...]]:
    check_periods(chart, periods)
    names = {period.name for period in periods}
    for name, cause in excluding.items():
        if name not in names:
            raise UnknownPeriod(name)
        if not cause.strip():
            raise CauseMissing(name)
    kept = [period for period in periods if period.n and period.name not in excluding]
    return kept, tuple(Exclusion(name, cause) for name, cause in excluding.items())


def _baseline(
    chart: Chart,
    kept: list[PeriodCount],
    excluded: tuple[Exclusion, ...],
    dispersion: Dispersion | ChartReason,
    *,
    at_least_one: bool,
    why: Why,
) -> Baseline | ChartReason:
    if dispersion is ChartReason.NO_VARIATION:  # nobody counted in any period, or everybody
        return ChartReason.MERGE_PERIODS
    if isinstance(dispersion, ChartReason):
        return dispersion
    if chart.is_prime and len(kept) < FEWEST_PRIME_POINTS:
        return ChartReason.TOO_FEW_POINTS
    centre = centre_of(kept)
    if expected(chart, centre, sum(p.n for p in kept) / len(kept)) < SMALLEST_EXPECTED:
        return ChartReason.MERGE_PERIODS
    sigma_z = _sigma_z(chart, centre, kept) if chart.is_prime else 1.0
    if at_least_one:
        sigma_z = max(1.0, sigma_z)
    if sigma_z < NO_WIDTH:
        return ChartReason.NO_VARIATION
    names = tuple(p.name for p in kept)
    return Baseline(chart, centre, sigma_z, names, excluded, dispersion, why)


def _sigma_z(chart: Chart, centre: float, kept: Sequence[PeriodCount]) -> float:
    variance = chart.variance(centre)
    z = [(p.count / p.n - centre) / math.sqrt(variance / p.n) for p in kept]
    ranges = [abs(later - earlier) for earlier, later in pairwise(z)]
    return sum(ranges) / len(ranges) / D2
