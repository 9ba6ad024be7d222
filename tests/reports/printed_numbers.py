"""The numbers a report prints, and which of them findings.json holds.

A number counts as found when it is written as reports write a number of findings.json: in its unit,
rounded, with its sign or without. What is no figure is taken out before: pages, days, periods,
names, and the few numbers of :data:`NO_FIGURES`; marks of axes are taken as they were drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from instruments.model import Instrument
from reports.charts import RATES
from reports.findings import (
    Change,
    Figure,
    Findings,
    Interval,
    SegmentFindings,
    Signal,
    Unit,
)
from reports.indicators.booked import MOVES
from reports.pdf.summary import GROUPS
from reports.texts import Words, month_of
from reports.typeset import clean
from reports.wording import LEVELS

TOKEN = re.compile(r"[+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")

NO_FIGURES = (
    "# / #",  # page of pages
    *("top-#-box", "bottom-#-box", "前#档", "后#档", "最高#档", "最低#档"),  # what a name says
    *("9–10", "0–6", "7–8"),  # the answers of promoters, detractors and passives
    *("(9 or 10 of 10)", "(0 to 6)", "9至10分", "0至6分"),  # the same in words
    *("of 100", "满分100"),  # the scale of an index
    *("to 100 (all", "100表示", "−100 to +100", "−100至+100"),  # the same, and that of a net score
    *("per 100", "each 100", "每100次"),  # what a rate is shown for
    *("#σ", "# sigma"),  # the limits of control charts
    *("0 (not at all) to 1", "0为全无，1为完全一致", "about 0.7", "约0.7"),  # of a coefficient
    *("version #", "版本#", "第#版"),  # of the questionnaire
    *("# to # are indicative", "#至#份仅供参考"),  # the smallest base, and one less than another
)
"""Numbers that are no figures, in either language; ``#`` stands for a number."""

COUNTED = (
    *("in # of # attribute", "#项要素中有#项"),
    *("# important attribute", "#项重要要素"),
    *("# period", "# in a row", "共#期", "的#期", "至多#期", "由#期", "连续#期"),
    *("# group", "有#组", "# of # comment", "#条留言中的#条"),
    *("# improvement", "# of them overdue", "#项改进", "其中#项已逾期"),
)
"""How many of something findings.json lists: each is counted anew from what it lists."""

LEFT_OUT = (
    *("# further", "# more", "# attribute with smaller", "# attributes with smaller"),
    *("另外#项", "另有#项", "其余#个客户群", "另有#个客户群"),
)
"""How many of what findings.json lists are not shown."""

FIXED = ("0%", "50%", "80%", "100%")
"""Marks of axes from none to all, and of the vital few."""


COMPARED = {"response_rate", "attribute_mean", *LEVELS, *RATES, *(key for g in GROUPS for key in g)}
"""The figures that tables and charts of all segments show."""


@dataclass
class Ticks:
    """The marks of all axes while a report is drawn: each stands on paper once."""

    marks: list[float] = field(default_factory=list)

    def noting(self, ticks: object) -> object:
        """The function that makes the marks of an axis, overheard."""

        def made(*about: float, **more: int) -> list[float]:
            found: list[float] = ticks(*about, **more)  # type: ignore[operator]
            self.marks += found
            return found

        return made

    def names(self) -> list[set[str]]:
        """How each mark may be written; and the numbers that the things to know bear."""
        return [{str(place)} for place in range(1, 7)] + [set(_as_mark(m)) for m in self.marks]


def _as_mark(mark: float) -> Iterator[str]:
    """A mark as it is, and as per cent, with no more decimals than it needs, or one more."""
    for value, sign in ((mark, ""), (100 * mark, ""), (100 * mark, "%")):
        for decimals in range(3):
            text = f"{value:.{decimals}f}"
            if abs(float(text) - value) < 1e-9:
                yield text.replace("-", "−") + sign
                yield f"+{text}"


