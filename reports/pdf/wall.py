"""One page for the wall: how we are doing, readable from two metres.

The headline, up to four figures with their change, one course over time, three things to know.
Nothing here that the report does not say; what is small print there is small print here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from instruments.model import Instrument
from reports import chart_texts, look
from reports.context import Context, Tone
from reports.design import STANDARD, Design
from reports.editions import Edition
from reports.figures.trend import spots, trend
from reports.findings import ALL, Findings, Standing
from reports.fonts import Fonts
from reports.look import Style
from reports.pdf.document import bind, context_of
from reports.pdf.edition import imprint_line
from reports.pdf.flow import Block, Chapter, Frame, paginate
from reports.pdf.hidden import why_hidden
from reports.pdf.parts import dropped, few_answers, letterhead
from reports.pdf.pen import Pen
from reports.pdf.summary import moved, tile, tile_figures
from reports.pdf.tiles import Tile
from reports.remarks import Remark, things_to_know
from reports.typeset import Line, wrap, wrap_head
from reports.wording import LEVELS, headline

LARGER = 2.0
"""How much larger the chart is drawn than in the report."""

TALL = look.CONTENT_BOTTOM - look.FIRST_TOP
ABOUT = Style(15.0, colour=look.SOFT, leading=20)
SAMPLE = Style(13.0, bold=True, colour=look.BAD, leading=18)
HINT = Style(13.0, bold=True, colour=look.SOFT, leading=18)
HEAD = Style(25.0, bold=True, leading=32)
TOPIC = Style(16.0, bold=True, leading=21)
NAME = Style(14.0, bold=True, leading=18)
VALUE = Style(44.0, bold=True)
MOVED = Style(15.0, bold=True)
SAID = Style(12.5, colour=look.SOFT)
REMARK = Style(16.0, bold=True, leading=20)
PLAIN = Style(17.0, leading=25)
TILE, SPACE, PAD = 112.0, 12.0, 14.0
LEAST_CHART = 120.0
ROOM = look.WIDTH - 38
MOST_HEAD, MOST_TOLD = 4, 3


def render_one_page(
    findings: Findings,
    instrument: Instrument,
    segment: str,
    language: str,
    fonts: Fonts,
    edition: Edition | None = None,
    design: Design = STANDARD,
) -> bytes:
    """The page on one segment as the bytes of a PDF, A4, fonts embedded.

    A hidden segment gives a page that says why. Of its ``design`` it has the logo and the colours;
    its foot says which ``edition`` it is. Raises LookupError where there is no such segment.
    """
    context = context_of(findings, instrument, segment, language, fonts, design=design)
    title = context.words.gettext("Customer satisfaction at a glance")
    hidden = context.found.standing is Standing.HIDDEN
    block: Block = Unsaid(context) if hidden else Wall(context)
    imprint = imprint_line(context, edition) if edition is not None else ""
    return bind(context, paginate([Chapter(title, [block])]), title, imprint)


Told = tuple[Remark, list[Line], list[Line]]
"""A thing to know: what, its heading, and its sentence where there is room for it."""


class Sheet(Block):
    """What both pages begin with: whose customers, which period, and one sentence."""

    height = TALL

    def __init__(self, context: Context, sentence: str) -> None:
        self.context = context
        about = f"{context.company} · {context.segment_name()} · {context.period}"
        self.about = wrap(about, context.lettering, ABOUT.size, look.WIDTH, most=2)
        self.head = wrap_head(
            sentence, context.lettering, HEAD.size, look.WIDTH - 20, most=MOST_HEAD
        )

    def begun(self, pen: Pen, x: float, top: float) -> float:
        """Draw them; gives where the rest goes on."""
        letterhead(pen, self.context)
        top += dropped(self.context)
        with pen.tagged("P"):
            at = top + pen.lines(x, top, self.about, ABOUT)
        if self.context.findings.provenance.sample:
            text = self.context.words.gettext("Sample data: simulated answers, no real customers.")
            with pen.tagged("P"):
                pen.text(x, at + 12, text, SAMPLE, room=look.WIDTH)
            at += SAMPLE.step
        if self.context.indicative:
            with pen.tagged("P"):
                pen.text(x, at + 14, few_answers(self.context), HINT, room=look.WIDTH)
            at += HINT.step
        at += 12
        tall = len(self.head) * HEAD.step
        pen.box(x, at, 5, tall, fill=look.ACCENT)
        with pen.tagged("H1"):
            pen.lines(x + 20, at, self.head, HEAD)
        return at + tall + 18

    def rows_of_tiles(self, pen: Pen, tiles: Sequence[Tile], x: float, top: float) -> float:
        """Draw tiles, two in a row; gives where the rest goes on."""
        wide = (look.WIDTH - SPACE) / 2
        with pen.tagged("L"):
            for i, shown in enumerate(tiles):
                left = x + (i % 2) * (wide + SPACE)
                y = top + (i // 2) * (TILE + SPACE)
                with pen.tagged("LI"), pen.tagged("LBody"):
                    self._tile(pen, shown, Frame(left, y, wide, TILE))
        return top + -(-len(tiles) // 2) * (TILE + SPACE) + 6

    def _tile(self, pen: Pen, tile: Tile, frame: Frame) -> None:
        x, top, wide, tall = frame
        left, room = x + PAD, wide - 2 * PAD
        pen.box(x, top, wide, tall, fill=look.PAPER, edge=look.RULE, radius=4)
        clear = tile.tone is not Tone.UNCLEAR
        pen.box(x, top, wide, 4.5, fill=tile.tone.colour if clear else look.MUTED_BAR)
        with pen.tagged("P"):
            pen.text(left, top + 25, tile.name, NAME, room=room)
        with pen.tagged("P"):
            used = pen.text(left, top + 70, tile.value, VALUE, room=room)
            if tile.unit:
                unit = Style(NAME.size, colour=look.SOFT)
                pen.text(left + used + 6, top + 70, tile.unit, unit, room=room - used - 6)
        with pen.tagged("P"):
            used = 0.0
            if tile.moved:
                ink = tile.tone.colour if clear else look.SOFT
                style = Style(MOVED.size, bold=True, colour=ink)
                used = pen.text(left, top + 98, tile.moved, style, room=room) + 8
            pen.text(left + used, top + 98, tile.said or tile.interval, SAID, room=room - used)


class Wall(Sheet):
    """Headline, figures, course, three things to know, over the whole page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, headline(context))
        self.tiles = [tile(context, figure) for figure in tile_figures(context)]
        self.key = next((key for key in LEVELS if context.shown(key)), "")
        self.course = len(spots(context.found.past(self.key))) > 1
        self.told = [
            (
                remark,
                wrap_head(remark.title, context.lettering, REMARK.size, ROOM, most=2),
                [] if self.course else wrap(remark.text, context.lettering, SAID.size, ROOM),
            )
            for remark in things_to_know(context, MOST_TOLD)
        ]

    def draw(self, pen: Pen, frame: Frame) -> None:
        """From the top; the list from the bottom; the chart takes what is left between."""
        x, top, _width, height = frame
        at = self.begun(pen, x, top)
        if self.tiles:
            at = self.rows_of_tiles(pen, self.tiles, x, at)
        tall = sum(map(_height, self.told)) + TOPIC.step + 6
        end = top + height
        start = end - tall if self.told else end
        if self.course and start - at > LEAST_CHART:
            self._course(pen, Frame(x, at, look.WIDTH, start - at - 14))
        elif self.told:
            start = min(at + 10, start)
        if self.told:
            self._list(pen, x, start)

    def _course(self, pen: Pen, frame: Frame) -> None:
        x, top, width, height = frame
        context, points = self.context, self.context.found.past(self.key)
        name = context.words.indicator(self.key)
        title = context.words.gettext("{name}: {said}").format(
            name=name[:1].upper() + name[1:], said=moved(context, self.key, points[-1].figure.unit)
        )
        with pen.tagged("H2"):
            pen.text(x, top + 16, title, TOPIC, room=width)
        figure = trend(
            context, points, from_zero=False,
            width=width / LARGER, height=(height - TOPIC.step - 8) / LARGER,
        )  # fmt: skip
        shows = chart_texts.course(context, name, points)
        pen.figure(x, top + TOPIC.step + 8, figure, shows, LARGER)

    def _list(self, pen: Pen, x: float, top: float) -> None:
        with pen.tagged("H2"):
            title = self.context.words.gettext("Things to know")
            pen.text(x, top + 16, title, TOPIC, room=look.WIDTH)
        y = top + TOPIC.step + 6
        with pen.tagged("L"):
            for number, told in enumerate(self.told, start=1):
                with pen.tagged("LI"):
                    self._item(pen, told, number, x, y)
                y += _height(told)

    def _item(self, pen: Pen, told: Told, number: int, x: float, y: float) -> None:
        remark, head, text = told
        pen.disc(x + 12, y + 10, 12, remark.tone.colour)
        figure = Style(14.0, bold=True, colour=look.PAPER)
        with pen.tagged("Lbl"):
            pen.text(x + 12, y + 15, str(number), figure, align="center")
        with pen.tagged("LBody"):
            with pen.tagged("P"):
                at = y + pen.lines(x + 38, y, head, REMARK)
            if text:
                with pen.tagged("P"):
                    pen.lines(x + 38, at, text, SAID)


def _height(told: Told) -> float:
    _remark, head, text = told
    return len(head) * REMARK.step + len(text) * SAID.step + 10


class Unsaid(Sheet):
    """In place of figures that may not be shown: why, and those of all customers together."""

    def __init__(self, context: Context) -> None:
        title, why = why_hidden(context)
        super().__init__(context, title)
        self.why = wrap(why, context.lettering, PLAIN.size, look.WIDTH)
        whole = dataclasses.replace(context, found=context.findings.segment(ALL))
        self.name = whole.segment_name()
        self.tiles = [tile(whole, f) for f in tile_figures(whole) if f.value is not None]

    def draw(self, pen: Pen, frame: Frame) -> None:
        """The sentence, the reason, and what is known of all."""
        at = self.begun(pen, frame.x, frame.top)
        with pen.tagged("P"):
            at += pen.lines(frame.x, at, self.why, PLAIN) + 18
        if self.tiles:
            with pen.tagged("H2"):
                pen.text(frame.x, at + 16, self.name, TOPIC, room=look.WIDTH)
            self.rows_of_tiles(pen, self.tiles, frame.x, at + TOPIC.step + 8)
