"""Figures from the company's books: their bases, their reasons, and whom they hide."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from reports.findings import ALL, Findings, Reason, SegmentFindings, Standing, Unit
from reports.indicators.booked import BOOK_FAMILIES, booked_figures, told_by_others
from reports.records import Book, Booked, Counts, Reach, Records
from reports.settings import STANDARD, Settings
from reports.statistics.intervals import wilson
from reports.statistics.rates import rate
from tests.reports.counted_cases import WAVE, found, monthly, random_dataset
from tests.reports.indicators.indicator_cases import Figures
from tests.reports.records_cases import BOOKS, EVERYTHING, PLAIN, books, cases, handled, stamp


def figures(records: Records, segment: str = "A", rules: Settings = STANDARD) -> Figures:
    """The figures of one segment from the books alone."""
    made = booked_figures(records, WAVE, ["A", "B"], rules)
    return {(f.key, f.of): f for group in made.get(segment, ()) for f in group.figures}


def test_each_rate_names_its_own_base() -> None:
    """Complaining customers of those served, complaints for each transaction: never mixed."""
    own = figures(books({stamp("A"): PLAIN}))
    logged, each = own["logged_rate", ""], own["logged_per_transaction", ""]
    assert (logged.base, logged.count, logged.n, logged.value) == ("served", 18, 200, 0.09)
    assert logged.interval == wilson(18, 200)
    assert (each.base, each.count, each.n) == ("transactions", 20, 250)
    assert (each.unit, each.value, each.interval) == (Unit.RATE, 0.08, rate(20, 250).interval)


def test_a_rate_per_transaction_may_be_above_one() -> None:
    """Three complaints about one purchase are three."""
    counts = Counts(served=5, transactions=5, complaining=5, complaints=15)
    own = figures(books({stamp("A"): counts}))
    assert own["logged_per_transaction", ""].value == 3
    assert own["logged_rate", ""].value == 1


def test_new_customers_are_in_no_base_of_coming_back() -> None:
    """Of 150 before, 90 came back; 200 were served, who are not the base."""
    own = figures(books({stamp("A"): PLAIN}))
    returned, kept = own["return_rate_bought", ""], own["retention", ""]
    assert (returned.base, returned.count, returned.n) == ("bought_before", 90, 150)
    assert (kept.base, kept.count, kept.n) == ("customers_before", 320, 400)


def test_open_cases_are_counted_for_as_long_as_they_are_open() -> None:
    """14 of 20 closed after 4 days: the median is known, nine in ten is not, no mean is given."""
    own = figures(books({stamp("A"): PLAIN}))
    half, most = own["days_to_close", "median"], own["days_to_close", "p90"]
    assert (half.value, half.n, half.unit, half.base) == (4, 20, Unit.DAYS, "cases")
    assert (most.value, most.reason, most.n) == (None, Reason.NOT_REACHED, 20)
    assert own["days_to_answer", "median"].value == 1
    assert own["on_time_rate", ""].n == 20  # the six open ones are overdue
    assert own["on_time_rate", ""].count == 14
    assert own["reopened_rate", ""].value == 0
    age = own["backlog_age", ""]
    assert (age.value, age.n, age.interval_reason) == (30, 6, Reason.NOT_AN_ESTIMATE)


def test_an_interval_needs_both_ends() -> None:
    """With too few closed the upper end is open, which is said, never a large number."""
    own = figures(books({stamp("A"): Counts(cases=Counter({handled(1, 3): 3, handled(2): 2}))}))
    half = own["days_to_close", "median"]
    assert half.value == 2
    assert (half.interval, half.interval_reason) == (None, Reason.NOT_REACHED)


@pytest.mark.parametrize(
    ("holds", "keys"),
    [
        (frozenset(), set()),
        ({Book.PURCHASES}, {"return_rate_bought", "retention"}),
        ({Book.CASES}, {"days_to_close", "backlog_age"}),
        (
            {Book.CASES, Book.ANSWERS, Book.TARGETS, Book.REOPENED},
            {"days_to_answer", "days_to_close", "on_time_rate", "reopened_rate", "backlog_age"},
        ),
        (
            {Book.PURCHASES, Book.CASES},
            {
                "return_rate_bought",
                "retention",
                "logged_rate",
                "logged_per_transaction",
                "days_to_close",
                "backlog_age",
            },
        ),
    ],
)
def test_what_is_not_on_record_is_left_out(holds: set[Book], keys: set[str]) -> None:
    """A log without first answers has no time to them, and no row for it."""
    own = figures(books({stamp("A"): PLAIN}, holds=frozenset(holds)))
    assert {key for key, _of in own} == keys


@pytest.mark.parametrize("missing", list(Reach))
def test_what_the_books_do_not_reach_is_unknown(missing: Reach) -> None:
    """A month before the first purchase, or after the last entry of the log, has no rate of 0."""
    own = figures(books({stamp("A"): PLAIN}, reach=EVERYTHING - {missing}))
    unknown = {key for (key, _of), figure in own.items() if figure.reason is Reason.NO_RECORDS}
    rates = {"logged_rate", "logged_per_transaction"}
    days = {"days_to_answer", "days_to_close", "on_time_rate", "reopened_rate", "backlog_age"}
    assert (
        unknown
        == {
            Reach.BOUGHT: rates,
            Reach.BOUGHT_BEFORE: {"return_rate_bought"},
            Reach.CUSTOMERS_BEFORE: {"retention"},
            Reach.CASES: rates | days,
        }[missing]
    )


def test_nothing_bought_and_nothing_logged_is_a_reason() -> None:
    """A segment that the books never mention has reasons, never 0 % and never an error."""
    own = figures(books({stamp("A"): PLAIN}), "B")
    assert own
    assert all(f.value is None and f.reason is Reason.NO_RECORDS for f in own.values())


def test_all_is_the_sum_of_everybody_in_the_books() -> None:
    """Also of those whose segment the report does not name; nothing is weighted."""
    own = figures(books({stamp("A"): PLAIN, stamp("Z"): PLAIN, (): PLAIN}), ALL)
    assert (own["logged_rate", ""].count, own["logged_rate", ""].n) == (54, 600)
    assert not any(figure.weighted for figure in own.values())


def test_a_segment_within_another_field_is_hidden_where_few_lie_around() -> None:
    """All of A buy in the East, where two others were served: both reports would give them away."""
    around = Counts(served=2, transactions=40)
    nested = {stamp("A", "East"): PLAIN, stamp("B", "East"): around, stamp("B", "West"): PLAIN}
    hidden = told_by_others(books(nested), WAVE, STANDARD)
    assert {group: list(own) for group, own in hidden.items()} == {"logged complaints": ["A"]}
    wide = {**nested, stamp("B", "East"): PLAIN}
    assert told_by_others(books(wide), WAVE, STANDARD) == {}


def report(records: Records) -> Findings:
    """Findings of random answers of tiers A and B, with books beside."""
    data = random_dataset(
        monthly(), 400, np.random.default_rng(1), segments=("A", "B"), shares=(0.4, 0.6)
    )
    return found(data, records=records)


def test_figures_of_the_books_stand_beside_those_of_answers() -> None:
    """Every segment has both; without books the findings are what they were."""
    plain, with_books = report(Records()), report(books({stamp("A"): PLAIN, stamp("B"): PLAIN}))
    for before, after in zip(plain.segments, with_books.segments, strict=True):
        own = [figure for figure in after.figures if before.figure(figure.key, figure.of) is None]
        assert {f.key for f in own} == {
            "return_rate_bought",
            "retention",
            "logged_rate",
            "logged_per_transaction",
            "days_to_answer",
            "days_to_close",
            "on_time_rate",
            "reopened_rate",
            "backlog_age",
        }
        assert before.changes == after.changes
        assert before.signals == after.signals
    whole = with_books.segment(ALL).figure("logged_rate")
    assert whole is not None
    assert (whole.count, whole.n) == (36, 400)


def test_a_small_base_is_hidden_and_another_segment_with_it() -> None:
    """Three cases of A would follow from all less B: both are hidden, the rates are not."""
    few = Counts(90, 120, 3, complaints=3, cases=cases(3), open=cases(0, 0))
    records = books({stamp("A"): few, stamp("B"): PLAIN})
    segments = {s.segment: s for s in report(records).segments}
    for segment, reason in (
        ("A", Reason.BELOW_SMALLEST_BASE),
        ("B", Reason.PROTECTS_ANOTHER),
    ):
        closing = segments[segment].figure("days_to_close", "median")
        rates = segments[segment].figure("logged_rate")
        assert closing is not None
        assert rates is not None
        assert (closing.standing, closing.reason, closing.n) == (Standing.HIDDEN, reason, 0)
        assert rates.value is not None


def test_a_few_elsewhere_are_not_given_away() -> None:
    """Two customers of a tier that the report does not name are all less the named ones."""
    elsewhere = Counts(served=2, transactions=2)
    counts = {stamp("A"): PLAIN, stamp("B"): PLAIN}
    open_book = {s.segment: s for s in report(books(counts)).segments}
    hiding = {s.segment: s for s in report(books({**counts, stamp("Z"): elsewhere})).segments}
    assert list(hiding) == [ALL, "A", "B"]
    shown = [segment for segment in ("A", "B") if _value(hiding[segment], "logged_rate")]
    assert len(shown) == 1
    assert all(_value(open_book[segment], "logged_rate") for segment in ("A", "B"))
    assert _value(hiding[ALL], "logged_rate")


def _value(segment: SegmentFindings, key: str) -> float | None:
    figure = next(iter(segment.about(key)))
    return figure.value


def test_a_segment_with_few_answers_is_hidden_whole() -> None:
    """What the report hides of a segment it does not tell from the books instead."""
    data = random_dataset(
        monthly(),
        300,
        np.random.default_rng(5),
        segments=("A", "B", "C"),
        shares=(0.008, 0.292, 0.7),
    )
    records = books({stamp(tier): PLAIN for tier in "ABC"})
    segment = found(data, records=records).segment("A")
    assert 0 < segment.responses < STANDARD.smallest_base
    assert _value(segment, "retention") is None
    assert _value(segment, "days_to_close") is None


def test_complaints_per_purchase_have_a_u_chart_that_raises_no_alarm() -> None:
    """Twenty calm months and a bad one: the chart says so, the alarms stay as they are."""
    waves = [f"{2025 + m // 12}-{m % 12 + 1:02d}" for m in range(21)]
    data = random_dataset(
        monthly(), 2100, np.random.default_rng(3), waves=waves, segments=("A", "B"),
        shares=(0.4, 0.6),
    )  # fmt: skip
    periods: dict[str, Booked] = {}
    for place, wave in enumerate(waves):
        bad = 120 if place == 20 else 18 + place % 5
        counts = Counts(served=300, transactions=400, complaints=bad)
        periods |= books({stamp("A"): counts, stamp("B"): counts}, wave=wave).periods
    records = Records(BOOKS, "tier", ("tier",), periods)
    calm, told = (found(data, wave=waves[-1], records=r) for r in (Records(), records))
    chart = told.segment(ALL).chart("logged_per_transaction")
    assert chart is not None
    assert chart.chart in ("u", "u_prime")
    assert len(chart.points) == 21
    assert chart.points[-1].value == 0.3
    assert [(s.rule, s.waves, s.alarm) for s in chart.signals][-1] == (
        "beyond_limits",
        (waves[-1],),
        False,
    )
    for before, after in zip(calm.segments, told.segments, strict=True):
        assert before.signals == after.signals
        assert before.changes == after.changes
    assert all(c.key != "logged_per_transaction" for s in told.segments for c in s.changes)


def test_every_family_makes_the_same_groups_for_every_segment() -> None:
    """Protection compares segments group by group, so none may be missing in one."""
    made = booked_figures(books({stamp("A"): PLAIN, stamp("Z"): PLAIN}), WAVE, ["A", "B"], STANDARD)
    names = {segment: [group.name for group in own] for segment, own in made.items()}
    assert len(names) == 4
    assert len({tuple(own) for own in names.values()}) == 1
    assert len(BOOK_FAMILIES) == 5
