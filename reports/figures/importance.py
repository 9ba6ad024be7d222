"""Importance against experience: what to act on first, seen at a glance.

Names are put by a deterministic search: for each attribute in turn the free place nearest to
its point, clear of all points, whiskers and names set before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import look
from reports.context import Context
from reports.figures import plot
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
MARGINS = (44.0, 4.0, 30.0, 4.0)
NAME_WIDTH = 104.0
LINE = 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the plot area's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Shared area in square points."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)


def importance(context: Context, quadrants: Quadrants, *, width: float, height: float) -> Figure:
    """The four quadrants with every attribute, its whisker and its name."""
    x, y = _ranges(quadrants)
    axes = plot.plot_area(width, height, MARGINS, x, y)
    inner = (width - MARGINS[0] - MARGINS[1], height - MARGINS[2] - MARGINS[3])
    scale = (inner[0] / (x[1] - x[0]), inner[1] / (y[1] - y[0]))
    _fields(axes, quadrants)
    taken = _captions(axes, context, quadrants, inner, scale)
    _axis_names(axes, context)
    for item in quadrants.items:
        _point(axes, item)
        taken.extend(_obstacles(item, x[0], y[0], scale))
    for item in sorted(quadrants.items, key=lambda i: (-i.importance, i.attribute)):
        spot = ((item.mean - x[0]) * scale[0], (item.importance - y[0]) * scale[1])
        taken.append(_name(axes, context, item, spot, inner, taken))
    return plot.finished(axes)


def _ranges(quadrants: Quadrants) -> tuple[tuple[float, float], tuple[float, float]]:
    lows = [i.experience.interval.low if i.experience.interval else i.mean for i in quadrants.items]
    highs = [
        i.experience.interval.high if i.experience.interval else i.mean for i in quadrants.items
    ]
    weights = [i.importance for i in quadrants.items]
    wide = max(max(highs) - min(lows), 0.1) * 0.09
    high = max(max(weights) - min(weights), 0.02) * 0.17
    return (min(lows) - wide, max(highs) + wide), (min(weights) - high, max(weights) + high)


def _fields(axes: Axes, quadrants: Quadrants) -> None:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    x, y = quadrants.experience_line, quadrants.importance_line
    plot.bar(axes, left, y, x - left, top - y, look.BAD_TINT)
    plot.bar(axes, x, y, right - x, top - y, look.GOOD_TINT)
    plot.bar(axes, left, bottom, right - left, y - bottom, look.PALE)
    plot.line(axes, (x, x), (bottom, top), colour=look.PAPER, width=2.2)
    plot.line(axes, (left, right), (y, y), colour=look.PAPER, width=2.2)
    marks = [mark for mark in plot.ticks(left, right, 7) if left < mark < right]
    for mark, name in zip(marks, plot.tick_names(marks), strict=True):
        plot.write(axes, mark, bottom, name, va="top", shift=(0, -6))
    for mark in plot.ticks(bottom, top, 6):
        if bottom < mark < top:
            plot.write(axes, left, mark, f"{mark * 100:g}%", ha="right", shift=(-6, 0))


def _captions(
    axes: Axes,
    context: Context,
    quadrants: Quadrants,
    inner: tuple[float, float],
    scale: tuple[float, float],
) -> list[Box]:
    """Quadrant names in the corners and the two means on their lines; where they stand."""
    _, words = context.words.gettext, context.words
    left, bottom = axes.get_xlim()[0], axes.get_ylim()[0]
    x, y = quadrants.experience_line, quadrants.importance_line
    across, up = (x - left) * scale[0], (y - bottom) * scale[1]
    wide, high = inner
    taken: list[Box] = []

    def caption(
        text: str, at: tuple[float, float], to_right: bool, colour: str, bold: bool
    ) -> None:
        size = look.SMALL if bold else look.TINY
        length = context.lettering.width(text, size, bold=bold)
        start = at[0] if to_right else at[0] - length
        plot.write(
            axes, left, bottom, text,
            size=size, bold=bold, colour=colour, ha="left", va="baseline", shift=(start, at[1]),
        )  # fmt: skip
        taken.append(Box(start - 3, at[1] - 3, start + length + 3, at[1] + size))

    caption(_("ACT FIRST"), (5, high - 12), True, look.BAD, True)
    caption(_("KEEP UP"), (wide - 5, high - 12), False, look.GOOD, True)
    caption(_("LOW PRIORITY"), (5, 6), True, look.SOFT, True)
    caption(_("POSSIBLY TOO MUCH"), (wide - 5, 6), False, look.SOFT, True)
    mean = _("mean {value}")
    upright = mean.format(value=words.value(Unit.POINTS, x))
    to_right = across < wide * 0.8
    caption(upright, (across + (4 if to_right else -4), high - 12), to_right, look.SOFT, False)
    level = mean.format(value=words.value(Unit.WEIGHT, y))
    caption(level, (wide - 5, up + 4), False, look.SOFT, False)
    return taken


def _axis_names(axes: Axes, context: Context) -> None:
    _ = context.words.gettext
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    plot.write(
        axes, right, bottom, _("Experience (mean) → better"), ha="right", va="top", shift=(0, -19)
    )
    plot.write(
        axes, left, top, _("Importance (weight) →"),
        ha="right", va="top", angle=90, shift=(-34, 0),
    )  # fmt: skip


def _point(axes: Axes, item: Placed) -> None:
    colour = COLOURS[item.quadrant]
    if item.experience.interval is not None:
        ends = (item.experience.interval.low, item.experience.interval.high)
        plot.line(axes, ends, (item.importance, item.importance), colour=colour, width=1.1)
    fill = colour if item.clear else look.PAPER
    edge = look.PAPER if item.clear else colour
    plot.dot(axes, item.mean, item.importance, size=7.5, fill=fill, edge=edge, pen=1.2)


def _obstacles(
    item: Placed, left: float, bottom: float, scale: tuple[float, float]
) -> Iterator[Box]:
    x, y = (item.mean - left) * scale[0], (item.importance - bottom) * scale[1]
    yield Box(x - 5, y - 5, x + 5, y + 5)
    if item.experience.interval is not None:
        ends = (item.experience.interval.low, item.experience.interval.high)
        yield Box((ends[0] - left) * scale[0], y - 1.5, (ends[1] - left) * scale[0], y + 1.5)


def _name(
    axes: Axes,
    context: Context,
    item: Placed,
    spot: tuple[float, float],
    inner: tuple[float, float],
    taken: list[Box],
) -> Box:
    """Write the attribute's name at its best place; give back the box it takes."""
    bold = item.quadrant is Quadrant.ACT_FIRST
    name = context.attribute_name(item.attribute)
    lines = wrap(name, context.lettering, look.SMALL, NAME_WIDTH, most=2, bold=bold)
    size = (max(part.width for part in lines), LINE * len(lines) - 2.5)
    box = min(_places(spot, size), key=lambda place: _cost(place, inner, taken))
    for i, part in enumerate(lines):
        plot.write(
            axes, axes.get_xlim()[0], axes.get_ylim()[0], part.text.strip(),
            bold=bold, colour=look.INK, va="baseline",
            shift=((box.left + box.right) / 2, box.top - 7.5 - LINE * i),
        )  # fmt: skip
    return box


def _places(spot: tuple[float, float], size: tuple[float, float]) -> Iterator[Box]:
    """Places round a point, the preferred first: above, below, beside, then further out."""
    x, y = spot
    wide, high = size
    for away in (6.0, 12.0, 20.0, 30.0, 42.0):
        for across in (0.0, 0.35, -0.35, 0.55, -0.55):
            for bottom in (y + away, y - away - high):
                left = x - wide / 2 + across * wide
                yield Box(left, bottom, left + wide, bottom + high)
        for left in (x + away + 2, x - away - 2 - wide):
            yield Box(left, y - high / 2, left + wide, y + high / 2)


def _cost(place: Box, inner: tuple[float, float], taken: list[Box]) -> float:
    """Area in conflict; what leaves the plot area counts many times."""
    padded = Box(place.left - 2, place.bottom - 2.5, place.right + 2, place.top + 1.5)
    frame = Box(2, 2, inner[0] - 2, inner[1] - 2)
    area = (padded.right - padded.left) * (padded.top - padded.bottom)
    outside = area - padded.overlap(frame)
    return 20 * max(outside, 0.0) + sum(padded.overlap(other) for other in taken)
