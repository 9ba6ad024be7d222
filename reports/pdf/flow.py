"""How blocks become pages: chapters in order, nothing torn apart, white space in balance.

A block knows how high it must be and how much higher it may be. A chapter goes on where the
one before ended if it fits there as a whole, or if the page is still fairly empty; else it
starts a page. What is left over on a page goes to its charts first, then between its blocks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports import look
from reports.pdf.pen import Pen

GAP = 20.0
"""Least white space between two blocks."""

LOOSER = 16.0
"""How much that space may grow on a page with room to spare."""


FAIRLY_EMPTY = 0.78
"""A page filled less than this takes the beginning of a chapter that does not fit as a whole."""


class Frame(NamedTuple):
    """Where a block is drawn: upper left corner, counted downwards, and size."""

    x: float
    top: float
    width: float
    height: float


class Block(ABC):
    """Something of the full width that is never torn apart."""

    height: float = 0.0
    stretch: float = 0.0
    gap: float = GAP

    @abstractmethod
    def draw(self, pen: Pen, frame: Frame) -> None:
        """Draw into ``frame``, which is from ``height`` to ``height + stretch`` high."""


@dataclass(frozen=True)
class Chapter:
    """Blocks that belong together, under the name the outline shows."""

    name: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Placed:
    """A block at its place: distance of its top from the top of the paper, and height."""

    block: Block
    top: float
    height: float
    chapter: str
    opens: bool


Page = list[tuple[Block, str, bool]]


def paginate(chapters: Sequence[Chapter]) -> list[list[Placed]]:
    """Put the blocks on as few pages as keep chapters and blocks whole."""
    pages: list[Page] = [[]]
    used = 0.0
    for chapter in chapters:
        room = _room(len(pages))
        fits = used + _height(chapter.blocks) <= room
        begins = used < FAIRLY_EMPTY * room and used + _height(chapter.blocks[:1]) <= room
        if used and not (fits or begins):
            pages.append([])
            used = 0.0
        for i, block in enumerate(chapter.blocks):
            needed = block.height + (block.gap if pages[-1] else 0.0)
            if pages[-1] and used + needed > _room(len(pages)) + 0.01:
                pages.append([])
                used, needed = 0.0, block.height
            pages[-1].append((block, chapter.name, i == 0))
            used += needed
    return [_spread(page, number) for number, page in enumerate(pages, start=1)]


def room_left(blocks: Sequence[Block]) -> float:
    """What these blocks leave of the first page."""
    return _room(1) - _height(blocks) + blocks[0].gap


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height + block.gap for block in blocks)


def first_top(page: int) -> float:
    """Where the content of a page starts; the first page has no running head."""
    return look.FIRST_TOP if page == 1 else look.CONTENT_TOP


def _room(page: int) -> float:
    return look.CONTENT_BOTTOM - first_top(page)


def _spread(page: Page, number: int) -> list[Placed]:
    gaps = [block.gap for block, _name, _opens in page[1:]]
    spare = _room(number) - sum(block.height for block, _n, _o in page) - sum(gaps)
    elastic = sum(block.stretch for block, _n, _o in page)
    grown = min(max(spare, 0.0), elastic)
    wider = min((max(spare, 0.0) - grown) / max(len(gaps), 1), LOOSER)
    top = first_top(number)
    placed: list[Placed] = []
    for i, (block, name, opens) in enumerate(page):
        if i:
            top += block.gap + wider
        height = block.height + (grown * block.stretch / elastic if elastic else 0.0)
        placed.append(Placed(block, top, height, name, opens))
        top += height
    return placed
