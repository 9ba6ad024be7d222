"""By which rules the figures were made: limits, what the indicators count, and the weighting."""

from __future__ import annotations

from collections.abc import Iterator

from reports.annex.cells import PERCENT, RATIO, Cell, Number, number
from reports.annex.rows import Part
from reports.chart_wording import FOUND
from reports.context import Subject
from reports.defining import points_counted
from reports.findings import Reason
from reports.pdf.weighting import weighting
from reports.settings import Definitions, Lost
from reports.statistics.control_charts.rules import Rule
from reports.texts import N_

RULES = (N_("Part"), N_("What"), N_("Value"), N_("Field of findings.json"))

POINTS = {
    "speaks_well": N_("Best points of a scale that are speaking well"),
    "wants_more": N_("Best points of a scale that are wanting to buy more"),
    "comes_back": N_("Best points of a scale that are coming back"),
    "secure": N_("Best points of a secure customer"),
    "favourable": N_("Best points of a favourable customer"),
    "at_risk": N_("Worst points that put a customer at risk"),
    "satisfied": N_("Best points that are satisfied"),
    "loyal": N_("Best points that are loyal"),
    "silent_per_voiced": N_("Silent customers for each who told, by a rule of thumb"),
    "return_months": N_("Months within which customers usually buy again"),
    "retention_months": N_("Months without a purchase after which a customer is lost"),
    "customer_value": N_("What a customer is worth in a year"),
}
SHARES = {
    "ceiling": N_("Part of the scale that leaves no room above expectation"),
    "least_explained": N_("Least R² from which on drivers are shared out"),
}
LOST = {
    "silent": N_("Lost of those who told nobody at the company"),
    "content": N_("Lost of those who were content with the handling"),
    "middling": N_("Lost of those in the middle"),
    "discontent": N_("Lost of those who were discontent"),
}
SENTENCE = RULES.index(N_("Value"))


def rules(whole: Part) -> Iterator[list[Cell]]:
    """A row a rule; ``whole`` is the segment of all customers."""
    findings, _ = whole.subject.findings, whole.names.gettext
    limits = _("Limits")
    yield [limits, _("Confidence"), Number(findings.confidence, PERCENT), "confidence"]
    yield [limits, _("Smallest base"), Number(findings.smallest_base), "smallest_base"]
    text = _("Base below which a figure is indicative")
    yield [limits, text, Number(findings.indicative_base), "indicative_base"]
    looked = [_(FOUND[Rule(rule)]) for rule in findings.chart_rules]
    said = whole.subject.words.choice(looked)
    yield [limits, _("Signals on a control chart"), said, "chart_rules"]
    yield from _definitions(whole, findings.definitions)
    yield from _weighting(whole)


def _definitions(whole: Part, own: Definitions) -> Iterator[list[Cell]]:
    names, words = whole.names, whole.subject.words
    _, part = names.gettext, names.gettext("Definitions")
    for name, text in POINTS.items():
        value = getattr(own, name)
        shown = number(value) if value is not None else _("not known")
        yield [part, _(text), shown, f"definitions.{name}"]
    for name, text in SHARES.items():
        yield [part, _(text), Number(getattr(own, name), RATIO), f"definitions.{name}"]
    returning = words.choice([names.indicator(key) for key in own.return_parts])
    yield [part, _("What counts as returning"), returning, "definitions.return_parts"]
    text = _("Complaining to others counts as complaining")
    yield [part, text, names.yes(own.complaint_to_others), "definitions.complaint_to_others"]
    yield from _lost(whole, own.lost)
    keys = frozenset(figure.key for figure in whole.subject.found.figures)
    for sentence in points_counted(words, own, whole.subject.instrument, keys):
        yield [part, _("In words"), sentence, None]


def _lost(whole: Part, lost: Lost | None) -> Iterator[list[Cell]]:
    _ = whole.names.gettext
    if lost is None:
        text = _("Customers that problems cost")
        yield [_("Definitions"), text, _("measured, not stated"), "definitions.lost"]
        return
    for name, text in LOST.items():
        shown = Number(getattr(lost, name), PERCENT)
        yield [_("Definitions"), _(text), shown, f"definitions.lost.{name}"]


def _weighting(whole: Part) -> Iterator[list[Cell]]:
    told, names, subject = whole.subject.findings.weighting, whole.names, whole.subject
    _, part = names.gettext, names.gettext("Weighting")
    for sentence in weighting(subject):
        yield [part, _("In words"), sentence, None]
    yield [part, _("Method"), told.method, "weighting.method"]
    rows: list[tuple[str, Cell, str]] = [
        (_("Design effect"), number(told.effect, RATIO), "effect"),
        (_("Rounds of raking"), number(told.rounds), "rounds"),
        (_("Largest relative error left"), number(told.error, "0.0000%"), "error"),
        (_("Fields weighted by"), subject.words.listing(told.fields), "fields"),
        (_("Taken together"), _groups(subject), "together"),
        (_("Weights cut to their limits"), names.yes(told.trimmed), "trimmed"),
    ]
    if told.reason is not None:
        rows.append((_("Why not weighted"), names.reason(Reason(told.reason)), "reason"))
    for name, cell, field in rows:
        if cell not in (None, ""):
            yield [part, name, cell, f"weighting.{field}"]


def _groups(subject: Subject) -> str:
    groups = subject.findings.weighting.together
    return subject.words.gettext("; ").join(subject.words.listing(group) for group in groups)
