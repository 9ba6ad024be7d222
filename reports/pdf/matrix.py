"""Who is satisfied, and who is loyal? Not always the same: four kinds of customers in a square.

Jones and Sasser (1995): a hostage stays without being satisfied, a mercenary is satisfied and goes.
"""

from __future__ import annotations

from reports import look
from reports.context import Context
from reports.findings import Figure, Unit
from reports.look import Style
from reports.pdf.blocks import Section
from reports.pdf.flow import Block, Frame
from reports.pdf.pen import Pen
from reports.pdf.tagging import COLUMN_HEAD, ROW_HEAD
from reports.typeset import Line, wrap

ROWS = (("mercenaries", "loyalists"), ("defectors", "hostages"))
"""Satisfied above, not satisfied below; loyal at the right, not loyal at the left."""

TINTS = {
    "loyalists": look.STEPS_GOOD,
    "mercenaries": ("#F5F7F9", "#E9EDF1", "#D5DBE2", "#C9D2DA"),
    "hostages": ("#F5F7F9", "#E9EDF1", "#D5DBE2", "#C9D2DA"),
    "defectors": look.STEPS_BAD,
}
"""Paler or deeper by how many they are: blue and orange-red for the two clear ends."""

STEPS = (0.1, 0.25, 0.5)
"""Shares from which the next deeper tint is taken."""

SIDE, FOOT, CELL, APART = 62.0, 15.0, 62.0, 3.0
NAME = Style(look.TEXT, bold=True, leading=12)
VALUE = Style(look.TITLE, bold=True)
SMALL = Style(look.TINY)
AXIS = Style(look.SMALL, colour=look.SOFT, leading=10)


def satisfied_and_loyal(context: Context, width: float = look.WIDTH) -> Section | None:
    """The square under its finding; None where one of its shares cannot be shown."""
    _, words = context.words.gettext, context.words
    found = [context.shown(key) for row in ROWS for key in row]
    shares = {figure.key: figure for figure in found if figure is not None}
    if len(shares) < len(found):
        return None
    mercenaries, hostages = shares["mercenaries"], shares["hostages"]
    title = _("{share} are satisfied but not loyal").format(
        share=words.value(Unit.SHARE, mercenaries.value)
    )
    if (hostages.value or 0.0) > (mercenaries.value or 0.0):
        title = _("{share} stay without being satisfied").format(
            share=words.value(Unit.SHARE, hostages.value)
        )
    subtitle = _("Share of customers, with {confidence} interval; n = {n}.").format(
        confidence=context.confidence, n=words.count(mercenaries.n)
    )
    return Section(title, subtitle, Square(context, shares), context.lettering, width)


class Square(Block):
    """Two rows of two cells, tinted by their share; a table to those who do not see it."""

    height = 2 * CELL + APART + FOOT
    stretch = 44.0

    def __init__(self, context: Context, shares: dict[str, Figure]) -> None:
        _ = context.words.gettext
        self.context = context
        self.shares = shares
        self.sides = [
            wrap(text, context.lettering, AXIS.size, SIDE - 8)
            for text in (_("satisfied"), _("not satisfied"))
        ]
        self.feet = (_("not loyal"), _("loyal"))

    def draw(self, pen: Pen, frame: Frame) -> None:
        """Heads of the columns, then each row: its head and its cells."""
        x, top, width, height = frame
        wide = (width - SIDE - APART) / 2
        tall = (height - FOOT - APART) / 2
        with pen.tagged("Table"):
            with pen.tagged("TR"):
                with pen.tagged("TH", COLUMN_HEAD):
                    pen.text(x, top + 9, "", AXIS)
                for column, name in enumerate(self.feet):
                    middle = x + SIDE + column * (wide + APART) + wide / 2
                    with pen.tagged("TH", COLUMN_HEAD):
                        pen.text(middle, top + 9, name, AXIS, align="center", room=wide)
            for row, keys in enumerate(ROWS):
                y = top + FOOT + row * (tall + APART)
                with pen.tagged("TR"):
                    self._row(pen, keys, self.sides[row], Frame(x, y, wide, tall))

    def _row(self, pen: Pen, keys: tuple[str, str], side: list[Line], frame: Frame) -> None:
        x, y, wide, tall = frame
        above = (tall - len(side) * AXIS.step) / 2
        with pen.tagged("TH", ROW_HEAD):
            pen.lines(x, y + above, side, AXIS)
        for column, key in enumerate(keys):
            left = x + SIDE + column * (wide + APART)
            pen.box(left, y, wide, tall, fill=tint(key, self.shares[key].value or 0.0), radius=2)
            with pen.tagged("TD"):
                self._cell(pen, key, Frame(left + 9, y + (tall - CELL) / 2, wide - 18, CELL))

    def _cell(self, pen: Pen, key: str, frame: Frame) -> None:
        x, y, wide, _tall = frame
        words, figure = self.context.words, self.shares[key]
        pen.text(x, y + 15, words.indicator(key), NAME, room=wide)
        pen.text(x, y + 37, words.value(figure.unit, figure.value), VALUE, room=wide)
        pen.text(x, y + 51, self.context.ends(figure), SMALL, room=wide)


def tint(key: str, share: float) -> str:
    """The colour of a cell: its kind's, deeper the more customers are of it.

    >>> tint("loyalists", 0.6) == look.STEPS_GOOD[3], tint("defectors", 0.02) == look.STEPS_BAD[0]
    (True, True)
    """
    return TINTS[key][sum(share >= step for step in STEPS)]
