"""A few waves of the sample company's customers, in a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import insert

from instruments import library
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import Mode, SurveyPlan, SurveyRecord, find_survey, open_survey
from survey.sample.company import roster
from survey.sample.simulator import simulate_wave
from survey.store import Store
from survey.store.tables import Customer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
INSTRUMENT = library.read("monthly_satisfaction")
CUSTOMERS = roster(1)[:260]
"""40 of tier A, 160 of tier B, 60 of tier C."""


def open_company(
    store: Store, *, mode: Mode = "confidential", fields: Sequence[str] = ("tier", "region")
) -> SurveyRecord:
    """The roster, and the survey ``company`` in the field."""
    rows = [
        {
            "id": customer.id,
            "name": customer.name,
            "email": "",
            "phone": "",
            "language": customer.language,
            "segments": customer.segments,
            "imported_at": NOW,
        }
        for customer in CUSTOMERS
    ]
    with store.write() as connection:
        connection.execute(insert(Customer), rows)
    plan = SurveyPlan("company", "Lantern Pumps", segment_fields=tuple(fields), mode=mode)
    open_survey(store, plan, INSTRUMENT, now=NOW)
    return find_survey(store, "company")


def answer(
    store: Store, survey: SurveyRecord, wave: str, *, seed: int = 1, most: int | None = None
) -> int:
    """One wave of answers; how many there are. An anonymous survey does not know whose."""
    month = date(int(wave[:4]), int(wave[5:]), 1)
    known = survey.mode == "confidential"
    drawn = simulate_wave(INSTRUMENT, CUSTOMERS, seed=seed, first_day=month, waves_back=0)[:most]
    with store.write() as connection:
        store_responses(
            connection,
            (
                NewResponse(
                    survey_id=survey.id,
                    submission_id=f"{seed}-{wave}-{one.customer.id}",
                    instrument_version=INSTRUMENT.version,
                    wave=wave,
                    day=one.day,
                    language=one.customer.language,
                    channel="sample",
                    answers=one.answers,
                    comments={},
                    segments={
                        field: one.customer.segments[field] for field in survey.segment_fields
                    },
                    submitted_at=datetime.combine(one.day, time(12), UTC) if known else None,
                    customer_id=one.customer.id if known else None,
                )
                for one in drawn
            ),
        )
    return len(drawn)
