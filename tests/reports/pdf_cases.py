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
    Note,
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


def census(found: Findings) -> Findings:
    """The same findings where every customer answered: nothing is left to estimate."""

    def certain(figure: Figure) -> Figure:
        if figure.interval is None or figure.value is None:
            return figure
        point = Interval(figure.value, figure.value, "census")
        return dataclasses.replace(figure, interval=point, notes=(Note.CENSUS,))

    return dataclasses.replace(
        found,
        segments=tuple(
            dataclasses.replace(
                s,
                population=s.responses,
                customers=s.responses,
                response_rate=dataclasses.replace(s.response_rate, value=1.0, n=s.responses),
                figures=tuple(map(certain, s.figures)),
            )
            for s in found.segments
        ),
    )
