"""Surveys open once, ask what was published, and keep their promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from instruments.reader import read_instrument
from reports.periods import NotAPeriod
from survey.fieldwork.surveys import (
    BadName,
    BadSurveyId,
    FieldTwice,
    NoSuchSurvey,
    NoSuchVersion,
    PublishedVersionChanged,
    SurveyExists,
    SurveyPlan,
    count_answers,
    find_survey,
    instrument_of,
    instrument_version,
    list_surveys,
    open_survey,
)
from survey.fieldwork.waves import UnknownTimeZone, day_of, wave_of_day
from survey.jobs.errors import NoSuchField, NoSuchWave
from survey.store import Store

SMALL = """\
id: small
version: 1
title: Small survey
languages: [en]
questions:
  - {id: overall, type: scale, text: How satisfied are you?, min: 1, max: 5, required: true}
  - {id: why, type: text, text: Why?}
"""
SOUND = read_instrument(SMALL.encode(), "small.yaml")


def test_what_is_opened_is_found(store: Store, now: datetime) -> None:
    """A survey comes back with all that was decided at its opening, and its questionnaire."""
    plan = SurveyPlan("pumps", "Lantern 灯塔", "Asia/Shanghai", ("tier", "region"), "anonymous")
    instrument = read_instrument(SMALL.encode(), "small.yaml")
    opened = open_survey(store, plan, instrument, now=now)
    assert opened == find_survey(store, "pumps")
    assert (opened.company, opened.mode, opened.timezone) == (
        "Lantern 灯塔",
        "anonymous",
        "Asia/Shanghai",
    )
    assert opened.segment_fields == ("tier", "region")
    assert instrument_of(store, opened).questions == instrument.questions
    assert list_surveys(store) == [opened]
    assert count_answers(store) == {}


def test_an_id_is_taken_once(sqlite_store: Store, now: datetime) -> None:
    """Opening a survey under an id that is taken is refused, and says so."""
    instrument = read_instrument(SMALL.encode(), "small.yaml")
    open_survey(sqlite_store, SurveyPlan("pumps", "Lantern"), instrument, now=now)
    with pytest.raises(SurveyExists, match="pumps"):
        open_survey(sqlite_store, SurveyPlan("pumps", "Other"), instrument, now=now)


def test_a_published_version_never_changes(sqlite_store: Store, now: datetime) -> None:
    """Other text under the same id and version is refused; as a new version it is taken."""
    first = read_instrument(SMALL.encode(), "small.yaml")
    open_survey(sqlite_store, SurveyPlan("one", "Lantern"), first, now=now)
    edited = SMALL.replace("Why?", "What should we improve?")
    with pytest.raises(PublishedVersionChanged, match="version 2"):
        open_survey(
            sqlite_store,
            SurveyPlan("two", "Lantern"),
            read_instrument(edited.encode(), "small.yaml"),
            now=now,
        )
    newer = read_instrument(edited.replace("version: 1", "version: 2").encode(), "small.yaml")
    opened = open_survey(sqlite_store, SurveyPlan("two", "Lantern"), newer, now=now)
    assert instrument_of(sqlite_store, opened).version == 2
    kept = instrument_of(sqlite_store, find_survey(sqlite_store, "one"))
    assert kept.question("why").text.of("en") == "Why?"


@pytest.mark.parametrize("bad", ["", "Pumps", "1pumps", "a b", "a/b", "泵", "x" * 65, "a'--"])
def test_an_id_fits_into_a_link(sqlite_store: Store, now: datetime, bad: str) -> None:
    """Ids that would break a link or a file name are refused with what is allowed."""
    with pytest.raises(BadSurveyId, match="lower-case"):
        open_survey(
            sqlite_store,
            SurveyPlan(bad, "Lantern"),
            read_instrument(SMALL.encode(), "small.yaml"),
            now=now,
        )


LINES = ["", " \u3000", "a\nb", "a\x00b", "\x1b[2J", "a\u2028b"]
"""What is no name: nothing to see, several lines, control characters."""


@pytest.mark.parametrize("company", [*LINES, "x" * 201])
def test_a_company_has_a_name_of_one_line(sqlite_store: Store, now: datetime, company: str) -> None:
    """It stands on every page and in every report, so it is refused before the survey is open."""
    with pytest.raises(BadName, match="name of a company; write one line of 1 to 200") as caught:
        open_survey(sqlite_store, SurveyPlan("pumps", company), SOUND, now=now)
    assert str(caught.value).isprintable()
    opened = open_survey(sqlite_store, SurveyPlan("pumps", "灯" * 200), SOUND, now=now)
    assert len(opened.company) == 200


@pytest.mark.parametrize("field", [*LINES, "x" * 65])
def test_a_segment_field_has_a_name_of_one_line(
    sqlite_store: Store, now: datetime, field: str
) -> None:
    """Tables of every database hold it."""
    plan = SurveyPlan("pumps", "Lantern", segment_fields=("tier", field))
    with pytest.raises(BadName, match="name of a segment field; write one line of 1 to 64"):
        open_survey(sqlite_store, plan, SOUND, now=now)


def test_a_segment_field_is_named_once(sqlite_store: Store, now: datetime) -> None:
    """Named twice, it would be counted twice."""
    plan = SurveyPlan("pumps", "Lantern", segment_fields=("tier", "region", "tier"))
    with pytest.raises(FieldTwice, match="segment field tier is named twice"):
        open_survey(sqlite_store, plan, SOUND, now=now)


@pytest.mark.parametrize(
    "error",
    [
        BadSurveyId("a\x1b[2J" + "b" * 500),
        NoSuchSurvey("a\nb"),
        UnknownTimeZone("a\x00b"),
        NoSuchWave("pumps", "2026\n", ["2026-10"]),
        NoSuchField("pumps", "\x1b[2J" + "b" * 500, ["tier"]),
        NotAPeriod("\x1b[2J" + "2" * 500),
    ],
)
def test_what_was_typed_is_told_in_one_short_line(error: Exception) -> None:
    """Nothing that is given on the command line reaches the terminal as a command."""
    assert str(error).isprintable()
    assert len(str(error)) < 250


def test_a_survey_that_is_not_there(sqlite_store: Store) -> None:
    """Naming an unknown survey says so, and where to look."""
    with pytest.raises(NoSuchSurvey, match="survey list"):
        find_survey(sqlite_store, "nowhere")


def test_a_version_that_was_never_published(sqlite_store: Store) -> None:
    """A questionnaire that is not there is not called a survey."""
    with pytest.raises(NoSuchVersion, match="questionnaire small has no version 7 here"):
        instrument_version(sqlite_store, "small", 7)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_time_zone_that_is_not_there(sqlite_store: Store, now: datetime, name: str) -> None:
    """A mistyped time zone is refused at opening, not found out at the end of a month."""
    with pytest.raises(UnknownTimeZone, match="Asia/Shanghai"):
        open_survey(
            sqlite_store,
            SurveyPlan("pumps", "Lantern", name),
            read_instrument(SMALL.encode(), "small.yaml"),
            now=now,
        )


@pytest.mark.parametrize(
    ("moment", "timezone", "wave"),
    [
        (datetime(2026, 10, 31, 15, 59, tzinfo=UTC), "Asia/Shanghai", "2026-10"),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "Asia/Shanghai", "2026-11"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "UTC", "2026-12"),
        (datetime(2027, 1, 1, 4, 59, tzinfo=UTC), "America/New_York", "2026-12"),
    ],
)
def test_a_month_ends_at_the_company(moment: datetime, timezone: str, wave: str) -> None:
    """An answer belongs to the month that the company's own calendar shows."""
    assert wave_of_day(day_of(moment, timezone)) == wave
