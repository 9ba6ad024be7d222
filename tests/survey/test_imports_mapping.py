"""A mapping file is judged with its questionnaire and its table, all problems at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from survey.imports.decoding import FileMapping
from survey.imports.mapping import read_mapping
from survey.imports.problems import ImportRefused
from tests.survey.import_cases import INSTRUMENT

HEADER = ("ID", "Q1", "NPS", "P", "K1", "K2", "FIRST", "NOTE", "TIER", "WHEN", "LANG")


def mapping(text: str, *, anonymous: bool = False) -> FileMapping:
    """The mapping that a text says, for the small questionnaire and the header above."""
    return read_mapping(
        text.encode(), "m.yaml", INSTRUMENT, HEADER, fields=("tier",), anonymous=anonymous
    )


def problems(text: str, *, anonymous: bool = False) -> list[str]:
    """What is wrong with a mapping, without the file's name."""
    with pytest.raises(ImportRefused) as refusal:
        mapping(text, anonymous=anonymous)
    return [line.removeprefix("m.yaml:") for line in refusal.value.lines]


def read(found: FileMapping, **cells: str) -> dict[str, Any]:
    """The raw answers of a row with these cells, where nothing is wrong."""
    wrong: list[str] = []
    row = [cells.get(column, "") for column in HEADER]
    raw = found.read(row, lambda _column, what: wrong.append(what))
    assert wrong == []
    return raw


MINIMAL = "mapping: 1\nwave: 2015-06\ncolumns:\n  Q1: overall\nignore: rest\n"

FULL = """
mapping: 1
wave: {column: WHEN, format: "%d.%m.%Y"}
id: ID
language: {column: LANG, values: {1: en}}
missing: [98, 99]
refused: [97]
segments:
  tier: {column: TIER, values: {gold: A, 2: B}}
columns:
  Q1: {question: overall, codes: {yes: 5, No: 1}, dont_know: 96}
  NPS: {question: recommend, missing: 10}
  P: problem
  K1: {question: kind, option: 1}
  K2: {question: kind, option: 2, codes: {x: 1}}
  FIRST: {question: importance, place: 1, codes: {1: price, 2: staff}}
  NOTE: comment
"""


def test_the_shortest_mapping() -> None:
    """One line a column is enough where the file uses the questionnaire's codes."""
    found = mapping(MINIMAL)
    assert read(found, Q1="4") == {"overall": 4}
    assert found.wave.when([]) == ("2015-06", date(2015, 6, 1))
    assert (found.language.word([]), found.segments, found.id_at) == ("en", (), None)


def test_a_mapping_with_everything() -> None:
    """Codes, missing codes, parts of questions, segments, dates and languages."""
    found = mapping(FULL)
    row = [""] * len(HEADER)
    row[HEADER.index("WHEN")], row[HEADER.index("TIER")] = "24.12.2026", "GOLD"
    row[HEADER.index("LANG")] = "1"
    assert found.wave.when(row) == ("2026-12", date(2026, 12, 24))
    assert [(rule.name, rule.word(row)) for rule in found.segments] == [("tier", "A")]
    assert (found.language.word(row), found.id_at) == ("en", 0)
    assert read(found, Q1="YES", NPS="9", K1="1", K2="X", FIRST="2", NOTE="hi") == {
        "overall": 5,
        "recommend": 9,
        "kind": [1, 2],
        "importance": ["staff"],
        "comment": "hi",
    }


def test_missing_codes_of_the_file_and_of_a_column() -> None:
    """A column's own missing codes hold on its scale; those of the file never do."""
    found = mapping(FULL)
    assert read(found, Q1="98", NPS="10", P="99") == {}
    assert read(found, Q1="97") == {"overall": "refused"}
    assert read(found, Q1="96") == {"overall": "dk"}
    common = mapping(MINIMAL.replace("columns:\n", "missing: [5, 98]\ncolumns:\n"))
    assert read(common, Q1="5") == {"overall": 5}
    assert read(common, Q1="98") == {}


def test_the_words_of_our_own_exports_are_understood() -> None:
    """Don't know and refused need no mention where the question offers them."""
    assert read(mapping(MINIMAL), Q1="dk") == {"overall": "dk"}
    assert read(mapping(MINIMAL), Q1="Refused") == {"overall": "refused"}


