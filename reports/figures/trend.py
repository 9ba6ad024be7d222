"""How a figure went, month by month: the trend with its band, and its small sister.

Months (and quarters, half-years, years) are placed by the calendar, so a month without answers is
a gap and not a shortcut; a month alone between gaps shows its interval as an upright line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from matplotlib.figure import Figure

from reports import look
from reports.context import Context, Tone, tone_of
from reports.figures import plot
from reports.figures.plot import PlotArea
from reports.findings import Interval, TrendPoint, Unit
from reports.periods import NotAPeriod, period
from reports.texts import month_of

SPARK_MONTHS = 24
LABEL_ROOM = 34.0
NAME_WIDTH, NAME_GAP = 60.0, 4.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One month with a value: ``x`` counts months."""

    x: int
    wave: str
    value: float
    interval: Interval | None


def spots(points: Sequence[TrendPoint], most: int = SPARK_MONTHS) -> list[Spot]:
    """The months that have a value, of the last ``most`` months; x by calendar where known."""
    found = [
        Spot(x, point.wave, point.figure.value, point.figure.interval)
        for x, point in zip(places([p.wave for p in points]), points, strict=True)
        if point.figure.value is not None
    ]
    return [spot for spot in found if spot.x > found[-1].x - most]


def places(waves: Sequence[str]) -> list[int]:
    """Where each wave stands: periods by the calendar, counted in their own length; other names
    in their order.

    >>> places(["2025-12", "2026-02"]), places(["2025-Q4", "2026-Q2"]), places(["spring", "autumn"])
    ([24312, 24314], [8104, 8106], [0, 1])
    """
    found = [_place(wave) for wave in waves]
    known = [place for place in found if place is not None]
    return known if len(known) == len(found) else list(range(len(found)))


def _place(wave: str) -> int | None:
    try:
        found = period(wave)
    except NotAPeriod:
        return None
    last = int(found.waves[-1][5:])
    return int(wave[:4]) * _in_a_year(wave) + last // found.length.months


def _in_a_year(wave: str) -> int:
    """How many periods as long as this one a year has; 0 for a name that is none."""
    try:
        return 12 // period(wave).length.months
    except NotAPeriod:
        return 0


def stretches(found: Sequence[Spot]) -> list[list[Spot]]:
    """Months in a row, split where one is missing."""
    parts: list[list[Spot]] = []
    for spot in found:
        if parts and spot.x == parts[-1][-1].x + 1:
            parts[-1].append(spot)
        else:
            parts.append([spot])
    return parts


def trend(
    context: Context,
    points: Sequence[TrendPoint],
    *,
    from_zero: bool,
    width: float,
    height: float,
) -> Figure:
    """A line with its confidence band; first and last value labelled on the line."""
    found = spots(points)
    unit = points[-1].figure.unit
    lows = [s.interval.low if s.interval else s.value for s in found]
    highs = [s.interval.high if s.interval else s.value for s in found]
    marks = plot.ticks(0.0 if from_zero else min(lows), max(highs), most=5)
    names = _tick_names(context, unit, marks)
    left = max(context.lettering.width(name, look.SMALL) for name in names) + 8
    area = PlotArea(
        width,
        height,
        (left, LABEL_ROOM, 26, 6),
        (found[0].x - 0.4, found[-1].x + 0.25),
        (marks[0], marks[-1]),
    )
    edge = area.x
    for mark, name in zip(marks, names, strict=True):
        colour = look.FAINT if mark == marks[0] else look.GRID
        plot.line(area, edge, (mark, mark), colour=colour, width=0.7)
        plot.write(area, edge[0], mark, name, ha="right", shift=(-6, 0))
    for part in stretches(found):
        _stretch(area, part)
    plot.rings(area, [(spot.x, spot.value) for spot in found[:-1]])
    last = found[-1]
    tone = tone_of(context.change(points[-1].figure.key))
    colour = look.INK if tone is Tone.UNCLEAR else tone.colour
    plot.dot(area, last.x, last.value, size=6.5, fill=colour)
    label = context.words.value(unit, last.value)
    plot.write(
        area, last.x, last.value, label,
        size=look.BODY, bold=True, colour=colour, ha="left", shift=(7, 0),
    )  # fmt: skip
    month_names(area, context, [s.x for s in found], [s.wave for s in found])
    return area


