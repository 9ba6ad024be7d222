"""Baselines and limits are those of the textbooks; what has none says why."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.control_charts.baseline import (
    CauseMissing,
    Exclusion,
    UnknownPeriod,
    Why,
    choose_baseline,
    freeze_baseline,
)
from reports.statistics.control_charts.limits import judge
from reports.statistics.control_charts.periods import (
    Chart,
    ChartReason,
    ImpossibleCount,
    PeriodCount,
    RepeatedPeriod,
)
from tests.reports.statistics.control_charts.chart_cases import (
    CIRCUIT_BOARDS,
    COMPUTERS,
    EMERGENCY_ALL,
    EMERGENCY_SEEN,
    ORANGE_JUICE,
    VARIABLE_COUNTS,
    VARIABLE_SIZES,
    WETHERILL_BROWN,
    periods,
    settled,
)

EMERGENCY = periods(EMERGENCY_SEEN, EMERGENCY_ALL)


def test_p_chart_of_orange_juice() -> None:
    """Centre and limits of the trial limits of Montgomery's example 7.1."""
    cans = periods(ORANGE_JUICE, 50)
    baseline = settled(freeze_baseline(Chart.P, cans))
    point = judge(baseline, cans)[0]
    found = (baseline.centre, point.lower, point.upper)
    assert found == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)


def test_p_chart_with_bases_that_differ() -> None:
    """Each size of Montgomery's table 7.4 has its own limits, the lower one never below 0."""
    orders = periods(VARIABLE_COUNTS, VARIABLE_SIZES)
    baseline = settled(freeze_baseline(Chart.P, orders))
    by_size = {point.n: point for point in judge(baseline, orders)}
    sizes = (80, 90, 100, 110, 120)
    lower = [by_size[n].lower for n in sizes]
    upper = [by_size[n].upper for n in sizes]
    assert baseline.centre == pytest.approx(0.09551, abs=6e-7)
    assert lower == pytest.approx([0.0, 0.002565, 0.007335, 0.011438, 0.015017], abs=6e-7)
    assert upper == pytest.approx([0.194093, 0.188455, 0.183686, 0.179582, 0.176003], abs=6e-7)


def test_c_chart_is_a_u_chart_of_one_unit() -> None:
    """Centre and trial limits of Montgomery's example 7.3."""
    boards = periods(CIRCUIT_BOARDS, 1)
    baseline = settled(freeze_baseline(Chart.U, boards))
    point = judge(baseline, boards)[0]
    found = (baseline.centre, point.lower, point.upper)
    assert found == pytest.approx((19.85, 6.48, 33.22), abs=0.011)


def test_u_chart_of_computers() -> None:
    """Centre and limits of Montgomery's example of complaints on five computers."""
    computers = periods(COMPUTERS, 5)
    baseline = settled(freeze_baseline(Chart.U, computers))
    point = judge(baseline, computers)[0]
    found = (baseline.centre, point.lower, point.upper)
    assert found == pytest.approx((1.93, 0.07, 3.79), abs=0.006)


def test_laney_chart_of_the_emergency_departments() -> None:
    """Sigma_z, centre and first limits are those of qicharts2 in R."""
    baseline = settled(freeze_baseline(Chart.P_PRIME, EMERGENCY))
    point = judge(baseline, EMERGENCY)[0]
    found = (baseline.sigma_z, baseline.centre)
    assert found == pytest.approx((10.640421863, 0.9528997113), abs=1e-8)
    limits = (point.lower, point.upper)
    assert limits == pytest.approx((0.9401296442, 0.9656697785), abs=1e-9)


@pytest.mark.parametrize(("chart", "beyond"), [(Chart.P, 16), (Chart.P_PRIME, 0)])
def test_only_laneys_limits_hold_with_large_bases(chart: Chart, beyond: int) -> None:
    """Of 20 weeks of the emergency departments a p chart suspects 16, a p' chart none."""
    baseline = settled(freeze_baseline(chart, EMERGENCY))
    assert sum(abs(point.z or 0.0) > 3 for point in judge(baseline, EMERGENCY)) == beyond


