"""The list of things to know: signals as sentences, the most pressing first.

Each kind of signal has its templates, and what fills them is the signal's own evidence. The most
pressing signal of each kind comes first, then the others; nothing is said twice of one subject,
nor again what the headline has said. Room that is left goes to what the answers describe: the most
frequent problem, the highest and the lowest rating.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from instruments.model import Role
from reports.chart_wording import TITLES, latest, said
from reports.compared import earlier
from reports.context import Subject, Tone, tone
from reports.direction import good_way, goodness
from reports.findings import (
    BASELINE,
    Family,
    Figure,
    SegmentFindings,
    Signal,
    SignalKind,
    Sureness,
    Unit,
)
from reports.signals import IN_TIME
from reports.texts import N_
from reports.wording import COMPLAINTS, LEVELS

MOVED = {
    ("rating", True): N_("{name} is rated better than before"),
    ("rating", False): N_("{name} is rated worse than before"),
    ("value", True): N_("{name} rose to {value}"),
    ("value", False): N_("{name} fell to {value}"),
}
"""Of a rating: whether that is good; of any other figure: whether it rose."""

DIFFERS = {
    ("rating", True): N_("{name} is rated better than by others"),
    ("rating", False): N_("{name} is rated worse than by others"),
    ("value", True): N_("{name} is above that of others"),
    ("value", False): N_("{name} is below that of others"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know: its tone, a title and a sentence with its figures."""

    tone: Tone
    title: str
    text: str


def things_to_know(context: Subject, most: int = 4) -> list[Remark]:
    """Up to ``most`` remarks; each rests on one signal or one maximum."""
    signals = [
        signal
        for signal in context.found.signals
        if _looked_at(context, signal) and not _in_the_headline(context, signal)
    ]
    found = [remark(context, signal) for signal in chosen(signals)[:most]]
    more = (_most_frequent_problem(context), _highest_rating(context), _lowest_rating(context))
    found += [item for item in more if item is not None]
    return found[:most]


def chosen(signals: Sequence[Signal]) -> list[Signal]:
    """The first signal of each kind, then the others in their order; one of a subject."""
    kinds: set[SignalKind] = set()
    firsts: list[Signal] = []
    others: list[Signal] = []
    for signal in signals:
        (others if signal.kind in kinds else firsts).append(signal)
        kinds.add(signal.kind)
    by_subject: dict[tuple[str, str], Signal] = {}
    for signal in (*firsts, *others):
        by_subject.setdefault((signal.segment, signal.of or signal.key), signal)
    return list(by_subject.values())


def remark(context: Subject, signal: Signal) -> Remark:
    """A signal in words; blue or orange-red only where it is more than a description."""
    title, text = _SAID[signal.kind](context, signal)
    part = _part(context, signal)
    if part is not context.found or signal.kind is SignalKind.DIFFERS:
        title = context.words.gettext("{segment}: {what}").format(
            segment=context.segment_name(part), what=title
        )
    heard = Tone.GOOD if signal.good else Tone.BAD
    return Remark(Tone.UNCLEAR if signal.sureness is Sureness.DESCRIBED else heard, title, text)


def _looked_at(context: Subject, signal: Signal) -> bool:
    """Whether a change is one of those that the report looks at.

    Those with the period before and the year before are, unless the company chose another one.
    """
    usual = context.family is Family.WAVE_BEFORE
    return signal.kind is not SignalKind.CHANGED or usual or signal.against == earlier(context)


def _in_the_headline(context: Subject, signal: Signal) -> bool:
    """Whether the headline says it: satisfaction, or the leading rate, of this segment.

    What the headline compares is one period; the others have no other place.
    """
    own = signal.segment == context.found.segment and not signal.of
    leading = [
        next((key for key in keys if context.shown(key)), "") for keys in (LEVELS, COMPLAINTS)
    ]
    if not own or signal.kind not in IN_TIME or signal.key not in leading:
        return False
    change = context.change(signal.key)
    return signal.against == BASELINE or change is None or signal.against == change.against


