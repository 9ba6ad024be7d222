"""Every document in every state: all text within its frame, no text on other text.

The reports on segments are checked in :mod:`tests.reports.test_pdf_layout`; here the overview
and the page for the wall are, and on all documents what letters alone do not tell: headings that
are left alone at the foot of a page, pages with nothing on them, lines that run into each other.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import pypdfium2 as pdfium
import pytest

from reports import look
from reports.design import CHAPTERS, Design
from reports.editions import Edition
from reports.fingerprint import fingerprint
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview
from tests.reports.pdf_reading import collisions, letters_of
from tests.reports.test_pdf_layout import CASES

DOCUMENTS = ("report", "overview", "one page")
HEADING = 8.0
"""Height of a capital in points from which on a text of a report is a heading."""

FOOT, HEAD = look.PAGE_HEIGHT - look.CONTENT_BOTTOM - 2, look.PAGE_HEIGHT - 34
"""Between these, counted from the lower edge, stands what a page is about."""


@dataclass(frozen=True, slots=True)
class Box:
    """A line of text as a viewer selects it, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    def covers(self, other: Box, slack: float) -> bool:
        """Whether both share more than ``slack`` points in either direction."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > slack and high > slack


def drawn(document: str, name: str, language: str, fonts: Fonts) -> bytes:
    """A document in one of the states, as it is issued: with what is said of its edition."""
    found, instrument, segment = CASES[name]()
    edition = Edition(1, date(2026, 11, 23), "0" * 64, fingerprint(fonts))
    if document == "overview":
        return render_overview(found, instrument, language, fonts, edition)
    if document == "one page":
        return render_one_page(found, instrument, segment, language, fonts, edition)
    return render(found, instrument, segment, language, fonts, edition)


def boxes_of(data: bytes) -> list[list[Box]]:
    """The text boxes of each page."""
    pages: list[list[Box]] = []
    with pdfium.PdfDocument(io.BytesIO(data)) as document:
        for number in range(len(document)):
            words = document[number].get_textpage()
            found: list[Box] = []
            for i in range(words.count_rects()):
                left, bottom, right, top = words.get_rect(i)
                text = words.get_text_bounded(left, bottom, right, top)
                found.append(Box(left, bottom, right, top, text))
            pages.append(found)
    return pages


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_text_stands_in_its_frame_and_apart(
    document: str, name: str, language: str, fonts: Fonts
) -> None:
    """Letters and boxes of text, those of charts too: inside the margins, none on another."""
    data = drawn(document, name, language, fonts)
    for number, letters in enumerate(letters_of(data), start=1):
        assert len([c for c in letters if FOOT < c.bottom < HEAD]) > 20, f"page {number} is empty"
        for letter in letters:
            assert look.LEFT - 1 <= letter.left < letter.right <= look.RIGHT + 1, (number, letter)
            assert 12 <= letter.bottom < letter.top <= look.PAGE_HEIGHT - 16, (number, letter)
        assert collisions(letters) == [], f"page {number}"
    for number, boxes in enumerate(boxes_of(data), start=1):
        for i, one in enumerate(boxes):
            covered = [other for other in boxes[i + 1 :] if one.covers(other, 2.2)]
            assert covered == [], (number, one)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("document", ["report", "overview"])
@pytest.mark.parametrize("name", CASES)
def test_no_heading_is_left_alone_at_the_foot_of_a_page(
    name: str, document: str, language: str, fonts: Fonts
) -> None:
    """What a heading announces stands below it, on the same page."""
    for number, letters in enumerate(letters_of(drawn(document, name, language, fonts)), start=1):
        body = [c for c in letters if FOOT < c.bottom < HEAD]
        lowest = min(body, key=lambda c: c.bottom)
        line = [c for c in body if c.bottom < lowest.bottom + 4 and c.text.isupper()]
        assert all(c.top - c.bottom < HEADING for c in line), (number, lowest)


@pytest.mark.parametrize("name", ["nothing answered", "hidden"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_can_be_shown_one_page_says_why(
    name: str, language: str, fonts: Fonts
) -> None:
    """A designed page with what can be done instead, not pages of dashes."""
    (letters,) = letters_of(drawn("report", name, language, fonts))
    said = "".join(letter.text for letter in letters)
    assert ("Whatcanbedoneinstead" if language == "en" else "替代做法") in said


def test_the_check_sees_boxes_that_cover_each_other() -> None:
    """A check that finds nothing must be known to find something."""
    one = Box(10, 10, 60, 20, "Alice")
    assert one.covers(Box(50, 12, 90, 22, "Bob"), 2.2)
    assert not one.covers(Box(10, 19, 60, 29, "Carol"), 2.2)
    assert not one.covers(Box(61, 10, 90, 20, "Dave"), 2.2)


@pytest.mark.parametrize("first", [name for name in CHAPTERS if name != "summary"])
@pytest.mark.parametrize("name", ["sixty segments", "ratings only", "thirty attributes"])
def test_no_title_is_alone_on_its_page(name: str, first: str, fonts: Fonts) -> None:
    """Whichever chapter comes first, however much it shows, it begins below the title."""
    found, instrument, segment = CASES[name]()
    design = Design((first, *(chapter for chapter in CHAPTERS if chapter != first)))
    letters = letters_of(render(found, instrument, segment, "en", fonts, design=design))[0]
    body = [letter for letter in letters if FOOT < letter.bottom < HEAD]
    assert min(letter.bottom for letter in body) < look.PAGE_HEIGHT - 200
