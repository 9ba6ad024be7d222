"""One question: its type, options, scale, numbers and what goes with what."""

from __future__ import annotations

import pytest

from instruments.model import Better, Kind, Means, Role, Special
from tests.instruments.instrument_files import ATTRIBUTES, HEAD, asking, problems, read

PICK = "{id: q1, type: single, text: Pick, options: [{code: 1, label: A}, {code: 2, label: B}]}"


def test_questions_of_every_type() -> None:
    """Text, single, multiple, scale and number are read with all they offer."""
    found = read(
        asking(
            "{id: a, type: text, text: Why?, hint: In brief.}",
            PICK.replace("q1", "b").replace("Pick", "Pick, specials: [dk, refused]"),
            PICK.replace("q1", "c").replace("single", "multiple, required: true"),
            "{id: d, type: scale, text: Rate, min: 0, max: 3, low: Bad, high: Good, better: low}",
            "{id: e, type: number, text: Age, min: 18, max: 99}",
            "{id: f, type: number, text: Age}",
        )
    )
    a, b, c, d, e, f = found.questions
    assert (a.kind, a.role, a.hint is not None) == (Kind.TEXT, Role.COMMENT, True)
    assert (b.codes, b.specials) == ((1, 2), (Special.DONT_KNOW, Special.REFUSED))
    assert (c.kind, c.required, b.required) == (Kind.MULTIPLE, True, False)
    assert (d.codes, d.better) == ((0, 1, 2, 3), Better.LOW)
    labels = [point.text.of("en") if point.text else None for point in d.points]
    assert labels == ["Bad", None, None, "Good"]
    assert (e.minimum, e.maximum, e.role) == (18, 99, Role.OTHER)
    assert (f.minimum, f.maximum) == (0, 120)


def test_one_option_may_stand_for_whatever_the_others_do_not_name() -> None:
    """The catch-all is known by its mark, not by its place or wording."""
    options = "{code: 9, label: Else, other: true}, {code: 1, label: A}, {code: 2, label: B}"
    asked = read(asking(f"{{id: q, type: multiple, text: T, options: [{options}]}}")).question("q")
    assert [(point.code, point.other) for point in asked.points] == [
        (9, True),
        (1, False),
        (2, False),
    ]


def test_two_options_for_whatever_is_not_named_are_one_too_many() -> None:
    """Nobody could tell which of the two an answer means; the first is told by its line."""
    two = PICK.replace("label: A", "label: A, other: true").replace("B", "B, other: true")
    assert problems(asking(two)) == ["6: other is said twice (first on line 6): keep one"]
    assert problems(asking(PICK.replace("label: A", "label: A, other: yes please"))) == [
        "6: other must be true or false"
    ]


