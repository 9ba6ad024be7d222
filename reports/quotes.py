"""How does a comment become lines of a report? Nothing in it acts, nothing is lost in silence.

What the report's letters cannot show is replaced by a sign in brackets, what tells who is meant by
another; a long comment is cut short. Each of these is counted, for the note below the comments.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reports.fonts import Lettering
from reports.redaction import REMOVED, redact
from reports.texts import Words

_MARKS = frozenset({"Mn", "Me", "Mc"})
_NO_LETTERS = frozenset({"Co", "Cn"})
_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Quote:
    """One comment fit for paper, in one line of text.

    ``shortened``: it goes on in the store; ``removed`` places where something was taken out;
    ``replaced`` characters that the report has no letters for.
    """

    text: str
    shortened: bool
    removed: int
    replaced: int


def quote(text: str, length: int, lettering: Lettering, words: Words) -> Quote:
    """``text`` in at most ``length`` characters that can all be drawn.

    White space becomes one space; marks stacked upon a letter are dropped and counted.
    """
    pieces: list[str] = []
    used = removed = replaced = 0
    plain = " ".join(redact(text).split())
    shortened = False
    for piece, sign, count in _pieces(plain, lettering, words):
        if used + len(piece) > length:
            shortened = True
            break
        pieces.append(piece)
        used += len(piece)
        removed += sign == REMOVED
        replaced += count
    shown = "".join(pieces).strip()
    return Quote(f"{shown}…" if shortened else shown, shortened, removed, replaced)


def _pieces(text: str, lettering: Lettering, words: Words) -> Iterator[tuple[str, str, int]]:
    """What stands on paper, what for where it is a sign, and how many characters it costs."""
    _ = words.gettext
    drawn = frozenset().union(*(face.codes for face in lettering.fonts.regular))
    at = 0
    while at < len(text):
        if text.startswith(REMOVED, at):
            yield _("[removed]"), REMOVED, 0
            at += len(REMOVED)
        elif _is_drawn(text[at], drawn):
            yield text[at], "", 0
            at += 1
        else:
            stop = _end_of_run(text, at, drawn)
            run = [c for c in text[at:stop] if c != " " and ord(c) not in _SELECTORS]
            yield _sign(run, words), "", len(run)
            at = stop


def _end_of_run(text: str, at: int, drawn: frozenset[int]) -> int:
    """Where the characters that cannot be drawn end; single spaces between them belong to them."""
    stop = at + 1
    while stop < len(text):
        following = stop + (text[stop] == " ")
        if following >= len(text) or _is_drawn(text[following], drawn):
            break
        stop = following + 1
    return stop


def _is_drawn(character: str, drawn: frozenset[int]) -> bool:
    category = unicodedata.category(character)
    return category not in _MARKS | _NO_LETTERS and ord(character) in drawn


def _sign(run: list[str], words: Words) -> str:
    """What stands for characters that cannot be drawn; nothing for marks on a letter that is."""
    kinds = {unicodedata.category(c) for c in run}
    if kinds <= _MARKS:
        return ""
    if kinds <= {"So", "Sk"} | _MARKS:
        return words.gettext("[emoji]")
    count = sum(unicodedata.category(c) not in _MARKS for c in run)
    return words.ngettext("[{count} character]", "[{count} characters]", count).format(
        count=words.count(count)
    )
