"""Derived importance, reliability and the weights of the index, from answers taken together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from instruments.model import Better, Instrument, Role
from reports.findings import Note, Reason
from reports.indicators.bases import Base
from reports.settings import Definitions, Settings
from tests.reports.counted_cases import Row, instrument, question
from tests.reports.indicators.indicator_cases import Figures, figures

NAMES = ("quality", "price", "staff")


def rated(*, better: Better = Better.HIGH, count: int = 3) -> Instrument:
    """An instrument that asks the whole, and attributes on a scale of that direction."""
    own = NAMES[:count]
    questions = [question(f"p_{a}", Role.EXPERIENCE, attribute=a, better=better) for a in own]
    return instrument([question("overall", Role.OVERALL), *questions], own)


def rows(size: int, seed: int = 5) -> list[Row]:
    """Customers whose satisfaction rests on quality most, on staff not at all."""
    rng = np.random.default_rng(seed)
    quality, price, staff = (rng.integers(1, 6, size) for _ in NAMES)
    mixed = np.round(0.7 * quality + 0.3 * price + rng.normal(0, 0.5, size))
    whole = np.clip(mixed, 1, 5).astype(int)
    columns = {"overall": whole, "p_quality": quality, "p_price": price, "p_staff": staff}
    return [{name: int(codes[i]) for name, codes in columns.items()} for i in range(size)]


ANSWERS = rows(300)


def values(found: Figures, key: str, of: Sequence[str] = NAMES) -> list[float]:
    """The values of a figure of each attribute, which must be there."""
    figures = [found[key, name].value for name in of]
    return [value for value in figures if value is not None]


def test_parts_of_importance_sum_to_what_is_explained() -> None:
    """Johnson's and Shapley's parts sum to R², not to 1; quality has the largest."""
    found = figures(rated(), ANSWERS)
    r2 = found["drivers_r2", ""]
    assert r2.n == 300
    for key in ("importance_derived", "importance_shapley"):
        parts = values(found, key)
        assert sum(parts) == pytest.approx(r2.value)
        assert parts[0] > parts[1] > parts[2]
        assert found[key, "staff"].interval_reason is Reason.NO_INTERVAL_KNOWN


def test_correlation_is_spearmans_of_those_who_rated_both() -> None:
    """As scipy has it; who left the attribute out is not in its base."""
    asked = [*ANSWERS, {"overall": 5}, {"p_price": 1}]
    found = figures(rated(), asked)["importance_correlation", "price"]
    pairs = [(row["overall"], row["p_price"]) for row in ANSWERS]
    assert found.value == pytest.approx(stats.spearmanr(pairs).statistic)
    assert (found.n, found.base) == (300, Base.RATED_AND_OVERALL)


def test_a_turned_scale_turns_nothing_else() -> None:
    """Where 1 is the best point of the attributes, all derived importance stays as it was."""
    turned = [{k: v if k == "overall" else 6 - v for k, v in row.items()} for row in ANSWERS]
    here, there = figures(rated(), ANSWERS), figures(rated(better=Better.LOW), turned)
    for key in ("importance_correlation", "importance_derived", "importance_shapley"):
        assert values(here, key) == pytest.approx(values(there, key))
    assert here["alpha_raw", "ratings"].value == pytest.approx(there["alpha_raw", "ratings"].value)


def test_few_answers_share_nothing_out() -> None:
    """Below 50 + 8 times the attributes there is a reason; correlations stand all the same."""
    found = figures(rated(), ANSWERS[:73])
    assert found["importance_derived", "price"].reason is Reason.TOO_FEW_ANSWERS
    assert found["importance_shapley", "price"].n == 73
    assert found["importance_correlation", "price"].value is not None


def test_what_is_hardly_explained_is_not_shared_out() -> None:
    """How little is too little is a setting; R² is told in either case."""
    asked = rated()
    noise = [
        {**row, "overall": own["overall"]} for row, own in zip(ANSWERS, rows(300, 9), strict=True)
    ]
    found = figures(asked, noise)
    assert found["importance_derived", "price"].reason is Reason.LITTLE_EXPLAINED
    assert found["drivers_r2", ""].value is not None
    everything = Settings(definitions=Definitions(least_explained=0.0))
    assert figures(asked, noise, everything)["importance_derived", "price"].value is not None


def test_an_attribute_nobody_rated_leaves_nothing_to_share_out() -> None:
    """No complete answers: reasons; the correlations of the others are there."""
    asked = [{k: v for k, v in row.items() if k != "p_staff"} for row in ANSWERS]
    found = figures(rated(), asked)
    assert found["importance_derived", "quality"].reason is Reason.NO_ANSWERS
    assert found["importance_correlation", "quality"].value is not None
    assert found["importance_correlation", "staff"].reason is Reason.NO_ANSWERS


def test_more_attributes_than_shapley_can_do_have_johnsons_parts() -> None:
    """With sixteen attributes one key has values, the other says that they are too many."""
    names = tuple(f"a{i}" for i in range(16))
    asked = instrument(
        [
            question("overall", Role.OVERALL),
            *(question(f"p_{a}", Role.EXPERIENCE, attribute=a) for a in names),
        ],
        names,
    )
    rng = np.random.default_rng(3)
    codes = rng.integers(1, 6, (260, 16))
    answers = [
        {"overall": int(row[0]), **{f"p_{a}": int(c) for a, c in zip(names, row, strict=True)}}
        for row in codes
    ]
    answers = [{**r, "overall": int(np.clip(r["overall"] + d, 1, 5))}
               for r, d in zip(answers, rng.integers(-1, 2, 260), strict=True)]  # fmt: skip
    found = figures(asked, answers)
    assert found["importance_derived", "a3"].value is not None
    assert found["importance_shapley", "a3"].reason is Reason.TOO_MANY_ITEMS


def test_reliability_of_items_that_go_together() -> None:
    """Alpha with its interval, standardised alpha and omega, from complete answers."""
    rng = np.random.default_rng(2)
    one = rng.normal(3, 1, 200)
    answers: list[Row] = [
        {f"p_{a}": int(np.clip(round(x + rng.normal(0, 0.6)), 1, 5)) for a in NAMES} for x in one
    ]
    found = figures(rated(), [*answers, {"p_price": 3}])
    raw = found["alpha_raw", "ratings"]
    assert raw.interval is not None
    assert (raw.n, raw.base, raw.better) == (200, Base.COMPLETE, Better.HIGH)
    assert 0.7 < raw.interval.low < (raw.value or 0) < raw.interval.high < 1
    for key in ("alpha_standardised", "omega"):
        assert found[key, "ratings"].value == pytest.approx(raw.value, abs=0.03)
        assert found[key, "ratings"].interval_reason is Reason.NO_INTERVAL_KNOWN


def test_a_single_item_has_no_reliability() -> None:
    """One attribute cannot agree with itself."""
    found = figures(rated(count=1), [{"p_quality": 3}, {"p_quality": 5}])
    assert found["alpha_raw", "ratings"].reason is Reason.TOO_FEW_ITEMS
    assert ("alpha_raw", "acsi") not in found


THREE = instrument(
    [
        question("sat", Role.OVERALL, range(1, 11)),
        question("conf", Role.CONFIRMATION, range(1, 11)),
        question("ideal", Role.IDEAL, range(1, 11)),
    ]
)


def similar(size: int) -> list[Row]:
    """Answers to three questions that measure one thing."""
    rng = np.random.default_rng(8)
    one = rng.normal(7, 1.5, size)
    spreads = {"sat": 0.5, "conf": 1.0, "ideal": 1.5}
    return [
        {q: int(np.clip(round(x + rng.normal(0, s)), 1, 10)) for q, s in spreads.items()}
        for x in one
    ]


def test_estimated_weights_make_an_index_of_their_own() -> None:
    """Weights sum to 1; the index is the weighted mean of the items' own indices."""
    answers = similar(120)
    found = figures(THREE, answers)
    questions = ("sat", "conf", "ideal")
    weights = values(found, "acsi_weight", questions)
    means = [np.mean([row[q] for row in answers]) for q in questions]
    expected = sum(w * (m - 1) / 9 * 100 for w, m in zip(weights, means, strict=True))
    index = found["acsi_index_estimated", ""]
    assert sum(weights) == pytest.approx(1)
    assert index.value == pytest.approx(expected)
    assert index.value != pytest.approx(found["acsi_index", ""].value, abs=1e-6)
    assert found["acsi_weight", "sat"].notes == ()
    scores = [sum(w * (row[q] - 1) / 9 * 100 for w, q in zip(weights, questions, strict=True))
              for row in answers]  # fmt: skip
    assert index.se == pytest.approx(float(np.std(scores, ddof=1)) / 120**0.5)


def test_refused_weights_are_equal_and_say_so() -> None:
    """Below 50 complete answers: a reason, one third each, and the note."""
    found = figures(THREE, similar(49))
    index = found["acsi_index_estimated", ""]
    assert (index.value, index.reason, index.n) == (None, Reason.TOO_FEW_ANSWERS, 49)
    assert values(found, "acsi_weight", ("sat", "conf", "ideal")) == pytest.approx([1 / 3] * 3)
    assert found["acsi_weight", "conf"].notes == (Note.EQUAL_WEIGHTS,)
    assert found["acsi_index", ""].value is not None
