"""How many of those who could have answered did?"""

from __future__ import annotations

from dataclasses import replace

from reports.findings import Figure, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import missing, share
from reports.statistics.intervals import SHARES


def response_rate(responses: int, population: int | None, confidence: float) -> Figure:
    """Responses of the customers of a segment in a wave, with Wilson interval.

    A population that is not known, or smaller than the responses (so that it cannot be
    right), gives a reason. The rate says nothing about anybody's answers and is never hidden.

    >>> response_rate(3, None, 0.95).reason.value, response_rate(3, 2, 0.95).reason.value
    ('population_unknown', 'more_answers_than_customers')
    """
    key, base = "response_rate", Base.CUSTOMERS
    if population is None:
        return missing(key, Unit.SHARE, base, reason=Reason.POPULATION_UNKNOWN, scale=SHARES)
    if responses > population:
        too_many = Reason.MORE_ANSWERS_THAN_CUSTOMERS
        figure = missing(key, Unit.SHARE, base, reason=too_many, scale=SHARES)
    else:
        figure = share(key, responses, population, confidence, base=base)
    return replace(figure, population=population)
