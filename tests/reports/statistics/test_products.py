"""A product keeps the doubt of both factors, and its lean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Interval
from reports.statistics.products import Estimate, ImpossibleFactor, product


def factor(value: float, low: float, high: float, confidence: float = 0.95) -> Estimate:
    """An estimate with these ends."""
    return Estimate(value, Interval(low, high, "t", confidence))


def test_a_known_factor_scales_the_interval() -> None:
    """Three times 4 (2 to 7) is 12 (6 to 21)."""
    found = product(factor(4, 2, 7), factor(3, 3, 3))
    assert found.value == 12
    assert (found.interval.low, found.interval.high) == pytest.approx((6, 21))


def test_log_normal_factors_multiply_exactly() -> None:
    """Where both logarithms are normal the result is the interval of the sum of them."""
    a, b = 0.3, 0.4
    found = product(
        factor(10, 10 * math.exp(-a), 10 * math.exp(a)), factor(2, 2 / math.exp(b), 2 * math.exp(b))
    )
    expected = (20 * math.exp(-0.5), 20 * math.exp(0.5))
    assert (found.interval.low, found.interval.high) == pytest.approx(expected)


def test_a_lower_end_of_zero_stays_zero() -> None:
    """What may be nothing may be nothing in the product."""
    assert product(factor(4, 0, 9), factor(3, 2, 5)).interval.low == 0


def test_a_value_of_zero_has_an_upper_end() -> None:
    """Nobody told anybody so far: 0, and at most highest times highest."""
    found = product(factor(0, 0, 0.5), factor(100, 80, 130))
    assert (found.value, found.interval) == (0, Interval(0.0, 65.0, "product_of_ends", 0.95))


def test_the_lower_confidence_counts() -> None:
    """A product is no surer than its weaker factor."""
    assert product(factor(4, 2, 7, 0.9), factor(3, 2, 5)).interval.confidence == 0.9


@pytest.mark.parametrize("ends", [(-1, 4), (3, 4), (0, 1)])
def test_a_value_outside_its_interval_is_refused(ends: tuple[float, float]) -> None:
    """Below 0, or not between its own ends."""
    with pytest.raises(ImpossibleFactor, match="cannot be"):
        factor(2, *ends)


FACTORS = st.tuples(*[st.floats(0, 1e6)] * 3).map(sorted).map(lambda e: factor(e[1], e[0], e[2]))


@given(FACTORS, FACTORS)
def test_products_lie_between_the_products_of_the_ends(first: Estimate, second: Estimate) -> None:
    """Never wider than lowest × lowest to highest × highest, and round the value."""
    found, slack = product(first, second), 1 + 1e-9
    lowest = first.interval.low * second.interval.low
    highest = first.interval.high * second.interval.high
    assert lowest <= found.interval.low * slack + 1e-300
    assert found.interval.low <= found.value * slack
    assert found.value <= found.interval.high * slack + 1e-300
    assert found.interval.high <= highest * slack + 1e-300
