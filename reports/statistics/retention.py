"""How many customers stayed, going by who bought and not by what they say?

Behaviour comes from the order book, not from answers. The base is always who was a customer
*before*: new customers would make a company that loses many and wins many look faithful.
"""

from __future__ import annotations

from collections.abc import Hashable, Set
from dataclasses import dataclass

from reports.errors import ReportError
from reports.findings import Interval, Reason
from reports.statistics.intervals import wilson


class ImpossibleRetention(ReportError):
    """More customers kept than there were, or fewer than none."""

    def __init__(self, kept: int, start: int) -> None:
        super().__init__(f"{kept} customers kept of {start} cannot be.")


@dataclass(frozen=True, slots=True)
class Retention:
    """``kept`` of the ``start`` customers, as a share, or the reason why there is none.

    ``interval`` (Wilson) asks about the process behind: taken for these very customers, the share
    is known and nothing is left to estimate.
    """

    kept: int
    start: int
    value: float | None
    interval: Interval | None = None
    reason: Reason | None = None


def retention(kept: int, start: int, confidence: float = 0.95) -> Retention:
    """Customers at the start of a period who are customers at its end; new ones do not count.

    Raises :class:`ImpossibleRetention`.

    >>> found = retention(840, 1000)
    >>> found.value, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.84, 0.816, 0.861)
    >>> retention(0, 0).reason.value
    'no_answers'
    """
    if not 0 <= kept <= start:
        raise ImpossibleRetention(kept, start)
    interval = wilson(kept, start, confidence)
    if not isinstance(interval, Interval):
        return Retention(kept, start, None, reason=interval)
    return Retention(kept, start, kept / start, interval)


def came_back(before: Set[Hashable], now: Set[Hashable], confidence: float = 0.95) -> Retention:
    """The behavioural return rate: who bought in one period and bought in the next.

    ``before``, ``now``: the customers who bought. Both periods must be at least as long as
    customers usually take to buy again, or those who are merely not due yet count as lost.

    >>> came_back({"Alice", "Bob", "Carol", "Dave"}, {"Bob", "Dave", "Eve"}).value
    0.5
    """
    return retention(len(before & now), len(before), confidence)
