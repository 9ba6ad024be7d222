"""Definitions in words: a report says what its indicators count, whatever the company chose."""

from __future__ import annotations

import pytest

from instruments.model import Kind, Means, Role
from reports.defining import definition, otherwise, points_counted
from reports.settings import Definitions, Lost
from reports.texts import Words
from tests.reports.counted_cases import instrument, monthly, question

EN, ZH = Words("en"), Words("zh")
STANDARD = Definitions()


def test_a_complaint_is_what_the_company_calls_one() -> None:
    """Where complaining to others does not count, the report does not say that it does."""
    assert definition(EN, STANDARD, "complaint_rate") == "complained, to the company or to others"
    strict = Definitions(complaint_to_others=False)
    assert definition(EN, strict, "complaint_rate") == "complained to the company"
    assert definition(ZH, strict, "complaint_rate") == "向公司投诉"


def test_the_return_rate_names_its_parts() -> None:
    """The union is of the parts that count, and of no other."""
    said = definition(EN, STANDARD, "return_rate")
    assert said == "bought again, would buy again or would recommend"
    behaviour = Definitions(return_parts=("bought_again", "would_buy_again"))
    assert definition(EN, behaviour, "return_rate") == "bought again or would buy again"
    assert definition(ZH, behaviour, "return_rate") == "再次购买或愿意再次购买"


def test_parts_that_were_not_asked_are_not_named() -> None:
    """A short questionnaire asks for one part; the union is of that one."""
    said = definition(EN, STANDARD, "return_rate", frozenset({"would_buy_again", "nps"}))
    assert said == "would buy again"


@pytest.mark.parametrize("key", ["favourability", "named_choice", "sales_power"])
def test_each_opinion_is_said_in_both_languages(key: str) -> None:
    """What a share counts stands beside its name, for every reader."""
    assert definition(EN, STANDARD, key)
    assert definition(ZH, STANDARD, key) != definition(EN, STANDARD, key)


def test_a_figure_whose_name_says_it_needs_no_definition() -> None:
    """Nothing is made up for it."""
    assert definition(EN, STANDARD, "nps") == ""


def test_points_that_count_are_told_together() -> None:
    """One sentence for all indicators that count the same number of points, if they are asked."""
    chosen = Definitions(speaks_well=1)
    keys = frozenset({"favourability", "sales_power", "would_recommend"})
    assert points_counted(EN, chosen, monthly(), keys) == [
        "The best point of a scale counts for Favourability.",
        "The 2 best points of a scale count for Sales power and would recommend.",
    ]
    assert points_counted(ZH, chosen, monthly(), frozenset({"nps"})) == []


def test_a_yes_or_no_has_no_best_points() -> None:
    """Asked whether they speak well of the company, yes or no: no point of a scale is counted."""
    asked = instrument(
        [
            question(
                "well",
                Role.FAVOURABILITY,
                (1, 2),
                kind=Kind.SINGLE,
                means={1: Means.YES, 2: Means.NO},
            ),
            question("more", Role.BUY_MORE),
        ]
    )
    keys = frozenset({"favourability", "sales_power"})
    said = "The 2 best points of a scale count for Sales power."
    assert points_counted(EN, STANDARD, asked, keys) == [said]
    assert points_counted(ZH, STANDARD, asked, keys) == ["量表题中，销售力按最高2档计。"]


KEYS = frozenset({"market_damage", "lost_to_problems", "sci_secure", "loyalists"})
OWN = Definitions(
    customer_value=1200.0, lost=Lost(0.6, 0.1, 0.3, 0.8), secure=2, favourable=3, loyal=1
)


def test_what_a_company_set_otherwise_is_told() -> None:
    """Whoever reads the figure reads by which rule; what is as usual takes no room."""
    assert otherwise(EN, STANDARD, KEYS) == []
    assert otherwise(EN, OWN, KEYS) == [
        "A customer counts as worth 1,200 a year.",
        "Customers lost to problems are stated, not measured: 60% of those who told nobody, "
        "10% of the content, 30% of those in between, 80% of the discontent.",
        "Best points of a secure customer: 2, of a favourable one: 3; worst points that put one "
        "at risk: 2.",
        "Best points that are satisfied: 2, loyal: 1.",
    ]
    assert all("{" not in text for text in otherwise(ZH, OWN, KEYS))
    assert not set(otherwise(ZH, OWN, KEYS)) & set(otherwise(EN, OWN, KEYS))


def test_a_rule_of_what_was_not_asked_is_not_told() -> None:
    """A report without the figure has no use for it."""
    assert otherwise(EN, OWN, frozenset({"nps"})) == []
