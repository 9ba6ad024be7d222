"""Intervals are those of the literature, and small samples give reasons."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.findings import Interval, Reason
from reports.statistics.intervals import (
    NETS,
    SHARES,
    bounded_interval,
    near_an_end,
    net_adjusted_wald,
    net_wald,
    newcombe,
    t_interval,
    t_quantile,
    wilson,
    wilson_effective,
)
from reports.statistics.moments import Moments


def ends(found: Interval | Reason) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    assert isinstance(found, Interval)
    return found.low, found.high


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [(81, 263, (0.2553, 0.3662)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_wilson_is_newcombes_table(k: int, n: int, expected: tuple[float, float]) -> None:
    """Newcombe 1998a, table I, method 3."""
    assert ends(wilson(k, n)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
    ],
)
def test_newcombe_is_its_table(
    counts: tuple[int, int, int, int], expected: tuple[float, float]
) -> None:
    """Newcombe 1998b, table II, method 10."""
    k1, n1, k2, n2 = counts
    assert ends(newcombe(k1 / n1, n1, k2 / n2, n2)) == pytest.approx(expected, abs=6e-5)


def test_wilson_ends_are_exact_where_nobody_or_everybody_agrees() -> None:
    """0 of n starts at exactly 0 and n of n ends at exactly 1, not a rounding beside it."""
    for n in range(1, 400):
        assert ends(wilson(0, n))[0] == 0.0
        assert ends(wilson(n, n))[1] == 1.0


@given(n=st.integers(1, 10**6), data=st.data(), confidence=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_stays_in_range_and_holds_the_share(
    n: int, data: st.DataObject, confidence: float
) -> None:
    """The interval lies in 0 … 1 and around the share, for every count."""
    k = data.draw(st.integers(0, n))
    low, high = ends(wilson(k, n, confidence))
    assert SHARES[0] <= low <= k / n <= high <= SHARES[1]


@given(st.floats(0, 1), st.floats(0.01, 1e9))
def test_a_weighted_share_stays_in_range(p: float, n: float) -> None:
    """Of a share a rounding beside 0 or 1, too, no end is outside."""
    low, high = wilson_effective(p, n)
    assert SHARES[0] <= low <= high <= SHARES[1]
    low, high = wilson_effective(1 - 2**-53, 17.3)
    assert high <= SHARES[1]


def test_quantiles_are_not_kept_for_ever() -> None:
    """Degrees of freedom are seldom whole: a server that kept every one would only ever grow."""
    for freedom in range(5000):
        t_quantile(0.95, 10 + freedom / 7)
    assert t_quantile.cache_info().currsize < 5000


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_newcombe_turns_round_with_its_groups(n1: int, n2: int, data: st.DataObject) -> None:
    """First less second is the mirror of second less first."""
    p1, p2 = data.draw(st.integers(0, n1)) / n1, data.draw(st.integers(0, n2)) / n2
    low, high = ends(newcombe(p1, n1, p2, n2))
    back = ends(newcombe(p2, n2, p1, n1))
    assert (low, high) == pytest.approx((-back[1], -back[0]), abs=1e-12)
    assert -1 <= low <= p1 - p2 <= high <= 1


def test_net_promoter_score_of_324() -> None:
    """With p = 1/2, passives 1/3, d = 1/6, n = 324: NPS 1/3, variance 5/9, SE 4.1409 points."""
    net = Moments.of({1: 162, 0: 108, -1: 54})
    low, high = ends(net_wald(net))
    assert net.mean == pytest.approx(1 / 3, abs=1e-12)
    assert net.spread == pytest.approx(5 / 9, abs=1e-12)
    assert 100 * (high - low) / 2 / 1.959964 == pytest.approx(4.1409, abs=1e-4)


def test_net_promoter_score_of_the_airport() -> None:
    """The plain Wald interval is the one the R package NPS gives for the same counts."""
    net = Moments.of({1: 1436, 0: 968, -1: 342})
    assert net.spread == pytest.approx(0.4887665513, abs=1e-9)
    assert math.sqrt(net.spread / net.n) == pytest.approx(0.0133413713, abs=1e-9)
    assert ends(net_wald(net)) == pytest.approx((0.372249062, 0.4245462767), abs=1e-9)


def test_nine_promoters_keep_an_interval() -> None:
    """Rocks 2016 for 9 of 9 promoters: centre .75, lower end .434, upper end cut off at 1."""
    net = Moments.of({1: 9, 0: 0, -1: 0})
    assert net_wald(net) is Reason.NO_VARIATION
    assert ends(net_adjusted_wald(net)) == pytest.approx((0.433712, 1.0), abs=1e-6)


@given(
    st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.sampled_from([0.5, 0.8, 0.95])
)
def test_net_intervals_stay_in_range(up: int, even: int, down: int, confidence: float) -> None:
    """Adjusted and plain intervals lie in -1 … 1 and hold the score, at any confidence."""
    net = Moments.of({1: up, 0: even, -1: down})
    for found in (net_wald(net, confidence), net_adjusted_wald(net, confidence)):
        if isinstance(found, Interval):
            assert NETS[0] <= found.low <= net.mean <= found.high <= NETS[1]


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (wilson(0, 0), Reason.NO_ANSWERS),
        (t_interval(0, 0, 0, (1, 5)), Reason.NO_ANSWERS),
        (t_interval(4, 0, 1, (1, 5)), Reason.ONE_ANSWER),
        (t_interval(4, 0, 9, (1, 5)), Reason.NO_VARIATION),
        (bounded_interval(0, 0, 0, (1, 5)), Reason.NO_ANSWERS),
        (bounded_interval(4, 0, 1, (1, 5)), Reason.ONE_ANSWER),
        (bounded_interval(4, 0, 9, (1, 5)), Reason.NO_VARIATION),
        (net_wald(Moments.of({})), Reason.NO_ANSWERS),
        (net_wald(Moments.of({1: 1})), Reason.ONE_ANSWER),
        (net_wald(Moments.of({0: 8})), Reason.NO_VARIATION),
        (net_adjusted_wald(Moments.of({})), Reason.NO_ANSWERS),
        (net_adjusted_wald(Moments.of({1: 1})), Reason.ONE_ANSWER),
    ],
)
def test_small_samples_give_a_reason(found: Interval | Reason, reason: Reason) -> None:
    """No answers, one answer, no variation: said by name, never NaN and never an exception."""
    assert found is reason


@given(st.dictionaries(st.integers(1, 10), st.integers(0, 50)))
def test_intervals_of_means_stay_on_the_scale(answers: dict[int, int]) -> None:
    """Both intervals of a mean lie on the scale and around the mean."""
    moments = Moments.of(answers)
    if moments.n > 1:
        se = math.sqrt(moments.variance / moments.n)
        for interval in (t_interval, bounded_interval):
            found = interval(moments.mean, se, moments.n, (1, 10))
            if isinstance(found, Interval):
                assert 1 <= found.low <= moments.mean <= found.high <= 10


@given(n=st.integers(3, 10**5), data=st.data())
def test_interval_for_bounded_scores_is_wilsons_for_yes_and_no(n: int, data: st.DataObject) -> None:
    """Of answers 0 and 1 it is Wilson's of n - 1 answers, with t for z and a tenth at each end."""
    k = data.draw(st.integers(1, n - 1))
    moments = Moments.of({0: n - k, 1: k})
    se = math.sqrt(moments.variance / moments.n)
    low, high = ends(bounded_interval(moments.mean, se, n, (0, 1)))
    p, t2 = k / n, float(stats.t.ppf(0.975, n - 1)) ** 2
    spread = p * (1 - p)
    worth = (n - 1) * spread / (spread + (p**2 + (1 - p) ** 2) / (10 * n))
    for q in (low, high):
        assert (p - q) ** 2 == pytest.approx(t2 * q * (1 - q) / worth, rel=1e-6)


