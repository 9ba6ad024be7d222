"""How many complain, how many more had a problem, about what, and what followed."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from reports import chart_texts, chart_wording, look
from reports.charted import ControlChart
from reports.charts import LOGGED
from reports.context import Context
from reports.figures.bars import Bar, bars
from reports.figures.control import control
from reports.figures.iceberg import iceberg
from reports.figures.trend import spots
from reports.findings import Figure, Note, Unit
from reports.look import Style
from reports.pdf.about import BOOKED, TOLD, about
from reports.pdf.blocks import Chart, Columns, Panel, Section
from reports.pdf.books import case_log
from reports.pdf.flow import Block, Chapter, Frame
from reports.pdf.pen import Pen
from reports.pdf.summary import trend_section
from reports.wording import COMPLAINTS

ICEBERG = ("problem_rate", "complaint_rate", "voiced_rate")
HANDLING = ("solved_rate", "handling_top2", "handling_mean", "stays_rate")


def complaints(context: Context) -> Chapter:
    """The chapter, as far as the questionnaire asks about problems."""
    blocks: list[Block] = []
    asked = [f for key in ICEBERG if (f := context.asked(key))]
    key = next((key for key in COMPLAINTS if context.shown(key)), "")
    chart = context.found.chart(key)
    if chart is not None and chart.points:
        blocks += _control(context, chart)
    elif len(spots(context.found.past(key))) > 1:
        note = chart_wording.why_not(context, chart)
        blocks.append(trend_section(context, key, look.WIDTH, from_zero=True, note=note))
    if asked:
        blocks.append(_iceberg(context, asked))
    blocks += about(context, TOLD)
    handling = [f for key in HANDLING if (f := context.asked(key))]
    if handling:
        blocks.append(_handling(context, handling))
    logged, rate = case_log(context), context.found.chart(LOGGED)
    if logged is not None:
        blocks.append(logged)
    blocks += about(context, BOOKED)
    if rate is not None and rate.points:
        blocks += _control(context, rate)
    return Chapter(context.words.gettext("Problems and complaints"), blocks)


def _control(context: Context, chart: ControlChart) -> list[Block]:
    """The chart under its finding, and a reading of its signals."""
    words = context.words
    subtitle = words.gettext("Share of the customers asked, period by period. {limits}")
    if chart.key == LOGGED:
        subtitle = words.gettext("Complaints for each 100 purchases, period by period. {limits}")

    def draw(wide: float, high: float) -> Drawing:
        return control(context, chart, width=wide, height=high)

    title = chart_wording.title(context, chart)
    section = Section(
        title,
        subtitle.format(limits=chart_wording.limits(context, chart)),
        Chart(draw, 142, 70, shows=chart_texts.control(context, title, chart)),
        context.lettering,
    )
    return [section, Panel(chart_wording.reading(context, chart), context.lettering)]


def _iceberg(context: Context, asked: Sequence[Figure]) -> Section:
    """Problem met, complained to anyone, told the company: three rates, never mixed."""
    _, words = context.words.gettext, context.words
    names = {
        "problem_rate": _("met a problem"),
        "complaint_rate": _("complained to anyone"),
        "voiced_rate": _("told the company"),
    }
    colours = {
        "problem_rate": look.BAD_BAR,
        "complaint_rate": look.STEPS_BAD[3],
        "voiced_rate": look.BAD,
    }
    rows = [Bar(names[f.key], f, colours[f.key]) for f in asked]
    drawn = rows[::-1] if all(f.value for f in asked) and len(asked) == len(ICEBERG) else []
    problem, voiced = context.shown("problem_rate"), context.shown("voiced_rate")
    if problem is not None and voiced is not None:
        title = _("{problem} met a problem, {voiced} told the company").format(
            problem=words.value(Unit.SHARE, problem.value),
            voiced=words.value(Unit.SHARE, voiced.value),
        )
    elif len(asked) == 1 and asked[0].value is not None:
        title = f"{words.indicator(asked[0].key)} {words.value(Unit.SHARE, asked[0].value)}"
    else:
        title = _("Problems and complaints")

    def draw(wide: float, high: float) -> Drawing:
        if drawn:
            return iceberg(context, drawn, width=wide, height=high)
        return bars(context, rows, labels=122, width=wide, height=high)

    subtitle = _("Share of the customers asked; line = {confidence} interval.")
    chart = (16 + 17.0 * len(rows), 3.0 * len(rows))
    if drawn:
        subtitle = _(
            "Shares of the customers asked, areas in proportion: above the water is what the "
            "company was told, each layer includes those above it."
        )
        chart = (112.0, 40.0)
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    return Section(
        title,
        subtitle.format(confidence=context.confidence),
        Chart(draw, *chart, shows=shows),
        context.lettering,
        note=beneath(context),
    )


def beneath(context: Context) -> str:
    """What lies behind the complaints: how many more had a problem, and whom they talked to.

    A rule of thumb is said to be one, and not to be measured.
    """
    _, words = context.words.gettext, context.words
    said = []
    own, thumb = context.shown("iceberg"), context.shown("iceberg_folklore")
    if own is not None:
        text = _("For each customer who told the company, {times} had a problem ({spread}).")
        if Note.LOWER_BOUND_ONLY in own.notes:
            text = _(
                "Nobody who had a problem told the company: for each who will, at least {times} "
                "have one."
            )
        times = words.value(own.unit, own.value)
        said.append(text.format(times=times, spread=context.spread(own)))
    if thumb is not None:
        text = _(
            "A rule of thumb from the literature, not measured here, is that {times} have a "
            "problem for each who tells the company."
        )
        said.append(text.format(times=words.value(thumb.unit, thumb.value)))
    told = context.shown("told_total")
    if told is not None:
        text = _(
            "Customers with a problem talked to {people} people about the company on average "
            "({spread})."
        )
        people = words.value(told.unit, told.value)
        said.append(text.format(people=people, spread=context.spread(told)))
    return words.sentences(said)


class Gauge(Block):
    """One figure of the handling: name, value, a bar for shares, interval and base."""

    height = 58.0

    def __init__(self, context: Context, figure: Figure) -> None:
        self.context = context
        self.figure = figure

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Name, value, bar, small print."""
        x, top, width, _height = frame
        words, figure = self.context.words, self.figure
        name = pen.wrap(words.indicator(figure.key), look.STRONG_TEXT, width, most=1)
        with pen.tagged("P"):
            pen.lines(x, top, name, look.STRONG_TEXT)
        value = words.value(figure.unit, figure.value)
        base = words.gettext("n = {n}").format(n=words.count(figure.n))
        with pen.tagged("P"):
            pen.text(x, top + 32, value, Style(look.TITLE, bold=True), spaced=True)
            if figure.value is not None:
                tiny = Style(look.TINY, colour=look.SOFT)
                pen.text(x + width, top + 32, base, tiny, align="right")
        if figure.unit is Unit.SHARE:
            pen.box(x, top + 39, width, 4.4, fill=look.GRID, radius=2.2)
            if figure.value:
                pen.box(
                    x, top + 39, max(width * figure.value, 4.4), 4.4, fill=look.GOOD, radius=2.2
                )
        spread = self.context.spread(figure)
        if spread:
            with pen.tagged("P"):
                small = Style(look.TINY, colour=look.SOFT)
                pen.text(x, top + 54, spread, small, room=width)


def _handling(context: Context, found: Sequence[Figure]) -> Section:
    _, words = context.words.gettext, context.words
    solved = context.shown("solved_rate")
    title = _("How complaints were handled")
    if solved is not None:
        title = _("{share} of those who told the company say the problem was solved").format(
            share=words.value(Unit.SHARE, solved.value)
        )
    space = 18.0
    wide = (look.WIDTH - space * (len(found) - 1)) / len(found)
    row = Columns([(wide, Gauge(context, figure)) for figure in found], space)
    return Section(
        title, _("As told by the customers who complained to the company."), row, context.lettering
    )
