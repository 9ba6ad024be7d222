"""Whatever was answered, models of several items give a number or a reason, never NaN."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.statistics.index_weights import estimated_weights
from reports.statistics.key_drivers import key_drivers
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.reliability import alpha, omega

Codes = NDArray[np.int64]


@st.composite
def answers(draw: st.DrawFn) -> Codes:
    """Answers of 0–150 to 1–7 items: related or not, few or many points, doubled or summed up."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, d = draw(st.integers(0, 150)), draw(st.integers(1, 7))
    points = draw(st.sampled_from([1, 2, 3, 5, 10]))
    common = draw(st.floats(-1, 3)) * rng.normal(size=(n, 1))
    codes = np.rint((points + 1) / 2 + points / 4 * (common + rng.normal(size=(n, d))))
    found = np.asarray(np.clip(codes, 1, points), dtype=np.int64)
    if d > 2 and draw(st.booleans()):
        found[:, -1] = found[:, 0] + draw(st.sampled_from([0, 1])) * found[:, 1]
    return found


@settings(max_examples=150, deadline=None)
@given(answers())
def test_a_number_or_a_reason(codes: Codes) -> None:
    """Alpha, omega, drivers and weights: each finite and in its range, or said why not."""
    matrix = MomentMatrix.of([f"i{j}" for j in range(codes.shape[1])], codes)
    a, o, drivers = alpha(matrix), omega(matrix), key_drivers(matrix, "i0")
    for value, reason in ((a.raw, a.reason), (a.standardised, a.reason), (o.value, o.reason)):
        assert (value is None) == (reason is not None)
        assert value is None or (math.isfinite(value) and value <= 1)
    if a.interval is not None:
        assert a.raw is not None
        assert a.interval.low <= a.raw <= a.interval.high
    assert bool(drivers.drivers) == (drivers.reason is None)
    for driver in drivers.drivers:
        assert 0 <= driver.johnson <= 1
        assert driver.shapley is not None
        assert 0 <= driver.shapley <= 1
    weights = estimated_weights(matrix, dict.fromkeys(matrix.names, (1, 10)))
    assert (weights.method == "equal") == (weights.reason is not None)
    assert all(weight >= 0 for weight in weights.weights)


@settings(max_examples=50, deadline=None)
@given(answers(), st.integers(2, 5))
def test_answers_given_again_change_no_figure(codes: Codes, times: int) -> None:
    """Everything answered several times over gives the same alpha and omega."""
    names = [f"i{j}" for j in range(codes.shape[1])]
    once = MomentMatrix.of(names, codes)
    again = MomentMatrix.of(names, np.tile(codes, (times, 1)))
    a, b = alpha(once), alpha(again)
    if a.raw is not None and a.standardised is not None:
        assert (b.raw, b.standardised) == pytest.approx((a.raw, a.standardised), rel=1e-9)
    if omega(once).value is not None:
        assert omega(again).value == pytest.approx(omega(once).value, abs=1e-6)
