"""Which attributes matter most to customers, by what they say: places given, or ratings?

Weights are rank-order centroids (Barron & Barrett 1996): of N attributes the one in place i
weighs w_i = (1/N) Σ_{k=i..N} 1/k. Attributes that a respondent did not place share the mean
of the weights that are left, so that everybody's weights sum to 1; ranks and Borda points are
shared likewise (:mod:`reports.statistics.ranks`). What the answers say without being asked is in
:mod:`reports.indicators.drivers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from instruments.model import Better, Instrument, Kind, Question, Role, question_columns
from reports.derived import RANKED, ranking_of
from reports.findings import Figure, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import Related, coefficient, mean, mean_of, share
from reports.settings import Settings
from reports.statistics.agreement import agreement
from reports.statistics.moments import Exact, Moments
from reports.statistics.ranks import Rankings, centroid_weights
from reports.tally import Tally

IMPORTANCE = "importance"
"""The group of all figures of stated importance: they follow from each other."""


def importance(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """From a ranking ``importance_…`` and Kendall's W; from ratings ``importance_rating``.

    Nothing where importance is asked neither way.
    """
    found: list[Figure] = []
    ranking = ranking_of(instrument)
    if ranking is not None:
        rankings = rankings_of(instrument, ranking, tally)
        found += _of_places(ranking, rankings, rules.confidence)
        found += _concordance(rankings, rules)
    for attribute, question in ratings_of(instrument).items():
        found.append(_rating(attribute, question, tally, rules.confidence))
    return [Related(IMPORTANCE, tuple(found))] if found else []


def stated_weights(instrument: Instrument, tally: Tally) -> Mapping[str, Fraction] | None:
    """Attribute → its part of all stated importance: its mean rank weight, else its mean rating.

    The parts sum to 1; all are 0 where nobody answered. None where importance is not asked.
    """
    ranking = ranking_of(instrument)
    if ranking is not None:
        scored = rankings_of(instrument, ranking, tally).scored(
            centroid_weights(len(instrument.attributes))
        )
        means = {attribute: _mean(moments) for attribute, moments in scored.items()}
    else:
        means = {of: _importance(q, tally) for of, q in ratings_of(instrument).items()}
    total = sum(means.values(), Fraction(0))
    found = {attribute: mean / total if total else Fraction(0) for attribute, mean in means.items()}
    return found or None


def rankings_of(instrument: Instrument, ranking: Question, tally: Tally) -> Rankings:
    """The counts of places of all whole rankings; an attribute without a place was not placed."""
    ranked = {r: times for r, times in tally.answers(RANKED).items() if times}
    places: dict[str, dict[tuple[int, int], int]] = {}
    for column in question_columns(ranking, instrument.attributes):
        given = {key: times for key, times in tally.both(RANKED, column.name).items() if key[1]}
        for r, times in ranked.items():
            placed = sum(n for (of, _place), n in given.items() if of == r)
            if times > placed:
                given[r, 0] = times - placed
        places[column.attribute or ""] = given
    return Rankings.of(places)


def _of_places(ranking: Question, rankings: Rankings, confidence: float) -> list[Figure]:
    """Weight, chosen, first, mean rank and Borda points of each attribute.

    Chosen: placed at all; first: placed first.
    """
    items = len(rankings.places)
    centroids = centroid_weights(items)
    weights, ranks, borda = rankings.scored(centroids), rankings.ranks(), rankings.borda()
    base, neither = Base.RANKED, Better.NONE
    figures = []
    for of, counts in rankings.places.items():
        chosen = sum(times for (_ranked, place), times in counts.items() if place > 0)
        first = sum(times for (_ranked, place), times in counts.items() if place == 1)
        n = rankings.n
        scored: list[tuple[str, Moments, Unit, Sequence[Exact]]] = [
            ("importance_weight", weights[of], Unit.WEIGHT, centroids),
            ("importance_rank", ranks[of], Unit.POINTS, range(1, items + 1)),
            ("importance_borda", borda[of], Unit.POINTS, range(items - 1, -1, -1)),
        ]
        found = [
            mean(
                key,
                moments,
                confidence,
                unit=unit,
                base=base,
                bounds=_bounds(scores, ranking.places),
                of=of,
                better=neither,
            )
            for key, moments, unit, scores in scored
        ]
        found += [
            share("importance_chosen", chosen, n, confidence, base=base, of=of, better=neither),
            share("importance_first", first, n, confidence, base=base, of=of, better=neither),
        ]
        figures += [found[0], *found[3:], *found[1:3]]
    return figures


def _bounds(scores: Sequence[Exact], places: int) -> tuple[float, float]:
    """The lowest and highest score that a ranking can give to an attribute."""
    left = scores[places:]
    reached = [*scores[:places], *([sum(left, Fraction(0)) / len(left)] if left else [])]
    return float(min(reached)), float(max(reached))


def _concordance(rankings: Rankings, rules: Settings) -> list[Figure]:
    """``kendall_w``: do customers agree; ``kendall_p``: could it be chance?"""
    found = agreement(rankings, np.random.default_rng(rules.seed))
    base, scale, n = Base.RANKED, (0.0, 1.0), found.judges
    why = found.reason if n else Reason.NO_ANSWERS
    return [
        coefficient("kendall_w", found.w, n, why, base=base, scale=scale),
        coefficient("kendall_p", found.p, n, why, base=base, scale=scale),
    ]


def ratings_of(instrument: Instrument) -> Mapping[str, Question]:
    """Attribute → the question that asks on a scale how important it is."""
    asked = instrument.about(Role.IMPORTANCE)
    return {of: question for of, question in asked.items() if question.kind is Kind.SCALE}


def _rating(of: str, question: Question, tally: Tally, confidence: float) -> Figure:
    """The mean rating; its ``better`` is the end of the scale that says important."""
    answers, base = tally.answers(question.id), Base.IMPORTANCE_RATED
    return mean_of("importance_rating", question, answers, confidence, base=base, of=of)


def _importance(question: Question, tally: Tally) -> Fraction:
    """The mean rating, counted from the other end where low codes say important."""
    rated = Moments.of(tally.answers(question.id))
    if question.better is Better.LOW:
        rated = rated.rescaled(Fraction(-1), Fraction(min(question.codes) + max(question.codes)))
    return _mean(rated)


def _mean(moments: Moments) -> Fraction:
    return Fraction(moments.total) / moments.n if moments.n else Fraction(0)
