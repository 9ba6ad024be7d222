"""How often do intervals of figures put together from groups hold the truth? A simulation.

Run by hand (``python -m tests.reference.strata_coverage``); ``docs/methods/weighting.md`` quotes
what it prints. Four groups of customers answer, each as a sample of the process behind it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reports.findings import Interval, Reason
from reports.statistics.estimates import Estimate
from reports.statistics.gaps import leaning
from reports.statistics.intervals import Bounds, wilson_effective
from reports.statistics.moments import Moments
from reports.statistics.strata import Stratum, stratified
from tests.reference.coverage import SHAPES

DRAWS = 2000
TIERS = ((10, 40, 150, 800), (100, 100, 100, 100))
SIZES = ((10, 30, 90, 90), (9, 20, 40, 60), (9, 10, 10, 10), (5, 5, 5, 5), (9, 20, 30, 1))
SHARES = ((0.8, 0.8, 0.8, 0.8), (0.9, 0.8, 0.7, 0.6), (0.5, 0.5, 0.9, 0.95), (0.3, 0.3, 0.02, 0.04))
MIXES = (
    ("middling",) * 4,
    ("near the top",) * 4,
    ("middling", "middling", "content", "near the top"),
    ("near the top", "content", "middling", "divided"),
)

GAP: Bounds = (-4.0, 4.0)
DROPS = ((0.02, 0.05, 0.13, 0.8), (0.0, 0.02, 0.05, 0.93), (0.02, 0.08, 0.3, 0.6))
ONE_SIDED = (
    (DROPS[0],) * 4,
    (DROPS[1],) * 4,
    (DROPS[2],) * 4,
    (DROPS[0], DROPS[2], DROPS[0], DROPS[1]),
)
"""Shares of gaps of -3, -2, -1 and 0, where everybody had expected the best."""

Groups = Sequence[Stratum]
Method = Callable[[Groups], Bounds | None]


def held(
    customers: Sequence[int],
    sizes: Sequence[int],
    shapes: Sequence[Sequence[float]],
    method: Method,
    rng: np.random.Generator,
    first: int = 0,
) -> float:
    """Per cent of the intervals that hold the truth; ``shapes``: of codes from ``first`` on."""
    codes = np.arange(first, first + len(shapes[0]))
    truth = float(np.average([np.dot(codes, p) for p in shapes], weights=customers))
    made = inside = 0
    for _ in range(DRAWS):
        ends = method(
            [
                Stratum.of(str(i), size, n, Moments.of(_counted(rng.multinomial(n, p), codes)))
                for i, (size, n, p) in enumerate(zip(customers, sizes, shapes, strict=True))
            ]
        )
        if ends is not None:
            made += 1
            inside += ends[0] <= truth <= ends[1]
    return 100 * inside / made


def _counted(counts: NDArray[np.int64], codes: NDArray[np.int64]) -> dict[int, int]:
    return dict(zip(codes.tolist(), counts.tolist(), strict=True))


def reported(scale: Bounds) -> Method:
    """The interval of the stratified estimate, without a finite population."""
    return lambda groups: _ends(stratified(groups, scale, fpc=False))


def by_wilson(groups: Groups) -> Bounds | None:
    """The groups' Wilson intervals, squared and added, as reports had them before."""
    total = sum(s.customers for s in groups)
    share = sum(s.customers / total * s.mean for s in groups)
    below = above = 0.0
    for s in groups:
        low, high = wilson_effective(s.mean, s.n)
        below += (s.customers / total * (s.mean - low)) ** 2
        above += (s.customers / total * (high - s.mean)) ** 2
    return share - math.sqrt(below), share + math.sqrt(above)


def by_leaning(groups: Groups) -> Bounds | None:
    """The interval of gaps that lie on one side, put together from groups."""
    found = stratified(groups, GAP, fpc=False)
    return _ends(leaning(found, GAP) if isinstance(found, Estimate) else found)


def by_variance(groups: Groups) -> Bounds | None:
    """Wilson's interval of n_eff by the textbook's stratified variance; Kish's where that is 0."""
    total = sum(s.customers for s in groups)
    share = sum(s.customers / total * s.mean for s in groups)
    variance = sum((s.customers / total) ** 2 * s.inside / max(s.n - 1, 1) / s.n for s in groups)
    n_eff = share * (1 - share) / variance if variance else 0.0
    kish = total**2 / sum(s.customers**2 / s.n for s in groups)
    return wilson_effective(share, n_eff or kish)


def _ends(found: Estimate | Reason) -> Bounds | None:
    if isinstance(found, Estimate) and isinstance(found.interval, Interval):
        return found.interval.low, found.interval.high
    return None


def main() -> None:
    """Print lowest and highest coverage over four shapes, by tiers and sizes."""
    rng = np.random.default_rng(20261122)
    shares: list[list[Sequence[float]]] = [[(1 - p, p) for p in four] for four in SHARES]
    means: list[list[Sequence[float]]] = [[SHAPES[name] for name in mix] for mix in MIXES]
    gaps: list[list[Sequence[float]]] = [list(four) for four in ONE_SIDED]
    cases: dict[str, tuple[Method, list[list[Sequence[float]]]]] = {
        "share, Jeffreys squared and added": (reported((0.0, 1.0)), shares),
        "share, Wilson squared and added": (by_wilson, shares),
        "share, Wilson of n_eff by strata": (by_variance, shares),
        "mean": (reported((0.0, 4.0)), means),
        "gap, one-sided": (by_leaning, gaps),
        "gap, Student's": (reported(GAP), gaps),
    }
    for customers in TIERS:
        for sizes in SIZES:
            cells = []
            for method, shapes in cases.values():
                first = -3 if shapes is gaps else 0
                found = [held(customers, sizes, four, method, rng, first) for four in shapes]
                cells.append(f"{min(found):.1f}–{max(found):.1f}")
            sys.stdout.write(f"| {customers} | {sizes} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
