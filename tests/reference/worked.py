"""What our functions make of the inputs of worked examples, each as its source puts them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reports.findings import Interval, Reason
from reports.statistics.agreement import agreement_of_rows
from reports.statistics.control_charts.baseline import Baseline, freeze_baseline
from reports.statistics.control_charts.limits import Point, judge
from reports.statistics.control_charts.overdispersion import Dispersion, overdispersion
from reports.statistics.control_charts.periods import Chart, PeriodCount
from reports.statistics.control_charts.rules import NELSON, Rule, signals
from reports.statistics.control_charts.runs import run_limits
from reports.statistics.families import benjamini_hochberg, holm
from reports.statistics.finite_population import Described, described_share
from reports.statistics.index_weights import index_of_means
from reports.statistics.intervals import (
    net_wald,
    newcombe,
    wilson,
    wilson_effective,
)
from reports.statistics.key_drivers import relative_weights, shapley
from reports.statistics.moments import Moments
from reports.statistics.raking import Margin, Raked, rake
from reports.statistics.ranks import centroid_weights
from reports.statistics.strata import Stratum, stratified
from tests.reports.statistics.control_charts.chart_cases import (
    EMERGENCY_ALL,
    EMERGENCY_SEEN,
    NELSON_SERIES,
    VARIABLE_COUNTS,
    VARIABLE_SIZES,
    WETHERILL_BROWN,
    periods,
    standard_points,
)
from tests.reports.statistics.test_agreement import ANXIETY
from tests.reports.statistics.test_key_drivers import cars

Numbers = Sequence[float]


@dataclass(frozen=True)
class Example:
    """What a source says, and our function that says it too.

    ``places``: which of the source's numbers these are; None: all of them. ``digits``: decimals
    that the source prints; ours are rounded to them first. ``needs_data``: computed from a public
    data set that stands outside the checkout.
    """

    id: str
    function: str
    figure: str
    expected: Numbers
    tolerance: float
    compute: Callable[[], Numbers]
    places: tuple[int, ...] | None = None
    digits: int | None = None
    needs_data: bool = False


def ends(found: Interval | Reason) -> Numbers:
    """Both ends of an interval that is there."""
    if isinstance(found, Reason):
        raise ValueError(found)
    return found.low, found.high


def wilson_example(k: int, n: int, low: float, high: float) -> Example:
    """Wilson's interval of k of n."""
    return Example(
        f"wilson {k}/{n}",
        "intervals.wilson",
        "both ends",
        (low, high),
        5e-5,
        lambda: ends(wilson(k, n)),
    )


def newcombe_example(k1: int, n1: int, k2: int, n2: int, low: float, high: float) -> Example:
    """Newcombe's interval of a difference, method 10."""
    return Example(
        f"newcombe10 {k1}/{n1}-{k2}/{n2}",
        "intervals.newcombe",
        "both ends",
        (low, high),
        6e-5,
        lambda: ends(newcombe(k1 / n1, n1, k2 / n2, n2)),
    )


def net(promoters: int, passives: int, detractors: int) -> Moments:
    """Answers of promoters, passives and detractors."""
    return Moments.of({1: promoters, 0: passives, -1: detractors})


def whuber() -> Numbers:
    """Net score, variance and standard error of 324 answers."""
    answers = net(162, 108, 54)
    return answers.mean, answers.spread, 100 * math.sqrt(answers.spread / answers.n)


def airport() -> Numbers:
    """Variance, standard error and interval of the airport's net score."""
    answers = net(1436, 968, 342)
    se = math.sqrt(answers.spread / answers.n)
    return answers.spread, se, *ends(net_wald(answers))


def charted(chart: Chart, counted: Sequence[PeriodCount]) -> tuple[Baseline, Sequence[Point]]:
    """A chart frozen on its own points, and its points."""
    baseline = freeze_baseline(chart, counted)
    if not isinstance(baseline, Baseline):
        raise ValueError(baseline)
    return baseline, judge(baseline, counted)


def first_limits(chart: Chart, counted: Sequence[PeriodCount]) -> Numbers:
    """Centre, and both limits of the first point."""
    baseline, (first, *_others) = charted(chart, counted)
    return baseline.centre, first.lower or 0.0, first.upper or 0.0


def table_of_sizes() -> Numbers:
    """Centre, then both limits for samples of 80 to 120."""
    baseline, points = charted(Chart.P, periods(VARIABLE_COUNTS, VARIABLE_SIZES))
    by_size = {point.n: point for point in points}
    sizes = [by_size[n] for n in (80, 90, 100, 110, 120)]
    lower, upper = [p.lower or 0.0 for p in sizes], [p.upper or 0.0 for p in sizes]
    return baseline.centre, *lower, *upper


def beyond(chart: Chart, counted: Sequence[PeriodCount]) -> list[int]:
    """Numbers of the points beyond their limits, from 1."""
    _baseline, points = charted(chart, counted)
    return [int(s.points[-1]) + 1 for s in signals(points, [Rule.BEYOND_LIMITS])]


def emergency() -> list[PeriodCount]:
    """Patients seen in time, month by month."""
    return periods(EMERGENCY_SEEN, EMERGENCY_ALL)


def laney() -> Numbers:
    """Laney's sigma of z and the centre of the emergency department."""
    baseline, _points = charted(Chart.P_PRIME, emergency())
    return baseline.sigma_z, baseline.centre


