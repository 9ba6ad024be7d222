"""Nobody answered, one did, all said the same, 500 segments: figures or reasons, on file and paper.

Each case goes the whole way: counted, worked out, written as JSON, read back, printed in both
languages. Nothing may break, and no figure may be NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from instruments.model import Instrument, Kind, Role
from reports.dataset import Dataset, Missing
from reports.findings import ALL, Figure, Findings, Reason
from reports.findings_json import from_json, to_json
from reports.fonts import Fonts
from reports.pdf import render
from tests.reports.counted_cases import (
    WAVE,
    YES_NO,
    dataset,
    found,
    instrument,
    monthly,
    question,
    random_dataset,
    select,
)

ATTRIBUTES = ("quality", "price")
ASKED = monthly(ATTRIBUTES, places=2)
BEFORE = "2026-09"
EVEN = (0.25, 0.25, 0.25, 0.25)


def drawn(size: int, seed: int = 3, asked: Instrument = ASKED, **more: Any) -> Dataset:
    """Random answers to the monthly instrument."""
    return random_dataset(asked, size, np.random.default_rng(seed), **more)


def without(data: Dataset, columns: Sequence[str], waves: Sequence[str] = (WAVE,)) -> Dataset:
    """The same answers, but in these waves nobody answered these columns."""
    gone = np.isin(data.wave.codes, [data.wave.levels.index(wave) for wave in waves])
    blank = {
        name: np.where(gone, int(Missing.NO_ANSWER), codes).astype(np.int8)
        if name in columns
        else codes
        for name, codes in data.columns.items()
    }
    return Dataset(data.instrument, data.size, data.wave, data.segments, blank)


def alike(size: int, segments: int) -> Dataset:
    """Everybody gives the answers of the same one respondent."""
    one = drawn(1, blank=0.0, shares=EVEN)
    rows = select(one, np.zeros(size, dtype=np.intp))
    return dataset(
        ASKED,
        [{name: int(codes[0]) for name, codes in one.columns.items()}] * rows.size,
        segments=[f"s{i % segments}" for i in range(size)],
    )


def only(role: Role, **more: Any) -> Dataset:
    """An instrument with one question, and 60 answers to it."""
    asked = instrument([question("only", role, **more)], ["price"])
    return drawn(60, asked=asked, waves=(BEFORE, WAVE), shares=EVEN)


def no_overall() -> Dataset:
    """A survey that asks no overall question."""
    roles = (Role.OVERALL, Role.CONFIRMATION, Role.IDEAL)
    left = [q for q in ASKED.questions if q.role not in roles]
    return drawn(200, asked=instrument(left, ATTRIBUTES), waves=(BEFORE, WAVE), shares=EVEN)


POPULATIONS: tuple[dict[tuple[str, str], int], ...] = (
    {},
    {(WAVE, "A"): 3, (WAVE, "B"): 0},
    {(WAVE, segment): 400 for segment in ("A", "B", "C", "D", "s0", "s1", "s2")},
)
"""Nothing known; fewer than answered, and none at all; enough."""
COLUMNS = tuple(column.name for column in ASKED.columns())
CASES: dict[str, Callable[[], Dataset]] = {
    "nobody": lambda: dataset(ASKED, []),
    "one answer": lambda: drawn(1),
    "one answer, all of it blank": lambda: dataset(ASKED, [{}]),
    "two answers": lambda: drawn(2, blank=0.0),
    "six answers": lambda: drawn(6, blank=0.0, shares=(0.0, 0.0, 0.0, 1.0)),
    "all alike": lambda: alike(60, 3),
    "all alike, one segment": lambda: alike(40, 1),
    "one segment": lambda: drawn(120, shares=(0.0, 1.0, 0.0, 0.0), waves=(BEFORE, WAVE)),
    "a segment without a name": lambda: dataset(ASKED, [{"overall": 9}] * 40, segments=[""] * 40),
    "an attribute nobody answered": lambda: without(
        drawn(300, shares=EVEN, waves=(BEFORE, WAVE)),
        ["p_price", "x_price", "rank.price"],
        (BEFORE, WAVE),
    ),
    "a wave with missing answers only": lambda: without(
        drawn(300, shares=EVEN, waves=(BEFORE, WAVE)), COLUMNS
    ),
    "a wave before with missing answers only": lambda: without(
        drawn(300, shares=EVEN, waves=(BEFORE, WAVE)), COLUMNS, (BEFORE,)
    ),
    "no overall question": no_overall,
    "only overall": lambda: only(Role.OVERALL, codes=range(1, 11)),
    "only recommending": lambda: only(Role.RECOMMEND, codes=range(11)),
    "only an experience": lambda: only(Role.EXPERIENCE, attribute="price"),
    "only an expectation": lambda: only(Role.EXPECTATION, attribute="price"),
    "only a problem": lambda: only(Role.PROBLEM, kind=Kind.SINGLE, means=YES_NO, codes=(1, 2)),
    "only handling": lambda: only(Role.HANDLING),
    "almost nobody answers": lambda: drawn(300, blank=0.98, shares=EVEN, waves=(BEFORE, WAVE)),
    "nothing missing": lambda: drawn(300, blank=0.0, shares=EVEN, waves=(BEFORE, WAVE)),
}


def figures(findings: Findings) -> list[Figure]:
    """Every figure of every segment, those of the trend too."""
    return [
        figure
        for segment in findings.segments
        for figure in (segment.response_rate, *segment.figures, *(p.figure for p in segment.trend))
    ]


def ends(figure: Figure) -> tuple[float, float]:
    """The lowest and highest value a figure can take; of some there is no highest."""
    return figure.scale[0], figure.scale[1] if len(figure.scale) > 1 else math.inf


def sound(findings: Findings) -> None:
    """Each figure is a finite value or a reason, in its range; so is each change."""
    for figure in figures(findings):
        assert (figure.value is None) == (figure.reason is not None)
        assert (figure.interval is None) == (figure.interval_reason is not None)
        numbers = [figure.value, figure.se, *figure.scale, figure.effective_n]
        for interval in (figure.interval, figure.certain, *figure.others):
            if interval is not None:
                numbers += [interval.low, interval.high]
        assert all(math.isfinite(number) for number in numbers if number is not None)
        if figure.value is not None and figure.scale:
            low, high = ends(figure)
            assert low <= figure.value <= high
            for interval in (figure.interval, figure.certain):
                assert interval is None or low <= interval.low <= interval.high <= high
    for segment in findings.segments:
        for change in segment.changes:
            assert change.value is not None or change.reason is not None
            assert not change.significant or change.p_adjusted is not None


@pytest.mark.parametrize("name", CASES)
def test_the_whole_way(name: str, fonts: Fonts) -> None:
    """From answers to JSON and back, and to paper in English and Chinese."""
    data = CASES[name]()
    for populations in POPULATIONS:
        findings = found(data, populations=populations)
        sound(findings)
        text = to_json(findings)
        assert from_json(text) == findings
        assert "NaN" not in text
        assert "Infinity" not in text
    for language in ("en", "zh"):
        for segment in {ALL, findings.segments[-1].segment}:
            assert render(findings, data.instrument, segment, language, fonts).startswith(b"%PDF")


def test_an_attribute_nobody_answered_has_its_reason() -> None:
    """Its mean, gap and importance say that there are no answers; the others have theirs."""
    findings = found(CASES["an attribute nobody answered"]())
    everybody = findings.segment(ALL)
    for key in ("attribute_mean", "gap", "expectation_mean"):
        silent, heard = everybody.figure(key, "price"), everybody.figure(key, "quality")
        assert silent is not None
        assert heard is not None
        assert (silent.value, silent.reason) == (None, Reason.NO_ANSWERS)
        assert heard.value is not None


def test_a_wave_without_a_valid_answer_is_compared_with_nothing() -> None:
    """Every change against it says why there is none, and none is significant."""
    findings = found(CASES["a wave before with missing answers only"]())
    changes = [c for s in findings.segments for c in s.changes if c.against == BEFORE]
    assert changes
    assert all(c.value is None and c.reason is not None and not c.significant for c in changes)


def few_questions() -> Instrument:
    """Overall satisfaction, one attribute, problems."""
    wanted = ("overall", "x_price", "p_price", "problem", "voiced")
    return instrument([q for q in ASKED.questions if q.id in wanted], ["price"])


@pytest.mark.parametrize(
    "asked", [few_questions(), pytest.param(ASKED, marks=pytest.mark.long)], ids=["few", "all"]
)
def test_500_segments(asked: Instrument) -> None:
    """Each has its figures, small ones are hidden, and all comparisons are one family."""
    names = [f"s{i:03d}" for i in range(500)]
    data = drawn(6000, asked=asked, segments=names, shares=[1 / 500] * 500, waves=(BEFORE, WAVE))
    findings = found(data, populations={(WAVE, name): 40 for name in names})
    sound(findings)
    assert len(findings.segments) == 501
    assert "NaN" not in to_json(findings)
    small = [own for own in findings.segments if 0 < own.responses < findings.smallest_base]
    assert small
    assert all(figure.n == 0 for own in small for figure in own.figures)
    sizes = {change.family_size for own in findings.segments for change in own.changes}
    assert len(sizes) == 1
