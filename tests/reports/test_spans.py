"""Periods of several waves: what they add up, and what they must not give away."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Role
from reports.build import build_findings
from reports.findings import ALL, Family, Findings, Reason, Standing
from reports.periods import Length, NotAPeriod
from reports.settings import Settings
from reports.spans import past_of, span
from reports.tally import tally_by
from tests.reports.counted_cases import (
    PROVENANCE,
    dataset,
    instrument,
    question,
    random_dataset,
)

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
PERIODS = (*MONTHS, "2026-Q1", "2026-Q2", "2026-H1", "2026")
ASKED = instrument([question("overall", Role.OVERALL)])
MEAN = ("overall_mean", "")

Counts = Mapping[tuple[str, str], int]


def in_2026(lengths: Mapping[str, Length]) -> Mapping[tuple[str, str], Length]:
    """These reporting periods, fixed for the year of all cases."""
    return {("2026", segment): length for segment, length in lengths.items()}


def report(
    answers: Counts,
    wave: str,
    customers: Counts | None = None,
    lengths: Mapping[str, Length] | None = None,
) -> Findings:
    """The findings of a period, from how many answered per wave and segment (half 4, half 5)."""
    rows = [{"overall": 4 + i % 2} for n in answers.values() for i in range(n)]
    cells = [cell for cell, n in answers.items() for _ in range(n)]
    waves, segments = [wave for wave, _s in cells], [s for _w, s in cells]
    data = dataset(ASKED, rows, waves=waves, segments=segments)
    return build_findings(
        ASKED,
        tally_by(data, "tier"),
        survey="case",
        wave=wave,
        by="tier",
        populations=customers or {},
        provenance=PROVENANCE,
        lengths=in_2026(lengths or {}),
    )


def n_of(findings: Findings, segment: str) -> int | None:
    """The base of the mean, None where it is hidden."""
    figure = findings.segment(segment).figure(*MEAN)
    assert figure is not None
    return None if figure.standing is Standing.HIDDEN else figure.n


def test_a_quarter_is_the_sum_of_its_months() -> None:
    """Answers and customers are counted month by month."""
    answers = {(month, "A"): 10 + i for i, month in enumerate(MONTHS)}
    customers = {(month, s): 100 for month in MONTHS for s in ("A", ALL)}
    found = report(answers, "2026-Q1", customers).segment("A")
    assert (found.responses, found.population) == (10 + 11 + 12, 300)
    assert found.customers == 100
    figure = found.figure(*MEAN)
    assert figure is not None
    assert figure.n == 33


def test_its_past_are_quarters() -> None:
    """A quarter is compared with the quarter before, never with a month."""
    answers = {(month, "A"): 40 for month in MONTHS}
    found = report(answers, "2026-Q2").segment("A")
    change = found.change("satisfaction_index")
    assert change is not None
    assert (change.against, change.family) == ("2026-Q1", Family.WAVE_BEFORE)
    assert [point.wave for point in found.past("satisfaction_index")] == ["2026-Q1", "2026-Q2"]


def test_a_wave_may_have_any_name_and_a_period_only_its_own() -> None:
    """A survey without months is looked at wave by wave; a misspelt quarter is refused."""
    assert span("spring", ["spring", "autumn"]).waves == ("spring",)
    with pytest.raises(NotAPeriod):
        span("2026-Q7", ["2026-01"])
    waves = ["autumn", "spring", "winter"]
    found = past_of(span("winter", waves), waves)
    assert [one.name for one in found] == ["autumn", "spring", "winter"]


def test_a_quarter_without_a_month_of_answers_is_empty() -> None:
    """Nothing was asked: reasons, no exception."""
    found = report({("2026-01", "A"): 40}, "2026-Q2")
    assert found.segment(ALL).responses == 0


def test_customers_are_known_where_every_month_knows_them() -> None:
    """A sum over two of three months would be no population of a quarter."""
    answers = {(month, "A"): 10 for month in MONTHS[:3]}
    customers = {("2026-01", "A"): 100, ("2026-02", "A"): 100}
    assert report(answers, "2026-Q1", customers).segment("A").population is None


def test_a_segment_with_a_longer_period_waits_for_it() -> None:
    """Hidden in the months, and what hides behind it too; shown in its quarter."""
    answers = {(m, s): n for m in MONTHS for s, n in (("A", 8), ("B", 30), ("C", 90))}
    lengths = {"A": Length.QUARTER}
    month = report(answers, "2026-03", lengths=lengths)
    figure = month.segment("A").figure(*MEAN)
    assert figure is not None
    assert figure.reason is Reason.LONGER_PERIOD
    assert (n_of(month, "B"), n_of(month, "C"), n_of(month, ALL)) == (None, 90, 128)
    assert n_of(report(answers, "2026-Q1", lengths=lengths), "A") == 24


def test_one_hidden_month_cannot_be_had_from_its_quarter() -> None:
    """Three answers in March: the quarter less January and February would be March."""
    answers = {(m, s): n for m in MONTHS for s, n in (("A", 20), ("B", 30), ("C", 90))}
    answers["2026-03", "A"] = 3
    assert n_of(report(answers, "2026-03"), "A") is None
    for name in ("2026-Q1", "2026-H1", "2026"):
        quarter = report(answers, name)
        assert n_of(quarter, "A") is None
        assert n_of(quarter, "B") is None  # hides A in the sum of all
        assert n_of(quarter, "C") == 90 * len(span(name, MONTHS).waves)


def test_a_quarter_adds_nothing_to_months_that_were_hidden() -> None:
    """Two hidden months of a segment: who knows its quarter and its third month knows their sum."""
    answers = {(m, s): n for m in MONTHS for s, n in (("A", 20), ("B", 30), ("C", 90))}
    answers["2026-02", "A"], answers["2026-03", "A"] = 3, 4
    assert n_of(report(answers, "2026-Q1"), "A") is None
    assert n_of(report(answers, "2026-Q2"), "A") == 60


class Reader:
    """Has every report there is, and draws each conclusion that linear algebra allows."""

    def __init__(self, bases: Counts, reports: Mapping[str, Findings]) -> None:
        self.bases = bases
        self.place = {cell: i for i, cell in enumerate(bases)}
        self.known = [np.zeros(len(bases))]
        for name, findings in reports.items():
            waves = span(name, MONTHS).waves
            for found in findings.segments:
                if n_of(findings, found.segment) is not None:
                    self.known.append(
                        self.row(c for c in bases if c[0] in waves and found.segment in (ALL, c[1]))
                    )

    def row(self, cells: object) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The sum of these cells as a row of the system."""
        row = np.zeros(len(self.place))
        row[[self.place[cell] for cell in cells if self.bases[cell]]] = 1  # type: ignore[attr-defined]
        return row

    def follows(self, *cells: tuple[str, str]) -> bool:
        """Whether the sum of these cells follows from what is known."""
        rank = np.linalg.matrix_rank
        known = np.vstack(self.known)
        return bool(rank(np.vstack([known, self.row(cells)])) == rank(known))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    smallest=st.sampled_from([3, 5]),
    own=st.sampled_from([{}, {"A": Length.QUARTER}, {"A": Length.HALF_YEAR, "B": Length.QUARTER}]),
)
def test_all_reports_of_a_year_give_no_small_group_away(
    seed: int, smallest: int, own: Mapping[str, Length]
) -> None:
    """A panel of 200 in four tiers: months, quarters, half-year and year laid side by side."""
    rng = np.random.default_rng(seed)
    data = random_dataset(ASKED, 200, rng, waves=MONTHS, shares=(0.04, 0.1, 0.26, 0.6), blank=0.1)
    tallies = tally_by(data, "tier")
    rules = Settings(smallest_base=smallest, trend_waves=2)
    reports = {
        name: build_findings(
            ASKED,
            tallies,
            survey="panel",
            wave=name,
            by="tier",
            populations={},
            provenance=PROVENANCE,
            settings=rules,
            lengths=in_2026(own),
        )
        for name in PERIODS
    }
    cells = product(MONTHS, ("A", "B", "C", "D"))
    bases = {
        cell: sum(tallies[cell].answers("overall").values()) if cell in tallies else 0
        for cell in cells
    }
    reader = Reader(bases, reports)
    filled = [cell for cell, n in bases.items() if n]
    for size in (1, 2):
        for group in combinations(filled, size):
            if sum(bases[cell] for cell in group) < smallest:
                assert not reader.follows(*group), group
