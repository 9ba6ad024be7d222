"""Importance against experience: who is placed where, and who is not placed at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from instruments.model import Better
from reports.findings import Figure, Reason, SegmentFindings, Standing, Unit
from reports.quadrants import Quadrant, lines, place
from tests.reports.pdf_cases import segment
from tests.reports.pdf_figures import figure, share


def placed(*items: tuple[str, float, float, float]) -> SegmentFindings:
    """A segment of attributes given as id, weight, mean and half width of its interval."""
    figures: list[Figure] = []
    for name, weight, mean, half in items:
        figures.append(figure("attribute_mean", mean, Unit.POINTS, of=name, half=half))
        figures.append(figure("importance_weight", weight, Unit.WEIGHT, of=name))
    rate = share("response_rate", 0.3, 100)
    shown = (*figures, *lines(figures))
    return SegmentFindings("all", "", 100, 300, rate, Standing.NORMAL, shown, (), ())


FOUR = (
    ("weak", 0.4, 3.0, 0.1),
    ("strong", 0.4, 5.0, 0.1),
    ("meek", 0.1, 3.0, 0.1),
    ("lavish", 0.1, 5.0, 0.1),
)


def test_lines_go_through_the_means_of_what_is_shown() -> None:
    """Data-centred lines: at mid-scale nearly every attribute would be “keep up”."""
    found = place(placed(*FOUR))
    assert found is not None
    assert found.importance_line == pytest.approx(0.25)
    assert found.experience_line == pytest.approx(4.0)


def test_the_lines_are_figures_with_a_base() -> None:
    """What stands at a line is a finding: its n is the fewest answers of any attribute."""
    found = placed(*FOUR)
    few = [replace(f, n=7) if f.of == "meek" else f for f in found.figures]
    experience, importance = lines(few)
    assert (experience.key, experience.unit, experience.n) == ("experience_line", Unit.POINTS, 7)
    assert (importance.key, importance.unit, importance.n) == ("importance_line", Unit.WEIGHT, 7)
    assert experience.interval_reason is importance.interval_reason is Reason.NOT_AN_ESTIMATE


@pytest.mark.parametrize(
    "other", [{"scale": (1.0, 10.0)}, {"scale": (1.0, 5.0), "better": Better.LOW}]
)
def test_different_scales_have_no_average(other: dict[str, Any]) -> None:
    """Marks of 1 to 5 and of 1 to 10, or with the other end good, are not averaged."""
    shown = [replace(f, scale=(1.0, 5.0)) for f in placed(*FOUR).figures if f.key[-4:] == "mean"]
    assert [line.key for line in lines(shown)] == ["experience_line"]
    assert lines([replace(shown[0], **other), *shown[1:]]) == ()


def test_hidden_attributes_move_no_line() -> None:
    """A line through a hidden mean would give it away to who knows the others."""
    hidden = Figure("attribute_mean", "secret", Unit.POINTS, "rated", 0, None, Reason.NO_ANSWERS)
    assert lines([*placed(*FOUR).figures, hidden])[0].value == pytest.approx(4.0)


def test_each_corner_has_its_name() -> None:
    """High importance and low experience is where to act first, and so on round the chart."""
    found = place(placed(*FOUR))
    assert found is not None
    assert {item.attribute: item.quadrant for item in found.items} == {
        "weak": Quadrant.ACT_FIRST,
        "strong": Quadrant.KEEP_UP,
        "meek": Quadrant.LOW_PRIORITY,
        "lavish": Quadrant.POSSIBLY_TOO_MUCH,
    }


def test_an_interval_across_the_line_is_unclear() -> None:
    """Whether it lies above or below average is not known, so no quadrant is claimed."""
    found = place(placed(*FOUR, ("vague", 0.2, 4.1, 0.3)))
    assert found is not None
    (vague,) = found.in_quadrant(Quadrant.UNCLEAR)
    assert (vague.attribute, vague.clear) == ("vague", False)


def test_no_interval_is_unclear() -> None:
    """A mean of one answer says nothing about the average."""
    found = place(placed(*FOUR, ("single", 0.4, 1.0, 0.0)))
    assert found is not None
    assert [i.attribute for i in found.in_quadrant(Quadrant.UNCLEAR)] == ["single"]


def test_a_weight_on_the_line_counts_as_important() -> None:
    """A point on the line belongs to the side of higher priority, always."""
    even = tuple((name, 0.25, mean, half) for name, _weight, mean, half in FOUR)
    found = place(placed(*even))
    assert found is not None
    assert {i.attribute for i in found.in_quadrant(Quadrant.ACT_FIRST)} == {"weak", "meek"}


def test_the_most_important_comes_first() -> None:
    """Sentences name attributes by importance, ties by id, never by chance."""
    found = place(placed(("b", 0.3, 1.0, 0.1), ("a", 0.3, 1.0, 0.1), ("c", 0.35, 1.0, 0.1), *FOUR))
    assert found is not None
    assert [i.attribute for i in found.in_quadrant(Quadrant.ACT_FIRST)] == ["c", "a", "b"]


def test_fewer_than_three_cannot_be_compared() -> None:
    """Two points make no average worth a line; no ranking makes no chart."""
    assert place(placed(*FOUR[:2])) is None
    assert place(segment("x", "X", 3)) is None
