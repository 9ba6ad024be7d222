"""Tiles: one figure each, with its interval, how it moved, and its last two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import chart_texts, look
from reports.compared import against
from reports.context import Context, Tone
from reports.figures.trend import sparkline, spots
from reports.findings import TrendPoint
from reports.look import Style
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.typeset import wrap

SPACE = 10.0
PAD = 10.5
LEAST_SHARES = 3
FULL, PLAIN = 132.0, 98.0
SPARK = 24.0
LABEL = Style(look.TEXT, bold=True, leading=11.5)
VALUE = Style(look.BIG, bold=True)


@dataclass(frozen=True, slots=True)
class Tile:
    """Name, value and its unit, interval, change as sign and size, what was said of it.

    ``noticeable``: where no change was clear, the smallest that would have been.
    """

    name: str
    value: str
    unit: str
    interval: str
    moved: str
    said: str
    tone: Tone
    past: tuple[TrendPoint, ...]
    noticeable: str = ""


class Tiles(Block):
    """A row of tiles of equal width."""

    gap = 18.0

    def __init__(self, tiles: Sequence[Tile], context: Context) -> None:
        self.tiles = tiles
        self.context = context
        self.sparks = any(len(spots(tile.past)) > 1 for tile in tiles)
        _ = context.words.gettext
        notes: list[str] = []
        if any(change.family is context.family for change in context.found.changes):
            text = _("Compared with {before}; “significant” means: after Holm’s correction.")
            notes.append(text.format(before=against(context)))
        unseen = [
            _("{name} {change}").format(name=t.name, change=t.noticeable)
            for t in tiles
            if t.noticeable
        ]
        if unseen:
            text = _("So large must a change be to be noticed in four of five cases: {changes}.")
            notes.append(text.format(changes=_("; ").join(unseen)))
        if self.sparks:
            most = max(len(tile.past) for tile in tiles)
            text = _("The small lines show up to {count} periods.")
            notes.append(text.format(count=context.words.count(most)))
        note = context.words.sentences(notes)
        self.note = wrap(note, context.lettering, look.NOTE.size, look.WIDTH) if note else []
        self.tall = FULL if self.sparks else PLAIN
        self.height = self.tall + (5 + len(self.note) * look.NOTE.step if self.note else 0)

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Tiles, then the note on what they compare."""
        x, top, width, _height = frame
        shares = max(len(self.tiles), LEAST_SHARES)
        wide = (width - SPACE * (shares - 1)) / shares
        with pen.tagged("L"):
            for i, tile in enumerate(self.tiles):
                with pen.tagged("LI"), pen.tagged("LBody"):
                    self._tile(pen, tile, x + i * (wide + SPACE), top, wide)
        if self.note:
            with pen.tagged("P"):
                pen.lines(x, top + self.tall + 5, self.note, look.NOTE)

    def _tile(self, pen: Pen, tile: Tile, x: float, top: float, wide: float) -> None:
        room = wide - 2 * PAD
        pen.box(x, top, wide, self.tall, fill=look.PAPER, edge=look.RULE, radius=3)
        edge = tile.tone.colour if tile.tone is not Tone.UNCLEAR else look.MUTED_BAR
        pen.box(x, top, wide, 2.6, fill=edge)
        inner = x + PAD
        with pen.tagged("P"):
            pen.text(inner, top + 20, tile.name, LABEL, room=room)
        with pen.tagged("P"):
            used = pen.text(inner, top + 48, tile.value, VALUE, room=room, spaced=True)
            unit = Style(look.SMALL, colour=look.SOFT)
            if tile.unit and used + 6 < room:
                pen.text(inner + used + 4, top + 48, tile.unit, unit, room=room - used - 4)
        small = Style(look.TINY, colour=look.SOFT, leading=9.5)
        lines = pen.wrap(tile.interval, small, room, most=2)
        if tile.interval:
            with pen.tagged("P"):
                pen.lines(inner, top + 55, lines, small)
        if tile.moved or tile.said:
            with pen.tagged("P"):
                self._change(pen, tile, inner, top + 83 + (len(lines) > 1) * 4, room)
        if not self.sparks:
            return
        figure = sparkline(tile.past, colour=tile.tone.colour, width=room, height=SPARK)
        if figure is not None:
            shows = chart_texts.course(self.context, tile.name, tile.past)
            pen.figure(inner, top + self.tall - SPARK - 10, figure, shows)

    def _change(self, pen: Pen, tile: Tile, x: float, baseline: float, room: float) -> None:
        used = 0.0
        if tile.moved:
            ink = tile.tone.colour if tile.tone is not Tone.UNCLEAR else look.SOFT
            style = Style(look.TEXT, bold=True, colour=ink)
            used = pen.text(x, baseline, tile.moved, style, room=room, spaced=True) + 4
        said = Style(look.TINY, colour=look.SOFT)
        if used + pen.lettering.width(tile.said, said.size) <= room:
            pen.text(x + used, baseline, tile.said, said)
        else:
            pen.text(x, baseline + 10, tile.said, said, room=room)
