"""On how many answers does each figure rest, whatever it says?

To know what a month hid only that is needed, and a longer period asks it of all its months. The
families that take longest are counted here without being worked out; of the others the figures
are made, and their values left unread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from instruments.model import Instrument, Role
from reports.derived import RANKED, ranking_of
from reports.indicators import Family
from reports.indicators.attributes import attributes, expected, rated
from reports.indicators.forms import Bases
from reports.indicators.importance import IMPORTANCE, importance, ratings_of
from reports.indicators.reliability import SETS, consistency, reliability
from reports.settings import Settings
from reports.tally import Tally
from reports.tally.matrices import gap_pairs


def counted(
    instrument: Instrument, tally: Tally, rules: Settings, families: Sequence[Family]
) -> tuple[Bases, ...]:
    """The bases of what :func:`reports.indicators.indicators` makes, in the same groups.

    Each base of a group is there once or oftener.
    """
    found: list[Bases] = []
    for family in families:
        quick = _QUICKLY.get(family)
        if quick is None:
            found += (group.bases for group in family(instrument, tally, rules))
        else:
            found += quick(instrument, tally)
    return tuple(found)


def _attributes(instrument: Instrument, tally: Tally) -> Iterable[Bases]:
    expectations = instrument.about(Role.EXPECTATION)
    experiences = instrument.about(Role.EXPERIENCE)
    paired = gap_pairs(instrument)
    for attribute in (a.id for a in instrument.attributes):
        within: tuple[str, ...] = ()
        if attribute in experiences:
            within = (rated(attribute),)
            yield Bases(rated(attribute), (_answered(tally, experiences[attribute].id),))
        if attribute in expectations:
            counts = [_answered(tally, expectations[attribute].id)]
            if attribute in paired:
                counts.append(sum(tally.both(*(q.id for q in paired[attribute])).values()))
            yield Bases(expected(attribute), tuple(counts), within)


def _importance(instrument: Instrument, tally: Tally) -> Iterable[Bases]:
    asked = [question.id for question in ratings_of(instrument).values()]
    columns = [RANKED, *asked] if ranking_of(instrument) is not None else asked
    if columns:
        yield Bases(IMPORTANCE, tuple(_answered(tally, column) for column in columns))


def _reliability(_instrument: Instrument, tally: Tally) -> Iterable[Bases]:
    for name in SETS:
        if name in tally.matrices:
            yield Bases(consistency(name), (tally.matrix(name).n,))


def _answered(tally: Tally, column: str) -> int:
    return sum(tally.answers(column).values())


_QUICKLY: Mapping[Family, Callable[[Instrument, Tally], Iterable[Bases]]] = {
    attributes: _attributes,
    importance: _importance,
    reliability: _reliability,
}
