"""R² is divided as the published programs divide it, and only where there is something in it."""

from __future__ import annotations

from math import factorial

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.key_drivers import (
    KeyDrivers,
    key_drivers,
    relative_weights,
    shapley,
    subset_r2,
)
from reports.statistics.moment_matrix import MomentMatrix

MPG = [
    21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4,
]  # fmt: skip
CYLINDERS = [
    6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4,
]  # fmt: skip
DISPLACEMENT = [
    160, 160, 108, 258, 360, 225, 360, 146.7, 140.8, 167.6, 167.6, 275.8, 275.8, 275.8, 472, 460,
    440, 78.7, 75.7, 71.1, 120.1, 318, 304, 350, 400, 79, 120.3, 95.1, 351, 145, 301, 121,
]  # fmt: skip
POWER = [
    110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65,
    97, 150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109,
]  # fmt: skip
GEARS = [
    4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 4,
]  # fmt: skip
"""The R data set mtcars (Motor Trend 1974): mpg, cyl, disp, hp, gear."""

JOHNSON = [0.2284797259, 0.2221468705, 0.2321744393, 0.0963886032]
LMG = [0.2470520332, 0.2434995948, 0.2109128995, 0.0777251114]
"""R packages rwa and relaimpo, mpg on the four others."""


def cars(times: int = 1) -> MomentMatrix:
    """The sums of mtcars in tenths, so that they are whole numbers."""
    columns = np.column_stack([CYLINDERS, DISPLACEMENT, POWER, GEARS, MPG])
    codes = np.rint(10 * columns).astype(np.int64)
    return MomentMatrix.of(("cyl", "disp", "hp", "gear", "mpg"), np.repeat(codes, times, axis=0))


