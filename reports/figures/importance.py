"""Importance against experience: what to act on first, seen at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports import look
from reports.context import Context
from reports.direction import good_way
from reports.figures import plot
from reports.figures.labelling import Box, around, best
from reports.figures.plot import PlotArea
from reports.findings import Unit
from reports.quadrants import Placed, Quadrant, Quadrants
from reports.typeset import wrap

COLOURS = {
    Quadrant.ACT_FIRST: look.BAD,
    Quadrant.KEEP_UP: look.GOOD,
    Quadrant.LOW_PRIORITY: look.UNCLEAR,
    Quadrant.POSSIBLY_TOO_MUCH: look.UNCLEAR,
    Quadrant.UNCLEAR: look.UNCLEAR,
}
LEFT, RIGHT, BOTTOM, TOP = MARGINS = (44.0, 4.0, 30.0, 4.0)
NAME_WIDTH = 104.0
LINE = 10.0


@dataclass(frozen=True, slots=True)
class Ground:
    """The plot area, its places counted in points from its own lower left corner."""

    area: PlotArea

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where a value stands."""
        across, up = self.area.spot(x, y)
        return across - LEFT, up - BOTTOM

    def write(
        self, text: str, at: tuple[float, float], *, size: float, bold: bool, colour: str
    ) -> None:
        """Write from a baseline at a place in points."""
        left, bottom = self.area.x[0], self.area.y[0]
        plot.write(
            self.area, left, bottom, text,
            size=size, bold=bold, colour=colour, ha="left", va="baseline", shift=at,
        )  # fmt: skip


def importance(context: Context, quadrants: Quadrants, *, width: float, height: float) -> Figure:
    """The four quadrants with every attribute, its whisker and its name; better is at the right."""
    x, y = _ranges(quadrants)
    area = PlotArea(width, height, MARGINS, x, y)
    ground = Ground(area)
    _fields(area, quadrants)
    _axis_names(area, context)
    taken: list[Box] = []
    for item in quadrants.items:
        _point(area, item)
        taken.extend(_obstacles(ground, item))
    taken.extend(_corners(ground, context))
    for places, text in _means(ground, context, quadrants):
        box = best(places, area.room, taken)
        at = (box.left, box.bottom)
        ground.write(text, at, size=look.TINY, bold=False, colour=look.SOFT)
        taken.append(box)
    for item in sorted(quadrants.items, key=lambda i: (-i.importance, i.attribute)):
        taken.append(_name(ground, context, item, taken))
    return area


def _ranges(quadrants: Quadrants) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the axes span; experience from worst to best, so downwards where low marks are good."""
    lows = [i.experience.interval.low if i.experience.interval else i.mean for i in quadrants.items]
    highs = [
        i.experience.interval.high if i.experience.interval else i.mean for i in quadrants.items
    ]
    weights = [i.importance for i in quadrants.items]
    wide = max(max(highs) - min(lows), 0.1) * 0.09
    high = max(max(weights) - min(weights), 0.02) * 0.17
    across = (min(lows) - wide, max(highs) + wide)
    if good_way(quadrants.items[0].experience) < 0:
        across = (across[1], across[0])
    return across, (min(weights) - high, max(weights) + high)


def _fields(area: PlotArea, quadrants: Quadrants) -> None:
    (left, right), (bottom, top) = area.x, area.y
    x, y = quadrants.experience_line, quadrants.importance_line
    plot.bar(area, left, y, x - left, top - y, look.BAD_TINT)
    plot.bar(area, x, y, right - x, top - y, look.GOOD_TINT)
    plot.bar(area, left, bottom, right - left, y - bottom, look.PALE)
    plot.line(area, (x, x), (bottom, top), colour=look.PAPER, width=2.2)
    plot.line(area, (left, right), (y, y), colour=look.PAPER, width=2.2)
    low, high = sorted((left, right))
    marks = [mark for mark in plot.ticks(low, high, 7) if low < mark < high]
    for mark, name in zip(marks, plot.tick_names(marks), strict=True):
        plot.write(area, mark, bottom, name, va="top", shift=(0, -6))
    marks = [mark for mark in plot.ticks(bottom, top, 6) if bottom < mark < top]
    for mark, name in zip(marks, plot.tick_names([100 * m for m in marks]), strict=True):
        plot.write(area, left, mark, f"{name}%", ha="right", shift=(-6, 0))


def _corners(ground: Ground, context: Context) -> Iterator[Box]:
    """Write the quadrants' names into their corners; where they stand."""
    _ = context.words.gettext
    wide, high = ground.area.room
    corners = (
        (_("ACT FIRST"), False, high - 12, look.BAD),
        (_("KEEP UP"), True, high - 12, look.GOOD),
        (_("LOW PRIORITY"), False, 6.0, look.SOFT),
        (_("POSSIBLY TOO MUCH"), True, 6.0, look.SOFT),
    )
    for text, at_right, up, colour in corners:
        length = context.lettering.width(text, look.SMALL, bold=True)
        start = wide - 5 - length if at_right else 5.0
        ground.write(text, (start, up), size=look.SMALL, bold=True, colour=colour)
        yield Box(start - 3, up - 3, start + length + 3, up + look.SMALL)


