"""Alpha and omega are those of R, and an item or a model that tells nothing gives no number."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.findings import Interval, Reason
from reports.statistics.factor import one_factor
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.reliability import alpha, omega

Codes = NDArray[np.int64]

MOBILE: dict[str, tuple[list[int], list[list[int]]]] = {
    "CUSA": (
        [1997, 1782, 1829],
        [[16331, 14527, 14873], [14527, 13478, 13492], [14873, 13492, 14141]],
    ),
    "CUEX": (
        [1895, 1883, 1856],
        [[15019, 14509, 14250], [14509, 14983, 14080], [14250, 14080, 14880]],
    ),
    "CUSL": ([1863, 1247, 1917], [[15643, 9380, 15081], [9380, 8227, 9721], [15081, 9721, 15925]]),
    "IMAG": (
        [1910, 1945, 1686, 1897, 1983],
        [
            [15312, 15138, 13118, 14840, 15433],
            [15138, 15841, 13234, 14989, 15621],
            [13118, 13234, 12502, 13198, 13652],
            [14840, 14989, 13198, 15239, 15352],
            [15433, 15621, 13652, 15352, 16333],
        ],
    ),
    "PERQ": (
        [1986, 1798, 1925, 1979, 1968, 1944, 1898],
        [
            [16280, 14623, 15630, 16032, 15901, 15775, 15443],
            [14623, 13822, 14140, 14594, 14413, 14340, 13980],
            [15630, 14140, 15649, 15629, 15531, 15332, 15152],
            [16032, 14594, 15629, 16345, 15905, 15803, 15366],
            [15901, 14413, 15531, 15905, 16018, 15594, 15281],
            [15775, 14340, 15332, 15803, 15594, 15778, 15134],
            [15443, 13980, 15152, 15366, 15281, 15134, 15256],
        ],
    ),
}
"""Sums and sums of products of 250 answers to the mobile phone survey (mobi, R package seminr)."""


def mobile(block: str) -> MomentMatrix:
    """The moment matrix of one block of questions."""
    sums, products = MOBILE[block]
    names = tuple(f"{block}{i}" for i in range(1, len(sums) + 1))
    return MomentMatrix(names, 250, np.array(sums), np.array(products))


def matrix(codes: Codes) -> MomentMatrix:
    """The sums of some answers."""
    return MomentMatrix.of([f"i{j}" for j in range(codes.shape[1])], codes)


def answers(n: int, loadings: list[float], seed: int) -> Codes:
    """Answers on 1–10 that one factor makes go together."""
    rng = np.random.default_rng(seed)
    lam = np.array(loadings)
    noise = rng.normal(size=(n, lam.size)) * np.sqrt(1 - lam**2)
    codes = 5.5 + 2 * (rng.normal(size=(n, 1)) * lam + noise)
    return np.asarray(np.clip(np.rint(codes), 1, 10), dtype=np.int64)


@pytest.mark.parametrize(
    ("block", "expected"),
    [("CUSA", 0.78153808), ("PERQ", 0.87799518), ("IMAG", 0.72958171), ("CUEX", 0.50703726)],
)
def test_omega_is_that_of_factanal(block: str, expected: float) -> None:
    """R's factanal (maximum likelihood) on mobi, as far as its own search goes."""
    assert omega(mobile(block)).value == pytest.approx(expected, abs=5e-8)


def test_a_heywood_case_has_no_omega() -> None:
    """Loyalty in mobi: R stops at its bound for item 3 and gives .61337611; we give a reason.

    The fit itself is R's; only the number is not passed on.
    """
    loadings = one_factor(mobile("CUSL").correlation)
    assert loadings is not None
    common = loadings.sum() ** 2
    assert common / (common + (1 - loadings**2).sum()) == pytest.approx(0.61337611, abs=1e-6)
    found = omega(mobile("CUSL"))
    assert (found.value, found.reason) == (None, Reason.IMPROPER_SOLUTION)
    assert found.named == ("CUSL3",)


def test_three_items_are_just_identified() -> None:
    """With three items the loading is √(r12 r13/r23), whatever way it is found."""
    r = mobile("CUSA").correlation
    by_hand = [
        np.sqrt(r[i, j] * r[i, k] / r[j, k]) for i, j, k in [(0, 1, 2), (1, 0, 2), (2, 0, 1)]
    ]
    assert omega(mobile("CUSA")).loadings == pytest.approx(by_hand, abs=1e-7)


def test_alpha_by_definition() -> None:
    """Raw from covariances, standardised from correlations: two numbers, both named."""
    codes = answers(300, [0.8, 0.7, 0.6, 0.3], seed=1)
    codes[:, 0] = 5 * codes[:, 0]
    found, c, r = alpha(matrix(codes)), np.cov(codes.T), np.corrcoef(codes.T)
    assert found.raw == pytest.approx(4 / 3 * (1 - np.trace(c) / c.sum()))
    assert found.standardised == pytest.approx(4 / 3 * (1 - 4 / r.sum()))
    assert found.raw != pytest.approx(found.standardised, abs=0.1)


def test_two_items_are_spearman_browns() -> None:
    """Of two items the standardised alpha is 2r/(1 + r)."""
    found = alpha(mobile("CUSA").select(("CUSA1", "CUSA2")))
    r = mobile("CUSA").correlation[0, 1]
    assert found.standardised == pytest.approx(2 * r / (1 + r))


def test_alpha_can_be_negative() -> None:
    """An item asked the other way round shows as an alpha below zero, not as an error."""
    codes = answers(200, [0.9, 0.9], seed=2)
    found = alpha(matrix(np.column_stack([codes[:, 0], 11 - codes[:, 1]])))
    assert found.raw is not None
    assert found.raw < 0


