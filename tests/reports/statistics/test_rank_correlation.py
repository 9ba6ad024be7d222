"""Spearman's coefficient comes out of counts, and never out of too few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.rank_correlation import spearman

Table = NDArray[np.int64]
tables: st.SearchStrategy[Table] = arrays(np.int64, (5, 4), elements=st.integers(0, 9))


def test_without_ties_it_is_the_textbook_formula() -> None:
    """Five pairs, ranks 1–5 against 2, 1, 4, 3, 5: 1 - 6 Σd²/(n(n² - 1)) = .8."""
    table = np.zeros((5, 5), dtype=int)
    for down, across in enumerate([1, 0, 3, 2, 4]):
        table[down, across] = 1
    assert spearman(table).value == pytest.approx(0.8)


@given(tables)
def test_range_symmetry_and_reversal(table: Table) -> None:
    """Between -1 and 1; the same both ways; a scale turned round turns the sign."""
    found = spearman(table)
    assert spearman(table.T) == found
    turned = spearman(table[::-1])
    assert found.n == table.sum()
    if found.value is None:
        assert turned == found
    else:
        assert turned.value == -found.value
        assert -1 <= found.value <= 1


@given(tables)
def test_codes_nobody_gave_and_answers_given_twice_do_not_matter(table: Table) -> None:
    """An unused point of a scale changes nothing, nor do all answers twice over."""
    wider = np.insert(table, 2, 0, axis=0)
    assert spearman(wider) == spearman(table)
    once, twice = spearman(table), spearman(2 * table)
    if once.n > 1:
        assert twice.value == (None if once.value is None else pytest.approx(once.value))


@pytest.mark.parametrize(
    ("table", "n", "reason"),
    [
        ([[0, 0], [0, 0]], 0, Reason.NO_ANSWERS),
        ([[0, 1], [0, 0]], 1, Reason.ONE_ANSWER),
        ([[4, 5], [0, 0]], 9, Reason.NO_VARIATION),
        ([[4, 0], [5, 0]], 9, Reason.NO_VARIATION),
    ],
)
def test_nothing_to_correlate(table: list[list[int]], n: int, reason: Reason) -> None:
    """Nobody, one, or all alike: a reason instead of a number."""
    found = spearman(np.array(table))
    assert (found.value, found.n, found.reason) == (None, n, reason)
