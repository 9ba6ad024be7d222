"""Tallies count every answer once, and add up exactly."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Role
from reports.dataset import Dataset, Missing
from reports.derived import COMPLAINED, PROBLEM, RANKED, RECOVERY, VOICED
from reports.tally import (
    DifferentTallies,
    NotAPart,
    NotCounted,
    NothingToAdd,
    Tally,
    UnknownCode,
    UnknownField,
    tally,
    tally_by,
    tally_stream,
)
from reports.tally.count import CHUNK
from reports.tally.plan import plan_of
from tests.reports.counted_cases import (
    WAVE,
    dataset,
    instrument,
    monthly,
    question,
    random_dataset,
    select,
)

ASKED = monthly(("quality", "price"), places=2)
WAVES = ("2026-08", "2026-09", WAVE)


def answers(size: int, seed: int) -> Dataset:
    """Random answers in three waves and four tiers."""
    return random_dataset(ASKED, size, np.random.default_rng(seed), waves=WAVES)


@settings(max_examples=40, deadline=None)
@given(size=st.integers(0, 120), seed=st.integers(0, 2**32 - 1), data=st.data())
def test_tally_of_parts_is_the_sum_of_tallies(size: int, seed: int, data: st.DataObject) -> None:
    """Any split of the answers into two gives tallies that add up to the tally of all."""
    whole = answers(size, seed)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    first, second = select(whole, np.flatnonzero(mask)), select(whole, np.flatnonzero(~mask))
    assert tally(first) + tally(second) == tally(whole)
    assert tally(whole) - tally(first) == tally(second)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_order_of_answers_does_not_matter(seed: int) -> None:
    """Shuffled answers give the same tallies, group by group."""
    whole = answers(200, seed)
    shuffled = select(whole, np.random.default_rng(seed).permutation(200))
    assert tally_by(shuffled, "tier") == tally_by(whole, "tier")


def test_groups_add_up_to_everybody() -> None:
    """The tallies of all waves and segments together are the tally of the dataset."""
    whole = answers(500, 1)
    total = Tally.empty(ASKED)
    for part in tally_by(whole, "tier").values():
        total = total + part
    assert total == tally(whole)


def test_a_group_counts_its_own_answers_only() -> None:
    """One pass over all groups counts what one pass over each alone would."""
    whole = answers(300, 2)
    labels = whole.segments["tier"]
    for (wave, segment), found in tally_by(whole, "tier").items():
        own = (whole.wave.codes == whole.wave.levels.index(wave)) & (
            labels.codes == labels.levels.index(segment)
        )
        assert found == tally(select(whole, np.flatnonzero(own)))


def test_counts_are_those_of_plain_counting() -> None:
    """Codes and kinds of missing are counted as a reader with a pencil would."""
    asked = instrument([question("overall", Role.OVERALL)])
    codes = [1, 5, 5, -1, -2, -3, -4, -4]
    found = tally(dataset(asked, [{"overall": code} for code in codes]))
    assert found.responses == 8
    assert found.answers("overall") == {1: 1, 2: 0, 3: 0, 4: 0, 5: 2}
    assert found.missing("overall") == {
        int(Missing.DONT_KNOW): 2,
        int(Missing.NOT_APPLICABLE): 1,
        int(Missing.REFUSED): 1,
        int(Missing.NO_ANSWER): 1,
    }


def test_every_column_counts_everybody() -> None:
    """Each column's counts, missing ones included, sum to the number of responses."""
    found = tally(answers(321, 3))
    for name in plan_of(ASKED).codes:
        assert int(found.table(name).sum()) == found.responses == 321


def test_joint_counts_pair_the_answers_of_one_respondent() -> None:
    """Expectation and experience are counted together, in the order asked for."""
    rows = [
        {"x_price": 5, "p_price": 3},
        {"x_price": 5, "p_price": 3},
        {"x_price": 4},
        {"p_price": 2},
    ]
    found = tally(dataset(ASKED, rows))
    assert found.both("x_price", "p_price") == {(5, 3): 2}
    assert found.both("p_price", "x_price") == {(3, 5): 2}
    assert np.array_equal(found.table("x_price", "p_price").T, found.table("p_price", "x_price"))


def test_answers_among_those_it_applies_to() -> None:
    """Handling is counted among those who told the company, whatever others answered."""
    rows = [
        {"problem": 1, "voiced.1": 1, "voiced.2": 0, "voiced.3": 0, "handled": 1},
        {"problem": 1, "voiced.1": 0, "voiced.2": 1, "voiced.3": 0, "handled": 1},
    ]
    assert tally(dataset(ASKED, rows)).among(VOICED, "handled") == {1: 1, 2: 0, 3: 0}


