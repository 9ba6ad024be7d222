"""Which chapters does the report on a segment have, in which order? Those that its design names.

The title leads the first of them, whichever that is. A chapter that the questionnaire has nothing
for is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.context import Context
from reports.design import METHOD
from reports.findings import Standing
from reports.pdf.attributes import attributes
from reports.pdf.complaints import complaints
from reports.pdf.differences import differences
from reports.pdf.flow import Chapter
from reports.pdf.hidden import hidden, unanswered
from reports.pdf.loyalty import loyalty
from reports.pdf.meanings import terms
from reports.pdf.method import Method
from reports.pdf.parts import Title
from reports.pdf.summary import summary
from reports.pdf.voices import voices

MAKERS = {
    "importance": attributes,
    "complaints": complaints,
    "loyalty": loyalty,
    "differences": differences,
}
"""Name of a chapter → what makes it, for those that need nothing else."""

TABLE = "table"
"""The table of all segments, where it has no room in the summary: the last thing but the method."""


def chapters(context: Context, texts: Mapping[str, str]) -> list[Chapter]:
    """The chapters under their title; ``texts`` as of :func:`reports.pdf.render`."""
    if context.found.standing is Standing.HIDDEN:
        return [hidden(context)]
    if all(figure.value is None for figure in context.found.figures):
        return [unanswered(context)]
    order = [*context.design.chapters]
    order.insert(len(order) - (order[-1] == METHOD), TABLE)
    made = _made(context, texts)
    found: list[Chapter] = []
    for name in order:
        if name in made and made[name].blocks:
            found.append(made[name])
    first, *others = found
    title = Title(context, first.name)
    return [Chapter(first.name, [title, *first.blocks]), *others]


def _made(context: Context, texts: Mapping[str, str]) -> Mapping[str, Chapter]:
    """The chapters that are chosen, by name."""
    chosen = context.design.chapters
    made = {name: make(context) for name, make in MAKERS.items() if name in chosen}
    name = context.words.gettext("Method and data")
    made[METHOD] = Chapter(name, [*terms(context), Method(context)])
    if "voices" in chosen:
        made["voices"] = voices(context, texts)
    if "summary" in chosen:
        made["summary"], made[TABLE] = summary(context)
    return made
