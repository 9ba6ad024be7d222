"""The Pareto of problems: parts of all mentions, in order, and hidden with what they arrange."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instruments.model import Kind, Role
from reports.findings import ALL, Figure, Reason, Standing
from reports.indicators.bases import Base
from reports.indicators.forms import share
from reports.indicators.mentions import mentions, pareto
from tests.reports.counted_cases import (
    WAVE,
    Row,
    dataset,
    found,
    instrument,
    monthly,
    question,
)
from tests.reports.indicators.indicator_cases import figures

COUNTS = {"1": 10, "2": 40, "3": 10, "9": 60}


def kinds() -> list[Figure]:
    """Shares of 100 customers with a problem; several kinds each."""
    base = Base.MET_A_PROBLEM
    return [share("problem_kind", c, 100, 0.95, base=base, of=of) for of, c in COUNTS.items()]


def test_parts_add_up_with_other_last() -> None:
    """Largest first, ties as offered, “other” last whatever its size; the parts sum to 1."""
    made = list(pareto(kinds(), other="9"))
    parts = {f.of: f.value for f in made if f.key == "problem_kind_part"}
    running = {f.of: f.value for f in made if f.key == "problem_kind_running"}
    assert list(running) == ["2", "1", "3", "9"]
    assert parts == pytest.approx({"2": 40 / 120, "1": 10 / 120, "3": 10 / 120, "9": 0.5})
    assert list(running.values()) == pytest.approx([40 / 120, 50 / 120, 60 / 120, 1.0])
    assert {f.n for f in made} == {100}
    assert max(value for value in running.values() if value is not None) <= 1


def test_no_mention_has_no_parts() -> None:
    """Nobody named a kind: a reason, and no division by nothing."""
    none = [share("problem_kind", 0, 9, 0.95, base=Base.ASKED, of="1")]
    assert [f.reason for f in pareto(none)] == [Reason.NO_ANSWERS] * 2


def test_hidden_shares_have_hidden_parts() -> None:
    """A part would give away the share that it arranges."""
    hidden = [
        replace(f, value=None, n=0, reason=Reason.PROTECTS_ANOTHER, standing=Standing.HIDDEN)
        for f in kinds()
    ]
    made = list(pareto(hidden))
    assert {f.reason for f in made} == {Reason.PROTECTS_ANOTHER}
    assert {f.standing for f in made} == {Standing.HIDDEN}


def test_parts_follow_the_weighted_shares() -> None:
    """The small customers' kind leads where they are many, however few of them answered."""
    met = {"problem": 1, "voiced.1": 0, "voiced.2": 0, "voiced.3": 1}
    one, two = ({**met, f"kind.{k}": 1, f"kind.{3 - k}": 0, "kind.3": 0} for k in (1, 2))
    data = dataset(monthly(), [one] * 40 + [two] * 10, segments=["A"] * 40 + ["D"] * 10)
    customers = {(WAVE, "A"): 50, (WAVE, "D"): 950, (WAVE, ALL): 1000}
    whole = found(data, populations=customers).segment(ALL)
    assert [f.of for f in whole.about("problem_kind_running")][:2] == ["2", "1"]
    part = whole.figure("problem_kind_part", "2")
    assert part is not None
    assert part.value == pytest.approx(0.95)


def test_the_option_for_the_rest_is_last_whatever_its_place() -> None:
    """It is marked in the questionnaire, and not the last option by chance."""
    kinds = question("kind", Role.PROBLEM_KIND, (1, 2, 3), kind=Kind.MULTIPLE)
    marked = replace(kinds, points=(replace(kinds.points[0], other=True), *kinds.points[1:]))
    rows: list[Row] = [{"kind.1": 1, "kind.2": 0, "kind.3": 1}] * 2
    for asked, order in ((kinds, ["1", "3", "2"]), (marked, ["3", "2", "1"])):
        plain = instrument([asked])
        made = mentions(plain, tuple(figures(plain, rows).values()))
        assert [f.of for f in made if f.key == "problem_kind_running"] == order
