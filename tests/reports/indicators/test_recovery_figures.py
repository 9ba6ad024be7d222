"""How problems end, and what customers with a problem tell, intend and cost."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from instruments.model import Instrument, Role
from reports.findings import Reason
from reports.indicators.bases import Base
from reports.settings import Definitions, Lost, Settings
from tests.reports.counted_cases import ATTRIBUTES, Row, instrument, monthly, question
from tests.reports.indicators.indicator_cases import CONTENT, complaint, figures, one


def without(*roles: Role) -> Instrument:
    """The monthly instrument without the questions of these roles."""
    return instrument([q for q in monthly().questions if q.role not in roles], ATTRIBUTES)


def test_propensities_are_of_those_who_met_a_problem() -> None:
    """Of four with a problem three told anybody, one of them the company."""
    rows = [complaint(1), complaint(2), complaint(2), complaint(3), CONTENT, {}]
    found = figures(monthly(), rows)
    pair = [found[key, ""] for key in ("propensity", "voiced_propensity")]
    assert [(f.count, f.n, f.base) for f in pair] == [
        (3, 4, Base.MET_A_PROBLEM),
        (1, 4, Base.MET_A_PROBLEM),
    ]


def test_complaining_may_mean_to_the_company_only() -> None:
    """By that definition complaint rate and propensity count who told the company."""
    rules = Settings(definitions=Definitions(complaint_to_others=False))
    found = figures(monthly(), [complaint(1), complaint(2), complaint(2), CONTENT], rules)
    assert (found["complaint_rate", ""].count, found["complaint_rate", ""].n) == (1, 4)
    assert found["complaint_rate", ""].value == found["voiced_rate", ""].value
    assert found["propensity", ""].value == found["voiced_propensity", ""].value


ENDED: Sequence[Row] = [
    {**CONTENT, "told": 1, "buy_again": 5, "stays": 1},
    {**CONTENT, "told": 3, "buy_again": 4},
    complaint(3, told=4, buy_again=2),
    complaint(2, told=10, buy_again=5),
    complaint(1, handling=5, told=2, buy_again=5, stays=1),
    complaint(1, handling=3, told=5, buy_again=3, stays=2),
    complaint(1, handling=1, told=9, buy_again=1, stays=2),
]


def test_each_end_of_a_problem_has_its_figures() -> None:
    """No problem, silent, content, in the middle, discontent: told, stays, buys again."""
    found = figures(monthly(), ENDED)
    ends = ("none", "silent", "content", "middling", "discontent")
    assert [found["told_after", end].value for end in ends] == [2, 7, 2, 5, 9]
    assert [found["buys_after", end].count for end in ends] == [2, 1, 1, 0, 0]
    assert [found["stays_after", end].n for end in ends] == [1, 0, 1, 1, 1]
    assert found["stays_after", "silent"].reason is Reason.NO_ANSWERS
    assert found["told_after", "content"].base is Base.ENDED_SO


def test_told_total_is_per_customer_with_a_problem() -> None:
    """All of them, silent or not; who met none is left out."""
    told = one(monthly(), ENDED, "told_total")
    assert (told.value, told.n) == (6.0, 5)


@pytest.mark.parametrize("role", [Role.PROBLEM, Role.VOICED, Role.HANDLING])
def test_without_the_three_answers_there_are_no_ends(role: Role) -> None:
    """Problem, voiced and handling make the ends; without one of them there are none."""
    found = figures(without(role), [{}])
    assert not {key for key, _of in found} & {"told_after", "buys_after", "lost_to_problems"}


def test_customers_lost_are_those_who_would_buy_without_the_problem() -> None:
    """b·p - k: two of two would buy again without a problem, two of five with one."""
    lost = one(monthly(), ENDED, "lost_to_problems")
    assert lost.value == pytest.approx(1 * 5 / 7 - 2 / 7)
    assert (lost.n, lost.count, lost.scale) == (7, None, (-1.0, 1.0))


def test_nobody_without_a_problem_leaves_nothing_to_compare_with() -> None:
    """Whether the problem or something else keeps customers away, nobody knows."""
    assert one(monthly(), ENDED[2:], "lost_to_problems").reason is Reason.NO_ANSWERS


def test_nobody_with_a_problem_costs_nobody() -> None:
    """A loss of exactly nothing, without an interval, as nothing varies."""
    lost = one(monthly(), ENDED[:2], "lost_to_problems")
    assert (lost.value, lost.interval_reason) == (0.0, Reason.NO_VARIATION)


def test_a_loss_needs_a_question_or_a_setting() -> None:
    """Buying again is not asked: only shares the company states can say what problems cost."""
    asked = without(Role.BUY_AGAIN)
    rows = [{k: v for k, v in row.items() if k != "buy_again"} for row in ENDED]
    assert one(asked, rows, "lost_to_problems").reason is Reason.NOT_ASKED
    rules = Settings(definitions=Definitions(lost=Lost(0.4, 0.1, 0.3, 0.8)))
    found = one(asked, rows, "lost_to_problems", rules=rules)
    assert found.value == pytest.approx((0.4 * 2 + 0.1 + 0.3 + 0.8) / 7)


def test_stated_losses_are_those_of_the_market_damage_model() -> None:
    """TARP's: incidence × [propensity × Σ outcome × its loss + (1 - propensity) × silent loss]."""
    stated = Lost(silent=0.3, content=0.05, middling=0.3, discontent=0.7)
    rules = Settings(definitions=Definitions(lost=stated))
    found = one(monthly(), ENDED, "lost_to_problems", rules=rules)
    incidence, propensity = 5 / 7, 3 / 5
    complaining = (0.05 + 0.3 + 0.7) / 3
    lost = incidence * (propensity * complaining + (1 - propensity) * 0.3)
    assert found.value == pytest.approx(lost)


def test_the_error_of_a_loss_is_that_of_resampled_respondents() -> None:
    """Delta method against 3,000 samples drawn anew: within a tenth."""
    rng = np.random.default_rng(11)
    size = 400
    met = rng.random(size) < 0.3
    buys = rng.random(size) < np.where(met, 0.4, 0.8)
    rows = [
        complaint(3, buy_again=5 if b else 2) if m else {**CONTENT, "buy_again": 5 if b else 2}
        for m, b in zip(met, buys, strict=True)
    ]
    found = one(monthly(), rows, "lost_to_problems")
    drawn = []
    for _ in range(3000):
        i = rng.integers(0, size, size)
        m, b = met[i], buys[i]
        drawn.append(b[~m].mean() * m.mean() - (m & b).mean())
    assert found.se is not None
    assert math.isclose(found.se, float(np.std(drawn)), rel_tol=0.1)


def test_stays_may_be_asked_on_a_scale() -> None:
    """Without an option that means yes the best points count, as many as the company says."""
    asked = instrument(
        [
            *(q for q in monthly().questions if q.role is not Role.STAYS),
            question("stays", Role.STAYS),
        ],
        ATTRIBUTES,
    )
    rows = [complaint(1, handling=5, stays=4), complaint(1, handling=5, stays=5)]
    assert one(asked, rows, "stays_after", "content").count == 2
    strict = Settings(definitions=Definitions(comes_back=1))
    assert one(asked, rows, "stays_after", "content", strict).count == 1
