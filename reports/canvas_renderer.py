"""How a chart gets onto paper: matplotlib draws straight onto the PDF page.

matplotlib's own PDF backend embeds its fonts anew for every chart, which made charts cost
ten times what they should. This renderer passes paths and texts on to the page's canvas
instead: vectors stay vectors, text stays selectable, and pages and charts share one set of
fonts. One chart unit (pixel) is one point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import Lettering

CAP_HEIGHT = 0.66
"""Height of a capital in both families, as a share of the size.

It is given out as the height of any text, without descent: so centred means optically
centred, and a bottom is a baseline.
"""

CAPS = {"butt": 0, "round": 1, "projecting": 2}
JOINS = {"miter": 0, "round": 1, "bevel": 2}
PLACES = 2
OPERATORS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE4: "c"}
PAINTED = {(True, False): "f*", (False, True): "S", (True, True): "B*"}
"""How PDF ends a path that is filled, stroked, or both."""

AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})
"""No colour is drawn in the place of another."""


def draw_figure(
    figure: Figure,
    canvas: Canvas,
    x: float,
    y: float,
    lettering: Lettering,
    larger: float = 1.0,
    colours: Mapping[str, str] = AS_THEY_ARE,
) -> None:
    """Draw ``figure`` with its lower left corner at (x, y), in points, on the page.

    ``larger``: everything on it, letters and lines too, so many times as large. ``colours``:
    ``#RRGGBB`` → what is drawn in its place.
    """
    figure.set_dpi(72)
    figure.patch.set_visible(False)
    canvas.saveState()
    canvas.translate(x, y)
    if larger != 1.0:
        canvas.scale(larger, larger)
    figure.draw(CanvasRenderer(canvas, figure, lettering, colours))
    canvas.restoreState()


class CanvasRenderer(RendererBase):
    """Draws what matplotlib asks for onto a ReportLab canvas: paths, clips, text."""

    def __init__(
        self,
        canvas: Canvas,
        figure: Figure,
        lettering: Lettering,
        colours: Mapping[str, str] = AS_THEY_ARE,
    ) -> None:
        super().__init__()
        self.canvas = canvas
        self.lettering = lettering
        self.size = (figure.bbox.width, figure.bbox.height)
        self.colours = {
            to_rgb(usual): to_rgb(own) for usual, own in colours.items() if usual.startswith("#")
        }

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Size of the figure in points."""
        return self.size

    def flipy(self) -> bool:
        """No: y grows upwards on a PDF page as in matplotlib."""
        return False

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 (matplotlib's name)
    ) -> None:
        """Fill and stroke one path."""
        fill = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        alpha = gc.get_rgb()[3]
        stroke = gc.get_linewidth() > 0 and alpha > 0
        if not (fill or stroke):
            return
        self.canvas.saveState()
        self._clip(gc)
        if fill:
            self.canvas.setFillColorRGB(*self._ink(rgbFace))
            self._fill_alpha(rgbFace[3] if len(rgbFace) > 3 else alpha)
        if stroke:
            self.canvas.setStrokeColorRGB(*self._ink(gc.get_rgb()))
            if alpha < 1:
                self.canvas.setStrokeAlpha(alpha)
            self._pen(gc)
        self.canvas.addLiteral(f"{outline(path, transform)} {PAINTED[fill, stroke]}")
        self.canvas.restoreState()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,
        mtext: Text | None = None,
    ) -> None:
        """Write one line from its baseline; ``$`` is a letter here, never mathematics."""
        del ismath, mtext
        self.canvas.saveState()
        self._clip(gc)
        self.canvas.setFillColorRGB(*self._ink(gc.get_rgb()))
        self._fill_alpha(gc.get_rgb()[3])
        self.canvas.translate(round(x, PLACES), round(y, PLACES))
        if angle:
            self.canvas.rotate(angle)
        line = self.canvas.beginText(0, 0)
        for face, letters in self.lettering.runs(s, bold=_is_bold(prop)):
            line.setFont(face, prop.get_size_in_points())
            line.textOut(letters)
        self.canvas.drawText(line)
        self.canvas.restoreState()

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> tuple[float, float, float]:
        """Width by the document's own fonts; height of a capital; no descent."""
        del ismath
        size = prop.get_size_in_points()
        return self.lettering.width(s, size, bold=_is_bold(prop)), size * CAP_HEIGHT, 0.0

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        """Ascent, descent and line gap; else matplotlib 3.11 would look up a font of its own."""
        return prop.get_size_in_points() * CAP_HEIGHT, 0.0, 0.0

    def _ink(self, colour: Sequence[float]) -> tuple[float, float, float]:
        red, green, blue = colour[:3]
        return self.colours.get((red, green, blue), (red, green, blue))

    def _fill_alpha(self, alpha: float) -> None:
        if alpha < 1:
            self.canvas.setFillAlpha(alpha)

    def _pen(self, gc: GraphicsContextBase) -> None:
        self.canvas.setLineWidth(round(gc.get_linewidth(), PLACES))
        self.canvas.setLineCap(CAPS[gc.get_capstyle()])
        self.canvas.setLineJoin(JOINS[gc.get_joinstyle()])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            lengths = np.asarray(dashes, dtype=float).round(PLACES).tolist()
            self.canvas.setDash(lengths, round(offset, PLACES))

    def _clip(self, gc: GraphicsContextBase) -> None:
        rectangle = gc.get_clip_rectangle()
        if rectangle is not None:
            self.canvas.addLiteral(f"{_numbers(*rectangle.bounds)} re W* n")
        path, transform = gc.get_clip_path()
        if path is not None:
            self.canvas.addLiteral(f"{outline(cast(Path, path), transform)} W* n")


def outline(path: Path, transform: Transform | None) -> str:
    """A path in page coordinates as PDF writes it; quadratic curves become cubic ones.

    Written here and not by ReportLab, whose way with numbers takes a tenth of the time of a report.

    >>> outline(Path([(0, 0), (30.001, 60)]), None)
    '0 0 m 30 60 l'
    """
    clean = path.cleaned(transform, remove_nans=True, simplify=False, curves=True)
    places, codes = np.asarray(clean.vertices).tolist(), np.asarray(clean.codes).tolist()
    written, i = list[str](), 0
    while i < len(codes) and codes[i] != Path.STOP:
        code, ends = codes[i], places[i : i + Path.NUM_VERTICES_FOR_CODE[codes[i]]]
        if code == Path.CLOSEPOLY:
            written.append("h")
        elif code == Path.CURVE3:
            written.append(f"{_numbers(*_cubic(places[i - 1], *ends))} c")
        else:
            written.append(f"{_numbers(*chain(*ends))} {OPERATORS[code]}")
        i += len(ends)
    return " ".join(written)


def _numbers(*values: float) -> str:
    """Numbers as PDF has them: no exponent, no more places than show."""
    return " ".join([f"{round(value, PLACES) + 0.0:.15g}" for value in values])


def _cubic(start: list[float], bend: list[float], end: list[float]) -> list[float]:
    """Control points and end of the cubic curve that is this quadratic one."""
    (x0, y0), (x1, y1), (x2, y2) = start, bend, end
    return [
        x0 + (x1 - x0) * 2 / 3,
        y0 + (y1 - y0) * 2 / 3,
        x2 + (x1 - x2) * 2 / 3,
        y2 + (y1 - y2) * 2 / 3,
        x2,
        y2,
    ]


def _is_bold(prop: FontProperties) -> bool:
    weight = prop.get_weight()
    return weight == "bold" or (isinstance(weight, int) and weight >= 600)
