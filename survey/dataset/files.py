"""How a wave's columns lie in a file: a byte an answer, block after block, ready to be mapped.

A file holds blocks of rows; in each block every segment field is a column of int32 and every
question column one of int8, aligned to eight bytes. A footer of JSON says what the blocks are
and what they were made from, with check sums of all. A file that is cut off, changed, or made
from something else is no file: whoever reads it makes it anew.
"""

from __future__ import annotations

import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from instruments.model import Instrument
from reports.dataset import Dataset, Labels

BLOCK = 1 << 16
"""Rows in a block, and so in each dataset that comes out of a file."""

_END = b"tellback"
_TAIL = struct.Struct("<QI8s")  # length and check sum of the footer, end mark

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Columns:
    """An opened file: ``size`` rows, mapped into memory and read as they are used."""

    instrument: Instrument
    wave: str
    size: int
    _mapped: Bytes
    _footer: Mapping[str, Any]

    def chunks(self) -> Iterator[Dataset]:
        """The rows, block by block; the columns are views of the file and cannot be written."""
        for start, rows in self._footer["blocks"]:
            yield self._chunk(start, rows)

    def _chunk(self, start: int, rows: int) -> Dataset:
        at, segments, columns = start, {}, {}
        for field, levels in self._footer["fields"].items():
            codes = self._mapped[at : at + 4 * rows].view(np.int32)
            segments[field] = Labels(tuple(levels), codes)
            at += 4 * rows
        for name in self._footer["columns"]:
            columns[name] = self._mapped[at : at + rows].view(np.int8)
            at += rows
        return Dataset(
            self.instrument,
            rows,
            Labels((self.wave,), np.zeros(rows, np.int32)),
            MappingProxyType(segments),
            MappingProxyType(columns),
        )


def write_columns(
    path: Path,
    made_from: Mapping[str, str],
    instrument: Instrument,
    fields: Sequence[str],
    chunks: Iterable[Dataset],
) -> None:
    """Write a wave's answers, read in parts; beside its place first, and then renamed.

    ``made_from`` says what the answers were read from: only who names the same opens the file.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("wb") as file:
            _write(file, made_from, instrument, fields, chunks)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def open_columns(
    path: Path, made_from: Mapping[str, str], instrument: Instrument, wave: str
) -> Columns | None:
    """The columns in a file, or None where there are none that were made from just that."""
    try:
        # As a plain array: slices of a memory map would drag its class along.
        mapped: Bytes = np.asarray(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError):  # not there; empty
        return None
    footer = _footer(mapped)
    if footer is None or footer["made_from"] != dict(made_from):
        return None
    return Columns(instrument, wave, sum(rows for _start, rows in footer["blocks"]), mapped, footer)


def _footer(mapped: Bytes) -> Mapping[str, Any] | None:
    """What the file says of itself, where it is whole."""
    if mapped.size < _TAIL.size:
        return None
    length, check, end = _TAIL.unpack(mapped[-_TAIL.size :].tobytes())
    data = mapped.size - _TAIL.size - length
    if end != _END or data < 0:
        return None
    text = mapped[data : data + length].tobytes()
    if zlib.crc32(text) != check:
        return None
    footer: Mapping[str, Any] = json.loads(text)
    return footer if footer["check"] == zlib.crc32(mapped[:data].data) else None


def _write(
    file: BinaryIO,
    made_from: Mapping[str, str],
    instrument: Instrument,
    fields: Sequence[str],
    chunks: Iterable[Dataset],
) -> None:
    levels: dict[str, dict[str, int]] = {field: {} for field in fields}
    names = [column.name for column in instrument.columns()]
    blocks: list[tuple[int, int]] = []
    check = 0
    for block in _blocks(chunks):
        start = file.tell()
        parts = [_numbered(block.segments[field], levels[field]).tobytes() for field in fields]
        parts += [block.columns[name].tobytes() for name in names]
        content = b"".join(parts)
        content += b"\0" * (-len(content) % 8)
        check = zlib.crc32(content, check)
        file.write(content)
        blocks.append((start, block.size))
    footer = {
        "made_from": dict(made_from),
        "fields": {field: list(found) for field, found in levels.items()},
        "columns": names,
        "blocks": blocks,
        "check": check,
    }
    text = json.dumps(footer).encode()
    file.write(text + _TAIL.pack(len(text), zlib.crc32(text), _END))


def _blocks(chunks: Iterable[Dataset]) -> Iterator[Dataset]:
    """The same rows in blocks of full size, but for the last."""
    waiting: list[Dataset] = []
    for chunk in chunks:
        for start in range(0, chunk.size, BLOCK):
            waiting.append(chunk.at(np.arange(start, min(start + BLOCK, chunk.size))))
            if sum(part.size for part in waiting) >= BLOCK:
                whole = Dataset.joined(waiting)
                yield whole.at(np.arange(BLOCK))
                waiting = [whole.at(np.arange(BLOCK, whole.size))]
    if waiting and (rest := Dataset.joined(waiting)).size:
        yield rest


def _numbered(labels: Labels, levels: dict[str, int]) -> NDArray[np.int32]:
    """The codes of one block as the whole file numbers them; new labels get the next number."""
    places = [levels.setdefault(level, len(levels)) for level in labels.levels]
    return np.array(places, np.int32)[labels.codes]
