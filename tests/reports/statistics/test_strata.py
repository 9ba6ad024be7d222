"""Figures of all customers, put together from groups that were asked unequally."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from reports.findings import Interval, Reason
from reports.statistics.estimates import Estimate
from reports.statistics.finite_population import effective
from reports.statistics.intervals import wilson, wilson_effective
from reports.statistics.moments import Moments
from reports.statistics.strata import BaseOutsideResponses, Stratum, stratified
from reports.statistics.weighting import Weights, poststratify

API = (200.0, 1000.0)


def found(estimate: Estimate | Reason) -> Estimate:
    """An estimate that is there."""
    assert isinstance(estimate, Estimate)
    return estimate


def share(name: str, customers: int, n: int, yes: int) -> Stratum:
    """A group all of whose responses are in the base."""
    return Stratum.of(name, customers, n, Moments.of({1: yes, 0: n - yes}))


def ends(estimate: Estimate | Reason) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    interval = found(estimate).interval
    assert isinstance(interval, Interval)
    return interval.low, interval.high


def test_two_groups_as_by_stata_and_r() -> None:
    """Stata's fpc data: 5.4481, SE .616 with the correction and .7413 without (× 10 here)."""
    groups = [
        Stratum.of("1", 15, 5, Moments.of({28: 1, 41: 1, 68: 2, 92: 1})),
        Stratum.of("2", 12, 3, Moments.of({37: 1, 66: 1, 42: 1})),
    ]
    for fpc, se in ((True, 6.16), (False, 7.413)):
        estimate = found(stratified(groups, (0, 100), fpc=fpc))
        assert estimate.value == pytest.approx(54.481, abs=5e-4)
        assert estimate.se == pytest.approx(se, abs=5e-4 if not fpc else 5e-3)


def test_schools_by_type_as_by_r() -> None:
    """R survey, api: mean 662.29, SE 9.4089, of 200 schools in three groups."""
    groups = [
        Stratum.of("E", 4421, 100, Moments(100, 67443, 47038637)),
        Stratum.of("H", 755, 50, Moments(50, 31291, 20167941)),
        Stratum.of("M", 1018, 50, Moments(50, 31830, 20940396)),
    ]
    estimate = found(stratified(groups, API, fpc=True))
    assert estimate.value == pytest.approx(662.29, abs=0.005)
    assert estimate.se == pytest.approx(9.4089, abs=5e-5)
    assert estimate.deff is not None
    assert estimate.deff > 1


def test_a_base_within_the_groups_as_by_r() -> None:
    """R survey, domain: variance .1692994 of the mean over those with y > 3, second phase."""
    groups = [
        Stratum.of("1", 12, 5, Moments.of({4: 1, 5: 1})),
        Stratum.of("2", 8, 3, Moments.of({6: 1, 7: 1, 8: 1})),
    ]
    estimate = found(stratified(groups, (0, 10), fpc=True))
    assert estimate.se is not None
    assert estimate.se**2 == pytest.approx(0.1692994, abs=5e-8)
    assert estimate.n == 5


def test_one_group_is_a_simple_sample() -> None:
    """A single group: Wilson's interval of its share, n_eff = n, nothing lost or gained."""
    estimate = found(stratified([share("all", 10**6, 80, 60)], (0, 1), fpc=False))
    plain = wilson(60, 80)
    assert isinstance(plain, Interval)
    assert ends(estimate) == pytest.approx((plain.low, plain.high))
    assert estimate.n_eff == pytest.approx(80)
    assert estimate.deff == pytest.approx(1)
    assert estimate.freedom == pytest.approx(79)
    described = found(stratified([share("all", 200, 80, 60)], (0, 1), fpc=True))
    assert described.n_eff == pytest.approx(effective(80, 200))
    assert described.deff == pytest.approx(1)
    assert ends(described) == pytest.approx(wilson_effective(0.75, effective(80, 200)))


def test_everybody_heard_is_exact() -> None:
    """All of all groups responded: the value, SE 0, named a census; without fpc it is not."""
    groups = [share("A", 10, 10, 9), share("B", 30, 30, 12)]
    census = found(stratified(groups, (0, 1), fpc=True))
    assert (census.value, census.se) == (0.525, 0.0)
    assert census.interval == Interval(0.525, 0.525, "census")
    assert ends(stratified(groups, (0, 1), fpc=False))[1] > 0.6


def test_groups_weigh_by_their_customers() -> None:
    """All large customers and few small ones: the figure is the customers', not the answers'."""
    groups = [share("A", 20, 20, 20), share("D", 980, 20, 10)]
    assert found(stratified(groups, (0, 1), fpc=True)).value == pytest.approx(0.02 + 0.98 / 2)


def test_a_group_that_happens_to_agree_does_not_look_certain() -> None:
    """Ten of ten small customers agree: they stand for 800, and the interval shows the doubt."""
    groups = [share("A", 200, 40, 20), share("D", 800, 10, 10)]
    estimate = found(stratified(groups, (0, 1), fpc=False))
    low, high = ends(estimate)
    assert low < 0.75
    assert high < 1
    assert estimate.se is not None
    assert estimate.se > math.sqrt((0.2**2) * 0.25 / 40)