def dispersion() -> Numbers:
    """The test whether counts spread more than chance."""
    found = overdispersion(Chart.P, periods(WETHERILL_BROWN, 50))
    if not isinstance(found, Dispersion):
        raise ValueError(found)
    return found.ratio, found.statistic, found.p


def run_limits_example(n: int, longest: int, crossings: int) -> Example:
    """The longest run and the fewest crossings that chance leaves."""

    def compute() -> Numbers:
        found = run_limits(n)
        return found.longest, found.crossings

    return Example(
        f"Anhoej run limit & min crossings n={n}",
        "control_charts.runs.run_limits",
        "longest run, fewest crossings",
        (longest, crossings),
        0,
        compute,
    )


def nelson_example(test: int) -> Example:
    """One of Nelson's tests, and where it speaks."""

    def compute() -> Numbers:
        """The tests that speak, then the number of the point where they do, from 0."""
        found = signals(standard_points(NELSON_SERIES[test]), list(NELSON.values()))
        number = {rule: i for i, rule in NELSON.items()}
        return [*(number[s.rule] for s in found), *(int(s.points[-1]) for s in found)]

    return Example(
        f"Nelson test {test} fires alone at last point",
        "control_charts.rules.signals",
        "the test, the point",
        (test, len(NELSON_SERIES[test]) - 1),
        0,
        compute,
    )


def silent() -> Numbers:
    """Points on the line, and eight where nine are needed."""
    on_the_line = signals(standard_points([0.2, -0.1, 3.0]), [Rule.BEYOND_LIMITS])
    eight = signals(standard_points([0.5, 0.4] * 4), [Rule.NINE_ON_ONE_SIDE])
    return len(on_the_line), len(eight)


def anxiety(corrected: bool) -> Numbers:
    """Kendall's W of the ratings of anxiety."""
    rows = list(zip(*ANXIETY, strict=True))
    found = agreement_of_rows(rows, np.random.default_rng(1), corrected=corrected)
    return found.w or 0.0, found.chi2 or 0.0


def centroid_example(*weights: float) -> Example:
    """Rank-order-centroid weights."""
    n = len(weights)
    return Example(
        f"ROC n={n}",
        "ranks.centroid_weights",
        "weights",
        weights,
        5e-5,
        lambda: [float(weight) for weight in centroid_weights(n)],
    )


def car_importance(johnson: bool) -> Numbers:
    """Importance of what a car is chosen for: parts of R²."""
    r = cars().correlation
    shares = (relative_weights if johnson else shapley)(r[:-1, :-1], r[:-1, -1])
    return [float(share) for share in shares]


def two_predictors() -> Numbers:
    """Shapley and Johnson agree where there are two."""
    r, whole = np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([0.6, 0.4])
    return [float(x) for method in (shapley, relative_weights) for x in method(r, whole)]


SCHOOLS = np.array([[12, 132], [3, 11], [8, 17]])
SCORES = np.array([[7156, 86281], [1978, 6682], [4851, 10935]])
PUPILS = np.array([[5243, 57088], [2237, 13587], [5983, 16460]])
"""183 schools of R's apiclus1 by type (E, H, M) and target met (no, yes); sums of two columns."""


def raked_to(table: Sequence[Sequence[int]], rows: Numbers, columns: Numbers) -> Raked:
    """A table raked to its rows and columns."""
    margins = [Margin(tuple(f"part {i}" for i in range(len(m))), tuple(m)) for m in (rows, columns)]
    found = rake(np.array(table), margins)
    if isinstance(found, Reason):
        raise ValueError(found)
    return found


def schools() -> Raked:
    """The sampled schools raked to all."""
    return raked_to(SCHOOLS.tolist(), (4421, 755, 1018), (1072, 5122))


def school_means() -> Numbers:
    """Mean score and number of pupils of all schools."""
    each = schools().customers / SCHOOLS
    return float((each * SCORES).sum() / 6194), float((each * PUPILS).sum())


def four_by_four() -> Numbers:
    """The much-copied table at its fixed point."""
    table = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    found = raked_to(table, (150, 300, 400, 150), (200, 300, 400, 100))
    return [float(cell) for cell in found.customers.ravel()]


def stata() -> Numbers:
    """The values are tenths, so that they are whole numbers."""
    groups = [
        Stratum.of("1", 15, 5, Moments.of({28: 1, 41: 1, 68: 2, 92: 1})),
        Stratum.of("2", 12, 3, Moments.of({37: 1, 66: 1, 42: 1})),
    ]
    found = [stratified(groups, (0, 100), fpc=fpc) for fpc in (True, False)]
    made = [one for one in found if not isinstance(one, Reason)]
    return made[0].value / 10, *((one.se or 0.0) / 10 for one in made)


def vip() -> Numbers:
    """Eight of nine of ten: error, ends, and what is certain."""
    found = described_share(8, 9, 10)
    if not isinstance(found, Described):
        raise ValueError(found)
    return found.se or 0.0, *wilson_effective(8 / 9, 81), *found.bounds


P_VALUES = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0,
)  # fmt: skip
"""Benjamini & Hochberg 1995, section 4."""


def rejected() -> Numbers:
    """How many of the p-values are below 5 % after correction."""
    return [sum(p <= 0.05 for p in method(P_VALUES)) for method in (holm, benjamini_hochberg)]


def ohio() -> Numbers:
    """The State of Ohio's index of three means."""
    weights, scales = (0.3885, 0.3190, 0.2925), [(1, 10)] * 3
    return [index_of_means(means, scales, weights) for means in ((1,) * 3, (10,) * 3, (8, 7, 6))]
