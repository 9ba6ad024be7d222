"""Every figure in a row: its value, whose answers it rests on, how sure it is; or why it is not.

A figure that may not be shown has an empty value and a reason, never a 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.annex.cells import PERCENT, Cell, measured, number
from reports.annex.naming import GOOD_ENDS, STANDINGS, UNITS
from reports.annex.rows import IDS, Part
from reports.findings import Figure, Interval, Reason, Standing
from reports.indicators.bases import Base
from reports.indicators.forms import missing
from reports.texts import N_

NAMED = (N_("Segment"), N_("Indicator"), N_("Item"))
WHEN = (N_("Period"), N_("Period (id)"))
MEASURED = (N_("Value"), N_("n"), N_("Base"), N_("Numerator"), N_("Population"))
SURE = (N_("Interval, low"), N_("Interval, high"), N_("Confidence"), N_("Method"))
READ = (N_("Standing"), N_("Notes"), N_("Why there is no value"))
MORE = (
    N_("Why there is no interval"),
    N_("Certain, low"),
    N_("Certain, high"),
    N_("Unit"),
    N_("Good end"),
    N_("Lowest possible"),
    N_("Highest possible"),
    N_("Standard error"),
    N_("Weighted"),
    N_("Effective n"),
)

FIGURES = (*NAMED, *MEASURED, *SURE, *READ, *MORE, *IDS)
TREND = (*NAMED, *WHEN, *MEASURED, *SURE, *READ, *IDS)
OTHERS = (*NAMED, *SURE, *IDS)
PRINTED = len((*NAMED, *MEASURED, *SURE, *READ))


def figures(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a figure, the response rate first."""
    for part in parts:
        for figure in _all(part):
            yield [
                *named(part, figure.key, figure.of),
                *_measured(part, figure),
                *sure(part, figure, figure.interval),
                *_read(part, figure),
                *_more(part, figure),
                *part.ids(figure.key, figure.of),
            ]


def trend(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a figure and period, the latest last."""
    for part in parts:
        for point in part.subject.found.trend:
            figure = point.figure
            yield [
                *named(part, figure.key, figure.of),
                part.subject.words.wave(point.wave),
                point.wave,
                *_measured(part, figure),
                *sure(part, figure, figure.interval),
                *_read(part, figure),
                *part.ids(figure.key, figure.of),
            ]


def others(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row an interval by another method."""
    for part in parts:
        for figure in _all(part):
            for interval in figure.others:
                yield [
                    *named(part, figure.key, figure.of),
                    *sure(part, figure, interval),
                    *part.ids(figure.key, figure.of),
                ]


def _all(part: Part) -> Iterator[Figure]:
    """The response rate, which nobody may see where its segment is hidden, and the figures."""
    found = part.subject.found
    rate = found.response_rate
    if part.hidden:
        why = next((f.reason for f in found.figures if f.reason), Reason.BELOW_SMALLEST_BASE)
        bare = missing(rate.key, rate.unit, Base(rate.base), reason=why)
        rate = replace(bare, standing=Standing.HIDDEN)
    yield rate
    yield from found.figures


def named(part: Part, key: str, of: str) -> list[Cell]:
    """Segment, indicator and item in words."""
    return [part.name, part.names.indicator(key), part.names.item(key, of)]


def is_gap(key: str) -> bool:
    """Whether a figure is a difference, and shows its sign."""
    return key.startswith("gap")


def _measured(part: Part, figure: Figure) -> list[Cell]:
    value = measured(figure.unit, figure.value, signed=is_gap(figure.key))
    kept = figure.n or figure.value is not None
    n = number(figure.n) if kept or figure.reason is Reason.NO_ANSWERS else None
    base = part.names.base(figure.base)
    return [value, n, base, number(figure.count), number(figure.population)]


def sure(part: Part, figure: Figure, interval: Interval | None) -> list[Cell]:
    """Both ends of an interval, its confidence and its method."""
    if interval is None:
        return [None, None, None, None]
    return [
        *_ends(figure, interval),
        number(interval.confidence, PERCENT),
        part.subject.words.method(interval.method),
    ]


def _ends(figure: Figure, interval: Interval | None) -> list[Cell]:
    if interval is None:
        return [None, None]
    signed = is_gap(figure.key)
    ends = (interval.low, interval.high)
    return [measured(figure.unit, end, signed=signed) for end in ends]


def _read(part: Part, figure: Figure) -> list[Cell]:
    names = part.names
    standing = names.gettext(STANDINGS[figure.standing])
    return [standing, names.notes(figure.notes), names.reason(figure.reason)]


def _more(part: Part, figure: Figure) -> list[Cell]:
    names, scale = part.names, figure.scale
    return [
        names.reason(figure.interval_reason),
        *_ends(figure, figure.certain),
        names.gettext(UNITS[figure.unit]),
        names.gettext(GOOD_ENDS[figure.better]),
        measured(figure.unit, scale[0] if scale else None),
        measured(figure.unit, scale[1] if len(scale) > 1 else None),
        measured(figure.unit, figure.se),
        names.yes(figure.weighted) if figure.value is not None else None,
        number(figure.effective_n, "#,##0.0"),
    ]
