"""Did a complaint rate leave its usual range? The control charts of one segment.

Centre and limits come from the first periods of the trend and stay where they are while those
periods are the first: twelve, or twenty as soon as there are so many before the one reported.
Which periods they are is thus settled before anybody has seen what they are to judge. A new level
is accepted only when an improvement was confirmed; who keeps such a record names the periods.

A chart is about the process behind the answers: counts and bases as they were given, never
corrected for how many customers there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from reports.alarms import Alarming, alarming
from reports.charted import ChartPoint, ChartSignal, ControlChart
from reports.findings import Figure, Reason, TrendPoint
from reports.statistics.control_charts.baseline import Baseline, choose_baseline
from reports.statistics.control_charts.limits import SIGMAS, Point, judge
from reports.statistics.control_charts.periods import Chart, ChartReason, PeriodCount
from reports.statistics.control_charts.rules import Direction, Rule, signals
from reports.statistics.control_charts.runs import run_limits

RATES = ("complaint_rate", "voiced_rate", "problem_rate")
"""The rates that are charted, the leading one first."""

LOGGED = "logged_per_transaction"
"""The rate from the company's books, charted besides (u); it raises no alarms."""

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
    """One chart a rate that was asked for, in the order of :data:`RATES`, then :data:`LOGGED`.

    ``trend``: the figures of one segment, each key oldest first and ending with the wave reported.
    ``baseline`` names the waves that centre and limits come from, where they were settled at
    another time; without it they are the first usable waves of ``trend`` before the one
    reported, 20 or else 12 of them: so that limits stay where they are, ``trend`` should begin
    where the survey did. A wave is usable where its rate is shown. Hidden and empty waves are
    gaps; fewer than 12 usable ones give a reason. Charted and judged are the last ``most`` waves.
    """
    charts: list[ControlChart] = []
    for key in (*RATES, LOGGED):
        points = [point for point in trend if point.figure.key == key]
        if any(point.figure.reason is not Reason.NOT_ASKED for point in points):
            kind = Chart.U if key == LOGGED else Chart.P
            charts.append(_chart(key, kind, points, rules, baseline, most or len(points)))
    return tuple(charts)


def present(chart: ControlChart) -> tuple[ChartSignal, ...]:
    """The signals that the newest wave is part of, as the last of theirs."""
    newest = chart.points[-1].wave if chart.points else ""
    return tuple(signal for signal in chart.signals if signal.waves[-1] == newest)


def leading(charts: Sequence[ControlChart]) -> ControlChart | None:
    """The chart that raises a segment's alarms: the first that could be drawn.

    The other rates move with it; each with an alarm of its own, three would cry wolf for one.
    """
    return next((chart for chart in charts if chart.points and chart.key in RATES), None)


def raise_alarms(
    charts: Mapping[str, Sequence[ControlChart]], confidence: float
) -> Mapping[str, tuple[ControlChart, ...]]:
    """Segment → its charts, with the signals of the leading ones that are alarms marked as such.

    An alarm rests on the newest wave, and is more than so many charts together say by chance
    (:mod:`reports.alarms`).
    """
    number = sum(leading(own) is not None for own in charts.values())
    level = alarming(max(number, 1), confidence)
    return {
        segment: tuple(_alarmed(c, level) if c is leading(own) else c for c in own)
        for segment, own in charts.items()
    }


def alarms(chart: ControlChart) -> tuple[ChartSignal, ...]:
    """The alarms of a chart that nobody was told before.

    A run is news in the wave in which it first is too long: told again every month while it goes
    on, one false alarm would be many.
    """
    return tuple(signal for signal in chart.signals if signal.news)


def _alarmed(chart: ControlChart, level: Alarming) -> ControlChart:
    newest = present(chart)
    return replace(
        chart, signals=tuple(_marked(chart, s, level) if s in newest else s for s in chart.signals)
    )


def _marked(chart: ControlChart, signal: ChartSignal, level: Alarming) -> ChartSignal:
    if signal.rule == Rule.BEYOND_LIMITS:
        alarm = _sigmas(chart) >= level.sigmas
        return replace(signal, alarm=alarm, news=alarm)
    if signal.rule == Rule.LONG_RUN:
        long, beside = len(signal.waves), _beside_the_centre(chart)
        alarm = long >= _too_long(beside, level)
        return replace(signal, alarm=alarm, news=alarm and long - 1 < _too_long(beside - 1, level))
    return signal  # other rules have no part in the budget: what they find is to be watched


def _sigmas(chart: ControlChart) -> float:
    """How far from the centre the newest wave is; a limit may be cut off on one side."""
    newest, centre = chart.points[-1], chart.centre
    if newest.value is None or newest.lower is None or newest.upper is None or centre is None:
        return 0.0
    width = max(newest.upper - centre, centre - newest.lower)
    return SIGMAS * abs(newest.value - centre) / width


def _beside_the_centre(chart: ControlChart) -> int:
    return sum(p.value is not None and p.value != chart.centre for p in chart.points)


def _too_long(beside: int, level: Alarming) -> int:
    """How many in a row are an alarm, of so many waves beside the centre."""
    return max(run_limits(beside).longest + 1, level.in_a_row)


def _chart(
    key: str,
    kind: Chart,
    points: Sequence[TrendPoint],
    rules: Collection[Rule],
    named: Collection[str],
    most: int,
) -> ControlChart:
    periods = [_period(point) for point in points]
    usable = [period for period in periods[:-1] if period.n]
    chosen = [p for p in usable if p.name in named] if named else _first(usable)
    if len(chosen) < FEWEST:
        return _without(key, kind, ChartReason.TOO_FEW_POINTS)
    found = choose_baseline(kind, chosen)
    if isinstance(found, ChartReason):
        return _without(key, kind, found)
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


def _without(key: str, kind: Chart, reason: ChartReason) -> ControlChart:
    return ControlChart(key, kind.value, None, None, (), (), (), reason.value)


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
