"""Findings weighted by tier and region: what changes, and what must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.aims import Aims
from reports.cells import Crossing, cell_of, grouped, label, name_of
from reports.dataset import Dataset, Labels
from reports.findings import ALL, Figure, Findings, Note, Reason
from reports.settings import Settings
from reports.tally import tally_stream
from tests.reports.counted_cases import (
    GOOD,
    POOR,
    THREE_ASKED,
    WAVE,
    Row,
    dataset,
    found,
    monthly,
    random_dataset,
)

FIELDS = ("tier", "region")
BOTH = Aims(FIELDS)
BEFORE = "2026-09"

Pair = tuple[str, str]
Answers = Mapping[Pair, tuple[int, int]]


def answered(answers: Answers, waves: Sequence[str] = (WAVE,)) -> Dataset:
    """(poor, good) answers of each cell, the same in each wave."""
    rows: list[Row] = []
    cells: list[Pair] = []
    for cell, (poor, good) in answers.items():
        rows += [POOR] * poor + [GOOD] * good
        cells += [cell] * (poor + good)
    whole = rows * len(waves)
    when = [wave for wave in waves for _row in rows]
    tiers, regions = ([cell[i] for cell in cells] * len(waves) for i in range(2))
    data = dataset(THREE_ASKED, whole, waves=when, segments=tiers)
    return replace(data, segments={**data.segments, "region": Labels.of(regions)})


def weighted(
    data: Dataset,
    customers: Mapping[Pair, int],
    *,
    raked: bool = False,
    aims: Aims = BOTH,
    known_in: Sequence[str] = (WAVE,),
    wave: str = WAVE,
) -> Findings:
    """By tier, weighted by tier and region; ``raked``: only the margins are known."""
    counted = {(w, label(c)): n for w in known_in for c, n in customers.items()}
    margins: dict[str, dict[Pair, int]] = {field: {} for field in FIELDS}
    tiers: dict[Pair, int] = {}
    for cell, n in customers.items():
        for one in known_in:
            for field, segment in zip(FIELDS, cell, strict=True):
                own = margins[field]
                own[one, segment] = own.get((one, segment), 0) + n
            for segment in (cell[0], ALL):
                tiers[one, segment] = tiers.get((one, segment), 0) + n
    tallies = tally_stream(grouped([data], FIELDS), name_of(FIELDS))
    crossing = Crossing(FIELDS, tallies, {} if raked else counted, margins)
    told = Settings(weighting=aims)
    return found(data, populations=tiers, settings=told, crossing=crossing, wave=wave)


def figure(report: Findings, segment: str, key: str = "overall_top2") -> Figure:
    """A figure that is there."""
    own = report.segment(segment).figure(key)
    assert own is not None
    return own


SKEWED = {("A", "E"): (5, 45), ("A", "W"): (8, 2), ("D", "E"): (10, 70), ("D", "W"): (12, 8)}
CUSTOMERS = {("A", "E"): 60, ("A", "W"): 40, ("D", "E"): 500, ("D", "W"): 400}
TRUTH_A = (60 * 0.9 + 40 * 0.2) / 100
TRUTH = (60 * 0.9 + 40 * 0.2 + 500 * 7 / 8 + 400 * 0.4) / 1000


def test_a_region_that_answers_more_does_not_count_more() -> None:
    """Every cell has its part: in the whole, and within a tier."""
    report = weighted(answered(SKEWED), CUSTOMERS)
    assert report.weighting.method == "post_stratified"
    assert figure(report, "A").value == pytest.approx(TRUTH_A)
    assert figure(report, ALL).value == pytest.approx(TRUTH)
    for segment in (ALL, "A", "D"):
        own = figure(report, segment)
        assert own.weighted
        assert (own.count, own.certain) == (None, None)
        assert own.effective_n is not None
        assert own.interval is not None
        (process,) = own.others
        assert process.low < own.interval.low < own.interval.high < process.high


def test_raking_meets_the_margins_alone() -> None:
    """Near the truth, not on it: how tiers and regions cross is taken from the answers."""
    report = weighted(answered(SKEWED), CUSTOMERS, raked=True)
    assert report.weighting.method == "raked"
    plain = found(answered(SKEWED))
    for segment, truth in ((ALL, TRUTH), ("A", TRUTH_A)):
        raked, counted = figure(report, segment).value, figure(plain, segment).value
        assert raked is not None
        assert counted is not None
        assert abs(raked - truth) < abs(counted - truth) / 3


def test_what_is_counted_stays_as_it_was() -> None:
    """Bases, responses, response rate and population know nothing of weights."""
    plain, report = found(answered(SKEWED)), weighted(answered(SKEWED), CUSTOMERS)
    for segment in (ALL, "A", "D"):
        first, second = plain.segment(segment), report.segment(segment)
        assert first.responses == second.responses
        assert [f.n for f in first.figures] == [f.n for f in second.figures]
        assert second.response_rate.count == second.responses
        assert not second.response_rate.weighted


def test_one_region_is_as_weighting_by_tier() -> None:
    """Cells that are the segments give what a report by tier alone gives, to the last digit."""
    one = {("A", "E"): (5, 45), ("C", "E"): (1, 0), ("D", "E"): (10, 70)}
    customers = {("A", "E"): 60, ("B", "E"): 40, ("C", "E"): 60, ("D", "E"): 900}
    data = answered(one, (BEFORE, WAVE))
    report = weighted(data, customers, known_in=(BEFORE, WAVE))
    tiers = {(w, t): n for w in (BEFORE, WAVE) for (t, _r), n in customers.items()}
    everybody = {(w, ALL): sum(customers.values()) for w in (BEFORE, WAVE)}
    plain = found(data, populations={**tiers, **everybody})
    for own, expected in zip(report.segments, plain.segments, strict=True):
        assert own == expected
    assert report.weighting.effect == pytest.approx(plain.weighting.effect)
    assert report.weighting.together == plain.weighting.together == (("B", "C"),)


def test_a_cell_of_few_cannot_be_told_from_plain_and_weighted() -> None:
    """Fewer answers than may be shown count with their neighbour: two reports give nobody away."""
    few = {**SKEWED, ("A", "W"): (3, 1)}
    report = weighted(answered(few), CUSTOMERS)
    own = figure(report, "A")
    plain = figure(found(answered(few)), "A")
    assert (own.value, own.weighted) == (plain.value, False)
    whole = figure(report, ALL)
    assert Note.GROUPS_TOGETHER in whole.notes
    assert whole.value == pytest.approx((100 * 46 / 54 + 500 * 7 / 8 + 400 * 0.4) / 1000)


def test_the_cells_of_a_base_decide_that() -> None:
    """A cell of many answers, few of which are in the base of a figure."""
    rows = [POOR] * 10 + [{"overall": 2}] * 37 + [{"overall": 5, "p_price": 5}] * 3
    tiers, regions = ["A"] * 50, ["E"] * 10 + ["W"] * 40
    data = dataset(THREE_ASKED, rows, segments=tiers)
    data = replace(data, segments={**data.segments, "region": Labels.of(regions)})
    report = weighted(data, {("A", "E"): 50, ("A", "W"): 50})
    assert figure(report, "A").weighted
    price = report.segment("A").figure("attribute_mean", "price")
    assert price is not None
    assert (price.n, price.weighted) == (13, False)


def test_a_wave_that_could_not_be_weighted_is_not_compared() -> None:
    """What weighting alone changes is no change, and the reason is given."""
    data = answered(SKEWED, (BEFORE, WAVE))
    report = weighted(data, CUSTOMERS)
    change = report.segment(ALL).change("overall_top2")
    assert change is not None
    assert (change.value, change.reason) == (None, Reason.WEIGHTED_OTHERWISE)
    both = weighted(data, CUSTOMERS, known_in=(BEFORE, WAVE))
    for segment in (ALL, "A", "D"):
        change = both.segment(segment).change("overall_top2")
        assert change is not None
        assert change.value == pytest.approx(0.0)
        assert change.p == pytest.approx(1.0)


def test_charts_hold_waves_weighted_alike() -> None:
    """A wave that could not be weighted is no point beside those that were."""
    asked = monthly(("quality",), places=1)
    waves = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01", "2026-02"]
    data = random_dataset(asked, 3000, np.random.default_rng(2), waves=waves)
    regions = np.random.default_rng(3).choice(["E", "W"], data.size).tolist()
    data = replace(data, segments={**data.segments, "region": Labels.of(regions)})
    customers = {(t, r): n for t, n in zip("ABCD", (50, 90, 300, 2000), strict=True) for r in "EW"}
    report = weighted(data, customers, known_in=waves[1:], wave=waves[-1])
    chart = report.segment(ALL).chart("complaint_rate")
    assert chart is not None
    assert [point.wave for point in chart.points] == waves[1:]


def test_a_quarter_adds_up_its_months() -> None:
    """Customers count once in each month, and so do the cells."""
    months = ("2026-07", "2026-08", "2026-09")
    data = answered(SKEWED, months)
    quarter = weighted(data, CUSTOMERS, known_in=months, wave="2026-Q3")
    month = weighted(data, CUSTOMERS, known_in=months, wave="2026-09")
    assert quarter.weighting.method == "post_stratified"
    for segment in (ALL, "A", "D"):
        assert figure(quarter, segment).value == pytest.approx(figure(month, segment).value)
        assert figure(quarter, segment).n == 3 * figure(month, segment).n


def test_a_segment_is_compared_with_the_others_weighted() -> None:
    """The rest are the other tiers, each cell with its part of the customers."""
    more = {**SKEWED, ("C", "E"): (20, 20), ("C", "W"): (30, 10)}
    customers = {**CUSTOMERS, ("C", "E"): 100, ("C", "W"): 300}
    report = weighted(answered(more), customers)
    change = report.segment("A").from_rest("attribute_mean", "price")
    own = report.segment("A").figure("attribute_mean", "price")
    assert change is not None
    assert own is not None
    means = {("C", "E"): 3.5, ("C", "W"): 2.75, ("D", "E"): 4.625, ("D", "W"): 3.2}
    rest = sum(customers[c] * mean for c, mean in means.items()) / 1300
    assert own.value is not None
    assert change.value == pytest.approx(own.value - rest)
    assert change.p is not None


def test_what_cannot_be_weighted_is_plain_and_says_so() -> None:
    """The findings name the reason, and no figure is weighted."""
    aims = Aims(FIELDS, {"region": {"E": 500, "W": 501}})
    report = weighted(answered(SKEWED), CUSTOMERS, aims=aims)
    assert report.weighting.method == "none"
    assert report.weighting.reason == Reason.MARGINS_DIFFER
    assert report.weighting.fields == FIELDS
    assert not any(f.weighted for s in report.segments for f in s.figures)


def crossed(seed: int, size: int = 500) -> Dataset:
    """Random answers to every question, of four tiers and three regions."""
    rng = np.random.default_rng(seed)
    data = random_dataset(monthly(("quality", "price"), places=2), size, rng)
    regions = Labels(("E", "S", "W"), rng.choice(3, size, p=(0.6, 0.3, 0.1)).astype(np.int32))
    return replace(data, segments={**data.segments, "region": regions})


def of(data: Dataset, seed: int) -> Mapping[Pair, int]:
    """Customers enough for the answers of every cell, unevenly many more."""
    rng = np.random.default_rng(seed + 1)
    cells = tally_stream(grouped([data], FIELDS), name_of(FIELDS))
    asked = {cell_of(word): tally.responses for (_w, word), tally in cells.items()}
    return {(c[0], c[1]): n + int(rng.integers(0, 400)) for c, n in asked.items()}


@pytest.mark.parametrize("raked", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_answered_figures_hold_together(seed: int, raked: bool) -> None:
    """Values within their scale and interval, shares of one question summing to one."""
    data = crossed(seed)
    report = weighted(data, of(data, seed), raked=raked)
    assert report.weighting.reason is None
    for segment in report.segments:
        for one in segment.figures:
            if one.value is None or len(one.scale) < 2:
                continue
            low, high = one.scale
            assert low - 1e-9 <= one.value <= high + 1e-9
            if one.interval is not None:
                assert low - 1e-9 <= one.interval.low <= one.interval.high <= high + 1e-9
        boxes = [segment.figure(key) for key in ("promoters", "passives", "detractors")]
        shares = [box.value for box in boxes if box is not None and box.value is not None]
        if len(shares) == 3:
            assert sum(shares) == pytest.approx(1.0)


@pytest.mark.parametrize("raked", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_twice_the_answers_say_the_same(seed: int, raked: bool) -> None:
    """Every respondent doubled, weighted by as many customers: the same values where cells
    are large enough both times.
    """
    data = crossed(seed, 900)
    twice = Dataset.joined([data, data])
    customers = {cell: n + 900 for cell, n in of(data, seed).items()}
    first, second = (weighted(own, customers, raked=raked) for own in (data, twice))
    for key in ("overall_top2", "nps", "satisfaction_index"):
        for segment in ("C", "D"):
            once, again = figure(first, segment, key), figure(second, segment, key)
            if Note.GROUPS_TOGETHER not in (*once.notes, *again.notes):
                assert again.value == pytest.approx(once.value)
                assert again.se is not None
                assert once.se is not None
                assert again.se < once.se


counts = st.tuples(st.integers(1, 9), st.integers(0, 9))


@settings(max_examples=15, deadline=None)
@given(st.lists(counts, min_size=6, max_size=6), st.booleans())
def test_no_few_answers_have_a_weight_of_their_own(
    given_: list[tuple[int, int]], raked: bool
) -> None:
    """In a segment shown, all answers that count alike are at least as many as may be shown.

    What an answer weighs is how far the figure moves when it turns from poor to good.
    """
    cells = [(tier, region) for tier in "AD" for region in "ESW"]
    answers = dict(zip(cells, given_, strict=True))
    customers = {c: 20 + 30 * i for i, c in enumerate(cells)}
    before = weighted(answered(answers), customers, raked=raked)
    for tier in "AD":
        alike: dict[float, int] = {}
        for cell in (c for c in cells if c[0] == tier):
            poor, good = answers[cell]
            other = {**answers, cell: (poor - 1, good + 1)}
            after = weighted(answered(other), customers, raked=raked)
            first, second = figure(before, tier).value, figure(after, tier).value
            if first is not None and second is not None:
                weight = round(second - first, 9)
                alike[weight] = alike.get(weight, 0) + poor + good
        assert all(n >= 5 for n in alike.values())
