"""Signals come by the rules that were asked for, at the points they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.statistics.control_charts.baseline import freeze_baseline
from reports.statistics.control_charts.limits import judge
from reports.statistics.control_charts.periods import Chart, ChartReason
from reports.statistics.control_charts.rules import (
    DEFAULT,
    NELSON,
    WESTERN_ELECTRIC,
    Direction,
    Rule,
    Signal,
    signals,
)
from reports.statistics.control_charts.runs import RunLimits, run_limits, runs
from tests.reports.statistics.control_charts.chart_cases import (
    NELSON_SERIES,
    VARIABLE_COUNTS,
    VARIABLE_SIZES,
    periods,
    settled,
    standard_points,
)

EVERY_TEST = tuple(NELSON.values())
UP, DOWN, NEITHER = Direction.ABOVE, Direction.BELOW, Direction.NEITHER


@pytest.mark.parametrize("test", NELSON_SERIES)
def test_each_of_nelsons_tests_fires_alone_at_the_last_point(test: int) -> None:
    """All eight tests look at the series made for one; that one fires, at its end only."""
    series = NELSON_SERIES[test]
    (found,) = signals(standard_points(series), EVERY_TEST)
    assert found.rule is NELSON[test]
    assert found.points[-1] == str(len(series) - 1)


@pytest.mark.parametrize("test", NELSON_SERIES)
def test_nelsons_tests_are_mirrored(test: int) -> None:
    """Upside down the same test fires, in the other direction."""
    turned = {UP: DOWN, Direction.RISING: Direction.FALLING, NEITHER: NEITHER}
    (up,) = signals(standard_points(NELSON_SERIES[test]), EVERY_TEST)
    (down,) = signals(standard_points([-z for z in NELSON_SERIES[test]]), EVERY_TEST)
    assert down == replace(up, direction=turned[up.direction])


def test_a_point_on_the_limit_and_a_run_of_eight_are_no_signals() -> None:
    """A z of exactly 3 is inside, and Nelson's second test asks for nine."""
    series = standard_points([0.4, -0.2, 3.0, -0.1, 0.5, 0.9, 0.3, 1.4, 0.2, 0.7, 0.4, 0.6])
    assert signals(series, EVERY_TEST) == ()


def test_western_electric_asks_for_a_run_of_eight() -> None:
    """The fourth test of Western Electric finds what Nelson's second does not."""
    series = standard_points([0.5, 0.9, 0.3, 1.4, 0.2, 0.7, 0.4, 0.6])
    (found,) = signals(series, WESTERN_ELECTRIC.values())
    assert found == Signal(Rule.EIGHT_ON_ONE_SIDE, tuple("01234567"), UP)


@pytest.mark.parametrize(
    ("rule", "series"),
    [
        (Rule.TWO_OF_THREE_BEYOND_TWO, [2.0, 2.0, 2.0]),
        (Rule.TWO_OF_THREE_BEYOND_TWO, [2.5, 0.1, 0.1, 2.5]),
        (Rule.TWO_OF_THREE_BEYOND_TWO, [2.5, -2.5, 0.3]),
        (Rule.FOUR_OF_FIVE_BEYOND_ONE, [1.5, 1.5, 0.2, 0.2, 1.5, 1.5]),
        (Rule.FOUR_OF_FIVE_BEYOND_ONE, [1.0] * 6),
        (Rule.NINE_ON_ONE_SIDE, [0.5] * 5 + [0.0] + [0.5] * 5),
        (Rule.SIX_STEADY, [0.1, 0.2, 0.3, 0.3, 0.4, 0.5]),
        (Rule.FOURTEEN_ALTERNATING, [0.5, -0.5] * 6 + [-0.5]),
        (Rule.FIFTEEN_WITHIN_ONE, [0.5, -0.5] * 7 + [1.1]),
        (Rule.EIGHT_BEYOND_ONE, [1.5, -1.5] * 3 + [1.5, 1.0]),
    ],
)
def test_what_just_misses_is_no_signal(rule: Rule, series: list[float]) -> None:
    """On a line, a gap too wide, the other side, a tie: none of them counts."""
    assert signals(standard_points(series), [rule]) == ()


def test_a_point_on_a_line_is_of_the_inner_zone() -> None:
    """Fifteen points at most one sigma away hug the centre, those on the line among them."""
    (found,) = signals(standard_points([1.0, -1.0, 0.0] * 5), [Rule.FIFTEEN_WITHIN_ONE])
    assert (len(found.points), found.direction) == (15, NEITHER)


def test_two_of_three_rests_on_the_two() -> None:
    """The point between two far ones is not part of the signal."""
    (found,) = signals(standard_points([0.1, -2.4, 0.3, -2.2]), [Rule.TWO_OF_THREE_BEYOND_TWO])
    assert found == Signal(Rule.TWO_OF_THREE_BEYOND_TWO, ("1", "3"), DOWN)


def test_counts_go_on_after_a_signal() -> None:
    """A run of eleven makes three signals of nine points each."""
    found = signals(standard_points([0.5, 0.7] * 5 + [0.6]), [Rule.NINE_ON_ONE_SIDE])
    assert [signal.points[-1] for signal in found] == ["8", "9", "10"]
    assert {len(signal.points) for signal in found} == {9}


