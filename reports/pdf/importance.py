"""What matters more, what customers say or what moves their satisfaction? Where is service short?

Stated importance (from rankings) beside derived importance (from key drivers): who orders by one of
them alone, misses what the other knows. Where nobody was asked how good things are, what was
chosen in the ranking stands alone. And the gaps gathered by the five dimensions of service
quality, where attributes name theirs.
"""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from reports import chart_texts, look
from reports.annex.naming import DIMENSIONS
from reports.context import Context, Tone, tone_of_gap
from reports.direction import goodness
from reports.figures.bars import Bar, bars
from reports.figures.bars import row_height as bar_height
from reports.figures.twins import Twin, row_height, twins
from reports.findings import Figure, Unit
from reports.look import Style
from reports.pdf.blocks import Cell, Chart, Section, Table
from reports.pdf.parts import bases, left_out

MOST_ROWS = 15
WIDTHS = (200.0, 90.0, 130.0, look.WIDTH - 420.0)


def stated_and_derived(context: Context) -> Section | None:
    """Both kinds of importance side by side, the most important by words first."""
    _, words = context.words.gettext, context.words
    found = [
        Twin(context.attribute_name(derived.of), stated, derived)
        for derived in context.each("importance_derived")
        if (stated := context.shown("importance_weight", derived.of)) is not None
    ]
    explained = context.shown("drivers_r2")
    if len(found) < 2 or explained is None:
        return None
    found.sort(key=lambda row: (-(row.left.value or 0.0), row.left.of))
    said, does = found[0], max(found, key=lambda row: row.right.value or 0.0)
    title = _("{name} matters most by words and by its link to satisfaction").format(name=said.name)
    if said is not does:
        title = _("Customers name {said} first; satisfaction goes most with {does}").format(
            said=said.name, does=does.name
        )
    rows = found[:MOST_ROWS]
    heads = (_("stated: weight from the ranking"), _("derived: part of R² (Johnson)"))

    def draw(wide: float, high: float) -> Drawing:
        return twins(context, rows, heads, width=wide, height=high)

    subtitle = _(
        "Stated: what customers rank as important. Derived: how much of overall satisfaction each "
        "rating explains, together R² = {explained}. Dark = the three largest. {bases}"
    ).format(
        explained=words.value(explained.unit, explained.value),
        bases=bases(context, [f.n for row in rows for f in (row.left, row.right)]),
    )
    told = [pair for row in rows for pair in ((row.name, row.left), (row.name, row.right))]
    return Section(
        title,
        subtitle,
        Chart(
            draw,
            20 + row_height(context, rows) * len(rows),
            6.0 * len(rows),
            shows=chart_texts.rated(context, title, told),
        ),
        context.lettering,
        note=left_out(context, len(found) - len(rows)),
    )


def stated_alone(context: Context) -> Section | None:
    """Which attributes were chosen in the ranking, where nobody was asked how good they are."""
    _ = context.words.gettext
    found = sorted(context.each("importance_chosen"), key=lambda f: (-(f.value or 0.0), f.of))
    if not found or context.each("attribute_mean"):
        return None
    rows = [Bar(context.attribute_name(f.of), f) for f in found[:MOST_ROWS]]

    def draw(wide: float, high: float) -> Drawing:
        return bars(context, rows, labels=150, width=wide, height=high)

    title = _("Chosen most often: {name}").format(name=rows[0].name)
    subtitle = _("Share of those who ranked that chose it; line = {confidence} interval. {bases}")
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    tall = 20 + max(18.0, bar_height(context, rows, 150)) * len(rows)
    return Section(
        title,
        subtitle.format(
            confidence=context.confidence, bases=bases(context, [row.figure.n for row in rows])
        ),
        Chart(draw, tall, 3.0 * len(rows), shows=shows),
        context.lettering,
        note=left_out(context, len(found) - len(rows)),
    )


def by_dimension(context: Context) -> Section | None:
    """The gaps of the dimensions of service quality, the widest shortfall first, and the whole."""
    _, words = context.words.gettext, context.words
    parts = sorted(context.each("gap_dimension"), key=lambda gap: (goodness(gap), gap.of))
    if len(parts) < 2:
        return None
    worst = parts[0]
    title = _("Service quality: no dimension falls clearly short of expectation")
    if tone_of_gap(worst) is Tone.BAD:
        title = _("Service quality falls furthest short in {dimension}: {gap}").format(
            dimension=_dimension(context, worst.of),
            gap=words.value(Unit.POINTS, worst.value, signed=True),
        )
    rows = [_row(context, _dimension(context, gap.of), gap) for gap in parts]
    for key in ("gap_overall", "gap_overall_weighted"):
        whole = context.shown(key)
        if whole is not None:
            rows.append(_row(context, words.indicator(key), whole))
    interval = _("{confidence} interval").format(confidence=context.confidence)
    head = [_("Dimension"), _("Gap"), interval, _("n")]
    table = Table(head, rows, WIDTHS, context.lettering, pad=4.4)
    subtitle = _(
        "Experience minus expectation, mean of the attributes of each dimension. ▲ or ▼ = the "
        "interval leaves out zero."
    )
    return Section(title, subtitle, table, context.lettering)


def _dimension(context: Context, name: str) -> str:
    return context.words.gettext(DIMENSIONS[name]) if name in DIMENSIONS else name


def _row(context: Context, name: str, gap: Figure) -> list[Cell]:
    words, tone = context.words, tone_of_gap(gap)
    value = f"{words.value(Unit.POINTS, gap.value, signed=True)} {tone.arrow}".strip()
    strong = Style(look.SMALL, bold=True, colour=tone.colour, leading=11)
    return [
        Cell(name[:1].upper() + name[1:], align="left"),
        Cell(value, strong),
        Cell(context.ends(gap)),
        Cell(words.count(gap.n)),
    ]
