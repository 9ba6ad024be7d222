"""From coded columns to counts, in one pass over the answers.

Every respondent falls into one group (wave and segment) and, for each table, into one cell.
Rows are taken in stretches, put in the order of their groups, and cut into blocks that stay in
the processor's cache; group and cell make one number, and counting those numbers
(``numpy.bincount``) fills the table of all groups in a block at once. In that order the rows
of a group also lie together, as the products of the matrices want them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from instruments.model import Instrument
from reports.dataset import Codes, Dataset
from reports.derived import derive
from reports.errors import ReportError
from reports.statistics.moment_matrix import MomentMatrix
from reports.tally.cells import Cells, cells_of, places_of
from reports.tally.matrices import moment_sums
from reports.tally.plan import Names, Plan, plan_of
from reports.tally.value import Counts, Tally

STRETCH = 1 << 20
"""Rows put in the order of their groups at once."""

CHUNK = 1 << 15
"""Rows counted at once."""

Places = NDArray[np.intp]
Pair = tuple[str, str]


class UnknownField(ReportError, LookupError):
    """Answers were to be grouped by a field that they do not carry."""

    def __init__(self, field: str, known: list[str]) -> None:
        fields = ", ".join(known) or "none"
        super().__init__(f"The answers carry no segment field {field}; they carry: {fields}.")


def tally(dataset: Dataset) -> Tally:
    """All answers of a dataset in one tally. Raises :class:`UnknownCode`."""
    return _count(dataset, np.zeros(dataset.size, dtype=np.intp), 1)[0]


def tally_by(dataset: Dataset, field: str) -> Mapping[Pair, Tally]:
    """(wave, segment) → its tally, for all pairs that have answers, in sorted order.

    ``field`` names the segment field; an answer without it belongs to segment ``""``. Raises
    :class:`UnknownField`, :class:`UnknownCode`.
    """
    if field not in dataset.segments:
        raise UnknownField(field, sorted(dataset.segments))
    wave, segment = dataset.wave, dataset.segments[field]
    pairs = wave.codes.astype(np.intp) * len(segment.levels) + segment.codes
    present = np.flatnonzero(np.bincount(pairs))
    number = np.zeros(len(wave.levels) * len(segment.levels), dtype=np.intp)
    number[present] = np.arange(present.size)
    counted = _count(dataset, number[pairs], present.size)
    names = [divmod(int(pair), len(segment.levels)) for pair in present]
    found = {
        (wave.levels[w], segment.levels[s]): t for (w, s), t in zip(names, counted, strict=True)
    }
    return dict(sorted(found.items()))


def tally_stream(chunks: Iterable[Dataset], field: str) -> Mapping[Pair, Tally]:
    """As :func:`tally_by`, of answers that come in parts; only one part is held at a time.

    The parts must be answers to one instrument, else :class:`DifferentTallies` is raised.
    """
    found: dict[Pair, Tally] = {}
    for chunk in chunks:
        for pair, counted in tally_by(chunk, field).items():
            found[pair] = found[pair] + counted if pair in found else counted
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class _Counters:
    """The tables and matrices of all groups, while they are filled."""

    tables: Mapping[Names, Counts]
    matrices: Mapping[str, list[MomentMatrix]]


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows in the order of their groups: ``own`` counts up from 0, group ``first``."""

    first: int
    own: Places
    columns: Mapping[str, Codes]

    @property
    def groups(self) -> int:
        return int(self.own[-1]) + 1

    @property
    def slices(self) -> list[slice]:
        """The rows of each group."""
        ends = np.searchsorted(self.own, np.arange(self.groups + 1)).tolist()
        return [slice(start, stop) for start, stop in pairwise(ends)]


def _count(dataset: Dataset, groups: Places, number: int) -> list[Tally]:
    plan = plan_of(dataset.instrument)
    where = {name: places_of(codes) for name, codes in plan.codes.items()}
    filled = _Counters(
        {table: np.zeros((number, *plan.shape(table)), np.int64) for table in plan.tables},
        {items.name: [items.empty()] * number for items in plan.matrices},
    )
    for block in _blocks(dataset, groups, number):
        cells = {name: cells_of(name, block.columns[name], where[name]) for name in plan.codes}
        for table, total in filled.tables.items():
            _add(total, block, [cells[name] for name in table])
        for items in plan.matrices:
            sums = filled.matrices[items.name]
            for group, found in enumerate(
                moment_sums(items, block.columns, block.slices), block.first
            ):
                sums[group] = sums[group] + found
    responses = np.bincount(groups, minlength=number)
    return [_nth(plan, int(responses[i]), filled, i) for i in range(number)]


def _blocks(dataset: Dataset, groups: Places, number: int) -> Iterator[_Block]:
    for start in range(0, dataset.size, STRETCH):
        stretch = groups[start : start + STRETCH]
        kinds = stretch.astype(np.uint16) if number <= 1 << 16 else stretch
        order = np.argsort(kinds, kind="stable") if number > 1 else None
        for begin in range(0, stretch.size, CHUNK):
            if order is None:
                rows: slice | Places = slice(start + begin, start + begin + CHUNK)
                own = stretch[begin : begin + CHUNK]
            else:
                rows = order[begin : begin + CHUNK]
                own = stretch[rows]
                rows = rows + start
            yield _block(dataset.instrument, dataset.columns, rows, own)


def _block(
    instrument: Instrument, columns: Mapping[str, Codes], rows: slice | Places, own: Places
) -> _Block:
    taken = {name: codes[rows] for name, codes in columns.items()}
    taken.update(derive(instrument, taken))
    first = int(own[0])
    return _Block(first, own - first, taken)


def _add(total: Counts, block: _Block, cells: Sequence[Cells]) -> None:
    shape = total.shape[1:]
    size = block.groups * math.prod(shape)
    # Short numbers are multiplied and added several times faster.
    combined: NDArray[Any] = block.own.astype(np.uint16 if size <= 1 << 16 else np.int64)
    for place, length in zip(cells, shape, strict=True):
        combined *= combined.dtype.type(length)
        combined += place
    counted = np.bincount(combined, minlength=size)
    total[block.first : block.first + block.groups] += counted.reshape(block.groups, *shape)


def _nth(plan: Plan, responses: int, filled: _Counters, i: int) -> Tally:
    return Tally(
        plan,
        responses,
        {table: counts[i] for table, counts in filled.tables.items()},
        {name: found[i] for name, found in filled.matrices.items()},
    )
