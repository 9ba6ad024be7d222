"""Blocks become pages: whole, in order, with white space in balance."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reports import look
from reports.pdf.flow import GAP, LOOSER, Block, Chapter, Frame, paginate, room_left
from reports.pdf.pen import Pen

FIRST = look.CONTENT_BOTTOM - look.FIRST_TOP
LATER = look.CONTENT_BOTTOM - look.CONTENT_TOP


class Slab(Block):
    """A block of a given height that draws nothing."""

    def __init__(self, height: float, stretch: float = 0.0, gap: float = GAP) -> None:
        self.height, self.stretch, self.gap = height, stretch, gap

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Nothing to see."""


def pages(*chapters: list[Block]) -> list[list[float]]:
    """Heights of the blocks on each page."""
    named = [Chapter(str(i), blocks) for i, blocks in enumerate(chapters)]
    return [[placed.height for placed in page] for page in paginate(named)]


def test_short_chapters_share_a_page() -> None:
    """A short questionnaire makes a short report."""
    assert pages([Slab(100)], [Slab(100)], [Slab(100)]) == [[100, 100, 100]]


def test_a_chapter_that_does_not_fit_starts_a_page() -> None:
    """On a page that is well filled the next chapter is not begun."""
    assert pages([Slab(FIRST * 0.8)], [Slab(100), Slab(300)]) == [[FIRST * 0.8], [100, 300]]


def test_a_fairly_empty_page_takes_the_beginning_of_a_chapter() -> None:
    """Half a page of white is worse than a chapter that runs on."""
    assert pages([Slab(300)], [Slab(200), Slab(600)]) == [[300, 200], [600]]


def test_no_block_is_torn_apart_or_lost() -> None:
    """Whatever their heights: each block stands once, whole, inside the frame, in order."""
    heights = [120.0, 333.0, 80.0, 610.0, 250.0, 250.0, 250.0, 740.0, 20.0]
    found = paginate([Chapter("one", [Slab(h) for h in heights])])
    assert [placed.height for page in found for placed in page] == heights
    for page in found:
        assert page[-1].top + page[-1].height <= look.CONTENT_BOTTOM + 0.01
        for above, below in pairwise(page):
            assert below.top >= above.top + above.height + GAP - 0.01


def test_spare_room_goes_to_charts_first() -> None:
    """A chart that can grow fills the page before gaps do."""
    ((chart, text),) = paginate([Chapter("one", [Slab(300, stretch=100), Slab(200)])])
    assert (chart.height, text.height) == (400, 200)


def test_charts_grow_in_proportion_and_never_beyond() -> None:
    """Spare room is shared by how much each may grow."""
    room = FIRST - 300 - GAP
    ((one, other),) = paginate([Chapter("one", [Slab(150, stretch=600), Slab(150, stretch=200)])])
    assert one.height == pytest.approx(150 + room * 0.75)
    assert other.height == pytest.approx(150 + room * 0.25)


def test_gaps_open_up_to_a_limit() -> None:
    """White space is shared between blocks, but a page is not pulled apart."""
    ((one, other),) = paginate([Chapter("one", [Slab(100), Slab(100)])])
    assert other.top - one.top - one.height == pytest.approx(GAP + LOOSER)


def test_only_the_first_block_opens_its_chapter() -> None:
    """The outline has one entry a chapter, at its first block."""
    found = paginate([Chapter("a", [Slab(10), Slab(10)]), Chapter("b", [Slab(10)])])
    assert [(p.chapter, p.opens) for p in found[0]] == [("a", True), ("a", False), ("b", True)]


def test_room_left_is_what_a_table_may_take() -> None:
    """A table of exactly the room left still stands on the first page."""
    above: list[Block] = [Slab(200), Slab(100, gap=18)]
    left = room_left(above)
    assert left == pytest.approx(FIRST - 200 - 118)
    assert len(paginate([Chapter("one", [*above, Slab(left - GAP)])])) == 1
    assert len(paginate([Chapter("one", [*above, Slab(left - GAP + 1)])])) == 2


def test_later_pages_leave_room_for_the_running_head() -> None:
    """Content starts lower where a head stands above it."""
    found = paginate([Chapter("one", [Slab(FIRST), Slab(LATER)])])
    assert [page[0].top for page in found] == [look.FIRST_TOP, look.CONTENT_TOP]
