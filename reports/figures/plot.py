"""What all charts are drawn with: a bare plot area, lines, bars, dots and texts.

matplotlib's ticks, spines and defaults stay off: everything on a chart is put there on
purpose, so that no setting of the machine can change a report, and a chart takes
milliseconds. Lengths are points; x and y are in the units of the plot area.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation, Transform

from reports import look
from reports.fonts import Lettering
from reports.typeset import wrap

LINE_SPACING = 1.2
"""Distance of the lines of a label, in sizes."""


def plot_area(
    width: float,
    height: float,
    margins: tuple[float, float, float, float],
    x: tuple[float, float],
    y: tuple[float, float],
) -> Axes:
    """An empty plot area in a figure of that size; margins are left, right, bottom, top."""
    left, right, bottom, top = margins
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    box = (
        left / width,
        bottom / height,
        (width - left - right) / width,
        (height - bottom - top) / height,
    )
    axes = figure.add_axes(box)
    axes.set_axis_off()
    axes.set_xlim(*x)
    axes.set_ylim(*y)
    return axes


def finished(axes: Axes) -> Figure:
    """The figure the plot area is in."""
    figure = axes.figure
    if not isinstance(figure, Figure):
        raise TypeError("a plot area stands in a figure of its own")
    return figure


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = look.SMALL,
    bold: bool = False,
    colour: str = look.SOFT,
    ha: str = "center",
    va: str = "center",
    shift: tuple[float, float] = (0.0, 0.0),
    angle: float = 0.0,
) -> None:
    """Put ``text`` at (x, y), moved by ``shift`` points; newlines start new lines."""
    lines = text.split("\n")
    step = size * LINE_SPACING
    first = {"top": 0.0, "center": 0.5, "bottom": 1.0, "baseline": 1.0}[va] * (len(lines) - 1)
    for i, part in enumerate(lines):
        axes.text(
            x,
            y,
            part,
            fontsize=size,
            fontweight=700 if bold else 400,
            color=colour,
            ha=ha,
            va=va,
            rotation=angle,
            linespacing=1.0,
            transform=axes.transData + _moved(axes, (shift[0], shift[1] + (first - i) * step)),
            parse_math=False,
            clip_on=False,
        )


def _moved(axes: Axes, shift: tuple[float, float]) -> Transform:
    return ScaledTranslation(shift[0] / 72, shift[1] / 72, finished(axes).dpi_scale_trans)


def line(
    axes: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    colour: str = look.INK,
    width: float = 0.8,
    dashes: tuple[float, float] | None = None,
    round_ends: bool = False,
) -> None:
    """A line through the points."""
    drawn = Line2D(xs, ys, color=colour, linewidth=width, clip_on=False, marker="")
    drawn.set_solid_capstyle("round" if round_ends else "butt")
    drawn.set_solid_joinstyle("round")
    drawn.set_linestyle((0, dashes) if dashes else "solid")
    axes.add_artist(drawn)


def dot(
    axes: Axes,
    x: float,
    y: float,
    *,
    size: float,
    fill: str,
    edge: str = look.PAPER,
    pen: float = 1.0,
    mark: str = "o",
    shift: tuple[float, float] = (0.0, 0.0),
) -> None:
    """A mark of ``size`` points across: ``o`` round, ``s`` square, ``D`` a diamond."""
    drawn = Line2D([x], [y], marker=mark, markersize=size, linestyle="none")
    drawn.set_markerfacecolor(fill)
    drawn.set_markeredgecolor(edge)
    drawn.set_markeredgewidth(pen)
    drawn.set_transform(axes.transData + _moved(axes, shift))
    drawn.set_clip_on(False)
    axes.add_artist(drawn)


def bar(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    """A filled rectangle from its lower left corner."""
    axes.add_artist(
        Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", clip_on=False)
    )


def area(axes: Axes, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
    """The band between two lines over the same ``xs``."""
    corners = [*zip(xs, low, strict=True), *reversed(list(zip(xs, high, strict=True)))]
    axes.add_artist(
        Polygon(corners, closed=True, facecolor=look.BAND, edgecolor="none", clip_on=False)
    )


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values for an axis from ``low`` to ``high``, both ends covered.

    >>> ticks(0.0, 0.17)
    [0.0, 0.05, 0.1, 0.15, 0.2]
    """
    found = MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [round(float(v), 10) for v in found]


def tick_names(marks: Sequence[float]) -> list[str]:
    """Ticks as text, all with the decimals their distance needs.

    >>> tick_names([3.8, 4.0, 4.2])
    ['3.8', '4.0', '4.2']
    """
    step = min((b - a for a, b in pairwise(marks)), default=1.0)
    decimals = 0 if step >= 0.999 else 1 if step >= 0.0999 else 2
    return [f"{mark:.{decimals}f}".replace("-", "−") for mark in marks]


def folded(
    text: str,
    lettering: Lettering,
    size: float,
    width: float,
    *,
    most: int = 2,
    bold: bool = False,
) -> str:
    """``text`` broken into at most ``most`` lines of that width, joined by newlines."""
    return "\n".join(
        part.text.strip() for part in wrap(text, lettering, size, width, most=most, bold=bold)
    )
