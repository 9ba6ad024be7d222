"""Is it a text file at all, and does it hold nothing but text?

Files arrive renamed, cut off, saved in a regional encoding or with invisible characters.
That is told with its line before any YAML is looked at.
"""

from __future__ import annotations

import re
from typing import Protocol

from instruments.problems import START, Mark, Notes

BYTES_MAX = 1 << 20
"""Largest file that is read: one mebibyte, some twenty times a long questionnaire."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, hidden line ends, stray byte order marks, and what is no character.

Line ends other than LF, CR and CRLF would make every later line number wrong.
"""


def decode(source: bytes, notes: Notes) -> str:
    """The file as text without its byte order mark; ``""`` where problems were noted."""
    if len(source) > BYTES_MAX:
        notes.add(START, "the file is too large", f"at most {BYTES_MAX // 1024:,} KiB are read")
        return ""
    if source.startswith(_UTF16) or source.count(0) * 4 > len(source):
        _not_utf8(notes, START)
        return ""
    try:
        text = source.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        _not_utf8(notes, mark_at(before, len(before)))
        return ""
    start = 0
    while (found := FORBIDDEN.search(text, start)) and notes.total < FORBIDDEN_LINES:
        refuse_character(found.group(), mark_at(text, found.start()), notes)
        end = _LINE_ENDS.search(text, found.end())  # one a line says enough
        start = end.end() if end else len(text)
    return text


FORBIDDEN_LINES = 20
"""Lines with forbidden characters that are told; more means it is no text file."""


def refuse_character(character: str, at: Mark, notes: Notes) -> None:
    """Note a character that may stand neither in the file nor behind an escape."""
    notes.add(at, f"control character U+{ord(character):04X} is not allowed", "remove it")


class ParserMark(Protocol):
    """Where a parser of PyYAML is; it counts from 0. Each of its two has a class of its own."""

    line: int
    column: int


def parser_mark(mark: ParserMark | None) -> Mark:
    """The place a parser means; the start of the file where it does not say."""
    return START if mark is None else Mark(mark.line + 1, mark.column + 1)


def mark_at(text: str, index: int) -> Mark:
    r"""The place of a character of ``text``.

    >>> mark_at("id: a\r\ntitle: b", 10)
    Mark(line=2, column=4)
    """
    line, start = 1, 0
    for end in _LINE_ENDS.finditer(text, 0, index):
        line, start = line + 1, end.end()
    return Mark(line, index - start + 1)


def _not_utf8(notes: Notes, at: Mark) -> None:
    notes.add(at, "not UTF-8 text", "save the file as UTF-8")
