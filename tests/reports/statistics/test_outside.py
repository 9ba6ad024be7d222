"""The mean over everybody outside a group: the same as putting the other groups together."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.estimates import Estimate
from reports.statistics.moments import Moments
from reports.statistics.outside import outside_each
from reports.statistics.strata import Stratum, stratified

SCALE = (1.0, 5.0)

GROUPS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 3),
        st.tuples(*[st.lists(st.integers(1, 5), max_size=4)] * 2),
    ),
    min_size=1,
    max_size=9,
)
"""Customers who did not respond; responses without an answer; answers to two items."""


def strata(drawn: list[tuple[int, int, tuple[list[int], list[int]]]]) -> list[list[Stratum]]:
    """The groups of both items."""
    items: list[list[Stratum]] = [[], []]
    for i, (silent, blank, answers) in enumerate(drawn):
        responses = max(map(len, answers)) + blank
        for strata, own in zip(items, answers, strict=True):
            base = Moments.of({code: own.count(code) for code in range(1, 6)})
            strata.append(Stratum.of(str(i), silent + responses, responses, base))
    return items


def numbers(found: Estimate) -> list[float]:
    """Value, answers, error and freedom; -1 where there is none."""
    own = (found.value, found.n, found.se, found.freedom)
    return [-1.0 if number is None else number for number in own]


@given(GROUPS)
@example([(9, 0, ([5, 5], [4, 4])), (0, 0, ([3], [])), (0, 0, ([], [])), (7, 0, ([2, 2], [1]))])
def test_it_is_the_mean_of_the_other_groups(
    drawn: list[tuple[int, int, tuple[list[int], list[int]]]],
) -> None:
    """Value, error, freedom and worth are those of the strata without the group, item by item."""
    items = strata(drawn)
    for left_out, found in enumerate(outside_each(items)):
        for groups, own in zip(items, found, strict=True):
            others = [s for i, s in enumerate(groups) if i != left_out]
            expected = stratified(others, SCALE, fpc=False)
            if isinstance(expected, Reason):
                assert own is expected
                continue
            assert isinstance(own, Estimate)
            assert numbers(own) == pytest.approx(numbers(expected), rel=1e-9, abs=1e-12)
            if expected.n_eff is not None:  # else there is no interval, of answers all alike
                assert own.n_eff == pytest.approx(expected.n_eff, rel=1e-9)


def test_nothing_asked_is_nothing_found() -> None:
    """No items: no estimates."""
    assert list(outside_each([])) == []


def test_two_groups_leave_one() -> None:
    """Outside one of two groups there is the other, as it is."""
    groups = strata([(90, 0, ([1, 5, 4], [])), (9, 0, ([2, 3], []))])[0]
    (first,), (second,) = outside_each([groups])
    assert isinstance(first, Estimate)
    assert isinstance(second, Estimate)
    assert [first.value, second.value] == pytest.approx([2.5, 10 / 3])
