"""Which attributes matter and how they are experienced, against expectation."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from reports import chart_texts
from reports.context import Context, Tone, tone_of_gap
from reports.direction import good_way, goodness
from reports.figures.bars import Bar, bars, row_height
from reports.figures.gaps import gaps, ordered
from reports.figures.importance import importance
from reports.findings import Figure, Unit
from reports.pdf.blocks import Chart, Panel, Section
from reports.pdf.flow import Block, Chapter
from reports.pdf.importance import by_dimension, stated_alone, stated_and_derived
from reports.pdf.parts import bases, left_out
from reports.quadrants import Placed, Quadrant, Quadrants, place
from reports.typeset import strong

ROW = 18.0
MOST_ROWS = 24
MOST_NAMES = 4


def attributes(context: Context) -> Chapter:
    """The chapter; what the questionnaire lacks is left out or replaced."""
    blocks: list[Block] = []
    quadrants = place(context.found)
    if quadrants is not None:
        blocks.append(_importance(context, quadrants))
        blocks.append(Panel(_reading(context, quadrants), context.lettering))
    if ordered(context):
        blocks.append(_gaps(context, ordered(context)))
    elif context.each("attribute_top2"):
        blocks.append(_ratings(context))
    more = (stated_alone(context), by_dimension(context), stated_and_derived(context))
    blocks += [section for section in more if section is not None]
    return Chapter(context.words.gettext("Importance, expectation and experience"), blocks)


def _importance(context: Context, quadrants: Quadrants) -> Section:
    words = context.words
    weak = quadrants.in_quadrant(Quadrant.ACT_FIRST)
    if weak:
        title = words.ngettext(
            "{count} important attribute is experienced clearly below average",
            "{count} important attributes are experienced clearly below average",
            len(weak),
        ).format(count=len(weak))
    else:
        title = words.gettext("No important attribute is clearly below average")
    subtitle = words.gettext(
        "Importance (weight from the ranking) against experience (mean). Whisker = {confidence} "
        "interval; ring = the interval crosses the mean. {bases}"
    ).format(
        confidence=context.confidence,
        bases=bases(context, [n for item in quadrants.items for n in _counts(context, item)]),
    )

    def draw(wide: float, high: float) -> Drawing:
        return importance(context, quadrants, width=wide, height=high)

    shows = chart_texts.placed(context, title, quadrants)
    return Section(title, subtitle, Chart(draw, 252, 230, shows=shows), context.lettering)


def _counts(context: Context, item: Placed) -> list[int]:
    """How many rated an attribute, and how many said how important it is."""
    weight = context.shown("importance_weight", item.attribute)
    return [item.experience.n, *([weight.n] if weight is not None else [])]


def _reading(context: Context, quadrants: Quadrants) -> str:
    """What may be said of the chart: who is clearly where, and who is not."""
    _, words = context.words.gettext, context.words

    def names(quadrant: Quadrant) -> str:
        items = quadrants.in_quadrant(quadrant)
        listed = [strong(context.attribute_name(i.attribute)) for i in items[:MOST_NAMES]]
        more = len(items) - len(listed)
        if more:
            text = words.ngettext("{count} more", "{count} more", more)
            listed.append(text.format(count=words.count(more)))
        return words.listing(listed)

    mean = words.value(Unit.POINTS, quadrants.experience_line)
    parts = [strong(_("Reading it."))]
    if names(Quadrant.ACT_FIRST):
        text = _(
            "Act first on {names}: important, and the whole interval is worse than the mean of "
            "{mean}."
        )
        parts.append(text.format(names=names(Quadrant.ACT_FIRST), mean=mean))
    else:
        text = _("No important attribute is clearly worse than the mean of {mean}.")
        parts.append(text.format(mean=mean))
    if names(Quadrant.KEEP_UP):
        text = _("Keep up {names}: important and clearly better than it.")
        parts.append(text.format(names=names(Quadrant.KEEP_UP)))
    if names(Quadrant.UNCLEAR):
        text = _("Not clear for {names}: the interval crosses the mean.")
        parts.append(text.format(names=names(Quadrant.UNCLEAR)))
    return words.sentences(parts)


def _gaps(context: Context, found: list[Figure]) -> Section:
    """All gaps counted in the title, the widest shortfalls drawn."""
    words, drawn = context.words, found[:MOST_ROWS]
    short = [gap for gap in found if tone_of_gap(gap) is Tone.BAD]
    if short:
        title = words.ngettext(
            "Experience falls short of expectation in {count} of {total} attribute",
            "Experience falls short of expectation in {count} of {total} attributes",
            len(found),
        ).format(count=len(short), total=len(found))
    else:
        title = words.gettext("No attribute falls clearly short of expectation")
    subtitle = words.gettext(
        "Experience minus expectation of the same customers, widest shortfall first. Coloured, "
        "with ▲ or ▼ = the {confidence} interval leaves out zero. {bases}"
    ).format(confidence=context.confidence, bases=bases(context, [gap.n for gap in drawn]))
    if any(good_way(mean) < 0 for mean in context.each("attribute_mean")):
        turned = words.gettext("Low marks are good: the sign is turned, a shortfall is below zero.")
        subtitle = words.sentences([subtitle, turned])

    def draw(wide: float, high: float) -> Drawing:
        return gaps(context, drawn, width=wide, height=high)

    return Section(
        title,
        subtitle,
        Chart(
            draw,
            52 + ROW * len(drawn),
            9.0 * len(drawn),
            shows=chart_texts.expected(context, title, drawn),
        ),
        context.lettering,
        note=left_out(context, len(found) - len(drawn)),
    )


def _ratings(context: Context) -> Section:
    """Where no expectation was asked: satisfied customers by attribute, lowest first."""
    _ = context.words.gettext
    found = sorted(context.each("attribute_top2"), key=lambda f: (goodness(f), f.of))
    rows = [Bar(context.attribute_name(f.of), f) for f in found[:MOST_ROWS]]

    def draw(wide: float, high: float) -> Drawing:
        return bars(context, rows, labels=150, width=wide, height=high)

    title = _("Fewest are satisfied with {name}").format(name=context.attribute_name(found[0].of))
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    tall = 20 + max(ROW, row_height(context, rows, 150)) * len(rows)
    subtitle = _(
        "Customers who gave one of the two best marks, lowest first; line = {confidence} interval."
    )
    return Section(
        title,
        subtitle.format(confidence=context.confidence),
        Chart(draw, tall, 3.0 * len(rows), shows=shows),
        context.lettering,
        note=left_out(context, len(found) - len(rows)),
    )
