"""How are the pairs of two waves kept, so that no answer of either is read again?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np

from instruments.model import Instrument
from reports.tally.packing import framed, unframed
from reports.tally.pairs import Pairs, paired_codes, side
from reports.tally.value import Counts

Codes = Mapping[str, tuple[int, ...]]


def pairs_digest(instrument: Instrument) -> str:
    """The same for instruments whose pairs count the same in the same order, 64 characters."""
    told = repr(tuple(paired_codes(instrument).items()))
    return hashlib.sha256(told.encode()).hexdigest()


def pack_pairs(found: Mapping[str, Pairs]) -> bytes:
    """Segment → pairs, all of the same columns, as bytes."""
    return framed({name: _numbers(pairs) for name, pairs in found.items()})


def unpack_pairs(content: bytes, instrument: Instrument) -> Mapping[str, Pairs]:
    """What :func:`pack_pairs` was given; raises :class:`reports.tally.packing.DamagedTallies`."""
    codes = paired_codes(instrument)
    length = 1 + sum(side(own) ** 2 for own in codes.values())
    return {name: _pairs(codes, own) for name, own in unframed(content, length).items()}


def _numbers(pairs: Pairs) -> Iterator[Counts]:
    yield np.array([pairs.customers])
    yield from (pairs.tables[name].ravel() for name in pairs.codes)


def _pairs(codes: Codes, counts: Counts) -> Pairs:
    tables: dict[str, Counts] = {}
    at = 1
    for name, own in codes.items():
        length = side(own)
        tables[name] = counts[at : at + length * length].reshape(length, length)
        at += length * length
    return Pairs(codes, int(counts[0]), tables)
