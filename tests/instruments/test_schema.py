"""The published JSON Schema: it says what the reader says, as far as a schema can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from instruments.model import BlockKind, Kind, Means, Role, Special
from instruments.reader import read_instrument
from instruments.reader.ids import ID_MAX, RESERVED
from instruments.reader.roles import ROLE_RULES
from instruments.reader.texts import TEXT_MAX
from instruments.reader.whole import ATTRIBUTES_MAX, QUESTIONS_MAX, VERSION_MAX, Rater
from instruments.yaml_reader.syntax import KEY_MAX
from tests.instruments.instrument_files import ATTRIBUTES, BOTH, HEAD, asking, blocks, problems
from tests.outside_files import HOSTILE, needs_hostile

SCHEMA: dict[str, Any] = json.loads(
    files("instruments").joinpath("instrument.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (
    *sorted((ROOT / "instruments" / "library").glob("*.yaml")),
    *sorted((ROOT / "docs" / "examples").glob("*/instrument.yaml")),
)


def valid(text: str) -> bool:
    """Whether the schema takes a text, read as an editor reads it."""
    return VALIDATOR.is_valid(yaml.safe_load(text))


def parts(schema: object) -> Iterator[dict[str, Any]]:
    """Every subschema."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


def test_the_schema_is_one() -> None:
    """It follows the draft it names, and says what most keys are for."""
    Draft202012Validator.check_schema(SCHEMA)
    described = [part for part in parts(SCHEMA) if "description" in part]
    assert len(described) > 50


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files_are_valid(path: Path) -> None:
    """Everything that ships is right by the schema, too."""
    text = path.read_text(encoding="utf-8")
    assert not [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))]
    read_instrument(text.encode(), path.name)


def test_words_are_those_of_the_model() -> None:
    """Lists of words in the schema cannot fall behind the program."""
    defs = SCHEMA["$defs"]
    assert set(defs["role"]["enum"]) == {role for role in Role if not ROLE_RULES[role].made}
    assert set(defs["question"]["properties"]["type"]["enum"]) == set(Kind) - {Kind.RANK}
    assert set(defs["block"]["properties"]["kind"]["enum"]) == set(BlockKind)
    assert set(defs["option"]["properties"]["means"]["enum"]) == set(Means)
    assert set(defs["specials"]["items"]["enum"]) == set(Special)
    assert set(defs["attribute"]["properties"]["dimension"]["enum"]) == set(Rater)
    assert set(defs["id"]["not"]["enum"]) == set(RESERVED)


def test_bounds_are_those_of_the_reader() -> None:
    """Numbers in the schema cannot fall behind the program."""
    top = SCHEMA["properties"]
    assert top["version"]["maximum"] == VERSION_MAX
    assert top["questions"]["maxItems"] == QUESTIONS_MAX
    assert top["attributes"]["maxItems"] == ATTRIBUTES_MAX
    assert SCHEMA["$defs"]["id"]["maxLength"] == ID_MAX < KEY_MAX
    assert SCHEMA["$defs"]["wording"]["maxLength"] == TEXT_MAX


