"""Which comments does a report quote? References and counts, never the words themselves.

The words stand in the store alone: who is erased there is gone from every report the next time
it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reports.errors import ReportError

FEWEST = 10
"""Least customers whose comments are quoted: words give away more than a figure does."""


class Spread(StrEnum):
    """How the comments of satisfied and dissatisfied customers share the places there are."""

    PROPORTIONAL = "proportional"  # each with its part of the comments
    EVEN = "even"  # as many of each: for hearing the few as well as the many
    LOT = "lot"  # by lot alone


class NotVoiced(ReportError, ValueError):
    """A setting of the comments is none that can be followed."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"The setting voices.{name} is {value}; it must be {allowed}.")


@dataclass(frozen=True, slots=True)
class Voicing:
    """How comments are chosen; raises :class:`NotVoiced`.

    ``most`` comments a report (1 to 40), each shortened to ``length`` characters (80 to 600);
    ``spread`` over the satisfied and the dissatisfied.
    """

    most: int = 12
    length: int = 400
    spread: Spread = Spread.PROPORTIONAL

    def __post_init__(self) -> None:
        if not 1 <= self.most <= 40:
            raise NotVoiced("most", self.most, "from 1 to 40")
        if not 80 <= self.length <= 600:
            raise NotVoiced("length", self.length, "from 80 to 600")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is quoted of the comments on one question.

    ``comments``: how many could have been; ``references``: those that were drawn, in the order
    drawn, which tells nothing about who wrote them.
    """

    question: str
    comments: int
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """The comments of one segment: what is quoted, and what could not be.

    ``silent``: fewer than ``fewest`` customers wrote what may be quoted; nothing is then, and
    nothing is counted. ``asked``: whether customers were asked if they may be quoted; ``refused``
    comments are of those who did not agree, ``unknown`` ones came from files that do not say
    whether they may be quoted. ``empty`` ones say nothing, ``unprinted`` ones have
    hardly a word in letters that reports are set in. ``apart``: comments of smaller groups are
    left out, uncounted, so that they cannot be told from the others.
    """

    fewest: int
    length: int
    spread: Spread
    asked: bool
    silent: bool
    questions: tuple[Quoted, ...] = ()
    refused: int = 0
    empty: int = 0
    unprinted: int = 0
    apart: bool = False
    unknown: int = 0

    @property
    def comments(self) -> int:
        """How many comments could have been quoted."""
        return sum(quoted.comments for quoted in self.questions)

    @property
    def references(self) -> tuple[str, ...]:
        """Those that are quoted."""
        return tuple(reference for quoted in self.questions for reference in quoted.references)
