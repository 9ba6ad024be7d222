"""From the store to findings weighted by tier and region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select, update

from reports.aims import Aims
from reports.cells import cell_of, label, name_of
from reports.findings import ALL, Figure, Findings, Reason
from reports.settings import STANDARD
from survey.dataset import cell_populations, margin, populations, record_population
from survey.fieldwork.invitations import invite
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs import tallies as tallies_room
from survey.jobs.findings import find_out
from survey.jobs.tallies import count_waves
from survey.sample.company import SampleCustomer
from survey.store import Store
from survey.store.tables import Customer, Population
from tests.survey.sample_cases import CUSTOMERS, INSTRUMENT, NOW, open_company

WAVE = "2026-10"
FIELDS = ("tier", "region")
BY_BOTH = replace(STANDARD, weighting=Aims(FIELDS))
SATISFIED = {"East": 9, "South": 6, "North": 3, "Overseas": 2}
"""Of ten customers of a region, so many are satisfied."""


def code(place: int, customer: SampleCustomer) -> int:
    """What a customer says overall: by region, whoever it is."""
    return 5 if place % 10 < SATISFIED[customer.segments["region"]] else 2


def truth(segment: str) -> float:
    """The share that would be found if all of a tier's customers answered."""
    codes = [
        code(place, c) for place, c in enumerate(CUSTOMERS) if segment in (ALL, c.segments["tier"])
    ]
    return codes.count(5) / len(codes)


