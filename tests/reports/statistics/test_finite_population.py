"""Of few customers nearly all of whom answered, the figures are known nearly exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from reports.findings import Interval, Reason
from reports.statistics.finite_population import (
    Described,
    described_mean,
    described_net,
    described_share,
    effective,
)
from reports.statistics.intervals import wilson, wilson_effective
from reports.statistics.moments import Moments


def found(described: Described | Reason) -> Described:
    """The description, which is there."""
    assert isinstance(described, Described)
    return described


def ends(described: Described | Reason) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    interval = found(described).interval
    assert isinstance(interval, Interval)
    return interval.low, interval.high


def held(n: int, population: int) -> list[float]:
    """How often the interval holds M/N, for M = 0 … N: every sample enumerated."""
    intervals = [ends(described_share(k, n, population)) for k in range(n + 1)]
    low, high = np.array(intervals).T
    outcomes = np.arange(n + 1)
    coverages = []
    for yes in range(population + 1):
        inside = (low <= yes / population + 1e-12) & (yes / population - 1e-12 <= high)
        coverages.append(float(hypergeom.pmf(outcomes, population, yes, n)[inside].sum()))
    return coverages


def test_nine_of_ten_important_customers() -> None:
    """8 of 9 of 10: SE .0351, certain between 80 and 90 per cent, and there the interval ends."""
    vip = found(described_share(8, 9, 10))
    assert vip.se == pytest.approx(0.0351364, abs=1e-6)
    assert vip.bounds == (0.8, 0.9)
    assert ends(vip) == (0.8, 0.9)
    assert effective(9, 10) == 81
    assert wilson_effective(8 / 9, 81) == pytest.approx((0.802129, 0.940432), abs=1e-6)


@pytest.mark.parametrize(
    ("n", "population"),
    [(9, 10), (5, 10), (30, 40), (10, 40), (1, 12), (20, 25), (60, 100), (45, 300), (290, 300)],
)
def test_every_cell_is_held_at_least_as_often_as_promised(n: int, population: int) -> None:
    """However many of the N would say yes, 95 intervals of 100 hold that number."""
    assert min(held(n, population)) >= 0.95


def test_small_populations_one_by_one() -> None:
    """Every n of every N up to 24: 95 %, ends that never fall as k grows, no gap inside."""
    for population in range(1, 25):
        for n in range(1, population + 1):
            assert min(held(n, population)) >= 0.95
            intervals = [ends(described_share(k, n, population)) for k in range(n + 1)]
            assert intervals == sorted(intervals)
            assert [high for _low, high in intervals] == sorted(high for _low, high in intervals)


@given(st.integers(1, 3000), st.data())
def test_the_interval_stays_within_what_is_certain(population: int, data: st.DataObject) -> None:
    """Of any k of n of N the value lies in the interval, and the interval in the bounds."""
    n = data.draw(st.integers(1, population))
    k = data.draw(st.integers(0, n))
    confidence = data.draw(st.sampled_from([0.5, 0.8, 0.95, 0.999]))
    share = found(described_share(k, n, population, confidence))
    low, high = ends(share)
    assert share.bounds[0] <= low <= share.value <= high <= share.bounds[1]
    nearest = round(share.value * population) / population
    assert low <= max(min(nearest, share.bounds[1]), share.bounds[0]) <= high


def test_one_left_of_many() -> None:
    """1 of 49 of 50: only 1 of 50 is held, and 1/49 is the other end, not beside the interval."""
    assert ends(described_share(1, 49, 50)) == (1 / 50, 1 / 49)
    assert ends(described_share(48, 49, 50)) == (48 / 49, 49 / 50)


def test_certain_ends_never_leave_the_scale() -> None:
    """Scores of 1/9 on a scale from 1/9 to 11/18: not a rounding below the lowest."""
    scale = (float(Fraction(1, 9)), float(Fraction(11, 18)))
    for n in range(2, 60):
        for worst in (0, 1):
            answers = Moments.of({Fraction(scale[worst]): n})
            share = found(described_mean(answers, n + 3, scale))
            assert scale[0] <= share.bounds[0] <= share.value <= share.bounds[1] <= scale[1]


def test_a_net_score_lies_in_its_interval() -> None:
    """Also where all are promoters and little confidence is asked for."""
    for n, population in ((3, 1000), (9, 10), (40, 50)):
        share = found(described_net(Moments.of({1: n}), population, 0.5))
        assert ends(share)[1] == share.value == 1


def test_many_customers_take_wilsons_interval() -> None:
    """Of ten thousand customers the correction is Wilson's; of endless ones it is no correction."""
    share = found(described_share(800, 1000, 10_000))
    assert share.interval is not None
    assert share.interval.method == "wilson_finite"
    assert ends(share) == pytest.approx(wilson_effective(0.8, 1000 * 9999 / 9000))
    plain = wilson(800, 1000)
    assert isinstance(plain, Interval)
    assert ends(described_share(800, 1000, 10**9)) == pytest.approx(
        (plain.low, plain.high), abs=1e-6
    )


