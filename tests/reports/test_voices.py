"""Comments are drawn by lot from groups large enough, and nothing else decides."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.drawn import CANDIDATES, Comment
from reports.findings import ALL, Standing
from reports.findings_json import to_json
from reports.quoted import FEWEST, NotVoiced, Spread, Voicing
from reports.redaction import REMOVED
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
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


def test_as_many_as_may_be_are_quoted_and_all_are_counted() -> None:
    """Twelve of 85 comments, each once."""
    found = voices_of(voiced(said(different(85))))
    assert len(found.references) == len(set(found.references)) == 12
    assert found.comments == 85
    assert found.questions[0].question == "comment"


def test_the_draw_is_the_same_in_any_order() -> None:
    """Neither the order of the store nor chance decides; another reference may."""
    comments = said(different(500))
    shuffled = random.Random(3).sample(comments, len(comments))
    assert voiced(comments) == voiced(shuffled)
    others = said(different(500), prefix="q")
    ours, theirs = voices_of(voiced(comments)), voices_of(voiced(others))
    assert [r[1:] for r in ours.references] != [r[1:] for r in theirs.references]


def test_what_is_kept_while_comments_pass_by_is_bounded_and_loses_nothing() -> None:
    """Thousands pass by, a few dozen are kept, and the first in the draw are among them."""
    comments = said(different(2000))
    assert len(comments) > 8 * CANDIDATES
    few = voices_of(voiced(comments, rules=Voicing(most=5)))
    many = voices_of(voiced(comments, rules=Voicing(most=40)))
    assert set(few.references) <= set(many.references)
    assert few.comments == many.comments == 2000


def test_what_says_nothing_is_left_out_and_counted() -> None:
    """Blank, "none" in both languages, and what is nothing but what was taken out."""
    nothing = ["", "  \u200b", "None.", "无", f" {REMOVED} ", "没有。"]
    found = voices_of(voiced([*said(different(20)), *said(nothing, prefix="n")]))
    assert (found.comments, found.empty) == (20, len(nothing))
    assert not [r for r in found.references if r.startswith("n")]


def test_what_cannot_be_printed_is_left_out_and_counted() -> None:
    """Scripts that the report has no letters for, and pictures alone; not a word of them."""
    foreign = ["خدمة ممتازة جدا", "שירות מצוין", "👍👍👍", "บริการดีมาก"]
    found = voices_of(voiced([*said(different(20)), *said(foreign, prefix="n")]))
    assert (found.comments, found.unprinted) == (20, len(foreign))
    mixed = said([f"{text} ممتاز 👍" for text in different(12)])
    assert voices_of(voiced(mixed)).unprinted == 0


def test_what_is_said_twice_is_quoted_once() -> None:
    """Copies, and copies with other marks, spaces or letters, are one; all are counted."""
    copies = ["Too late!", "too late", "TOO LATE ...", "Ｔｏｏ late"] * 10
    near = [f"The last delivery came {n} days late and nobody told us." for n in range(10)]
    found = voices_of(voiced([*said(copies), *said(near, prefix="n")]))
    assert found.comments == 50
    assert len(found.references) == 2


def test_without_a_question_there_are_no_voices() -> None:
    """What was not asked for is not missing."""
    assert voiced([], pdf_asked.make_instrument()) == cases.make_findings()


@pytest.mark.parametrize("agreed", [None, True, False])
def test_consent_refused_is_never_quoted(agreed: bool | None) -> None:
    """Where customers were asked, only a yes counts; how many did not agree is told."""
    yes = said(different(30), agreed=True, prefix="y")
    no = said(different(30), agreed=False, prefix="n")
    instrument = asking(COMMENT, QUOTE)
    found = voices_of(voiced([*yes, *no], instrument, Voicing(most=40)))
    assert found.asked
    assert found.refused == 30
    assert {reference[0] for reference in found.references} == {"y"}
    alone = voices_of(voiced(said(different(30), agreed=agreed), instrument))
    assert alone.silent is (agreed is False)


def test_refusals_do_not_make_a_group_large_enough() -> None:
    """Nine who agreed and a hundred who did not are nine."""
    comments = [
        *said(different(9), agreed=True, prefix="y"),
        *said(different(100), agreed=False, prefix="n"),
    ]
    found = voices_of(voiced(comments, asking(COMMENT, QUOTE)))
    assert found.silent
    assert (found.references, found.refused) == ((), 0)


def test_ten_writers_are_enough_and_nine_are_not() -> None:
    """Customers count, not comments: who writes twice is one."""
    for writers in (FEWEST - 1, FEWEST):
        found = voiced(said(different(writers)))
        assert voices_of(found, "D").silent is (writers < FEWEST)
    twice = [*said(different(9)), *said(different(9), question="praise")]
    assert voices_of(voiced(twice, asking(COMMENT, PRAISE)), "D").silent


def test_small_groups_are_quoted_together_or_not_at_all() -> None:
    """Two tiers of six are twelve of the whole; one tier of six is left out and uncounted."""
    large = said(different(40))
    six, other = said(different(6), "B", prefix="b"), said(different(6), "C", prefix="c")
    alone = voiced([*large, *six])
    assert voices_of(alone, "B").silent
    assert voices_of(alone).comments == 40
    assert voices_of(alone).apart
    both = voiced([*large, *six, *other])
    assert voices_of(both, "C").silent
    assert voices_of(both).comments == 52
    assert not voices_of(both).apart


def test_a_hidden_segment_is_heard_nowhere() -> None:
    """Three customers are hidden: their words are in no report, and in no count."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    found = cases.make_findings(segments=segments)
    theirs = said(different(40), "A", prefix="a")
    loud = voiced([*said(different(40)), *theirs], found=found, rules=Voicing(most=40))
    assert loud.segment("A").voices is None
    assert voices_of(loud).comments == 40
    assert not [r for r in voices_of(loud).references if r.startswith("a")]


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 30), min_size=1),
    bases=st.lists(st.integers(0, 40), min_size=7, max_size=7),
    most=st.integers(1, 40),
)
def test_no_hidden_or_small_group_has_voices(
    sizes: dict[str, int], bases: list[int], most: int
) -> None:
    """On any company: a hidden segment none, and the whole less its quoted parts nobody or ten."""
    segments = {name: (name, n) for name, n in zip("ABCDEFG", bases, strict=True)}
    found = cases.make_findings(segments=segments, waves=1)
    comments = [c for s, n in sizes.items() for c in said(different(n), s, prefix=s)]
    by_reference = {comment.reference: comment for comment in comments}
    result = voiced(comments, found=found, rules=Voicing(most=most))
    quoted = 0
    for part in result.segments:
        hidden = part.standing is Standing.HIDDEN
        assert (part.voices is None) is hidden
        if part.segment == ALL or part.voices is None or part.voices.silent:
            continue
        assert sizes[part.segment] >= FEWEST
        assert {by_reference[r].segment for r in part.voices.references} <= {part.segment}
        quoted += part.voices.comments
    whole = result.segment(ALL).voices
    if whole is not None and not whole.silent:
        assert whole.comments - quoted == 0 or whole.comments - quoted >= FEWEST
        hidden_ones = {p.segment for p in result.segments if p.voices is None}
        assert not {by_reference[r].segment for r in whole.references} & hidden_ones


