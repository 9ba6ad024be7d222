"""Open text: kept as typed, cleaned of what nobody typed, and bounded; the hostile corpus."""

from __future__ import annotations

import pytest

from instruments.answers import TEXT_MAX, Checked, Reason, check_answers
from instruments.open_text import is_blank, is_one_line, normalise, says_nothing
from tests.instruments.instrument_files import asking, read
from tests.outside_files import hostile_answers, needs_hostile

ASKED = read(asking("{id: why, type: text, text: Why?}"))
NEEDED = read(asking("{id: why, type: text, text: Why?, required: true}"))


def typed(text: object) -> Checked:
    """What becomes of a text."""
    return check_answers(ASKED, {"why": text})


@needs_hostile
@pytest.mark.parametrize(
    ("text", "policy"),
    [pytest.param(a.text, a.policy, id=f"{a.line}-{a.category}") for a in hostile_answers()],
)
def test_each_hostile_answer_gets_its_policy(text: str, policy: str) -> None:
    """Stored exactly, normalised, counted as no answer, or refused, as the manifest says.

    NUL is removed from every text, also where the manifest says *exact*: databases refuse it.
    """
    checked = typed(text)
    if policy == "reject_too_long":
        (problem,) = checked.problems
        assert (problem.reason, problem.limit) == (Reason.TOO_LONG, 5000)
    elif policy == "reject_invalid":
        assert [problem.reason for problem in checked.problems] == [Reason.INVALID_TEXT]
    else:
        kept = normalise(text) if policy == "store_normalised" else text.replace("\0", "")
        assert checked.comments == {"why": kept}
        assert says_nothing(kept) is (policy == "store_as_no_answer")
    if checked.problems:
        assert checked.comments == {}


def test_line_ends_become_one_kind() -> None:
    """Texts from Windows, Unix and old systems are the same text."""
    assert normalise("a\r\nb\rc\nd\r\n") == "a\nb\nc\nd\n"


def test_control_characters_go_and_the_rest_stays() -> None:
    """Only NUL, C0, DEL and C1 are removed; tab, line feed and all of Unicode stay."""
    assert normalise("a\x00\x08\x0b\x0c\x1f\x7f\x80\x9fb\tc\n") == "ab\tc\n"
    for text in ("e\u0301", "\u200b\u200d\ufeff", "\u202e", "\uffff", "\U0010ffff", "\u2028"):
        assert normalise(text) == text


def test_5000_characters_are_taken_and_no_more() -> None:
    """Counted after normalising, in characters not bytes; nothing is ever cut."""
    assert typed("字" * TEXT_MAX).comments == {"why": "字" * TEXT_MAX}
    assert typed("a\r\n" * 2500).comments == {"why": "a\n" * 2500}
    for text in ("字" * (TEXT_MAX + 1), "😀" * 1_000_000, "\x00" * 50_000):
        (problem,) = typed(text).problems
        assert (problem.reason, problem.limit) == (Reason.TOO_LONG, TEXT_MAX)


@pytest.mark.parametrize("given", [5, ["a"], True, 1.5, {"a": "b"}, b"a"])
def test_what_is_no_text_is_refused(given: object) -> None:
    """A number or list where text belongs is not turned into text."""
    assert [problem.reason for problem in typed(given).problems] == [Reason.INVALID_TEXT]


@pytest.mark.parametrize("text", [" ", "\t\n", "\u3000", "\u200b", "\u2800\u2800", "\x00"])
def test_blank_text_does_not_answer_a_required_question(text: str) -> None:
    """What nobody can see says nothing."""
    assert is_blank(normalise(text))
    found = check_answers(NEEDED, {"why": text}).problems
    assert [problem.reason for problem in found] == [Reason.REQUIRED]


def test_words_for_nothing_count_as_no_answer_but_answer() -> None:
    """“None” is kept as typed and satisfies a required question; reports leave it out."""
    for text in ("none", "N/A", " None. ", "无", "没有。"):
        assert says_nothing(text)
        assert check_answers(NEEDED, {"why": text}) == Checked({}, {"why": text}, ())
    for text in ("NULL", "nan", "无语", "no", "-", "none at all", "#N/A", "undefined"):
        assert not says_nothing(text)


def test_names_are_one_line() -> None:
    """Line breaks of any script and control characters are not; spaces and marks are."""
    for text in ("a\nb", "a\r", "\x00", "\x1b[2J", "a\u2028b", "\u2029", "\x85", "\ud800"):
        assert not is_one_line(text)
    for text in ("", "Lantern Pumps 灯笼泵业", "a\u3000b", "e\u0301", "😀"):
        assert is_one_line(text)
