"""How often do intervals of figures put together from groups hold the truth? A simulation.

Run by hand (``python -m tests.reference.strata_coverage``); ``docs/methods/weighting.md`` quotes
what it prints. Four groups of customers answer, each as a sample of the process behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np

from reports.findings import Interval, Reason
from reports.statistics.estimates import Estimate, weighted
from reports.statistics.intervals import Bounds, wilson_effective
from reports.statistics.moments import Moments
from reports.statistics.strata import Stratum, stratified
from tests.reference.coverage import SHAPES

DRAWS = 2000
TIERS = ((10, 40, 150, 800), (100, 100, 100, 100))
SIZES = ((10, 30, 90, 90), (9, 20, 40, 60), (9, 10, 10, 10), (5, 5, 5, 5))
SHARES = ((0.8, 0.8, 0.8, 0.8), (0.9, 0.8, 0.7, 0.6), (0.5, 0.5, 0.9, 0.95), (0.3, 0.3, 0.02, 0.04))
MIXES = (
    ("middling",) * 4,
    ("near the top",) * 4,
    ("middling", "middling", "content", "near the top"),
    ("near the top", "content", "middling", "divided"),
)

Groups = Sequence[Stratum]
Method = Callable[[Groups], Bounds | None]


def held(
    customers: Sequence[int],
    sizes: Sequence[int],
    shapes: Sequence[Sequence[float]],
    method: Method,
    rng: np.random.Generator,
) -> float:
    """Per cent of the intervals that hold the truth; ``shapes``: of answers 0, 1, … by group."""
    codes = np.arange(len(shapes[0]))
    truth = float(np.average([np.dot(codes, p) for p in shapes], weights=customers))
    made = inside = 0
    for _ in range(DRAWS):
        ends = method(
            [
                Stratum.of(str(i), size, n, Moments.of(_counted(rng.multinomial(n, p).tolist())))
                for i, (size, n, p) in enumerate(zip(customers, sizes, shapes, strict=True))
            ]
        )
        if ends is not None:
            made += 1
            inside += ends[0] <= truth <= ends[1]
    return 100 * inside / made


def _counted(counts: Sequence[int]) -> dict[int, int]:
    return dict(enumerate(counts))


def reported(scale: Bounds) -> Method:
    """The interval of the stratified estimate, without a finite population."""
    return lambda groups: _ends(stratified(groups, scale, fpc=False))


def by_weights(groups: Groups) -> Bounds | None:
    """Wilson's interval of the weighted share: n_eff as if the groups were not known."""
    return _ends(weighted([(s.each, _answers(s)) for s in groups], (0.0, 1.0)))


def _answers(group: Stratum) -> Moments:
    """The answers 0 and 1 of a group."""
    yes = round(group.n * group.mean)
    return Moments.of({1: yes, 0: group.n - yes})


def by_variance(groups: Groups) -> Bounds | None:
    """Wilson's interval of n_eff by the textbook's stratified variance; Kish's where that is 0."""
    total = sum(s.customers for s in groups)
    share = sum(s.customers / total * s.mean for s in groups)
    variance = sum((s.customers / total) ** 2 * s.inside / (s.n - 1) / s.n for s in groups)
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
    cases: dict[str, tuple[Method, list[list[Sequence[float]]]]] = {
        "share, squared and added": (reported((0.0, 1.0)), shares),
        "share, Wilson of n_eff by strata": (by_variance, shares),
        "share, Wilson of n_eff by weights": (by_weights, shares),
        "mean": (reported((0.0, 4.0)), means),
    }
    for customers in TIERS:
        for sizes in SIZES:
            cells = []
            for method, shapes in cases.values():
                found = [held(customers, sizes, four, method, rng) for four in shapes]
                cells.append(f"{min(found):.1f}–{max(found):.1f}")
            sys.stdout.write(f"| {customers} | {sizes} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
