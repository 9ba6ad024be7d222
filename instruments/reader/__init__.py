"""Is this file a right questionnaire, and which? From YAML to an :class:`Instrument`.

The format is described in ``docs/reference/instrument-format.md`` and, for editors, in
``instruments/instrument.schema.json``. A file is taken whole or refused with everything that
is wrong with it: what is wrong with its form first, then what is wrong with its content.
"""

from __future__ import annotations

from pathlib import Path

from instruments.model import Instrument
from instruments.problems import InstrumentError, Notes
from instruments.reader.whole import read_whole
from instruments.yaml_reader import read
from instruments.yaml_reader.files import bytes_of, name_of

__all__ = ["load", "read_instrument"]


def read_instrument(source: bytes, name: str) -> Instrument:
    """The instrument that ``source`` describes; ``name`` is how messages call the file.

    Raises :class:`InstrumentError` with every problem found.

    >>> text = "{id: demo, version: 1, title: Demo, languages: [en], questions: [%s]}"
    >>> source = text % "{id: why, type: text, text: Why?}"
    >>> [question.id for question in read_instrument(source.encode(), "demo.yaml").questions]
    ['why']
    >>> source = text % "{id: why, type: text, text: NO}"
    >>> read_instrument(source.encode(), "demo.yaml")
    Traceback (most recent call last):
    instruments.problems.InstrumentError: demo.yaml:1:94: text must be text: put quotes around NO
    """
    tree = read(source, name)
    notes = Notes(name)
    instrument = read_whole(tree, notes)
    if instrument is None:
        listed = (*tree.problems, *notes.problems)
        raise InstrumentError(listed, tree.more + notes.more)
    return instrument


def load(path: Path) -> Instrument:
    """The instrument in a file.

    Raises :class:`InstrumentError` as :func:`read_instrument` does, and where there is no
    such file or it cannot be read. Of a large file no more is read than tells that it is.
    """
    name = name_of(path)
    notes = Notes(name)
    source = bytes_of(path, notes, "a questionnaire")
    if source is None:
        raise notes.error()
    return read_instrument(source, name)
