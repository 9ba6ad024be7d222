"""What a chart shows, in words: finding first, then every value that is drawn."""

from __future__ import annotations

import dataclasses

import pytest

from reports import chart_texts
from reports.context import Subject
from reports.findings import Reason, TrendPoint
from reports.quadrants import place
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases


def about(language: str, segment: str = "all") -> Subject:
    """What sentences on the full report need to know."""
    found = cases.make_findings()
    return Subject(found, pdf_asked.make_instrument(), found.segment(segment), Words(language))


@pytest.fixture
def english() -> Subject:
    """All customers, in English."""
    return about("en")


def test_a_course_has_ends_and_extremes(english: Subject) -> None:
    """First and last value, lowest and highest, each with its period."""
    said = chart_texts.course(english, "Share", english.found.past("complaint_rate"))
    assert said == (
        "Share, 24 periods: from 10.0% (November 2024) to 12.1% (October 2026); "
        "lowest 8.6% (December 2024), highest 12.1% (October 2026)."
    )


def test_hidden_periods_are_no_part_of_a_course(english: Subject) -> None:
    """What is not drawn is not said; where nothing is left, the name is."""
    points = english.found.past("nps")
    gone = [
        TrendPoint(p.wave, dataclasses.replace(p.figure, value=None, reason=Reason.NO_ANSWERS))
        for p in points
    ]
    assert chart_texts.course(english, "NPS", [*gone[:-1], points[-1]]) == (
        "NPS, 1 period: +38 (October 2026)."
    )
    assert chart_texts.course(english, "NPS", gone) == "NPS"


def test_a_control_chart_says_its_limits(english: Subject) -> None:
    """Finding, course, centre, baseline, and the limits of the newest period."""
    chart = english.found.chart("complaint_rate")
    assert chart is not None
    said = chart_texts.control(english, "Too many", chart)
    assert said.startswith("Too many. Complaint rate, 24 periods: from 10.0%")
    assert "Centre " in said
    assert "Limits of October 2026: " in said


@pytest.mark.parametrize(("language", "part"), [("en", "met 41.0% ("), ("zh", "met41.0%（")])
def test_bars_say_each_value_with_its_interval(language: str, part: str) -> None:
    """A value that is missing gives its reason."""
    subject = about(language)
    figure = dataclasses.replace(subject.found.about("problem_rate")[0], value=0.41)
    none = dataclasses.replace(figure, value=None, interval=None, reason=Reason.NO_ANSWERS)
    said = chart_texts.rated(subject, "Found", [("met", figure), ("told", none)])
    assert part in said
    assert subject.words.reason(Reason.NO_ANSWERS) in said


def test_attributes_say_where_they_lie(english: Subject) -> None:
    """Importance, experience and quadrant of each, the most important first."""
    quadrants = place(english.found)
    assert quadrants is not None
    said = chart_texts.placed(english, "Found", quadrants)
    assert said.count("importance") == len(quadrants.items)
    weights = [float(part.split("%")[0]) for part in said.split("importance ")[1:]]
    assert weights == sorted(weights, reverse=True)


def test_gaps_say_both_ends(english: Subject) -> None:
    """Expectation, experience and the gap with its interval."""
    gap = english.each("gap")[0]
    said = chart_texts.expected(english, "Found", [gap])
    assert said.startswith(f"Found. {english.attribute_name(gap.of)}: expected ")
    assert f"gap {gap.value:+.2f}".replace("-", "−") in said


def test_answers_say_their_shares() -> None:
    """From worst to best, for one question or several."""
    words = Words("en")
    said = chart_texts.answered(words, "Found", ["bad", "good"], [0.25, 0.75])
    assert said == "Found. bad 25.0%, good 75.0%."
    rows = [("Price", (0.5, 0.5)), ("Staff", (0.0, 1.0))]
    assert chart_texts.spreads(words, "Found", ["bad", "good"], rows) == (
        "Found. Price: bad 50.0%, good 50.0%; Staff: bad 0.0%, good 100.0%."
    )


def test_kinds_say_how_they_add_up(english: Subject) -> None:
    """Share and running share of each kind, in order."""
    kinds = [
        ("Late", figure, english.shown("problem_kind_running", figure.of))
        for figure in english.each("problem_kind")[:2]
    ]
    said = chart_texts.added_up(english, "Found", kinds)
    assert said.count("Late ") == said.count("running share ") == 2
