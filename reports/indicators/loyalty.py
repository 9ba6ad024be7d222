"""Do customers recommend, come back, speak well, ask for us by name and want more?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure, Interval, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import (
    Related,
    approving,
    is_scale,
    mean_of,
    missing,
    share,
    share_of,
    split,
)
from reports.indicators.satisfaction import answer_shares
from reports.settings import Definitions, Settings
from reports.statistics.intervals import NETS, net_adjusted_wald, net_wald
from reports.statistics.moments import Moments
from reports.tally import Tally
from reports.tally.plan import RETURN

ZERO_TO_TEN = tuple(range(11))
DETRACTORS = frozenset(range(7))
PASSIVES = frozenset({7, 8})
PROMOTERS = frozenset({9, 10})

PARTS = {
    Role.BOUGHT_AGAIN: "bought_again",
    Role.BUY_AGAIN: "would_buy_again",
    Role.RECOMMEND: "would_recommend",
}
OPINIONS = {
    Role.FAVOURABILITY: "favourability",
    Role.NAMED_CHOICE: "named_choice",
    Role.BUY_MORE: "sales_power",
}


def loyalty(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """NPS with its three shares, return rate with its parts, the indicators of opinion.

    NPS only of a question from 0 to 10; return rate only where a part of buying is asked that
    counts by the company's definition.
    """
    found = _returning(instrument, tally, rules)
    for role, key in OPINIONS.items():
        question = instrument.first(role)
        if question is not None:
            yes = approving(question, _points(role, rules.definitions))
            figure = share_of(key, tally.answers(question.id), yes, rules.confidence)
            found.append(Related(key, (figure,)))
    tolerance = instrument.first(Role.PRICE_TOLERANCE)
    if tolerance is not None:
        answers = tally.answers(tolerance.id)
        accepted = mean_of("price_tolerance", tolerance, answers, rules.confidence)
        found.append(Related("price_tolerance", (replace(accepted, better=Better.HIGH),)))
    return found


def _points(role: Role, definitions: Definitions) -> int:
    """How many of the best points count for an opinion that is asked on a scale."""
    if role is Role.FAVOURABILITY:
        return definitions.speaks_well
    return definitions.wants_more if role is Role.BUY_MORE else definitions.comes_back


def _returning(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """The parts of the return rate, each with what else its question says, then the union.

    Each part has its own base, the answers to it. Beside the best two points of buying again
    stands the best one: who is merely satisfied buys again far less often. A union of
    recommending alone would be no return, so there is none.
    """
    asked = [q for role in RETURN if (q := instrument.first(role)) is not None]
    confidence = rules.confidence
    found = []
    for question in asked:
        key, answers = PARTS[question.role], tally.answers(question.id)
        yes = approving(question, rules.definitions.comes_back)
        figures = [share_of(key, answers, yes, confidence)]
        if question.role is Role.BUY_AGAIN and is_scale(question):
            best = question.best_codes(1)
            figures.append(share_of("would_buy_again_top", answers, best, confidence))
        if question.role is Role.RECOMMEND:
            figures += _net(question, tally, confidence)
            figures += answer_shares(question, tally, confidence, Base.ANSWERED)
        found.append(Related(key, tuple(figures)))
    parts = [q for q in asked if PARTS[q.role] in rules.definitions.return_parts]
    if any(question.role is not Role.RECOMMEND for question in parts):
        union = _union(parts, tally, rules)
        found.append(Related("return_rate", (union,), tuple(PARTS[q.role] for q in parts)))
    return found


def _net(question: Question, tally: Tally, confidence: float) -> list[Figure]:
    """``nps``, ``promoters`` (9–10), ``passives`` (7–8), ``detractors`` (0–6) of a 0–10 scale."""
    if tuple(sorted(question.codes)) != ZERO_TO_TEN:
        return []
    answers = tally.answers(question.id)
    shares = [
        share_of(key, answers, codes, confidence, better=better)
        for key, codes, better in (
            ("promoters", PROMOTERS, Better.HIGH),
            ("passives", PASSIVES, Better.NONE),
            ("detractors", DETRACTORS, Better.LOW),
        )
    ]
    up, even, down = (figure.count or 0 for figure in shares)
    return [net_score(up, even, down, confidence), *shares]


def net_score(promoters: int, passives: int, detractors: int, confidence: float) -> Figure:
    """``nps`` from -1 to 1: adjusted Wald interval, the plain one in ``others``, its plain SE.

    >>> score = net_score(162, 108, 54, 0.95)
    >>> round(score.value, 4), round(score.se, 6)
    (0.3333, 0.041409)
    """
    net = Moments.of({1: promoters, 0: passives, -1: detractors})
    if net.n == 0:
        return missing("nps", Unit.NET, Base.ANSWERED, scale=NETS)
    interval, reason = split(net_adjusted_wald(net, confidence))
    plain = net_wald(net, confidence)
    figure = Figure("nps", "", Unit.NET, Base.ANSWERED, net.n, net.mean)
    return replace(
        figure,
        se=math.sqrt(net.spread / net.n) if net.n > 1 else None,
        interval=interval,
        interval_reason=reason,
        others=(plain,) if isinstance(plain, Interval) else (),
        better=Better.HIGH,
        scale=NETS,
    )


def _union(parts: list[Question], tally: Tally, rules: Settings) -> Figure:
    """``return_rate``: at least one part holds, of those who answered every part."""
    yes = [approving(question, rules.definitions.comes_back) for question in parts]
    count = n = 0
    for codes, times in together(parts, tally):
        n += times
        if any(code in own for code, own in zip(codes, yes, strict=True)):
            count += times
    return share("return_rate", count, n, rules.confidence, base=Base.ALL_PARTS)


def together(asked: Sequence[Question], tally: Tally) -> list[tuple[tuple[int, ...], int]]:
    """Combinations of valid answers to all these questions, each with how often it was given."""
    counts = tally.table(*(question.id for question in asked))
    codes = [tally.plan.codes[question.id] for question in asked]
    valid = counts[tuple(slice(-len(own), None) for own in codes)].ravel().tolist()
    return [(given, times) for given, times in zip(product(*codes), valid, strict=True) if times]
