"""How answers of cells are weighted, and when they are not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.aimed import plan_of
from reports.aims import CUSTOMARY, Aims
from reports.cells import Cell, Cells
from reports.findings import ALL, Reason
from reports.tally import Tally
from reports.tally.plan import Plan as Counted
from reports.units import Plan

FIELDS = ("tier", "region")
AIMS = Aims(FIELDS)
NOTHING_COUNTED = Counted(MappingProxyType({}), (), ())

Known = Mapping[str, Mapping[str, int]]


def cells(
    answers: Mapping[Any, int],
    customers: Mapping[Any, int] | None = None,
    margins: Known | None = None,
    fields: tuple[str, ...] = FIELDS,
    times: int = 1,
) -> Cells:
    """Cells of which only the number of answers is known."""
    tallies = {cell: Tally(NOTHING_COUNTED, n, {}, {}) for cell, n in answers.items()}
    return Cells(fields, tallies, {}, customers or {}, margins or {}, times)


def weights(plan: Plan) -> dict[Cell, float]:
    """Cell → customers to an answer."""
    return {cell: unit.each for unit in plan.units for cell in unit.cells}


ANSWERS = {("A", "E"): 10, ("A", "W"): 10, ("B", "E"): 30, ("B", "W"): 10}
CUSTOMERS = {("A", "E"): 20, ("A", "W"): 80, ("B", "E"): 300, ("B", "W"): 600}
MARGINS = {"tier": {"A": 100, "B": 900}, "region": {"E": 320, "W": 680}}


def test_each_cell_has_its_part_of_the_customers() -> None:
    """Post-stratification: customers by answers."""
    plan = plan_of(cells(ANSWERS, CUSTOMERS), AIMS)
    assert weights(plan) == {cell: CUSTOMERS[cell] / n for cell, n in ANSWERS.items()}
    told = plan.weighting
    assert (told.method, told.reason, told.fields) == ("post_stratified", None, FIELDS)
    squares = sum(w * w * n for w, n in zip(weights(plan).values(), ANSWERS.values(), strict=True))
    assert told.effect == pytest.approx(60 * squares / 1000**2)


def test_answers_are_raked_to_the_margins_that_are_known() -> None:
    """The customers of tiers and regions are met, and how that went is told."""
    plan = plan_of(cells(ANSWERS, margins=MARGINS), AIMS)
    told = plan.weighting
    assert (told.method, told.reason, told.trimmed) == ("raked", None, False)
    assert told.rounds is not None
    assert 1 < told.rounds < 200
    assert told.error is not None
    assert told.error < 1e-6
    for place, field in enumerate(FIELDS):
        for segment, customers in MARGINS[field].items():
            inside = [u.customers for u in plan.units if u.cells[0][place] == segment]
            assert sum(inside) == pytest.approx(customers)


def test_customers_from_elsewhere_come_before_the_roster() -> None:
    """What a company states for a field is raked to, once for each wave of a period."""
    aims = Aims(FIELDS, {"region": {"E": 500, "W": 500}})
    plan = plan_of(cells(ANSWERS, CUSTOMERS), aims)
    assert plan.weighting.method == "raked"
    assert sum(u.customers for u in plan.units if u.cells[0][1] == "E") == pytest.approx(500)
    both = plan_of(cells(ANSWERS, {c: 2 * n for c, n in CUSTOMERS.items()}, times=2), aims)
    assert weights(both) == pytest.approx({c: 2 * w for c, w in weights(plan).items()})


def test_what_the_own_field_adds_cancels_within_its_segments() -> None:
    """Ten times as many large customers, spread alike: within a tier nothing changes."""
    more = {c: n * (10 if c[0] == "A" else 1) for c, n in CUSTOMERS.items()}
    for customers, other in (
        (cells(ANSWERS, CUSTOMERS), cells(ANSWERS, more)),
        (cells(ANSWERS, margins=MARGINS), cells(ANSWERS, margins=MARGINS)),
    ):
        first, second = weights(plan_of(customers, AIMS)), weights(plan_of(other, AIMS))
        for tier in "AB":
            ratio = first[tier, "E"] / first[tier, "W"]
            assert second[tier, "E"] / second[tier, "W"] == pytest.approx(ratio)


def test_a_silent_cell_is_spoken_for_in_its_segment() -> None:
    """Its customers stay with their tier, and what was taken together is named."""
    plan = plan_of(cells({**ANSWERS, ("A", "W"): 0}, CUSTOMERS), AIMS)
    assert plan.weighting.together == (("A / E", "A / W"),)
    assert sum(u.customers for u in plan.units if u.segment == "A") == 100


def test_a_silent_segment_is_spoken_for_by_its_neighbour() -> None:
    """All of it: each of its neighbour's cells counts for more, in the same proportion."""
    heard = {cell: n for cell, n in ANSWERS.items() if cell[0] == "B"}
    plan = plan_of(cells(heard, CUSTOMERS), AIMS)
    assert plan.weighting.together == (("A", "B"),)
    found = weights(plan)
    assert found["B", "E"] == pytest.approx(300 / 30 * 1000 / 900)
    assert found["B", "W"] == pytest.approx(600 / 10 * 1000 / 900)


