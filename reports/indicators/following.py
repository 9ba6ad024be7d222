"""What follows from the figures that may be shown?

The customers behind a rate, what a problem costs, and which attribute to see to first are
arithmetic of other figures. They are worked out last, from figures that are weighted, described
and protected already: so they agree with them to the last digit, and whatever is hidden there
is hidden here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from instruments.model import Better
from reports.findings import Figure, Interval, Note, Reason, Unit
from reports.indicators.priority import priorities
from reports.settings import Settings
from reports.statistics.products import Estimate, product

CUSTOMERS = {
    "customers_with_problem": "problem_rate",
    "customers_told": "voiced_rate",
    "customers_lost": "lost_to_problems",
    "customers_at_risk": "sci_at_risk",
}
"""Number of customers → the share of them it rests on."""

VOICES = ("voiced_rate", "logged_rate", "problem_rate")
"""Rates of which a report speaks of problems, the best known voice first."""

Found = Mapping[tuple[str, str], Figure]


def following(
    figures: Sequence[Figure], population: int | None, rules: Settings
) -> tuple[Figure, ...]:
    """``priority_…``, ``iceberg``, ``customers_…``, ``people_told``, ``market_damage``,
    ``value_at_risk``.

    And, labelled as what it is, ``iceberg_folklore`` where the answers cannot tell.

    Of one segment: its ``figures`` as they may be shown, and how many customers it has. A figure
    whose source is not there is not there either; one whose source has no value has its reason.
    """
    found = {(figure.key, figure.of): figure for figure in figures}
    made = [*priorities(found), *_iceberg(found)]
    counts = dict(_customers(found, population))
    made += counts.values()
    told = found.get(("told_total", ""))
    if told is not None and "customers_with_problem" in counts:
        made.append(_people(told, counts["customers_with_problem"]))
    if "customers_lost" in counts:
        made.append(_worth(counts["customers_lost"], "market_damage", rules))
    if "customers_at_risk" in counts:
        made.append(_worth(counts["customers_at_risk"], "value_at_risk", rules))
    return (*made, *_folklore(found, rules.definitions.silent_per_voiced))


def _iceberg(found: Found) -> Iterator[Figure]:
    """Customers with a problem for each who told the company: 1/``voiced_propensity``.

    Both ends of the interval likewise. Where nobody told the company, only how many they are at
    least is known: 1/upper end, which the note says.
    """
    source = found.get(("voiced_propensity", ""))
    if source is None:
        return
    made = _like(source, "iceberg", Unit.TIMES, Better.LOW, (1.0,))
    share, ends = source.value, source.interval
    if share is None:
        yield made
    elif share > 0:
        interval = _inverted(ends)
        yield replace(
            made,
            value=1 / share,
            se=None if source.se is None else source.se / share**2,
            interval=interval,
            interval_reason=None if interval else source.interval_reason or Reason.NO_VARIATION,
        )
    elif ends is None or ends.high == 0:
        yield replace(made, value=None, reason=Reason.NO_VARIATION)
    else:
        note = (*source.notes, Note.LOWER_BOUND_ONLY)
        why = Reason.NO_VARIATION
        yield replace(made, value=1 / ends.high, interval_reason=why, notes=note)


def _folklore(found: Found, silent: float) -> Iterator[Figure]:
    """A rule of thumb in place of the iceberg: 1 + ``silent``, which rests on nobody's answers.

    Where nobody with a problem told the company, so that their own share has no finite inverse;
    or where complaints are known, but not whether customers with a problem make them.
    """
    own = found.get(("voiced_propensity", ""))
    if own is None:
        known = (found.get((key, "")) for key in VOICES)
        source = next((figure for figure in known if figure and figure.value is not None), None)
    else:
        source = own if own.value == 0 else None
    if source is not None:
        made = _like(source, "iceberg_folklore", Unit.TIMES, Better.LOW, (1.0,))
        yield replace(
            made,
            n=0,
            value=1 + silent,
            reason=None,
            interval_reason=Reason.NO_INTERVAL_KNOWN,
            effective_n=None,
            weighted=False,
            notes=(Note.FOLKLORE,),
        )


def _inverted(ends: Interval | None) -> Interval | None:
    if ends is None or ends.low <= 0:
        return None
    return replace(ends, low=1 / ends.high, high=1 / ends.low)


def _customers(found: Found, population: int | None) -> Iterator[tuple[str, Figure]]:
    """A share of the customers times how many they are; needs their number."""
    for key, of in CUSTOMERS.items():
        source = found.get((of, ""))
        if source is not None:
            yield key, _times(source, key, Unit.COUNT, population, Reason.POPULATION_UNKNOWN)


def _people(told: Figure, customers: Figure) -> Figure:
    """Word of mouth: others told by each customer with a problem, times those customers."""
    sources = (told, customers)
    weakest = min(sources, key=lambda figure: (figure.value is not None, figure.n))
    made = replace(_like(weakest, "people_told", Unit.COUNT, Better.LOW, ()), notes=())
    if told.value is None or customers.value is None:
        return made
    made = replace(made, value=told.value * customers.value)
    if told.interval is None or customers.interval is None:
        return replace(made, interval_reason=told.interval_reason or customers.interval_reason)
    both = product(
        Estimate(told.value, told.interval), Estimate(customers.value, customers.interval)
    )
    return replace(made, interval=both.interval, interval_reason=None)


def _worth(customers: Figure, key: str, rules: Settings) -> Figure:
    """``market_damage``, ``value_at_risk``: so many customers times what one is worth in a year."""
    value = rules.definitions.customer_value
    return _times(customers, key, Unit.MONEY, value, Reason.VALUE_UNKNOWN)


def _times(source: Figure, key: str, unit: Unit, factor: float | None, unknown: Reason) -> Figure:
    """``source`` times a number that is known, with its error and intervals, or the reason."""
    made = _like(source, key, unit, Better.LOW, ())
    if source.value is None:
        return made
    if factor is None:
        return replace(made, reason=unknown, interval_reason=unknown)
    if unit is Unit.COUNT and source.n > factor:
        too_many = Reason.MORE_ANSWERS_THAN_CUSTOMERS
        return replace(made, reason=too_many, interval_reason=too_many)
    return replace(
        made,
        value=source.value * factor,
        se=None if source.se is None else source.se * factor,
        interval=_scaled(source.interval, factor),
        interval_reason=source.interval_reason,
        others=tuple(replace(i, low=i.low * factor, high=i.high * factor) for i in source.others),
        certain=_scaled(source.certain, factor),
        scale=tuple(end * factor for end in source.scale),
    )


def _scaled(ends: Interval | None, factor: float) -> Interval | None:
    return ends and replace(ends, low=ends.low * factor, high=ends.high * factor)


def _like(source: Figure, key: str, unit: Unit, better: Better, scale: tuple[float, ...]) -> Figure:
    """A figure of the same base, still without a value, for the reason that ``source`` has."""
    return replace(
        source,
        key=key,
        of="",
        unit=unit,
        value=None,
        count=None,
        se=None,
        interval=None,
        interval_reason=source.reason,
        others=(),
        certain=None,
        effective_n=source.effective_n,
        better=better,
        scale=scale,
    )