def test_a_lonely_answer_speaks_for_its_group_and_borrows_a_spread() -> None:
    """One of 91 customers responded: 91 parts of the value, by poststratification's own weights."""
    groups = [share("A", 1, 1, 0), share("B", 91, 1, 0), share("C", 8, 8, 8)]
    process, described = (found(stratified(groups, (0, 2), fpc=fpc)) for fpc in (False, True))
    assert process.value == described.value == pytest.approx(0.08)
    assert process.collapsed == described.collapsed == ()


def test_a_lonely_answer_borrows_the_spread_of_itself_and_its_neighbour() -> None:
    """Eight 1 and two 0 together: s² = .16 · 10/9, and each group its part of the customers."""
    groups = [share("A", 91, 1, 0), share("B", 8, 8, 7), share("C", 1, 1, 1)]
    process, described = (found(stratified(groups, (0, 2), fpc=fpc)) for fpc in (False, True))
    together = 10 * 0.8 * 0.2 / 9
    assert described.se == pytest.approx(math.sqrt(0.91**2 * (90 / 91) * together))
    parts = (0.01**2 + 0.91**2 + 0.08**2 / 8) * together
    assert process.se == pytest.approx(math.sqrt(parts))
    assert process.freedom == pytest.approx(9)


def test_groups_that_differ_are_never_without_doubt() -> None:
    """In each group all agree, but not with the other: the spread is that of all answers."""
    groups = [
        Stratum.of("A", 50, 5, Moments.of({1: 5})),
        Stratum.of("B", 50, 5, Moments.of({5: 5})),
    ]
    estimate = found(stratified(groups, (1, 5), fpc=False))
    assert estimate.n_eff == pytest.approx(10)
    assert estimate.interval is not None


def test_a_silent_group_is_spoken_for_by_its_neighbour() -> None:
    """Its neighbour's answers stand for both, and both are named; nobody else is."""
    groups = [share("A", 5, 1, 1), share("B", 40, 10, 7), share("C", 100, 0, 0)]
    weights = poststratify({"A": 5, "B": 40, "C": 100}, {"A": 1, "B": 10, "C": 0})
    for fpc in (True, False):
        estimate = found(stratified(groups, (0, 1), fpc=fpc))
        assert estimate.collapsed == (("B", "C"),)
        assert estimate.value == pytest.approx((5 + 140 * 0.7) / 145)
        assert isinstance(weights, Weights)
        assert weights.collapsed == estimate.collapsed


@pytest.mark.parametrize(
    "groups",
    [
        [share("A", 1, 0, 0), share("B", 1, 1, 1), share("C", 32, 2, 2)],
        [share("A", 3, 2, 1), share("B", 1, 1, 1), share("C", 1, 0, 0)],
        [share("A", 1, 1, 1), share("B", 1, 1, 1), share("C", 1, 0, 0)],
    ],
)
def test_an_only_customer_beside_a_silent_group(groups: Sequence[Stratum]) -> None:
    """The one customer of B is all of B, and not all of A and B: no spread from one response."""
    for scale in ((0, 1), (0, 2)):
        estimate, process = (found(stratified(groups, scale, fpc=fpc)) for fpc in (True, False))
        assert 0 <= estimate.value == process.value <= 1
        assert estimate.collapsed == process.collapsed != ()


def test_reasons_instead_of_numbers() -> None:
    """No answers, more responses than customers, one answer, all alike."""
    assert stratified([share("A", 5, 0, 0)], (0, 1), fpc=True) is Reason.NO_ANSWERS
    too_many = [share("A", 5, 6, 3)]
    assert stratified(too_many, (0, 1), fpc=False) is Reason.MORE_ANSWERS_THAN_CUSTOMERS
    one = found(stratified([share("A", 5, 1, 1)], (0, 1), fpc=True))
    assert (one.value, one.se, one.interval, one.reason) == (1, None, None, Reason.ONE_ANSWER)
    alike = [Stratum.of(name, 50, 9, Moments.of({5: 9})) for name in "AB"]
    same = found(stratified(alike, (1, 5), fpc=False))
    assert (same.value, same.interval, same.reason) == (5, None, Reason.NO_VARIATION)


def test_shares_that_are_all_alike_still_have_an_interval() -> None:
    """Everybody agreed: the effective number of answers is Kish's, and Wilson's interval speaks."""
    groups = [share("A", 10, 5, 5), share("D", 990, 20, 20)]
    low, high = ends(stratified(groups, (0, 1), fpc=False))
    assert low < 0.9
    assert high == 1


def test_a_base_in_fully_heard_groups_only_is_not_corrected() -> None:
    """The base lies in a group all heard; others may have some, unheard: no false certainty."""
    groups = [
        Stratum.of("A", 9, 9, Moments.of({1: 2, 0: 2})),
        Stratum.of("D", 500, 10, Moments.of({})),
    ]
    assert ends(stratified(groups, (0, 1), fpc=True)) == ends(stratified(groups, (0, 1), fpc=False))


