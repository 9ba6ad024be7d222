"""Responses of the customers there are."""

from __future__ import annotations

import pytest

from reports.findings import Reason
from reports.indicators.participation import response_rate


@pytest.mark.parametrize(
    ("responses", "population", "value", "reason"),
    [
        (3, 12, 0.25, None),
        (0, 12, 0.0, None),
        (12, 12, 1.0, None),
        (3, None, None, Reason.POPULATION_UNKNOWN),
        (3, 2, None, Reason.MORE_ANSWERS_THAN_CUSTOMERS),
        (0, 0, None, Reason.NO_ANSWERS),
    ],
)
def test_response_rate_or_why_not(
    responses: int, population: int | None, value: float | None, reason: Reason | None
) -> None:
    """Unknown or impossible populations are said, never divided by."""
    rate = response_rate(responses, population, 0.95)
    assert (rate.value, rate.reason, rate.population) == (value, reason, population)
