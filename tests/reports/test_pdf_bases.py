"""What stands beside a figure on paper: its base, its reason, and what a chart leaves out."""

from __future__ import annotations

import dataclasses
import re

import pytest

from instruments.model import Better
from reports.context import Context
from reports.figures.gaps import gaps, ordered
from reports.figures.importance import importance
from reports.figures.plot import PlotArea
from reports.findings import Figure, Findings, Interval, Reason, SegmentFindings, Unit
from reports.fonts import Fonts
from reports.pdf.attributes import attributes
from reports.pdf.blocks import Columns, Panel, Section
from reports.pdf.complaints import Gauge, complaints
from reports.pdf.differences import differences
from reports.pdf.method import Method
from reports.pdf.overview import overview
from reports.pdf.parts import facts
from reports.pdf.summary import moved, summary
from reports.pdf.tiles import Tiles
from reports.quadrants import Quadrant, lines, place
from reports.texts import Words
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made


def context(fonts: Fonts, found: Findings, language: str = "en") -> Context:
    """A context of all customers, as the PDF makes it."""
    return Context(
        found,
        pdf_asked.make_instrument(),
        found.segments[0],
        Words(language),
        fonts.lettering(language),
    )


def replaced(found: Findings, whole: SegmentFindings) -> Findings:
    """The findings with another whole."""
    return dataclasses.replace(found, segments=(whole, *found.segments[1:]))


def said(here: Context) -> str:
    """The words on method and limits."""
    columns = Method(here).columns
    return " ".join(" ".join(line.text.strip() for line in lines) for lines in columns)


def several_times(found: Findings) -> Findings:
    """The findings of a quarter: 4,083 customers who could answer three times."""
    whole = dataclasses.replace(found.segments[0], population=12_249, customers=4_083)
    return replaced(found, whole)


def test_chances_to_answer_are_not_called_customers(fonts: Fonts) -> None:
    """In a quarter a customer counts three times: the sum is no number of customers."""
    three = context(fonts, several_times(cases.make_findings()))
    assert facts(three)[1] == ("Response rate", "31.4%")
    text = said(three)
    assert "12,249" in text
    assert "4,083 on average" in text
    assert "population of" not in text


def unanswered(segment: SegmentFindings, key: str) -> SegmentFindings:
    """The segment where nobody answered what the first figure of that key is about."""
    first = next(figure for figure in segment.figures if figure.key == key)
    empty = dataclasses.replace(
        first, value=None, n=0, reason=Reason.NO_ANSWERS, interval=None, se=None, count=None
    )
    figures = tuple(empty if figure is first else figure for figure in segment.figures)
    return dataclasses.replace(segment, figures=figures)


@pytest.mark.parametrize("key", ["satisfaction_index", "attribute_mean"])
def test_every_dash_has_its_reason(fonts: Fonts, key: str) -> None:
    """A dash is not said to hide anything where nobody answered."""
    found = cases.make_findings()
    parts = (found.segments[0], unanswered(found.segments[1], key), *found.segments[2:])
    here = context(fonts, dataclasses.replace(found, segments=parts))
    section = overview(here, 1000.0).here[0] if key == "satisfaction_index" else table(here)
    assert isinstance(section, Section)
    below = " ".join(line.text for line in (*section.note, *section.subtitle))
    assert "–: no answers." in below
    assert "hidden" not in below


def test_a_table_without_dashes_explains_none(fonts: Fonts) -> None:
    """What does not occur needs no note."""
    assert "–" not in " ".join(
        line.text
        for line in table(
            context(fonts, pdf_states.only(cases.make_findings(), ["attribute_mean"]))
        ).subtitle
    )


def table(here: Context) -> Section:
    """The heat table of a report."""
    section = differences(here).blocks[0]
    assert isinstance(section, Section)
    return section


def test_thirty_gaps_are_all_counted(fonts: Fonts) -> None:
    """The title counts every attribute; the chart says how many it leaves out."""
    ids = [f"a{i}" for i in range(30)]
    found = cases.make_findings(ids=ids)
    section = attributes(context(fonts, found)).blocks[2]
    assert isinstance(section, Section)
    short = sum(
        g.interval is not None and g.interval.high < 0 for g in found.segments[0].about("gap")
    )
    assert (
        section.title[0].text
        == f"Experience falls short of expectation in {short} of 30 attributes"
    )
    assert section.note[0].text == "6 further ones are left out."


def test_thirty_ratings_say_how_many_are_left_out(fonts: Fonts) -> None:
    """Without expectations the lowest rated are shown, and how many more there are."""
    found = cases.make_findings(ids=[f"a{i}" for i in range(25)])
    here = context(fonts, pdf_states.only(found, ["attribute_top2"]))
    section = attributes(here).blocks[-1]
    assert isinstance(section, Section)
    assert section.note[0].text == "1 further one is left out."


def test_affected_attributes_beyond_eight_are_counted(fonts: Fonts) -> None:
    """Eight bars are drawn; that others were named as well is not kept back."""
    here = context(fonts, cases.make_findings(ids=[f"a{i}" for i in range(30)]))
    columns = next(b for b in complaints(here).blocks if isinstance(b, Columns))
    kinds, affected = (block for _width, block in columns.columns)
    assert isinstance(kinds, Section)
    assert isinstance(affected, Section)
    assert affected.note[0].text == "22 further ones are left out."
    assert "further" not in " ".join(line.text for line in kinds.note)


