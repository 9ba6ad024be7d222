"""Findings of a wave: segments, changes and their families, trend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pytest

from instruments.model import Kind, Means, Role
from reports.build import ReservedSegment, build_findings
from reports.comparisons import HEADLINES
from reports.dataset import Dataset
from reports.findings import ALL, REST, Family, Reason, Standing, Unit
from reports.history import TREND
from reports.settings import Settings
from reports.tally import Tally, tally_by
from tests.reports import pdf_cases as cases
from tests.reports.counted_cases import (
    ATTRIBUTES,
    PROVENANCE,
    WAVE,
    Row,
    dataset,
    found,
    instrument,
    monthly,
    question,
    random_dataset,
)

COMPANY = {1: Means.COMPANY}
BEFORE, YEAR = "2026-09", "2025-10"
ASKED = instrument(
    [
        question("overall", Role.OVERALL),
        question("p_price", Role.EXPERIENCE, attribute="price"),
        question("recommend", Role.RECOMMEND, range(11)),
    ],
    ("price",),
)


def answers(groups: Sequence[tuple[str, str, Row, int]]) -> Dataset:
    """(wave, segment, row, how often) as a dataset."""
    rows, waves, segments = [], [], []
    for wave, segment, row, times in groups:
        rows += [row] * times
        waves += [wave] * times
        segments += [segment] * times
    return dataset(ASKED, rows, waves=waves, segments=segments)


def rating(low: int, high: int, wave: str, segment: str) -> list[tuple[str, str, Row, int]]:
    """Answers of a segment: so many poor ones and so many good ones, to every question."""
    poor: Row = {"overall": 2, "p_price": 2, "recommend": 5}
    good: Row = {"overall": 5, "p_price": 5, "recommend": 10}
    return [(wave, segment, poor, low), (wave, segment, good, high)]


def test_all_comes_first_then_segments_in_order() -> None:
    """The whole, then the segments by name; those without a name too."""
    data = answers([(WAVE, name, {"overall": 4}, 10) for name in ("B", "", "A")])
    assert [s.segment for s in found(data).segments] == [ALL, "", "A", "B"]


def test_all_is_the_sum_of_the_segments_respondents() -> None:
    """Each respondent counts once: no weighting between segments."""
    data = answers([(WAVE, "A", {"overall": 5}, 10), (WAVE, "B", {"overall": 1}, 30)])
    whole = found(data).segment(ALL)
    assert whole.responses == 40
    mean = whole.figure("overall_mean")
    assert mean is not None
    assert mean.value == 2.0


def test_a_segment_with_customers_and_no_answers_is_there() -> None:
    """Who could have answered and did not is shown, with a response rate of 0."""
    data = answers([(WAVE, "B", {"overall": 4}, 10)])
    populations = {(WAVE, "A"): 20, (WAVE, "B"): 40, (WAVE, ALL): 60}
    silent = found(data, populations=populations).segment("A")
    assert (silent.responses, silent.population) == (0, 20)
    assert silent.response_rate.value == 0.0
    assert {f.reason for f in silent.figures} == {Reason.NO_ANSWERS}


def test_populations_reach_every_figure() -> None:
    """Each figure carries the customers of its segment in its wave."""
    data = answers([(WAVE, "A", {"overall": 4}, 10), (BEFORE, "A", {"overall": 4}, 10)])
    populations = {(WAVE, "A"): 20, (WAVE, ALL): 60, (BEFORE, "A"): 25}
    segment = found(data, populations=populations).segment("A")
    assert {f.population for f in segment.figures} == {20}
    assert [p.figure.population for p in segment.past("satisfaction_index")] == [25, 20]
    assert found(data).segment("A").response_rate.reason is Reason.POPULATION_UNKNOWN


def test_later_waves_are_left_out() -> None:
    """A report of October knows nothing of November."""
    groups = rating(10, 30, WAVE, "A") + rating(40, 0, "2026-11", "A")
    segment = found(answers(groups)).segment("A")
    assert segment.responses == 40
    assert [p.wave for p in segment.past("nps")] == [WAVE]
    assert all(change.against == REST for change in segment.changes)


def test_trend_follows_the_documented_figures_oldest_first() -> None:
    """Seven figures at most, up to so many waves, this one last and equal to the figure."""
    waves = [f"2026-{month:02d}" for month in range(1, 11)]
    data = random_dataset(monthly(), 900, np.random.default_rng(1), waves=waves)
    segment = found(data, settings=Settings(trend_waves=6)).segment("D")
    assert {p.figure.key for p in segment.trend} == set(TREND)
    for key in TREND:
        points = segment.past(key)
        assert [p.wave for p in points] == waves[-6:]
        assert points[-1].figure == segment.figure(key)


def test_one_wave_of_trend_still_has_its_change() -> None:
    """How far back the trend goes does not decide what a wave is compared with."""
    groups = rating(10, 30, BEFORE, "A") + rating(30, 10, WAVE, "A")
    segment = found(answers(groups), settings=Settings(trend_waves=1)).segment("A")
    assert [p.wave for p in segment.past("nps")] == [WAVE]
    change = segment.change("satisfaction_index")
    assert change is not None
    assert change.against == BEFORE


def test_a_real_drop_is_significant_everywhere_it_shows() -> None:
    """Half of the content customers turned away: index, NPS and attribute say so."""
    groups = rating(20, 180, BEFORE, "A") + rating(110, 90, WAVE, "A")
    segment = found(answers(groups)).segment("A")
    for key, of in (("satisfaction_index", ""), ("nps", ""), ("overall_top2", "")):
        change = segment.change(key, of)
        assert change is not None
        assert change.significant, key
        assert change.value is not None
        assert change.value < 0
        assert change.p is not None
        assert change.p_adjusted is not None
        assert change.p <= change.p_adjusted < 0.05
    price = segment.change("attribute_mean", "price")
    assert price is not None
    assert price.value == pytest.approx(-0.45 * 3)


def test_the_family_is_every_comparison_of_the_report() -> None:
    """A reader sees them together, so together they may raise a false alarm one time in twenty."""
    groups = []
    for segment in ("A", "B"):
        for wave in (YEAR, BEFORE, WAVE):
            groups += rating(20, 40, wave, segment)
    findings = found(answers(groups))
    changes = [c for s in findings.segments for c in s.changes]
    tested = Counter(c.family for c in changes if c.p_adjusted is not None)
    # satisfaction_index, overall_top2, nps and one attribute of all, A and B; the attribute twice
    assert tested == {Family.WAVE_BEFORE: 12, Family.YEAR_BEFORE: 12, Family.REST: 2}
    assert {c.family_size for c in changes} == {26}
    assert {c.against for c in changes} == {YEAR, BEFORE, REST}


def test_the_year_before_is_found_by_its_name_only() -> None:
    """A wave of eleven months ago is no season's neighbour; one that is the wave before is once."""
    groups = rating(20, 40, "2025-11", "A") + rating(20, 40, YEAR, "A") + rating(9, 40, WAVE, "A")
    segment = found(answers(groups)).segment("A")
    year = segment.year_change("satisfaction_index")
    assert year is not None
    assert year.against == YEAR
    alone = found(answers(rating(20, 40, YEAR, "A") + rating(9, 40, WAVE, "A"))).segment("A")
    assert alone.year_change("satisfaction_index") is None
    before = alone.change("satisfaction_index")
    assert before is not None
    assert before.against == YEAR


