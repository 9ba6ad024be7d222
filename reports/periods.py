"""How often can a segment be reported, and which waves make a longer period?

Ten large customers, asked at most once in ninety days, never fill a month. Each segment therefore
has a reporting period of its own, month, quarter or half-year: the shortest in which it can be
expected to reach the smallest base. It is fixed in advance for a year, never chosen after seeing
the figures, and periods never overlap. A segment that no period can carry is not reported as
statistics; what its customers say is read as conversations, with their consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scipy.special import bdtrc

from instruments.problems import shown
from reports.errors import ReportError

DAYS_OF_A_MONTH = 365.25 / 12
SURE = 0.9
"""How likely a period must reach the smallest base before it is chosen."""


class Length(StrEnum):
    """How long a reporting period is; a year is for reports of what shorter periods showed."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many waves of a month it holds."""
        return MONTHS[self]


MONTHS: Mapping[Length, int] = MappingProxyType(
    {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF_YEAR: 6, Length.YEAR: 12}
)
MARKS: Mapping[Length, str] = MappingProxyType({Length.QUARTER: "Q", Length.HALF_YEAR: "H"})


class NotAPeriod(ReportError, ValueError):
    """A name is neither a month, a quarter, a half-year nor a year."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{shown(name)} is no period; write a month as 2026-10, a quarter as 2026-Q4, "
            "a half-year as 2026-H2 or a year as 2026."
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months: its name, how long it is and the waves it holds, in order."""

    name: str
    length: Length
    waves: tuple[str, ...]


def period(name: str) -> Period:
    """The period of that name; raises :class:`NotAPeriod`.

    >>> period("2026-Q4").waves
    ('2026-10', '2026-11', '2026-12')
    >>> period("2026-10").length.value, period("2026").length.value
    ('month', 'year')
    """
    year, _dash, part = name.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise NotAPeriod(name)
    for length, mark in {**MARKS, Length.MONTH: "", Length.YEAR: ""}.items():
        number = _number(part, length, mark)
        if number is not None and name == _name(int(year), number, length):
            first = (number - 1) * length.months + 1
            months = range(first, first + length.months)
            return Period(name, length, tuple(f"{year}-{month:02d}" for month in months))
    raise NotAPeriod(name)


def _number(part: str, length: Length, mark: str) -> int | None:
    """Which of its year's periods of that length ``part`` names, from 1."""
    if length is Length.YEAR:
        return None if part else 1
    digits = part.removeprefix(mark)
    if not (digits.isascii() and digits.isdecimal()):
        return None
    number = int(digits)
    return number if 1 <= number <= 12 // length.months else None


def _name(year: int, number: int, length: Length) -> str:
    if length is Length.YEAR:
        return f"{year:04d}"
    part = f"{number:02d}" if length is Length.MONTH else f"{MARKS[length]}{number}"
    return f"{year:04d}-{part}"


def period_of(wave: str, length: Length) -> Period:
    """The period of that length that holds the month ``wave``.

    >>> period_of("2026-10", Length.HALF_YEAR).name
    '2026-H2'
    """
    found = period(wave)
    if found.length is not Length.MONTH:
        raise NotAPeriod(wave)
    year, month = int(wave[:4]), int(wave[5:])
    return period(_name(year, (month - 1) // length.months + 1, length))


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """What can be expected of a segment: its customers, who answers, how often one is asked.

    ``response_rate``: the share of those asked who answer, 0 to 1. ``days_between``: the fewest
    days between two questionnaires to one customer; 0: every month.
    """

    customers: int
    response_rate: float
    days_between: float = 0.0

    def asked(self, length: Length) -> int:
        """How many times a customer of the segment is asked in a period of that length."""
        months = length.months
        most = months * DAYS_OF_A_MONTH / self.days_between if self.days_between else months
        return int(self.customers * min(float(months), most))


def shortest(expected: Fieldwork, smallest_base: int) -> Length | None:
    """The shortest period in which the segment reaches the smallest base, nine times in ten.

    The number of answers is binomial; None where even half a year does not do, or where there
    are fewer customers than the smallest base: answering often makes nobody harder to recognise.

    >>> shortest(Fieldwork(10, 0.8, days_between=90), 5).value
    'quarter'
    >>> shortest(Fieldwork(800, 0.3), 5).value, shortest(Fieldwork(3, 0.5), 5)
    ('month', None)
    """
    if expected.customers < smallest_base:
        return None
    for length in (Length.MONTH, Length.QUARTER, Length.HALF_YEAR):
        asked = expected.asked(length)
        if asked < smallest_base:
            continue
        if float(bdtrc(smallest_base - 1, asked, expected.response_rate)) >= SURE:
            return length
    return None
