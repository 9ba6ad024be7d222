"""PDCA cycles in a report definition: what is taken, and what is wrong with the others."""

from __future__ import annotations

import re

import pytest

from reports.cycles import Cycle, Phase
from reports.definition import example
from reports.definition.cycles import CYCLE, LETTERS_MAX, MOST
from tests.reports.test_definition import made, told

WHOLE = (
    "cycles:\n- {figure: gap, of: delivery, segment: B, measure: {en: Slots, zh: 时段}, "
    "owner: Bob, due: 2026-10-31, phase: do}"
)
LEAST = "{figure: nps, measure: Call back, due: 2026-12-01, phase: plan}"


def test_everything_that_is_said_of_a_cycle_arrives() -> None:
    """Figure, item, segment, measure in both languages, owner, day and phase."""
    cycle = Cycle("gap", "delivery", "B", "Slots", "时段", "Bob", "2026-10-31", Phase.DO)
    assert made(WHOLE).cycles == (cycle,)


def test_what_may_be_left_out_means_all_customers_and_nobody() -> None:
    """Without a segment the figure is that of all customers; an owner need not be named."""
    cycle = Cycle("nps", "", "all", "Call back", "", "", "2026-12-01", Phase.PLAN)
    assert made(f"cycles: [{LEAST}]").cycles == (cycle,)


def test_no_cycles_are_none() -> None:
    """A definition without them makes a report without them."""
    assert made("").cycles == ()


def test_a_measure_is_said_in_the_language_there_is() -> None:
    """One that is written in one language only stands in both reports, rather than nowhere."""
    (one,) = made(f"cycles: [{LEAST}]").cycles
    assert (one.measure("en"), one.measure("zh")) == ("Call back", "Call back")
    (two,) = made(WHOLE).cycles
    assert (two.measure("en"), two.measure("zh")) == ("Slots", "时段")


def test_a_cycle_is_overdue_after_its_day() -> None:
    """On its day it is not."""
    (cycle,) = made(WHOLE).cycles
    assert [cycle.overdue(day) for day in ("2026-10-30", "2026-10-31", "2026-11-01")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("figure: gap", "figure: gapp"),
        ("due: 2026-10-31", "due: 2026-02-30"),
        ("due: 2026-10-31", "due: 20261031"),
        ("due: 2026-10-31", "due: tomorrow"),
        ("phase: do", "phase: doing"),
        ("owner: Bob", "owner: [Bob]"),
        ("owner: Bob", 'owner: " "'),
        ("owner: Bob", 'owner: "two\\nlines"'),
        ("{en: Slots, zh: 时段}", "{fr: Créneaux}"),
        ("{en: Slots, zh: 时段}", "[Slots]"),
        ("{en: Slots, zh: 时段}", f"{{en: {'x' * (LETTERS_MAX + 1)}}}"),
        ("segment: B", "segmnt: B"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(written: str, said: str) -> None:
    """Each fault has a sentence with the line it stands in, and no cycle is half taken."""
    problems = told(WHOLE.replace(written, said))
    assert problems
    assert all(re.match(r"3:\d+: ", problem) for problem in problems)


def test_the_likely_figure_is_named() -> None:
    """A slip in a key is told with the key that was meant."""
    (problem,) = told(WHOLE.replace("figure: gap", "figure: complaint_rat"))
    assert "did you mean complaint_rate?" in problem


@pytest.mark.parametrize("missing", ["figure", "measure", "due", "phase"])
def test_what_must_be_said_is_missed(missing: str) -> None:
    """A cycle without figure, measure, day or phase is none."""
    without = re.sub(rf"{missing}: (\{{[^}}]*\}}|[^,}}]*)(, )?", "", LEAST)
    assert any(f"{missing} is missing" in problem for problem in told(f"cycles: [{without}]"))


def test_more_cycles_than_anybody_follows_are_refused() -> None:
    """A list of thousands is answered in a sentence, not read to its end."""
    assert len(made(f"cycles: [{', '.join([LEAST] * MOST)}]").cycles) == MOST
    (problem,) = told(f"cycles: [{', '.join([LEAST] * (MOST + 1))}]")
    assert f"at most {MOST}" in problem


def test_the_example_shows_a_whole_cycle() -> None:
    """Without its marks the cycle of the example is taken, and names every key."""
    part = example().partition("# cycles:")[2].partition("\n\n")[0]
    lines = ["cycles:", *(line.removeprefix("# ") for line in part.splitlines()[1:])]
    (cycle,) = made("\n".join(lines)).cycles
    assert (cycle.key, cycle.phase) == ("gap", Phase.DO)
    assert all(any(f"{key}: " in line for line in lines) for key in CYCLE)
