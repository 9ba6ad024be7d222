"""Satisfaction with the whole, worked out by hand on a few answers."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import pytest

from instruments.model import Better
from reports.findings import Reason, Unit
from tests.reports.counted_cases import (
    BLANK,
    NOT_ASKED,
)
from tests.reports.indicators.indicator_cases import overall


def test_satisfaction_index_is_the_mean_on_a_hundred() -> None:
    """(mean - 1)/4 · 100; blank answers are in neither sum nor n."""
    found = overall(5, 4, 4, BLANK, NOT_ASKED)
    index, mean = found["satisfaction_index", ""], found["overall_mean", ""]
    assert (index.n, mean.n) == (3, 3)
    assert mean.value == pytest.approx(13 / 3)
    assert index.value == pytest.approx((13 / 3 - 1) / 4 * 100)
    assert index.se == pytest.approx(statistics.stdev([5, 4, 4]) / math.sqrt(3) * 25)


def test_index_is_high_where_customers_are_content_whatever_the_scale() -> None:
    """On a scale whose low end is the good one, index and top-2-box turn round."""
    found = overall(1, 2, 2, better=Better.LOW)
    assert found["satisfaction_index", ""].value == pytest.approx((5 - 5 / 3) / 4 * 100)
    assert found["overall_top2", ""].count == 3
    assert found["overall_mean", ""].value == pytest.approx(5 / 3)


def test_top2_counts_the_two_best_codes() -> None:
    """Of 5, 4, 3 and 1 two are content; the share has a Wilson interval."""
    top = overall(5, 4, 3, 1)["overall_top2", ""]
    assert (top.count, top.n, top.value, top.unit) == (2, 4, 0.5, Unit.SHARE)
    assert top.interval is not None
    assert top.interval.method == "wilson"


def test_answer_shares_are_the_whole() -> None:
    """The shares of all codes sum to 1 and follow the order of the scale."""
    found = overall(5, 5, 4, 1)
    shares = [f for (key, _of), f in found.items() if key == "answer_share"]
    assert [f.of for f in shares] == [f"overall.{code}" for code in range(1, 6)]
    assert [f.count for f in shares] == [1, 0, 0, 1, 2]
    assert sum(f.value or 0 for f in shares) == 1


@pytest.mark.parametrize(
    ("codes", "value", "reason", "interval_reason"),
    [
        ([], None, Reason.NO_ANSWERS, Reason.NO_ANSWERS),
        ([BLANK], None, Reason.NO_ANSWERS, Reason.NO_ANSWERS),
        ([4], 4.0, None, Reason.ONE_ANSWER),
        ([4, 4, 4], 4.0, None, Reason.NO_VARIATION),
    ],
)
def test_means_of_small_samples_give_reasons(
    codes: Sequence[int],
    value: float | None,
    reason: Reason | None,
    interval_reason: Reason,
) -> None:
    """Nobody, one, or all alike: the reason stands where the number or interval would."""
    mean = overall(*codes)["overall_mean", ""]
    assert (mean.value, mean.reason) == (value, reason)
    assert (mean.interval, mean.interval_reason) == (None, interval_reason)


def test_near_the_end_of_the_scale_the_interval_is_for_bounded_scores() -> None:
    """Mean and index of contented customers, Student's interval beside; not in the middle."""
    found = overall(*[5] * 24, *[4] * 5, 2)
    mean, index = found["overall_mean", ""], found["satisfaction_index", ""]
    assert mean.interval is not None
    assert index.interval is not None
    assert (mean.interval.method, index.interval.method) == ("bounded", "bounded")
    assert [i.method for i in mean.others] == ["t"]
    assert index.interval.low == pytest.approx((mean.interval.low - 1) * 25)
    middle = overall(5, 4, 3, 2, 4, 4)["overall_mean", ""]
    assert middle.interval is not None
    assert (middle.interval.method, middle.others) == ("t", ())
