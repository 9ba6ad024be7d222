"""The one door for answers: codes kept as given, nothing let in that was not offered."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from instruments import answers as door
from instruments import library
from instruments.answers import AnswerProblem, Checked, Reason, check_answers
from instruments.model import Instrument, Kind
from tests.instruments.instrument_files import asking, blocks, read

OPTIONS = "options: [{code: 1, label: A}, {code: 2, label: B}, {code: 9, label: C}]"
ASKED = read(
    asking(
        f"{{id: one, type: single, text: T, specials: [dk], required: true, {OPTIONS}}}",
        f"{{id: some, type: multiple, text: T, specials: [refused], {OPTIONS}}}",
        "{id: rate, type: scale, text: T, min: 0, max: 10, specials: [na]}",
        "{id: count, type: number, text: T, min: 5, max: 40, specials: [dk]}",
        "{id: why, type: text, text: T, show_if: {question: one, is: [2, 9]}}",
        "{id: more, type: scale, text: T, min: 1, max: 5, show_if: {question: some, is: 9}}",
        "{id: last, type: scale, text: T, min: 1, max: 5, show_if: {question: more, is: [1, 2]},"
        " required: true}",
    )
)
THREE = "  - {id: staff, text: Staff}\nblocks:"


def ranking(top: int, *, required: bool) -> Instrument:
    """A questionnaire that asks to rank three attributes."""
    block = f"{{id: r, kind: importance, title: I, text: T, top: {top}, required: {required}}}"
    return read(
        blocks(block.replace("True", "true").replace("False", "false")).replace("blocks:", THREE)
    )


def take(**raw: object) -> Checked:
    """The answers given, with the required one added."""
    return check_answers(ASKED, {"one": 1, **raw})


def refused(**raw: object) -> list[tuple[str, str, int | None]]:
    """What is not taken of the answers given."""
    return [(p.question, str(p.reason), p.limit) for p in take(**raw).problems]


def test_codes_come_as_numbers_or_digits() -> None:
    """A form sends text, a program numbers; both are the same code."""
    assert take(one="2", rate=7).answers == take(one=2, rate="7").answers == {"one": 2, "rate": 7}
    assert take(rate="0").answers["rate"] == 0


@pytest.mark.parametrize(
    "given", [3, "3", "01", " 1", "1.0", 1.0, True, "yes", [1], {"a": 1}, -1, "dk ", "na", b"1"]
)
def test_only_codes_of_the_question_are_taken(given: object) -> None:
    """Nothing is rounded, trimmed or guessed into a code, and True is no 1."""
    assert ("one", "not_offered", None) in refused(one=given)
    assert "one" not in take(one=given).answers


def test_special_answers_are_taken_where_offered() -> None:
    """Don't know, does not apply and refused stay words, apart from every code."""
    checked = take(one="dk", some="refused", rate="na", count="dk")
    assert checked.answers == {"one": "dk", "some": "refused", "rate": "na", "count": "dk"}
    assert refused(rate="dk") == [("rate", "not_offered", None)]
    assert refused(some=["refused", 1]) == [("some", "not_offered", None)]
    assert take(some=["refused"]).answers["some"] == "refused"


@pytest.mark.parametrize("nothing", [None, "", [], ()])
def test_nothing_given_is_no_answer(nothing: object) -> None:
    """Left blank is not stored; only a required question is missed."""
    blank = dict.fromkeys(("some", "rate", "count"), nothing)
    assert take(one=2, **blank, why=nothing) == Checked({"one": 2}, {}, ())
    assert take(one=nothing).problems == (AnswerProblem("one", Reason.REQUIRED),)


def test_several_options_are_stored_in_the_order_offered() -> None:
    """One, several, as digits, or with blanks of a form; never one twice or one not offered."""
    assert take(some=["9", 1]).answers["some"] == [1, 9]
    assert take(some="2").answers["some"] == [2]
    assert take(some=["", "2"]).answers["some"] == [2]
    assert "some" not in take(some=[""]).answers
    assert refused(some=[1, "1"]) == [("some", "duplicate", None)]
    assert refused(some=[1, 3]) == [("some", "not_offered", None)]
    assert refused(some={"1": True}) == [("some", "not_offered", None)]


@pytest.mark.parametrize("given", ["12", 12, "0" * 5000 + "12", " 12 ", "１２", "012", "٠١٢"])
def test_numbers_are_taken_as_people_type_them(given: object) -> None:
    """Spaces around and digits of other keyboards do not matter."""
    assert take(count=given).answers["count"] == 12


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("4", "out_of_range"),
        (41, "out_of_range"),
        ("-12", "out_of_range"),
        ("9" * 5000, "out_of_range"),
        ("0", "out_of_range"),
        ("12.5", "not_a_number"),
        ("12,5", "not_a_number"),
        ("1e1", "not_a_number"),
        ("twelve", "not_a_number"),
        ("十二", "not_a_number"),
        ("½", "not_a_number"),
        ("²", "not_a_number"),
        ("-", "not_a_number"),
        (12.0, "not_a_number"),
        (True, "not_a_number"),
        ([12], "not_a_number"),
    ],
)
def test_what_is_no_whole_number_in_range_is_told(given: object, reason: str) -> None:
    """Nothing is rounded or cut; the reason tells wrong form from wrong size."""
    assert refused(count=given) == [("count", reason, None)]


