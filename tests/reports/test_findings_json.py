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

from instruments.model import Better
from reports.cycles import Phase
from reports.findings import (
    Family,
    Findings,
    Note,
    Reason,
    SignalKind,
    Standing,
    Sureness,
    Unit,
)
from reports.findings_fields import FIELDS
from reports.findings_json import UnreadableFindings, from_json, to_json
from reports.findings_schema import schema, schema_text
from reports.indicators.bases import Base
from reports.quoted import Spread
from tests.reports import counted_cases as cases
from tests.reports import pdf_cases

SCHEMA_FILE = Path(__file__).parents[2] / "reports" / "findings.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
ENUMS: dict[str, type[Enum]] = {
    "unit": Unit,
    "standing": Standing,
    "base": Base,
    "reason": Reason,
    "better": Better,
    "note": Note,
    "family": Family,
    "signal_kind": SignalKind,
    "spread": Spread,
    "sureness": Sureness,
    "phase": Phase,
}
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


def test_the_schema_is_that_of_the_classes(update_golden: bool) -> None:
    """The file that ships is made from the classes as they are; no field can be forgotten."""
    if update_golden:
        SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_has_its_words(kind: type) -> None:
    """In the order of the class, none missing and none left over."""
    assert list(FIELDS[kind]) == [field.name for field in dataclasses.fields(kind)]


def test_every_class_of_the_findings_has_its_fields_described() -> None:
    """The schema finds its way to all of them."""
    assert set(schema()["$defs"]) == {
        "provenance", "weighting", "segment", "figure", "interval", "change", "trend_point",
        "control_chart", "chart_point", "chart_signal", "signal", "definitions", "lost", "voices",
        "quoted", "cycle", *ENUMS,
    }  # fmt: skip
    assert len(FIELDS) == 17


@pytest.mark.parametrize(("name", "kind"), ENUMS.items())
def test_schema_knows_every_word(name: str, kind: type[Enum]) -> None:
    """Units, standings, bases, reasons and all others are the same words in code and schema."""
    assert SCHEMA["$defs"][name]["enum"] == [member.value for member in kind]
    assert SCHEMA["$defs"][name]["description"]


def test_weights_charts_and_signals_survive_the_file() -> None:
    """A report with everything in it follows the schema and comes back equal."""
    full = pdf_cases.make_findings()
    text = to_json(full)
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert from_json(text) == full
    assert full.segments[0].charts
    assert full.segments[0].signals
    assert full.weighting.effect is not None


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
        (lambda c: c.update(format="other/9"), 'format should be "tellback-findings/2"'),
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


def test_a_file_from_before_cycles_is_read(findings: Findings) -> None:
    """Editions that were issued earlier can still be compared with."""
    content = json.loads(to_json(findings))
    del content["cycles"]
    assert from_json(json.dumps(content)) == findings


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"tellback"'])
def test_text_that_is_no_object_is_refused(text: str) -> None:
    """Broken or foreign JSON gives the named error, not a traceback of the reader."""
    with pytest.raises(UnreadableFindings):
        from_json(text)


def test_every_field_and_word_is_documented() -> None:
    """The reference page names each field of the file and each word a field can hold."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "findings.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    fields = {field for own in FIELDS.values() for field in own}
    words = {member.value for kind in ENUMS.values() for member in kind}
    assert fields | words <= named