def test_plan_follows_roles_and_not_names() -> None:
    """The same questions under other ids are counted in the same tables."""
    named = plan_of(instrument([question("a", Role.OVERALL), question("b", Role.IDEAL)]))
    renamed = plan_of(instrument([question("y", Role.OVERALL), question("z", Role.IDEAL)]))
    assert named.tables == (("a", "b"),)
    assert renamed.tables == (("y", "z"),)


def test_what_indicators_need_is_counted_together() -> None:
    """Pairs of the ACSI items, parts of the return rate, gaps, rankings, complaints."""
    tables = set(plan_of(ASKED).tables)
    assert {
        ("overall", "confirmation"),
        ("overall", "ideal"),
        ("confirmation", "ideal"),
        ("bought_again", "buy_again", "recommend"),
        ("x_price", "p_price"),
        (RANKED, "rank.price"),
        (PROBLEM, "kind.1"),
        (PROBLEM, VOICED),
        (PROBLEM, COMPLAINED),
        (VOICED, "stays"),
        ("overall", "p_price"),
        ("overall", "buy_again", "recommend"),
        *((RECOVERY, name) for name in ("stays", "buy_again", "told", "overall")),
    } <= tables


def test_tallies_of_other_questions_do_not_add() -> None:
    """Adding counts of different columns is refused by name."""
    other = Tally.empty(instrument([question("overall", Role.OVERALL)]))
    with pytest.raises(DifferentTallies):
        _ = Tally.empty(ASKED) + other
    with pytest.raises(DifferentTallies):
        _ = Tally.empty(ASKED) - other


def test_only_a_part_can_be_taken_away() -> None:
    """Counts never become negative."""
    with pytest.raises(NotAPart):
        _ = Tally.empty(ASKED) - tally(answers(3, 4))


def test_a_table_that_is_not_counted_is_refused() -> None:
    """Asking for columns that are not counted together says which."""
    with pytest.raises(NotCounted, match="overall and x_price"):
        Tally.empty(ASKED).table("overall", "x_price")


def test_a_code_outside_the_scale_is_refused() -> None:
    """A code that its question does not have is never counted as something else."""
    with pytest.raises(UnknownCode, match="overall holds the code 98"):
        tally(dataset(ASKED, [{"overall": 98}]))


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    """A report by a field that answers do not carry names those they do."""
    with pytest.raises(UnknownField, match="they carry: tier"):
        tally_by(answers(3, 5), "region")


def test_no_answers_make_empty_tallies() -> None:
    """An empty dataset has no groups, and a tally that changes no sum."""
    nothing = dataset(ASKED, [])
    assert tally_by(nothing, "tier") == {}
    assert tally(nothing) == Tally.empty(ASKED)
    some = tally(answers(9, 6))
    assert some + Tally.empty(ASKED) == some


def test_a_union_is_the_sum() -> None:
    """A quarter is its months together; a union of nothing is refused by name."""
    parts = list(tally_by(answers(90, 11), "tier").values())
    assert Tally.union(parts) == tally(answers(90, 11))
    with pytest.raises(NothingToAdd):
        Tally.union([])


@settings(max_examples=20, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), max_size=6), seed=st.integers(0, 2**32 - 1))
def test_answers_that_come_in_parts_count_as_answers_at_once(sizes: list[int], seed: int) -> None:
    """Wherever a stream of answers is cut, the tallies are the same."""
    whole = answers(sum(sizes), seed)
    ends = np.cumsum([0, *sizes])
    chunks = (select(whole, np.arange(a, b)) for a, b in pairwise(ends))
    assert tally_stream(chunks, "tier") == tally_by(whole, "tier")


def test_more_rows_than_a_chunk_are_all_counted() -> None:
    """Rows are taken in chunks; none is lost or counted twice at their borders."""
    asked = instrument([question("overall", Role.OVERALL)])
    size = CHUNK + 3
    few = dataset(asked, [{"overall": 2}, {"overall": 5}])
    many = select(few, np.arange(size, dtype=np.intp) % 2)
    assert tally(many).answers("overall") == {1: 0, 2: size // 2 + 1, 3: 0, 4: 0, 5: size // 2}


def test_groups_that_reach_over_chunks_are_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stretches and chunks end has no bearing on any group's tables and matrices."""
    whole = answers(400, 12)
    expected = tally_by(whole, "tier")
    monkeypatch.setattr("reports.tally.count.STRETCH", 150)
    monkeypatch.setattr("reports.tally.count.CHUNK", 7)
    assert tally_by(whole, "tier") == expected


def test_tallies_are_not_equal_to_other_things() -> None:
    """Equality compares counts, tells near misses apart and refuses foreign kinds."""
    one, two = tally(answers(9, 7)), tally(answers(9, 8))
    assert one != two
    assert one != "tally"