def test_white_space_is_no_number_and_no_mistake() -> None:
    """A field that only holds blanks was left empty."""
    assert take(count="  ").problems == ()
    assert "count" not in take(count="  ").answers


def test_a_ranking_names_attributes_most_important_first() -> None:
    """A form sends one entry a place, blank where none was chosen; trailing blanks are dropped."""
    instrument = ranking(2, required=False)
    for ranked in (["price", "staff"], ("price", "staff")):
        assert check_answers(instrument, {"r": ranked}).answers == {"r": ["price", "staff"]}
    assert check_answers(instrument, {"r": ["price", ""]}).answers == {"r": ["price"]}
    assert check_answers(instrument, {"r": "price"}).answers == {"r": ["price"]}
    assert check_answers(instrument, {"r": ["", ""]}) == Checked({}, {}, ())


@pytest.mark.parametrize(
    ("given", "reason", "limit"),
    [
        (["price", "price"], "duplicate", None),
        (["price", "colour"], "not_offered", None),
        (["price", 1], "not_offered", None),
        (["dk"], "not_offered", None),
        ([["price"]], "not_offered", None),
        (["", "price"], "incomplete", 2),
        (["price", "staff", "quality"], "too_many", 2),
        ({"price": 1}, "not_offered", None),
    ],
)
def test_a_ranking_that_is_none_is_told(given: object, reason: str, limit: int | None) -> None:
    """No attribute twice, none unknown, no place left out, no more places than asked for."""
    (problem,) = check_answers(ranking(2, required=False), {"r": given}).problems
    assert (problem.reason, problem.limit) == (reason, limit)


def test_a_required_ranking_needs_all_its_places() -> None:
    """Where it must be answered, fewer places are not enough."""
    instrument = ranking(2, required=True)
    found = {
        str(ranked): check_answers(instrument, {"r": ranked}).problems
        for ranked in (None, [], ["", ""], ["price"], ["price", "staff"])
    }
    reasons = [[str(problem.reason) for problem in problems] for problems in found.values()]
    assert reasons == [["required"], ["required"], ["required"], ["incomplete"], []]


def test_what_was_not_asked_is_dropped_without_a_word() -> None:
    """An answer to a hidden question is no mistake of the respondent, and is not stored."""
    assert take(one=1, why="because").comments == {}
    assert take(one=2, why="because").comments == {"why": "because"}
    assert take(one="dk", why="because").comments == {}
    assert take(some=[1], more=3).answers == {"one": 1, "some": [1]}
    assert take(some=[1, 9], more=3).answers["more"] == 3


def test_a_hidden_question_hides_those_that_depend_on_it() -> None:
    """A chain of conditions is followed; what is not asked cannot be required."""
    assert take(some=[1], more=1, last=2).answers == {"one": 1, "some": [1]}
    assert take(some=[1], more=1, last=2).problems == ()
    assert refused(some=[9], more=1) == [("last", "required", None)]
    assert take(some=[9], more=1, last=2).answers["last"] == 2
    assert refused(some=[9], more=5) == []


def test_unknown_questions_are_told() -> None:
    """A misspelt id loses no answer in silence."""
    assert refused(two=2, rates=[1]) == [
        ("rates", "unknown_question", None),
        ("two", "unknown_question", None),
    ]


def test_good_answers_are_kept_beside_bad_ones() -> None:
    """A page with one mistake keeps all its other answers."""
    checked = take(rate=99, count=12)
    assert checked.answers == {"one": 1, "count": 12}
    assert [problem.question for problem in checked.problems] == ["rate"]


def test_lookups_of_old_instruments_are_let_go() -> None:
    """Many instruments do not fill the memory, and never mix up their questions."""
    for number in range(door.KEPT + 10):
        instrument = read(asking(f"{{id: q{number}, type: number, text: T}}"))
        assert check_answers(instrument, {f"q{number}": 3}).answers == {f"q{number}": 3}
    assert len(door._plans) <= door.KEPT


MONTHLY = library.read("monthly_satisfaction")
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["dk", "na", "refused", "1", "2", "5", "quality"]),
    st.lists(st.one_of(st.text(max_size=3), st.integers(0, 9), st.none(), st.lists(st.none()))),
    st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.one_of(st.sampled_from([q.id for q in MONTHLY.questions]), st.text(max_size=5)),
        ANYTHING,
    )
)
@example({"comment": "\x08"})
def test_any_answers_are_taken_or_told(raw: Mapping[str, object]) -> None:
    """Whatever is sent, what is stored is allowed, and what is stored is taken again unchanged."""
    checked = check_answers(MONTHLY, raw)
    for question_id, answer in checked.answers.items():
        question = MONTHLY.question(question_id)
        codes = answer if isinstance(answer, list) else [answer]
        offered = {*question.codes, *question.specials}
        if question.kind is Kind.RANK:
            offered = {attribute.id for attribute in MONTHLY.attributes}
        assert codes
        assert set(codes) <= offered
        assert all(type(code) in (int, str) for code in codes)
    again = check_answers(MONTHLY, {**checked.answers, **checked.comments})
    assert (again.answers, again.comments) == (checked.answers, checked.comments)
    assert {problem.reason for problem in again.problems} <= {Reason.REQUIRED}
