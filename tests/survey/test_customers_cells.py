"""What may stand in a roster's cells, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from survey.customers import cells
from survey.customers.cells import WrongCell
from survey.customers.columns import place_columns
from survey.imports.problems import Problems

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-01", date(2025, 3, 1)),
        ("2025/3/1", date(2025, 3, 1)),
        ("20251231", date(2025, 12, 31)),
        ("2025年12月31日", date(2025, 12, 31)),
        ("2025-03-01T10:00:00Z", date(2025, 3, 1)),
        ("2025-03-01 10:00", date(2025, 3, 1)),
        ("2026-11-22", TODAY),
        ("", None),
    ],
)
def test_days_that_can_be_read_in_one_way_only(text: str, day: date | None) -> None:
    """Year first is unmistakable, in any of its usual forms."""
    assert cells.day("last_purchase", text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["31/12/2025", "12/31/25", "2025-02-30", "45657", "1900-01-00", "0000-00-00", "1899-12-31"],
)
def test_days_that_could_mean_anything_are_refused(text: str) -> None:
    """Days first, serial numbers and impossible days are no dates."""
    with pytest.raises(WrongCell, match="not a date like 2025-03-01"):
        cells.day("last_purchase", text, TODAY)


def test_a_purchase_cannot_lie_in_the_future() -> None:
    """9999-12-31 is a placeholder of some program, not a purchase."""
    with pytest.raises(WrongCell, match="in the future"):
        cells.day("last_purchase", "9999-12-31", TODAY)


@pytest.mark.parametrize(
    "text", ["", "ann@example.com", "a.b+c@sub.example.co", "ann@例子.测试", "o'brien@example.com"]
)
def test_addresses_that_can_get_mail(text: str) -> None:
    """Plus signs, apostrophes and international domains are in use."""
    assert cells.email(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "a@b",
        "no-at-sign",
        "two@example.com;three@example.com",
        "Ann <ann@example.com>",
        "a b@example.com",
        "x" * 250 + "@example.com",
        ".dot@example.com",
        "ann@example.com\r\nBcc: all@example.com",
        "ann@exam\u200bple.com",
        "ann@-example.com",
        "ann@example..com",
    ],
)
def test_addresses_that_would_harm_or_fail(text: str) -> None:
    """A second address, a header line or an invisible character never gets into the store."""
    with pytest.raises(WrongCell, match="email is not valid"):
        cells.email(text)


@pytest.mark.parametrize("text", ["1.23457E+17", "########", "1E+05"])
def test_what_a_spreadsheet_mangled_is_no_id(text: str) -> None:
    """An id that lost its digits would tie answers to the wrong customer."""
    with pytest.raises(WrongCell, match="looks mangled by a spreadsheet"):
        cells.customer_id(text)


@pytest.mark.parametrize("text", ["#N/A", "#REF!"])
def test_a_failed_formula_is_nobodys_name(text: str) -> None:
    """What a spreadsheet shows for an error is refused in every text column."""
    for kept in (cells.customer_id, cells.name, cells.phone):
        with pytest.raises(WrongCell, match="spreadsheet's error"):
            kept(text)
    with pytest.raises(WrongCell, match="tier is the spreadsheet's error"):
        cells.segment("tier", text)


@pytest.mark.parametrize(
    ("text", "amount"), [("", None), ("0", Decimal(0)), ("1,234,567.5", Decimal("1234567.5"))]
)
def test_amounts(text: str, amount: Decimal | None) -> None:
    """Amounts are exact, with or without thousands commas."""
    assert cells.amount("revenue", text) == amount


@pytest.mark.parametrize("text", ["-500", "1.200,50", "12,34", "NaN", "1e5", "￥5", "(500)"])
def test_what_is_no_amount(text: str) -> None:
    """A figure that could be read in two ways is not guessed."""
    with pytest.raises(WrongCell, match="revenue"):
        cells.amount("revenue", text)


@pytest.mark.parametrize("text", ["klingon!", "x", "a-very-long-language-tag"])
def test_what_is_no_language(text: str) -> None:
    """A language is a tag or one of the names people write."""
    with pytest.raises(WrongCell, match="is not known"):
        cells.language(text)


def test_texts_are_bounded_and_of_one_line() -> None:
    """What the store could not keep, or a mail header would misread, is refused."""
    with pytest.raises(WrongCell, match="longer than 200"):
        cells.name("x" * 201)
    with pytest.raises(WrongCell, match="line break"):
        cells.name("Ann\nBcc: x")
    assert cells.name("=cmd|'/C calc'!A0 <b>") == "=cmd|'/C calc'!A0 <b>"


def placed(
    header: list[str], segments: list[str] | None = None
) -> tuple[dict[str, int], list[str]]:
    """Where the fields stand, and what is wrong with the header."""
    problems = Problems("r.csv")
    places = dict(place_columns(header, segments, problems, 1))
    return places, [str(problem) for problem in problems.listed]


def test_columns_are_known_by_english_and_chinese_names() -> None:
    """A header as a Chinese company writes it needs no renaming."""
    header = ["客户编号", "客户名称", "邮箱", "电话", "语言", "客户等级", "备注"]
    places, problems = placed(header)
    assert list(places) == ["customer_id", "name", "email", "phone", "language", "tier"]
    assert problems == []


def test_further_columns_are_kept_only_when_asked_for() -> None:
    """No personal detail is stored because it happened to stand in the file."""
    header = ["Customer ID", "birthday", "sales-area"]
    assert placed(header)[0] == {"customer_id": 0}
    assert placed(header, ["sales area"])[0] == {"customer_id": 0, "sales area": 2}


def test_what_a_header_lacks_is_told_with_a_hint() -> None:
    """A misspelt column is answered with the likely one."""
    assert placed(["costumer_id", "name"])[1] == [
        "r.csv:1: no column named customer_id: did you mean costumer_id?"
    ]
    assert placed(["customer_id", "邮箱", "email"])[1] == [
        "r.csv:1: columns 2 and 3 both hold email: keep one"
    ]
    assert placed(["id，name"], ["tier"])[1] == [
        "r.csv:1: no column named customer_id: separate the columns by commas",
        "r.csv:1: no column named tier: separate the columns by commas",
    ]
