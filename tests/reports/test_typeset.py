"""Text to lines: cleaned, broken by the rules of its script, cut to fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.fonts import Fonts, Lettering
from reports.typeset import CLOSING, OPENING, clean, fit, strong, wrap, wrap_head


@pytest.fixture
def english(fonts: Fonts) -> Lettering:
    """Lettering for English."""
    return fonts.lettering("en")


@pytest.fixture
def chinese(fonts: Fonts) -> Lettering:
    """Lettering for Chinese."""
    return fonts.lettering("zh")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x00b\x07c", "abc"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("two\n\n lines\t", "two lines"),
        ("<img src='/etc/passwd'>", "<img src='/etc/passwd'>"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("\ue000bold\ue001", "bold"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_clean_drops_what_cannot_be_seen(raw: str, shown: str) -> None:
    """Control, direction and private characters go; what looks like markup is text and stays."""
    assert clean(raw) == shown


def test_clean_caps_the_length() -> None:
    """A label of a hundred thousand characters costs nothing and says that it was cut."""
    shown = clean("x" * 100_000, 50)
    assert len(shown) == 50
    assert shown.endswith("…")


def test_english_breaks_at_spaces(english: Lettering) -> None:
    """Words stay whole and no line begins or ends with a space."""
    lines = [line.text for line in wrap("late delivery of ordered goods", english, 9, 60)]
    assert " ".join(lines) == "late delivery of ordered goods"
    assert all(line == line.strip() for line in lines)


def test_chinese_breaks_between_characters(chinese: Lettering) -> None:
    """No mark that closes starts a line, none that opens ends one."""
    text = "客户对交货（特别是准时性）不满意，但对服务态度“非常满意”。" * 3
    for width in range(30, 120, 7):
        lines = [line.text for line in wrap(text, chinese, 9, width)]
        assert "".join(lines) == text
        assert not any(line[0] in CLOSING or line[-1] in OPENING for line in lines)


def test_a_word_longer_than_the_line_is_cut(english: Lettering) -> None:
    """A 200-character word cannot leave the page."""
    lines = wrap("A" * 200, english, 9, 100)
    assert "".join(line.text for line in lines) == "A" * 200
    assert max(line.width for line in lines) <= 100.01


def test_too_many_lines_end_in_an_ellipsis(english: Lettering) -> None:
    """What does not fit is seen to be missing."""
    lines = wrap("one two three four five six seven", english, 9, 40, most=2)
    assert len(lines) == 2
    assert lines[1].text.endswith("…")
    assert lines[1].width <= 40


def test_fit_gives_one_line(english: Lettering) -> None:
    """A head or footer never grows a second line."""
    assert fit("short", english, 9, 100).text == "short"
    assert fit("much too long for this", english, 9, 40).text.endswith("…")


def test_bold_inside_a_sentence(english: Lettering) -> None:
    """Names are set in bold by private marks that no label can contain."""
    (line,) = wrap(f"Act on {strong('Price')} first", english, 9, 300)
    assert line.pieces == (("Act on ", False), ("Price", True), (" first", False))


def test_no_line_of_a_head_holds_a_single_character(chinese: Lettering) -> None:
    """A head that is one character too long is broken in the middle; one that fits is left."""

    def head(text: str, width: float) -> list[str]:
        return [line.text for line in wrap_head(text, chinese, 7.2, width, most=3)]

    assert head("员工服务态度", 37) == ["员工服务", "态度"]
    assert head("员工服务态度", 50) == ["员工服务态度"]
    assert head("交付及时性（准）", 50) == ["交付及时", "性（准）"]
    assert head("价格", 8) == ["价", "格"]


def test_a_head_grows_no_line(chinese: Lettering) -> None:
    """Broken more evenly, a head takes the same room and loses no letter."""
    text = "客户对交货准时性与技术支持的总体评价"
    for width in range(20, 150, 3):
        plain = wrap(text, chinese, 9, width, bold=True)
        even = wrap_head(text, chinese, 9, width)
        assert len(even) == len(plain)
        assert "".join(line.text for line in even) == text


def test_a_line_knows_that_it_broke_at_a_space(english: Lettering) -> None:
    """So that a reader, or who copies the text, finds words apart; broken words stay whole."""
    lines = wrap("late delivery of ordered goods", english, 9, 60)
    assert [line.spaced for line in lines] == [*[True] * (len(lines) - 1), False]
    assert not any(line.spaced for line in wrap("A" * 60, english, 9, 100))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), width=st.floats(8, 200))
def test_wrap_loses_only_spaces(fonts: Fonts, text: str, width: float) -> None:
    """Whatever a customer typed: all letters are set, in order, and wrapping ends."""
    shown = clean(text)
    lines = wrap(shown, fonts.lettering("zh"), 9, width)
    assert "".join(line.text for line in lines).replace(" ", "") == shown.replace(" ", "")
