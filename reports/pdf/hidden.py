"""Too few answers, or none at all: one page that says why, and where to look instead."""

from __future__ import annotations

from collections.abc import Sequence

from reports import look
from reports.context import Context
from reports.look import Style
from reports.pdf.blocks import Section, Words
from reports.pdf.flow import Block, Chapter, Frame, room_left
from reports.pdf.method import Method
from reports.pdf.overview import overview
from reports.pdf.parts import Finding, Title
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
    return _alone(context, _("Too few answers"), Notice(context), instead)


def unanswered(context: Context) -> Chapter:
    """The only chapter of a report on a segment of whose answers none is valid."""
    _ = context.words.gettext
    main = _("Nobody gave a valid answer in this period")
    below = _("So there is no figure to show, and none is made up.")
    instead = [
        _("See whether the invitations arrived and the questionnaire opens."),
        _("Answers that come in late make a new edition of this report."),
        _("In charts over time this period stays a gap."),
    ]
    return _alone(context, _("No answers"), Finding(main, below, context.lettering), instead)


def _alone(context: Context, name: str, notice: Block, instead: Sequence[str]) -> Chapter:
    """A page of a notice, what can be done instead, all segments, and the method."""
    text = Words(
        context.words.sentences(instead),
        Style(look.TEXT, leading=14),
        context.lettering,
        look.WIDTH,
    )
    title = context.words.gettext("What can be done instead")
    blocks: list[Block] = [
        Title(context, name),
        notice,
        Section(title, "", text, context.lettering),
    ]
    method = Method(context)
    table = overview(context, room_left(blocks) - method.height - method.gap)
    return Chapter(name, [*blocks, *table.here, *table.later, method])