WHY = "questions:\n  - {id: why, type: text, text: Why}\n"
OPEN = "{id: o, kind: open, title: O, questions: [{id: c, type: text, text: T}]}"
GAP = (
    "{id: g, kind: expectation, title: G, scale: five, "
    "expected: {title: B}, experienced: {title: A}}"
)
TWO = "options: [{code: 1, label: A}, {code: 2, label: B}]"
RIGHT = {
    "short": HEAD + WHY,
    "both languages": BOTH + "questions:\n  - {id: q, type: text, text: {en: Why, zh: 为何}}\n",
    "head": HEAD + "minutes: 4\nintro: Hello\nthanks: Goodbye\n" + WHY,
    "blocks": blocks(OPEN, "{id: i, kind: importance, title: I, text: T, top: full}", GAP),
    "side by side": blocks(
        "{id: g, kind: expectation, title: G, scale: five, layout: side_by_side}"
    ),
    "rating": blocks("{id: r, kind: rating, title: R, scale: five, attributes: [price]}"),
    "continue": blocks(OPEN.replace("title: O", "title: O, page: continue")),
    "single": asking(f"{{id: q, type: single, text: T, {TWO}, specials: [dk]}}"),
    "other": asking(f"{{id: q, type: single, text: T, {TWO}}}").replace("B}", "B, other: true}"),
    "quoted code": asking(f"{{id: q, type: single, text: T, {TWO}}}").replace("1,", '"1",'),
    "ends": asking("{id: q, type: scale, text: T, min: 0, max: 10, low: A, high: B, better: low}"),
    "points": asking("{id: q, type: scale, text: T, points: [{code: 1}, {code: 2, label: A}]}"),
    "number": asking("{id: q, type: number, text: T, max: 50, specials: [na]}"),
    "condition": asking(
        f"{{id: q, type: single, text: T, {TWO}}}",
        "{id: r, type: text, text: T, show_if: {question: q, is: [1, 2]}}",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_reader_takes_the_schema_takes(name: str) -> None:
    """No editor complains about a right questionnaire."""
    read_instrument(RIGHT[name].encode(), name)
    assert valid(RIGHT[name])


WRONG = {
    "no title": (HEAD + WHY).replace("title: Demo\n", ""),
    "version text": (HEAD + WHY).replace("version: 1", 'version: "1"'),
    "version zero": (HEAD + WHY).replace("version: 1", "version: 0"),
    "title number": (HEAD + WHY).replace("title: Demo", "title: 5"),
    "title empty": (HEAD + WHY).replace("title: Demo", 'title: " "'),
    "language": (HEAD + WHY).replace("[en]", "[fr]"),
    "languages twice": (HEAD + WHY).replace("[en]", "[en, en]"),
    "id": (HEAD + WHY).replace("demo", "Demo"),
    "id reserved": (HEAD + WHY).replace("why", "all"),
    "id long": (HEAD + WHY).replace("why", "w" * 41),
    "unknown key": HEAD + WHY + "kolor: red\n",
    "no questions": HEAD,
    "empty questions": HEAD + "questions: []\n",
    "both": blocks(OPEN) + WHY,
    "null question": asking("~"),
    "no type": asking("{id: q, text: T}"),
    "type": asking("{id: q, type: rank, text: T}"),
    "role": asking("{id: q, type: scale, text: T, min: 1, max: 5, role: importance}"),
    "options missing": asking("{id: q, type: single, text: T}"),
    "one option": asking("{id: q, type: single, text: T, options: [{code: 1, label: A}]}"),
    "no label": asking("{id: q, type: single, text: T, options: [{code: 1}, {code: 2}]}"),
    "code": asking(f"{{id: q, type: single, text: T, {TWO}}}").replace("code: 1", "code: 121"),
    "means": asking(f"{{id: q, type: single, text: T, {TWO}}}").replace("A}", "A, means: x}"),
    "other": asking(f"{{id: q, type: single, text: T, {TWO}}}").replace("B}", "B, other: 1}"),
    "point other": asking(
        "{id: q, type: scale, text: T, points: [{code: 1}, {code: 2, other: true}]}"
    ),
    "special": asking("{id: q, type: number, text: T, specials: [later]}"),
    "no max": asking("{id: q, type: scale, text: T, min: 1}"),
    "min and points": asking(
        "{id: q, type: scale, text: T, min: 1, points: [{code: 1}, {code: 2}]}"
    ),
    "text with min": asking("{id: q, type: text, text: T, min: 1}"),
    "single with scale": asking(f"{{id: q, type: single, text: T, scale: five, {TWO}}}"),
    "required": asking("{id: q, type: text, text: T, required: 1}"),
    "condition": asking("{id: q, type: text, text: T, show_if: q}"),
    "attribute": HEAD + "attributes: [{id: na, text: T}]\n" + WHY,
    "dimension": HEAD + "attributes: [{id: a, text: T, dimension: price}]\n" + WHY,
    "scale": HEAD + ATTRIBUTES.replace("min: 1, ", "") + WHY,
    "kind": blocks(OPEN.replace("open", "matrix")),
    "rating without scale": blocks("{id: r, kind: rating, title: R, attributes: all}"),
    "rating of nothing": blocks("{id: r, kind: rating, title: R}"),
    "expectation without heading": blocks("{id: g, kind: expectation, title: G, scale: five}"),
    "side by side with heading": blocks(GAP.replace("title: G", "title: G, layout: side_by_side")),
    "open with top": blocks(OPEN.replace("title: O", "title: O, top: 3")),
    "intro on a continued page": blocks(
        OPEN.replace("title: O", "title: O, intro: I, page: continue")
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_form_both_refuse(name: str) -> None:
    """A mistake that a schema can see is seen while it is typed, and by the reader."""
    assert problems(WRONG[name])
    assert not valid(WRONG[name])


@needs_hostile
def test_hostile_files_that_are_right_are_valid() -> None:
    """The controls of the hostile corpus are right by the schema, too."""
    for path in sorted((HOSTILE / "instruments").glob("ok_*.yaml")):
        assert valid(path.read_text(encoding="utf-8-sig")), path.name
