"""Parts of the first page: title with its facts, the headline box, the list of remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from instruments.model import Question
from reports import look
from reports.annex.naming import Names
from reports.context import NAME_CAP, Context
from reports.findings import Figure, Reason, SegmentFindings, Standing
from reports.fonts import Lettering
from reports.look import Style
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.pdf.tagging import NUMBERED
from reports.remarks import Remark
from reports.texts import DASH
from reports.typeset import clean, wrap, wrap_head
from reports.wording import headline, support

FACTS = 168.0
FACT_ROW = 15.5
KICKER = Style(look.TINY, bold=True, colour=look.ACCENT)


def point_name(context: Context, question: Question, code: int) -> str:
    """The label of a scale point; its code where the scale leaves it without one."""
    for point in question.points:
        if point.code == code and point.text is not None:
            return clean(point.text.of(context.language))
    return str(code)


def item_name(context: Context, key: str, of: str) -> str:
    """What a figure is about: an attribute, a dimension, a part; as it is where nobody knows it."""
    return clean(Names(context.instrument, context.words).item(key, of), NAME_CAP)


def bases(context: Context, counts: Sequence[int]) -> str:
    """The base of a chart as a sentence: one n, or the smallest and the largest."""
    low, high = context.words.count(min(counts)), context.words.count(max(counts))
    if low == high:
        return context.words.gettext("n = {n}.").format(n=low)
    return context.words.gettext("n = {low} to {high}.").format(low=low, high=high)


def intervals(context: Context, rows: Iterable[tuple[str, Figure]]) -> str:
    """How sure the figures of a chart are that has no room for it, as a sentence."""
    _ = context.words.gettext
    said = [_("{what} {interval}").format(what=name, interval=context.ends(f)) for name, f in rows]
    text = _("{confidence} intervals: {methods}.")
    return text.format(confidence=context.confidence, methods=_("; ").join(said))


def left_out(context: Context, count: int) -> str:
    """How many more there are than a chart shows; empty where it shows all."""
    if not count:
        return ""
    return context.words.ngettext(
        "{count} further one is left out.", "{count} further ones are left out.", count
    ).format(count=context.words.count(count))


def dashes(
    context: Context, rows: Sequence[SegmentFindings], figures: Iterable[Figure | None]
) -> list[str]:
    """What a dash in a table of segments means: hidden segments, and reasons of single figures."""
    _, words, notes = context.words.gettext, context.words, []
    hidden = any(row.standing is Standing.HIDDEN for row in rows)
    if hidden:
        text = _("{dash}: fewer than {smallest} answers, or hidden to protect a smaller group.")
        notes.append(text.format(dash=DASH, smallest=context.findings.smallest_base))
    said = {Reason.BELOW_SMALLEST_BASE, Reason.PROTECTS_ANOTHER} if hidden else set()
    reasons = dict.fromkeys(f.reason for f in figures if f is not None and f.reason)
    named = [words.reason(reason) for reason in reasons if reason and reason not in said]
    if named:
        text = _("{dash}: {reasons}.")
        notes.append(text.format(dash=DASH, reasons=words.choice(named)))
    return notes


LOGO, STANDS, DROP = 26.0, 12.0, 12.0
"""Height of a logo, how far its upper edge is from that of the paper, and what it pushes down."""


def letterhead(pen: Pen, context: Context) -> None:
    """The logo of the company at the head of a first page, where it has one."""
    logo = context.design.logo
    if logo is not None:
        pen.picture(look.LEFT, STANDS, LOGO, logo, clean(logo.shows(context.language)))


def dropped(context: Context) -> float:
    """How much lower than usual a first page begins, for its logo."""
    return DROP if context.design.logo is not None else 0.0


class Title(Block):
    """What this is: kind, company, segment, period; at the right, how many answered.

    Above it, at the head of the page, the company's logo.
    """

    def __init__(self, context: Context, kicker: str, title: str = "") -> None:
        self.context = context
        _ = context.words.gettext
        room = look.WIDTH - FACTS - 24
        title = title or _("Customer Satisfaction Report")
        self.kicker = kicker.upper()
        self.title = wrap(title, context.lettering, look.H1.size, room, bold=True)
        about = f"{context.company} · {context.segment_name()} · {context.period}"
        self.about = wrap(about, context.lettering, look.BODY, room, most=3)
        self.style = Style(look.BODY, colour=look.SOFT, leading=14)
        used = 14 + len(self.title) * look.H1.step + len(self.about) * self.style.step
        self.facts = facts(context)
        self.drop = dropped(context)
        self.height = self.drop + max(used, len(self.facts) * FACT_ROW + 4)

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Kicker, title, line below; the fact box."""
        letterhead(pen, self.context)
        x, top, width = frame.x, frame.top + self.drop, frame.width
        _ = self.context.words.gettext
        with pen.tagged("P"):
            used = pen.text(x, top + 8, self.kicker, KICKER)
        if self.context.findings.provenance.sample:
            tag = Style(look.TINY, bold=True, colour=look.PAPER)
            text = _("SAMPLE DATA")
            wide = pen.lettering.width(text, tag.size, bold=True) + 10
            pen.box(x + used + 9, top - 0.5, wide, 11.5, fill=look.BAD, radius=2)
            with pen.tagged("P"):
                pen.text(x + used + 14, top + 8, text, tag)
        with pen.tagged("H1"):
            at = top + 13 + pen.lines(x, top + 13, self.title, look.H1)
        with pen.tagged("P"):
            pen.lines(x, at, self.about, self.style)
        with pen.tagged("L"):
            self._facts(pen, x + width - FACTS, top)

    def _facts(self, pen: Pen, left: float, top: float) -> None:
        named, strong = Style(look.SMALL, colour=look.SOFT), Style(look.SMALL, bold=True)
        for i, (name, value) in enumerate(self.facts):
            y = top + i * FACT_ROW
            taken = pen.lettering.width(value, strong.size, bold=True)
            with pen.tagged("LI"):
                with pen.tagged("Lbl"):
                    pen.text(left, y + 10.5, name, named, room=FACTS - taken - 6)
                with pen.tagged("LBody"):
                    pen.text(left + FACTS, y + 10.5, value, strong, align="right")
            pen.rule(left, y + FACT_ROW - 0.5, FACTS)


