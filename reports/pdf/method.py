"""How the figures were made, and how far they carry."""

from __future__ import annotations

from reports import look
from reports.annex.naming import FAMILIES
from reports.context import Context
from reports.defining import otherwise, points_counted
from reports.findings import Family, Standing, Unit
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.pdf.reliability import reliability
from reports.pdf.weighting import weighting
from reports.typeset import clean, strong, wrap

SPACE = 26.0

PLAIN = {
    "wilson_finite": "wilson",
    "t_finite": "t",
    "bounded_finite": "bounded",
    "adjusted_wald_finite": "adjusted_wald",
}
"""Methods of a known number of customers → the name they share; one sentence says the rest."""


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
        with pen.tagged("H2"):
            pen.text(x, top + 20, self.title, look.H2)
        for i, lines in enumerate(self.columns):
            with pen.tagged("P"):
                pen.lines(x + i * (width + SPACE) / 2, top + 29, lines, look.NOTE)


def _sample(context: Context) -> list[str]:
    _, words = context.words.gettext, context.words
    parts = [strong(_("Sample.")), _who_answered(context)]
    parts += weighting(context)
    parts.append(_("Those who did not answer may think otherwise."))
    text = _("Questionnaire {name}, version {version}; answers of {days}.")
    parts.append(
        text.format(
            name=clean(context.instrument.title.of(context.language)),
            version=context.findings.instrument_version,
            days=context.fieldwork,
        )
    )
    keys = frozenset(figure.key for figure in context.found.figures)
    parts += points_counted(words, context.findings.definitions, context.instrument, keys)
    text = _(
        "Fewer than {smallest} answers are not shown; {smallest} to {below} are indicative. "
        "A segment may also be hidden to protect a smaller one."
    )
    findings = context.findings
    parts.append(text.format(smallest=findings.smallest_base, below=findings.indicative_base - 1))
    if context.findings.provenance.sample:
        parts.append(_("The answers are simulated: this report shows no real customers."))
    return [words.sentences(parts)]


def _who_answered(context: Context) -> str:
    """How many of whom, as far as that may be told."""
    _, words, found = context.words.gettext, context.words, context.found
    answered = words.count(found.responses)
    if found.standing is Standing.HIDDEN:
        return _("The number of answers is not shown.")
    if found.population and context.several_times:
        text = words.ngettext(
            "{n} complete answer. The customers, {customers} on average, count once for each time "
            "they could answer: {population}.",
            "{n} complete answers. The customers, {customers} on average, count once for each time "
            "they could answer: {population}.",
            found.responses,
        )
        customers, population = words.count(found.customers or 0), words.count(found.population)
        return text.format(n=answered, customers=customers, population=population)
    if found.population:
        text = words.ngettext(
            "{n} complete answer of a population of {population}.",
            "{n} complete answers of a population of {population}.",
            found.responses,
        )
        return text.format(n=answered, population=words.count(found.population))
    text = words.ngettext(
        "{n} complete answer; the size of the population is not known.",
        "{n} complete answers; the size of the population is not known.",
        found.responses,
    )
    return text.format(n=answered)


def _statistics(context: Context) -> list[str]:
    _, words = context.words.gettext, context.words
    methods: dict[str, list[str]] = {}
    names = {
        Unit.SHARE: _("shares"),
        Unit.POINTS: _("means"),
        Unit.INDEX: _("indices"),
        Unit.NET: _("net promoter score"),
        Unit.WEIGHT: _("weights"),
        Unit.RATE: _("rates"),
        Unit.DAYS: _("days"),
    }
    for figure in context.found.figures:
        if figure.interval is not None and figure.unit in names:
            what = _("gaps") if figure.key.startswith("gap") else names[figure.unit]
            known = methods.setdefault(what, [])
            method = figure.interval.method
            name = words.method(PLAIN.get(method, method))
            known += [name] if name not in known else []
    parts = [strong(_("Statistics."))]
    if methods:
        text = _("{confidence} intervals: {methods}.")
        alike: dict[tuple[str, ...], list[str]] = {}
        for what, known in methods.items():
            alike.setdefault(tuple(known), []).append(what)
        listed = _("; ").join(
            _("{what} by {method}").format(what=words.listing(what), method=words.listing(known))
            for known, what in alike.items()
        )
        parts.append(text.format(confidence=context.confidence, methods=listed))
    if any(f.certain is not None or f.weighted for f in context.found.figures):
        parts.append(
            _(
                "Intervals describe these customers, whose number is known; changes and control "
                "charts look at the process behind the answers."
            )
        )
    parts += reliability(context)
    parts += _families(context)
    keys = frozenset(figure.key for figure in context.found.figures)
    parts += otherwise(words, context.findings.definitions, keys)
    return [words.sentences(parts)]


def _families(context: Context) -> list[str]:
    """What was compared, and how many comparisons were corrected together."""
    _, words = context.words.gettext, context.words
    tested = [c for part in context.findings.segments for c in part.changes if c.family_size]
    if not tested:
        return []
    families = {change.family for change in tested}
    names = [_(FAMILIES[family]) for family in Family if family in families]
    size = max(change.family_size for change in tested)
    text = words.ngettext(
        "{count} comparison: {families}.",
        "{count} comparisons in one family, Holm’s correction: {families}.",
        size,
    )
    said = [text.format(families=_("; ").join(names), count=words.count(size))]
    if any(change.charted for change in tested):
        risk = _(
            "A rate with a control chart is judged by it alone; tests and charts together raise a "
            "false alarm in at most {risk} of the reports in which nothing changed."
        )
        said.append(risk.format(risk=words.percent(1 - context.findings.confidence)))
    return said