def test_interval_for_bounded_scores_leans_away_from_the_end() -> None:
    """Near the top there is more room below the mean than above it, and none beyond 5."""
    low, high = ends(bounded_interval(4.8, 0.1, 30, (1, 5)))
    assert 4.8 - low > high - 4.8
    mirrored = ends(bounded_interval(1.2, 0.1, 30, (1, 5)))
    assert (6 - mirrored[1], 6 - mirrored[0]) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("mean", "near"), [(1.0, True), (1.79, True), (1.81, False), (4.19, False), (4.21, True)]
)
def test_an_end_of_the_scale_is_its_last_fifth(mean: float, near: bool) -> None:
    """On 1–5 the fifths at the ends are 1–1.8 and 4.2–5."""
    assert near_an_end(mean, (1, 5)) is near


def test_higher_confidence_is_wider() -> None:
    """The confidence asked for is the confidence used."""
    pairs = [
        (ends(t_interval(3, 0.4, 9, (-9, 9), c)) for c in (0.8, 0.99)),
        (ends(bounded_interval(3, 0.4, 9, (-9, 9), c)) for c in (0.8, 0.99)),
        (ends(wilson(4, 9, c)) for c in (0.8, 0.99)),
    ]
    for narrow, wide in pairs:
        assert wide[0] < narrow[0] < narrow[1] < wide[1]