def printed(text: str, found: Findings, asked: Instrument, words: Words) -> list[str]:
    """The numbers in a report's text that are figures, or claim to be, in their order."""
    for pattern in (*NO_FIGURES, *COUNTED, *LEFT_OUT):
        text = re.sub(_loose(pattern), " ", text)
    for label in sorted(_labels(found, asked, words), key=len, reverse=True):
        loose = r"\s*".join(map(re.escape, label.replace(" ", "")))
        text = re.sub(rf"(?<!\d){loose}(?!\d)", " ", text)
    return TOKEN.findall(text)


def counts(text: str, patterns: Sequence[str]) -> list[str]:
    """The numbers in sentences of these forms, wherever they stand in a report's text."""
    for pattern in NO_FIGURES:
        text = re.sub(_loose(pattern), " ", text)
    found = (one[0] for pattern in patterns for one in re.finditer(_loose(pattern), text))
    return [number for sentence in found for number in re.findall(r"\d+", sentence)]


def _loose(pattern: str) -> str:
    """A pattern that finds its words across the ends of lines."""
    parts = (r"\d+" if c == "#" else re.escape(c) for c in pattern if c != " ")
    return r"(?<![\d.,])" + r"\s*".join(parts) + r"(?![.,]?\d|%)"


def _labels(found: Findings, asked: Instrument, words: Words) -> set[str]:
    """Names, days and periods that have a number in them."""
    told = found.provenance
    waves = {found.wave}
    for part in found.segments:
        waves |= {point.wave for point in part.trend}
        waves |= {change.against for change in part.changes}
        waves |= {wave for chart in part.charts for wave in chart.baseline}
    names = [told.company, found.survey, *(part.label for part in found.segments)]
    texts = [a.text for a in asked.attributes]
    texts += [p.text for q in asked.questions for p in q.points if p.text is not None]
    names += [text.of(words.language) for text in texts]
    names += [words.wave(wave) for wave in waves]
    names += [words.day(told.first_day), words.day(told.last_day)]
    names += [words.day(cycle.due) for cycle in found.cycles]
    months = [month for wave in waves if (month := month_of(wave)) is not None]
    names += [words.short_month(month) for month in months]
    names += [str(month.year) for month in months]
    return {clean(name) for name in names if any(c.isdigit() for c in name)}


def known(found: Findings, segment: str, words: Words) -> set[str]:
    """The numbers of findings.json that a report on ``segment`` may print, as it writes them.

    All of its own; of the others what tables of segments and signals about them hold.
    """
    spoken = set(_of_segment(found.segment(segment), words))
    for part in found.segments:
        spoken.update(_of_row(part, words))
        tied = {(cycle.key, cycle.of) for cycle in found.cycles if cycle.segment == part.segment}
        for figure in part.figures:
            if (figure.key, figure.of) in tied:
                spoken.update(_of_figure(figure, words))
    weighting, own = found.weighting, found.definitions
    counts = [found.smallest_base, found.indicative_base, weighting.rounds or 0]
    counts += [c for name in own.__slots__ if type(c := getattr(own, name)) is int]
    spoken.update(words.count(count) for count in counts)
    spoken.update((words.percent(found.confidence), words.percent(1 - found.confidence), *FIXED))
    for unit, value in ((Unit.POINTS, weighting.effect), (Unit.SHARE, weighting.error)):
        spoken.update(_written(words, unit, value))
    return spoken


def _of_row(part: SegmentFindings, words: Words) -> Iterator[str]:
    """What tables of segments show of each: who answered, headline figures and how they moved."""
    for count in (part.responses, part.population, part.customers):
        yield from _counted(words, count)
    units = {f.key: f.unit for f in part.figures if f.key in COMPARED}
    for figure in (part.response_rate, *part.figures):
        if figure.key in COMPARED:
            yield from _written(words, figure.unit, figure.value)
        if figure.key in MOVES or figure is part.response_rate:
            yield from _of_figure(figure, words)
    for change in part.changes:
        yield from _counted(words, change.family_size)
        if change.key in units:
            yield from _written(words, units[change.key], change.value)
    for signal in part.signals:
        unit = units.get(signal.key, Unit.SHARE)
        yield from _of_signal(signal, unit, words)


