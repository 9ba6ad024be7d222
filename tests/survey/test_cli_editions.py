"""The command line hands out what was issued, and says plainly what it could not build."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import main, tellback
from survey.fieldwork.surveys import find_survey
from survey.jobs.building import ask_for
from survey.jobs.drawing import Wanted
from survey.jobs.editions import find_edition
from survey.settings import Settings
from survey.store import open_store
from tests.survey.building_cases import WAVE
from tests.survey.sample_cases import answer, open_company

Run = Callable[..., Result]
REPORT = ("report", "--survey", "company", "--wave", WAVE, "--language", "en", "--jobs", "1")


def on(settings: Settings) -> Run:
    """Run a command on that installation."""

    def command(*words: str | Path) -> Result:
        told = [str(word) for word in words]
        return CliRunner(env={"TELLBACK_DATA": str(settings.data)}).invoke(tellback, told)

    return command


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Path:
    """An installation with one wave of answers, and its report in a folder ``first`` of it."""
    settings = Settings(tmp_path_factory.mktemp("reported") / "data")
    with open_store(settings) as store:
        answer(store, open_company(store), WAVE)
    (settings.data / "fonts").symlink_to(fonts)
    assert "Nothing was issued yet" in on(settings)("edition", "list").output
    assert on(settings)(*REPORT, "--out", settings.data / "first").exit_code == 0
    return settings.data


@pytest.fixture
def settings(tmp_path: Path, reported: Path) -> Settings:
    """The same installation, to be changed at will."""
    return Settings(shutil.copytree(reported, tmp_path / "data", symlinks=True))


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run a command on that installation."""
    return on(settings)


def contents(folder: Path) -> dict[str, bytes]:
    """Name → bytes of all files in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_edition_is_listed_and_handed_out_again(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    """What `edition export` writes is what `report` wrote, and `report` writes it again."""
    assert run(*REPORT, "--out", tmp_path / "again").exit_code == 0
    out = ("--survey", "company", "--wave", WAVE, "--out", tmp_path / "exported")
    assert run("edition", "export", *out).exit_code == 0
    first = contents(settings.data / "first")
    assert first == contents(tmp_path / "again") == contents(tmp_path / "exported")
    listed = run("edition", "list", "--survey", "company").output
    assert f"company {WAVE} by tier, edition 1: made " in listed
    assert "UTC, the first; answers: " in listed
    assert "files built: 10 of 10" in listed
    assert "Nothing" in run("edition", "list", "--survey", "other").output


def test_a_report_that_cannot_be_built_is_named(
    run: Run, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with its reason, exit status 1, and all the others are there."""
    with open_store(settings) as store:
        issued = find_edition(store, "company", WAVE, "tier")
        ask_for(store, issued.key, [Wanted("nobody", "en", "pdf")])
    result = run(*REPORT, "--out", tmp_path / "out")
    assert result.exit_code == 1
    told = [line for line in result.output.splitlines() if line.startswith("not built")]
    assert len(told) == 1
    assert told[0].startswith("not built: pdf of nobody in en: no segment nobody")
    assert contents(tmp_path / "out") == contents(settings.data / "first")
    monkeypatch.setenv("TELLBACK_DATA", str(settings.data))
    monkeypatch.setattr(sys, "argv", ["tellback", *REPORT, "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1


def test_too_few_late_answers_are_told(run: Run, settings: Settings, tmp_path: Path) -> None:
    """An edition that stands says so; a correction is issued all the same."""
    with open_store(settings) as store:
        assert answer(store, find_survey(store, "company"), WAVE, seed=2, most=1) == 1
    told = run(*REPORT, "--out", tmp_path)
    assert told.exit_code == 0
    assert "Edition 1 stands" in told.output
    assert "fewer than 5 answers came or went" in told.output
    assert "edition 2" not in run("edition", "list").output
    assert run(*REPORT, "--correct", "--out", tmp_path).exit_code == 0
    assert "edition 2: made" in run("edition", "list").output
