"""Comments from literals, for drawing and printing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from instruments.model import Instrument, Kind, Means, Point, Question, Role
from reports.drawn import Comment
from reports.findings import Findings
from reports.quoted import Voices, Voicing
from reports.voices import add_voices
from tests.reports import pdf_cases as cases

COMMENT = Question(
    "comment",
    "open",
    Kind.TEXT,
    Role.COMMENT,
    cases.text("What should we improve first?", "您认为我们首先应该改进什么？"),
)
PRAISE = replace(COMMENT, id="praise", text=cases.text("What was good?", "哪些方面做得好？"))
QUOTE = Question(
    "quote",
    "open",
    Kind.SINGLE,
    Role.QUOTE,
    cases.text("May we quote you?", "可以引用您的留言吗？"),
    points=(
        Point(1, cases.text("Yes", "可以"), Means.YES),
        Point(2, cases.text("No", "不可以"), Means.NO),
    ),
)


def asking(*questions: Question) -> Instrument:
    """The questionnaire of the other cases, with these questions besides."""
    known = cases.make_instrument()
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


TOPICS = (
    "delivery", "seal", "invoice", "motor", "price", "manual", "driver", "hotline", "website",
    "bearing", "paint", "gasket", "crate", "valve", "warranty", "training", "refund", "label",
)  # fmt: skip


def different(count: int) -> list[str]:
    """So many comments that say different things."""
    named = ((i, TOPICS[i % 18], TOPICS[i // 18 % 18], TOPICS[i // 324 % 18]) for i in range(count))
    return [f"{a} {b[::-1]} {c.upper()} {'xyzw'[i % 4] * 9}" for i, a, b, c in named]


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
