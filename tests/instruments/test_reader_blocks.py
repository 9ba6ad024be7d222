"""Blocks: the questions they make, their ids, and the pages they stand on."""

from __future__ import annotations

import pytest

from instruments.model import Kind, Role
from tests.instruments.instrument_files import HEAD, asking, blocks, problems, read

RATING = "{id: r, kind: rating, title: R, scale: five, attributes: all}"
IMPORTANCE = "{id: rank, kind: importance, title: I, text: Which matter most?}"
GAP = (
    "{id: gap, kind: expectation, title: G, scale: five, "
    "expected: {title: Before, intro: Then}, experienced: {title: After}}"
)
PICK = "options: [{code: 1, label: A}, {code: 2, label: B}]"


def opening(block_id: str, *questions: str, more: str = "") -> str:
    """A block of questions as written."""
    listed = ", ".join(questions)
    return f"{{id: {block_id}, kind: questions, title: {block_id}, questions: [{listed}]{more}}}"


def test_importance_makes_one_ranking_of_all_attributes() -> None:
    """Its id is the block's; three places unless said, never more than there are attributes."""
    found = read(blocks(IMPORTANCE)).question("rank")
    assert (found.kind, found.role, found.places) == (Kind.RANK, Role.IMPORTANCE, 2)
    assert [point.text.of("en") for point in found.points if point.text] == [
        "Product quality",
        "Value for money",
    ]
    assert found.options_are_attributes


@pytest.mark.parametrize(("top", "places"), [("1", 1), ("2", 2), ("full", 2)])
def test_importance_ranks_as_many_as_it_says(top: str, places: int) -> None:
    """``top`` is a number of places, or all."""
    asked = IMPORTANCE.replace("title: I", f"title: I, top: {top}")
    assert read(blocks(asked)).question("rank").places == places


@pytest.mark.parametrize("top", ["0", "3", "all", "[1]", "1.5"])
def test_importance_cannot_rank_more_than_there_is(top: str) -> None:
    """Places beyond the attributes, or no number at all, are refused."""
    said = problems(blocks(IMPORTANCE.replace("title: I", f"title: I, top: {top}")))
    assert said[0].startswith("11: top must be")


def test_importance_with_a_scale_is_rated() -> None:
    """Each attribute by itself, where a ranking would ask too much or ties are wanted."""
    rated = "{id: i, kind: importance, title: I, scale: five, attributes: [price, quality]}"
    found = read(blocks(rated, RATING))
    assert [question.id for question in found.questions][:2] == ["i_price", "i_quality"]
    assert set(found.about(Role.IMPORTANCE)) == {"price", "quality"}
    assert found.question("i_price").kind is Kind.SCALE


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("scale: five, text: Which?", "text does not go with a scale"),
        ("scale: five, top: 2", "top does not go with a scale"),
        ("text: Which?, attributes: [price]", "attributes does not go with a ranking"),
    ],
)
def test_importance_is_ranked_or_rated(extra: str, said: str) -> None:
    """What belongs to the other way of asking is refused, with what to do instead."""
    (problem,) = problems(blocks(f"{{id: i, kind: importance, title: I, {extra}}}"))
    assert said in problem


def test_rating_makes_a_question_an_attribute() -> None:
    """Questions are named by block and attribute, and mean the experience."""
    found = read(blocks(RATING))
    assert [question.id for question in found.questions] == ["r_quality", "r_price"]
    assert {question.role for question in found.questions} == {Role.EXPERIENCE}
    assert list(found.about(Role.EXPERIENCE)) == ["quality", "price"]
    assert found.question("r_price").text.of("en") == "Value for money"


def test_rating_may_ask_about_some_attributes_only() -> None:
    """A list of ids gives which and in which order."""
    found = read(blocks(RATING.replace("all", "[price]")))
    assert [question.id for question in found.questions] == ["r_price"]
    for listed, said in {
        "[prise]": "11: unknown attribute prise (did you mean price?)",
        "[price, price]": "11: attribute price is given twice",
        "[]": "11: attributes is empty",
        "some": "11: attributes must be all, or a list of ids",
    }.items():
        assert problems(blocks(RATING.replace("all", listed)))[0].startswith(said)


def test_rating_may_hold_the_overall_question() -> None:
    """Overall satisfaction stands before the attributes in the same block."""
    asked = "questions: [{id: o, type: scale, role: overall, scale: five, text: Overall}]"
    found = read(blocks(RATING.replace("title: R", f"title: R, {asked}")))
    assert [question.id for question in found.questions] == ["o", "r_quality", "r_price"]
    assert problems(blocks("{id: r, kind: rating, title: R}")) == ["11: questions is missing"]
    alone = f"{{id: r, kind: rating, title: R, scale: five, {asked}}}"
    assert problems(blocks(alone))[0].startswith("11: scale needs attributes here")