def test_who_moved_since_is_no_reason_to_give_up() -> None:
    """More answers than customers in a cell: it counts with its neighbour."""
    plan = plan_of(cells({**ANSWERS, ("A", "E"): 25}, CUSTOMERS), AIMS)
    assert plan.weighting.together == (("A / E", "A / W"),)
    last = plan_of(cells({**ANSWERS, ("A", "W"): 85}, CUSTOMERS), AIMS)
    assert last.weighting.together == (("A / E", "A / W"),)


def test_cells_that_are_segments_are_strata() -> None:
    """One region for all: the segments' own units, in order, without any margin."""
    one = {(tier, "E"): n for tier, n in (("A", 9), ("B", 0), ("C", 30))}
    plan = plan_of(cells(one, {("A", "E"): 10, ("B", "E"): 40, ("C", "E"): 150}), AIMS)
    assert plan.margins is None
    assert [u.segment for u in plan.units] == ["A", "B", "C"]
    assert plan.weighting.together == (("B", "C"),)


def test_one_field_with_customers_from_elsewhere_is_stratified() -> None:
    """There is nothing to rake: its segments have their parts."""
    own = cells({("A",): 20, ("B",): 40}, fields=("tier",))
    plan = plan_of(own, Aims(("tier",), {"tier": {"A": 100, "B": 900}}))
    assert weights(plan) == {("A",): 5.0, ("B",): 22.5}
    assert plan.weighting.method == "post_stratified"


EVEN = {"A": 50, "B": 50}

