"""What lies under the logged complaints is estimated with its doubt, and folklore says so."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from reports.findings import Interval
from reports.statistics.iceberg import (
    Iceberg,
    IcebergReason,
    ImpossibleIceberg,
    SourceMissing,
    folklore,
    iceberg,
    people_told,
)

Z = float(stats.norm.ppf(0.975))


def found_ends(found: Interval | None) -> tuple[float, float]:
    """Both ends of an interval that is there."""
    assert found is not None
    return found.low, found.high


def test_the_worked_example() -> None:
    """45 logged, 30 of 120 with a problem voiced it: 180 customers, 135 to 248."""
    found = iceberg(45, 30, 120)
    assert found.value == 180
    assert found_ends(found.interval) == pytest.approx((135, 248), abs=0.5)
    assert not found.folklore


def test_the_wide_interval_is_a_score_interval_where_the_propensity_is_known() -> None:
    """With a survey of millions only the draw of who complains is left to doubt."""
    found = iceberg(45, 250_000_000, 1_000_000_000)

    def distance(customers: float) -> float:
        return abs(45 - customers * 0.25) - Z * math.sqrt(customers * 0.25 * 0.75)

    expected = (optimize.brentq(distance, 45, 180), optimize.brentq(distance, 180, 900))
    assert found_ends(found.wide) == pytest.approx(expected, rel=1e-3)


def test_the_wide_interval_holds_the_other() -> None:
    """Doubting more makes it wider, on both sides."""
    found = iceberg(45, 30, 120)
    low, high = found_ends(found.wide)
    assert low < found_ends(found.interval)[0]
    assert high > found_ends(found.interval)[1]


def test_where_nobody_voiced_only_a_lower_bound_is_known() -> None:
    """0 of 120: logged over the largest propensity that 0 allows, and a reason."""
    found = iceberg(45, 0, 120)
    assert (found.value, found.interval, found.wide) == (None, None, None)
    assert found.reason is IcebergReason.NOBODY_VOICED
    assert found.at_least == pytest.approx(45 / (Z**2 / (120 + Z**2)))


@pytest.mark.parametrize(
    ("logged", "voiced", "asked", "reason", "at_least"),
    [
        (45, 0, 0, IcebergReason.NOBODY_HAD_A_PROBLEM, 45),
        (0, 30, 120, IcebergReason.NOTHING_LOGGED, 0),
        (0, 0, 120, IcebergReason.NOTHING_LOGGED, 0),
        (0, 0, 0, IcebergReason.NOBODY_HAD_A_PROBLEM, 0),
    ],
)
def test_what_cannot_be_estimated_says_why(
    logged: int, voiced: int, asked: int, reason: IcebergReason, at_least: float
) -> None:
    """No propensity, or nothing to multiply: a reason and what is certain."""
    found = iceberg(logged, voiced, asked)
    assert (found.value, found.reason, found.at_least) == (None, reason, at_least)


def test_where_everybody_voiced_the_log_is_whole() -> None:
    """120 of 120: the estimate is the log itself, and never less."""
    found = iceberg(45, 120, 120)
    assert found.value == 45
    assert found_ends(found.wide)[0] == 45


@pytest.mark.parametrize("counts", [(45, 121, 120), (-1, 3, 9), (45, -1, 120)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    """More who voiced than had a problem, or less than nobody."""
    with pytest.raises(ImpossibleIceberg, match="cannot be"):
        iceberg(*counts)


@given(st.integers(0, 10**6), st.integers(0, 500), st.integers(0, 500))
def test_intervals_hold_the_estimate_and_never_less_than_the_log(
    logged: int, voiced: int, silent: int
) -> None:
    """Whatever was counted: at least the log, the estimate inside both intervals."""
    found = iceberg(logged, voiced, voiced + silent)
    assert found.at_least is not None
    assert found.at_least >= logged * (1 - 1e-12)
    assert (found.value is None) == (found.reason is not None)
    if found.value is not None:
        for interval in (found.interval, found.wide):
            low, high = found_ends(interval)
            assert logged * (1 - 1e-12) <= low <= found.value * (1 + 1e-12)
            assert found.value <= high * (1 + 1e-12)


def test_folklore_is_marked_and_names_its_source() -> None:
    """25 silent for each voiced: 26 customers each, no interval, and a label that stays."""
    found = folklore(45, 25, "A Complaint Is a Gift")
    assert (found.value, found.interval, found.wide) == (1170, None, None)
    assert (found.folklore, found.source) == (True, "A Complaint Is a Gift")
    assert found.reason is IcebergReason.FOLKLORE


def test_folklore_without_a_source_is_refused() -> None:
    """Nobody multiplies by hearsay without saying whose."""
    with pytest.raises(SourceMissing, match="source"):
        folklore(45, 25, "  ")
    with pytest.raises(ImpossibleIceberg, match="-1 silent"):
        folklore(45, -1, "somebody")


def test_word_of_mouth_is_told_by_each_times_customers() -> None:
    """4.2 each (3.5 to 5) times 180 customers (122 to 271)."""
    found = people_told(4.2, Interval(3.5, 5.0, "t"), iceberg(45, 30, 120))
    assert found.value == pytest.approx(756)
    assert found_ends(found.interval) == pytest.approx((494, 1180), abs=1)
    assert (found.folklore, found.reason) == (False, None)


def test_word_of_mouth_without_an_interval_has_none() -> None:
    """A mean of one answer has no interval, so the product has none either."""
    found = people_told(4.2, None, iceberg(45, 30, 120))
    assert found.value == pytest.approx(756)
    assert found.interval is None


def test_folklore_stays_marked_in_word_of_mouth() -> None:
    """A multiplier or a mean from a book marks the product, with every source."""
    mean = Interval(3.5, 5.0, "t")
    from_iceberg = people_told(4.2, mean, folklore(45, 25, "a book"))
    assert (from_iceberg.folklore, from_iceberg.sources) == (True, ("a book",))
    assert from_iceberg.interval is None
    both = people_told(15, None, folklore(45, 25, "a book"), told_source="another")
    assert both.sources == ("a book", "another")
    only_mean = people_told(15, None, iceberg(45, 30, 120), told_source="another")
    assert only_mean.folklore


def test_word_of_mouth_without_an_iceberg_passes_its_reason_on() -> None:
    """Nobody voiced: nobody knows how many heard of it."""
    found = people_told(4.2, None, iceberg(45, 0, 120))
    assert (found.value, found.reason) == (None, IcebergReason.NOBODY_VOICED)


def test_an_iceberg_is_a_value() -> None:
    """Equal counts make equal results, so that reports compare."""
    assert iceberg(45, 30, 120) == iceberg(45, 30, 120)
    assert isinstance(iceberg(1, 1, 1), Iceberg)
