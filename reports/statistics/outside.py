"""What would all customers outside a group have said?

Each group is compared with everybody else, so with as many groups there are as many such means,
each put together from all groups but one (:mod:`reports.statistics.strata`). One by one that takes
a time that grows with the square of their number; here the groups are columns of numbers, and
leaving one out is a slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.findings import Reason
from reports.statistics.estimates import Estimate, Precision, alone, estimate
from reports.statistics.strata import Stratum

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


def outside_each(items: Sequence[Sequence[Stratum]]) -> Iterator[list[Estimate | Reason]]:
    """Group by group: the mean of each item over all customers outside that group.

    ``items``: of each, the same groups in the same order; customers and responses of a group are
    the same for all, and no group has more responses than customers. Every estimate is that of
    :func:`reports.statistics.strata.stratified` from the other groups without the finite
    population, still without its interval.

    >>> from reports.statistics.moments import Moments
    >>> groups = [Stratum.of(name, size, 4, Moments.of({code: 3, 1: 1}))
    ...           for name, size, code in (("A", 10, 5), ("B", 40, 4), ("C", 150, 2))]
    >>> [round(found.value, 2) for (found,) in outside_each([groups])]
    [2.07, 1.89, 3.4]
    """
    if not items:
        return
    customers = np.array([s.customers for s in items[0]], dtype=np.float64)
    responses = np.array([s.responses for s in items[0]], dtype=np.float64)
    n, mean, inside = (
        np.array([[getattr(s, name) for s in strata] for strata in items], dtype=np.float64)
        for name in ("n", "mean", "inside")
    )
    for left_out in range(customers.size):
        others = customers > 0
        others[left_out] = False
        yield _estimates(
            _Groups(
                customers[others],
                responses[others],
                n[:, others],
                mean[:, others],
                inside[:, others],
            )
        )


@dataclass(frozen=True, slots=True)
class _Groups:
    """Groups as columns of numbers; ``n``, ``mean`` and ``inside`` have a row for each item."""

    customers: Floats
    responses: Floats
    n: Floats
    mean: Floats
    inside: Floats

    def together(self, starts: Whole) -> _Groups:
        """Neighbours as one, from each of the ``starts`` to the next."""
        if starts.size == self.responses.size:
            return self
        sizes = np.diff(starts, append=self.responses.size)
        n, total = _sums(self.n, starts), _sums(self.n * self.mean, starts)
        # One that stands alone keeps its mean to the last digit: its answers may be all alike.
        mean = np.where(sizes == 1, self.mean[:, starts], total / np.maximum(n, 1))
        apart = self.n * (self.mean - np.repeat(mean, sizes, axis=1)) ** 2
        inside = _sums(self.inside + apart, starts)
        return _Groups(
            _sums(self.customers, starts), _sums(self.responses, starts), n, mean, inside
        )


def _sums(values: Floats, starts: Whole) -> Floats:
    return np.add.reduceat(values, starts, axis=-1)


def _starts(responses: Floats, least: int) -> Whole:
    """Where the groups begin that :func:`reports.statistics.weighting.collapse` makes."""
    if responses.size == 0 or responses.min() >= least:
        return np.arange(responses.size)
    starts, counted = [0], 0.0
    for place, count in enumerate(responses.tolist()):
        if counted >= least:
            starts.append(place)
            counted = 0.0
        counted += count
    if counted < least and len(starts) > 1:
        starts.pop()
    return np.array(starts, dtype=np.intp)


def _estimates(groups: _Groups) -> list[Estimate | Reason]:
    """Of each item, by the formulas of :func:`reports.statistics.strata.stratified`."""
    answers = groups.n.sum(axis=1)
    merged = groups.together(_starts(groups.responses, 1))
    with np.errstate(divide="ignore", invalid="ignore"):  # items without answers are left out below
        known = _precisions(merged)
    found: list[Estimate | Reason] = []
    for n, precision in zip(answers.tolist(), known, strict=True):
        if n == 0:
            found.append(Reason.NO_ANSWERS)
        else:
            found.append(alone(precision.value) if n == 1 else estimate(precision))
    return found


def _precisions(groups: _Groups) -> list[Precision]:
    n, mean, responses = groups.n, groups.mean, groups.responses
    each = groups.customers / responses
    answers, size = n.sum(axis=1), (each * n).sum(axis=1)
    lowest, highest = (
        end(np.where(n > 0, mean, beyond), axis=1, initial=beyond)
        for end, beyond in ((np.min, np.inf), (np.max, -np.inf))
    )
    value = np.clip((each * n * mean).sum(axis=1) / size, lowest, highest)
    spread = (each * (groups.inside + _apart(groups, value))).sum(axis=1) / size
    spread *= answers / (answers - 1)
    starts = _starts(responses, 2)
    reach = _sums(groups.customers**2 / responses, starts) / size[:, np.newaxis] ** 2
    pools = groups.together(starts)
    parts, freedom = reach * _variances(pools, value, spread), pools.responses - 1
    variance = parts.sum(axis=1)
    below = (parts**2 / freedom).sum(axis=1)
    worth = size**2 / (each**2 * n).sum(axis=1)
    columns = (
        value,
        answers,
        spread,
        variance,
        np.where(below > 0, variance**2 / below, 0.0),
        worth,
    )
    return [
        Precision(value=v, n=int(a), spread=s, variance=e, freedom=f, kish=k)
        for v, a, s, e, f, k in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _variances(pools: _Groups, value: Floats, spread: Floats) -> Floats:
    """s²_h, item by item, of groups that have one spread each."""
    n, inside, responses = pools.n, pools.inside, pools.responses
    pooled = inside.sum(axis=1) / np.maximum(1, np.maximum(0, n - 1).sum(axis=1))
    pooled = np.where(pooled > 0, pooled, spread)
    squares = np.where(inside > 0, inside, (n - 1) * pooled[:, np.newaxis])
    squares = squares + _apart(pools, value) * (1 - n / responses)
    found: Floats = np.where(n > 0, squares, 0.0) / (responses - 1)
    return found


def _apart(groups: _Groups, value: Floats) -> Floats:
    found: Floats = groups.n * (groups.mean - value[:, np.newaxis]) ** 2
    return found
