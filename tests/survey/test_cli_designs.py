"""A report is issued in a company's own design, and keeps it when the company has another one."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PIL import Image

from tests.survey.test_cli_editions import (
    REPORT,
    Run,
    contents,
    reported,
    run,
    settings,
)

__all__ = ["reported", "run", "settings"]

DEFINITION = """\
definition: 1
sections: [complaints, summary, method]
colours: {accent: "#7A1FA2"}
logo: {file: logo.png, text: {en: Logo of the company, zh: 公司标志}}
"""


def defined(folder: Path, text: str = DEFINITION, shade: str = "red") -> Path:
    """A definition and its logo in a folder of their own."""
    folder.mkdir()
    Image.new("RGB", (200, 60), shade).save(folder / "logo.png")
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    return folder / "company.yaml"


def outline_of(data: bytes) -> list[str]:
    """The names of the outline."""
    with pikepdf.open(io.BytesIO(data)) as document, document.open_outline() as outline:
        return [entry.title for entry in outline.root]


def test_a_design_makes_an_edition_that_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    """Its picture and its definition may go: what was issued is handed out to the byte."""
    mine = defined(tmp_path / "mine")
    out = tmp_path / "out"
    assert run(*REPORT, "--definition", mine, "--out", out).exit_code == 0
    assert len(run("edition", "list").output.splitlines()) == 2
    files = contents(out)
    report = files["all_2026-10_en.pdf"]
    names = ["Problems and complaints", "Executive summary", "Method and data"]
    assert outline_of(report) == names
    for name, data in files.items():
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(data)) as document:
                assert "/XObject" in document.pages[0].Resources, name
    for path in mine.parent.iterdir():
        path.unlink()
    again = ("--survey", "company", "--wave", "2026-10", "--number", "2")
    assert run("edition", "export", *again, "--out", tmp_path / "again").exit_code == 0
    assert contents(tmp_path / "again") == files


def test_the_same_definition_elsewhere_is_the_same_edition(run: Run, tmp_path: Path) -> None:
    """No path is part of it; another picture of the same name makes another edition."""
    for folder in ("a", "b"):
        path = defined(tmp_path / folder)
        out = tmp_path / f"out-{folder}"
        assert run(*REPORT, "--definition", path, "--out", out).exit_code == 0
    assert contents(tmp_path / "out-a") == contents(tmp_path / "out-b")
    other = defined(tmp_path / "c", shade="navy")
    assert run(*REPORT, "--definition", other, "--out", tmp_path / "out-c").exit_code == 0
    assert len(run("edition", "list").output.splitlines()) == 3


def test_a_definition_that_is_wrong_issues_nothing(run: Run, tmp_path: Path) -> None:
    """The report is refused with the line, before anything is measured."""
    wrong = defined(tmp_path / "wrong", DEFINITION.replace("logo.png", "../logo.png"))
    result = run("check", wrong)
    assert result.exit_code == 2
    assert "company.yaml:4:14: ../logo.png is no name of a file beside" in result.output
    assert run("check", defined(tmp_path / "right")).exit_code == 0
