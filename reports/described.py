"""How well do the answers describe these customers, of whom there is a known number?

Nine of ten large customers answered: what the tenth thinks moves a share by ten points at most.
So where the number of customers is known, the interval of a figure is that of a finite
population, and beside it stand the ends that are certain. Only the description of this wave's
customers gets surer that way. Whether something *changed* is a question about the process behind
the answers; its standard error and interval stay what they were (``se``, ``others``), and no
test of change, control chart or PDCA check reads anything else.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reports.findings import Figure, Interval, Note, Reason, Unit
from reports.statistics.finite_population import (
    Described,
    described_mean,
    described_net,
    described_share,
)
from reports.statistics.gaps import ONE_SIDED
from reports.statistics.intervals import Bounds
from reports.statistics.moments import Moments

MEASURED = frozenset({Unit.SHARE, Unit.INDEX, Unit.POINTS, Unit.NET, Unit.WEIGHT})
"""Units of figures that are means of what each respondent said."""


def is_mean(figure: Figure) -> bool:
    """Whether a figure is a mean over its base, with a spread, so that it can be put together.

    >>> from reports.indicators.bases import Base
    >>> from reports.indicators.forms import missing, share
    >>> is_mean(share("nps", 3, 9, 0.95, base=Base.ANSWERED))
    True
    >>> is_mean(missing("nps", Unit.NET, Base.ANSWERED))
    False
    """
    if figure.value is None or figure.unit not in MEASURED or not figure.scale:
        return False
    return figure.se is not None or figure.count is not None or figure.n == 1


def moments_of(figure: Figure) -> Moments:
    """The moments of the answers behind a mean: its n, value and standard error, backwards.

    Shares and net scores have SE √(spread/n), other means s/√n.

    >>> from reports.indicators.bases import Base
    >>> from reports.indicators.forms import share
    >>> moments_of(share("favourability", 3, 9, 0.95, base=Base.ANSWERED))
    Moments(n=9, total=3, squares=3)
    """
    if figure.unit is Unit.SHARE and figure.count is not None:
        return Moments(figure.n, figure.count, figure.count)
    n, total = figure.n, Fraction(figure.value or 0.0) * figure.n
    return Moments(n, total, Fraction(deviations_of(figure)) + total**2 / n)


def deviations_of(figure: Figure) -> float:
    """The sum of squared deviations of the answers behind a mean from their mean."""
    freedom = figure.n if figure.unit in (Unit.SHARE, Unit.NET) else figure.n - 1
    return (figure.se or 0.0) ** 2 * figure.n * freedom


def bounds_of(figure: Figure) -> Bounds:
    """Lowest and highest value of a figure that has a scale."""
    return figure.scale[0], figure.scale[1]


def certain_ends(figure: Figure, unheard: int) -> Interval:
    """The ends of a mean over its base that no answer still ``unheard`` could pass.

    Wherever the unheard stand: all of them at one end of the scale, and in the base.

    >>> from reports.indicators.bases import Base
    >>> from reports.indicators.forms import share
    >>> found = certain_ends(share("nps", 8, 9, 0.95, base=Base.ANSWERED), 1)
    >>> found.low, found.high
    (0.8, 0.9)
    """
    low, high = bounds_of(figure)
    total, customers = (figure.value or 0.0) * figure.n, figure.n + unheard
    ends = (total + unheard * low) / customers, (total + unheard * high) / customers
    # Adding and dividing may leave the scale by a rounding.
    return Interval(max(ends[0], low), min(ends[1], high), "certain", 1.0)


def describe(figure: Figure, unheard: int, confidence: float) -> Figure:
    """``figure`` as it describes the customers, ``unheard`` of whom have not responded.

    The unheard might all belong to its base, so its population is n + ``unheard`` at most: of a
    figure about some customers only (those with a problem) the interval is rather too wide.
    What is no mean, or has no value, stays as it is.
    """
    if not is_mean(figure) or unheard < 0:
        return figure
    found = _described(figure, figure.n + unheard, confidence)
    if isinstance(found, Reason):
        return figure
    plain = (figure.interval,) if figure.interval is not None else ()
    return replace(
        figure,
        interval=_kept(figure, found) if unheard else found.interval,
        interval_reason=found.reason,
        others=(*plain, *figure.others),
        certain=Interval(*found.bounds, "certain", 1.0),
        notes=(*figure.notes, Note.CENSUS) if unheard == 0 else figure.notes,
    )


def _kept(figure: Figure, found: Described) -> Interval | None:
    """The interval of the customers; that of one-sided gaps stays, cut off where it is certain."""
    plain = figure.interval
    if plain is None or plain.method != ONE_SIDED:
        return found.interval
    low, high = found.bounds
    return replace(plain, low=max(plain.low, low), high=min(plain.high, high))


def _described(figure: Figure, population: int, confidence: float) -> Described | Reason:
    if figure.unit is Unit.SHARE and figure.count is not None:
        return described_share(figure.count, figure.n, population, confidence)
    if figure.unit is Unit.NET:
        return described_net(moments_of(figure), population, confidence)
    return described_mean(moments_of(figure), population, bounds_of(figure), confidence)
