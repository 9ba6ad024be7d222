"""Sums of several items add exactly, and what cannot be used is found and named."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.statistics.moment_matrix import ConstantItems, DifferentItems, MomentMatrix
from reports.statistics.moments import Moments

NAMES = ("a", "b", "c")
ROWS = np.array([[1, 5, 2], [2, 4, 2], [4, 1, 5], [5, 3, 3], [3, 3, 1]])

Rows = NDArray[np.int64]

rows: st.SearchStrategy[Rows] = st.lists(
    st.tuples(*[st.integers(0, 10)] * 3), min_size=1, max_size=40
).map(np.array)


def test_moments_are_numpys() -> None:
    """Means, covariances and correlations are those of the rows."""
    found = MomentMatrix.of(NAMES, ROWS)
    assert found.means == pytest.approx(ROWS.mean(axis=0))
    assert found.covariance == pytest.approx(np.cov(ROWS.T))
    assert found.correlation == pytest.approx(np.corrcoef(ROWS.T))


@given(rows, rows)
def test_parts_add_and_come_apart_again(first: Rows, second: Rows) -> None:
    """The sums of two months are those of all their answers, in either order, exactly."""
    a, b = MomentMatrix.of(NAMES, first), MomentMatrix.of(NAMES, second)
    both = MomentMatrix.of(NAMES, np.concatenate([second, first]))
    assert a + b == b + a == both
    assert both - a == b
    assert a != "something else"


def test_different_items_do_not_add() -> None:
    """Sums of other items, or in another order, are refused in a sentence."""
    turned = MomentMatrix.of(("b", "a", "c"), ROWS)
    with pytest.raises(DifferentItems, match="different items"):
        MomentMatrix.of(NAMES, ROWS) + turned
    with pytest.raises(DifferentItems):
        MomentMatrix.of(NAMES, ROWS) - turned


def test_int8_codes_and_large_ones_are_exact() -> None:
    """Codes as stored do not overflow, nor do millionths that floating point could not hold."""
    small = MomentMatrix.of(("a", "b"), np.full((10_000, 2), 10, dtype=np.int8))
    assert (small.sums.tolist(), small.products.tolist()) == ([100_000] * 2, [[1_000_000] * 2] * 2)
    large = MomentMatrix.of(("a",), np.array([[99_999_999], [99_999_998]]))
    assert large.products.tolist() == [[99_999_999**2 + 99_999_998**2]]


def test_no_answers() -> None:
    """The sums of nobody are zero and neutral."""
    nobody = MomentMatrix.of(NAMES, np.zeros((0, 3), dtype=np.int8))
    assert (nobody.n, nobody.constant) == (0, NAMES)
    some = MomentMatrix.of(NAMES, ROWS)
    assert nobody + some == some


def test_constant_items_are_named() -> None:
    """An item that everybody answered alike has no correlation, and the error says which."""
    codes = np.column_stack([ROWS[:, 0], np.full(5, 4), ROWS[:, 2]])
    found = MomentMatrix.of(NAMES, codes)
    assert found.constant == ("b",)
    with pytest.raises(ConstantItems, match="same answer to b:"):
        _ = found.correlation
    assert found.select(("a", "c")).constant == ()


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        (lambda a, b, c: (a, b, c, a), ("x0", "x3")),
        (lambda a, b, c: (a, b, c, 6 - b), ("x1", "x3")),
        (lambda a, b, c: (a, b, c, a + b), ("x0", "x1", "x3")),
        (lambda a, b, c: (a, b, c, a + b + c), ("x0", "x1", "x2", "x3")),
        (lambda a, b, c: (a, b, c), ()),
    ],
)
def test_dependent_items_are_named(columns: object, names: tuple[str, ...]) -> None:
    """A duplicate, a turned duplicate and sum scores are found, with what they are made of."""
    assert callable(columns)
    rng = np.random.default_rng(7)
    codes = np.column_stack(columns(*rng.integers(1, 6, (3, 200))))
    found = MomentMatrix.of([f"x{i}" for i in range(codes.shape[1])], codes)
    assert found.dependent == names


def test_almost_a_duplicate_is_not_dependent() -> None:
    """One respondent of a thousand who answered differently makes two different items."""
    a = np.random.default_rng(7).integers(1, 6, 1000)
    b = a.copy()
    b[0] = 6 - b[0] if b[0] != 3 else 1
    assert MomentMatrix.of(("a", "b"), np.column_stack([a, b])).dependent == ()


@given(rows, st.tuples(*[st.integers(-5, 5)] * 3), st.integers(-3, 3))
def test_combinations_have_exact_moments(
    codes: Rows, factors: tuple[int, int, int], shift: int
) -> None:
    """Any weighted sum of items has the moments it would have respondent by respondent."""
    found = MomentMatrix.of(NAMES, codes).combined(factors, shift)
    values = codes @ np.array(factors) + shift
    assert found == Moments(len(values), int(values.sum()), int((values**2).sum()))


def test_selection_keeps_the_sums() -> None:
    """Items can be taken out and put in another order."""
    found = MomentMatrix.of(NAMES, ROWS).select(("c", "a"))
    assert found == MomentMatrix.of(("c", "a"), ROWS[:, [2, 0]])
    assert found.combined([Fraction(1, 2), Fraction(1, 2)]).mean == 2.8
