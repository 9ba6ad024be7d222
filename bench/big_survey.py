"""A store with many answers of ordinary shape: the sample company's, over and over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from instruments import library
from instruments.model import Instrument
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyPlan, open_survey
from survey.fieldwork.waves import wave_of_day
from survey.sample.company import roster
from survey.sample.fill import months_before
from survey.sample.simulator import simulate_wave
from survey.settings import Settings
from survey.store import Store, open_store

SURVEY = "big"
SEED = 2026
MONTHS = 24
TODAY = date(2026, 11, 15)


def instrument() -> Instrument:
    """The shipped questionnaire."""
    return library.read("monthly_satisfaction")


def fill(folder: Path, copies: int) -> tuple[Store, int]:
    """A store with 24 months of answers, each of the sample's ``copies`` times; and how many."""
    store = open_store(Settings(folder))
    plan = SurveyPlan(SURVEY, "Bench", segment_fields=("tier", "region"))
    open_survey(store, plan, instrument(), now=datetime.now(UTC))
    with store.write() as connection:
        return store, store_responses(connection, _responses(copies))


def _responses(copies: int) -> Iterator[NewResponse]:
    asked, customers = instrument(), roster(SEED)
    for back, month in enumerate(reversed(months_before(TODAY, MONTHS))):
        wave = wave_of_day(month)
        answered = simulate_wave(asked, customers, seed=SEED, first_day=month, waves_back=back)
        for place, found in enumerate(answered):
            for copy in range(copies):
                yield NewResponse(
                    survey_id=SURVEY,
                    submission_id=f"{wave}-{place}-{copy}",
                    instrument_version=asked.version,
                    wave=wave,
                    day=found.day,
                    language="en",
                    channel="sample",
                    answers=found.answers,
                    comments={},
                    segments=found.customer.segments,
                )
