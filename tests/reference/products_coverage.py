"""How often do intervals of word of mouth hold the truth, made in which way? A simulation.

Run by hand (``python -m tests.reference.products_coverage``); ``docs/methods`` quotes what it
prints. Customers are asked whether they met a problem, and those who did how many others they
told; people told is the product of both times the number of customers. An interval of 95 % should
hold the number 95 times in 100.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from reports.findings import Interval
from reports.statistics.intervals import t_interval, wilson
from reports.statistics.products import Estimate, product

DRAWS = 4000
CELLS = ((60, 0.1), (60, 0.4), (200, 0.1), (400, 0.25), (2000, 0.1), (2000, 0.4))
"""Customers asked, share of them that met a problem."""

TOLD = 4.0
"""People told by each, on average: geometric, so that most tell few and some tell many."""

HEADING = "| asked | met a problem | delta | ends | square-and-add |"


def line(asked: int, incidence: float, rng: np.random.Generator) -> str:
    """Coverage of three intervals of people told for each customer, in per cent."""
    held, made = np.zeros(3), 0
    for _ in range(DRAWS):
        met = int(rng.binomial(asked, incidence))
        told = rng.geometric(1 / (1 + TOLD), met) - 1
        mean = float(told.mean()) if met else 0.0
        se = float(told.std(ddof=1) / math.sqrt(met)) if met > 1 else 0.0
        around, share = t_interval(mean, se, met, (0, 1000)), wilson(met, asked)
        if isinstance(around, Interval) and isinstance(share, Interval):
            made += 1
            each, problems = Estimate(mean, around), Estimate(met / asked, share)
            held += holds(each, problems, se, asked, TOLD * incidence)
    cells = " | ".join(f"{100 * share:.1f}" for share in held / made)
    return f"| {asked} | {incidence:g} | {cells} |"


def holds(each: Estimate, problems: Estimate, se: float, asked: int, truth: float) -> list[bool]:
    """Whether each interval holds the truth, in the order of the heading."""
    error = math.sqrt(problems.value * (1 - problems.value) / asked)
    half = 1.96 * math.hypot(problems.value * se, each.value * error)
    people, (a, b) = each.value * problems.value, (each.interval, problems.interval)
    added = product(each, problems).interval
    return [
        people - half <= truth <= people + half,
        a.low * b.low <= truth <= a.high * b.high,
        added.low <= truth <= added.high,
    ]


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(20261122)
    sys.stdout.write(HEADING + "\n")
    for asked, incidence in CELLS:
        sys.stdout.write(line(asked, incidence, rng) + "\n")


if __name__ == "__main__":
    main()
