"""How often do the intervals hold the truth, and the tests cry wolf?

Run by hand (``python -m tests.reference.coverage``); ``docs/methods`` quotes what it prints, and
``test_coverage`` holds it to its promises. Answers are drawn from a known distribution; an
interval of 95 % should hold the true value 95 times in 100, and a family of comparisons of
nothing but chance should have a significant one in no more than 5 reports of 100. What is a share
needs no drawing: every sample is enumerated.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import binom

from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.statistics.differences import (
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
)
from reports.statistics.families import holm
from reports.statistics.gaps import gap_interval
from reports.statistics.intervals import net_adjusted_wald, net_wald, t_interval, wilson
from reports.statistics.moments import Moments

DRAWS = 2000
SIZES = (10, 30, 100, 400)
SHAPES = {
    "middling": (0.05, 0.15, 0.30, 0.35, 0.15),
    "content": (0.01, 0.03, 0.11, 0.45, 0.40),
    "near the top": (0.005, 0.01, 0.035, 0.15, 0.80),
    "at the top": (0.005, 0.005, 0.01, 0.03, 0.95),
    "divided": (0.30, 0.15, 0.05, 0.15, 0.35),
}
"""Shares of the answers 1 to 5."""

NETS = {
    "middling": (0.25, 0.35, 0.40),
    "content": (0.10, 0.30, 0.60),
    "near the top": (0.02, 0.08, 0.90),
    "at the top": (0.01, 0.02, 0.97),
    "divided": (0.45, 0.10, 0.45),
}
"""Shares of detractors, passives and promoters."""

GAPS = {
    "middling": ("middling", "middling"),
    "raised hopes": ("near the top", "content"),
    "near the top": ("near the top", "near the top"),
    "the best expected": ("always the best", "near the top"),
    "divided": ("divided", "divided"),
}
"""Shapes of expectation and experience, which go together with a latent correlation of .5."""

ALIKE = 0.5
ALWAYS = (0.0, 0.0, 0.0, 0.0, 1.0)

Counts = Sequence[int]
Method = Callable[[Counts], Interval | Reason]
Case = tuple[Method, Sequence[float], float]
Shares = NDArray[np.float64]


def covered(
    method: Method, probabilities: Sequence[float], truth: float, n: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Share of the intervals that hold ``truth``, and the share of samples without interval."""
    held = made = 0
    for counts in rng.multinomial(n, probabilities, DRAWS).tolist():
        found = method(counts)
        if isinstance(found, Interval):
            made += 1
            held += found.low <= truth <= found.high
    return (held / made if made else 1.0), 1 - made / DRAWS


def proportions(n: int) -> Shares:
    """Coverage of Wilson's interval for p = .05, .06 … .95, every sample enumerated."""
    ends = np.array([(found.low, found.high) for found in map(_wilson(n), range(n + 1))])
    found = []
    for p in np.arange(5, 96) / 100:
        inside = (ends[:, 0] <= p) & (p <= ends[:, 1])
        found.append(float(binom.pmf(np.arange(n + 1), n, p)[inside].sum()))
    return np.array(found)


def _wilson(n: int) -> Callable[[int], Interval]:
    def made(k: int) -> Interval:
        found = wilson(k, n)
        if isinstance(found, Interval):
            return found
        raise ValueError(f"no interval for {k} of {n}")

    return made


def gap_probabilities(expected: Sequence[float], experienced: Sequence[float]) -> Shares:
    """Probabilities of the gaps -4 … 4, of two answers that go together.

    By a fine grid over the latent expectation; its error is far below that of any simulation.
    """
    cuts = [ndtri(np.clip(np.cumsum(p)[:-1], 0, 1)) for p in (expected, experienced)]
    latent = ndtri((np.arange(20_000) + 0.5) / 20_000)
    codes = np.searchsorted(cuts[0], latent)
    below = ndtr((cuts[1][None, :] - ALIKE * latent[:, None]) / np.sqrt(1 - ALIKE**2))
    chances = np.diff(np.hstack([np.zeros((len(latent), 1)), below, np.ones((len(latent), 1))]))
    gaps = np.zeros(9)
    for code in range(5):
        for experience in range(5):
            gaps[experience - code + 4] += chances[codes == code, experience].sum() / len(latent)
    total: float = gaps.sum()
    return np.asarray(gaps / total)


def reported() -> dict[str, Case]:
    """What a report shows, of every figure and shape: method, probabilities, true value."""
    found: dict[str, Case] = {}
    for name, p in SHAPES.items():
        found[f"index, as reported, {name}"] = (_mean, p, _average(range(1, 6), p))
    for name, net in NETS.items():
        found[f"NPS, adjusted Wald, {name}"] = (_adjusted, net, net[2] - net[0])
    for name, gaps in gap_shapes().items():
        found[f"gap, as reported, {name}"] = (_gap, gaps, _average(range(-4, 5), gaps))
    return found


