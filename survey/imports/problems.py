"""What is wrong with a table that somebody wants to bring in, line by line.

A file is judged whole: every problem is gathered with its line and said as
``file:line: what is wrong: what would be right``, so that one round of corrections is
enough. Only the first :data:`LISTED` are kept in words; all are counted, so that a file
of a million bad lines costs no more memory than one of a thousand.
"""

from __future__ import annotations

from instruments.problems import Problem, Refused, shown
from survey.errors import SurveyError

LISTED = 1000
"""Problems of one file that are kept in words."""


class ImportRefused(Refused, SurveyError):
    """A table or its mapping is not taken, with everything that is wrong with it."""


class Problems:
    """Gathers what is wrong with one file while it is read.

    ``total`` counts problems, ``rows`` the different lines they stand on.
    """

    def __init__(self, file: str) -> None:
        self.file = shown(file, 200)
        self.listed: list[Problem] = []
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
            self.listed.append(Problem(self.file, line, 0, what, instead))

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