def test_a_change_says_what_it_could_have_found() -> None:
    """No clear change means little without the change that would have been clear."""
    groups = rating(200, 200, BEFORE, "A") + rating(204, 196, WAVE, "A")
    change = found(answers(groups)).segment("A").change("overall_top2")
    assert change is not None
    assert not change.significant
    # z of 1 - 0.05/2m, and of 80 %, times the standard error of the difference
    z = NormalDist().inv_cdf(1 - 0.05 / 2 / change.family_size) + NormalDist().inv_cdf(0.8)
    assert change.detectable == pytest.approx(z * math.sqrt(0.25 / 400 + 0.51 * 0.49 / 400))
    assert change.discovery is not None
    assert change.p_adjusted is not None
    assert change.discovery <= change.p_adjusted


def test_indicative_rows_are_not_in_the_family() -> None:
    """Below 30 answers a change is shown with its interval, and never called significant."""
    groups = rating(5, 20, BEFORE, "A") + rating(20, 5, WAVE, "A")
    groups += rating(20, 40, BEFORE, "B") + rating(20, 40, WAVE, "B")
    findings = found(answers(groups))
    hint = findings.segment("A").change("satisfaction_index")
    assert hint is not None
    assert hint.interval is not None
    assert hint.p is not None
    assert (hint.p_adjusted, hint.significant) == (None, False)
    assert hint.p < 0.001
    assert hint.family_size == 8