def test_the_wholly_one_sided_mixture_names_its_side() -> None:
    """Eight points beyond one sigma, all below, are a signal with a direction."""
    found = signals(standard_points([-1.5, -1.7] * 4), [Rule.EIGHT_BEYOND_ONE])
    assert [signal.direction for signal in found] == [DOWN]


def test_steps_are_of_the_values_not_of_their_distance_in_sigmas() -> None:
    """Values that rise on the chart rise, even where a smaller base makes z fall."""
    series = [
        replace(point, value=0.1 * i) for i, point in enumerate(standard_points([1, 2, 1, 2, 1, 2]))
    ]
    (found,) = signals(series, [Rule.SIX_STEADY])
    assert found.direction is Direction.RISING


def test_empty_and_excluded_periods_are_passed_over() -> None:
    """A month without answers does not break a run, one with a known cause is not judged."""
    values = [0.5] * 5 + [None] + [0.5] * 4
    (found,) = signals(standard_points(values), [Rule.NINE_ON_ONE_SIDE])
    assert "5" not in found.points
    (far,) = standard_points([4.0])
    assert signals([replace(far, excluded=True)]) == ()


def test_the_published_chart_has_one_point_beyond_its_limits() -> None:
    """Montgomery's table 7.4: sample 11 alone, and no run."""
    orders = periods(VARIABLE_COUNTS, VARIABLE_SIZES)
    baseline = settled(freeze_baseline(Chart.P, orders))
    assert signals(judge(baseline, orders)) == (Signal(Rule.BEYOND_LIMITS, ("10",), UP),)


def test_a_value_at_a_lower_limit_cut_off_at_zero_is_no_signal() -> None:
    """No complaint at all is not beyond a limit that would lie below 0."""
    calm = periods([10, 12, 9, 11] * 4, 100)
    baseline = settled(freeze_baseline(Chart.P, calm))
    (point,) = judge(baseline, periods([0], 60))
    assert (point.lower, point.value) == (0.0, 0.0)
    assert signals([point]) == ()


@pytest.mark.parametrize(
    ("n", "expected"),
    [(10, (6, 2)), (20, (7, 6)), (24, (8, 8)), (25, (8, 8)), (28, (8, 9))],
)
def test_run_limits_are_the_published_ones(n: int, expected: tuple[int, int]) -> None:
    """Longest run and fewest crossings as in qicharts2 and its references."""
    assert run_limits(n) == RunLimits(*expected)


def test_fewest_crossings_are_the_binomial_quantile() -> None:
    """In whole numbers the same as scipy's quantile of the binomial distribution."""
    for n in range(1, 400):
        assert run_limits(n).crossings == int(stats.binom.ppf(0.05, n - 1, 0.5))


def test_a_long_run_is_told_with_its_points_and_side() -> None:
    """Of 12 points 7 are the longest run that is chance; 8 below are a signal."""
    series = [0.5, -0.4, 0.3, 0.6, *[-0.5] * 8]
    found = signals(standard_points(series))
    assert found == (Signal(Rule.LONG_RUN, tuple(str(i) for i in range(4, 12)), DOWN),)


def test_few_crossings_are_a_signal_of_the_whole_series() -> None:
    """Two blocks of six cross once, where 3 of 11 are the fewest that chance allows."""
    (found,) = signals(standard_points([0.5] * 6 + [-0.5] * 6))
    assert (found.rule, len(found.points)) == (Rule.FEW_CROSSINGS, 12)
    assert found.direction is NEITHER


def test_points_on_the_centre_line_are_dropped_for_runs() -> None:
    """A point on the line neither ends a run nor counts as useful."""
    series = standard_points([0.5, -0.4, 0.3, 0.6, *[-0.5] * 4, 0.0, *[-0.5] * 4])
    found = runs(series)
    assert not isinstance(found, ChartReason)
    assert (found.useful, found.longest, found.crossings) == (12, 8, 3)
    assert [len(run) for run in found.too_long] == [8]


def test_run_rules_wait_for_ten_points() -> None:
    """Nine points on one side say nothing yet by these rules, and the runs say why."""
    series = standard_points([0.5] * 9)
    assert signals(series, [Rule.LONG_RUN, Rule.FEW_CROSSINGS]) == ()
    assert runs(series) is ChartReason.TOO_FEW_POINTS


@given(st.lists(st.floats(-5, 5), max_size=40))
def test_signals_rest_on_points_of_the_chart(values: list[float]) -> None:
    """Whatever the series, every rule names points of it, oldest first, and never fails."""
    for signal in signals(standard_points(values), list(Rule)):
        places = [int(name) for name in signal.points]
        assert places == sorted(set(places))
        assert all(0 <= place < len(values) for place in places)


@given(st.lists(st.floats(-5, 5), max_size=40))
def test_asking_for_more_rules_hides_none(values: list[float]) -> None:
    """The signals of the default are among those of all rules."""
    series = standard_points(values)
    assert set(signals(series, DEFAULT)) <= set(signals(series, list(Rule)))
