"""Columns that rest on several answers: problem, complaint, ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from instruments.model import Better, Kind, Means, Role
from reports.dataset import Missing
from reports.derived import (
    COMPLAINED,
    PROBLEM,
    RANKED,
    RECOVERY,
    VOICED,
    derive,
    derived_codes,
    ranking_of,
)
from tests.reports.counted_cases import (
    BLANK,
    NOT_ASKED,
    YES_NO,
    dataset,
    instrument,
    monthly,
    question,
    ranking,
)

REFUSED, DONT_KNOW = int(Missing.REFUSED), int(Missing.DONT_KNOW)


def derived(row: Mapping[str, int]) -> Mapping[str, int]:
    """The derived columns of one respondent to the monthly instrument."""
    asked = monthly()
    columns = derive(asked, dataset(asked, [row]).columns)
    return {name: int(codes[0]) for name, codes in columns.items()}


def told(company: int, others: int, nobody: int) -> dict[str, int]:
    """The ticks of the question whom one told."""
    return {"voiced.1": company, "voiced.2": others, "voiced.3": nobody}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(1, 1), (2, 0), (BLANK, BLANK), (REFUSED, REFUSED), (DONT_KNOW, DONT_KNOW)],
)
def test_problem_keeps_the_kind_of_missing(answer: int, expected: int) -> None:
    """Yes is 1, no is 0, and every kind of missing stays what it is."""
    assert derived({"problem": answer})[PROBLEM] == expected


@pytest.mark.parametrize(
    ("ticks", "voiced", "complained"),
    [
        (told(1, 0, 0), 1, 1),
        (told(0, 1, 0), 0, 1),
        (told(1, 1, 0), 1, 1),
        (told(0, 0, 1), 0, 0),
        (told(BLANK, BLANK, BLANK), BLANK, BLANK),
        (told(REFUSED, REFUSED, REFUSED), REFUSED, REFUSED),
    ],
)
def test_telling_others_is_a_complaint_but_not_voiced(
    ticks: Mapping[str, int], voiced: int, complained: int
) -> None:
    """Voiced means told to the company; complained also counts telling others."""
    found = derived({"problem": 1, **ticks})
    assert (found[VOICED], found[COMPLAINED]) == (voiced, complained)


def test_who_met_no_problem_told_nobody() -> None:
    """Not asked for want of a problem is a no, so that all three rates have one base."""
    found = derived({"problem": 2, **told(NOT_ASKED, NOT_ASKED, NOT_ASKED)})
    assert (found[VOICED], found[COMPLAINED]) == (0, 0)


def test_who_did_not_say_whether_there_was_a_problem_is_missing_for_that_reason() -> None:
    """A refused problem question leaves the complaint refused, not "not applicable"."""
    found = derived({"problem": REFUSED, **told(NOT_ASKED, NOT_ASKED, NOT_ASKED)})
    assert (found[VOICED], found[COMPLAINED]) == (REFUSED, REFUSED)


def test_a_blank_complaint_is_not_a_no() -> None:
    """Asked and left blank stays missing even where no problem was met."""
    found = derived({"problem": 2, **told(BLANK, BLANK, BLANK)})
    assert (found[VOICED], found[COMPLAINED]) == (BLANK, BLANK)


def test_a_complaint_without_the_problem_question_counts_as_given() -> None:
    """An instrument that only asks "did you complain" has a voiced rate and no other."""
    asked = instrument(
        [question("comp", Role.VOICED, (0, 1), kind=Kind.SINGLE, means={1: Means.COMPANY})]
    )
    rows = [{"comp": 1}, {"comp": 0}, {"comp": NOT_ASKED}]
    found = derive(asked, dataset(asked, rows).columns)
    assert dict(derived_codes(asked)) == {VOICED: (0, 1)}
    assert found[VOICED].tolist() == [1, 0, NOT_ASKED]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((1, 2, 3, 0), 3),
        ((0, 0, 1, 2), 2),
        ((0, 1, 0, 0), 1),
        ((0, 0, 0, 0), BLANK),
        ((1, 1, 2, 0), BLANK),
        ((1, 0, 3, 0), BLANK),
        ((0, 2, 3, 0), BLANK),
        ((DONT_KNOW,) * 4, DONT_KNOW),
    ],
)
def test_only_whole_rankings_count(places: Sequence[int], expected: int) -> None:
    """Places 1, 2, 3 … once each; a ranking with a hole or a tie is no answer."""
    names = ("rank.quality", "rank.delivery", "rank.price", "rank.staff")
    assert derived(dict(zip(names, places, strict=True)))[RANKED] == expected


def test_a_full_ranking_of_many_attributes_counts() -> None:
    """Every attribute may be asked to be placed, 100 of them as well."""
    names = tuple(f"a{i}" for i in range(100))
    asked = instrument([ranking(100)], names)
    row = {f"rank.{name}": place for place, name in enumerate(names, start=1)}
    assert derive(asked, dataset(asked, [row]).columns)[RANKED].tolist() == [100]


def test_nothing_is_derived_where_nothing_is_asked() -> None:
    """An instrument without these questions has no such columns."""
    asked = instrument([question("overall", Role.OVERALL)])
    assert derived_codes(asked) == {}
    assert derive(asked, dataset(asked, [{"overall": 1}]).columns) == {}
    assert ranking_of(asked) is None


def test_columns_and_codes_are_told_together() -> None:
    """Every derived column has its codes, and every code set its column."""
    asked = monthly()
    rows = [{"problem": 1}]
    assert derive(asked, dataset(asked, rows).columns).keys() == derived_codes(asked).keys()


def test_a_problem_question_without_yes_finds_no_problem() -> None:
    """Only options that mean yes are a problem; the rest is answered and none."""
    asked = instrument([question("problem", Role.PROBLEM, (1, 2, 3), means=YES_NO)])
    found = derive(asked, dataset(asked, [{"problem": 3}, {"problem": 1}]).columns)
    assert found[PROBLEM].tolist() == [0, 1]


VOICED_ROW = {"problem": 1, "voiced.1": 1, "voiced.2": 0, "voiced.3": 0}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"problem": 2, **told(NOT_ASKED, NOT_ASKED, NOT_ASKED), "handling": NOT_ASKED}, 0),
        ({"problem": 1, **told(0, 1, 0), "handling": NOT_ASKED}, 1),
        ({"problem": 1, **told(0, 0, 1), "handling": NOT_ASKED}, 1),
        *(({**VOICED_ROW, "handling": 6 - i}, end) for i, end in enumerate((2, 2, 3, 4, 4), 1)),
        ({**VOICED_ROW, "handling": DONT_KNOW}, DONT_KNOW),
        ({"problem": 1, **told(REFUSED, REFUSED, REFUSED), "handling": 5}, REFUSED),
        ({**VOICED_ROW, "problem": REFUSED, "handling": 5}, REFUSED),
    ],
)
def test_how_a_problem_ended(row: dict[str, int], expected: int) -> None:
    """No problem, told nobody here, handled well, middling or badly; else why it is missing."""
    assert derived(row)[RECOVERY] == expected


@pytest.mark.parametrize(
    ("points", "better", "expected"),
    [
        (2, Better.HIGH, [4, 2]),
        (3, Better.HIGH, [4, 3, 2]),
        (4, Better.LOW, [2, 2, 4, 4]),
        (7, Better.HIGH, [4, 4, 3, 3, 3, 2, 2]),
    ],
)
def test_best_and_worst_handling_on_other_scales(
    points: int, better: Better, expected: list[int]
) -> None:
    """Two points at each end, one on the shortest scales; low may be the good end."""
    asked = instrument(
        [
            question("problem", Role.PROBLEM, (1, 2), kind=Kind.SINGLE, means=YES_NO),
            question("voiced", Role.VOICED, (1, 2), kind=Kind.SINGLE, means=YES_NO),
            question("handling", Role.HANDLING, range(1, points + 1), better=better),
        ]
    )
    rows = [{"problem": 1, "voiced": 1, "handling": code} for code in range(1, points + 1)]
    assert derive(asked, dataset(asked, rows).columns)[RECOVERY].tolist() == expected
