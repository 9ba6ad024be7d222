"""How often do intervals of figures weighted by tier and region hold the truth? A simulation.

Run by hand (``python -m tests.reference.weighting_coverage``); ``docs/methods/weighting.md`` quotes
what it prints, and ``test_weighting_coverage`` holds it to its promises. Customers answer the more
readily the larger they are and the nearer they live, and what they think depends on both: the
plain mean of the answers is wrong. The truth is what customers of each kind would say on average.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reports.aimed import plan_of
from reports.aims import Aims
from reports.cells import Cell, Cells
from reports.findings import ALL, Figure, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.settings import Settings
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.plan import Plan as Counted
from reports.units import Plan
from reports.weighted_cells import weighted_figure
from tests.reference.coverage import SHAPES

DRAWS = 2000
FIELDS = ("tier", "region")
TIERS = {"A": 20, "B": 80, "C": 300, "D": 1600}
REGIONS = {"East": 0.5, "North": 0.3, "West": 0.2}
CUSTOMERS: dict[Cell, int] = {
    (tier, region): round(n * part) for tier, n in TIERS.items() for region, part in REGIONS.items()
}
NEARER = {"East": 1.0, "North": 0.7, "West": 0.5}
ANSWERING = {
    "large ones above all": {"A": 0.9, "B": 0.6, "C": 0.3, "D": 0.06},
    "large ones rather": {"A": 0.3, "B": 0.25, "C": 0.2, "D": 0.12},
    "few": {"A": 0.5, "B": 0.3, "C": 0.1, "D": 0.03},
}
"""Tier → its customers' chance of answering, in the nearest region."""

SHARES = {
    "tier and region": (0.80, 0.88, 0.96, 0.70, 0.78, 0.86, 0.60, 0.68, 0.76, 0.50, 0.58, 0.66),
    "both together": (0.90, 0.50, 0.70, 0.60, 0.90, 0.50, 0.50, 0.70, 0.90, 0.40, 0.80, 0.60),
    "near the top": (0.96, 0.97, 0.97, 0.95, 0.96, 0.96, 0.94, 0.95, 0.95, 0.93, 0.94, 0.94),
}
"""The share of each cell, in the order of CUSTOMERS."""

MIXES = {
    "every shape": tuple(SHAPES),
    "near the top": ("near the top", "at the top", "near the top", "content"),
    "divided": ("content", "divided", "middling", "content"),
}
WITHIN = ("C", "D")
"""Segments whose own figures are looked at."""


@dataclass(frozen=True, slots=True)
class Design:
    """Cell → chance to answer, and the chance of each code from ``lowest`` on."""

    chance: Mapping[Cell, float]
    shapes: Mapping[Cell, Sequence[float]]
    lowest: int

    def truth(self, segment: str) -> float:
        """The mean over the customers of a segment, or of all."""
        cells = [cell for cell in CUSTOMERS if segment in (ALL, cell[0])]
        codes = np.arange(self.lowest, self.lowest + len(self.shapes[cells[0]]))
        means = [float(np.dot(self.shapes[cell], codes)) for cell in cells]
        return float(np.average(means, weights=[CUSTOMERS[cell] for cell in cells]))


def designs(answering: str) -> Mapping[str, Design]:
    """The cases of one way to answer: shares on 0–1, means on 1–5."""
    chances = {cell: ANSWERING[answering][cell[0]] * NEARER[cell[1]] for cell in CUSTOMERS}
    made = {}
    for name, shares in SHARES.items():
        shapes: dict[Cell, Sequence[float]] = {
            cell: (1 - p, p) for cell, p in zip(CUSTOMERS, shares, strict=True)
        }
        made[f"share, {name}"] = Design(chances, shapes, 0)
    for name, mix in MIXES.items():
        of = {c: SHAPES[mix[2 * i % len(mix)]] for i, c in enumerate(CUSTOMERS)}
        made[f"mean, {name}"] = Design(chances, of, 1)
    return made


