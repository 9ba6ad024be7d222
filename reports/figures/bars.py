"""Shares side by side: horizontal bars with whiskers, value, interval and base in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Figure
from reports.texts import DASH

COLUMNS, VALUE = 132.0, 38.0
HEAD = 14.0
ONE_LINE = 16.0
GUTTER, SET_BACK = 10.0, 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its figure, its colour; ``part`` rows are set back and paler."""

    name: str
    figure: Figure
    colour: str = look.GOOD
    part: bool = False


def bars(
    context: Context,
    rows: Sequence[Bar],
    *,
    labels: float,
    width: float,
    height: float,
    columns: bool = True,
) -> Drawing:
    """Bars from zero; the axis ends at 100 % or, for small shares, at the next round share.

    Without ``columns`` only the value is printed; interval and base are said elsewhere.
    """
    highest = max((_reach(row.figure) for row in rows), default=0.0)
    end = 1.0 if highest > 0.5 else max(plot.ticks(0.0, max(highest, 0.05), 4)[-1], 0.05)
    area = PlotArea(
        width, height, (labels, COLUMNS if columns else VALUE, 2, HEAD), (0, end), (0, len(rows))
    )
    thick = min(0.5, 9 * len(rows) / max(height - HEAD - 2, 1))
    for i, row in enumerate(rows):
        _bar(area, context, row, len(rows) - i - 0.5, thick, labels)
        if columns:
            _columns(area, context, row.figure, len(rows) - i - 0.5)
    _heads(area, context, len(rows), columns)
    return area


def row_height(context: Context, rows: Sequence[Bar], labels: float) -> float:
    """The least height of a row, where names of two lines must not touch the next."""
    folded = any("\n" in _label(context, row, labels) for row in rows)
    return 2 * look.SMALL * plot.LINE_SPACING + 3 if folded else ONE_LINE


def _label(context: Context, row: Bar, labels: float) -> str:
    room = labels - GUTTER - (SET_BACK if row.part else 0)
    return plot.folded(row.name, context.lettering, look.SMALL, room)


def _reach(figure: Figure) -> float:
    return figure.interval.high if figure.interval else figure.value or 0.0


def _bar(area: PlotArea, context: Context, row: Bar, y: float, thick: float, labels: float) -> None:
    words, figure, end = context.words, row.figure, area.x[1]
    ink, start = look.SOFT if row.part else look.INK, SET_BACK * row.part - labels
    name = _label(context, row, labels)
    plot.write(area, 0, y, name, colour=ink, ha="left", shift=(start, 0))
    plot.bar(area, 0, y - thick / 2, end, thick, look.PALE)
    if figure.value is not None:
        plot.bar(area, 0, y - thick / 2, figure.value, thick, row.colour)
    if figure.interval is not None:
        plot.line(area, (figure.interval.low, figure.interval.high), (y, y), width=1.0)
    value = words.value(figure.unit, figure.value)
    plot.write(area, end, y, value, bold=not row.part, colour=ink, ha="right", shift=(VALUE, 0))


def _columns(area: PlotArea, context: Context, figure: Figure, y: float) -> None:
    """Interval, or why there is none, and base."""
    words, end = context.words, area.x[1]
    text = plot.folded(context.ends(figure) or DASH, context.lettering, look.TINY, 62)
    plot.write(area, end, y, text, size=look.TINY, ha="right", shift=(102, 0))
    base = words.count(figure.n) if figure.value is not None else DASH
    plot.write(area, end, y, base, size=look.TINY, ha="right", shift=(COLUMNS, 0))


def _heads(area: PlotArea, context: Context, rows: int, columns: bool) -> None:
    _, end = context.words.gettext, area.x[1]
    if columns:
        interval = _("{confidence} interval").format(confidence=context.confidence)
        for text, right in ((interval, 102.0), (_("n"), COLUMNS)):
            plot.write(area, end, rows, text, size=look.TINY, ha="right", shift=(right, 7))
    grey = look.FAINT
    plot.write(area, 0, rows, "0", size=look.TINY, colour=grey, ha="left", shift=(0, 7))
    last = context.words.percent(end)
    plot.write(area, end, rows, last, size=look.TINY, colour=grey, ha="right", shift=(0, 7))
