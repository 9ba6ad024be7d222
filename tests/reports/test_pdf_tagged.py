"""Whoever cannot see a report is told the same: structure, reading order, charts in words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import page as independent
import pikepdf
import pytest
from matplotlib.figure import Figure
from reportlab.pdfgen.canvas import Canvas

from reports import look
from reports.fonts import Fonts
from reports.pdf import render
from reports.pdf.carried import describe_in_xmp
from reports.pdf.pen import Pen
from reports.pdf.tagging import Tree
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.pdf_checking import Node, problems, tree
from tests.reports.test_pdf_layout import CASES

CLAIM = {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}
"""Rules on the claim to be PDF/UA, which reports do not make: people must check a part of it."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_every_state_of_a_report_is_accessible(name: str, language: str, fonts: Fonts) -> None:
    """Our own rules find nothing, and an independent checker nothing but the claim."""
    data = render(*CASES[name](), language, fonts)
    assert problems(data) == []
    found = independent.validate_pdf_bytes(data, profile="ua1")
    assert {failure.rule_id for failure in found.failures} == CLAIM


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def report(language: str, fonts: Fonts) -> Iterator[Node]:
    """The structure of the full report."""
    data = render(cases.make_findings(), pdf_asked.make_instrument(), "all", language, fonts)
    with pikepdf.open(io.BytesIO(data)) as document:
        yield tree(document)


def test_each_chapter_is_a_section_with_its_name(report: Node, language: str) -> None:
    """The chapters of the outline are those of the structure."""
    names = [str(chapter.thing.T) for chapter in report.kids]
    assert len(names) == len(set(names)) >= 5
    assert names[0] == {"en": "Executive summary", "zh": "执行摘要"}[language]


def test_charts_say_their_values(report: Node, language: str) -> None:
    """First, last, lowest and highest value of a course; each value and interval of bars."""
    told = [str(node.thing.Alt) for node in report.walk() if node.role == "Figure"]
    course = {
        "en": "Complaint rate, 24 periods: from 10.0% (November 2024) to 12.1% (October 2026); "
        "lowest 8.6% (December 2024), highest 12.1% (October 2026).",
        "zh": "抱怨率，共24期：从10.0%（2024年11月）到12.1%（2026年10月）；"
        "最低8.6%（2024年12月），最高12.1%（2026年10月）。",
    }
    assert course[language].casefold() in told[3].casefold()
    act_first = {"en": "act first", "zh": "优先改进"}[language]
    assert any(text.count(act_first) for text in told)
    assert len(set(told)) == len(told)


def test_lists_and_tables_are_what_they_look_like(report: Node) -> None:
    """Tiles, facts and things to know are lists; segments stand in tables."""
    roles = [node.role for node in report.walk()]
    assert roles.count("L") >= 3
    assert roles.count("Table") >= 2
    assert roles.count("Lbl") >= 3


def drawn(draw: Callable[[Pen], None], fonts: Fonts) -> list[str]:
    """What the checker says of the structure of a page on which that is drawn."""
    out = io.BytesIO()
    lettering = fonts.lettering("en")
    canvas = Canvas(out, invariant=1, lang="en", initialFontName=lettering.first_face)  # type: ignore[arg-type]
    structure = Tree(canvas)
    structure.chapter("One")
    pen = Pen(canvas, lettering, structure)
    with pen.tagged("H1"):
        pen.text(50, 50, "Report", look.H1)
    draw(pen)
    structure.show_page()
    structure.finish()
    describe_in_xmp(canvas, "en")
    canvas.save()
    return problems(out.getvalue())


def _well(pen: Pen) -> None:
    with pen.tagged("P"):
        pen.text(50, 80, "All is well.", look.PLAIN_TEXT)


def _outside(pen: Pen) -> None:
    pen.text(50, 80, "Alone", look.PLAIN_TEXT)


def _unmarked(pen: Pen) -> None:
    pen.tree.show_page()
    pen.canvas.rect(10, 10, 10, 10)


def _skipped(pen: Pen) -> None:
    with pen.tagged("H2"), pen.tagged("P"):
        pen.text(50, 80, "Heading", look.H2)
    with pen.tagged("H4"):
        pen.text(50, 90, "Heading", look.H2)


def _headless(pen: Pen) -> None:
    with pen.tagged("Table"), pen.tagged("TR"), pen.tagged("TD"):
        pen.text(50, 80, "1", look.CELL)


def _silent(pen: Pen) -> None:
    pen.figure(50, 80, Figure(figsize=(1, 1), dpi=72), "")


def _too_wide(pen: Pen) -> None:
    pen.figure(50, 80, Figure(figsize=(20, 1), dpi=72), "Too wide")


def _empty(pen: Pen) -> None:
    with pen.tagged("P"):
        pen.rule(50, 80, 10)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (_well, ""),
        (_outside, "Sect holds content that belongs to no part of it."),
        (_unmarked, "neither read nor decoration"),
        (_skipped, "A heading of level 4 follows one of level 2."),
        (_headless, "A column of a table has no head."),
        (_silent, "no text that is read in its place"),
        (_too_wide, "outside its page"),
        (_empty, "P is empty."),
    ],
)
def test_the_checker_sees_what_is_wrong(
    draw: Callable[[Pen], None], said: str, fonts: Fonts
) -> None:
    """A checker that finds nothing must be known to find something."""
    found = drawn(draw, fonts)
    assert any(said in problem for problem in found) if said else not found
