"""What draws on a page: text lines, rectangles, rules and charts, in points from the top left.

Heights on a page are counted downwards from the top edge of the paper, as one reads; only
this module knows that PDF counts upwards. Text and charts belong to the element they are drawn in
(:meth:`Pen.tagged`); all else is decoration.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from matplotlib.figure import Figure
from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports import look
from reports.canvas_renderer import draw_figure
from reports.design import STANDARD, Colours, Logo
from reports.fonts import Lettering
from reports.look import Style
from reports.pdf.tagging import Attributes, Tree, placed
from reports.typeset import Line, fit, wrap


class Pen:
    """Draws on the current page of a canvas."""

    def __init__(
        self,
        canvas: Canvas,
        lettering: Lettering,
        tree: Tree,
        colours: Colours = STANDARD.colours,
    ) -> None:
        self.canvas = canvas
        self.lettering = lettering
        self.tree = tree
        self.colours = colours

    def tagged(
        self, role: str, attributes: Attributes | None = None
    ) -> AbstractContextManager[None]:
        """What is drawn in this context is a heading ``H2``, a paragraph ``P``, a cell ``TD`` …"""
        return self.tree.element(role, attributes)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        style: Style,
        *,
        align: str = "left",
        room: float | None = None,
        spaced: bool = False,
    ) -> float:
        """One line from, to or around x; shortened to ``room`` points; gives its width.

        ``spaced``: the sentence goes on after a space, in another style.
        """
        line = fit(text, self.lettering, style.size, room or look.PAGE_WIDTH, bold=style.bold)
        start = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * line.width
        self._line(start, baseline, replace(line, spaced=spaced), style)
        return line.width

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[Line],
        style: Style,
        *,
        align: str = "left",
        width: float = 0.0,
    ) -> float:
        """Set lines one below the other from ``top`` on; gives the height they take."""
        for i, line in enumerate(lines):
            spare = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * (width - line.width)
            baseline = top + i * style.step + style.step / 2 + style.size * 0.34
            self._line(x + spare, baseline, line, style)
        return len(lines) * style.step

    def _line(self, x: float, baseline: float, line: Line, style: Style) -> None:
        if not line.text:
            return
        self.tree.content()
        drawn = self.canvas.beginText(x, look.PAGE_HEIGHT - baseline)
        drawn.setFillColor(self._ink(style.colour))
        for text, bold in line.pieces:
            for face, letters in self.lettering.runs(text, bold=bold):
                drawn.setFont(face, style.size)
                drawn.textOut(letters)
        if line.spaced:
            drawn.textOut(" ")
        self.canvas.drawText(drawn)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        radius: float = 0.0,
    ) -> None:
        """A rectangle, filled, outlined or both."""
        self.tree.decoration()
        self.canvas.saveState()
        if fill:
            self.canvas.setFillColor(self._ink(fill))
        if edge:
            self.canvas.setStrokeColor(self._ink(edge))
            self.canvas.setLineWidth(0.7)
        bottom = look.PAGE_HEIGHT - top - height
        drawn = {"stroke": int(edge is not None), "fill": int(fill is not None)}
        if radius:
            self.canvas.roundRect(x, bottom, width, height, radius, **drawn)
        else:
            self.canvas.rect(x, bottom, width, height, **drawn)
        self.canvas.restoreState()

    def rule(
        self, x: float, y: float, width: float, colour: str = look.RULE, weight: float = 0.6
    ) -> None:
        """A horizontal rule."""
        self.box(x, y - weight / 2, width, weight, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around (x, y)."""
        self.tree.decoration()
        self.canvas.setFillColor(self._ink(colour))
        self.canvas.circle(x, look.PAGE_HEIGHT - y, radius, stroke=0, fill=1)

    def figure(self, x: float, top: float, figure: Figure, shows: str, larger: float = 1.0) -> None:
        """A chart with its upper left corner at (x, top), drawn so many times ``larger``.

        ``shows`` is read in its place.
        """
        wide, high = larger * float(figure.bbox.width), larger * float(figure.bbox.height)
        bottom = look.PAGE_HEIGHT - top - high
        with self.tree.element("Figure", placed(x, bottom, wide, high), shows):
            self.tree.content()
            draw_figure(
                figure, self.canvas, x, bottom, self.lettering, larger, self.colours.instead
            )

    def picture(self, x: float, top: float, high: float, logo: Logo, shows: str) -> None:
        """A logo with its upper left corner at (x, top); ``shows`` is read in its place."""
        wide = high * logo.width / logo.height
        bottom = look.PAGE_HEIGHT - top - high
        pixels = Image.frombytes("RGB", (logo.width, logo.height), logo.pixels)
        with self.tree.element("Figure", placed(x, bottom, wide, high), shows):
            self.tree.content()
            self.canvas.drawImage(ImageReader(pixels), x, bottom, wide, high)

    def _ink(self, colour: str) -> Color:
        return HexColor(self.colours.of(colour))

    def wrap(self, text: str, style: Style, width: float, most: int | None = None) -> list[Line]:
        """Lines of ``text`` in that style."""
        return wrap(text, self.lettering, style.size, width, bold=style.bold, most=most)
