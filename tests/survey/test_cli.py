"""The command line does what its help says, and tells what is wrong in one line a problem."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from socket import socket

import pytest
from click.testing import CliRunner, Result

from survey.cli import main, tellback
from survey.exports.files import UnknownFormat
from survey.jobs.reports import file_names

ROOT = Path(__file__).resolve().parents[2]

ROSTER = "customer_id,name,email,language,tier\nC1,Dave,dave@example.com,en,A\nC2,戴夫,,zh,B\n"

QUESTIONNAIRE = """\
id: small
version: 1
title: Small survey
languages: [en]
questions:
  - {id: overall, type: scale, role: overall, text: How satisfied are you?, min: 1, max: 5}
"""

MAPPING = """\
mapping: 1
wave: 2026-09
segments:
  tier: Tier
columns:
  Score: overall
"""

Run = Callable[..., Result]


def on(data: Path) -> Run:
    """Run a command on that data folder; what it printed and how it ended."""

    def command(*words: str | Path) -> Result:
        told = [str(word) for word in words]
        return CliRunner(env={"TELLBACK_DATA": str(data)}).invoke(tellback, told)

    return command


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command on a data folder of its own; what it printed and how it ended."""
    return on(data)


def whole(*words: str | Path | int, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "survey", *map(str, words)],
        env={"TELLBACK_DATA": str(data), "PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def survey(run: Run, tmp_path: Path) -> Path:
    """A small survey in the field, 40 answers of tier A and 2 of tier B imported."""
    (tmp_path / "small.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    rows = ["Score,Tier", *["4,A", "5,A"] * 20, "1,B", "2,B"]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    opened = run("survey", "open", tmp_path / "small.yaml", "--id", "small", "--company", "Lantern")
    assert opened.exit_code == 0, opened.output
    taken = run(
        "import", "responses", tmp_path / "answers.csv",
        "--survey", "small", "--mapping", tmp_path / "mapping.yaml",
    )  # fmt: skip
    assert taken.exit_code == 0, taken.output
    assert "42 answers taken in" in taken.output
    return tmp_path


def test_check_tells_right_from_wrong(tmp_path: Path) -> None:
    """A right file ends with 0; a wrong one with 2 and file:line:column of each problem."""
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    right.write_text(QUESTIONNAIRE, encoding="utf-8")
    wrong.write_text(QUESTIONNAIRE.replace("min: 1", "min: 9"), encoding="utf-8")
    good = whole("check", right, data=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    bad = whole("check", right, wrong, tmp_path / "none.yaml", data=tmp_path)
    assert bad.returncode == 2
    assert f"{wrong}:6:" in bad.stdout
    assert "none.yaml" in bad.stdout
    assert "Traceback" not in bad.stdout + bad.stderr


def test_customers_and_links(run: Run, tmp_path: Path) -> None:
    """A roster comes in, and each customer gets a link of their own."""
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    assert "2 customers added, 0 brought" in run("import", "customers", roster).output
    assert "0 customers added, 2 brought" in run("import", "customers", roster).output
    links = tmp_path / "links.csv"
    opened = run(
        "survey", "open", "monthly_satisfaction", "--id", "pumps", "--company", "Lantern",
        "--invite", links,
    )  # fmt: skip
    assert "/o/pumps" in opened.output
    with links.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["customer_id"] for row in rows] == ["C1", "C2"]
    assert len({row["link"] for row in rows}) == 2
    assert "pumps: open, 0 answers" in run("survey", "list").output


def test_a_wrong_ending_is_told_before_the_survey_is_open(run: Run, tmp_path: Path) -> None:
    """The command can be given again, corrected: its id is not used up."""
    words = ("survey", "open", "monthly_satisfaction", "--id", "pumps", "--company", "L")
    refused = run(*words, "--invite", tmp_path / "links.txt")
    assert isinstance(refused.exception, UnknownFormat)
    assert run(*words, "--invite", tmp_path / "links.csv").exit_code == 0


def test_what_was_not_taken_of_a_roster_is_told(run: Run, tmp_path: Path) -> None:
    """Columns that nothing is done with, and rows that were left out, are not passed over."""
    roster = tmp_path / "roster.csv"
    roster.write_text("customer_id,email,notes\nC1,,x\nC2,nonsense,y\n", encoding="utf-8")
    told = run("import", "customers", roster, "--accept-good-rows").output
    assert "roster.csv:3: email is not valid" in told
    assert "Columns left out: notes." in told
    assert "1 customer added, 0 brought up to date, 1 row not taken." in told


def test_an_empty_house_says_where_to_start(run: Run) -> None:
    """Listing nothing points to the two ways to have something."""
    assert "tellback demo" in run("survey", "list").output


def test_a_report_is_written_whole(run: Run, survey: Path) -> None:
    """Reports, pages for the wall, an overview and an annex a language, findings.json, as named."""
    result = run("report", "--survey", "small", "--wave", "2026-09", "--out", survey / "out")
    assert result.exit_code == 0, result.output
    names = {path.name for path in (survey / "out").iterdir()}
    assert names == {
        f"{what}_2026-09_{language}.pdf"
        for what in ("all", "A", "B", "onepage_all", "onepage_A", "onepage_B", "overview")
        for language in ("en", "zh")
    } | {"2026-09_en.xlsx", "2026-09_zh.xlsx", "findings.json"}
    assert {Path(line).name for line in result.output.splitlines() if line.endswith("x")} == {
        "2026-09_en.xlsx",
        "2026-09_zh.xlsx",
    }
    found = json.loads((survey / "out" / "findings.json").read_text(encoding="utf-8"))
    assert [s["segment"] for s in found["segments"]] == ["all", "A", "B"]


def test_two_answers_are_no_report(run: Run, survey: Path) -> None:
    """A tier of two people gets a page without figures, and JSON without values."""
    run("report", "--survey", "small", "--wave", "2026-09", "--out", survey / "out")
    found = json.loads((survey / "out" / "findings.json").read_text(encoding="utf-8"))
    small = next(s for s in found["segments"] if s["segment"] == "B")
    assert {f["value"] for f in small["figures"]} == {None}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "--survey", "none", "--wave", "2026-09", "--out", "x"), "no survey none"),
        (("report", "--survey", "small", "--wave", "2026-01", "--out", "x"), "answers for 2026-09"),
        (
            ("report", "--survey", "small", "--wave", "2026-09", "--by", "hat", "--out", "x"),
            "there are tier",
        ),
        (("export", "--survey", "small", "--out", "answers.doc"), ".csv or .xlsx"),
        (("survey", "open", "nothing.yaml", "--id", "x", "--company", "y"), "nothing.yaml"),
        (("import", "customers", "nothing.csv"), "nothing.csv"),
        (
            ("survey", "open", "monthly_satisfaction", "--id", "x", "--company", "a\nb"),
            "a·b cannot be the name of a company",
        ),
        (
            (
                "survey",
                "open",
                "small",
                "--id",
                "x",
                "--company",
                "y",
                "--base-url",
                "javascript:1",
            ),
            "write an address such as https://survey.example.com",
        ),
    ],
)
def test_mistakes_are_told_in_a_line(
    survey: Path,
    words: tuple[str, ...],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be done is said in words, with what could be, and status 2."""
    monkeypatch.setenv("TELLBACK_DATA", str(survey / "data"))
    monkeypatch.setattr(sys, "argv", ["tellback", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """Who serves twice on one port is told so, and what to do."""
    with socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = whole("serve", "--port", other.getsockname()[1], data=tmp_path / "data")
    assert result.returncode == 2
    assert "try another --port" in result.stderr
    assert "Traceback" not in result.stderr


def test_export_gives_back_what_came_in(run: Run, survey: Path) -> None:
    """Every answer stands in the exported file."""
    result = run("export", "--survey", "small", "--out", survey / "all.csv")
    assert "42 answers written" in result.output
    with (survey / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["overall"] for row in rows) == ["1", "2"] + ["4"] * 20 + ["5"] * 20


def test_the_same_file_is_not_taken_twice(run: Run, survey: Path) -> None:
    """Importing again changes nothing and says so."""
    again = run(
        "import", "responses", survey / "answers.csv",
        "--survey", "small", "--mapping", survey / "mapping.yaml",
    )  # fmt: skip
    assert again.exit_code != 0
    assert "small: open, 42 answers" in run("survey", "list").output


@pytest.mark.parametrize("segment", ["../../etc", "a/b", "NUL\0", "泵 A", "", "x" * 300, "all "])
def test_a_segment_never_leads_out_of_the_folder(segment: str) -> None:
    """File names are made of letters, digits and dashes, whatever the segment is called."""
    name = file_names(["all", segment])[segment]
    assert name
    assert name.replace("-", "").isalnum()
    assert len(name) <= 70
    assert name != "all"


def test_segments_that_look_alike_get_files_of_their_own() -> None:
    """Names that differ by case or signs only do not overwrite each other."""
    names = file_names(["all", "a", "A", "a!", "ALL"])
    assert len({name.casefold() for name in names.values()}) == 5


def test_the_demonstration_writes_every_report(tmp_path: Path) -> None:
    """From nothing to all PDFs and two annexes of last month; a second run keeps them."""
    run = on(tmp_path / "data")
    for _ in range(2):
        result = run("demo", "--no-serve", "--today", "2026-03-10", "--out", tmp_path / "reports")
        assert result.exit_code == 0, result.output
        assert "Reports of 2026-02 (sample data)" in result.output
    assert f"  {tmp_path / 'data' / 'definition.yaml'}\n" in result.output
    names = sorted(path.name for path in (tmp_path / "reports").glob("*.pdf"))
    tiers = ("all", "A", "B", "C", "D")
    assert names == sorted(
        f"{what}_2026-02_{language}.pdf"
        for what in (*tiers, *(f"onepage_{tier}" for tier in tiers), "overview")
        for language in ("en", "zh")
    )
    for language in ("en", "zh"):
        annex = tmp_path / "reports" / f"2026-02_{language}.xlsx"
        assert f"  {annex}\n" in result.output
        assert annex.read_bytes().startswith(b"PK")
