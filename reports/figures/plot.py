"""What all charts are drawn with: a bare plot area, lines, bars, dots and texts.

matplotlib's ticks, spines and defaults stay off: everything on a chart is put there on
purpose, so that no setting of the machine can change a report, and a chart takes
milliseconds. Lengths are points; x and y are in the units of the plot area.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D, Transform

from reports import look
from reports.fonts import Lettering
from reports.typeset import wrap

LINE_SPACING = 1.2
"""Distance of the lines of a label, in sizes."""


class PlotArea(Figure):
    """A figure of ``width`` times ``height`` points with an area for data in it.

    ``margins`` of the area are left, right, bottom, top; ``x`` is what it spans from left to right,
    ``y`` from bottom to top; either may run backwards. matplotlib's own ``Axes`` would bring ticks,
    spines and grids, which are never shown and cost as much time as all the rest of a report.
    """

    def __init__(
        self,
        width: float,
        height: float,
        margins: tuple[float, float, float, float],
        x: tuple[float, float],
        y: tuple[float, float],
    ) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72)
        left, right, bottom, top = margins
        self.x, self.y = x, y
        self.corner = (left, bottom)
        self.room = (width - left - right, height - bottom - top)
        self.scale = (self.room[0] / (x[1] - x[0]), self.room[1] / (y[1] - y[0]))
        self.points: Transform = Affine2D().scale(1 / 72) + self.dpi_scale_trans

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where a value stands, in points from the lower left corner of the figure."""
        return (
            self.corner[0] + (x - self.x[0]) * self.scale[0],
            self.corner[1] + (y - self.y[0]) * self.scale[1],
        )


def write(
    area: PlotArea,
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
    across, up = area.spot(x, y)
    for i, part in enumerate(lines):
        area.text(
            across + shift[0],
            up + shift[1] + (first - i) * step,
            part,
            fontsize=size,
            fontweight=700 if bold else 400,
            color=colour,
            ha=ha,
            va=va,
            rotation=angle,
            linespacing=1.0,
            transform=area.points,
            parse_math=False,
        )


def line(
    area: PlotArea,
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    colour: str = look.INK,
    width: float = 0.8,
    dashes: tuple[float, float] | None = None,
    round_ends: bool = False,
) -> None:
    """A line through the points, interrupted where one is not a number."""
    across, up = zip(*map(area.spot, xs, ys), strict=True)
    drawn = Line2D(across, up, color=colour, linewidth=width, marker="", transform=area.points)
    drawn.set_solid_capstyle("round" if round_ends else "butt")
    drawn.set_solid_joinstyle("round")
    drawn.set_linestyle((0, dashes) if dashes else "solid")
    area.add_artist(drawn)


def dot(
    area: PlotArea,
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
    across, up = area.spot(x, y)
    _marks(area, [(across + shift[0], up + shift[1])], mark, size, (fill, edge, pen))


def rings(area: PlotArea, places: Sequence[tuple[float, float]]) -> None:
    """Small empty circles: values of a line that nothing more is said of."""
    if places:
        spots = [area.spot(*place) for place in places]
        _marks(area, spots, "o", 3.2, (look.PAPER, look.GOOD, 1.1))


def _marks(
    area: PlotArea,
    spots: Sequence[tuple[float, float]],
    mark: str,
    size: float,
    inks: tuple[str, str, float],
) -> None:
    """Marks that look alike; ``inks``: their colour, and the colour and width of their edge."""
    across, up = zip(*spots, strict=True)
    drawn = Line2D(
        across, up, marker=mark, markersize=size, linestyle="none", transform=area.points
    )
    fill, edge, pen = inks
    drawn.set_markerfacecolor(fill)
    drawn.set_markeredgecolor(edge)
    drawn.set_markeredgewidth(pen)
    area.add_artist(drawn)


def bar(area: PlotArea, x: float, y: float, width: float, height: float, colour: str) -> None:
    """A filled rectangle from its lower left corner."""
    size = (width * area.scale[0], height * area.scale[1])
    area.add_artist(
        Rectangle(area.spot(x, y), *size, facecolor=colour, edgecolor="none", transform=area.points)
    )


def band(area: PlotArea, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
    """The band between two lines over the same ``xs``."""
    corners = [*zip(xs, low, strict=True), *reversed(list(zip(xs, high, strict=True)))]
    shape(area, corners, look.BAND)


def shape(
    area: PlotArea,
    corners: Sequence[tuple[float, float]],
    colour: str,
    edge: str = "none",
    pen: float = 0.0,
) -> None:
    """A filled area between ``corners``, with an outline of colour ``edge``."""
    places = [area.spot(*corner) for corner in corners]
    area.add_artist(
        Polygon(
            places,
            closed=True,
            facecolor=colour,
            edgecolor=edge,
            linewidth=pen,
            transform=area.points,
        )
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
