"""Who rose, fell or left a tier: kept from the roster on, counted as by hand, told when known."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, delete, insert, select

from reports.findings import ALL, Reason
from reports.records import PYRAMID, Moves, window
from survey.customers.roster import import_roster
from survey.customers.tiers import keep_tiers
from survey.jobs.findings import find_out
from survey.jobs.moves import count_moves, tiers_known_since
from survey.settings import Settings
from survey.store import Store, open_store
from survey.store.tables import Customer, CustomerTier
from survey.store.upgrade import config
from tests.survey.sample_cases import CUSTOMERS, NOW, answer, open_company

WAVE = "2026-10"
OCTOBER = window(WAVE)
BEFORE = date(2026, 9, 1)


def tiers(store: Store) -> list[tuple[str, date, str]]:
    """The whole history."""
    with store.read() as connection:
        query = select(CustomerTier.customer_id, CustomerTier.since, CustomerTier.tier)
        rows = connection.execute(query.order_by(CustomerTier.since))
        return [(row.customer_id, row.since, row.tier) for row in rows]


def taken_in(store: Store, folder: Path, text: str, day: date) -> None:
    """A roster, imported on that day."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    import_roster(store, path, segments=None, now=now)


def keep(store: Store, moves: dict[str, str], day: date) -> None:
    """Tiers from that day on."""
    with store.write() as connection:
        keep_tiers(connection, moves, day)


def test_a_roster_keeps_each_tier_with_its_day(store: Store, tmp_path: Path) -> None:
    """The first tier, then each other one; the same again, or another column, is no change."""
    taken_in(store, tmp_path, "customer_id,tier\nc1,B\nc2,C\nc3,\n", date(2026, 6, 1))
    taken_in(store, tmp_path, "customer_id,tier\nC1,A\nc2,C\nc3,D\n", date(2026, 7, 1))
    taken_in(store, tmp_path, "customer_id,name\nc1,Dave\n", date(2026, 8, 1))
    taken_in(store, tmp_path, "customer_id,tier\nc2,\n", date(2026, 9, 1))
    assert sorted(tiers(store)) == [
        ("c1", date(2026, 6, 1), "B"),
        ("c1", date(2026, 7, 1), "A"),
        ("c2", date(2026, 6, 1), "C"),
        ("c2", date(2026, 9, 1), ""),
        ("c3", date(2026, 7, 1), "D"),
    ]


def test_of_several_rosters_of_a_day_the_last_counts(store: Store, tmp_path: Path) -> None:
    """A wrong file that is put right leaves no trace."""
    for tier in ("A", "D", "B"):
        taken_in(store, tmp_path, f"customer_id,tier\nc1,{tier}\n", date(2026, 6, 1))
    assert tiers(store) == [("c1", date(2026, 6, 1), "B")]


def test_an_erased_customer_leaves_no_history(store: Store) -> None:
    """Where the customer goes, the tiers go as well."""
    open_company(store)
    keep(store, {CUSTOMERS[0].id: "A", CUSTOMERS[1].id: "A"}, BEFORE)
    with store.write() as connection:
        connection.execute(delete(Customer).where(Customer.id == CUSTOMERS[0].id))
    assert [one for one, _day, _tier in tiers(store)] == [CUSTOMERS[1].id]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_counts_moves_as_by_hand(store: Store, seed: int) -> None:
    """From the day before the period to its end, whatever happened in between and outside."""
    open_company(store)
    draw = random.Random(seed)
    history: dict[str, dict[date, str]] = {}
    for customer in CUSTOMERS:
        for _change in range(draw.randrange(4)):
            day = date(2026, 8, 1) + timedelta(draw.randrange(120))
            tier = draw.choice([*PYRAMID, ""])
            history.setdefault(customer.id, {})[day] = tier
            keep(store, {customer.id: tier}, day)
    assert OCTOBER is not None

    def on(days: dict[date, str], last: date) -> str | None:
        known = [day for day in days if day <= last]
        return days[max(known)] if known else None

    expected: Counter[tuple[str, str]] = Counter()
    for days in history.values():
        then, now = on(days, OCTOBER.first - timedelta(1)), on(days, OCTOBER.last)
        if then and now is not None:
            expected[then, now] += 1
    with store.read() as connection:
        found = count_moves(connection, OCTOBER)
    by_hand: dict[str, Moves] = {}
    for (then, now), n in expected.items():
        by_hand[then] = by_hand.get(then, Moves()) + Moves.of(then, now, n)
    assert found == by_hand


