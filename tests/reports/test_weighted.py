"""All customers from their segments: who answers more does not count more."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from instruments.model import Role
from reports.findings import ALL, Figure, Findings, Note, Reason, Unit
from reports.statistics.gaps import ONE_SIDED
from reports.weighted import groups_of
from tests.reports.counted_cases import (
    GOOD,
    POOR,
    THREE_ASKED,
    WAVE,
    Row,
    dataset,
    found,
    instrument,
    question,
)


def findings(
    answers: Mapping[str, tuple[int, int]], customers: Mapping[str, int] | None
) -> Findings:
    """(poor, good) answers and customers of each segment."""
    rows: list[Row] = []
    segments: list[str] = []
    for segment, (poor, good) in answers.items():
        rows += [POOR] * poor + [GOOD] * good
        segments += [segment] * (poor + good)
    known = {(WAVE, s): n for s, n in (customers or {}).items()}
    if customers:
        known[WAVE, ALL] = sum(customers.values())
    return found(dataset(THREE_ASKED, rows, segments=segments), populations=known)


def whole(report: Findings, key: str, of: str = "") -> Figure:
    """A figure of all customers."""
    figure = report.segment(ALL).figure(key, of)
    assert figure is not None
    return figure


LARGE_AND_SMALL = {"A": (5, 45), "D": (30, 20)}
CUSTOMERS = {"A": 100, "D": 900}


def test_each_segment_counts_as_many_as_it_has() -> None:
    """Nine tenths of the customers are small ones, and so is the figure, whoever answered."""
    figure = whole(findings(LARGE_AND_SMALL, CUSTOMERS), "overall_top2")
    assert figure.value == pytest.approx(0.1 * 0.9 + 0.9 * 0.4)
    assert (figure.n, figure.count, figure.weighted) == (100, None, True)
    assert figure.population == 1000


def test_its_error_is_that_of_the_strata() -> None:
    """SE² = Σ (N_h/N)² s²_h/n_h without the finite population, which the interval alone has."""
    figure = whole(findings(LARGE_AND_SMALL, CUSTOMERS), "overall_top2")
    parts = ((0.1, 0.09 / 49), (0.9, 0.24 / 49))
    assert figure.se == pytest.approx(math.sqrt(sum(w**2 * v for w, v in parts)))
    assert figure.interval is not None
    (plain,) = figure.others
    assert plain.low < figure.interval.low < figure.interval.high < plain.high
    assert figure.effective_n is not None
    assert figure.effective_n < 100


def test_means_net_scores_and_shares_are_all_put_together() -> None:
    """Everything that is a mean of answers, and its interval stays inside its scale."""
    report = findings(LARGE_AND_SMALL, CUSTOMERS)
    assert whole(report, "attribute_mean", "price").value == pytest.approx(0.1 * 4.7 + 0.9 * 3.2)
    assert whole(report, "nps").value == pytest.approx(0.1 * 0.8 + 0.9 * -0.2)
    for figure in report.segment(ALL).figures:
        if figure.interval is not None and figure.scale:
            low, high = figure.scale
            assert low <= figure.interval.low <= figure.interval.high <= high


def test_without_the_customers_of_a_segment_nothing_is_weighted() -> None:
    """The plain sum, and the reason why."""
    report = findings(LARGE_AND_SMALL, {"A": 100})
    assert report.weighting.method == "none"
    assert report.weighting.reason == Reason.POPULATION_UNKNOWN
    figure = whole(report, "overall_top2")
    assert (figure.value, figure.count, figure.weighted) == (0.65, 65, False)


def test_more_answers_than_customers_cannot_be_weighted() -> None:
    """The roster is wrong; a weight from it would be wrong too."""
    groups, weighting = groups_of({"A": 9, "B": 5}, {"A": 8, "B": 50})
    assert (groups, weighting.reason) == ((), Reason.MORE_ANSWERS_THAN_CUSTOMERS)


def test_a_silent_segment_is_spoken_for_by_its_neighbour() -> None:
    """Its customers are not forgotten; the figure and the findings say what was done."""
    report = findings({"A": (5, 45), "C": (10, 40), "D": (30, 20)}, {**CUSTOMERS, "B": 50, "C": 50})
    assert report.weighting.together == (("B", "C"),)
    figure = whole(report, "overall_top2")
    shares = (100 * 0.9 + 100 * 0.8 + 900 * 0.4) / 1100
    assert figure.value == pytest.approx(shares)
    assert Note.GROUPS_TOGETHER in figure.notes


def test_everybody_answered_is_a_census() -> None:
    """Nothing is left to estimate about these customers."""
    report = findings({"A": (2, 8), "B": (5, 15)}, {"A": 10, "B": 20})
    figure = whole(report, "overall_top2")
    assert Note.CENSUS in figure.notes
    assert figure.interval is not None
    assert figure.interval.low == figure.interval.high == pytest.approx(23 / 30)


def test_a_segment_is_never_weighted() -> None:
    """Within a segment every answer counts once."""
    report = findings(LARGE_AND_SMALL, CUSTOMERS)
    for segment in ("A", "D"):
        assert not any(figure.weighted for figure in report.segment(segment).figures)


def test_kish_says_what_unequal_weights_cost() -> None:
    """50 answers stand for 100 customers and 50 for 900: worth 61 equal ones."""
    report = findings(LARGE_AND_SMALL, CUSTOMERS)
    assert report.weighting.effect == pytest.approx(100 * (50 * 0.2**2 + 50 * 1.8**2) / 100**2)


def test_the_whole_is_compared_by_its_effective_answers() -> None:
    """A weighted figure moves as its strata moved; its test knows it is worth fewer answers."""
    rows = ([POOR] * 30 + [GOOD] * 70) * 2
    waves = ["2026-09"] * 100 + [WAVE] * 100
    data = dataset(THREE_ASKED, rows, waves=waves, segments=(["A"] * 50 + ["D"] * 50) * 2)
    known = {(w, s): n for w in ("2026-09", WAVE) for s, n in CUSTOMERS.items()}
    report = found(data, populations=known)
    change = report.segment(ALL).change("overall_top2")
    assert change is not None
    assert change.value == pytest.approx(0.0)
    assert change.p == pytest.approx(1.0)
    assert not any(f.unit is Unit.COUNT and f.weighted for f in report.segment(ALL).figures)


def test_what_no_unheard_customer_could_change_is_certain() -> None:
    """Of 1,000 customers 65 of 100 said yes: at least 65, and at most all but 35."""
    figure = whole(findings(LARGE_AND_SMALL, CUSTOMERS), "overall_top2")
    assert figure.certain is not None
    assert (figure.certain.low, figure.certain.high) == pytest.approx((0.065, 0.965))


def test_no_interval_leaves_what_is_certain() -> None:
    """Nearly everybody was heard: the interval ends where nobody is left to say otherwise."""
    report = findings({"A": (2, 8), "B": (5, 15)}, {"A": 11, "B": 21})
    for figure in report.segment(ALL).figures:
        if figure.weighted:
            assert figure.certain is not None
            assert figure.interval is not None
            assert figure.value is not None
            assert figure.certain.low <= figure.interval.low <= figure.value
            assert figure.value <= figure.interval.high <= figure.certain.high


def test_gaps_on_one_side_lean_in_the_whole_as_in_a_segment() -> None:
    """Everybody expected the best: the interval is that of one-sided gaps, put together too."""
    asked = instrument(
        [
            question("x_price", Role.EXPECTATION, attribute="price"),
            question("p_price", Role.EXPERIENCE, attribute="price"),
        ],
        ("price",),
    )
    rows: list[Row] = [{"x_price": 5, "p_price": code} for code in (5, 5, 5, 5, 5, 4, 5, 3, 5, 5)]
    data = dataset(asked, rows * 6, segments=["A"] * 20 + ["D"] * 40)
    populations = {(WAVE, "A"): 50, (WAVE, "D"): 900}
    figure = whole(found(data, populations=populations), "gap", "price")
    assert figure.weighted
    assert figure.interval is not None
    (process,) = figure.others
    assert (figure.interval.method, process.method) == (ONE_SIDED, ONE_SIDED)
    assert figure.value is not None
    assert figure.value - process.low > process.high - figure.value


def test_a_lonely_customer_counts_as_the_weighting_says() -> None:
    """One of B's 91 responded: no group is told as taken together, by the report or by a figure."""
    report = findings({"A": (1, 0), "B": (1, 0), "C": (0, 8)}, {"A": 1, "B": 91, "C": 8})
    assert report.weighting.together == ()
    figure = whole(report, "overall_top2")
    assert figure.value == pytest.approx(0.08)
    assert Note.GROUPS_TOGETHER not in figure.notes
