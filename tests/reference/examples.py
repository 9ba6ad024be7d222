"""Worked examples of the field: what each function of ours makes of published inputs.

Numbers are those of the sources named, typed here. An :class:`Example` is run at its tolerance by
``tests/reports/test_examples.py``, which also writes the list into ``docs/methods/checked.md``;
:data:`NOT_OURS` says of every other example why it is none of ours.
"""

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
    net_adjusted_wald,
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
    CIRCUIT_BOARDS,
    COMPUTERS,
    EMERGENCY_ALL,
    EMERGENCY_SEEN,
    NELSON_SERIES,
    ORANGE_JUICE,
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


def _ends(found: Interval | Reason) -> Numbers:
    if isinstance(found, Reason):
        raise ValueError(found)
    return found.low, found.high


def _wilson(k: int, n: int, low: float, high: float) -> Example:
    return Example(
        f"wilson {k}/{n}",
        "intervals.wilson",
        "both ends",
        (low, high),
        5e-5,
        lambda: _ends(wilson(k, n)),
    )


def _newcombe(k1: int, n1: int, k2: int, n2: int, low: float, high: float) -> Example:
    return Example(
        f"newcombe10 {k1}/{n1}-{k2}/{n2}",
        "intervals.newcombe",
        "both ends",
        (low, high),
        6e-5,
        lambda: _ends(newcombe(k1 / n1, n1, k2 / n2, n2)),
    )


def _net(promoters: int, passives: int, detractors: int) -> Moments:
    return Moments.of({1: promoters, 0: passives, -1: detractors})


def _whuber() -> Numbers:
    net = _net(162, 108, 54)
    return net.mean, net.spread, 100 * math.sqrt(net.spread / net.n)


def _airport() -> Numbers:
    net = _net(1436, 968, 342)
    return net.spread, math.sqrt(net.spread / net.n), *_ends(net_wald(net))


def _charted(chart: Chart, counted: Sequence[PeriodCount]) -> tuple[Baseline, Sequence[Point]]:
    baseline = freeze_baseline(chart, counted)
    if not isinstance(baseline, Baseline):
        raise ValueError(baseline)
    return baseline, judge(baseline, counted)


def _first_limits(chart: Chart, counted: Sequence[PeriodCount]) -> Numbers:
    baseline, (first, *_others) = _charted(chart, counted)
    return baseline.centre, first.lower or 0.0, first.upper or 0.0


def _table_of_sizes() -> Numbers:
    baseline, points = _charted(Chart.P, periods(VARIABLE_COUNTS, VARIABLE_SIZES))
    by_size = {point.n: point for point in points}
    sizes = [by_size[n] for n in (80, 90, 100, 110, 120)]
    lower, upper = [p.lower or 0.0 for p in sizes], [p.upper or 0.0 for p in sizes]
    return baseline.centre, *lower, *upper


def _beyond(chart: Chart, counted: Sequence[PeriodCount]) -> list[int]:
    """Numbers of the points beyond their limits, from 1."""
    _baseline, points = _charted(chart, counted)
    return [int(s.points[-1]) + 1 for s in signals(points, [Rule.BEYOND_LIMITS])]


def _emergency() -> list[PeriodCount]:
    return periods(EMERGENCY_SEEN, EMERGENCY_ALL)


def _laney() -> Numbers:
    baseline, _points = _charted(Chart.P_PRIME, _emergency())
    return baseline.sigma_z, baseline.centre


def _dispersion() -> Numbers:
    found = overdispersion(Chart.P, periods(WETHERILL_BROWN, 50))
    if not isinstance(found, Dispersion):
        raise ValueError(found)
    return found.ratio, found.statistic, found.p


def _run_limits(n: int, longest: int, crossings: int) -> Example:
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


def _nelson(test: int) -> Example:
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


def _silent() -> Numbers:
    on_the_line = signals(standard_points([0.2, -0.1, 3.0]), [Rule.BEYOND_LIMITS])
    eight = signals(standard_points([0.5, 0.4] * 4), [Rule.NINE_ON_ONE_SIDE])
    return len(on_the_line), len(eight)


