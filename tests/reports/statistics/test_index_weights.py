"""Weights of an ACSI-type index are estimated only where that holds, else equal and said why."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.composite import WrongWeights, shares
from reports.statistics.index_weights import (
    estimated_weights,
    index_of_means,
)
from reports.statistics.moment_matrix import MomentMatrix

NAMES = ("satisfaction", "confirmation", "ideal")
TEN = dict.fromkeys(NAMES, (1, 10))
OHIO = [0.3885, 0.3190, 0.2925]

Codes = NDArray[np.int64]


def answers(n: int = 300, seed: int = 1, noise: tuple[float, ...] = (0.5, 0.8, 1.1)) -> Codes:
    """Answers on 1–10 to items that measure one thing, each with its own error."""
    rng = np.random.default_rng(seed)
    codes = 6 + 2 * (rng.normal(size=(n, 1)) + rng.normal(size=(n, len(noise))) * np.array(noise))
    return np.asarray(np.clip(np.rint(codes), 1, 10), dtype=np.int64)


def matrix(codes: Codes) -> MomentMatrix:
    """The sums of answers to the three items."""
    return MomentMatrix.of(NAMES[: codes.shape[1]], codes)


@pytest.mark.parametrize(
    ("means", "expected"), [((1, 1, 1), 0.0), ((10, 10, 10), 100.0), ((8, 7, 6), 67.7333)]
)
def test_ohio_weights(means: tuple[int, int, int], expected: float) -> None:
    """The published weights of the State of Ohio (Verint 2013): both ends, and 8, 7, 6."""
    assert index_of_means(means, [(1, 10)] * 3, OHIO) == pytest.approx(expected, abs=1e-4)


def test_equal_weights_are_the_equal_weight_index() -> None:
    """(X1 + X2 + X3 - 3)/27 × 100, without a rounding of thirds."""
    assert index_of_means([8, 7, 6], [(1, 10)] * 3, [1, 1, 1]) == pytest.approx(1800 / 27)


def test_other_scales_and_directions() -> None:
    """Each item is brought to 0–100 on its own scale, low codes good or bad."""
    assert index_of_means([5, 0], [(1, 5), (10, 0)], [1, 1]) == 100
    assert index_of_means([3, 5], [(1, 5), (10, 0)], [1, 1]) == 50


def test_the_estimated_index_is_the_first_component() -> None:
    """The respondents' indices are, up to scale, the scores of the principal component."""
    codes = answers()
    found = estimated_weights(matrix(codes), TEN)
    assert (found.method, found.reason, found.n, sum(found.weights)) == (
        "first_component",
        None,
        300,
        10**6,
    )
    standardised = (codes - codes.mean(axis=0)) / codes.std(axis=0, ddof=1)
    component = standardised @ np.linalg.svd(standardised)[2][0]
    indices = (codes - 1) @ np.array(found.weights)
    assert abs(np.corrcoef(component, indices)[0, 1]) == pytest.approx(1, abs=1e-10)


def test_the_iteration_of_mode_a_ends_there() -> None:
    """Weights by correlations with the score, again and again, are those of the component."""
    codes = answers()
    z = (codes - codes.mean(axis=0)) / codes.std(axis=0, ddof=1)
    weights = np.ones(3)
    for _ in range(200):
        score = z @ weights
        weights = z.T @ (score / score.std(ddof=1)) / (len(z) - 1)
    u = weights / codes.std(axis=0, ddof=1)
    found = shares(estimated_weights(matrix(codes), TEN).weights)
    assert list(map(float, found)) == pytest.approx((u / u.sum()).tolist(), abs=1e-6)


def test_the_clearer_item_weighs_more() -> None:
    """An item with less error of its own goes along with the others and counts for more."""
    weights = estimated_weights(matrix(answers(3000)), TEN).weights
    assert weights[0] > weights[2]


def test_a_scale_of_other_length_or_direction_keeps_its_weight() -> None:
    """Codes stretched and turned round describe the same answers: the index stays."""
    codes = answers()
    turned = np.column_stack([codes[:, 0], 2 * codes[:, 1], 11 - codes[:, 2]])
    scales = {"satisfaction": (1, 10), "confirmation": (2, 20), "ideal": (10, 1)}
    one, other = estimated_weights(matrix(codes), TEN), estimated_weights(matrix(turned), scales)
    assert one.weights == other.weights
    first = index_of_means(matrix(codes).means.tolist(), list(TEN.values()), one.weights)
    second = index_of_means(matrix(turned).means.tolist(), list(scales.values()), other.weights)
    assert first == pytest.approx(second)


def test_the_index_is_the_mean_of_the_respondents_own() -> None:
    """Where everybody answered everything, it is the mean of each one's weighted index."""
    codes = answers()
    weights = estimated_weights(matrix(codes), TEN).weights
    indices = (codes - 1) / 9 * 100 @ np.array(list(map(float, shares(weights))))
    found = index_of_means(codes.mean(axis=0).tolist(), [(1, 10)] * 3, weights)
    assert found == pytest.approx(indices.mean())


def against(codes: Codes) -> Codes:
    """An item that runs against the others, though asked the same way."""
    return np.column_stack([codes[:, :2], 11 - codes[:, 2]])


@pytest.mark.parametrize(
    ("codes", "reason", "items"),
    [
        (answers(0), Reason.TOO_FEW_ANSWERS, ()),
        (answers(49), Reason.TOO_FEW_ANSWERS, ()),
        (answers(noise=(0.5,)), Reason.TOO_FEW_ITEMS, ()),
        (np.full((60, 3), 7), Reason.NO_VARIATION, NAMES),
        (against(answers()), Reason.NEGATIVE_WEIGHT, ("ideal",)),
        (np.array(list(np.ndindex(4, 4, 4))) + 1, Reason.SEVERAL_DIMENSIONS, ()),
    ],
)
def test_equal_weights_and_why(codes: Codes, reason: Reason, items: tuple[str, ...]) -> None:
    """Too few answers, one item, no variation, an item that runs against the rest, unrelated."""
    found = estimated_weights(matrix(codes), TEN)
    assert (found.method, found.weights) == ("equal", (1,) * codes.shape[1])
    assert (found.reason, found.items) == (reason, items)


def test_fifty_answers_are_enough() -> None:
    """The smallest base from which weights are estimated."""
    assert estimated_weights(matrix(answers(50)), TEN).method == "first_component"


def test_given_weights_must_be_shares() -> None:
    """Negative weights that somebody types in are refused in a sentence."""
    with pytest.raises(WrongWeights):
        index_of_means([8, 7, 6], [(1, 10)] * 3, [0.5, 0.6, -0.1])
