"""What problems cost is the sum of what each group of customers takes along."""

from __future__ import annotations

from typing import Any

import pytest

from reports.statistics.market_damage import ImpossibleDamage, MarketDamage, Outcome, market_damage

THREE = (
    Outcome("satisfied", 0.40, 0.08),
    Outcome("mollified", 0.35, 0.30),
    Outcome("dissatisfied", 0.25, 0.70),
)


def inputs() -> dict[str, Any]:
    """100,000 customers, a tenth with a problem, a quarter of those complain."""
    return {
        "customers": 100_000,
        "incidence": 0.1,
        "propensity": 0.25,
        "outcomes": THREE,
        "silent_leave": 0.45,
        "lifetime_value": 500.0,
    }


def of(damage: MarketDamage) -> dict[str, float]:
    """Customers lost by group."""
    return {loss.name: loss.customers for loss in damage.losses}


def test_each_group_loses_its_share() -> None:
    """10,000 with a problem: 2,500 complain, 7,500 are silent; worked by hand."""
    damage = market_damage(**inputs())
    assert damage.with_problem == pytest.approx(10_000)
    expected = {"satisfied": 80, "mollified": 262.5, "dissatisfied": 437.5, "silent": 3375}
    assert of(damage) == pytest.approx(expected)
    assert damage.customers == pytest.approx(4155)
    assert damage.value == pytest.approx(4155 * 500)


def test_whoever_complains_is_lost_less() -> None:
    """Where handling keeps more than silence, making complaining easier saves customers."""
    often = inputs() | {"propensity": 0.5}
    assert market_damage(**often).customers < market_damage(**inputs()).customers


def test_without_problems_nothing_is_lost() -> None:
    """An incidence of 0 is an answer, not an error."""
    assert market_damage(**(inputs() | {"incidence": 0})).value == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"incidence": 1.2}, "The incidence is 1.2, not between 0 and 1"),
        ({"propensity": -0.1}, "The propensity is -0.1"),
        ({"silent_leave": float("nan")}, "The silent_leave is nan"),
        ({"outcomes": ()}, "do not sum to 1"),
        ({"outcomes": THREE[:2]}, "do not sum to 1"),
        ({"outcomes": (Outcome("satisfied", 1.0, 2.0),)}, "leaves of satisfied is 2"),
        ({"customers": -1}, "must not be below 0"),
        ({"lifetime_value": float("nan")}, "must not be below 0"),
    ],
)
def test_impossible_inputs_are_told(change: dict[str, Any], sentence: str) -> None:
    """Each mistake has its sentence."""
    with pytest.raises(ImpossibleDamage, match=sentence):
        market_damage(**(inputs() | change))
