"""A real server, a real Chromium, and a survey with the shipped questionnaire."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import insert
from waitress.server import create_server

from instruments import library
from survey.app import create_app
from survey.fieldwork.surveys import SurveyPlan, open_survey
from survey.settings import Settings
from survey.store import open_store
from survey.store.tables import Customer
from tests.browser.sites import Site
from tests.cast import customer

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, and say plainly where they cannot run."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: browser tests not run"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The shipped questionnaire in the field, for Dave, served on a port of its own."""
    settings = Settings(tmp_path / "data")
    instrument = library.read("monthly_satisfaction")
    now = datetime.now(UTC)
    with open_store(settings) as store:
        with store.write() as connection:
            connection.execute(insert(Customer), [customer(language="en")])
        plan = SurveyPlan("pumps", "Lantern Pumps")
        survey = open_survey(store, plan, instrument, now=now)
        # The port is held from when it was chosen: tests side by side never get the same.
        listening = socket()
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = create_server(create_app(settings, store), sockets=[listening], threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Site(f"http://127.0.0.1:{port}", store, survey, instrument)
        server.close()
        thread.join(timeout=1)  # connections that a browser keeps open would hold it longer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, Debian's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()
