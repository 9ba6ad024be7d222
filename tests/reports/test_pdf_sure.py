"""What paper estimates comes with how sure it is: beneath a chart, in a remark, in the notes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from reports.context import Context
from reports.findings import Figure, Findings, Reason
from reports.fonts import Fonts
from reports.pdf import render, render_overview
from reports.pdf.parts import intervals
from reports.pdf.reliability import reliability
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.counted_cases import found, monthly, random_dataset
from tests.reports.pdf_reading import flat


def counted() -> Findings:
    """All that is counted of 400 answers."""
    return found(random_dataset(monthly(), 400, np.random.default_rng(4)))


def context(fonts: Fonts, findings: Findings, language: str = "en") -> Context:
    """Of all customers."""
    whole = findings.segments[0]
    return Context(findings, monthly(), whole, Words(language), fonts.lettering(language))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "experience of all attributes alpha "), ("zh", "全部要素的体验α系数")],
)
def test_how_well_items_go_together_is_said(fonts: Fonts, language: str, said: str) -> None:
    """With the interval of alpha, omega, and how many answered every item."""
    here = context(fonts, counted(), language)
    (text,) = reliability(here)
    alpha = here.found.figure("alpha_raw", "ratings")
    assert alpha is not None
    assert said in text
    assert f"n = {alpha.n}" in text
    assert here.ends(alpha) in text


def test_a_coefficient_that_is_not_there_has_its_reason(fonts: Fonts) -> None:
    """And where none of all sets has a number, nothing is said."""
    findings = counted()

    def without(*keys: str) -> Findings:
        whole = findings.segments[0]

        def gone(figure: Figure) -> Figure:
            reason = Reason.SEVERAL_DIMENSIONS
            return dataclasses.replace(figure, value=None, reason=reason, interval=None)

        figures = tuple(gone(f) if f.key in keys else f for f in whole.figures)
        return dataclasses.replace(
            findings, segments=(dataclasses.replace(whole, figures=figures),)
        )

    (text,) = reliability(context(fonts, without("omega")))
    assert "omega (the items measure several things)" in text
    assert reliability(context(fonts, without("omega", "alpha_raw"))) == []


def test_charts_without_room_have_their_intervals_beneath(fonts: Fonts) -> None:
    """One sentence, each with its name."""
    here = context(fonts, counted())
    figures = here.each("attribute_top2")[:2]
    text = intervals(here, [(f.of, f) for f in figures])
    assert text.startswith("95% intervals: ")
    assert all(f"{f.of} {here.ends(f)}" in text for f in figures)


def test_response_rates_have_their_interval_or_the_reason(fonts: Fonts) -> None:
    """In the overview the interval; in the narrow table of a report, that it is a count."""
    findings, asked = cases.make_findings(), pdf_asked.make_instrument()
    here = context(fonts, findings)
    ends = here.ends(findings.segments[0].response_rate).replace(" ", "")
    assert f"({ends})" in flat(render_overview(findings, asked, "en", fonts))
    said = flat(render(findings, asked, "all", "en", fonts))
    assert "Responseratesarecounted,notestimated." in said


def test_the_two_best_and_the_remarks_say_how_sure_they_are(fonts: Fonts) -> None:
    """Spread of answers, most frequent problem, gaps: each with what it rests on."""
    said = flat(render(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts))
    assert "95%intervals:" in said
