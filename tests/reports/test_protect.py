"""No small group of customers can be made out, shown directly or by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from instruments.model import Role
from reports.comparisons import Figures
from reports.dataset import Dataset, Labels, Missing
from reports.findings import ALL, REST, Reason, Standing
from reports.protect import hide
from reports.settings import SettingOutOfRange, Settings
from reports.tally import tally_by
from reports.waves import Wave, work_out
from tests.reports.counted_cases import (
    WAVE,
    Row,
    dataset,
    found,
    instrument,
    monthly,
    question,
    random_dataset,
)
from tests.reports.indicators.indicator_cases import everything

BELOW, PROTECTS = Reason.BELOW_SMALLEST_BASE, Reason.PROTECTS_ANOTHER


@pytest.mark.parametrize(
    ("bases", "hidden"),
    [
        ({"A": 5, "B": 40}, {}),
        ({"A": 0, "B": 40}, {}),
        ({"A": 3, "B": 40, "C": 90}, {"A": BELOW, "B": PROTECTS}),
        ({"A": 3, "B": 90, "C": 40}, {"A": BELOW, "C": PROTECTS}),
        ({"A": 2, "B": 2, "C": 90}, {"A": BELOW, "B": BELOW, "C": PROTECTS}),
        ({"A": 2, "B": 2, "C": 9, "D": 80}, {"A": BELOW, "B": BELOW, "C": PROTECTS}),
        ({"A": 3, "B": 3, "C": 90}, {"A": BELOW, "B": BELOW}),
        ({"A": 3, "B": 0, "C": 90}, {"A": BELOW, "C": PROTECTS}),
        ({"A": 3}, {"A": BELOW, ALL: BELOW}),
        ({"A": 2, "B": 1}, {"A": BELOW, "B": BELOW, ALL: BELOW}),
        ({}, {}),
    ],
)
def test_which_segments_are_hidden(bases: Mapping[str, int], hidden: Mapping[str, Reason]) -> None:
    """Below 5, and the next smallest as long as the hidden ones could be subtracted."""
    assert hide({name: [n] for name, n in bases.items()}, 5) == hidden


def test_equal_bases_are_hidden_in_the_order_of_their_names() -> None:
    """Which of two equally small segments is hidden besides never depends on chance."""
    assert hide({"C": [9], "B": [9], "A": [3]}, 5) == {"A": BELOW, "B": PROTECTS}


def test_figures_of_a_group_are_hidden_in_the_same_segments() -> None:
    """One figure's small base hides the group there, until every figure of it is safe."""
    bases = {"A": [40, 3], "B": [50, 0], "C": [60, 60], "D": [70, 70]}
    assert hide(bases, 5) == {"A": PROTECTS, "C": PROTECTS}


def test_what_hangs_on_a_hidden_figure_is_hidden_with_it() -> None:
    """An inherited segment stays hidden, and a lone one takes the whole with it."""
    assert hide({"A": [9], "B": [0]}, 5, {"A": PROTECTS}) == {"A": PROTECTS, ALL: PROTECTS}


@pytest.mark.parametrize("smallest", [2, 21])
def test_the_smallest_base_has_limits(smallest: int) -> None:
    """It may be set from 3 to 20, and the sentence says so."""
    with pytest.raises(SettingOutOfRange, match="must be from 3 to 20"):
        Settings(smallest_base=smallest)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"confidence": 1.0}, "confidence"),
        ({"indicative_base": 4}, "no less than the smallest base, 5"),
        ({"trend_waves": 0}, "trend_waves"),
    ],
)
def test_other_rules_have_limits(setting: dict[str, float], sentence: str) -> None:
    """A rule that means nothing is refused when it is set, not when it is used."""
    with pytest.raises(SettingOutOfRange, match=sentence):
        Settings(**setting)  # type: ignore[arg-type]


PRICE = {"mean": "attribute_mean", "wish": "expectation_mean", "gap": "gap"}


def panel(seed: int, *, blank: float, waves: Sequence[str] = (WAVE,)) -> Dataset:
    """200 customers in four tiers of about 4, 10, 40 and 146."""
    rng = np.random.default_rng(seed)
    shares = (0.02, 0.05, 0.2, 0.73)
    return random_dataset(monthly(), 200, rng, waves=waves, shares=shares, blank=blank)


def waves_of(data: Dataset, smallest: int) -> Iterator[Wave]:
    """Every wave of a panel, with its figures as they are and as they are shown."""
    rules = Settings(smallest_base=smallest)
    tallies = tally_by(data, "tier")
    for name in sorted({wave for wave, _segment in tallies}):
        yield work_out(data.instrument, name, tallies, {}, rules)


