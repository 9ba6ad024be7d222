"""A question becomes a field: with its words, its tiles, and what was typed."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from werkzeug.datastructures import MultiDict

from instruments.answers import AnswerProblem, Reason
from instruments.catalogue import LANGUAGES
from instruments.model import (
    Better,
    Condition,
    Instrument,
    Kind,
    Page,
    Point,
    Question,
    Role,
    Special,
    Text,
)
from survey.texts import PROBLEMS, SPECIALS, Words, best_language
from survey.web.fields import QuestionField
from survey.web.forms import build_form, cards
from survey.web.pages import asked, page_after, page_before, page_to_resume, progress
from survey.web.posted import posted_answers

EN = Words("en")


def words(text: str) -> Text:
    """One wording, in English only."""
    return Text(MappingProxyType({"en": text}))


def scale(points: int, name: str = "q", *, labels: bool = True) -> Question:
    """A scale from 1 to ``points``, its ends labelled or not."""
    label = {1: words("bad"), points: words("good")} if labels else {}
    return Question(
        name,
        "b",
        Kind.SCALE,
        Role.OTHER,
        words("How?"),
        points=tuple(Point(code, label.get(code)) for code in range(1, points + 1)),
        better=Better.HIGH,
    )


def instrument(*pages: tuple[Question, ...]) -> Instrument:
    """A questionnaire of these pages."""
    return Instrument(
        "i",
        1,
        words("I"),
        ("en",),
        (),
        (),
        tuple(question for page in pages for question in page),
        tuple(Page(words("P"), None, tuple(q.id for q in page)) for page in pages),
    )


def field(question: Question, **raw: str | list[str]) -> QuestionField:
    """The field of a question, filled in."""
    asking = instrument((question,))
    made = build_form(asking, asking.pages[0], raw, EN)[question.id]
    assert isinstance(made, QuestionField)
    return made


@pytest.mark.parametrize(("points", "columns"), [(2, 2), (5, 5), (6, 6), (7, 4), (10, 5), (11, 6)])
def test_tiles_stay_wide_enough_for_a_finger(points: int, columns: int) -> None:
    """Up to six tiles stand in one row on a phone, more in two."""
    assert field(scale(points)).shown.columns == columns


def test_the_ends_of_a_scale_say_what_they_mean() -> None:
    """Labels of the ends stand below the tiles; without labels there is nothing to say."""
    assert field(scale(5)).shown.ends == ["1 = bad", "5 = good"]
    assert field(scale(5, labels=False)).shown.ends == []


def test_a_number_and_the_answer_beside_it_are_told_apart() -> None:
    """What stands in the text input is what was typed, not what was ticked beside it."""
    number = Question(
        "n",
        "b",
        Kind.NUMBER,
        Role.OTHER,
        words("How many?"),
        specials=(Special.REFUSED,),
        maximum=9,
    )
    assert (field(number, n="7").typed, field(number, n="refused").typed) == ("7", "")
    assert field(number, n="refused").is_chosen("refused")
    assert field(number).shown.hint == "A whole number from 0 to 9"
    asking = instrument((number,))
    both = posted_answers(asking, 1, MultiDict([("n", "7"), ("n", "refused")]), {}, leaving=True)
    assert both == {"n": "7"}, "what is typed counts, the tick beside it was forgotten"


def test_a_message_stands_at_its_field_and_marks_its_frame() -> None:
    """Only the question with the problem has a message."""
    asking = instrument((scale(5, "a"), scale(5, "b")))
    form = build_form(asking, asking.pages[0], {}, EN, [AnswerProblem("b", Reason.REQUIRED)])
    assert [card.wrong for card in cards(asking, asking.pages[0], form, EN)] == [False, True]
    wrong = form["b"]
    assert isinstance(wrong, QuestionField)
    assert (wrong.focus_id, wrong.described_by) == ("b-1", "b-error")


def branching() -> Instrument:
    """Page 2 follows a 1, page 3 follows a 2 on page 2, page 4 is for all."""
    second = scale(2, "second")
    third = scale(2, "third")
    return instrument(
        (scale(2, "first"),),
        (_asked_if(second, "first", 1),),
        (_asked_if(third, "second", 2),),
        (scale(2, "last"),),
    )


def _asked_if(question: Question, other: str, code: int) -> Question:
    return Question(
        question.id,
        question.block,
        question.kind,
        question.role,
        question.text,
        points=question.points,
        better=question.better,
        show_if=Condition(other, frozenset({code})),
    )


def test_what_hangs_on_an_unasked_question_is_not_asked() -> None:
    """An answer left over from before a change of mind opens nothing."""
    asking = branching()
    assert asked(asking, {"first": "2", "second": "2"}) == {"first", "last"}
    assert asked(asking, {"first": "1", "second": "2"}) == {"first", "second", "third", "last"}


def test_the_way_leads_past_what_is_not_asked() -> None:
    """Forwards and backwards, a page without a question is no page."""
    asking = branching()
    assert page_after(asking, {"first": "2"}, 1) == 4
    assert page_before(asking, {"first": "2"}, 4) == 1
    assert page_after(asking, {"first": "1"}, 1) == 2
    assert page_after(asking, {"first": "1"}, 4) is None


def test_progress_counts_what_may_still_come() -> None:
    """Unanswered conditions count as pages to come; answers only take pages away."""
    asking = branching()
    assert progress(asking, {}, 1) == (1, 4)
    assert progress(asking, {"first": "2"}, 4) == (2, 2)
    assert progress(asking, {"first": "1", "second": "1"}, 4) == (3, 3)


def test_a_visit_resumes_at_the_first_page_not_left() -> None:
    """A page left blank counts as left; when all were left it is the last one."""
    asking = branching()
    assert page_to_resume(asking, {}) == 1
    assert page_to_resume(asking, {"first": ""}) == 4
    assert page_to_resume(asking, {"first": "", "last": "1"}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_special_answer_has_words(language: str) -> None:
    """Whatever the answers' door says, the page can word it."""
    speaking = Words(language)
    for reason in Reason:
        said = speaking.problem(AnswerProblem("q", reason, 3), scale(5))
        assert said
        assert "{" not in said
    assert set(PROBLEMS) == set(Reason)
    assert {speaking.special(special) for special in SPECIALS}
    assert set(SPECIALS) == set(Special)


@pytest.mark.parametrize(
    ("offered", "wishes", "chosen"),
    [
        (("en", "zh"), ("zh-Hans-CN",), "zh"),
        (("en", "zh"), ("ZH_tw",), "zh"),
        (("zh", "en"), ("fr",), "zh"),
        (("zh",), ("en",), "zh"),
        (("fr",), ("fr",), "en"),
        (("en", "zh"), ("", "zh"), "zh"),
    ],
)
def test_the_best_language_is_one_that_is_spoken(
    offered: tuple[str, ...], wishes: tuple[str, ...], chosen: str
) -> None:
    """The first wish that is offered wins; a language the pages lack is never promised."""
    assert best_language(offered, wishes) == chosen
