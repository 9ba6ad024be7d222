"""What does a YAML file say, and at which line? A strict reader that keeps positions.

Questionnaires and mapping files are written by people and checked by machines, so only the
plain part of YAML is taken: mappings, lists and scalars in one UTF-8 document. Whatever
hides meaning or can blow up (anchors, aliases, tags, merge keys, directives, several
documents, control characters, deep nesting, duplicate keys) is refused with its place. A
scalar stays the text that was written; what it stands for is decided by who reads it, so
that ``NO`` never silently becomes a truth value nor ``12:30:45`` a number.
"""

from __future__ import annotations

from dataclasses import dataclass

from instruments.problems import Notes, Problem
from instruments.yaml_reader.compose import compose
from instruments.yaml_reader.nodes import Broken, ListNode, MappingNode, Node, Scalar
from instruments.yaml_reader.source import BYTES_MAX, decode

__all__ = ["BYTES_MAX", "Broken", "ListNode", "MappingNode", "Node", "Scalar", "Tree", "read"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as read: its text, its root, and what is wrong with its form.

    ``root`` is :class:`Broken` where the file could not be read on at all.
    """

    text: str
    root: Node
    problems: tuple[Problem, ...]
    more: int = 0


def read(source: bytes, name: str, *, plain_keys: bool = False) -> Tree:
    r"""Read one YAML document of at most a mebibyte; all problems of form come with the tree.

    ``name`` is how messages call the file. With ``plain_keys`` a key may be anything on one
    line, such as ``1``, ``yes`` or a long column name, and is taken as the text written.

    >>> tree = read(b"id: demo\nlanguages: [en, zh]\n", "demo.yaml")
    >>> tree.root.entries["languages"].value.items[1].text
    'zh'
    >>> print(*read(b"title: !env HOME", "demo.yaml").problems)
    demo.yaml:1:8: tags are not supported: remove !env
    """
    notes = Notes(name)
    text = decode(source, notes)
    root = Broken() if notes.total else compose(text, notes, plain_keys=plain_keys)
    return Tree(text, root, notes.problems, notes.more)