def test_hidden_rows_have_no_change() -> None:
    """A change would give away the figure that was hidden in one of the waves."""
    groups = rating(1, 2, BEFORE, "A") + rating(20, 20, WAVE, "A")
    groups += rating(20, 40, BEFORE, "B") + rating(20, 40, WAVE, "B")
    change = found(answers(groups)).segment("A").change("satisfaction_index")
    assert change is not None
    assert (change.value, change.interval, change.p) == (None, None, None)
    assert change.reason is Reason.BELOW_SMALLEST_BASE


def test_comparison_with_the_rest_leaves_the_segment_out() -> None:
    """A segment is compared with all the others, not with a whole that contains it."""
    groups = rating(40, 0, WAVE, "A") + rating(0, 40, WAVE, "B") + rating(20, 20, WAVE, "C")
    findings = found(answers(groups))
    change = findings.segment("C").from_rest("attribute_mean", "price")
    assert change is not None
    assert change.value == 0.0
    assert findings.segment(ALL).from_rest("attribute_mean", "price") is None
    alone = findings.segment("A").from_rest("attribute_mean", "price")
    assert alone is not None
    assert alone.value == pytest.approx(2 - 4.25)
    assert alone.reason is Reason.NO_VARIATION


def test_one_segment_has_no_rest() -> None:
    """Where one segment is everybody, there is nobody to compare with."""
    change = (
        found(answers(rating(10, 30, WAVE, "A"))).segment("A").from_rest("attribute_mean", "price")
    )
    assert change is not None
    assert (change.value, change.reason) == (None, Reason.NO_ANSWERS)


def test_changes_cover_the_documented_figures() -> None:
    """The headline figures and every attribute's mean, no more and no less."""
    data = random_dataset(monthly(), 800, np.random.default_rng(2), waves=(BEFORE, WAVE))
    changes = [c for c in found(data).segment("D").changes if c.against == BEFORE]
    expected = {(key, "") for key in HEADLINES} | {("attribute_mean", a) for a in ATTRIBUTES}
    assert {(c.key, c.of) for c in changes} == expected


def test_no_answers_at_all() -> None:
    """A wave without an answer gives findings with reasons, and no exception."""
    findings = build_findings(
        monthly(), {}, survey="case", wave=WAVE, by="tier", populations={}, provenance=PROVENANCE
    )
    (whole,) = findings.segments
    assert (whole.segment, whole.responses, whole.standing) == (ALL, 0, Standing.INDICATIVE)
    assert {f.reason for f in whole.figures} == {Reason.NO_ANSWERS}


def test_one_answer() -> None:
    """A single answer is hidden, in its segment and in the whole."""
    findings = found(dataset(monthly(), [{"overall": 9, "recommend": 10}]))
    for segment in findings.segments:
        assert segment.standing is Standing.HIDDEN
        assert {f.value for f in segment.figures} == {None}


def test_segment_named_all_is_refused() -> None:
    """A segment that bears the whole's name could not be told from it."""
    with pytest.raises(ReservedSegment, match="named all"):
        found(answers(rating(10, 10, WAVE, ALL)))


def test_tallies_are_all_that_is_needed() -> None:
    """Findings of sums: two halves tallied apart, added, say what the whole says."""
    data = answers(rating(10, 30, WAVE, "A"))
    half = answers(rating(5, 15, WAVE, "A"))
    parts = {(WAVE, "A"): tally_by(half, "tier")[WAVE, "A"] + tally_by(half, "tier")[WAVE, "A"]}
    findings = build_findings(
        ASKED, parts, survey="case", wave=WAVE, by="tier", populations={}, provenance=PROVENANCE
    )
    assert findings == found(data)
    assert isinstance(parts[WAVE, "A"], Tally)


