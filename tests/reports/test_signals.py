"""What is most pressing: one thing a signal, no surer than its test, in an order that is fixed."""

from __future__ import annotations

import dataclasses
import random

import pytest

from instruments.model import Better
from reports.direction import good_way, goodness
from reports.findings import (
    ALL,
    BASELINE,
    REST,
    Change,
    Family,
    Figure,
    Interval,
    Reason,
    SegmentFindings,
    SignalKind,
    Standing,
    Sureness,
    TrendPoint,
    Unit,
)
from reports.signals import falls_short, signals, spread
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made


def change(
    key: str,
    value: float,
    *,
    of: str = "",
    significant: bool = True,
    family: Family = Family.WAVE_BEFORE,
) -> Change:
    """A change of that size."""
    against = {Family.REST: REST, Family.YEAR_BEFORE: cases.YEAR_AGO}.get(family, cases.BEFORE)
    return Change(
        key, of, against, value, None, 0.001, 0.004, significant, 9,
        family=family, better=made.better(key),
    )  # fmt: skip


def part(
    figures: tuple[Figure, ...] = (),
    changes: tuple[Change, ...] = (),
    *,
    name: str = ALL,
    trend: tuple[TrendPoint, ...] = (),
    population: int | None = 1000,
    standing: Standing = Standing.NORMAL,
) -> SegmentFindings:
    """A segment with exactly these findings."""
    return SegmentFindings(
        name, "", 400, population, made.share("response_rate", 0.4, 1000), standing,
        figures, changes, trend, cases.judged(trend), customers=population,
    )  # fmt: skip


def kinds(found: SegmentFindings, *parts: SegmentFindings) -> list[SignalKind]:
    """The kinds of the signals of a segment, in their order."""
    return [signal.kind for signal in signals(found, parts)]


NPS = made.figure("nps", 0.3, Unit.NET, n=400, half=0.07)
PRICE = made.figure("attribute_mean", 3.9, Unit.POINTS, n=400, of="price", half=0.1)


def test_a_significant_change_is_a_tested_signal() -> None:
    """With the figure, its interval and the corrected p-value."""
    (signal,) = signals(part((NPS,), (change("nps", -0.1),)), ())
    assert (signal.kind, signal.sureness, signal.good) == (
        SignalKind.CHANGED, Sureness.TESTED, False,
    )  # fmt: skip
    assert (signal.value, signal.interval, signal.n) == (0.3, NPS.interval, 400)
    assert (signal.change, signal.against, signal.p) == (-0.1, cases.BEFORE, 0.004)


def test_a_change_at_p_six_per_cent_is_none() -> None:
    """However large it is."""
    assert signals(part((NPS,), (change("nps", 0.9, significant=False),)), ()) == ()


@pytest.mark.parametrize(
    ("better", "good"), [(Better.HIGH, True), (Better.LOW, False), (Better.NONE, None)]
)
def test_good_and_bad_follow_the_direction_of_the_figure(better: Better, good: bool | None) -> None:
    """What has no good end makes no signal: it would be neither."""
    moved = dataclasses.replace(change("nps", 0.1), better=better)
    found = signals(part((NPS,), (moved,)), ())
    assert [signal.good for signal in found] == ([] if good is None else [good])


def test_hidden_figures_make_none() -> None:
    """Neither a hidden figure nor a hidden segment lets anything out."""
    hidden = dataclasses.replace(
        NPS, n=0, value=None, reason=Reason.PROTECTS_ANOTHER, interval=None, se=None,
        standing=Standing.HIDDEN,
    )  # fmt: skip
    moved = (change("nps", -0.1),)
    assert signals(part((hidden,), moved), ()) == ()
    assert signals(part((NPS,), moved, standing=Standing.HIDDEN), ()) == ()
    closed = part((NPS,), moved, name="A", standing=Standing.HIDDEN)
    assert signals(part(), (closed,)) == ()


def rate(now: float, n: int = 400) -> tuple[Figure, tuple[TrendPoint, ...]]:
    """A complaint rate after a year at ten per cent."""
    values = [0.1, 0.11, 0.09] * 4 + [now]
    points = tuple(
        TrendPoint(wave, made.share("complaint_rate", value, n))
        for wave, value in zip(cases.months(13), values, strict=True)
    )
    return points[-1].figure, points


def test_a_rate_has_one_alarm() -> None:
    """Where the chart judges, the change of the same rate is silent, and others speak."""
    charted = dataclasses.replace(change("complaint_rate", 0.1), significant=False, charted=True)
    figure, trend = rate(0.2)
    found = part((figure,), (charted,), trend=trend)
    (signal,) = signals(found, ())
    assert (signal.kind, signal.sureness) == (SignalKind.OUT_OF_CONTROL, Sureness.ESTIMATED)
    assert (signal.against, signal.good) == (BASELINE, False)
    assert signal.change == pytest.approx(0.1)
    moved = (charted, change("attribute_mean", -0.2, of="price"))
    assert kinds(part((figure, PRICE), moved, trend=trend)) == [
        SignalKind.CHANGED, SignalKind.OUT_OF_CONTROL,
    ]  # fmt: skip
    figure, trend = rate(0.12)
    assert kinds(part((figure,), (charted,), trend=trend)) == []


def test_segments_speak_in_the_report_on_all() -> None:
    """What moved in one segment, and where it differs; not what moved for all alike."""
    lower = change("attribute_mean", -0.2, of="price")
    rest = change("attribute_mean", -0.3, of="price", family=Family.REST)
    vip = part((PRICE, NPS), (lower, rest, change("nps", 0.1)), name="A")
    whole = part((PRICE,), (lower,))
    found = [(s.segment, s.kind, s.key) for s in signals(whole, (whole, vip))]
    assert sorted(found) == [
        ("A", SignalKind.CHANGED, "nps"),
        ("A", SignalKind.DIFFERS, "attribute_mean"),
        (ALL, SignalKind.CHANGED, "attribute_mean"),
    ]
    assert {s.segment for s in signals(vip, (whole, vip))} == {"A"}


