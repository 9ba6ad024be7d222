"""How many customers do problems cost?

The market damage model of TARP (Goodman 2009, *Strategic Customer Service*) counts, end by end,
which share of the customers with a problem is lost: of those who complained the content, the
mollified and the discontent, and of the silent. Where a company states these shares, they are
multiplied with the ends of problems that its own customers report. Where it does not, the loss
is measured: the share of customers who would buy again among those without a problem, less
that among those with one, so that nothing is put down to problems which goes on without them.
"""

from __future__ import annotations

import math
from fractions import Fraction

from instruments.model import Better, Instrument, Role
from reports.derived import RECOVERY
from reports.findings import Figure, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.complaints import COMPLAINTS
from reports.indicators.forms import CORRELATIONS, Related, approving, missing, with_interval
from reports.indicators.loyalty import PARTS
from reports.indicators.recovery import ENDS, PROBLEMS, after
from reports.settings import Lost, Settings
from reports.statistics.intervals import SHARES, Bounds
from reports.statistics.moments import Moments
from reports.tally import Tally

KEY = "lost_to_problems"


def damage(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``lost_to_problems``: the share of all customers that problems cost.

    Nothing where the ends of problems are not asked. By shares the company states it is a mean
    over the ends of problems; measured, with b the share who would buy again of the n0 without a
    problem, and p and k the shares of all n who met one, and who met one and would buy again,
    it is b·p - k, with the delta method's SE √(s²/n + p² b(1 - b)/n0): s² the variance of what
    each customer adds to b·p - k. It may be below 0, where recovery makes customers.
    """
    if RECOVERY not in tally.plan.codes:
        return []
    lost = rules.definitions.lost
    if lost is not None:
        return [Related(KEY, (_stated(lost, tally, rules.confidence),), (COMPLAINTS,))]
    figure = _measured(instrument, tally, rules)
    return [Related(KEY, (figure,), (COMPLAINTS, PARTS[Role.BUY_AGAIN], "buys after a problem"))]


def _stated(lost: Lost, tally: Tally, confidence: float) -> Figure:
    losses: dict[Fraction, int] = {}
    for end, times in tally.answers(RECOVERY).items():
        loss = Fraction(getattr(lost, ENDS[end])) if end in PROBLEMS else Fraction(0)
        losses[loss] = losses.get(loss, 0) + times
    moments = Moments.of(losses)
    if moments.n == 0:
        return _missing(Reason.NO_ANSWERS, SHARES)
    return _figure(moments, 0.0, SHARES, confidence)


def _measured(instrument: Instrument, tally: Tally, rules: Settings) -> Figure:
    question = instrument.first(Role.BUY_AGAIN)
    if question is None:
        return _missing(Reason.NOT_ASKED, CORRELATIONS)
    yes = approving(question, rules.definitions.comes_back)
    by_end = {
        end: (sum(answers.values()), sum(t for code, t in answers.items() if code in yes))
        for end, answers in after(tally, question.id).items()
    }
    without, buying = by_end[0]
    problems, still = (sum(by_end[end][i] for end in PROBLEMS) for i in (0, 1))
    n = without + problems
    if not without:
        return _missing(Reason.NO_ANSWERS, CORRELATIONS, n)
    again = Fraction(buying, without)
    # What each customer adds: nothing without a problem, b or b - 1 with one.
    each = Moments(
        n, again * problems - still, again**2 * (problems - still) + (again - 1) ** 2 * still
    )
    around = float(Fraction(problems, n) ** 2 * again * (1 - again) / without)
    return _figure(each, around, CORRELATIONS, rules.confidence)


def _figure(each: Moments, besides: float, scale: Bounds, confidence: float) -> Figure:
    """The mean of what each customer adds; ``besides`` is added to the variance of that mean."""
    n = each.n
    se = math.sqrt(each.variance / n + besides) if n > 1 else None
    figure = Figure(
        KEY, "", Unit.SHARE, Base.ASKED, n, each.mean, se=se, better=Better.LOW, scale=scale
    )
    return with_interval(figure, scale, confidence)


def _missing(reason: Reason, scale: Bounds, n: int = 0) -> Figure:
    return missing(KEY, Unit.SHARE, Base.ASKED, reason=reason, n=n, better=Better.LOW, scale=scale)
