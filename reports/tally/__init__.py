"""What was answered, as counts that add up: see :class:`reports.tally.value.Tally`."""

from reports.tally.cells import UnknownCode
from reports.tally.count import UnknownField, tally, tally_by, tally_stream
from reports.tally.pairs import Pairs, match, pairs, pairs_by
from reports.tally.value import DifferentTallies, NotAPart, NotCounted, NothingToAdd, Tally

__all__ = [
    "DifferentTallies",
    "NotAPart",
    "NotCounted",
    "NothingToAdd",
    "Pairs",
    "Tally",
    "UnknownCode",
    "UnknownField",
    "match",
    "pairs",
    "pairs_by",
    "tally",
    "tally_by",
    "tally_stream",
]
