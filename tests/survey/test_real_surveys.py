"""Two public surveys, from their files to findings.json: the published figures come out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from survey.cli import tellback
from tests.outside_files import REAL_DATA, ROOT, needs_real_data
from tests.published_figures import (
    ACSI,
    ACSI_INTERVIEWS,
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

EXAMPLES = ROOT / "docs" / "examples"
pytestmark = needs_real_data

Figures = Callable[..., dict[str, Any]]


def measured(
    folder: Path, fonts: Path, example: str, file: str, *, segments: tuple[str, ...], wave: str
) -> Figures:
    """Open, import and report (by the first of ``segments``) as a person would.

    Gives a look-up of what findings.json holds.
    """

    def tellback_does(*words: str) -> str:
        result = CliRunner().invoke(tellback, [*words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    data = str(folder / "data")
    (folder / "data").mkdir()
    (folder / "data" / "fonts").symlink_to(fonts)
    questionnaire = str(EXAMPLES / example / "instrument.yaml")
    tellback_does(
        "survey", "open", questionnaire, "--data", data,
        "--id", "real", "--company", "Public data",
        *[word for name in segments for word in ("--segment", name)],
    )  # fmt: skip
    told = tellback_does(
        "import", "responses", str(REAL_DATA / file), "--data", data,
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
def acsi(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Figures:
    """The American Customer Satisfaction Index interviews of 2015, by industry."""
    return measured(
        tmp_path_factory.mktemp("acsi"),
        fonts,
        "acsi_2015",
        "acsi_2015.csv",
        segments=("industry",),
        wave="2015-06",
    )


@pytest.fixture(scope="module")
def sfo(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Figures:
    """The San Francisco airport survey of 2017."""
    return measured(
        tmp_path_factory.mktemp("sfo"),
        fonts,
        "sfo_2017",
        "sfo_customer_survey_2017.csv",
        segments=("stratum", "area"),
        wave="2017-05",
    )


def test_acsi_is_taken_in_whole(acsi: Figures) -> None:
    """All 8,239 interviews are there, each in its industry."""
    assert f"{ACSI_INTERVIEWS:,} answers" in acsi.told  # type: ignore[attr-defined]
    segments = acsi.segments  # type: ignore[attr-defined]
    sizes = [segments[one.code]["responses"] for one in ACSI]
    assert sizes == [one.interviews for one in ACSI]
    assert segments["all"]["responses"] == ACSI_INTERVIEWS


@pytest.mark.parametrize("industry", ACSI, ids=[one.code for one in ACSI])
def test_acsi_figures(acsi: Figures, industry: Industry) -> None:
    """Index (equal weights), voiced complaints and the quality gap are the published ones."""
    assert acsi(industry.code, "acsi_index")["value"] == pytest.approx(
        industry.index, abs=INDEX_ABS
    )
    voiced = acsi(industry.code, "voiced_rate")
    assert (voiced["count"], voiced["n"]) == (industry.complained, industry.asked)
    assert acsi(industry.code, "gap", "quality")["value"] == pytest.approx(
        industry.gap, abs=GAP_ABS
    )


def test_sfo_net_promoter_score(sfo: Figures) -> None:
    """NPS, its standard error and the plain Wald interval are those of another program."""
    nps = sfo("all", "nps")
    counts = [sfo("all", key)["count"] for key in ("promoters", "passives", "detractors")]
    assert counts == SFO_RECOMMEND
    assert nps["se"] ** 2 * nps["n"] == pytest.approx(0.4887665513, abs=R_ABS)
    assert nps["se"] == pytest.approx(SFO_NPS_SE, abs=R_ABS)
    (wald,) = [i for i in nps["others"] if i["method"] == "wald"]
    assert (wald["low"], wald["high"]) == pytest.approx(SFO_NPS_WALD, abs=R_ABS)


def test_sfo_overall_satisfaction(sfo: Figures) -> None:
    """Top-2-box, mean, index and Wilson interval leave out blank and not applicable."""
    top = sfo("all", "overall_top2")
    assert (top["count"], top["n"]) == SFO_TOP2
    assert sfo("all", "overall_mean")["value"] == pytest.approx(SFO_MEAN, abs=PRINTED_ABS)
    assert sfo("all", "satisfaction_index")["value"] == pytest.approx(SFO_INDEX, abs=PRINTED_ABS)
    interval = top["interval"]
    assert 100 * interval["low"] == pytest.approx(SFO_TOP2_WILSON[0], abs=PRINTED_ABS)
    assert 100 * interval["high"] == pytest.approx(SFO_TOP2_WILSON[1], abs=PRINTED_ABS)


def test_every_figure_has_a_value_or_a_reason(acsi: Figures, sfo: Figures) -> None:
    """Nothing in findings.json is missing without a word, and nothing is not a number."""
    for found in (acsi, sfo):
        for segment in found.segments.values():  # type: ignore[attr-defined]
            for figure in segment["figures"]:
                assert (figure["value"] is None) == (figure["reason"] is not None), figure
                assert figure["value"] is None or math.isfinite(figure["value"])
