"""Findings from literals, for everything that is drawn: no statistics are run here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from instruments.model import Attribute, Better, Instrument, Kind, Means, Point, Question, Role
from instruments.model import Text as Wording
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
from reports.indicators.bases import Base
from reports.indicators.mentions import pareto
from reports.quadrants import lines
from reports.signals import signals

WAVE = "2026-10"
BEFORE = "2026-09"
YEAR_AGO = "2025-10"
YEAR = Family.YEAR_BEFORE

ATTRIBUTES = {
    "quality": ("Product quality", "产品质量"),
    "delivery": ("On-time delivery", "交付及时性"),
    "complaints": ("Complaint handling", "投诉处理"),
    "support": ("Technical support", "技术支持"),
    "price": ("Value for money", "性价比"),
    "staff": ("Staff courtesy", "服务态度"),
    "ordering": ("Ordering & quotation", "询价与下单"),
    "invoicing": ("Invoicing", "开票结算"),
}
EXPERIENCE = (4.48, 3.90, 3.58, 4.21, 3.97, 4.55, 4.18, 4.12)
EXPECTATION = (4.65, 4.56, 4.49, 4.30, 4.12, 4.10, 4.05, 3.90)
IMPORTANCE = (0.21, 0.19, 0.16, 0.12, 0.13, 0.07, 0.06, 0.06)
SPREAD = (0.03, 0.06, 0.12, 0.4, 0.39)
LOW_IS_GOOD = frozenset(
    {
        "complaint_rate",
        "voiced_rate",
        "problem_rate",
        "problem_kind",
        "problem_attribute",
        "sci_at_risk",
    }
    | {"lost_to_problems", "detractors"}
)
NEITHER = frozenset({"answer_share", "passives", "told_mean", "importance_weight"})
DESIGN_EFFECT = 1.12
KINDS = {
    1: ("Late delivery", "交货延迟"),
    2: ("Slow or no answer", "回复缓慢"),
    3: ("Faulty product", "产品缺陷"),
    4: ("Wrong or missing item", "错发漏发"),
    5: ("Damaged packaging", "包装破损"),
    6: ("Other", "其他"),
}
SEGMENTS = {
    "A": ("A · VIP", 46),
    "B": ("B · Major", 148),
    "C": ("C · Ordinary", 402),
    "D": ("D · Small", 688),
}


def text(english: str, chinese: str) -> Wording:
    """A wording in both languages."""
    return Wording(MappingProxyType({"en": english, "zh": chinese}))


def _scale(labels: Iterable[tuple[str, str]]) -> tuple[Point, ...]:
    return tuple(Point(i, text(*label)) for i, label in enumerate(labels, start=1))


FIVE = _scale(
    (
        ("very dissatisfied", "非常不满意"),
        ("dissatisfied", "不满意"),
        ("neither", "一般"),
        ("satisfied", "满意"),
        ("very satisfied", "非常满意"),
    )
)


def make_instrument(
    attributes: Mapping[str, tuple[str, str]] = MappingProxyType(ATTRIBUTES),
) -> Instrument:
    """A questionnaire with the roles reports look at."""
    named = tuple(Attribute(key, text(*names)) for key, names in attributes.items())
    asked = (*asked_of_all(), *(rating_of(attribute) for attribute in named))
    return Instrument(
        "monthly_satisfaction",
        1,
        text("Monthly satisfaction survey", "月度满意度调查"),
        ("en", "zh"),
        named,
        (),
        asked,
        (),
    )


def asked_of_all() -> list[Question]:
    """What is asked besides the attributes."""
    return [
        Question(
            "overall", "loyalty", Kind.SCALE, Role.OVERALL, text("Overall", "总体"), points=FIVE
        ),
        Question(
            "recommend",
            "loyalty",
            Kind.SCALE,
            Role.RECOMMEND,
            text("Recommend", "推荐"),
            points=tuple(Point(i) for i in range(11)),
        ),
        Question(
            "kind",
            "problem",
            Kind.MULTIPLE,
            Role.PROBLEM_KIND,
            text("Kind", "类型"),
            points=tuple(Point(code, text(*names)) for code, names in KINDS.items()),
        ),
        Question(
            "handled",
            "problem",
            Kind.SINGLE,
            Role.HANDLED,
            text("Handled", "处理"),
            points=(Point(1, text("solved", "解决"), Means.SOLVED),),
        ),
    ]


def rating_of(attribute: Attribute) -> Question:
    """How one attribute is experienced."""
    return Question(
        f"experience_{attribute.id}",
        "experience",
        Kind.SCALE,
        Role.EXPERIENCE,
        attribute.text,
        attribute=attribute.id,
        points=FIVE,
        better=Better.HIGH,
    )


def better(key: str) -> Better:
    """Which end of the figure of that key is good."""
    if key in NEITHER:
        return Better.NONE
    return Better.LOW if key in LOW_IS_GOOD else Better.HIGH


def figure(
    key: str,
    value: float | None,
    unit: Unit,
    *,
    n: int = 1284,
    of: str = "",
    half: float = 0.0,
    method: str = "t",
    reason: Reason | None = None,
    count: int | None = None,
) -> Figure:
    """One figure with a symmetric interval of half width ``half`` (0: none)."""
    interval = None
    if value is not None and half:
        interval = Interval(value - half, value + half, method)
    standing = Standing.INDICATIVE if n < 30 else Standing.NORMAL
    return Figure(
        key,
        of,
        unit,
        Base.ANSWERED,
        n,
        value,
        reason,
        count,
        half / 1.96,
        interval,
        standing=standing,
        better=better(key),
    )


def share(key: str, value: float, n: int, of: str = "") -> Figure:
    """A share of ``n`` with its count and an interval of plausible width."""
    se = (max(value * (1 - value), 0.002) / max(n, 1)) ** 0.5
    half = 1.96 * se
    low, high = max(0.0, value - half), min(1.0, value + half)
    interval = Interval(low, high, "wilson")
    standing = Standing.INDICATIVE if n < 30 else Standing.NORMAL
    return Figure(
        key,
        of,
        Unit.SHARE,
        Base.ANSWERED,
        n,
        value,
        None,
        round(value * n),
        se,
        interval,
        standing=standing,
        better=better(key),
    )


def headline_figures(n: int, shift: float, complaints: float | None = None) -> list[Figure]:
    """Index, NPS, return and complaint rates, shifted by a segment's or month's difference."""
    rate = 0.121 - shift / 3 if complaints is None else complaints
    return [
        figure("satisfaction_index", 76.6 + 10 * shift, Unit.INDEX, n=n, half=45 / n**0.5),
        figure("nps", 0.38 + shift, Unit.NET, n=n, half=1.4 / n**0.5, method="adjusted_wald"),
        share("return_rate", 0.71 + shift / 2, n),
        share("complaint_rate", rate, n),
    ]


def attribute_figures(n: int, shift: float, ids: Iterable[str]) -> list[Figure]:
    """Means, expectations, gaps, weights and answers by attribute."""
    found: list[Figure] = []
    for i, key in enumerate(ids):
        j = i % len(EXPERIENCE)
        bend = shift * (1 + i % 3) - 0.03 * (i // len(EXPERIENCE))
        mean, expected = EXPERIENCE[j] + bend, EXPECTATION[j]
        half = 2.0 / n**0.5
        found += [
            figure("attribute_mean", mean, Unit.POINTS, n=n - 7 * i % 5, of=key, half=half),
            share("attribute_top2", min(0.95, mean / 5.2), n, key),
            figure("expectation_mean", expected, Unit.POINTS, n=n, of=key, half=half),
            figure("gap", mean - expected, Unit.POINTS, n=n, of=key, half=half, method="paired_t"),
            figure("importance_weight", IMPORTANCE[j], Unit.WEIGHT, n=n, of=key, half=0.01),
        ]
        top = (mean - 1) / 4
        parts = ((1 - top) ** 2 * 0.4, (1 - top) * 0.3, 0.5 * top * (1 - top), 0.45 * top)
        rest = 1 - sum(parts)
        for code, part in enumerate((*parts, rest), start=1):
            found.append(share("answer_share", part, n, f"experience_{key}.{code}"))
        found.append(
            share("problem_attribute", (0.34, 0.3, 0.2, 0.1)[i % 4] / (1 + i // 4), 220, key)
        )
    return found


def complaint_figures(n: int) -> list[Figure]:
    """Problems, complaints and their handling."""
    met, told = max(round(0.182 * n), 6), max(round(0.081 * n), 5)
    kinds = (0.34, 0.25, 0.14, 0.11, 0.07, 0.09)
    met_kinds = [
        share("problem_kind", value, met, str(code)) for code, value in enumerate(kinds, 1)
    ]
    return [
        share("problem_rate", 0.182, n),
        share("voiced_rate", 0.081, n),
        share("voiced_propensity", 0.445, met),
        share("lost_to_problems", 0.031, n),
        *met_kinds,
        *pareto(met_kinds, other="6"),
        figure("told_mean", 3.4, Unit.POINTS, n=met, half=0.4),
        share("solved_rate", 0.62, told),
        share("handling_top2", 0.55, told),
        figure("handling_mean", 3.42, Unit.POINTS, n=told, half=0.2),
        share("stays_rate", 0.74, told),
    ]


def loyalty_figures(n: int) -> list[Figure]:
    """Promoters to detractors, the five indicators and the parts of the return rate."""
    return [
        share("promoters", 0.55, n),
        share("passives", 0.28, n),
        share("detractors", 0.17, n),
        share("sci_at_risk", 0.064, n),
        share("bought_again", 0.52, n),
        share("would_buy_again", 0.66, n),
        share("would_recommend", 0.58, n),
        share("favourability", 0.69, n),
        share("named_choice", 0.44, n),
        share("sales_power", 0.31, n),
    ]


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


def only(found: Findings, keys: Iterable[str]) -> Findings:
    """The same findings with nothing but figures of these keys: a shorter questionnaire."""
    keep = frozenset(keys)
    return signalled(
        dataclasses.replace(
            found,
            segments=tuple(
                dataclasses.replace(
                    s,
                    figures=tuple(f for f in s.figures if f.key in keep),
                    changes=tuple(c for c in s.changes if c.key in keep),
                    trend=tuple(p for p in s.trend if p.figure.key in keep),
                    charts=tuple(c for c in s.charts if c.key in keep),
                )
                for s in found.segments
            ),
        )
    )


def emptied(found: Findings) -> Findings:
    """The same questionnaire where nobody gave a valid answer: reasons instead of values."""

    def without(figure: Figure) -> Figure:
        return dataclasses.replace(
            figure, value=None, reason=Reason.NO_ANSWERS, n=0, interval=None, count=None, se=None
        )

    return dataclasses.replace(
        found,
        segments=tuple(
            dataclasses.replace(
                s,
                figures=tuple(map(without, s.figures)),
                changes=(),
                trend=tuple(TrendPoint(p.wave, without(p.figure)) for p in s.trend),
                charts=(),
                signals=(),
            )
            for s in found.segments
        ),
    )
