"""Somebody answers: from the link to the thank-you page, and nothing typed is lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from survey.app import create_app
from survey.fieldwork.surveys import SurveyRecord, find_survey
from survey.settings import Settings
from survey.store import Store
from survey.store.tables import Draft, Response
from tests.survey.web_cases import (
    STORED,
    WHOLE,
    Walker,
    filled_in,
    invite_dave,
    put_in_the_field,
    stored_answers,
)


@pytest.fixture
def walker(settings: Settings, store: Store, now: datetime) -> Walker:
    """A browser before the pages of an open survey."""
    put_in_the_field(store, now)
    return Walker(create_app(settings, store, lambda: now).test_client())


def drafts(store: Store) -> int:
    """How many drafts are kept."""
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(Draft)) or 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_questionnaire_is_stored_as_given(
    walker: Walker, store: Store, language: str
) -> None:
    """Every kind of question, page by page, in each language, ends in one exact response."""
    walker.open(f"/o/pumps?lang={language}").answer_all()
    assert walker.heading == {"en": "Thank you", "zh": "谢谢您"}[language]
    assert stored_answers(store) == [(STORED, {"why": "Faster delivery, 谢谢"})]
    with store.read() as connection:
        row = connection.execute(select(Response.language, Response.channel)).one()
    assert tuple(row) == (language, "open")
    assert drafts(store) == 0


def test_one_post_with_everything_is_enough(walker: Walker, store: Store) -> None:
    """A program may send the whole questionnaire from the last page, without any draft."""
    response = walker.client.post(f"/o/pumps/{'0' * 32}/6", data=dict(WHOLE))
    assert (response.status_code, response.location) == (303, f"/o/pumps/{'0' * 32}/thanks")
    assert stored_answers(store) == [(STORED, {"why": "Faster delivery, 谢谢"})]


def test_opening_a_link_changes_nothing(walker: Walker, store: Store, now: datetime) -> None:
    """A mail scanner may follow a link as often as it likes: only a POST stores."""
    link = invite_dave(store, the_survey(store), now)
    for url in ("/", "/o/pumps", f"/s/{link.token}", "/privacy/pumps"):
        for _ in range(2):
            assert walker.open(url).status == 200
    assert drafts(store) == 0
    assert walker.open(f"/s/{link.token}").heading == "我们做得如何？"


def the_survey(store: Store) -> SurveyRecord:
    """The survey that the walker's fixture opened."""
    return find_survey(store, "pumps")


def test_a_page_that_is_not_asked_is_passed_over(walker: Walker) -> None:
    """Who met no problem is not asked which, neither forwards nor backwards."""
    walker.open("/o/pumps?lang=en")
    walker.press(overall="4").press().press()
    assert walker.heading == "Problems"
    walker.press(problem="2")
    assert walker.heading == "In your words"
    assert walker.press("back").page.select_one("#problem-2[checked]")
    assert "kinds" not in str(walker.page)


def test_progress_only_ever_comes_nearer(walker: Walker) -> None:
    """A section that may still be asked counts until an answer rules it out."""
    walker.open("/o/pumps?lang=en")
    seen = [walker.page.select("#section")[0].text]
    for given in ({"overall": "4"}, {}, {}, {"problem": "2"}):
        walker.press(**given)
        seen.append(walker.page.select("#section")[0].text)
    assert seen == [
        "Section 1 of 6",
        "Section 2 of 6",
        "Section 3 of 6",
        "Section 4 of 6",
        "Section 5 of 5",
    ]


def test_back_keeps_what_was_typed(walker: Walker) -> None:
    """Previous saves this page, right or wrong, and shows the one before filled in."""
    walker.open("/o/pumps?lang=en").press(overall="4", errors="12")
    walker.press("back", first=["price", "price", ""])
    assert filled_in(walker.page) == {"overall": ["4"], "errors": ["12"]}
    walker.press()
    assert filled_in(walker.page) == {"first": ["price", "price"]}


def test_refresh_keeps_what_was_sent(walker: Walker) -> None:
    """The address of a page shows it again, filled in, as often as it is opened."""
    walker.open("/o/pumps?lang=en")
    first = walker.url
    walker.press(overall="4")
    assert filled_in(walker.open(first).page) == {"overall": ["4"]}
    assert filled_in(walker.open(first).page) == {"overall": ["4"]}


def test_switching_the_language_keeps_what_was_typed(walker: Walker) -> None:
    """A switch saves the page unjudged, and shows the same page in the other language."""
    walker.open("/o/pumps?lang=en").press("zh", errors="twelve")
    assert walker.heading == "我们做得如何？"
    assert walker.page.html is not None
    assert walker.page.html["lang"] == "zh-Hans"
    assert filled_in(walker.page) == {"errors": ["twelve"]}
    assert not walker.page.select(".error")
    walker.press(overall="4", errors="12")
    assert walker.heading == "什么最重要？", "the language stays"


