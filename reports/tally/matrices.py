"""Which items are looked at all together, and what are the sums of their products?

Reliability, key drivers and estimated weights need how several items vary together, over the
respondents who answered all of them. For each such set of items a tally keeps the integer
sums of their codes and of the products of any two
(:class:`reports.statistics.moment_matrix.MomentMatrix`):

``drivers``
    every experience question, overall satisfaction last; named by question.
``ratings``, ``expectations``
    every experience question; every expectation question; named by question.
``acsi``
    satisfaction, confirmation, ideal: where all three are asked; named by question.
``gaps``, ``gap:<dimension>``
    experience less expectation, of every attribute that is asked both ways on one scale, and
    of those of one dimension; below 0 is a shortfall on any scale; named by attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from instruments.model import Better, Instrument, Question, Role
from reports.dataset import Codes
from reports.statistics.moment_matrix import MomentMatrix

DRIVERS = "drivers"
RATINGS = "ratings"
EXPECTATIONS = "expectations"
THREE = "acsi"
GAPS = "gaps"

EXACT = 1 << 24
"""Whole numbers up to this are exact in single precision; in double, up to 2⁵³."""


@dataclass(frozen=True, slots=True)
class Item:
    """``factor`` × (the code in ``column`` less that in ``less``, where there is one)."""

    name: str
    column: str
    less: str | None = None
    factor: int = 1


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Items whose sums and products are kept; ``largest``: the largest size of a value."""

    name: str
    items: tuple[Item, ...]
    largest: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the items, in order."""
        return tuple(item.name for item in self.items)

    def empty(self) -> MomentMatrix:
        """The sums over nobody."""
        d = len(self.items)
        return MomentMatrix(self.names, 0, np.zeros(d, np.int64), np.zeros((d, d), np.int64))


def item_sets(instrument: Instrument) -> tuple[ItemSet, ...]:
    """The sets of items that an instrument asks for; none is empty."""
    return tuple(found for found in _item_sets(instrument) if found.items)


def gap_pairs(instrument: Instrument) -> Mapping[str, tuple[Question, Question]]:
    """Attribute → its expectation and experience question, where one can be taken from the other.

    Both must have the same codes and the same good end.
    """
    experiences = instrument.about(Role.EXPERIENCE)
    pairs = (
        (attribute, expectation, experiences[attribute])
        for attribute, expectation in instrument.about(Role.EXPECTATION).items()
        if attribute in experiences
    )
    return {
        attribute: (expectation, experience)
        for attribute, expectation, experience in pairs
        if expectation.codes == experience.codes and expectation.better is experience.better
    }


def moment_sums(
    wanted: ItemSet, columns: Mapping[str, Codes], groups: Iterable[slice]
) -> Iterator[MomentMatrix]:
    """The sums over each group of rows; who has an item missing is left out of all sums.

    Rows come in blocks far too short for a sum of products to leave the whole numbers that
    floating point holds exactly; so multiplying there is many times faster than in whole
    numbers, and differs in no digit.
    """
    values = _values(wanted, columns)
    short = wanted.largest**2 * values.shape[1] <= EXACT
    values = values.astype(np.float32 if short else np.float64)
    for part in groups:
        own = values[:, part]
        products = (own @ own.T).astype(np.int64)
        yield MomentMatrix(
            wanted.names, int(products[0, 0]), products[0, 1:].copy(), products[1:, 1:].copy()
        )


def _values(wanted: ItemSet, columns: Mapping[str, Codes]) -> NDArray[Any]:
    """A row of ones, then the items: shape (d + 1, n); all 0 for who has an item missing."""
    used = {name: columns[name] for item in wanted.items for name in _needed(item)}
    whole = np.minimum.reduce(list(used.values())) >= 0
    values = np.empty((1 + len(wanted.items), whole.size), np.int8)
    values[0] = 1
    for place, item in enumerate(wanted.items, start=1):
        if item.less is None:
            values[place] = columns[item.column]
        else:
            np.subtract(columns[item.column], columns[item.less], out=values[place])
        if item.factor != 1:
            values[place] *= np.int8(item.factor)
    values *= whole
    return values


def _needed(item: Item) -> tuple[str, ...]:
    return (item.column,) if item.less is None else (item.column, item.less)


def _item_sets(instrument: Instrument) -> Iterator[ItemSet]:
    experiences = tuple(instrument.about(Role.EXPERIENCE).values())
    overall = instrument.first(Role.OVERALL)
    if overall is not None and experiences:
        yield _as_answered(DRIVERS, (*experiences, overall))
    yield _as_answered(RATINGS, experiences)
    yield _as_answered(EXPECTATIONS, tuple(instrument.about(Role.EXPECTATION).values()))
    three = [instrument.first(role) for role in (Role.OVERALL, Role.CONFIRMATION, Role.IDEAL)]
    asked = tuple(question for question in three if question is not None)
    if len(asked) == len(three):
        yield _as_answered(THREE, asked)
    yield from _gap_sets(instrument)


def _as_answered(name: str, questions: tuple[Question, ...]) -> ItemSet:
    largest = max((code for question in questions for code in question.codes), default=0)
    return ItemSet(name, tuple(Item(q.id, q.id) for q in questions), largest)


def _gap_sets(instrument: Instrument) -> Iterator[ItemSet]:
    pairs = gap_pairs(instrument)
    items = {
        attribute: Item(
            attribute, experience.id, expectation.id, -1 if experience.better is Better.LOW else 1
        )
        for attribute, (expectation, experience) in pairs.items()
    }
    widest = {
        attribute: max(experience.codes) - min(experience.codes)
        for attribute, (_expectation, experience) in pairs.items()
    }
    yield ItemSet(GAPS, tuple(items.values()), max(widest.values(), default=0))
    of = {a.id: a.dimension for a in instrument.attributes if a.id in items and a.dimension}
    for dimension in dict.fromkeys(of.values()):
        own = [attribute for attribute in of if of[attribute] == dimension]
        yield ItemSet(
            f"{GAPS[:-1]}:{dimension}",
            tuple(items[attribute] for attribute in own),
            max(widest[attribute] for attribute in own),
        )
