"""A segment with too few answers: one page that says why, and where to look instead."""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.look import Style
from reports.pdf.blocks import Section, Words
from reports.pdf.flow import Block, Chapter, Frame, room_left
from reports.pdf.method import Method
from reports.pdf.overview import overview
from reports.pdf.parts import Title
from reports.pdf.pen import Pen
from reports.typeset import wrap


class Notice(Block):
    """A large quiet box: what is not shown and why."""

    gap = 20.0

    def __init__(self, context: Context) -> None:
        title, why = why_hidden(context)
        room = look.WIDTH - 34
        self.main = wrap(title, context.lettering, look.HEADLINE.size, room, bold=True)
        self.text = wrap(why, context.lettering, look.PLAIN_TEXT.size, room)
        self.height = len(self.main) * look.HEADLINE.step + len(self.text) * 13.2 + 30

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Box, bar, sentence, reason."""
        x, top, width, height = frame
        pen.box(x, top, width, height, fill=look.PANEL)
        pen.box(x, top, 2.8, height, fill=look.UNCLEAR)
        with pen.tagged("H2"):
            at = top + 12 + pen.lines(x + 17, top + 12, self.main, look.HEADLINE)
        with pen.tagged("P"):
            pen.lines(x + 17, at + 5, self.text, look.PLAIN_TEXT)


def why_hidden(context: Context) -> tuple[str, str]:
    """That a segment is not reported, and the reasons there can be."""
    _ = context.words.gettext
    why = _(
        "A segment is reported from {smallest} answers on. With fewer, single customers could "
        "be recognised, and the figures would be chance. A segment is also left out where "
        "showing it would give away another one by subtraction."
    ).format(smallest=context.findings.smallest_base)
    return _("Too few answers to report on this segment"), why


def hidden(context: Context) -> Chapter:
    """The only chapter of a report on a hidden segment."""
    _ = context.words.gettext
    instead = [
        _("The answers are not lost: they count in the figures of all customers below."),
        _("A longer reporting period, fixed in advance, may gather enough answers."),
        _("With their consent, single customers can be heard in a conversation."),
    ]
    text = Words(
        context.words.sentences(instead),
        Style(look.TEXT, leading=14),
        context.lettering,
        look.WIDTH,
    )
    blocks: list[Block] = [
        Title(context),
        Notice(context),
        Section(_("What can be done instead"), "", text, context.lettering),
    ]
    method = Method(context)
    table = overview(context, room_left(blocks) - method.height - method.gap)
    return Chapter(_("Too few answers"), [*blocks, *table.here, *table.later, method])
