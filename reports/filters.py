"""What do these customers say, and only these? Answers picked by what is known and what was said.

An ad-hoc question (gold customers in the north who met a problem) is a set of conditions that
all must hold. They are checked on the coded columns, part by part, and what is left is a dataset
like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.dataset import Codes, Dataset
from reports.derived import derive, derived_codes
from reports.errors import ReportError
from reports.tally import UnknownField


class UnknownColumn(ReportError, LookupError):
    """Answers were to be picked by a column that they do not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The answers have no column {name}.")


@dataclass(frozen=True, slots=True)
class InSegment:
    """The segment ``field`` is one of ``values`` (``""``: answers without it)."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """The ``column``, which may be a derived one, holds one of ``codes``.

    A kind of missing is a code as well (:class:`reports.dataset.Missing`).
    """

    column: str
    codes: frozenset[int]


Condition = InSegment | Answered


def filtered(chunks: Iterable[Dataset], conditions: Sequence[Condition]) -> Iterator[Dataset]:
    """Of each part the respondents for whom all conditions hold, in their order.

    Without conditions that is everybody. Raises :class:`UnknownColumn` and
    :class:`reports.tally.UnknownField`.
    """
    for chunk in chunks:
        columns = _columns(chunk, conditions)
        hold = np.ones(chunk.size, np.bool_)
        for condition in conditions:
            hold &= _holds(chunk, columns, condition)
        yield chunk.at(np.flatnonzero(hold))


def _columns(chunk: Dataset, conditions: Sequence[Condition]) -> Mapping[str, Codes]:
    """The columns of a part, with the derived ones where a condition asks for one."""
    asked = {condition.column for condition in conditions if isinstance(condition, Answered)}
    if asked & derived_codes(chunk.instrument).keys():
        return {**chunk.columns, **derive(chunk.instrument, chunk.columns)}
    return chunk.columns


def _holds(chunk: Dataset, columns: Mapping[str, Codes], condition: Condition) -> NDArray[np.bool_]:
    if isinstance(condition, InSegment):
        if condition.field not in chunk.segments:
            raise UnknownField(condition.field, sorted(chunk.segments))
        labels = chunk.segments[condition.field]
        wanted = np.array([level in condition.values for level in labels.levels], np.bool_)
        return wanted[labels.codes]
    if condition.column not in columns:
        raise UnknownColumn(condition.column)
    return np.isin(columns[condition.column], list(condition.codes))
