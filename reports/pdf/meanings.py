"""What the figures of the report mean, in two columns."""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.meanings import meanings
from reports.pdf.blocks import Section
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.typeset import Line, strong, wrap

SPACE = 26.0
APART = 2.5
"""White space between two meanings."""


class Terms(Block):
    """Names in bold, each with its meaning, down the left column and then the right."""

    def __init__(self, context: Context, told: list[tuple[str, str]]) -> None:
        _ = context.words.gettext
        room = (look.WIDTH - SPACE) / 2
        text = _("{name}: {meaning}.")
        said = [
            wrap(
                text.format(name=strong(name[:1].upper() + name[1:]), meaning=meaning),
                context.lettering,
                look.NOTE.size,
                room,
            )
            for name, meaning in told
        ]
        self.columns = _halves(said)
        self.height = max(map(_tall, self.columns))

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Both columns."""
        x, top, width, _height = frame
        for i, column in enumerate(self.columns):
            y = top
            for lines in column:
                with pen.tagged("P"):
                    y += pen.lines(x + i * (width + SPACE) / 2, y, lines, look.NOTE) + APART


def _tall(column: list[list[Line]]) -> float:
    return sum(len(lines) * look.NOTE.step + APART for lines in column)


def _halves(said: list[list[Line]]) -> list[list[list[Line]]]:
    """The left column is as short as it can be without being shorter than the right."""
    cut = next(i for i in range(len(said) + 1) if _tall(said[:i]) >= _tall(said[i:]))
    return [said[:cut], said[cut:]]


def terms(context: Context) -> list[Block]:
    """The section on what the figures mean; empty where no figure is shown."""
    told = meanings(context)
    if not told:
        return []
    title = context.words.gettext("What the figures mean")
    return [Section(title, "", Terms(context, told), context.lettering)]