def test_other_grades_have_no_higher_and_lower(store: Store) -> None:
    """Which of gold and iron is the higher one, nobody has said: nothing is told, not guessed."""
    open_company(store)
    keep(store, {CUSTOMERS[0].id: "gold"}, BEFORE)
    assert OCTOBER is not None
    with store.read() as connection:
        assert count_moves(connection, OCTOBER) is None
        assert tiers_known_since(connection) == BEFORE


def test_moves_stand_in_the_findings_with_base_and_interval(store: Store) -> None:
    """Of 160 in B, eight rose and two fell; 260 customers are in the base of all."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    keep(store, {customer.id: customer.tier for customer in CUSTOMERS}, BEFORE)
    large = [customer.id for customer in CUSTOMERS if customer.tier == "B"]
    moved = {**dict.fromkeys(large[:8], "A"), **dict.fromkeys(large[8:10], "C"), large[10]: ""}
    keep(store, moved, date(2026, 10, 12))
    found = find_out(store, survey, wave=WAVE, by="tier")
    own = {key: found.segment("B").figure(f"tier_{key}") for key in ("rose", "fell", "left")}
    assert {key: (f.count, f.n, f.base) for key, f in own.items() if f} == {
        "rose": (8, 160, "graded"),
        "fell": (2, 160, "graded"),
        "left": (1, 160, "graded"),
    }
    assert all(f is not None and f.interval is not None for f in own.values())
    whole = found.segment(ALL).figure("tier_rose")
    assert whole is not None
    assert (whole.count, whole.n) == (8, 260)
    assert found.segment("A").figure("tier_rose") is not None
    assert find_out(store, survey, wave=WAVE, by="region").segment(ALL).figure("tier_rose") is None


def test_without_a_history_before_the_period_the_reason_is_given(store: Store) -> None:
    """A roster that was first taken in during October tells nothing of October."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    assert find_out(store, survey, wave=WAVE, by="tier").segment(ALL).figure("tier_rose") is None
    keep(store, {customer.id: customer.tier for customer in CUSTOMERS}, date(2026, 10, 1))
    figure = find_out(store, survey, wave=WAVE, by="tier").segment(ALL).figure("tier_rose")
    assert figure is not None
    assert (figure.value, figure.reason) == (None, Reason.NO_RECORDS)


def test_a_tier_of_few_hides_its_moves_and_those_of_another(store: Store) -> None:
    """Three customers in A: what became of them is hidden, and with all so is the next smallest."""
    survey = open_company(store)
    answer(store, survey, WAVE)
    few = {c.id: c.tier for c in CUSTOMERS if c.tier != "A" or c.id <= CUSTOMERS[2].id}
    keep(store, few, BEFORE)
    keep(store, {CUSTOMERS[0].id: "B"}, date(2026, 10, 12))
    found = find_out(store, survey, wave=WAVE, by="tier")
    told = {s: found.segment(s).figure("tier_fell") for s in ("A", "B", "C")}
    assert [s for s, f in told.items() if f is not None and f.value is not None] == ["B"]


def test_a_roster_of_before_counts_from_its_last_import(sqlite_settings: Settings) -> None:
    """The upgrade keeps each present tier with the day it was last taken in; no tier is no row."""
    sqlite_settings.data.mkdir()
    engine = create_engine(f"sqlite:///{sqlite_settings.data / 'tellback.sqlite'}")
    with engine.begin() as connection:
        command.upgrade(config(connection), "0008")
        row = {"name": "", "email": "", "phone": "", "language": "en", "imported_at": NOW}
        tiers_of = {"c1": {"tier": "A"}, "c2": {"tier": ""}, "c3": {"region": "East"}}
        rows = [row | {"id": one, "segments": own} for one, own in tiers_of.items()]
        connection.execute(insert(Customer), rows)
    engine.dispose()
    with open_store(sqlite_settings) as store:
        assert tiers(store) == [("c1", NOW.date(), "A")]


def test_what_was_on_the_roster_counts_since_its_import(store: Store) -> None:
    """Customers put in without a history, as before it was kept, are in nobody's base."""
    open_company(store)
    with store.write() as connection:
        row = {"name": "", "email": "", "phone": "", "language": "en"}
        more = {"id": "late", "segments": {"tier": "A"}, "imported_at": NOW}
        connection.execute(insert(Customer), [row | more])
    keep(store, {"late": "A"}, date(2026, 10, 12))
    assert OCTOBER is not None
    with store.read() as connection:
        assert count_moves(connection, OCTOBER) == {}
