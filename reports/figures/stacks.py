"""How answers spread: bars of shares from worst to best, centred on the middle or filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.plot import PlotArea

LABELS = 122.0
LEGEND = 20.0
DARK = (look.BAD, look.GOOD)


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: name, shares from worst to best (0–1), and what is printed at its right."""

    name: str
    shares: tuple[float, ...]
    total: str


def diverging(
    context: Context, rows: Sequence[Stack], legend: Sequence[str], *, width: float, height: float
) -> Drawing:
    """Bars centred on the middle of the scale: bad to the left, good to the right."""
    size = len(legend)
    left = max(_before(row.shares) for row in rows)
    right = max(sum(row.shares) - _before(row.shares) for row in rows)
    area = PlotArea(width, height, (LABELS, 40, 2, LEGEND), (-left, right), (0, len(rows)))
    thick = min(0.62, 15 * len(rows) / max(height - LEGEND - 2, 1))
    for i, row in enumerate(rows):
        y = len(rows) - i - 0.5
        name = plot.folded(row.name, context.lettering, look.SMALL, LABELS - 14)
        plot.write(area, -left, y, name, colour=look.INK, ha="right", shift=(-8, 0))
        end = _stack(area, context, row.shares, -_before(row.shares), y, thick)
        plot.write(area, end, y, row.total, bold=True, colour=look.GOOD, ha="left", shift=(5, 0))
    _legend(area, context, legend, look.SCALE[size], len(rows))
    return area


def _before(shares: Sequence[float]) -> float:
    """What lies left of the centre: the bad answers and half of a middle one."""
    half, odd = divmod(len(shares), 2)
    return sum(shares[:half]) + (shares[half] / 2 if odd else 0.0)


def filled(
    context: Context, shares: Sequence[float], legend: Sequence[str], *, width: float, height: float
) -> Drawing:
    """One bar over the whole width, from worst to best."""
    area = PlotArea(width, height, (0, 0, 2, LEGEND), (0, sum(shares) or 1.0), (0, 1))
    _stack(area, context, shares, 0.0, 0.5, 1.0)
    _legend(area, context, legend, look.SCALE[len(legend)], 1)
    return area


def _stack(
    area: PlotArea,
    context: Context,
    shares: Sequence[float],
    start: float,
    y: float,
    thick: float,
) -> float:
    colours = look.SCALE[len(shares)]
    for share, colour in zip(shares, colours, strict=True):
        plot.bar(area, start, y - thick / 2, share, thick, colour)
        label = context.words.percent(share)
        if share * area.scale[0] > context.lettering.width(label, look.TINY) + 5:
            ink = look.PAPER if colour in DARK else look.INK
            plot.write(area, start + share / 2, y, label, size=look.TINY, colour=ink)
        start += share
    return start


def _legend(
    area: PlotArea, context: Context, legend: Sequence[str], colours: Sequence[str], rows: int
) -> None:
    """Keys above the bars, from the left edge of the plot area on."""
    left, places = area.x[0], 0.0
    room = area.room[0] / len(legend) - 18
    for text, colour in zip(legend, colours, strict=True):
        shown = _on_one_line(context, text, room)
        plot.dot(
            area, left, rows, size=6.5, fill=colour, edge=colour, mark="s", pen=0,
            shift=(places + 4, 11),
        )  # fmt: skip
        plot.write(area, left, rows, shown, ha="left", shift=(places + 11, 11), size=look.TINY)
        places += 10 + context.lettering.width(shown, look.TINY) + 14


def _on_one_line(context: Context, text: str, room: float) -> str:
    """``text`` on one line of at most ``room`` points."""
    return plot.folded(text, context.lettering, look.TINY, room, most=1)