def hidden_in(shown: Figures, key: tuple[str, str]) -> bool:
    """Whether a figure of a segment is hidden."""
    return shown[key].standing is Standing.HIDDEN


def subtract(wave: Wave, smallest: int) -> None:
    """For every figure, take the shown segments from the whole: nothing small may be left."""
    parts = [segment for segment in wave.figures if segment != ALL]
    for key in wave.figures[ALL]:
        whole = wave.shown[ALL][key]
        bases = {s: wave.figures[s][key].n for s in parts}
        hidden = [s for s in parts if hidden_in(wave.shown[s], key)]
        for segment in set(parts) - set(hidden):
            assert bases[segment] == 0 or bases[segment] >= smallest, (key, segment)
        left = [bases[s] for s in hidden if bases[s]]
        if whole.standing is not Standing.HIDDEN and left:
            assert len(left) > 1, (key, hidden)
            assert sum(left) >= smallest, (key, hidden)


class Attacker:
    """Knows what a wave shows, and draws every conclusion that linear algebra allows.

    Unknown: the sum of answers of each figure (``names``: name → key) in each segment. Known:
    what is shown, that the whole is the sum of its segments, and what is told besides.
    """

    def __init__(self, wave: Wave, names: Mapping[str, tuple[str, str]]) -> None:
        self.wave, self.names = wave, names
        self.parts = [segment for segment in wave.figures if segment != ALL]
        self.place = {(n, s): i for i, (n, s) in enumerate(product(names, self.parts))}
        self.known: list[NDArray[np.float64]] = [np.zeros(len(self.place))]
        for name, key in names.items():
            if not hidden_in(wave.shown[ALL], key):
                self.know(dict.fromkeys(product([name], self.parts), 1.0))
            for segment in self.parts:
                if not hidden_in(wave.shown[segment], key):
                    self.know({(name, segment): 1.0})

    def base(self, name: str, segment: str) -> int:
        """The true base of a figure in a segment."""
        return self.wave.figures[segment][self.names[name]].n

    def know(self, terms: Mapping[tuple[str, str], float]) -> None:
        """Learn the value of a weighted sum of unknowns."""
        self.known.append(self.row(terms))

    def row(self, terms: Mapping[tuple[str, str], float]) -> NDArray[np.float64]:
        """A weighted sum of unknowns as a row of the system."""
        row = np.zeros(len(self.place))
        for term, weight in terms.items():
            row[self.place[term]] = weight
        return row

    def follows(self, terms: Mapping[tuple[str, str], float]) -> bool:
        """Whether the value of a weighted sum follows from what is known."""
        known = np.vstack(self.known)
        more = np.vstack([known, self.row(terms)])
        return bool(np.linalg.matrix_rank(more) == np.linalg.matrix_rank(known))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    blank=st.sampled_from([0.0, 0.1, 0.6]),
    smallest=st.sampled_from([3, 5, 12]),
)
def test_nothing_small_is_left_by_subtraction(seed: int, blank: float, smallest: int) -> None:
    """An attacker who subtracts all that a panel of 200 shows isolates no group below k."""
    for wave in waves_of(panel(seed, blank=blank, waves=("2026-09", WAVE)), smallest):
        subtract(wave, smallest)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), blank=st.sampled_from([0.0, 0.02, 0.2]))
def test_nothing_small_follows_from_related_figures(seed: int, blank: float) -> None:
    """Mean, expectation and gap of an attribute together give no hidden one away."""
    names = {name: (key, "price") for name, key in PRICE.items()}
    (wave,) = waves_of(panel(seed, blank=blank), 5)
    attacker = Attacker(wave, names)
    for part in attacker.parts:
        if len({attacker.base(name, part) for name in names}) == 1:
            attacker.know({("gap", part): 1.0, ("mean", part): -1.0, ("wish", part): 1.0})
    for name, size in product(names, range(1, len(attacker.parts))):
        for group in combinations(attacker.parts, size):
            n = sum(attacker.base(name, part) for part in group)
            if 0 < n < 5:
                sought = {(name, part): 1.0 for part in group if attacker.base(name, part)}
                assert not attacker.follows(sought), (name, group)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), blank=st.sampled_from([0.0, 0.3]))
def test_what_hangs_on_a_hidden_rate_is_hidden(seed: int, blank: float) -> None:
    """Where it is hidden who told the company, so is everything asked of those who did."""
    children = [("solved_rate", ""), ("handling_mean", ""), ("stays_rate", ""), ("told_mean", "")]
    for wave in waves_of(panel(seed, blank=blank), 5):
        for shown in wave.shown.values():
            if hidden_in(shown, ("voiced_rate", "")):
                assert all(hidden_in(shown, key) for key in children)
                assert all(shown[key].n == 0 for key in children)


