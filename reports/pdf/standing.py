"""How firmly do customers stand with us, and what is at risk where they do not?

The secure customer index, the layers of loyalty, the higher price that is accepted; and, where it
is known how many customers there are and what one is worth, how many may leave and what that costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure as Drawing

from instruments.model import Role
from reports import chart_texts, look
from reports.context import Context
from reports.figures.bars import Bar, bars
from reports.findings import Figure, Reason, Unit
from reports.look import Style
from reports.pdf.blocks import Cell, Chart, Columns, Section, Table
from reports.pdf.flow import Block
from reports.pdf.matrix import satisfied_and_loyal
from reports.texts import N_
from reports.typeset import clean

SECURE = {
    "sci_secure": look.GOOD,
    "sci_favourable": look.GOOD_BAR,
    "sci_other": look.MUTED_BAR,
    "sci_vulnerable": look.BAD_BAR,
    "sci_at_risk": look.BAD,
}
LAYERS = {
    "layer_loyal": look.GOOD,
    "layer_latent": look.MUTED_BAR,
    "layer_wandering": look.BAD_BAR,
}
MEANT = {
    "layer_loyal": N_("{name}: bought again and is satisfied"),
    "layer_latent": N_("{name}: did not buy again yet"),
    "layer_wandering": N_("{name}: bought again, not satisfied"),
}
AT_RISK = (
    "sci_at_risk",
    "customers_at_risk",
    "value_at_risk",
    "lost_to_problems",
    "customers_lost",
    "market_damage",
)
WIDTHS = (266.0, 70.0, 120.0, look.WIDTH - 456.0)
SQUARE, SPACE = 0.54, 24.0
STRONG = Style(look.SMALL, bold=True, leading=11)


def standing(context: Context) -> list[Block]:
    """The sections on how firmly customers stand, as far as they were asked."""
    left = look.WIDTH * SQUARE
    right = look.WIDTH - left - SPACE
    square, secure = satisfied_and_loyal(context, left), _secure(context, right)
    blocks: list[Block] = []
    if square is not None and secure is not None:
        blocks.append(Columns([(left, square), (right, secure)], SPACE))
    else:
        alone = (satisfied_and_loyal(context), _secure(context, look.WIDTH))
        blocks += [section for section in alone if section is not None]
    others = (_layers(context), _at_risk(context))
    return [*blocks, *(section for section in others if section is not None)]


def _secure(context: Context, width: float) -> Section | None:
    """The five kinds of customers from secure to at risk."""
    _, words = context.words.gettext, context.words
    found = [f for key in SECURE if (f := context.shown(key))]
    secure = context.shown("sci_secure")
    if secure is None or not found:
        return None
    rows = [Bar(words.indicator(f.key), f, SECURE[f.key]) for f in found]
    narrow = width < look.WIDTH

    def draw(wide: float, high: float) -> Drawing:
        labels = 118 if narrow else 150
        return bars(context, rows, labels=labels, width=wide, height=high, columns=not narrow)

    title = _("{share} are secure customers").format(share=words.value(Unit.SHARE, secure.value))
    subtitle = _(
        "Secure: the best mark for satisfaction, buying again and recommending; line = "
        "{confidence} interval; n = {n}."
    ).format(confidence=context.confidence, n=words.count(secure.n))
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    chart = Chart(draw, 18 + 20 * len(rows), 8.0 * len(rows), shows=shows)
    return Section(title, subtitle, chart, context.lettering, width)


def _layers(context: Context) -> Section | None:
    """Satisfaction and what customers did: the layers of loyalty."""
    _, words = context.words.gettext, context.words
    found = [f for key in LAYERS if (f := context.shown(key))]
    loyal = context.shown("layer_loyal")
    if loyal is None:
        return None
    rows = [
        Bar(_(MEANT[f.key]).format(name=words.indicator(f.key)), f, LAYERS[f.key]) for f in found
    ]

    def draw(wide: float, high: float) -> Drawing:
        return bars(context, rows, labels=210, width=wide, height=high)

    title = _("{share} bought again and are satisfied").format(
        share=words.value(Unit.SHARE, loyal.value)
    )
    subtitle = _("Layers of loyalty by what customers did; line = {confidence} interval.")
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    return Section(
        title,
        subtitle.format(confidence=context.confidence),
        Chart(draw, 18 + 15.5 * len(rows), 4.0 * len(rows), shows=shows),
        context.lettering,
    )


def _at_risk(context: Context) -> Section | None:
    """Customers who may leave, customers that problems cost, and what both are worth a year."""
    _, words = context.words.gettext, context.words
    found = list(_known(context))
    if not any(figure.value is not None for figure in found):
        return None
    risk, cost = context.shown("sci_at_risk"), context.shown("value_at_risk")
    title = _("What is at risk")
    if cost is not None:
        title = _("Customers worth {money} a year are at risk").format(
            money=words.value(Unit.MONEY, cost.value)
        )
    elif risk is not None:
        title = _("{share} of the customers are at risk").format(
            share=words.value(Unit.SHARE, risk.value)
        )
    subtitle = words.sentences(list(_explained(context, found)))
    return Section(title, subtitle, table_of(context, found), context.lettering)


def _explained(context: Context, found: Sequence[Figure]) -> Iterator[str]:
    """What the rows of the table mean, as far as they are there."""
    _ = context.words.gettext
    if any(figure.key in ("sci_at_risk", "customers_at_risk") for figure in found):
        yield _("At risk: one of the two worst marks for satisfaction or for buying again.")
    if any(figure.unit is Unit.MONEY for figure in found):
        yield _("Money: what those customers are worth in a year, in the company’s own currency.")
    question = context.instrument.first(Role.PRICE_TOLERANCE)
    if question is not None and any(figure.key == "price_tolerance" for figure in found):
        asked = clean(question.text.of(context.language))
        yield _("Price tolerance: mean answer to “{question}”").format(question=asked)


def _known(context: Context) -> Iterator[Figure]:
    """What is asked about risk; without what nobody told the value of; the price tolerance."""
    for key in (*AT_RISK, "price_tolerance"):
        figure = context.asked(key)
        if figure is not None and figure.reason not in (
            Reason.VALUE_UNKNOWN, Reason.POPULATION_UNKNOWN,
        ):  # fmt: skip
            yield figure


def table_of(
    context: Context, found: Sequence[Figure], names: Sequence[str] | None = None
) -> Table:
    """Figures in rows: name, value, interval or why there is none, and base."""
    _, words = context.words.gettext, context.words
    interval = _("{confidence} interval").format(confidence=context.confidence)
    rows = []
    for i, figure in enumerate(found):
        name = names[i] if names else words.indicator(figure.key)
        base = words.count(figure.n) if figure.value is not None else ""
        value = words.value(figure.unit, figure.value)
        rows.append(
            [
                Cell(name[:1].upper() + name[1:], align="left"),
                Cell(value, STRONG),
                Cell(context.ends(figure)),
                Cell(base),
            ]
        )
    return Table(["", _("Value"), interval, _("n")], rows, WIDTHS, context.lettering, pad=4.4)
