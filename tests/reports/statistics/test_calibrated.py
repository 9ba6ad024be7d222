"""How precise figures from raked answers are."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Reason
from reports.statistics.calibrated import Margins, Part, calibrated
from reports.statistics.estimates import Estimate
from reports.statistics.moments import Moments
from reports.statistics.strata import Stratum, stratified

SHARES = (0.0, 1.0)


def parts_of(answers: list[Moments], weights: list[float]) -> dict[int, Part]:
    """Cells in which every response is in the base."""
    return {
        i: Part(w, m.n, m.mean, m.n * m.spread)
        for i, (m, w) in enumerate(zip(answers, weights, strict=True))
    }


def estimated(found: Estimate | Reason) -> Estimate:
    """The estimate, which must be there."""
    assert not isinstance(found, Reason)
    return found


ANSWERS = [Moments.of({1: 4, 2: 6, 5: 10}), Moments.of({3: 9, 4: 21}), Moments.of({1: 5, 2: 5})]
WEIGHTS = [2.0, 5.0, 40.0]


@pytest.mark.parametrize("fpc", [False, True])
def test_known_cells_are_strata(fpc: bool) -> None:
    """Where the margins are the cells, value, error and freedom are those of strata."""
    n = [m.n for m in ANSWERS]
    margins = Margins.of(n, WEIGHTS, [[0, 1, 2]])
    found = estimated(calibrated(parts_of(ANSWERS, WEIGHTS), margins, (1, 5), fpc=fpc))
    strata = [
        Stratum.of(str(i), round(w * m.n), m.n, m)
        for i, (m, w) in enumerate(zip(ANSWERS, WEIGHTS, strict=True))
    ]
    expected = estimated(stratified(strata, (1, 5), fpc=fpc))
    assert found.value == pytest.approx(expected.value)
    assert (found.se, found.freedom, found.n_eff) == pytest.approx(
        (expected.se, expected.freedom, expected.n_eff)
    )


def test_a_cell_that_a_margin_rests_on_is_not_sure() -> None:
    """The only answer of a region is as far from the truth as it is from the other answers."""
    margins = Margins.of([20, 1], [10.0, 100.0], [(0, 1)])
    parts = {0: Part(10.0, 20, 4.0, 20.0), 1: Part(100.0, 1, 1.0, 0.0)}
    found = estimated(calibrated(parts, margins, (1, 5), fpc=False))
    assert found.value == pytest.approx(3.0)
    variance = (10**2 * 20 * 20 / 19 + 100**2 * (1 - 3) ** 2) / 300**2
    assert found.se == pytest.approx(math.sqrt(variance))


def test_margins_that_explain_everything_leave_no_chance() -> None:
    """Answers that only differ from tier to tier and region to region are known exactly."""
    codes = [1, 2, 3, 4]
    answers = [Moments.of({code: 10}) for code in codes]
    weights = [1.0, 2.0, 2.0, 4.0]
    margins = Margins.of([10] * 4, weights, [(0, 0, 1, 1), (0, 1, 0, 1)])
    found = estimated(calibrated(parts_of(answers, weights), margins, (1, 5), fpc=False))
    assert found.se == pytest.approx(0.0, abs=1e-9)


def test_what_margins_do_not_explain_is_chance() -> None:
    """The same answers, crossed so that neither tier nor region tells them apart."""
    answers = [Moments.of({code: 10}) for code in (1, 4, 4, 1)]
    margins = Margins.of([10] * 4, [2.0] * 4, [(0, 0, 1, 1), (0, 1, 0, 1)])
    found = estimated(calibrated(parts_of(answers, [2.0] * 4), margins, (1, 5), fpc=False))
    assert found.value == pytest.approx(2.5)
    assert found.se == pytest.approx(1.5 / math.sqrt(37))


def test_everybody_answered_in_a_segment_is_a_census() -> None:
    """Nothing is left to estimate there, whatever is unheard elsewhere."""
    margins = Margins.of([10, 20], [1.0, 5.0], [(0, 1)])
    own = {0: Part(1.0, 10, 0.5, 2.5)}
    found = estimated(calibrated(own, margins, SHARES, fpc=True))
    assert found.interval is not None
    assert (found.interval.low, found.interval.high, found.se) == (0.5, 0.5, 0.0)


def test_too_few_answers_give_reasons() -> None:
    """None, one, or no more than there are known totals."""
    margins = Margins.of([2, 1], [3.0, 5.0], [(0, 1)])
    assert calibrated({}, margins, SHARES, fpc=False) is Reason.NO_ANSWERS
    one = estimated(calibrated({1: Part(5.0, 1, 1.0, 0.0)}, margins, SHARES, fpc=False))
    assert (one.value, one.interval, one.reason) == (1.0, None, Reason.ONE_ANSWER)
    few = Margins.of([1, 1], [3.0, 5.0], [(0, 1)])
    both = {0: Part(3.0, 1, 1.0, 0.0), 1: Part(5.0, 1, 0.0, 0.0)}
    assert calibrated(both, few, SHARES, fpc=False) is Reason.TOO_FEW_ANSWERS


def test_agreeing_heavy_answers_are_not_sure() -> None:
    """A share of which all heavy answers say yes is worth no more than Kish's n_eff."""
    margins = Margins.of([50, 5], [1.0, 100.0], [(0, 1)])
    parts = {0: Part(1.0, 50, 0.5, 12.5), 1: Part(100.0, 5, 1.0, 0.0)}
    found = estimated(calibrated(parts, margins, SHARES, fpc=False))
    assert found.interval is not None
    assert found.interval.high - found.interval.low > 0.3


