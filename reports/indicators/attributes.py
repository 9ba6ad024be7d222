"""How is each attribute experienced, and is that what customers had expected of it?"""

from __future__ import annotations

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import Related, ends, mean, share_of
from reports.indicators.satisfaction import answer_shares
from reports.statistics.moments import Moments
from reports.tally import Tally


def attributes(instrument: Instrument, tally: Tally, confidence: float) -> list[Related]:
    """Per attribute ``attribute_mean``, ``attribute_top2``, answers, ``expectation_mean``, ``gap``.

    Whatever of an attribute is not asked is left out; the gap also where expectation and
    experience have different scales.
    """
    expectations = instrument.about(Role.EXPECTATION)
    experiences = instrument.about(Role.EXPERIENCE)
    found = []
    for attribute in (a.id for a in instrument.attributes):
        expectation, experience = expectations.get(attribute), experiences.get(attribute)
        rated = f"experience of {attribute}"
        if experience is not None:
            figures = _experience(attribute, experience, tally, confidence)
            found.append(Related(rated, tuple(figures)))
        if expectation is not None:
            figures = [_mean("expectation_mean", expectation, tally, confidence)]
            if experience is not None:
                figures += _gap(attribute, expectation, experience, tally, confidence)
            within = (rated,) if experience is not None else ()
            found.append(Related(f"expectation of {attribute}", tuple(figures), within))
    return found


def attribute_means(instrument: Instrument, tally: Tally, confidence: float) -> list[Figure]:
    """``attribute_mean`` of every attribute that is rated, in the order of the attributes."""
    rated = instrument.about(Role.EXPERIENCE).values()
    return [_mean("attribute_mean", question, tally, confidence) for question in rated]


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
    return mean(
        key,
        Moments.of(tally.answers(question.id)),
        confidence,
        unit=Unit.POINTS,
        base=Base.RATED if question.role is Role.EXPERIENCE else Base.EXPECTED,
        bounds=ends(question),
        of=question.attribute or "",
    )


def _gap(
    attribute: str,
    expectation: Question,
    experience: Question,
    tally: Tally,
    confidence: float,
) -> list[Figure]:
    """Experience less expectation, in points, over those who gave both; below 0 is a shortfall.

    On a scale whose low end is the good one the sign is turned, so that it stays so.
    """
    if expectation.codes != experience.codes or expectation.better is not experience.better:
        return []
    sign = -1 if experience.better is Better.LOW else 1
    gaps: dict[int, int] = {}
    for (expected, experienced), times in tally.both(expectation.id, experience.id).items():
        gap = sign * (experienced - expected)
        gaps[gap] = gaps.get(gap, 0) + times
    low, high = ends(experience)
    return [
        mean(
            "gap",
            Moments.of(gaps),
            confidence,
            unit=Unit.POINTS,
            base=Base.EXPECTED_AND_RATED,
            bounds=(low - high, high - low),
            of=attribute,
            method="paired_t",
        )
    ]
