"""Known figures of two public surveys come out of the raw codes, without any import between."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

import pytest

from instruments.model import Kind, Means, Role
from reports.findings import ALL, Figure, Findings
from tests.outside_files import REAL_DATA, needs_real_data
from tests.published_figures import (
    ACSI,
    GAP_ABS,
    INDEX_ABS,
    PRINTED_ABS,
    R_ABS,
    SFO_INDEX,
    SFO_MEAN,
    SFO_NPS_SE,
    SFO_NPS_WALD,
    SFO_RECOMMEND,
    SFO_TOP2,
    SFO_TOP2_WILSON,
    Industry,
)
from tests.reports.counted_cases import WAVE, Row, dataset, found, instrument, question

pytestmark = needs_real_data

TEN = range(1, 11)
ACSI_ASKED = instrument(
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
SFO_ASKED = instrument(
    [question("Q7ALL", Role.OVERALL), question("NETPRO", Role.RECOMMEND, range(11))]
)


def rows(file: str) -> list[dict[str, str]]:
    """A public data set as it is on disk."""
    with (REAL_DATA / file).open(encoding="utf-8-sig", newline="") as opened:
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
    allowed = {q.id: q.codes for q in ACSI_ASKED.questions}
    raw = rows("acsi_2015.csv")
    data = [coded(row, allowed) for row in raw]
    return found(dataset(ACSI_ASKED, data, segments=[row["INDUSTRY"] for row in raw]), wave=WAVE)


@pytest.fixture(scope="module")
def sfo() -> Findings:
    """The San Francisco airport survey of 2017."""
    allowed = {q.id: q.codes for q in SFO_ASKED.questions}
    raw = rows("sfo_customer_survey_2017.csv")
    data = [coded(row, allowed) for row in raw]
    return found(dataset(SFO_ASKED, data, segments=[row["STRATA"] for row in raw]))


@pytest.mark.parametrize("industry", ACSI, ids=[one.code for one in ACSI])
def test_acsi_by_industry(acsi: Findings, industry: Industry) -> None:
    """Equal-weight index, complaints told to the company, gap of complete pairs."""
    assert figure(acsi, industry.code, "acsi_index").value == pytest.approx(
        industry.index, abs=INDEX_ABS
    )
    voiced = figure(acsi, industry.code, "voiced_rate")
    assert (voiced.count, voiced.n) == (industry.complained, industry.asked)
    assert figure(acsi, industry.code, "gap", "quality").value == pytest.approx(
        industry.gap, abs=GAP_ABS
    )


def test_sfo_net_promoter_score(sfo: Findings) -> None:
    """Counts, variance, SE and plain Wald interval as the R package NPS gives them."""
    counts = [figure(sfo, ALL, k).count for k in ("promoters", "passives", "detractors")]
    assert counts == SFO_RECOMMEND
    nps = figure(sfo, ALL, "nps")
    assert nps.se == pytest.approx(SFO_NPS_SE, abs=R_ABS)
    (wald,) = nps.others
    assert (wald.low, wald.high) == pytest.approx(SFO_NPS_WALD, abs=R_ABS)


def test_sfo_overall_satisfaction(sfo: Findings) -> None:
    """Top-2-box, mean, 0–100 and Wilson interval without blanks and not applicable."""
    top = figure(sfo, ALL, "overall_top2")
    assert (top.count, top.n) == SFO_TOP2
    assert top.interval is not None
    assert 100 * top.interval.low == pytest.approx(SFO_TOP2_WILSON[0], abs=PRINTED_ABS)
    assert 100 * top.interval.high == pytest.approx(SFO_TOP2_WILSON[1], abs=PRINTED_ABS)
    assert figure(sfo, ALL, "overall_mean").value == pytest.approx(SFO_MEAN, abs=PRINTED_ABS)
    assert figure(sfo, ALL, "satisfaction_index").value == pytest.approx(SFO_INDEX, abs=PRINTED_ABS)
