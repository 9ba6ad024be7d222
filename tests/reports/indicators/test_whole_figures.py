"""All figures together: which keys there are, and that none is ever not a number."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.model import Better, Instrument, Role
from reports.dataset import Dataset
from reports.findings import Figure, Note, Reason, Unit
from reports.indicators import indicators
from reports.indicators.booked import booked_figures
from reports.indicators.following import following
from reports.indicators.mentions import mentions
from reports.indicators.weighted_index import KEY
from reports.settings import Definitions, Lost, Settings
from reports.tally import Tally, tally
from tests.reports.counted_cases import WAVE, Row, dataset, instrument, question, random_dataset
from tests.reports.indicators.indicator_cases import everything, figures
from tests.reports.records_cases import PLAIN, books, stamp

RULES = (
    Settings(),
    Settings(definitions=Definitions(customer_value=250.0, lost=Lost(0.2, 0.05, 0.3, 0.7))),
    Settings(
        confidence=0.8,
        definitions=Definitions(
            complaint_to_others=False, return_parts=("bought_again",), satisfied=1, customer_value=9
        ),
    ),
)


def all_of(asked: Instrument, counted: Tally, rules: Settings) -> list[Figure]:
    """Every figure of a tally of at most 300 customers, those that follow from others too."""
    found = [f for group in indicators(asked, counted, rules) for f in group.figures]
    return [*found, *mentions(asked, found), *following(found, 300, rules)]


def documented_keys() -> set[str]:
    """The figure keys of the table in docs/architecture.md."""
    page = Path(__file__).parents[3] / "docs" / "architecture.md"
    table = page.read_text(encoding="utf-8").split("## Figure keys")[1]
    cells = re.findall(r"^\| (`.+?) \|", table, flags=re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([a-z0-9_]+)`", cell)} - {"key"}


def test_every_documented_figure_key_is_computed_and_no_other() -> None:
    """Pages and documents know the keys that there are."""
    asked = everything()
    found = all_of(asked, Tally.empty(asked), Settings())
    noted = replace(PLAIN, kinds=Counter({"late": 9}), attributes=Counter({"price": 9}))
    records = replace(books({stamp("A"): noted}), graded=True)
    booked = booked_figures(records, WAVE, ["A"], Settings())
    logged = [figure for group in booked["A"] for figure in group.figures]
    found += [*logged, *mentions(asked, logged)]
    elsewhere = {"response_rate", "experience_line", "importance_line", "iceberg_folklore", KEY}
    assert {figure.key for figure in found} | elsewhere == documented_keys()


def test_without_answers_every_figure_has_a_reason() -> None:
    """An empty wave has all figures, none with a value, and says that nobody answered."""
    asked = everything()
    for figure in all_of(asked, Tally.empty(asked), Settings()):
        assert (figure.value, figure.reason) == (None, Reason.NO_ANSWERS), figure


def test_an_instrument_that_asks_nothing_has_no_figures() -> None:
    """What is not asked is not in the list, not even as a reason."""
    assert figures(instrument([question("x", Role.PROFILE, (1, 2))]), [{"x": 1}]) == {}


def alike(size: int) -> Dataset:
    """Respondents who all give the same answers: the first code of everything."""
    asked = everything()
    row: Row = {column.name: column.codes[-1] for column in asked.columns()}
    places = {f"rank.{a.id}": (i + 1) % 4 for i, a in enumerate(asked.attributes)}
    return dataset(asked, [{**row, "problem": 1, **places}] * size)


def unasked(data: Dataset) -> Dataset:
    """The same without any answer about the price."""
    for name in ("x_price", "p_price", "i_price"):
        data.columns[name][:] = -1
    return data


def datasets() -> Iterator[Dataset]:
    """Nobody, one, all alike, an attribute nobody answered, few and many at random."""
    rng, asked = np.random.default_rng(7), everything()
    yield random_dataset(asked, 0, rng)
    yield random_dataset(asked, 1, rng, blank=0.0)
    yield alike(1)
    yield alike(200)
    yield unasked(random_dataset(asked, 200, rng))
    for size in (2, 3, 7, 60, 300):
        yield random_dataset(asked, size, rng)


def check(figure: Figure) -> None:
    """A number inside its scale and interval, or a reason; never not a number."""
    numbers = [figure.value, figure.se, *figure.scale]
    intervals = [i for i in (figure.interval, *figure.others, figure.certain) if i]
    numbers += [end for i in intervals for end in (i.low, i.high)]
    assert all(math.isfinite(number) for number in numbers if number is not None), figure
    assert (figure.value is None) == (figure.reason is not None), figure
    assert (figure.interval is None) == (figure.interval_reason is not None), figure
    assert figure.se is None or figure.se >= 0, figure
    if figure.value is None:
        assert figure.interval_reason == figure.reason, figure
        return
    if len(figure.scale) == 2:
        assert figure.scale[0] - 1e-9 <= figure.value <= figure.scale[1] + 1e-9, figure
    # The adjusted interval of a net score is around the adjusted score, not around the score.
    if figure.interval is not None and figure.interval.method != "adjusted_wald":
        assert figure.interval.low - 1e-9 <= figure.value <= figure.interval.high + 1e-9, figure
    if figure.unit is Unit.SHARE and figure.count is not None:
        assert figure.value == figure.count / figure.n, figure


@pytest.mark.parametrize("rules", RULES)
def test_figures_or_reasons_and_never_an_exception(rules: Settings) -> None:
    """Empty, one answer, all alike, an attribute nobody answered, few and many answers."""
    for data in datasets():
        for figure in all_of(data.instrument, tally(data), rules):
            check(figure)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    size=st.integers(0, 40),
    blank=st.sampled_from([0.0, 0.1, 0.7, 1.0]),
    rules=st.sampled_from(RULES),
)
def test_random_answers_give_figures_or_reasons(
    seed: int, size: int, blank: float, rules: Settings
) -> None:
    """Whatever few customers answer, each figure is a number in its place or has a reason."""
    data = random_dataset(everything(), size, np.random.default_rng(seed), blank=blank)
    for figure in all_of(data.instrument, tally(data), rules):
        check(figure)


def test_all_tallies_have_the_same_groups_of_figures() -> None:
    """Segments are put together figure by figure: their lists have one order and one length."""
    shapes = set()
    for data in datasets():
        groups = indicators(data.instrument, tally(data), Settings())
        shapes.add(tuple((g.name, len(g.figures), g.within) for g in groups))
    assert len(shapes) == 1


def test_a_group_comes_after_those_it_hides_with() -> None:
    """What is hidden with another is decided after it, so the other must come before."""
    asked, seen = everything(), set[str]()
    for group in indicators(asked, Tally.empty(asked), Settings()):
        assert set(group.within) <= seen, group.name
        assert group.name not in seen
        seen.add(group.name)


def test_figures_whose_growth_is_bad_say_so() -> None:
    """No report must guess from a key which end is the good one."""
    asked = everything()
    empty = all_of(asked, Tally.empty(asked), Settings())
    found = {figure.key for figure in empty if figure.better is Better.LOW}
    assert {"complaint_rate", "problem_rate", "voiced_rate", "detractors"} < found
    assert {"overall_bottom2", "told_total", "sci_vulnerable", "defectors"} < found
    assert {"market_damage", "iceberg", "lost_to_problems", "sci_at_risk"} < found
    assert not {"satisfaction_index", "nps", "told_mean", "answer_share", "gap"} & found


def test_notes_are_told_only_where_they_hold() -> None:
    """Equal weights of a refused estimate, and nobody who told the company."""
    row: Row = {"problem": 1, "voiced.1": 0, "voiced.2": 0, "voiced.3": 1}
    row = {**row, "overall": 9, "confirmation": 8, "ideal": 7}
    found = figures(everything(), [row] * 6)
    assert found["acsi_weight", "overall"].notes == (Note.EQUAL_WEIGHTS,)
    (iceberg,) = (f for f in following(list(found.values()), 9, Settings()) if f.key == "iceberg")
    assert iceberg.notes == (Note.LOWER_BOUND_ONLY,)
