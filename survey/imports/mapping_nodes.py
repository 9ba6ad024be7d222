"""What does this part of a mapping file say: a word, a list of words, or entries?

Each question is answered with something to go on with, and what is wrong is noted at its
place, so that one reading of the file tells all of its problems.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeVar

from instruments.problems import Notes, Problem, shown
from instruments.yaml_reader import Broken, ListNode, MappingNode, Node, Scalar, read
from survey.imports.problems import ImportRefused

T = TypeVar("T")
Entries = Mapping[str, tuple[Node, Node]]
"""Key → (where the key stands, its value)."""

__all__ = ["Entries", "MappingReader", "Node"]


class MappingReader:
    """Reads one mapping file for a file with a ``header``.

    ``used`` gathers the columns that were named; ``root`` is the whole file.
    """

    def __init__(self, source: bytes, name: str, header: Sequence[str]) -> None:
        self.header = tuple(header)
        self.used: set[str] = set()
        self._tree = read(source, name, plain_keys=True)
        self._notes = Notes(name)

    @property
    def root(self) -> Node:
        """The whole file."""
        return self._tree.root

    def wrong(self, node: Node, what: str, instead: str = "") -> None:
        """Note what is wrong at a node; parts already complained about are passed over."""
        if not isinstance(node, Broken):
            self._notes.add(node.at, what, instead)

    def unknown(self, node: Node, what: str, text: str, known: Collection[str]) -> None:
        """Note a word that is not known, with the likely one."""
        folded = {word.casefold(): word for word in known}
        close = [folded[word] for word in get_close_matches(text.casefold(), folded, n=1)]
        listed = shown(", ".join(known), 160) or "none"
        instead = f"did you mean {shown(close[0])}?" if close else f"there is {listed}"
        self.wrong(node, f"no {what} {shown(text) or 'without a name'}", instead)

    def is_word(self, node: Node) -> bool:
        """Whether a node is a single word, number or text."""
        return isinstance(node, Scalar)

    def text(self, node: Node) -> str:
        """A word as written; ``""`` where there is none."""
        if not isinstance(node, Scalar):
            self.wrong(node, "one word is expected here")
            return ""
        return node.text

    def texts(self, node: Node) -> tuple[str, ...]:
        """One word, or a list of words."""
        items = node.items if isinstance(node, ListNode) else (node,)
        return tuple(self.text(item) for item in items)

    def entries(self, node: Node, what: str, keys: Sequence[str] | None = None) -> Entries:
        """Keys and values; those not among ``keys`` are noted and left out."""
        if not isinstance(node, MappingNode):
            self.wrong(node, f"{what} must be entries of the form key: value")
            return MappingProxyType({})
        found: dict[str, tuple[Node, Node]] = {}
        for key, entry in node.entries.items():
            if keys is not None and key not in keys:
                self.unknown(entry.key, f"key of {what} is called", key, keys)
            else:
                found[key] = (entry.key, entry.value)
        return MappingProxyType(found)

    def one_of(
        self, node: Node, what: str, text: str, known: Sequence[str], as_type: Callable[[str], T]
    ) -> T | None:
        """A word that must be among those known; None where it is not."""
        if text in known:
            return as_type(text)
        self.unknown(node, f"{what} is called", text, known)
        return None

    def place_of(self, column: str, node: Node) -> int:
        """Where a column stands in the header; 0 where it does not stand there, which is noted."""
        if column in self.header:
            self.used.add(column)
            return self.header.index(column)
        self.unknown(node, "column is called", column, self.header)
        return 0

    def raise_if_any(self) -> None:
        """Raise :class:`ImportRefused` with everything that was noted, in the file's order."""
        problems: list[Problem] = [*self._tree.problems, *self._notes.problems]
        if problems:
            ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
            raise ImportRefused(ordered, self._tree.more + self._notes.more)
