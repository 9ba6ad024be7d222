"""Which few kinds make up most problems: bars by size and their running share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.findings import Figure

VITAL = 0.8
"""The vital few are the smallest leading group that reaches this share."""

BOTTOM = 34.0


def by_size(found: Sequence[Figure], other: str) -> list[Figure]:
    """Largest first, ties in the order given, the option ``other`` last whatever its size."""
    return sorted(found, key=lambda f: (f.of == other, -(f.count or 0)))


def vital_few(found: Sequence[Figure]) -> int:
    """How many leading kinds it takes to reach 80 % of all mentions.

    >>> from reports.findings import Unit
    >>> kinds = [Figure("problem_kind", "", Unit.SHARE, "", 10, 0.1, count=c) for c in (6, 3, 1)]
    >>> vital_few(kinds)
    2
    """
    total = sum(f.count or 0 for f in found)
    running = 0
    for i, figure in enumerate(found, start=1):
        running += figure.count or 0
        if running >= VITAL * total:
            return i
    return len(found)


def pareto(
    context: Context, found: Sequence[Figure], names: Sequence[str], *, width: float, height: float
) -> Drawing:
    """Bars and running share on one scale, the share of all mentions.

    So the line starts on the first bar and stays clear of the others. Printed on a bar: the
    share of those who met a problem.
    """
    few = vital_few(found)
    total = sum(f.count or 0 for f in found) or 1
    axes = plot.plot_area(width, height, (0, 34, BOTTOM, 8), (-0.5, len(found) - 0.5), (0, 1))
    room = (width - 34) / len(found) - 1.5
    running: list[float] = []
    for i, (figure, name) in enumerate(zip(found, names, strict=True)):
        part = (figure.count or 0) / total
        running.append(part + (running[-1] if running else 0.0))
        plot.bar(axes, i - 0.36, 0, 0.72, part, look.GOOD if i < few else look.MUTED_BAR)
        inside = not i and part > 0.15
        plot.write(
            axes,
            i,
            part,
            context.words.value(figure.unit, figure.value),
            bold=i < few,
            colour=look.PAPER if inside else look.INK,
            va="top" if inside else "bottom",
            shift=(0, -6 if inside else 4),
        )
        text = plot.folded(name, context.lettering, look.TINY, room, most=3)
        plot.write(axes, i, 0, text, size=look.TINY, colour=look.INK, va="top", shift=(0, -6))
    _running(axes, context, running)
    return plot.finished(axes)


def _running(axes: Axes, context: Context, running: Sequence[float]) -> None:
    start, end = axes.get_xlim()
    plot.line(axes, (start, end), (0, 0), colour=look.FAINT, width=0.7)
    plot.line(axes, (start, end), (VITAL, VITAL), colour=look.FAINT, dashes=(1.5, 2))
    plot.line(axes, range(len(running)), running, colour=look.UNCLEAR, width=1.1)
    for i, value in enumerate(running):
        plot.dot(axes, i, value, size=4, fill=look.PAPER, edge=look.UNCLEAR)
    for mark in (0.0, 0.5, VITAL, 1.0):
        name = context.words.percent(mark)
        plot.write(axes, end, mark, name, size=look.TINY, ha="left", shift=(6, 0))
