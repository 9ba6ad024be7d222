"""Who changed tier: of each tier's customers before the period, who rose, fell or left.

Everybody on the roster is counted, answered or not. Until the tiers before a period are known, the
page says from when on they will be.
"""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.findings import ALL, Figure, Reason, SegmentFindings
from reports.indicators.booked import MOVES
from reports.look import Style
from reports.pdf.blocks import Cell, Panel, Section, Table
from reports.pdf.flow import Block
from reports.pdf.parts import dashes
from reports.records import TIER
from reports.texts import DASH

NAME, BASE = 126.0, 92.0


def movements(context: Context) -> list[Block]:
    """The table of all tiers, or what is missing for it; nothing in a report by another field."""
    _ = context.words.gettext
    if context.findings.by != TIER:
        return []
    rows = [part for part in context.findings.segments if part.figure(MOVES[0]) is not None]
    whole = context.findings.segment(ALL).figure(MOVES[0])
    if whole is None or whole.reason is Reason.NO_RECORDS:
        text = _(
            "The roster keeps the tier of each customer from its first import on. Who rose or fell "
            "is told of periods that begin after that day."
        )
        panel = Panel(text, context.lettering)
        title = _("Movements between tiers are not known yet")
        return [Section(title, "", panel, context.lettering)]
    subtitle = _(
        "Of the customers of each tier on the day before the period: number, share and "
        "{confidence} interval. Everybody is counted; the interval asks about the process behind."
    ).format(confidence=context.confidence)
    notes = dashes(context, (), (row.figure(key) for row in rows for key in MOVES))
    return [
        Section(
            _title(context),
            subtitle,
            _table(context, rows),
            context.lettering,
            note=context.words.sentences(notes),
        )
    ]


def _title(context: Context) -> str:
    """How many of all customers moved, as a heading."""
    _, words, whole = context.words.gettext, context.words, context.findings.segment(ALL)
    counts = [f.count for key in MOVES if (f := whole.figure(key)) and f.count is not None]
    if len(counts) < len(MOVES):
        return _("Movements between tiers")
    rose, fell, left = map(words.count, counts)
    text = _("Movements between tiers: {rose} rose, {fell} fell, {left} left")
    return text.format(rose=rose, fell=fell, left=left)


def _table(context: Context, rows: list[SegmentFindings]) -> Table:
    _, words = context.words.gettext, context.words
    head = [_("Segment"), _("Customers before"), *(words.indicator(key) for key in MOVES)]
    wide = (look.WIDTH - NAME - BASE) / len(MOVES)
    cells = [
        [
            Cell(context.segment_name(part), _weight(part), "left"),
            Cell(_before(context, part.figure(MOVES[0]))),
            *(_moved(context, part, key) for key in MOVES),
        ]
        for part in rows
    ]
    strong = next((i for i, part in enumerate(rows) if part.segment == ALL), None)
    return Table(
        head, cells, [NAME, BASE, *([wide] * len(MOVES))], context.lettering,
        strong_row=strong, most=1, pad=5.0,
    )  # fmt: skip


def _before(context: Context, figure: Figure | None) -> str:
    known = figure is not None and figure.value is not None
    return context.words.count(figure.n) if figure is not None and known else DASH


def _weight(part: SegmentFindings) -> Style:
    return Style(look.SMALL, bold=part.segment == ALL, leading=11)


def _moved(context: Context, part: SegmentFindings, key: str) -> Cell:
    words, figure = context.words, part.figure(key)
    if figure is None or figure.value is None or figure.count is None:
        return Cell(DASH, Style(look.SMALL, colour=look.FAINT, leading=11))
    text = words.gettext("{count}: {share} ({ends})").format(
        count=words.count(figure.count),
        share=words.value(figure.unit, figure.value),
        ends=context.ends(figure),
    )
    return Cell(text, Style(look.TINY, bold=part.segment == ALL, leading=11))
