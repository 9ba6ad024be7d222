"""Which attributes matter most to customers, by the places they gave them?

Weights are rank-order centroids (Barron & Barrett 1996): of N attributes the one in place i
weighs w_i = (1/N) Σ_{k=i..N} 1/k. Attributes that a respondent did not place share the mean
of the weights that are left, so that everybody's weights sum to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from instruments.model import Instrument, question_columns
from reports.derived import RANKED, ranking_of
from reports.findings import Unit
from reports.indicators.bases import Base
from reports.indicators.forms import Related, mean, share
from reports.statistics.intervals import Bounds
from reports.statistics.moments import Moments
from reports.tally import Tally


@cache
def centroid_weights(attributes: int) -> tuple[Fraction, ...]:
    """The rank-order-centroid weights of places 1 … N; they sum to exactly 1.

    >>> [round(float(weight), 4) for weight in centroid_weights(3)]
    [0.6111, 0.2778, 0.1111]
    """
    weights, tail = [], Fraction(0)
    for place in range(attributes, 0, -1):
        tail += Fraction(1, place)
        weights.append(tail / attributes)
    return tuple(reversed(weights))


def weight_of(place: int, ranked: int, attributes: int) -> Fraction:
    """The weight of the attribute in ``place`` (0: not placed) of a ranking of ``ranked``.

    >>> weight_of(0, 3, 4) == centroid_weights(4)[3]
    True
    """
    weights = centroid_weights(attributes)
    return (
        weights[place - 1] if place else sum(weights[ranked:], Fraction(0)) / (attributes - ranked)
    )


def importance(instrument: Instrument, tally: Tally, confidence: float) -> list[Related]:
    """Per attribute ``importance_weight``, ``importance_chosen``, ``importance_first``.

    Chosen: placed at all; first: placed first. Nothing where nothing is ranked.
    """
    ranking = ranking_of(instrument)
    if ranking is None:
        return []
    figures = []
    bounds = _bounds(ranking.places, len(instrument.attributes))
    for column in question_columns(ranking, instrument.attributes):
        counts = tally.both(RANKED, column.name)
        of, n = column.attribute or "", sum(counts.values())
        chosen = sum(times for (_ranked, place), times in counts.items() if place > 0)
        first = sum(times for (_ranked, place), times in counts.items() if place == 1)
        figures += [
            mean(
                "importance_weight",
                Moments.of(_weights(counts, len(instrument.attributes))),
                confidence,
                unit=Unit.WEIGHT,
                base=Base.RANKED,
                bounds=bounds,
                of=of,
            ),
            share("importance_chosen", chosen, n, confidence, base=Base.RANKED, of=of),
            share("importance_first", first, n, confidence, base=Base.RANKED, of=of),
        ]
    return [Related("importance", tuple(figures))]


def _bounds(places: int, attributes: int) -> Bounds:
    """The lowest and highest weight that an answer can give to an attribute."""
    unplaced = weight_of(0, places, attributes) if places < attributes else Fraction(1)
    weights = centroid_weights(attributes)
    return float(min(unplaced, weights[places - 1])), float(weights[0])


def _weights(counts: Mapping[tuple[int, int], int], attributes: int) -> Mapping[Fraction, int]:
    weights: dict[Fraction, int] = {}
    for (ranked, place), times in counts.items():
        weight = weight_of(place, ranked, attributes)
        weights[weight] = weights.get(weight, 0) + times
    return weights
