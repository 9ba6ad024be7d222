"""All segments side by side: who answered, how content, how many complained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import look
from reports.context import Context
from reports.findings import Figure, SegmentFindings, Standing
from reports.look import Style
from reports.pdf.blocks import Cell, Section, Table
from reports.pdf.flow import Block
from reports.pdf.parts import dashes
from reports.texts import DASH
from reports.wording import COMPLAINTS, LEVELS

ROWS_A_TABLE = 30
LEAST_ROWS = 4
NAME = 171.0


@dataclass(frozen=True, slots=True)
class Overview:
    """The table as far as it fits where it is wanted, and the whole of it where it does not."""

    here: tuple[Block, ...]
    later: tuple[Block, ...]


def overview(context: Context, room: float) -> Overview:
    """The table of all segments in ``room`` points, this report's own always among its rows."""
    if not context.parts:
        return Overview((), ())
    everybody = list(context.findings.segments)
    for count in range(len(everybody), min(LEAST_ROWS, len(everybody)) - 1, -1):
        left_out = len(everybody) - count
        section = _section(context, _first(context, count), _note(context, left_out), first=True)
        if section.height + section.gap <= room:
            return Overview((section,), _whole(context) if left_out else ())
    return Overview((), _whole(context))


def _first(context: Context, count: int) -> list[SegmentFindings]:
    """The first ``count`` segments; the last of them gives way to this report's own."""
    segments = context.findings.segments
    rows = list(segments[:count])
    return rows if context.found in rows else [*rows[:-1], context.found]


def _whole(context: Context) -> tuple[Block, ...]:
    """All segments, in tables of at most a page."""
    segments = context.findings.segments
    return tuple(
        _section(context, segments[start : start + ROWS_A_TABLE], "", first=start == 0)
        for start in range(0, len(segments), ROWS_A_TABLE)
    )


def _note(context: Context, left_out: int) -> str:
    if not left_out:
        return ""
    return context.words.ngettext(
        "{count} further segment is in the full table at the end.",
        "{count} further segments are in the full table at the end.",
        left_out,
    ).format(count=left_out)


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
        most=1,
    )
    hint = any(row.standing is Standing.INDICATIVE for row in rows)
    printed = [row for row in rows if row.standing is not Standing.HIDDEN]
    notes = [note, _("Response rates are counted, not estimated.")]
    notes = [one for one in notes if one]
    notes += dashes(context, rows, (figure for row in printed for figure in _figures(row, keys)))
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
    shown = [DASH if hidden else _value(context, figure) for figure in _figures(row, keys)]
    return [*cells, Cell(shown[0], faint), *(Cell(text, style) for text in shown[1:])]


def _figures(row: SegmentFindings, keys: Sequence[str]) -> list[Figure | None]:
    return [row.response_rate, *(row.figure(key) for key in keys)]


def _value(context: Context, figure: Figure | None) -> str:
    return DASH if figure is None else context.words.value(figure.unit, figure.value)
