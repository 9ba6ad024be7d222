"""Each indicator is what its definition says, worked out by hand on a few answers."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from instruments.model import Better, Instrument, Kind, Means, Role
from reports.findings import Figure, Reason, Unit
from reports.indicators import indicators
from reports.indicators.bases import Base
from reports.indicators.complaints import pareto
from reports.indicators.forms import share
from reports.indicators.importance import centroid_weights, weight_of
from reports.indicators.participation import response_rate
from reports.tally import tally
from tests.reports.counted_cases import (
    BLANK,
    NOT_ASKED,
    YES_NO,
    Row,
    dataset,
    instrument,
    monthly,
    question,
    ranking,
)

Figures = Mapping[tuple[str, str], Figure]


def figures(asked: Instrument, rows: Sequence[Row]) -> Figures:
    """All figures of these respondents."""
    groups = indicators(asked, tally(dataset(asked, rows)), 0.95)
    return {(f.key, f.of): f for group in groups for f in group.figures}


def one(asked: Instrument, rows: Sequence[Row], key: str, of: str = "") -> Figure:
    """One figure of these respondents."""
    return figures(asked, rows)[key, of]


def overall(*codes: int, better: Better = Better.HIGH) -> Figures:
    """Figures of an instrument that asks overall satisfaction on 1–5 only."""
    asked = instrument([question("overall", Role.OVERALL, better=better)])
    return figures(asked, [{"overall": code} for code in codes])


def test_satisfaction_index_is_the_mean_on_a_hundred() -> None:
    """(mean - 1)/4 · 100; blank answers are in neither sum nor n."""
    found = overall(5, 4, 4, BLANK, NOT_ASKED)
    index, mean = found["satisfaction_index", ""], found["overall_mean", ""]
    assert (index.n, mean.n) == (3, 3)
    assert mean.value == pytest.approx(13 / 3)
    assert index.value == pytest.approx((13 / 3 - 1) / 4 * 100)
    assert index.se == pytest.approx(statistics.stdev([5, 4, 4]) / math.sqrt(3) * 25)


def test_index_is_high_where_customers_are_content_whatever_the_scale() -> None:
    """On a scale whose low end is the good one, index and top-2-box turn round."""
    found = overall(1, 2, 2, better=Better.LOW)
    assert found["satisfaction_index", ""].value == pytest.approx((5 - 5 / 3) / 4 * 100)
    assert found["overall_top2", ""].count == 3
    assert found["overall_mean", ""].value == pytest.approx(5 / 3)


def test_top2_counts_the_two_best_codes() -> None:
    """Of 5, 4, 3 and 1 two are content; the share has a Wilson interval."""
    top = overall(5, 4, 3, 1)["overall_top2", ""]
    assert (top.count, top.n, top.value, top.unit) == (2, 4, 0.5, Unit.SHARE)
    assert top.interval is not None
    assert top.interval.method == "wilson"


def test_answer_shares_are_the_whole() -> None:
    """The shares of all codes sum to 1 and follow the order of the scale."""
    found = overall(5, 5, 4, 1)
    shares = [f for (key, _of), f in found.items() if key == "answer_share"]
    assert [f.of for f in shares] == [f"overall.{code}" for code in range(1, 6)]
    assert [f.count for f in shares] == [1, 0, 0, 1, 2]
    assert sum(f.value or 0 for f in shares) == 1


@pytest.mark.parametrize(
    ("codes", "value", "reason", "interval_reason"),
    [
        ([], None, Reason.NO_ANSWERS, Reason.NO_ANSWERS),
        ([BLANK], None, Reason.NO_ANSWERS, Reason.NO_ANSWERS),
        ([4], 4.0, None, Reason.ONE_ANSWER),
        ([4, 4, 4], 4.0, None, Reason.NO_VARIATION),
    ],
)
def test_means_of_small_samples_give_reasons(
    codes: Sequence[int],
    value: float | None,
    reason: Reason | None,
    interval_reason: Reason,
) -> None:
    """Nobody, one, or all alike: the reason stands where the number or interval would."""
    mean = overall(*codes)["overall_mean", ""]
    assert (mean.value, mean.reason) == (value, reason)
    assert (mean.interval, mean.interval_reason) == (None, interval_reason)


def test_near_the_end_of_the_scale_the_interval_is_for_bounded_scores() -> None:
    """Mean and index of contented customers, Student's interval beside; not in the middle."""
    found = overall(*[5] * 24, *[4] * 5, 2)
    mean, index = found["overall_mean", ""], found["satisfaction_index", ""]
    assert mean.interval is not None
    assert index.interval is not None
    assert (mean.interval.method, index.interval.method) == ("bounded", "bounded")
    assert [i.method for i in mean.others] == ["t"]
    assert index.interval.low == pytest.approx((mean.interval.low - 1) * 25)
    middle = overall(5, 4, 3, 2, 4, 4)["overall_mean", ""]
    assert middle.interval is not None
    assert (middle.interval.method, middle.others) == ("t", ())


