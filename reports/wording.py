"""Which sentence may be said: headlines that follow from tests, never from taste.

"Rose" and "fell" are said of significant changes (after Holm's correction) only, "usual range"
where a control chart judges, "short of expectation" where the interval of the gap leaves zero
out, "below average" where the interval of the experience does. Everything else is a level, or "no
clear change", with the change that would have been noticed. The list of things to know is in
:mod:`reports.remarks`.
"""

from __future__ import annotations

from reports.chart_wording import said, spoken
from reports.charts import RATES, alarms
from reports.compared import against
from reports.context import Subject, Tone, tone, tone_of, tone_of_gap
from reports.direction import good_way, goodness
from reports.findings import Change, Family, Figure
from reports.quadrants import Quadrant, place
from reports.texts import N_
from reports.typeset import strong

LEVELS = ("satisfaction_index", "acsi_index", "overall_top2", "overall_mean")
COMPLAINTS = RATES
HANDLING = ("solved_rate",)
"""What a report leads with whose questionnaire asks complainers alone."""

SUBJECTS = {
    "level": N_("satisfaction"),
    "complaint_rate": N_("the complaint rate"),
    "voiced_rate": N_("the voiced rate"),
    "problem_rate": N_("the problem rate"),
    "solved_rate": N_("the share of problems solved"),
}
CLAUSES = {
    "rose": N_("{subject} rose to {value}"),
    "fell": N_("{subject} fell to {value}"),
    "same": N_("{subject} shows no clear change at {value}"),
    "is": N_("{subject} stands at {value}"),
    "usual": N_("{subject} is within its usual range at {value}"),
    "above": N_("{subject} is above its usual range at {value}"),
    "below": N_("{subject} is below its usual range at {value}"),
    "stays_above": N_("{subject} stays above its usual level at {value}"),
    "stays_below": N_("{subject} stays below its usual level at {value}"),
    "more": N_("{subject} is above that of all other customers at {value}"),
    "less": N_("{subject} is below that of all other customers at {value}"),
    "alike": N_("{subject} is not clearly different from all other customers at {value}"),
}
"""What may be said of a figure: moved (tested), not clearly, not compared; by its chart; or, where
it is compared with the rest, different (tested) or not clearly."""

APART = {"rose": "more", "fell": "less", "same": "alike"}
"""What is said of a difference from the rest, in place of a movement."""


def movement(change: Change | None) -> str:
    """``rose`` or ``fell`` (significant), ``same`` (tested, not clear), ``is`` (not tested)."""
    if change is None or change.value is None or change.p_adjusted is None or change.charted:
        return "is"
    if not change.significant:
        return "same"
    return "rose" if change.value > 0 else "fell"


def headline(context: Subject) -> str:
    """The report in one sentence: satisfaction, then complaints; else how these were solved."""
    _ = context.words.gettext
    level = next((f for key in LEVELS if (f := context.shown(key))), None)
    rates = COMPLAINTS if level is not None else COMPLAINTS + HANDLING
    complaints = next((f for key in rates if (f := context.shown(key))), None)
    stated = [(what, f) for what, f in (("level", level), ("rate", complaints)) if f is not None]
    if not stated:
        return _("Too few answers for a headline figure")
    facts = [_statement(context, figure) for _what, figure in stated]
    clauses = [
        _clause(context, what, f, fact) for (what, f), fact in zip(stated, facts, strict=True)
    ]
    sentence = clauses[0]
    if facts == ["same", "same"]:
        still = [_clause(context, what, figure, "is") for what, figure in stated]
        sentence = _("no clear change: {one}; {other}").format(one=still[0], other=still[1])
    elif len(clauses) > 1:
        tones = {judged_tone(context, f) for _what, f in stated}
        join = _("{one}, but {other}") if tones == {Tone.GOOD, Tone.BAD} else _("{one}; {other}")
        sentence = join.format(one=clauses[0], other=clauses[1])
    if context.family in (Family.YEAR_BEFORE, Family.REFERENCE) and {*facts} & APART.keys():
        text = _("{sentence}, compared with {before}")
        sentence = text.format(sentence=sentence, before=against(context))
    return sentence[0].upper() + sentence[1:]


def _statement(context: Subject, figure: Figure) -> str:
    """The key of :data:`CLAUSES`: what its chart has to say, else how it moved."""
    chart = context.judge(figure.key)
    if chart is None:
        change = context.change(figure.key)
        found = movement(change)
        return APART.get(found, found) if context.family is Family.REST else found
    return spoken(alarms(chart)) or ("is" if said(chart) else "usual")


def _clause(context: Subject, what: str, figure: Figure, fact: str) -> str:
    _ = context.words.gettext
    name = what if what == "level" else figure.key
    subject = _(SUBJECTS[name])
    value = context.words.value(figure.unit, figure.value)
    return _(CLAUSES[fact]).format(subject=subject, value=value)


def judged_tone(context: Subject, figure: Figure) -> Tone:
    """Good or bad as its control chart says, where it has one; else as its change was tested."""
    chart = context.judge(figure.key)
    if chart is None:
        return tone_of(context.change(figure.key))
    way = {"above": 1, "below": -1}.get(said(chart).removeprefix("stays_"), 0)
    return tone(way * good_way(figure))


def noticeable(context: Subject, figure: Figure) -> str:
    """The smallest change that would have been noticed, where none was clear; else empty.

    Left out where it is more than the figure has room for.
    """
    change = context.change(figure.key, figure.of)
    if change is None or change.detectable is None or movement(change) != "same":
        return ""
    if figure.scale and change.detectable > figure.scale[-1] - figure.scale[0]:
        return ""
    return context.words.difference(figure.unit, change.detectable).removeprefix("+")


def support(context: Subject) -> str:
    """The sentence below the headline: where to act, or that nothing stands out."""
    words = context.words
    _ = words.gettext
    quadrants = place(context.found)
    weak = quadrants.in_quadrant(Quadrant.ACT_FIRST) if quadrants else ()
    if weak:
        names = words.listing([strong(context.attribute_name(i.attribute)) for i in weak[:3]])
        return words.ngettext(
            "{names} is important to customers and experienced clearly below average.",
            "{names} are important to customers and experienced clearly below average.",
            len(weak[:3]),
        ).format(names=names)
    short = shortfalls(context)
    if short:
        names = words.listing([strong(context.attribute_name(g.of)) for g in short[:2]])
        return _("Experience falls furthest short of expectation in {names}.").format(names=names)
    if context.each("gap"):
        return _("No attribute is clearly short of expectation.")
    if quadrants:
        return _("No important attribute is clearly below average.")
    lowest = min(context.each("attribute_mean"), key=goodness, default=None)
    if lowest is not None:
        return _("The lowest rated attribute is {name}, at {value}.").format(
            name=strong(context.attribute_name(lowest.of)),
            value=words.value(lowest.unit, lowest.value),
        )
    return ""


def shortfalls(context: Subject) -> tuple[Figure, ...]:
    """Gaps that are clearly negative, the widest first."""
    clear = (gap for gap in context.each("gap") if tone_of_gap(gap) is Tone.BAD)
    return tuple(sorted(clear, key=lambda gap: (goodness(gap), gap.of)))