def test_a_base_cannot_be_larger_than_its_group() -> None:
    """More answers than responses are a mistake of the caller, told in words."""
    wrong = Stratum.of("A", 50, 3, Moments.of({1: 4}))
    with pytest.raises(BaseOutsideResponses, match=r"Group A has 4 answers .* only 3 responses"):
        stratified([wrong], (0, 1), fpc=True)


GROUPS = st.lists(
    st.tuples(st.integers(0, 40), st.lists(st.integers(1, 5), max_size=15), st.integers(0, 6)),
    min_size=1,
    max_size=6,
)


@given(GROUPS, st.booleans())
def test_any_groups_give_figures_or_reasons(
    groups: list[tuple[int, list[int], int]], fpc: bool
) -> None:
    """Empty, lonely, alike, all heard: never NaN, an interval on the scale around the value."""
    strata, shares = [], []
    for i, (unheard, answers, others) in enumerate(groups):
        n = len(answers) + others
        base = Moments.of({code: answers.count(code) for code in range(1, 6)})
        strata.append(Stratum.of(str(i), n + unheard, n, base))
        top = Moments.of({1: answers.count(5), 0: len(answers) - answers.count(5)})
        shares.append(Stratum.of(str(i), n + unheard, n, top))
    for drawn, scale in ((strata, (1, 5)), (shares, (0, 1))):
        estimate = stratified(drawn, scale, fpc=fpc)
        if isinstance(estimate, Estimate):
            assert scale[0] <= estimate.value <= scale[1]
            other = found(stratified(drawn, scale, fpc=not fpc))
            assert (other.value, other.collapsed) == (estimate.value, estimate.collapsed)
            assert (estimate.interval is None) == (estimate.reason is not None)
            if estimate.interval is not None:
                low, high = estimate.interval.low, estimate.interval.high
                slack = 1e-9
                assert scale[0] - slack <= low <= estimate.value + slack
                assert estimate.value - slack <= high <= scale[1] + slack


@pytest.mark.parametrize("customers", [(10, 40, 150, 800), (100, 100, 100, 100)])
def test_no_cell_of_small_groups_falls_short(customers: Sequence[int]) -> None:
    """Five answers in each of four groups, every sample there can be: no cell holds under 90 %."""
    samples = list(product(range(6), repeat=4))
    found = [
        ends(
            stratified(
                [share(f"{i}", customers[i], 5, k) for i, k in enumerate(yes)], (0, 1), fpc=False
            )
        )
        for yes in samples
    ]
    low, high = np.array(found).T
    parts = np.array(customers) / sum(customers)
    for p in (
        (0.8, 0.8, 0.8, 0.8),
        (0.9, 0.8, 0.7, 0.6),
        (0.5, 0.5, 0.9, 0.95),
        (0.3, 0.3, 0.02, 0.04),
        (0.95, 0.9, 0.95, 0.95),
    ):
        chances = np.prod(binom.pmf(np.array(samples), 5, p), axis=1)
        truth = float(parts @ np.array(p))
        assert chances[(low <= truth) & (truth <= high)].sum() >= 0.9


def test_the_groups_intervals_hold_the_truth() -> None:
    """Shares of four tiers, small and near an end: 95 % intervals hold in 92 of 100 and more."""
    rng = np.random.default_rng(20261122)
    customers, asked = (10, 40, 150, 800), (9, 10, 10, 10)
    for p in ((0.8, 0.8, 0.8, 0.8), (0.3, 0.3, 0.02, 0.04)):
        truth = float(np.dot(customers, p) / 1000)
        held = 0
        for _ in range(400):
            groups = [
                share(str(i), size, n, int(rng.binomial(n, q)))
                for i, (size, n, q) in enumerate(zip(customers, asked, p, strict=True))
            ]
            low, high = ends(stratified(groups, (0, 1), fpc=False))
            held += low <= truth <= high
        assert held >= 0.92 * 400


def test_the_interval_knows_how_much_rests_on_one_answer() -> None:
    """One of 800 small customers responded: Student's interval of the mean holds in 92 of 100."""
    rng = np.random.default_rng(20261123)
    customers, asked = (10, 40, 150, 800), (9, 20, 30, 1)
    codes, chances = np.arange(1, 6), (0.05, 0.1, 0.3, 0.35, 0.2)
    truth, held = float(codes @ np.array(chances)), 0
    for _ in range(200):
        drawn = [rng.multinomial(n, chances) for n in asked]
        groups = [
            Stratum.of(
                str(i), customers[i], asked[i], Moments.of(dict(zip(range(1, 6), k, strict=True)))
            )
            for i, k in enumerate(own.tolist() for own in drawn)
        ]
        low, high = ends(stratified(groups, (1, 5), fpc=False))
        held += low <= truth <= high
    assert held >= 0.92 * 200
