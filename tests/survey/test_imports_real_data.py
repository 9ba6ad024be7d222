"""The two public data sets come in by their shipped mappings, and plain counts agree."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from instruments.reader import load
from reports.dataset import Dataset
from survey.dataset import read_dataset
from survey.fieldwork.surveys import SurveyPlan, open_survey
from survey.imports.responses import import_responses
from survey.store import Store
from tests.outside_files import REAL_DATA, ROOT, needs_real_data
from tests.published_figures import (
    ACSI,
    ACSI_INTERVIEWS,
    GAP_ABS,
    INDEX_ABS,
    PRINTED_ABS,
    SFO_MEAN,
    SFO_PASSENGERS,
    SFO_RECOMMEND,
    SFO_TOP2,
)
from tests.survey.import_cases import NOW

EXAMPLES = ROOT / "docs" / "examples"

pytestmark = needs_real_data


def taken(store: Store, example: str, file: str, *fields: str) -> Dataset:
    """A public data set, imported by the mapping that is shipped for it."""
    instrument = load(EXAMPLES / example / "instrument.yaml")
    plan = SurveyPlan(example, "Public data", segment_fields=fields)
    open_survey(store, plan, instrument, now=NOW)
    mapping = EXAMPLES / example / "mapping.yaml"
    result = import_responses(store, example, REAL_DATA / file, mapping, now=NOW)
    data = read_dataset(store, example, instrument)
    assert result.rows == data.size
    return data


def rows_with(data: Dataset, field: str, value: str) -> NDArray[np.bool_]:
    """Which respondents carry a segment's value, shape (n,)."""
    labels = data.segments[field]
    return np.equal(labels.codes, labels.levels.index(value))


def test_acsi_2015(sqlite_store: Store) -> None:
    """8,239 interviews in one wave; complaints and index of each industry as published."""
    data = taken(sqlite_store, "acsi_2015", "acsi_2015.csv", "industry")
    assert (data.size, data.wave.levels) == (ACSI_INTERVIEWS, ("2015-06",))
    assert data.segments["industry"].levels == tuple(one.code for one in ACSI)
    complaints, indices = [], []
    for industry in data.segments["industry"].levels:
        here = rows_with(data, "industry", industry)
        voiced = data.columns["voiced"][here]
        complaints.append((int((voiced == 1).sum()), int((voiced > 0).sum())))
        means = []
        for item in ("overall", "confirmation", "ideal"):
            codes = data.columns[item][here]
            means.append(codes[codes > 0].mean())
        indices.append((np.mean(means) - 1) / 9 * 100)
    assert complaints == [(one.complained, one.asked) for one in ACSI]
    assert indices == pytest.approx([one.index for one in ACSI], abs=INDEX_ABS)


def test_acsi_gaps_of_complete_pairs(sqlite_store: Store) -> None:
    """Experience less expectation of overall quality, of those who gave both."""
    data = taken(sqlite_store, "acsi_2015", "acsi_2015.csv", "industry")
    expected = data.columns["service_expected_quality"]
    experienced = data.columns["service_experienced_quality"]
    gaps = []
    for industry in data.segments["industry"].levels:
        both = rows_with(data, "industry", industry) & (expected > 0) & (experienced > 0)
        gaps.append((experienced[both].astype(int) - expected[both]).mean())
    assert gaps == pytest.approx([one.gap for one in ACSI], abs=GAP_ABS)


def test_codes_outside_the_scale_never_enter(sqlite_store: Store) -> None:
    """98, 99 and the special codes of price tolerance are missing, not large numbers."""
    data = taken(sqlite_store, "acsi_2015", "acsi_2015.csv", "industry")
    assert int(data.columns["price_tolerance"].max()) == 25
    assert {int(data.columns[item].max()) for item in ("overall", "ideal", "buy_again")} == {10}
    assert int(data.columns["age"].max()) < 98


def test_sfo_2017(sqlite_store: Store) -> None:
    """2,831 passengers; promoters, passives, detractors and the overall rating as published."""
    file = "sfo_customer_survey_2017.csv"
    data = taken(sqlite_store, "sfo_2017", file, "area", "stratum")
    assert (data.size, data.wave.levels) == (SFO_PASSENGERS, ("2017-05",))
    assert data.segments["area"].levels == tuple("ABCDEFG")
    recommend = data.columns["recommend"]
    counts = [
        int(((recommend >= low) & (recommend <= high)).sum())
        for low, high in ((9, 10), (7, 8), (0, 6))
    ]
    assert counts == SFO_RECOMMEND
    overall = data.columns["overall"]
    rated = overall[overall > 0].astype(int)
    assert (int((rated >= 4).sum()), rated.size) == SFO_TOP2
    assert rated.mean() == pytest.approx(SFO_MEAN, abs=PRINTED_ABS)
    assert int(data.columns["airport_parking"].max()) == 5