def test_a_hidden_figure_keeps_its_name_and_its_reason_only() -> None:
    """Value, count, base, errors and intervals are gone; reason and standing say why."""
    rows: list[Row] = [{"overall": 4, "p_price": 2}, {"overall": 5, "recommend": 9}]
    data = dataset(monthly(), rows * 40, segments=["A"] * 4 + ["B"] * 20 + ["C"] * 56)
    (wave,) = waves_of(data, 5)
    hidden = [f for f in wave.shown["A"].values() if f.standing is Standing.HIDDEN]
    assert len(hidden) == len(wave.shown["A"])
    for figure in hidden:
        assert (figure.n, figure.value, figure.count, figure.se) == (0, None, None, None)
        assert (figure.interval, figure.others) == (None, ())
        assert figure.reason is BELOW
        assert figure.interval_reason is BELOW
    assert all(f.reason is PROTECTS for f in wave.shown["B"].values())


def test_nobody_complained_is_not_told_of_a_hidden_segment() -> None:
    """Saying "no answers" about handling would say that none of three customers complained."""
    rows: list[Row] = [{"overall": 4, "problem": 2, "voiced.1": 0, "voiced.2": 0, "voiced.3": 1}]
    data = dataset(monthly(), rows * 63, segments=["A"] * 3 + ["B"] * 20 + ["C"] * 40)
    (wave,) = waves_of(data, 5)
    assert wave.shown["A"]["solved_rate", ""].reason is BELOW
    assert wave.shown["C"]["solved_rate", ""].reason is Reason.NO_ANSWERS


def test_three_complainers_are_not_judged() -> None:
    """A large segment with three complainers shows its rate, and not how they were handled."""
    told: Row = {"problem": 1, "voiced.1": 1, "voiced.2": 0, "voiced.3": 0, "handled": 1}
    content: Row = {"problem": 2, "voiced.1": 0, "voiced.2": 0, "voiced.3": 1}
    rows = [told] * 3 + [content] * 57 + ([told] * 10 + [content] * 30) * 2
    data = dataset(monthly(), rows, segments=["A"] * 60 + ["B"] * 40 + ["C"] * 40)
    (wave,) = waves_of(data, 5)
    assert wave.shown["A"]["voiced_rate", ""].count == 3
    solved = {s: figures["solved_rate", ""].reason for s, figures in wave.shown.items()}
    assert solved == {ALL: None, "A": BELOW, "B": PROTECTS, "C": None}


def test_standing_follows_the_base() -> None:
    """From 30 answers on a figure is normal, below that indicative."""
    asked = instrument([question("overall", Role.OVERALL)])
    rows: list[Row] = [{"overall": 4}, {"overall": 5}]
    data = dataset(asked, rows * 30, segments=["A"] * 29 + ["B"] * 31)
    (wave,) = waves_of(data, 5)
    standings = {s: f["overall_mean", ""].standing for s, f in wave.shown.items()}
    assert standings == {ALL: Standing.NORMAL, "A": Standing.INDICATIVE, "B": Standing.NORMAL}


def test_report_shows_what_is_protected_and_nothing_else() -> None:
    """Figures, trend and changes of a report come from the protected figures of each wave."""
    data = panel(5, blank=0.05, waves=("2026-08", "2026-09", WAVE))
    waves = {wave.name: wave for wave in waves_of(data, 5)}
    for segment in found(data).segments:
        shown = waves[WAVE].shown[segment.segment]
        assert list(segment.figures) == list(shown.values())
        for point in segment.trend:
            past = waves[point.wave].shown[segment.segment]
            assert point.figure == past[point.figure.key, point.figure.of]
        before = waves["2026-09"].shown.get(segment.segment, {})
        for change in segment.changes:
            key = (change.key, change.of)
            other = waves[WAVE].shown[ALL] if change.against == REST else before
            if hidden_in(shown, key) or hidden_in(other, key):
                assert (change.value, change.interval, change.p) == (None, None, None)
                assert change.reason in (BELOW, PROTECTS)
                assert not change.significant


def test_figures_about_a_rate_that_is_not_asked_are_protected_alone() -> None:
    """An instrument may ask about the handling without asking who complained."""
    asked = instrument([question("handling", Role.HANDLING)])
    data = dataset(asked, [{"handling": 4}, {"handling": 5}] * 30, segments=["A"] * 3 + ["B"] * 57)
    (wave,) = waves_of(data, 5)
    reasons = {s: f["handling_mean", ""].reason for s, f in wave.shown.items()}
    assert reasons == {ALL: None, "A": BELOW, "B": PROTECTS}


