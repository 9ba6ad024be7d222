"""Which answers are offered? Scales with their direction, and options.

A scale is an ordered row of codes: either its points one by one, or its two ends. An option
is one of several in no order, and may say what choosing it *means* to an indicator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from instruments.model import CODE_MAX, Better, Means, Point, Special, Text
from instruments.problems import Mark, Notes, shown
from instruments.reader.texts import Texts
from instruments.yaml_reader import Broken, Node, Scalar
from instruments.yaml_reader.fields import Fields, open_fields, read_word, whole

POINTS_MAX = 101
"""Points of a scale, options of a question."""

SCALE_KEYS = ("min", "max", "low", "high", "points", "better", "specials")


@dataclass(frozen=True, slots=True)
class Scale:
    """Points ascending in code, which end is good, and what may be answered beside them."""

    points: tuple[Point, ...]
    better: Better
    specials: tuple[Special, ...]


def read_scale(fields: Fields, texts: Texts) -> Scale | None:
    """A scale from its ``points``, or from ``min`` and ``max`` with ``low`` and ``high``."""
    better = fields.word("better", Better)
    if "better" in fields and better is None:
        return None
    specials = read_specials(fields)
    if "points" in fields:
        for key in ("min", "max", "low", "high"):
            if key in fields:
                fields.notes.add(fields.key_at(key), f"{key} does not go with points")
        points = _points(fields, texts)
    else:
        points = _ends(fields, texts)
    return None if points is None else Scale(points, better or Better.HIGH, specials)


def read_specials(fields: Fields) -> tuple[Special, ...]:
    """The answers offered beside the codes, in the order written."""
    found: list[Special] = []
    for node in fields.items("specials") or ():
        special = None if isinstance(node, Broken) else _special(fields.notes, node)
        if special in found:
            fields.notes.add(node.at, f"special {special} is given twice")
        elif special is not None:
            found.append(special)
    return tuple(found)


def _special(notes: Notes, node: Node) -> Special | None:
    return read_word(notes, node, "special", Special)


def read_bounds(fields: Fields, low: int | None, high: int | None) -> tuple[int, int] | None:
    """``min`` and ``max`` as codes; where they may be left out, ``low`` and ``high`` stand."""
    bounds: list[int | None] = []
    for key, default in (("min", low), ("max", high)):
        node = fields.need(key) if default is None else fields.get(key)
        number = whole(node) if node is not None else None
        if node is not None and number is None:
            fields.notes.add(node.at, f"{key} must be a whole number", "write plain digits")
        bounds.append(number if key in fields else default)
    first, last = bounds
    if first is None or last is None:
        return None
    if first >= last:
        fields.notes.add(fields.at_value("min"), "min must be below max")
        return None
    return first, last


def within_codes(fields: Fields, bounds: tuple[int, int]) -> bool:
    """Whether both ends are codes; notes the one that is none."""
    sound = True
    for key, number in zip(("min", "max"), bounds, strict=True):
        if not 0 <= number <= CODE_MAX:
            fields.notes.add(fields.at_value(key), f"{key} must be from 0 to {CODE_MAX}")
            sound = False
    return sound


def _ends(fields: Fields, texts: Texts) -> tuple[Point, ...] | None:
    low, high = texts.get(fields, "low"), texts.get(fields, "high")
    bounds = read_bounds(fields, None, None)
    if bounds is None:
        return None
    first, last = bounds
    if last - first >= POINTS_MAX:
        fields.notes.add(fields.at_value("max"), f"a scale has at most {POINTS_MAX} points")
        return None
    if not within_codes(fields, bounds):
        return None
    label = {first: low, last: high}
    return tuple(Point(code, label.get(code)) for code in range(first, last + 1))


def _points(fields: Fields, texts: Texts) -> tuple[Point, ...] | None:
    found = _list(fields, "points", "point", lambda node: _point(texts, node))
    if found is None:
        return None
    codes = [point.code for point in found]
    if codes != sorted(codes):
        fields.notes.add(fields.at_value("points"), "points must ascend in code")
        return None
    return found


def read_options(fields: Fields, texts: Texts) -> tuple[Point, ...] | None:
    """The options of a question, in the order shown."""
    return _list(fields, "options", "option", lambda node: _option(texts, node))


@dataclass(frozen=True, slots=True)
class _Read:
    """A point with the places of its parts, to tell where a second one of its kind stands."""

    point: Point
    code_at: Mark
    label_at: Mark
    other_at: Mark


def _list(
    fields: Fields, key: str, what: str, read: Callable[[Node], _Read | None]
) -> tuple[Point, ...] | None:
    nodes = fields.items(key, needed=True)
    if nodes is None:
        return None
    if len(nodes) > POINTS_MAX:
        fields.notes.add(nodes[POINTS_MAX].at, f"at most {POINTS_MAX} {key}")
        return None
    if len(nodes) < 2:
        fields.notes.add(fields.at_value(key), f"{key} needs at least two entries")
    found = [read(node) for node in nodes]
    taken = [one for one in found if one is not None]
    _refuse_twice(fields.notes, what, taken)
    return tuple(one.point for one in taken) if len(taken) == len(found) else None


def _refuse_twice(notes: Notes, what: str, found: list[_Read]) -> None:
    codes: set[int] = set()
    labels: set[tuple[str, str]] = set()
    others = [one.other_at for one in found if one.point.other]
    for at in others[1:]:
        notes.add(at, f"other is said twice (first on line {others[0].line})", "keep one")
    for one in found:
        if one.point.code in codes:
            notes.add(one.code_at, f"{what} code {one.point.code} is used twice")
        codes.add(one.point.code)
        for language, label in _labels(one.point.text):
            if (language, label) in labels:
                notes.add(one.label_at, f"{what} label {shown(label)} is used twice")
            labels.add((language, label))


def _labels(text: Text | None) -> list[tuple[str, str]]:
    if text is None:
        return []
    return [(language, " ".join(label.split())) for language, label in text.by_language.items()]


def _point(texts: Texts, node: Node) -> _Read | None:
    fields = open_fields(texts.notes, node, "a point", ("code", "label"))
    if fields is None:
        return None
    code, label = read_code(fields), texts.get(fields, "label")
    if code is None:
        return None
    return _read(fields, Point(code, label))


def _option(texts: Texts, node: Node) -> _Read | None:
    fields = open_fields(texts.notes, node, "an option", ("code", "label", "means", "other"))
    if fields is None:
        return None
    code, label = read_code(fields), texts.need(fields, "label")
    means, other = fields.word("means", Means), fields.flag("other")
    if code is None or label is None:
        return None
    return _read(fields, Point(code, label, means, other))


def _read(fields: Fields, point: Point) -> _Read:
    return _Read(point, *(fields.at_value(key) for key in ("code", "label", "other")))


def read_code(fields: Fields) -> int | None:
    """The ``code`` of a point or option."""
    node = fields.need("code")
    return None if node is None else code_of(fields.notes, node, "code")


def code_of(notes: Notes, node: Node, key: str) -> int | None:
    """A code; digits in quotes are taken too, as programs that write files often do that."""
    number = whole(Scalar(node.at, node.text, False)) if isinstance(node, Scalar) else None
    if number is None:
        if not isinstance(node, Broken):
            notes.add(node.at, f"{key} must be a whole number", "write plain digits")
    elif not 0 <= number <= CODE_MAX:
        notes.add(node.at, f"{key} must be from 0 to {CODE_MAX}")
    else:
        return number
    return None
