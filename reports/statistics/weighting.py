"""How much must each group's answers weigh, so that together they look like all customers?

Large customers are all asked and small ones sampled, some groups answer more than others: then
the plain mean of the answers is not the mean of the customers. Post-stratification weights make
each group count as often as it occurs among the customers; raking (:mod:`.raking`) does so for
several divisions at once. What weighting costs in precision is Kish's design effect.

Weights are scaled so that their mean over the answers is 1. A figure *within* one group needs
no weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.findings import Reason

Group = tuple[str, ...]
"""The names of the cells that are treated as one, in their order."""


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """``n`` answers with unequal weights are worth ``n_eff`` equal ones; ``deff`` = n/n_eff."""

    n: int
    n_eff: float
    deff: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Customers and answers of a group, and what one of its answers weighs."""

    group: Group
    population: int
    n: int
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Post-stratification weights, cell by cell, and what they cost.

    ``collapsed`` names the groups made of several cells because one of them had too few answers.
    """

    cells: tuple[Cell, ...]
    effect: DesignEffect

    @property
    def collapsed(self) -> tuple[Group, ...]:
        """The groups of more than one cell."""
        return tuple(cell.group for cell in self.cells if len(cell.group) > 1)

    def of(self, name: str) -> float:
        """What an answer of the cell ``name`` weighs; LookupError for a name that is not there."""
        for cell in self.cells:
            if name in cell.group:
                return cell.weight
        raise LookupError(f"no cell {name}")


def kish(weighted: Iterable[tuple[float, int]]) -> DesignEffect:
    """Kish's design effect of (weight, number of answers with it), any scale of weights.

    n_eff = (Σw)²/Σw², deff = n Σw²/(Σw)² = 1 + the squared coefficient of variation (divisor n)
    (Kish 1965, section 11.7; 1992, J. Official Statistics 8: 183). Answers of weight 0 are none;
    with nothing left, all is 0 and deff 1.

    >>> kish([(1, 50), (2, 50)])
    DesignEffect(n=100, n_eff=90.0, deff=1.1111111111111112)
    """
    pairs = [(weight, n) for weight, n in weighted if weight > 0 and n > 0]
    n = sum(count for _weight, count in pairs)
    if n == 0:
        return DesignEffect(0, 0.0, 1.0)
    total = sum(weight * count for weight, count in pairs)
    squares = sum(weight**2 * count for weight, count in pairs)
    return DesignEffect(n, total**2 / squares, n * squares / total**2)


def poststratify(populations: Mapping[str, int], answers: Mapping[str, int]) -> Weights | Reason:
    """Weights w = (N_h/N)/(n_h/n) that give every cell its part of the customers.

    ``populations``: customers by cell; ``answers``: answers by cell, 0 where a cell is not named.
    A cell with customers but no answers is treated as one with its neighbour
    (:func:`collapse`), so the order of ``populations`` should put like beside like.

    >>> weights = poststratify({"A": 10, "B": 40, "C": 150, "D": 800}, {"A": 9, "B": 0, "C": 31,
    ...     "D": 60})
    >>> weights.collapsed, round(weights.of("A"), 3), round(weights.of("D"), 3)
    ((('B', 'C'),), 0.111, 1.333)
    >>> round(weights.effect.deff, 2)
    1.18
    """
    n, population = sum(answers.values()), sum(populations.values())
    if n == 0:
        return Reason.NO_ANSWERS
    if any(count > populations.get(name, 0) for name, count in answers.items()):
        return Reason.MORE_ANSWERS_THAN_CUSTOMERS
    cells = []
    for group in collapse([name for name, customers in populations.items() if customers], answers):
        customers = sum(populations[name] for name in group)
        counted = sum(answers.get(name, 0) for name in group)
        cells.append(Cell(group, customers, counted, customers / population * n / counted))
    return Weights(tuple(cells), kish((cell.weight, cell.n) for cell in cells))


def collapse(names: Sequence[str], answers: Mapping[str, int], least: int = 1) -> tuple[Group, ...]:
    """Neighbours put together until every group has at least ``least`` answers.

    In the order given, a group that has too few takes in the next cell; what is left over at the
    end joins the group before. All in one group where even together they are too few.

    >>> collapse(["A", "B", "C", "D"], {"A": 9, "C": 30, "D": 0})
    (('A',), ('B', 'C', 'D'))
    """
    groups: list[Group] = []
    waiting: Group = ()
    counted = 0
    for name in names:
        waiting, counted = (*waiting, name), counted + answers.get(name, 0)
        if counted >= least:
            groups.append(waiting)
            waiting, counted = (), 0
    if waiting and groups:
        groups[-1] = (*groups[-1], *waiting)
    elif waiting:
        groups.append(waiting)
    return tuple(groups)
