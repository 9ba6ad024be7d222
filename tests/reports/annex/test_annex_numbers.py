"""Every number of the annex is one of findings.json, and every figure of findings.json is there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest

from instruments.model import Instrument
from reports.annex import annex
from reports.findings import (
    ALL,
    Change,
    Figure,
    Findings,
    Interval,
    Note,
    Reason,
    SegmentFindings,
    Standing,
    Unit,
)
from reports.indicators.bases import Base
from reports.settings import Definitions, Lost
from tests.reports import counted_cases, pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports.annex.annex_reading import Row, days, numbers, numbers_of, rows

Case = tuple[Findings, Instrument]


def _sample() -> Case:
    return cases.make_findings(), pdf_asked.make_instrument()


def _counted() -> Case:
    """All that can be counted of 400 answers, by the engine itself."""
    asked = counted_cases.monthly()
    data = counted_cases.random_dataset(asked, 400, np.random.default_rng(4))
    return counted_cases.found(data), asked


def _hidden() -> Case:
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    return cases.make_findings(segments=segments), pdf_asked.make_instrument()


def _first_month() -> Case:
    return cases.make_findings(waves=1), pdf_asked.make_instrument()


def _nothing_answered() -> Case:
    return pdf_states.emptied(cases.make_findings()), pdf_asked.make_instrument()


def _thirty_attributes() -> Case:
    named = {f"a{i}": (f"Attribute {i}", f"要素{i}") for i in range(30)}
    return cases.make_findings(ids=named), pdf_asked.make_instrument(named)


def _census() -> Case:
    """Everybody answered, and the company has stated all that it can state."""
    found = cases.make_findings()
    told = Definitions(customer_value=1234.5, lost=Lost(0.31, 0.07, 0.19, 0.43))

    def whole(figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        exact = Interval(figure.value, figure.value, "census", 1.0)
        return dataclasses.replace(figure, interval=exact, certain=exact, notes=(Note.CENSUS,))

    segments = tuple(
        dataclasses.replace(s, figures=tuple(map(whole, s.figures))) for s in found.segments
    )
    return dataclasses.replace(
        found, segments=segments, definitions=told
    ), pdf_asked.make_instrument()


CASES: Mapping[str, Callable[[], Case]] = {
    "sample": _sample,
    "counted": _counted,
    "hidden": _hidden,
    "first month": _first_month,
    "nothing answered": _nothing_answered,
    "thirty attributes": _thirty_attributes,
    "census": _census,
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Findings, bytes]:
    """Findings in one of their states, and their annex in English."""
    found, instrument = CASES[request.param]()
    return found, annex(found, instrument, "en")


def test_every_number_is_one_of_findings_json(case: tuple[Findings, bytes]) -> None:
    """All of them, at full precision: nothing is computed on the way to the annex."""
    found, data = case
    known = numbers_of(found)
    assert [place for *place, value in numbers(data) if value not in known] == []
    assert days(data) == [found.provenance.last_day]


def test_every_figure_is_in_the_annex(case: tuple[Findings, bytes]) -> None:
    """Row by row: value, base, interval and all that findings.json knows of it, or the reason."""
    found, data = case
    expected = [_as_row(s, f) for s in found.segments for f in _figures(s)]
    assert [{name: row[name] for name in expected[0]} for row in rows(data, "Figures")] == expected


def _figures(segment: SegmentFindings) -> Iterator[Figure]:
    """The response rate of a hidden segment would tell how many answered."""
    if segment.standing is not Standing.HIDDEN:
        yield segment.response_rate
    else:
        why = Reason.BELOW_SMALLEST_BASE
        yield Figure("response_rate", "", Unit.SHARE, Base.CUSTOMERS, 0, None, why)
    yield from segment.figures


def _as_row(segment: SegmentFindings, figure: Figure) -> Row:
    low, high, confidence = _ends(figure.interval)
    unseen = figure.n == 0 and figure.value is None and figure.reason is not Reason.NO_ANSWERS
    return {
        "Segment (id)": segment.segment,
        "Figure (key)": figure.key,
        "About (of)": figure.of or None,
        "Value": figure.value,
        "n": None if unseen else figure.n,
        "Numerator": figure.count,
        "Population": figure.population,
        "Interval, low": low,
        "Interval, high": high,
        "Confidence": confidence,
        "Certain, low": _ends(figure.certain)[0],
        "Certain, high": _ends(figure.certain)[1],
        "Standard error": figure.se,
        "Effective n": figure.effective_n,
    }


def _ends(interval: Interval | None) -> tuple[float | None, float | None, float | None]:
    return (interval.low, interval.high, interval.confidence) if interval else (None, None, None)


def test_a_missing_value_has_its_reason_and_is_no_zero(case: tuple[Findings, bytes]) -> None:
    """Who filters for zeros finds none that are not measured."""
    for row in rows(case[1], "Figures"):
        assert (row["Value"] is None) is (row["Why there is no value"] is not None), row


def test_every_comparison_is_in_the_annex(case: tuple[Findings, bytes]) -> None:
    """With its interval, its p-values and what would have been noticed."""
    found, data = case
    changes = [(s, c) for s in found.segments for c in s.changes]
    shown = rows(data, "Changes") if changes else []
    assert len(shown) == len(changes)
    for (segment, change), row in zip(changes, shown, strict=True):
        assert (row["Segment (id)"], row["Figure (key)"]) == (segment.segment, change.key)
        assert (row["About (of)"] or "", row["Against (id)"]) == (change.of, change.against)
        assert row["Difference"] == change.value
        assert (row["Interval, low"], row["Interval, high"]) == _ends(change.interval)[:2]
        assert (row["p"], row["p, corrected"]) == (change.p, change.p_adjusted)
        assert row["p, for exploring"] == change.discovery
        assert row["Smallest change that would be noticed"] == change.detectable
        assert row["Comparisons corrected together"] == change.family_size
        assert row["Significant"] == _verdict(change)


def _verdict(change: Change) -> str:
    if change.charted:
        return "judged by its control chart"
    return "not tested" if change.p_adjusted is None else "yes" if change.significant else "no"


def test_trend_charts_and_signals_are_whole(case: tuple[Findings, bytes]) -> None:
    """Every period of every figure and chart, every signal of a chart and of the report."""
    found, data = case
    trend = [p.figure.value for s in found.segments for p in s.trend]
    assert [row["Value"] for row in rows(data, "Trend")] == trend
    charts = [chart for s in found.segments for chart in s.charts]
    if charts:
        assert [row["Centre"] for row in rows(data, "Control charts")] == [c.centre for c in charts]
    points = [point for chart in charts for point in chart.points]
    if points:
        limits = [(row["Lower limit"], row["Upper limit"]) for row in rows(data, "Chart points")]
        assert limits == [(point.lower, point.upper) for point in points]
    signals = [signal for s in found.segments for signal in s.signals]
    if signals:
        told = [(row["Value"], row["n"]) for row in rows(data, "Things to know")]
        assert told == [(signal.value, signal.n) for signal in signals]


def test_intervals_by_other_methods_have_a_sheet_of_their_own() -> None:
    """They stand beside the figure's own interval, and would be taken for it in one row."""
    found, instrument = _counted()
    others = [o for s in found.segments for f in s.figures for o in f.others]
    shown = rows(annex(found, instrument, "en"), "Other intervals")
    assert others
    assert [row["Interval, low"] for row in shown] == [other.low for other in others]


