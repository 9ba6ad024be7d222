"""From the store to findings: what is kept is used, and what a period holds is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, func, select, text, update

from reports.findings import ALL, Findings
from reports.indicators.weighted_index import index_items
from reports.periods import Fieldwork, Length, NotAPeriod
from reports.statistics.composite import importance_weighted
from reports.tally import match, pairs, pairs_by, tally
from survey.dataset import read_dataset
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs import pairs as pairs_room
from survey.jobs import scores as scores_room
from survey.jobs.errors import NoSuchField, NoSuchWave
from survey.jobs.findings import find_out
from survey.jobs.pairs import pair_waves
from survey.jobs.periods import Outlook, fix_periods
from survey.jobs.scores import score_waves
from survey.jobs.tallies import count_waves
from survey.settings import Settings
from survey.store import Store, StoreBusy, open_store
from survey.store.base import Base
from survey.store.kept import StoredPairs, StoredScores, StoredTally
from tests.survey.sample_cases import INSTRUMENT, NOW, answer, open_company

YEAR_AGO, BEFORE, WAVE = "2025-10", "2026-09", "2026-10"


def company(store: Store) -> SurveyRecord:
    """The survey with a wave, the one before, and the one a year before."""
    survey = open_company(store)
    for wave in (YEAR_AGO, BEFORE, WAVE):
        answer(store, survey, wave)
    return survey


def found_pairs(store: Store, earlier: str = BEFORE) -> dict[str, int]:
    """Segment → how many customers answered in both waves."""
    found = pair_waves(store, "company", INSTRUMENT, wave=WAVE, earlier=earlier, field="tier")
    return {segment: own.customers for segment, own in found.items()}


def test_pairs_are_counted_once_and_hold_until_an_answer_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the answers say, kept, and counted again after a late answer in either wave."""
    survey = company(store)
    then, now = (
        read_dataset(store, survey.id, INSTRUMENT, [wave], customers=True)
        for wave in (BEFORE, WAVE)
    )
    both = match(then, now)
    found = pair_waves(store, survey.id, INSTRUMENT, wave=WAVE, earlier=BEFORE, field="tier")
    assert found == {ALL: pairs(then, now, both), **pairs_by(then, now, both, "tier")}
    assert found[ALL].customers == sum(own.customers for s, own in found.items() if s != ALL) > 0

    count = pairs_room._count
    seen: list[str] = []

    def noted(*given: object) -> object:
        seen.append(str(given[4]))
        return count(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pairs_room, "_count", noted)
    assert found_pairs(store)[ALL] == found[ALL].customers
    assert seen == []
    for late in (BEFORE, WAVE):
        answer(store, survey, late, seed=2)
        assert found_pairs(store)[ALL] > found[ALL].customers
    assert seen == [BEFORE, BEFORE]


@pytest.mark.parametrize("change", [{"counts": b"broken"}, {"plan": "other"}])
def test_pairs_that_no_longer_hold_are_counted_again(
    sqlite_store: Store, change: dict[str, object]
) -> None:
    """Damaged, or of other questions: not used, and replaced."""
    company(sqlite_store)
    found = found_pairs(sqlite_store)
    with sqlite_store.write() as connection:
        connection.execute(update(StoredPairs).values(**change))
    assert found_pairs(sqlite_store) == found
    with sqlite_store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(StoredPairs)) == 1