def skewed(store: Store, *, asked: bool = True) -> SurveyRecord:
    """Who lives in the East answers, of the others only one in two; ``asked`` by a link."""
    survey = open_company(store)
    if asked:
        assert len(list(invite(store, survey, now=NOW))) == len(CUSTOMERS)
    day = date(2026, 10, 5)
    answers = [
        NewResponse(
            survey_id=survey.id,
            submission_id=customer.id,
            instrument_version=INSTRUMENT.version,
            wave=WAVE,
            day=day,
            language="en",
            channel="link",
            answers={"overall": code(place, customer)},
            comments={},
            segments={field: customer.segments[field] for field in FIELDS},
            submitted_at=datetime.combine(day, time(12), UTC),
            customer_id=customer.id,
        )
        for place, customer in enumerate(CUSTOMERS)
        if customer.segments["region"] == "East" or (place // 10) % 2
    ]
    with store.write() as connection:
        store_responses(connection, answers)
    return survey


def satisfied(findings: Findings, segment: str) -> Figure:
    """The share that is satisfied, which is there."""
    figure = findings.segment(segment).figure("overall_top2")
    assert figure is not None
    assert figure.value is not None
    return figure


@pytest.mark.parametrize("method", ["post_stratified", "raked"])
def test_what_all_customers_think_whoever_answered(store: Store, method: str) -> None:
    """Nearer to the truth; by tier alone the whole is off, and within a tier all the more."""
    survey = skewed(store)
    plain = find_out(store, survey, wave=WAVE, by="tier")
    if method == "raked":
        region = {c.segments["region"]: 0 for c in CUSTOMERS}
        for customer in CUSTOMERS:
            region[customer.segments["region"]] += 1
        rules = replace(STANDARD, weighting=Aims(FIELDS, {"region": region}))
    else:
        rules = BY_BOTH
    weighted = find_out(store, survey, wave=WAVE, by="tier", settings=rules)
    assert (plain.weighting.method, weighted.weighting.method) == ("stratified", method)
    for segment in (ALL, "B"):
        before, after = satisfied(plain, segment), satisfied(weighted, segment)
        assert after.value is not None
        assert before.value is not None
        assert before.value > truth(segment) + 0.04
        assert abs(after.value - truth(segment)) < (before.value - truth(segment)) / 2
        assert after.interval is not None
        assert after.interval.low < truth(segment) < after.interval.high
        assert after.n == before.n


def test_every_report_of_a_survey_can_be_weighted_alike(sqlite_store: Store) -> None:
    """By region, too: the fields cross in another order, and the whole is the same."""
    survey = skewed(sqlite_store)
    by_tier = find_out(sqlite_store, survey, wave=WAVE, by="tier", settings=BY_BOTH)
    by_region = find_out(sqlite_store, survey, wave=WAVE, by="region", settings=BY_BOTH)
    assert by_region.weighting.fields == ("region", "tier")
    assert satisfied(by_region, ALL).value == pytest.approx(satisfied(by_tier, ALL).value, abs=0.02)


def test_without_a_roster_that_was_asked_answers_count_once(sqlite_store: Store) -> None:
    """Who could have answered is not known; the findings say so."""
    survey = skewed(sqlite_store, asked=False)
    findings = find_out(sqlite_store, survey, wave=WAVE, by="tier", settings=BY_BOTH)
    assert findings.weighting.method == "none"
    assert findings.weighting.reason == Reason.POPULATION_UNKNOWN


def test_limits_alone_and_the_own_field_alone_change_nothing(sqlite_store: Store) -> None:
    """A report by tier weighted by tier is what it is without being told."""
    survey = skewed(sqlite_store)
    plain = find_out(sqlite_store, survey, wave=WAVE, by="tier")
    for aims in (Aims(("tier",)), Aims(limits=(0.3, 3.0))):
        rules = replace(STANDARD, weighting=aims)
        assert find_out(sqlite_store, survey, wave=WAVE, by="tier", settings=rules) == plain


def test_cells_are_counted_once_and_kept(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As any field's counts; and nothing is crossed where nobody asked for it."""
    survey = skewed(sqlite_store)
    count: Callable[..., object] = tallies_room._count
    seen: list[object] = []

    def noted(*given: object) -> object:
        seen.append(given[4])
        return count(*given)

    monkeypatch.setattr(tallies_room, "_count", noted)
    find_out(sqlite_store, survey, wave=WAVE, by="tier")
    assert FIELDS not in seen
    for _time in range(2):
        find_out(sqlite_store, survey, wave=WAVE, by="tier", settings=BY_BOTH)
    assert seen.count(FIELDS) == 1
    counted = count_waves(sqlite_store, survey.id, INSTRUMENT, [WAVE], FIELDS)[WAVE]
    assert counted.joint == {}
    assert {cell_of(word)[0] for word in counted.tallies} == {"A", "B", "C"}


def test_the_roster_is_recorded_by_all_fields_crossed(sqlite_store: Store) -> None:
    """A plain report does so too, so that its wave can be weighted by any of them later."""
    survey = skewed(sqlite_store)
    find_out(sqlite_store, survey, wave=WAVE, by="tier")
    known = cell_populations(sqlite_store, survey.id, survey.segment_fields, ("region", "tier"))
    assert known[WAVE, label(("Overseas", "A"))] == 5
    assert sum(known.values()) == len(CUSTOMERS)
    assert margin(sqlite_store, survey.id, "region") == {}
    assert sum(margin(sqlite_store, survey.id, "tier").values()) == len(CUSTOMERS)


def test_names_too_long_to_keep_together_leave_the_margins(sqlite_store: Store) -> None:
    """The customers of each field are known still, and raked to."""
    survey = skewed(sqlite_store)
    with sqlite_store.write() as connection:
        for field in FIELDS:
            record_population(connection, survey.id, WAVE, field)
        long = {"tier": "t" * 120, "region": "r" * 120}
        connection.execute(
            update(Customer).where(Customer.id == CUSTOMERS[0].id).values(segments=long)
        )
        everybody = record_population(connection, survey.id, WAVE, FIELDS)
    assert everybody == len(CUSTOMERS)
    assert populations(sqlite_store, survey.id, FIELDS) == {}
    with sqlite_store.read() as connection:
        recorded = select(func.count()).where(Population.field == name_of(FIELDS))
        assert connection.scalar(recorded) == 0
    findings = find_out(sqlite_store, survey, wave=WAVE, by="tier", settings=BY_BOTH)
    assert findings.weighting.method == "raked"
