"""What must hold for any answers: the same in any order and any parts, and never absurd."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.build import build_findings
from reports.findings import Figure, Findings, Unit
from reports.tally import tally_by
from tests.reports.counted_cases import (
    PROVENANCE,
    WAVE,
    found,
    monthly,
    random_dataset,
    select,
)

FEWEST = (
    "acsi_index",
    "acsi_index_estimated",
    "experience_line",
    "importance_line",
    "people_told",
    "priority_stated",
    "priority_derived",
)
"""Their base is the fewest answers of several questions."""

ASKED = monthly()
WAVES = ("2026-09", WAVE)
SEEDS = st.integers(0, 2**32 - 1)
RANGES = {
    Unit.INDEX: (0.0, 100.0),
    Unit.SHARE: (0.0, 1.0),
    Unit.NET: (-1.0, 1.0),
    Unit.WEIGHT: (0.0, 1.0),
    Unit.POINTS: (-4.0, 25.0),
    Unit.COUNT: (1.0, 4.0),
    Unit.TIMES: (1.0, math.inf),
}
"""Of counts there are only places here: how many customers there are is not known."""

SIGNED = ("lost_to_problems",)
"""A share that may be below 0: what is gained."""

UNBOUND = ("alpha_raw", "alpha_standardised")
"""At most 1; may be as far below 0 as they like."""


def figures(findings: Findings) -> list[Figure]:
    """Every figure of every segment, the trend's too."""
    return [
        figure
        for segment in findings.segments
        for figure in (
            segment.response_rate,
            *segment.figures,
            *(point.figure for point in segment.trend),
        )
    ]


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_a_thousand_answers_whole_halved_or_shuffled(seed: int) -> None:
    """At once, in two halves or shuffled: identical tallies, identical findings."""
    rng = np.random.default_rng(seed)
    whole = random_dataset(ASKED, 1000, rng, waves=WAVES)
    order = rng.permutation(1000)
    at_once = tally_by(whole, "tier")
    assert tally_by(select(whole, order), "tier") == at_once
    first, second = (tally_by(select(whole, half), "tier") for half in (order[:500], order[500:]))
    merged = dict(first)
    for group, tally in second.items():
        merged[group] = merged[group] + tally if group in merged else tally
    assert merged == at_once
    findings = [
        build_findings(
            ASKED, t, survey="s", wave=WAVE, by="tier", populations={}, provenance=PROVENANCE
        )
        for t in (at_once, merged)
    ]
    assert findings[0] == findings[1]


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, size=st.integers(0, 250), blank=st.sampled_from([0.0, 0.2, 0.9, 1.0]))
def test_figures_are_numbers_in_range_or_reasons(seed: int, size: int, blank: float) -> None:
    """A value or a reason; in the range of its unit; inside its interval; never NaN."""
    data = random_dataset(ASKED, size, np.random.default_rng(seed), waves=WAVES, blank=blank)
    for figure in figures(found(data)):
        assert (figure.value is None) == (figure.reason is not None)
        assert (figure.interval is None) == (figure.interval_reason is not None)
        if figure.value is None:
            continue
        low, high = RANGES.get(figure.unit, (-1.0, 1.0))
        low = -1.0 if figure.key in SIGNED else -math.inf if figure.key in UNBOUND else low
        assert low <= figure.value <= high
        assert figure.n > 0
        if figure.unit is Unit.SHARE and figure.key not in SIGNED:
            assert figure.count == pytest.approx(figure.value * figure.n)
        for interval in (figure.interval, *figure.others):
            if interval is not None:
                assert low <= interval.low <= figure.value <= interval.high <= high
        assert figure.se is None or math.isfinite(figure.se)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_parts_of_a_whole_sum_to_it(seed: int) -> None:
    """Boxes sum to 1, NPS is promoters less detractors, weights of attributes sum to 1."""
    data = random_dataset(ASKED, 300, np.random.default_rng(seed))
    for segment in found(data).segments:
        value = {(f.key, f.of): f.value for f in segment.figures}
        if value["nps", ""] is not None:
            up, even, down = (value[k, ""] or 0 for k in ("promoters", "passives", "detractors"))
            assert up + even + down == pytest.approx(1)
            assert value["nps", ""] == pytest.approx(up - down)
        for question in ("overall.", "recommend.", "p_price."):
            boxes = [v for (k, of), v in value.items() if of.startswith(question) and v is not None]
            assert sum(boxes) == pytest.approx(1) or not boxes
        weights = [v for (k, _of), v in value.items() if k == "importance_weight" and v is not None]
        assert sum(weights) == pytest.approx(1) or not weights


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_segments_add_up_to_all(seed: int) -> None:
    """Responses, bases and counts of the whole are the sums of its segments.

    The base of the ACSI-type index, and of a line, is the fewest answers of several: no sum.
    """
    data = random_dataset(ASKED, 400, np.random.default_rng(seed), shares=(0.25,) * 4)
    whole, *parts = found(data).segments
    assert whole.responses == sum(part.responses for part in parts)
    for figure in (f for f in whole.figures if f.key not in FEWEST):
        own = [part.figure(figure.key, figure.of) for part in parts]
        if figure.value is not None and all(f is not None and f.value is not None for f in own):
            assert figure.n == sum(f.n for f in own if f is not None)
            if figure.count is not None:
                assert figure.count == sum(f.count or 0 for f in own if f is not None)


def test_answers_all_alike_have_values_and_no_false_certainty() -> None:
    """Everybody gives the same answer: means without interval, shares (and 1/shares) with one."""
    data = random_dataset(ASKED, 1, np.random.default_rng(1), shares=(1, 0, 0, 0), blank=0)
    alike = select(data, np.zeros(60, dtype=np.intp))
    for figure in figures(found(alike)):
        shared = figure.unit in (Unit.SHARE, Unit.TIMES) and figure.key not in SIGNED
        if figure.value is not None and shared:
            assert figure.interval is not None
            assert figure.interval.high > figure.interval.low
        elif figure.value is not None and figure.unit is not Unit.NET:
            assert figure.interval is None
            assert figure.interval_reason is not None
