"""Is this word fit to be an id, in files and in statistics programs alike?"""

from __future__ import annotations

import re

from instruments.problems import Notes
from instruments.yaml_reader import Node, Scalar
from instruments.yaml_reader.fields import Fields

ID_MAX = 40
"""Characters in an id that is written in a file; made ids are longer."""

RESERVED = frozenset(
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]
)
"""Words that SPSS does not take for the name of a variable."""

_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def id_of(fields: Fields) -> str:
    """The id under the key ``id``; ``""`` where it is missing or wrong, which is noted."""
    node = fields.need("id")
    return "" if node is None else read_id(fields.notes, node, "id")


def read_id(notes: Notes, node: Node, key: str) -> str:
    """An id: short, plain, and fit to name a variable in any statistics program."""
    text = node.text if isinstance(node, Scalar) else ""
    if not _ID.fullmatch(text):
        said = "beginning with a letter"
        notes.add(node.at, f"{key} must be lower-case letters, digits and _", said)
    elif isinstance(node, Scalar) and not node.is_text:
        notes.add(node.at, f"{key} must be text", f"put quotes around {text}")
    elif len(text) > ID_MAX:
        notes.add(node.at, f"{key} has at most {ID_MAX} characters")
    elif text in RESERVED:
        notes.add(node.at, f"{key} {text} is reserved by SPSS", f"write {text}_ or another word")
    else:
        return text
    return ""
