"""Two public surveys, from their files to findings.json: the published figures come out."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from survey.cli import tellback

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
DATA = Path(os.environ.get("TELLBACK_REAL_DATA", ROOT.parent / "shared" / "data"))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the public data sets are not here: set TELLBACK_REAL_DATA"
    ),
]

Figures = Callable[..., dict[str, Any]]


def measured(
    folder: Path, example: str, file: str, *, segments: tuple[str, ...], wave: str
) -> Figures:
    """Open, import and report (by the first of ``segments``) as a person would.

    Gives a look-up of what findings.json holds.
    """

    def tellback_does(*words: str) -> str:
        result = CliRunner().invoke(tellback, [*words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    data = str(folder / "data")
    questionnaire = str(EXAMPLES / example / "instrument.yaml")
    tellback_does(
        "survey", "open", questionnaire, "--data", data,
        "--id", "real", "--company", "Public data",
        *[word for name in segments for word in ("--segment", name)],
    )  # fmt: skip
    told = tellback_does(
        "import", "responses", str(DATA / file), "--data", data,
        "--survey", "real", "--mapping", str(EXAMPLES / example / "mapping.yaml"),
    )  # fmt: skip
    tellback_does(
        "report", "--data", data, "--survey", "real", "--wave", wave,
        "--by", segments[0], "--language", "en", "--out", str(folder / "out"),
    )  # fmt: skip
    findings = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))
    found_in = {segment["segment"]: segment for segment in findings["segments"]}

    def figure(segment: str, key: str, of: str = "") -> dict[str, Any]:
        (found,) = [f for f in found_in[segment]["figures"] if (f["key"], f["of"]) == (key, of)]
        return dict(found)

    figure.told = told  # type: ignore[attr-defined]
    figure.segments = found_in  # type: ignore[attr-defined]
    return figure


@pytest.fixture(scope="module")
def acsi(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The American Customer Satisfaction Index interviews of 2015, by industry."""
    return measured(
        tmp_path_factory.mktemp("acsi"),
        "acsi_2015",
        "acsi_2015.csv",
        segments=("industry",),
        wave="2015-06",
    )


@pytest.fixture(scope="module")
def sfo(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The San Francisco airport survey of 2017."""
    return measured(
        tmp_path_factory.mktemp("sfo"),
        "sfo_2017",
        "sfo_customer_survey_2017.csv",
        segments=("stratum", "area"),
        wave="2017-05",
    )


INDUSTRIES = ("1001", "3003", "3013", "5001")


def test_acsi_is_taken_in_whole(acsi: Figures) -> None:
    """All 8,239 interviews are there, each in its industry."""
    assert "8,239 answers" in acsi.told  # type: ignore[attr-defined]
    segments = acsi.segments  # type: ignore[attr-defined]
    sizes = {name: segments[name]["responses"] for name in INDUSTRIES}
    assert sizes == {"1001": 1968, "3003": 1479, "3013": 2287, "5001": 2505}
    assert segments["all"]["responses"] == 8239


@pytest.mark.parametrize(
    ("industry", "index", "complained", "asked", "gap"),
    [
        ("1001", 77.2433, 71, 1796, 0.1407),
        ("3003", 68.3379, 183, 1465, -0.0184),
        ("3013", 60.8285, 696, 2230, -0.6922),
        ("5001", 74.7705, 443, 2471, -0.0079),
    ],
)
def test_acsi_figures(
    acsi: Figures, industry: str, index: float, complained: int, asked: int, gap: float
) -> None:
    """Index (equal weights), voiced complaints and the quality gap are the published ones."""
    assert acsi(industry, "acsi_index")["value"] == pytest.approx(index, abs=5e-5)
    voiced = acsi(industry, "voiced_rate")
    assert (voiced["count"], voiced["n"]) == (complained, asked)
    assert acsi(industry, "gap", "quality")["value"] == pytest.approx(gap, abs=1e-4)


def test_sfo_net_promoter_score(sfo: Figures) -> None:
    """NPS, its standard error and the plain Wald interval are those of another program."""
    nps = sfo("all", "nps")
    counts = [sfo("all", key)["count"] for key in ("promoters", "passives", "detractors")]
    assert counts == [1436, 968, 342]
    assert nps["se"] ** 2 * nps["n"] == pytest.approx(0.4887665513, abs=1e-9)
    assert nps["se"] == pytest.approx(0.0133413713, abs=1e-9)
    (wald,) = [i for i in nps["others"] if i["method"] == "wald"]
    assert wald["low"] == pytest.approx(0.372249062, abs=1e-9)
    assert wald["high"] == pytest.approx(0.4245462767, abs=1e-9)


def test_sfo_overall_satisfaction(sfo: Figures) -> None:
    """Top-2-box, mean, index and Wilson interval leave out blank and not applicable."""
    top = sfo("all", "overall_top2")
    assert (top["count"], top["n"]) == (2206, 2688)
    assert sfo("all", "overall_mean")["value"] == pytest.approx(4.0643601, abs=1e-6)
    assert sfo("all", "satisfaction_index")["value"] == pytest.approx(76.609003, abs=1e-6)
    interval = top["interval"]
    assert 100 * interval["low"] == pytest.approx(80.572792, abs=1e-6)
    assert 100 * interval["high"] == pytest.approx(83.472584, abs=1e-6)


def test_every_figure_has_a_value_or_a_reason(acsi: Figures, sfo: Figures) -> None:
    """Nothing in findings.json is missing without a word, and nothing is not a number."""
    for found in (acsi, sfo):
        for segment in found.segments.values():  # type: ignore[attr-defined]
            for figure in segment["figures"]:
                assert (figure["value"] is None) == (figure["reason"] is not None), figure
                assert figure["value"] is None or math.isfinite(figure["value"])