@pytest.mark.parametrize(
    ("instead_of", "write", "told"),
    [
        ("mapping: 1", "mapping: 2", "1:10: this version of the format is not known: write 1"),
        ("2015-06", "June", "2:7: June is no wave: write year and month like 2015-06"),
        ("2015-06", "2015-13", "2:7: 2015-13 is no wave: write year and month like 2015-06"),
        ("2015-06", "0000-06", "2:7: 0000-06 is no wave: write year and month like 2015-06"),
        ("2015-06", "{column: WHEN, format: '%Y%m%Y'}", "2:7: %Y%m%Y is no date format"),
        (
            "overall",
            "{question: kind, separator: ''}",
            "4:35: separator is empty: write one like ;",
        ),
        (
            "2015-06",
            "{column: WHEN, format: day}",
            '2:7: day is no date format: write one like "%d.%m.%Y"',
        ),
        ("2015-06", "{format: '%Y-%m'}", "2:7: wave names no column: write column: and its name"),
        ("Q1: overall", "q1: overall", "4:3: no column is called q1: did you mean Q1?"),
        ("overall", "overal", "4:7: no question is called overal: did you mean overall?"),
        ("Q1: overall", "Q1: {codes: {a: 1}}", "4:3: column Q1 names no question"),
        (
            "overall",
            "{question: overall, code: {1: 1}}",
            "4:27: no key of column Q1 is called code",
        ),
        (
            "overall",
            "{question: overall, codes: {a: 9}}",
            "4:38: no code of question overall is called 9: there is 1, 2, 3, 4, 5",
        ),
        (
            "overall",
            "{question: overall, not_applicable: 6}",
            "4:27: question overall does not offer not_applicable",
        ),
        ("overall", "{question: overall, option: 1}", "4:27: option says nothing of a scale"),
        (
            "overall",
            "kind",
            "4:3: the column must hold one part of multiple question kind: give option or",
        ),
        ("overall", "{question: kind, option: 7}", "4:32: no option is called 7: there is 1, 2, 3"),
        ("overall", "{question: importance, place: 3}", "4:37: no place is called 3"),
        (
            "overall",
            "{question: importance, attribute: pric}",
            "4:41: no attribute is called pric: did you mean price?",
        ),
        ("overall", "{question: comment, codes: {a: 1}}", "4:27: open text has no codes"),
        ("overall", "overall\n  NPS: overall", "5:3: columns Q1 and NPS both answer overall"),
        (
            "overall",
            "{question: kind, option: 1}\n  K1: {question: kind, separator: ;}",
            "5:3: columns Q1 and K1 both answer kind",
        ),
        ("ignore: rest", "ignore: [XX]", "5:9: no column is called XX"),
        (
            "ignore: rest",
            "ignore: [ID, NPS, P, K1, K2, FIRST, NOTE, TIER, WHEN]",
            "5:1: columns are neither mapped nor ignored: LANG",
        ),
        ("ignore: rest", "segments: {region: TIER}", "5:12: no segment field of the survey is"),
        ("ignore: rest", "language: fr", "5:11: no language is called fr: there is en"),
        ("ignore: rest", "id: NO", "5:5: no column is called NO"),
        ("ignore: rest", "ignor: rest", "5:1: no key of the mapping is called ignor: did you mean"),
        ("overall", "[overall]", "4:7: column Q1 must be entries of the form key: value"),
    ],
)
def test_each_mistake_is_told_at_its_place(instead_of: str, write: str, told: str) -> None:
    """Line, column, what is wrong, and what would be right."""
    found = problems(MINIMAL.replace(instead_of, write))
    assert any(line.startswith(told) for line in found), found


def test_all_mistakes_are_told_at_once() -> None:
    """One round of corrections is enough; broken YAML is told by the same list."""
    assert problems(
        "mapping: 1\nmapping: 1\nwave: x\ncolumns:\n  AA: overall\n  Q1: nothing\n"
    ) == [
        "1:1: columns are neither mapped nor ignored: ID, NPS, P, K1, K2, FIRST, NOTE, TIER, WHEN, "
        "LANG: map them, or list them under ignore, or write ignore: rest",
        "2:1: key mapping is given twice (first on line 1)",
        "3:7: x is no wave: write year and month like 2015-06",
        "5:3: no column is called AA: there is ID, Q1, NPS, P, K1, K2, FIRST, NOTE, TIER, WHEN, "
        "LANG",
        "6:7: no question is called nothing: there is overall, recommend, told, problem, kind, "
        "handling, importance, comment",
    ]


@pytest.mark.parametrize("text", ["", "- 1\n", "a: [", "mapping", "\xff", "columns: 1\n"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    """A wrong file gets problems, never a traceback."""
    assert problems(text)


def test_a_column_may_be_named_by_a_whole_question() -> None:
    """Survey tools write the question's text into the header; it can be mapped as it is."""
    column = (
        "3. 总的来说，您对我们公司的产品质量、价格、交货和服务人员的态度满意吗？（"
        + "必答" * 40
        + "）"
    )
    text = f'mapping: 1\nwave: 2026-10\ncolumns:\n  "{column}": overall\n'
    found = read_mapping(text.encode(), "m.yaml", INSTRUMENT, (column,), fields=())
    assert found.read(["5"], lambda _column, _what: None) == {"overall": 5}


def test_ids_are_refused_in_anonymous_surveys() -> None:
    """An id that somebody else knows would tell who answered."""
    assert problems("id: ID\n" + MINIMAL, anonymous=True) == [
        "1:1: the survey is anonymous, and ids would tie answers to people: remove id"
    ]
