"""Comments from literals, for drawing and printing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from instruments.model import Instrument, Kind, Means, Point, Question, Role
from reports.drawn import Comment
from reports.findings import Findings
from reports.quoted import Voices, Voicing
from reports.voices import add_voices
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases

COMMENT = Question(
    "comment",
    "open",
    Kind.TEXT,
    Role.COMMENT,
    pdf_asked.text("What should we improve first?", "您认为我们首先应该改进什么？"),
)
PRAISE = replace(COMMENT, id="praise", text=pdf_asked.text("What was good?", "哪些方面做得好？"))
QUOTE = Question(
    "quote",
    "open",
    Kind.SINGLE,
    Role.QUOTE,
    pdf_asked.text("May we quote you?", "可以引用您的留言吗？"),
    points=(
        Point(1, pdf_asked.text("Yes", "可以"), Means.YES),
        Point(2, pdf_asked.text("No", "不可以"), Means.NO),
    ),
)


def asking(*questions: Question) -> Instrument:
    """The questionnaire of the other cases, with these questions besides."""
    known = pdf_asked.make_instrument()
    return replace(known, questions=(*known.questions, *questions))


def said(
    texts: Iterable[str],
    segment: str = "D",
    *,
    question: str = "comment",
    satisfaction: int | None = None,
    agreed: bool | None = None,
    prefix: str = "r",
) -> list[Comment]:
    """One comment of a customer each."""
    return [
        Comment(
            f"{prefix}{i}.{question}", f"{prefix}{i}", question, text, segment, satisfaction, agreed
        )
        for i, text in enumerate(texts)
    ]


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def different(count: int) -> list[str]:
    """So many comments that say different things, in words that nobody knows."""
    drawn = (hashlib.sha256(f"{i}".encode()).hexdigest().translate(LETTERS) for i in range(count))
    return [f"{word[:7].title()} {word[7:12]} {word[12:20]} {word[20:31]}." for word in drawn]


def voiced(
    comments: Iterable[Comment],
    instrument: Instrument | None = None,
    rules: Voicing | None = None,
    found: Findings | None = None,
) -> Findings:
    """The findings of the other cases, with these comments."""
    return add_voices(
        found or cases.make_findings(),
        instrument or asking(COMMENT),
        comments,
        rules or Voicing(),
    )


def voices_of(findings: Findings, segment: str = "all") -> Voices:
    """A segment's comments, where there may be any."""
    found = findings.segment(segment).voices
    assert found is not None
    return found


def words(comments: Iterable[Comment]) -> Mapping[str, str]:
    """Reference → words, as the store keeps them."""
    return {comment.reference: comment.text for comment in comments}
