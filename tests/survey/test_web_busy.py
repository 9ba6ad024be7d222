"""The store is held by somebody else, or full, or gone: nothing that was typed is lost."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.synchronize import Event

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text

from survey.app import create_app
from survey.settings import Settings
from survey.store import Store, StoreBusy, StoreDown, StoreError, StoreFull, open_store
from tests.survey.web_cases import (
    WHOLE,
    Walker,
    filled_in,
    put_in_the_field,
    soup,
    stored_answers,
)

ONE = "1" * 32
LAST = f"/o/pumps/{ONE}/6?lang=en"


@pytest.fixture
def app(sqlite_settings: Settings, sqlite_store: Store, now: datetime) -> Flask:
    """The pages, with a survey open."""
    put_in_the_field(sqlite_store, now)
    return create_app(sqlite_settings, sqlite_store, lambda: now)


def hold(settings: Settings, held: Event, release: Event) -> None:
    """Keep the store's write lock until told to let go (in a process of its own)."""
    with open_store(settings) as store, store.write() as connection:
        connection.execute(text("SELECT 1"))
        held.set()
        release.wait(60)


@contextmanager
def held_by_another_process(settings: Settings) -> Iterator[None]:
    """Another process holds the write lock."""
    spawn = multiprocessing.get_context("spawn")
    held, release = spawn.Event(), spawn.Event()
    process = spawn.Process(target=hold, args=(settings, held, release))
    process.start()
    try:
        assert held.wait(30)
        yield
    finally:
        release.set()
        process.join(30)


def test_a_busy_store_keeps_the_page_filled_in(
    app: Flask, sqlite_settings: Settings, sqlite_store: Store
) -> None:
    """While another process writes for long: 503, when to try again, the form kept; reads work."""
    walker = Walker(app.test_client()).open(f"/o/pumps/{ONE}/1?lang=en")
    with held_by_another_process(sqlite_settings):
        response = walker.client.post(LAST, data=dict(WHOLE))
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "5"
        page = soup(response)
        assert "Not stored yet" in page.select("[role=alert]")[0].text
        assert filled_in(page) == {"why": [WHOLE["why"]]}
        walker.press(overall="4", errors="12")
        assert walker.status == 503
        assert filled_in(walker.page) == {"overall": ["4"], "errors": ["12"]}
        assert walker.client.get("/o/pumps", follow_redirects=True).status_code == 200
    assert stored_answers(sqlite_store) == []
    walker.press()
    assert (walker.status, walker.heading) == (200, "What matters most?")


@pytest.mark.parametrize("error", [StoreBusy, StoreFull, StoreDown])
def test_a_store_that_cannot_be_read_hands_back_what_was_posted(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: type[StoreError]
) -> None:
    """Without a store there is no form to show; what was sent waits behind one button."""

    def fail(*_given: object) -> None:
        raise error

    client = app.test_client()
    data = {**WHOLE, "why": "\n<b>kept</b>", "_go": "next"}
    with monkeypatch.context() as broken:
        broken.setattr("survey.web.respond.find_door", fail)
        response = client.post(LAST, data=data)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    kept = soup(response)
    assert filled_in(kept)["first"] == list(WHOLE["first"])
    assert filled_in(kept)["why"] == ["\n<b>kept</b>"]
    assert client.post(LAST, data=filled_in(kept)).status_code == 303


def test_a_full_disk_refuses_and_then_goes_on(app: Flask, sqlite_store: Store) -> None:
    """No room: the submission says so and keeps the form; with room again it is stored."""
    client = app.test_client()
    with sqlite_store.read() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    large = {**WHOLE, "why": "x" * 4900}

    def limit(to: int) -> None:
        # The limit belongs to a connection; the pool hands the same one to this thread again.
        with sqlite_store.read() as connection:
            connection.execute(text(f"PRAGMA max_page_count={to}"))

    limit(int(pages or 0))
    responses = [
        client.post(f"/o/pumps/{number:032x}/6?lang=en", data=large) for number in range(1, 9)
    ]
    refused = [response for response in responses if response.status_code == 503]
    acknowledged = [response for response in responses if response.status_code == 303]
    assert refused
    assert len(refused) + len(acknowledged) == len(responses)
    assert filled_in(BeautifulSoup(refused[0].text, "html.parser"))["why"] == ["x" * 4900]
    assert len(stored_answers(sqlite_store)) == len(acknowledged)
    limit(1_000_000)
    assert client.post(LAST, data=large).status_code == 303
