"""How often do the intervals of iceberg and word of mouth hold the truth? A simulation.

Run by hand (``python -m tests.reference.iceberg_coverage``); ``docs/methods`` quotes what it
prints. A known number of customers has a problem; each complains with a known propensity and
so comes into the log; a survey asks others of the same kind. An interval of 95 % should hold
the number 95 times in 100.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from reports.findings import Interval
from reports.statistics.iceberg import Iceberg, iceberg
from reports.statistics.intervals import t_interval
from reports.statistics.products import Estimate, product

DRAWS = 4000
CELLS = (
    (30, 0.10, 60),
    (60, 0.40, 40),
    (180, 0.25, 120),
    (180, 0.25, 1000),
    (400, 0.10, 150),
    (2000, 0.25, 120),
)
"""Customers with a problem, propensity, asked customers with a problem."""

TOLD = 4.0
"""People told by each, on average: geometric, so that most tell few and some tell many."""

HEADING = "| customers | propensity | asked | `interval` | `wide` | delta | ends | square-and-add |"


def line(customers: int, propensity: float, asked: int, rng: np.random.Generator) -> str:
    """Coverage of both intervals of the iceberg, and of three of word of mouth, in per cent."""
    held = np.zeros(5)
    made = 0
    for _ in range(DRAWS):
        found = iceberg(
            int(rng.binomial(customers, propensity)), int(rng.binomial(asked, propensity)), asked
        )
        told = rng.geometric(1 / (1 + TOLD), asked) - 1
        mean, se = float(told.mean()), float(told.std(ddof=1) / math.sqrt(asked))
        around = t_interval(mean, se, asked, (0, 1000))
        if found.value is None or not isinstance(around, Interval):
            continue
        made += 1
        held += holds(found, Estimate(mean, around), se, customers)
    cells = " | ".join(f"{100 * share:.1f}" for share in held / made)
    return f"| {customers} | {propensity:g} | {asked} | {cells} |"


def holds(found: Iceberg, told: Estimate, se: float, customers: int) -> list[bool]:
    """Whether each interval holds its truth, in the order of the heading."""
    if found.value is None or found.interval is None or found.wide is None:
        return [False] * 5
    berg, wide = Estimate(found.value, found.wide), found.wide
    half_of_berg = (wide.high - wide.low) / 2
    half = math.hypot(told.value * half_of_berg, found.value * 1.96 * se)
    people, truth = told.value * found.value, TOLD * customers
    added = product(told, berg).interval
    return [
        found.interval.low <= customers <= found.interval.high,
        wide.low <= customers <= wide.high,
        people - half <= truth <= people + half,
        told.interval.low * wide.low <= truth <= told.interval.high * wide.high,
        added.low <= truth <= added.high,
    ]


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(20261122)
    sys.stdout.write(HEADING + "\n")
    for customers, propensity, asked in CELLS:
        sys.stdout.write(line(customers, propensity, asked, rng) + "\n")


if __name__ == "__main__":
    main()