def test_the_interval_holds_alpha_and_shrinks() -> None:
    """Feldt's interval lies around alpha and is narrower with more answers."""
    codes = answers(100, [0.8, 0.7, 0.6], seed=3)
    few, many = alpha(matrix(codes)), alpha(matrix(np.tile(codes, (4, 1))))
    assert isinstance(few.interval, Interval)
    assert isinstance(many.interval, Interval)
    assert few.raw is not None
    assert few.interval.low < few.interval.high < 1
    assert few.interval.low < few.raw < few.interval.high
    assert many.interval.high - many.interval.low < few.interval.high - few.interval.low


def test_the_interval_of_alpha_holds_the_truth() -> None:
    """In 1,000 samples of 60 with four parallel items of r = .4, 95 % hold alpha = 8/11."""
    rng, held = np.random.default_rng(5), 0
    for _ in range(1000):
        common = rng.normal(size=(60, 1)) * np.sqrt(0.4)
        codes = np.rint(1000 * (common + rng.normal(size=(60, 4)) * np.sqrt(0.6))).astype(np.int64)
        interval = alpha(matrix(codes)).interval
        assert interval is not None
        held += interval.low <= 8 / 11 <= interval.high
    assert 930 <= held <= 970


def test_complete_agreement_has_no_interval() -> None:
    """Items that are all the same have an alpha of exactly 1, and no interval without width."""
    one = np.array([1, 4, 2, 5, 3])
    found = alpha(matrix(np.column_stack([one] * 7)))
    assert (found.raw, found.standardised, found.interval) == (1.0, 1.0, None)


def test_a_constant_item_is_dropped_and_named() -> None:
    """An item everybody answered alike is in neither figure, and the result says so."""
    codes = answers(200, [0.8, 0.7, 0.6], seed=4)
    with_constant = np.column_stack([codes, np.full(200, 7)])
    for made, alone in (
        (alpha(matrix(with_constant)).raw, alpha(matrix(codes)).raw),
        (omega(matrix(with_constant)).value, omega(matrix(codes)).value),
    ):
        assert made == alone
    assert alpha(matrix(with_constant)).dropped == ("i3",)
    assert omega(matrix(with_constant)).items == ("i0", "i1", "i2")


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        (np.zeros((0, 3), dtype=np.int64), Reason.NO_ANSWERS),
        (np.array([[1, 2, 3]]), Reason.ONE_ANSWER),
        (np.full((9, 3), 4), Reason.NO_VARIATION),
        (np.array([[1, 3, 3], [2, 3, 3], [4, 3, 3]]), Reason.TOO_FEW_ITEMS),
    ],
)
def test_nothing_to_be_reliable(codes: Codes, reason: Reason) -> None:
    """Nobody, one, all alike, a single item that varies: a reason from both."""
    a, o = alpha(matrix(codes)), omega(matrix(codes))
    assert (a.raw, a.standardised, a.interval, a.reason) == (None, None, None, reason)
    assert (o.value, o.loadings, o.reason) == (None, (), reason)


@pytest.mark.parametrize("factor", [1, 3])
def test_items_that_cancel_have_no_alpha(factor: int) -> None:
    """Two items whose sum (or standardised sum) never varies: nothing to be divided by."""
    one = np.arange(1, 6)
    found = alpha(matrix(np.column_stack([one, factor * (6 - one)])))
    assert (found.raw, found.reason) == (None, Reason.NO_VARIATION)


def test_omega_needs_three_different_items() -> None:
    """Two items do not identify a factor; a duplicate and a sum score are refused by name."""
    assert omega(matrix(answers(99, [0.8, 0.7], seed=6))).reason is Reason.TOO_FEW_ITEMS
    codes = answers(99, [0.8, 0.7, 0.6], seed=7)
    found = omega(matrix(np.column_stack([codes, codes[:, 0]])))
    assert (found.reason, found.named) == (Reason.DEPENDENT_ITEMS, ("i0", "i3"))


def test_unrelated_items_have_no_omega() -> None:
    """Where fewer than three items share something, nothing tells their loadings: a reason."""
    cube = np.array(list(np.ndindex(2, 2, 2))) + 1
    assert omega(matrix(cube)).reason is Reason.SEVERAL_DIMENSIONS
    pair = np.array([[1, 1, 1], [2, 2, 1], [1, 1, 2], [2, 2, 2], [1, 2, 1], [1, 2, 2]])
    assert omega(matrix(pair)).value is None


def test_a_fit_without_an_optimum_has_no_omega(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the search ends where it is still steep, nothing is given for the best fit."""
    monkeypatch.setattr("reports.statistics.factor.SETTLED", -1.0)
    found = omega(mobile("CUSA"))
    assert (found.value, found.reason) == (None, Reason.NOT_CONVERGED)


def test_omega_needs_more_answers_than_items() -> None:
    """With no more answers than items everything follows from everything: said as what it is."""
    assert omega(matrix(answers(4, [0.8, 0.7, 0.6, 0.5], seed=9))).reason is (
        Reason.TOO_FEW_ANSWERS
    )


def test_an_item_turned_round_loads_below_zero() -> None:
    """Most items point one way; the one that does not has the negative loading."""
    codes = answers(400, [0.8, 0.7, 0.7, 0.6], seed=8)
    codes[:, 2] = 11 - codes[:, 2]
    assert [loading > 0 for loading in omega(matrix(codes)).loadings] == [True, True, False, True]
