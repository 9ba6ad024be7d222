"""What could be told from reports of the same answers by two fields, laid side by side?

Customers are reported by tier, and again by region. Where all answers of tier A came from the
region East, the report on East less the report on A is one on the others in East; if these are
few, both reports together give them away, though each alone is safe. So wherever one segment lies
within a segment of another field, and the base of some figure differs by fewer than the smallest
base, the inner one is hidden in that group of related figures, in the reports by its own field.
Bases decide that, never what another report happens to show: so all reports come to the same.

In a longer period nothing need be added: it shows only what each of its waves showed. A segment
first shown in a reporting period of its own is held against every segment of the other fields in
that period and in the shorter ones within it, whichever of the two lies in the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from operator import add

import numpy as np

from instruments.model import Instrument
from reports.dataset import Dataset
from reports.errors import ReportError
from reports.findings import Reason
from reports.indicators import Family
from reports.periods import Length
from reports.protect import Hidden
from reports.settings import Settings
from reports.shorter import bases
from reports.spans import Lengths, Span
from reports.statistics.composite import ScoreSums
from reports.tally import Tally, UnknownField
from reports.waves import Scores, Tallies

Joint = Mapping[tuple[str, str], int]
"""(segment of one field, segment of another) → their common responses in a wave.

Only where these are all responses of one of the two: then it lies within the other.
"""

Counts = Mapping[str, Sequence[int]]
"""Related figures → the n of each, as in :class:`reports.shorter.Shorter`."""


@dataclass(frozen=True, slots=True)
class Field:
    """What was counted by one segment field.

    ``joint``, of another field than the report's: wave → what lies in what, the segment of the
    report's own field named first.
    """

    tallies: Tallies
    scores: Scores = field(default_factory=dict)
    joint: Mapping[str, Joint] = field(default_factory=dict)


class ScoresMissing(ReportError, ValueError):
    """The scores of a wave are given by some segment fields and not by others."""

    def __init__(self, wave: str) -> None:
        super().__init__(f"The scores of {wave} are given by some segment fields, but not by all.")


def joint_counts(chunks: Iterable[Dataset], by: str) -> Mapping[str, Joint]:
    """Other field → its joint counts with the field ``by``, of the answers of one wave.

    Raises :class:`reports.tally.UnknownField`.

    >>> from reports.dataset import Labels
    >>> tiers, regions = Labels.of(["A", "A", "B"]), Labels.of(["East", "East", "East"])
    >>> segments = {"tier": tiers, "region": regions}
    >>> joint_counts([Dataset(None, 3, None, segments, {})], "tier")
    {'region': {('A', 'East'): 2, ('B', 'East'): 1}}
    """
    counted: dict[str, Counter[tuple[str, str]]] = {}
    for chunk in chunks:
        if by not in chunk.segments:
            raise UnknownField(by, sorted(chunk.segments))
        own = chunk.segments[by]
        for name, other in chunk.segments.items():
            if name != by:
                width = len(other.levels)
                times = np.bincount(own.codes.astype(np.intp) * width + other.codes)
                pairs = counted.setdefault(name, Counter())
                for place in np.flatnonzero(times).tolist():
                    inner, outer = divmod(place, width)
                    pairs[own.levels[inner], other.levels[outer]] += int(times[place])
    return {name: _nested(pairs) for name, pairs in counted.items()}


def _nested(pairs: Mapping[tuple[str, str], int]) -> Joint:
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (own, other), n in pairs.items():
        first[own] += n
        second[other] += n
    return {
        (own, other): n
        for (own, other), n in sorted(pairs.items())
        if n in (first[own], second[other])
    }


def crossed(
    instrument: Instrument,
    one: Span,
    shorter: Sequence[Span],
    own: Field,
    others: Sequence[Field],
    lengths: Lengths,
    families: Sequence[Family],
    settings: Settings,
) -> Mapping[str, Hidden]:
    """Related figures → the segments of ``own`` that hide them in the span ``one``.

    ``shorter``: its waves and the shorter periods in it that some segment has for its own. Raises
    :class:`ScoresMissing`, since what is held against each other must have the same figures.
    """
    scored = {wave for wave, _segment in own.scores}
    differing = [scored ^ {wave for wave, _segment in other.scores} for other in others]
    if any(differing):
        raise ScoresMissing(min(set().union(*differing)))
    hidden: dict[str, dict[str, Reason]] = {}
    known = _Bases(instrument, families, settings, {})
    for segment in _first_shown(one, own, lengths):
        spans = [one] if one.waves == (one.name,) else [one, *shorter]
        for other, span in product(others, spans):
            for inner, outer in _nestings(one, segment, own, span, other):
                for group in known.too_close(inner, outer):
                    hidden.setdefault(group, {})[segment] = Reason.PROTECTS_ANOTHER
    return hidden


def _first_shown(one: Span, own: Field, lengths: Lengths) -> list[str]:
    """The segments that no shorter period has shown before, and no longer one is to show first."""
    found = sorted({segment for wave, segment in own.tallies if wave in one.waves})
    if one.waves == (one.name,):
        return [s for s in found if lengths.get(s, Length.MONTH) is Length.MONTH]
    return [s for s in found if lengths.get(s, Length.MONTH) is one.length]


def _nestings(
    one: Span, segment: str, own: Field, span: Span, other: Field
) -> Iterator[tuple[Table, Table]]:
    """(inner, outer): ``segment`` in ``one``, and segments of ``other`` in ``span``.

    In one wave only where ``segment`` is the inner; the other field's reports see to the rest.
    """
    common = Counter[str]()
    for wave in span.waves:
        for (mine, theirs), n in other.joint.get(wave, {}).items():
            if mine == segment:
                common[theirs] += n
    table = Table(own, segment, one.waves)
    for theirs, n in common.items():
        against = Table(other, theirs, span.waves)
        if n == table.responses < against.responses:
            yield table, against
        elif n == against.responses < table.responses and one.waves != (one.name,):
            yield against, table


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What one report shows of one segment: all answers of a field's segment in some waves."""

    field: Field
    segment: str
    waves: tuple[str, ...]

    @property
    def responses(self) -> int:
        """How many answers it holds."""
        return sum(tally.responses for tally in self.tallies)

    @property
    def tallies(self) -> list[Tally]:
        """Those of its waves."""
        found = self.field.tallies
        return [found[w, self.segment] for w in self.waves if (w, self.segment) in found]

    @property
    def scores(self) -> list[ScoreSums]:
        """Those of its waves, where they were counted."""
        found = self.field.scores
        return [found[w, self.segment] for w in self.waves if (w, self.segment) in found]


@dataclass(frozen=True, slots=True)
class _Bases:
    """The bases of the figures of tables, worked out once each."""

    instrument: Instrument
    families: Sequence[Family]
    settings: Settings
    known: dict[tuple[int, str, tuple[str, ...]], Counts]

    def too_close(self, inner: Table, outer: Table) -> list[str]:
        """The related figures by which a few answers of ``outer`` outside ``inner`` would show."""
        few = self.settings.smallest_base
        if inner.responses < few:
            return []
        less, more = self._of(inner), self._of(outer)
        return [
            group
            for group in less
            if any(
                n >= few and 0 < m - n < few for n, m in zip(less[group], more[group], strict=True)
            )
        ]

    def _of(self, table: Table) -> Counts:
        key = id(table.field), table.segment, table.waves
        if key not in self.known:
            found = bases(
                self.instrument,
                Tally.union(table.tallies),
                reduce(add, table.scores) if table.scores else None,
                self.settings,
                self.families,
            )
            self.known[key] = {group.name: group.counts for group in found}
        return self.known[key]
