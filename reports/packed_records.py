"""How is what the books say of a period kept, so that it is never counted again?

Packed counts are compressed text, stamp by stamp in order, so that the same counts are the same
bytes. Days are numbers of days.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any

from reports.records import Counts, Stamp
from reports.statistics.handling import Handled
from reports.tally.packing import FAST, DamagedTallies

Row = Sequence[Any]


def pack_counts(counts: Mapping[Stamp, Counts]) -> bytes:
    """Stamp → counts, as bytes.

    >>> found = {(("tier", "A"),): Counts(served=3, transactions=5)}
    >>> unpack_counts(pack_counts(found)) == found
    True
    """
    rows = [
        [stamp, *_numbers(own)] for stamp, own in sorted(counts.items(), key=lambda one: one[0])
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), FAST)


def unpack_counts(content: bytes) -> Mapping[Stamp, Counts]:
    """What was packed; raises :class:`reports.tally.packing.DamagedTallies`."""
    try:
        rows = json.loads(zlib.decompress(content))
        return {_stamp(stamp): _counts(*numbers) for stamp, *numbers in rows}
    except (zlib.error, ValueError, TypeError):
        raise DamagedTallies from None


def _numbers(counts: Counts) -> list[object]:
    *numbers, cases, still, kinds, attributes = (getattr(counts, f.name) for f in fields(counts))
    about = (sorted(found.items()) for found in (kinds, attributes))
    return [*numbers, _packed(cases), _packed(still), *about]


def _packed(cases: Counter[Handled]) -> list[list[object]]:
    return sorted(
        ([*(_number(value) for value in astuple(case)), n] for case, n in cases.items()), key=repr
    )


def _number(value: dt.date | bool | None) -> object:
    return value.toordinal() if isinstance(value, dt.date) else value


def _counts(*values: Any) -> Counts:
    if len(values) != len(fields(Counts)):
        raise ValueError
    *numbers, cases, still, kinds, attributes = values
    whole: list[Any] = [*numbers, _cases(cases), _cases(still), _about(kinds), _about(attributes)]
    return Counts(*whole)


def _about(rows: Sequence[Row]) -> Counter[str]:
    return Counter({str(name): int(n) for name, n in rows})


def _cases(rows: Sequence[Row]) -> Counter[Handled]:
    found: Counter[Handled] = Counter()
    for opened, closed, due, reopened, answered, n in rows:
        case = Handled(_known(opened), _day(closed), _day(due), reopened, _day(answered))
        found[case] = n
    return found


def _day(number: int | None) -> dt.date | None:
    return None if number is None else _known(number)


def _known(number: int) -> dt.date:
    return dt.date.fromordinal(number)


def _stamp(pairs: Sequence[Sequence[str]]) -> Stamp:
    return tuple((field, segment) for field, segment in pairs)
