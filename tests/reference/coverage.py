"""How often do the intervals hold the truth, and the tests cry wolf? A simulation.

Run by hand (``python -m tests.reference.coverage``); ``docs/methods`` quotes what it prints.
Answers are drawn from a known distribution; an interval of 95 % should hold the true value 95
times in 100, and a family of comparisons of nothing but chance should have a significant one
in no more than 5 reports of 100.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np

from reports.findings import Figure, Interval, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, share
from reports.statistics.differences import (
    difference_of_means,
    difference_of_nets,
    difference_of_shares,
)
from reports.statistics.families import holm
from reports.statistics.intervals import net_adjusted_wald, net_wald, t_interval, wilson
from reports.statistics.moments import Moments

DRAWS = 4000
SIZES = (5, 10, 30, 100, 400)
SHAPES = {
    "middling": (0.05, 0.15, 0.30, 0.35, 0.15),
    "content": (0.01, 0.03, 0.11, 0.45, 0.40),
    "near the top": (0.005, 0.01, 0.035, 0.15, 0.80),
    "at the top": (0.005, 0.005, 0.01, 0.03, 0.95),
    "divided": (0.30, 0.15, 0.05, 0.15, 0.35),
}
NETS = {"middling": (0.25, 0.35, 0.40), "near the top": (0.02, 0.08, 0.90)}

Counts = Sequence[int]
Method = Callable[[Counts], Interval | Reason]


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
    return (held / made if made else float("nan")), 1 - made / DRAWS


def coverage(rng: np.random.Generator) -> list[str]:
    """A line for each method and distribution: coverage by sample size."""
    lines = []
    for name, p in SHAPES.items():
        truth = sum(code * q for code, q in enumerate(p, start=1))
        lines.append(line(f"mean, Student, {name}", _student, p, truth, rng))
        lines.append(line(f"mean, as reported, {name}", _mean, p, truth, rng))
        lines.append(line(f"top-2-box, Wilson, {name}", _top2, p, p[3] + p[4], rng))
    for name, net in NETS.items():
        lines.append(line(f"NPS, Wald, {name}", _wald, net, net[2] - net[0], rng))
        lines.append(line(f"NPS, adjusted Wald, {name}", _adjusted, net, net[2] - net[0], rng))
    return lines


def line(
    name: str, method: Method, p: Sequence[float], truth: float, rng: np.random.Generator
) -> str:
    """Coverage in per cent by sample size; in brackets how many samples gave a reason instead."""
    cells = []
    for n in SIZES:
        held, without = covered(method, p, truth, n, rng)
        cells.append(f"{100 * held:.1f}" + (f" ({100 * without:.1f})" if without > 0.0005 else ""))
    return f"| {name} | " + " | ".join(cells) + " |"


def false_alarms(p: Sequence[float], n1: int, n2: int, rng: np.random.Generator) -> float:
    """Share of families of 8 means, a share and a net in 5 segments with a significant change."""
    alarms = 0
    for _ in range(DRAWS // 4):
        p_values = [
            value for _segment in range(5) for value in _chance(p, n1, n2, rng) if value is not None
        ]
        alarms += any(value < 0.05 for value in holm(p_values))
    return alarms / (DRAWS // 4)


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


def main() -> None:
    """Print both tables."""
    rng = np.random.default_rng(20261122)
    heading = f"| 95 % interval | {' | '.join(f'n = {n}' for n in SIZES)} |"
    lines = [heading, *coverage(rng), "", "False alarms by report:"]
    for name, p in SHAPES.items():
        for n1, n2 in ((30, 30), (30, 400), (400, 400)):
            alarms = 100 * false_alarms(p, n1, n2, rng)
            lines.append(f"| {name} | {n1} against {n2} | {alarms:.1f} % |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
