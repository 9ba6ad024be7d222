"""Two figures of the same attributes side by side: what customers say matters, and what does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Figure

LABELS, VALUE, BETWEEN = 132.0, 40.0, 18.0
HEAD, ONE_LINE = 16.0, 15.0


@dataclass(frozen=True, slots=True)
class Twin:
    """One attribute: its name, and its figure in either panel."""

    name: str
    left: Figure
    right: Figure


def twins(
    context: Context,
    rows: Sequence[Twin],
    heads: tuple[str, str],
    *,
    width: float,
    height: float,
) -> Drawing:
    """Bars from zero in two panels over the same rows, each panel with a scale of its own.

    The three longest bars of a panel are dark: where a name is dark in one panel only, word and
    deed part. Whiskers where a figure has an interval.
    """
    panel = (width - LABELS - BETWEEN) / 2
    area = PlotArea(width, height, (LABELS, 0, 2, HEAD), (0, width - LABELS), (0, len(rows)))
    for i, row in enumerate(rows):
        y = len(rows) - i - 0.5
        plot.write(area, 0, y, _label(context, row), colour=look.INK, ha="left", shift=(-LABELS, 0))
    _panel(area, context, [row.left for row in rows], 0.0, panel, heads[0])
    _panel(area, context, [row.right for row in rows], panel + BETWEEN, panel, heads[1])
    return area


def row_height(context: Context, rows: Sequence[Twin]) -> float:
    """The least height of a row, where names of two lines must not touch the next."""
    folded = any("\n" in _label(context, row) for row in rows)
    return 2 * look.SMALL * plot.LINE_SPACING + 3 if folded else ONE_LINE


def _label(context: Context, row: Twin) -> str:
    return plot.folded(row.name, context.lettering, look.SMALL, LABELS - 10)


def _panel(
    area: PlotArea, context: Context, found: Sequence[Figure], start: float, wide: float, head: str
) -> None:
    room, rows = wide - VALUE, len(found)
    thick = min(0.5, 9 * rows / max(area.room[1], 1))
    end = max((_reach(figure) for figure in found), default=0.0) or 1.0
    largest = sorted((f.value or 0.0 for f in found), reverse=True)[:3]
    text = plot.folded(head, context.lettering, look.TINY, wide, most=1)
    plot.write(area, start, rows, text, size=look.TINY, bold=True, ha="left", shift=(0, 8))
    for i, figure in enumerate(found):
        y, value = rows - i - 0.5, figure.value or 0.0
        strong = value >= largest[-1] > 0
        plot.bar(area, start, y - thick / 2, room, thick, look.PALE)
        colour = look.GOOD if strong else look.GOOD_BAR
        plot.bar(area, start, y - thick / 2, room * value / end, thick, colour)
        if figure.interval is not None:
            ends = [start + room * max(v, 0.0) / end for v in
                    (figure.interval.low, figure.interval.high)]  # fmt: skip
            plot.line(area, ends, (y, y), width=1.0)
        said = context.words.value(figure.unit, figure.value)
        plot.write(area, start + wide, y, said, bold=strong, colour=look.INK, ha="right")


def _reach(figure: Figure) -> float:
    return figure.interval.high if figure.interval else figure.value or 0.0
