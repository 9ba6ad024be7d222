"""Kendall's W says how far customers agree, and its test is right for few and for many."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.agreement import Agreement, agreement, agreement_of_rows
from reports.statistics.ranks import Rankings
from tests.reports.statistics.test_ranks import counted, orders

ANXIETY = [
    [3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6],
    [5, 3, 1], [2, 3, 1], [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1],
    [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2],
]  # fmt: skip
"""Ratings of 20 subjects by three judges, from the R package irr."""


def rng() -> np.random.Generator:
    """Draws that are the same each time."""
    return np.random.default_rng(20261122)


@pytest.mark.parametrize(
    ("corrected", "w", "chi2", "tail"),
    [
        (True, 0.539656876, 30.76044193, 0.0428834731),
        (False, 0.5019214703, 28.60952381, 0.0723803547),
    ],
)
def test_anxiety(corrected: bool, w: float, chi2: float, tail: float) -> None:
    """irr::kendall(anxiety, TRUE) and (anxiety) in R 4.6: W and chi², with and without ties.

    Three judges are too few for chi-squared, which is R's p; ours is of permutations.
    """
    rows = list(zip(*ANXIETY, strict=True))
    found = agreement_of_rows(rows, rng(), corrected=corrected)
    assert (found.judges, found.items, found.method) == (3, 20, "permutation")
    assert (found.w, found.chi2) == pytest.approx((w, chi2), abs=1e-8)
    assert found.p is not None
    assert found.p < tail


def test_the_p_of_many_judges_is_that_of_chi_squared() -> None:
    """The anxiety ratings seven times over: 21 judges, W as before, p from chi²."""
    rows = list(zip(*ANXIETY, strict=True)) * 7
    found = agreement_of_rows(rows, rng())
    assert (found.method, found.judges) == ("chi2", 21)
    assert (found.w, found.chi2) == pytest.approx((0.539656876, 7 * 30.76044193), abs=1e-7)


@pytest.mark.parametrize(
    ("orders", "chi2", "p"),
    [
        ([[0, 1, 2]] * 3, 6.0, 0.028),
        ([[0, 1, 2]] * 4, 8.0, 0.0046),
        ([[0, 1, 2]] * 3 + [[0, 2, 1]], 6.5, 0.042),
        ([[0, 1, 2, 3]] * 3, 9.0, 0.0017),
    ],
)
def test_exact_p_is_friedmans(orders: list[list[int]], chi2: float, p: float) -> None:
    """Friedman 1937, the exact tables of three and four items."""
    found = agreement(counted(orders, items=len(orders[0])), rng())
    assert found.method == "exact"
    assert found.chi2 == pytest.approx(chi2)
    assert found.p == pytest.approx(p, abs=5e-4)


def test_exact_p_is_that_of_all_orders() -> None:
    """Three judges with a tie each: the same as going through all 3 · 3 · 3 arrangements."""
    rows = [[1.0, 2.5, 2.5], [1.0, 2.5, 2.5], [2.5, 2.5, 1.0]]
    seen = float(((np.sum(rows, axis=0) - 6) ** 2).sum())
    ways = [set(permutations(row)) for row in rows]
    every = [((np.sum(way, axis=0) - 6) ** 2).sum() >= seen - 1e-9 for way in product(*ways)]
    found = agreement_of_rows(rows, rng())
    assert found.method == "exact"
    assert found.p == pytest.approx(np.mean(every))


def test_permutations_agree_with_the_exact_p() -> None:
    """Five items: exact for three judges; for eight the permutation p is near chi-squared's."""
    exact = agreement(counted([[0, 1, 2, 3, 4], [0, 2, 1, 4, 3], [1, 0, 2, 3, 4]]), rng())
    assert exact.method == "exact"
    eight = counted([[0, 1, 2, 3, 4], [0, 2, 1], [3, 0], [4, 1, 0], [1, 2, 4], [0], [2, 0], [3]])
    found = agreement(eight, rng())
    assert found.method == "permutation"
    assert found == agreement(eight, rng())
    from scipy.stats import chi2

    assert found.chi2 is not None
    assert found.p == pytest.approx(chi2.sf(found.chi2, 4), abs=0.03)


@settings(max_examples=30)
@given(orders)
def test_counts_give_what_rows_give(rankings: list[list[int]]) -> None:
    """W of the counts of places is W of the single rankings, ties of the unplaced included."""
    rows = [[o.index(i) if i in o else 99 for i in range(5)] for o in rankings]
    one, other = agreement(counted(rankings), rng()), agreement_of_rows(rows, rng())
    assert one == other
    assert one.w is None or 0 <= one.w <= 1


@settings(max_examples=30)
@given(orders.filter(lambda rankings: len(rankings) > 1))
def test_more_of_the_same_is_the_same_agreement(rankings: list[list[int]]) -> None:
    """Answers given twice leave W as it is, and the order of items does not matter to it."""
    once, reverse = counted(rankings), [[4 - i for i in o] for o in rankings]
    w = agreement(once, rng()).w
    assert agreement(counted(rankings * 20), rng()).w == pytest.approx(w)
    assert agreement(counted(reverse), rng()).w == w


def test_segments_that_want_different_things() -> None:
    """All together hardly agree; inside each segment everybody does."""
    vip, small = [[0, 1, 2]] * 30, [[2, 1, 0]] * 30
    together = agreement(counted(vip + small, items=3), rng())
    assert together.w == 0
    assert [agreement(counted(s, items=3), rng()).w for s in (vip, small)] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("rankings", "w", "reason"),
    [
        (Rankings.of({}), None, Reason.TOO_FEW_RANKINGS),
        (counted([]), None, Reason.TOO_FEW_RANKINGS),
        (counted([[0, 1]]), None, Reason.TOO_FEW_RANKINGS),
        (counted([[0, 1, 2, 3, 4]] * 2), 1.0, Reason.TOO_FEW_RANKINGS),
        (counted([[0]] * 9, items=1), None, Reason.TOO_FEW_ITEMS),
        (counted([[0, 1]] * 9, items=2), 1.0, Reason.TOO_FEW_ITEMS),
    ],
)
def test_too_few_to_test(rankings: Rankings, w: float | None, reason: Reason) -> None:
    """One ranking agrees with itself, two or two items cannot be tested: a reason, no p."""
    found = agreement(rankings, rng())
    assert (found.w, found.p, found.method, found.reason) == (w, None, "", reason)


def test_respondents_who_tie_everything() -> None:
    """Rows in which everything is tied say nothing: a reason, never a division by zero."""
    found = agreement_of_rows([[4, 4, 4]] * 5, rng())
    assert found == Agreement(None, 5, 3, reason=Reason.NO_VARIATION)
    assert agreement_of_rows([], rng()).reason is Reason.TOO_FEW_RANKINGS


@given(st.integers(3, 19))
def test_agreement_of_all_is_never_doubtful(judges: int) -> None:
    """Complete agreement has W = 1 and a p that falls with the number of judges."""
    found = agreement(counted([[0, 1, 2]] * judges, items=3), rng())
    assert found.w == 1
    assert found.p is not None
    assert found.p == pytest.approx(6.0 ** -(judges - 1))
