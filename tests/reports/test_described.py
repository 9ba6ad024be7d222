"""Figures of a known number of customers: surer about them, no surer about what made them so."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from instruments.model import Role
from reports.described import certain_ends, describe, moments_of
from reports.findings import Figure, Note, Reason, Unit
from reports.indicators.bases import Base
from reports.indicators.forms import mean, missing, share
from reports.indicators.loyalty import net_score
from reports.statistics.gaps import ONE_SIDED
from reports.statistics.moments import Moments
from tests.reports.counted_cases import Row, instrument, question
from tests.reports.indicators.indicator_cases import one

NINE = {3: 2, 4: 4, 5: 3}


def rated(answers: dict[int, int]) -> Figure:
    """The mean of answers from 1 to 5."""
    return mean(
        "overall_mean",
        Moments.of(answers),
        0.95,
        unit=Unit.POINTS,
        base=Base.ANSWERED,
        bounds=(1, 5),
    )


def test_nine_of_ten_large_customers_are_nearly_all() -> None:
    """Eight of nine content, one not heard: 8 or 9 of 10, and nothing else is possible."""
    figure = describe(share("overall_top2", 8, 9, 0.95, base=Base.ANSWERED), 1, 0.95)
    assert figure.interval is not None
    assert (figure.interval.low, figure.interval.high) == (0.8, 0.9)
    assert figure.certain is not None
    assert (figure.certain.low, figure.certain.high) == (0.8, 0.9)
    assert figure.value == 8 / 9


def test_what_tests_of_change_read_stays_as_it_was() -> None:
    """Standard error and plain interval know nothing of how many customers there are."""
    plain = share("overall_top2", 8, 9, 0.95, base=Base.ANSWERED)
    figure = describe(plain, 1, 0.95)
    assert figure.se == plain.se
    assert figure.others == (plain.interval,)


def test_all_answered_leaves_nothing_to_estimate() -> None:
    """A census has its value, an interval without width, and says so."""
    for plain in (share("overall_top2", 8, 10, 0.95, base=Base.ANSWERED), rated(NINE)):
        figure = describe(plain, 0, 0.95)
        assert figure.interval is not None
        assert figure.interval.low == figure.interval.high == pytest.approx(plain.value)
        assert figure.interval.method == "census"
        assert figure.notes == (Note.CENSUS,)


def test_means_and_net_scores_keep_within_what_is_certain() -> None:
    """The unheard could all be at one end of the scale, and no further."""
    for plain in (rated(NINE), net_score(6, 2, 1, 0.95)):
        figure = describe(plain, 1, 0.95)
        assert figure.interval is not None
        assert figure.certain is not None
        assert figure.certain.low <= figure.interval.low <= figure.interval.high
        assert figure.interval.high <= figure.certain.high


def test_many_unheard_change_next_to_nothing() -> None:
    """With a hundred thousand customers the interval is that of an endless population."""
    plain = rated(NINE)
    figure = describe(plain, 100_000, 0.95)
    assert figure.interval is not None
    assert plain.interval is not None
    assert figure.interval.low == pytest.approx(plain.interval.low, abs=1e-3)


def test_one_sided_gaps_keep_their_interval() -> None:
    """A finite population makes Student's no better for them; what is certain cuts both."""
    asked = instrument(
        [
            question("x_price", Role.EXPECTATION, attribute="price"),
            question("p_price", Role.EXPERIENCE, attribute="price"),
        ],
        ("price",),
    )
    content: Row = {"x_price": 5, "p_price": 5}
    short: Row = {"x_price": 5, "p_price": 3}
    plain = one(asked, [content] * 26 + [short] * 4, "gap", "price")
    assert plain.interval is not None
    assert [plain.interval.method, *(i.method for i in plain.others)] == [ONE_SIDED, "paired_t"]
    figure = describe(plain, 2, 0.95)
    assert figure.interval is not None
    assert figure.certain is not None
    assert figure.interval.method == ONE_SIDED
    assert figure.interval.low == max(plain.interval.low, figure.certain.low)


def test_what_is_no_mean_is_left_alone() -> None:
    """No value, a coefficient, or more answers than customers: nothing to correct."""
    gone = missing("nps", Unit.NET, Base.ANSWERED, reason=Reason.NO_ANSWERS)
    assert describe(gone, 5, 0.95) is gone
    total = replace(rated(NINE), unit=Unit.COUNT)
    assert describe(total, 5, 0.95) is total
    answered = rated(NINE)
    assert describe(answered, -1, 0.95) is answered


@pytest.mark.parametrize("answers", [{4: 1}, {1: 3, 5: 4}, NINE])
def test_moments_come_back_from_a_mean(answers: dict[int, int]) -> None:
    """n, value and standard error hold all that sums of a mean need."""
    back, moments = moments_of(rated(answers)), Moments.of(answers)
    assert back.n == moments.n
    assert float(back.total) == pytest.approx(float(moments.total))
    assert float(back.squares) == pytest.approx(float(moments.squares))


def test_moments_come_back_from_shares_and_net_scores() -> None:
    """Their standard errors divide by n, not by n - 1."""
    assert moments_of(share("nps", 3, 9, 0.95, base=Base.ANSWERED)) == Moments(9, 3, 3)
    back = moments_of(net_score(6, 2, 1, 0.95))
    assert float(back.total) == pytest.approx(5)
    assert float(back.squares) == pytest.approx(7)


def test_certain_ends_never_leave_the_scale() -> None:
    """All answers at 11/18 or 1/9, the ends of the scale: not a rounding beyond them."""
    ends = (1 / 9, 11 / 18)
    for n, unheard, value in product(range(2, 40), range(1, 20), ends):
        found = certain_ends(replace(rated(NINE), n=n, value=value, scale=ends), unheard)
        assert ends[0] <= found.low <= found.high <= ends[1]
