"""How text becomes lines: cleaning, breaking, cutting short.

Lines are broken by our own rules instead of a markup engine's, because report texts hold
labels that customers and companies wrote: here a ``<`` is a character like any other, and
there is nothing to escape. English breaks at spaces, Chinese between characters, never
before a closing mark or after an opening one; a word longer than the line is cut.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from reports.fonts import Lettering

STRONG, PLAIN = "\ue000", "\ue001"
"""Switch bold on and off inside a text; private characters, so no label can hold them."""

CLOSING = frozenset("，。、；：！？）》〉」』】”’…—%‰·,.;:!?)]}")
OPENING = frozenset("（《〈「『【“‘([{")
WIDE_FROM = 0x2E80

NARROWER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
"""Shares of the width that are tried to break a head more evenly."""

LABEL_CAP = 400
"""Characters of a label that are looked at; longer ones are hostile or a mistake."""


def clean(text: str, most: int = LABEL_CAP) -> str:
    r"""``text`` fit for paper: one line, normal form C, nothing invisible or unassigned.

    Control, direction, private and unassigned characters are dropped; white space becomes
    one space; what exceeds ``most`` characters gives way to an ellipsis.

    >>> clean("Dave\u202e\x00\n  &  <b>Co")
    'Dave & <b>Co'
    >>> clean("Carol and company", 8)
    'Carol a…'
    """
    normal = unicodedata.normalize("NFC", text[: 4 * LABEL_CAP])
    kept = (c if not c.isspace() else " " for c in normal if _visible(c))
    shown = " ".join("".join(kept).split())
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"


def _visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] != "C"


def strong(text: str) -> str:
    """``text``, cleaned, to be set in bold inside a sentence."""
    return f"{STRONG}{clean(text)}{PLAIN}"


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: pieces of one boldness, and its width in points.

    ``spaced``: it broke at a space, which is not among its letters.
    """

    pieces: tuple[tuple[str, bool], ...]
    width: float
    spaced: bool = False

    @property
    def text(self) -> str:
        """The characters, without boldness."""
        return "".join(text for text, _bold in self.pieces)


def wrap(
    text: str,
    lettering: Lettering,
    size: float,
    width: float,
    *,
    bold: bool = False,
    most: int | None = None,
) -> list[Line]:
    """Lines of at most ``width`` points; what exceeds ``most`` lines ends in an ellipsis.

    Always returns at least one line; a single character wider than ``width`` stands alone.
    """
    letters = _letters(text, bold)
    measured = lettering.widths(letters, size)
    lines: list[Line] = []
    start = 0
    while start < len(letters):
        stop, following = _line_end(letters, measured, start, width)
        if most is not None and len(lines) == most - 1 and following < len(letters):
            lines.append(_shortened(letters[start:], lettering, size, width))
            break
        lines.append(_line(letters[start:stop], sum(measured[start:stop]), following > stop))
        start = following
    return lines or [Line((("", bold),), 0.0)]


def wrap_head(
    text: str, lettering: Lettering, size: float, width: float, *, most: int | None = None
) -> list[Line]:
    """As :func:`wrap` in bold; no line holds a single Chinese character where that can be helped.

    The lines grow shorter, never more.
    """
    lines = wrap(text, lettering, size, width, bold=True, most=most)
    for share in NARROWER if any(map(_lonely, lines[1:])) else ():
        tried = wrap(text, lettering, size, width * share, bold=True, most=most)
        if len(tried) == len(lines) and not any(map(_lonely, tried)):
            return tried
    return lines


def _lonely(line: Line) -> bool:
    """Whether a line is one Chinese character, with or without marks."""
    letters = [c for c in line.text if c not in CLOSING and c not in OPENING and c != " "]
    return len(letters) == 1 and ord(letters[0]) >= WIDE_FROM


def fit(text: str, lettering: Lettering, size: float, width: float, *, bold: bool = False) -> Line:
    """``text`` as exactly one line of at most ``width`` points."""
    return wrap(text, lettering, size, width, bold=bold, most=1)[0]


def _letters(text: str, bold: bool) -> list[tuple[str, bool]]:
    letters: list[tuple[str, bool]] = []
    for character in text:
        if character in (STRONG, PLAIN):
            bold = character == STRONG
        else:
            letters.append((character, bold))
    return letters


def _line_end(
    letters: list[tuple[str, bool]], measured: list[float], start: int, width: float
) -> tuple[int, int]:
    """Where the line from ``start`` stops, and where the next begins (a space between is lost)."""
    used = 0.0
    last_break = start
    for i in range(start, len(letters)):
        if i > start and _may_break(letters[i - 1][0], letters[i][0]) and not _tied(letters, i):
            last_break = i
        used += measured[i]
        if used > width + 0.01 and letters[i][0] != " ":
            stop = last_break if last_break > start else max(i, start + 1)
            while stop < len(letters) and stop > start + 1 and letters[stop - 1][0] == " ":
                stop -= 1
            following = stop
            while following < len(letters) and letters[following][0] == " ":
                following += 1
            return stop, following
    return len(letters), len(letters)


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after == " " or before in OPENING or after in CLOSING:
        return False
    return ord(before) >= WIDE_FROM or ord(after) >= WIDE_FROM or before in "/-–"


def _tied(letters: list[tuple[str, bool]], place: int) -> bool:
    """Whether a space before ``place`` holds together what says one thing: ``n = 61``."""
    return letters[place][0] == "=" or (place > 1 and letters[place - 2][0] == "=")


def _shortened(
    letters: list[tuple[str, bool]], lettering: Lettering, size: float, width: float
) -> Line:
    room = width - lettering.width("…", size, bold=letters[0][1])
    used, kept = 0.0, 0
    for character, bold in letters:
        used += lettering.width(character, size, bold=bold)
        if used > room:
            break
        kept += 1
    while kept and letters[kept - 1][0] == " ":
        kept -= 1
    cut = [*letters[:kept], ("…", letters[max(kept - 1, 0)][1])]
    return _line(cut, sum(lettering.widths(cut, size)))


def _line(letters: list[tuple[str, bool]], width: float, spaced: bool = False) -> Line:
    pieces: list[tuple[str, bool]] = []
    for character, bold in letters:
        if pieces and pieces[-1][1] == bold:
            pieces[-1] = (pieces[-1][0] + character, bold)
        else:
            pieces.append((character, bold))
    return Line(tuple(pieces), width, spaced)
