"""From YAML's events to a tree with positions, refusing what is not plain.

PyYAML scans and parses (through libyaml where it is installed); its own composers and
constructors are not used, because they expand aliases, run tags, let a later key replace
an earlier one and lose the positions.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml import events as ev

from instruments.problems import START, Mark, Notes, shown
from instruments.yaml_reader.nodes import Broken, Entry, ListNode, MappingNode, Node, Scalar
from instruments.yaml_reader.source import FORBIDDEN, parser_mark, refuse_character
from instruments.yaml_reader.syntax import KEY_MAX, Opened, explain

DEPTH_MAX = 20
"""Levels of nesting; a questionnaire needs nine."""

NODES_MAX = 100_000
"""Scalars, lists and mappings in a file: a bound on memory, not on any real file."""

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML has it, twenty times as fast; else the one in Python."""


_BRACKETS = frozenset("[{")


class _Unreadable(Exception):
    """Reading cannot go on; the reason is already noted."""


def compose(text: str, notes: Notes, *, plain_keys: bool, loader: type = LOADER) -> Node:
    """The root of the one document in ``text``; :class:`Broken` where it cannot be read on."""
    try:
        return _Composer(text, notes, plain_keys=plain_keys, loader=loader).document()
    except _Unreadable:
        return Broken()


class _Composer:
    def __init__(self, text: str, notes: Notes, *, plain_keys: bool, loader: type) -> None:
        self._text = text
        self._notes = notes
        self._plain_keys = plain_keys
        self._events: Iterator[ev.Event] = yaml.parse(text, Loader=loader)
        self._last: ev.Event | None = None
        self._opened: list[Opened] = []
        self._nodes = 0
        self._anchor_line = 0

    def document(self) -> Node:
        """The root of the only document."""
        self._next()
        start = self._next()
        if not isinstance(start, ev.DocumentStartEvent):
            raise self._stop(START, "the file is empty", "begin with a copy of an example")
        if start.version or start.tags:
            self._notes.add(START, "directives are not supported", "remove lines that begin with %")
        first = self._next()
        if isinstance(first, ev.ScalarEvent) and not first.value and not first.style:
            raise self._stop(START, "the file is empty", "begin with a copy of an example")
        root = self._node(first, 0)
        self._next()
        after = self._next()
        if isinstance(after, ev.DocumentStartEvent):
            raise self._stop(
                parser_mark(after.start_mark),
                "only one document per file",
                "remove what follows ---",
            )
        return root

    def _next(self) -> ev.Event:
        # The parser in Python also lets ValueError and its kin escape for some escapes.
        try:
            self._last = next(self._events)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            explain(error, self._text, self._last, self._opened, self._notes)
            raise _Unreadable from None
        return self._last

    def _node(self, event: ev.Event, depth: int) -> Node:
        self._nodes += 1
        at = parser_mark(event.start_mark)
        if self._nodes > NODES_MAX:
            raise self._stop(at, "the file has too many entries", f"at most {NODES_MAX:,}")
        if isinstance(event, ev.AliasEvent):
            self._no_anchors(at)
            return Broken(at)
        if not isinstance(event, ev.NodeEvent):
            raise self._stop(at, "not valid YAML here")
        if event.anchor is not None:
            self._no_anchors(at)
        node = self._content(event, at, depth)
        tag = getattr(event, "tag", None)
        if tag is None:
            return node
        self._notes.add(at, "tags are not supported", f"remove {shown(_as_written(tag))}")
        return Broken(at)

    def _content(self, event: ev.NodeEvent, at: Mark, depth: int) -> Node:
        if isinstance(event, ev.ScalarEvent):
            return self._scalar(event, at)
        if depth == DEPTH_MAX:
            raise self._stop(at, f"nested too deeply (at most {DEPTH_MAX} levels)")
        is_list = isinstance(event, ev.SequenceStartEvent)
        mark = event.start_mark
        bracket = self._text[mark.index : mark.index + 1] if mark else ""
        if bracket in _BRACKETS:
            self._opened.append((at, "list" if is_list else "mapping"))
        node = self._list(at, depth) if is_list else self._mapping(at, depth)
        if bracket in _BRACKETS:
            self._opened.pop()
        return node

    def _list(self, at: Mark, depth: int) -> ListNode:
        items = []
        while not isinstance(event := self._next(), ev.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return ListNode(at, tuple(items))

    def _scalar(self, event: ev.ScalarEvent, at: Mark) -> Node:
        text = event.value
        found = FORBIDDEN.search(text)  # only an escape can bring one here
        if found:
            refuse_character(found.group(), at, self._notes)
            return Broken(at)
        return Scalar(at, text, quoted=bool(event.style))

    def _mapping(self, at: Mark, depth: int) -> MappingNode:
        entries: dict[str, Entry] = {}
        partial = False
        while not isinstance(event := self._next(), ev.MappingEndEvent):
            key = self._key(self._node(event, depth + 1))
            value = self._node(self._next(), depth + 1)
            if key is None:
                partial = True
            elif key.text in entries:
                first = entries[key.text].key.at.line
                self._notes.add(
                    key.at, f"key {shown(key.text)} is given twice (first on line {first})"
                )
            else:
                entries[key.text] = Entry(key, value)
        return MappingNode(at, entries, partial)

    def _key(self, node: Node) -> Scalar | None:
        """The key, or None where it was refused."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Scalar):
            self._notes.add(node.at, "keys must be text", "write one word before the colon")
            return None
        if node.text == "<<" and not node.quoted:
            self._notes.add(node.at, "merge key << is not supported", "write the keys out")
            return None
        if not node.is_text and not (self._plain_keys and node.text):
            written = shown(node.text) or "the key"
            self._notes.add(node.at, "keys must be text", f"put quotes around {written}")
            return None
        if len(node.text) > KEY_MAX and not self._plain_keys:
            self._notes.add(node.at, f"a key has at most {KEY_MAX} characters")
            return None
        return node

    def _no_anchors(self, at: Mark) -> None:
        if at.line != self._anchor_line:  # one a line says enough
            self._anchor_line = at.line
            self._notes.add(at, "anchors and aliases are not supported", "write the value out")

    def _stop(self, at: Mark, what: str, instead: str = "") -> _Unreadable:
        self._notes.add(at, what, instead)
        return _Unreadable()


def _as_written(tag: str) -> str:
    """A tag as the file has it: the parser has already put the long form for ``!!``."""
    return tag.replace("tag:yaml.org,2002:", "!!", 1)
