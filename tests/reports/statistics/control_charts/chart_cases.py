"""Published control-chart data, and points made from standardised values."""

from __future__ import annotations

from collections.abc import Sequence

from reports.statistics.control_charts.baseline import Baseline
from reports.statistics.control_charts.limits import Point
from reports.statistics.control_charts.periods import ChartReason, PeriodCount

ORANGE_JUICE = (
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22,
    8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
)  # fmt: skip
"""Montgomery, Introduction to Statistical Quality Control, example 7.1: of 50 each."""

VARIABLE_COUNTS = (
    12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9,
)  # fmt: skip
VARIABLE_SIZES = (
    100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120,
    120, 110, 80, 80, 80, 90, 100, 100, 100, 100, 90, 90,
)  # fmt: skip
"""Montgomery, table 7.4."""

CIRCUIT_BOARDS = (
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19,
    17, 15,
)  # fmt: skip
"""Montgomery, example 7.3."""

COMPUTERS = (10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5)
"""Montgomery 1991, page 181: on 5 computers each."""

EMERGENCY_SEEN = (
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320,
    267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989,
)  # fmt: skip
EMERGENCY_ALL = (
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529,
    279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772,
)  # fmt: skip
"""NHS emergency departments week by week (Mohammed 2013, BMJ Quality & Safety 22: 362)."""

WETHERILL_BROWN = (
    12, 11, 18, 11, 10, 16, 9, 11, 14, 15, 11, 9, 10, 13, 12,
    8, 12, 13, 10, 12, 13, 16, 12, 18, 16, 10, 16, 10, 12, 14,
)  # fmt: skip
"""Wetherill & Brown 1991, as in qcc: of 50 each."""

NELSON_SERIES: dict[int, tuple[float, ...]] = {
    1: (0.3, -0.4, 1.2, -1.1, 3.2),
    2: (0.5, 0.9, 0.3, 1.4, 0.2, 0.7, 0.4, 1.3, 0.6),
    3: (-1.2, -0.5, 0.1, 0.4, 0.9, 1.6),
    4: (0.5, -0.5) * 7,
    5: (0.2, -0.3, 2.3, 0.4, 2.5),
    6: (1.3, 1.6, 0.2, 1.2, 1.8),
    7: (0.3, -0.4, 0.2, -0.1, 0.5, -0.6, 0.7, 0.1, -0.2, -0.3, 0.4, 0.6, -0.5, 0.2, -0.1),
    8: (1.4, -1.3, 1.6, -1.2, -1.5, 1.7, 1.1, -1.9),
}
"""For each of Nelson's tests a series that it alone finds, at its last point."""


def periods(counts: Sequence[int], sizes: Sequence[int] | int) -> list[PeriodCount]:
    """Periods named by their number, from 0."""
    each = [sizes] * len(counts) if isinstance(sizes, int) else sizes
    return [PeriodCount(str(i), x, n) for i, (x, n) in enumerate(zip(counts, each, strict=True))]


def standard_points(values: Sequence[float | None]) -> list[Point]:
    """Points with these standardised values; None is a period without answers."""
    return [
        Point(str(i), 0, 0, 0.0, False, None, reason=ChartReason.NO_ANSWERS)
        if z is None
        else Point(str(i), 0, 1, 0.0, False, z, 1.0, -3.0, 3.0, z)
        for i, z in enumerate(values)
    ]


def settled(found: Baseline | ChartReason) -> Baseline:
    """A baseline that is there."""
    assert isinstance(found, Baseline), found
    return found
