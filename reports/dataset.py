"""Which answers are there: coded columns, segments and waves, ready to be counted.

A :class:`Dataset` is what every report starts from. It knows nothing of databases or web
pages; a test builds one from a literal. Codes are as the respondent gave them, never
recoded; what is no point of a scale is one of four negative codes, which no sum or share
ever takes for a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

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
