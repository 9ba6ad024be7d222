"""Intervals of 95 % hold the truth about 95 times in 100, near the end of a scale too."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from tests.reference import coverage, panels


@pytest.mark.parametrize("n", [10, 30, 100, 400])
def test_every_share_from_5_to_95_per_cent(n: int) -> None:
    """Wilson's interval, every sample enumerated: no p under 90 %, on average 93 to 97 %."""
    held = coverage.proportions(n)
    assert held.min() >= 0.90
    assert 0.93 <= held.mean() <= 0.97


@pytest.mark.parametrize("name", coverage.reported())
def test_every_reported_interval(name: str) -> None:
    """Index, NPS and gap of five shapes of answers, 2,000 draws: no size falls short of 93 %.

    Half a point is left to the draws.
    """
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    cells = coverage.row(coverage.reported()[name], rng)
    assert min(held for held, _without in cells) >= 0.925


@pytest.mark.long
@pytest.mark.parametrize("shape", coverage.SHAPES)
def test_a_report_of_nothing_but_chance(shape: str) -> None:
    """50 comparisons without a difference: a false alarm in no more than 5 reports of 100.

    Two in a hundred are left to the draws.
    """
    rng = np.random.default_rng(zlib.crc32(shape.encode()))
    for sizes in ((30, 30), (30, 400), (400, 400)):
        assert coverage.false_alarms(coverage.SHAPES[shape], *sizes, rng) <= 0.07


@pytest.mark.long
@pytest.mark.parametrize("shape", coverage.SHAPES)
def test_a_panel_without_a_change(shape: str) -> None:
    """The same customers again, some or all: each test at 5 % finds a change in about 5 of 100.

    Two in a hundred are left to the draws.
    """
    rng = np.random.default_rng(zlib.crc32(shape.encode()))
    for sizes in panels.SIZES:
        assert max(panels.alarms(coverage.SHAPES[shape], sizes, rng)) <= 7.0