ACSI = instrument(
    [
        question("sat", Role.OVERALL, range(1, 11)),
        question("conf", Role.CONFIRMATION, range(1, 11)),
        question("ideal", Role.IDEAL, range(1, 11)),
    ]
)


@pytest.mark.parametrize(("code", "value"), [(1, 0.0), (10, 100.0)])
def test_acsi_index_reaches_its_bounds(code: int, value: float) -> None:
    """All answers at the low end give 0, all at the high end 100."""
    row = {"sat": code, "conf": code, "ideal": code}
    index = one(ACSI, [row, row], "acsi_index")
    assert (index.value, index.interval_reason) == (value, Reason.NO_VARIATION)


def test_acsi_index_of_means_8_7_6() -> None:
    """(8 + 7 + 6 - 3)/27 · 100 with equal weights."""
    rows = [{"sat": 8, "conf": 7, "ideal": 6}] * 2
    assert one(ACSI, rows, "acsi_index").value == pytest.approx(18 / 27 * 100)


def test_acsi_index_uses_every_answer_to_each_item() -> None:
    """Means are per item: who skipped one item still counts in the others; n is the fewest."""
    rows = [{"sat": 9, "conf": 8, "ideal": 7}, {"sat": 5}, {"sat": 7, "conf": 4}]
    index = one(ACSI, rows, "acsi_index")
    assert index.value == pytest.approx((7 + 6 + 7 - 3) / 27 * 100)
    assert (index.n, index.interval_reason) == (1, Reason.ONE_ANSWER)


def test_acsi_standard_error_of_complete_answers_is_that_of_their_scores() -> None:
    """Where everybody answered all three, the SE is that of each person's own index."""
    rows = [(9, 8, 10), (5, 6, 2), (7, 9, 8), (10, 10, 9), (3, 2, 5)]
    scores = [(sum(row) - 3) / 27 * 100 for row in rows]
    found = one(
        ACSI, [dict(zip(("sat", "conf", "ideal"), r, strict=True)) for r in rows], "acsi_index"
    )
    assert found.value == pytest.approx(statistics.fmean(scores))
    assert found.se == pytest.approx(statistics.stdev(scores) / math.sqrt(5))


def test_acsi_interval_survives_items_nobody_answered_together() -> None:
    """Without a pair of answers there is no covariance, and still an interval."""
    rows = [{"sat": 9}, {"sat": 5}, {"conf": 3}, {"conf": 9}, {"ideal": 2}, {"ideal": 8}]
    index = one(ACSI, rows, "acsi_index")
    assert index.n == 2
    assert index.interval is not None
    assert index.interval.low >= 0


def test_acsi_index_needs_all_three_questions() -> None:
    """Without the ideal item there is no such index in the list."""
    asked = instrument([question("sat", Role.OVERALL), question("conf", Role.CONFIRMATION)])
    assert ("acsi_index", "") not in figures(asked, [{"sat": 3}])


def test_gap_pairs_the_answers_of_each_respondent() -> None:
    """Experience less expectation of those who gave both; below zero is a shortfall."""
    rows = [
        {"x_price": 5, "p_price": 3},
        {"x_price": 4, "p_price": 4},
        {"x_price": 5, "p_price": 4},
        {"x_price": 5},
        {"p_price": 1},
    ]
    found = figures(monthly(), rows)
    gap = found["gap", "price"]
    assert (gap.value, gap.n, gap.base) == (-1.0, 3, Base.EXPECTED_AND_RATED)
    assert gap.se == pytest.approx(1 / math.sqrt(3))
    assert gap.interval is not None
    assert gap.interval.method == "paired_t"
    assert found["attribute_mean", "price"].value == pytest.approx(12 / 4)
    assert found["expectation_mean", "price"].value == pytest.approx(19 / 4)


def test_gap_on_a_reversed_scale_is_still_negative_for_a_shortfall() -> None:
    """Where 1 is best, an experience of 3 after an expectation of 1 falls short by 2."""
    asked = instrument(
        [
            question("x", Role.EXPECTATION, attribute="price", better=Better.LOW),
            question("p", Role.EXPERIENCE, attribute="price", better=Better.LOW),
        ],
        ("price",),
    )
    assert one(asked, [{"x": 1, "p": 3}], "gap", "price").value == -2


