"""The sample company is the same for every seed, follows its story, and is labelled."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, func, select

from instruments import library
from instruments.answers import check_answers
from instruments.model import Role
from survey.dataset import populations, read_dataset
from survey.fieldwork.surveys import find_survey, instrument_of
from survey.sample.books import simulate_books
from survey.sample.company import roster
from survey.sample.fill import SURVEY_ID, NothingBefore, fill_sample, months_before, personal_links
from survey.sample.simulator import SampleResponse, simulate_wave
from survey.sample.story import TIERS
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.tables import ComplaintCase, Purchase, Response

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def wave(month: date = date(2026, 2, 1), *, seed: int = 1, back: int = 0) -> list[SampleResponse]:
    """One wave of answers to the shipped questionnaire."""
    return simulate_wave(
        library.read("monthly_satisfaction"),
        roster(seed),
        seed=seed,
        first_day=month,
        waves_back=back,
    )


def test_the_roster_has_the_pyramids_shares() -> None:
    """4,000 customers: 1, 4, 15 and 80 percent, about half of them working in Chinese."""
    customers = roster(7)
    assert Counter(c.tier for c in customers) == TIERS
    assert len({c.id for c in customers}) == 4000
    assert 0.45 < sum(c.language == "zh" for c in customers) / 4000 < 0.55


def test_the_same_seed_draws_the_same_answers() -> None:
    """A wave depends on seed and month only, so a demonstration can be repeated."""
    assert wave() == wave()
    assert wave(seed=2) != wave()


def test_every_simulated_answer_passes_the_door() -> None:
    """The simulator gives only answers that the web form would take too."""
    instrument = library.read("monthly_satisfaction")
    for response in wave():
        checked = check_answers(instrument, {**response.answers, **response.comments})
        assert checked.problems == ()
        assert checked.answers == response.answers


def test_every_question_is_answered_by_somebody() -> None:
    """No block of the shipped questionnaire is empty in the demonstration."""
    instrument = library.read("monthly_satisfaction")
    responses = wave()
    answered = {q for r in responses for q in (*r.answers, *r.comments)}
    assert answered == {question.id for question in instrument.questions}


def test_deliveries_slip_as_the_story_says() -> None:
    """The last wave rates delivery lower than one of a year before."""
    instrument = library.read("monthly_satisfaction")
    delivery = instrument.about(Role.EXPERIENCE)["delivery"].id

    def mean(responses: list[SampleResponse]) -> float:
        codes = [r.answers[delivery] for r in responses if isinstance(r.answers.get(delivery), int)]
        return sum(int(str(code)) for code in codes) / len(codes)

    assert mean(wave(back=12)) - mean(wave(back=0)) > 0.4


def test_months_before_a_date() -> None:
    """The history ends with the last whole month, also across a year's end."""
    months = months_before(date(2026, 1, 31), 24)
    assert (months[0], months[-1], len(months)) == (date(2024, 1, 1), date(2025, 12, 1), 24)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample company in it."""
    settings = Settings(tmp_path_factory.mktemp("sample"))
    with open_store(settings) as store:
        fill_sample(store, today=TODAY, seed=1, now=NOW)
    return settings.data


@pytest.fixture
def filled(sample: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with the sample company in it, to be changed at will."""
    with open_store(Settings(shutil.copytree(sample, tmp_path / "filled"))) as store:
        yield store


def test_the_sample_fills_a_store(filled: Store, now: datetime) -> None:
    """24 waves, populations of all tiers, labelled sample; run again it keeps what is there."""
    survey = find_survey(filled, SURVEY_ID)
    assert survey.sample
    counts = populations(filled, SURVEY_ID, "tier")
    assert {tier: counts["2026-02", tier] for tier in TIERS} == TIERS
    with filled.read() as connection:
        before = connection.scalar(select(func.count()).select_from(Response))
    waves = fill_sample(filled, today=TODAY, seed=1, now=now)
    assert (len(waves), waves[0], waves[-1]) == (24, "2024-03", "2026-02")
    dataset = read_dataset(filled, SURVEY_ID, instrument_of(filled, survey))
    assert dataset.size == before


def test_a_sample_that_was_stopped_half_way_is_made_anew(
    sqlite_store: Store, now: datetime
) -> None:
    """Ctrl-C while the company is invented leaves nothing that the next start stumbles over."""

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_sample(sqlite_store, today=TODAY, seed=1, now=now, progress=stop)
    assert len(fill_sample(sqlite_store, today=TODAY, seed=1, now=now)) == 24


def test_a_day_before_the_samples_history_is_told(filled: Store, now: datetime) -> None:
    """There is no last month to report on; that is said, with what to do."""
    with pytest.raises(NothingBefore, match="before 2020-01-01; name a later day"):
        fill_sample(filled, today=date(2020, 1, 1), seed=1, now=now)


def test_there_is_a_personal_link_in_each_language(filled: Store, now: datetime) -> None:
    """The demonstration shows what a customer who works in either language sees."""
    links = personal_links(filled, now=now)
    assert set(links) == {"en", "zh"}
    assert links["en"] != links["zh"]


def test_the_books_are_those_of_the_seed_and_know_no_tomorrow(filled: Store) -> None:
    """Purchases in every month, complaints about some, and nothing after the day of the sample."""
    first = date(2026, 2, 1)
    drawn = [
        simulate_books(roster(1), seed=1, first_day=first, waves_back=0, today=today)
        for today in (TODAY, date(2027, 1, 1))
    ]
    assert drawn[0][0] == drawn[1][0]
    early, late = (cases for _purchases, cases in drawn)
    assert 0 < sum(c.closed is None for c in early) < len(early)
    assert all(case.closed is not None for case in late)
    assert all(d <= TODAY for c in early for d in (c.opened, c.answered, c.closed) if d is not None)
    with filled.read() as connection:
        stored = connection.scalar(select(func.count()).select_from(ComplaintCase))
        months = connection.scalar(
            select(func.count(func.distinct(func.substr(cast(Purchase.day, Text), 1, 7))))
        )
    assert stored
    assert months == 24