def test_an_unticked_answer_is_gone(walker: Walker) -> None:
    """A browser sends nothing for what is not ticked any more: that is an answer too."""
    walker.open("/o/pumps?lang=en")
    page = walker.press(overall="4").press().press().press(problem="1").url
    walker.press(kinds=["1", "2"])
    walker.client.post(page, data={"_go": "next"})
    assert filled_in(walker.open(page).page) == {}


def test_problems_come_back_with_the_answers(walker: Walker) -> None:
    """A page with problems shows them at the top and at the field, and loses nothing."""
    walker.open("/o/pumps?lang=en").press(errors="101")
    assert walker.status == 422
    assert walker.page.title is not None
    assert walker.page.title.text.startswith("Error: ")
    links = {link["href"]: link.text for link in walker.page.select("[role=alert] a")}
    assert links == {
        "#overall-1": "How satisfied are you overall? – Please answer this question.",
        "#errors": "How many pumps do you run? – Please enter a number from 0 to 100.",
    }
    assert all(walker.page.select_one(str(target)) for target in links)
    number = walker.page.select("#errors")[0]
    assert (number["value"], number["aria-invalid"]) == ("101", "true")
    described = str(number["aria-describedby"]).split()
    assert "Please enter a number" in walker.page.select(f"#{described[-1]}")[0].text


def test_problems_are_worded_in_the_language_of_the_page(walker: Walker) -> None:
    """Who reads Chinese is told in Chinese what to do."""
    walker.open("/o/pumps?lang=zh").press()
    assert walker.page.select(".error")[0].text == "错误： 请回答此题。"


def test_a_ranking_without_scripts_is_checked(walker: Walker) -> None:
    """The same attribute twice, or a gap, is told at the selects, which stay as chosen."""
    walker.open("/o/pumps?lang=en").press(overall="4")
    walker.press(first=["price", "price", ""])
    assert "only once" in walker.page.select(".error")[0].text
    walker.press(first=["price", "", "staff"])
    assert "without leaving one out" in walker.page.select(".error")[0].text
    selects = walker.page.select("select option[selected]")
    assert [option["value"] for option in selects] == ["price", "staff"]


def test_the_last_page_leads_back_to_an_earlier_problem(walker: Walker, store: Store) -> None:
    """Who jumped over a required question is led to it, with the message shown."""
    response = walker.client.post(f"/o/pumps/{'0' * 32}/6?lang=en", data={"why": "kept"})
    assert response.status_code == 303
    walker.open(response.location)
    assert (walker.heading, walker.status) == ("How are we doing?", 422)
    assert walker.page.select(".error")
    walker.answer_all({"overall": "1", "problem": "2"})
    assert stored_answers(store) == [({"overall": 1, "problem": 2}, {"why": "kept"})]


def test_a_personal_link_resumes_where_it_was_left(
    walker: Walker, store: Store, now: datetime
) -> None:
    """Another device, days later: the link goes on at the first page not yet left."""
    link = invite_dave(store, the_survey(store), now, language="en")
    walker.open(f"/s/{link.token}").press(overall="4")
    other = Walker(walker.client.application.test_client()).open(f"/s/{link.token}")
    assert other.heading == "What matters most?"
    assert filled_in(other.press("back").page) == {"overall": ["4"]}


def test_a_personal_link_knows_the_customer(walker: Walker, store: Store, now: datetime) -> None:
    """The customer's language is spoken, and today's segments are stamped on the answer."""
    link = invite_dave(store, the_survey(store), now)
    walker.open(f"/s/{link.token}")
    assert walker.heading == "我们做得如何？"
    walker.answer_all()
    with store.read() as connection:
        row = connection.execute(select(Response.segments, Response.customer_id)).one()
    assert tuple(row) == ({"tier": "A"}, "C1")


def test_side_by_side_names_both_sides(walker: Walker) -> None:
    """Expectation and experience of an attribute stand in one frame, each named."""
    walker.open("/o/pumps?lang=en").press(overall="4").press()
    frame = walker.page.select(".card")[0]
    assert frame.select("h2")[0].text == "On-time delivery"
    legends = [legend.text for legend in frame.select("legend")]
    assert legends == ["What you expected", "What you experienced"]
    assert len(walker.page.select(".card")) == 2


def test_the_browser_chooses_the_language_first(walker: Walker) -> None:
    """Without a switch or a customer, the page speaks what the browser asks for."""
    response = walker.client.get("/", headers={"Accept-Language": "fr, zh-CN;q=0.8, en;q=0.5"})
    assert 'lang="zh-Hans"' in response.text
