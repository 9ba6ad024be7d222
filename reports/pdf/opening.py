"""Where does a chapter begin? Its name stands small above its first heading."""

from __future__ import annotations

from collections.abc import Sequence

from reports.pdf.flow import Block, Chapter, Frame
from reports.pdf.parts import KICKER
from reports.pdf.pen import Pen

TALL = 13.0
"""What the name takes above the heading."""


class Opening(Block):
    """The first block of a chapter, below the chapter's name."""

    def __init__(self, name: str, block: Block) -> None:
        self.name = name.upper()
        self.block = block
        self.height = block.height + TALL
        self.stretch = block.stretch
        self.gap = block.gap

    def draw(self, pen: Pen, frame: Frame) -> None:
        """The name, then the block in what is left."""
        x, top, width, height = frame
        with pen.tagged("P"):
            pen.text(x, top + 7, self.name, KICKER)
        self.block.draw(pen, Frame(x, top + TALL, width, height - TALL))


def opened(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters, each but the first (which has a title) under its name."""
    first, *others = chapters
    return [
        first,
        *(Chapter(c.name, [Opening(c.name, c.blocks[0]), *c.blocks[1:]]) for c in others),
    ]
