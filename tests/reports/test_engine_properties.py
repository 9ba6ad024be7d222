"""What must hold of the engine as a whole: more of the same says the same, only surer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Better, Instrument, Kind, Role
from reports.build import build_findings
from reports.dataset import Dataset
from reports.findings import ALL, Figure, Findings, Reason, Unit
from reports.tally import Tally, tally_by
from tests.reports.counted_cases import PROVENANCE, WAVE, monthly, random_dataset

ASKED = monthly(("quality", "price"), places=2)
BEFORE = "2026-09"
SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=4, deadline=None)
EVEN = (0.25, 0.25, 0.25, 0.25)
SEGMENTS = ("A", "B", "C", "D")

BY_NUMBER = ("acsi_weight", "acsi_index_estimated", "kendall_p", "drivers_r2")
"""Made another way as soon as there are answers enough: not the same figure of more answers."""

FEWEST = "acsi_index"
"""Its n is the fewest answers of three questions, its spread that of all."""

TURNED = (
    *(Role.OVERALL, Role.CONFIRMATION, Role.IDEAL, Role.EXPERIENCE, Role.EXPECTATION),
    *(Role.HANDLING, Role.BUY_AGAIN, Role.FAVOURABILITY, Role.BUY_MORE),
)
ON_ITS_OWN_SCALE = ("overall_mean", "attribute_mean", "expectation_mean", "handling_mean")
"""Figures in points of the question's own scale, which turns round with it."""

Waves = Mapping[tuple[str, str], Tally]
Known = Mapping[tuple[str, str], int]


def worked_out(tallies: Waves, asked: Instrument = ASKED, customers: int = 0) -> Findings:
    """The findings of the last wave; ``customers``: so many in each segment, if known."""
    known = {(wave, s): customers for wave in (BEFORE, WAVE) for s in SEGMENTS if customers}
    return build_findings(
        asked,
        tallies,
        survey="case",
        wave=WAVE,
        by="tier",
        populations=known,
        provenance=PROVENANCE,
    )


def answers(seed: int, size: int = 500) -> Dataset:
    """Two waves of random answers of four even segments."""
    rng = np.random.default_rng(seed)
    return random_dataset(ASKED, size, rng, shares=EVEN, waves=(BEFORE, WAVE))


def once_and_twice(seed: int, customers: int) -> Iterator[tuple[Figure, Figure, int]]:
    """Figures with a value of some answers, and of everybody twice; the fewest behind them.

    0 is the fewest where a segment has no spread of its own and is lent that of the others.
    """
    once = tally_by(answers(seed), "tier")
    twice = {group: tally + tally for group, tally in once.items()}
    first, second = (worked_out(tallies, customers=customers) for tallies in (once, twice))
    for segment in first.segments:
        for figure in segment.figures:
            again = second.segment(segment.segment).figure(figure.key, figure.of)
            assert again is not None
            if figure.key in BY_NUMBER or figure.value is None:
                continue
            yield figure, again, _fewest(first, figure)


def _fewest(findings: Findings, figure: Figure) -> int:
    """The smallest number of answers that the error of a figure is made from."""
    if not figure.weighted:
        return figure.n
    parts = [found for found in findings.segments if found.segment != ALL]
    own = [part.figure(figure.key, figure.of) for part in parts]
    if not all(figure is not None and figure.se for figure in own):
        return 0
    return min(figure.n, *(part.responses for part in parts))


@FEW
@given(SEEDS, st.sampled_from([0, 50_000]))
def test_everybody_twice_says_the_same(seed: int, customers: int) -> None:
    """All values stay; twice the answers are twice the base and twice the count."""
    for figure, again, _few in once_and_twice(seed, customers):
        assert again.value == pytest.approx(figure.value, abs=1e-12), figure.key
        if figure.unit in (Unit.SHARE, Unit.NET, Unit.POINTS, Unit.INDEX):
            assert again.n == 2 * figure.n, figure.key
        if figure.count is not None and again.count is not None:
            assert again.count == 2 * figure.count


@FEW
@given(SEEDS, st.sampled_from([0, 50_000]))
def test_everybody_twice_is_surer(seed: int, customers: int) -> None:
    """Standard errors shrink by √2, or √((2n - 1)/(n - 1)) where a variance divides by n - 1."""
    for figure, again, few in once_and_twice(seed, customers):
        if not figure.se or not again.se or few < 2:
            continue
        ratio = figure.se / again.se
        least, most = math.sqrt(2), math.sqrt((2 * few - 1) / (few - 1))
        spare = 1e-3 if figure.key == FEWEST else 1e-9
        assert least - spare <= ratio <= most + spare, (figure.key, figure.of)