def _tick_names(context: Context, unit: Unit, marks: Sequence[float]) -> list[str]:
    if unit is Unit.SHARE:
        return [context.words.percent(mark) for mark in marks]
    if unit is Unit.NET:
        return plot.tick_names([mark * 100 for mark in marks])
    return plot.tick_names(marks)


def _stretch(area: PlotArea, part: Sequence[Spot]) -> None:
    banded = [s for s in part if s.interval is not None]
    xs = [s.x for s in banded]
    lows = [s.interval.low for s in banded if s.interval]
    highs = [s.interval.high for s in banded if s.interval]
    if len(banded) == 1:
        plot.line(area, (xs[0], xs[0]), (lows[0], highs[0]), colour=look.GOOD_BAR, width=2)
    elif banded:
        plot.band(area, xs, lows, highs)
    if len(part) > 1:
        xs, ys = [s.x for s in part], [s.value for s in part]
        plot.line(area, xs, ys, colour=look.GOOD, width=1.8, round_ends=True)


def month_names(area: PlotArea, context: Context, xs: Sequence[int], waves: Sequence[str]) -> None:
    """Names of months, or of longer periods, below the axis; the year under its first.

    At most every third of many months, and as many as there is room for; the last is always named.
    """
    bottom, whole = area.y[0], _in_a_year(waves[-1])
    known = dict(zip(xs, waves, strict=True))
    names: dict[int, str] = {}
    for x in range(xs[0], xs[-1] + 1):
        if whole:
            names[x] = _short_name(context, whole, (x - 1) // whole, (x - 1) % whole + 1)
        else:
            names[x] = plot.folded(known.get(x, ""), context.lettering, look.SMALL, NAME_WIDTH)
    last_year = 0
    for x in _named(area, context, names, whole):
        text, year = names[x], (x - 1) // max(whole, 1)
        if year != last_year and whole > 1:
            text, last_year = f"{text}\n{year}", year
        plot.write(area, x, bottom, text, va="top", shift=(0, -7))


def _named(area: PlotArea, context: Context, names: Mapping[int, str], whole: int) -> Sequence[int]:
    """The places that are named, so many apart that no name touches the next."""
    first, last = min(names), max(names)
    lines = {line for name in names.values() for line in name.splitlines()}
    widest = max((context.lettering.width(line, look.SMALL) for line in lines), default=0.0)
    room = area.scale[0]
    span = last - first
    least = (1 if span < 9 else 2 if span < 14 else 3) if whole else 1
    apart = (n for n in count(least) if not whole or whole % n == 0 or n % whole == 0)
    every = next(n for n in apart if n * room >= widest + NAME_GAP or n > span)
    return range(last - span // every * every, last + 1, every)


def _short_name(context: Context, whole: int, year: int, place: int) -> str:
    """The name of a year's part on an axis; of the year itself where it is not parted."""
    if whole == 1:
        return str(year)
    day = month_of(f"{year:04d}-{place:02d}") if whole == 12 else None
    return context.words.short_month(day) if day else f"{'Q' if whole == 4 else 'H'}{place}"


def sparkline(
    points: Sequence[TrendPoint], *, colour: str, width: float, height: float
) -> Figure | None:
    """The last 24 months as a bare line that ends in a dot; None with fewer than two."""
    found = spots(points)
    if len(found) < 2:
        return None
    values = [s.value for s in found]
    spread = (max(values) - min(values)) or 1.0
    area = PlotArea(
        width,
        height,
        (2, 4, 4, 4),
        (found[0].x, found[-1].x),
        (min(values) - spread * 0.1, max(values) + spread * 0.1),
    )
    for part in stretches(found):
        plot.line(
            area,
            [s.x for s in part],
            [s.value for s in part],
            colour=look.UNCLEAR,
            width=1.1,
            round_ends=True,
        )
    plot.dot(area, found[-1].x, found[-1].value, size=5, fill=colour)
    return area
