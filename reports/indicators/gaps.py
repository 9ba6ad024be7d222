"""Where does service fall short of expectation, dimension by dimension, and as a whole?

Gap = experience less expectation, below zero a shortfall; the textbooks' *derived
dissatisfaction* is the same number with the other sign. From those who gave both answers to all
attributes concerned, so that the standard error is that of paired differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from instruments.model import Instrument, Question
from reports.findings import Figure, Note, Reason, Unit
from reports.indicators.attributes import expected, near_the_top
from reports.indicators.bases import Base
from reports.indicators.forms import Related, ends, mean, missing
from reports.indicators.importance import IMPORTANCE, stated_weights
from reports.settings import Settings
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.matrices import GAPS, gap_pairs

Groups = Mapping[str, Sequence[str]]
"""Dimension (or attribute, where the instrument has no dimensions) → its attributes."""


def gaps(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``gap_dimension`` of each dimension, ``gap_overall``, ``gap_overall_weighted``.

    The whole is the mean over the dimensions, each counting the same, or by the stated
    importance of its attributes. Attributes without a dimension are left out of the whole, unless
    none has one: then it is the mean over attributes. Nothing where expectation and experience
    are not asked on one scale throughout: points of different scales have no mean.
    """
    pairs = gap_pairs(instrument)
    if len({(question.codes, question.better) for question, _ in pairs.values()}) != 1:
        return []
    of = {a.id: a.dimension for a in instrument.attributes if a.id in pairs}
    found = []
    for dimension in dict.fromkeys(d for d in of.values() if d):
        own = [attribute for attribute in of if of[attribute] == dimension]
        figure = _dimension(dimension, own, pairs, tally, rules)
        within = tuple(map(expected, own))
        found.append(Related(f"gap of {dimension}", (figure,), within, made_of_others=True))
    groups: Groups = {d: [a for a in of if of[a] == d] for d in dict.fromkeys(of.values()) if d}
    groups = groups or {attribute: [attribute] for attribute in of}
    within = tuple(expected(attribute) for attribute in of)
    plain = _overall("gap_overall", groups, dict.fromkeys(groups, Fraction(1)), pairs, tally, rules)
    found.append(Related("gap of the whole", (plain,), within, made_of_others=True))
    weights = stated_weights(instrument, tally)
    if weights is not None:
        by_group = {d: sum((weights[a] for a in own), Fraction(0)) for d, own in groups.items()}
        weighted = _overall("gap_overall_weighted", groups, by_group, pairs, tally, rules)
        within = (*within, IMPORTANCE)
        name = "weighted gap of the whole"
        found.append(Related(name, (weighted,), within, made_of_others=True))
    return found


def _dimension(
    dimension: str,
    own: Sequence[str],
    pairs: Mapping[str, tuple[Question, Question]],
    tally: Tally,
    rules: Settings,
) -> Figure:
    matrix = tally.matrix(f"{GAPS[:-1]}:{dimension}")
    moments = matrix.combined([Fraction(1, len(own))] * len(own))
    return _figure("gap_dimension", dimension, moments, own, pairs, tally, rules)


def _overall(
    key: str,
    groups: Groups,
    weights: Mapping[str, Fraction],
    pairs: Mapping[str, tuple[Question, Question]],
    tally: Tally,
    rules: Settings,
) -> Figure:
    total = sum(weights.values(), Fraction(0))
    if not total:  # nobody said what is important
        question = next(iter(pairs.values()))[1]
        low, high = ends(question)
        scale = (low - high, high - low)
        return missing(key, Unit.POINTS, Base.COMPLETE, reason=Reason.NO_ANSWERS, scale=scale)
    factors = {a: weights[g] / total / len(own) for g, own in groups.items() for a in own}
    matrix = tally.matrix(GAPS)
    moments = matrix.combined([factors.get(name, Fraction(0)) for name in matrix.names])
    return _figure(key, "", moments, list(factors), pairs, tally, rules)


def _figure(
    key: str,
    of: str,
    moments: Moments,
    own: Sequence[str],
    pairs: Mapping[str, tuple[Question, Question]],
    tally: Tally,
    rules: Settings,
) -> Figure:
    low, high = ends(pairs[own[0]][1])
    figure = mean(
        key,
        moments,
        rules.confidence,
        unit=Unit.POINTS,
        base=Base.COMPLETE,
        bounds=(low - high, high - low),
        of=of,
        method="paired_t",
    )
    return replace(figure, notes=_ceiling(own, pairs, tally, rules))


def _ceiling(
    own: Sequence[str],
    pairs: Mapping[str, tuple[Question, Question]],
    tally: Tally,
    rules: Settings,
) -> tuple[Note, ...]:
    """Whether the attributes' expectations, all together, leave no room above them."""
    questions = [pairs[attribute][0] for attribute in own]
    wanted: dict[int, int] = {}
    for question in questions:
        for code, times in tally.answers(question.id).items():
            wanted[code] = wanted.get(code, 0) + times
    return near_the_top(Moments.of(wanted), questions[0], rules)