def test_points_are_written_one_by_one_where_each_has_a_name() -> None:
    """A labelled scale ascends in code; its good end is high unless said."""
    points = "[{code: 1, label: Bad}, {code: 3}, {code: 5, label: Good}]"
    found = read(asking(f"{{id: q, type: scale, text: Rate, points: {points}}}")).question("q")
    assert (found.codes, found.better) == ((1, 3, 5), Better.HIGH)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("{type: text, text: T}", "id is missing"),
        ("{id: q, text: T}", "type is missing: write text, single, multiple, scale or number"),
        ("{id: q, type: text}", "text is missing"),
        ("{id: q, type: single, text: T}", "options is missing"),
        ("{id: q, type: scale, text: T}", "min is missing"),
        ("{id: q, type: scale, text: T, min: 1}", "max is missing"),
        ("{id: q, type: txt, text: T}", "unknown type txt (did you mean text?)"),
        ("{id: q, type: rank, text: T}", "unknown type rank"),
        ("{id: q, type: [text], text: T}", "type must be one word: write text, single"),
        ("{id: q, type: text, text: T, requried: true}", "unknown key requried (did you mean req"),
        ("{id: q, type: text, text: T, required: maybe}", "required must be true or false"),
        ("{id: q, type: text, text: T, required: 1}", "required must be true or false"),
        ("{id: q, type: text, text: T, required: 'true'}", "required must be true or false"),
        ("{id: q, type: text, text: T, min: 1}", "min does not go with type text"),
        ("{id: q, type: text, text: T, specials: [dk]}", "specials does not go with type text"),
        ("{id: q, type: text, text: T, options: []}", "options does not go with type text"),
        ("{id: q, type: text, text: T, role: happy}", "unknown role happy"),
        ("{id: q, type: number, text: T, better: low}", "better does not go with type number"),
        ("{id: q, type: number, text: T, min: 5, max: 5}", "min must be below max"),
        ("{id: q, type: number, text: T, min: 1, max: 121}", "max must be from 0 to 120"),
        ("{id: q, type: number, text: T, min: -5, max: 5}", "min must be from 0 to 120"),
        ("{id: q, type: scale, text: T, min: 10, max: 1}", "min must be below max"),
        ("{id: q, type: scale, text: T, min: 1, max: 1.5}", "max must be a whole number"),
        ("{id: q, type: scale, text: T, min: 010, max: 20}", "min must be a whole number"),
        ("{id: q, type: scale, text: T, min: '1', max: 5}", "min must be a whole number"),
        ("{id: q, type: scale, text: T, min: .nan, max: 5}", "min must be a whole number"),
        ("{id: q, type: scale, text: T, min: 1, max: .inf}", "max must be a whole number"),
        ("{id: q, type: scale, text: T, min: 0, max: 101}", "a scale has at most 101 points"),
        ("{id: q, type: scale, text: T, min: 1, max: 1000000000000}", "a scale has at most 101"),
        ("{id: q, type: scale, text: T, min: -1000000000000, max: 1}", "a scale has at most 101"),
        ("{id: q, type: scale, text: T, min: 50, max: 121}", "max must be from 0 to 120"),
        ("{id: q, type: scale, text: T, min: 1, max: 5, low: NO}", "low must be text: put quotes"),
        ("{id: q, type: scale, text: T, min: 1, max: 5, better: up}", "unknown better up"),
        ("{id: q, type: scale, text: T, scale: x, min: 1}", "min does not go with a named scale"),
        ("{id: q, type: scale, text: T, points: [], min: 1}", "min does not go with points"),
        ("{id: q, type: scale, text: T, points: []}", "points is empty"),
        ("{id: q, type: scale, text: T, points: [{code: a}, {code: 2}]}", "code must be a whole"),
        ("{id: q, type: scale, text: T, scale: [a]}", "scale must be the id of one"),
        ("{id: q, type: scale, text: T, points: [{code: 1}]}", "points needs at least two"),
        ("{id: q, type: scale, text: T, points: [{code: 2}, {code: 1}]}", "points must ascend"),
        (
            "{id: q, type: scale, text: T, points: [{code: 1}, {code: 1}]}",
            "point code 1 is used tw",
        ),
        ("{id: q, type: scale, text: T, points: [1, 2]}", "a point must be a mapping"),
        ("{id: q, type: single, text: T, options: attributes}", "there are no attributes to offer"),
    ],
)
def test_what_is_wrong_with_a_question_is_told(question: str, said: str) -> None:
    """Each mistake has its sentence, and the line of the question."""
    assert f"6: {said}" in "\n".join(problems(asking(question)))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("~", "options must be a list"),
        ("[]", "options is empty"),
        ("yes", "options must be a list"),
        ("[A, B]", "an option must be a mapping"),
        ("[{code: 1, label: A}]", "options needs at least two entries"),
        ("[{label: A}, {code: 2, label: B}]", "code is missing"),
        ("[{code: 1}, {code: 2, label: B}]", "label is missing"),
        ("[{code: 1.0, label: A}, {code: 2, label: B}]", "code must be a whole number"),
        ("[{code: 0x1F, label: A}, {code: 2, label: B}]", "code must be a whole number"),
        ("[{code: 010, label: A}, {code: 2, label: B}]", "code must be a whole number"),
        ("[{code: true, label: A}, {code: 2, label: B}]", "code must be a whole number"),
        ("[{code: A, label: A}, {code: 2, label: B}]", "code must be a whole number"),
        ("[{code: -1, label: A}, {code: 2, label: B}]", "code must be from 0 to 120"),
        ("[{code: 121, label: A}, {code: 2, label: B}]", "code must be from 0 to 120"),
        (f"[{{code: {'9' * 5000}, label: A}}, {{code: 2, label: B}}]", "code must be from 0 to"),
        ("[{code: 1, label: NO}, {code: 2, label: B}]", "label must be text: put quotes around NO"),
        ("[{code: 1, label: A}, {code: '1', label: B}]", "option code 1 is used twice"),
        ("[{code: 1, label: A}, {code: 2, label: 'A '}]", "option label A is used twice"),
        ("[{code: 1, label: A  b}, {code: 2, label: A b}]", "option label A b is used twice"),
        (
            "[{code: 1, label: A, mean: x}, {code: 2, label: B}]",
            "unknown key mean (did you mean me",
        ),
        ("[{code: 1, label: A, means: maybe}, {code: 2, label: B}]", "unknown means maybe"),
    ],
)
def test_what_is_wrong_with_options_is_told(options: str, said: str) -> None:
    """Each mistake in a list of options has its sentence."""
    asked = f"{{id: q, type: single, text: T, options: {options}}}"
    assert problems(asking(asked))[0].startswith(f"6: {said}")


