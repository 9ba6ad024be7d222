"""Attributes as expected and as experienced, respondent by respondent."""

from __future__ import annotations

import math

import pytest

from instruments.model import Better, Role
from reports.findings import Reason
from reports.indicators.bases import Base
from tests.reports.counted_cases import (
    instrument,
    monthly,
    question,
)
from tests.reports.indicators.indicator_cases import figures, one


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