def _of_segment(part: SegmentFindings, words: Words) -> Iterator[str]:
    units = {(f.key, f.of): f.unit for f in part.figures}
    for count in (part.responses, part.population, part.customers):
        yield from _counted(words, count)
    for figure in (part.response_rate, *part.figures):
        yield from _of_figure(figure, words)
    for key in {(p.figure.key, p.figure.of) for p in part.trend}:
        counts = [p.figure.n for p in part.past(*key) if p.figure.value is not None]
        for count in (min(counts), max(counts)) if counts else ():
            yield from _counted(words, count)
    for change in part.changes:
        yield from _of_change(change, units.get((change.key, change.of), Unit.POINTS), words)
    for signal in part.signals:
        yield from _of_signal(signal, units.get((signal.key, signal.of), Unit.POINTS), words)
    for chart in part.charts:
        unit = Unit.RATE if chart.key == "logged_per_transaction" else Unit.SHARE
        yield from _written(words, unit, chart.centre)
        for point in chart.points:
            for value in (point.value, point.lower, point.upper):
                yield from _written(words, unit, value)
            yield from _counted(words, point.count)
            yield from _counted(words, point.n)


def _of_figure(figure: Figure, words: Words) -> Iterator[str]:
    yield from _written(words, figure.unit, figure.value)
    for interval in (figure.interval, figure.certain, *figure.others):
        yield from _ends(words, figure.unit, interval)
    for count in (figure.n, figure.count, figure.population):
        yield from _counted(words, count)
    yield from _counted(words, figure.effective_n)


def _of_change(change: Change, unit: Unit, words: Words) -> Iterator[str]:
    for value in (change.value, change.detectable):
        yield from _written(words, unit, value)
    yield from _ends(words, unit, change.interval)
    yield from _counted(words, change.family_size)
    yield from _counted(words, change.paired)


def _of_signal(signal: Signal, unit: Unit, words: Words) -> Iterator[str]:
    for value in (signal.value, signal.change):
        yield from _written(words, unit, value)
    yield from _ends(words, unit, signal.interval)
    for count in (signal.n, signal.customers, signal.cost):
        yield from _counted(words, count)


def _ends(words: Words, unit: Unit, interval: Interval | None) -> Iterator[str]:
    if interval is not None:
        yield from _written(words, unit, interval.low)
        yield from _written(words, unit, interval.high)


def _counted(words: Words, count: float | None) -> Iterator[str]:
    if count is not None:
        yield words.count(round(count))


def _written(words: Words, unit: Unit, value: float | None) -> Iterator[str]:
    """A value with and without its sign; a share as a whole per cent as well, or in points.

    The sign of per cent stands behind the second end of an interval only, and smaller in a tile.
    """
    if value is None:
        return
    forms = [words.value(unit, value), words.value(unit, value, signed=True)]
    if unit in (Unit.SHARE, Unit.WEIGHT):
        forms += [words.percent(value).replace("-", "−"), words.difference(unit, value)]
    for form in forms:
        for token in TOKEN.findall(form):
            yield from (token, token.lstrip("+−"))
            if "." in token:
                yield from (token.rstrip("%"), token.strip("+−%"))


def not_found(tokens: Iterable[str], spoken: set[str], ticks: Sequence[set[str]]) -> list[str]:
    """The tokens that neither findings nor a mark of an axis accounts for."""
    left, missing = list(ticks), []
    for token in tokens:
        if token in spoken:
            continue
        mark = next((names for names in left if token in names), None)
        if mark is None:
            missing.append(token)
        else:
            left.remove(mark)
    return missing
