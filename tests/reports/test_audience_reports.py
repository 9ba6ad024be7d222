"""Questionnaires for special audiences make a report in both languages, with their figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from instruments import library
from instruments.model import Instrument, Kind, Role
from reports.dataset import Dataset, Missing
from reports.findings import ALL, Findings
from reports.findings_json import from_json, to_json
from reports.fonts import Fonts
from reports.pdf import render
from tests.reports.counted_cases import WAVE, found, random_dataset
from tests.reports.pdf_reading import collisions, letters_of

BEFORE = "2026-09"
FIGURES = {
    "network_operator": {"satisfaction_index", "voiced_rate", "stays_rate", "sales_power", "nps"},
    "dealers": {"satisfaction_index", "effort_top3", "voiced_rate", "sales_power", "nps"},
    "internal_customers": {"satisfaction_index", "effort_top3", "solved_rate", "nps"},
    "customer_value": {"satisfaction_index", "acsi_index", "price_tolerance", "nps"},
    "mystery_visit": {"satisfaction_index", "effort_top3"},
}
"""Questionnaire → figures of the whole that it is asked for."""


def as_filled_in(instrument: Instrument) -> Dataset:
    """Random answers of two tiers in two waves; what an answer rules out was not asked."""
    data = random_dataset(
        instrument,
        500,
        np.random.default_rng(5),
        waves=(BEFORE, WAVE),
        segments=("A", "B"),
        shares=(0.4, 0.6),
    )
    columns = dict(data.columns)
    for question in instrument.questions:
        on = question.show_if
        if on is None:
            continue
        if instrument.question(on.question).kind is Kind.MULTIPLE:
            chosen = [columns[f"{on.question}.{code}"] == 1 for code in on.codes]
            asked = np.any(chosen, axis=0)
        else:
            asked = np.isin(columns[on.question], list(on.codes))
        for name in (c.name for c in instrument.columns() if c.question == question.id):
            columns[name] = np.where(asked, columns[name], int(Missing.NOT_APPLICABLE)).astype(
                np.int8
            )
    return replace(data, columns=columns)


def report(name: str) -> tuple[Findings, Instrument]:
    """Findings of random answers to a shipped questionnaire."""
    instrument = library.read(name)
    return found(as_filled_in(instrument)), instrument


@pytest.mark.parametrize("name", FIGURES)
def test_a_report_is_printed_in_both_languages(name: str, fonts: Fonts) -> None:
    """For everybody and for a segment; nothing overlaps, and the findings survive their file."""
    findings, instrument = report(name)
    assert from_json(to_json(findings)) == findings
    for language in instrument.languages:
        for segment in (ALL, "A"):
            content = render(findings, instrument, segment, language, fonts)
            assert not any(collisions(letters) for letters in letters_of(content)), language


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_it_is_for_have_values(name: str) -> None:
    """Each is worked out, and so is the mean of each element rated."""
    findings, instrument = report(name)
    everybody = findings.segment(ALL)
    shown = {key: everybody.figure(key) for key in FIGURES[name]}
    shown |= {a: everybody.figure("attribute_mean", a) for a in instrument.about(Role.EXPERIENCE)}
    for key, figure in shown.items():
        assert figure is not None, key
        assert figure.value is not None, key


def test_a_competitor_never_enters_the_figures_of_our_branch() -> None:
    """Whatever visitors say of the other branch, the findings on ours are the same."""
    instrument = library.read("mystery_visit")
    data = as_filled_in(instrument)
    worst = {
        name: np.where(codes > 0, 1, codes).astype(np.int8) if name.startswith("rival_") else codes
        for name, codes in data.columns.items()
    }
    assert found(replace(data, columns=worst)).segments == found(data).segments
