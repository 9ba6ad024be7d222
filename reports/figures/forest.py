"""Where does each segment stand? A dot with its interval for each, one panel a figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context, Tone
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Figure, Unit
from reports.texts import DASH

LABELS, VALUE, BETWEEN = 104.0, 40.0, 12.0
HEAD, FOOT, APART = 18.0, 12.0, 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """A segment: its name, its figures panel by panel, and what each one's test said."""

    name: str
    figures: tuple[Figure | None, ...]
    tones: tuple[Tone, ...]
    whole: bool = False


def forest(
    context: Context, rows: Sequence[Row], heads: Sequence[str], *, width: float, height: float
) -> Drawing:
    """Panels side by side over the same rows; a dotted line where all customers together stand.

    Dots are coloured, with an arrow, where a segment differs significantly from the rest. A figure
    that is not shown is a dash.
    """
    area = PlotArea(width, height, (LABELS, 0, FOOT, HEAD), (0, width - LABELS), (0, len(rows)))
    panel = (width - LABELS - BETWEEN * (len(heads) - 1)) / len(heads)
    for i, row in enumerate(rows):
        y = len(rows) - i - 0.5
        if row.whole:
            plot.bar(area, -LABELS, y - 0.5, width, 1.0, look.PANEL)
        name = plot.folded(row.name, context.lettering, look.SMALL, LABELS - 10, most=1)
        plot.write(area, 0, y, name, bold=row.whole, colour=look.INK, ha="left",
                   shift=(4 - LABELS, 0))  # fmt: skip
    for number, head in enumerate(heads):
        _panel(area, context, rows, number, head, panel)
    return area


def span(figures: Sequence[Figure | None]) -> tuple[float, float]:
    """What an axis must hold: all values with their intervals, and some air on both sides."""
    reach = [
        value
        for figure in figures
        if figure is not None and figure.value is not None
        for value in (
            figure.value,
            *((figure.interval.low, figure.interval.high) if figure.interval else ()),
        )
    ]
    low, high = min(reach, default=0.0), max(reach, default=1.0)
    air = max(high - low, 1e-3) * 0.06
    return low - air, high + air


def _panel(
    area: PlotArea, context: Context, rows: Sequence[Row], number: int, head: str, wide: float
) -> None:
    start, room = number * (wide + BETWEEN), wide - VALUE
    low, high = span([row.figures[number] for row in rows])

    def at(value: float) -> float:
        return start + room * (value - low) / (high - low)

    text = plot.folded(head, context.lettering, look.TINY, wide, most=1)
    plot.write(area, start, len(rows), text, size=look.TINY, bold=True, ha="left", shift=(0, 9))
    for row in rows:
        figure = row.figures[number]
        if row.whole and figure is not None and figure.value is not None:
            x = at(figure.value)
            plot.line(area, (x, x), (0, len(rows)), colour=look.FAINT, width=0.8, dashes=(2, 2))
    for i, row in enumerate(rows):
        _dot(area, context, row, number, len(rows) - i - 0.5, start + wide, at)
    _ends(area, context, [row.figures[number] for row in rows], (low, high), at)


def _dot(
    area: PlotArea,
    context: Context,
    row: Row,
    number: int,
    y: float,
    right: float,
    at: Callable[[float], float],
) -> None:
    figure, tone = row.figures[number], row.tones[number]
    if figure is None or figure.value is None:
        plot.write(area, right, y, DASH, colour=look.FAINT, ha="right")
        return
    ink = look.INK if row.whole else tone.colour
    if figure.interval is not None:
        ends = (at(figure.interval.low), at(figure.interval.high))
        plot.line(area, ends, (y, y), colour=ink, width=1.2)
    plot.dot(area, at(figure.value), y, size=5.5, fill=ink)
    said = context.words.value(figure.unit, figure.value)
    label = f"{said} {tone.arrow}".strip()
    bold = row.whole or tone is not Tone.UNCLEAR
    ink = look.INK if tone is Tone.UNCLEAR else ink
    plot.write(area, right, y, label, size=look.TINY, bold=bold, colour=ink, ha="right")


def _ends(
    area: PlotArea,
    context: Context,
    figures: Sequence[Figure | None],
    ends: tuple[float, float],
    at: Callable[[float], float],
) -> None:
    """Two or three round values below the panel."""
    unit = next((f.unit for f in figures if f is not None and f.value is not None), None)
    if unit is None:
        return
    words = context.words
    marks = [mark for mark in plot.ticks(*ends, most=3) if ends[0] <= mark <= ends[1]]
    names = [words.percent(m) if unit is Unit.SHARE else words.value(unit, m) for m in marks]
    last = -math.inf
    for mark, name in zip(marks, names, strict=True):
        half = context.lettering.width(name, look.TINY) / 2
        if at(mark) - half < last + APART:
            continue
        last = at(mark) + half
        plot.write(area, at(mark), 0, name, size=look.TINY, colour=look.FAINT, va="top",
                   shift=(0, -3))  # fmt: skip
