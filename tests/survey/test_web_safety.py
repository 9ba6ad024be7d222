"""What Eve tries, and what the browser is told: no page brings along what an answer held."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from instruments.answers import TEXT_MAX
from instruments.open_text import normalise
from survey.app import create_app
from survey.settings import Settings
from survey.store import Store
from survey.store.tables import Comment, Response, Survey
from survey.web.headers import HEADERS
from tests.outside_files import hostile_answers, needs_hostile
from tests.survey.web_cases import WHOLE, Walker, filled_in, invite_dave, put_in_the_field

ONE = "1" * 32


@pytest.fixture
def app(sqlite_settings: Settings, sqlite_store: Store, now: datetime) -> Flask:
    """The pages, with a survey open."""
    put_in_the_field(sqlite_store, now, sample=True)
    return create_app(sqlite_settings, sqlite_store, lambda: now)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser."""
    return app.test_client()


def kept_under(store: Store, submission_id: str) -> str | None:
    """The comment stored with a submission."""
    with store.read() as connection:
        found: str | None = connection.scalar(
            select(Comment.body)
            .join(Response, Response.id == Comment.response_id)
            .where(Response.submission_id == submission_id)
        )
    return found


def shape(page: BeautifulSoup) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with their attributes' names, in order."""
    return [(tag.name, tuple(sorted(tag.attrs))) for tag in page.find_all(True)]


@needs_hostile
def test_hostile_answers_follow_their_policy(
    settings: Settings, store: Store, now: datetime
) -> None:
    """Each text of the corpus is stored, normalised or refused as its policy says."""
    put_in_the_field(store, now)
    client = create_app(settings, store, lambda: now).test_client()
    for answer in hostile_answers():
        sent = answer.text.encode("utf-8", "surrogatepass")
        submission = f"{answer.line:032x}"
        data = {**WHOLE, "why": answer.text}
        try:
            answer.text.encode()
        except UnicodeEncodeError:
            # No browser can send half a character; bytes that are none become U+FFFD.
            body = b"overall=4&problem=2&why=" + b"".join(b"%%%02X" % byte for byte in sent)
            response = client.post(
                f"/o/pumps/{submission}/6",
                data=body,
                content_type="application/x-www-form-urlencoded",
            )
            assert response.status_code == 303, answer
            continue
        response = client.post(f"/o/pumps/{submission}/6", data=data)
        if response.status_code == 413:
            assert len(answer.text) > 100_000, answer
            continue
        if answer.policy.startswith("reject"):
            assert response.status_code == 422, answer
            assert filled_in(BeautifulSoup(response.text, "html.parser")).get("why"), answer
            continue
        assert response.status_code == 303, answer
        kept = kept_under(store, submission)
        assert kept == normalise(answer.text), answer
        if answer.policy == "store_exact" and "\x00" not in answer.text:
            assert kept == answer.text, answer


def test_no_answer_becomes_part_of_a_page(client: FlaskClient) -> None:
    """Whatever a text holds, the page that shows it has the elements of a harmless one."""
    url = f"/o/pumps/{ONE}/6?lang=en"
    client.post(url, data={"why": "harmless", "_go": "back"})
    plain = shape(BeautifulSoup(client.get(url).text, "html.parser"))
    for answer in hostile_answers():
        text = answer.text.encode("utf-8", "replace").decode()
        posted = client.post(url, data={"why": text, "_go": "back"})
        assert posted.status_code == (413 if len(text) > 100_000 else 303), answer.line
        response = client.get(url)
        assert response.status_code == 200
        assert shape(BeautifulSoup(response.text, "html.parser")) == plain, answer


@pytest.mark.parametrize("field", ["overall", "errors", "first", "problem", "kinds"])
def test_no_field_fails_on_what_it_did_not_expect(client: FlaskClient, field: str) -> None:
    """Any text in any field is a message at that field, never a failure of ours."""
    for value in ("9" * 5000, "-1", "<b>", "\x00", "٣", "1e9", "dk", "on", "true", "\ud7ff"):
        for page in range(1, 7):
            response = client.post(
                f"/o/pumps/{ONE}/{page}", data={field: [value, value]}, follow_redirects=True
            )
            assert response.status_code in (200, 422)


