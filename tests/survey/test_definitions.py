"""What a company sets in its report definition is what its reports do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reports.definition import DefinitionError, example, read_definition
from reports.findings import ALL, Findings, Standing
from survey.cli import tellback
from survey.dataset import record_population
from survey.fieldwork.surveys import SurveyRecord
from survey.jobs.errors import NoSuchField
from survey.jobs.findings import find_out
from survey.jobs.periods import outlook
from survey.store import Store
from tests.reports.pdf_cases import months
from tests.survey.sample_cases import answer, open_company
from tests.survey.test_cli import whole

WAVE = "2026-10"
WAVES = months(16, WAVE)

Run = Callable[..., Result]


@pytest.fixture
def survey(sqlite_store: Store) -> SurveyRecord:
    """The sample company with the answers of one month."""
    record = open_company(sqlite_store)
    answer(sqlite_store, record, WAVE)
    return record


def found(store: Store, survey: SurveyRecord, definition: str = "") -> Findings:
    """The findings of the month by a definition with these lines."""
    rules = read_definition(f"definition: 1\n{definition}".encode(), "company.yaml")
    return find_out(store, survey, wave=WAVE, by="tier", settings=rules)


def hidden(findings: Findings) -> set[tuple[str, str, str]]:
    """What is hidden: segment, key and what it is about."""
    return {
        (part.segment, figure.key, figure.of)
        for part in findings.segments
        for figure in part.figures
        if figure.standing is Standing.HIDDEN
    }


def test_the_value_of_a_customer_gives_signals_their_costs(
    sqlite_store: Store, survey: SurveyRecord
) -> None:
    """What problems may cost is told in money once the company says what a customer brings."""
    with sqlite_store.write() as connection:
        record_population(connection, survey.id, WAVE, "tier")
    plain = found(sqlite_store, survey)
    valued = found(sqlite_store, survey, "indicators: {customer_value: 1200}\n")
    assert not [s for part in plain.segments for s in part.signals if s.cost is not None]
    costs = {s.key: (s.cost, s.customers) for s in valued.segment(ALL).signals if s.cost}
    assert costs
    assert all(cost == pytest.approx(1200 * (n or 0)) for cost, n in costs.values())
    assert valued.definitions.customer_value == 1200


def test_a_larger_smallest_base_hides_more(sqlite_store: Store, survey: SurveyRecord) -> None:
    """All that was hidden stays hidden, and smaller groups join it."""
    plain = found(sqlite_store, survey)
    strict = found(sqlite_store, survey, "smallest_base: 10\n")
    assert hidden(plain) < hidden(strict)
    shown = [f.n for part in strict.segments for f in part.figures if f.value is not None]
    assert min(n for n in shown if n) >= 10
    assert strict.smallest_base == 10


def test_a_named_baseline_freezes_the_limits(sqlite_store: Store, survey: SurveyRecord) -> None:
    """The chart stands on the months that were named, and its limits are theirs."""
    for wave in WAVES[:-1]:
        answer(sqlite_store, survey, wave)
    named = WAVES[3:15]
    charts = [
        found(sqlite_store, survey, lines).segment(ALL).chart("complaint_rate")
        for lines in (
            "",
            f"control_charts: {{baselines: {{complaint_rate: [{', '.join(named)}]}}}}\n",
        )
    ]
    assert [chart.baseline for chart in charts if chart] == [tuple(WAVES[:12]), tuple(named)]


def test_what_is_not_compared_is_not_tested(sqlite_store: Store, survey: SurveyRecord) -> None:
    """Neither in the findings nor in the family that is corrected."""
    answer(sqlite_store, survey, WAVES[-2])
    both = found(sqlite_store, survey, "indicative_base: 5\n")
    one = found(sqlite_store, survey, "indicative_base: 5\ncompared: [wave_before]\n")
    families = {change.family.value for part in one.segments for change in part.changes}
    assert families == {"wave_before"}
    sizes = [each.segment(ALL).changes[0].family_size for each in (both, one)]
    assert 0 < sizes[1] < sizes[0]


def test_answers_are_weighted_by_the_fields_that_are_named(
    sqlite_store: Store, survey: SurveyRecord
) -> None:
    """By several at once, with customers of a field that the roster does not know as stated."""
    with sqlite_store.write() as connection:
        for field in ("tier", "region"):
            record_population(connection, survey.id, WAVE, field)
    weighted = found(
        sqlite_store, survey, "weighting: {fields: [tier, region], limits: [0.1, 9]}\n"
    )
    assert weighted.weighting.fields == ("tier", "region")
    assert found(sqlite_store, survey).weighting.fields == ()


def test_weighting_by_a_field_that_is_not_there_is_told(
    sqlite_store: Store, survey: SurveyRecord
) -> None:
    """A definition may name what a survey never asked its customers for."""
    with pytest.raises(NoSuchField, match="no segment field hat; there are tier, region"):
        found(sqlite_store, survey, "weighting: {fields: [tier, hat]}\n")


def test_periods_are_planned_for_the_smallest_base(
    sqlite_store: Store, survey: SurveyRecord
) -> None:
    """A group that must be larger needs a longer period."""
    few = {"by": "tier", "response_rate": 0.3, "days_between": 90.0}
    usual, strict = (
        [one.length for one in outlook(sqlite_store, survey, smallest_base=base, **few)]  # type: ignore[arg-type]
        for base in (5, 20)
    )
    assert usual != strict


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command on a data folder of its own."""

    def command(*words: str | Path) -> Result:
        environment = {"TELLBACK_DATA": str(data)}
        return CliRunner(env=environment).invoke(tellback, [str(word) for word in words])

    return command


