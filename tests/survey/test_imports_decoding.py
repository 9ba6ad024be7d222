"""One row of somebody else's file becomes raw answers, or says which cell means nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from survey.imports.decoding import (
    ColumnRule,
    FileMapping,
    LabelRule,
    WaveRule,
    WrongCode,
)
from tests.survey.import_cases import COMMENT, IMPORTANCE, KIND, OVERALL, RECOMMEND


def read(rules: list[ColumnRule], cells: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The raw answers of a row under these rules, and what is wrong with it."""
    whole = tuple(rule for rule in rules if rule.form == "whole")
    parts = tuple(rule for rule in rules if rule.form != "whole")
    mapping = FileMapping(
        whole,
        {parts[0].question.id: parts} if parts else {},
        WaveRule("2026-10"),
        LabelRule("language", "en"),
        (),
        None,
    )
    wrong: list[str] = []
    raw = mapping.read(cells, lambda column, what: wrong.append(f"{column}: {what}"))
    return raw, wrong


@pytest.mark.parametrize("cell", ["4", " 4 ", "4.0", "04", "4."])
def test_a_code_may_be_written_in_several_ways(cell: str) -> None:
    """Spreadsheets and statistics programs add zeros; the code stays the same."""
    assert read([ColumnRule("Q", 0, OVERALL)], [cell]) == ({"overall": 4}, [])


@pytest.mark.parametrize("cell", ["", " ", "\u200b"])
def test_a_blank_is_no_answer(cell: str) -> None:
    """A blank stays out of the answers altogether."""
    assert read([ColumnRule("Q", 0, OVERALL)], [cell]) == ({}, [])


@pytest.mark.parametrize("cell", ["good", "4.5", "1e1", "٤"])
def test_what_is_no_code_is_told(cell: str) -> None:
    """A word or a fraction is never rounded or guessed into a code."""
    raw, wrong = read([ColumnRule("Q", 0, OVERALL)], [cell])
    assert (raw, wrong) == ({}, [f"Q: {cell} is no code of question overall"])


def test_codes_translate_and_exclude() -> None:
    """With codes given, only these count, without regard to case."""
    rule = ColumnRule("Q", 0, OVERALL, codes={"happy": 5, "1": 2})
    assert read([rule], ["HAPPY"]) == ({"overall": 5}, [])
    assert read([rule], ["1.0"]) == ({"overall": 2}, [])
    assert read([rule], ["5"]) == ({}, ["Q: 5 is no code of question overall"])


def test_missing_codes_are_what_the_mapping_says() -> None:
    """98 may be no answer and 99 refused; neither reaches the scale."""
    rule = ColumnRule("Q", 0, OVERALL, missing={"98": None, "99": "refused"})
    assert read([rule], ["98"]) == ({}, [])
    assert read([rule], ["99.0"]) == ({"overall": "refused"}, [])


def test_open_text_is_left_as_it_is() -> None:
    """Text is not trimmed, lowered or taken for a number."""
    rule = ColumnRule("NOTE", 0, COMMENT, missing={"none": None})
    assert read([rule], [" 5.0 OK\n"]) == ({"comment": " 5.0 OK\n"}, [])
    assert read([rule], ["None"]) == ({}, [])


def options(**codes: dict[str, int]) -> list[ColumnRule]:
    """One column for each option of the multiple question."""
    return [
        ColumnRule(
            f"K{code}", code - 1, KIND, option=code, missing={"dk": "dk"}, codes=codes.get("codes")
        )
        for code in (1, 2, 3)
    ]


def test_options_in_columns_of_their_own() -> None:
    """Ticked columns become the list of their options."""
    assert read(options(), ["1", "0", "TRUE"]) == ({"kind": [1, 3]}, [])
    assert read(options(codes={"x": 1, "-": 0}), ["x", "-", ""]) == ({"kind": [1]}, [])


def test_nothing_ticked_is_no_answer() -> None:
    """Blank and unticked columns cannot be told apart and count as no answer."""
    assert read(options(), ["", "", ""]) == ({}, [])
    assert read(options(), ["0", "0", "0"]) == ({}, [])


def test_a_reason_in_every_option_is_the_answer() -> None:
    """Don't know, written into all columns of the question, is don't know."""
    assert read(options(), ["dk", "dk", "dk"]) == ({"kind": "dk"}, [])
    assert read(options(), ["1", "dk", ""]) == ({"kind": [1]}, [])


