"""A report definition: what it sets, and what is wrong with it, all at once with lines."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from reports.definition import (
    KEYS,
    DefinitionError,
    example,
    is_definition,
    load_definition,
    read_definition,
)
from reports.definition.sections import CHARTS, ENDS, INDICATORS, WEIGHTING
from reports.quoted import Spread, Voicing
from reports.settings import RANGES, STANDARD, Definitions, Lost, Settings
from reports.statistics.control_charts.rules import Rule
from tests.instruments.test_hostile_instruments import LARGE, SECONDS, manifest
from tests.outside_files import HOSTILE, needs_hostile

MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))
YEAR = ", ".join(MONTHS)
ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "definition-format.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs" / "how-to" / "set-the-rules.md").read_text(encoding="utf-8")


def made(text: str) -> Settings:
    """The settings of a definition with these lines."""
    return read_definition(f"definition: 1\n{text}".encode(), "c.yaml")


def told(text: str) -> list[str]:
    """What is wrong with a definition of these lines, the first of which is line 2."""
    with pytest.raises(DefinitionError) as caught:
        made(text)
    return [line.removeprefix("c.yaml:") for line in caught.value.lines]


def test_the_example_is_what_holds_unless_something_is_said() -> None:
    """Who copies it and changes nothing gets the reports of before."""
    assert read_definition(example().encode(), "example.yaml") == STANDARD


@pytest.mark.parametrize("key", [*KEYS, *INDICATORS, *ENDS, *CHARTS, *WEIGHTING])
def test_the_example_names_everything_that_can_be_set(key: str) -> None:
    """A setting that nobody finds is none; what is not known in advance stands in a comment."""
    assert re.search(rf"[ {{#]{key}:|^{key}:", example(), re.MULTILINE)


def test_what_the_example_has_in_comments_is_right() -> None:
    """Without their marks these lines are taken, too."""
    plain = example().replace("  lost: measured", "#")
    plain = re.sub(r"^( *)# (?=lost|baselines|  complaint|  +2026|weighting|  fields|  margins|"
                   r"    region|  limits)", r"\1", plain, flags=re.MULTILINE)  # fmt: skip
    settings = read_definition(plain.encode(), "example.yaml")
    assert settings.definitions.lost == Lost(0.6, 0.1, 0.3, 0.8)
    assert len(settings.baselines["complaint_rate"]) == 12
    assert settings.weighting.fields == ("tier", "region")
    assert settings.weighting.margins == {"region": {"East": 400, "West": 600}}
    assert settings.weighting.limits == (0.3, 3)


def test_everything_that_is_set_arrives() -> None:
    """Each key becomes the setting of its name."""
    settings = made(
        "confidence: 0.9\nsmallest_base: 10\nindicative_base: 50\ntrend_waves: 12\n"
        "compared: [rest]\n"
        "indicators: {speaks_well: 1, wants_more: 1, comes_back: 3, return_parts: [bought_again],\n"
        "  complaint_to_others: no, secure: 2, favourable: 3, at_risk: 1, satisfied: 1, loyal: 3,\n"
        "  ceiling: 0.2, least_explained: 0.3, customer_value: 1200.5,\n"
        "  lost: {silent: 0.6, content: 0, middling: 0.3, discontent: 1}}\n"
        f"control_charts: {{rules: [nine_on_one_side], baselines: {{voiced_rate: [{YEAR}]}}}}\n"
        "weighting: {fields: [tier, region], margins: {tier: {1: 20, NO: 80}}, limits: [0.5, 2]}\n"
    )
    assert settings == Settings(
        confidence=0.9,
        smallest_base=10,
        indicative_base=50,
        trend_waves=12,
        compared=("rest",),
        definitions=Definitions(
            1, 1, 3, ("bought_again",), False, 2, 3, 1, 1, 3, 0.2, 0.3, 1200.5, Lost(0.6, 0, 0.3, 1)
        ),
        chart_rules=("nine_on_one_side",),
        baselines={"voiced_rate": MONTHS},
        weighting=settings.weighting,
    )
    assert settings.weighting.fields == ("tier", "region")
    assert settings.weighting.margins == {"tier": {"1": 20, "NO": 80}}
    assert settings.weighting.limits == (0.5, 2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("smalest_base: 10", "2:1: unknown key smalest_base (did you mean smallest_base?)"),
        ("confidence: 95", "2:13: confidence is 95: write a number from 0.5 to below 1"),
        ("confidence: '0.9'", "2:13: confidence is in quotes: write a number from 0.5 to below 1"),
        ("confidence:", "2:12: confidence is no number: write a number from 0.5 to below 1"),
        ("smallest_base: 2", "2:16: smallest_base is 2: write a whole number from 3 to 20"),
        ("trend_waves: [6]", "2:14: trend_waves is no number: write a whole number from 1 to 60"),
        (
            "indicative_base: 4",
            "2:18: indicative_base does not fit: it must be no less than the smallest base, 5",
        ),
        (
            "compared: [wave_bfore]",
            "2:12: unknown word wave_bfore in compared (did you mean wave_before?): "
            "write wave_before, year_before or rest",
        ),
        ("compared: [rest, rest]", "2:18: rest is named twice: name each once"),
        ("compared: []", "2:11: compared is empty: give at least one entry"),
        ("compared: rest", "2:11: compared must be a list"),
        ("compared: [{}]", "2:12: compared must be words: write wave_before, year_before or rest"),
        ("indicators: 5", "2:13: indicators must be a mapping: write keys like speaks_well: …"),
        (
            "indicators: {secure: 3}",
            "2:22: secure does not fit: it must be no more than favourable, 2",
        ),
        (
            "indicators: {return_parts: [would_recommend]}",
            "2:28: return_parts does not fit: it must be of bought_again, would_buy_again, "
            "would_recommend, with one of the first two",
        ),
        (
            "indicators: {complaint_to_others: perhaps}",
            "2:35: complaint_to_others must be true or false",
        ),
        (
            "indicators: {customer_value: -1}",
            "2:30: customer_value is -1: write a number above 0 or unknown",
        ),
        (
            "indicators: {lost: 0.3}",
            "2:20: lost is 0.3: write measured, or silent, content, middling, discontent with a "
            "share each",
        ),
        (
            "indicators: {lost: {silent: 0.1, content: 0.1, middling: 0.3}}",
            "2:20: discontent is missing: write a share from 0 to 1",
        ),
        ("control_charts: {baselines: {nps: []}}", "2:30: unknown key nps"),
        (
            "control_charts: {baselines: {voiced_rate: [2025-01]}}",
            "2:43: voiced_rate names too few periods: name at least 12",
        ),
        (
            f"control_charts: {{baselines: {{voiced_rate: [{YEAR}, 2026-13]}}}}",
            "2:152: 2026-13 is no period: write it like 2026-10",
        ),
        (
            f"control_charts: {{baselines: {{voiced_rate: [{YEAR}, 2025-12]}}}}",
            "2:152: 2025-12 is named twice: name each period once",
        ),
        (
            f"control_charts: {{baselines: {{voiced_rate: [{YEAR}, 2026-Q1]}}}}",
            "2:152: 2026-Q1 is not as long as those before: name periods of one kind",
        ),
        ("weighting: {fields: [{}]}", "2:22: a segment field must be a word"),
        (
            "weighting: {fields: [tier, tier]}",
            "2:21: fields does not fit: it must be names, each of them once",
        ),
        (
            "weighting: {fields: [tier], margins: {tier: {A: few}}}",
            "2:49: A has no number of customers: write a whole number",
        ),
        (
            "weighting: {fields: [tier], margins: {tier: 100}}",
            "2:45: the margin of tier must be entries of the form key: value",
        ),
        (
            "weighting: {fields: [tier], margins: {region: {East: 1}}}",
            "2:38: margins does not fit: it must be of fields that are weighted by",
        ),
        (
            "weighting: {fields: [tier], limits: [3]}",
            "2:37: limits must be two numbers: write the smallest and the largest weight",
        ),
        (
            "weighting: {fields: [tier], limits: [3, 0.3]}",
            "2:37: limits does not fit: it must be one above 0 and below 1, and one above 1",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, problem: str) -> None:
    """One problem, one line: where, what is wrong, and what would be right."""
    assert told(text) == [problem]


def test_all_problems_are_told_at_once() -> None:
    """In the order of the file, whatever section they are in; nobody corrects a file six times."""
    lines = told(
        "confidence: 2\n"
        "indicative_base: 4\n"
        "indicators:\n"
        "  secure: 4\n"
        "  return_parts: [would_recommend]\n"
        "  speak_well: 1\n"
        "control_charts: {rules: [long_runs]}\n"
        "colour: red\n"
        "smallest_base: &a 5\n"
    )
    assert [line.split(":")[0] for line in lines] == ["10", "2", "3", "5", "6", "7", "8", "9"]


def test_a_value_that_is_wrong_does_not_make_others_wrong() -> None:
    """What was out of its range is told once, not again by what depends on it."""
    assert len(told("indicators: {favourable: 9, secure: 3}")) == 1


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"", "c.yaml:1:1: the file is empty"),
        (b"smallest_base: 10\n", "c.yaml:1:1: definition is missing: write definition: 1"),
        (b"definition: 2\n", "c.yaml:1:13: this version of the format is not known: write 1"),
        (b"- 1\n", "c.yaml:1:1: a report definition must be a mapping"),
        (b"definition: 1\nconfidence: &a 0.9\n", "c.yaml:2:13: anchors and aliases"),
        (b"definition: 1\nconfidence: !!float 0.9\n", "c.yaml:2:13: tags are not supported"),
        (b"definition: 1\ndefinition: 1\n", "c.yaml:2:1: key definition is given twice"),
        (b"\xff\xfe", "c.yaml:1:1: not UTF-8 text"),
    ],
)
def test_what_is_no_definition_at_all_is_told(source: bytes, problem: str) -> None:
    """As strictly as of questionnaires, and in the same words."""
    with pytest.raises(DefinitionError) as caught:
        read_definition(source, "c.yaml")
    assert caught.value.lines[0].startswith(problem)


@pytest.mark.parametrize("name", LARGE)
def test_large_files_are_refused_soon(name: str) -> None:
    """A definition of any size or shape keeps nobody waiting."""
    started = time.process_time()
    with pytest.raises(DefinitionError) as caught:
        read_definition(LARGE[name], "large.yaml")
    assert time.process_time() - started < 5 * SECONDS
    assert len(caught.value.problems) <= 200


@needs_hostile
@pytest.mark.parametrize("case", manifest(), ids=lambda case: str(case["file"]))
def test_hostile_files_are_refused_with_sentences(case: dict[str, str]) -> None:
    """None of the files that try the reader of questionnaires gets through this one."""
    with pytest.raises(DefinitionError) as caught:
        load_definition(HOSTILE / "instruments" / case["file"])
    assert all(re.match(r".*:\d+:\d+: .", line) for line in caught.value.lines[:-1])


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    """A missing file and a folder get a sentence each."""
    with pytest.raises(DefinitionError, match=r"none\.yaml:1:1: there is no such file"):
        load_definition(tmp_path / "none.yaml")
    with pytest.raises(DefinitionError, match="this is no file: name a report definition file"):
        load_definition(tmp_path)
    (tmp_path / "c.yaml").write_text("definition: 1\nconfidence: 0.9\n", encoding="utf-8")
    assert load_definition(tmp_path / "c.yaml").confidence == 0.9


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        (b"definition: 1\n", True),
        (b"smallest_base: 3\n", True),
        (b"id: demo\nweighting: 1\n", False),
        (b"title: x\n", False),
        (b"- definition\n", False),
        (b"{", False),
        (b"", False),
    ],
)
def test_a_definition_is_told_from_a_questionnaire(source: bytes, is_one: bool) -> None:
    """By its keys, so that one command checks both."""
    assert is_definition(source) is is_one


def rows() -> dict[str, list[str]]:
    """Key → the cells of its row in the reference."""
    table = [line.strip("| ").split(" | ") for line in REFERENCE.splitlines() if "|" in line]
    return {key.strip("`"): cells for key, *cells in table for key in key.split(", ")}


@pytest.mark.parametrize("key", [*KEYS, *INDICATORS, *ENDS, *CHARTS, *WEIGHTING, *Rule])
def test_every_setting_is_in_the_reference(key: str) -> None:
    """No key and no rule goes without a row of its own."""
    assert rows()[key][-1]


@pytest.mark.parametrize("name", RANGES)
def test_the_reference_says_what_holds_unless_set_and_what_may_be(name: str) -> None:
    """Defaults and ranges are those of the program."""
    cells, key = rows()[name.rpartition(".")[2]], name.rpartition(".")[2]
    if key in ENDS:
        assert cells[0] == str(RANGES[name])
        return
    section = {"voices": STANDARD.voices}.get(name.partition(".")[0], STANDARD)
    unless_set = getattr(STANDARD.definitions if key in INDICATORS else section, key)
    assert cells[:2] == ["unknown" if unless_set is None else f"{unless_set:g}", str(RANGES[name])]


@pytest.mark.parametrize("page", [REFERENCE, HOW_TO], ids=["reference", "how-to"])
def test_examples_of_the_pages_are_right(page: str) -> None:
    """What readers copy works, whole or put into a definition."""
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert examples
    for text in examples:
        whole = text if "definition:" in text else f"definition: 1\n{text}"
        assert read_definition(whole.encode(), "page.yaml") != STANDARD


def test_comments_are_quoted_as_the_definition_says() -> None:
    """What is set holds; a number out of range and a word that is none are refused."""
    source = b"definition: 1\nvoices: {most: 6, spread: even}\n"
    assert read_definition(source, "company.yaml").voices == Voicing(6, 400, Spread.EVEN)
    with pytest.raises(DefinitionError, match=r"most is 50: write a whole number from 1 to 40"):
        read_definition(b"definition: 1\nvoices: {most: 50}\n", "company.yaml")
    with pytest.raises(DefinitionError, match=r"spread"):
        read_definition(b"definition: 1\nvoices: {spread: loudest}\n", "company.yaml")
