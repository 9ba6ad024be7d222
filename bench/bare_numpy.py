"""The limit for tallying: bare numpy filling the same counters from the same matrix.

No plan, no labels, no checks: one ``numpy.bincount`` a table over group and codes, and one
matrix product a group and item set over complete answers. What a hand-written count would
need only once is made beforehand and not timed: the rows sorted by their groups, and each
table's combined index.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reports.dataset import Dataset
from reports.tally.plan import Plan, plan_of

Matrix = NDArray[np.int8]


@dataclass(frozen=True)
class Prepared:
    """A matrix of codes (columns, n) sorted by group, the rows of each group, the indexes."""

    plan: Plan
    place: dict[str, int]
    codes: Matrix
    rows: Sequence[slice]
    indexes: Sequence[NDArray[np.intp]]


def prepare(dataset: Dataset) -> Prepared:
    """What bare numpy is given, made once and not timed."""
    plan = plan_of(dataset.instrument)
    tiers = dataset.segments["tier"]
    groups = dataset.wave.codes.astype(np.intp) * len(tiers.levels) + tiers.codes
    order = np.argsort(groups, kind="stable")
    groups = groups[order]
    names = list(dataset.columns)
    place = {name: i for i, name in enumerate(names)}
    codes = np.stack([dataset.columns[name][order] for name in names])
    ends = np.searchsorted(groups, np.arange(int(groups[-1]) + 2)).tolist()
    rows = [slice(start, stop) for start, stop in pairwise(ends)]
    indexes = []
    for table in plan.tables:
        combined = groups
        for name, length in zip(table, plan.shape(table), strict=True):
            lowest = min(plan.codes[name])
            own = codes[place[name]].astype(np.intp)
            combined = combined * length + np.where(own < 0, own + 4, own + 4 - lowest)
        indexes.append(combined)
    return Prepared(plan, place, codes, rows, indexes)


def fill(given: Prepared) -> tuple[list[NDArray[np.intp]], list[NDArray[np.float64]]]:
    """Every table and every sum of products of every group: what is timed."""
    tables = [
        np.bincount(index, minlength=len(given.rows) * math.prod(given.plan.shape(table)))
        for table, index in zip(given.plan.tables, given.indexes, strict=True)
    ]
    products = []
    for items in given.plan.matrices:
        columns = [given.place[item.column] for item in items.items]
        less = [given.place[item.less] for item in items.items if item.less is not None]
        for rows in given.rows:
            group = given.codes[:, rows]
            whole = (group[columns + less] >= 0).all(axis=0)
            values = group[columns][:, whole].astype(np.float64)
            if less:
                values -= group[less][:, whole]
            products += [values @ values.T, values.sum(axis=1)]
    return tables, products
