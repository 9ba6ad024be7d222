"""The head of a questionnaire: id, version, title, languages, attributes, scales."""

from __future__ import annotations

import pytest

from tests.instruments.instrument_files import (
    ATTRIBUTES,
    BOTH,
    HEAD,
    asking,
    blocks,
    problems,
    read,
)

WHY = "questions:\n  - {id: why, type: text, text: Why?}\n"


def test_a_short_questionnaire_is_a_block_under_its_own_title() -> None:
    """Four lines and a list of questions are enough."""
    found = read(asking("{id: why, type: text, text: Why?}"))
    assert (found.id, found.version, found.languages) == ("demo", 1, ("en",))
    assert [(block.id, block.title.of("en")) for block in found.blocks] == [("questions", "Demo")]
    assert [page.questions for page in found.pages] == [("why",)]


def test_the_source_is_kept_and_reads_the_same_again() -> None:
    """A stored version can be shown and read again."""
    text = asking("{id: why, type: text, text: Why?}").replace("\n", "\r\n")
    found = read("\ufeff" + text)
    assert found.source == text
    assert read(found.source) == found


@pytest.mark.parametrize("key", ["id", "version", "title", "languages"])
def test_what_must_be_there_is_missed(key: str) -> None:
    """Each needed key is told when it is missing, once, at the top."""
    text = "".join(line for line in (HEAD + WHY).splitlines(True) if not line.startswith(key))
    assert problems(text)[0].startswith(f"1: {key} is missing")


def test_a_questionnaire_asks_something() -> None:
    """Neither questions nor blocks, an empty list, or both at once are refused."""
    assert problems(HEAD) == ["1: questions is missing: list questions, or blocks"]
    assert problems(HEAD + "questions: []\n") == ["5: questions is empty: give at least one entry"]
    assert problems(HEAD + "questions: why\n") == ["5: questions must be a list"]
    assert problems(HEAD + "blocks: []\n" + WHY)[0].startswith("5: blocks is empty")
    assert "6: questions does not go with blocks" in "".join(problems(HEAD + "blocks: []\n" + WHY))


def test_all_problems_are_told_at_once() -> None:
    """A file with many mistakes needs one round of corrections, form before content."""
    text = "id: Demo\nversion: 0\ntitle: NO\nlanguages: [en, en]\nkolor: red\nquestions: [1]\n"
    assert [line.split(":")[0] for line in problems(text)] == ["1", "2", "3", "4", "5", "6"]
    assert problems(text + "title: twice\n")[0] == "7: key title is given twice (first on line 3)"


@pytest.mark.parametrize(
    "version",
    [
        "0",
        "-1",
        "1.0",
        "true",
        "2025-01-02",
        '"1"',
        "01",
        "0x1",
        "1e3",
        "1_0",
        "[1]",
        "~",
        "9" * 5000,
        "",
        "+1",
    ],
)
def test_a_version_is_a_whole_number_from_1(version: str) -> None:
    """Nothing that YAML merely takes for a number is a version."""
    said = problems(HEAD.replace("version: 1", f"version: {version}") + WHY)
    assert said[0].startswith("2: version must be a whole number from 1")


def test_a_version_has_an_end() -> None:
    """A number of thousands of digits is told like any other."""
    said = problems(HEAD.replace("version: 1", f"version: {'9' * 5000}") + WHY)
    assert said == ["2: version must be a whole number from 1: at most 1,000,000"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Demo", "id must be lower-case letters, digits and _"),
        ("1st", "id must be lower-case letters, digits and _"),
        ("a-b", "id must be lower-case letters, digits and _"),
        ("dеmo", "id must be lower-case letters, digits and _"),
        ('"a b"', "id must be lower-case letters, digits and _"),
        ("[a]", "id must be lower-case letters, digits and _"),
        ("~", "id must be lower-case letters, digits and _"),
        ('"demo\\n"', "id must be lower-case letters, digits and _"),
        ("yes", "id must be text: put quotes around yes"),
        ("with", "id with is reserved by SPSS"),
        ("a" * 41, "id has at most 40 characters"),
    ],
)
def test_ids_are_fit_to_name_a_variable(written: str, said: str) -> None:
    """Ids are plain, short, and no word that a statistics program keeps for itself."""
    found = problems(HEAD.replace("demo", written) + WHY)
    assert found[0].startswith(f"1: {said}")


