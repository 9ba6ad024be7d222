"""How often do the tests of a panel cry wolf, when the same customers answer again?

Run by hand (``python -m tests.reference.panels``); ``docs/methods/changes.md`` quotes what it
prints. Two waves of answers are drawn that differ by nothing but chance; some customers are in
both, and their two answers are alike as far as a latent correlation of .6 makes them. A test at
5 % should find a difference in no more than about 5 of 100.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from reports.findings import Figure, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.statistics.moments import Moments
from reports.statistics.paired import Pairs, change_of_means, change_of_nets, change_of_shares
from tests.reference.coverage import SHAPES

DRAWS = 2000
ALIKE = 0.6
SIZES = ((30, 30, 0), (30, 30, 15), (30, 30, 29), (30, 30, 30), (30, 400, 30), (400, 400, 300))
"""Answers of the first wave, of the second, and of both."""

Codes = NDArray[np.int64]


def waves(
    p: Sequence[float], sizes: tuple[int, int, int], rng: np.random.Generator
) -> tuple[Codes, Codes]:
    """Answers 0, 1, … of two waves, whose first ones are of the same people."""
    n1, n2, both = sizes
    first, second = rng.standard_normal(n1), rng.standard_normal(n2)
    second[:both] = ALIKE * first[:both] + np.sqrt(1 - ALIKE**2) * second[:both]
    cuts = ndtri(np.cumsum(p)[:-1])
    return np.searchsorted(cuts, first), np.searchsorted(cuts, second)


def alarms(
    p: Sequence[float], sizes: tuple[int, int, int], rng: np.random.Generator
) -> list[float]:
    """Share of significant differences of means, of top-2-boxes and of net scores, in per cent."""
    found = np.zeros(3)
    for _ in range(DRAWS):
        first, second = waves(p, sizes, rng)
        found += [value is not None and value < 0.05 for value in p_values(first, second, sizes[2])]
    return [float(share) for share in 100 * found / DRAWS]


def p_values(first: Codes, second: Codes, both: int) -> list[float | None]:
    """Of the mean, the top-2-box and the net score (best box less the lowest three of five)."""
    pairs = _pairs(first[:both], second[:both])
    means = change_of_means(_rated(first), _rated(second), pairs, (-4, 4), 0.95)
    tops = [(wave >= 3).astype(np.int64) for wave in (first, second)]
    yes = _pairs(tops[0][:both], tops[1][:both])
    shares = change_of_shares(_share(tops[0]), _share(tops[1]), yes, 0.95)
    nets = [np.where(wave == 4, 1, np.where(wave == 3, 0, -1)) for wave in (first, second)]
    scored = _pairs(nets[0][:both], nets[1][:both])
    net = change_of_nets(_moments(nets[0]), _moments(nets[1]), scored, 0.95)
    return [means.p, shares.p, net.p]


def _pairs(first: Codes, second: Codes) -> Pairs:
    answers, times = np.unique(np.stack([first, second]), axis=1, return_counts=True)
    return Pairs.of(dict(zip(map(tuple, answers.T.tolist()), times.tolist(), strict=True)))


def _moments(codes: Codes) -> Moments:
    return Moments(len(codes), int(codes.sum()), int((codes**2).sum()))


def _rated(codes: Codes) -> Figure:
    moments = _moments(codes)
    return mean("m", moments, 0.95, unit=Unit.POINTS, base=Base.RATED, bounds=(0.0, 4.0))


def _share(codes: Codes) -> Figure:
    return share("s", int(codes.sum()), len(codes), 0.95, base=Base.ASKED)


def main() -> None:
    """Print a line for each shape and overlap."""
    rng = np.random.default_rng(20261122)
    sys.stdout.write("| answers | first, second, both | mean | top-2-box | net score |\n")
    for name, p in SHAPES.items():
        for sizes in SIZES:
            cells = " | ".join(f"{value:.1f}" for value in alarms(p, sizes, rng))
            sys.stdout.write(f"| {name} | {', '.join(map(str, sizes))} | {cells} |\n")


if __name__ == "__main__":
    main()
