"""Which sentence may be said: headlines and remarks that follow from tests, never from taste.

"Rose" and "fell" are said of significant changes (after Holm's correction) only, "short of
expectation" where the interval of the gap leaves zero out, "below average" where the interval
of the experience does. Everything else is a level, or "no clear change".
"""

from __future__ import annotations

from dataclasses import dataclass

from instruments.model import Role
from reports.context import Context, Tone, tone_of, tone_of_gap
from reports.findings import ALL, Change, Figure, Standing, Unit
from reports.quadrants import Quadrant, place
from reports.texts import N_
from reports.typeset import strong

LEVELS = ("satisfaction_index", "acsi_index", "overall_top2", "overall_mean")
COMPLAINTS = ("complaint_rate", "voiced_rate", "problem_rate")

CLAUSES = {
    ("level", "rose"): N_("satisfaction rose to {value}"),
    ("level", "fell"): N_("satisfaction fell to {value}"),
    ("level", "same"): N_("satisfaction shows no clear change at {value}"),
    ("level", "is"): N_("satisfaction stands at {value}"),
    ("complaint_rate", "rose"): N_("the complaint rate rose to {value}"),
    ("complaint_rate", "fell"): N_("the complaint rate fell to {value}"),
    ("complaint_rate", "same"): N_("the complaint rate shows no clear change at {value}"),
    ("complaint_rate", "is"): N_("the complaint rate is {value}"),
    ("voiced_rate", "rose"): N_("the voiced rate rose to {value}"),
    ("voiced_rate", "fell"): N_("the voiced rate fell to {value}"),
    ("voiced_rate", "same"): N_("the voiced rate shows no clear change at {value}"),
    ("voiced_rate", "is"): N_("the voiced rate is {value}"),
    ("problem_rate", "rose"): N_("the problem rate rose to {value}"),
    ("problem_rate", "fell"): N_("the problem rate fell to {value}"),
    ("problem_rate", "same"): N_("the problem rate shows no clear change at {value}"),
    ("problem_rate", "is"): N_("the problem rate is {value}"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know: its tone, a title and a sentence with its figures."""

    tone: Tone
    title: str
    text: str


def movement(change: Change | None) -> str:
    """``rose`` or ``fell`` (significant), ``same`` (tested, not clear), ``is`` (not compared)."""
    if change is None or change.value is None or change.p is None:
        return "is"
    if not change.significant:
        return "same"
    return "rose" if change.value > 0 else "fell"


def headline(context: Context) -> str:
    """The report in one sentence: satisfaction, then complaints."""
    _ = context.words.gettext
    level = next((f for key in LEVELS if (f := context.shown(key))), None)
    complaints = next((f for key in COMPLAINTS if (f := context.shown(key))), None)
    parts = [_clause(context, "level", level)] if level else []
    parts += [_clause(context, complaints.key, complaints)] if complaints else []
    if not parts:
        return _("Too few answers for a headline figure")
    sentence = parts[0]
    said = {movement(context.found.change(f.key)) for f in (level, complaints) if f}
    if level and complaints and said == {"same"}:
        sentence = _("no clear change: {one}; {other}").format(
            one=_clause(context, "level", level, "is"),
            other=_clause(context, complaints.key, complaints, "is"),
        )
    elif level and complaints:
        tones = {tone_of(context.found.change(f.key)) for f in (level, complaints)}
        join = _("{one}, but {other}") if tones == {Tone.GOOD, Tone.BAD} else _("{one}; {other}")
        sentence = join.format(one=parts[0], other=parts[1])
    return sentence[0].upper() + sentence[1:]


def _clause(context: Context, what: str, figure: Figure, said: str = "") -> str:
    said = said or movement(context.found.change(figure.key))
    value = context.words.value(figure.unit, figure.value)
    return context.words.gettext(CLAUSES[what, said]).format(value=value)


def support(context: Context) -> str:
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
    lowest = min(context.each("attribute_mean"), key=lambda f: f.value or 0.0, default=None)
    if lowest is not None:
        return _("The lowest rated attribute is {name}, at {value}.").format(
            name=strong(context.attribute_name(lowest.of)),
            value=words.value(lowest.unit, lowest.value),
        )
    return ""


def shortfalls(context: Context) -> tuple[Figure, ...]:
    """Gaps that are clearly negative, the widest first."""
    clear = (gap for gap in context.each("gap") if tone_of_gap(gap) is Tone.BAD)
    return tuple(sorted(clear, key=lambda gap: (gap.value or 0.0, gap.of)))


def things_to_know(context: Context, most: int = 4) -> list[Remark]:
    """Up to ``most`` remarks, the most pressing first; each rests on one test or one maximum."""
    found = [
        _attribute_change(context, Tone.BAD),
        _widest_gap(context),
        _segment_difference(context),
        _most_frequent_problem(context),
        _attribute_change(context, Tone.GOOD),
        _highest_rating(context),
        _lowest_rating(context),
    ]
    return [remark for remark in found if remark is not None][:most]


def _attribute_change(context: Context, tone: Tone) -> Remark | None:
    _, words = context.words.gettext, context.words
    moved = [c for c in context.found.changes if c.key == "attribute_mean"]
    moved = [c for c in moved if c is context.found.change(c.key, c.of) and tone_of(c) is tone]
    if not moved:
        return None
    change = max(moved, key=lambda c: abs(c.value or 0.0))
    now = context.shown("attribute_mean", change.of)
    if now is None:
        return None
    title = _("{name} is rated lower") if tone is Tone.BAD else _("{name} is rated higher")
    text = _("{change} against {before}, now {value}: a significant change.")
    return Remark(
        tone,
        title.format(name=context.attribute_name(change.of)),
        text.format(
            change=words.difference(Unit.POINTS, change.value),
            before=words.wave(change.against),
            value=words.value(Unit.POINTS, now.value),
        ),
    )


def _widest_gap(context: Context) -> Remark | None:
    _, words = context.words.gettext, context.words
    short = shortfalls(context)
    if not short:
        return None
    gap = short[0]
    experience = context.shown("attribute_mean", gap.of)
    expected = context.shown("expectation_mean", gap.of)
    text = _("The gap is {gap} points.")
    if experience is not None and expected is not None:
        text = _("The gap is {gap} points: {experience} experienced, {expected} expected.")
        text = text.format(
            gap="{gap}",
            experience=words.value(Unit.POINTS, experience.value),
            expected=words.value(Unit.POINTS, expected.value),
        )
    return Remark(
        Tone.BAD,
        _("{name} falls furthest short of expectation").format(name=context.attribute_name(gap.of)),
        text.format(gap=words.value(Unit.POINTS, gap.value, signed=True)),
    )


def _segment_difference(context: Context) -> Remark | None:
    """The widest significant difference between a segment and all the others."""
    _, words = context.words.gettext, context.words
    own = context.found.segment != ALL
    seen = (context.found,) if own else context.parts
    clear = [
        (change, part)
        for part in seen
        if part.standing is not Standing.HIDDEN
        for change in (part.from_rest("attribute_mean", f.of) for f in part.about("attribute_mean"))
        if change is not None and tone_of(change) is not Tone.UNCLEAR
    ]
    if not clear:
        return None
    change, part = max(clear, key=lambda pair: abs(pair[0].value or 0.0))
    tone = tone_of(change)
    title = _("{segment}: {name} is rated lower")
    if tone is Tone.GOOD:
        title = _("{segment}: {name} is rated higher")
    text = _("Mean {value}, a difference of {difference} from all other customers.")
    mean = part.figure("attribute_mean", change.of)
    return Remark(
        tone,
        title.format(segment=context.segment_name(part), name=context.attribute_name(change.of)),
        text.format(
            value=words.value(Unit.POINTS, mean.value if mean else None),
            difference=words.difference(Unit.POINTS, change.value),
        ),
    )


def _most_frequent_problem(context: Context) -> Remark | None:
    _, words = context.words.gettext, context.words
    kinds = context.each("problem_kind") or context.each("problem_attribute")
    top = max(kinds, key=lambda f: f.value or 0.0, default=None)
    if top is None or not top.value:
        return None
    if top.key == "problem_kind":
        name = context.option_name(Role.PROBLEM_KIND, top.of)
    else:
        name = context.attribute_name(top.of)
    text = _("Named by {share} of those who met a problem (n = {n}).")
    return Remark(
        Tone.UNCLEAR,
        _("Most frequent problem: {name}").format(name=name),
        text.format(share=words.value(Unit.SHARE, top.value), n=words.count(top.n)),
    )


def _highest_rating(context: Context) -> Remark | None:
    best = max(context.each("attribute_mean"), key=lambda f: f.value or 0.0, default=None)
    return _rating(context, best, context.words.gettext("{name} is rated highest"))


def _lowest_rating(context: Context) -> Remark | None:
    ratings = context.each("attribute_mean")
    worst = min(ratings, key=lambda f: f.value or 0.0, default=None) if len(ratings) > 1 else None
    return _rating(context, worst, context.words.gettext("{name} is rated lowest"))


def _rating(context: Context, figure: Figure | None, title: str) -> Remark | None:
    """Good or bad where the interval leaves out the mean of all attributes."""
    if figure is None:
        return None
    _, words = context.words.gettext, context.words
    text = _("Mean {value}.").format(value=words.value(Unit.POINTS, figure.value))
    tone = Tone.UNCLEAR
    if figure.interval is not None:
        middle = context.shown("experience_line")
        if middle is not None and middle.value is not None:
            above, below = figure.interval.low > middle.value, figure.interval.high < middle.value
            tone = Tone.GOOD if above else Tone.BAD if below else Tone.UNCLEAR
        text = _("Mean {value}, {confidence} interval {interval}.").format(
            value=words.value(Unit.POINTS, figure.value),
            confidence=context.confidence,
            interval=words.interval(Unit.POINTS, figure.interval),
        )
    return Remark(tone, title.format(name=context.attribute_name(figure.of)), text)