def test_an_id_of_40_characters_is_taken() -> None:
    """The bound on ids is 40, not 39."""
    assert read(HEAD.replace("demo", "a" * 40) + WHY).id == "a" * 40


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[]", "languages is empty"),
        ("en", "languages must be a list"),
        ("[en, en]", "language en is given twice"),
        ("[en, fr]", "unknown language code fr: pages speak en and zh"),
        ("[EN]", "unknown language code EN"),
        ("[no]", "unknown language code no"),
        ("[[en]]", "a language must be text"),
        ("[~]", "unknown language code ~"),
        ("['']", "a language must be text"),
    ],
)
def test_languages_are_those_that_pages_speak(written: str, said: str) -> None:
    """A language without buttons and messages in it cannot be offered."""
    assert said in problems(HEAD.replace("[en]", written) + WHY)[0]


def test_texts_stand_in_every_language() -> None:
    """What is missing is told with its language and line; spaces around are dropped."""
    question = "questions:\n  - {id: why, type: text, text: {en: ' Why? ', zh: 为什么？}}\n"
    found = read(BOTH + question).question("why")
    assert (found.text.of("en"), found.text.of("zh")) == ("Why?", "为什么？")
    for written, said in {
        "{en: Why?}": "6: text is missing in zh",
        "Why": "6: text is missing in zh: write {en: …, zh: …}",
        "{zh: 为什么}": "6: text is missing in en",
        "{en: Why, zh: ~}": "6: text must be text: write its wording",
        "{en: Why, zh: ''}": "6: text is empty: write its wording",
        "{en: Why, zh: 无, fr: non}": "6: text has fr, which is none of languages",
        "{en: Yes, and no, zh: 无}": "put quotes around text that has a comma",
        "{en: [Why], zh: 无}": "6: text must be text",
    }.items():
        text = BOTH + f"questions:\n  - {{id: why, type: text, text: {written}}}\n"
        assert said in "\n".join(problems(text)), written


def test_one_language_may_be_written_either_way() -> None:
    """A questionnaire in Chinese alone needs no language keys, and may have them."""
    head = HEAD.replace("[en]", "[zh]").replace("Demo", "演示")
    plain = read(head + "questions:\n  - {id: q, type: text, text: 为什么？}\n")
    keyed = read(head + "questions:\n  - {id: q, type: text, text: {zh: 为什么？}}\n")
    assert plain.question("q") == keyed.question("q")


@pytest.mark.parametrize(
    "word", ["NO", "12:30:45", "1", "2025-01-02", "true", "1.5", "0x1F", ".inf", "="]
)
def test_what_some_program_reads_otherwise_must_be_quoted(word: str) -> None:
    """A label like NO is never guessed at."""
    said = problems(HEAD.replace("Demo", word) + WHY)
    assert said == [f"3: title must be text: put quotes around {word}"]
    assert read(HEAD.replace("Demo", f'"{word}"') + WHY).title.of("en") == word


def test_a_text_has_an_end() -> None:
    """Texts longer than any page are refused."""
    assert read(HEAD.replace("Demo", "a" * 2000) + WHY).title.of("en") == "a" * 2000
    said = problems(HEAD.replace("Demo", "a" * 2001) + WHY)
    assert said == ["3: title has at most 2,000 characters"]


def test_intro_thanks_and_minutes_may_be_said() -> None:
    """What stands around the questions is part of the instrument."""
    found = read(HEAD + "intro: Hello.\nthanks: Goodbye.\nminutes: 4\n" + WHY)
    assert found.intro is not None
    assert found.thanks is not None
    assert (found.intro.of("en"), found.thanks.of("en"), found.minutes) == (
        "Hello.",
        "Goodbye.",
        4,
    )
    assert problems(HEAD + "minutes: 90\n" + WHY) == ["5: minutes must be from 1 to 60"]


def test_attributes_have_ids_texts_and_perhaps_a_dimension() -> None:
    """The one list of attributes is read in order."""
    attributes = "attributes:\n  - {id: a, text: A, dimension: empathy}\n  - {id: b, text: B}\n"
    found = read(HEAD + attributes + WHY)
    assert [(a.id, a.dimension) for a in found.attributes] == [("a", "empathy"), ("b", None)]
    for wrong, said in {
        "  - {id: a, text: A}\n  - {id: a, text: B}\n": "7: attribute id a is used twice",
        "  - {id: na, text: A}\n": "6: attribute id na stands for an answer",
        "  - {id: a}\n": "6: text is missing",
        "  - a\n": "6: an attribute must be a mapping",
        "  - {id: a, text: A, dimension: price}\n": "6: unknown dimension price",
        "  - {id: a, text: A, color: red}\n": "6: unknown key color",
        "".join(f"  - {{id: a{i}, text: A}}\n" for i in range(31)): "36: at most 30 attributes",
    }.items():
        assert problems(HEAD + "attributes:\n" + wrong + WHY)[0].startswith(said)


