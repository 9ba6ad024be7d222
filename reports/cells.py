"""How many answered in each tier of each region? Answers counted by several fields at once.

To weight by several fields, answers are counted by all of them crossed: a cell is one segment of
each. A crossing is counted, kept and added up as any segment field is, under a name of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add
from typing import TypeVar

import numpy as np

from reports.dataset import Dataset, Labels
from reports.statistics.composite import ScoreSums
from reports.tally import Tally, UnknownField

Cell = tuple[str, ...]
"""A segment of each of the fields, in their order."""

Grouping = str | tuple[str, ...]
"""A segment field, or several crossed."""

Customers = Mapping[tuple[str, str], int]
"""(wave, segment or label of a cell) → customers."""

Counted = TypeVar("Counted")


def name_of(grouping: Grouping) -> str:
    """The name that counts by this grouping are kept under: a field's own, or 64 characters.

    >>> name_of("tier"), len(name_of(("tier", "region")))
    ('tier', 64)
    """
    if isinstance(grouping, str):
        return grouping
    return hashlib.sha256(json.dumps(grouping).encode()).hexdigest()


def label(cell: Sequence[str]) -> str:
    """A cell in one word, from which :func:`cell_of` makes it again.

    >>> cell_of(label(("A", "East, North"))) == ("A", "East, North")
    True
    """
    return json.dumps(list(cell), ensure_ascii=False, separators=(",", ":"))


def cell_of(word: str) -> Cell:
    """What :func:`label` was given."""
    return tuple(json.loads(word))


def grouped(chunks: Iterable[Dataset], grouping: Grouping) -> Iterator[Dataset]:
    """Answers in parts, with the crossing as one more segment field of the name it is kept under.

    By a single field they are as they were. Raises :class:`reports.tally.UnknownField`.
    """
    if isinstance(grouping, str):
        yield from chunks
        return
    for chunk in chunks:
        for one in grouping:
            if one not in chunk.segments:
                raise UnknownField(one, sorted(chunk.segments))
        crossed = _crossed([chunk.segments[one] for one in grouping])
        yield replace(chunk, segments={**chunk.segments, name_of(grouping): crossed})


def _crossed(fields: Sequence[Labels]) -> Labels:
    shape = tuple(max(len(own.levels), 1) for own in fields)
    places = np.ravel_multi_index([own.codes for own in fields], shape)
    present, codes = np.unique(places, return_inverse=True)
    cells = zip(*(p.tolist() for p in np.unravel_index(present, shape)), strict=True)
    levels = [label([f.levels[i] for f, i in zip(fields, cell, strict=True)]) for cell in cells]
    found = Labels.of(levels)
    return Labels(found.levels, found.codes[codes])


@dataclass(frozen=True, slots=True)
class Cells:
    """Of one wave or period: cell → its answers, and how many customers there are.

    ``fields``: the report's own first. ``customers``: of each cell, empty where they are not
    known; ``margins``: of each field by itself, where they are. ``times``: the waves it holds, in
    each of which a customer counts.
    """

    fields: tuple[str, ...]
    tallies: Mapping[Cell, Tally]
    scores: Mapping[Cell, ScoreSums]
    customers: Mapping[Cell, int]
    margins: Mapping[str, Mapping[str, int]]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Crossing:
    """What was counted by the report's own field, named first, and those weighted by, crossed.

    ``tallies``, ``scores`` and ``customers`` by (wave, label of the cell); ``margins``: field →
    (wave, segment) → customers. A wave with no customers at all in one of these is not known there.
    """

    fields: tuple[str, ...]
    tallies: Mapping[tuple[str, str], Tally]
    customers: Customers = field(default_factory=dict)
    margins: Mapping[str, Customers] = field(default_factory=dict)
    scores: Mapping[tuple[str, str], ScoreSums] = field(default_factory=dict)

    def within(self, waves: Sequence[str]) -> Cells:
        """The cells of these waves together."""
        return Cells(
            self.fields,
            {cell_of(word): Tally.union(own) for word, own in _by_name(self.tallies, waves)},
            {cell_of(word): reduce(add, own) for word, own in _by_name(self.scores, waves)},
            {cell_of(word): n for word, n in _added(self.customers, waves).items()},
            {name: _added(own, waves) for name, own in self.margins.items()},
            max(len(waves), 1),
        )


def _by_name(
    counted: Mapping[tuple[str, str], Counted], waves: Sequence[str]
) -> Iterator[tuple[str, list[Counted]]]:
    found: dict[str, list[Counted]] = {}
    for (wave, name), own in counted.items():
        if wave in waves:
            found.setdefault(name, []).append(own)
    yield from sorted(found.items())


def _added(customers: Customers, waves: Sequence[str]) -> Mapping[str, int]:
    """Customers of all these waves; none where those of a wave are not known."""
    if not set(waves) <= {wave for wave, _name in customers}:
        return {}
    found = Counter[str]()
    for (wave, name), n in customers.items():
        if wave in waves:
            found[name] += n
    return dict(sorted(found.items()))
