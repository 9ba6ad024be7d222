"""Figures put together from weighted answers, where floating point leaves a rounding behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.estimates import Estimate, Precision, estimate, with_interval
from reports.statistics.moments import Moments
from reports.statistics.strata import Stratum, stratified

Groups = list[tuple[int, int, int]]
"""Customers, responses, answers in the base."""


def of_all(groups: Groups, code: int, *, fpc: bool) -> Estimate:
    """Groups in which everybody in the base gave this answer, put together on 1 to 5."""
    strata = [
        Stratum.of(str(i), customers, responses, Moments.of({code: n}))
        for i, (customers, responses, n) in enumerate(groups)
    ]
    found = stratified(strata, (1, 5), fpc=fpc)
    assert isinstance(found, Estimate)
    return found


@pytest.mark.parametrize("fpc", [True, False])
def test_answers_all_alike_have_no_interval_whatever_they_weigh(fpc: bool) -> None:
    """Everybody says 5: no spread, not one of 1e-16 and an interval from 1 to 5."""
    found = of_all([(105, 5, 0), (130, 30, 13), (21, 21, 14), (11, 10, 9)], 5, fpc=fpc)
    assert found.value == 5
    assert (found.se, found.interval, found.reason) == (0, None, Reason.NO_VARIATION)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(2, 40), st.integers(0, 40)), min_size=2),
    st.integers(1, 5),
    st.booleans(),
)
def test_any_groups_that_agree_agree_together(groups: Groups, code: int, fpc: bool) -> None:
    """However they weigh, nothing is broken and no spread comes from adding up."""
    drawn = [(unheard + n, n, min(n, base)) for unheard, n, base in groups]
    if sum(base for _customers, _n, base in drawn) > 1:
        found = of_all(drawn, code, fpc=fpc)
        assert found.se == 0
        assert found.value == code


def test_a_spread_that_is_a_rounding_is_none() -> None:
    """A spread of 1e-16 beside a mean of 5 is what adding up leaves."""
    known = Precision(5.0, n=60, spread=1e-31, variance=1e-32, freedom=50, kish=55)
    found = with_interval(estimate(known), (1, 5), 0.95)
    assert (found.value, found.se, found.reason) == (5, 0, Reason.NO_VARIATION)
