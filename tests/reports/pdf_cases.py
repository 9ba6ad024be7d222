"""Findings from literals, for everything that is drawn: no statistics are run here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from reports.charted import ControlChart
from reports.charts import control_charts, leading, raise_alarms
from reports.findings import (
    ALL,
    REST,
    Change,
    Family,
    Figure,
    Findings,
    Interval,
    Provenance,
    Reason,
    SegmentFindings,
    Standing,
    TrendPoint,
    Unit,
    Weighting,
)
from reports.quadrants import lines
from reports.signals import signals
from tests.reports.pdf_asked import ATTRIBUTES
from tests.reports.pdf_figures import (
    SPREAD,
    attribute_figures,
    better,
    complaint_figures,
    figure,
    headline_figures,
    importance_figures,
    loyalty_figures,
    share,
    standing_figures,
)

WAVE = "2026-10"
BEFORE = "2026-09"
YEAR_AGO = "2025-10"
YEAR = Family.YEAR_BEFORE

DESIGN_EFFECT = 1.12
SEGMENTS = {
    "A": ("A · VIP", 46),
    "B": ("B · Major", 148),
    "C": ("C · Ordinary", 402),
    "D": ("D · Small", 688),
}


def months(number: int, last: str = WAVE) -> list[str]:
    """The ``number`` months up to ``last``, oldest first."""
    year, month = map(int, last.split("-"))
    ends = year * 12 + month - 1
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(ends - number + 1, ends + 1)]


def trend(n: int, shift: float, number: int) -> tuple[TrendPoint, ...]:
    """Headline figures of earlier months: a wave with a slow rise, ending at this month's.

    Complaints stay at one level but for this month, and the one before it a little.
    """
    points: list[TrendPoint] = []
    for i, wave in enumerate(months(number)):
        back = (number - 1 - i) * 0.006
        wobble = 0.04 * ((i * i * 7 + 3 * i) % 11 - 5) / 5 * (i != number - 1)
        rate = 0.121 - shift / 3
        if i != number - 1:
            rate -= 0.028 + 0.007 * ((i * i * 5 + i) % 7 - 3) / 3 - 0.008 * (i == number - 2)
        figures = headline_figures(n, shift - back + wobble, rate)
        points += [TrendPoint(wave, f) for f in figures]
    return tuple(points)


def changes(shift: float, *, family: int = 84) -> list[Change]:
    """Against the month before: index up and complaints up, both beyond chance."""

    def change(key: str, value: float, p: float, of: str = "", against: str = BEFORE) -> Change:
        half = abs(value) * (0.6 if p < 0.01 else 1.7)
        interval = Interval(value - half, value + half, "welch")
        kind = Family.REST if against == REST else Family.WAVE_BEFORE
        return Change(
            key,
            of,
            against,
            value,
            interval,
            p,
            min(1.0, p * 9),
            p < 0.01,
            family,
            family=YEAR if against == YEAR_AGO else kind,
            better=better(key),
            detectable=half * 1.4,
        )

    found = [
        change("satisfaction_index", 1.9, 0.0004),
        change("nps", 0.02, 0.4),
        change("return_rate", 0.004, 0.7),
        change("complaint_rate", 0.021, 0.003),
        change("attribute_mean", -0.14, 0.0002, "delivery"),
        change("satisfaction_index", 2.4, 0.0002, against=YEAR_AGO),
        change("attribute_mean", 0.21, 0.0001, "support", YEAR_AGO),
    ]
    if shift:
        found += [
            change(
                "attribute_mean", shift * (1 + i % 3) * 1.4, 0.001 if i % 3 == 2 else 0.2, key, REST
            )
            for i, key in enumerate(ATTRIBUTES)
        ]
    return found


def segment(
    name: str,
    label: str,
    n: int,
    shift: float = 0.0,
    *,
    waves: int = 24,
    ids: Iterable[str] = tuple(ATTRIBUTES),
) -> SegmentFindings:
    """A segment with every block, ``shift`` better or worse than the whole."""
    population = round(n * 3.18)
    if n < 5:
        rate = figure(
            "response_rate", None, Unit.SHARE, n=population, reason=Reason.BELOW_SMALLEST_BASE
        )
        return SegmentFindings(name, label, n, population, rate, Standing.HIDDEN, (), (), ())
    figures = [
        *headline_figures(n, shift),
        figure("overall_mean", 4.06 + shift, Unit.POINTS, n=n, half=2 / n**0.5),
        share("overall_top2", 0.79, n),
        *(share("answer_share", p, n, f"overall.{c}") for c, p in enumerate(SPREAD, start=1)),
        *attribute_figures(n, shift, ids),
        *complaint_figures(n),
        *loyalty_figures(n),
        *standing_figures(n),
        *importance_figures(n, ids),
    ]
    standing = Standing.INDICATIVE if n < 30 else Standing.NORMAL
    past = trend(n, shift, waves)
    charts = judged(past)
    return SegmentFindings(
        name,
        label,
        n,
        population,
        share("response_rate", n / population, population),
        standing,
        (*figures, *lines(figures)),
        tuple(left_to(charts, changes(shift))) if waves > 1 else (),
        past,
        charts,
        customers=population,
    )


def make_findings(
    *,
    waves: int = 24,
    company: str = "Hydra Pumps",
    segments: Mapping[str, tuple[str, int]] = MappingProxyType(SEGMENTS),
    ids: Iterable[str] = tuple(ATTRIBUTES),
    sample: bool = True,
) -> Findings:
    """One wave with ``all``, put together from its segments, and these."""
    ids = tuple(ids)
    shifts = (-0.12, 0.06, 0.02, -0.03, 0.09)
    parts = tuple(
        segment(name, label, n, shifts[i % 5], waves=waves, ids=ids)
        for i, (name, (label, n)) in enumerate(segments.items())
    )
    plain = segment(ALL, "", sum(n for _label, n in segments.values()), waves=waves, ids=ids)
    found = Findings(
        "demo",
        WAVE,
        "tier",
        "monthly_satisfaction",
        1,
        0.95,
        5,
        30,
        Provenance(company, sample, "2026-10-01", "2026-10-31", "literal"),
        (weighted(plain), *parts),
        Weighting("stratified", None, DESIGN_EFFECT),
    )
    return signalled(found)


def judged(past: Sequence[TrendPoint]) -> tuple[ControlChart, ...]:
    """The charts of a segment that is alone in its report."""
    return raise_alarms({"": control_charts(past)}, 0.95)[""]


def left_to(charts: Sequence[ControlChart], found: Iterable[Change]) -> Iterator[Change]:
    """Changes, those of the leading rate not tested."""
    chart = leading(charts)
    for change in found:
        if chart is not None and change.key == chart.key:
            yield dataclasses.replace(
                change, charted=True, p_adjusted=None, significant=False, detectable=None
            )
        else:
            yield change


def weighted(whole: SegmentFindings) -> SegmentFindings:
    """The whole as if put together from the segments: no counts, fewer answers' worth."""

    def worth(figure: Figure) -> Figure:
        if figure.value is None or figure.unit is Unit.WEIGHT:
            return figure
        n = figure.n / DESIGN_EFFECT
        return dataclasses.replace(figure, count=None, weighted=True, effective_n=n)

    past = tuple(TrendPoint(p.wave, worth(p.figure)) for p in whole.trend)
    return dataclasses.replace(
        whole,
        figures=tuple(map(worth, whole.figures)),
        trend=past,
        charts=judged(past),
    )


def signalled(found: Findings) -> Findings:
    """The findings with the signals of what they hold."""
    return dataclasses.replace(
        found,
        segments=tuple(
            dataclasses.replace(s, signals=signals(s, found.segments)) for s in found.segments
        ),
    )