def test_few_missing_of_many_are_counted_exactly() -> None:
    """990 of 1,000 answered: ten people are left, and the exact interval is affordable."""
    share = found(described_share(900, 990, 1000))
    assert share.interval is not None
    assert share.interval.method == "hypergeometric"
    assert 0.9 <= share.interval.low < share.interval.high <= 0.91


def test_a_census_is_exact() -> None:
    """All answered: the value, no standard error, an interval of no width named for what it is."""
    for census in (
        described_share(8, 10, 10),
        described_mean(Moments.of({0: 2, 1: 8}), 10, (0, 1)),
        described_net(Moments.of({0: 2, 1: 8}), 10),
    ):
        assert found(census).se == 0
        assert found(census).bounds == ends(census) == (0.8, 0.8)
        assert found(census).interval == Interval(0.8, 0.8, "census")


def test_what_cannot_be_gives_a_reason() -> None:
    """Nobody answered, or more than there are: a reason, whatever the figure."""
    for n, reason in ((0, Reason.NO_ANSWERS), (11, Reason.MORE_ANSWERS_THAN_CUSTOMERS)):
        answers = Moments.of({1: n})
        assert described_share(n, n, 10) is reason
        assert described_mean(answers, 10, (1, 5)) is reason
        assert described_net(answers, 10) is reason


def test_answers_without_spread_still_have_certain_bounds() -> None:
    """One answer, or all alike: no interval of a mean, but what the unheard can do is known."""
    one = found(described_mean(Moments.of({4: 1}), 2, (1, 5)))
    assert (one.value, one.bounds, one.se, one.interval) == (4, (2.5, 4.5), None, None)
    assert one.reason is Reason.ONE_ANSWER
    alike = found(described_mean(Moments.of({5: 29}), 30, (1, 5)))
    assert alike.bounds == pytest.approx((146 / 30, 5))
    assert (alike.interval, alike.reason) == (None, Reason.NO_VARIATION)
    single = found(described_share(1, 1, 2))
    assert (single.se, ends(single)) == (None, (0.5, 1.0))


def test_a_mean_has_the_corrected_standard_error() -> None:
    """SE √(1 - n/N)·s/√n; Student's interval with it, clipped to what is certain."""
    answers = Moments.of({1: 2, 2: 5, 3: 8, 4: 10, 5: 5})
    mean = found(described_mean(answers, 120, (1, 5)))
    assert mean.se == pytest.approx(np.sqrt(0.75 * answers.variance / 30))
    assert mean.se is not None
    low, high = ends(mean)
    assert (low + high) / 2 == pytest.approx(answers.mean)
    assert (high - low) / 2 == pytest.approx(2.045229642 * mean.se)
    assert mean.interval is not None
    assert mean.interval.method == "t_finite"


def test_a_net_score_closes_in_as_all_answer() -> None:
    """Adjusted Wald for few of many, the value itself once nearly all have answered."""
    answers = Moments.of({1: 70, 0: 20, -1: 10})
    widths = [
        high - low
        for low, high in (ends(described_net(answers, n)) for n in (10**9, 200, 110, 101))
    ]
    assert widths == sorted(widths, reverse=True)
    assert ends(described_net(answers, 101)) == pytest.approx((0.6, 0.6), abs=0.02)