def test_expectation_makes_pairs_on_two_pages() -> None:
    """What was expected is asked on a page of its own, before what was experienced."""
    found = read(blocks(GAP))
    assert [page.questions for page in found.pages] == [
        ("gap_expected_quality", "gap_expected_price"),
        ("gap_experienced_quality", "gap_experienced_price"),
    ]
    assert [page.title.of("en") for page in found.pages] == ["Before", "After"]
    assert found.pages[0].intro is not None
    assert found.pages[1].intro is None
    expected, experienced = found.about(Role.EXPECTATION), found.about(Role.EXPERIENCE)
    assert expected["price"].codes == experienced["price"].codes == (1, 2, 3, 4, 5)


def test_expectation_may_stand_side_by_side() -> None:
    """Then each attribute's two questions follow each other on one page."""
    asked = "{id: gap, kind: expectation, title: G, scale: five, layout: side_by_side}"
    (page,) = read(blocks(asked)).pages
    assert page.side_by_side
    assert page.questions[:2] == ("gap_expected_quality", "gap_experienced_quality")
    both = GAP.replace("title: G", "title: G, layout: side_by_side")
    assert problems(blocks(both))[0].startswith("11: expected does not go with layout: side_by")


def test_expectation_names_both_its_pages() -> None:
    """Without a heading of its own nobody could tell expectation from experience."""
    asked = "{id: gap, kind: expectation, title: G, scale: five, experienced: {titel: A}}"
    assert [line[:38] for line in problems(blocks(asked))] == [
        "11: expected is missing: give it a tit",
        "11: title is missing",
        "11: unknown key titel (did you mean ti",
    ]


def test_an_attribute_is_rated_once() -> None:
    """Two ratings of one attribute would be two truths about it."""
    said = problems(blocks(RATING, GAP))
    assert said == [
        f"12: role experience is used twice for attribute {name} (first on line 11)"
        for name in ("quality", "price")
    ]


def test_blocks_that_need_attributes_say_so() -> None:
    """Without the list of attributes there is nothing to rank or rate."""
    for block in (IMPORTANCE, RATING, GAP):
        text = f"{HEAD}scales: {{five: {{min: 1, max: 5}}}}\nblocks:\n  - {block}\n"
        assert "needs the instrument's attributes" in problems(text)[0]


def test_made_ids_have_an_end() -> None:
    """An id made of two long ones must still name a variable."""
    long_id = "b" * 40
    text = blocks(GAP.replace("id: gap", f"id: {long_id}")).replace("quality", "q" * 40)
    assert f"11: id {long_id}_exp" in problems(text)[0]
    assert "would be longer than 64 characters: shorten" in problems(text)[0]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("{kind: open, title: T, questions: [{id: a, type: text, text: T}]}", "id is missing"),
        ("{id: b, title: T}", "kind is missing"),
        ("{id: b, kind: matrix, title: T}", "unknown kind matrix"),
        ("{id: b, kind: open, questions: [{id: a, type: text, text: T}]}", "title is missing"),
        ("{id: b, kind: open, title: T}", "questions is missing"),
        ("{id: b, kind: open, title: T, questions: []}", "questions is empty"),
        ("{id: b, kind: open, title: T, questions: [], top: 3}", "top does not go with kind open"),
        ("{id: b, kind: open, title: T, questions: [], pages: 3}", "unknown key pages (did you me"),
        ("{id: b, kind: open, title: T, questions: [], page: old}", "unknown page old"),
        ("{id: b, kind: importance, title: T}", "text is missing"),
        ("{id: b, kind: rating, title: T, attributes: all}", "scale is missing"),
        ("{id: b, kind: rating, title: T, attributes: all, scale: x}", "unknown scale x"),
        (GAP.replace("title: G", "title: G, layout: rows"), "unknown layout rows"),
    ],
)
def test_what_is_wrong_with_a_block_is_told(block: str, said: str) -> None:
    """Each mistake has its sentence, at the line of the block."""
    assert f"11: {said}" in "\n".join(problems(blocks(block)))


def test_profile_questions_need_no_role() -> None:
    """In a profile block the role is understood."""
    asked = (
        f"{{id: p, kind: profile, title: P, questions: [{{id: a, type: single, text: T, {PICK}}}]}}"
    )
    assert read(blocks(asked)).question("a").role is Role.PROFILE


def test_each_block_starts_a_page_unless_it_continues() -> None:
    """A short block may share the page of the block before, under that page's heading."""
    one = opening("one", "{id: a, type: text, text: T}")
    two = opening("two", "{id: b, type: text, text: T}")
    assert [page.questions for page in read(blocks(one, two)).pages] == [("a",), ("b",)]
    joined = opening("two", "{id: b, type: text, text: T}", more=", page: continue")
    (page,) = read(blocks(one, joined)).pages
    assert (page.questions, page.title.of("en")) == (("a", "b"), "one")
    assert [page.questions for page in read(blocks(joined)).pages] == [("b",)]
    said = problems(blocks(one, joined.replace("page:", "intro: Hello, page:")))
    assert said[0].startswith("12: intro does not go with page: continue")


