"""How the sample company comes into being: its roster, its survey, and 24 months of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select

from instruments import library
from instruments.catalogue import LANGUAGES
from instruments.model import Instrument
from survey.cases.log import UNSAID
from survey.customers.tiers import keep_tiers
from survey.dataset import waves_with_answers
from survey.errors import SurveyError
from survey.fieldwork.invitations import invite
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyPlan, find_survey, put_in_the_field
from survey.fieldwork.waves import wave_of_day
from survey.progress import Progress, silent
from survey.sample.books import simulate_books
from survey.sample.company import SampleCustomer, risen_lately, roster
from survey.sample.simulator import simulate_wave
from survey.sample.story import COMPANY
from survey.store import Store
from survey.store.revisions import Marked, mark_months
from survey.store.tables import ComplaintCase, Customer, Population, Purchase, Survey

SURVEY_ID = "demo"
INSTRUMENT = "monthly_satisfaction"
WAVES = 24


class NothingBefore(SurveyError):
    """The sample company was made at a later date than the one asked for."""

    def __init__(self, today: date) -> None:
        super().__init__(
            f"the sample company has no whole month of answers before {today}; "
            "name a later day, or another data folder"
        )


def months_before(today: date, count: int) -> list[date]:
    """First days of the last ``count`` whole months before ``today``, oldest first.

    >>> months_before(date(2026, 2, 10), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    months = today.year * 12 + today.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(months - count, months)]


def fill_sample(
    store: Store, *, today: date, seed: int, now: datetime, progress: Progress = silent
) -> list[str]:
    """Make the sample company where it is missing; its waves with answers, oldest first.

    What is there already is kept: answers given to the sample survey in a browser stay. At
    least one wave is given: :class:`NothingBefore` is raised where none ended before ``today``.
    """
    with store.read() as connection:
        there = connection.scalar(select(Survey.id).where(Survey.id == SURVEY_ID))
    if there is None:
        _invent(store, today=today, seed=seed, now=now, progress=progress)
    this = wave_of_day(today)
    ended = [wave for wave in waves_with_answers(store, SURVEY_ID) if wave < this]
    if not ended:
        raise NothingBefore(today)
    return ended


def _invent(store: Store, *, today: date, seed: int, now: datetime, progress: Progress) -> None:
    customers = roster(seed)
    instrument = library.read(INSTRUMENT)
    plan = SurveyPlan(
        id=SURVEY_ID,
        company=COMPANY,
        timezone="UTC",
        segment_fields=("tier", "region"),
        mode="confidential",
        sample=True,
    )
    months = months_before(today, WAVES)
    with store.write() as connection:  # all of it at once: stopped half-way, nothing is there
        connection.execute(insert(Customer), [_customer_row(c, now) for c in customers])
        _keep_tiers(connection, customers, months)
        put_in_the_field(connection, plan, instrument, now=now)
        for done, month in enumerate(months):
            progress(done, len(months))
            connection.execute(insert(Population), _population_rows(customers, month))
            store_responses(
                connection,
                _responses(
                    instrument, customers, seed=seed, month=month, waves_back=WAVES - 1 - done
                ),
            )
            _keep_books(
                connection,
                customers,
                seed=seed,
                month=month,
                waves_back=WAVES - 1 - done,
                today=today,
                now=now,
            )
    progress(len(months), len(months))


def _customer_row(customer: SampleCustomer, now: datetime) -> dict[str, object]:
    return {
        "id": customer.id,
        "name": customer.name,
        "email": f"{customer.id.lower()}@customers.example",
        "phone": "",
        "language": customer.language,
        "segments": customer.segments,
        "imported_at": now,
    }


def _keep_tiers(
    connection: Connection, customers: Sequence[SampleCustomer], months: Sequence[date]
) -> None:
    """The tiers that customers were in before, and those they are in now."""
    first = months[0] - timedelta(1)
    risen = risen_lately(customers, months[-1])
    start = {c.id: risen[c.id][0] if c.id in risen else c.tier for c in customers}
    keep_tiers(connection, start, first)
    for one, (_before, day, tier) in risen.items():
        keep_tiers(connection, {one: tier}, day)


def _population_rows(customers: Sequence[SampleCustomer], month: date) -> list[dict[str, object]]:
    counts = Counter(place for customer in customers for place in customer.segments.items())
    return [
        {
            "survey_id": SURVEY_ID,
            "wave": wave_of_day(month),
            "field": field,
            "value": value,
            "customers": count,
        }
        for (field, value), count in sorted(counts.items())
    ]


def _responses(
    instrument: Instrument,
    customers: Sequence[SampleCustomer],
    *,
    seed: int,
    month: date,
    waves_back: int,
) -> Iterator[NewResponse]:
    answered = simulate_wave(
        instrument, customers, seed=seed, first_day=month, waves_back=waves_back
    )
    for response in answered:
        customer = response.customer
        yield NewResponse(
            survey_id=SURVEY_ID,
            submission_id=f"sample-{wave_of_day(month)}-{customer.id}",
            instrument_version=instrument.version,
            wave=wave_of_day(month),
            day=response.day,
            language=customer.language,
            channel="sample",
            answers=response.answers,
            comments=response.comments,
            segments=customer.segments,
            submitted_at=datetime.combine(response.day, time(12), UTC),
            customer_id=customer.id,
        )


def _keep_books(
    connection: Connection,
    customers: Sequence[SampleCustomer],
    *,
    seed: int,
    month: date,
    waves_back: int,
    today: date,
    now: datetime,
) -> None:
    """Store the purchases of a month and the complaints about them."""
    purchases, cases = simulate_books(
        customers, seed=seed, first_day=month, waves_back=waves_back, today=today
    )
    connection.execute(
        insert(Purchase),
        [
            {
                "id": f"sample-{bought.number}",
                "number": bought.number,
                "customer_id": bought.customer.id,
                "day": bought.day,
                "amount": None,
                "segments": bought.customer.segments,
            }
            for bought in purchases
        ],
    )
    connection.execute(
        insert(ComplaintCase),
        [
            {
                **UNSAID,
                "number": case.number,
                "customer_id": case.customer.id,
                "opened": case.opened,
                "answered": case.answered,
                "closed": case.closed,
                "reopened": case.reopened,
                "target_days": case.target_days,
                "kind": case.kind,
                "attribute": case.attribute,
                "segments": case.customer.segments,
                "imported_at": now,
            }
            for case in cases
        ],
    )
    mark_months(connection, Marked.PURCHASES, (bought.day for bought in purchases))
    mark_months(connection, Marked.CASES, (case.opened for case in cases))


def personal_links(store: Store, *, now: datetime) -> Mapping[str, str]:
    """A fresh personal link for one sample customer of each language: language → token."""
    survey = find_survey(store, SURVEY_ID)
    with store.read() as connection:
        first = {
            language: connection.scalar(
                select(Customer.id)
                .where(Customer.language == language, Customer.id.like("S%"))
                .order_by(Customer.id)
                .limit(1)
            )
            for language in LANGUAGES
        }
    wanted = [customer for customer in first.values() if customer is not None]
    return {
        link.language: link.token for link in invite(store, survey, now=now, customer_ids=wanted)
    }
