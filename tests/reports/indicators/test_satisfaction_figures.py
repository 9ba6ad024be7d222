"""Satisfaction with the whole, worked out by hand on a few answers."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import pytest

from instruments.model import Better, Role
from reports.findings import Reason, Unit
from tests.reports.counted_cases import (
    BLANK,
    NOT_ASKED,
    instrument,
    question,
)
from tests.reports.indicators.indicator_cases import figures, overall


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


def test_top_box_and_worst_two_stand_beside_top2() -> None:
    """Of 5, 5, 4, 2 and 1 two are at the best point, two at the worst two."""
    found = overall(5, 5, 4, 2, 1)
    assert [found[key, ""].count for key in ("overall_top", "overall_top2", "overall_bottom2")] == [
        2,
        3,
        2,
    ]
    assert found["overall_bottom2", ""].better is Better.LOW


def test_boxes_follow_the_direction_of_the_scale() -> None:
    """Where 1 is best it is the top box, and 4 and 5 are the worst two."""
    found = overall(1, 2, 4, 5, 5, better=Better.LOW)
    assert [found[key, ""].count for key in ("overall_top", "overall_bottom2")] == [1, 3]
    assert found["overall_mean", ""].better is Better.LOW


@pytest.mark.parametrize(("better", "count"), [(Better.HIGH, 2), (Better.LOW, 1)])
def test_effort_keeps_its_direction(better: Better, count: int) -> None:
    """Ease (high is good) or effort (low is good): the best three of seven points."""
    asked = instrument([question("effort", Role.EFFORT, range(1, 8), better=better)])
    found = figures(asked, [{"effort": code} for code in (7, 5, 4, 2)])
    assert found["effort_mean", ""].value == 4.5
    assert found["effort_mean", ""].better is better
    assert found["effort_top3", ""].count == count


def test_the_best_three_are_only_of_seven_points() -> None:
    """Of five points they would count those in the middle."""
    asked = instrument([question("effort", Role.EFFORT, range(1, 6), better=Better.LOW)])
    found = figures(asked, [{"effort": 2}])
    assert [key for key, _of in found] == ["effort_mean"]