def test_where_it_hurts_needs_an_interval() -> None:
    """Short of expectation: the whole interval; a gap that may be none is not said to hurt."""
    clear = made.figure("gap", -0.3, Unit.POINTS, of="price", half=0.2)
    vague = made.figure("gap", -0.3, Unit.POINTS, of="staff", half=0.4)
    (signal,) = signals(part((clear, vague)), ())
    assert (signal.kind, signal.of, signal.against) == (
        SignalKind.HURTS, "price", "expectation_mean",
    )  # fmt: skip
    turned = dataclasses.replace(clear, better=Better.LOW)
    assert not falls_short(turned)
    assert falls_short(
        dataclasses.replace(turned, value=0.3, interval=Interval(0.1, 0.5, "paired_t"))
    )


def test_important_and_below_average_hurts() -> None:
    """As the quadrants place it; the difference is that from the mean of all attributes."""
    found = [s for s in cases.make_findings().segments[0].signals if s.against == "experience_line"]
    assert {s.of for s in found} == {"delivery", "complaints", "price"}
    assert all((s.change or 0) < 0 and not s.good for s in found)


def test_silent_customers_are_counted_where_the_customers_are() -> None:
    """Of 1,000 customers a fifth met a problem and three quarters of these told nobody."""
    figures = (made.share("problem_rate", 0.2, 400), made.share("voiced_propensity", 0.25, 80))
    (signal,) = signals(part(figures), ())
    assert (signal.kind, signal.sureness) == (SignalKind.SILENT, Sureness.DESCRIBED)
    assert signal.customers == pytest.approx(150)
    assert signals(part(figures, population=None), ())[0].customers is None
    told = (figures[0], made.share("voiced_propensity", 1.0, 80))
    assert signals(part(told), ()) == ()
    assert signals(part(figures[:1]), ()) == ()


def test_what_problems_cost_is_estimated_or_not_said() -> None:
    """Customers and money where both are known; nothing where the interval holds none."""
    lost = made.figure("lost_to_problems", 0.03, Unit.SHARE, n=400, half=0.01)
    (signal,) = signals(part((lost,)), (), customer_value=400.0)
    assert (signal.kind, signal.sureness) == (SignalKind.AT_RISK, Sureness.ESTIMATED)
    assert signal.customers == pytest.approx(30)
    assert signal.cost == pytest.approx(12_000)
    (unpriced,) = signals(part((lost,)), ())
    assert unpriced.cost is None
    for population in (None, 399):
        (uncounted,) = signals(part((lost,), population=population), (), customer_value=400.0)
        assert (uncounted.customers, uncounted.cost) == (None, None)
    unsure = made.figure("lost_to_problems", 0.03, Unit.SHARE, n=400, half=0.05)
    assert signals(part((unsure,)), ()) == ()


def test_customers_at_risk_are_described() -> None:
    """What answers put at risk is a share, not a test."""
    (signal,) = signals(part((made.share("sci_at_risk", 0.06, 400),)), ())
    assert signal.sureness is Sureness.DESCRIBED
    assert signal.customers == pytest.approx(60)
    assert signals(part((made.share("sci_at_risk", 0.0, 400),)), ()) == ()


def test_the_order_is_by_sureness_size_and_bad_before_good() -> None:
    """Tested, estimated, described; sizes in tenths; of the same size, the bad news first."""
    ranked = cases.make_findings().segments[0].signals
    order = [list(Sureness).index(s.sureness) for s in ranked]
    assert order == sorted(order)
    sizes = {"a": 0.10, "b": -0.10, "c": 0.90}
    figures = tuple(dataclasses.replace(PRICE, of=of) for of in sizes)
    moved = tuple(change("attribute_mean", value, of=of) for of, value in sizes.items())
    assert [s.of for s in signals(part(figures, moved), ())] == ["c", "b", "a"]


def test_the_order_does_not_rest_on_the_order_of_the_findings() -> None:
    """Ties go by key, item and segment, so the same findings always rank alike."""
    found = cases.make_findings()
    whole = found.segments[0]
    mixed = random.Random(5)
    shuffled = dataclasses.replace(
        whole,
        figures=tuple(mixed.sample(whole.figures, len(whole.figures))),
        changes=tuple(mixed.sample(whole.changes, len(whole.changes))),
    )
    assert signals(shuffled, found.segments[::-1]) == signals(whole, found.segments)


def test_size_is_counted_in_answers_not_in_errors() -> None:
    """Four times the answers halve the standard error and leave the size as it is."""
    one = dataclasses.replace(NPS, n=100, se=0.08)
    many = dataclasses.replace(NPS, n=400, se=0.04)
    assert spread(one) == pytest.approx(spread(many))
    weighted = dataclasses.replace(NPS, n=500, se=0.04, weighted=True, effective_n=400.0)
    assert spread(weighted) == pytest.approx(spread(many))
    assert spread(dataclasses.replace(NPS, se=None)) is None


def test_better_decides_which_way_is_good() -> None:
    """Never the name of a figure."""
    low = dataclasses.replace(NPS, better=Better.LOW)
    none = dataclasses.replace(NPS, better=Better.NONE)
    assert [good_way(f) for f in (NPS, low, none)] == [1, -1, 0]
    assert [goodness(f) for f in (NPS, low, none)] == [0.3, -0.3, 0.3]