def test_no_gap_between_different_scales() -> None:
    """Expectation on 1–7 and experience on 1–5 have means, and no difference."""
    asked = instrument(
        [
            question("x", Role.EXPECTATION, range(1, 8), attribute="price"),
            question("p", Role.EXPERIENCE, attribute="price"),
        ],
        ("price",),
    )
    found = figures(asked, [{"x": 7, "p": 5}])
    assert ("gap", "price") not in found
    assert found["expectation_mean", "price"].value == 7


def test_an_attribute_nobody_rated_gives_reasons() -> None:
    """Asked and not answered: every figure of the attribute says so."""
    found = figures(monthly(), [{"p_quality": 5}])
    for key in ("attribute_mean", "attribute_top2", "expectation_mean", "gap"):
        assert found[key, "price"].reason is Reason.NO_ANSWERS


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (3, (0.6111, 0.2778, 0.1111)),
        (4, (0.5208, 0.2708, 0.1458, 0.0625)),
        (5, (0.4567, 0.2567, 0.1567, 0.09, 0.04)),
    ],
)
def test_centroid_weights_are_the_published_ones(number: int, expected: tuple[float, ...]) -> None:
    """Barron & Barrett 1996, and they sum to 1 without a rounding."""
    weights = centroid_weights(number)
    assert [float(w) for w in weights] == pytest.approx(expected, abs=5e-5)
    assert sum(weights) == 1


def test_attributes_not_placed_share_what_is_left() -> None:
    """Everybody's weights sum to 1, however many attributes they placed."""
    for ranked in (1, 2, 3):
        rest = weight_of(0, ranked, 5) * (5 - ranked)
        assert sum(weight_of(place, ranked, 5) for place in range(1, ranked + 1)) + rest == 1
    assert weight_of(0, 3, 5) == (centroid_weights(5)[3] + centroid_weights(5)[4]) / 2


def test_importance_of_two_rankings() -> None:
    """Weight, chosen and first of three attributes after one full and one short ranking."""
    names = ("a", "b", "c")
    asked = instrument([ranking(2)], names)
    rows = [
        {"rank.a": 1, "rank.b": 2, "rank.c": 0},
        {"rank.a": 0, "rank.b": 1, "rank.c": 0},
        {"rank.a": 1, "rank.b": 1, "rank.c": 0},
    ]
    found = figures(asked, rows)
    first, second, third = centroid_weights(3)
    expected = [
        (first + (second + third) / 2) / 2,
        (second + first) / 2,
        (third + (second + third) / 2) / 2,
    ]
    assert [found["importance_weight", a].value for a in names] == pytest.approx(
        [float(w) for w in expected]
    )
    assert sum(expected) == Fraction(1)
    assert [found["importance_chosen", a].count for a in names] == [1, 2, 0]
    assert [found["importance_first", a].count for a in names] == [1, 1, 0]
    assert {f.n for f in found.values()} == {2}


def complaint(*told: int, **more: int) -> Row:
    """A respondent with a problem who told these (1 company, 2 others, 3 nobody)."""
    return {"problem": 1, **{f"voiced.{code}": int(code in told) for code in (1, 2, 3)}, **more}


CONTENT: Row = {"problem": 2, **{f"voiced.{code}": NOT_ASKED for code in (1, 2, 3)}}


def test_three_rates_are_never_mixed() -> None:
    """Of five asked three met a problem, two complained to anyone, one told the company."""
    rows = [complaint(1), complaint(2), complaint(3), CONTENT, CONTENT, {}]
    found = figures(monthly(), rows)
    rates = [found[key, ""] for key in ("problem_rate", "complaint_rate", "voiced_rate")]
    assert [(f.count, f.n) for f in rates] == [(3, 5), (2, 5), (1, 5)]


def test_complaint_rate_needs_the_others() -> None:
    """Asked about the company only, nobody knows who complained elsewhere."""
    asked = instrument(
        [question("c", Role.VOICED, (0, 1), kind=Kind.SINGLE, means={1: Means.COMPANY})]
    )
    found = figures(asked, [{"c": 1}, {"c": 0}])
    assert found["voiced_rate", ""].value == 0.5
    assert ("complaint_rate", "") not in found
    assert ("problem_rate", "") not in found


