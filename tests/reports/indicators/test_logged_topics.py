"""What logged cases are about: shares of those noted, the few together, whom they hide."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from instruments import library
from reports.findings import ALL, Findings, Reason, Standing
from reports.indicators.booked import OTHERS, booked_figures, often
from reports.log_names import with_names
from reports.records import Book, Counts, Reach, Records
from reports.settings import STANDARD
from reports.statistics.intervals import wilson
from tests.reports.counted_cases import WAVE, found, monthly, random_dataset
from tests.reports.indicators.indicator_cases import Figures
from tests.reports.records_cases import EVERYTHING, PLAIN, books, stamp

ASKED = library.read("monthly_satisfaction")

KINDS = Counter({"Late delivery": 9, "2": 3, "wiring": 6, "Mr Smith": 1})
"""Of 19 cases: twice the same kind, in words and by its code."""


def about(kinds: Counter[str], attributes: Counter[str] | None = None) -> Counts:
    """A segment with some of everything, its cases about these."""
    return replace(PLAIN, kinds=kinds, attributes=attributes or Counter())


def figures(records: Records, segment: str = "A") -> Figures:
    """The figures of one segment from the books alone."""
    named = with_names(records, ASKED)
    made = booked_figures(named, WAVE, ["A", "B"], STANDARD)
    return {(f.key, f.of): f for group in made.get(segment, ()) for f in group.figures}


def report(records: Records) -> Findings:
    """Findings of random answers of two tiers, with books beside."""
    data = random_dataset(
        monthly(), 400, np.random.default_rng(1), segments=("A", "B"), shares=(0.4, 0.6)
    )
    return found(data, records=records)


def test_a_kind_is_a_share_of_the_cases_for_which_one_is_noted() -> None:
    """Twenty cases, nineteen with a kind: the base is nineteen, the interval Wilson's."""
    own = figures(books({stamp("A"): about(KINDS)}))
    late = own["logged_kind", "2"]
    assert (late.base, late.count, late.n) == ("noted", 12, 19)
    assert late.interval == wilson(12, 19)
    assert own["logged_kind", "wiring"].count == 6


def test_what_few_cases_are_about_bears_no_name() -> None:
    """A word that the log uses once may be somebody's own; with others it tells nothing."""
    own = figures(books({stamp("A"): about(KINDS)}))
    assert {of for key, of in own if key == "logged_kind"} == {"2", "wiring", OTHERS}
    assert own["logged_kind", OTHERS].count == 1
    assert "Smith" not in repr(own)


def test_a_kind_that_is_rare_in_one_segment_is_named_where_many_have_it() -> None:
    """The names are those of all customers; all segments have the same."""
    records = books({stamp("A"): about(Counter({"wiring": 1})), stamp("B"): about(KINDS)})
    assert figures(records)["logged_kind", "wiring"].count == 1
    assert figures(records)["logged_kind", "2"].count == 0
    assert often(with_names(records, ASKED), "kinds", 5).named == ("2", "wiring")


@pytest.mark.parametrize("written", ["delivery", " Delivery ", "DELIVERY"])
def test_an_attribute_is_known_by_its_id_and_by_its_wording(written: str) -> None:
    """However the log spells it."""
    own = figures(books({stamp("A"): about(Counter(), Counter({written: 8}))}))
    known = {of for key, of in own if key == "logged_attribute"}
    assert len(known) == 1
    assert own["logged_attribute", known.pop()].value == 1


def test_without_a_log_or_beyond_its_reach_nothing_is_told() -> None:
    """No log, no figure; a log that does not reach so far has the reason instead."""
    none = figures(books({stamp("A"): about(KINDS)}, holds=frozenset({Book.PURCHASES})))
    assert not [key for key, _of in none if key == "logged_kind"]
    short = figures(books({stamp("A"): about(KINDS)}, reach=EVERYTHING - {Reach.CASES}))
    assert short["logged_kind", "wiring"].reason is Reason.NO_RECORDS


def test_a_small_segment_hides_its_kinds_and_another_with_it() -> None:
    """Three cases of A are hidden, and B's as well: all less B would be A."""
    few = replace(about(Counter({"wiring": 3})), served=200)
    told = report(books({stamp("A"): few, stamp("B"): about(KINDS)}))
    for segment in ("A", "B"):
        figure = told.segment(segment).figure("logged_kind", "wiring")
        assert figure is not None
        assert (figure.standing, figure.value, figure.count) == (Standing.HIDDEN, None, None)
        part = told.segment(segment).figure("logged_kind_running", "wiring")
        assert part is not None
        assert part.value is None


def test_the_parts_add_up_with_those_without_a_name_last() -> None:
    """As of what customers tell: largest first, and the rest at the end whatever its size."""
    many = Counter({"wiring": 6, "2": 12, **{f"rare {i}": 2 for i in range(9)}})
    whole = report(books({stamp("A"): about(many), stamp("B"): about(many)})).segment(ALL)
    running = whole.about("logged_kind_running")
    assert [figure.of for figure in running][-1] == OTHERS
    assert running[-1].value == pytest.approx(1)
    shares = [whole.figure("logged_kind", figure.of) for figure in running]
    assert [f.count for f in shares if f][:2] == [24, 12]