SUMS = {
    "first": ("gap", "quality"),
    "second": ("gap", "delivery"),
    "both": ("gap_dimension", "reliability"),
    "other": ("gap_dimension", "empathy"),
    "whole": ("gap_overall", ""),
}
MADE = (
    {"both": 2.0, "first": -1.0, "second": -1.0},
    {"whole": 2.0, "both": -1.0, "other": -1.0},
)
"""What adds up to nothing in a segment where all these have the same base."""


@pytest.mark.parametrize("left_out", [("quality", "delivery"), ("delivery", "staff")])
def test_no_gap_of_several_attributes_can_be_put_together(left_out: tuple[str, str]) -> None:
    """Of six customers five gave each gap and four gave both: theirs is not to be had.

    The other segments answered everything, so that there the gap of the dimension, or of the
    whole, follows from others: hiding it in one of them would not be enough.
    """
    data = random_dataset(everything(), 126, np.random.default_rng(1), blank=0.0)
    tiers = ["A"] * 6 + ["B"] * 20 + ["C"] * 40 + ["D"] * 60
    data = replace(data, segments={"tier": Labels.of(tiers)})
    for row, attribute in enumerate(left_out):
        data.columns[f"p_{attribute}"][row] = Missing.NOT_APPLICABLE
    (wave,) = waves_of(data, 5)
    attacker = Attacker(wave, SUMS)
    for part, terms in product("BCD", MADE):
        attacker.know({(name, part): weight for name, weight in terms.items()})
    few = [name for name in SUMS if attacker.base(name, "A") < 5]
    assert few
    assert not any(attacker.follows({(name, "A"): 1.0}) for name in few)
    assert all(not hidden_in(wave.shown["A"], SUMS[n]) for n in SUMS.keys() - set(few))


def test_all_ends_of_problems_are_hidden_together() -> None:
    """Three discontent customers: who told how many after each other end is hidden with theirs.

    The mean of all with a problem, less the other four, would be what these three told.
    """
    silent: Row = {"problem": 1, "voiced.1": 0, "voiced.2": 0, "voiced.3": 1, "told": 2}
    told: Row = {**silent, "voiced.1": 1, "voiced.3": 0}
    ends = [silent] * 20 + [{**told, "handling": 5}] * 20
    few = [*ends, *[{**told, "handling": 1, "told": 9}] * 3]
    many = [*ends, *[{**told, "handling": 1, "told": 9}] * 20]
    rows = [*few, *many, *many]
    segments = ["A"] * len(few) + ["B"] * len(many) + ["C"] * len(many)
    (wave,) = waves_of(dataset(monthly(), rows, segments=segments), 5)
    after = {of: wave.shown["A"]["told_after", of] for of in ("silent", "content", "discontent")}
    assert all(figure.standing is Standing.HIDDEN for figure in after.values())
    assert wave.shown["A"]["told_mean", ""].value is not None
    assert wave.shown["C"]["told_after", "discontent"].value == 9


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), blank=st.sampled_from([0.0, 0.3]))
def test_what_follows_is_shown_only_with_its_source(seed: int, blank: float) -> None:
    """Customers, iceberg, damage and order of action tell of nobody whose figure is hidden."""
    rng = np.random.default_rng(seed)
    data = random_dataset(everything(), 200, rng, shares=(0.02, 0.05, 0.2, 0.73), blank=blank)
    sources = {
        "iceberg": "voiced_propensity",
        "customers_with_problem": "problem_rate",
        "customers_told": "voiced_rate",
        "customers_lost": "lost_to_problems",
        "people_told": "told_total",
        "market_damage": "lost_to_problems",
        "customers_at_risk": "sci_at_risk",
        "value_at_risk": "sci_at_risk",
    }
    tallies = tally_by(data, "tier")
    sizes = {key: 100 + tally.responses for key, tally in tallies.items()}
    wave = work_out(data.instrument, WAVE, tallies, sizes, Settings())
    for shown in wave.shown.values():
        for key, source in sources.items():
            if hidden_in(shown, (source, "")):
                assert hidden_in(shown, (key, ""))
                assert (shown[key, ""].n, shown[key, ""].value) == (0, None)
        for attribute in (a.id for a in data.instrument.attributes):
            if hidden_in(shown, ("attribute_mean", attribute)):
                assert shown["priority_stated", attribute].value is None


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_models_of_few_customers_are_hidden(seed: int) -> None:
    """A correlation, a reliability, a loss over fewer than five answers is not shown."""
    rng = np.random.default_rng(seed)
    data = random_dataset(everything(), 60, rng, shares=(0.1, 0.1, 0.3, 0.5), blank=0.3)
    for wave in waves_of(data, 5):
        for segment, shown in wave.shown.items():
            for key, figure in wave.figures[segment].items():
                if 0 < figure.n < 5:
                    assert hidden_in(shown, key), (segment, key)
