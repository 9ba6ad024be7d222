"""Rates of what may happen several times, with the exact interval of their count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from reports.findings import Interval, Reason
from reports.statistics.rates import ImpossibleRate, rate


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904)],
)
def test_published_ends(count: int, low: float, high: float) -> None:
    """The limits of a Poisson count as tables print them (Garwood 1936)."""
    found = rate(count, 1).interval
    assert isinstance(found, Interval)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500), st.integers(1, 5000), st.sampled_from([0.8, 0.95, 0.99]))
def test_ends_are_where_the_tails_are(count: int, units: int, confidence: float) -> None:
    """At either end, a count so far out has half of what the confidence leaves."""
    found = rate(count, units, confidence).interval
    assert isinstance(found, Interval)
    tail = (1 - confidence) / 2
    assert poisson.sf(count - 1, found.low * units) == pytest.approx(tail, rel=1e-6)
    assert poisson.cdf(count, found.high * units) == pytest.approx(tail, rel=1e-6)


def test_a_rate_may_be_above_one() -> None:
    """Three complaints on two purchases are one and a half for each."""
    assert rate(3, 2).value == 1.5


def test_nothing_to_count_on_is_a_reason() -> None:
    """Without transactions there is no rate, never 0."""
    assert (rate(0, 0).value, rate(0, 0).reason) == (None, Reason.NO_ANSWERS)


@pytest.mark.parametrize(("count", "units"), [(-1, 5), (1, -5), (1, 0)])
def test_impossible_counts_are_refused(count: int, units: int) -> None:
    """The error names both numbers."""
    with pytest.raises(ImpossibleRate, match=f"{count} counted on {units} cannot be"):
        rate(count, units)