def _part(context: Subject, signal: Signal) -> SegmentFindings:
    if signal.segment == context.found.segment:
        return context.found
    return context.findings.segment(signal.segment)


def _figure(context: Subject, signal: Signal) -> Figure:
    """The figure a signal is about; LookupError where its segment has no such figure."""
    figure = _part(context, signal).figure(signal.key, signal.of)
    if figure is None:
        raise LookupError(f"no figure {signal.key} {signal.of} in segment {signal.segment}")
    return figure


def _name(context: Subject, signal: Signal) -> str:
    """The attribute, else the indicator with a capital."""
    if signal.of:
        return context.attribute_name(signal.of)
    name = context.words.indicator(signal.key)
    return name[0].upper() + name[1:]


Said = tuple[str, str]
"""Title and text."""


def _compared(
    context: Subject, signal: Signal, templates: Mapping[tuple[str, bool], str], against: str
) -> Said:
    _, words, unit = context.words.gettext, context.words, _figure(context, signal).unit
    value = words.value(unit, signal.value)
    rating = signal.key == "attribute_mean"
    template = templates["rating" if rating else "value", signal.good if rating else _up(signal)]
    return (
        _(template).format(name=_name(context, signal), value=value),
        _(against).format(
            change=words.difference(unit, signal.change),
            before=words.wave(signal.against),
            value=value,
        ),
    )


def _up(signal: Signal) -> bool:
    return (signal.change or 0.0) > 0


def _changed(context: Subject, signal: Signal) -> Said:
    text = N_("{change} against {before}, now {value}: a significant change.")
    return _compared(context, signal, MOVED, text)


def _differs(context: Subject, signal: Signal) -> Said:
    text = N_("{value}, a significant difference of {change} from all other customers.")
    return _compared(context, signal, DIFFERS, text)


def _out_of_control(context: Subject, signal: Signal) -> Said:
    chart, words = _part(context, signal).chart(signal.key), context.words
    if chart is None:
        raise LookupError(f"no chart of {signal.key} in segment {signal.segment}")
    title = words.gettext(TITLES[said(chart)]).format(name=words.indicator(signal.key))
    value = words.gettext("Now {value}, usually about {centre}.").format(
        value=words.value(Unit.SHARE, signal.value), centre=words.value(Unit.SHARE, chart.centre)
    )
    return title, words.sentences([latest(context, chart), value])


def _hurts(context: Subject, signal: Signal) -> Said:
    _, words = context.words.gettext, context.words
    name = context.attribute_name(signal.of)
    if signal.key != "gap":
        line = (signal.value or 0.0) - (signal.change or 0.0)
        return (
            _("{name} is important and worse than average").format(name=name),
            _("Mean {value}, {spread}; the mean of all attributes is {line}.").format(
                value=words.value(Unit.POINTS, signal.value),
                spread=context.spread(_figure(context, signal)),
                line=words.value(Unit.POINTS, line),
            ),
        )
    experience = context.shown("attribute_mean", signal.of)
    expected = context.shown("expectation_mean", signal.of)
    gap = words.value(Unit.POINTS, signal.value, signed=True)
    spread = context.spread(_figure(context, signal))
    text = _("The gap is {gap} points; {spread}.").format(gap=gap, spread=spread)
    if experience is not None and expected is not None:
        text = _(
            "The gap is {gap} points: {experience} experienced, {expected} expected; {spread}."
        ).format(
            gap=gap,
            experience=words.value(Unit.POINTS, experience.value),
            expected=words.value(Unit.POINTS, expected.value),
            spread=spread,
        )
    return _("{name} falls short of expectation").format(name=name), text


