"""``tellback erase``: what would go is told first, what went is gone from every report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import tellback
from survey.exports.responses import export_responses
from survey.settings import Settings
from survey.store import open_store
from survey.store.ledger import NAME
from tests.survey.erasing_cases import (
    WAVE,
    customer_id,
    fill,
    found_in_files,
    found_in_store,
    person,
)

Run = Callable[..., Result]
REPORT = ("report", "--survey", "company", "--wave", WAVE, "--language", "en", "--jobs", "1")


@pytest.fixture
def settings(tmp_path: Path, fonts: Path) -> Settings:
    """An installation with one wave of comments."""
    settings = Settings(tmp_path / "data")
    with open_store(settings) as store:
        fill(store, 30)
    (settings.data / "fonts").symlink_to(fonts)
    return settings


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run a command on that installation."""

    def command(*words: str | Path, answer: str = "", language: str = "en") -> Result:
        told = [str(word) for word in words]
        environment = {"TELLBACK_DATA": str(settings.data), "TELLBACK_LANGUAGE": language}
        return CliRunner(env=environment).invoke(tellback, told, input=answer)

    return command


def test_a_quoted_customer_disappears_from_reports_and_folders(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    """Stored and handed-out reports say one comment is kept no longer; other files are named."""
    out = tmp_path / "reports"
    assert run(*REPORT, "--out", out).exit_code == 0
    kept = [path for path in out.iterdir() if path.suffix == ".pdf"]
    (out / "deeper").mkdir()
    (out / "deeper" / "copy.pdf").write_bytes((out / f"all_{WAVE}_en.pdf").read_bytes())
    quoted = [n for n in range(30) if found_in_files(out / "deeper", [person(n)[4]])]
    gone, stays = quoted[0], quoted[-1]
    assert gone != stays
    (out / "no.pdf").write_bytes(b"no PDF")
    with open_store(settings) as store:
        export_responses(store, "company", out / "answers.csv")
        export_responses(store, "company", out / "answers.xlsx")
    own = ("erase", "--customer", customer_id(gone), "--reports", out, "--jobs", "1")
    dry = run(*own, "--dry-run")
    assert dry.exit_code == 0
    for said in ("comments: 1", "answered questionnaires: 1", "copy.pdf", "dry run"):
        assert said in dry.output
    assert found_in_files(out, [person(gone)[4]])
    told = run(*own, "--yes")
    assert told.exit_code == 1  # the exported answers are left to whoever wrote them
    assert told.output.count("see to it yourself") == 2
    assert "drawn again without: " in told.output
    assert (out / f"onepage_all_{WAVE}_en.pdf").exists()  # carries the figures, quotes nobody
    assert not (out / f"all_{WAVE}_en.pdf").exists()
    for name in ("answers.csv", "answers.xlsx"):
        (out / name).unlink()
    assert found_in_files(out, person(gone)) == []
    assert (out / "no.pdf").exists()
    assert run(*REPORT, "--out", out).exit_code == 0
    assert all(path.exists() for path in kept)
    assert found_in_files(out, person(gone)) == []
    assert found_in_files(out, [person(stays)[4]])
    assert found_in_files(out, ["1 comment that was drawn is kept no longer."])
    with open_store(settings) as store:
        assert found_in_store(store, person(gone)) == []
    assert found_in_files(settings.data, person(gone)) == []
    assert "edition 2" not in run("edition", "list").output


def test_whoever_does_not_agree_erases_nothing(run: Run, settings: Settings) -> None:
    """No is the answer where none is given, and the exit status says so."""
    own = ("erase", "--customer", customer_id(1))
    for answer in ("n\n", "\n"):
        told = run(*own, answer=answer)
        assert (told.exit_code, "Nothing was erased." in told.output) == (1, True)
    assert run(*own, answer="").exit_code != 0
    with open_store(settings) as store:
        assert found_in_store(store, person(1))
    told = run(*own, answer="y\n")
    assert told.exit_code == 0
    assert "Erased:" in told.output


def test_it_can_be_asked_for_again(run: Run) -> None:
    """Who was erased is told to be; who never was a customer is refused, and nobody is erased."""
    own = ("erase", "--yes", "--customer")
    assert run(*own, customer_id(1)).exit_code == 0
    told = run(*own, customer_id(1))
    assert (told.exit_code, "was erased on" in told.output) == (0, True)
    told = run(*own, "nobody\x1b[2J", "--customer", customer_id(2))
    assert told.exception is not None
    assert str(told.exception) == "no such customer: nobody·[2J"
    assert (
        "answered questionnaires: 1"
        in run("erase", "--dry-run", "--customer", customer_id(2)).output
    )
    assert "--customer or --list" in run("erase").output


def test_many_are_named_in_a_file(run: Run, settings: Settings, tmp_path: Path) -> None:
    """One id a line; all of them go."""
    ids = [customer_id(number) for number in range(25)]
    listed = tmp_path / "leaving.txt"
    listed.write_text("\n".join([*ids, "", ids[0]]) + "\n")
    told = run("erase", "--list", listed, "--yes")
    assert told.exit_code == 0
    assert "and 5 more customers" in told.output
    assert "customers in the roster: 25" in told.output
    with open_store(settings) as store:
        assert found_in_store(store, [t for n in range(25) for t in person(n)]) == []


def test_it_speaks_chinese(run: Run) -> None:
    """In the language of whoever runs it."""
    told = run("erase", "--customer", customer_id(2), "--yes", language="zh_CN.UTF-8")
    assert told.exit_code == 0
    for said in ("以下客户的现存资料：", "答卷：1", "已删除：", "另存一份"):
        assert said in told.output


def test_a_ledger_kept_elsewhere_is_replayed(run: Run, settings: Settings) -> None:
    """After all of the data folder was put back, too."""
    assert run("erase", "--customer", customer_id(3), "--yes").exit_code == 0
    told = run("erase", "--replay", settings.data / NAME)
    assert (told.exit_code, "Nothing is left to erase." in told.output) == (0, True)