def test_a_question_never_shares_a_page_with_what_it_depends_on() -> None:
    """The server knows whether to ask it before its page is built; no script is needed."""
    found = read(
        asking(
            f"{{id: a, type: single, text: T, {PICK}}}",
            "{id: b, type: text, text: T}",
            "{id: c, type: text, text: T, show_if: {question: a, is: 1}}",
            f"{{id: d, type: single, text: T, {PICK}, show_if: {{question: a, is: 1}}}}",
            "{id: e, type: text, text: T, show_if: {question: d, is: [1, 2]}}",
            "{id: f, type: text, text: T, show_if: {question: a, is: 2}}",
        )
    )
    assert [page.questions for page in found.pages] == [("a", "b"), ("c", "d"), ("e", "f")]


def test_a_continuing_block_breaks_where_it_depends() -> None:
    """Also across blocks the dependent question moves to the next page."""
    one = opening("one", f"{{id: a, type: single, text: T, {PICK}}}")
    asked = (
        "{id: b, type: text, text: T}",
        "{id: c, type: text, text: T, show_if: {question: a, is: 1}}",
    )
    found = read(blocks(one, opening("two", *asked, more=", page: continue")))
    assert [page.questions for page in found.pages] == [("a", "b"), ("c",)]
    assert [page.title.of("en") for page in found.pages] == ["one", "two"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("q1", "show_if must be a mapping"),
        ("", "show_if must be a mapping"),
        ("[q1]", "show_if must be a mapping"),
        ("{question: q1}", "is is missing"),
        ("{is: 1}", "question is missing"),
        ("{question: q9, is: 1}", "show_if names an unknown question q9"),
        ("{question: [q1], is: 1}", "question must be the id of a question"),
        ("{question: q2, is: 1}", "show_if may only name an earlier question"),
        ("{question: q3, is: 1}", "show_if may only name an earlier question"),
        ("{question: q1, is: 3}", "question q1 has no code 3"),
        ("{question: q1, is: [1, 8, 9]}", "question q1 has no code 8, 9"),
        ("{question: q1, is: []}", "is is empty"),
        ("{question: q1, is: A}", "is must be a whole number"),
        ("{question: q1, is: 1.0}", "is must be a whole number"),
        ("{question: q1, is: [true]}", "is must be a whole number"),
        ("{question: q1, is: 121}", "is must be from 0 to 120"),
        ("{question: q0, is: 1}", "show_if needs codes, and q0 is answered without"),
        ("{question: q1, equals: 1}", "unknown key equals"),
    ],
)
def test_what_is_wrong_with_a_condition_is_told(condition: str, said: str) -> None:
    """A condition looks back at a question with codes, and at codes it has."""
    text = asking(
        "{id: q0, type: text, text: T}",
        f"{{id: q1, type: single, text: T, {PICK}}}",
        f"{{id: q2, type: text, text: T, show_if: {condition}}}",
        f"{{id: q3, type: single, text: T, {PICK}}}",
    )
    assert f"8: {said}" in "\n".join(problems(text))


def test_conditions_in_a_circle_are_refused() -> None:
    """Of two questions that wait for each other, the first looks forward."""
    text = asking(
        f"{{id: a, type: single, text: T, {PICK}, show_if: {{question: b, is: 1}}}}",
        f"{{id: b, type: single, text: T, {PICK}, show_if: {{question: a, is: 1}}}}",
    )
    assert problems(text) == ["6: show_if may only name an earlier question"]


def test_a_condition_on_a_wrong_question_is_no_second_problem() -> None:
    """One mistake gives one sentence, not one for everything that leans on it."""
    text = asking(
        "{id: a, type: single, text: T}",
        "{id: b, type: text, text: T, show_if: {question: a, is: 1}}",
    )
    assert problems(text) == ["6: options is missing"]


def test_conditions_may_look_at_scales_numbers_and_made_questions() -> None:
    """Whatever is answered with codes can decide."""
    text = blocks(
        RATING,
        opening("more", "{id: why, type: text, text: T, show_if: {question: r_price, is: [1, 2]}}"),
    )
    condition = read(text).question("why").show_if
    assert condition is not None
    assert condition.question == "r_price"
    assert condition.codes == frozenset({1, 2})


def test_a_hundred_blocks_and_no_more() -> None:
    """The line of the 101st is named."""
    many = [opening(f"b{i}", f"{{id: q{i}, type: text, text: T}}") for i in range(101)]
    assert len(read(blocks(*many[:100])).blocks) == 100
    assert problems(blocks(*many)) == ["111: at most 100 blocks"]
