"""Where segments differ from the rest, and how answers spread."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from instruments.model import Better, Role
from reports import chart_texts, look
from reports.context import Context, tone_of
from reports.direction import good_way, goodness
from reports.figures.stacks import Stack, diverging
from reports.findings import ALL, Change, Figure, SegmentFindings, Standing, Unit
from reports.look import Style
from reports.pdf.blocks import Cell, Chart, Section, Table
from reports.pdf.flow import Block, Chapter
from reports.pdf.parts import bases, dashes, intervals, point_name
from reports.texts import DASH
from reports.wording import shortfalls

MOST_COLUMNS, FEWEST_COLUMNS = 10, 5
ROWS_A_TABLE = 30
"""As many as have room below a title, where the chapter comes first."""

STACKS = 3
NAME, NAME_WIDE, BASE = 98.0, 130.0, 34.0
WIDE_COLUMNS, MANY_ROWS = 8, 12


def differences(context: Context) -> Chapter:
    """The chapter on segments and answers."""
    blocks = [*heat(context), *_spread(context)]
    return Chapter(context.words.gettext("Differences between segments"), blocks)


def heat(context: Context) -> list[Block]:
    """Attributes by segments, tinted by their difference from the rest; a table or several."""
    whole = context.findings.segment(ALL)
    ids = [f.of for f in whole.about("attribute_mean") if f.value is not None]
    if not ids or len(context.parts) < 2:
        return []
    columns = _columns(context, ids)
    parts = context.parts
    tables: list[Block] = []
    size = -(-len(parts) // -(-len(parts) // ROWS_A_TABLE))
    for start in range(0, len(parts), size):
        rows = [whole, *parts[start : start + size]]
        tables.append(
            _table(context, rows, columns, left_out=len(ids) - len(columns), first=not start)
        )
    return tables


def _columns(context: Context, ids: Sequence[str]) -> list[str]:
    """As many attributes as have room for their names without breaking a word, ten at most.

    Those with the widest significant differences, in their own order.
    """

    def reach(attribute: str) -> tuple[float, float]:
        found = [c for s in context.parts if (c := s.from_rest("attribute_mean", attribute))]
        clear = [abs(c.value or 0.0) for c in found if c.significant]
        return max(clear, default=0.0), max((abs(c.value or 0.0) for c in found), default=0.0)

    chosen = sorted(ids, key=lambda a: (*(-v for v in reach(a)), ids.index(a)))[:MOST_COLUMNS]
    while len(chosen) > FEWEST_COLUMNS and not _has_room(context, chosen):
        chosen.pop()
    return [a for a in ids if a in chosen]


def _has_room(context: Context, columns: Sequence[str]) -> bool:
    """Whether every word of the names fits into a column (Chinese breaks anywhere)."""
    words = {word for a in columns for word in context.attribute_name(a).split() if word.isascii()}
    style = look.CELL_HEAD
    longest = max((context.lettering.width(w, style.size, bold=True) for w in words), default=0.0)
    return longest <= _widths(len(columns))[-1] - Table.PAD


def _widths(columns: int) -> list[float]:
    """Widths of the columns: name, base, and one for each attribute."""
    name = NAME_WIDE if columns <= WIDE_COLUMNS else NAME
    return [name, BASE, *([(look.WIDTH - name - BASE) / columns] * columns)]


def _table(
    context: Context,
    rows: Sequence[SegmentFindings],
    columns: Sequence[str],
    *,
    left_out: int,
    first: bool,
) -> Section:
    _, words = context.words.gettext, context.words
    many = len(rows) > MANY_ROWS
    table = Table(
        [_("Segment"), _("n"), *(context.attribute_name(a) for a in columns)],
        [_row(context, row, columns) for row in rows],
        _widths(len(columns)),
        context.lettering,
        strong_row=next((i for i, row in enumerate(rows) if row is context.found), None),
        tiles=True,
        most=1 if many else 2,
        pad=5.0 if many else 6.5,
    )
    notes = [_("Mean experience by segment.")]
    if _compared(context):
        notes.append(
            _(
                "Colour = difference from all other customers: pale = may be chance, "
                "▲▼ = significant after Holm’s correction."
            )
        )
    printed = [row for row in rows if row.standing is not Standing.HIDDEN]
    notes += dashes(
        context, rows, (row.figure("attribute_mean", a) for row in printed for a in columns)
    )
    if left_out:
        more = words.ngettext(
            "{count} attribute with smaller differences is left out.",
            "{count} attributes with smaller differences are left out.",
            left_out,
        )
        notes.append(more.format(count=left_out))
    title = _title(context) if first else _("Differences between segments, continued")
    return Section(title, words.sentences(notes), table, context.lettering)


def _compared(context: Context) -> list[tuple[Change, SegmentFindings]]:
    """Every attribute of every segment that was tested against the rest."""
    return [
        (change, part)
        for part in context.parts
        for change in part.changes
        if change.value is not None and change is part.from_rest("attribute_mean", change.of)
    ]


def _title(context: Context) -> str:
    """The widest significant difference; that there is none; or, untested, what is shown."""
    _ = context.words.gettext
    compared = _compared(context)
    clear = [pair for pair in compared if pair[0].significant]
    if not compared:
        return _("Ratings by segment")
    if not clear:
        return _("No segment differs clearly from the rest")
    change, part = max(clear, key=lambda pair: abs(pair[0].value or 0.0))
    return _("{segment} differs most from the rest: {name} {difference}").format(
        segment=context.segment_name(part),
        name=context.attribute_name(change.of),
        difference=context.words.difference(Unit.POINTS, change.value),
    )


def _row(context: Context, row: SegmentFindings, columns: Sequence[str]) -> list[Cell]:
    words = context.words
    strong = row.segment in (ALL, context.found.segment)
    hidden = row.standing is Standing.HIDDEN
    base = DASH if hidden else words.count(row.responses)
    cells = [
        Cell(context.segment_name(row), Style(look.SMALL, bold=strong, leading=10.5), "left"),
        Cell(base, Style(look.TINY, colour=look.SOFT, leading=10.5)),
    ]
    for attribute in columns:
        figure = row.figure("attribute_mean", attribute)
        change = row.from_rest("attribute_mean", attribute)
        value = DASH if figure is None else words.value(Unit.POINTS, figure.value)
        arrow = tone_of(change).arrow
        style = Style(look.SMALL, bold=row.segment == ALL or bool(arrow), leading=10.5)
        tint = None if row.segment == ALL else _tint(change)
        cells.append(Cell(f"{value} {arrow}".strip(), style, "center", tint))
    return cells


def _tint(change: Change | None) -> str:
    """Tint by the size of the difference, in steps of 0.1 points from 0.05 on.

    What may be chance keeps the palest: only a significant difference may catch the eye.
    """
    if change is None or change.value is None or abs(change.value) < 0.05:
        return look.PALE
    steps = look.STEPS_GOOD if change.value * good_way(change) > 0 else look.STEPS_BAD
    if not change.significant:
        return steps[0]
    return steps[min(int((abs(change.value) - 0.05) / 0.1), len(steps) - 1)]


def _spread(context: Context) -> list[Block]:
    """Answers to the attributes furthest short of expectation, or rated lowest."""
    _, words = context.words.gettext, context.words
    asked = context.instrument.about(Role.EXPERIENCE)
    order = [gap.of for gap in shortfalls(context)]
    lowest = sorted(context.each("attribute_mean"), key=lambda f: (goodness(f), f.of))
    order += [f.of for f in lowest if f.of not in order]
    rows: list[Stack] = []
    legend: list[str] = []
    counts: list[int] = []
    told: list[tuple[str, Figure]] = []
    for attribute in order:
        question = asked.get(attribute)
        if question is None or len(question.points) not in look.SCALE or len(rows) == STACKS:
            continue
        codes = question.codes[::-1] if question.better is Better.LOW else question.codes
        shares = [context.shown("answer_share", f"{question.id}.{code}") for code in codes]
        names = [point_name(context, question, code) for code in codes]
        best = context.shown("attribute_top2", attribute)
        if None in shares or (legend and names != legend) or best is None:
            continue
        legend = names
        counts.append(best.n)
        told.append((context.attribute_name(attribute), best))
        values = tuple(share.value or 0.0 for share in shares if share is not None)
        rows.append(
            Stack(context.attribute_name(attribute), values, words.percent(best.value or 0.0))
        )
    if not rows:
        return []

    def draw(wide: float, high: float) -> Drawing:
        return diverging(context, rows, legend, width=wide, height=high)

    title = _("How the answers spread where ratings are lowest")
    if shortfalls(context):
        title = _("How the answers spread where expectations are missed most")
    subtitle = _(
        "Share of answers, centred on the middle; at the right, the two best together. {bases}"
    )
    subtitle = subtitle.format(bases=bases(context, counts))
    spreads = [(row.name, row.shares) for row in rows]
    shows = chart_texts.spreads(words, title, legend, spreads)
    chart = Chart(draw, 24 + 20 * len(rows), 8.0 * len(rows), shows=shows)
    note = intervals(context, told)
    return [Section(title, subtitle, chart, context.lettering, note=note)]
