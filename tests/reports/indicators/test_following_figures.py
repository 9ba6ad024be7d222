"""What follows from other figures agrees with them, and is hidden with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instruments.model import Better
from reports.described import describe
from reports.findings import Figure, Interval, Note, Reason, Standing, Unit
from reports.indicators.bases import Base
from reports.indicators.following import following
from reports.indicators.forms import share
from reports.settings import STANDARD, Definitions, Settings

Found = dict[tuple[str, str], Figure]

VALUED = Settings(definitions=Definitions(customer_value=250.0))


def rate(key: str, count: int, n: int) -> Figure:
    """A share with its interval."""
    return share(key, count, n, 0.95, base=Base.ASKED, better=Better.LOW)


def follow(*figures: Figure, population: int | None = 1000, rules: Settings = STANDARD) -> Found:
    """What follows from these figures of a segment."""
    return {(f.key, f.of): f for f in following(figures, population, rules)}


def hidden(figure: Figure) -> Figure:
    """The figure as it is when it may not be shown."""
    why = Reason.BELOW_SMALLEST_BASE
    return Figure(
        figure.key, figure.of, figure.unit, figure.base, 0, None, why,
        interval_reason=why, standing=Standing.HIDDEN,
    )  # fmt: skip


def test_customers_are_the_share_of_the_customers() -> None:
    """Value, error and both ends times their number; never compared as a share again."""
    problem = rate("problem_rate", 60, 300)
    found = follow(problem)["customers_with_problem", ""]
    assert (found.value, found.unit, found.n, found.count) == (200.0, Unit.COUNT, 300, None)
    assert problem.interval is not None
    assert found.interval is not None
    assert found.interval.low == pytest.approx(1000 * problem.interval.low)
    assert found.se == pytest.approx(1000 * (problem.se or 0))
    assert found.scale == (0.0, 1000.0)


@pytest.mark.parametrize(
    ("population", "reason"),
    [(None, Reason.POPULATION_UNKNOWN), (299, Reason.MORE_ANSWERS_THAN_CUSTOMERS)],
)
def test_customers_need_a_number_that_can_be(population: int | None, reason: Reason) -> None:
    """Without it, or with one that is too small, there is a reason and no number."""
    found = follow(rate("problem_rate", 60, 300), population=population)
    figure = found["customers_with_problem", ""]
    assert (figure.value, figure.reason, figure.interval_reason) == (None, reason, reason)


def test_people_told_of_a_problem_that_all_but_one_were_asked_about() -> None:
    """1 of 49 of 50 customers: the finite interval holds the rate, so the product can be made."""
    problem = describe(rate("problem_rate", 1, 49), 1, 0.95)
    told = Figure("told_total", "", Unit.POINTS, "", 3, 4.0, interval=Interval(1.0, 9.0, "t"))
    found = follow(problem, told, population=50)["people_told", ""]
    assert found.value == pytest.approx(4 * 50 / 49)
    assert found.interval is not None
    assert found.interval.low < 4 * 50 / 49 < found.interval.high


def test_the_iceberg_turns_the_propensity_over() -> None:
    """30 of 120 told the company: four customers with a problem for each of them."""
    voiced = rate("voiced_propensity", 30, 120)
    found = follow(voiced)["iceberg", ""]
    assert voiced.interval is not None
    assert found.interval is not None
    assert found.value == 4.0
    assert found.interval.low == pytest.approx(1 / voiced.interval.high)
    assert found.interval.high == pytest.approx(1 / voiced.interval.low)


def test_nobody_told_gives_a_lower_bound_and_says_so() -> None:
    """No upper end: the value is what the iceberg is at least."""
    voiced = rate("voiced_propensity", 0, 120)
    found = follow(voiced)["iceberg", ""]
    assert voiced.interval is not None
    assert (found.value, found.interval) == (1 / voiced.interval.high, None)
    assert found.notes == (Note.LOWER_BOUND_ONLY,)


def test_a_rule_of_thumb_stands_where_nobody_told() -> None:
    """It rests on no answers, has no interval, and says what it is."""
    found = follow(rate("voiced_propensity", 0, 120))["iceberg_folklore", ""]
    assert (found.value, found.n, found.se, found.interval) == (26.0, 0, None, None)
    assert (found.notes, found.interval_reason) == ((Note.FOLKLORE,), Reason.NO_INTERVAL_KNOWN)
    assert found.better is Better.LOW


@pytest.mark.parametrize("key", ["voiced_rate", "logged_rate", "problem_rate"])
def test_a_rule_of_thumb_stands_where_who_tells_was_not_asked(key: str) -> None:
    """Complaints are known, but not which part of the customers with a problem makes them."""
    assert follow(rate(key, 9, 120))["iceberg_folklore", ""].value == 26.0


@pytest.mark.parametrize(
    "figures",
    [
        [],
        [rate("voiced_propensity", 3, 120)],
        [rate("voiced_propensity", 0, 0), rate("voiced_rate", 0, 90)],
        [hidden(rate("voiced_propensity", 0, 3)), rate("voiced_rate", 4, 90)],
        [hidden(rate("voiced_rate", 4, 90))],
    ],
    ids=["not asked", "measured", "nobody had a problem", "hidden", "hidden rate"],
)
def test_elsewhere_there_is_no_folklore(figures: list[Figure]) -> None:
    """The own iceberg, or the reason why there is none, needs no rule of thumb beside it."""
    assert ("iceberg_folklore", "") not in follow(*figures)


def test_nobody_told_of_all_customers_has_no_iceberg_at_all() -> None:
    """Where everybody was asked, not even a lower bound is to be had by dividing."""
    none = replace(rate("voiced_propensity", 0, 9), interval=Interval(0.0, 0.0, "exact"))
    found = follow(none)["iceberg", ""]
    assert (found.value, found.reason) == (None, Reason.NO_VARIATION)


def test_word_of_mouth_is_told_by_each_times_customers() -> None:
    """With the interval of a product, on the smaller base."""
    told = Figure(
        "told_total", "", Unit.POINTS, Base.MET_A_PROBLEM, 55, 4.0,
        interval=Interval(3.0, 5.0, "t"),
    )  # fmt: skip
    found = follow(told, rate("problem_rate", 60, 300))["people_told", ""]
    assert (found.value, found.n, found.base) == (800.0, 55, Base.MET_A_PROBLEM)
    assert found.interval is not None
    assert found.interval.method == "square_and_add"
    alone = replace(told, interval=None, interval_reason=Reason.ONE_ANSWER)
    found = follow(alone, rate("problem_rate", 60, 300))["people_told", ""]
    assert (found.value, found.interval_reason) == (800.0, Reason.ONE_ANSWER)


def test_market_damage_needs_the_value_of_a_customer() -> None:
    """Customers lost times their value; the population is asked for first."""
    lost = replace(rate("lost_to_problems", 10, 200), count=None)
    found = follow(lost, rules=VALUED)
    assert found["customers_lost", ""].value == 50.0
    assert (found["market_damage", ""].value, found["market_damage", ""].unit) == (
        12500.0,
        Unit.MONEY,
    )
    assert follow(lost)["market_damage", ""].reason is Reason.VALUE_UNKNOWN
    unknown = follow(lost, population=None, rules=VALUED)["market_damage", ""]
    assert unknown.reason is Reason.POPULATION_UNKNOWN


def test_customers_at_risk_are_worth_what_each_is_worth() -> None:
    """The share times the customers, then times the value; both ends of the interval likewise."""
    risk = rate("sci_at_risk", 12, 200)
    found = follow(risk, rules=VALUED)
    assert risk.interval is not None
    for key, factor in (("customers_at_risk", 1000), ("value_at_risk", 250_000)):
        ends = found[key, ""].interval
        assert ends is not None
        assert found[key, ""].value == pytest.approx(0.06 * factor)
        assert (ends.low, ends.high) == pytest.approx(
            (risk.interval.low * factor, risk.interval.high * factor)
        )
    assert follow(risk)["value_at_risk", ""].reason is Reason.VALUE_UNKNOWN


def test_what_follows_from_a_hidden_figure_is_hidden() -> None:
    """The reason of the source, no base and no number: nothing can be multiplied back."""
    keys = ("problem_rate", "voiced_rate", "lost_to_problems", "voiced_propensity", "told_total")
    found = follow(*(hidden(rate(key, 3, 4)) for key in keys), rules=VALUED)
    assert len(found) == 6
    for figure in found.values():
        assert (figure.n, figure.value, figure.se, figure.interval) == (0, None, None, None)
        assert (figure.reason, figure.standing) == (Reason.BELOW_SMALLEST_BASE, Standing.HIDDEN)


def attribute(key: str, of: str, value: float, better: Better = Better.HIGH) -> Figure:
    """A mean experience on 1–5, or a weight."""
    if key == "attribute_mean":
        return Figure(key, of, Unit.POINTS, "rated", 40, value, better=better, scale=(1.0, 5.0))
    return Figure(key, of, Unit.WEIGHT, "ranked", 30, value, scale=(0.0, 1.0))


MEANS = {"a": 4.5, "b": 3.0, "c": 3.5, "d": 4.0}
WEIGHTS = {"a": 0.1, "b": 0.4, "c": 0.4, "d": 0.1}


def placed(means: dict[str, Figure]) -> dict[str, float | None]:
    """The order of these attributes by stated importance."""
    weights = [attribute("importance_weight", of, w) for of, w in WEIGHTS.items() if of in means]
    found = follow(*means.values(), *weights)
    return {of: figure.value for (key, of), figure in found.items() if key == "priority_stated"}


def rated(means: dict[str, float], better: Better = Better.HIGH) -> dict[str, Figure]:
    """The means of experience of these attributes."""
    return {of: attribute("attribute_mean", of, mean, better) for of, mean in means.items()}


def test_important_and_poor_comes_first() -> None:
    """Importance less experience, both from 0 to 1: 1, 2/3, -2/3 and -1."""
    assert placed(rated(MEANS)) == {"b": 1, "c": 2, "d": 3, "a": 4}


def test_the_order_does_not_depend_on_the_direction_of_the_scale() -> None:
    """Where 1 is the best point, a high mean is a poor one."""
    turned = {of: 6 - mean for of, mean in MEANS.items()}
    assert placed(rated(turned, Better.LOW)) == placed(rated(MEANS))


def test_equal_differences_share_a_place() -> None:
    """No order is made up between attributes that are alike."""
    assert placed(rated({**MEANS, "c": 3.0})) == {"b": 1, "c": 1, "d": 3, "a": 4}


def test_a_hidden_attribute_is_in_no_order() -> None:
    """It has its reason; the others are put in order as if it were not there."""
    means = rated(MEANS)
    means["b"] = hidden(means["b"])
    assert placed(means) == {"a": 3, "b": None, "c": 1, "d": 2}


def test_no_order_of_two_or_of_equals() -> None:
    """Two attributes, or all alike, have reasons."""
    weights = [attribute("importance_weight", of, w) for of, w in WEIGHTS.items()]
    two = follow(*list(rated(MEANS).values())[:2], *weights)
    assert two["priority_stated", "a"].reason is Reason.TOO_FEW_ITEMS
    alike = follow(*rated(dict.fromkeys(MEANS, 4.0)).values(), *weights)
    assert alike["priority_stated", "a"].reason is Reason.NO_VARIATION


def test_derived_importance_has_an_order_of_its_own() -> None:
    """Both orders stand side by side where they disagree."""
    derived = {"a": 0.3, "b": 0.05, "c": 0.1, "d": 0.02}
    figures = [
        Figure("importance_derived", of, Unit.COEFFICIENT, "complete", 200, w, scale=(0.0, 1.0))
        for of, w in derived.items()
    ]
    found = follow(*rated(MEANS).values(), *figures)
    assert {of: found["priority_derived", of].value for of in "abcd"} != placed(rated(MEANS))
    assert not [key for key in found if key[0] == "priority_stated"]
