"""What stands under a key, and is it of the right form? Typed access to a mapping of a file.

Each method returns the value, or None where it is missing or wrong; then a problem was
noted at its place. So a reader can go on and find everything that is wrong in one round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, cast

from instruments.problems import Mark, Notes, shown
from instruments.yaml_reader.nodes import Broken, ListNode, MappingNode, Node, Scalar

WHOLE_MAX = 10**9
"""Numbers beyond this are cut to it while reading: every range ends far below."""

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_TRUE = frozenset(["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"])
_FALSE = frozenset(["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"])

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """A mapping of the file: its keys checked, its values read by type."""

    def __init__(self, notes: Notes, node: MappingNode, keys: Iterable[str]) -> None:
        self.notes = notes
        self.at = node.at
        self.partial = node.partial
        self._entries = node.entries
        known = list(keys)
        for key, entry in node.entries.items():
            if key not in known:
                notes.add(entry.key.at, f"unknown key {shown(key)}{meant(notes, key, known)}")

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def key_at(self, key: str) -> Mark:
        """Where a key stands; the mapping itself where the key is not given."""
        return self._entries[key].key.at if key in self._entries else self.at

    def at_value(self, key: str) -> Mark:
        """Where the value of a key stands; the mapping itself where the key is not given."""
        return self._entries[key].value.at if key in self._entries else self.at

    def get(self, key: str) -> Node | None:
        """The value of a key that may be left out; None also where it is already refused."""
        entry = self._entries.get(key)
        return None if entry is None or isinstance(entry.value, Broken) else entry.value

    def need(self, key: str, instead: str = "") -> Node | None:
        """The value of a key that must be given."""
        if key not in self._entries and not self.partial:
            self.notes.add(self.at, f"{key} is missing", instead)
        return self.get(key)

    def whole(self, key: str, low: int, high: int, *, needed: bool = False) -> int | None:
        """A whole number in digits, from ``low`` to ``high``."""
        node = self.need(key) if needed else self.get(key)
        if node is None:
            return None
        number = whole(node)
        if number is None:
            self.notes.add(node.at, f"{key} must be a whole number", "write plain digits")
        elif not low <= number <= high:
            self.notes.add(node.at, f"{key} must be from {low} to {high}")
        else:
            return number
        return None

    def flag(self, key: str, *, unless_said: bool = False) -> bool:
        """True or false; ``unless_said`` where it is left out."""
        node = self.get(key)
        if node is None:
            return unless_said
        written = node.text if isinstance(node, Scalar) and not node.quoted else ""
        if written not in _TRUE | _FALSE:
            self.notes.add(node.at, f"{key} must be true or false")
        return written in _TRUE

    def word(self, key: str, words: Iterable[Word], *, needed: bool = False) -> Word | None:
        """One of the words that a key allows."""
        node = self.need(key, one_of(words)) if needed else self.get(key)
        return None if node is None else read_word(self.notes, node, key, words)

    def name(self, key: str, known: Iterable[str], what: str, *, needed: bool = False) -> str:
        """The id of something defined elsewhere in the file; ``""`` where there is none."""
        node = self.need(key) if needed else self.get(key)
        return "" if node is None else read_name(self.notes, node, known, what)

    def items(self, key: str, *, needed: bool = False) -> tuple[Node, ...] | None:
        """The entries of a list with at least one; those already refused come along."""
        node = self.need(key) if needed else self.get(key)
        if node is None:
            return None
        if not isinstance(node, ListNode):
            self.notes.add(node.at, f"{key} must be a list")
        elif not node.items:
            self.notes.add(node.at, f"{key} is empty", "give at least one entry")
        else:
            return node.items
        return None


def open_fields(notes: Notes, node: Node, what: str, keys: Iterable[str]) -> Fields | None:
    """The fields of a mapping that ``what`` names in messages (``a question``)."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, MappingNode):
        notes.add(node.at, f"{what} must be a mapping", f"write keys like {next(iter(keys))}: …")
        return None
    return Fields(notes, node, keys)


def whole(node: Node) -> int | None:
    """A whole number written in plain digits; None for anything else YAML calls a number."""
    if not isinstance(node, Scalar) or node.quoted or not _WHOLE.fullmatch(node.text):
        return None
    if len(node.text) > len(str(WHOLE_MAX)):  # int() itself refuses thousands of digits
        return -WHOLE_MAX if node.text.startswith("-") else WHOLE_MAX
    return int(node.text)


def decimal(node: Node) -> float | None:
    """A number in plain digits, perhaps with a decimal point; None for anything else.

    >>> from instruments.problems import START
    >>> [decimal(Scalar(START, text, quoted=False)) for text in ("0.95", "12", "1e3", ".5")]
    [0.95, 12.0, None, None]
    """
    if not isinstance(node, Scalar) or node.quoted or not _DECIMAL.fullmatch(node.text):
        return None
    return float(node.text)


def read_word(notes: Notes, node: Node, key: str, words: Iterable[Word]) -> Word | None:
    """One of the words of an enumeration."""
    text = node.text if isinstance(node, Scalar) else ""
    words = tuple(words)
    if text in words:
        return words[words.index(cast(Word, text))]
    if not text:
        notes.add(node.at, f"{key} must be one word", one_of(words))
    else:
        said = meant(notes, text, words)
        notes.add(node.at, f"unknown {key} {shown(text)}{said}", one_of(words))
    return None


def read_name(notes: Notes, node: Node, known: Iterable[str], what: str) -> str:
    """The id of something that is defined; ``what`` says what it should be (``scale``)."""
    text = node.text if isinstance(node, Scalar) else ""
    known = list(known)
    if text in known:
        return text
    if text:
        notes.add(node.at, f"unknown {what} {shown(text)}{meant(notes, text, known)}")
    else:
        notes.add(node.at, f"{what} must be the id of one", f"known: {', '.join(known)}")
    return ""


def one_of(words: Iterable[str]) -> str:
    """What may be written.

    >>> one_of(["high", "low", "none"])
    'write high, low or none'
    """
    *others, last = words
    return f"write {', '.join(others)} or {last}"


def meant(notes: Notes, word: str, known: Sequence[str]) -> str:
    """The nearest known word as a hint; nothing where none is near or nobody would read it.

    >>> meant(Notes("demo.yaml"), "requried", ["type", "required"])
    ' (did you mean required?)'
    """
    near = [] if notes.full else get_close_matches(word[:80], known[:100], 1, 0.6)
    return f" (did you mean {near[0]}?)" if near else ""