def moods(spread: Spread, most: int = 12) -> Counter[str]:
    """How many of the satisfied, the others and the dissatisfied are quoted, of 80, 10 and 10."""
    texts = different(100)
    comments: list[Comment] = []
    for name, code, part in (("g", 5, texts[:80]), ("m", 3, texts[80:90]), ("b", 1, texts[90:])):
        comments += said(part, satisfaction=code, prefix=name)
    found = voices_of(voiced(comments, rules=Voicing(most=most, spread=spread)))
    return Counter(reference[0] for reference in found.references)


def test_the_satisfied_and_the_dissatisfied_have_their_part() -> None:
    """In proportion, or as many of each; places that one cannot fill go to others."""
    assert moods(Spread.PROPORTIONAL, 10) == {"g": 8, "m": 1, "b": 1}
    assert moods(Spread.EVEN) == {"g": 4, "m": 4, "b": 4}
    assert moods(Spread.EVEN, 40).total() == 40
    assert moods(Spread.LOT).total() == 12


def test_questions_share_the_places() -> None:
    """By their comments, in the order they were asked."""
    comments = [*said(different(30)), *said(different(10), question="praise", prefix="p")]
    found = voices_of(voiced(comments, asking(COMMENT, PRAISE), Voicing(most=8)))
    assert [(q.question, q.comments, len(q.references)) for q in found.questions] == [
        ("comment", 30, 6),
        ("praise", 10, 2),
    ]


def test_findings_hold_references_and_no_words() -> None:
    """What is written to the file names comments and says nothing of what is in them."""
    comments = said([f"{text} unmistakable" for text in different(40)])
    found = voiced(comments)
    text = to_json(found)
    assert "unmistakable" not in text
    assert json.loads(text)["segments"][0]["voices"] == json.loads(
        json.dumps(asdict(voices_of(found)))
    )
    assert set(voices_of(found).references) <= set(words(comments))


@pytest.mark.parametrize("wrong", [{"most": 0}, {"most": 41}, {"length": 79}, {"length": 601}])
def test_a_setting_out_of_range_is_named(wrong: dict[str, Any]) -> None:
    """The message says which, and what it may be."""
    with pytest.raises(NotVoiced, match=next(iter(wrong))):
        Voicing(**wrong)