REFUSED = {
    "no answers": (cells({("A", "E"): 0}, CUSTOMERS), AIMS, Reason.NO_ANSWERS),
    "no customers": (cells(ANSWERS), AIMS, Reason.POPULATION_UNKNOWN),
    "a margin missing": (
        cells(ANSWERS, margins={"tier": MARGINS["tier"]}),
        AIMS,
        Reason.POPULATION_UNKNOWN,
    ),
    "a tier the roster does not have": (
        cells({**ANSWERS, ("Z", "E"): 1}, CUSTOMERS),
        AIMS,
        Reason.POPULATION_UNKNOWN,
    ),
    "a region nobody counted": (
        cells({**ANSWERS, ("A", "S"): 1}, margins=MARGINS),
        AIMS,
        Reason.POPULATION_UNKNOWN,
    ),
    "more answers than customers": (
        cells({**ANSWERS, ("A", "E"): 101}, CUSTOMERS),
        AIMS,
        Reason.MORE_ANSWERS_THAN_CUSTOMERS,
    ),
    "more answers than a margin": (
        cells({**ANSWERS, ("A", "E"): 101}, margins=MARGINS),
        AIMS,
        Reason.MORE_ANSWERS_THAN_CUSTOMERS,
    ),
    "other totals": (
        cells(ANSWERS, margins={**MARGINS, "region": {"E": 320, "W": 681}}),
        AIMS,
        Reason.MARGINS_DIFFER,
    ),
    "as many totals as answers": (
        cells({("A", "E"): 1, ("B", "W"): 1}, margins={"tier": EVEN, "region": {"E": 50, "W": 50}}),
        AIMS,
        Reason.TOO_FEW_ANSWERS,
    ),
    "as many totals as counted answers": (
        cells({("A", "E"): 1, ("A", "W"): 1, ("B", "E"): 1}, CUSTOMERS),
        AIMS,
        Reason.TOO_FEW_ANSWERS,
    ),
    "limits that cannot hold": (
        cells(ANSWERS, CUSTOMERS),
        Aims(FIELDS, limits=(0.9, 1.1)),
        Reason.WEIGHTS_BEYOND_LIMITS,
    ),
    "no way to meet both": (
        cells({("A", "E"): 10, ("B", "W"): 10}, margins=MARGINS),
        AIMS,
        Reason.NOT_CONVERGED,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_weighted_says_why(case: str) -> None:
    """Each answer counts once, never silently."""
    known, aims, reason = REFUSED[case]
    plan = plan_of(known, aims)
    assert (plan.units, plan.weighting.method) == ((), "none")
    assert plan.weighting.reason == reason
    assert plan.weighting.fields == FIELDS


def test_what_raking_came_to_is_told_where_it_failed() -> None:
    """How often it went round, and how far off it stayed."""
    known, aims, _reason = REFUSED["no way to meet both"]
    told = plan_of(known, aims).weighting
    assert told.rounds == 200
    assert told.error is not None
    assert told.error > 0.1


def test_limits_cut_weights_and_margins_still_hold() -> None:
    """Weights are raked again until both do."""
    answers = dict.fromkeys(ANSWERS, 50)
    margins = {"tier": {"A": 1400, "B": 600}, "region": {"E": 1400, "W": 600}}
    free = plan_of(cells(answers, margins=margins), AIMS)
    cut = plan_of(cells(answers, margins=margins), Aims(FIELDS, limits=(0.2, 1.9)))
    assert not free.weighting.trimmed
    assert max(weights(free).values()) == pytest.approx(19.6)
    assert (cut.weighting.method, cut.weighting.trimmed) == ("raked", True)
    assert max(weights(cut).values()) == pytest.approx(19.0, rel=1e-3)
    assert sum(u.customers for u in cut.units if u.segment == "A") == pytest.approx(1400)


def test_limits_are_kept_by_raking_counted_cells_to_their_margins() -> None:
    """Between cells there is room for weights to move; within each there is none."""
    even = {cell: 10 * n for cell, n in ANSWERS.items()}
    plan = plan_of(cells(ANSWERS, even), Aims(FIELDS, limits=CUSTOMARY))
    assert (plan.weighting.method, plan.weighting.trimmed) == ("raked", False)


def test_the_own_field_is_raked_to_where_it_counts_as_many() -> None:
    """Weighted by tier and region: industries known, not known, or counted otherwise."""
    fields = ("industry", *FIELDS)
    answers = {(i, *cell): n for i in "XY" for cell, n in ANSWERS.items()}
    for industries, expected in (
        ({"X": 250, "Y": 750}, fields),
        ({}, FIELDS),
        ({"X": 250, "Y": 700}, FIELDS),
    ):
        margins = {"industry": industries, **MARGINS}
        plan = plan_of(cells(answers, margins=margins, fields=fields), AIMS)
        assert (plan.weighting.method, plan.weighting.fields) == ("raked", expected)
        assert sum(unit.customers for unit in plan.units) == pytest.approx(1000)
        assert set(plan.places) == {"X", "Y", ALL}


tables = st.lists(st.integers(1, 40), min_size=12, max_size=12)


@given(tables, tables)
def test_all_customers_are_spoken_for(counts: list[int], more: list[int]) -> None:
    """Raked or counted: the weights of all answers are all customers, in every tier."""
    names = [(tier, region) for tier in "ABCD" for region in "EWS"]
    answers = dict(zip(names, counts, strict=True))
    customers = {c: n + m for (c, n), m in zip(answers.items(), more, strict=True)}
    margins: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
    for cell, n in customers.items():
        for field, segment in zip(FIELDS, cell, strict=True):
            margins[field][segment] = margins[field].get(segment, 0) + n
    for known in (cells(answers, customers), cells(answers, margins=margins)):
        plan = plan_of(known, AIMS)
        assert plan.units
        for tier in "ABCD":
            inside = [u.customers for u in plan.units if u.segment == tier]
            assert sum(inside) == pytest.approx(margins["tier"][tier], rel=1e-5)
