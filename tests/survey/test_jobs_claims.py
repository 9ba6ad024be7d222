"""One builder a file at a time; nobody's death loses it, and it cannot end builders for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from reports.findings import ALL
from survey.jobs.building import ask_for, build
from survey.jobs.claims import GIVEN_UP, LEASE, TRIES, Left, claim, give_back, keep, left_of
from survey.jobs.drawing import Drawn, Wanted
from survey.jobs.editions import Issued
from survey.jobs.workers import this_process
from survey.store import Store
from survey.store.tables import EditionFile
from tests.survey.building_cases import NOW, WAVE, clock, issued_of
from tests.survey.sample_cases import answer, open_company

ONE = Wanted(ALL, "en", "pdf")
TWO = Wanted(ALL, "zh", "pdf")


@pytest.fixture
def issued(store: Store) -> Issued:
    """An edition of two files to build."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    edition = issued_of(store, survey)[0]
    ask_for(store, edition.key, [ONE, TWO])
    return edition


@pytest.fixture(scope="module")
def dead() -> str:
    """A process of this machine that is gone."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait(60)
    return f"{this_process().rsplit(' ', 2)[0]} {done.pid} 0123"


def held_by(store: Store, worker: str) -> None:
    """Have what we claimed claimed by that process instead."""
    with store.write() as connection:
        ours = EditionFile.worker == this_process()
        connection.execute(update(EditionFile).where(ours).values(worker=worker))


def states(store: Store) -> list[tuple[str, str, str | None]]:
    """Language, state and reason of each file."""
    query = select(EditionFile.language, EditionFile.state, EditionFile.reason)
    with store.read() as connection:
        rows = connection.execute(query.order_by(EditionFile.language)).all()
    return [(language, state, reason) for language, state, reason in rows]


def test_a_file_has_one_builder_at_a_time(store: Store, issued: Issued) -> None:
    """Who comes second does not get it, and each claim is counted."""
    assert claim(store, issued.key, ONE, NOW)
    assert not claim(store, issued.key, ONE, NOW)
    assert left_of(store, issued.key) == ([Left(TWO, 0), Left(ONE, 1)], 2)


def test_what_somebody_died_over_is_given_up_in_the_end(
    store: Store, issued: Issued, dead: str
) -> None:
    """Claimed that often in vain it has failed, for a reason that says so; the other waits."""
    for _ in range(TRIES):
        assert claim(store, issued.key, ONE, NOW)
        held_by(store, dead)
    assert not claim(store, issued.key, ONE, NOW)
    assert states(store) == [("en", "failed", GIVEN_UP), ("zh", "waiting", None)]
    assert left_of(store, issued.key) == ([Left(TWO, 0)], 2)


def test_given_up_is_tried_once_more_when_asked_for(
    store: Store, issued: Issued, dead: str
) -> None:
    """One more death is enough then: nobody waits for five."""
    for _ in range(TRIES):
        claim(store, issued.key, ONE, NOW)
        held_by(store, dead)
    claim(store, issued.key, ONE, NOW)
    ask_for(store, issued.key, [ONE])
    assert claim(store, issued.key, ONE, NOW)
    held_by(store, dead)
    assert not claim(store, issued.key, ONE, NOW)
    assert states(store)[0] == ("en", "failed", GIVEN_UP)


def test_of_another_machine_only_a_lease_that_is_over_counts(store: Store, issued: Issued) -> None:
    """While it holds nothing is taken and nothing given up, however often it was tried."""
    for _ in range(TRIES):
        assert claim(store, issued.key, ONE, NOW)
        held_by(store, "another machine 1 0123")
        assert not claim(store, issued.key, ONE, NOW + LEASE)
        with store.write() as connection:
            ended = NOW - timedelta(seconds=1)
            connection.execute(update(EditionFile).values(lease_until=ended))
    assert states(store)[0] == ("en", "building", None)
    assert not claim(store, issued.key, ONE, NOW)
    assert states(store)[0] == ("en", "failed", GIVEN_UP)


def test_what_is_built_is_innocent_again(store: Store, issued: Issued, dead: str) -> None:
    """Deaths before are forgotten; of what failed one try is remembered."""
    for _ in range(2):
        held_by(store, dead)
        assert claim(store, issued.key, ONE, NOW)
        assert claim(store, issued.key, TWO, NOW)
    keep(store, issued.key, Drawn(ONE, b"%PDF"), [])
    keep(store, issued.key, Drawn(TWO, None, "no ink"), [])
    assert states(store) == [("en", "built", None), ("zh", "failed", "no ink")]
    with store.read() as connection:
        query = select(EditionFile.tries, EditionFile.worker).order_by(EditionFile.language)
        assert [tuple(row) for row in connection.execute(query)] == [(0, None), (1, None)]


def test_a_row_that_was_taken_over_is_left_alone(store: Store, issued: Issued, dead: str) -> None:
    """Whoever was too slow neither overwrites what another builds, nor gives it back."""
    claim(store, issued.key, ONE, NOW)
    held_by(store, dead)
    keep(store, issued.key, Drawn(ONE, b"%PDF"), [])
    give_back(store, issued.key)
    assert states(store)[0] == ("en", "building", None)


def test_who_stops_a_build_gives_back_what_it_held(
    store: Store, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is nobody's death: the files wait as if they had never been claimed."""

    def stopped(*given: object) -> Iterator[Drawn]:
        next(given[1])  # type: ignore[call-overload]
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("survey.jobs.building.draw", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(store, issued, fonts=None, jobs=1, clock=clock)  # type: ignore[arg-type]
    assert left_of(store, issued.key) == ([Left(ONE, 0), Left(TWO, 0)], 2)
    assert [state for _l, state, _r in states(store)] == ["waiting", "waiting"]
