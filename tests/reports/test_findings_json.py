"""Findings leave the program whole, and come back the same."""

from __future__ import annotations

import dataclasses
import json
import re
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from reports.findings import (
    Change,
    Figure,
    Findings,
    Interval,
    Provenance,
    Reason,
    SegmentFindings,
    Standing,
    TrendPoint,
    Unit,
)
from reports.findings_json import UnreadableFindings, from_json, to_json
from reports.indicators.bases import Base
from tests.reports import counted_cases as cases

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "findings.schema.json").read_text(encoding="utf-8")
)
WAVES = ("2026-08", "2026-09", cases.WAVE)


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Three waves of 300 answers, with hidden, indicative and normal segments."""
    data = cases.random_dataset(cases.monthly(), 300, np.random.default_rng(7), waves=WAVES)
    return cases.found(data, populations={(cases.WAVE, "all"): 400, (cases.WAVE, "D"): 200})


def test_findings_come_back_equal(findings: Findings) -> None:
    """Every figure survives writing and reading at full precision."""
    assert from_json(to_json(findings)) == findings


def test_same_findings_same_text(findings: Findings) -> None:
    """Writing what was read gives the same bytes: findings can be compared as files."""
    text = to_json(findings)
    assert to_json(from_json(text)) == text
    assert text.endswith("}\n")


def test_file_follows_its_schema(findings: Findings) -> None:
    """What is written is what the published schema describes."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(to_json(findings)))


def test_nothing_is_not_a_number(findings: Findings) -> None:
    """Neither NaN nor infinity occurs, which many readers of JSON refuse."""

    def refuse(word: str) -> Any:
        raise AssertionError(word)

    json.loads(to_json(findings), parse_constant=refuse)


def test_not_a_number_is_never_written(findings: Findings) -> None:
    """A figure that is no number stops the writing rather than the reader."""
    broken = dataclasses.replace(findings, confidence=float("nan"))
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(broken)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("provenance", Provenance),
        ("segment", SegmentFindings),
        ("figure", Figure),
        ("interval", Interval),
        ("change", Change),
        ("trend_point", TrendPoint),
    ],
)
def test_schema_knows_every_field(name: str, kind: type) -> None:
    """A field that is added to the findings is added to the schema, as a required one."""
    names = {field.name for field in dataclasses.fields(kind)}
    assert set(SCHEMA["$defs"][name]["properties"]) == names
    assert set(SCHEMA["$defs"][name]["required"]) == names


@pytest.mark.parametrize(
    ("name", "kind"), [("unit", Unit), ("standing", Standing), ("base", Base), ("reason", Reason)]
)
def test_schema_knows_every_word(name: str, kind: type[Enum]) -> None:
    """Units, standings, bases and reasons are the same words in code and schema."""
    assert SCHEMA["$defs"][name]["enum"] == [member.value for member in kind]


@pytest.mark.parametrize(
    "change",
    [
        {"value": None},
        {"reason": "no_answers"},
        {"standing": "hidden"},
        {"n": -1},
        {"base": "everybody"},
        {"extra": 1},
    ],
)
def test_schema_refuses_contradictions(findings: Findings, change: dict[str, object]) -> None:
    """A figure without value needs a reason, and a hidden one shows nothing."""
    content = json.loads(to_json(findings))
    content["segments"][0]["figures"][0].update(change)
    assert not Draft202012Validator(SCHEMA).is_valid(content)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.update(format="other/9"), 'format should be "tellback-findings/1"'),
        (lambda c: c.pop("wave"), "findings should be an object with"),
        (lambda c: c.update(wave=7), "findings.wave should be a str"),
        (lambda c: c.update(segments={}), "findings.segments should be a list"),
        (
            lambda c: c["segments"][0].update(standing="grand"),
            r"findings.segments\[0\].standing should be one of hidden, indicative, normal",
        ),
        (
            lambda c: c["segments"][0]["figures"][0].update(n="many"),
            r"findings.segments\[0\].figures\[0\].n should be a int",
        ),
    ],
)
def test_other_texts_are_refused_by_place(findings: Findings, change: Any, sentence: str) -> None:
    """A file that is no findings is refused, and the sentence says where it went wrong."""
    content = json.loads(to_json(findings))
    change(content)
    with pytest.raises(UnreadableFindings, match=sentence):
        from_json(json.dumps(content))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"tellback"'])
def test_text_that_is_no_object_is_refused(text: str) -> None:
    """Broken or foreign JSON gives the named error, not a traceback of the reader."""
    with pytest.raises(UnreadableFindings):
        from_json(text)


def test_every_field_and_word_is_documented() -> None:
    """The reference page names each field of the file, each base and each reason."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "findings.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    kinds = (Findings, SegmentFindings, Figure, Interval, Change, TrendPoint)
    fields = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    words = {member.value for enum in (Standing, Base, Reason) for member in enum}
    assert fields | words <= named