def _silent(context: Subject, signal: Signal) -> Said:
    _, words = context.words.gettext, context.words
    title = _("Not all who met a problem told the company")
    if signal.customers is not None and round(signal.customers):
        title = words.ngettext(
            "About {count} customer met a problem and did not tell the company",
            "About {count} customers met a problem and did not tell the company",
            round(signal.customers),
        ).format(count=words.count(round(signal.customers)))
    text = _("Of those who met a problem, {share} told the company; {spread}.").format(
        share=words.value(Unit.SHARE, signal.value),
        spread=context.spread(_figure(context, signal)),
    )
    return title, text


def _at_risk(context: Subject, signal: Signal) -> Said:
    _, words = context.words.gettext, context.words
    lost = signal.key == "lost_to_problems"
    title = _("Problems cost customers") if lost else _("Some customers are at risk")
    count = round(signal.customers or 0)
    if count:
        many = words.ngettext(
            "About {count} customer is at risk", "About {count} customers are at risk", count
        )
        if lost:
            many = words.ngettext(
                "Problems cost about {count} customer",
                "Problems cost about {count} customers",
                count,
            )
        title = many.format(count=words.count(count))
    text = _("{share} of the customers; {spread}.").format(
        share=words.value(Unit.SHARE, signal.value),
        spread=context.spread(_figure(context, signal)),
    )
    if signal.cost is not None:
        cost = _("Worth {cost} a year.").format(cost=words.count(round(signal.cost)))
        text = words.sentences([text, cost])
    return title, text


_SAID: Mapping[SignalKind, Callable[[Subject, Signal], Said]] = {
    SignalKind.CHANGED: _changed,
    SignalKind.OUT_OF_CONTROL: _out_of_control,
    SignalKind.HURTS: _hurts,
    SignalKind.DIFFERS: _differs,
    SignalKind.AT_RISK: _at_risk,
    SignalKind.SILENT: _silent,
}


def _most_frequent_problem(context: Subject) -> Remark | None:
    _, words = context.words.gettext, context.words
    kinds = _named_kinds(context) or context.each("problem_attribute")
    top = max(kinds, key=lambda f: f.value or 0.0, default=None)
    if top is None or not top.value:
        return None
    if top.key == "problem_kind":
        name = context.option_name(Role.PROBLEM_KIND, top.of)
    else:
        name = context.attribute_name(top.of)
    text = _("Named by {share} of those who met a problem (n = {n}); {spread}.").format(
        share=words.value(Unit.SHARE, top.value),
        n=words.count(top.n),
        spread=context.spread(top),
    )
    return Remark(Tone.UNCLEAR, _("Most frequent problem: {name}").format(name=name), text)


def _named_kinds(context: Subject) -> tuple[Figure, ...]:
    """The kinds of problems, without the one for whatever the others do not name."""
    question = context.instrument.first(Role.PROBLEM_KIND)
    others = {str(point.code) for point in question.points if point.other} if question else set()
    return tuple(kind for kind in context.each("problem_kind") if kind.of not in others)


def _highest_rating(context: Subject) -> Remark | None:
    best = max(context.each("attribute_mean"), key=goodness, default=None)
    return _rating(context, best, context.words.gettext("{name} is rated highest"))


def _lowest_rating(context: Subject) -> Remark | None:
    ratings = context.each("attribute_mean")
    worst = min(ratings, key=goodness, default=None) if len(ratings) > 1 else None
    return _rating(context, worst, context.words.gettext("{name} is rated lowest"))


def _rating(context: Subject, figure: Figure | None, title: str) -> Remark | None:
    """Good or bad where the interval leaves out the mean of all attributes."""
    if figure is None:
        return None
    _, words = context.words.gettext, context.words
    text = _("Mean {value}; {spread}.").format(
        value=words.value(Unit.POINTS, figure.value), spread=context.spread(figure)
    )
    heard = Tone.UNCLEAR
    if figure.interval is not None:
        middle = context.shown("experience_line")
        if middle is not None and middle.value is not None:
            above, below = figure.interval.low > middle.value, figure.interval.high < middle.value
            heard = tone((above - below) * good_way(figure))
    return Remark(heard, title.format(name=context.attribute_name(figure.of)), text)
