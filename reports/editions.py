"""Which edition of a report is this, and what changed since the one before?

A report that was issued stays as it is. Answers that come late, or that are corrected, make
another edition, which says what it tells differently: figures whose value, base or standing
changed, segment by segment. What a segment hides is not told here either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reports.findings import Figure, Findings, SegmentFindings, Standing
from reports.fingerprint import Fingerprint

CYCLES = "cycles"
"""What is told of improvements."""

RULES = (
    "confidence",
    "smallest_base",
    "indicative_base",
    "definitions",
    "chart_rules",
    "weighting",
    "comparison",
    "instrument",
    "instrument_version",
    CYCLES,
)
"""Fields of findings that are agreed, not measured."""


class Why(StrEnum):
    """Why an edition was made."""

    FIRST = "first"  # the report was never issued before
    FINDINGS = "findings"  # answers, books or rules say something else than before
    RENDERER = "renderer"  # the findings are the same, and something else draws them


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that says something else than before; None where it was, or is, not there."""

    key: str
    of: str
    then: Figure | None
    now: Figure | None


@dataclass(frozen=True, slots=True)
class SegmentDifferences:
    """What changed in one segment.

    The numbers of responses are None where the segment is hidden, or was not there. ``past``:
    whether what it is compared with changed (earlier periods, tests, charts, things to know).
    ``voices``: whether other comments are quoted, or others are counted.
    """

    segment: str
    responses_then: int | None
    responses_now: int | None
    figures: tuple[Differing, ...]
    past: bool
    voices: bool = False

    def __bool__(self) -> bool:
        """Whether anything differs."""
        moved = self.responses_then != self.responses_now
        return bool(self.figures) or self.past or self.voices or moved


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed between two findings: the segments that differ, and the names of the rules."""

    segments: tuple[SegmentDifferences, ...]
    rules: tuple[str, ...]

    def segment(self, name: str) -> SegmentDifferences | None:
        """Of one segment; None where nothing changed."""
        return next((found for found in self.segments if found.segment == name), None)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The edition before, and what changed since."""

    number: int
    made: dt.date
    differences: Differences


@dataclass(frozen=True, slots=True)
class Edition:
    """What the last page says of the report itself.

    ``findings`` is the SHA-256 of the findings as ``findings.json`` holds them; ``earlier`` is
    None in a first edition.
    """

    number: int
    made: dt.date
    findings: str
    fingerprint: Fingerprint
    earlier: Earlier | None = None


def differences(then: Findings, now: Findings) -> Differences:
    """What ``now`` says otherwise than ``then``; both of the same survey, period and field.

    Segments come in the order of ``now``, those that are gone at the end.
    """
    before = {found.segment: found for found in then.segments}
    after = {found.segment: found for found in now.segments}
    names = [*after, *(name for name in before if name not in after)]
    found = [_of_segment(name, before.get(name), after.get(name)) for name in names]
    rules = tuple(name for name in RULES if _agreed(then, name) != _agreed(now, name))
    return Differences(tuple(one for one in found if one), rules)


def _agreed(findings: Findings, rule: str) -> object:
    """What was agreed under that name; of the weighting only how it is done, not what it did."""
    if rule == "weighting":
        return findings.weighting.method, findings.weighting.fields
    return getattr(findings, rule)


def tells_a_few_apart(then: Findings, now: Findings) -> bool:
    """Whether comparing the two would give away what fewer customers said than may be shown.

    That is so where a segment has a few responses more, or fewer, than before: what they said is
    the difference of its figures.
    """
    before = {found.segment: found.responses for found in then.segments}
    after = {found.segment: found.responses for found in now.segments}
    least = max(then.smallest_base, now.smallest_base)
    return any(
        0 < abs(after.get(name, 0) - before.get(name, 0)) < least for name in before.keys() | after
    )


def _of_segment(
    name: str, then: SegmentFindings | None, now: SegmentFindings | None
) -> SegmentDifferences:
    return SegmentDifferences(
        name,
        _responses(then),
        _responses(now),
        tuple(_differing(then, now)),
        _past(then, now),
        then is not None and now is not None and then.voices != now.voices,
    )


def _responses(found: SegmentFindings | None) -> int | None:
    return None if found is None or found.standing is Standing.HIDDEN else found.responses


def _differing(then: SegmentFindings | None, now: SegmentFindings | None) -> Iterator[Differing]:
    before, after = _figures(then), _figures(now)
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        if old is None or new is None or _said(old) != _said(new):
            yield Differing(*name, old, new)


def _figures(found: SegmentFindings | None) -> dict[tuple[str, str], Figure]:
    """By key and of; nobody may see the response rate of a segment that is hidden."""
    if found is None:
        return {}
    rates = [] if found.standing is Standing.HIDDEN else [found.response_rate]
    return {(figure.key, figure.of): figure for figure in (*rates, *found.figures)}


def _said(figure: Figure) -> tuple[float | None, int, Standing]:
    return figure.value, figure.n, figure.standing


def _past(then: SegmentFindings | None, now: SegmentFindings | None) -> bool:
    if then is None or now is None:
        return False
    return (then.changes, then.trend, then.charts, then.signals) != (
        now.changes,
        now.trend,
        now.charts,
        now.signals,
    )
