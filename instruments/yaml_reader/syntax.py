"""What did the writer of a file that is not valid YAML get wrong, and where?

YAML's parsers say where they gave up and in words about tokens. Here that is turned into
what a person would say: which quote is not closed, which line is indented wrongly. The two
parsers of PyYAML word the same thing differently, so that only shared parts are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml
from yaml import events as ev

from instruments.problems import Mark, Notes, shown
from instruments.yaml_reader.source import parser_mark

_TAB = ("tab used for indentation", "use spaces")
_COLON = ("unexpected colon", "quote text that has one, or the line before lacks one")
KEY_MAX = 64
"""Characters in a key."""
_KEY_SCANNED = 1024
_CLOSE = {
    "list": "write ] at its end and a comma between entries",
    "mapping": "write } at its end and a comma between entries",
}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_INDENT = re.compile(r"[ \t]*")
_KEY = re.compile(r"\s*(?:- +)*[^:]{65,}")


Opened = tuple[Mark, str]
"""Where a ``[`` or ``{`` stands that is still open, and what it opens: list or mapping."""


class _Place:
    """Where a parser gave up: its own words and marks, and the lines around them."""

    def __init__(
        self, error: Exception, text: str, last: ev.Event | None, opened: Sequence[Opened]
    ) -> None:
        self.last = last
        self.opened = opened
        found = error if isinstance(error, yaml.MarkedYAMLError) else None
        self.context = (found.context if found else None) or ""
        self.problem = (found.problem if found else str(error)) or ""
        self.lines = text.splitlines()
        self.at = parser_mark(found.problem_mark if found else None)
        self.began = parser_mark(found.context_mark) if found and found.context_mark else self.at

    def line(self, at: Mark) -> str:
        """The line of a place, without its end."""
        return self.lines[at.line - 1] if at.line <= len(self.lines) else ""

    def rest(self, at: Mark) -> str:
        """What stands on the line from a place on."""
        return self.line(at)[at.column - 1 :]


def explain(
    error: Exception, text: str, last: ev.Event | None, opened: Sequence[Opened], notes: Notes
) -> None:
    """Note what is wrong where a parser raised ``error``.

    ``last`` is what it read before, ``opened`` what was open then, outermost first.
    """
    place = _Place(error, text, last, opened)
    for rule in _RULES:
        found = rule(place)
        if found is not None:
            notes.add(*found)
            return
    notes.add(place.at, "not valid YAML here", shown(place.problem))


_Found = tuple[Mark, str, str] | None


def _tab(place: _Place) -> _Found:
    indent = _INDENT.match(place.line(place.at))
    if "\t" in (indent.group() if indent else "") or " tab " in place.problem:
        return (Mark(place.at.line, 1), *_TAB)
    return None


def _quote(place: _Place) -> _Found:
    what = "the quoted text that starts here is not closed"
    if "quoted scalar" in place.context and "end of stream" in place.problem:
        return place.began, what, "add the closing quote"
    if "quoted scalar" in place.context and "document" in place.problem:
        return place.began, what, "add the closing quote"
    last = place.last
    if isinstance(last, ev.ScalarEvent) and last.style in ("'", '"'):
        start, end = last.start_mark, last.end_mark
        # A quote that closes lines below, and on, was meant to close where it began.
        if parser_mark(start).line < parser_mark(end).line == place.at.line:
            return parser_mark(start), what, "add the closing quote"
    return None


def _escape(place: _Place) -> _Found:
    if "double-quoted" not in place.context and "quoted scalar" not in place.context:
        return None
    for at in (place.at, Mark(place.at.line, max(1, place.at.column - 2))):
        found = _ESCAPE.match(place.rest(at))
        if found:
            code = int(next(filter(None, found.groups())), 16)
            return at, f"control character U+{code:04X} is not allowed", "remove it"
    written = "write \\\\ for a backslash, or use single quotes"
    return place.at, "this escape is not known", written


def _start(place: _Place) -> _Found:
    character = place.rest(place.at)[:1]
    directive = "directive" in place.context or "directive" in place.problem
    if character == "\t":
        return (place.at, *_TAB)
    if directive or "cannot start any token" in place.problem:
        at = place.began if directive else place.at
        begin = "%" if directive else character
        return at, f"text may not start with {begin}", "put quotes around it"
    return None


def _colon(place: _Place) -> _Found:
    if "mapping values are not allowed" in place.problem or "unexpected ':'" in place.problem:
        # YAML gives up on a key after 1,024 characters, and then stumbles over its colon.
        if place.at.column > _KEY_SCANNED:
            return Mark(place.at.line, 1), f"a key has at most {KEY_MAX} characters", ""
        return place.at, *_COLON
    if "keys are not allowed" in place.problem:
        return place.at, "text may not start with ?", "put quotes around it"
    if "entries are not allowed" in place.problem:
        return place.at, "unexpected -", "begin each entry of a list on a line of its own"
    return None


def _not_supported(place: _Place) -> _Found:
    words = f"{place.context} {place.problem}"
    if "anchor" in words or "alias" in words:
        return place.at, "anchors and aliases are not supported", "put quotes around & and *"
    if re.search(r"\btag\b", words):
        return place.at, "tags are not supported", "put quotes around text that begins with !"
    return None


def _node(place: _Place) -> _Found:
    """A comma or closing bracket where a value should begin."""
    if "node content" not in place.problem or not place.rest(place.at):
        return None
    mark = shown(place.rest(place.at)[0])
    return place.at, f"unexpected {mark}", "put quotes around text that begins with it"


def _open(place: _Place) -> _Found:
    """What was opened on a line above and is nowhere closed takes in what follows."""
    for at, kind in reversed(place.opened):
        if at.line < place.at.line and not _closes(place.lines, at):
            return at, f"the {kind} that starts here is not closed", _CLOSE[kind]
    return None


def _closing(place: _Place) -> _Found:
    for flow, kind in (("flow sequence", "list"), ("flow mapping", "mapping")):
        if flow not in place.context:
            continue
        if not _closes(place.lines, place.began):
            return place.began, f"the {kind} that starts here is not closed", _CLOSE[kind]
        if place.rest(place.at).startswith(":"):
            return place.at, *_COLON
        return place.at, "unexpected text", "put a comma before it, or quotes around the whole text"
    return None


def _closes(lines: Sequence[str], at: Mark) -> bool:
    """Whether the bracket at a place has its counterpart; brackets in quotes count too."""
    waiting: list[str] = []
    for line in (lines[at.line - 1][at.column - 1 :], *lines[at.line :]):
        for bracket in re.findall(r"[\[\]{}]", line):
            if bracket in "[{":
                waiting.append("]" if bracket == "[" else "}")
            elif not waiting or waiting.pop() != bracket:
                return False
            if not waiting:
                return True
    return False


def _key(place: _Place) -> _Found:
    if "could not find expected ':'" not in place.problem:
        return None
    if _KEY.match(place.line(place.began)):
        return place.began, f"a key has at most {KEY_MAX} characters", ""
    return place.began, "a colon is missing after this word", "write key: value"


def _indent(place: _Place) -> _Found:
    if "block scalar" in place.context:
        return place.at, "text after | or > must begin on the next line", ""
    before = place.line(place.at)[: place.at.column - 1]
    if "block" in place.context or "block" in place.problem or "document start" in place.problem:
        if before.strip(" -"):
            return place.at, "unexpected text after a value", "put quotes around the whole text"
        return place.at, "wrong indentation", "begin entries of one level in one column"
    return None


_RULES = (
    _tab,
    _quote,
    _escape,
    _open,
    _start,
    _colon,
    _not_supported,
    _closing,
    _node,
    _key,
    _indent,
)
"""What it may be, the likeliest reading first."""