def test_units_are_the_documented_ones() -> None:
    """Index, points, share, net and weight, as the table of figure keys says."""
    data = random_dataset(monthly(), 200, np.random.default_rng(3))
    units = {f.key: f.unit for f in found(data).segment(ALL).figures}
    assert units["satisfaction_index"] == units["acsi_index"] == Unit.INDEX
    assert units["nps"] is Unit.NET
    assert units["importance_weight"] is Unit.WEIGHT
    assert units["gap"] == units["told_mean"] == units["price_tolerance"] == Unit.POINTS
    assert units["return_rate"] == units["answer_share"] == Unit.SHARE


def test_charts_keep_their_limits_and_the_trend_its_length() -> None:
    """A trend of three months shows three; the limits come from the survey's first ones."""
    asked = instrument([question("c", Role.VOICED, (0, 1), kind=Kind.SINGLE, means=COMPANY)])
    rows: list[Row] = []
    months: list[str] = []
    for i, month in enumerate(cases.months(30)):
        rows += [{"c": 1}] * (12 + i % 3) + [{"c": 0}] * (88 - i % 3)
        months += [month] * 100
    segment = found(dataset(asked, rows, waves=months), settings=Settings(trend_waves=3)).segment(
        "A"
    )
    chart = segment.chart("voiced_rate")
    assert chart is not None
    assert chart.baseline == tuple(cases.months(30)[:20])
    assert [point.wave for point in chart.points] == cases.months(30)[-3:]
    assert [point.wave for point in segment.past("voiced_rate")] == cases.months(30)[-3:]


def complaining(months: Sequence[str]) -> Dataset:
    """A hundred answers a month, of which 12 to 14, from the 21st month 30, told the company."""
    asked = instrument([question("c", Role.VOICED, (0, 1), kind=Kind.SINGLE, means=COMPANY)])
    rows: list[Row] = []
    for i in range(len(months)):
        told = 12 + i % 3 if i < 20 else 30 + i % 3
        rows += [{"c": 1}] * told + [{"c": 0}] * (100 - told)
    return dataset(asked, rows, waves=[month for month in months for _ in range(100)])


def test_a_named_baseline_freezes_the_limits_of_its_rate() -> None:
    """They come from the waves that were named, wherever these lie, not from the first."""
    months = cases.months(60)
    named = tuple(months[22:36])
    rules = Settings(trend_waves=3, baselines={"voiced_rate": named})
    data = complaining(months)
    old, new = (
        found(data, wave=months[-1], settings=one).segment("A").chart("voiced_rate")
        for one in (Settings(trend_waves=3), rules)
    )
    assert old is not None
    assert new is not None
    assert old.baseline == tuple(months[:20])
    assert [signal.direction for signal in old.signals][-1] == "above"
    assert new.baseline == named
    assert [point.wave for point in new.points] == months[-3:]
    assert new.signals == ()


def test_a_baseline_of_months_says_nothing_of_quarters() -> None:
    """A longer period keeps the limits of its own first periods."""
    months = cases.months(48)
    data = complaining(months)
    rules = Settings(baselines={"voiced_rate": tuple(months[24:36])})
    quarter = f"{months[-1][:4]}-Q{(int(months[-1][5:]) + 2) // 3}"
    charts = [
        found(data, wave=quarter, settings=one).segment("A").chart("voiced_rate")
        for one in (Settings(), rules)
    ]
    assert charts[0] == charts[1] is not None


def test_the_year_before_is_compared_however_short_the_trend() -> None:
    """Neither the length of the trend nor that of the survey decides it."""
    months = cases.months(36)
    data = answers([one for month in months for one in rating(5, 30, month, "A")])
    segment = found(data, settings=Settings(trend_waves=2)).segment("A")
    assert {change.against for change in segment.changes} == {months[-2], months[-13], REST}