def test_a_tick_that_is_none_is_told() -> None:
    """The message names the columns of the question."""
    assert read(options(), ["1", "2", ""]) == ({}, ["K1, K2, K3: 2 is no code of question kind"])


def test_a_list_of_codes_in_one_column() -> None:
    """Codes of a multiple question may stand in one cell."""
    rule = ColumnRule("K", 0, KIND, separator=";")
    assert read([rule], ["1; 3"]) == ({"kind": [1, 3]}, [])
    assert read([rule], ["1;x"])[1] == ["K: x is no code of question kind"]


def test_a_ranking_by_places() -> None:
    """A column a place names the attribute that stands there."""
    rules = [
        ColumnRule("FIRST", 0, IMPORTANCE, place=1),
        ColumnRule("SECOND", 1, IMPORTANCE, place=2, codes={"2": "staff"}),
    ]
    assert read(rules, ["speed", "2"]) == ({"importance": ["speed", "staff"]}, [])
    assert read(rules, ["speed", ""]) == ({"importance": ["speed"]}, [])
    assert read(rules, ["", "2"])[1] == [
        "FIRST, SECOND: a place of the ranking is left out before one that is filled"
    ]


def test_a_ranking_by_attributes() -> None:
    """A column an attribute holds its place; blank and 0 are not ranked."""
    rules = [
        ColumnRule(name.upper(), at, IMPORTANCE, attribute=name)
        for at, name in enumerate(["price", "staff", "speed"])
    ]
    assert read(rules, ["2", "0", "1"]) == ({"importance": ["speed", "price"]}, [])
    assert read(rules, ["", "", ""]) == ({}, [])
    assert read(rules, ["1", "1", ""])[1] == [
        "PRICE, STAFF, SPEED: two attributes stand on place 1"
    ]


def test_the_wave_by_a_date_column() -> None:
    """A day belongs to its month; what is no day in that form is told."""
    rule = WaveRule("", at=0, form="%Y/%m/%d")
    assert rule.when(["2026/02/28"]) == ("2026-02", date(2026, 2, 28))
    for wrong in ("2026/02/30", "28.02.2026", ""):
        with pytest.raises(WrongCode, match="is not a date like"):
            rule.when([wrong])


def test_labels_from_a_column() -> None:
    """A segment's value is the cell, or its translation; a blank is the fixed word."""
    assert LabelRule("tier", "", "T", 0).word([" A "]) == "A"
    named = LabelRule("tier", "none", "T", 0, {"1": "gold"})
    assert (named.word(["1.0"]), named.word([""])) == ("gold", "none")
    with pytest.raises(WrongCode, match="2 is none of the values of tier"):
        named.word(["2"])


def test_a_mapping_knows_the_columns_of_a_question() -> None:
    """Messages about a question name the columns that it was read from."""
    rules = (ColumnRule("R", 3, RECOMMEND),)
    mapping = FileMapping(
        rules,
        {"kind": tuple(options())},
        WaveRule("2026-10"),
        LabelRule("language", "en"),
        (),
        None,
    )
    assert mapping.columns_of("recommend") == "R"
    assert mapping.columns_of("kind") == "K1, K2, K3"


@pytest.mark.parametrize("cell", ["1;3", "1;3;", " 1 ; 3 ;; "])
def test_a_list_of_ticks_may_end_with_its_separator(cell: str) -> None:
    """Some programs write one behind every tick; separators alone tick nothing."""
    rule = ColumnRule("K", 0, KIND, separator=";")
    assert read([rule], [cell]) == ({"kind": [1, 3]}, [])
    assert read([rule], [" ; ;"]) == ({}, [])


def test_a_date_of_an_early_year_has_a_wave_of_four_digits() -> None:
    """Waves sort as texts, whatever somebody's file says."""
    assert WaveRule("", at=0, form="%Y-%m-%d").when(["0987-06-05"])[0] == "0987-06"


@pytest.mark.parametrize("text", ["East\nWest", "East\x00", "East\u2028West"])
def test_a_segment_is_one_line(text: str) -> None:
    """What would break a page or a file's name is refused, as it is in a roster."""
    with pytest.raises(WrongCode, match="region holds a line break"):
        LabelRule("region", at=0).word([text])
