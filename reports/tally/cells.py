"""Where in a table does an answer stand? The kinds of missing come first, then the codes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reports.dataset import Codes
from reports.errors import ReportError
from reports.tally.plan import MISSING

Cells = NDArray[np.uint8]

_NOWHERE = 255


class UnknownCode(ReportError):
    """A column holds a code that its question does not have."""

    def __init__(self, column: str, code: int) -> None:
        super().__init__(
            f"Column {column} holds the code {code}, which its question does not have."
        )


def places_of(codes: tuple[int, ...]) -> Cells:
    """Code (as an unsigned byte) → its place along an axis of a table.

    >>> places_of((1, 2, 3))[[1, 3, 255]].tolist()  # 255 is -1, no answer
    [4, 6, 3]
    """
    places = np.full(256, _NOWHERE, np.uint8)
    for place, code in enumerate((*MISSING, *codes)):
        places[code % 256] = place
    return places


def cells_of(name: str, codes: Codes, places: Cells) -> Cells:
    """The places of n answers, shape (n,). Raises :class:`UnknownCode`."""
    # Bytes are translated faster than numpy looks them up.
    found = np.frombuffer(codes.tobytes().translate(places.tobytes()), np.uint8)
    if found.size and found.max() == _NOWHERE:
        raise UnknownCode(name, int(codes[found == _NOWHERE][0]))
    return found