def test_a_problem_of_an_option_stands_at_its_line() -> None:
    """In a long list the line of the second of two alike is named."""
    text = (
        f"{HEAD}questions:\n  - id: q\n    type: single\n    text: T\n    options:\n"
        "      - {code: 1, label: A}\n      - {code: 2, label: B}\n      - {code: 1, label: B}\n"
    )
    assert problems(text) == [
        "12: option code 1 is used twice",
        "12: option label B is used twice",
    ]


def test_at_most_101_options() -> None:
    """The line of the 102nd is named."""
    options = "".join(f"      - {{code: {i}, label: L{i}}}\n" for i in range(102))
    text = f"{HEAD}questions:\n  - id: q\n    type: single\n    text: T\n    options:\n{options}"
    assert problems(text) == ["111: at most 101 options"]


def test_digits_in_quotes_are_a_code() -> None:
    """Programs that write JSON or YAML often quote codes."""
    assert read(asking(PICK.replace("code: 1", 'code: "1"'))).question("q1").codes == (1, 2)


def test_meaning_may_be_written_with_or_without_quotes() -> None:
    """Yes as a meaning can stand for nothing else, whatever YAML takes it for."""
    asked = PICK.replace("label: A", "label: A, means: yes").replace(
        "label: B", 'label: B, means: "no"'
    )
    found = read(asking(asked.replace("text: Pick", "text: Pick, role: problem"))).question("q1")
    assert found.codes_meaning(Means.YES) == {1}
    assert found.codes_meaning(Means.NO) == {2}


@pytest.mark.parametrize("written", ["[dk, dk]", "[later]", "dk", "[]", "[[dk]]"])
def test_specials_are_a_list_of_known_words(written: str) -> None:
    """Only don't know, does not apply and refused may stand beside the codes."""
    assert problems(asking(f"{{id: q, type: number, text: T, specials: {written}}}"))


def test_a_question_may_offer_other_specials_than_its_scale() -> None:
    """On a named scale, ``specials`` of the question stand instead of the scale's own."""
    text = (
        HEAD
        + ATTRIBUTES
        + (
            "questions:\n"
            "  - {id: a, type: scale, scale: five, text: T}\n"
            "  - {id: b, type: scale, scale: five, text: T, specials: [dk, refused]}\n"
        )
    )
    found = read(text)
    assert found.question("a").specials == (Special.NOT_APPLICABLE,)
    assert found.question("b").specials == (Special.DONT_KNOW, Special.REFUSED)
    assert found.question("a").codes == found.question("b").codes
