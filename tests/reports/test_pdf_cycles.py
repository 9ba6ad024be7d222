"""What is being done, on the first page: whose cycles, with which figure, in which phase."""

from __future__ import annotations

import dataclasses
from itertools import product

import pytest

from reports import look
from reports.context import Context
from reports.cycles import Cycle, Phase
from reports.excerpt import excerpt
from reports.findings import Findings, Reason
from reports.findings_json import from_json, to_json
from reports.fonts import Fonts
from reports.pdf import render
from reports.pdf.blocks import Section, Table
from reports.pdf.cycles import MOST, cycles
from reports.pdf.document import context_of
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.pdf_reading import flat


def cycle(segment: str = "all", phase: Phase = Phase.DO, **other: str) -> Cycle:
    """A cycle on the net promoter score of a segment."""
    told = {"key": "nps", "of": "", "english": "Call back", "chinese": "回电"}
    told |= {"owner": "Bob", "due": "2099-12-31", **other}
    return Cycle(segment=segment, phase=phase, **told)


def with_cycles(*told: Cycle) -> Findings:
    """The findings of the case, with these cycles."""
    return dataclasses.replace(cases.make_findings(), cycles=told)


def context(fonts: Fonts, found: Findings, segment: str = "all", language: str = "en") -> Context:
    """What the pages on that segment know."""
    return context_of(found, pdf_asked.make_instrument(), segment, language, fonts)


def rows(shown: Context) -> list[list[str]]:
    """The texts of the table, row by row."""
    (section,) = cycles(shown)
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    return [[cell.text for cell, _lines in row] for row in section.body.rows]


def title(shown: Context) -> str:
    """The heading of the section."""
    (section,) = cycles(shown)
    assert isinstance(section, Section)
    return " ".join(line.text for line in section.title)


def test_without_cycles_there_is_no_section(fonts: Fonts) -> None:
    """A report of a company that tells of none has no empty table."""
    assert cycles(context(fonts, with_cycles())) == []


def test_a_segment_shows_its_own_and_those_of_all(fonts: Fonts) -> None:
    """Another segment's cycles are no business of this one; all customers' report has all."""
    found = with_cycles(cycle("A"), cycle("B"), cycle("all"))
    assert len(rows(context(fonts, found, "A"))) == 2
    assert len(rows(context(fonts, found, "all"))) == 3


def test_the_figure_stands_as_it_is_now(fonts: Fonts) -> None:
    """The value beside a measure is that of the findings, with its interval and its base."""
    found = with_cycles(cycle("A"))
    shown = context(fonts, found, "A")
    figure = shown.shown("nps")
    assert figure is not None
    value, ends = shown.words.value(figure.unit, figure.value), shown.ends(figure)
    assert "to" in ends
    assert rows(shown)[0][0] == f"Net promoter score: {value} ({ends}; n = {figure.n})"


def test_a_figure_of_another_segment_says_whose_it_is(fonts: Fonts) -> None:
    """In the report on all customers a VIP's figure is not taken for everybody's."""
    assert rows(context(fonts, with_cycles(cycle("A"))))[0][0].startswith("A · VIP · Net promoter")


def test_a_figure_that_may_not_be_shown_is_not(fonts: Fonts) -> None:
    """The reason stands in its place."""
    found = with_cycles(cycle("A"))
    hidden = [
        dataclasses.replace(f, value=None, reason=Reason.BELOW_SMALLEST_BASE, interval=None)
        for f in found.segment("A").figures
    ]
    parts = [
        dataclasses.replace(s, figures=tuple(hidden)) if s.segment == "A" else s
        for s in found.segments
    ]
    found = dataclasses.replace(found, segments=tuple(parts))
    text = rows(context(fonts, found))[0][0]
    assert text == "A · VIP · Net promoter score: too few answers to show"


def test_a_segment_or_figure_nobody_knows_is_said_to_be_none(fonts: Fonts) -> None:
    """A definition may name what this wave does not have."""
    found = with_cycles(cycle("Z"), cycle(key="retention"))
    said = [row[0].rpartition(": ")[2] for row in rows(context(fonts, found))]
    assert said == ["no such figure", "no such figure"]


def test_what_a_figure_is_about_stands_in_words(fonts: Fonts) -> None:
    """A part of the cases, and no id, in the language of the report."""
    shown = context(fonts, with_cycles(cycle(key="days_to_close", of="median")), language="zh")
    assert rows(shown)[0][0] == "半数案件（结案天数）：无此数据"


@pytest.mark.parametrize(
    ("phase", "letters"),
    [
        (Phase.PLAN, ["P", "", "", ""]),
        (Phase.DO, ["P", "D", "", ""]),
        (Phase.CHECK, ["P", "D", "C", ""]),
        (Phase.ACT, ["P", "D", "C", "A"]),
    ],
)
def test_the_phase_is_told_by_letters_word_and_colour(
    phase: Phase, letters: list[str], fonts: Fonts
) -> None:
    """Colour never alone: the word says it, letters end at the present phase, which is dark."""
    shown = context(fonts, with_cycles(cycle(phase=phase)))
    (section,) = cycles(shown)
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    cells = [cell for cell, _lines in section.body.rows[0]]
    assert [cell.text for cell in cells[-4:]] == letters
    assert cells[-5].text == phase.value
    assert [cell.fill == look.GOOD for cell in cells[-4:]].index(True) == phase.place


def test_what_is_overdue_is_said(fonts: Fonts) -> None:
    """In the row and in the heading; by the last day of answers, not by any clock."""
    late = cycle(due="2000-01-01")
    shown = context(fonts, with_cycles(late, cycle()))
    assert title(shown) == "2 improvements are under way, 1 of them overdue"
    assert [row[3].endswith("overdue") for row in rows(shown)] == [True, False]


def test_more_than_the_page_holds_are_counted(fonts: Fonts) -> None:
    """What is left out is said, and the heading counts them all."""
    shown = context(fonts, with_cycles(*[cycle()] * (MOST + 2)))
    (section,) = cycles(shown)
    assert isinstance(section, Section)
    assert len(rows(shown)) == MOST
    assert "".join(line.text for line in section.note) == "2 further ones are left out."
    assert title(shown).startswith(f"{MOST + 2} improvements")


def test_cycles_go_with_the_findings_and_their_excerpt() -> None:
    """findings.json holds them; the excerpt keeps the figures they are tied to."""
    found = with_cycles(cycle("A", key="favourability"))
    assert from_json(to_json(found)) == found
    kept = excerpt(found, "all").segment("A").figure("favourability")
    assert kept == found.segment("A").figure("favourability")
    assert excerpt(with_cycles(), "all").segment("A").figure("favourability") is None


@pytest.mark.parametrize(("language", "segment"), list(product(["en", "zh"], ["all", "A"])))
def test_hostile_cycles_are_only_words(language: str, segment: str, fonts: Fonts) -> None:
    """Markup, control characters and endless words are drawn, and nothing else happens."""
    nasty = "<script>alert(1)</script>\u202e{0}%s=cmd|'" + "x" * 150
    told = cycle(english=nasty, chinese=nasty, owner=nasty, segment="all", of=nasty)
    data = render(with_cycles(told), pdf_asked.make_instrument(), segment, language, fonts)
    assert "<script>" in flat(data)