def facts(context: Context) -> list[tuple[str, str]]:
    """Completed responses, response rate and fieldwork days, as name and text."""
    _, words = context.words.gettext, context.words
    rate = context.found.response_rate
    shown = words.value(rate.unit, rate.value) if rate.value is not None else DASH
    if rate.value is not None and context.found.population and not context.several_times:
        shown = _("{rate} of {population}").format(
            rate=shown, population=words.count(context.found.population)
        )
    answered = words.count(context.found.responses)
    if context.found.standing is Standing.HIDDEN:
        answered, shown = _("not shown"), DASH
    elif context.indicative:
        answered = _("{n} (indicative)").format(n=answered)
    return [
        (_("Completed responses"), answered),
        (_("Response rate"), shown),
        (_("Fieldwork"), context.fieldwork),
    ]


class Finding(Block):
    """A box that says the finding, and below it where to act."""

    gap = 20.0

    def __init__(self, main: str, below: str, lettering: Lettering) -> None:
        room = look.WIDTH - 34
        self.main = wrap_head(main, lettering, look.HEADLINE.size, room)
        self.below = wrap(below, lettering, look.PLAIN_TEXT.size, room) if below else []
        self.height = (
            len(self.main) * look.HEADLINE.step + len(self.below) * look.PLAIN_TEXT.step + 26
        )

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Box, bar, headline, sentence below."""
        x, top, width, height = frame
        pen.box(x, top, width, height, fill=look.PANEL)
        pen.box(x, top, 2.8, height, fill=look.ACCENT)
        with pen.tagged("H2"):
            at = top + 12 + pen.lines(x + 17, top + 12, self.main, look.HEADLINE)
        if self.below:
            with pen.tagged("P"):
                pen.lines(x + 17, at + 2, self.below, look.PLAIN_TEXT)


class Headline(Finding):
    """The finding of a segment's report; of few answers, that it is a hint only."""

    def __init__(self, context: Context) -> None:
        below = support(context)
        if context.indicative:
            below = context.words.sentences([few_answers(context), below])
        super().__init__(headline(context), below, context.lettering)


def few_answers(context: Context) -> str:
    """That the base is small, and how to read what rests on it."""
    words, number = context.words, context.found.responses
    return words.ngettext(
        "Only {n} answer: indicative, read with care.",
        "Only {n} answers: indicative, read with care.",
        number,
    ).format(n=words.count(number))


class Remarks(Block):
    """A numbered list; in two columns where it has the whole width."""

    def __init__(
        self, context: Context, remarks: Sequence[Remark], width: float, title: str = ""
    ) -> None:
        self.title = title or context.words.gettext("Things to know")
        self.columns = 2 if width > look.WIDTH * 0.8 else 1
        self.room = (width - 24 * (self.columns - 1)) / self.columns - 21
        self.items = [
            (
                remark,
                wrap_head(remark.title, context.lettering, look.TEXT, self.room, most=3),
                wrap(remark.text, context.lettering, look.SMALL, self.room, most=3),
            )
            for remark in remarks
        ]
        self.detail = Style(look.SMALL, colour=look.SOFT, leading=11.5)
        self.bold = Style(look.TEXT, bold=True, leading=12)
        self.tall = [
            len(head) * self.bold.step + len(text) * self.detail.step + 11
            for _remark, head, text in self.items
        ]
        rows = [
            max(self.tall[i : i + self.columns]) for i in range(0, len(self.tall), self.columns)
        ]
        self.height = 24 + sum(rows) - 8
        self.stretch = 9.0 * (len(rows) - 1)

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Heading, then number, title and sentence of each remark."""
        x, top, _width, height = frame
        with pen.tagged("H2"):
            pen.text(x, top + 12.5, self.title, look.H2)
        with pen.tagged("L", NUMBERED):
            self._items(pen, x, top + 24, height)

    def _items(self, pen: Pen, x: float, y: float, height: float) -> None:
        rows = range(0, len(self.items), self.columns)
        extra = (height - self.height) / max(len(rows) - 1, 1)
        for first in rows:
            for column in range(min(self.columns, len(self.items) - first)):
                left = x + column * (self.room + 45)
                with pen.tagged("LI"):
                    self._item(pen, left, y, first + column)
            y += max(self.tall[first : first + self.columns]) + extra

    def _item(self, pen: Pen, x: float, top: float, number: int) -> None:
        remark, head, text = self.items[number]
        pen.disc(x + 7, top + 6.5, 7, remark.tone.colour)
        figure = Style(look.SMALL, bold=True, colour=look.PAPER)
        with pen.tagged("Lbl"):
            pen.text(x + 7, top + 9.3, str(number + 1), figure, align="center")
        with pen.tagged("LBody"):
            with pen.tagged("P"):
                at = top + pen.lines(x + 21, top, head, self.bold)
            with pen.tagged("P"):
                pen.lines(x + 21, at, text, self.detail)
