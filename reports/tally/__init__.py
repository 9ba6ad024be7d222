"""What was answered, as counts that add up: see :class:`reports.tally.value.Tally`."""

from reports.tally.count import UnknownCode, UnknownField, tally, tally_by, tally_stream
from reports.tally.value import DifferentTallies, NotAPart, NotCounted, NothingToAdd, Tally

__all__ = [
    "DifferentTallies",
    "NotAPart",
    "NotCounted",
    "NothingToAdd",
    "Tally",
    "UnknownCode",
    "UnknownField",
    "tally",
    "tally_by",
    "tally_stream",
]
