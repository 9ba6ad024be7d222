"""What stands in the file of that name? Its bytes, or a sentence that says why not."""

from __future__ import annotations

import os
from pathlib import Path

from instruments.problems import START, Notes
from instruments.yaml_reader.source import BYTES_MAX


def name_of(path: Path) -> str:
    """How messages call a file: its path, shown as far as it is text."""
    return os.fsencode(path).decode("utf-8", "replace")


def bytes_of(path: Path, notes: Notes, what: str) -> bytes | None:
    """The bytes of a file; of a large one no more than tells that it is too large.

    None where there is no such file or it cannot be read, which is noted. ``what`` should have
    been named (``a questionnaire``).
    """
    try:
        if path.exists() and not path.is_file():
            notes.add(START, "this is no file", f"name {what} file")
            return None
        with path.open("rb") as file:
            return file.read(BYTES_MAX + 1)
    except FileNotFoundError:
        notes.add(START, "there is no such file", "check the name")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        notes.add(START, "the file cannot be read", reason)
    return None
