"""How is each attribute experienced, and is that what customers had expected of it?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Interval, Note, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import Related, ends, mean, mean_of, share_of, worst_and_best
from reports.indicators.satisfaction import answer_shares
from reports.settings import Settings
from reports.statistics.gaps import ONE_SIDED, ceiling, gap_interval
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.matrices import gap_pairs


def attributes(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """Per attribute ``attribute_mean``, ``attribute_top2``, answers, ``expectation_mean``, ``gap``.

    Whatever of an attribute is not asked is left out; the gap also where expectation and
    experience have different scales.
    """
    expectations = instrument.about(Role.EXPECTATION)
    experiences = instrument.about(Role.EXPERIENCE)
    paired = gap_pairs(instrument)
    found = []
    for attribute in (a.id for a in instrument.attributes):
        expectation, experience = expectations.get(attribute), experiences.get(attribute)
        if experience is not None:
            figures = _experience(attribute, experience, tally, rules.confidence)
            found.append(Related(rated(attribute), tuple(figures)))
        if expectation is not None:
            figures = [_mean("expectation_mean", expectation, tally, rules.confidence)]
            if attribute in paired:
                figures.append(_gap(attribute, *paired[attribute], tally, rules))
            within = (rated(attribute),) if experience is not None else ()
            found.append(Related(expected(attribute), tuple(figures), within))
    return found


def rated(attribute: str) -> str:
    """The group of figures about an attribute as experienced."""
    return f"experience of {attribute}"


def expected(attribute: str) -> str:
    """The group of figures about what was expected of an attribute, with its gap."""
    return f"expectation of {attribute}"


def attribute_means(instrument: Instrument, tally: Tally, rules: Settings) -> list[Figure]:
    """``attribute_mean`` of every attribute that is rated, in the order of the attributes."""
    asked = instrument.about(Role.EXPERIENCE).values()
    return [_mean("attribute_mean", question, tally, rules.confidence) for question in asked]


def near_the_top(answers: Moments, question: Question, rules: Settings) -> tuple[Note, ...]:
    """The note on a gap whose expectations leave experience no room above them."""
    room = Fraction(rules.definitions.ceiling).limit_denominator(1000)
    return (Note.NEAR_THE_TOP,) if ceiling(answers, *worst_and_best(question), room) else ()


def _experience(
    attribute: str, question: Question, tally: Tally, confidence: float
) -> list[Figure]:
    answers = tally.answers(question.id)
    best = question.best_codes(2)
    return [
        _mean("attribute_mean", question, tally, confidence),
        share_of("attribute_top2", answers, best, confidence, base=Base.RATED, of=attribute),
        *answer_shares(question, tally, confidence, Base.RATED),
    ]


def _mean(key: str, question: Question, tally: Tally, confidence: float) -> Figure:
    base = Base.RATED if question.role is Role.EXPERIENCE else Base.EXPECTED
    of = question.attribute or ""
    return mean_of(key, question, tally.answers(question.id), confidence, base=base, of=of)


def _gap(
    attribute: str, expectation: Question, experience: Question, tally: Tally, rules: Settings
) -> Figure:
    """Experience less expectation, in points, over those who gave both; below 0 is a shortfall.

    On a scale whose low end is the good one the sign is turned, so that it stays so. Where hardly
    anybody's gap lies on one side, the interval is that of one-sided gaps, Student's in ``others``.
    """
    sign = -1 if experience.better is Better.LOW else 1
    gaps: dict[int, int] = {}
    wanted: dict[int, int] = {}
    for (wish, experienced), times in tally.both(expectation.id, experience.id).items():
        gap = sign * (experienced - wish)
        gaps[gap] = gaps.get(gap, 0) + times
        wanted[wish] = wanted.get(wish, 0) + times
    low, high = ends(experience)
    bounds = (low - high, high - low)
    figure = mean(
        "gap",
        Moments.of(gaps),
        rules.confidence,
        unit=Unit.POINTS,
        base=Base.EXPECTED_AND_RATED,
        bounds=bounds,
        of=attribute,
        method="paired_t",
    )
    figure = replace(figure, notes=near_the_top(Moments.of(wanted), expectation, rules))
    found = gap_interval(gaps, bounds, rules.confidence)
    if not isinstance(found, Interval) or found.method != ONE_SIDED or figure.interval is None:
        return figure
    return replace(figure, interval=found, others=(figure.interval,))
