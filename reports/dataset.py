"""Which answers are there: coded columns, segments and waves, ready to be counted.

A :class:`Dataset` is what every report starts from. It knows nothing of databases or web
pages; a test builds one from a literal. Codes are as the respondent gave them, never
recoded; what is no point of a scale is one of four negative codes, which no sum or share
ever takes for a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from instruments.model import Instrument

Codes = NDArray[np.int8]


class Missing(IntEnum):
    """Why there is no code: four different things, all outside any scale."""

    NO_ANSWER = -1  # asked, left blank
    REFUSED = -2  # asked, declined
    NOT_APPLICABLE = -3  # does not apply, or was not asked for that reason
    DONT_KNOW = -4  # asked, said they can't tell


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A column of labels, stored as numbers: ``levels[codes[i]]`` is respondent *i*'s label.

    >>> column = Labels.of(["D", "A", "D"])
    >>> column.levels, column.codes.tolist()
    (('A', 'D'), [1, 0, 1])
    """

    levels: tuple[str, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: list[str]) -> Labels:
        """From one label a respondent; levels are sorted, so order of arrival is forgotten."""
        levels = tuple(sorted(set(values)))
        place = {level: i for i, level in enumerate(levels)}
        return cls(levels, np.array([place[v] for v in values], dtype=np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Labels]) -> Labels:
        """One column after the other; levels sorted.

        >>> Labels.joined([Labels.of(["D", "A"]), Labels.of(["B"])]).levels
        ('A', 'B', 'D')
        """
        levels = tuple(sorted({level for part in parts for level in part.levels}))
        place = {level: i for i, level in enumerate(levels)}
        codes = [
            np.array([place[level] for level in part.levels], np.int32)[part.codes]
            for part in parts
        ]
        return cls(levels, np.concatenate([np.empty(0, np.int32), *codes]))

    def at(self, rows: NDArray[np.intp]) -> Labels:
        """The labels in these rows, in this order."""
        return Labels(self.levels, self.codes[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Answers of n respondents to one instrument.

    ``columns``: name (``instruments.model.Column.name``) → int8 codes, shape (n,).
    ``wave``: each answer's period, e.g. ``2026-10``. ``segments``: field (``tier``) → labels,
    as stamped when the answer was given; an answer without the field carries ``""``.
    ``customer``: who answered, where that is known and needed to find the same customer in
    another wave, ``""`` where not; None for anonymous surveys.
    """

    instrument: Instrument
    size: int
    wave: Labels
    segments: Mapping[str, Labels]
    columns: Mapping[str, Codes]
    customer: Labels | None = None

    @classmethod
    def joined(cls, parts: Sequence[Dataset]) -> Dataset:
        """One after the other: answers to one instrument, with the same segment fields.

        There must be at least one part, which may be empty. Customers are known where every
        part knows them.
        """
        first = parts[0]
        customers = [part.customer for part in parts if part.customer is not None]
        return cls(
            first.instrument,
            sum(part.size for part in parts),
            Labels.joined([part.wave for part in parts]),
            MappingProxyType(
                {f: Labels.joined([part.segments[f] for part in parts]) for f in first.segments}
            ),
            MappingProxyType(
                {name: np.concatenate([p.columns[name] for p in parts]) for name in first.columns}
            ),
            Labels.joined(customers) if len(customers) == len(parts) else None,
        )

    def at(self, rows: NDArray[np.intp]) -> Dataset:
        """The respondents in these rows, in this order."""
        return Dataset(
            self.instrument,
            len(rows),
            self.wave.at(rows),
            MappingProxyType({field: labels.at(rows) for field, labels in self.segments.items()}),
            MappingProxyType({name: codes[rows] for name, codes in self.columns.items()}),
            None if self.customer is None else self.customer.at(rows),
        )
