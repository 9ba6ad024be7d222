"""Which comments come first in the draw? Kept while all of them pass by, never all at once.

A comment's place is a hash of its reference and of nothing else: nobody chooses what is quoted,
and the same comments in any order give the same draw.
"""

from __future__ import annotations

import hashlib
import heapq
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from instruments.open_text import says_nothing
from reports.redaction import REMOVED, visible

CANDIDATES = 64
"""Comments kept for each segment, question and mood: more than can be quoted."""

COMPARED = 600
"""Characters by which a comment is held against others."""

ALIKE = 0.7
"""Share of common pairs of letters from which two comments say the same."""

_PRINTED = frozenset({"LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"})


@dataclass(frozen=True, slots=True)
class Comment:
    """One open text: ``reference`` finds it in the store, ``respondent`` tells who wrote several.

    ``text`` is redacted already. ``satisfaction``: the answer on overall satisfaction, where
    given; ``agreed``: whether the customer agreed to be quoted, None where nobody was asked.
    ``unknown``: it came from elsewhere, and whether it may be quoted is not known.
    """

    reference: str
    respondent: str
    question: str
    text: str
    segment: str
    satisfaction: int | None = None
    agreed: bool | None = None
    unknown: bool = False


class Mood(StrEnum):
    """How satisfied the writer is; a matter of the drawing, never printed."""

    CONTENT = "content"
    MIDDLING = "middling"
    DISCONTENT = "discontent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that may be quoted: its place in the draw, its reference, what it says."""

    place: str
    reference: str
    said: str


@dataclass(slots=True)
class Pool:
    """The comments of one segment while they pass by: counts, and the first in the draw."""

    writers: set[str] = field(default_factory=set)
    counts: dict[tuple[str, Mood], int] = field(default_factory=lambda: defaultdict(int))
    drawn: dict[tuple[str, Mood], dict[str, Candidate]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    refused: int = 0
    unknown: int = 0
    empty: int = 0
    unprinted: int = 0

    def take(self, comment: Comment, mood: Mood, fewest: int) -> None:
        """Count a comment, and keep it if it is among the first in the draw."""
        if comment.agreed is False:
            self.refused += 1
            return
        if comment.unknown:
            self.unknown += 1
            return
        said = _said(comment.text)
        if says_nothing(comment.text.replace(REMOVED, " ").strip()):
            self.empty += 1
            return
        if not said or not _can_be_printed(comment.text):
            self.unprinted += 1
            return
        if len(self.writers) < fewest:
            self.writers.add(comment.respondent)
        self.counts[comment.question, mood] += 1
        kept = self.drawn[comment.question, mood]
        new = Candidate(_place(comment.reference), comment.reference, said)
        if said not in kept or new.place < kept[said].place:
            kept[said] = new
        if len(kept) > 4 * CANDIDATES:
            best = first(kept.values())
            kept.clear()
            kept.update((candidate.said, candidate) for candidate in best)

    def together(self, others: Iterable[Pool]) -> Pool:
        """This pool and others as one."""
        whole = Pool()
        for pool in (self, *others):
            whole.writers |= pool.writers
            whole.refused += pool.refused
            whole.unknown += pool.unknown
            whole.empty += pool.empty
            whole.unprinted += pool.unprinted
            for key, count in pool.counts.items():
                whole.counts[key] += count
            for key, kept in pool.drawn.items():
                best = whole.drawn[key]
                for said, candidate in kept.items():
                    if said not in best or candidate.place < best[said].place:
                        best[said] = candidate
        return whole


def _place(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest()


def first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The first in the draw, at most :data:`CANDIDATES`."""
    return heapq.nsmallest(CANDIDATES, candidates, key=lambda c: (c.place, c.reference))


def _said(text: str) -> str:
    """What a comment says, whatever its case, marks and spaces."""
    plain = unicodedata.normalize("NFKC", text[: 4 * COMPARED]).casefold()
    return "".join(c for c in plain if c.isalnum())[:COMPARED]


def alike(one: str, other: str) -> bool:
    """Whether two comments have most of their pairs of letters in common."""
    pairs, others = (
        {text[i : i + 2] for i in range(max(len(text) - 1, 1))} for text in (one, other)
    )
    return len(pairs & others) >= ALIKE * len(pairs | others)


def _can_be_printed(text: str) -> bool:
    """Whether at least half of a comment's letters are of those that reports are set in."""
    letters = [c for c in visible(text[:COMPARED]) if c.isalpha()]
    return bool(letters) and 2 * sum(map(_has_a_face, letters)) >= len(letters)


@lru_cache(maxsize=8192)
def _has_a_face(letter: str) -> bool:
    return unicodedata.name(letter, "").split(" ")[0] in _PRINTED