def test_what_problems_were_about() -> None:
    """Shares of those with a problem that named an attribute or a kind; several each."""
    ticks = {"about.1": 1, "about.2": 1, "about.3": 0, "about.4": 0}
    kinds = {"kind.1": 0, "kind.2": 0, "kind.3": 1}
    rows: list[Row] = [
        complaint(3, **ticks, **kinds),
        complaint(3, **{**ticks, "about.1": 0}, **kinds),
        complaint(3),
        {**CONTENT, **ticks, **kinds},
    ]
    found = figures(monthly(), rows)
    about = [found["problem_attribute", a] for a in ("quality", "delivery", "price")]
    assert [(f.count, f.n) for f in about] == [(1, 2), (2, 2), (0, 2)]
    assert (found["problem_kind", "3"].count, found["problem_kind", "1"].count) == (2, 0)
    assert about[0].base == Base.MET_A_PROBLEM


def test_parts_of_all_mentions_add_up_with_other_last() -> None:
    """Largest first, ties as offered, “other” last whatever its size; the parts sum to 1."""
    counts = {"1": 10, "2": 40, "3": 10, "9": 60}
    kinds = [
        share("problem_kind", c, 100, 0.95, base=Base.ASKED, of=of) for of, c in counts.items()
    ]
    found = list(pareto(kinds, other="9"))
    parts = {f.of: f.value for f in found if f.key == "problem_kind_part"}
    running = {f.of: f.value for f in found if f.key == "problem_kind_running"}
    assert list(running) == ["2", "1", "3", "9"]
    assert parts == {"2": 40 / 120, "1": 10 / 120, "3": 10 / 120, "9": 0.5}
    assert list(running.values()) == [40 / 120, 50 / 120, 60 / 120, 1.0]
    assert {f.n for f in found} == {100}


def test_no_mention_has_no_parts() -> None:
    """Nobody named a kind: a reason, and no division by nothing."""
    kinds = [share("problem_kind", 0, 9, 0.95, base=Base.ASKED, of="1")]
    assert [f.reason for f in pareto(kinds)] == [Reason.NO_ANSWERS] * 2


def test_a_single_choice_of_the_attribute_works_too() -> None:
    """Where only one attribute may be named, its code stands for the attribute in order."""
    about = question("about", Role.PROBLEM_ATTRIBUTE, (1, 2), kind=Kind.SINGLE)
    asked = instrument([replace(about, options_are_attributes=True)], ("price", "staff"))
    found = figures(asked, [{"about": 2}, {"about": 2}, {"about": 1}, {}])
    assert [found["problem_attribute", a].count for a in ("price", "staff")] == [1, 2]


def test_problem_options_that_are_no_attributes_have_no_such_figure() -> None:
    """Without the link to attributes no share by attribute is made up."""
    asked = instrument([question("about", Role.PROBLEM_ATTRIBUTE, (1, 2), kind=Kind.MULTIPLE)])
    assert figures(asked, [{"about.1": 1, "about.2": 0}]) == {}


def test_handling_is_judged_by_those_who_told_the_company() -> None:
    """Solved, content with the handling, stays: of those who told the company only."""
    rows = [
        complaint(1, handled=1, handling=5, stays=1),
        complaint(1, handled=2, handling=2, stays=2),
        complaint(1, handled=3, handling=1, stays=1),
        complaint(2, handled=1, handling=5, stays=1),
    ]
    found = figures(monthly(), rows)
    assert (found["solved_rate", ""].count, found["solved_rate", ""].n) == (1, 3)
    assert found["handling_mean", ""].value == pytest.approx(8 / 3)
    assert found["handling_top2", ""].count == 1
    assert (found["stays_rate", ""].count, found["stays_rate", ""].n) == (2, 3)


def test_told_is_the_mean_number_of_people() -> None:
    """None told counts as 0, no answer does not count."""
    told = one(monthly(), [{"told": 0}, {"told": 9}, {}], "told_mean")
    assert (told.value, told.n) == (4.5, 2)


def test_nps_is_promoters_less_detractors() -> None:
    """9 and 10 less 0 to 6, of all who gave a number; shares stand beside."""
    rows = [{"recommend": code} for code in (10, 9, 9, 8, 7, 6, 0)] + [{}]
    found = figures(monthly(), rows)
    nps = found["nps", ""]
    assert nps.value == pytest.approx(1 / 7)
    assert (nps.n, nps.unit) == (7, Unit.NET)
    counts = [found[key, ""].count for key in ("promoters", "passives", "detractors")]
    assert counts == [3, 2, 2]
    assert nps.interval is not None
    assert nps.interval.method == "adjusted_wald"
    assert [i.method for i in nps.others] == ["wald"]


