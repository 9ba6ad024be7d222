"""Weights give every group its part of the customers, and say what that costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.weighting import Weights, collapse, kish, poststratify

TIERS = {"A": 10, "B": 40, "C": 150, "D": 800}
COUNTS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 60), min_size=1)


def weights(populations: dict[str, int], answers: dict[str, int]) -> Weights:
    """Weights that are there."""
    found = poststratify(populations, answers)
    assert isinstance(found, Weights)
    return found


def test_each_answer_stands_for_its_customers() -> None:
    """9 of 10 large customers and 60 of 800 small ones: an answer of D weighs 12 of A."""
    found = weights(TIERS, {"A": 9, "B": 20, "C": 31, "D": 60})
    assert found.of("D") / found.of("A") == pytest.approx((800 / 60) / (10 / 9))
    assert sum(cell.weight * cell.n for cell in found.cells) == pytest.approx(120)
    assert found.collapsed == ()


def test_a_sample_in_proportion_needs_no_weights() -> None:
    """Answers in the proportion of the customers all weigh 1 and cost nothing."""
    found = weights(TIERS, {"A": 1, "B": 4, "C": 15, "D": 80})
    assert [cell.weight for cell in found.cells] == pytest.approx([1, 1, 1, 1])
    assert found.effect.deff == pytest.approx(1)
    assert found.effect.n_eff == pytest.approx(100)


def test_an_empty_cell_joins_its_neighbour_and_is_named() -> None:
    """Customers of whom nobody answered are spoken for by the next cell, and the result says so."""
    found = weights(TIERS, {"A": 9, "B": 0, "C": 31, "D": 60})
    assert found.collapsed == (("B", "C"),)
    assert found.of("B") == found.of("C") == pytest.approx((190 / 1000) / (31 / 100))
    with pytest.raises(LookupError, match="no cell E"):
        found.of("E")


def test_cells_without_customers_are_left_out() -> None:
    """A tier that has no customer this month is neither weighed nor called collapsed."""
    found = weights({**TIERS, "E": 0}, {"A": 9, "B": 2, "C": 3, "D": 6})
    assert [cell.group for cell in found.cells] == [("A",), ("B",), ("C",), ("D",)]


def test_reasons() -> None:
    """No answers, more answers than customers, answers of a cell nobody knows."""
    assert poststratify(TIERS, {}) is Reason.NO_ANSWERS
    assert poststratify(TIERS, {"A": 11}) is Reason.MORE_ANSWERS_THAN_CUSTOMERS
    assert poststratify(TIERS, {"X": 1}) is Reason.MORE_ANSWERS_THAN_CUSTOMERS


@given(COUNTS)
def test_weights_sum_to_the_answers(answers: dict[str, int]) -> None:
    """Whatever answered: every cell gets its part of the customers, the weights' mean is 1."""
    populations = dict.fromkeys("ABCDEF", 100)
    found = poststratify(populations, answers)
    n = sum(answers.values())
    if n == 0:
        assert found is Reason.NO_ANSWERS
        return
    assert isinstance(found, Weights)
    assert sum(cell.weight * cell.n for cell in found.cells) == pytest.approx(n)
    assert [name for cell in found.cells for name in cell.group] == list("ABCDEF")
    for cell in found.cells:
        assert cell.weight * cell.n / n == pytest.approx(cell.population / 600)
    assert found.effect.deff >= 1 - 1e-12


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 20))
def test_collapsing_keeps_all_in_order(counts: list[int], least: int) -> None:
    """No name is lost or moved; every group has enough, unless all together have too few."""
    names = [str(i) for i in range(len(counts))]
    answers = dict(zip(names, counts, strict=True))
    groups = collapse(names, answers, least)
    assert [name for group in groups for name in group] == names
    sizes = [sum(answers[name] for name in group) for group in groups]
    assert all(size >= least for size in sizes) or len(groups) == 1


def test_kish_is_one_plus_the_squared_variation() -> None:
    """Deff = 1 + CV² with the divisor n, whatever the scale of the weights; zeros do not count."""
    pairs = [(1.0, 30), (2.5, 10), (0.4, 60)]
    values = [w for w, n in pairs for _ in range(n)]
    mean = sum(values) / 100
    variation = sum((w - mean) ** 2 for w in values) / 100 / mean**2
    found = kish(pairs)
    assert found.deff == pytest.approx(1 + variation)
    assert found.n_eff == pytest.approx(100 / found.deff)
    scaled = kish([(7 * w, n) for w, n in pairs] + [(0.0, 55)])
    assert scaled.n == 100
    assert scaled.n_eff == pytest.approx(found.n_eff)
    assert (kish([]).n, kish([]).n_eff, kish([]).deff) == (0, 0.0, 1.0)
