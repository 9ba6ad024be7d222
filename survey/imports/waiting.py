"""Where do judged rows wait until the whole file is judged? In a file without a name.

A file of a million answers must not fill the memory, and the store must not be locked while
it is judged. The system forgets the file when it is closed, even after a crash.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import IO, NamedTuple

from instruments.answers import Answer


class Judged(NamedTuple):
    """One row that may be stored, and the line it came from."""

    line: int
    submission_id: str
    wave: str
    day: date
    language: str
    segments: Mapping[str, str]
    answers: Mapping[str, Answer]
    comments: Mapping[str, str]


class WaitingRows:
    """Rows put in by the chunk come out by the chunk, in the same order."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._chunks = 0

    def put(self, rows: Sequence[Judged]) -> None:
        """Put a chunk at the end."""
        pickle.dump(rows, self._file, pickle.HIGHEST_PROTOCOL)
        self._chunks += 1

    def chunks(self) -> Iterator[Sequence[Judged]]:
        """All chunks from the first; nothing is put in after this."""
        self._file.seek(0)
        for _chunk in range(self._chunks):
            # Written above by this very object: nobody else knows the file.
            yield pickle.load(self._file)  # noqa: S301


@contextmanager
def waiting_rows() -> Iterator[WaitingRows]:
    """A place for rows to wait; gone when the block ends."""
    with tempfile.TemporaryFile() as file:
        yield WaitingRows(file)
