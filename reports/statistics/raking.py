"""What must answers weigh when several divisions of the customers are known, each for itself?

How many customers belong to each tier is known, and how many to each region, but not how many of
each tier in each region. Raking (iterative proportional fitting; Deming & Stephan 1940) scales the
answers to one division after the other until all fit at once. The result says how many rounds
that took and how well the margins are met: it is never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reports.errors import ReportError
from reports.findings import Reason
from reports.statistics.weighting import DesignEffect, Group, collapse, kish

TOLERANCE = 1e-6
"""Margins are met when none is off by more than this part of it."""

ROUNDS = 200
"""Rounds before raking gives up and says so."""

TRIMS = 50
"""Times that weights are cut and raked again before it gives up and says so."""

Floats = NDArray[np.float64]
Parts = NDArray[np.int64]


class MarginsDiffer(ReportError):
    """The divisions do not divide the same customers."""

    def __init__(self, totals: Sequence[float]) -> None:
        listed = ", ".join(f"{total:g}" for total in totals)
        super().__init__(f"The margins to rake to must share one total, but have {listed}.")


class MarginMisfit(ReportError):
    """A margin does not fit the table of answers."""

    def __init__(self, shape: Sequence[int], lengths: Sequence[int]) -> None:
        super().__init__(
            f"A table of answers of shape {tuple(shape)} needs a margin for each side, "
            f"as long as that side; the margins have lengths {tuple(lengths)}."
        )


@dataclass(frozen=True, slots=True)
class Margin:
    """One division of the customers: the names of its parts, and how many customers each has."""

    names: tuple[str, ...]
    customers: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """Weights that make the answers fit the margins, and how well they do.

    ``weights``: what one answer of each cell weighs (mean over the answers 1; 0 in parts without
    customers); ``customers``: the raked table itself, which sums to the number of customers.
    ``error``: the largest relative error of a margin; ``converged``: whether it is within
    :data:`TOLERANCE` and, where ``limits`` were given, all weights within those. ``rounds`` counts
    all passes over the margins, those after trimming included. ``groups``: of each margin, its
    parts that have customers, those that had no answers together with a neighbour.
    """

    weights: Floats
    customers: Floats
    rounds: int
    error: float
    converged: bool
    limits: tuple[float, float] | None
    groups: tuple[tuple[Group, ...], ...]
    effect: DesignEffect

    @property
    def collapsed(self) -> tuple[Group, ...]:
        """The groups of more than one part."""
        return tuple(group for own in self.groups for group in own if len(group) > 1)


def rake(
    answers: ArrayLike, margins: Sequence[Margin], limits: tuple[float, float] | None = None
) -> Raked | Reason:
    """Rake a table of answers, one side a division, to how many customers each part has.

    A part that has customers and no answers is put together with its neighbour in the order of
    the margin. A cell in which nobody answered stays empty. With ``limits`` (usually
    0.3 to 3) weights beyond them are cut and the table is raked again, until all fit: the
    weights are then less extreme, and answers of rare kinds no longer stand for dozens.

    MarginMisfit, MarginsDiffer: margins that cannot be those of this table.

    >>> table = [[12, 132], [3, 11], [8, 17]]
    >>> school = Margin(("E", "H", "M"), (4421, 755, 1018))
    >>> found = rake(table, [school, Margin(("No", "Yes"), (1072, 5122))])
    >>> found.converged, found.customers.round(2).tolist()
    (True, [[478.07, 3942.93], [201.38, 553.62], [392.55, 625.45]])
    """
    counts = np.array(answers, dtype=np.float64)
    _check(counts, margins)
    for axis, margin in enumerate(margins):
        counts *= _along(np.array(margin.customers) > 0, axis, counts.ndim)
    n = int(counts.sum())
    if n == 0:
        return Reason.NO_ANSWERS
    sides = [_side(counts, axis, margin) for axis, margin in enumerate(margins)]
    table, rounds, error = _fit(counts, sides)
    scale = n / sides[0].targets.sum()
    weights = _weights(table, counts, scale)
    for _trim in range(TRIMS if limits else 0):
        if _inside(weights, limits):
            break
        trimmed = np.where(weights > 0, np.clip(weights, *limits), 0.0) if limits else weights
        table, more, error = _fit(counts * trimmed, sides)
        rounds, weights = rounds + more, _weights(table, counts, scale)
    return Raked(
        weights,
        table,
        rounds,
        error,
        converged=error < TOLERANCE and _inside(weights, limits),
        limits=limits,
        groups=tuple(side.named for side in sides),
        effect=kish(
            zip(weights.ravel().tolist(), counts.ravel().astype(int).tolist(), strict=True)
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """A margin as raked to: the group each part belongs to, and the customers of each group."""

    groups: Parts
    targets: Floats
    named: tuple[Group, ...]


def _check(counts: Floats, margins: Sequence[Margin]) -> None:
    lengths = [len(margin.customers) for margin in margins]
    if lengths != list(counts.shape) or lengths != [len(margin.names) for margin in margins]:
        raise MarginMisfit(counts.shape, lengths)
    totals = [float(sum(margin.customers)) for margin in margins]
    if not np.allclose(totals, totals[0], rtol=1e-9, atol=0.0):
        raise MarginsDiffer(totals)


def _side(counts: Floats, axis: int, margin: Margin) -> _Side:
    answered = dict(zip(margin.names, _margin(counts, axis).astype(int).tolist(), strict=True))
    customers = dict(zip(margin.names, margin.customers, strict=True))
    groups = collapse([name for name in margin.names if customers[name] > 0], answered)
    # Parts without customers are in no group: they share one of their own, of nobody.
    of = {name: i for i, group in enumerate(groups) for name in group}
    targets = [sum(customers[name] for name in group) for group in groups]
    return _Side(
        np.array([of.get(name, len(groups)) for name in margin.names]),
        np.array([*targets, 0.0], dtype=np.float64),
        groups,
    )


def _fit(table: Floats, sides: Sequence[_Side]) -> tuple[Floats, int, float]:
    """The table scaled to its sides in turn, the rounds that took, and the largest error left."""
    rounds, error = 0, np.inf
    while error >= TOLERANCE and rounds < ROUNDS:
        rounds += 1
        for axis, side in enumerate(sides):
            have = _grouped(table, axis, side)
            factors = np.divide(side.targets, have, out=np.ones_like(have), where=have > 0)
            table = table * _along(factors[side.groups], axis, table.ndim)
        error = max(_error(table, axis, side) for axis, side in enumerate(sides))
    return table, rounds, error


def _error(table: Floats, axis: int, side: _Side) -> float:
    asked = side.targets > 0
    have, targets = _grouped(table, axis, side)[asked], side.targets[asked]
    return float(np.max(np.abs(have / targets - 1)))


def _grouped(table: Floats, axis: int, side: _Side) -> Floats:
    sums = np.zeros(len(side.targets))
    np.add.at(sums, side.groups, _margin(table, axis))
    return sums


def _margin(table: Floats, axis: int) -> Floats:
    found: Floats = table.sum(axis=tuple(i for i in range(table.ndim) if i != axis))
    return found


def _along(values: NDArray[Any], axis: int, dimensions: int) -> NDArray[Any]:
    return values.reshape([-1 if i == axis else 1 for i in range(dimensions)])


def _weights(table: Floats, counts: Floats, scale: float) -> Floats:
    return np.divide(table * scale, counts, out=np.zeros_like(table), where=counts > 0)


def _inside(weights: Floats, limits: tuple[float, float] | None) -> bool:
    """Whether all weights are within the limits, or one in a thousand beyond them."""
    if limits is None:
        return True
    used = weights[weights > 0]
    return bool(used.min() > limits[0] * (1 - 1e-3) and used.max() < limits[1] * (1 + 1e-3))
