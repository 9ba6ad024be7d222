"""Which waves are reported together, and what must stay hidden in a longer period?

A report is about a wave, or about a period of several (a quarter, a half-year, a year), whose
tallies are added up. Its past are the periods of the same length before it. Answers and customers
of a period are counted wave by wave: who was asked in three months counts three times in both.

Whoever has the reports of the months can take them from that of the quarter. So a period shows a
segment only where that tells nothing new, because every month of it that has answers was shown.
The exception is a segment with a reporting period of its own (:mod:`reports.periods`): hidden in
all shorter ones, it is first shown in its own, if no small group can be worked out from that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from reports.findings import ALL, Reason
from reports.periods import Length, NotAPeriod, Period, period, period_of
from reports.protect import Held, Hidden
from reports.settings import Settings
from reports.shorter import Shorter
from reports.statistics.composite import ScoreSums
from reports.tally import Tally
from reports.waves import Populations, Scores, Tallies

MOST_OWN = 8
"""Segments of one own period that are looked at together; any more stay hidden."""

Lengths = Mapping[str, Length]
"""Segment → its own reporting period; a month where it is not named."""

Fixed = Mapping[tuple[str, str], Length]
"""(year, segment) → its own reporting period in that year; a month where it is not named."""

MONTHLY: Fixed = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """What is reported as one: its name, its waves, and how long it is (None: just a wave)."""

    name: str
    waves: tuple[str, ...]
    length: Length | None


def span(name: str, waves: Sequence[str]) -> Span:
    """The wave of that name, where there is one; else the period, with those ``waves`` it holds.

    Raises :class:`reports.periods.NotAPeriod`.

    >>> span("2026-Q4", ["2026-09", "2026-10", "2026-12"]).waves
    ('2026-10', '2026-12')
    >>> span("spring", ["spring"]).length is None
    True
    """
    if name in waves:
        return Span(name, (name,), Length.MONTH if _is_month(name) else None)
    found = period(name)
    return _span(found, found.waves if found.length is Length.MONTH else waves)


def _span(found: Period, waves: Sequence[str]) -> Span:
    return Span(found.name, tuple(wave for wave in found.waves if wave in waves), found.length)


def past_of(now: Span, waves: Sequence[str]) -> list[Span]:
    """Spans of the same kind that have answers, oldest first, ``now`` last."""
    if now.waves == (now.name,):
        names = sorted({wave for wave in waves if wave < now.name} | {now.name})
        return [span(name, waves) for name in names]
    months = [wave for wave in waves if wave < max(now.waves, default=now.name) and _is_month(wave)]
    length = now.length or Length.MONTH
    names = sorted({period_of(wave, length).name for wave in months} | {now.name})
    return [_span(period(name), waves) for name in names]


def _is_month(wave: str) -> bool:
    try:
        return period(wave).length is Length.MONTH
    except NotAPeriod:
        return False


def gathered(
    spans: Sequence[Span], tallies: Tallies, populations: Populations
) -> tuple[Tallies, Populations]:
    """Tallies and customers of spans, by their names.

    The customers of a segment are known where they are known in every wave of the span.
    """
    added: dict[tuple[str, str], Tally] = {}
    known: dict[tuple[str, str], int] = {}
    for one in spans:
        for segment in sorted({s for wave, s in (*tallies, *populations) if wave in one.waves}):
            own = [tallies[wave, segment] for wave in one.waves if (wave, segment) in tallies]
            if own:
                added[one.name, segment] = Tally.union(own)
            counted = [populations.get((wave, segment)) for wave in one.waves]
            whole = [customers for customers in counted if customers is not None]
            if len(whole) == len(counted):
                known[one.name, segment] = sum(whole)
    return added, known


def score_sums(one: Span, scores: Scores) -> Scores:
    """The scores of a span, by its name; none where its waves have none."""
    added: dict[tuple[str, str], ScoreSums] = {}
    for (wave, segment), sums in scores.items():
        if wave in one.waves:
            key = one.name, segment
            added[key] = added[key] + sums if key in added else sums
    return added


def lengths_of(one: Span, fixed: Fixed) -> Lengths:
    """The segments' own reporting periods in the year of a span; no period crosses a year.

    >>> fixed = {("2026", "A"): Length.QUARTER, ("2027", "A"): Length.MONTH}
    >>> dict(lengths_of(span("2026-Q4", []), fixed))
    {'A': <Length.QUARTER: 'quarter'>}
    """
    return {segment: own for (year, segment), own in fixed.items() if year == one.name[:4]}


def held(one: Span, parts: Mapping[str, Shorter], lengths: Lengths, settings: Settings) -> Held:
    """What must be hidden in a span from the start.

    ``parts``: its waves, and the periods in it that some segment has for its own, each counted
    and protected as in its own report. A single segment that would be left hidden beside
    those shown for the first time follows from the sum of all, and was found safe with them.
    """
    at = _place(one.length)
    longer = {s: Reason.LONGER_PERIOD for s, own in lengths.items() if _place(own) > at}
    if at == _place(Length.MONTH) or one.length is None:
        return Held(longer)
    waves = [parts[wave] for wave in one.waves]
    segments = sorted({segment for wave in waves for segment in wave.bases})
    groups: dict[str, Hidden] = {}
    for group in waves[0].hidden if waves else ():
        own = [s for s in segments if lengths.get(s) == one.length]
        first_shown = _first_shown(own, group, waves, settings.smallest_base)
        hidden = [
            segment
            for segment in segments
            if segment not in (*first_shown, *longer)
            and (segment in own or not _all_shown(segment, group, one, parts, lengths))
        ]
        if len({*hidden, *longer} - {ALL}) > 1 or ALL in hidden or not first_shown:
            groups[group] = dict.fromkeys(hidden, Reason.PROTECTS_ANOTHER)
    return Held(longer, groups)


def own_periods(one: Span, waves: Sequence[str], lengths: Lengths) -> list[Span]:
    """The shorter periods in a span that some segment has for its own, and its waves."""
    if one.waves == (one.name,):
        return []
    found = {span(wave, waves) for wave in one.waves}
    for length in set(lengths.values()):
        if Length.MONTH is not length and _place(length) < _place(one.length):
            found |= {_span(period_of(wave, length), waves) for wave in one.waves}
    return sorted(found, key=lambda part: (_place(part.length), part.name))


def _place(length: Length | None) -> int:
    return list(Length).index(length) if length else len(Length)


def _all_shown(
    segment: str, group: str, one: Span, parts: Mapping[str, Shorter], lengths: Lengths
) -> bool:
    """Whether every part of the span that has answers of the segment was shown."""
    own = lengths.get(segment, Length.MONTH)
    names = {wave if own is Length.MONTH else period_of(wave, own).name for wave in one.waves}
    present = [parts[name] for name in names if segment in parts[name].bases]
    return not any(
        segment in part.hidden[group] and any(part.bases[segment][group]) for part in present
    )


def _first_shown(
    own: Sequence[str], group: str, waves: Sequence[Shorter], smallest: int
) -> list[str]:
    """Those of the segments whose own period this is that may be shown in it, largest first."""
    figures = range(len(waves[0].bases[ALL][group]))
    tables = [[_hidden(wave, group, figure) for wave in waves] for figure in figures]
    size = {s: sum(row.get(s, 0) for table in tables for row in table) for s in own}
    shown: list[str] = []
    for segment in sorted(own, key=lambda s: (-size[s], s))[:MOST_OWN]:
        if all(_safe([*shown, segment], table, smallest) for table in tables):
            shown.append(segment)
    return shown


def _hidden(wave: Shorter, group: str, figure: int) -> Mapping[str, int]:
    """The segments that a wave hides, with the base of a figure, where that is not 0."""
    hidden = {s: wave.bases[s][group][figure] for s in wave.hidden[group] if s in wave.bases}
    return {segment: n for segment, n in hidden.items() if n and segment != ALL}


def _safe(shown: Sequence[str], table: Sequence[Mapping[str, int]], smallest: int) -> bool:
    """Whether no small group follows once the sums of ``shown`` over all waves are known.

    ``table``: what each wave hides, whose sum is known, since everybody else is shown. Known
    sums of segments can be taken from those of their waves, and those of waves that hold
    nobody else from the segments': what is left must be nobody, or enough.
    """
    for size in range(1, len(shown) + 1):
        for chosen in combinations(shown, size):
            rows = [row for row in table if row.keys() & set(chosen)]
            others = sum(n for row in rows for s, n in row.items() if s not in chosen)
            mixed = [row for row in rows if row.keys() - set(chosen)]
            left = sum(n for row in mixed for s, n in row.items() if s in chosen)
            if 0 < others < smallest or 0 < left < smallest:
                return False
    return True
