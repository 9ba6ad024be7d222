"""Answers that come late: a few wait and are told to, enough of them make another edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete

from survey.cli import tellback
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.jobs.editions import find_edition
from survey.sample.simulator import simulate_wave
from survey.settings import Settings
from survey.store import open_store
from survey.store.revisions import mark_waves
from survey.store.tables import Response
from tests.reports.pdf_reading import flat
from tests.survey.building_cases import WAVE
from tests.survey.sample_cases import CUSTOMERS, INSTRUMENT, answer, open_company

Run = Callable[..., Result]
REPORT = ("report", "--survey", "company", "--wave", WAVE, "--jobs", "1")


@pytest.fixture
def settings(tmp_path: Path, fonts: Path) -> Settings:
    """An installation with one wave of answers."""
    settings = Settings(tmp_path / "data")
    with open_store(settings) as store:
        answer(store, open_company(store), WAVE)
    (settings.data / "fonts").symlink_to(fonts)
    return settings


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run a command on that installation, in a language."""

    def command(*words: str | Path, language: str = "en") -> Result:
        told = [str(word) for word in words]
        own = {"TELLBACK_DATA": str(settings.data), "TELLBACK_LANGUAGE": language}
        return CliRunner(env=own).invoke(tellback, told)

    return command


def late(settings: Settings, count: int) -> None:
    """So many late answers in one tier, and none in the others."""
    drawn = simulate_wave(INSTRUMENT, CUSTOMERS, seed=3, first_day=date(2026, 10, 1), waves_back=0)
    chosen = [one for one in drawn if one.customer.segments["tier"] == "B"][:count]
    assert len(chosen) == count
    with open_store(settings) as store, store.write() as connection:
        new = [
            NewResponse(
                survey_id="company",
                submission_id=f"late {number}",
                instrument_version=INSTRUMENT.version,
                wave=WAVE,
                day=date(2026, 10, 31),
                language="en",
                channel="import",
                answers=one.answers,
                comments={},
                segments=one.customer.segments,
            )
            for number, one in enumerate(chosen)
        ]
        store_responses(connection, new)


@pytest.mark.parametrize(
    ("language", "stands", "changed"),
    [("en", "Edition 1 stands", "complete answers,"), ("zh", "第 1 版仍然有效", "有效答卷")],
)
def test_enough_late_answers_make_an_edition(
    run: Run, settings: Settings, tmp_path: Path, language: str, stands: str, changed: str
) -> None:
    """One fewer than the smallest base waits, and that is said; as many are another edition."""
    written = ("--language", language, "--out", tmp_path)
    assert run(*REPORT, *written).exit_code == 0
    late(settings, 4)
    told = run(*REPORT, *written, language=language)
    assert stands in told.output
    with open_store(settings) as store, store.write() as connection:
        connection.execute(delete(Response).where(Response.submission_id.like("late%")))
        mark_waves(connection, [("company", WAVE)])
    late(settings, 5)
    told = run(*REPORT, *written, language=language)
    assert (told.exit_code, stands in told.output) == (0, False)
    name = "B" if (tmp_path / f"B_{WAVE}_{language}.pdf").exists() else "all"
    said = flat((tmp_path / f"{name}_{WAVE}_{language}.pdf").read_bytes())
    assert changed.replace(" ", "") in said
    shown = run("edition", "show", "--survey", "company", "--wave", WAVE, language=language)
    assert shown.exit_code == 0
    with open_store(settings) as store:
        then, now = (find_edition(store, "company", WAVE, "tier", n) for n in (1, 2))
    before, after = (one.findings.segment("B").responses for one in (then, now))
    assert after == before + 5
    assert f"{before} → {after}" in shown.output
    assert now.fingerprint in shown.output
