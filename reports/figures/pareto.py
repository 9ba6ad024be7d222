"""Which few kinds make up most problems: bars by size and their running share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.findings import Figure
from reports.typeset import wrap

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
    """Bars of shares (labelled with share and count), line of the running share of mentions."""
    few = vital_few(found)
    total = sum(f.count or 0 for f in found) or 1
    top = max(f.value or 0.0 for f in found) * 1.16 or 1.0
    axes = plot.plot_area(width, height, (4, 40, BOTTOM, 10), (-0.5, len(found) - 0.5), (0, top))
    room = (width - 44) / len(found) - 6
    running = 0
    line: list[float] = []
    for i, (figure, name) in enumerate(zip(found, names, strict=True)):
        vital = i < few
        plot.bar(
            axes, i - 0.35, 0, 0.7, figure.value or 0.0, look.GOOD if vital else look.MUTED_BAR
        )
        running += figure.count or 0
        line.append(running / total * top)
        lines = wrap(name, context.lettering, look.TINY, room, most=3)
        text = "\n".join(part.text.strip() for part in lines)
        plot.write(axes, i, 0, text, size=look.TINY, colour=look.INK, va="top", shift=(0, -6))
    plot.line(axes, (-0.5, len(found) - 0.5), (0, 0), colour=look.FAINT, width=0.7)
    _running(axes, context, line, top)
    _values(axes, context, found, few)
    return plot.finished(axes)


def _values(axes: Axes, context: Context, found: Sequence[Figure], few: int) -> None:
    """Shares on their bars: inside tall ones, where the running line does not pass."""
    top = axes.get_ylim()[1]
    for i, figure in enumerate(found):
        value = figure.value or 0.0
        inside = value > top * 0.16
        plot.write(
            axes,
            i,
            value,
            context.words.value(figure.unit, figure.value),
            bold=i < few,
            colour=look.PAPER if inside and i < few else look.INK,
            va="top" if inside else "bottom",
            shift=(0, -5 if inside else 4),
        )


def _running(axes: Axes, context: Context, line: Sequence[float], top: float) -> None:
    end = axes.get_xlim()[1]
    plot.line(axes, (-0.5, end), (VITAL * top, VITAL * top), colour=look.FAINT, dashes=(1.5, 2))
    plot.line(axes, range(len(line)), line, colour=look.UNCLEAR, width=1.1)
    for i, value in enumerate(line):
        plot.dot(axes, i, value, size=4, fill=look.PAPER, edge=look.UNCLEAR)
    for mark in (0.0, 0.5, VITAL, 1.0):
        plot.write(axes, end, mark * top, context.words.percent(mark), ha="left", shift=(6, 0))
