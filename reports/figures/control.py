"""A rate on its control chart: centre, limits, the periods of the baseline, and what stands out.

Limits belong to their period, for each period has a base of its own; so they are drawn as steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise

from matplotlib.figure import Figure

from reports import look
from reports.chart_wording import unit_of
from reports.charted import ChartPoint, ControlChart
from reports.context import Context, Tone
from reports.direction import good_way
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.figures.trend import Spot, month_names, places, stretches
from reports.findings import Unit
from reports.statistics.control_charts.rules import Rule

NAMES = 62.0
"""Room at the right for the names of the lines."""

APART = 34.0
"""Least distance of two written values; of those closer together the newest is written."""

WORDS, CLEAR = 5.0, 2.5
"""How high a capital of the smallest words is, and how far these stay from lines."""

WRITTEN = 13.0
"""How far a value that is written reaches beyond its point."""

LINE = "#8FA9C4"


def control(context: Context, chart: ControlChart, *, width: float, height: float) -> Figure:
    """The chart from zero, all its points at their place in the calendar, hidden ones as gaps.

    A period beyond a limit is a diamond with its value, one of a run too long for chance a full
    dot; orange-red and blue as everywhere. The newest value is always written.
    """
    xs = places([point.wave for point in chart.points])
    top = max(max(p.value or 0.0, p.upper or 0.0) for p in chart.points)
    marks = plot.ticks(0.0, top, most=4)
    names = [_tick(context, chart, mark) for mark in marks]
    left = max(context.lettering.width(name, look.SMALL) for name in names) + 8
    area = PlotArea(
        width, height, (left, NAMES, 26, 8), (xs[0] - 0.5, xs[-1] + 0.5), (marks[0], marks[-1])
    )
    edge = area.x
    for mark, name in zip(marks, names, strict=True):
        colour = look.FAINT if mark == marks[0] else look.GRID
        plot.line(area, edge, (mark, mark), colour=colour, width=0.7)
        plot.write(area, edge[0], mark, name, ha="right", shift=(-6, 0))
    _limits(area, xs, chart.points)
    _lines(area, context, chart)
    _baseline(area, context, chart, xs)
    _values(area, context, chart, xs)
    month_names(area, context, xs, [point.wave for point in chart.points])
    return area


def _tick(context: Context, chart: ControlChart, mark: float) -> str:
    """A mark of the upright axis: a share, or so many for each hundred."""
    unit = unit_of(chart)
    return context.words.percent(mark) if unit is Unit.SHARE else context.words.value(unit, mark)


def _limits(area: PlotArea, xs: Sequence[int], points: Sequence[ChartPoint]) -> None:
    """A band of steps between the limits, interrupted where a period has none."""
    bounded = [
        (x, p.lower, p.upper)
        for x, p in zip(xs, points, strict=True)
        if p.lower is not None and p.upper is not None
    ]
    for _start, group in groupby(enumerate(bounded), lambda found: found[1][0] - found[0]):
        part = [step for _i, step in group]
        edges = [x + side for x, _low, _high in part for side in (-0.5, 0.0, 0.5)]
        lows = [low for _x, low, _high in part for _side in range(3)]
        highs = [high for _x, _low, high in part for _side in range(3)]
        plot.band(area, edges, lows, highs)
        for levels in (lows, highs):
            # a step at zero is no limit: the line has no point in its middle, and is not drawn
            drawn = [level or (math.nan if i % 3 == 1 else 0.0) for i, level in enumerate(levels)]
            plot.line(area, edges, drawn, colour=LINE, width=0.8)


def _lines(area: PlotArea, context: Context, chart: ControlChart) -> None:
    """The centre, and at the right the names and values of centre and last limits."""
    _, words, edge = context.words.gettext, context.words, area.x
    centre = chart.centre or 0.0
    plot.line(area, edge, (centre, centre), colour=look.UNCLEAR, width=1.0)
    last = next(p for p in reversed(chart.points) if p.upper is not None)
    named = [(_("centre {value}"), centre), (_("upper {value}"), last.upper or 0.0)]
    if last.lower:
        named.append((_("lower {value}"), last.lower))
    for text, level in named:
        name = text.format(value=words.value(unit_of(chart), level))
        plot.write(area, edge[1], level, name, size=look.TINY, ha="left", shift=(4, 0))


def _baseline(area: PlotArea, context: Context, chart: ControlChart, xs: Sequence[int]) -> None:
    """An upright line where the baseline ends, and what it is."""
    last = max(x for x, p in zip(xs, chart.points, strict=True) if p.wave in chart.baseline)
    bottom, top = area.y
    at = last + 0.5
    plot.line(area, (at, at), (bottom, top), colour=look.FAINT, width=0.8, dashes=(2, 2))
    text = context.words.ngettext(
        "limits set on {count} period", "limits set on {count} periods", len(chart.baseline)
    ).format(count=context.words.count(len(chart.baseline)))
    right = area.spot(at, bottom)[0] - 4
    left = right - context.lettering.width(text, look.TINY)
    up = free_height(_drawn(area, chart, xs, left, right), area.corner[1], area.room[1])
    plot.write(
        area, at, bottom, text,
        size=look.TINY, ha="right", va="bottom", shift=(-4, up - area.corner[1]),
    )  # fmt: skip


def _drawn(
    area: PlotArea, chart: ControlChart, xs: Sequence[int], left: float, right: float
) -> list[tuple[float, float]]:
    """From where to where anything is drawn between these ends, in points from the foot."""
    near = [
        (x, p)
        for x, p in zip(xs, chart.points, strict=True)
        if area.spot(x + 1, 0.0)[0] >= left and area.spot(x - 1, 0.0)[0] <= right
    ]
    lines = [[p.lower, p.upper, p.value] for _x, p in near]
    spans: list[tuple[float, float]] = []
    centre = area.spot(0, chart.centre or 0.0)[1]
    for levels in (*zip(*lines, strict=True), (chart.centre,)):
        found = [area.spot(0, level)[1] for level in levels if level is not None]
        spans += [(min(pair), max(pair)) for pair in pairwise([found[0], *found])] if found else []
    for _x, p in near:
        if p.value is not None and p.upper is not None and not (p.lower or 0) <= p.value <= p.upper:
            high = area.spot(0, p.value)[1]
            spans.append((high, high + WRITTEN) if high >= centre else (high - WRITTEN, high))
    return spans


def free_height(spans: Sequence[tuple[float, float]], foot: float, tall: float) -> float:
    """Where words stand that touch none of these: at the foot, else at the top, else between.

    ``spans``: what is taken, in points upwards, as ``foot`` is; ``tall``: the room above the foot.
    Where nothing is free, the foot.

    >>> free_height([], 26.0, 100.0), free_height([(20.0, 40.0)], 26.0, 100.0)
    (30.0, 118.0)
    """
    lowest, highest = foot + 4.0, foot + tall - WORDS - 3.0
    steps = [lowest + 2.0 * i for i in range(int((highest - lowest) / 2.0) + 1)]
    for up in (lowest, highest, *steps):
        if all(up - CLEAR >= high or up + WORDS + CLEAR <= low for low, high in spans):
            return up
    return lowest


def _values(area: PlotArea, context: Context, chart: ControlChart, xs: Sequence[int]) -> None:
    figure = context.found.figure(chart.key)
    way = good_way(figure) if figure is not None else 1
    spots = [
        Spot(x, p.wave, p.value, None)
        for x, p in zip(xs, chart.points, strict=True)
        if p.value is not None
    ]
    for part in stretches(spots):
        plot.line(
            area, [s.x for s in part], [s.value for s in part],
            colour=look.GOOD, width=1.6, round_ends=True,
        )  # fmt: skip
    centre, free = chart.centre or 0.0, math.inf
    drawn = [(spot, *_judged(chart, spot, way)) for spot in spots]
    plot.rings(area, [(spot.x, spot.value) for spot, _tone, rules in drawn if not rules])
    for spot, tone, rules in drawn:
        if Rule.BEYOND_LIMITS in rules:
            plot.dot(area, spot.x, spot.value, size=6, fill=tone.colour, mark="D")
        elif rules:
            plot.dot(area, spot.x, spot.value, size=4.6, fill=tone.colour)
    for spot, tone, rules in reversed(drawn):
        place = area.spot(spot.x, 0.0)[0]
        if (Rule.BEYOND_LIMITS in rules or spot is spots[-1]) and place <= free:
            free = place - APART
            said = context.words.value(unit_of(chart), spot.value)
            beside = spots[-2].value if spot is spots[-1] and len(spots) > 1 else centre
            _label(area, said, spot, tone, above=spot.value >= beside)  # clear of its own line


def _judged(chart: ControlChart, spot: Spot, way: int) -> tuple[Tone, set[str]]:
    """Good or bad, where rules speak of a period; and these rules."""
    rules = {s.rule for s in chart.signals if spot.wave in s.waves and s.direction != "both"}
    bad = (spot.value > (chart.centre or 0.0)) == (way < 0)
    return Tone.UNCLEAR if not rules else Tone.BAD if bad else Tone.GOOD, rules


def _label(area: PlotArea, text: str, spot: Spot, tone: Tone, *, above: bool) -> None:
    """The value above or below its point, away from the centre, and clear of the lines' names."""
    colour = look.INK if tone is Tone.UNCLEAR else tone.colour
    plot.write(
        area, spot.x, spot.value, text,
        bold=True, colour=colour, ha="right",
        va="bottom" if above else "top", shift=(5, 5 if above else -5),
    )  # fmt: skip