def test_laney_chart_of_rates() -> None:
    """Sigma_z of a u' chart, by hand: z of 10.. on 5 computers, mean moving range over 1.128."""
    baseline = settled(freeze_baseline(Chart.U_PRIME, periods(COMPUTERS, 5)))
    centre = sum(COMPUTERS) / 100
    z = [(x / 5 - centre) / math.sqrt(centre / 5) for x in COMPUTERS]
    moving = [abs(b - a) for a, b in pairwise(z)]
    assert baseline.sigma_z == pytest.approx(sum(moving) / 19 / 1.128)


def test_large_bases_choose_laneys_chart() -> None:
    """The default takes p' where the test finds overdispersion, and says that this is why."""
    baseline = settled(choose_baseline(Chart.P, EMERGENCY))
    assert (baseline.chart, baseline.why) == (Chart.P_PRIME, Why.OVERDISPERSED)
    assert baseline.dispersion.p < 1e-9


def test_calm_periods_choose_the_plain_chart() -> None:
    """Without overdispersion the default is the p chart, whichever sibling was named."""
    baseline = settled(choose_baseline(Chart.P_PRIME, periods(WETHERILL_BROWN, 50)))
    assert (baseline.chart, baseline.why) == (Chart.P, Why.NOT_OVERDISPERSED)
    assert baseline.dispersion.p == pytest.approx(0.81311, abs=1e-5)
    assert baseline.sigma_z == 1.0


def test_a_chart_asked_for_is_the_chart_made() -> None:
    """Whoever names a chart gets it, and it says that it was asked for."""
    baseline = settled(freeze_baseline(Chart.P, EMERGENCY))
    assert (baseline.chart, baseline.why, baseline.points) == (Chart.P, Why.ASKED, 20)


def test_overdispersed_but_too_short_has_no_baseline() -> None:
    """Eleven wild periods: a p chart would cry wolf and p' can't be estimated."""
    found = choose_baseline(Chart.P, EMERGENCY[:11])
    assert found is ChartReason.TOO_FEW_POINTS


def test_sigma_z_below_one_is_an_option() -> None:
    """A steady series narrows Laney's limits, unless they may not be narrower than chance."""
    steady = periods([50, 51] * 8, 500)
    assert settled(freeze_baseline(Chart.P_PRIME, steady)).sigma_z < 0.2
    kept = freeze_baseline(Chart.P_PRIME, steady, at_least_one=True)
    assert settled(kept).sigma_z == 1.0


def test_later_points_do_not_move_the_baseline() -> None:
    """A point is judged alike, whatever comes after it."""
    cans = periods(ORANGE_JUICE, 50)
    baseline = settled(freeze_baseline(Chart.P, cans[:20]))
    assert judge(baseline, cans)[:20] == judge(baseline, cans[:20])
    assert {point.centre for point in judge(baseline, cans)} == {baseline.centre}


def test_known_causes_are_left_out_and_named() -> None:
    """Montgomery's revised limits: without samples 15 and 23 the centre is 0.2150."""
    causes = {"14": "new raw material", "22": "inexperienced operator"}
    cans = periods(ORANGE_JUICE, 50)
    baseline = settled(freeze_baseline(Chart.P, cans, excluding=causes))
    assert baseline.centre == pytest.approx(0.2150, abs=5e-5)
    assert baseline.points == 28
    assert baseline.excluded[0] == Exclusion("14", "new raw material")
    marked = [point.name for point in judge(baseline, cans) if point.excluded]
    assert marked == ["14", "22"]


def test_leaving_out_needs_a_cause_and_a_period() -> None:
    """Nothing leaves the baseline without a reason, and nothing that was not in it."""
    cans = periods(ORANGE_JUICE, 50)
    with pytest.raises(CauseMissing, match="Period 3 is to be left out"):
        freeze_baseline(Chart.P, cans, excluding={"3": " "})
    with pytest.raises(UnknownPeriod, match="Period 99"):
        choose_baseline(Chart.P, cans, excluding={"99": "strike"})


