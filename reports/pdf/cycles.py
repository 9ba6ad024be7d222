"""In the summary: what is being done about the findings, and where each cycle is."""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.cycles import Cycle, Phase
from reports.findings import ALL, Figure
from reports.look import Style
from reports.pdf.blocks import Cell, Section, Table
from reports.pdf.flow import Block
from reports.pdf.parts import item_name, left_out
from reports.texts import DASH, N_
from reports.typeset import clean

MOST = 5
"""Cycles on the page; the definition of the report holds all."""

LETTERS: dict[Phase, str] = {Phase.PLAN: "P", Phase.DO: "D", Phase.CHECK: "C", Phase.ACT: "A"}
NAMES = {
    Phase.PLAN: N_("plan"),
    Phase.DO: N_("do"),
    Phase.CHECK: N_("check"),
    Phase.ACT: N_("act"),
}
SHORT = {"gap": N_("gap"), "attribute_mean": N_("experience")}
"""Names of figures that follow that of an attribute."""

LETTER = 15.0
FIGURE, OWNER, DUE, PHASE = 140.0, 62.0, 76.0, 36.0
WIDTHS = (
    FIGURE,
    look.WIDTH - FIGURE - OWNER - DUE - PHASE - 4 * LETTER,
    OWNER,
    DUE,
    PHASE,
    *([LETTER] * 4),
)
PLAIN = Style(look.SMALL, leading=10.5)
STRONG = Style(look.SMALL, bold=True, leading=10.5)
LATE = Style(look.SMALL, bold=True, colour=look.BAD, leading=10.5)
PRESENT = Style(look.TINY, bold=True, colour=look.PAPER, leading=10.5)
PASSED = Style(look.TINY, bold=True, colour=look.SOFT, leading=10.5)


def cycles(context: Context) -> list[Block]:
    """The cycles of this segment and of all customers; of all segments in the report on all.

    Empty where none is told of.
    """
    _, own = context.words.gettext, context.found.segment
    found = [c for c in context.findings.cycles if own == ALL or c.segment in (own, ALL)]
    if not found:
        return []
    late = sum(cycle.overdue(context.findings.provenance.last_day) for cycle in found)
    head = [_("Figure that must move"), _("Measure"), _("Owner"), _("Due"), _("Phase")]
    table = Table(
        [*head, *LETTERS.values()],
        [_row(context, cycle) for cycle in found[:MOST]],
        WIDTHS,
        context.lettering,
        most=4,
        pad=4.0,
    )
    title = context.words.ngettext(
        "{count} improvement is under way", "{count} improvements are under way", len(found)
    ).format(count=context.words.count(len(found)))
    if late:
        text = _("{title}, {late} of them overdue")
        title = text.format(title=title, late=context.words.count(late))
    subtitle = _("Figures as they stand now, with {confidence} interval.")
    return [
        Section(
            title,
            subtitle.format(confidence=context.confidence),
            table,
            context.lettering,
            note=left_out(context, max(len(found) - MOST, 0)),
        )
    ]


def _row(context: Context, cycle: Cycle) -> list[Cell]:
    _, words = context.words.gettext, context.words
    day = words.day(cycle.due)
    late = cycle.overdue(context.findings.provenance.last_day)
    due = _("{day}: overdue").format(day=day) if late else day
    return [
        Cell(_figure(context, cycle), STRONG, "left"),
        Cell(clean(cycle.measure(context.language)), PLAIN, "left"),
        Cell(clean(cycle.owner) or DASH, PLAIN, "left"),
        Cell(due, LATE if late else PLAIN, "left"),
        Cell(_(NAMES[cycle.phase]), PLAIN, "left"),
        *(_letter(phase, cycle.phase) for phase in Phase),
    ]


def _letter(phase: Phase, present: Phase) -> Cell:
    """The phase it is in stands out; those behind it are there, those before it are empty."""
    if phase is present:
        return Cell(LETTERS[phase], PRESENT, "center", look.GOOD)
    if phase.place < present.place:
        return Cell(LETTERS[phase], PASSED, "center", look.BAND)
    return Cell("", PASSED, "center", look.PALE)


def _figure(context: Context, cycle: Cycle) -> str:
    """Whose figure it is where that is not plain, what it is about, and how it stands now."""
    _, words = context.words.gettext, context.words
    name = words.indicator(cycle.key)
    if cycle.of:
        what = _(SHORT[cycle.key]) if cycle.key in SHORT else name
        name = _("{name}, {what}").format(name=item_name(context, cycle.key, cycle.of), what=what)
    part = next((s for s in context.findings.segments if s.segment == cycle.segment), None)
    if cycle.segment != context.found.segment:
        whose = context.segment_name(part) if part is not None else clean(cycle.segment)
        name = f"{whose} · {name}"
    figure = part.figure(cycle.key, cycle.of) if part is not None else None
    return _("{name}: {said}").format(name=name, said=_now(context, figure))


def _now(context: Context, figure: Figure | None) -> str:
    """The value, how sure it is and its base; or why there is none."""
    words = context.words
    if figure is None:
        return words.gettext("no such figure")
    if figure.value is None:
        return words.reason(figure.reason) if figure.reason is not None else DASH
    value, n = words.value(figure.unit, figure.value), words.count(figure.n)
    ends = context.ends(figure)
    if not ends:
        return words.gettext("{value} (n = {n})").format(value=value, n=n)
    return words.gettext("{value} ({ends}; n = {n})").format(value=value, ends=ends, n=n)
