"""Weights, drivers and reliability of the American index's interviews of 2015."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from reports.statistics.index_weights import estimated_weights, index_of_means
from reports.statistics.key_drivers import key_drivers
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.reliability import alpha
from tests.outside_files import REAL_DATA, needs_real_data

pytestmark = needs_real_data

INDUSTRIES = ("1001", "3003", "3013", "5001")
"""Food, airlines, internet providers, banks."""


def interviews(columns: list[str], *industries: str) -> MomentMatrix:
    """The sums of complete answers to some questions, in some industries."""
    with (REAL_DATA / "acsi_2015.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["INDUSTRY"] in industries]
    valid = {str(code) for code in range(1, 11)}
    codes = [
        [int(row[c]) for c in columns] for row in rows if valid.issuperset(map(row.get, columns))
    ]
    return MomentMatrix.of(columns, np.array(codes))


@pytest.mark.parametrize(
    ("industry", "index"), list(zip(INDUSTRIES, (77.8, 68.8, 60.8, 75.0), strict=True))
)
def test_estimated_weights_move_the_index_little(industry: str, index: float) -> None:
    """Satisfaction weighs most in each industry, and the index moves by less than .6."""
    items = ["SATIS", "CONFIRM", "IDEAL"]
    sums = interviews(items, industry)
    found = estimated_weights(sums, dict.fromkeys(items, (1, 10)))
    assert (found.method, max(found.weights)) == ("first_component", found.weights[0])
    estimated = index_of_means(sums.means.tolist(), [(1, 10)] * 3, found.weights)
    equal = index_of_means(sums.means.tolist(), [(1, 10)] * 3, [1, 1, 1])
    assert estimated == pytest.approx(index, abs=0.05)
    assert abs(estimated - equal) < 0.6


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_both_methods_find_the_same_drivers(industry: str) -> None:
    """Quality, fit, reliability and value: parts differ by .011 at most, reliability is last."""
    found = key_drivers(
        interviews(["OVERALLQ", "CUSTOMQ", "WRONGQ", "PQ", "QP", "SATIS"], industry), "SATIS"
    )
    assert found.reason is None
    for driver in found.drivers:
        assert driver.johnson == pytest.approx(driver.shapley, abs=0.011)
    assert min(found.drivers, key=lambda driver: driver.johnson).name == "WRONGQ"


def test_raw_and_standardised_alpha_differ() -> None:
    """Expectations in all four industries: .740 raw, .770 standardised."""
    found = alpha(interviews(["OVERALLX", "CUSTOMX", "WRONGX"], *INDUSTRIES))
    assert (found.raw, found.standardised) == pytest.approx((0.740, 0.770), abs=5e-4)
