"""Control charts of a segment: which periods they rest on, what they leave out, when they speak."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from reports.charted import ControlChart
from reports.charts import RATES, RULES, alarms, control_charts, leading, present, raise_alarms
from reports.findings import Reason, Standing, TrendPoint
from reports.statistics.control_charts.rules import Rule
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made

CALM = (0.10, 0.11, 0.09, 0.105, 0.095, 0.10, 0.11, 0.09, 0.10, 0.105, 0.095, 0.10)


def trend(
    values: Sequence[float | None], key: str = "complaint_rate", n: int = 400
) -> tuple[TrendPoint, ...]:
    """Months in a row up to this one; a month without a value is hidden."""
    points = []
    for wave, value in zip(cases.months(len(values)), values, strict=True):
        figure = made.share(key, 0.1 if value is None else value, n)
        if value is None:
            reason, standing = Reason.BELOW_SMALLEST_BASE, Standing.HIDDEN
            figure = dataclasses.replace(
                figure, n=0, value=None, reason=reason, count=None, interval=None, se=None,
                standing=standing,
            )  # fmt: skip
        points.append(TrendPoint(wave, figure))
    return tuple(points)


def chart(values: Sequence[float | None], rules: Sequence[Rule] = RULES) -> ControlChart:
    """The only chart of such a trend, alone in its report."""
    (found,) = raise_alarms({"": control_charts(trend(values), rules)}, 0.95)[""]
    return found


def among(values: Sequence[float | None], others: int) -> ControlChart:
    """The chart of such a trend beside others that are calm."""
    calm = control_charts(trend([*CALM, 0.1] * 2))
    rates = {"": control_charts(trend(values)), **{str(i): calm for i in range(others)}}
    (found,) = raise_alarms(rates, 0.95)[""]
    return found


@pytest.mark.parametrize(("before", "baseline"), [(12, 12), (13, 12), (19, 12), (20, 20), (23, 20)])
def test_the_baseline_is_the_first_twelve_or_twenty(before: int, baseline: int) -> None:
    """Months that come later never move it; it is made anew once, when there are twenty."""
    values = [CALM[i % 12] for i in range(before)]
    found = chart([*values, 0.5])
    assert found.baseline == tuple(cases.months(before + 1)[:baseline])
    assert found.centre == pytest.approx(sum(values[:baseline]) / baseline, abs=1e-3)


def test_fewer_than_twelve_usable_months_are_no_chart() -> None:
    """The month reported does not count: it is the one to be judged."""
    assert chart([*CALM[:11], 0.1]).reason == "too_few_points"
    assert chart([*CALM[:11], None, 0.1]).reason == "too_few_points"
    assert chart([*CALM, 0.1]).reason is None
    without = chart([*CALM[:11], 0.1])
    assert (without.points, without.signals, without.centre) == ((), (), None)


def test_a_month_beyond_the_limits_is_an_alarm_once() -> None:
    """It is a signal for ever, and an alarm in its own report alone."""
    found = chart([*CALM, 0.2])
    (signal,) = found.signals
    assert (signal.rule, signal.waves, signal.direction) == (
        "beyond_limits", (cases.WAVE,), "above",
    )  # fmt: skip
    assert alarms(found) == (signal,)
    later = chart([*CALM, 0.2, 0.1])
    assert [s.rule for s in later.signals] == ["beyond_limits"]
    assert alarms(later) == ()


def test_a_lasting_shift_within_the_limits_is_found() -> None:
    """Nine and more months on one side are no chance, though each alone could be."""
    found = chart([*CALM, *[0.085] * 8])
    (signal,) = alarms(found)
    assert (signal.rule, signal.direction) == ("long_run", "below")
    assert len(signal.waves) == 9
    assert chart([*CALM, *[0.085] * 8], rules=(Rule.BEYOND_LIMITS,)).signals == ()


@pytest.mark.parametrize("values", [[*CALM, 0.1475], [*CALM, *[0.085] * 8]])
def test_among_many_charts_an_alarm_takes_more(values: Sequence[float]) -> None:
    """What one chart hardly ever shows by chance, one of fifteen shows now and then."""
    assert alarms(among(values, 0))
    beside = among(values, 14)
    assert present(beside)
    assert alarms(beside) == ()
    assert alarms(among([*CALM, 0.2], 14))


def test_an_alarm_stays_one_after_it_was_news() -> None:
    """A level that lasts is not usual a month later, but nobody is told twice."""
    (first,), (later,) = (present(chart([*CALM, *CALM[:9], *[0.085] * n])) for n in (8, 9))
    assert (first.alarm, first.news) == (True, True)
    assert (later.alarm, later.news) == (True, False)


def test_only_the_leading_rate_raises_alarms() -> None:
    """Rates that move together would cry wolf three times for one."""
    both = [p for key in RATES for p in trend([*CALM, 0.2], key)]
    charts = raise_alarms({"": control_charts(both)}, 0.95)[""]
    assert leading(charts) is charts[0]
    assert [bool(alarms(c)) for c in charts] == [True, False, False]
    assert all(present(c) for c in charts)
    assert leading(()) is None


def test_a_run_is_an_alarm_once_and_stays_present() -> None:
    """Told anew every month, one run by chance would be many false alarms."""
    found = chart([*CALM, *[0.085] * 10])
    assert [s.rule for s in present(found)] == ["long_run"]
    assert alarms(found) == ()


def test_hidden_months_are_gaps() -> None:
    """Neither count nor limits of a hidden month are in the file; its neighbours are judged."""
    found = chart([*CALM, None, 0.2])
    gap, newest = found.points[-2:]
    assert (gap.count, gap.n, gap.value, gap.lower, gap.upper) == (0, 0, None, None, None)
    assert newest.value == pytest.approx(0.2)
    assert [s.waves for s in alarms(found)] == [(cases.WAVE,)]
    assert alarms(chart([*CALM, 0.2, None])) == ()


def test_a_hidden_month_makes_no_alarms() -> None:
    """Eve does not learn from a signal what the figure must not tell."""
    found = chart([*CALM, *[0.08] * 9, None])
    assert alarms(found) == ()


def test_months_that_vary_get_laneys_limits() -> None:
    """Wider than counting explains in the baseline: wider limits, no false alarms."""
    wild = [0.05, 0.16, 0.06, 0.15, 0.04, 0.17, 0.06, 0.14, 0.05, 0.16, 0.07, 0.15]
    found = chart([*wild, 0.17])
    assert found.chart == "p_prime"
    assert found.sigma_z is not None
    assert found.sigma_z > 2
    assert alarms(found) == ()
    assert chart([*CALM, 0.1]).chart == "p"


def test_named_periods_stay_the_baseline() -> None:
    """Who settled a level at another time names its months; the window may move on."""
    values = [*CALM, *[0.14] * 11, 0.14]
    named = cases.months(24)[:12]
    (found,) = control_charts(trend(values), baseline=named)
    assert found.baseline == tuple(named)
    assert {s.direction for s in present(found)} == {"above"}


def test_limits_stay_when_their_months_have_left_the_chart() -> None:
    """Three years on, the chart shows two of them and still judges by the first twenty months."""
    values = [*CALM, *CALM[:8], *[0.14] * 16]
    (found,) = control_charts(trend(values), most=24)
    assert found.baseline == tuple(cases.months(36)[:20])
    assert [point.wave for point in found.points] == cases.months(36)[-24:]
    assert {s.direction for s in present(found)} == {"above"}


def test_a_weighted_rate_counts_as_the_answers_it_is_worth() -> None:
    """Limits widen with the design effect; value and base stay those that are shown."""
    plain = trend([*CALM, 0.12])
    weighted = tuple(
        TrendPoint(
            p.wave, dataclasses.replace(p.figure, count=None, weighted=True, effective_n=200.0)
        )
        for p in plain
    )
    (one,), (other,) = control_charts(plain), control_charts(weighted)
    before, after = one.points[-1], other.points[-1]
    assert after.value == before.value == pytest.approx(0.12)
    assert (after.n, after.count) == (before.n, before.count)
    assert before.upper is not None
    assert after.upper is not None
    assert other.centre == pytest.approx(one.centre)
    assert after.upper - (other.centre or 0) == pytest.approx(
        2**0.5 * (before.upper - (one.centre or 0))
    )


def test_known_populations_change_nothing() -> None:
    """A chart is about the process: the number of customers narrows no limit."""
    plain = trend([*CALM, 0.13])
    known = tuple(TrendPoint(p.wave, dataclasses.replace(p.figure, population=410)) for p in plain)
    assert control_charts(plain) == control_charts(known)


def test_few_complaints_have_no_limits_of_chance() -> None:
    """Fewer than five expected a month: the reason stands instead of a chart."""
    (found,) = control_charts(trend([*CALM, 0.1], n=30))
    assert found.reason == "merge_periods"


def test_each_rate_has_its_chart_and_other_figures_none() -> None:
    """Complaint, voiced and problem rate, as far as they are asked."""
    points = [p for key in ("nps", *reversed(RATES)) for p in trend([*CALM, 0.1], key)]
    assert [c.key for c in control_charts(points)] == list(RATES)
    unasked = [
        TrendPoint(p.wave, dataclasses.replace(p.figure, value=None, reason=Reason.NOT_ASKED))
        for p in trend([*CALM, 0.1])
    ]
    assert control_charts(unasked) == ()
    assert control_charts(()) == ()
