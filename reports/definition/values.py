"""Is a value of a report definition what its setting may be? Numbers in their range, known words.

Ranges are those of :data:`reports.settings.RANGES`, so that a file is told the same as a program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from instruments.problems import Notes, shown
from instruments.yaml_reader import Node, Scalar
from instruments.yaml_reader.fields import Fields, decimal, meant, one_of, whole
from reports.aims import AimImpossible
from reports.periods import NotAPeriod, period
from reports.settings import RANGES, SettingOutOfRange

Made = TypeVar("Made")


def numbers(
    fields: Fields, names: Sequence[str], also: str = "", prefix: str = ""
) -> dict[str, float]:
    """The settings that are numbers and in their range; the others are noted."""
    found: dict[str, float] = {}
    for name in names:
        node, allowed = fields.get(name), RANGES[prefix + name]
        if node is None:
            continue
        value = whole(node) if allowed.whole else decimal(node)
        if value is not None and value in allowed:
            found[name] = value
            continue
        kind = "a whole number" if allowed.whole else "a number"
        fields.notes.add(node.at, f"{name} is {_written(node)}", f"write {kind} {allowed}{also}")
    return found


def _written(node: Node) -> str:
    if not isinstance(node, Scalar) or not node.text:
        return "no number"
    return "in quotes" if node.quoted else shown(node.text)


def words(fields: Fields, key: str, known: Sequence[str]) -> tuple[str, ...] | None:
    """A list of words that are known, each once; None where it is not given or wrong."""
    found: list[str] = []
    items = fields.items(key)
    for item in items or ():
        word = item.text if isinstance(item, Scalar) else ""
        if word in found:
            fields.notes.add(item.at, f"{word} is named twice", "name each once")
        elif word in known:
            found.append(word)
        else:
            said = meant(fields.notes, word, known)
            wrong = f"unknown word {shown(word)} in {key}" if word else f"{key} must be words"
            fields.notes.add(item.at, f"{wrong}{said}", one_of(known))
    return tuple(found) if items is not None and len(found) == len(items) else None


def period_or_word(fields: Fields, key: str, known: Sequence[str]) -> str | None:
    """A word that is known, or the name of a period; None where it is not given or wrong."""
    node = fields.get(key)
    if node is None:
        return None
    written = node.text if isinstance(node, Scalar) else ""
    if written in known:
        return written
    try:
        return period(written).name
    except NotAPeriod:
        said = meant(fields.notes, written, known)
        told = f"{one_of(known)}, or a period like 2025-10"
        fields.notes.add(node.at, f"{key} is {shown(written) or 'no word'}{said}", told)
        return None


def text(notes: Notes, node: Node, what: str) -> str:
    """A word as written; ``""`` where there is none, which is noted."""
    written = node.text if isinstance(node, Scalar) else ""
    if not written:
        notes.add(node.at, f"{what} must be a word")
    return written


def says(node: Node | None, word: str) -> bool:
    """Whether that word is written here."""
    return isinstance(node, Scalar) and node.text == word


def some(name: str, value: object | None) -> dict[str, object]:
    """A setting, where there is one."""
    return {} if value is None else {name: value}


def made(
    make: Callable[..., Made], given: Mapping[str, object], fields: Fields, prefix: str = ""
) -> Made | None:
    """What is made of settings that are right one by one; None where they do not go together.

    What does not fit is noted and left out, so that more of it is found.
    """
    kept, sound = dict(given), True
    while True:
        try:
            result = make(**kept)
        except (SettingOutOfRange, AimImpossible) as error:
            key = error.name.removeprefix(prefix).partition(".")[0]
            beside = getattr(error, "beside", "")
            if not beside or beside in given or beside not in fields:
                told = f"it must be {error.allowed}"
                fields.notes.add(fields.at_value(key), f"{key} does not fit", told)
            sound = False
            if isinstance(error, AimImpossible) or kept.pop(key, None) is None:
                return None
        else:
            return result if sound else None