Answers = Mapping[Cell, NDArray[np.int64]]
"""Cell → how often each code was given."""


def drawn(design: Design, rng: np.random.Generator) -> Answers:
    """Who answers, and what, by chance."""
    return {
        cell: rng.multinomial(rng.binomial(n, design.chance[cell]), design.shapes[cell])
        for cell, n in CUSTOMERS.items()
    }


NOTHING_COUNTED = Counted(MappingProxyType({}), (), ())


def planned(answers: Answers, *, raked: bool) -> Plan:
    """By the customers of every cell, or only by those of the tiers and of the regions."""
    margins: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
    for cell, n in CUSTOMERS.items():
        for field, segment in zip(FIELDS, cell, strict=True):
            margins[field][segment] = margins[field].get(segment, 0) + n
    tallies = {
        c: Tally(NOTHING_COUNTED, int(counts.sum()), {}, {}) for c, counts in answers.items()
    }
    known = Cells(FIELDS, tallies, {}, {} if raked else CUSTOMERS, margins)
    return plan_of(known, Aims(FIELDS))


def figure_of(counts: NDArray[np.int64], lowest: int) -> Figure:
    """The plain figure of answers counted by code."""
    n = int(counts.sum())
    if lowest == 0:
        return share("overall_top2", int(counts[1]), n, 0.95, base=Base.ANSWERED)
    answers = Moments.of({lowest + i: int(k) for i, k in enumerate(counts)})
    return mean(
        "attribute_mean", answers, 0.95, unit=Unit.POINTS, base=Base.ANSWERED, bounds=(1, 5)
    )


def estimated(design: Design, answers: Answers, plan: Plan, segment: str) -> Figure:
    """The figure of a segment, or of all, as a report has it, but about the process."""
    own = [counts for cell, counts in answers.items() if segment in (ALL, cell[0])]
    whole = figure_of(np.sum(own, axis=0), design.lowest)
    parts = [
        figure_of(np.sum([answers[cell] for cell in unit.cells], axis=0), design.lowest)
        for unit in plan.units
    ]
    return weighted_figure(plan, segment, whole, parts, None, Settings())


@dataclass(frozen=True, slots=True)
class Held:
    """Of draws with an interval: per cent that hold the truth, and mean errors of the values."""

    covered: float
    error: float
    plain_error: float


def held(
    design: Design, segment: str, rng: np.random.Generator, draws: int, *, raked: bool
) -> Held:
    """How the weighted figure does, and how far off it and the plain one are on average."""
    truth = design.truth(segment)
    inside, errors, plain = [], [], []
    for _ in range(draws):
        answers = drawn(design, rng)
        plan = planned(answers, raked=raked)
        if not plan.units:
            continue
        found = estimated(design, answers, plan, segment)
        interval = found.others[0] if found.weighted and found.others else found.interval
        if interval is not None and found.value is not None:
            inside.append(interval.low <= truth <= interval.high)
            errors.append(found.value - truth)
            own = np.sum([k for c, k in answers.items() if segment in (ALL, c[0])], axis=0)
            codes = np.arange(design.lowest, design.lowest + len(own))
            plain.append(float(codes @ own / own.sum()) - truth)
    return Held(100 * float(np.mean(inside)), float(np.mean(errors)), float(np.mean(plain)))


def main() -> None:
    """Print the coverage of all customers and of two segments, by way to answer and case."""
    rng = np.random.default_rng(20261123)
    for answering in ANSWERING:
        for name, design in designs(answering).items():
            cells = []
            for raked in (False, True):
                found = [held(design, s, rng, DRAWS, raked=raked) for s in (ALL, *WITHIN)]
                cells += [f"{one.covered:.1f}" for one in found]
            bias = f"{found[0].plain_error:+.3f} | {found[0].error:+.3f}"
            sys.stdout.write(f"| {answering} | {name} | {' | '.join(cells)} | {bias} |\n")


if __name__ == "__main__":
    main()