def test_nps_of_promoters_only_has_no_plain_interval() -> None:
    """The plain Wald interval would have no width: only the adjusted one is given."""
    nps = one(monthly(), [{"recommend": 10}] * 9, "nps")
    assert (nps.value, nps.others) == (1.0, ())
    assert nps.interval is not None
    assert nps.interval.low == pytest.approx(0.433712, abs=1e-6)


def test_nps_is_only_of_a_scale_from_0_to_10() -> None:
    """A recommendation on 1–5 has no promoters; its top-2-box still counts as would recommend."""
    asked = instrument([question("r", Role.RECOMMEND)])
    found = figures(asked, [{"r": 5}, {"r": 3}])
    assert ("nps", "") not in found
    assert found["would_recommend", ""].value == 0.5


def test_return_rate_is_the_union_of_its_parts() -> None:
    """Bought again, or would, or would recommend, of those who answered all three."""
    rows = [
        {"bought_again": 1, "buy_again": 1, "recommend": 0},
        {"bought_again": 2, "buy_again": 4, "recommend": 0},
        {"bought_again": 2, "buy_again": 1, "recommend": 9},
        {"bought_again": 2, "buy_again": 3, "recommend": 8},
        {"bought_again": 1, "buy_again": 5},
    ]
    found = figures(monthly(), rows)
    union = found["return_rate", ""]
    assert (union.count, union.n, union.base) == (3, 4, Base.ALL_PARTS)
    parts = [found[k, ""] for k in ("bought_again", "would_buy_again", "would_recommend")]
    assert [(f.count, f.n) for f in parts] == [(2, 5), (2, 5), (1, 4)]


def test_return_rate_of_the_parts_that_are_asked() -> None:
    """One part makes the union of one; recommending alone makes none."""
    again = instrument([question("b", Role.BUY_AGAIN, range(1, 11))])
    assert one(again, [{"b": 9}, {"b": 8}], "return_rate").value == 0.5
    recommend = instrument([question("r", Role.RECOMMEND, range(11))])
    assert ("return_rate", "") not in figures(recommend, [{"r": 9}])


def test_opinions_and_price_tolerance() -> None:
    """Favourability and sales power are top-2-boxes, named choice is a yes, tolerance a mean."""
    rows: list[Row] = [
        {"favour": 5, "named": 1, "more": 3, "tolerance": 10},
        {"favour": 3, "named": 2, "more": 4, "tolerance": 0},
    ]
    found = figures(monthly(), rows)
    for key in ("favourability", "named_choice", "sales_power"):
        assert found[key, ""].count == 1
    assert found["price_tolerance", ""].value == 5


def test_an_instrument_that_asks_nothing_has_no_figures() -> None:
    """What is not asked is not in the list, not even as a reason."""
    assert figures(instrument([question("x", Role.PROFILE, (1, 2))]), [{"x": 1}]) == {}


def test_options_that_mean_yes_win_over_top_boxes() -> None:
    """A yes/no question is never read as a two-point scale with two best codes."""
    asked = instrument([question("f", Role.FAVOURABILITY, (1, 2), means=YES_NO)])
    assert one(asked, [{"f": 1}, {"f": 2}], "favourability").value == 0.5


@pytest.mark.parametrize(
    ("responses", "population", "value", "reason"),
    [
        (3, 12, 0.25, None),
        (0, 12, 0.0, None),
        (12, 12, 1.0, None),
        (3, None, None, Reason.POPULATION_UNKNOWN),
        (3, 2, None, Reason.MORE_ANSWERS_THAN_CUSTOMERS),
        (0, 0, None, Reason.NO_ANSWERS),
    ],
)
def test_response_rate_or_why_not(
    responses: int, population: int | None, value: float | None, reason: Reason | None
) -> None:
    """Unknown or impossible populations are said, never divided by."""
    rate = response_rate(responses, population, 0.95)
    assert (rate.value, rate.reason, rate.population) == (value, reason, population)


def documented_keys() -> set[str]:
    """The figure keys of the table in docs/architecture.md."""
    page = Path(__file__).parents[2] / "docs" / "architecture.md"
    table = page.read_text(encoding="utf-8").split("## Figure keys")[1]
    cells = re.findall(r"^\| (`.+?) \|", table, flags=re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([a-z0-9_]+)`", cell)} - {"key"}


def test_the_monthly_instrument_has_every_figure_key() -> None:
    """Every key that pages and documents know is computed, and no other."""
    found = figures(monthly(), [])
    elsewhere = {"response_rate", "experience_line", "importance_line"}
    assert {key for key, _of in found} | elsewhere == documented_keys()
    assert all(figure.reason is Reason.NO_ANSWERS for figure in found.values())
