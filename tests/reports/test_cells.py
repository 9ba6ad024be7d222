"""Counting by several segment fields crossed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reports.cells import Crossing, cell_of, grouped, label, name_of
from reports.dataset import Dataset, Labels
from reports.tally import Tally, UnknownField, tally_by, tally_stream
from tests.reports.counted_cases import WAVE, monthly, random_dataset

FIELDS = ("tier", "region")


def crossed_answers(size: int = 300) -> Dataset:
    """Random answers of four tiers and two regions, one of which has a comma in its name."""
    rng = np.random.default_rng(5)
    data = random_dataset(monthly(), size, rng, waves=("2026-09", WAVE))
    regions = Labels(("East, North", "West"), rng.integers(0, 2, size).astype(np.int32))
    return replace(data, segments={**data.segments, "region": regions})


def test_cells_add_up_to_the_segments_of_each_field() -> None:
    """Every answer is in one cell; a cell lies in one segment of every field."""
    data = crossed_answers()
    cells = tally_stream(grouped([data], FIELDS), name_of(FIELDS))
    for place, field in enumerate(FIELDS):
        segments = tally_by(data, field)
        for (wave, segment), own in segments.items():
            inside = [
                tally
                for (w, word), tally in cells.items()
                if w == wave and cell_of(word)[place] == segment
            ]
            assert Tally.union(inside) == own


def test_parts_are_counted_as_the_whole() -> None:
    """Cells that only one part knows do not shift those of another."""
    data = crossed_answers()
    parts = [data.at(np.arange(i, data.size, 3)) for i in range(3)]
    name = name_of(FIELDS)
    assert tally_stream(grouped(parts, FIELDS), name) == tally_stream(grouped([data], FIELDS), name)


def test_a_single_field_and_no_answers_stay_as_they_are() -> None:
    """Nothing is crossed that need not be, and nobody is in no cell."""
    data = crossed_answers()
    assert list(grouped([data], "tier")) == [data]
    (nobody,) = grouped([data.at(np.arange(0))], FIELDS)
    assert nobody.segments[name_of(FIELDS)].levels == ()


def test_an_unknown_field_is_named() -> None:
    """The error says which field the answers do not carry."""
    with pytest.raises(UnknownField, match="industry"):
        list(grouped([crossed_answers()], ("tier", "industry")))


def test_names_of_crossings_differ() -> None:
    """Order and grouping are told apart, whatever the fields are called."""
    names = {name_of(fields) for fields in (("a", "b"), ("b", "a"), ("a,b",), "a", "a,b")}
    assert len(names) == 5
    assert all(len(name) <= 64 for name in names)


def test_a_period_holds_the_cells_of_its_waves() -> None:
    """Answers and customers add up; customers not known in each wave are not known."""
    data = crossed_answers()
    cells = tally_stream(grouped([data], FIELDS), name_of(FIELDS))
    east, west = label(("A", "East, North")), label(("A", "West"))
    known = {("2026-09", east): 5, (WAVE, east): 6, (WAVE, west): 7}
    margins = {"region": {(WAVE, "West"): 7}}
    crossing = Crossing(FIELDS, cells, known, margins)
    both = crossing.within(["2026-09", WAVE])
    assert both.times == 2
    assert both.customers == {("A", "East, North"): 11, ("A", "West"): 7}
    assert both.margins == {"region": {}}
    assert sum(tally.responses for tally in both.tallies.values()) == data.size
    assert crossing.within([WAVE]).margins == {"region": {"West": 7}}