def _means(
    ground: Ground, context: Context, quadrants: Quadrants
) -> Iterator[tuple[list[Box], str]]:
    """What stands at the two lines, and the places where it may."""
    words, tall = context.words, look.TINY
    mean = words.gettext("mean {value}")
    across, up = ground.spot(quadrants.experience_line, quadrants.importance_line)
    wide, high = ground.area.room

    def box(left: float, bottom: float, text: str) -> Box:
        length = context.lettering.width(text, tall)
        return Box(left, bottom, left + length, bottom + tall)

    text = mean.format(value=words.value(Unit.POINTS, quadrants.experience_line))
    length = context.lettering.width(text, tall)
    sides = (across + 4, across - 4 - length)
    yield [box(side, at, text) for at in (high - 12, 6.0) for side in sides], text
    text = mean.format(value=words.value(Unit.WEIGHT, quadrants.importance_line))
    length = context.lettering.width(text, tall)
    ends = (wide - 5 - length, 5.0)
    yield [box(end, at, text) for end in ends for at in (up + 4, up - 4 - tall)], text


def _axis_names(area: PlotArea, context: Context) -> None:
    _ = context.words.gettext
    (left, right), (bottom, top) = area.x, area.y
    name = _("Experience (mean) → better")
    plot.write(area, right, bottom, name, ha="right", va="top", shift=(0, -19))
    name = _("Importance (weight) →")
    plot.write(area, left, top, name, ha="right", va="top", angle=90, shift=(-34, 0))


def _point(area: PlotArea, item: Placed) -> None:
    colour = COLOURS[item.quadrant]
    if item.experience.interval is not None:
        ends = (item.experience.interval.low, item.experience.interval.high)
        plot.line(area, ends, (item.importance, item.importance), colour=colour, width=1.1)
    fill = colour if item.clear else look.PAPER
    edge = look.PAPER if item.clear else colour
    plot.dot(area, item.mean, item.importance, size=7.5, fill=fill, edge=edge, pen=1.2)


def _obstacles(ground: Ground, item: Placed) -> Iterator[Box]:
    x, y = ground.spot(item.mean, item.importance)
    yield Box(x - 5, y - 5, x + 5, y + 5)
    if item.experience.interval is not None:
        span = item.experience.interval
        start, end = sorted(ground.spot(at, item.importance)[0] for at in (span.low, span.high))
        yield Box(start, y - 1.5, end, y + 1.5)


def _name(ground: Ground, context: Context, item: Placed, taken: list[Box]) -> Box:
    """Write the attribute's name at its best place; give back the box it takes."""
    bold = item.quadrant is Quadrant.ACT_FIRST
    name = context.attribute_name(item.attribute)
    lines = wrap(name, context.lettering, look.SMALL, NAME_WIDTH, most=2, bold=bold)
    size = (max(part.width for part in lines), LINE * len(lines) - 2.5)
    box = best(around(ground.spot(item.mean, item.importance), size), ground.area.room, taken)
    for i, part in enumerate(lines):
        text = part.text.strip()
        start = (box.left + box.right - context.lettering.width(text, look.SMALL, bold=bold)) / 2
        at = (start, box.top - 7.5 - LINE * i)
        ground.write(text, at, size=look.SMALL, bold=bold, colour=look.INK)
    return box
