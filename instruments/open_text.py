"""What did people type, and did they say anything? Open text, cleaned once and judged.

Text is kept as typed but for what no file format carries safely: line ends become one kind,
and control characters, which nobody can have meant, go. Text with nothing to see in it, or
with one of the few words by which people say that they have nothing to say, is kept and
counted as no answer.
"""

from __future__ import annotations

import re
import unicodedata

_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\\s\u200b\u2060\u2800\ufeff]*")
_NOTHING = frozenset({"n/a", "none", "无", "没有"})


def normalise(text: str) -> str:
    r"""Text as it is kept: CRLF and CR become LF; NUL, other C0 (not tab), DEL and C1 go.

    >>> normalise("a\x00b\r\nc")
    'ab\nc'
    """
    return _REMOVED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text: white space and zero-width characters only."""
    return _UNSEEN.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a text counts as no answer: blank, or a word by which people say so.

    >>> [says_nothing(text) for text in ("  ", "N/A", "无。", "None of it works")]
    [True, True, True, False]
    """
    return is_blank(text) or text.strip().rstrip(".。").casefold() in _NOTHING


def has_half_character(text: str) -> bool:
    r"""Whether a text holds half of a surrogate pair, which no encoding can store.

    >>> has_half_character("a\udfffb"), has_half_character("\U0001f600")
    (True, False)
    """
    return _HALF.search(text) is not None


def is_one_line(text: str) -> bool:
    r"""Whether a text holds no line break and no other control character.

    >>> is_one_line("East 东"), is_one_line("East\nWest"), is_one_line("East\x00")
    (True, False, False)
    """
    return not any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in text)
