"""NPS, the five indicators and the return rate with its parts."""

from __future__ import annotations

import pytest

from instruments.model import Role
from reports.findings import Unit
from reports.indicators.bases import Base
from reports.settings import Definitions, Settings
from tests.reports.counted_cases import (
    YES_NO,
    Row,
    instrument,
    monthly,
    question,
)
from tests.reports.indicators.indicator_cases import figures, one


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


def test_options_that_mean_yes_win_over_top_boxes() -> None:
    """A yes/no question is never read as a two-point scale with two best codes."""
    asked = instrument([question("f", Role.FAVOURABILITY, (1, 2), means=YES_NO)])
    assert one(asked, [{"f": 1}, {"f": 2}], "favourability").value == 0.5


def test_the_company_says_which_parts_make_the_return_rate() -> None:
    """Parts that do not count stand beside all the same; who left them out is in the base."""
    rows: list[Row] = [
        {"bought_again": 2, "buy_again": 5, "recommend": 10},
        {"bought_again": 1, "buy_again": 1},
    ]
    bought = Settings(definitions=Definitions(return_parts=("bought_again",)))
    found = figures(monthly(), rows, bought)
    assert (found["return_rate", ""].count, found["return_rate", ""].n) == (1, 2)
    assert found["would_recommend", ""].count == 1
    asked = instrument([question("b", Role.BUY_AGAIN), question("r", Role.RECOMMEND)])
    assert ("return_rate", "") not in figures(asked, [{"b": 5}], bought)


def test_the_company_says_how_many_points_count() -> None:
    """Speaking well, wanting more and coming back have a number of best points each."""
    rows: list[Row] = [{"favour": 4, "more": 4, "buy_again": 4, "bought_again": 1, "named": 1}]
    strict = Settings(definitions=Definitions(speaks_well=1, wants_more=1, comes_back=1))
    loose, tight = figures(monthly(), rows), figures(monthly(), rows, strict)
    for key in ("favourability", "sales_power", "would_buy_again"):
        assert (loose[key, ""].count, tight[key, ""].count) == (1, 0)
    for key in ("bought_again", "named_choice"):
        assert (loose[key, ""].count, tight[key, ""].count) == (1, 1)


def test_the_best_point_stands_beside_the_best_two() -> None:
    """Of 5, 4 and 3 one would certainly buy again; a yes and a no have no best point."""
    rows: list[Row] = [{"buy_again": code} for code in (5, 4, 3)]
    assert one(monthly(), rows, "would_buy_again_top").count == 1
    asked = instrument([question("b", Role.BUY_AGAIN, (1, 2), means=YES_NO)])
    assert ("would_buy_again_top", "") not in figures(asked, [{"b": 1}])
