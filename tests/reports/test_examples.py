"""Every worked example of the field whose method is ours comes out, at its tolerance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reports.findings import ALL, Figure, Findings
from tests.generated_pages import check_part
from tests.outside_files import REAL_DATA, needs_real_data
from tests.published_figures import (
    ACSI,
    INDEX_ABS,
    PRINTED_ABS,
    SFO_INDEX,
    SFO_MEAN,
    SFO_RECOMMEND,
    SFO_TOP2,
    SFO_TOP2_WILSON,
)
from tests.reference.examples import EXAMPLES, NOT_OURS
from tests.reference.worked import Example, Numbers
from tests.reports.counted_cases import dataset, found
from tests.reports.real_answers import ACSI_ASKED, SFO_ASKED, coded, figure, rows

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "methods" / "checked.md"
OUTSIDE = REAL_DATA.parent / "examples.json"
"""The collected examples with their sources; they stand beside the public data sets."""


@cache
def acsi() -> Findings:
    """The American Customer Satisfaction Index interviews of 2015, by industry."""
    allowed = {q.id: q.codes for q in ACSI_ASKED.questions}
    raw = rows("acsi_2015.csv")
    answers = [coded(row, allowed) for row in raw]
    return found(dataset(ACSI_ASKED, answers, segments=[row["INDUSTRY"] for row in raw]))


@cache
def airport() -> Findings:
    """The San Francisco airport survey of 2017."""
    allowed = {q.id: q.codes for q in SFO_ASKED.questions}
    answers = [coded(row, allowed) for row in rows("sfo_customer_survey_2017.csv")]
    return found(dataset(SFO_ASKED, answers))


def number(value: float | None) -> float:
    """A number that is there."""
    assert value is not None
    return value


def counts(rate: Figure) -> Numbers:
    """How many, of how many."""
    return number(rate.count), rate.n


def indices() -> Numbers:
    """The equal-weight index of four industries."""
    return [number(figure(acsi(), one.code, "acsi_index").value) for one in ACSI]


def complaints() -> Numbers:
    """Complaints to the company, of those asked, in four industries."""
    return [x for one in ACSI for x in counts(figure(acsi(), one.code, "voiced_rate"))]


def recommending() -> Numbers:
    """Promoters, passives, detractors."""
    boxes = ("promoters", "passives", "detractors")
    return [number(figure(airport(), ALL, key).count) for key in boxes]


def satisfied() -> Numbers:
    """Top-2-box, mean on the scale and as index, ends of Wilson's interval in per cent."""
    top = figure(airport(), ALL, "overall_top2")
    means = [figure(airport(), ALL, key).value for key in ("overall_mean", "satisfaction_index")]
    assert top.interval is not None
    ends = 100 * top.interval.low, 100 * top.interval.high
    return *counts(top), *map(number, means), *ends


ON_DATA = (
    Example(
        "SFO2017 NPS counts",
        "build.build_findings",
        "promoters, passives, detractors",
        SFO_RECOMMEND,
        0,
        recommending,
        needs_data=True,
    ),
    Example(
        "ACSI2015 equal-weight index by industry",
        "build.build_findings",
        "acsi_index",
        [one.index for one in ACSI],
        INDEX_ABS,
        indices,
        needs_data=True,
    ),
    Example(
        "ACSI2015 complaint counts k/n",
        "build.build_findings",
        "voiced_rate: count, n",
        [x for one in ACSI for x in (one.complained, one.asked)],
        0,
        complaints,
        needs_data=True,
    ),
    Example(
        "SFO Q7ALL T2B k,n, mean, 0-100, Wilson",
        "build.build_findings",
        "overall_top2, overall_mean, satisfaction_index, interval",
        (*SFO_TOP2, SFO_MEAN, SFO_INDEX, *SFO_TOP2_WILSON),
        PRINTED_ABS,
        satisfied,
        needs_data=True,
    ),
)
OURS = (*EXAMPLES, *ON_DATA)
CASES = [
    pytest.param(one, id=one.id, marks=needs_real_data if one.needs_data else ()) for one in OURS
]


@pytest.mark.parametrize("example", CASES)
def test_the_example_comes_out(example: Example) -> None:
    """Our function gives the numbers of the source, at the tolerance they are known with."""
    ours = [float(value) for value in example.compute()]
    if example.digits is not None:
        ours = [round(value, example.digits) for value in ours]
    assert len(ours) == len(example.expected)
    for value, expected in zip(ours, example.expected, strict=True):
        assert abs(value - expected) <= example.tolerance + 1e-15


def test_no_example_is_there_twice() -> None:
    """An example is reproduced once, or there is one reason why it is not."""
    named = [*(one.id for one in OURS), *NOT_OURS]
    assert len(named) == len(set(named)) == 63


@pytest.mark.skipif(not OUTSIDE.is_file(), reason=f"not run: no collected examples at {OUTSIDE}")
def test_the_list_is_that_of_the_collected_examples() -> None:
    """Every collected example is in our list, no other is, and the numbers are the same."""
    collected: Mapping[str, Mapping[str, Any]] = {
        one["id"]: one for one in json.loads(OUTSIDE.read_text(encoding="utf-8"))["examples"]
    }
    assert {one.id for one in OURS} | set(NOT_OURS) == set(collected)
    for one in OURS:
        theirs = collected[one.id]["expected"]
        places = range(len(theirs)) if one.places is None else one.places
        assert [theirs[place] for place in places] == pytest.approx(list(one.expected), abs=1e-12)
        assert one.tolerance <= collected[one.id]["tol"] + 1e-15


def listed() -> str:
    """The examples as they stand on the page."""
    lines = ["| Example | Function | Figure | Tolerance |", "|---|---|---|---|"]
    for one in OURS:
        note = f", rounded to the {one.digits} decimals printed" if one.digits else ""
        function = ", ".join(f"`{name}`" for name in one.function.split(", "))
        lines.append(f"| {one.id} | {function} | {one.figure} | {one.tolerance:g}{note} |")
    lines += ["", "Not ours:", "", "| Example | Why |", "|---|---|"]
    lines += [f"| {name} | {why} |" for name, why in NOT_OURS.items()]
    return "\n".join(lines)


def test_the_page_lists_the_examples(update_golden: bool) -> None:
    """The page on what was checked names every example as it is tested here."""
    check_part(PAGE, "examples", listed(), update=update_golden)