def test_importance_has_its_base_too(fonts: Fonts) -> None:
    """Who ranked and who rated are different customers: the base of the chart spans both."""
    found = cases.make_findings()
    few = tuple(
        dataclasses.replace(figure, n=77) if figure.key == "importance_weight" else figure
        for figure in found.segments[0].figures
    )
    whole = dataclasses.replace(found.segments[0], figures=few)
    section = attributes(context(fonts, replaced(found, whole))).blocks[0]
    assert isinstance(section, Section)
    assert "n = 77 to 1,284." in " ".join(line.text for line in section.subtitle)


def test_handling_is_told_by_those_who_complained(fonts: Fonts) -> None:
    """How many people one talked to is asked of everybody, so it does not stand here."""
    here = context(fonts, pdf_states.only(cases.make_findings(), ["solved_rate", "told_mean"]))
    sections = [b for b in complaints(here).blocks if isinstance(b, Section)]
    assert isinstance(sections[-1].body, Columns)
    shown = [block for _width, block in sections[-1].body.columns]
    assert [gauge.figure.key for gauge in shown if isinstance(gauge, Gauge)] == ["solved_rate"]


@pytest.mark.parametrize(("language", "words"), [("en", "period by period"), ("zh", "逐期走势")])
def test_no_month_is_named_where_periods_are_longer(
    fonts: Fonts, language: str, words: str
) -> None:
    """Reports by the quarter use the same words: they speak of periods."""
    here = context(fonts, cases.make_findings(), language=language)
    assert moved(here, "favourability", Unit.SHARE) == words
    note = "".join(line.text for line in tiles_of(here).note)
    assert ("24 periods" if language == "en" else "24期") in note


def tiles_of(here: Context) -> Tiles:
    """The tiles of the first page."""
    return next(block for block in summary(here)[0].blocks if isinstance(block, Tiles))


def test_a_tile_says_that_nothing_was_tested(fonts: Fonts) -> None:
    """With few answers a difference is a hint; “no clear change” would be the word of a test."""
    found = cases.make_findings()
    few = tuple(
        dataclasses.replace(c, p_adjusted=None, significant=False, detectable=None)
        for c in found.segments[0].changes
        if c.key == "satisfaction_index"
    )
    whole = dataclasses.replace(found.segments[0], changes=few, charts=())
    here = context(fonts, replaced(found, whole))
    assert tiles_of(here).tiles[0].said == "too few answers to test"


def test_the_gap_of_a_dimension_is_a_gap(fonts: Fonts) -> None:
    """Its paired interval is not put down to the means."""
    found = cases.make_findings()
    whole = found.segments[0]
    gap = made.figure(
        "gap_dimension", -0.4, Unit.POINTS, of="tangibles", half=0.1, method="paired_t"
    )
    whole = dataclasses.replace(whole, figures=(*whole.figures, gap))
    assert "t interval and paired t interval" not in said(context(fonts, replaced(found, whole)))


def school_marks(found: Findings) -> Findings:
    """The same answers in school marks, 1 the best of 5: every mean at its mirrored place."""

    def turned(figure: Figure) -> Figure:
        if figure.key not in ("attribute_mean", "expectation_mean") or figure.interval is None:
            return figure
        ends = Interval(6 - figure.interval.high, 6 - figure.interval.low, "t")
        value = 6 - (figure.value or 0.0)
        return dataclasses.replace(figure, value=value, interval=ends, better=Better.LOW)

    kept = [f for f in found.segments[0].figures if not f.key.endswith("_line")]
    figures = [turned(figure) for figure in kept]
    whole = dataclasses.replace(found.segments[0], figures=(*figures, *lines(figures)))
    return cases.signalled(replaced(found, whole))


def test_better_is_at_the_right_in_school_marks_too(fonts: Fonts) -> None:
    """What is to be acted on first stands in the field that says so, at the worse end."""
    here = context(fonts, school_marks(cases.make_findings()))
    quadrants = place(here.found)
    assert quadrants is not None
    assert {item.attribute for item in quadrants.in_quadrant(Quadrant.ACT_FIRST)} == {
        "delivery",
        "complaints",
        "price",
    }
    for drawing in (
        importance(here, quadrants, width=500, height=250),
        gaps(here, ordered(here), width=500, height=250),
    ):
        assert isinstance(drawing, PlotArea)
        assert drawing.x[0] > drawing.x[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_school_marks_are_not_said_to_lie_below_what_they_exceed(
    fonts: Fonts, language: str
) -> None:
    """A worse mark is a higher number; and the turned sign of a gap is explained."""
    here = context(fonts, school_marks(cases.make_findings()), language)
    _chart, panel, section = attributes(here).blocks[:3]
    assert isinstance(panel, Panel)
    assert isinstance(section, Section)
    reading = "".join(line.text for line in panel.lines)
    assert not re.search("below|above|低于|高于", reading)
    below = "".join(line.text for line in section.subtitle)
    assert ("the sign is turned" if language == "en" else "负值表示体验不及期望") in below


def test_a_reading_names_four_and_counts_the_others(fonts: Fonts) -> None:
    """Whoever is not named is counted: four names are not all that is unclear."""
    found = cases.make_findings(ids=[f"a{i}" for i in range(30)], segments={"A": ("A", 12)})
    panel = attributes(context(fonts, found)).blocks[1]
    assert isinstance(panel, Panel)
    quadrants = place(found.segments[0])
    assert quadrants is not None
    more = len(quadrants.in_quadrant(Quadrant.UNCLEAR)) - 4
    assert more > 0
    assert f"and {more} more: the interval" in " ".join(line.text for line in panel.lines)
