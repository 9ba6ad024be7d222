"""How are tallies kept, so that what was counted once is never counted again?

Packed tallies are the counts of one plan one after the other, compressed: most counts are
small and many are zero. What they count is not told again, but for the plan's digest: who
unpacks must name the same plan. Pairs are packed alike (:mod:`reports.tally.packed_pairs`).
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from reports.errors import ReportError
from reports.statistics.moment_matrix import MomentMatrix
from reports.tally.plan import Plan
from reports.tally.value import Counts, Tally

COUNT = np.dtype("<i8")
FAST = 1
"""Level of compression: higher ones take far longer and save little."""


class DamagedTallies(ReportError):
    """Packed tallies are not whole, or of another plan."""

    def __init__(self) -> None:
        super().__init__("These packed tallies are damaged or count something else.")


def digest(plan: Plan) -> str:
    """The same for plans that count the same in the same order, 64 characters."""
    told = repr((tuple(plan.codes.items()), plan.tables, plan.matrices))
    return hashlib.sha256(told.encode()).hexdigest()


def pack(tallies: Mapping[str, Tally]) -> bytes:
    """Segment → tally, all of one plan, as bytes."""
    return framed({name: _numbers(tally) for name, tally in tallies.items()})


def unpack(content: bytes, plan: Plan) -> Mapping[str, Tally]:
    """What :func:`pack` was given; raises :class:`DamagedTallies`."""
    return {name: _tally(plan, own) for name, own in unframed(content, _length(plan)).items()}


def framed(rows: Mapping[str, Iterable[Counts]]) -> bytes:
    """Names, and the counts of each, part after part; all names have equally many."""
    names = json.dumps(list(rows)).encode()
    parts = [part for row in rows.values() for part in row]
    counts = np.concatenate([np.empty(0, COUNT), *parts]).astype(COUNT)
    return zlib.compress(len(names).to_bytes(8, "little") + names + counts.tobytes(), FAST)


def unframed(content: bytes, length: int) -> Mapping[str, Counts]:
    """What :func:`framed` was given, ``length`` counts a name; raises :class:`DamagedTallies`."""
    try:
        whole = zlib.decompress(content)
        start = 8 + int.from_bytes(whole[:8], "little")
        names = json.loads(whole[8:start])
        counts = np.frombuffer(memoryview(whole)[start:], COUNT).astype(np.int64)
    except (zlib.error, ValueError, RecursionError):
        raise DamagedTallies from None
    if not _are_names(names) or counts.size != len(names) * length:
        raise DamagedTallies
    return dict(zip(names, counts.reshape(len(names), length), strict=True))


def _are_names(found: object) -> TypeGuard[list[str]]:
    """Whether these are names, each once."""
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        return False
    return len(set(found)) == len(found)


def _numbers(tally: Tally) -> Iterator[NDArray[np.int64]]:
    yield np.array([tally.responses])
    yield from (tally.tables[table].ravel() for table in tally.plan.tables)
    for items in tally.plan.matrices:
        matrix = tally.matrices[items.name]
        yield from (np.array([matrix.n]), matrix.sums, matrix.products.ravel())


def _length(plan: Plan) -> int:
    cells = sum(math.prod(plan.shape(table)) for table in plan.tables)
    sums = sum(1 + len(items.items) + len(items.items) ** 2 for items in plan.matrices)
    return 1 + cells + sums


def _tally(plan: Plan, counts: Counts) -> Tally:
    at = 1

    def take(size: int) -> Counts:
        nonlocal at
        at += size
        return counts[at - size : at]

    tables = {
        table: take(math.prod(plan.shape(table))).reshape(plan.shape(table))
        for table in plan.tables
    }
    matrices = {}
    for items in plan.matrices:
        d = len(items.items)
        n, sums, products = int(take(1)[0]), take(d), take(d * d).reshape(d, d)
        matrices[items.name] = MomentMatrix(items.names, n, sums, products)
    return Tally(plan, int(counts[0]), tables, matrices)
