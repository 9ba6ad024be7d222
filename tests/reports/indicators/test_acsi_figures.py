"""The index of three questions, with equal and with estimated weights."""

from __future__ import annotations

import math
import statistics

import pytest

from instruments.model import Role
from reports.findings import Reason
from tests.reports.counted_cases import (
    instrument,
    question,
)
from tests.reports.indicators.indicator_cases import figures, one

ACSI = instrument(
    [
        question("sat", Role.OVERALL, range(1, 11)),
        question("conf", Role.CONFIRMATION, range(1, 11)),
        question("ideal", Role.IDEAL, range(1, 11)),
    ]
)


@pytest.mark.parametrize(("code", "value"), [(1, 0.0), (10, 100.0)])
def test_acsi_index_reaches_its_bounds(code: int, value: float) -> None:
    """All answers at the low end give 0, all at the high end 100."""
    row = {"sat": code, "conf": code, "ideal": code}
    index = one(ACSI, [row, row], "acsi_index")
    assert (index.value, index.interval_reason) == (value, Reason.NO_VARIATION)


def test_acsi_index_of_means_8_7_6() -> None:
    """(8 + 7 + 6 - 3)/27 · 100 with equal weights."""
    rows = [{"sat": 8, "conf": 7, "ideal": 6}] * 2
    assert one(ACSI, rows, "acsi_index").value == pytest.approx(18 / 27 * 100)


def test_acsi_index_uses_every_answer_to_each_item() -> None:
    """Means are per item: who skipped one item still counts in the others; n is the fewest."""
    rows = [{"sat": 9, "conf": 8, "ideal": 7}, {"sat": 5}, {"sat": 7, "conf": 4}]
    index = one(ACSI, rows, "acsi_index")
    assert index.value == pytest.approx((7 + 6 + 7 - 3) / 27 * 100)
    assert (index.n, index.interval_reason) == (1, Reason.ONE_ANSWER)


def test_acsi_standard_error_of_complete_answers_is_that_of_their_scores() -> None:
    """Where everybody answered all three, the SE is that of each person's own index."""
    rows = [(9, 8, 10), (5, 6, 2), (7, 9, 8), (10, 10, 9), (3, 2, 5)]
    scores = [(sum(row) - 3) / 27 * 100 for row in rows]
    found = one(
        ACSI, [dict(zip(("sat", "conf", "ideal"), r, strict=True)) for r in rows], "acsi_index"
    )
    assert found.value == pytest.approx(statistics.fmean(scores))
    assert found.se == pytest.approx(statistics.stdev(scores) / math.sqrt(5))


def test_acsi_interval_survives_items_nobody_answered_together() -> None:
    """Without a pair of answers there is no covariance, and still an interval."""
    rows = [{"sat": 9}, {"sat": 5}, {"conf": 3}, {"conf": 9}, {"ideal": 2}, {"ideal": 8}]
    index = one(ACSI, rows, "acsi_index")
    assert index.n == 2
    assert index.interval is not None
    assert index.interval.low >= 0


def test_acsi_index_needs_all_three_questions() -> None:
    """Without the ideal item there is no such index in the list."""
    asked = instrument([question("sat", Role.OVERALL), question("conf", Role.CONFIRMATION)])
    assert ("acsi_index", "") not in figures(asked, [{"sat": 3}])
