"""The minutes that a shipped questionnaire states follow from what there is to read and do.

Counted for whom most are like: 240 words read a minute, 3 seconds an answer, 3 seconds a page,
40 words written a minute. ``tests/browser`` holds the same against what a browser shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from instruments import library
from instruments.model import Instrument, Kind, Question

READ, ANSWER, PAGE, WRITTEN = 240, 3 / 60, 3 / 60, 40


@dataclass(frozen=True)
class Way:
    """How somebody goes through: the answers that open questions, and the words they write."""

    given: Mapping[str, int | set[int]] = field(default_factory=dict)
    words: int = 0

    def codes(self, question: str) -> set[int]:
        """The options chosen: one, several, or none."""
        given = self.given.get(question, set())
        return {given} if isinstance(given, int) else given


WAYS = {
    "service_quality": Way(),
    "loyalty": Way(),
    "lost_customers": Way({"buys_now": 1, "where_to": 1, "may_contact": 2}, 10),
    "complaint_capture": Way({"purpose": 1, "contact_by": 1, "contact_consent": 1}, 46),
    "complaint_capture, handling": Way({"purpose": 2, "contact_by": 4}, 15),
    "network_operator": Way({"used": {2, 3, 4}, "problem": 2}),
    "dealers": Way({"problem": 2}),
    "internal_customers": Way({"problem": 2}),
    "customer_value": Way(),
    "mystery_visit": Way({"rival_visited": 1}),
}
"""Name of a questionnaire, and who: ways of those whom most are like."""


def asked_on(way: Way, instrument: Instrument) -> list[Question]:
    """The questions that somebody sees who goes this way."""
    seen: dict[str, Question] = {}
    for question in instrument.questions:
        on = question.show_if
        if on is None or (on.question in seen and way.codes(on.question) & on.codes):
            seen[question.id] = question
    return list(seen.values())


def minutes_of(way: Way, instrument: Instrument) -> float:
    """Minutes to read, answer, write and send. Points under attributes are read once, as one."""
    asked = asked_on(way, instrument)
    ids = {question.id for question in asked}
    pages = [page for page in instrument.pages if ids & set(page.questions)]
    texts = [instrument.intro, *(text for page in pages for text in (page.title, page.intro))]
    texts += [text for q in asked for text in (q.text, q.hint)]
    texts += [point.text for q in asked if q.attribute is None for point in q.points]
    words = sum(len(text.of("en").split()) for text in texts if text is not None)
    answers = sum(q.places or 1 for q in asked if q.kind is not Kind.TEXT)
    reading, writing = words / READ, way.words / WRITTEN
    return reading + answers * ANSWER + len(pages) * PAGE + writing


@pytest.mark.parametrize("name", WAYS)
def test_the_stated_minutes_are_kept(name: str) -> None:
    """Nobody needs half a minute more than was promised, nor a whole one less."""
    instrument = library.read(name.partition(",")[0])
    found = minutes_of(WAYS[name], instrument)
    print(f"{name}: {found:.2f} minutes, {len(asked_on(WAYS[name], instrument))} questions")
    assert instrument.minutes - 1 < found < instrument.minutes + 0.5