def others() -> dict[str, Case]:
    """The same by the textbook's intervals, to see why a report shows another; and shares."""
    found: dict[str, Case] = {}
    for name, p in SHAPES.items():
        found[f"index, Student, {name}"] = (_student, p, _average(range(1, 6), p))
        found[f"top-2-box, Wilson, {name}"] = (_top2, p, p[3] + p[4])
    for name, net in NETS.items():
        found[f"NPS, Wald, {name}"] = (_wald, net, net[2] - net[0])
    for name, gaps in gap_shapes().items():
        found[f"gap, Student, {name}"] = (_paired, gaps, _average(range(-4, 5), gaps))
    return found


def gap_shapes() -> dict[str, list[float]]:
    """Probabilities of the gaps -4 … 4 by the name of their shape."""
    shapes = {**SHAPES, "always the best": ALWAYS}
    return {
        name: gap_probabilities(shapes[expected], shapes[experienced]).tolist()
        for name, (expected, experienced) in GAPS.items()
    }


def _average(codes: Sequence[int], p: Sequence[float]) -> float:
    return sum(code * q for code, q in zip(codes, p, strict=True))


def row(case: Case, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Coverage, and share of samples that gave a reason instead, by sample size."""
    return [covered(*case, n, rng) for n in SIZES]


def line(name: str, cells: Sequence[tuple[float, float]]) -> str:
    """A row in per cent; in brackets how many samples gave a reason instead."""
    texts = [
        f"{100 * held:.1f}" + (f" ({100 * without:.1f})" if without > 0.0005 else "")
        for held, without in cells
    ]
    return f"| {name} | " + " | ".join(texts) + " |"


def false_alarms(p: Sequence[float], n1: int, n2: int, rng: np.random.Generator) -> float:
    """Share of families of 8 means, a share and a net in 5 segments with a significant change."""
    alarms = 0
    for _ in range(DRAWS // 2):
        p_values = [
            value for _segment in range(5) for value in _chance(p, n1, n2, rng) if value is not None
        ]
        alarms += any(value < 0.05 for value in holm(p_values))
    return alarms / (DRAWS // 2)


def _chance(p: Sequence[float], n1: int, n2: int, rng: np.random.Generator) -> list[float | None]:
    found = []
    for _ in range(8):
        first, second = (_rated(rng.multinomial(n, p).tolist()) for n in (n1, n2))
        found.append(difference_of_means(first, second, (-4, 4), 0.95).p)
    k1, k2 = rng.binomial(n1, 0.08), rng.binomial(n2, 0.08)
    one, two = (share("r", int(k), n, 0.95, base=Base.ASKED) for k, n in ((k1, n1), (k2, n2)))
    up, down = (_net(rng.multinomial(n, NETS["near the top"]).tolist()) for n in (n1, n2))
    return [
        *found,
        difference_of_shares(one, two, 0.95).p,
        difference_of_nets(up, down, 0.95).p,
    ]


def _moments(counts: Counts) -> Moments:
    return Moments.of(dict(enumerate(counts, start=1)))


def _net(counts: Counts) -> Moments:
    return Moments.of(dict(zip((-1, 0, 1), counts, strict=True)))


def _rated(counts: Counts) -> Figure:
    return mean("m", _moments(counts), 0.95, unit=Unit.POINTS, base=Base.RATED, bounds=(1.0, 5.0))


def _student(counts: Counts) -> Interval | Reason:
    figure = _rated(counts)
    return t_interval(figure.value or 0.0, figure.se or 0.0, figure.n, (1.0, 5.0))


def _mean(counts: Counts) -> Interval | Reason:
    figure = _rated(counts)
    return figure.interval or figure.interval_reason or Reason.NO_ANSWERS


def _top2(counts: Counts) -> Interval | Reason:
    return wilson(counts[3] + counts[4], sum(counts))


def _wald(counts: Counts) -> Interval | Reason:
    return net_wald(_net(counts))


def _adjusted(counts: Counts) -> Interval | Reason:
    return net_adjusted_wald(_net(counts))


def _gap(counts: Counts) -> Interval | Reason:
    return gap_interval(dict(zip(range(-4, 5), counts, strict=True)), (-4.0, 4.0))


def _paired(counts: Counts) -> Interval | Reason:
    moments = Moments.of(dict(zip(range(-4, 5), counts, strict=True)))
    se = float(np.sqrt(moments.variance / moments.n))
    return t_interval(moments.mean, se, moments.n, (-4.0, 4.0), 0.95, "paired_t")


def main() -> None:
    """Print all tables."""
    rng = np.random.default_rng(20261122)
    lines = ["| a share, Wilson | lowest | mean |"]
    for n in SIZES:
        found = 100 * proportions(n)
        lines.append(f"| n = {n} | {found.min():.1f} | {found.mean():.1f} |")
    lines.append(f"\n| 95 % interval | {' | '.join(f'n = {n}' for n in SIZES)} |")
    cases = {**reported(), **others()}
    lines += [line(name, row(cases[name], rng)) for name in sorted(cases)]
    lines.append("\nFalse alarms by report:")
    for name, p in SHAPES.items():
        cells = [
            f"{100 * false_alarms(p, *sizes, rng):.1f} %"
            for sizes in ((30, 30), (30, 400), (400, 400))
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
