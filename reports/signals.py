"""What should a reader know first: what changed, where it hurts, for whom, how sure, at what cost?

Each signal rests on one thing that was computed already, and claims no more than that carries:

- changed, differs (tested): a change, or a difference from all other customers, that is
  significant after the correction of its family;
- out of control (estimated): an alarm of the leading rate's control chart;
- hurts (estimated): an important attribute whose interval lies below the average of all, or a gap
  whose interval lies short of expectation;
- silent (described): who met a problem and did not tell the company;
- at risk (described): who would not come back; (estimated) whom problems cost, where the interval
  leaves out that they cost none.

A rate has one alarm at most: the changes of a rate that its control chart judges are not tested. A
hidden figure makes no signal.

What has no good end (``better`` is none) makes no signal either.

Order: tested before estimated before described; then by size, in standard deviations of single
answers, to a tenth (shares of customers where nothing is compared); bad news before good; then
key, item and segment by name. Size is not significance: a large sample does not make a small
change important.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reports.charts import alarms, leading
from reports.direction import good_way
from reports.findings import (
    ALL,
    BASELINE,
    REST,
    Change,
    Family,
    Figure,
    SegmentFindings,
    Signal,
    SignalKind,
    Standing,
    Sureness,
)
from reports.quadrants import Quadrant, place

SURENESS = list(Sureness)
IN_TIME = (SignalKind.CHANGED, SignalKind.OUT_OF_CONTROL)

Sized = tuple[Signal, float]
"""A signal and its size."""


def signals(
    found: SegmentFindings, parts: Sequence[SegmentFindings], customer_value: float | None = None
) -> tuple[Signal, ...]:
    """The signals of one segment, most pressing first.

    ``found``: its figures, changes and charts. ``parts``: all segments of the wave; what changed
    in some of them, and where they differ, belongs to the signals of ``all`` too.
    ``customer_value``: what a customer is worth to the company in a year, for what may be lost.
    """
    if found.standing is Standing.HIDDEN:
        return ()
    sized = [*_moved(found), *_hurts(found), *_silent(found), *_at_risk(found, customer_value)]
    whole = [signal for signal, _size in sized]
    for part in parts if found.segment == ALL else ():
        if part.segment != ALL and part.standing is not Standing.HIDDEN:
            sized += [item for item in _moved(part) if not _told(item[0], whole)]
    return tuple(signal for signal, _size in sorted(sized, key=_order))


def _moved(part: SegmentFindings) -> list[Sized]:
    return [*_out_of_control(part), *_changed(part), *_differs(part)]


def _told(signal: Signal, whole: Sequence[Signal]) -> bool:
    """Whether it moved the same way for all customers: that is not said again of each segment."""
    return any(
        (other.key, other.of, other.good) == (signal.key, signal.of, signal.good)
        and other.kind in IN_TIME
        and signal.kind in IN_TIME
        and other.against in (signal.against, BASELINE)
        for other in whole
    )


def _order(item: Sized) -> tuple[int, float, bool, str, str, str, str, str]:
    signal, size = item
    return (
        SURENESS.index(signal.sureness),
        -round(size, 1),
        signal.good,
        signal.key,
        signal.of,
        signal.segment,
        signal.kind,
        signal.against,
    )


def spread(figure: Figure) -> float | None:
    """Standard deviation of single answers behind a figure; None where it is not known.

    SE × √n, n being what a weighted figure is worth.

    >>> from reports.findings import Unit
    >>> spread(Figure("nps", "", Unit.NET, "answered", 100, 0.2, se=0.07))
    0.7000000000000001
    """
    if not figure.se:
        return None
    return figure.se * math.sqrt(figure.effective_n or figure.n)


def _size(difference: float, figure: Figure) -> float:
    """A difference in standard deviations of single answers; 0 where these are not known."""
    one = spread(figure)
    return abs(difference) / one if one else 0.0


def _signal(
    kind: SignalKind,
    sureness: Sureness,
    part: SegmentFindings,
    figure: Figure,
    *,
    good: bool,
    change: float | None = None,
    against: str = "",
    p: float | None = None,
    customers: float | None = None,
    cost: float | None = None,
) -> Signal:
    return Signal(
        kind,
        part.segment,
        figure.key,
        figure.of,
        good,
        sureness,
        figure.value,
        figure.interval,
        figure.n,
        change,
        against,
        p,
        customers,
        cost,
    )


def _shown(part: SegmentFindings, key: str, of: str = "") -> Figure | None:
    figure = part.figure(key, of)
    if figure is None or figure.value is None or figure.standing is Standing.HIDDEN:
        return None
    return figure


def _tested(kind: SignalKind, part: SegmentFindings, changes: Sequence[Change]) -> Iterator[Sized]:
    """Significant changes of figures that are shown."""
    for change in changes:
        figure = _shown(part, change.key, change.of)
        better = (change.value or 0.0) * good_way(change)
        if figure is None or not change.significant or not better:
            continue
        signal = _signal(
            kind,
            Sureness.TESTED,
            part,
            figure,
            good=better > 0,
            change=change.value,
            against=change.against,
            p=change.p_adjusted,
        )
        yield signal, _size(better, figure)


def _changed(part: SegmentFindings) -> Iterator[Sized]:
    """Against the wave before and a year before."""
    past = [c for c in part.changes if c.family is not Family.REST and c.against != REST]
    return _tested(SignalKind.CHANGED, part, past)


def _differs(part: SegmentFindings) -> Iterator[Sized]:
    """Against all other customers."""
    rest = [c for c in part.changes if c.family is Family.REST]
    return _tested(SignalKind.DIFFERS, part, rest)


def _out_of_control(part: SegmentFindings) -> Iterator[Sized]:
    """The leading rate where it left its limits now, or first stayed too long on a side."""
    chart = leading(part.charts)
    figure = _shown(part, chart.key) if chart is not None else None
    if chart is None or chart.centre is None or figure is None or figure.value is None:
        return
    if {signal.direction for signal in alarms(chart)} - {"both"}:
        away = figure.value - chart.centre
        signal = _signal(
            SignalKind.OUT_OF_CONTROL,
            Sureness.ESTIMATED,
            part,
            figure,
            good=away * good_way(figure) > 0,
            change=away,
            against=BASELINE,
        )
        yield signal, _size(away, figure)


def _hurts(part: SegmentFindings) -> Iterator[Sized]:
    """Important and below average; short of expectation."""
    quadrants = place(part)
    for item in quadrants.in_quadrant(Quadrant.ACT_FIRST) if quadrants else ():
        below = item.mean - (quadrants.experience_line if quadrants else 0.0)
        yield _hurt(part, item.experience, below, "experience_line")
    for gap in part.about("gap"):
        if falls_short(gap):
            yield _hurt(part, gap, gap.value or 0.0, "expectation_mean")


def _hurt(part: SegmentFindings, figure: Figure, away: float, against: str) -> Sized:
    signal = _signal(
        SignalKind.HURTS,
        Sureness.ESTIMATED,
        part,
        figure,
        good=False,
        change=away,
        against=against,
    )
    return signal, _size(away, figure)


def falls_short(gap: Figure) -> bool:
    """Whether the interval of a gap lies wholly on the bad side of zero.

    >>> from instruments.model import Better
    >>> from reports.findings import Interval, Unit
    >>> gap = Figure("gap", "price", Unit.POINTS, "expected_and_rated", 90, -0.4,
    ...              interval=Interval(-0.6, -0.2, "paired_t"), better=Better.HIGH)
    >>> falls_short(gap)
    True
    """
    if gap.value is None or gap.interval is None or gap.standing is Standing.HIDDEN:
        return False
    way = good_way(gap)
    return max(way * gap.interval.low, way * gap.interval.high) < 0


def _silent(part: SegmentFindings) -> Iterator[Sized]:
    """Customers with a problem who did not tell the company."""
    problem, voiced = _shown(part, "problem_rate"), _shown(part, "voiced_propensity")
    if problem is None or voiced is None:
        return
    silent = (problem.value or 0.0) * (1 - (voiced.value or 0.0))
    if silent > 0:
        signal = _signal(
            SignalKind.SILENT,
            Sureness.DESCRIBED,
            part,
            voiced,
            good=False,
            customers=_customers(part, silent),
        )
        yield signal, silent


def _at_risk(part: SegmentFindings, customer_value: float | None) -> Iterator[Sized]:
    """Customers that problems cost, where surely some; and those whose answers put them at risk."""
    lost, risk = _shown(part, "lost_to_problems"), _shown(part, "sci_at_risk")
    for figure in (lost, risk):
        if figure is None or not figure.value:
            continue
        surely = figure is lost
        if surely and (figure.interval is None or figure.interval.low <= 0):
            continue
        customers = _customers(part, figure.value)
        signal = _signal(
            SignalKind.AT_RISK,
            Sureness.ESTIMATED if surely else Sureness.DESCRIBED,
            part,
            figure,
            good=False,
            customers=customers,
            cost=_times(customers, customer_value),
        )
        yield signal, _size(figure.value, figure) if surely else figure.value


def _customers(part: SegmentFindings, share: float) -> float | None:
    """How many of the segment's customers that share is, where their number is known and true."""
    if part.customers is None or part.responses > (part.population or 0):
        return None
    return share * part.customers


def _times(customers: float | None, value: float | None) -> float | None:
    return None if customers is None or value is None else customers * value
