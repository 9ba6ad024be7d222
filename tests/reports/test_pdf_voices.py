"""Comments on paper: readable, harmless, and nothing lost without a word."""

from __future__ import annotations

import json
import socket
from dataclasses import replace

import pytest

from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render
from reports.quoted import Spread, Voicing
from reports.quotes import quote
from reports.redaction import REMOVED
from reports.texts import Words
from tests.outside_files import HOSTILE, needs_hostile
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.pdf_checking import problems
from tests.reports.pdf_reading import Letter, collisions, flat, letters_of, pages_of
from tests.reports.voice_cases import (
    COMMENT,
    PRAISE,
    QUOTE,
    asking,
    different,
    said,
    voiced,
    voices_of,
    words,
)

LONG = "Good pumps, but spare parts have become expensive. " * 100


def printed(texts: list[str], fonts: Fonts, language: str = "en", most: int = 40) -> str:
    """The words of a report that quotes these comments, and enough others."""
    comments = said([*texts, *different(12)])
    found = voiced(comments, rules=Voicing(most=most))
    data = render(found, asking(COMMENT), "all", language, fonts, texts=words(comments))
    return " ".join(" ".join(pages_of(data)).split())


@pytest.mark.parametrize(
    ("text", "shown", "shortened", "removed", "replaced"),
    [
        ("plain  and\n\nsimple", "plain and simple", False, 0, 0),
        ("<b>$x^2$ {n} %s</b>", "<b>$x^2$ {n} %s</b>", False, 0, 0),
        ("call 138 0013 8000", "call [removed]", False, 1, 0),
        (f"{REMOVED} and {REMOVED}", "[removed] and [removed]", False, 2, 0),
        ("good 👍🏽👍 pumps 👨\u200d👩\u200d👧", "good [emoji] pumps [emoji]", False, 0, 6),
        ("was فعلا جيد today", "was [7 characters] today", False, 0, 7),
        ("𠮷野家", "[1 character]野家", False, 0, 1),
        ("Z̷̛̹a̶l̴g̵o̷", "Zalgo", False, 0, 7),
        ("café, cafe\u0301", "café, café", False, 0, 0),
        ("\ue000bold?\ue001", "[1 character]bold?[1 character]", False, 0, 2),
        ("x\u202egnp.exe", "xgnp.exe", False, 0, 0),
        ("a" * 401, "a" * 400 + "…", True, 0, 0),
        ("a" * 400, "a" * 400, False, 0, 0),
        ("\u200b" * 4000 + "seen", "seen", False, 0, 0),
    ],
)
def test_a_comment_is_made_fit_for_paper(
    text: str, shown: str, shortened: bool, removed: int, replaced: int, fonts: Fonts
) -> None:
    """One line of what can be drawn; every loss has a sign, and is counted."""
    found = quote(text, 400, fonts.lettering("en"), Words("en"))
    assert found.text == shown
    assert (found.shortened, found.removed, found.replaced) == (shortened, removed, replaced)


def test_signs_are_in_the_language_of_the_report(fonts: Fonts) -> None:
    """What stands for something else is said in the reader's language."""
    found = quote("打13800138000找我👍 فعلا", 400, fonts.lettering("zh"), Words("zh"))
    assert found.text == "打[已隐去]找我[5个字符]"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_comments_stand_in_the_report_as_they_were_said(language: str, fonts: Fonts) -> None:
    """Both languages in either report; how many of how many stands above them."""
    texts = ["上一批货晚了四天才到。", "The last delivery came four days late."]
    text = printed(texts, fonts, language)
    assert all(one in text for one in texts)
    assert ("14 of 14 comments" if language == "en" else "14条留言中的14条") in text
    assert COMMENT.text.of(language) in text


def test_every_loss_is_told(fonts: Fonts) -> None:
    """Cut, taken out, not printable, empty, in another script: each has its sentence."""
    text = printed([LONG, "call 138 0013 8000", "fine 👍", "none", "خدمة ممتازة جدا"], fonts)
    for sentence in (
        "1 comment is cut short (…).",
        "At 1 place, marked [removed], an address, a number or a name was taken out.",
        "1 character that cannot be printed gives way to a sign in brackets.",
        "1 comment says nothing.",
        "1 comment is in a script, or in signs, that this report cannot print.",
    ):
        assert sentence in text
    assert "15 of 15 comments" in text


def test_who_did_not_agree_is_not_quoted_but_counted(fonts: Fonts) -> None:
    """The page says that only those who agreed are quoted, and how many others wrote."""
    yes = said(different(12), agreed=True, prefix="y")
    no = said(["Never ever print this sentence"] * 3, agreed=False, prefix="n")
    instrument = asking(COMMENT, QUOTE)
    found = voiced([*yes, *no], instrument)
    text = flat(render(found, instrument, "all", "en", fonts, texts=words([*yes, *no])))
    assert "Neverever" not in text
    assert "Onlycustomerswhoagreedtobequotedare." in text
    assert "3commentsareleftoutforwantofconsent." in text


