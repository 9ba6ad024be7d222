"""Who met a problem, who complained, to whom, and how far did each one rank?

Some figures rest on a respondent's answers taken together. They are worked out here, once,
as further coded columns, so that everything after counts columns and nothing else:

``@problem``
    1 met a problem, 0 did not. From the question of role *problem*: its options that mean
    *yes* are 1, every other option is 0; what is missing stays missing, with its code.
``@voiced``
    1 told the company, 0 did not. From the question of role *voiced*: 1 where an option was
    chosen that means *company* (or *yes*), 0 for every other answer. Who was not asked because
    no problem was met (*not applicable* there, 0 in ``@problem``) told nobody: 0. Who was not
    asked because the problem question itself has no answer is missing for that reason.
``@complained``
    The same with the options that mean *others* besides: told the company or others. Only
    where the instrument offers *others*; else nobody knows who complained elsewhere.
``@ranked``
    How many attributes were placed, 1 to the places asked for. Places must run 1, 2, 3 … with
    none missing and none twice; a ranking that does not is no answer, as is one without a place.
``@recovery``
    How a problem ended for the customer: 0 met none; 1 met one and told nobody at the company;
    who told the company: 2 where the handling was among the best points of its scale, 3 in the
    middle, 4 among the worst. Best and worst are two points each (4-5 and 1-2 of five; one each
    on a scale of two or three). Missing for the reason of the first of the three answers
    (problem, voiced, handling) that it takes and that is not there. Only where all three are
    asked.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from instruments.model import Instrument, Kind, Means, Question, Role, question_columns
from reports.dataset import Codes, Missing

PROBLEM = "@problem"
VOICED = "@voiced"
COMPLAINED = "@complained"
RANKED = "@ranked"
RECOVERY = "@recovery"

TO_THE_COMPANY = (Means.COMPANY, Means.YES)
TO_ANYONE = (Means.COMPANY, Means.YES, Means.OTHERS)


def derived_codes(instrument: Instrument) -> Mapping[str, tuple[int, ...]]:
    """The derived columns that answers to this instrument fill, each with its codes."""
    found: dict[str, tuple[int, ...]] = {}
    if instrument.first(Role.PROBLEM) is not None:
        found[PROBLEM] = (0, 1)
    voiced = instrument.first(Role.VOICED)
    if voiced is not None:
        found[VOICED] = (0, 1)
        if voiced.codes_meaning(Means.OTHERS):
            found[COMPLAINED] = (0, 1)
    ranking = ranking_of(instrument)
    if ranking is not None:
        found[RANKED] = tuple(range(1, ranking.places + 1))
    if PROBLEM in found and VOICED in found and instrument.first(Role.HANDLING) is not None:
        found[RECOVERY] = (0, 1, 2, 3, 4)
    return found


def derive(instrument: Instrument, columns: Mapping[str, Codes]) -> Mapping[str, Codes]:
    """The derived columns of n respondents: name → int8 codes, shape (n,)."""
    wanted = derived_codes(instrument)
    found: dict[str, Codes] = {}
    problem = instrument.first(Role.PROBLEM)
    if problem is not None:
        found[PROBLEM] = _chose(instrument, problem, problem.codes_meaning(Means.YES), columns)
    voiced = instrument.first(Role.VOICED)
    if voiced is not None:
        for name, meanings in ((VOICED, TO_THE_COMPANY), (COMPLAINED, TO_ANYONE)):
            if name in wanted:
                said = _chose(instrument, voiced, voiced.codes_meaning(*meanings), columns)
                found[name] = _told_nobody_without_problem(said, found.get(PROBLEM))
    ranking = ranking_of(instrument)
    if ranking is not None:
        found[RANKED] = _ranked(instrument, ranking, columns)
    handling = instrument.first(Role.HANDLING)
    if RECOVERY in wanted and handling is not None:
        found[RECOVERY] = _recovery(found[PROBLEM], found[VOICED], handling, columns[handling.id])
    return found


def ranking_of(instrument: Instrument) -> Question | None:
    """The question that has attributes put in order of importance, or None."""
    asked = (q for q in instrument.with_role(Role.IMPORTANCE) if q.kind is Kind.RANK)
    return next(asked, None)


def _chose(
    instrument: Instrument, question: Question, codes: frozenset[int], columns: Mapping[str, Codes]
) -> Codes:
    """1 where one of ``codes`` was chosen, 0 where another was; what is missing stays so."""
    own = question_columns(question, instrument.attributes)
    first = columns[own[0].name]
    if question.kind is Kind.MULTIPLE:
        hit = np.zeros(first.shape, dtype=bool)
        for column in own:
            if column.option in codes:
                hit |= columns[column.name] == 1
    else:
        hit = np.isin(first, sorted(codes))
    return np.where(first < 0, first, hit).astype(np.int8)


def _told_nobody_without_problem(said: Codes, problem: Codes | None) -> Codes:
    if problem is None:
        return said
    unasked = (said == Missing.NOT_APPLICABLE) & (problem <= 0)
    return np.where(unasked, problem, said).astype(np.int8)


def _ranked(instrument: Instrument, ranking: Question, columns: Mapping[str, Codes]) -> Codes:
    places = [columns[c.name] for c in question_columns(ranking, instrument.attributes)]
    first = places[0]
    placed = sum(((place > 0).astype(np.int8) for place in places), np.zeros_like(first))
    whole = placed > 0
    for number in range(1, ranking.places + 1):
        given = sum(((place == number).astype(np.int8) for place in places), np.zeros_like(first))
        whole &= given == (placed >= number)
    broken = np.where(first < 0, first, Missing.NO_ANSWER)
    return np.where(whole, placed, broken).astype(np.int8)


def _recovery(problem: Codes, voiced: Codes, handling: Question, handled: Codes) -> Codes:
    boxes = min(2, len(handling.codes) // 2)
    best = handling.best_codes(boxes)
    worst = frozenset(handling.codes) - handling.best_codes(len(handling.codes) - boxes)
    ended = np.full(256, 3, np.int8)
    for codes, outcome in ((best, 2), (worst, 4)):
        ended[sorted(codes)] = outcome
    told = np.where(handled < 0, handled, ended[handled.view(np.uint8)])
    with_problem = np.where(voiced < 0, voiced, np.where(voiced == 0, 1, told))
    return np.where(problem == 1, with_problem, problem).astype(np.int8)