Drawn = tuple[list[int], float, int, int]
"""How often each code from 1 on, the weight, the tier and the region of a cell."""

cells = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any),
        st.floats(0.5, 50.0),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=8,
)


@given(cells, st.randoms())
def test_the_order_of_cells_and_scale_of_weights_say_nothing(
    drawn: list[Drawn], random: Random
) -> None:
    """Shuffled cells, weights three times as large: the same figure and the same interval."""
    made = []
    shuffled = list(drawn)
    random.shuffle(shuffled)
    for own, times in ((drawn, 1.0), (shuffled, 3.0)):
        answers = [Moments.of(dict(enumerate(counts, 1))) for counts, _w, _t, _r in own]
        weights = [times * w for _c, w, _t, _r in own]
        margins = Margins.of(
            [m.n for m in answers], weights, [[t for *_, t, _r in own], [r for *_, r in own]]
        )
        made.append(calibrated(parts_of(answers, weights), margins, (1, 5), fpc=False))
    first, second = made
    if isinstance(first, Reason) or isinstance(second, Reason):
        assert first is second
        return
    assert first.value == pytest.approx(second.value)
    assert 1 <= first.value <= 5
    assert np.isfinite(first.se or 0.0)
    assert first.se == pytest.approx(second.se, abs=1e-6)


@given(cells)
def test_doubled_answers_are_surer(drawn: list[Drawn]) -> None:
    """Every response twice: the same value, a standard error of 1/√2 or a little less."""
    found = []
    for times in (1, 2):
        answers = [
            Moments.of({code: times * n for code, n in enumerate(counts, 1)})
            for counts, *_ in drawn
        ]
        weights = [w / times for _c, w, _t, _r in drawn]
        groups = [[t for *_, t, _r in drawn], [r for *_, r in drawn]]
        margins = Margins.of([m.n for m in answers], weights, groups)
        found.append(calibrated(parts_of(answers, weights), margins, (1, 5), fpc=False))
    once, twice = found
    if isinstance(once, Reason) or isinstance(twice, Reason) or once.se is None:
        return
    assert twice.value == pytest.approx(once.value)
    assert twice.se is not None
    assert twice.se <= once.se / math.sqrt(2) + 1e-6
