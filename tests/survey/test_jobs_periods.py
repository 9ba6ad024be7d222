"""Reporting periods are worked out from the roster, fixed before the year, and then stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from reports.periods import Length
from survey.cli import tellback
from survey.jobs.errors import NoSuchField
from survey.jobs.periods import (
    PeriodsAreFixed,
    UnknownResponseRate,
    YearHasAnswers,
    fix_periods,
    fixed_periods,
    outlook,
)
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.tables import Population
from tests.survey.sample_cases import NOW, answer, open_company

LATER = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)


def test_the_outlook_follows_the_roster(sqlite_store: Store) -> None:
    """40, 160 and 60 customers asked once a quarter, one in ten answering."""
    survey = open_company(sqlite_store)
    found = outlook(sqlite_store, survey, by="tier", response_rate=0.1, days_between=90)
    assert [(one.segment, one.expected.customers, one.length) for one in found] == [
        ("A", 40, Length.HALF_YEAR),
        ("B", 160, Length.QUARTER),
        ("C", 60, Length.HALF_YEAR),
    ]
    seldom = outlook(sqlite_store, survey, by="tier", response_rate=0.01)
    assert seldom[0].length is None


def test_without_a_response_rate_it_is_measured(sqlite_store: Store) -> None:
    """Each segment's own share of answers so far; unknown where nobody was counted."""
    survey = open_company(sqlite_store)
    with pytest.raises(UnknownResponseRate, match="--response-rate"):
        outlook(sqlite_store, survey, by="tier")
    count = answer(sqlite_store, survey, "2026-10")
    with sqlite_store.write() as connection:
        rows = [("A", 40), ("B", 160), ("C", 60)]
        connection.execute(
            Population.__table__.insert(),  # type: ignore[attr-defined]
            [
                {
                    "survey_id": survey.id,
                    "wave": "2026-10",
                    "field": "tier",
                    "value": tier,
                    "customers": customers,
                }
                for tier, customers in rows
            ],
        )
    found = outlook(sqlite_store, survey, by="tier")
    answers = sum(one.expected.response_rate * one.expected.customers for one in found)
    assert answers == pytest.approx(count)
    assert found[0].expected.response_rate > found[2].expected.response_rate


def test_periods_are_fixed_for_their_year(store: Store) -> None:
    """What is kept is what was found; before the year begins it may be planned anew."""
    survey = open_company(store)
    for days, expected in ((0.0, "month"), (90.0, "quarter")):
        found = outlook(store, survey, by="tier", response_rate=0.2, days_between=days)
        fix_periods(store, survey, found, year=2027, by="tier", now=NOW)
        assert fixed_periods(store, survey.id, "tier")["2027", "B"].value in (expected, "month")
        assert fixed_periods(store, survey.id, "tier")["2027", "A"].value == expected
    assert fixed_periods(store, survey.id, "region") == {}


def test_a_year_that_has_begun_keeps_its_periods(sqlite_store: Store) -> None:
    """A second fixing is refused with a sentence, and changes nothing."""
    survey = open_company(sqlite_store)
    found = outlook(sqlite_store, survey, by="tier", response_rate=0.2, days_between=90)
    fix_periods(sqlite_store, survey, found, year=2027, by="tier", now=NOW)
    kept = fixed_periods(sqlite_store, survey.id, "tier")
    other = outlook(sqlite_store, survey, by="tier", response_rate=0.9)
    with pytest.raises(PeriodsAreFixed, match="fixed for 2027, which has begun"):
        fix_periods(sqlite_store, survey, other, year=2027, by="tier", now=LATER)
    assert fixed_periods(sqlite_store, survey.id, "tier") == kept


def test_a_year_with_answers_is_not_planned_any_more(sqlite_store: Store) -> None:
    """Whoever has seen answers would choose a period for its figures."""
    survey = open_company(sqlite_store)
    answer(sqlite_store, survey, "2026-10")
    found = outlook(sqlite_store, survey, by="tier", response_rate=0.2)
    with pytest.raises(YearHasAnswers, match="choose 2027"):
        fix_periods(sqlite_store, survey, found, year=2026, by="tier", now=NOW)


def test_a_field_nobody_carries_is_refused(sqlite_store: Store) -> None:
    """With the fields there are."""
    with pytest.raises(NoSuchField, match="there are tier, region"):
        outlook(sqlite_store, open_company(sqlite_store), by="colour", response_rate=0.2)


def test_the_command_shows_and_fixes(sqlite_settings: Settings) -> None:
    """One line a segment: customers, what can be expected, the period; kept with --fix only."""
    with open_store(sqlite_settings) as store:
        open_company(store)
    asked = ["survey", "periods", "company", "--data", str(sqlite_settings.data)]
    asked += ["--year", "2999", "--response-rate", "0.1", "--days-between", "90"]
    shown = CliRunner().invoke(tellback, asked)
    assert shown.output.splitlines() == [
        "A: 40 customers, 10% answer, about 8 answers a half-year: half-year",
        "B: 160 customers, 10% answer, about 16 answers a quarter: quarter",
        "C: 60 customers, 10% answer, about 12 answers a half-year: half-year",
    ]
    with open_store(sqlite_settings) as store:
        assert fixed_periods(store, "company", "tier") == {}
    fixed = CliRunner().invoke(tellback, [*asked, "--fix"])
    assert fixed.output.splitlines()[-1] == "Fixed for 2999, by tier."
    with open_store(sqlite_settings) as store:
        assert fixed_periods(store, "company", "tier")["2999", "A"] is Length.HALF_YEAR
