"""Stored answers become columns in which four kinds of missing are never mixed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.dataset import Missing
from survey.dataset import columns_of
from tests.survey.import_cases import INSTRUMENT

NO, REFUSED, NA, DK = (
    int(kind)
    for kind in (Missing.NO_ANSWER, Missing.REFUSED, Missing.NOT_APPLICABLE, Missing.DONT_KNOW)
)


def column(name: str, *answers: dict[str, Any]) -> list[int]:
    """One column of these respondents' answers."""
    found: list[int] = columns_of(INSTRUMENT, answers)[name].tolist()
    return found


def test_a_code_is_kept_as_it_was_given() -> None:
    """Scales, choices and numbers, zero included, are never recoded."""
    given_codes = [{"overall": 5, "recommend": 0, "problem": 2}, {"overall": 1, "recommend": 10}]
    assert column("overall", *given_codes) == [5, 1]
    assert column("recommend", *given_codes) == [0, 10]
    assert column("problem", *given_codes) == [2, NO]


def test_blank_and_special_answers_are_four_things() -> None:
    """Nothing given, don't know and refused have codes of their own."""
    assert column("overall", {}, {"overall": "dk"}, {"overall": "refused"}) == [NO, DK, REFUSED]


def test_several_answers_to_what_is_now_asked_for_one_are_none() -> None:
    """A version that once let people tick several does not stop the reading of the others."""
    assert column("overall", {"overall": [1, 2]}, {"overall": 4}) == [NO, 4]
    assert column("kind.1", {"problem": 1, "kind": 3}, {"problem": 1, "kind": [1]}) == [NO, 1]


def test_what_was_not_asked_is_not_applicable() -> None:
    """A condition that does not hold, on an answer or on a blank, means that nobody asked."""
    answers: list[dict[str, Any]] = [
        {"problem": 1},
        {"problem": 2},
        {},
        {"problem": 1, "kind": [3]},
    ]
    assert column("kind.1", *answers) == [NO, NA, NA, 0]


def test_conditions_chain_and_look_into_ticks() -> None:
    """A question behind an unasked question is unasked; a tick of an option opens it."""
    answers = (
        {"problem": 1, "kind": [2], "handling": 4},
        {"problem": 1, "kind": [3]},
        {"problem": 1, "kind": [1]},
        {"problem": 1, "kind": [1], "handling": "na"},
        {"problem": 2},
    )
    assert column("handling", *answers) == [4, NA, NO, NA, NA]


def test_an_answer_left_from_before_a_condition_changed_does_not_count() -> None:
    """What the condition does not ask for stays out of every figure."""
    assert column("handling", {"problem": 2, "handling": 5}) == [NA]


def test_ticks_are_one_column_an_option() -> None:
    """Ticked is 1, not ticked is 0 for those who ticked something; nothing ticked is a blank."""
    answers = (
        {"problem": 1, "kind": [1, 3]},
        {"problem": 1, "kind": []},
        {"problem": 1, "kind": "dk"},
    )
    columns = columns_of(INSTRUMENT, answers)
    assert [columns[f"kind.{code}"].tolist() for code in (1, 2, 3)] == [
        [1, NO, DK],
        [0, NO, DK],
        [1, NO, DK],
    ]


def test_ranks_are_places() -> None:
    """1 is the most important; 0 means that others were ranked and this one was not."""
    columns = columns_of(INSTRUMENT, [{"importance": ["speed", "price"]}, {}])
    found = {name: columns[f"importance.{name}"].tolist() for name in ("price", "staff", "speed")}
    assert found == {"price": [2, NO], "staff": [0, NO], "speed": [1, NO]}


def test_answers_of_another_version_do_not_leak_in() -> None:
    """Codes and options that this version does not have are no answer to it."""
    assert column("overall", {"overall": 9}) == [NO]
    assert column("kind.1", {"problem": 1, "kind": [7]}) == [0]
    assert "retired" not in columns_of(INSTRUMENT, [{"retired": 1}])


def test_nobody_gives_empty_columns() -> None:
    """A survey without answers has all its columns, of length 0."""
    columns = columns_of(INSTRUMENT, [])
    assert set(columns) == {found.name for found in INSTRUMENT.columns()}
    assert {(codes.dtype.name, codes.shape) for codes in columns.values()} == {("int8", (0,))}


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "overall": st.sampled_from([1, 2, 3, 4, 5, "dk", "refused"]),
        "recommend": st.integers(0, 10),
        "problem": st.sampled_from([1, 2]),
        "kind": st.lists(st.sampled_from([1, 2, 3]), unique=True),
        "handling": st.sampled_from([1, 5, "na"]),
        "importance": st.lists(
            st.sampled_from(["price", "staff", "speed"]), max_size=2, unique=True
        ),
    },
)


@given(st.lists(ANSWERS, max_size=8), st.integers(0, 8))
def test_chunks_do_not_matter(answers: list[dict[str, Any]], cut: int) -> None:
    """Decoding in two parts and joining them is decoding at once."""
    whole = columns_of(INSTRUMENT, answers)
    parts = [columns_of(INSTRUMENT, part) for part in (answers[:cut], answers[cut:])]
    for name, codes in whole.items():
        assert np.concatenate([part[name] for part in parts]).tolist() == codes.tolist()


@given(st.lists(ANSWERS, max_size=8))
def test_every_code_is_one_that_the_column_may_hold(answers: list[dict[str, Any]]) -> None:
    """Whatever was given, a column holds its own codes and the four kinds of missing."""
    columns = columns_of(INSTRUMENT, answers)
    for expected in INSTRUMENT.columns():
        allowed = {*expected.codes, *(int(kind) for kind in Missing)}
        assert set(columns[expected.name].tolist()) <= allowed


@pytest.mark.parametrize("order", [1, -1])
def test_rows_stay_in_their_order(order: int) -> None:
    """Row i of every column is respondent i."""
    answers = [{"recommend": code, "overall": code} for code in (1, 2, 3)][::order]
    columns = columns_of(INSTRUMENT, answers)
    assert columns["recommend"].tolist() == columns["overall"].tolist() == [1, 2, 3][::order]