def test_scores_are_those_of_the_answers_and_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All segments together are the index of all answers; it is summed once."""
    survey = company(store)
    data = read_dataset(store, survey.id, INSTRUMENT, [WAVE])
    weighed = index_items(INSTRUMENT, tally(data))
    assert weighed is not None
    codes = np.column_stack([data.columns[name] for name in weighed.columns])
    found = score_waves(store, survey.id, INSTRUMENT, [WAVE], "tier", weighed)
    whole = importance_weighted(codes, weighed.items)
    assert sum(sums.total for sums in found.values()) == whole.total
    assert sum(sums.n for sums in found.values()) == whole.n
    monkeypatch.setattr(scores_room, "_sum", None)
    assert score_waves(store, survey.id, INSTRUMENT, [WAVE], "tier", weighed) == found


def test_other_weights_make_other_scores(sqlite_store: Store) -> None:
    """What was summed with the weights of another period is not used."""
    survey = company(sqlite_store)
    found = []
    for wave in (YEAR_AGO, WAVE):
        own = index_items(
            INSTRUMENT, tally(read_dataset(sqlite_store, "company", INSTRUMENT, [wave]))
        )
        assert own is not None
        found.append(score_waves(sqlite_store, survey.id, INSTRUMENT, [WAVE], "tier", own))
    assert found[0].keys() == found[1].keys()
    assert found[0] != found[1]


@pytest.mark.parametrize("room", [pairs_room, scores_room], ids=["pairs", "scores"])
def test_what_cannot_be_kept_is_right(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, room: object
) -> None:
    """A busy store costs time and no figure."""
    survey = company(sqlite_store)
    expected = find_out(sqlite_store, survey, wave=WAVE, by="tier")
    with sqlite_store.write() as connection:
        for table in (StoredPairs, StoredScores):
            connection.execute(delete(table))

    def busy(*_given: object) -> None:
        raise StoreBusy

    monkeypatch.setattr(room, "insert", busy)
    assert find_out(sqlite_store, survey, wave=WAVE, by="tier") == expected


def paired(findings: Findings, segment: str) -> tuple[int, int]:
    """How many customers stand behind the changes of the index since last wave, and last year."""
    own = findings.segment(segment)
    change, year = own.change("satisfaction_index"), own.year_change("satisfaction_index")
    assert change is not None
    assert year is not None
    return change.paired, year.paired


def test_a_report_pairs_the_wave_before_and_a_year_before(sqlite_store: Store) -> None:
    """Segment by segment, and everybody for the whole; no more than those who answered twice."""
    survey = company(sqlite_store)
    findings = find_out(sqlite_store, survey, wave=WAVE, by="tier")
    for segment in (ALL, "B"):
        before, year = paired(findings, segment)
        assert 0 < before <= found_pairs(sqlite_store)[segment]
        assert 0 < year <= found_pairs(sqlite_store, YEAR_AGO)[segment]


def test_an_anonymous_survey_pairs_nobody(sqlite_store: Store) -> None:
    """It does not know its customers, and nothing is kept about them."""
    survey = open_company(sqlite_store, mode="anonymous")
    for wave in (YEAR_AGO, BEFORE, WAVE):
        answer(sqlite_store, survey, wave)
    assert paired(find_out(sqlite_store, survey, wave=WAVE, by="tier"), "B") == (0, 0)
    with sqlite_store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(StoredPairs)) == 0


def test_a_quarter_is_reported_as_the_sum_of_its_months(sqlite_store: Store) -> None:
    """Its answers, days and channels are those of its months; its index has all their scores."""
    survey = open_company(sqlite_store)
    answers = [answer(sqlite_store, survey, wave) for wave in ("2026-07", "2026-08", "2026-09")]
    findings = find_out(sqlite_store, survey, wave="2026-Q3", by="tier")
    whole = findings.segment(ALL)
    assert (findings.wave, whole.responses) == ("2026-Q3", sum(answers))
    assert findings.provenance.generated_from == f"sample {sum(answers)}"
    assert findings.provenance.first_day.startswith("2026-07")
    assert findings.provenance.last_day.startswith("2026-09")
    index = whole.figure("importance_weighted_index")
    assert index is not None
    assert sum(answers) * 0.8 < index.n <= sum(answers)
    assert find_out(sqlite_store, survey, wave="2026-H2", by="tier").segment(ALL).responses == (
        sum(answers)
    )


def test_a_period_looks_back_on_whole_periods(sqlite_store: Store) -> None:
    """Quarters, as far back as there are answers; none of them is cut off at its beginning."""
    survey = open_company(sqlite_store)
    for wave in ("2024-08", "2024-09", "2024-10", "2026-09"):
        answer(sqlite_store, survey, wave)
    findings = find_out(sqlite_store, survey, wave="2026-Q3", by="tier")
    past = [point.wave for point in findings.segment(ALL).past("satisfaction_index")]
    assert past == ["2024-Q3", "2024-Q4", "2026-Q3"]


def test_a_period_that_is_none_is_told_from_one_without_answers(sqlite_store: Store) -> None:
    """A misspelt name, an empty quarter, and a field nobody carries each have their sentence."""
    survey = company(sqlite_store)
    with pytest.raises(NotAPeriod, match="2026-Q4"):
        find_out(sqlite_store, survey, wave="2026-Q5", by="tier")
    for empty in ("2026-Q2", "2026-03", "2024"):
        with pytest.raises(NoSuchWave, match=f"no answers in wave {empty}"):
            find_out(sqlite_store, survey, wave=empty, by="tier")
    with pytest.raises(NoSuchField, match="no segment field colour"):
        find_out(sqlite_store, survey, wave=WAVE, by="colour")


def test_a_fixed_period_hides_the_months_of_its_year(sqlite_store: Store) -> None:
    """Tier A by the quarter from 2027: hidden in its months, and in no month of 2026."""
    survey = open_company(sqlite_store)
    answer(sqlite_store, survey, "2026-12")
    fixed = [Outlook("A", Fieldwork(40, 0.3), Length.QUARTER)]
    fix_periods(sqlite_store, survey, fixed, year=2027, by="tier", now=NOW)
    answer(sqlite_store, survey, "2027-01")
    findings = find_out(sqlite_store, survey, wave="2027-01", by="tier")
    points = findings.segment("A").past("satisfaction_index")
    assert [(p.wave, p.figure.reason and p.figure.reason.value) for p in points] == [
        ("2026-12", None),
        ("2027-01", "longer_period"),
    ]
    quarter = find_out(sqlite_store, survey, wave="2027-Q1", by="tier")
    figure = quarter.segment("A").figure("satisfaction_index")
    assert figure is not None
    assert figure.value is not None


def test_counts_know_which_segments_lie_in_which(store: Store) -> None:
    """Kept and read again, the joint counts are those of the answers; one field has none."""
    survey = company(store)
    first = count_waves(store, survey.id, INSTRUMENT, [WAVE], "tier")[WAVE].joint
    again = count_waves(store, survey.id, INSTRUMENT, [WAVE], "tier")[WAVE].joint
    assert first == again
    assert list(first) == ["region"]


NEWER_INDEXES = (
    "ix_draft_invitation_id",
    "ix_invitation_customer_id",
    "ix_response_customer_id",
    "ix_response_invitation_id",
)
OLD_TABLES = {
    *("instrument", "survey", "customer", "invitation", "draft", "response", "comment"),
    *("population", "import_batch", "wave_mark", "tally"),
}
"""Those of the release that first kept tallies."""


def test_tallies_from_before_are_counted_again(tmp_path: Path) -> None:
    """Counts that an older release kept do not tell what lies in what: the upgrade drops them."""
    settings = Settings(tmp_path / "data")
    with open_store(settings) as store:
        survey = company(store)
        with store.write() as connection:  # an older release kept no history of tiers
            connection.execute(text("DELETE FROM customer_tier"))
        expected = find_out(store, survey, wave=WAVE, by="tier")
        with store.write() as connection:
            connection.execute(text("ALTER TABLE tally DROP COLUMN joint"))
            connection.execute(text("ALTER TABLE import_batch DROP COLUMN quoting_agreed"))
            for name in NEWER_INDEXES:
                connection.execute(text(f"DROP INDEX {name}"))
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in OLD_TABLES:
                    connection.execute(text(f"DROP TABLE {table.name}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    with open_store(settings) as store:
        with store.write() as connection:
            connection.execute(text("DELETE FROM customer_tier"))
            assert connection.scalar(select(func.count()).select_from(StoredTally)) == 0
        assert find_out(store, survey, wave=WAVE, by="tier") == expected
