"""What is wrong with a file that somebody wants to bring in, line by line.

A file is judged whole: every problem is gathered with its line and said as
``file:line: what is wrong; what would be right``, so that one round of corrections is
enough. Only the first :data:`LISTED` are kept in words; all are counted, so that a file
of a million bad lines costs no more memory than one of a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.errors import SurveyError

LISTED = 1000
"""Problems of one file that are kept in words."""
SHOWN = 40
"""Characters of a cell that a message quotes."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong at one line (1 = the first line of the file, or row of the sheet).

    >>> print(FileProblem("roster.csv", 3, "customer_id is empty", "give each customer an id"))
    roster.csv:3: customer_id is empty; give each customer an id
    """

    file: str
    line: int
    what: str
    instead: str = ""

    def __str__(self) -> str:
        told = f"{self.what}; {self.instead}" if self.instead else self.what
        return f"{shown(self.file, 200)}:{self.line}: {told}"


class ImportRefused(SurveyError):
    """A file was not taken; ``problems`` says why, in the order of the file.

    ``more`` counts problems found beyond the ones listed.
    """

    def __init__(self, problems: Iterable[object], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """One sentence a problem."""
        told = tuple(str(problem) for problem in self.problems)
        return (*told, f"and {self.more} more problems") if self.more else told


class Problems:
    """Gathers what is wrong with one file while it is read.

    ``total`` counts problems, ``rows`` the different lines they stand on.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.listed: list[FileProblem] = []
        self.total = 0
        self.rows = 0
        self._last_line = 0

    def add(self, line: int, what: str, instead: str = "") -> None:
        """Note one problem; lines come in the order of the file."""
        self.total += 1
        if line != self._last_line:
            self.rows += 1
            self._last_line = line
        if len(self.listed) < LISTED:
            self.listed.append(FileProblem(self.file, line, what, instead))

    def refusal(self) -> ImportRefused:
        """The error that says all of it."""
        return ImportRefused(self.listed, self.total - len(self.listed))

    def refuse(self, line: int, what: str, instead: str = "") -> ImportRefused:
        """The error for a file that cannot be read on: this problem after those before it."""
        self.add(line, what, instead)
        return self.refusal()

    def raise_if_any(self) -> None:
        """Raise :class:`ImportRefused` where anything was noted."""
        if self.total:
            raise self.refusal()


def shown(text: str, length: int = SHOWN) -> str:
    r"""Text from a file, fit for one line of a message: short, nothing unprintable.

    >>> shown("two\nlines"), shown("x" * 50, 5)
    ('two·lines', 'xxxx…')
    """
    short = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(mark if mark.isprintable() else "·" for mark in short)
