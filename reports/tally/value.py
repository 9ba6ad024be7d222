"""How often was each answer given? Counts that add up, and all that indicators need to know.

A :class:`Tally` holds integer counts only, so that the tally of two sets of answers together
is the sum of their tallies, exactly, in any order and on any machine: a quarter is the sum of
its months, all customers are the sum of the segments, the rest is all less one segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from instruments.model import Instrument
from reports.errors import ReportError
from reports.statistics.moment_matrix import MomentMatrix
from reports.tally.plan import MISSING, Names, Plan, plan_of

Counts = NDArray[np.int64]


class DifferentTallies(ReportError):
    """Two tallies of different plans were to be added or subtracted."""

    def __init__(self) -> None:
        super().__init__(
            "These tallies count different columns; tally both sets of answers with one instrument."
        )


class NotAPart(ReportError):
    """A tally was to be taken from one that does not contain it."""

    def __init__(self) -> None:
        super().__init__("A tally can only be subtracted from one that contains it.")


class NotCounted(ReportError, LookupError):
    """Columns were asked for that no table holds together, or items without a matrix."""

    def __init__(self, names: Names) -> None:
        super().__init__(f"The tally holds no table of {' and '.join(names)}.")


class NothingToAdd(ReportError, ValueError):
    """The union of no tallies was asked for."""

    def __init__(self) -> None:
        super().__init__("A union needs at least one tally; of no answers it is Tally.empty.")


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of n responses: ``tables`` maps column names to int64 counts.

    Shapes and order of codes stand in ``plan`` (:class:`reports.tally.plan.Plan`); ``matrices``
    maps names of item sets (:mod:`reports.tally.matrices`) to their integer sums. Tallies of
    one instrument add (``+``), and what was added can be taken away again (``-``); both raise
    :class:`DifferentTallies` for tallies of different plans.
    """

    plan: Plan
    responses: int
    tables: Mapping[Names, Counts]
    matrices: Mapping[str, MomentMatrix]

    @classmethod
    def empty(cls, instrument: Instrument) -> Tally:
        """The tally of no answers, neutral in sums."""
        plan = plan_of(instrument)
        zeros = {table: np.zeros(plan.shape(table), np.int64) for table in plan.tables}
        return cls(plan, 0, zeros, {items.name: items.empty() for items in plan.matrices})

    @classmethod
    def union(cls, tallies: Iterable[Tally]) -> Tally:
        """All these answers in one: the year of its months, the whole of its segments.

        The tallies must not share an answer. Raises :class:`NothingToAdd`,
        :class:`DifferentTallies`.
        """
        found = list(tallies)
        if not found:
            raise NothingToAdd
        return reduce(add, found)

    def matrix(self, name: str) -> MomentMatrix:
        """The sums of an item set (:mod:`reports.tally.matrices`); else :class:`NotCounted`."""
        try:
            return self.matrices[name]
        except KeyError:
            raise NotCounted((name,)) from None

    def table(self, *names: str) -> Counts:
        """Counts of these columns together, one axis each in the order named.

        Sums any table that holds them all over its other columns; :class:`NotCounted` where
        none does. Along an axis: the four kinds of missing, then the codes.
        """
        held = self.plan.holding(names)
        if held is None:
            raise NotCounted(names)
        others = tuple(i for i, name in enumerate(held) if name not in names)
        kept = [name for name in held if name in names]
        summed: Counts = self.tables[held].sum(axis=others, dtype=np.int64)
        return summed.transpose([kept.index(name) for name in names])

    def answers(self, name: str) -> Mapping[int, int]:
        """Code → how often given; the four kinds of missing are left out."""
        return dict(
            zip(self.plan.codes[name], self.table(name)[len(MISSING) :].tolist(), strict=True)
        )

    def missing(self, name: str) -> Mapping[int, int]:
        """Kind of missing (:class:`reports.dataset.Missing`) → how often."""
        return dict(zip(MISSING, self.table(name)[: len(MISSING)].tolist(), strict=True))

    def among(self, condition: str, name: str) -> Mapping[int, int]:
        """Code of ``name`` → how often given by those with 1 in the column ``condition``."""
        row = len(MISSING) + self.plan.codes[condition].index(1)
        counts = self.table(condition, name)[row, len(MISSING) :]
        return dict(zip(self.plan.codes[name], counts.tolist(), strict=True))

    def both(self, first: str, second: str) -> Mapping[tuple[int, int], int]:
        """Pair of codes → how often given together; pairs with a missing answer are left out."""
        counts = self.table(first, second)[len(MISSING) :, len(MISSING) :]
        return {
            (a, b): int(counts[i, j])
            for i, a in enumerate(self.plan.codes[first])
            for j, b in enumerate(self.plan.codes[second])
            if counts[i, j]
        }

    def __add__(self, other: Tally) -> Tally:
        self._same_plan(other)
        added = {table: counts + other.tables[table] for table, counts in self.tables.items()}
        sums = {name: matrix + other.matrices[name] for name, matrix in self.matrices.items()}
        return Tally(self.plan, self.responses + other.responses, added, sums)

    def __sub__(self, part: Tally) -> Tally:
        self._same_plan(part)
        left = {table: counts - part.tables[table] for table, counts in self.tables.items()}
        if part.responses > self.responses or any((counts < 0).any() for counts in left.values()):
            raise NotAPart
        sums = {name: matrix - part.matrices[name] for name, matrix in self.matrices.items()}
        return Tally(self.plan, self.responses - part.responses, left, sums)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return (
            self.plan == other.plan
            and self.responses == other.responses
            and all(np.array_equal(c, other.tables[t]) for t, c in self.tables.items())
            and self.matrices == other.matrices
        )

    __hash__ = None  # type: ignore[assignment]

    def _same_plan(self, other: Tally) -> None:
        if self.plan is not other.plan and self.plan != other.plan:
            raise DifferentTallies