def test_every_route_says_what_the_browser_may_do(app: Flask, client: FlaskClient) -> None:
    """Every address answers with the same strict headers, right or wrong, and no cookie."""
    for rule in app.url_map.iter_rules():
        for key in ("pumps", "nothing"):
            values: dict[str, Any] = {
                "channel": "o",
                "key": key,
                "survey_id": key,
                "submission_id": ONE,
                "number": 1,
                "filename": "pages.css" if key == "pumps" else "nothing",
            }
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **{k: values[k] for k in rule.arguments})
            for method in (client.get, client.post, client.put):
                with method(url) as response:
                    assert response.status_code < 500, url
                    for name, value in HEADERS.items():
                        assert response.headers[name] == value, (url, name)
                    assert "Set-Cookie" not in response.headers
                    if rule.endpoint != "static":
                        assert response.headers["Cache-Control"] == "no-store", url
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_https_is_asked_for_only_by_https(client: FlaskClient) -> None:
    """A page that came by HTTPS asks the browser to stay with it."""
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_files_of_a_known_content_may_be_kept(client: FlaskClient) -> None:
    """Style and script carry their content's name, so a browser need not ask again."""
    page = BeautifulSoup(client.get("/o/pumps", follow_redirects=True).text, "html.parser")
    addresses = [str(tag["href"]) for tag in page.select("link[rel=stylesheet]")]
    addresses += [str(tag["src"]) for tag in page.select("script")]
    assert len(addresses) == 2
    for address in addresses:
        with client.get(address) as response:
            assert "immutable" in response.headers["Cache-Control"]


def test_a_page_weighs_little_and_asks_nobody_else(client: FlaskClient) -> None:
    """All of a page is under 60 KB, and every file of it is ours."""
    for number in range(1, 7):
        client.post(f"/o/pumps/{ONE}/1", data={"overall": "1", "problem": "1"})
        response = client.get(f"/o/pumps/{ONE}/{number}")
        page = BeautifulSoup(response.text, "html.parser")
        weight = len(response.data)
        for tag in page.select("[src], link[href]"):
            address = str(tag.get("src") or tag.get("href"))
            if not address.startswith("data:"):
                assert address.startswith("/static/")
                with client.get(address) as file:
                    weight += len(file.data)
        assert weight < 60_000
        assert not page.select("script:not([src]), style, [style], [onclick]")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/nothing", 404),
        ("/s/nothing", 404),
        (f"/s/{'0' * 40}", 404),
        ("/o/nothing", 404),
        ("/o/pumps/short/1", 404),
        (f"/o/pumps/{'A' * 32}/1", 404),
        (f"/o/pumps/{ONE}/0", 404),
        (f"/o/pumps/{ONE}/7", 404),
        ("/privacy/nothing", 404),
        ("/o/%00/", 404),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_not_there_is_told_in_the_readers_language(
    client: FlaskClient, url: str, status: int, language: str
) -> None:
    """A wrong address gets a page that says so, in the language asked for."""
    response = client.get(url, query_string={"lang": language})
    assert response.status_code == status
    said = {"en": "This page does not exist", "zh": "页面不存在"}[language]
    assert said in response.text


def test_a_closed_survey_says_so(client: FlaskClient, sqlite_store: Store) -> None:
    """After a survey has closed its links say that, and take nothing."""
    with sqlite_store.write() as connection:
        connection.execute(update(Survey).values(state="closed"))
    response = client.get("/o/pumps?lang=en")
    assert (response.status_code, "This survey is closed" in response.text) == (410, True)
    assert client.post(f"/o/pumps/{ONE}/6", data=dict(WHOLE)).status_code == 410
    assert "No survey is open" in client.get("/?lang=en").text


