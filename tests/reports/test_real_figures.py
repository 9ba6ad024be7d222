"""Known figures of two public surveys come out of the raw codes, without any import between."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from instruments.model import Kind, Means, Role
from reports.findings import ALL, Figure, Findings
from tests.reports.counted_cases import WAVE, Row, dataset, found, instrument, question

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TELLBACK_REAL_DATA", ROOT.parent / "shared" / "data"))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the public data sets are not here: set TELLBACK_REAL_DATA"
    ),
]

TEN = range(1, 11)
ACSI = instrument(
    [
        question("SATIS", Role.OVERALL, TEN),
        question("CONFIRM", Role.CONFIRMATION, TEN),
        question("IDEAL", Role.IDEAL, TEN),
        question("OVERALLX", Role.EXPECTATION, TEN, attribute="quality"),
        question("OVERALLQ", Role.EXPERIENCE, TEN, attribute="quality"),
        question("COMP", Role.VOICED, (0, 1), kind=Kind.SINGLE, means={1: Means.COMPANY}),
        question("HANDLE", Role.HANDLING, TEN),
    ],
    ("quality",),
)
SFO = instrument([question("Q7ALL", Role.OVERALL), question("NETPRO", Role.RECOMMEND, range(11))])


def rows(file: str) -> list[dict[str, str]]:
    """A public data set as it is on disk."""
    with (DATA / file).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def coded(row: Mapping[str, str], allowed: Mapping[str, Iterable[int]]) -> Row:
    """The valid codes of a row; blanks and codes of missing answers are left out."""
    given = {name: {str(code): code for code in codes} for name, codes in allowed.items()}
    return {name: codes[row[name]] for name, codes in given.items() if row[name] in codes}


def figure(findings: Findings, segment: str, key: str, of: str = "") -> Figure:
    """A figure that is there."""
    wanted = findings.segment(segment).figure(key, of)
    assert wanted is not None
    return wanted


@pytest.fixture(scope="module")
def acsi() -> Findings:
    """The American Customer Satisfaction Index interviews of 2015, by industry."""
    allowed = {q.id: q.codes for q in ACSI.questions}
    raw = rows("acsi_2015.csv")
    data = [coded(row, allowed) for row in raw]
    return found(dataset(ACSI, data, segments=[row["INDUSTRY"] for row in raw]), wave=WAVE)


@pytest.fixture(scope="module")
def sfo() -> Findings:
    """The San Francisco airport survey of 2017."""
    allowed = {q.id: q.codes for q in SFO.questions}
    raw = rows("sfo_customer_survey_2017.csv")
    data = [coded(row, allowed) for row in raw]
    return found(dataset(SFO, data, segments=[row["STRATA"] for row in raw]))


@pytest.mark.parametrize(
    ("industry", "index", "complained", "asked", "gap"),
    [
        ("1001", 77.2433, 71, 1796, 0.1407),
        ("3003", 68.3379, 183, 1465, -0.0184),
        ("3013", 60.8285, 696, 2230, -0.6922),
        ("5001", 74.7705, 443, 2471, -0.0079),
    ],
)
def test_acsi_by_industry(
    acsi: Findings, industry: str, index: float, complained: int, asked: int, gap: float
) -> None:
    """Equal-weight index, complaints told to the company, gap of complete pairs."""
    assert figure(acsi, industry, "acsi_index").value == pytest.approx(index, abs=5e-5)
    voiced = figure(acsi, industry, "voiced_rate")
    assert (voiced.count, voiced.n) == (complained, asked)
    assert figure(acsi, industry, "gap", "quality").value == pytest.approx(gap, abs=1e-4)


def test_sfo_net_promoter_score(sfo: Findings) -> None:
    """Counts, variance, SE and plain Wald interval as the R package NPS gives them."""
    counts = [figure(sfo, ALL, k).count for k in ("promoters", "passives", "detractors")]
    assert counts == [1436, 968, 342]
    nps = figure(sfo, ALL, "nps")
    assert nps.se == pytest.approx(0.0133413713, abs=1e-9)
    (wald,) = nps.others
    assert (wald.low, wald.high) == pytest.approx((0.372249062, 0.4245462767), abs=1e-9)


def test_sfo_overall_satisfaction(sfo: Findings) -> None:
    """Top-2-box, mean, 0–100 and Wilson interval without blanks and not applicable."""
    top = figure(sfo, ALL, "overall_top2")
    assert (top.count, top.n) == (2206, 2688)
    assert top.interval is not None
    assert 100 * top.interval.low == pytest.approx(80.572792, abs=1e-6)
    assert 100 * top.interval.high == pytest.approx(83.472584, abs=1e-6)
    assert figure(sfo, ALL, "overall_mean").value == pytest.approx(4.0643601, abs=1e-6)
    assert figure(sfo, ALL, "satisfaction_index").value == pytest.approx(76.609003, abs=1e-6)
