"""Which few kinds make up most problems: bars by size and their running share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Figure

VITAL = 0.8
"""The vital few are the smallest leading group that reaches this share."""

ROUNDING = 1e-9
"""What adding up may leave between four fifths and 0.8."""

BOTTOM = 34.0


def vital_few(running: Sequence[Figure]) -> int:
    """How many leading kinds it takes to reach 80 % of all mentions, given their running parts.

    >>> from reports.findings import Unit
    >>> def kind(part): return Figure("problem_kind_running", "", Unit.WEIGHT, "", 10, part)
    >>> vital_few([kind(0.6), kind(0.9), kind(1.0)])
    2
    """
    short = [figure for figure in running if (figure.value or 0.0) < VITAL - ROUNDING]
    return min(len(short) + 1, len(running))


def pareto(
    context: Context, kinds: Sequence[Figure], names: Sequence[str], *, width: float, height: float
) -> Drawing:
    """Bars and running part of the first ``kinds`` on one scale, the part of all mentions.

    ``kinds``: figures of one key (``problem_kind``, ``logged_kind``) in the order of its
    ``…_running``. So the line starts on the first bar and stays clear of the others. Printed on a
    bar: the share of those who met a problem, or of the cases.
    """
    words = context.words
    key = kinds[0].key
    few = vital_few(context.each(f"{key}_running"))
    area = PlotArea(width, height, (0, 34, BOTTOM, 8), (-0.5, len(kinds) - 0.5), (0, 1))
    room = (width - 34) / len(kinds) - 1.5
    running: list[float] = []
    for i, (figure, name) in enumerate(zip(kinds, names, strict=True)):
        part = _value(context, f"{key}_part", figure.of)
        running.append(_value(context, f"{key}_running", figure.of))
        plot.bar(area, i - 0.36, 0, 0.72, part, look.GOOD if i < few else look.MUTED_BAR)
        inside = not i and part > 0.15
        plot.write(
            area,
            i,
            part,
            words.value(figure.unit, figure.value),
            bold=i < few,
            colour=look.PAPER if inside else look.INK,
            va="top" if inside else "bottom",
            shift=(0, -6 if inside else 4),
        )
        text = plot.folded(name, context.lettering, look.TINY, room, most=3)
        plot.write(area, i, 0, text, size=look.TINY, colour=look.INK, va="top", shift=(0, -6))
    _running(area, context, running)
    return area


def _value(context: Context, key: str, of: str) -> float:
    figure = context.shown(key, of)
    return figure.value or 0.0 if figure else 0.0


def _running(area: PlotArea, context: Context, running: Sequence[float]) -> None:
    start, end = area.x
    plot.line(area, (start, end), (0, 0), colour=look.FAINT, width=0.7)
    plot.line(area, (start, end), (VITAL, VITAL), colour=look.FAINT, dashes=(1.5, 2))
    plot.line(area, range(len(running)), running, colour=look.UNCLEAR, width=1.1)
    for i, value in enumerate(running):
        plot.dot(area, i, value, size=4, fill=look.PAPER, edge=look.UNCLEAR)
    for mark in (0.0, 0.5, VITAL, 1.0):
        name = context.words.percent(mark)
        plot.write(area, end, mark, name, size=look.TINY, ha="left", shift=(6, 0))
