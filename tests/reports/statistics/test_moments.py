"""Sums of answers are exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.moments import Moments

ANSWERS = st.dictionaries(st.integers(-10, 10), st.integers(0, 10**9), min_size=1)


@given(ANSWERS, ANSWERS)
def test_moments_of_parts_add_up(first: dict[int, int], second: dict[int, int]) -> None:
    """The moments of two sets of answers together are the sums of their moments, exactly."""
    both = {v: first.get(v, 0) + second.get(v, 0) for v in {*first, *second}}
    a, b, whole = Moments.of(first), Moments.of(second), Moments.of(both)
    assert whole == Moments(a.n + b.n, a.total + b.total, a.squares + b.squares)


@given(ANSWERS, st.fractions(max_denominator=90), st.fractions(max_denominator=90))
def test_rescaling_answers_rescales_their_moments(
    answers: dict[int, int], factor: Fraction, shift: Fraction
) -> None:
    """Moments rescaled are the moments of rescaled answers, without a rounding."""
    one_by_one = [(factor * value + shift, times) for value, times in answers.items()]
    expected = Moments(
        sum(times for _value, times in one_by_one),
        sum((value * times for value, times in one_by_one), Fraction(0)),
        sum((value**2 * times for value, times in one_by_one), Fraction(0)),
    )
    assert Moments.of(answers).rescaled(factor, shift) == expected


@given(st.integers(-10, 10), st.integers(2, 10**9))
def test_answers_all_alike_have_exactly_no_variance(value: int, times: int) -> None:
    """No variation is found out exactly, however many answers there are."""
    assert Moments.of({value: times}).variance == 0.0
    assert Moments.of({value: times}).spread == 0.0


def test_variance_keeps_its_digits_far_from_zero() -> None:
    """A small spread around a large mean is not lost, as it is with squared floats."""
    moments = Moments.of({10**9: 1, 10**9 + 1: 1})
    assert moments.variance == pytest.approx(0.5, abs=0)
