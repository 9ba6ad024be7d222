"""Run lengths are the published ones, and those of the rules as they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from reports.statistics.control_charts.limits import Point
from reports.statistics.control_charts.periods import Chart
from reports.statistics.control_charts.rules import NELSON, WESTERN_ELECTRIC, Rule, signals
from reports.statistics.control_charts.run_length import (
    NoZoneRule,
    average_run_length,
    counted_chances,
    normal_chances,
)

ALL_FOUR = tuple(WESTERN_ELECTRIC.values())
ONE_AND_RUN = (Rule.BEYOND_LIMITS, Rule.EIGHT_ON_ONE_SIDE)


@pytest.mark.parametrize(
    ("rules", "shift", "expected"),
    [
        ([Rule.BEYOND_LIMITS], 0.0, 370.40),
        ([Rule.BEYOND_LIMITS], 0.2, 308.43),
        ([Rule.BEYOND_LIMITS], 0.4, 200.08),
        ([Rule.BEYOND_LIMITS], 1.0, 43.89),
        (ALL_FOUR, 0.0, 91.75),
        (ALL_FOUR, 0.2, 66.80),
        (ALL_FOUR, 0.4, 36.61),
        (ONE_AND_RUN, 0.0, 152.73),
    ],
)
def test_normal_run_lengths_are_champ_and_woodalls(
    rules: tuple[Rule, ...], shift: float, expected: float
) -> None:
    """Champ & Woodall 1987, to their two digits."""
    assert average_run_length(rules, normal_chances(shift)) == pytest.approx(expected, abs=6e-3)


def test_rule_one_is_geometric_on_a_chart_of_shares() -> None:
    """Of 400 at 7 % the run length is 1 over the exact binomial chance of leaving the limits."""
    sigma = math.sqrt(0.07 * 0.93 / 400)
    low, high = 400 * (0.07 - 3 * sigma), 400 * (0.07 + 3 * sigma)
    for level in (0.07, 0.10, 0.14):
        law = stats.binom(400, level)
        outside = law.cdf(math.ceil(low) - 1) + law.sf(math.floor(high))
        chances = counted_chances(Chart.P, 400, centre=0.07, level=level)
        found = average_run_length([Rule.BEYOND_LIMITS], chances)
        assert found == pytest.approx(1 / outside, rel=1e-8)


def test_rule_one_is_geometric_on_a_chart_of_rates() -> None:
    """On 5 units at 1.93 each the limits .07 and 3.79 are left with Poisson's chance."""
    law = stats.poisson(5 * 2.5)
    outside = law.cdf(0) + law.sf(math.floor(5 * 1.93 + 3 * math.sqrt(5 * 1.93)))
    chances = counted_chances(Chart.U, 5, centre=1.93, level=2.5)
    assert average_run_length([Rule.BEYOND_LIMITS], chances) == pytest.approx(1 / outside)


@pytest.mark.parametrize("chart", [Chart.P, Chart.U])
@pytest.mark.parametrize("level", [0.0, 0.02, 0.5, 0.9])
def test_chances_sum_to_one(chart: Chart, level: float) -> None:
    """Every count lies in one zone, extreme levels included."""
    chances = counted_chances(chart, 300, centre=0.1, level=level)
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-10)


def test_wider_limits_of_laney_wait_longer() -> None:
    """With sigma_z of 2 the same counts leave the limits more rarely."""
    plain, wide = (
        average_run_length(
            [Rule.BEYOND_LIMITS],
            counted_chances(Chart.P_PRIME, 400, centre=0.07, level=0.1, sigma_z=sigma_z),
        )
        for sigma_z in (1.0, 2.0)
    )
    assert wide > 10 * plain


def test_the_chain_is_the_rules_as_they_are() -> None:
    """Zone rules of Nelson together: simulated series signal when the chain says, on average."""
    rules = [NELSON[test] for test in (1, 2, 5, 6, 7, 8)]
    rng = np.random.default_rng(3)
    found = []
    for series in rng.normal(1.0, 1.0, (400, 120)).tolist():
        points = [
            Point(str(i), 0, 1, 0.0, False, z, 1.0, -3.0, 3.0, z) for i, z in enumerate(series)
        ]
        found.append(1 + min(int(signal.points[-1]) for signal in signals(points, rules)))
    expected = average_run_length(rules, normal_chances(1.0))
    error = np.std(found) / math.sqrt(len(found))
    assert abs(np.mean(found) - expected) < 4 * error


def test_what_never_signals_runs_for_ever() -> None:
    """No rule, or no point that leaves the limits: the run length is infinite, not an error."""
    assert average_run_length([], normal_chances(0.0)) == math.inf
    nothing = counted_chances(Chart.P, 60, centre=0.1, level=0.0)
    assert average_run_length([Rule.BEYOND_LIMITS], nothing) == math.inf


def test_what_always_signals_runs_once() -> None:
    """A level far away is found at the first point."""
    far = counted_chances(Chart.P, 400, centre=0.07, level=0.9)
    assert average_run_length([Rule.BEYOND_LIMITS], far) == pytest.approx(1.0)


@pytest.mark.parametrize("rule", [Rule.LONG_RUN, Rule.FEW_CROSSINGS, Rule.SIX_STEADY])
def test_rules_that_zones_do_not_decide_are_refused(rule: Rule) -> None:
    """A rule that needs more memory is named, not left out in silence."""
    with pytest.raises(NoZoneRule, match=str(rule)):
        average_run_length([Rule.BEYOND_LIMITS, rule], normal_chances(0.0))
