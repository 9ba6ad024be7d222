"""Importance as customers state it: by places and by ratings."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reports.statistics.ranks import centroid_weights
from tests.reports.counted_cases import (
    instrument,
    ranking,
)
from tests.reports.indicators.indicator_cases import figures


def test_importance_of_two_rankings() -> None:
    """Weight, chosen and first of three attributes after one full and one short ranking."""
    names = ("a", "b", "c")
    asked = instrument([ranking(2)], names)
    rows = [
        {"rank.a": 1, "rank.b": 2, "rank.c": 0},
        {"rank.a": 0, "rank.b": 1, "rank.c": 0},
        {"rank.a": 1, "rank.b": 1, "rank.c": 0},
    ]
    found = figures(asked, rows)
    first, second, third = centroid_weights(3)
    expected = [
        (first + (second + third) / 2) / 2,
        (second + first) / 2,
        (third + (second + third) / 2) / 2,
    ]
    assert [found["importance_weight", a].value for a in names] == pytest.approx(
        [float(w) for w in expected]
    )
    assert sum(expected) == Fraction(1)
    assert [found["importance_chosen", a].count for a in names] == [1, 2, 0]
    assert [found["importance_first", a].count for a in names] == [1, 1, 0]
    assert {f.n for f in found.values()} == {2}
