"""Problems, complaints and how they were handled, each with its own base."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instruments.model import Kind, Means, Role
from reports.indicators.bases import Base
from tests.reports.counted_cases import (
    Row,
    instrument,
    monthly,
    question,
)
from tests.reports.indicators.indicator_cases import CONTENT, complaint, figures, one


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
