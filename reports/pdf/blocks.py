"""What pages are made of: sections with a heading, charts, panels, tables, columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports import look
from reports.fonts import Lettering
from reports.look import Style
from reports.pdf.flow import GAP, Block, Frame
from reports.pdf.pen import Pen
from reports.pdf.tagging import COLUMN_HEAD, ROW_HEAD
from reports.typeset import Line, wrap, wrap_head

Draw = Callable[[float, float], Figure]
"""Makes a chart of a given width and height."""


class Chart(Block):
    """A chart that fills what it is given; ``shows`` says the same to those who do not see it."""

    def __init__(self, draw: Draw, height: float, stretch: float = 0.0, *, shows: str) -> None:
        self.drawing = draw
        self.shows = shows
        self.height = height
        self.stretch = stretch

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Draw the chart at exactly that size."""
        x, top, width, height = frame
        pen.figure(x, top, self.drawing(width, height), self.shows)


class Words(Block):
    """Running text of one style."""

    def __init__(self, text: str, style: Style, lettering: Lettering, width: float) -> None:
        self.style = style
        self.lines = wrap(text, lettering, style.size, width, bold=style.bold)
        self.height = len(self.lines) * style.step

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Set the lines."""
        x, top, _width, _height = frame
        with pen.tagged("P"):
            pen.lines(x, top, self.lines, self.style)


class Section(Block):
    """A heading that states the finding, a line that says what is shown, and the body."""

    def __init__(
        self,
        title: str,
        subtitle: str,
        body: Block,
        lettering: Lettering,
        width: float = look.WIDTH,
        note: str = "",
    ) -> None:
        self.title = wrap_head(title, lettering, look.H2.size, width, most=2)
        self.subtitle = wrap(subtitle, lettering, look.SUBTITLE.size, width) if subtitle else []
        self.body = body
        self.note = wrap(note, lettering, look.NOTE.size, width) if note else []
        self.around = (
            len(self.title) * look.H2.step
            + len(self.subtitle) * look.SUBTITLE.step
            + 10
            + (len(self.note) * look.NOTE.step + 6 if self.note else 0)
        )
        self.height = self.around + body.height
        self.stretch = body.stretch

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Heading, subtitle, body, note."""
        x, top, width, height = frame
        with pen.tagged("H2"):
            at = top + pen.lines(x, top, self.title, look.H2)
        if self.subtitle:
            with pen.tagged("P"):
                at += pen.lines(x, at, self.subtitle, look.SUBTITLE)
        at += 10
        self.body.draw(pen, Frame(x, at, width, height - self.around))
        if self.note:
            with pen.tagged("P"):
                pen.lines(x, at + height - self.around + 6, self.note, look.NOTE)


class Panel(Block):
    """A tinted box with a bar at its left: a reading of the chart above it."""

    gap = 14.0

    def __init__(self, text: str, lettering: Lettering) -> None:
        self.lines = wrap(text, lettering, look.PLAIN_TEXT.size, look.WIDTH - 30)
        self.height = len(self.lines) * look.PLAIN_TEXT.step + 18

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Box, bar, text."""
        x, top, width, height = frame
        pen.box(x, top, width, height, fill=look.PANEL)
        pen.box(x, top, 2.4, height, fill=look.ACCENT)
        with pen.tagged("P"):
            pen.lines(x + 15, top + 9, self.lines, look.PLAIN_TEXT)


class Columns(Block):
    """Blocks side by side, each with its width; the row is as high as its highest."""

    def __init__(self, columns: Sequence[tuple[float, Block]], space: float = 22.0) -> None:
        self.columns = columns
        self.space = space
        self.height = max(block.height for _width, block in columns)
        self.stretch = max(
            0.0, *(block.height + block.stretch - self.height for _, block in columns)
        )

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Each column from the top, charts stretched to the row."""
        x, top, _width, height = frame
        for wide, block in self.columns:
            block.draw(pen, Frame(x, top, wide, min(height, block.height + block.stretch)))
            x += wide + self.space


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: text, style, tint; ``align`` as in ``Pen.text``."""

    text: str
    style: Style = look.CELL
    align: str = "right"
    fill: str | None = None


class Table(Block):
    """A plain table: one head row, aligned as the row below it, and rules between rows."""

    PAD = 5.0
    """What a column is wider than the longest line of text in it."""

    def __init__(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        lettering: Lettering,
        *,
        strong_row: int | None = None,
        tiles: bool = False,
        most: int = 2,
        pad: float = 6.5,
    ) -> None:
        self.widths = widths
        self.tiles = tiles
        self.strong_row = strong_row
        self.gap = GAP
        head_style = look.CELL_HEAD
        self.head = [
            wrap_head(text, lettering, head_style.size, width - self.PAD, most=3)
            for text, width in zip(head, widths, strict=True)
        ]
        self.head_height = max(len(lines) for lines in self.head) * head_style.step + 7
        self.rows = [
            [
                (cell, wrap(cell.text, lettering, cell.style.size, width - self.PAD,
                            bold=cell.style.bold, most=most))
                for cell, width in zip(row, widths, strict=True)
            ]
            for row in rows
        ]  # fmt: skip
        self.row_heights = [
            max(len(lines) * cell.style.step for cell, lines in row) + pad for row in self.rows
        ]
        self.aligned = [cell.align for cell in rows[0]] if rows else ["left"] * len(head)
        self.height = self.head_height + sum(self.row_heights)

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Head, rule, rows; the first cell of a row is its head."""
        x, top, _width, _height = frame
        with pen.tagged("Table"):
            with pen.tagged("TR"):
                self._head(pen, x, top)
            y = top + self.head_height - 1
            pen.rule(x, y, sum(self.widths), look.INK, 0.8)
            for i, (row, tall) in enumerate(zip(self.rows, self.row_heights, strict=True)):
                last, strong = i == len(self.rows) - 1, i == self.strong_row
                with pen.tagged("TR"):
                    self._row(pen, x, y, row, tall, last=last, strong=strong)
                y += tall

    def _head(self, pen: Pen, x: float, top: float) -> None:
        style, at = look.CELL_HEAD, x
        for i, (lines, wide) in enumerate(zip(self.head, self.widths, strict=True)):
            align = self.aligned[i]
            room = wide if align != "right" else wide - 4
            above = self.head_height - 6 - len(lines) * style.step
            with pen.tagged("TH", COLUMN_HEAD):
                pen.lines(at, top + above, lines, style, align=align, width=room)
            at += wide

    def _row(
        self,
        pen: Pen,
        x: float,
        y: float,
        row: list[tuple[Cell, list[Line]]],
        tall: float,
        *,
        last: bool,
        strong: bool,
    ) -> None:
        if strong:
            pen.box(x - 5, y + 0.8, sum(self.widths) + 10, tall - 1.1, fill=look.PANEL)
        for i, ((cell, lines), wide) in enumerate(zip(row, self.widths, strict=True)):
            if cell.fill:
                pen.box(x + 1, y + 1.2, wide - 2, tall - 2.0, fill=cell.fill)
            above = (tall - len(lines) * cell.style.step) / 2
            room = wide - 4 if cell.align == "right" else wide
            with pen.tagged("TD") if i else pen.tagged("TH", ROW_HEAD):
                pen.lines(x, y + above, lines, cell.style, align=cell.align, width=room)
            x += wide
        if not last and not self.tiles:
            total = sum(self.widths)
            pen.rule(x - total, y + tall, total, look.GRID)