def test_a_period_without_answers_has_a_reason() -> None:
    """An empty month takes no part in the baseline and has neither value nor limits."""
    months = [*periods(ORANGE_JUICE, 50), PeriodCount("empty", 0, 0)]
    baseline = settled(freeze_baseline(Chart.P, months))
    assert "empty" not in baseline.periods
    point = judge(baseline, months)[-1]
    assert (point.value, point.upper, point.z) == (None, None, None)
    assert point.reason is ChartReason.NO_ANSWERS


def test_a_tiny_period_has_a_value_without_limits() -> None:
    """Three answers on a chart of 23 % expect less than one complaint: limits mean nothing."""
    baseline = settled(freeze_baseline(Chart.P, periods(ORANGE_JUICE, 50)))
    (point,) = judge(baseline, [PeriodCount("tiny", 2, 3)])
    assert (point.value, point.upper) == (2 / 3, None)
    assert point.reason is ChartReason.MERGE_PERIODS


@pytest.mark.parametrize(
    ("chart", "counts", "n", "reason"),
    [
        (Chart.P, (), 10, ChartReason.NO_ANSWERS),
        (Chart.P, (0, 0, 0), 0, ChartReason.NO_ANSWERS),
        (Chart.P, (9,), 20, ChartReason.TOO_FEW_POINTS),
        (Chart.P, (4, 5, 4), 50, ChartReason.MERGE_PERIODS),
        (Chart.P, (48, 46, 47), 50, ChartReason.MERGE_PERIODS),
        (Chart.P, (50, 50, 50), 50, ChartReason.MERGE_PERIODS),
        (Chart.U, (0, 0, 0), 50, ChartReason.MERGE_PERIODS),
        (Chart.P_PRIME, (9,) * 11, 50, ChartReason.TOO_FEW_POINTS),
        (Chart.P_PRIME, (9,) * 12, 50, ChartReason.NO_VARIATION),
    ],
)
def test_what_has_no_baseline_says_why(
    chart: Chart, counts: tuple[int, ...], n: int, reason: ChartReason
) -> None:
    """Nobody, one period, too rare, too short for Laney, all alike: a reason each."""
    assert freeze_baseline(chart, periods(counts, n)) is reason


def test_impossible_counts_are_refused() -> None:
    """Less than nothing, something of nobody, and more complainers than customers."""
    for count, n in ((-1, 5), (1, -5), (1, 0)):
        with pytest.raises(ImpossibleCount, match="which cannot be"):
            PeriodCount("2026-01", count, n)
    with pytest.raises(ImpossibleCount, match="2026-01 counts 6 of 5"):
        freeze_baseline(Chart.P, [PeriodCount("2026-01", 6, 5)])
    with pytest.raises(RepeatedPeriod, match="2026-01 is there twice"):
        freeze_baseline(Chart.U, [PeriodCount("2026-01", 6, 5), PeriodCount("2026-01", 1, 5)])


COUNTS = st.lists(
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=30
)


@given(COUNTS, st.sampled_from(Chart))
def test_no_series_breaks_a_chart(counts: list[tuple[int, int]], chart: Chart) -> None:
    """Whatever was counted, there is a baseline or a reason, and limits inside the range."""
    months = periods([x for x, _n in counts], [n for _x, n in counts])
    for found in (freeze_baseline(chart, months), choose_baseline(chart, months)):
        if isinstance(found, ChartReason):
            continue
        for point in judge(found, months):
            if point.lower is None or point.upper is None or point.z is None:
                assert point.reason is not None
                continue
            assert 0 <= point.lower <= point.centre <= point.upper
            assert point.upper <= 1 or not chart.of_shares
            assert math.isfinite(point.z)
