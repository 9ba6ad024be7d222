"""Control charts: what each says, its points between their limits, and its signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports import chart_wording
from reports.annex.cells import RATIO, Cell, measured, number
from reports.annex.rows import IDS, Part
from reports.charts import LOGGED
from reports.findings import Unit
from reports.statistics.control_charts.rules import Rule
from reports.texts import N_

KINDS = {
    "p": N_("p chart, of shares"),
    "p_prime": N_("p′ chart, of shares that vary more than counting explains"),
    "u": N_("u chart, of rates"),
    "u_prime": N_("u′ chart, of rates that vary more than counting explains"),
}
SIDES = {"above": N_("above"), "below": N_("below"), "both": N_("on both sides")}
RATE = (N_("Segment"), N_("Indicator"))
ID = (IDS[0], IDS[1])

CHARTS = (
    *RATE,
    N_("State"),
    N_("Centre"),
    N_("Width of the limits, against counting alone"),
    N_("Chart"),
    N_("Baseline, first"),
    N_("Baseline, last"),
    N_("What it says"),
    *ID,
)
SENTENCE = CHARTS.index(N_("What it says"))
POINTS = (
    *RATE,
    N_("Period"),
    N_("Period (id)"),
    N_("Value"),
    N_("Numerator"),
    N_("n"),
    N_("Lower limit"),
    N_("Upper limit"),
    N_("In the baseline"),
    *ID,
)
FOUND = (
    *RATE,
    N_("Rule"),
    N_("Side"),
    N_("From"),
    N_("To"),
    N_("Alarm"),
    N_("News"),
    N_("Periods (ids)"),
    *ID,
)


def charts(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a chart, drawn or not."""
    for part in parts:
        words, names = part.subject.words, part.names
        for chart in part.subject.found.charts:
            told = chart_wording.why_not(part.subject, chart)
            drawn = not told
            yield [
                part.name,
                names.indicator(chart.key),
                names.gettext(chart_wording.STATES[chart_wording.said(chart)]) if drawn else None,
                measured(_unit(chart.key), chart.centre),
                number(chart.sigma_z, RATIO),
                names.gettext(KINDS[chart.chart]),
                words.wave(chart.baseline[0]) if drawn else None,
                words.wave(chart.baseline[-1]) if drawn else None,
                told or chart_wording.reading(part.subject, chart),
                *_ids(part, chart.key),
            ]


def points(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a period of a chart; one that may not be shown is empty."""
    for part in parts:
        for chart in part.subject.found.charts:
            unit = _unit(chart.key)
            for point in chart.points:
                shown = point.value is not None
                yield [
                    part.name,
                    part.names.indicator(chart.key),
                    part.subject.words.wave(point.wave),
                    point.wave,
                    measured(unit, point.value),
                    number(point.count) if shown else None,
                    number(point.n) if shown else None,
                    measured(unit, point.lower),
                    measured(unit, point.upper),
                    part.names.yes(point.wave in chart.baseline),
                    *_ids(part, chart.key),
                ]


def found(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a signal of a chart, old ones too."""
    for part in parts:
        words, names = part.subject.words, part.names
        for chart in part.subject.found.charts:
            for signal in chart.signals:
                yield [
                    part.name,
                    names.indicator(chart.key),
                    names.gettext(chart_wording.FOUND[Rule(signal.rule)]),
                    names.gettext(SIDES[signal.direction]),
                    words.wave(signal.waves[0]),
                    words.wave(signal.waves[-1]),
                    names.yes(signal.alarm),
                    names.yes(signal.news),
                    " ".join(signal.waves),
                    *_ids(part, chart.key),
                ]


def _ids(part: Part, key: str) -> list[Cell]:
    return part.ids(key, "")[:2]


def _unit(key: str) -> Unit:
    return Unit.RATE if key == LOGGED else Unit.SHARE
