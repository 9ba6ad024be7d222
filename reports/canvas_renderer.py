"""How a chart gets onto paper: matplotlib draws straight onto the PDF page.

matplotlib's own PDF backend embeds its fonts anew for every chart, which made charts cost
ten times what they should. This renderer passes paths and texts on to the page's canvas
instead: vectors stay vectors, text stays selectable, and pages and charts share one set of
fonts. One chart unit (pixel) is one point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.fonts import Lettering

CAP_HEIGHT = 0.66
"""Height of a capital in both families, as a share of the size.

It is given out as the height of any text, without descent: so centred means optically
centred, and a bottom is a baseline.
"""

CAPS = {"butt": 0, "round": 1, "projecting": 2}
JOINS = {"miter": 0, "round": 1, "bevel": 2}
PLACES = 2

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
        self.canvas.drawPath(self._path(path, transform), stroke=int(stroke), fill=int(fill))
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
            outline = self.canvas.beginPath()
            outline.rect(*(round(v, PLACES) for v in rectangle.bounds))
            self.canvas.clipPath(outline, stroke=0, fill=0)
        path, transform = gc.get_clip_path()
        if path is not None:
            self.canvas.clipPath(self._path(cast(Path, path), transform), stroke=0, fill=0)

    def _path(self, path: Path, transform: Transform | None) -> PDFPathObject:
        """The outline in page coordinates; quadratic curves become cubic ones."""
        outline = self.canvas.beginPath()
        last = (0.0, 0.0)
        moved = path if transform is None else transform.transform_path(path)
        for points, code in moved.iter_segments(simplify=False):
            place = [round(v, PLACES) for v in np.asarray(points, dtype=float).tolist()]
            if code == Path.MOVETO:
                outline.moveTo(*place)
            elif code == Path.LINETO:
                outline.lineTo(*place)
            elif code == Path.CURVE3:
                outline.curveTo(*_cubic(last, place))
            elif code == Path.CURVE4:
                outline.curveTo(*place)
            elif code == Path.CLOSEPOLY:
                outline.close()
                continue
            last = (place[-2], place[-1])
        return outline


def _cubic(start: tuple[float, float], quadratic: list[float]) -> list[float]:
    """Control points of the cubic curve that is this quadratic one."""
    (x0, y0), (x1, y1, x2, y2) = start, quadratic
    return [
        round(v, PLACES)
        for v in (
            x0 + (x1 - x0) * 2 / 3,
            y0 + (y1 - y0) * 2 / 3,
            x2 + (x1 - x2) * 2 / 3,
            y2 + (y1 - y2) * 2 / 3,
            x2,
            y2,
        )
    ]


def _is_bold(prop: FontProperties) -> bool:
    weight = prop.get_weight()
    return weight == "bold" or (isinstance(weight, int) and weight >= 600)
