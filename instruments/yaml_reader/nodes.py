"""What a YAML file is made of, each part with its place.

A scalar knows what YAML 1.1 programs would take it for, because that is what surprises
people: ``NO`` is a truth value there, ``1:30`` a number and ``2025-01-02`` a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from instruments.problems import START, Mark

_RESOLVER = yaml.SafeLoader.yaml_implicit_resolvers


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word, number or text as written; ``quoted`` also stands for block text (``|``, ``>``)."""

    at: Mark
    text: str
    quoted: bool

    @property
    def is_text(self) -> bool:
        """Whether every YAML program takes it for text, and nothing else.

        >>> [Scalar(START, word, False).is_text for word in ("NO", "12:30:45", "~", "No delay")]
        [False, False, False, True]
        """
        if self.quoted:
            return True
        if not self.text:
            return False
        patterns = _RESOLVER.get(self.text[0], [])
        return not any(pattern.match(self.text) for _tag, pattern in patterns)

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class ListNode:
    """Entries in order."""

    at: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order written.

    ``partial``: some keys were already refused, so a missing one may be among them.
    """

    at: Mark
    entries: Mapping[str, Entry]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A part already complained about; readers pass it over in silence."""

    at: Mark = START


Node = Scalar | ListNode | MappingNode | Broken
