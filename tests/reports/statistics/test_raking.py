"""Raked answers fit all margins at once, and where they cannot, it is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.raking import (
    TOLERANCE,
    Margin,
    MarginMisfit,
    MarginsDiffer,
    Raked,
    rake,
)

SCHOOLS = [[12, 132], [3, 11], [8, 17]]
TYPES = Margin(("E", "H", "M"), (4421, 755, 1018))
WIDE = Margin(("No", "Yes"), (1072, 5122))


def raked(
    answers: object, margins: list[Margin], limits: tuple[float, float] | None = None
) -> Raked:
    """A result that is there."""
    found = rake(np.array(answers), margins, limits)
    assert isinstance(found, Raked)
    return found


def test_the_fixed_point_of_the_four_by_four_table() -> None:
    """The much-copied example, at its fixed point (copies show the third round)."""
    table = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    rows = Margin(tuple("abcd"), (150, 300, 400, 150))
    columns = Margin(tuple("wxyz"), (200, 300, 400, 100))
    found = raked(table, [rows, columns])
    expected = [
        64.56, 46.23, 35.38, 3.82, 49.97, 68.16, 156.5, 25.37,
        56.72, 144.43, 145.08, 53.77, 28.75, 41.18, 63.03, 17.03,
    ]  # fmt: skip
    assert found.customers.ravel() == pytest.approx(expected, abs=0.006)
    assert found.converged


def test_schools_raked_to_type_and_target() -> None:
    """R survey, rakecheck: the cells, and the means 641.23 and 3,647,280 pupils they lead to."""
    found = raked(SCHOOLS, [TYPES, WIDE])
    cells = [478.0708, 3942.9292, 201.3766, 553.6234, 392.5526, 625.4474]
    assert found.customers.ravel() == pytest.approx(cells, abs=1e-3)
    # Sums over the 183 schools of apiclus1: scores (api00) and pupils (enroll).
    scores = np.array([[7156, 86281], [1978, 6682], [4851, 10935]])
    pupils = np.array([[5243, 57088], [2237, 13587], [5983, 16460]])
    each = found.customers / np.array(SCHOOLS)
    assert float((each * scores).sum() / 6194) == pytest.approx(641.23, abs=0.005)
    assert float((each * pupils).sum()) == pytest.approx(3_647_280, abs=0.5)


def test_the_result_says_how_well_it_fits() -> None:
    """Rounds, error and convergence are part of the result; the weights' mean is 1."""
    found = raked(SCHOOLS, [TYPES, WIDE])
    assert found.converged
    assert found.rounds > 1
    assert found.error < TOLERANCE
    assert float((found.weights * np.array(SCHOOLS)).sum()) == pytest.approx(183)
    assert found.effect.n == 183
    assert found.effect.deff > 1


def test_margins_that_cannot_be_met_are_reported() -> None:
    """Two empty cells leave no table with these margins: not converged, and the error told."""
    found = raked([[10, 0], [0, 10]], [Margin(("a", "b"), (30, 70)), Margin(("x", "y"), (60, 40))])
    assert not found.converged
    assert found.error > 0.1


def test_an_empty_part_joins_its_neighbour() -> None:
    """Nobody of part b answered: it is weighed together with c, and named."""
    margins = [Margin(("a", "b", "c"), (50, 20, 30)), Margin(("x", "y"), (60, 40))]
    found = raked([[5, 5], [0, 0], [9, 3]], margins)
    assert found.converged
    assert found.collapsed == (("b", "c"),)
    assert found.customers.sum(axis=1) == pytest.approx([50, 0, 50], rel=1e-5)


def test_parts_without_customers_weigh_nothing() -> None:
    """Answers of a part that has no customers get weight 0 and are not counted."""
    margins = [Margin(("a", "b"), (100, 0)), Margin(("x", "y"), (60, 40))]
    found = raked([[5, 5], [4, 6]], margins)
    assert found.weights.tolist() == [[pytest.approx(1.2), pytest.approx(0.8)], [0, 0]]
    assert found.effect.n == 10


def test_trimmed_weights_stay_within_their_limits() -> None:
    """With limits the margins are still met and no weight is beyond them; without, one is."""
    rng = np.random.default_rng(1)
    table = rng.poisson(5, (4, 6, 5))
    margins = [
        Margin(tuple(str(i) for i in range(size)), tuple(map(float, rng.multinomial(10_000, p))))
        for size in table.shape
        for p in [rng.dirichlet(np.full(size, 3.0))]
    ]
    free, limited = raked(table, margins), raked(table, margins, (0.3, 3.0))
    assert free.weights.max() > 3
    assert limited.converged
    assert limited.limits == (0.3, 3.0)
    used = limited.weights[limited.weights > 0]
    assert 0.3 * 0.999 < used.min() < used.max() < 3 * 1.001
    assert limited.error < TOLERANCE


def test_limits_that_cannot_be_kept_are_reported() -> None:
    """Limits too narrow for the margins: the result says it did not converge."""
    found = raked(SCHOOLS, [TYPES, WIDE], (0.9, 1.1))
    assert not found.converged


def test_nobody_answered() -> None:
    """An empty table gives a reason."""
    margins = [Margin(("a", "b"), (50, 50)), Margin(("x", "y"), (60, 40))]
    assert rake(np.zeros((2, 2)), margins) is Reason.NO_ANSWERS


def test_margins_of_another_table_are_refused() -> None:
    """Margins with other totals, or of another length, are a mistake that is told in words."""
    with pytest.raises(MarginsDiffer, match="share one total, but have 6194, 6000"):
        rake(SCHOOLS, [TYPES, Margin(("No", "Yes"), (1000, 5000))])
    with pytest.raises(MarginMisfit, match=r"shape \(3, 2\).*lengths \(2, 3\)"):
        rake(SCHOOLS, [WIDE, TYPES])


@given(st.lists(st.integers(1, 30), min_size=6, max_size=6), st.permutations([100, 200, 300]))
def test_full_tables_always_meet_their_margins(cells: list[int], rows: list[int]) -> None:
    """Without empty cells raking converges, and odds ratios stay as they were."""
    table = np.array(cells).reshape(3, 2)
    found = raked(table, [Margin(tuple("abc"), tuple(rows)), Margin(("x", "y"), (250, 350))])
    assert found.converged
    assert found.customers.sum(axis=1) == pytest.approx(rows, rel=1e-5)
    odds = [t[0, 0] * t[2, 1] / (t[0, 1] * t[2, 0]) for t in (table, found.customers)]
    assert odds[0] == pytest.approx(odds[1])
