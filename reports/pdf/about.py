"""What problems and complaints are about: kinds in order, the few that matter, and attributes.

As customers who met a problem tell of it, and as the complaint log notes it: both in the same form,
each under its own heading and with its own base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from instruments.model import Role
from reports import chart_texts, look
from reports.context import Context
from reports.figures.bars import Bar, bars, row_height
from reports.figures.pareto import pareto
from reports.findings import Figure
from reports.pdf.blocks import Chart, Columns, Section
from reports.pdf.flow import Block
from reports.pdf.parts import bases, intervals, left_out
from reports.texts import N_

MOST_KINDS = 8
SPACE = 22.0


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells what problems are about: the keys of the figures, and the words around them."""

    kind: str
    attribute: str
    most_kind: str
    kinds: str
    most_attribute: str
    attributes: str


TOLD = Source(
    "problem_kind",
    "problem_attribute",
    N_("Most frequent problem: {name}"),
    N_(
        "On the bars: share of those who met a problem, n = {n}. "
        "Line: running share of all mentions; dark: the few that make up 80%."
    ),
    N_("Most affected: {name}"),
    N_("Share of those who met a problem, by attribute, with {confidence} interval. {bases}"),
)

BOOKED = Source(
    "logged_kind",
    "logged_attribute",
    N_("Logged most often: {name}"),
    N_(
        "On the bars: share of the logged cases whose kind is noted, n = {n}. "
        "Line: running share of them; dark: the few that make up 80%."
    ),
    N_("Logged most often about: {name}"),
    N_("Share of the logged cases whose attribute is noted, with {confidence} interval. {bases}"),
)


def about(context: Context, source: Source) -> list[Block]:
    """Kinds and attributes, side by side where both are told."""
    kinds = _by_size(context, source.kind)
    concerned = sorted(
        (f for f in context.each(source.attribute) if f.value and f.of),
        key=lambda f: (-(f.value or 0.0), f.of),
    )
    if len(kinds) > 1 and concerned:
        left, right = look.WIDTH * 0.6 - SPACE, look.WIDTH * 0.4
        return [
            Columns(
                [
                    (left, _kinds(context, source, kinds, left)),
                    (right, _concerned(context, source, concerned, right)),
                ],
                SPACE,
            )
        ]
    if len(kinds) > 1:
        return [_kinds(context, source, kinds, look.WIDTH)]
    return [_concerned(context, source, concerned, look.WIDTH)] if concerned else []


def _by_size(context: Context, key: str) -> list[Figure]:
    """Those that occurred, in the order in which their parts add up."""
    found = (context.shown(key, f.of) for f in context.each(f"{key}_running"))
    return [figure for figure in found if figure is not None and figure.value]


def _kinds(context: Context, source: Source, kinds: Sequence[Figure], width: float) -> Section:
    _ = context.words.gettext
    shown = kinds[:MOST_KINDS]
    names = [
        context.option_name(Role.PROBLEM_KIND, f.of) if f.of else _("all others") for f in shown
    ]

    def draw(wide: float, high: float) -> Drawing:
        return pareto(context, shown, names, width=wide, height=high)

    title = _(source.most_kind).format(name=names[0])
    running = [context.shown(f"{source.kind}_running", f.of) for f in shown]
    shows = chart_texts.added_up(context, title, zip(names, shown, running, strict=True))
    notes = [
        intervals(context, zip(names, shown, strict=True)),
        left_out(context, len(kinds) - len(shown)),
    ]
    return Section(
        title,
        _(source.kinds).format(n=context.words.count(shown[0].n)),
        Chart(draw, 138, 72, shows=shows),
        context.lettering,
        width,
        context.words.sentences([note for note in notes if note]),
    )


def _concerned(context: Context, source: Source, found: Sequence[Figure], width: float) -> Section:
    _ = context.words.gettext
    rows = [Bar(context.attribute_name(f.of), f, look.BAD_BAR) for f in found[:MOST_KINDS]]
    labels = min(150.0, width * 0.43)
    row = row_height(context, rows, labels)

    def draw(wide: float, high: float) -> Drawing:
        return bars(context, rows, labels=labels, width=wide, height=high, columns=False)

    title = _(source.most_attribute).format(name=rows[0].name)
    shows = chart_texts.rated(context, title, [(row.name, row.figure) for row in rows])
    told = bases(context, [f.n for f in found])
    return Section(
        title,
        _(source.attributes).format(confidence=context.confidence, bases=told),
        Chart(draw, 20 + row * len(rows), 6.0 * len(rows), shows=shows),
        context.lettering,
        width,
        left_out(context, len(found) - len(rows)),
    )