def _anxiety(corrected: bool) -> Numbers:
    rows = list(zip(*ANXIETY, strict=True))
    found = agreement_of_rows(rows, np.random.default_rng(1), corrected=corrected)
    return found.w or 0.0, found.chi2 or 0.0


def _centroid(*weights: float) -> Example:
    n = len(weights)
    return Example(
        f"ROC n={n}",
        "ranks.centroid_weights",
        "weights",
        weights,
        5e-5,
        lambda: [float(weight) for weight in centroid_weights(n)],
    )


def _cars(johnson: bool) -> Numbers:
    r = cars().correlation
    shares = (relative_weights if johnson else shapley)(r[:-1, :-1], r[:-1, -1])
    return [float(share) for share in shares]


def _two_predictors() -> Numbers:
    r, whole = np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([0.6, 0.4])
    return [float(x) for method in (shapley, relative_weights) for x in method(r, whole)]


SCHOOLS = np.array([[12, 132], [3, 11], [8, 17]])
SCORES = np.array([[7156, 86281], [1978, 6682], [4851, 10935]])
PUPILS = np.array([[5243, 57088], [2237, 13587], [5983, 16460]])
"""183 schools of R's apiclus1 by type (E, H, M) and target met (no, yes); sums of two columns."""


def _raked(table: Sequence[Sequence[int]], rows: Numbers, columns: Numbers) -> Raked:
    margins = [Margin(tuple(f"part {i}" for i in range(len(m))), tuple(m)) for m in (rows, columns)]
    found = rake(np.array(table), margins)
    if isinstance(found, Reason):
        raise ValueError(found)
    return found


def _schools() -> Raked:
    return _raked(SCHOOLS.tolist(), (4421, 755, 1018), (1072, 5122))


def _school_means() -> Numbers:
    each = _schools().customers / SCHOOLS
    return float((each * SCORES).sum() / 6194), float((each * PUPILS).sum())


def _four_by_four() -> Numbers:
    table = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    found = _raked(table, (150, 300, 400, 150), (200, 300, 400, 100))
    return [float(cell) for cell in found.customers.ravel()]


def _stata() -> Numbers:
    """The values are tenths, so that they are whole numbers."""
    groups = [
        Stratum.of("1", 15, 5, Moments.of({28: 1, 41: 1, 68: 2, 92: 1})),
        Stratum.of("2", 12, 3, Moments.of({37: 1, 66: 1, 42: 1})),
    ]
    found = [stratified(groups, (0, 100), fpc=fpc) for fpc in (True, False)]
    made = [one for one in found if not isinstance(one, Reason)]
    return made[0].value / 10, *((one.se or 0.0) / 10 for one in made)


def _vip() -> Numbers:
    found = described_share(8, 9, 10)
    if not isinstance(found, Described):
        raise ValueError(found)
    return found.se or 0.0, *wilson_effective(8 / 9, 81), *found.bounds


P_VALUES = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0,
)  # fmt: skip
"""Benjamini & Hochberg 1995, section 4."""


def _rejected() -> Numbers:
    return [sum(p <= 0.05 for p in method(P_VALUES)) for method in (holm, benjamini_hochberg)]


def _ohio() -> Numbers:
    weights, scales = (0.3885, 0.3190, 0.2925), [(1, 10)] * 3
    return [index_of_means(means, scales, weights) for means in ((1,) * 3, (10,) * 3, (8, 7, 6))]


