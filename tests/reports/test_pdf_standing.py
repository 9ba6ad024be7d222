"""Where customers stand, on paper: matrix, secure index, money at risk, importances, iceberg."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charted import ChartPoint, ChartSignal, ControlChart
from reports.context import Context
from reports.figures.control import control
from reports.figures.iceberg import WORDS_APART, apart, depths
from reports.findings import Findings, Reason, SegmentFindings
from reports.fonts import Fonts
from reports.pdf.blocks import Columns, Section, Table
from reports.pdf.complaints import complaints
from reports.pdf.flow import Block
from reports.pdf.importance import by_dimension, stated_alone, stated_and_derived
from reports.pdf.matrix import Square, satisfied_and_loyal
from reports.pdf.standing import standing
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made


def context(fonts: Fonts, found: Findings, language: str = "en") -> Context:
    """The context of the whole."""
    whole, words = found.segments[0], Words(language)
    return Context(found, pdf_asked.make_instrument(), whole, words, fonts.lettering(language))


def without(found: Findings, *keys: str, reason: Reason | None = None) -> Findings:
    """The findings without figures of these keys, or with a reason in place of their values."""
    whole = found.segments[0]
    figures = tuple(
        dataclasses.replace(f, value=None, reason=reason, interval=None) if f.key in keys else f
        for f in whole.figures
        if f.key not in keys or reason is not None
    )
    changed: SegmentFindings = dataclasses.replace(whole, figures=figures)
    return dataclasses.replace(found, segments=(changed, *found.segments[1:]))


def title(block: Block | None) -> str:
    """The heading of a section."""
    assert isinstance(block, Section)
    return " ".join(line.text for line in block.title)


def names(block: Block) -> list[str]:
    """The first column of a section's table."""
    assert isinstance(block, Section)
    assert isinstance(block.body, Table)
    return [row[0][0].text for row in block.body.rows]


def test_the_square_stands_beside_the_secure_index(fonts: Fonts) -> None:
    """Both where both were asked; each alone over the whole width where the other is missing."""
    blocks = standing(context(fonts, cases.make_findings()))
    assert isinstance(blocks[0], Columns)
    alone = standing(context(fonts, without(cases.make_findings(), "sci_secure")))
    assert isinstance(alone[0], Section)
    assert isinstance(alone[0].body, Square)


def test_a_square_with_a_hidden_cell_is_not_drawn(fonts: Fonts) -> None:
    """Three of four shares would give away the fourth."""
    found = without(cases.make_findings(), "hostages", reason=Reason.BELOW_SMALLEST_BASE)
    assert satisfied_and_loyal(context(fonts, found)) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "22.0% are satisfied but not loyal"), ("zh", "22.0%的客户满意但不忠诚")],
)
def test_the_square_says_its_finding(language: str, said: str, fonts: Fonts) -> None:
    """The larger of the two kinds that satisfaction alone does not show."""
    section = satisfied_and_loyal(context(fonts, cases.make_findings(), language))
    assert title(section) == said


def test_money_is_shown_where_a_customers_value_is_known(fonts: Fonts) -> None:
    """With it in the title; without it the rows of money are left out, not printed as dashes."""
    known = standing(context(fonts, cases.make_findings()))[-1]
    assert "worth 313,200 a year are at risk" in title(known)
    found = without(
        cases.make_findings(), "value_at_risk", "market_damage", reason=Reason.VALUE_UNKNOWN
    )
    unknown = standing(context(fonts, found))[-1]
    assert title(unknown) == "6.4% of the customers are at risk"
    assert "What problems cost in a year" not in names(unknown)
    assert "Customers lost to problems" in names(unknown)


def test_words_and_effect_are_told_apart(fonts: Fonts) -> None:
    """What customers name first need not move them most; the title says so."""
    section = stated_and_derived(context(fonts, cases.make_findings()))
    said = title(section)
    assert said == "Customers name Product quality first; satisfaction goes most with Invoicing"
    assert stated_and_derived(context(fonts, without(cases.make_findings(), "drivers_r2"))) is None


