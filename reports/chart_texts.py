"""What does a chart show? In words, for those who do not see it.

A screen reader reads these in place of the chart: first the finding, then every value that is
drawn, with its interval; of a course over time its ends, its lowest and its highest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.chart_wording import limits, unit_of
from reports.charted import ControlChart
from reports.context import Subject
from reports.findings import Figure, TrendPoint, Unit
from reports.quadrants import Placed, Quadrant, Quadrants
from reports.texts import N_, Words

PLACES = {
    Quadrant.ACT_FIRST: N_("act first"),
    Quadrant.KEEP_UP: N_("keep up"),
    Quadrant.LOW_PRIORITY: N_("low priority"),
    Quadrant.POSSIBLY_TOO_MUCH: N_("possibly too much"),
    Quadrant.UNCLEAR: N_("the interval crosses the mean"),
}


def course(subject: Subject, name: str, points: Sequence[TrendPoint]) -> str:
    """A line over time: first and last value, lowest and highest, and when."""
    known = [(p.figure.value, p.wave, p.figure.unit) for p in points if p.figure.value is not None]
    return _course(subject.words, name, known)


def control(subject: Subject, finding: str, chart: ControlChart) -> str:
    """A control chart: its finding, the course of the rate, and its centre and limits."""
    words, unit = subject.words, unit_of(chart)
    known = [(p.value, p.wave, unit) for p in chart.points if p.value is not None]
    told = [_course(words, words.indicator(chart.key), known), limits(subject, chart)]
    last = next((p for p in reversed(chart.points) if p.upper is not None), None)
    if last is not None:
        text = words.gettext("Limits of {period}: {low} to {high}.")
        low, high = (words.value(unit, limit) for limit in (last.lower, last.upper))
        told.append(text.format(period=words.wave(last.wave), low=low, high=high))
    return found(words, finding, words.sentences(told))


def rated(subject: Subject, finding: str, rows: Iterable[tuple[str, Figure]]) -> str:
    """Bars: name, value and interval of each."""
    text = subject.words.gettext("{name} {value} ({interval})")
    return _list(
        subject.words,
        finding,
        (
            text.format(
                name=name,
                value=subject.words.value(figure.unit, figure.value),
                interval=subject.ends(figure),
            )
            if figure.value is not None
            else f"{name} {subject.ends(figure)}"
            for name, figure in rows
        ),
    )


def added_up(
    subject: Subject, finding: str, kinds: Iterable[tuple[str, Figure, Figure | None]]
) -> str:
    """Bars by size with their running part: both of each, in order."""
    words = subject.words
    text = words.gettext("{name} {value}, running share {running}")
    return _list(
        words,
        finding,
        (
            text.format(
                name=name,
                value=words.value(figure.unit, figure.value),
                running=words.value(Unit.SHARE, running.value if running else None),
            )
            for name, figure, running in kinds
        ),
    )


def answered(words: Words, finding: str, names: Sequence[str], shares: Sequence[float]) -> str:
    """How answers spread, from worst to best: the share of each."""
    return _list(words, finding, [_shares(words, names, shares)])


def spreads(
    words: Words, finding: str, names: Sequence[str], rows: Iterable[tuple[str, Sequence[float]]]
) -> str:
    """The same for several questions that are answered alike."""
    text = words.gettext("{name}: {shares}")
    return _list(
        words,
        finding,
        (text.format(name=name, shares=_shares(words, names, shares)) for name, shares in rows),
    )


def expected(subject: Subject, finding: str, gaps: Iterable[Figure]) -> str:
    """Expectation, experience and gap of each attribute, the gap with its interval."""
    words = subject.words
    text = words.gettext("{name}: expected {expected}, experienced {mean}, gap {gap} ({interval})")

    def mean(key: str, attribute: str) -> str:
        figure = subject.shown(key, attribute)
        return words.value(Unit.POINTS, figure.value if figure else None)

    return _list(
        words,
        finding,
        (
            text.format(
                name=subject.attribute_name(gap.of),
                expected=mean("expectation_mean", gap.of),
                mean=mean("attribute_mean", gap.of),
                gap=words.value(Unit.POINTS, gap.value, signed=True),
                interval=subject.ends(gap),
            )
            for gap in gaps
        ),
    )


def placed(subject: Subject, finding: str, quadrants: Quadrants) -> str:
    """Importance and experience of each attribute and where it lies, the most important first."""
    _, words = subject.words.gettext, subject.words
    text = _("{name}: importance {weight}, experience {mean} ({interval}), {place}")

    def told(item: Placed) -> str:
        return text.format(
            name=subject.attribute_name(item.attribute),
            weight=words.value(Unit.WEIGHT, item.importance),
            mean=words.value(Unit.POINTS, item.mean),
            interval=subject.ends(item.experience),
            place=_(PLACES[item.quadrant]),
        )

    items = sorted(quadrants.items, key=lambda item: (-item.importance, item.attribute))
    return _list(words, finding, map(told, items))


def found(words: Words, finding: str, told: str) -> str:
    """The finding, and what it rests on."""
    return words.sentences([words.gettext("{finding}.").format(finding=finding), told])


def _shares(words: Words, names: Sequence[str], shares: Sequence[float]) -> str:
    return words.gettext(", ").join(
        f"{name} {words.value(Unit.SHARE, share)}"
        for name, share in zip(names, shares, strict=True)
    )


def _course(words: Words, name: str, known: Sequence[tuple[float, str, Unit]]) -> str:
    if not known:
        return name
    ends = (known[0], known[-1], min(known), max(known))
    first, last, low, high = (
        words.gettext("{value} ({period})").format(
            value=words.value(unit, value), period=words.wave(wave)
        )
        for value, wave, unit in ends
    )
    text = words.ngettext(
        "{name}, {count} period: {first}.",
        "{name}, {count} periods: from {first} to {last}; lowest {low}, highest {high}.",
        len(known),
    )
    count = words.count(len(known))
    return text.format(name=name, count=count, first=first, last=last, low=low, high=high)


def _list(words: Words, finding: str, items: Iterable[str]) -> str:
    text = words.gettext("{items}.").format(items=words.gettext("; ").join(items))
    return found(words, finding, text)