def test_both_languages_have_the_same_numbers_in_the_same_places() -> None:
    """Who reads Chinese and who reads English can speak of cell K17."""
    found, instrument = _sample()
    english, chinese = (
        [(place, value) for _sheet, place, value in numbers(annex(found, instrument, language))]
        for language in ("en", "zh")
    )
    assert english == chinese


def test_a_hidden_segment_does_not_tell_how_many_answered() -> None:
    """Three answers are on no sheet, though findings.json counts them; Eve learns nothing."""
    found, instrument = _hidden()
    data = annex(found, instrument, "en")
    small = next(row for row in rows(data, "Segments") if row["Segment (id)"] == "A")
    assert (small["Responses"], small["Response rate"], small["Standing"]) == (None, None, "hidden")
    about = [row for row in rows(data, "Figures") if row["Segment (id)"] == "A"]
    assert {(row["Value"], row["n"]) for row in about} == {(None, None)}
    whole = next(row for row in rows(data, "Segments") if row["Segment (id)"] == ALL)
    assert whole["Responses"] == found.segment(ALL).responses


def test_the_rules_of_the_company_are_there() -> None:
    """What it stated itself, and what it left as it is unless set."""
    found, instrument = _census()
    stated = {row["Field of findings.json"]: row["Value"] for row in rows(
        annex(found, instrument, "en"), "Rules"
    )}  # fmt: skip
    assert stated["definitions.customer_value"] == 1234.5
    assert stated["definitions.lost.discontent"] == 0.43
    assert stated["definitions.complaint_to_others"] == "yes"
    assert stated["weighting.effect"] == cases.DESIGN_EFFECT