def test_named_scales_are_used_by_name() -> None:
    """A scale is written once; an unknown name is told with the likely one."""
    asked = "questions:\n  - {id: q, type: scale, scale: five, text: Q}\n"
    found = read(HEAD + ATTRIBUTES + asked).question("q")
    assert found.codes == (1, 2, 3, 4, 5)
    assert [str(special) for special in found.specials] == ["na"]
    said = problems(HEAD + ATTRIBUTES + asked.replace("scale: five", "scale: fiev"))
    assert said == ["11: unknown scale fiev (did you mean five?)"]


def test_a_wrong_scale_is_one_problem_however_often_used() -> None:
    """Questions on a scale that is wrong are not wrong themselves."""
    wrong = ATTRIBUTES.replace("min: 1", "min: one")
    asked = "questions:\n  - {id: q, type: scale, scale: five, text: Q}\n"
    said = problems(HEAD + wrong + asked)
    assert said == ["6: min must be a whole number: write plain digits"]


def test_scales_are_a_mapping_of_names() -> None:
    """A list of scales, or a name that is none, is told."""
    assert problems(HEAD + "scales: [1]\n" + WHY)[0].startswith("5: scales must be a mapping")
    said = problems(HEAD + "scales:\n  Five: {min: 1, max: 5}\n  six: 6\n" + WHY)
    assert said[0].startswith("6: the name of a scale must be lower-case letters")
    assert said[1].startswith("7: a scale must be a mapping")


def test_the_top_level_and_its_parts_are_mappings() -> None:
    """Text or a list where a mapping belongs is told as such."""
    assert problems("Please fill in")[0].startswith("1: the top level must be a mapping")
    assert problems("- a\n- b\n")[0].startswith("1: the top level must be a mapping")
    assert problems(HEAD + "blocks: [a]\n")[0].startswith("5: a block must be a mapping")
    assert problems(asking("why"))[0].startswith("6: a question must be a mapping")


def test_five_hundred_questions_and_no_more() -> None:
    """The line of the 501st is named."""
    some = [f"{{id: q{i}, type: text, text: T}}" for i in range(501)]
    assert len(read(asking(*some[:500])).questions) == 500
    assert problems(asking(*some)) == ["506: at most 500 questions"]


def test_ids_are_unique_over_the_whole_instrument() -> None:
    """Questions of different blocks, made ones too, never share an id."""
    assert problems(asking(*["{id: q1, type: text, text: T}"] * 2)) == [
        "7: question id q1 is used twice (first on line 6)"
    ]
    rating = "{id: r, kind: rating, title: R, scale: five, attributes: all}"
    other = "{id: s, kind: open, title: S, questions: [{id: r_price, type: text, text: T}]}"
    assert problems(blocks(rating, other)) == [
        "12: question id r_price is used twice (first on line 11)"
    ]
    assert "12: block id r is used twice (first on line 11)" in problems(blocks(rating, rating))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("version: 1", "version: !x 1"),
        ("title: Demo", "title: !x Demo"),
        ("[en]", "[!x en]"),
        ("[en]", "[!x fr, en]"),
        ("languages: [en]", "languages: !x [en]"),
        ("{id: why,", "{id: !x why,"),
        ("type: text", "type: !x text"),
        ("text: Why?", "text: !x Why?"),
        ("text: Why?", "text: {en: !x Why?}"),
        ("{id: why", "!x {id: why"),
        ("Why?", "T, role: !x comment"),
        ("Why?", "T, required: !x true"),
        ("Why?", "T, show_if: !x {question: why, is: 1}"),
        ("type: text", "type: single, options: [{code: !x 1, label: A}, {code: 2, label: B}]"),
        ("type: text", "type: single, options: [{code: 1, label: !x A}, {code: 2, label: B}]"),
        ("type: text", "type: single, options: [!x {code: 1, label: A}, {code: 2, label: B}]"),
        ("type: text", "type: single, options: !x [{code: 1, label: A}, {code: 2, label: B}]"),
        ("type: text", "type: scale, points: [!x {code: 1}, {code: 2}]"),
        ("type: text", "type: scale, min: !x 1, max: 5"),
        ("type: text", "type: scale, scale: !x five"),
        ("type: text", "type: number, specials: [!x dk]"),
        ("questions:", "attributes: [!x {id: a, text: A}]\nquestions:"),
        ("questions:", "scales: {five: !x {min: 1, max: 5}}\nquestions:"),
    ],
)
def test_what_is_refused_for_its_form_is_no_second_problem(written: str, instead: str) -> None:
    """A part that is already complained about is passed over, wherever it stands."""
    assert [
        line.partition(": ")[2] for line in problems((HEAD + WHY).replace(written, instead))
    ] == ["tags are not supported: remove !x"]
