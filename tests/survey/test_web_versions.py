"""A questionnaire changes while people fill it in: each is judged by the version begun on."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import insert, select, update

from survey.app import create_app
from survey.settings import Settings
from survey.store import Store
from survey.store.tables import InstrumentVersion, Response, Survey
from tests.survey.web_cases import EVERY_KIND, WHOLE, Walker, put_in_the_field

ONE = "1" * 32


@pytest.fixture
def walker(settings: Settings, store: Store, now: datetime) -> Walker:
    """A browser before the pages of an open survey."""
    put_in_the_field(store, now)
    return Walker(create_app(settings, store, lambda: now).test_client())


def publish_second_version(store: Store, now: datetime) -> None:
    """Version 2 narrows the scale, rewords a question and drops an option."""
    source = (
        EVERY_KIND.replace("version: 1", "version: 2")
        .replace("max: 5", "max: 3")
        .replace("What should we improve?", "What comes first?")
        .replace("          - {code: 2, label: {en: Broken, zh: 损坏}}\n", "")
        .replace(
            "{code: 1, label: {en: Late",
            "{code: 9, label: {en: Other, zh: 其他}}\n          - {code: 1, label: {en: Late",
        )
    )
    with store.write() as connection:
        connection.execute(
            insert(InstrumentVersion).values(
                id="every_kind", version=2, source=source, stored_at=now
            )
        )
        connection.execute(update(Survey).values(instrument_version=2))


def stored_version(store: Store) -> int | None:
    """The version that the one response was stored on."""
    with store.read() as connection:
        return connection.scalar(select(Response.instrument_version))


def test_who_began_on_the_old_version_ends_on_it(
    walker: Walker, store: Store, now: datetime
) -> None:
    """A draft keeps its version: old points stay valid, old wordings stay shown."""
    walker.open("/o/pumps?lang=en").press(overall="5")
    publish_second_version(store, now)
    walker.answer_all({**WHOLE, "overall": "5"})
    assert walker.heading == "Thank you"
    assert stored_version(store) == 1


def test_an_open_page_is_judged_by_what_it_showed(
    walker: Walker, store: Store, now: datetime
) -> None:
    """A first page opened before the change and sent after it is no mistake of the reader."""
    walker.open("/o/pumps?lang=en")
    publish_second_version(store, now)
    hidden = walker.page.select("[name=_version]")[0]["value"]
    walker.press(overall="5", _version=str(hidden))
    assert walker.status == 200
    walker.answer_all({**WHOLE, "overall": "5"})
    assert stored_version(store) == 1


def test_who_begins_later_gets_the_new_version(walker: Walker, store: Store, now: datetime) -> None:
    """A new visit is asked by the version of the day."""
    publish_second_version(store, now)
    walker.open("/o/pumps?lang=en").press(overall="5")
    assert walker.status == 422
    answers = {**WHOLE, "overall": "3", "rate_expected_delivery": "3", "kinds": ["9"]}
    walker.answer_all(answers)
    assert stored_version(store) == 2


@pytest.mark.parametrize("version", ["0", "99", "-1", "x", "9" * 400])
def test_a_version_that_never_was_is_todays(walker: Walker, store: Store, version: str) -> None:
    """A made-up version changes nothing."""
    walker.client.post(f"/o/pumps/{ONE}/6", data={**WHOLE, "_version": version})
    assert stored_version(store) == 1
