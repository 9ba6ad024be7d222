"""Method and limits: how answers count, what was compared, whom the intervals describe."""

from __future__ import annotations

import dataclasses

import pytest

from reports.context import Context
from reports.findings import Findings, Interval, Unit, Weighting
from reports.fonts import Fonts
from reports.pdf.method import Method
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made
from tests.reports.pdf_reading import method_said


def context(fonts: Fonts, found: Findings, segment: str = "all", language: str = "en") -> Context:
    """A context as the PDF makes it."""
    return Context(
        found,
        pdf_asked.make_instrument(),
        found.segment(segment),
        Words(language),
        fonts.lettering(language),
    )


def test_the_method_names_the_family_and_its_correction(fonts: Fonts) -> None:
    """What was compared, how many times, and what was done about it; nothing of it at first."""
    said = method_said(Method(context(fonts, cases.make_findings())))
    assert (
        "84 comparisons in one family, Holm’s correction: with the period before; with the same "
        "period a year before; of segments with all other customers."
    ) in said
    assert "gaps by paired t interval" in said
    first = method_said(Method(context(fonts, cases.make_findings(waves=1))))
    assert "Holm" not in first


@pytest.mark.parametrize(
    ("weighting", "segment", "said"),
    [
        (
            Weighting("stratified", None, 1.12, (("A", "B"),)),
            "all",
            "Put together from the segments, each with its part of the customers. Design effect "
            "1.12: so many answers are worth one of a plain sample. Too small to count alone, "
            "taken together: A · VIP and B · major.",
        ),
        (
            Weighting("none", "population_unknown"),
            "all",
            "Every answer counts the same, so segments that answer more count more. "
            "Not weighted: number of customers not known.",
        ),
        (Weighting("none"), "all", "so segments that answer more count more. Those who"),
        (Weighting("stratified", None, 1.12), "B", "Every answer counts the same. Those who"),
        (
            Weighting("post_stratified", None, 1.5, (("A / E", "A / W"),), ("tier", "region")),
            "all",
            "Weighted by tier and region: where they cross, each cell has its part of the "
            "customers. 1 group was too small to count alone, and was taken together. Design "
            "effect 1.50: so many answers are worth one of a plain sample.",
        ),
        (
            Weighting("raked", None, 1.5, (), ("tier", "region"), 7, 1e-7, trimmed=True),
            "all",
            "Weighted by tier and region: raked to the customers of each, which took 7 rounds. "
            "Weights were cut to their limits. Design",
        ),
        (
            Weighting("raked", None, 1.5, (), ("tier", "region"), 7, 1e-7),
            "B",
            "Every answer counts the same. Those who",
        ),
        (
            Weighting("none", "not_converged", None, (), ("tier", "region"), 200, 0.125),
            "B",
            "Every answer counts the same. Not weighted: the computation found no solution. After "
            "200 rounds of raking the customers of a segment are off by 12.5%.",
        ),
        (
            Weighting("none", "weights_beyond_limits", None, (), ("tier",), 50, 1e-7),
            "all",
            "Not weighted: the weights cannot keep within their limits. Those who",
        ),
    ],
)
def test_the_method_says_how_answers_count(
    fonts: Fonts, weighting: Weighting, segment: str, said: str
) -> None:
    """How the whole is put together, or why it is not; a segment only by several fields."""
    found = cases.make_findings(segments={k: (k, n) for k, (_, n) in cases.SEGMENTS.items()})
    found = dataclasses.replace(found, weighting=weighting)
    assert said in method_said(Method(context(fonts, found, segment)))


def test_the_method_says_whom_intervals_describe(fonts: Fonts) -> None:
    """Finite populations are for this wave's description, never for changes and charts."""
    found = cases.make_findings()
    sentence = "Intervals describe these customers, whose number is known; changes"
    assert sentence in method_said(Method(context(fonts, found)))
    part = found.segment("B")
    assert sentence not in method_said(Method(context(fonts, found, "B")))
    sure = dataclasses.replace(part.figures[0], certain=Interval(70.0, 80.0, "certain", 1.0))
    part = dataclasses.replace(part, figures=(sure, *part.figures[1:]))
    found = dataclasses.replace(found, segments=(found.segments[0], part))
    assert sentence in method_said(Method(context(fonts, found, "B")))


def test_the_method_names_every_interval_used(fonts: Fonts) -> None:
    """Where means near the end of their scale get an interval of another kind, both are named."""
    found = cases.make_findings()
    whole = found.segments[0]
    near_the_end = made.figure(
        "attribute_mean", 4.9, Unit.POINTS, of="staff", half=0.1, method="bounded"
    )
    whole = dataclasses.replace(whole, figures=(*whole.figures, near_the_end))
    said = method_said(
        Method(context(fonts, dataclasses.replace(found, segments=(whole, *found.segments[1:]))))
    )
    assert "means by t interval and interval for bounded scores" in said