def test_a_text_that_is_too_long_comes_back_whole(client: FlaskClient) -> None:
    """A message names the limit; nothing is cut in silence."""
    url = f"/o/pumps/{ONE}/6?lang=en"
    text = "x" * (TEXT_MAX + 1)
    response = client.post(url, data={**WHOLE, "why": text})
    assert response.status_code == 422
    assert "5,000 characters" in response.text
    assert text in response.text


def test_too_much_at_once_is_refused(client: FlaskClient) -> None:
    """More than two megabytes are not read."""
    response = client.post(f"/o/pumps/{ONE}/6?lang=en", data={"why": "x" * (2 * 1024 * 1024)})
    assert (response.status_code, "too much at once" in response.text) == (413, True)


def test_sample_data_is_labelled(client: FlaskClient, sqlite_store: Store) -> None:
    """A survey of the sample company says so on every page of its own, a real one does not."""
    pages = ["/o/pumps", "/privacy/pumps", f"/o/pumps/{ONE}/1"]
    for url in pages:
        page = client.get(url, query_string={"lang": "en"}, follow_redirects=True)
        assert "Sample data" in page.text
    assert "sample" in client.get("/?lang=en").text
    with sqlite_store.write() as connection:
        connection.execute(update(Survey).values(sample=False))
    for url in pages:
        page = client.get(url, query_string={"lang": "en"}, follow_redirects=True)
        assert "Sample data" not in page.text


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_the_privacy_notice_says_what_holds(
    sqlite_settings: Settings, sqlite_store: Store, now: datetime, mode: str
) -> None:
    """Confidential and anonymous are two promises, computed from the survey."""
    put_in_the_field(sqlite_store, now, mode="anonymous" if mode == "anonymous" else "confidential")
    client = create_app(sqlite_settings, sqlite_store, lambda: now).test_client()
    notice = client.get("/privacy/pumps?lang=en").text
    assert ("we cannot tell who answered" in notice) == (mode == "anonymous")
    assert ("we could tell who answered" in notice) == (mode == "confidential")
    first = client.get("/o/pumps?lang=en", follow_redirects=True).text
    assert f"Your answers are {mode}." in first


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "belong to (customer tier, region, shoe_size)"),
        ("zh", "所属的客户群（客户等级、地区、shoe_size）"),
    ],
)
def test_the_privacy_notice_names_groups_in_words(
    client: FlaskClient, sqlite_store: Store, language: str, said: str
) -> None:
    """Nobody has to guess what a column of the company's files is called; its own words stay."""
    with sqlite_store.write() as connection:
        connection.execute(update(Survey).values(segment_fields=["tier", "region", "shoe_size"]))
    assert said in client.get(f"/privacy/pumps?lang={language}").text
    with sqlite_store.write() as connection:
        connection.execute(update(Survey).values(segment_fields=[]))
    for word in ("group you belong", "所属的客户群"):
        assert word not in client.get(f"/privacy/pumps?lang={language}").text


def test_a_failure_names_neither_address_nor_answer(
    sqlite_settings: Settings,
    sqlite_store: Store,
    now: datetime,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mistake of ours is told plainly; the log names the page by its kind only."""
    link = invite_dave(sqlite_store, put_in_the_field(sqlite_store, now), now)
    client = create_app(sqlite_settings, sqlite_store, lambda: now).test_client()
    monkeypatch.setattr("survey.web.respond.question_page", None)
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/s/{link.token}?lang=en", follow_redirects=True)
    assert (response.status_code, "our mistake" in response.text) == (500, True)
    assert "respond.show" in caplog.text
    assert link.token not in caplog.text


def test_a_walk_leaves_no_token_in_the_log(
    sqlite_settings: Settings, sqlite_store: Store, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever reads the log cannot answer in a customer's name."""
    link = invite_dave(sqlite_store, put_in_the_field(sqlite_store, now), now)
    with caplog.at_level(logging.DEBUG):
        walker = Walker(create_app(sqlite_settings, sqlite_store, lambda: now).test_client())
        walker.open(f"/s/{link.token}").answer_all()
    assert link.token not in caplog.text
