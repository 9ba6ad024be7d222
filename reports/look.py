"""What reports look like: colours, type sizes, page measures. Nothing else decides them;
a company may put colours of its own in the place of some (:class:`reports.design.Colours`).

Blue is good, orange-red is bad, grey is unclear; a colour never stands alone, a sign or a
word always says the same. The three differ in lightness as well, so they hold for
colour-blind readers and in black-and-white print.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#14213D"
SOFT = "#5C6875"
FAINT = "#8A95A1"
RULE = "#D5DBE2"
GRID = "#E9EDF1"
PAPER = "#FFFFFF"
PANEL = "#EEF3FA"
PALE = "#F5F7F9"

GOOD = "#0A5FA5"
BAD = "#C24A14"
UNCLEAR = "#7B8794"
GOOD_TINT = "#E6F0FA"
BAD_TINT = "#FBEBE3"
BAND = "#D8E9F6"
GOOD_BAR = "#A9CBE6"
BAD_BAR = "#EFBFA8"
MUTED_BAR = "#C9D2DA"

ACCENT, EDGE = "accent", "edge"
"""Colours that the house decides: of what leads the eye, and along the top of a page; only
:class:`reports.pdf.pen.Pen` knows them."""

STEPS_GOOD = ("#D6E6F2", "#B7D3E9", "#8FB9DA", "#5F9BCB")
STEPS_BAD = ("#F8DFD3", "#F1C1AB", "#E79F7F", "#DC8059")
"""Tints of a heat cell by growing distance from the rest; all carry dark text."""

SCALE = {
    2: (BAD, GOOD),
    3: (BAD, "#DFE4E8", GOOD),
    4: (BAD, "#EDA88A", "#86B7DE", GOOD),
    5: (BAD, "#EDA88A", "#DFE4E8", "#86B7DE", GOOD),
}
"""Colours of the answers to a scale, worst first."""

BIG, TITLE, HEADING, LEAD, BODY, TEXT, SMALL, TINY = 26.0, 20.0, 13.0, 12.0, 10.5, 9.0, 8.0, 7.2
"""Type sizes in points. BIG is for the figure in a tile alone."""

PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
LEFT, RIGHT = 42.0, 553.2756
WIDTH = RIGHT - LEFT
FIRST_TOP, CONTENT_TOP, CONTENT_BOTTOM = 38.0, 46.0, 794.0
"""Where content starts and ends, counted from the top edge of the paper."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and leading in points."""

    size: float = TEXT
    bold: bool = False
    colour: str = INK
    leading: float = 0.0

    @property
    def step(self) -> float:
        """Distance between baselines."""
        return self.leading or self.size * 1.42


H1 = Style(TITLE, bold=True, leading=24)
H2 = Style(HEADING, bold=True, leading=16.5)
SUBTITLE = Style(SMALL, colour=SOFT, leading=11)
HEADLINE = Style(LEAD, bold=True, leading=17)
PLAIN_TEXT = Style(TEXT, leading=13.2)
STRONG_TEXT = Style(TEXT, bold=True, leading=13.2)
NOTE = Style(TINY, colour=SOFT, leading=10)
CELL = Style(SMALL, leading=11)
CELL_HEAD = Style(TINY, bold=True, colour=SOFT, leading=9.4)
