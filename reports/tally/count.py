"""From coded columns to counts, in one pass over the answers.

Every respondent falls into one group (wave and segment) and, for each table, into one cell;
group and cell make one number, and counting those numbers (``numpy.bincount``) fills the
table of all groups at once. Rows are taken in chunks that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reports.dataset import Codes, Dataset
from reports.derived import derive
from reports.errors import ReportError
from reports.tally.plan import MISSING, Names, Plan, plan_of
from reports.tally.value import Counts, Tally

CHUNK = 1 << 16
"""Rows counted at once; more where a table has more cells than that."""

_NOWHERE = 255

Cells = NDArray[np.intp]


class UnknownCode(ReportError):
    """A column holds a code that its question does not have."""

    def __init__(self, column: str, code: int) -> None:
        super().__init__(
            f"Column {column} holds the code {code}, which its question does not have."
        )


class UnknownField(ReportError, LookupError):
    """Answers were to be grouped by a field that they do not carry."""

    def __init__(self, field: str, known: list[str]) -> None:
        fields = ", ".join(known) or "none"
        super().__init__(f"The answers carry no segment field {field}; they carry: {fields}.")


def tally(dataset: Dataset) -> Tally:
    """All answers of a dataset in one tally. Raises :class:`UnknownCode`."""
    groups = np.zeros(dataset.size, dtype=np.intp)
    return _count(dataset, groups, 1)[0]


def tally_by(dataset: Dataset, field: str) -> Mapping[tuple[str, str], Tally]:
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


def _count(dataset: Dataset, groups: Cells, number: int) -> list[Tally]:
    plan = plan_of(dataset.instrument)
    where = {name: _places(codes) for name, codes in plan.codes.items()}
    shapes = {table: plan.shape(table) for table in plan.tables}
    totals = {t: np.zeros(number * int(np.prod(s)), np.int64) for t, s in shapes.items()}
    step = max(CHUNK, *(total.size for total in totals.values()))
    for start in range(0, dataset.size, step):
        rows = slice(start, start + step)
        columns = {name: codes[rows] for name, codes in dataset.columns.items()}
        columns.update(derive(dataset.instrument, columns))
        cells = {name: _cells(name, columns[name], where[name]) for name in plan.codes}
        for table, total in totals.items():
            _add(total, groups[rows], [cells[name] for name in table], shapes[table])
    responses = np.bincount(groups, minlength=number)
    split = {t: total.reshape(number, *shapes[t]) for t, total in totals.items()}
    return [_nth(plan, int(responses[i]), split, i) for i in range(number)]


def _places(codes: tuple[int, ...]) -> NDArray[np.uint8]:
    """Code (as an unsigned byte) → its place along an axis of a table."""
    places = np.full(256, _NOWHERE, np.uint8)
    for place, code in enumerate((*MISSING, *codes)):
        places[code % 256] = place
    return places


def _cells(name: str, codes: Codes, places: NDArray[np.uint8]) -> Cells:
    found = places[codes.view(np.uint8)]
    if found.size and found.max() == _NOWHERE:
        raise UnknownCode(name, int(codes[found == _NOWHERE][0]))
    return found.astype(np.intp)


def _add(total: Counts, groups: Cells, cells: list[Cells], shape: tuple[int, ...]) -> None:
    combined = groups
    for place, length in zip(cells, shape, strict=True):
        combined = combined * length + place
    total += np.bincount(combined, minlength=total.size)


def _nth(plan: Plan, responses: int, split: Mapping[Names, Counts], i: int) -> Tally:
    return Tally(plan, responses, {table: counts[i] for table, counts in split.items()})