def test_an_erased_comment_is_gone_and_missed(fonts: Fonts) -> None:
    """Printed again without its words, the report says that one is kept no longer."""
    comments = said(different(12))
    found = voiced(comments)
    kept = dict(words(comments))
    gone = kept.pop(voices_of(found).references[0])
    text = flat(render(found, asking(COMMENT), "all", "en", fonts, texts=kept))
    assert "".join(gone.split()) not in text
    assert "11of12comments" in text
    assert "1commentthatwasdrawniskeptnolonger." in text
    nothing = flat(render(found, asking(COMMENT), "all", "en", fonts))
    assert "0of12comments" in nothing


def test_too_few_are_not_quoted_and_the_page_says_why(fonts: Fonts) -> None:
    """Nine writers: no word of theirs, and no number of them."""
    comments = said([f"secret {text}" for text in different(9)])
    found = voiced(comments)
    text = flat(render(found, asking(COMMENT), "D", "en", fonts, texts=words(comments)))
    assert "Whatcustomerssayisnotquoted" in text
    assert "Fewerthan10customers" in text
    assert "secret" not in text


def test_a_report_without_a_question_on_comments_has_no_chapter(fonts: Fonts) -> None:
    """No empty heading stands where nothing was asked."""
    text = flat(render(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts))
    assert "customerssay" not in text


def test_words_are_redacted_even_if_the_store_hands_them_on_as_they_are(fonts: Fonts) -> None:
    """The last door before paper looks once more."""
    assert "138 0013" not in printed(["mine is 138 0013 8000"], fonts)


def is_one_letter(one: Letter, other: Letter) -> bool:
    """Whether two letters are one ligature, which reads back as both."""
    return (one.left, one.right, one.text, other.text) == (other.left, other.right, "f", "i")


def state(name: str) -> tuple[Findings, dict[str, str]]:
    """A state of the chapter that could break a page."""
    texts = {
        "short": different(40),
        "long": [f"{i} {LONG}" for i in range(3)] + different(12),
        "chinese": ["泵不错，但是备件越来越贵了，" * 40 + t for t in different(15)],
        "one word": [c * 5000 for c in "WXYZ泵"] + different(12),
    }[name]
    comments = [*said(texts), *said(different(15), question="praise")]
    rules = Voicing(most=40, length=600, spread=Spread.LOT)
    return voiced(comments, asking(COMMENT, PRAISE), rules), dict(words(comments))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["short", "long", "chinese", "one word"])
def test_no_comment_leaves_the_page_or_covers_another(
    name: str, language: str, fonts: Fonts
) -> None:
    """The longest that may be quoted, in words or in none, in two columns over several pages."""
    found, texts = state(name)
    data = render(found, asking(COMMENT, PRAISE), "all", language, fonts, texts=texts)
    for letters in letters_of(data):
        assert all(letter.left > 0 and letter.right < 595.3 for letter in letters)
        assert all(letter.bottom > 0 and letter.top < 841.9 for letter in letters)
        assert collisions(letters) == []
    assert problems(data) == []


@needs_hostile
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_comments_are_letters_on_paper(
    language: str, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line of the hostile inputs: none fetched, run, or drawn over another."""

    def refused(*_given: object) -> None:
        raise AssertionError("a report reached for the network")

    lines = (HOSTILE / "answers.txt").read_text("utf-8").splitlines()
    texts = [str(json.loads(line))[:5000] for line in lines]
    assert len(texts) > 100
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    comments = said([*texts, *different(12)])
    for start in range(0, len(comments), 60):
        # A part at a time, with as many places as there can be, so that all of them are printed.
        part = comments[start : start + 60]
        found = voiced(
            [*part, *said(different(12), prefix="d")], rules=Voicing(most=40, spread=Spread.LOT)
        )
        all_words = {**words(part), **words(said(different(12), prefix="d"))}
        data = render(found, asking(COMMENT), "all", language, fonts, texts=all_words)
        own = voices_of(found)
        assert own.comments + own.empty + own.unprinted == len(part) + 12
        for letters in letters_of(data):
            assert [pair for pair in collisions(letters) if not is_one_letter(*pair)] == []
        assert "\ufffd" not in flat(data)


def test_the_same_comments_give_the_same_bytes(fonts: Fonts) -> None:
    """Whatever order the words are handed over in."""
    comments = said(different(40))
    found = voiced(comments)
    there = render(found, asking(COMMENT), "all", "zh", fonts, texts=words(comments))
    back = render(found, asking(COMMENT), "all", "zh", fonts, texts=words(comments[::-1]))
    assert there == back
    other = replace(found.segments[0], voices=None)
    assert (
        render(
            replace(found, segments=(other, *found.segments[1:])),
            asking(COMMENT),
            "all",
            "zh",
            fonts,
        )
        != there
    )