EXAMPLES: tuple[Example, ...] = (
    _wilson(81, 263, 0.2553, 0.3662),
    _wilson(0, 20, 0.0, 0.1611),
    _wilson(1, 29, 0.0061, 0.1718),
    _newcombe(56, 70, 48, 80, 0.0524, 0.3339),
    _newcombe(6, 7, 2, 7, 0.0582, 0.8062),
    _newcombe(0, 10, 0, 20, -0.1611, 0.2775),
    _newcombe(0, 10, 0, 10, -0.2775, 0.2775),
    _newcombe(10, 10, 0, 20, 0.6791, 1.0),
    Example(
        "NPS whuber p=1/2,1/3,1/6 n=324",
        "moments.Moments",
        "NPS, variance, SE in points",
        (0.3333333333, 0.5555555556, 4.1409),
        1e-4,
        _whuber,
    ),
    Example(
        "SFO2017 NPS var, se, CI (cran/NPS in R)",
        "intervals.net_wald",
        "variance, SE, both ends",
        (0.4887665513, 0.0133413713, 0.372249062, 0.4245462767),
        1e-9,
        _airport,
    ),
    Example(
        "NPS adjusted Wald 9/9 promoters",
        "intervals.net_adjusted_wald",
        "centre, lower end",
        (0.75, 0.433712),
        1e-6,
        lambda: (9 / 12, _ends(net_adjusted_wald(_net(9, 0, 0)))[0]),
    ),
    Example(
        "p chart orange juice trial",
        "control_charts.limits.judge",
        "centre, limits",
        (0.2313, 0.0524, 0.4102),
        5e-5,
        lambda: _first_limits(Chart.P, periods(ORANGE_JUICE, 50)),
    ),
    Example(
        "p chart variable n (Montgomery Table 7.4)",
        "control_charts.limits.judge",
        "centre, lower and upper limits by size",
        (
            *(0.09551, 0.0, 0.002565, 0.007335, 0.011438, 0.015017),
            *(0.194093, 0.188455, 0.183686, 0.179582, 0.176003),
        ),
        6e-7,
        _table_of_sizes,
    ),
    Example(
        "p chart variable n signals",
        "control_charts.rules.signals",
        "the sample beyond its limits",
        (11,),
        0,
        lambda: _beyond(Chart.P, periods(VARIABLE_COUNTS, VARIABLE_SIZES)),
    ),
    Example(
        "c chart circuit trial",
        "control_charts.limits.judge",
        "centre, limits",
        (19.85, 6.48, 33.22),
        0.011,
        lambda: _first_limits(Chart.U, periods(CIRCUIT_BOARDS, 1)),
    ),
    Example(
        "u chart PCs n=5",
        "control_charts.limits.judge",
        "centre, limits",
        (1.93, 0.07, 3.79),
        0.006,
        lambda: _first_limits(Chart.U, periods(COMPUTERS, 5)),
    ),
    Example(
        "Laney p' NHS A&E sigma_z, pbar",
        "control_charts.baseline.freeze_baseline",
        "sigma_z, centre",
        (10.640421863, 0.9528997113),
        1e-8,
        _laney,
    ),
    Example(
        "Laney p' NHS limits wk1",
        "control_charts.limits.judge",
        "limits",
        (0.9401296442, 0.9656697785),
        1e-9,
        lambda: _first_limits(Chart.P_PRIME, _emergency())[1:],
    ),
    Example(
        "NHS p-chart signals (count) vs p' (count)",
        "control_charts.rules.signals",
        "points beyond the limits of p, of p′",
        (16, 0),
        0,
        lambda: [len(_beyond(chart, _emergency())) for chart in (Chart.P, Chart.P_PRIME)],
    ),
    Example(
        "overdispersion binomial: ratio, stat, p",
        "control_charts.overdispersion.overdispersion",
        "ratio, statistic, p",
        (0.7644566315, 22.16924231, 0.81311),
        1e-5,
        _dispersion,
    ),
    _run_limits(10, 6, 2),
    _run_limits(20, 7, 6),
    _run_limits(24, 8, 8),
    _run_limits(25, 8, 8),
    _run_limits(28, 8, 9),
    *(_nelson(test) for test in NELSON_SERIES),
    Example(
        "Nelson: z=3.0 exactly and run of 8 do not fire",
        "control_charts.rules.signals",
        "signals of each",
        (0, 0),
        0,
        _silent,
    ),
    Example(
        "Kendall Wt anxiety (ties)",
        "agreement.agreement_of_rows",
        "W, chi² (p is of permutations)",
        (0.539656876, 30.76044193),
        1e-8,
        lambda: _anxiety(corrected=True),
        places=(0, 1),
    ),
    Example(
        "Kendall W anxiety (no tie correction)",
        "agreement.agreement_of_rows",
        "W, chi² (p is of permutations)",
        (0.5019214703, 28.60952381),
        1e-8,
        lambda: _anxiety(corrected=False),
        places=(0, 1),
    ),
    _centroid(0.6111, 0.2778, 0.1111),
    _centroid(0.5208, 0.2708, 0.1458, 0.0625),
    _centroid(0.4567, 0.2567, 0.1567, 0.09, 0.04),
    Example(
        "Johnson RW mtcars",
        "key_drivers.relative_weights",
        "parts of R²",
        (0.2284797259, 0.2221468705, 0.2321744393, 0.0963886032),
        1e-11,
        lambda: _cars(johnson=True),
        digits=10,
    ),
    Example(
        "LMG mtcars",
        "key_drivers.shapley",
        "parts of R²",
        (0.2470520332, 0.2434995948, 0.2109128995, 0.0777251114),
        1e-11,
        lambda: _cars(johnson=False),
        digits=10,
    ),
    Example(
        "two predictors by hand (both methods)",
        "key_drivers.shapley, relative_weights",
        "parts of R²",
        (0.2866667, 0.0866667, 0.2866667, 0.0866667),
        1e-6,
        _two_predictors,
    ),
    Example(
        "raking api00 mean, enroll total",
        "raking.rake",
        "mean, total",
        (641.23, 3_647_280.0),
        0.5,
        _school_means,
    ),
    Example(
        "raking api00 mean tight",
        "raking.rake",
        "mean",
        (641.23,),
        0.005,
        lambda: _school_means()[:1],
    ),
    Example(
        "raking from the 3x2 table: cell sums",
        "raking.rake",
        "cells",
        (478.0708, 3942.9292, 201.3766, 553.6234, 392.5526, 625.4474),
        1e-3,
        lambda: [float(cell) for cell in _schools().customers.ravel()],
    ),
    Example(
        "IPF converged",
        "raking.rake",
        "cells",
        (
            *(64.56, 46.23, 35.38, 3.82, 49.97, 68.16, 156.5, 25.37),
            *(56.72, 144.43, 145.08, 53.77, 28.75, 41.18, 63.03, 17.03),
        ),
        0.006,
        _four_by_four,
    ),
    Example(
        "Stata/R survey fpc: mean, SE fpc, SE no fpc",
        "strata.stratified",
        "mean, SE with and without correction",
        (5.4481, 0.616, 0.7413),
        5e-4,
        _stata,
    ),
    Example(
        "VIP 8/9 of N=10: SE (1-f)s2/n; Wilson n_eff=81; bounds",
        "finite_population.described_share, intervals.wilson_effective",
        "SE, both ends, certain bounds",
        (0.0351364, 0.802129, 0.940432, 0.8, 0.9),
        1e-6,
        _vip,
    ),
    Example(
        "BH95 rejections Bonf,Holm,BH,BY",
        "families.holm, benjamini_hochberg",
        "rejections of Holm, of BH (Bonferroni's and BY are not ours)",
        (3, 4),
        0,
        _rejected,
        places=(1, 2),
    ),
    Example(
        "BH95 adjusted p (R p.adjust)",
        "families.benjamini_hochberg",
        "adjusted p",
        (
            *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645),
            *(0.0765, 0.486, 0.5811818182, 0.714875, 0.7532307692, 0.8132142857, 1.0),
        ),
        1e-9,
        lambda: benjamini_hochberg(P_VALUES),
    ),
    Example(
        "ACSI formula bounds and Ohio weights",
        "index_weights.index_of_means",
        "lowest, highest, Ohio",
        (0.0, 100.0, 67.7333),
        1e-4,
        _ohio,
    ),
)

_NOT_OFFERED = (
    "Reports show Wilson's interval, whose coverage is 95 % on average; this one is wider than "
    "it says, and two intervals of one share would only puzzle."
)
_LATER = "The value of customers comes with a later issue; no function of ours yet."

NOT_OURS: dict[str, str] = {
    "wilson-cc 81/263 (R prop.test)": _NOT_OFFERED,
    "clopper 81/263": _NOT_OFFERED,
    "clopper 15/148": _NOT_OFFERED,
    "clopper 0/20": _NOT_OFFERED,
    "clopper 1/29": _NOT_OFFERED,
    "RFM first 5 customers (Abbey..Admiral)": _LATER,
    "margin multiple r/(1+i-r) i=.10 r=.6..9": _LATER,
    "pyramid onlineretail sizes & revenue %": _LATER,
}
"""Example → why no function of ours reproduces it."""
