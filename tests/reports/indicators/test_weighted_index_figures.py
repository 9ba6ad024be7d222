"""The importance-weighted index: which columns and weights, and what figure comes of the sums."""

from __future__ import annotations

import numpy as np
import pytest

from instruments.model import Better, Role
from reports.build import build_findings
from reports.findings import Reason, Standing, Unit
from reports.indicators.bases import Base
from reports.indicators.weighted_index import importance_weighted, index_items
from reports.settings import STANDARD
from reports.statistics import composite
from reports.statistics.composite import Item, ScoreSums
from reports.tally import Tally, tally, tally_by
from tests.reports.counted_cases import (
    PROVENANCE,
    Row,
    dataset,
    instrument,
    monthly,
    question,
    ranking,
)

ASKED = instrument(
    [
        ranking(2),
        question("p_a", Role.EXPERIENCE, attribute="a"),
        question("p_b", Role.EXPERIENCE, attribute="b", better=Better.LOW),
    ],
    ("a", "b"),
)
ROWS: list[Row] = [
    {"rank.a": 1, "rank.b": 2, "p_a": 5, "p_b": 1},
    {"rank.a": 1, "rank.b": 2, "p_a": 1, "p_b": 5},
    {"p_a": 3},
]


def test_items_carry_weight_and_direction() -> None:
    """First of two weighs three quarters; a turned scale has its best code at the low end."""
    found = index_items(ASKED, tally(dataset(ASKED, ROWS)))
    assert found is not None
    assert found.columns == ("p_a", "p_b")
    assert found.items == (Item(1, 5, 750_000), Item(5, 1, 250_000))


def test_the_figure_is_the_mean_of_the_respondents_own_indices() -> None:
    """100, 0, and 50 of who rated three quarters of the weight."""
    data = dataset(ASKED, ROWS)
    found = index_items(ASKED, tally(data))
    assert found is not None
    codes = np.stack([data.columns[name] for name in found.columns], axis=1)
    figure = importance_weighted(composite.importance_weighted(codes, found.items), STANDARD)
    assert (figure.key, figure.value, figure.n) == ("importance_weighted_index", 50.0, 3)
    assert (figure.unit, figure.base, figure.scale) == (Unit.INDEX, Base.WEIGHED, (0.0, 100.0))
    assert figure.se == pytest.approx(50 / 3**0.5)


def test_nobody_who_rated_enough_is_a_reason() -> None:
    """A quarter of the weight is too little."""
    sums = composite.importance_weighted(np.array([[-1, 3]]), [Item(1, 5, 3), Item(1, 5, 1)])
    assert importance_weighted(sums, STANDARD).reason is Reason.NO_ANSWERS


def test_no_weights_no_index() -> None:
    """Importance not asked, not answered, or only one attribute rated."""
    assert index_items(monthly(), Tally.empty(monthly())) is None
    unranked = instrument(ASKED.questions[1:], ("a", "b"))
    assert index_items(unranked, tally(dataset(unranked, ROWS))) is None
    single = instrument(ASKED.questions[:2], ("a", "b"))
    assert index_items(single, tally(dataset(single, ROWS))) is None


@pytest.mark.parametrize("empty", ["2026-01", "2026-03"])
def test_a_month_without_answers_stands_in_no_quarters_way(empty: str) -> None:
    """Its customers are known, it has no scores; what another month hides stays hidden."""
    few, many = (month for month in ("2026-01", "2026-02", "2026-03") if month != empty)
    cells = {(few, "A"): 3, (many, "A"): 20} | {(m, s): 40 for m in (few, many) for s in "BC"}
    each: Row = {"rank.a": 1, "rank.b": 2, "p_a": 5, "p_b": 1}
    named = [cell for cell, n in cells.items() for _ in range(n)]
    waves, segments = [wave for wave, _s in named], [segment for _w, segment in named]
    data = dataset(ASKED, [each] * len(named), waves=waves, segments=segments)
    findings = build_findings(
        ASKED,
        tally_by(data, "tier"),
        survey="case",
        wave="2026-Q1",
        by="tier",
        populations={(empty, segment): 90 for segment in "ABC"},
        provenance=PROVENANCE,
        scores={cell: ScoreSums((3, 1), n, n * 10**8, n * 10**16) for cell, n in cells.items()},
    )
    standing = {
        segment: figure.standing
        for segment in "ABC"
        if (figure := findings.segment(segment).figure("importance_weighted_index")) is not None
    }
    assert standing == {
        "A": Standing.HIDDEN,
        "B": Standing.HIDDEN,
        "C": Standing.NORMAL,
    }