def test_a_definition_to_begin_with_is_printed_and_right(run: Run, tmp_path: Path) -> None:
    """What `tellback definition` prints is a file that `tellback check` takes."""
    printed = run("definition").output
    assert printed == example()
    file = tmp_path / "company.yaml"
    file.write_text(printed, encoding="utf-8")
    assert run("check", file).output == f"{file}: right (report definition)\n"


def test_a_wrong_definition_is_told_line_by_line(tmp_path: Path) -> None:
    """By both commands alike: every problem with its place, status 2, and nothing is written."""
    file = tmp_path / "company.yaml"
    file.write_text("definition: 1\nsmallest_base: 2\nmascot: fox\n", encoding="utf-8")
    wanted = [
        f"{file}:2:16: smallest_base is 2: write a whole number from 3 to 20",
        f"{file}:3:1: unknown key mascot",
    ]
    checked = whole("check", file, data=tmp_path)
    assert (checked.returncode, checked.stdout.splitlines()) == (2, wanted)
    words = ("--survey", "pumps", "--wave", WAVE, "--definition", file, "--out", tmp_path / "out")
    reported = whole("report", *words, data=tmp_path / "data")
    assert (reported.returncode, reported.stderr.splitlines()) == (2, wanted)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "data").exists()


def test_a_definition_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    """Before anything is opened or counted."""
    words = ("report", "--survey", "x", "--wave", WAVE, "--out", tmp_path / "out")
    refused = run(*words, "--definition", tmp_path / "none.yaml")
    assert isinstance(refused.exception, DefinitionError)
    assert "there is no such file" in str(refused.exception)


def test_reports_follow_their_definition(run: Run, tmp_path: Path) -> None:
    """Seven answers make a page, unless ten are asked for; the findings say by which rule."""
    (tmp_path / "small.yaml").write_text(
        "id: small\nversion: 1\ntitle: Small survey\nlanguages: [en]\nquestions:\n"
        "  - {id: overall, type: scale, role: overall, text: How satisfied?, min: 1, max: 5}\n",
        encoding="utf-8",
    )
    (tmp_path / "mapping.yaml").write_text(
        "mapping: 1\nwave: 2026-10\nsegments: {tier: Tier}\ncolumns: {Score: overall}\n",
        encoding="utf-8",
    )
    rows = ["Score,Tier", *["4,A"] * 40, *["2,B", "3,B"] * 20, *["2,C"] * 7]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "strict.yaml").write_text("definition: 1\nsmallest_base: 10\n", encoding="utf-8")
    run("survey", "open", tmp_path / "small.yaml", "--id", "small", "--company", "Lantern")
    run(
        "import", "responses", tmp_path / "answers.csv",
        "--survey", "small", "--mapping", tmp_path / "mapping.yaml",
    )  # fmt: skip
    shown = {}
    for name, more in (("usual", ()), ("strict", ("--definition", tmp_path / "strict.yaml"))):
        out = tmp_path / name
        words = ("report", "--survey", "small", "--wave", WAVE, "--language", "en", "--out", out)
        built = run(*words, *more)
        assert built.exit_code == 0, built.output
        findings = json.loads((out / "findings.json").read_text(encoding="utf-8"))
        part = next(one for one in findings["segments"] if one["segment"] == "C")
        shown[findings["smallest_base"]] = part["standing"]
    assert shown == {5: "indicative", 10: "hidden"}
