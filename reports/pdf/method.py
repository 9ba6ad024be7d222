"""Last lines: how the figures were made, and how far they carry."""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.findings import REST, Standing, Unit
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.typeset import clean, strong, wrap

SPACE = 26.0


class Method(Block):
    """Two columns under a rule: the sample at the left, the statistics at the right."""

    def __init__(self, context: Context) -> None:
        self.title = context.words.gettext("Method and limits")
        room = (look.WIDTH - SPACE) / 2
        self.columns = [
            [line for text in part for line in wrap(text, context.lettering, look.NOTE.size, room)]
            for part in (_sample(context), _statistics(context))
        ]
        self.height = 32 + max(map(len, self.columns)) * look.NOTE.step

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Rule, heading, both columns."""
        x, top, width, _height = frame
        pen.rule(x, top, width)
        pen.text(x, top + 20, self.title, look.H2)
        for i, lines in enumerate(self.columns):
            pen.lines(x + i * (width + SPACE) / 2, top + 29, lines, look.NOTE)


def _sample(context: Context) -> list[str]:
    _, words, found = context.words.gettext, context.words, context.found
    parts = [strong(_("Sample."))]
    answered = words.count(found.responses)
    if found.standing is Standing.HIDDEN:
        parts.append(_("The number of answers is not shown."))
    elif found.population:
        text = words.ngettext(
            "{n} complete answer of a population of {population}.",
            "{n} complete answers of a population of {population}.",
            found.responses,
        )
        parts.append(text.format(n=answered, population=words.count(found.population)))
    else:
        text = words.ngettext(
            "{n} complete answer; the size of the population is not known.",
            "{n} complete answers; the size of the population is not known.",
            found.responses,
        )
        parts.append(text.format(n=answered))
    parts.append(_("Answers are not weighted; those who did not answer may think otherwise."))
    text = _("Questionnaire {name}, version {version}; answers of {days}.")
    parts.append(
        text.format(
            name=clean(context.instrument.title.of(context.language)),
            version=context.findings.instrument_version,
            days=context.fieldwork,
        )
    )
    if context.findings.provenance.sample:
        parts.append(_("The answers are simulated: this report shows no real customers."))
    return [words.sentences(parts)]


def _statistics(context: Context) -> list[str]:
    _, words = context.words.gettext, context.words
    methods: dict[str, list[str]] = {}
    names = {
        Unit.SHARE: _("shares"),
        Unit.POINTS: _("means"),
        Unit.INDEX: _("indices"),
        Unit.NET: _("net promoter score"),
        Unit.WEIGHT: _("weights"),
    }
    for figure in context.found.figures:
        if figure.interval is not None and figure.unit in names:
            what = _("gaps") if figure.key == "gap" else names[figure.unit]
            known = methods.setdefault(what, [])
            name = words.method(figure.interval.method)
            known += [name] if name not in known else []
    parts = [strong(_("Statistics."))]
    if methods:
        text = _("{confidence} intervals: {methods}.")
        listed = _("; ").join(
            _("{what} by {method}").format(what=what, method=words.listing(known))
            for what, known in methods.items()
        )
        parts.append(text.format(confidence=context.confidence, methods=listed))
    parts += _families(context)
    text = _(
        "Fewer than {smallest} answers are not shown; {smallest} to {below} are indicative. "
        "A segment may also be hidden to protect a smaller one."
    )
    findings = context.findings
    parts.append(text.format(smallest=findings.smallest_base, below=findings.indicative_base - 1))
    return [words.sentences(parts)]


def _families(context: Context) -> list[str]:
    """How many comparisons Holm's correction was made over, in time and between segments."""
    words, past, rest = context.words, 0, 0
    for part in context.findings.segments:
        for change in part.changes:
            if change.against == REST:
                rest = max(rest, change.family_size)
            else:
                past = max(past, change.family_size)
    said: list[str] = []
    if past:
        text = words.ngettext(
            "Changes in time: Holm’s correction over {count} comparison.",
            "Changes in time: Holm’s correction over {count} comparisons.",
            past,
        )
        said.append(text.format(count=words.count(past)))
    if rest:
        text = words.ngettext(
            "Segments against all other customers: over {count} comparison.",
            "Segments against all other customers: over {count} comparisons.",
            rest,
        )
        said.append(text.format(count=words.count(rest)))
    return said
