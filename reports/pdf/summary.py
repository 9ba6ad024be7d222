"""The summary: what happened, in one sentence, four figures, one chart and a short list."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from instruments.model import Better, Role
from reports import chart_texts, chart_wording, look
from reports.compared import missing
from reports.context import Context
from reports.figures.stacks import filled
from reports.figures.trend import spots, trend
from reports.findings import Family, Figure, Unit
from reports.pdf.blocks import Chart, Columns, Section
from reports.pdf.cycles import cycles
from reports.pdf.flow import Block, Chapter, room_left
from reports.pdf.overview import overview
from reports.pdf.parts import Headline, Remarks, Title, bases, point_name
from reports.pdf.tiles import Tile, Tiles
from reports.remarks import things_to_know
from reports.texts import DASH, N_
from reports.wording import LEVELS, judged_tone, movement, noticeable

GROUPS = (
    ("satisfaction_index", "acsi_index", "overall_top2", "overall_mean"),
    ("nps",),
    ("return_rate", "would_buy_again", "would_recommend"),
    ("complaint_rate", "voiced_rate", "problem_rate"),
)
SPARE = (
    "acsi_index",
    "overall_top2",
    "overall_mean",
    "favourability",
    "named_choice",
    "sales_power",
)
"""What may fill a tile that the questionnaire leaves empty."""

CHART_SHARE = 0.6
SPACE = 24.0


def summary(context: Context) -> tuple[Chapter, Chapter]:
    """What stands below the title, and what of its table must stand at the end of the report."""
    _ = context.words.gettext
    blocks: list[Block] = [Headline(context)]
    chosen = tile_figures(context)
    if chosen:
        blocks.append(Tiles([tile(context, figure) for figure in chosen], context))
    blocks += [*_middle(context), *cycles(context)]
    name = _("Executive summary")
    table = overview(context, room_left([Title(context, name), *blocks]))
    return Chapter(name, [*blocks, *table.here]), Chapter(_("All segments"), table.later)


def tile_figures(context: Context) -> list[Figure]:
    """Up to four: satisfaction, NPS, return, complaints; gaps filled with what was asked."""
    chosen: list[Figure] = []
    for group in GROUPS:
        asked = [f for key in group if (f := context.asked(key)) is not None]
        shown = next((f for f in asked if f.value is not None), None)
        if shown or asked:
            chosen.append(shown or asked[0])
    taken = {figure.key for figure in chosen}
    for key in SPARE:
        figure = context.shown(key)
        if len(chosen) < len(GROUPS) and figure is not None and key not in taken:
            chosen.insert(1, figure)
            taken.add(key)
    return chosen


MOVED = {
    "rose": N_("up {change} on {before}"),
    "fell": N_("down {change} on {before}"),
    "same": N_("no clear change"),
}
APART = {
    "rose": N_("{change} above all other customers"),
    "fell": N_("{change} below all other customers"),
    "same": N_("no clear difference from all other customers"),
}
"""How a figure moved since an earlier period, and how it differs from the rest."""


def tile(context: Context, figure: Figure) -> Tile:
    """A figure as a tile says it: value, interval, how it moved and what the test said."""
    _, words = context.words.gettext, context.words
    change = context.change(figure.key)
    chart = context.judge(figure.key)
    tone = judged_tone(context, figure)
    if figure.value is None:
        reason = words.reason(figure.reason) if figure.reason else ""
        return Tile(_name(context, figure), DASH, "", reason, "", "", tone, ())
    interval = context.spread(figure)
    moved, said = "", _("first period: no comparison")
    if change is not None and change.value is not None:
        arrow = {"rose": "▲", "fell": "▼"}.get(movement(change), "●")
        moved = f"{arrow} {words.difference(figure.unit, change.value)}"
        rest = change.family is Family.REST
        unclear = _("no clear difference") if rest else _("no clear change")
        tested = _("significant") if change.significant else unclear
        said = _("too few answers to test") if change.p_adjusted is None else tested
        if chart is not None:
            said = _(chart_wording.STATES[chart_wording.said(chart)])
        elif change.reason is not None:
            said = words.reason(change.reason)
    elif change is not None and change.reason is not None:
        said = words.reason(change.reason)
    elif len(context.found.past(figure.key)) > 1:
        said = missing(context) or _("not compared")
    return Tile(
        _name(context, figure),
        words.value(figure.unit, figure.value).removesuffix("%"),
        _unit(context, figure),
        interval,
        moved,
        said,
        tone,
        context.found.past(figure.key),
        noticeable(context, figure),
    )


def _name(context: Context, figure: Figure) -> str:
    """The name of a figure where it stands alone: with a capital."""
    name = context.words.indicator(figure.key)
    return name[0].upper() + name[1:]


def _unit(context: Context, figure: Figure) -> str:
    _ = context.words.gettext
    return {
        Unit.INDEX: _("of 100"),
        Unit.SHARE: "%",
        Unit.POINTS: _("points"),
    }.get(figure.unit, "")


def _middle(context: Context) -> list[Block]:
    """Trend and list side by side; without a past, the spread of answers above the list."""
    remarks = things_to_know(context)
    left = look.WIDTH * CHART_SHARE
    right = look.WIDTH - left - SPACE
    key = next((key for key in LEVELS if context.shown(key)), "")
    if len(spots(context.found.past(key))) > 1:
        if not remarks:
            return [trend_section(context, key, look.WIDTH)]
        chart = trend_section(context, key, left)
        return [Columns([(left, chart), (right, Remarks(context, remarks, right))], SPACE)]
    blocks: list[Block] = []
    spread = answers_to_overall(context)
    if spread is not None:
        blocks.append(spread)
    if remarks:
        blocks.append(Remarks(context, remarks, look.WIDTH))
    return blocks


def trend_section(
    context: Context, key: str, width: float, *, from_zero: bool = False, note: str = ""
) -> Section:
    """The trend of one figure under a title that says how it moved."""
    words = context.words
    _ = words.gettext
    points = context.found.past(key)
    title = _("{name}: {said}").format(
        name=words.indicator(key), said=moved(context, key, points[-1].figure.unit)
    )
    counts = [point.figure.n for point in points if point.figure.value is not None]
    subtitle = words.ngettext(
        "{count} period with its {confidence} interval. {bases}",
        "{count} periods with their {confidence} intervals. {bases}",
        len(counts),
    ).format(count=len(counts), confidence=context.confidence, bases=bases(context, counts))
    unseen = noticeable(context, points[-1].figure)
    if unseen:
        text = _("A change of {change} would have been noticed in four of five cases.")
        subtitle = words.sentences([subtitle, text.format(change=unseen)])

    def draw(wide: float, high: float) -> Drawing:
        return trend(context, points, from_zero=from_zero, width=wide, height=high)

    shows = chart_texts.course(context, words.indicator(key), points)
    chart = Chart(draw, 138, 62, shows=chart_texts.found(words, title, shows))
    return Section(title, subtitle, chart, context.lettering, width, note)


def moved(context: Context, key: str, unit: Unit) -> str:
    """How a figure moved since the period before, in words that follow a colon."""
    _, words = context.words.gettext, context.words
    change = context.change(key)
    said = movement(change)
    if change is None or said == "is":
        return _("period by period")
    said_of = MOVED if change.family is not Family.REST else APART
    size = words.difference(unit, abs(change.value or 0.0)).removeprefix("+")
    return _(said_of[said]).format(change=size, before=words.wave(change.against))


def answers_to_overall(context: Context) -> Section | None:
    """How the answers to overall satisfaction spread, where its scale has 2 to 5 points."""
    question = context.instrument.first(Role.OVERALL)
    if question is None or len(question.points) not in look.SCALE:
        return None
    shares = [context.shown("answer_share", f"{question.id}.{code}") for code in question.codes]
    values = [share.value or 0.0 for share in shares if share is not None]
    if len(values) != len(question.points):
        return None
    names = [point_name(context, question, code) for code in question.codes]
    if question.better is Better.LOW:
        values, names = values[::-1], names[::-1]

    def draw(wide: float, high: float) -> Drawing:
        return filled(context, values, names, width=wide, height=high)

    _ = context.words.gettext
    title = _("How satisfied customers are")
    shows = chart_texts.answered(context.words, title, names, values)
    return Section(
        title,
        _("Answers to overall satisfaction, n = {n}").format(
            n=context.words.count(max(share.n for share in shares if share is not None))
        ),
        Chart(draw, 46, shows=shows),
        context.lettering,
    )
