"""What do customers say, in their own words? Comments are drawn by lot, never picked.

Nobody chooses what is quoted (:mod:`reports.drawn`). What says nothing is left out; what says the
same as another is quoted once. The drawing keeps the parts of satisfied and dissatisfied customers,
if wanted; which comment is whose is not told.

Words give away more than figures: a segment is quoted from ten customers on who may be, a hidden
one never. What is quoted of all customers comes from segments that are quoted themselves, or from
two or more others that are so together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from instruments.model import Instrument, Role
from reports.drawn import Candidate, Comment, Mood, Pool, alike, first
from reports.findings import ALL, Findings, Standing
from reports.quoted import FEWEST, Quoted, Spread, Voices, Voicing

_Key = TypeVar("_Key")


def add_voices(
    findings: Findings, instrument: Instrument, comments: Iterable[Comment], rules: Voicing
) -> Findings:
    """``findings`` with the comments that each segment's report quotes.

    ``comments``: those of the waves reported, in any order; they pass by once. Without a question
    on comments, or in a hidden segment, there are none (None).
    """
    questions = [question.id for question in instrument.with_role(Role.COMMENT)]
    if not questions:
        return findings
    fewest = max(FEWEST, findings.smallest_base)
    pools: dict[str, Pool] = defaultdict(Pool)
    moods = _moods(instrument, findings.definitions.satisfied)
    for comment in comments:
        mood = moods.get(comment.satisfaction, Mood.UNKNOWN)
        pools[comment.segment].take(comment, mood, fewest)
    shown = {s.segment for s in findings.segments if s.standing is not Standing.HIDDEN}
    of, apart = _groups(pools, shown - {ALL}, fewest)
    asked = instrument.first(Role.QUOTE) is not None
    blank = Voices(fewest, rules.length, rules.spread, asked, silent=True)

    def voices(segment: str) -> Voices | None:
        if segment not in shown:
            return None
        pool = of.get(segment)
        if pool is None:
            return blank
        return replace(
            blank,
            silent=False,
            questions=tuple(_quoted(pool, questions, rules)),
            refused=pool.refused,
            unknown=pool.unknown,
            empty=pool.empty,
            unprinted=pool.unprinted,
            apart=apart and segment == ALL,
        )

    segments = (replace(found, voices=voices(found.segment)) for found in findings.segments)
    return replace(findings, segments=tuple(segments))


def _groups(
    pools: Mapping[str, Pool], shown: set[str], fewest: int
) -> tuple[Mapping[str, Pool], bool]:
    """Whose comments are quoted, ``all`` among them; and whether some are left out of ``all``.

    The comments of segments too small to be quoted count in ``all`` where two or more of them,
    none hidden, have enough together: what is left of ``all`` without the others is then a
    group that could be quoted itself.
    """
    own = {name: pools[name] for name in sorted(shown & pools.keys())}
    large = {name: pool for name, pool in own.items() if len(pool.writers) >= fewest}
    small = [pool for name, pool in own.items() if name not in large and pool.writers]
    rest = Pool().together(small)
    counted = list(large.values())
    joined = len(small) > 1 and len(rest.writers) >= fewest
    if joined:
        counted.append(rest)
    left = [pool for name, pool in pools.items() if name not in large and pool.writers]
    apart = len(left) > (len(small) if joined else 0)
    if not counted:
        return {}, apart
    return {**large, ALL: Pool().together(counted)}, apart


def _quoted(pool: Pool, questions: Sequence[str], rules: Voicing) -> Iterator[Quoted]:
    """Question by question, as many comments as its part of all of them allows."""
    counts = {q: sum(n for (of, _m), n in pool.counts.items() if of == q) for q in questions}
    asked = {question: count for question, count in counts.items() if count}
    places = _shares(asked, rules.most)
    for question, count in asked.items():
        by_mood = {m: pool.counts[question, m] for m in Mood if pool.counts.get((question, m))}
        wanted = _wanted(by_mood, places[question], rules.spread)
        queues = {mood: first(pool.drawn[question, mood].values()) for mood in by_mood}
        chosen = _drawn(queues, wanted, places[question])
        yield Quoted(question, count, tuple(candidate.reference for candidate in chosen))


def _wanted(by_mood: Mapping[Mood, int], places: int, spread: Spread) -> Mapping[Mood, int]:
    if spread is Spread.PROPORTIONAL:
        return _shares(by_mood, places)
    if spread is Spread.EVEN:
        return _shares(dict.fromkeys(by_mood, 1), places)
    return {}


def _drawn(
    queues: Mapping[Mood, Sequence[Candidate]], wanted: Mapping[Mood, int], places: int
) -> list[Candidate]:
    """First those wanted of each mood, then whoever comes next; in the order of the draw."""
    chosen: list[Candidate] = []

    def draw(queue: Iterable[Candidate], most: int) -> None:
        for candidate in queue:
            if most and not any(alike(candidate.said, other.said) for other in chosen):
                chosen.append(candidate)
                most -= 1

    for mood, most in wanted.items():
        draw(queues[mood], most)
    everybody = first(candidate for queue in queues.values() for candidate in queue)
    draw(everybody, places - len(chosen))
    return first(chosen)


def _shares(counts: Mapping[_Key, int], places: int) -> dict[_Key, int]:
    """``places`` shared out by counts, the largest remainders rounded up."""
    total = sum(counts.values())
    if not total:
        return {}
    whole = {key: places * count // total for key, count in counts.items()}
    order = list(counts)
    left = sorted(order, key=lambda k: (-(places * counts[k] % total), order.index(k)))
    for key in left[: places - sum(whole.values())]:
        whole[key] += 1
    return whole


def _moods(instrument: Instrument, satisfied: int) -> Mapping[int | None, Mood]:
    """Answer on overall satisfaction → mood: as many of the worst points as of the best."""
    question = instrument.first(Role.OVERALL)
    if question is None:
        return {}
    best = question.best_codes(satisfied)
    worst = frozenset(question.codes) - question.best_codes(len(question.codes) - satisfied)
    return {
        code: Mood.CONTENT if code in best else Mood.DISCONTENT if code in worst else Mood.MIDDLING
        for code in question.codes
    }
