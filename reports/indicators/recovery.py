"""How do problems end for customers, and what follows: do they stay, and whom do they tell?

A problem ends in one of four ways (``@recovery``, :mod:`reports.derived`): the customer told
nobody at the company, or told and was content with the handling, in the middle, or discontent.
Beside them stand the customers who met no problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from instruments.model import Better, Instrument, Role
from reports.derived import COMPLAINED, PROBLEM, RECOVERY, VOICED
from reports.findings import Figure
from reports.indicators.bases import Base
from reports.indicators.complaints import COMPLAINTS, STAYS, TOLD_OTHERS, YES
from reports.indicators.forms import Related, approving, mean_of, share_of
from reports.indicators.loyalty import PARTS
from reports.settings import Settings
from reports.tally import Tally

ENDS = {0: "none", 1: "silent", 2: "content", 3: "middling", 4: "discontent"}
"""Code of ``@recovery`` → what figures are about."""

PROBLEMS = tuple(code for code in ENDS if code)

Answers = Mapping[int, int]


def recovery(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``propensity``, ``voiced_propensity``; ``told_after``, ``stays_after``, ``buys_after``.

    The two propensities of those who met a problem; the others of each end of a problem, all
    ends in one group: the last could be had from the whole less the others. ``told_total``: how
    many others each customer with a problem told, however it ended.
    """
    found = []
    propensities = tuple(_propensities(tally, rules))
    if propensities:
        found.append(Related("propensity", propensities, (COMPLAINTS,)))
    if RECOVERY not in tally.plan.codes:
        return found
    for name, figures, whole in (
        ("told after a problem", _told(instrument, tally, rules), TOLD_OTHERS),
        ("stays after a problem", _stays(instrument, tally, rules), STAYS),
        ("buys after a problem", _buys(instrument, tally, rules), PARTS[Role.BUY_AGAIN]),
    ):
        own = tuple(figures)
        if own:
            found.append(Related(name, own, (COMPLAINTS, whole)))
    return found


def after(tally: Tally, name: str) -> Mapping[int, Answers]:
    """Code of ``@recovery`` → the answers to a question of those whose problem ended so."""
    found: dict[int, dict[int, int]] = {code: {} for code in ENDS}
    for (end, code), times in tally.both(RECOVERY, name).items():
        found[end][code] = times
    return found


def _propensities(tally: Tally, rules: Settings) -> Iterator[Figure]:
    """Of those who met a problem: who complained to anyone, who told the company."""
    complained = COMPLAINED if rules.definitions.complaint_to_others else VOICED
    for key, column, better in (
        ("propensity", complained, Better.NONE),
        ("voiced_propensity", VOICED, Better.HIGH),
    ):
        if PROBLEM in tally.plan.codes and column in tally.plan.codes:
            answers = tally.among(PROBLEM, column)
            base = Base.MET_A_PROBLEM
            yield share_of(key, answers, YES, rules.confidence, base=base, better=better)


def _told(instrument: Instrument, tally: Tally, rules: Settings) -> Iterator[Figure]:
    question = instrument.first(Role.TOLD)
    if question is None:
        return
    by_end = after(tally, question.id)
    met: dict[int, int] = {}
    for end in PROBLEMS:
        for code, times in by_end[end].items():
            met[code] = met.get(code, 0) + times
    base = Base.MET_A_PROBLEM
    total = mean_of("told_total", question, met, rules.confidence, base=base)
    yield replace(total, better=Better.LOW)
    for end, name in ENDS.items():
        found = mean_of(
            "told_after", question, by_end[end], rules.confidence, base=Base.ENDED_SO, of=name
        )
        yield replace(found, better=Better.LOW if end in PROBLEMS else Better.NONE)


def _stays(instrument: Instrument, tally: Tally, rules: Settings) -> Iterator[Figure]:
    return _shares(instrument, Role.STAYS, "stays_after", tally, rules)


def _buys(instrument: Instrument, tally: Tally, rules: Settings) -> Iterator[Figure]:
    return _shares(instrument, Role.BUY_AGAIN, "buys_after", tally, rules)


def _shares(
    instrument: Instrument, role: Role, key: str, tally: Tally, rules: Settings
) -> Iterator[Figure]:
    question = instrument.first(role)
    if question is None:
        return
    yes = approving(question, rules.definitions.comes_back)
    by_end = after(tally, question.id)
    for end, name in ENDS.items():
        yield share_of(key, by_end[end], yes, rules.confidence, base=Base.ENDED_SO, of=name)
