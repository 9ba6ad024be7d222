"""Did a complaint rate leave its usual range? The control charts of one segment.

Centre and limits come from the first periods of the trend and stay where they are while those
periods are the first: twelve, or twenty as soon as there are so many before the one reported.
Which periods they are is thus settled before anybody has seen what they are to judge. A new level
is accepted only when an improvement was confirmed; who keeps such a record names the periods.

A chart is about the process behind the answers: counts and bases as they were given, never
corrected for how many customers there are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reports.findings import ChartPoint, ChartSignal, ControlChart, Figure, Reason, TrendPoint
from reports.statistics.control_charts.baseline import Baseline, choose_baseline
from reports.statistics.control_charts.limits import Point, judge
from reports.statistics.control_charts.periods import Chart, ChartReason, PeriodCount
from reports.statistics.control_charts.rules import Direction, Rule, signals
from reports.statistics.control_charts.runs import run_limits

RATES = ("complaint_rate", "voiced_rate", "problem_rate")
"""The rates that are charted, the leading one first."""

RULES = (Rule.BEYOND_LIMITS, Rule.LONG_RUN)
"""A period beyond the limits, or too many in a row on one side."""

FEWEST, ENOUGH = 12, 20
"""Periods of a baseline: no fewer than the first, no more than the second."""

SIDES = {Direction.ABOVE: "above", Direction.BELOW: "below"}


def control_charts(
    trend: Sequence[TrendPoint],
    rules: Collection[Rule] = RULES,
    baseline: Collection[str] = (),
    most: int | None = None,
) -> tuple[ControlChart, ...]:
    """One chart a rate that was asked for, in the order of :data:`RATES`.

    ``trend``: the figures of one segment, each key oldest first and ending with the wave reported.
    ``baseline`` names the waves that centre and limits come from, where they were settled at
    another time; without it they are the first usable waves of ``trend`` before the one
    reported, 20 or else 12 of them: so that limits stay where they are, ``trend`` should begin
    where the survey did. A wave is usable where its rate is shown. Hidden and empty waves are
    gaps; fewer than 12 usable ones give a reason. Charted and judged are the last ``most`` waves.
    """
    charts: list[ControlChart] = []
    for key in RATES:
        points = [point for point in trend if point.figure.key == key]
        if any(point.figure.reason is not Reason.NOT_ASKED for point in points):
            charts.append(_chart(key, points, rules, baseline, most or len(points)))
    return tuple(charts)


def present(chart: ControlChart) -> tuple[ChartSignal, ...]:
    """The signals that the newest wave is part of, as the last of theirs."""
    newest = chart.points[-1].wave if chart.points else ""
    return tuple(signal for signal in chart.signals if signal.waves[-1] == newest)


def news(chart: ControlChart) -> tuple[ChartSignal, ...]:
    """Those of them that nobody was told before.

    A run is news in the wave in which it first is too long: told again every month while it goes
    on, one false alarm would be many.
    """
    useful = sum(p.value is not None and p.value != chart.centre for p in chart.points)
    return tuple(
        signal
        for signal in present(chart)
        if signal.rule != Rule.LONG_RUN
        or len(signal.waves) - 1 <= run_limits(useful - 1).longest  # not yet so a wave ago
    )


def _chart(
    key: str,
    points: Sequence[TrendPoint],
    rules: Collection[Rule],
    named: Collection[str],
    most: int,
) -> ControlChart:
    periods = [_period(point) for point in points]
    usable = [period for period in periods[:-1] if period.n]
    chosen = [p for p in usable if p.name in named] if named else _first(usable)
    if len(chosen) < FEWEST:
        return _without(key, ChartReason.TOO_FEW_POINTS)
    found = choose_baseline(Chart.P, chosen)
    if isinstance(found, ChartReason):
        return _without(key, found)
    return _drawn(key, found, points[-most:], judge(found, periods[-most:]), rules)


def _first(usable: Sequence[PeriodCount]) -> Sequence[PeriodCount]:
    return usable[: ENOUGH if len(usable) >= ENOUGH else FEWEST]


def _period(point: TrendPoint) -> PeriodCount:
    """A wave as the chart counts it: nobody, where the rate is hidden or nobody was asked.

    A weighted rate counts as the plain sample it is worth.
    """
    figure = point.figure
    if figure.value is None:
        return PeriodCount(point.wave, 0, 0)
    if figure.count is not None and not figure.weighted:
        return PeriodCount(point.wave, figure.count, figure.n)
    base = figure.effective_n or figure.n
    return PeriodCount(point.wave, figure.value * base, base)


def _without(key: str, reason: ChartReason) -> ControlChart:
    return ControlChart(key, Chart.P.value, None, None, (), (), (), reason.value)


def _drawn(
    key: str,
    baseline: Baseline,
    trend: Sequence[TrendPoint],
    judged: Sequence[Point],
    rules: Collection[Rule],
) -> ControlChart:
    found = signals(judged, rules)
    return ControlChart(
        key,
        baseline.chart.value,
        baseline.centre,
        baseline.sigma_z,
        baseline.periods,
        tuple(_point(p.wave, p.figure, point) for p, point in zip(trend, judged, strict=True)),
        tuple(ChartSignal(s.rule.value, s.points, SIDES.get(s.direction, "both")) for s in found),
    )


def _point(wave: str, figure: Figure, point: Point) -> ChartPoint:
    if figure.value is None:
        return ChartPoint(wave, 0, 0, None, None, None)
    count = figure.count if figure.count is not None else round(figure.value * figure.n)
    return ChartPoint(wave, count, figure.n, figure.value, point.lower, point.upper)
