"""How long does it take until half, or nine in ten, of the complaints are closed?

The mean of the closed cases is always too good: the slow ones are still open. Kaplan and Meier's
curve counts an open case for as long as it has been open and no longer, so that it shows the
time all cases take, the open ones included. It serves any waiting time: to the first answer, to
the solution.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reports.errors import ReportError
from reports.statistics.intervals import normal_quantile

SAME = 1e-9
"""Shares closer than this are the same; what is between them is rounding."""


class WaitReason(StrEnum):
    """Why there is no waiting time."""

    NO_CASES = "no_cases"  # nothing was waited for
    NOT_REACHED = "not_reached"  # too many are still open to say


class ImpossibleWait(ReportError):
    """A waiting time below 0, or a percentile outside 0–1."""

    def __init__(self, what: str, value: float) -> None:
        super().__init__(f"{what} cannot be {value}.")


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one case waited, in days, and whether that was its end (``over``) or it goes on."""

    days: float
    over: bool

    def __post_init__(self) -> None:
        if not self.days >= 0:
            raise ImpossibleWait("A waiting time", self.days)


@dataclass(frozen=True, slots=True)
class Step:
    """After ``days``: of the ``waiting`` cases ``ended`` ended on that day.

    ``open`` is the estimated share that waits longer, ``greenwood`` the sum of d/(w(w - d)) up
    to here, infinite where nobody is left waiting.
    """

    days: float
    waiting: int
    ended: int
    open: float
    greenwood: float

    @property
    def se(self) -> float:
        """Greenwood's standard error of ``open`` (Greenwood 1926); 0 where it is 0."""
        return self.open * math.sqrt(self.greenwood) if self.open else 0.0

    def band(self, confidence: float) -> tuple[float, float] | None:
        """Interval of ``open`` on the log-log scale; None where ``open`` is 0.

        exp(-exp(log(-log S) ± z·√greenwood / log S)) stays inside 0–1 (Kalbfleisch & Prentice
        1980).
        """
        if not self.open:
            return None
        hazard = -math.log(self.open)
        spread = math.exp(normal_quantile(confidence) * math.sqrt(self.greenwood) / hazard)
        return math.exp(-hazard * spread), math.exp(-hazard / spread)


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of cases still open by waiting time: a step for each day on which some ended."""

    cases: int
    steps: tuple[Step, ...]

    def open_after(self, days: float) -> float:
        """The share that waits longer than that many days.

        >>> curve = kaplan_meier([Wait(3, True), Wait(5, False), Wait(8, True)])
        >>> round(curve.open_after(4), 4), curve.open_after(8)
        (0.6667, 0.0)
        """
        place = bisect_right(self.steps, days, key=lambda step: step.days)
        return self.steps[place - 1].open if place else 1.0


@dataclass(frozen=True, slots=True)
class Percentile:
    """Days until that share of the cases is closed, or the reason why nobody can say yet.

    ``high`` None: the interval is open upwards. ``low`` None: there is no interval, because
    too little is known even for its lower end.
    """

    share: float
    days: float | None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    method: str = "brookmeyer_crowley"
    reason: WaitReason | None = None


def kaplan_meier(waits: Iterable[Wait]) -> Curve:
    """The product-limit curve Π(1 - d/w) over the days on which waits ended.

    Kaplan & Meier 1958, *JASA* 53: 457. Who is still waiting on a day counts among the waiting
    of that day. A case that ends on the day it began waits 0 days. No case, or none that
    ended: no steps.

    >>> curve = kaplan_meier([Wait(3, True), Wait(5, False), Wait(8, True), Wait(9, False)])
    >>> [(step.days, step.waiting, step.open) for step in curve.steps]
    [(3, 4, 0.75), (8, 2, 0.375)]
    """
    every = list(waits)
    ended, left = Counter(w.days for w in every if w.over), Counter(w.days for w in every)
    waiting, share, greenwood, steps = len(every), 1.0, 0.0, []
    for days in sorted(left):
        if gone := ended[days]:
            stay = waiting - gone
            share = share * stay / waiting
            greenwood += gone / (waiting * stay) if stay else math.inf
            steps.append(Step(days, waiting, gone, share, greenwood))
        waiting -= left[days]
    return Curve(len(every), tuple(steps))


def percentile(curve: Curve, share: float, confidence: float = 0.95) -> Percentile:
    """Days until that share of the cases is closed: 0.5 the median, 0.9 nine in ten.

    The first day on which no more than 1 - share is open; where exactly that much stays open
    for a while, the middle of that while, as R and SAS do. Interval of Brookmeyer & Crowley
    1982 on the log-log scale: from the first day on which the lower, to the first on which the
    upper end of Greenwood's band has come down as far; where nobody is left there is no band.
    Where too many are still open there is a reason, though the lower end may be known.

    >>> waits = [Wait(days, True) for days in range(1, 21)]
    >>> found = percentile(kaplan_meier(waits), 0.5)
    >>> found.days, found.low, found.high
    (10.5, 5, 15)
    >>> percentile(kaplan_meier([Wait(3, True), Wait(5, False)]), 0.9).reason.value
    'not_reached'
    """
    if not 0 < share < 1:
        raise ImpossibleWait("The share of a percentile", share)
    if not curve.cases:
        return Percentile(share, None, confidence=confidence, reason=WaitReason.NO_CASES)
    days = _reached(((step.days, step.open) for step in curve.steps), 1 - share)
    bands = [(step.days, band) for step in curve.steps if (band := step.band(confidence))]
    low = _reached(((at, lower) for at, (lower, _upper) in bands), 1 - share)
    high = _reached(((at, upper) for at, (_lower, upper) in bands), 1 - share)
    reason = WaitReason.NOT_REACHED if days is None else None
    return Percentile(share, days, low, high, confidence, reason=reason)


def _reached(course: Iterable[tuple[float, float]], level: float) -> float | None:
    """When a falling course comes down to ``level``; the middle of the while it rests on it."""
    rests_since = None
    for days, value in course:
        if rests_since is not None:
            return (rests_since + days) / 2
        if abs(value - level) < SAME:
            rests_since = days
        elif value < level:
            return days
    return rests_since
