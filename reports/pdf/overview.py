"""All segments side by side: who answered, how content, how many complained."""

from __future__ import annotations

from collections.abc import Sequence

from reports import look
from reports.context import Context
from reports.findings import ALL, Figure, SegmentFindings, Standing
from reports.look import Style
from reports.pdf.blocks import Cell, Section, Table
from reports.pdf.flow import Block, Chapter
from reports.texts import DASH
from reports.wording import COMPLAINTS, LEVELS

FIRST_PAGE_ROWS = 8
ROWS_A_TABLE = 30
NAME = 171.0


def overview(context: Context) -> list[Block]:
    """The table below the first page; cut to the segments nearest in size of list order."""
    if not context.parts:
        return []
    rows = [context.findings.segment(ALL), *context.parts]
    if len(rows) > FIRST_PAGE_ROWS + 1:
        own = [s for s in context.parts if s.segment == context.found.segment]
        others = [s for s in context.parts if s.segment != context.found.segment]
        rows = [rows[0], *own, *others[: FIRST_PAGE_ROWS - 1 - len(own)]]
        rows.sort(key=context.findings.segments.index)
    left_out = len(context.parts) + 1 - len(rows)
    note = ""
    if left_out:
        note = context.words.ngettext(
            "{count} further segment is in the full table at the end.",
            "{count} further segments are in the full table at the end.",
            left_out,
        ).format(count=left_out)
    return [_section(context, rows, note, first=True)]


def full_table(context: Context) -> list[Chapter]:
    """All segments, in tables of a page each, where the first page could not hold them."""
    if len(context.parts) <= FIRST_PAGE_ROWS:
        return []
    parts = context.parts
    blocks: list[Block] = []
    for start in range(0, len(parts), ROWS_A_TABLE):
        rows = [context.findings.segment(ALL)] if start == 0 else []
        rows += parts[start : start + ROWS_A_TABLE]
        blocks.append(_section(context, rows, "", first=start == 0))
    return [Chapter(context.words.gettext("All segments"), blocks)]


def _section(
    context: Context, rows: Sequence[SegmentFindings], note: str, *, first: bool
) -> Section:
    _ = context.words.gettext
    title = _("All segments side by side") if first else _("All segments side by side, continued")
    keys = _keys(context)
    head = [_("Segment"), _("n"), _("Response rate")]
    head += [context.words.indicator(key) for key in keys]
    rest = (look.WIDTH - NAME) / (len(head) - 1)
    strong = next((i for i, row in enumerate(rows) if row.segment == context.found.segment), None)
    table = Table(
        head,
        [_row(context, row, keys) for row in rows],
        [NAME, *([rest] * (len(head) - 1))],
        context.lettering,
        strong_row=strong,
    )
    hidden = any(row.standing is Standing.HIDDEN for row in rows)
    hint = any(row.standing is Standing.INDICATIVE for row in rows)
    notes = [note] if note else []
    if hidden:
        text = _("{dash}: fewer than {smallest} answers, or hidden to protect a smaller group.")
        notes.append(text.format(dash=DASH, smallest=context.findings.smallest_base))
    if hint:
        text = _("* fewer than {indicative} answers: indicative.")
        notes.append(text.format(indicative=context.findings.indicative_base))
    return Section(title, "", table, context.lettering, note=context.words.sentences(notes))


def _keys(context: Context) -> list[str]:
    """Index, NPS and complaint rate, each where any segment has it."""

    def asked(key: str) -> bool:
        figures = (s.figure(key) for s in context.findings.segments)
        return any(f is not None and f.value is not None for f in figures)

    groups: tuple[tuple[str, ...], ...] = (LEVELS, ("nps",), COMPLAINTS)
    return [key for group in groups if (key := next(filter(asked, group), ""))]


def _row(context: Context, row: SegmentFindings, keys: Sequence[str]) -> list[Cell]:
    words = context.words
    own = row.segment == context.found.segment
    style = Style(look.SMALL, bold=own, leading=11)
    faint = Style(look.SMALL, bold=own, colour=look.SOFT, leading=11)
    hidden = row.standing is Standing.HIDDEN
    base = DASH if hidden else words.count(row.responses)
    mark = " *" if row.standing is Standing.INDICATIVE else ""
    cells = [Cell(f"{context.segment_name(row)}{mark}", style, "left"), Cell(base, faint)]
    cells.append(Cell(_value(context, row.response_rate), faint))
    return [*cells, *(Cell(_value(context, row.figure(key)), style) for key in keys)]


def _value(context: Context, figure: Figure | None) -> str:
    return DASH if figure is None else context.words.value(figure.unit, figure.value)