@FEW
@given(SEEDS, st.sampled_from([0, 50_000]))
def test_everybody_twice_widens_no_interval(seed: int, customers: int) -> None:
    """Neither the interval of a figure nor any other beside it, whatever its method."""
    for figure, again, _few in once_and_twice(seed, customers):
        pairs = [(figure.interval, again.interval), *zip(figure.others, again.others, strict=False)]
        for narrow, wide in pairs:
            if narrow is not None and wide is not None and narrow.method == wide.method:
                width = narrow.high - narrow.low
                assert wide.high - wide.low <= width + 1e-12, (figure.key, figure.of)


def turned(data: Dataset) -> Dataset:
    """The same opinions on scales whose lowest code is the best."""
    questions = tuple(
        replace(q, better=Better.LOW) if q.role in TURNED and q.kind is Kind.SCALE else q
        for q in data.instrument.questions
    )
    columns = dict(data.columns)
    for q in questions:
        if q.better is Better.LOW:
            codes = data.columns[q.id]
            columns[q.id] = np.where(codes < 0, codes, min(q.codes) + max(q.codes) - codes).astype(
                np.int8
            )
    asked = replace(data.instrument, questions=questions)
    return Dataset(asked, data.size, data.wave, data.segments, columns)


@FEW
@given(SEEDS)
def test_a_scale_turned_round_says_the_same(seed: int) -> None:
    """Code → lowest + highest - code, low being good: the same index, boxes, gaps, changes.

    Only what is printed in points of the scale itself turns with it, and the shares of codes.
    """
    data = answers(seed)
    other = turned(data)
    first = worked_out(tally_by(data, "tier"))
    second = worked_out(tally_by(other, "tier"), other.instrument)
    for segment in first.segments:
        around = second.segment(segment.segment)
        for figure in segment.figures:
            again = around.figure(figure.key, figure.of)
            assert again is not None
            if figure.key in ON_ITS_OWN_SCALE and figure.value is not None:
                assert again.value == pytest.approx(sum(figure.scale) - figure.value)
                assert (figure.better, again.better) == (Better.HIGH, Better.LOW)
            elif figure.key != "answer_share":
                assert again.value == pytest.approx(figure.value, abs=1e-12), figure.key
                assert (again.reason, again.better) == (figure.reason, figure.better)
        assert len(segment.changes) == len(around.changes)
        for change, back in zip(segment.changes, around.changes, strict=True):
            assert change.p == pytest.approx(back.p, abs=1e-12)
            assert change.significant == back.significant


@settings(max_examples=12, deadline=None)
@given(
    seed=SEEDS,
    size=st.integers(0, 300),
    blank=st.sampled_from([0.0, 0.3, 0.9]),
    customers=st.sampled_from([0, 300, 50_000]),
)
def test_figures_and_intervals_stay_on_their_scale(
    seed: int, size: int, blank: float, customers: int
) -> None:
    """Value, interval and certain ends between the ends that the figure itself names.

    Net scores lie between -1 and 1, and the value of a share or mean in its interval.
    """
    rng = np.random.default_rng(seed)
    data = random_dataset(ASKED, size, rng, shares=EVEN, waves=(BEFORE, WAVE), blank=blank)
    for segment in worked_out(tally_by(data, "tier"), customers=customers).segments:
        for figure in segment.figures:
            if figure.value is None or not figure.scale:
                continue
            low = figure.scale[0]
            high = figure.scale[1] if len(figure.scale) > 1 else math.inf
            if figure.unit is Unit.NET:
                assert (low, high) == (-1.0, 1.0)
            spare = 1e-9
            assert low - spare <= figure.value <= high + spare, figure.key
            for interval in (figure.interval, figure.certain, *figure.others):
                if interval is not None:
                    assert low - spare <= interval.low <= interval.high <= high + spare
            for interval in (figure.interval, figure.certain):
                if interval is not None:
                    assert interval.low - spare <= figure.value <= interval.high + spare, figure


def test_an_interval_lies_within_what_is_certain() -> None:
    """Of segments with known customers: no interval reaches where no answer could take it."""
    findings = worked_out(tally_by(answers(3), "tier"), customers=90)
    described = [f for s in findings.segments for f in s.figures if f.certain and f.interval]
    assert described
    for figure in described:
        assert figure.certain is not None
        assert figure.interval is not None
        assert figure.certain.low - 1e-12 <= figure.interval.low
        assert figure.interval.high <= figure.certain.high + 1e-12


def test_what_was_left_out_of_doubling_is_there() -> None:
    """The figures that are made another way with more answers say so by their reasons."""
    once = tally_by(answers(1, 240), "tier")
    reasons = {f.reason for s in worked_out(once).segments for f in s.figures}
    assert Reason.TOO_FEW_ANSWERS in reasons
