"""Questionnaires with conditions and personal texts, from answers to a printed report.

Answers at random go through the door of all answers, so that nobody answers what they were
not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pytest

from instruments import library
from instruments.answers import Checked, check_answers
from instruments.model import Instrument, Kind, Question, Role
from reports.findings import ALL, Findings
from reports.fonts import Fonts
from reports.pdf import render
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyPlan, find_survey, open_survey
from survey.jobs.findings import find_out
from survey.store import Store
from tests.reports.pdf_reading import flat
from tests.survey.sample_cases import NOW

WAVES = ("2026-09", "2026-10")
ANSWERS = 160

FIGURES: Mapping[str, set[str]] = {
    "service_quality": {
        "satisfaction_index", "attribute_mean", "expectation_mean", "gap", "nps",
        "gap_dimension",
    },
    "complaint_capture": {"problem_kind", "solved_rate", "handling_mean", "stays_rate"},
    "loyalty": {
        "satisfaction_index", "favourability", "named_choice", "return_rate", "bought_again",
        "would_buy_again", "would_recommend", "problem_rate", "complaint_rate", "voiced_rate",
        "sales_power", "nps", "price_tolerance", "told_mean", "solved_rate", "stays_rate",
    },
    "lost_customers": {
        "satisfaction_index", "importance_weight", "problem_rate", "problem_attribute",
        "complaint_rate", "voiced_rate", "solved_rate", "would_buy_again", "favourability",
        "told_mean",
    },
}  # fmt: skip
"""Figures that a questionnaire is sent out for."""

SAID = {
    "service_quality": ("Reliability", "可靠度"),
    "complaint_capture": ("The share of problems solved stands at", "问题解决率为"),
    "loyalty": ("Net promoter score", "净推荐值"),
    "lost_customers": ("Chosen most often:", "被选最多："),
}
"""What its report has to say in English and in Chinese."""


def given(question: Question, instrument: Instrument, draw: np.random.Generator) -> object:
    """An answer at random: a code, one of the other answers, an order, some words."""
    if question.kind is Kind.TEXT:
        return f"Words {draw.integers(10**9):x} {draw.integers(10**9):b}"
    if question.kind is Kind.RANK:
        names = [attribute.id for attribute in instrument.attributes]
        return [str(name) for name in draw.permutation(names)[: question.places]]
    if question.specials and draw.random() < 0.1:
        return str(draw.choice([str(special) for special in question.specials]))
    code = int(draw.choice(question.codes))
    return [code] if question.kind is Kind.MULTIPLE else code


def filled_in(instrument: Instrument, draw: np.random.Generator) -> Checked:
    """One questionnaire; a twentieth of what may be left out is."""
    raw = {
        question.id: given(question, instrument, draw)
        for question in instrument.questions
        if question.required or draw.random() > 0.05
    }
    checked = check_answers(instrument, raw)
    assert checked.problems == ()
    return checked


def responses(instrument: Instrument) -> Iterator[NewResponse]:
    """Two waves of answers by two tiers."""
    draw = np.random.default_rng(20)
    for i in range(2 * ANSWERS):
        wave, checked = WAVES[i % 2], filled_in(instrument, draw)
        yield NewResponse(
            survey_id="case",
            submission_id=f"s{i}",
            instrument_version=1,
            wave=wave,
            day=date(int(wave[:4]), int(wave[5:]), 5),
            language="en",
            channel="link",
            answers=checked.answers,
            comments=checked.comments,
            segments={"tier": "AB"[i // 2 % 2]},
        )


def findings_of(store: Store, instrument: Instrument) -> Findings:
    """What the answers to a questionnaire say, by tier."""
    plan = SurveyPlan("case", "Lantern Pumps", segment_fields=("tier",), mode="anonymous")
    open_survey(store, plan, instrument, now=NOW)
    with store.write() as connection:
        store_responses(connection, responses(instrument))
    return find_out(store, find_survey(store, "case"), wave=WAVES[-1], by="tier")


@pytest.mark.parametrize("name", FIGURES)
def test_its_report_is_printed_in_both_languages(
    name: str, sqlite_store: Store, prepared_fonts: Fonts
) -> None:
    """It has the figures it is sent out for, with intervals, and says what they come to."""
    instrument = library.read(name)
    findings = findings_of(sqlite_store, instrument)
    figures = findings.segment(ALL).figures
    sure = {figure.key for figure in figures if figure.interval is not None}
    assert FIGURES[name] <= sure
    for language, said in zip(("en", "zh"), SAID[name], strict=True):
        for segment in (ALL, "A"):
            printed = flat(render(findings, instrument, segment, language, prepared_fonts))
            assert "".join(said.split()) in printed


@pytest.mark.parametrize("name", ["complaint_capture", "lost_customers"])
def test_contact_details_are_never_quoted(name: str, sqlite_store: Store) -> None:
    """Only comments are quoted: no number, no name, no order, whoever agreed to what."""
    instrument = library.read(name)
    voices = findings_of(sqlite_store, instrument).segment(ALL).voices
    assert voices is not None
    assert voices.references
    comments = {question.id for question in instrument.with_role(Role.COMMENT)}
    assert {quoted.question for quoted in voices.questions} <= comments
    assert {reference.partition(".")[2] for reference in voices.references} <= comments
