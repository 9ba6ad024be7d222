"""A submission sent twice is stored once; other answers under its name are refused."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from survey.app import create_app
from survey.fieldwork.invitations import find_invitation, submission_id_of
from survey.fieldwork.surveys import Mode
from survey.settings import Settings
from survey.store import Store
from tests.survey.web_cases import (
    STORED,
    WHOLE,
    Walker,
    filled_in,
    invite_dave,
    put_in_the_field,
    stored_answers,
)

ONE = "1" * 32
TWO = "2" * 32
LAST = f"/o/pumps/{ONE}/6"
THANKS = f"/o/pumps/{ONE}/thanks"


@pytest.fixture
def app(settings: Settings, store: Store, now: datetime) -> Flask:
    """The pages, with a survey open."""
    put_in_the_field(store, now)
    return create_app(settings, store, lambda: now)


def at_once(times: int, act: Callable[[int], int]) -> Counter[int]:
    """Do something from many threads that start together; what came of it, counted."""
    barrier = threading.Barrier(times)
    found: list[int] = []

    def run(number: int) -> None:
        barrier.wait(30)
        found.append(act(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(found)


def test_the_same_again_shows_the_same_thanks(app: Flask, store: Store) -> None:
    """A double click, a reload or a retry is the same submission."""
    client = app.test_client()
    for _ in range(3):
        response = client.post(LAST, data=dict(WHOLE))
        assert (response.status_code, response.location) == (303, THANKS)
    assert len(stored_answers(store)) == 1


def test_a_retried_last_page_is_the_same_again(app: Flask, store: Store) -> None:
    """After a walk the last page alone is posted again: its draft is gone, yet it is the same."""
    walker = Walker(app.test_client()).open(f"/o/pumps/{ONE}/1?lang=en").answer_all()
    response = walker.client.post(LAST, data={"why": WHOLE["why"], "_go": "next"})
    assert (response.status_code, response.location) == (303, THANKS)
    assert stored_answers(store)[0][0] == STORED


def test_other_answers_under_the_same_id_are_refused(app: Flask, store: Store) -> None:
    """What came first is kept; the second page says so with status 409."""
    client = app.test_client()
    client.post(LAST, data=dict(WHOLE))
    response = client.post(LAST, data={**WHOLE, "overall": "1"})
    assert response.status_code == 409
    assert "Other answers came first" in response.text
    assert stored_answers(store)[0][0] == STORED


def test_a_page_posted_after_sending_makes_no_draft(app: Flask) -> None:
    """Back after sending, then Continue: the page says that the answers are there."""
    client = app.test_client()
    client.post(LAST, data=dict(WHOLE))
    response = client.post(f"/o/pumps/{ONE}/1", data={"overall": "1"})
    assert response.location == THANKS
    assert client.get(f"/o/pumps/{ONE}/2").location == THANKS


def test_two_anonymous_browsers_are_two_responses(app: Flask, store: Store) -> None:
    """Everybody who opens the open link is somebody of their own."""
    for _ in range(2):
        Walker(app.test_client()).open("/o/pumps?lang=en").answer_all()
    assert len(stored_answers(store)) == 2


def test_two_tabs_fill_one_draft(app: Flask) -> None:
    """The same visit in two tabs is one questionnaire."""
    here, there = (Walker(app.test_client()).open(f"/o/pumps/{ONE}/1?lang=en") for _ in range(2))
    here.press(overall="4")
    there.press(overall="4", errors="7")
    assert filled_in(here.open(f"/o/pumps/{ONE}/1").page) == {"overall": ["4"], "errors": ["7"]}


def test_one_submission_sent_many_times_at_once_is_stored_once(app: Flask, store: Store) -> None:
    """Fifty parallel retries get the same answer, and there is one response."""

    def send(_number: int) -> int:
        return app.test_client().post(LAST, data=dict(WHOLE)).status_code

    assert at_once(50, send) == {303: 50}
    assert len(stored_answers(store)) == 1


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_a_personal_link_is_answered_once(
    settings: Settings, store: Store, now: datetime, mode: Mode
) -> None:
    """Fifty clients with one link and different answers: exactly one is stored."""
    survey = put_in_the_field(store, now, mode=mode)
    link = invite_dave(store, survey, now)
    app = create_app(settings, store, lambda: now)
    invited = find_invitation(store, link.token)
    assert invited is not None

    def send(number: int) -> int:
        own = submission_id_of(invited.id, settings.secret())
        submission_id = own if mode == "confidential" else f"{number:032x}"
        url = f"/s/{link.token}/{submission_id}/6"
        data = {"overall": "4", "problem": "2", "why": f"from {number}"}
        return app.test_client().post(url, data=data).status_code

    assert at_once(50, send) == {303: 1, 409: 49}
    assert len(stored_answers(store)) == 1


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_a_used_link_says_so(settings: Settings, store: Store, now: datetime, mode: Mode) -> None:
    """Who reopens the mailed link after answering is told that all is done."""
    link = invite_dave(store, put_in_the_field(store, now, mode=mode), now, language="en")
    walker = Walker(create_app(settings, store, lambda: now).test_client())
    walker.open(f"/s/{link.token}").answer_all()
    assert walker.heading == "Thank you"
    assert walker.open(f"/s/{link.token}").heading == "We have your answers already"


def test_a_personal_link_has_one_submission_id(
    settings: Settings, store: Store, now: datetime
) -> None:
    """In a confidential survey a link leads to its own answers, and to nobody else's."""
    link = invite_dave(store, put_in_the_field(store, now), now)
    client = create_app(settings, store, lambda: now).test_client()
    assert client.get(f"/s/{link.token}/{ONE}/1").status_code == 404
    assert client.post(f"/s/{link.token}/{ONE}/6", data=dict(WHOLE)).status_code == 404


def test_an_anonymous_link_leaves_no_trail_in_the_address(
    settings: Settings, store: Store, now: datetime
) -> None:
    """The submission id of an anonymous answer says nothing about the invitation."""
    link = invite_dave(store, put_in_the_field(store, now, mode="anonymous"), now)
    client = create_app(settings, store, lambda: now).test_client()
    first, second = (client.get(f"/s/{link.token}").location for _ in range(2))
    assert first != second
