"""What is being done about what was found? PDCA cycles, as far as a report tells of them.

Each cycle is tied to the figure that must move, so that the report can show the measure beside the
figure as it stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where a cycle is: its four phases, in their order."""

    PLAN = "plan"  # the problem, its causes, and what to do
    DO = "do"  # it is being carried out
    CHECK = "check"  # the result is held against the aim
    ACT = "act"  # what worked becomes the rule

    @property
    def place(self) -> int:
        """From 0 to 3.

        >>> [phase.place for phase in Phase]
        [0, 1, 2, 3]
        """
        return list(Phase).index(self)


@dataclass(frozen=True, slots=True)
class Cycle:
    """One improvement: the figure that must move, what is done, by whom, until when.

    ``key`` and ``of`` name the figure, ``segment`` whose it is. ``english`` and ``chinese`` say
    the measure; ``due`` is the day its phase is to end, as ``2026-10-31``.

    >>> Cycle("gap", "delivery", "all", "Weekly slots", "", "Bob", "2026-10-31", Phase.DO).measure(
    ...     "zh"
    ... )
    'Weekly slots'
    """

    key: str
    of: str
    segment: str
    english: str
    chinese: str
    owner: str
    due: str
    phase: Phase

    def measure(self, language: str) -> str:
        """The measure in that language; in the other one where it is said in that alone."""
        one, other = self.english, self.chinese
        return (other or one) if language == "zh" else (one or other)

    def overdue(self, day: str) -> bool:
        """Whether its phase should have ended before ``day``."""
        return self.due < day
