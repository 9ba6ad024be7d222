"""What is wrong with a file that people write, where, and what would be right?

A file is judged as a whole: problems are gathered while it is read and told all at once,
each as ``file:line:column: what is wrong: what would be right``, so that one round of
corrections is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LISTED = 100
"""Problems of one file that are told; a file with more is told apart soon enough."""

SHOWN = 60
"""Characters of a file's own words that a message quotes."""


class InstrumentsError(Exception):
    """Base of every error this room raises by name; ``str()`` is the whole sentence.

    ``lines`` holds one sentence a problem where several were found at once.
    """

    @property
    def lines(self) -> tuple[str, ...]:
        """What is wrong and what would be right, one sentence a problem."""
        return (str(self),)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


START = Mark(1, 1)
"""Where a problem of the file as a whole is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place; column 0 stands for the line, or row of a sheet, as a whole.

    >>> print(Problem("demo.yaml", 3, 8, "title must be text", "put quotes around NO"))
    demo.yaml:3:8: title must be text: put quotes around NO
    >>> print(Problem("roster.csv", 3, 0, "customer_id is empty", "give each customer an id"))
    roster.csv:3: customer_id is empty: give each customer an id
    """

    file: str
    line: int
    column: int
    what: str
    instead: str = ""

    def __str__(self) -> str:
        told = f"{self.what}: {self.instead}" if self.instead else self.what
        place = f"{self.line}:{self.column}" if self.column else f"{self.line}"
        return f"{self.file}:{place}: {told}"


class Refused(Exception):
    """A file that is not taken; ``problems`` says why, in its order. ``more`` are not listed."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """One line a problem, and how many more there are where not all are listed."""
        told = tuple(str(problem) for problem in self.problems)
        if not self.more:
            return told
        return (*told, f"and {self.more} more problem{'' if self.more == 1 else 's'}")


class InstrumentError(Refused, InstrumentsError):
    """A questionnaire that is not taken, with everything that is wrong with it."""


class Notes:
    """Gathers what is wrong with one file while it is read.

    >>> notes = Notes("demo.yaml")
    >>> notes.add(Mark(2, 1), "version is missing")
    >>> notes.add(START, "id is missing")
    >>> [str(problem) for problem in notes.problems]
    ['demo.yaml:1:1: id is missing', 'demo.yaml:2:1: version is missing']
    """

    def __init__(self, file: str) -> None:
        self.file = shown(file, 200)
        self.total = 0
        self._found: list[Problem] = []

    def add(self, at: Mark, what: str, instead: str = "") -> None:
        """Note one problem; the same words at the same place count once."""
        if self.full:  # counted only: a hostile file has a hundred thousand
            self.total += 1
            return
        problem = Problem(self.file, at.line, at.column, shown(what, 300), shown(instead, 300))
        if problem not in self._found:
            self.total += 1
            self._found.append(problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was noted, in the order of the file."""
        return tuple(sorted(self._found, key=lambda p: (p.line, p.column)))

    @property
    def full(self) -> bool:
        """Whether no more problems are listed, so that hints for them are wasted work."""
        return self.total >= LISTED

    @property
    def more(self) -> int:
        """How many problems are not listed."""
        return self.total - len(self._found)

    def error(self) -> InstrumentError:
        """The error that says all of it."""
        return InstrumentError(self.problems, self.more)


def shown(text: str, length: int = SHOWN) -> str:
    r"""Words of a file or its name, fit for one line of a message: short, nothing unprintable.

    >>> shown("two\nlines"), shown("x" * 50, 5)
    ('two·lines', 'xxxx…')
    """
    short = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(mark if mark.isprintable() else "·" for mark in short)