def rated(n: int, p: int, seed: int, weight: float = 0.5) -> NDArray[np.int64]:
    """Answers on 1–5 to p attributes that go together, and to the whole that they drive."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1))
    items = common + rng.normal(size=(n, p))
    whole = weight * items @ np.linspace(1, 0.2, p) / np.sqrt(p) + rng.normal(size=n)
    codes = np.rint(3 + np.column_stack([items, whole]))
    return np.asarray(np.clip(codes, 1, 5), dtype=np.int64)


def matrix(codes: NDArray[np.int64]) -> MomentMatrix:
    """The sums of answers whose last column is the outcome."""
    p = codes.shape[1] - 1
    return MomentMatrix.of((*(f"a{i}" for i in range(p)), "whole"), codes)


def test_cars_by_both_methods() -> None:
    """The published shares of mtcars to eleven digits: Johnson (rwa) and LMG (relaimpo)."""
    correlation = cars().correlation
    johnson = relative_weights(correlation[:-1, :-1], correlation[:-1, -1])
    lmg = shapley(correlation[:-1, :-1], correlation[:-1, -1])
    # Published to ten decimals, so that the last is rounded.
    assert johnson.tolist() == pytest.approx(JOHNSON, abs=5.1e-11)
    assert lmg.tolist() == pytest.approx(LMG, abs=5.1e-11)


def test_cars_are_too_few_until_there_are_more() -> None:
    """32 cars are fewer than 50 + 8 · 4: a reason; the same three times over is divided."""
    few = key_drivers(cars(), "mpg")
    assert (few.n, few.needed, few.drivers, few.reason) == (32, 82, (), Reason.TOO_FEW_ANSWERS)
    found = key_drivers(cars(3), "mpg")
    assert [d.name for d in found.drivers] == ["cyl", "disp", "hp", "gear"]
    assert [d.johnson for d in found.drivers] == pytest.approx(JOHNSON)
    assert [d.shapley for d in found.drivers] == pytest.approx(LMG)
    assert found.drivers[0].correlation == pytest.approx(np.corrcoef(CYLINDERS, MPG)[0, 1])


def test_two_predictors_by_hand() -> None:
    """r12 = .5, r = .6 and .4: .2866667 and .0866667 by both methods."""
    correlation, outcome = np.array([[1, 0.5], [0.5, 1]]), np.array([0.6, 0.4])
    for method in (relative_weights, shapley):
        assert method(correlation, outcome).tolist() == pytest.approx([0.2866667, 0.0866667])


def test_what_explains_everything_explains_no_more() -> None:
    """Satisfaction that is the sum of two items: R² is 1, not a rounding above it."""
    for seed in range(20):
        a, b = np.random.default_rng(seed).integers(1, 6, (2, 100))
        found = key_drivers(
            MomentMatrix.of(("a", "b", "sum"), np.stack([a, b, a + b], axis=1)), "sum"
        )
        assert found.r2 == pytest.approx(1.0)
        assert found.r2 is not None
        assert found.r2 <= 1.0


@pytest.mark.parametrize("p", [1, 2, 5, 9, 15])
def test_parts_sum_to_r2(p: int) -> None:
    """Nothing of R² is lost or made up, whatever the number of predictors."""
    found = key_drivers(matrix(rated(1000, p, seed=p, weight=2)), "whole")
    assert found.r2 is not None
    assert sum(d.johnson for d in found.drivers) == pytest.approx(found.r2, abs=1e-12)
    assert sum(d.shapley or 0 for d in found.drivers) == pytest.approx(found.r2, abs=1e-12)
    assert all(d.johnson > 0 and (d.shapley or 0) > 0 for d in found.drivers)


def test_two_predictors_have_equal_parts_by_both() -> None:
    """With two predictors Johnson's weights are Shapley's."""
    for driver in key_drivers(matrix(rated(300, 2, seed=1)), "whole").drivers:
        assert driver.johnson == pytest.approx(driver.shapley, abs=1e-14)


def test_every_subset_is_its_own_regression() -> None:
    """R² of each of 2⁵ subsets is that of the least squares fit on the rows."""
    sums = matrix(rated(200, 5, seed=4))
    correlation, codes = sums.correlation, rated(200, 5, seed=4)
    found = subset_r2(correlation[:-1, :-1], correlation[:-1, -1])
    whole = codes[:, -1] - codes[:, -1].mean()
    for chosen in np.ndindex((2,) * 5):
        items = np.column_stack([np.ones(200), codes[:, :-1][:, np.flatnonzero(chosen)]])
        rest = whole - items @ np.linalg.lstsq(items, whole, rcond=None)[0]
        assert found[chosen] == pytest.approx(1 - rest @ rest / (whole @ whole), abs=1e-12)


def test_shapley_is_the_mean_over_all_orders() -> None:
    """The weights of the subsets are how often each stands before the predictor."""
    correlation = matrix(rated(200, 4, seed=5)).correlation
    table = subset_r2(correlation[:-1, :-1], correlation[:-1, -1])
    total = 0.0
    for chosen in np.ndindex((2,) * 3):
        orders = factorial(sum(chosen)) * factorial(3 - sum(chosen)) / factorial(4)
        total += orders * (table[(1, *chosen)] - table[(0, *chosen)])
    assert shapley(correlation[:-1, :-1], correlation[:-1, -1])[0] == pytest.approx(total)


def test_the_order_of_predictors_does_not_matter() -> None:
    """Attributes listed in another order have the parts they had."""
    codes = rated(400, 6, seed=6)
    names = [f"a{i}" for i in range(6)]
    one = key_drivers(matrix(codes), "whole")
    other = key_drivers(matrix(codes).select(("whole", *reversed(names))), "whole")
    for a, b in zip(one.drivers, reversed(other.drivers), strict=True):
        assert a.name == b.name
        assert (a.johnson, a.shapley) == pytest.approx((b.johnson, b.shapley))


def test_sixteen_predictors_have_johnsons_weights_only() -> None:
    """Above fifteen predictors Shapley's value is left out, Johnson's stands."""
    found = key_drivers(matrix(rated(1000, 16, seed=8, weight=2)), "whole")
    assert found.reason is None
    assert all(driver.shapley is None for driver in found.drivers)


def test_little_explained_is_not_divided() -> None:
    """An R² below .1 is told as such: parts of next to nothing would look like findings."""
    found = key_drivers(matrix(rated(500, 4, seed=9, weight=0.05)), "whole")
    assert found.reason is Reason.LITTLE_EXPLAINED
    assert found.drivers == ()
    assert found.r2 is not None
    assert found.adjusted_r2 is not None
    assert found.adjusted_r2 < found.r2 < 0.1


@pytest.mark.parametrize(
    ("extra", "items"),
    [
        (lambda codes: codes[:, 0], ("a0", "again")),
        (lambda codes: codes[:, 0] + codes[:, 2], ("a0", "a2", "again")),
    ],
)
def test_dependent_predictors_are_named(extra: object, items: tuple[str, ...]) -> None:
    """A duplicate or a sum score is refused, with the items it is made of."""
    assert callable(extra)
    codes = rated(300, 3, seed=10)
    names = ("a0", "a1", "a2", "whole", "again")
    found = key_drivers(MomentMatrix.of(names, np.column_stack([codes, extra(codes)])), "whole")
    assert (found.reason, found.items) == (Reason.DEPENDENT_ITEMS, items)
    assert found.drivers == ()


def test_an_outcome_that_is_the_sum_of_its_items_is_explained_whole() -> None:
    """If the whole is the sum of the parts, R² is 1 and nothing breaks."""
    codes = rated(300, 3, seed=11)
    codes[:, -1] = codes[:, :-1].sum(axis=1)
    found = key_drivers(matrix(codes), "whole")
    assert (found.r2, found.adjusted_r2) == pytest.approx((1, 1))


@pytest.mark.parametrize(
    ("codes", "reason", "items"),
    [
        (np.zeros((0, 3)), Reason.NO_ANSWERS, ()),
        (np.array([[1, 2, 3]]), Reason.ONE_ANSWER, ()),
        (np.array([[1, 2, 3], [2, 2, 4]]), Reason.NO_VARIATION, ("a1",)),
        (np.array([[1, 2, 3], [2, 2, 3]]), Reason.NO_VARIATION, ("a1", "whole")),
        (np.array([[1, 2, 3], [2, 1, 4], [2, 3, 1]]), Reason.TOO_FEW_ANSWERS, ()),
        (np.array([[1, 2, 3], [2, 1, 4]]), Reason.TOO_FEW_ANSWERS, ()),
        (np.array([[3], [4]]), Reason.TOO_FEW_ITEMS, ()),
    ],
)
def test_too_little_to_go_by(
    codes: NDArray[np.int64], reason: Reason, items: tuple[str, ...]
) -> None:
    """Nobody, one, all alike, fewer answers than predictors, no predictor: a reason."""
    found = key_drivers(matrix(codes.astype(np.int64)), "whole")
    assert (found.drivers, found.reason, found.items) == ((), reason, items)


def test_months_add_up_to_the_quarter() -> None:
    """Drivers of a quarter come from the sum of its months' sums, to the last digit."""
    codes = rated(900, 4, seed=12)
    months = [matrix(part) for part in np.split(codes, 3)]
    quarter: KeyDrivers = key_drivers(months[2] + months[0] + months[1], "whole")
    assert quarter == key_drivers(matrix(codes), "whole")