def test_a_ranking_alone_is_shown_where_nothing_was_rated(fonts: Fonts) -> None:
    """The one chosen most often leads; beside ratings there is the matrix of both instead."""
    found = cases.make_findings()
    chosen = (made.share("importance_chosen", 0.3, 90, of="price"),
              made.share("importance_chosen", 0.5, 90, of="quality"))  # fmt: skip
    whole = dataclasses.replace(found.segments[0], figures=(*found.segments[0].figures, *chosen))
    ranked = dataclasses.replace(found, segments=(whole, *found.segments[1:]))
    assert stated_alone(context(fonts, ranked)) is None
    unrated = without(ranked, "attribute_mean")
    assert title(stated_alone(context(fonts, unrated))) == "Chosen most often: Product quality"
    assert title(stated_alone(context(fonts, unrated, "zh"))) == "被选最多：产品质量"
    assert stated_alone(context(fonts, without(unrated, "importance_chosen"))) is None


def test_dimensions_are_ordered_by_their_shortfall(fonts: Fonts) -> None:
    """The widest first, the whole last."""
    section = by_dimension(context(fonts, cases.make_findings()))
    assert section is not None
    assert title(section) == "Service quality falls furthest short in reliability: −0.41"
    assert names(section)[:2] == ["Reliability", "Assurance"]
    assert names(section)[-1] == "Gap overall, weighted by importance"


@given(st.lists(st.floats(0.001, 1.0), min_size=3, max_size=3))
def test_the_ice_keeps_its_proportions(shares: list[float]) -> None:
    """Areas of the triangle down to each layer are as the shares; the last reaches the foot."""
    held = sorted(shares)
    found = depths(held)
    assert found[-1] == pytest.approx(1.0)
    for depth, share in zip(found, held, strict=True):
        assert depth**2 == pytest.approx(share / held[-1])


@given(st.lists(st.floats(0, 112), min_size=3, max_size=3), st.floats(100, 160))
def test_words_beside_the_ice_never_touch(places: list[float], height: float) -> None:
    """However thin the layers are."""
    found = apart(sorted(places), height)
    assert all(b - a >= WORDS_APART - 1e-9 for a, b in itertools.pairwise(found))
    assert found[-1] <= height - 8


def test_without_all_three_rates_the_iceberg_is_bars(fonts: Fonts) -> None:
    """A picture of three layers needs three values."""
    found = without(cases.make_findings(), "complaint_rate")
    sections = [b for b in complaints(context(fonts, found)).blocks if isinstance(b, Section)]
    said = " ".join(line.text for s in sections for line in s.subtitle)
    assert "areas in proportion" not in said


def logged(values: list[float], beyond: int) -> ControlChart:
    """A chart of logged complaints whose last ``beyond`` periods are above the limit."""
    waves = cases.months(len(values))
    points = tuple(
        ChartPoint(wave, 20, 1000, value, 0.01, 0.03)
        for wave, value in zip(waves, values, strict=True)
    )
    signals = tuple(ChartSignal("beyond_limits", (wave,), "above") for wave in waves[-beyond:])
    return ControlChart(
        "logged_per_transaction", "u", 0.02, None, tuple(waves[:12]), points, signals
    )


def test_logged_complaints_are_charted_for_a_hundred_purchases(fonts: Fonts) -> None:
    """The axis, the lines and the values count alike."""
    chart = logged([0.02] * 23 + [0.04], 1)
    drawing = control(context(fonts, cases.make_findings()), chart, width=500, height=150)
    said = {text.get_text() for text in drawing.texts}
    assert {"4.00", "centre 2.00", "upper 3.00", "lower 1.00"} <= said


def test_values_close_together_are_not_written_on_each_other(fonts: Fonts) -> None:
    """Of three periods in a row beyond the limit the newest is written, and what has room."""
    chart = logged([0.02] * 21 + [0.041, 0.042, 0.043], 3)
    drawing = control(context(fonts, cases.make_findings()), chart, width=500, height=150)
    said = [text.get_text() for text in drawing.texts]
    assert "4.30" in said
    assert "4.20" not in said
