"""Who recommends, who comes back, what the five indicators say."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from reports import chart_texts, look
from reports.context import Context
from reports.defining import definition
from reports.figures.bars import Bar, bars
from reports.figures.stacks import filled
from reports.findings import Unit
from reports.pdf.blocks import Chart, Section
from reports.pdf.books import purchases
from reports.pdf.flow import Block, Chapter
from reports.pdf.standing import standing

FIVE = ("favourability", "named_choice", "return_rate", "complaint_rate", "sales_power")
PARTS = ("bought_again", "would_buy_again", "would_recommend")
NPS_PARTS = ("detractors", "passives", "promoters")


def loyalty(context: Context) -> Chapter:
    """The chapter, as far as the questionnaire asks about loyalty."""
    asked = (_promoters(context), _indicators(context))
    blocks: list[Block] = [section for section in asked if section is not None]
    blocks += standing(context)
    bought = purchases(context)
    if bought is not None:
        blocks.append(bought)
    return Chapter(context.words.gettext("Loyalty"), blocks)


def _promoters(context: Context) -> Section | None:
    _, words = context.words.gettext, context.words
    parts = [f for key in NPS_PARTS if (f := context.shown(key))]
    score = context.shown("nps")
    if score is None or len(parts) != len(NPS_PARTS):
        return None
    interval = context.spread(score)
    shares = [part.value or 0.0 for part in parts]
    names = [words.indicator(part.key) for part in parts]
    legend = [
        f"{name} {words.value(Unit.SHARE, share)}"
        for name, share in zip(names, shares, strict=True)
    ]

    def draw(wide: float, high: float) -> Drawing:
        return filled(context, shares, legend, width=wide, height=high)

    title = _("Net promoter score {value}").format(value=words.value(Unit.NET, score.value))
    subtitle = _("Promoters (9–10) less detractors (0–6); {interval}; n = {n}.").format(
        interval=interval, n=words.count(score.n)
    )
    shows = chart_texts.answered(words, title, names, shares)
    return Section(title, subtitle, Chart(draw, 38, 6, shows=shows), context.lettering)


def _indicators(context: Context) -> Section | None:
    """The five indicators; the parts of the return rate are set back below it."""
    _, words = context.words.gettext, context.words
    rows: list[Bar] = []
    asked_for = frozenset(figure.key for figure in context.found.figures)
    for key in FIVE:
        figure = context.asked(key)
        if figure is None:
            continue
        text = _("{name}: {definition}").format(
            name=words.indicator(key),
            definition=definition(words, context.findings.definitions, key, asked_for),
        )
        rows.append(Bar(text, figure, look.BAD_BAR if key == "complaint_rate" else look.GOOD))
        if key == "return_rate":
            parts = [f for part in PARTS if (f := context.asked(part))]
            if len(parts) > 1:  # a single part is the rate itself
                rows += [Bar(words.indicator(f.key), f, look.GOOD_BAR, part=True) for f in parts]
    if not rows:
        return None

    def draw(wide: float, high: float) -> Drawing:
        return bars(context, rows, labels=250, width=wide, height=high)

    asked = sum(not row.part for row in rows)
    if asked == len(FIVE):
        title = _("Five indicators of loyalty and reputation")
    else:
        title = _("Indicators of loyalty and reputation")
    subtitle = _("Share of those who gave an answer; line = {confidence} interval.")
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    return Section(
        title,
        subtitle.format(confidence=context.confidence),
        Chart(draw, 18 + 15.5 * len(rows), 4.0 * len(rows), shows=shows),
        context.lettering,
    )
