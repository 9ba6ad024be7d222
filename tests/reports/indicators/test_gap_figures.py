"""Gaps of dimensions and of the whole, from pairs of answers, with either kind of weight."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import pytest

from instruments.model import Better, Instrument, Role
from reports.findings import Note, Reason
from reports.indicators.bases import Base
from reports.settings import Definitions, Settings
from tests.reports.counted_cases import Row, instrument, question, ranking
from tests.reports.indicators.indicator_cases import figures, one

NAMES = ("a", "b", "c", "d")


def asked(
    dimensions: tuple[str | None, ...], *, better: Better = Better.HIGH, places: int = 4
) -> Instrument:
    """Four attributes of these dimensions, expected, experienced and ranked."""
    questions = [ranking(places)] if places else []
    for role, letter in ((Role.EXPECTATION, "x"), (Role.EXPERIENCE, "p")):
        questions += [question(f"{letter}_{a}", role, attribute=a, better=better) for a in NAMES]
    found = instrument(questions, NAMES)
    pairs = zip(found.attributes, dimensions, strict=True)
    return replace(found, attributes=tuple(replace(a, dimension=d) for a, d in pairs))


RATER = asked(("reliability", "reliability", "empathy", None))


def row(gaps: tuple[int, int, int, int], ranks: tuple[int, int, int, int] | None = None) -> Row:
    """A respondent with these gaps, expecting 3 of everything, and perhaps a ranking."""
    found = {f"x_{a}": 3 for a in NAMES}
    found |= {f"p_{a}": 3 + gap for a, gap in zip(NAMES, gaps, strict=True)}
    if ranks:
        found |= {f"rank.{a}": rank for a, rank in zip(NAMES, ranks, strict=True)}
    return found


ROWS = [row((-1, 0, -2, 0)), row((0, -1, 1, 2)), row((-2, -2, 0, 1))]


def test_a_dimension_is_the_mean_of_its_attributes() -> None:
    """Of each respondent, with the error of paired differences."""
    found = figures(RATER, ROWS)["gap_dimension", "reliability"]
    own = [-0.5, -0.5, -2.0]
    assert found.value == pytest.approx(statistics.fmean(own))
    assert found.se == pytest.approx(statistics.stdev(own) / math.sqrt(3))
    assert found.interval is not None
    assert (found.interval.method, found.base, found.n) == ("paired_t", Base.COMPLETE, 3)


def test_only_complete_answers_count_in_a_dimension() -> None:
    """Who left one of its attributes out is not in the base; other dimensions have theirs."""
    partly = {k: v for k, v in row((-2, -2, 1, 0)).items() if k != "p_b"}
    found = figures(RATER, [*ROWS, partly])
    assert found["gap_dimension", "reliability"].n == 3
    assert found["gap_dimension", "empathy"].n == 4
    assert found["gap_overall", ""].n == 3


def test_the_whole_is_the_mean_over_dimensions() -> None:
    """Each dimension counts the same; the attribute without one does not count."""
    own = [(-0.5 - 2) / 2, (-0.5 + 1) / 2, (-2 + 0) / 2]
    found = one(RATER, ROWS, "gap_overall")
    assert found.value == pytest.approx(statistics.fmean(own))
    assert found.se == pytest.approx(statistics.stdev(own) / math.sqrt(3))


def test_without_dimensions_the_whole_is_the_mean_over_attributes() -> None:
    """Then every attribute stands for itself, and there is no gap of a dimension."""
    found = figures(asked((None,) * 4), ROWS)
    assert found["gap_overall", ""].value == pytest.approx((-3 - 3 - 1 + 3) / 12)
    assert not [key for key in found if key[0] == "gap_dimension"]


def test_weights_are_stated_importance_summed_by_dimension() -> None:
    """A and b weigh 25/48 + 13/48, c 7/48; what has no dimension has no weight."""
    rows = [{**row((0, 0, 0, 0), (1, 2, 3, 4)), **r} for r in ROWS]
    found = one(RATER, rows, "gap_overall_weighted")
    both, single = (25 + 13) / 45, 7 / 45
    own = [-0.5 * both - 2 * single, -0.5 * both + single, -2 * both]
    assert found.value == pytest.approx(statistics.fmean(own))
    assert found.se == pytest.approx(statistics.stdev(own) / math.sqrt(3))


def test_weights_that_nobody_stated_are_a_reason() -> None:
    """Ranked by nobody: no weighted gap, the plain one all the same; not asked: not there."""
    found = figures(RATER, ROWS)
    assert found["gap_overall_weighted", ""].reason is Reason.NO_ANSWERS
    assert found["gap_overall", ""].value is not None
    assert ("gap_overall_weighted", "") not in figures(asked((None,) * 4, places=0), ROWS)


def test_a_shortfall_is_below_zero_on_any_scale() -> None:
    """Where 1 is the best point, an experience of 4 after an expectation of 3 falls short."""
    low = asked(("reliability", "reliability", "empathy", None), better=Better.LOW)
    turned = [{k: 6 - v for k, v in r.items()} for r in ROWS]
    for key in (("gap_dimension", "reliability"), ("gap_overall", "")):
        assert figures(low, turned)[key].value == figures(RATER, ROWS)[key].value


def test_points_of_different_scales_have_no_mean() -> None:
    """One attribute on 1–7: its own gap, and none of several attributes."""
    longer = {"x_a": Role.EXPECTATION, "p_a": Role.EXPERIENCE}
    own = [
        question(q.id, longer[q.id], range(1, 8), attribute="a") if q.id in longer else q
        for q in RATER.questions
    ]
    found = {key for key, _of in figures(replace(RATER, questions=tuple(own)), ROWS)}
    assert "gap" in found
    assert not found & {"gap_dimension", "gap_overall", "gap_overall_weighted"}


@pytest.mark.parametrize(("part", "noted"), [(0.1, False), (0.2, True)])
def test_expectations_near_the_top_are_noted(part: float, *, noted: bool) -> None:
    """Mean expectation 4.5 of 5 is in the best fifth, not in the best tenth."""
    high = [{**r, **{f"x_{a}": 4 + i for a in NAMES}} for i, r in enumerate(ROWS[:2])]
    found = figures(RATER, high, Settings(definitions=Definitions(ceiling=part)))
    for key in (("gap", "a"), ("gap_dimension", "reliability"), ("gap_overall", "")):
        assert (Note.NEAR_THE_TOP in found[key].notes) is noted


def test_the_best_end_of_a_turned_scale_is_its_top() -> None:
    """Everybody expects a 1 where 1 is best: nothing can exceed that."""
    low = asked((None,) * 4, better=Better.LOW)
    found = one(low, [{"x_a": 1, "p_a": 2}, {"x_a": 1, "p_a": 1}], "gap", "a")
    assert found.notes == (Note.NEAR_THE_TOP,)
