"""What does a complaint log call kinds and attributes, and what does the questionnaire call them?

A log has words of its own. What reads like an option of the question on kinds of problems, or like
an attribute, by its id or its wording in any language, is counted as that: so that complaints that
were logged stand beside those that customers tell of, under one name. Anything else keeps its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from instruments.model import Instrument, Role, Text
from reports.records import Booked, Counts, Records

Names = Mapping[str, str]
"""As it may be written, in small letters without spaces around → what it is counted as."""


def with_names(records: Records, instrument: Instrument) -> Records:
    """The books, their kinds and attributes called as the questionnaire calls them."""
    question = instrument.first(Role.PROBLEM_KIND)
    points = question.points if question is not None else ()
    kinds = _names((str(point.code), point.text) for point in points)
    attributes = _names((one.id, one.text) for one in instrument.attributes)
    return replace(
        records,
        periods={
            name: _named(booked, kinds, attributes) for name, booked in records.periods.items()
        },
    )


def _names(found: Iterable[tuple[str, Text | None]]) -> Names:
    names: dict[str, str] = {}
    for own, text in found:
        for written in (own, *(text.by_language.values() if text is not None else ())):
            names.setdefault(_plain(written), own)
    return names


def _named(booked: Booked, kinds: Names, attributes: Names) -> Booked:
    return replace(
        booked,
        counts={
            stamp: _called(counts, kinds, attributes) for stamp, counts in booked.counts.items()
        },
    )


def _called(counts: Counts, kinds: Names, attributes: Names) -> Counts:
    return replace(
        counts,
        kinds=_counted(counts.kinds, kinds),
        attributes=_counted(counts.attributes, attributes),
    )


def _counted(found: Counter[str], names: Names) -> Counter[str]:
    called: Counter[str] = Counter()
    for written, n in sorted(found.items()):
        called[names.get(_plain(written), written.strip())] += n
    return called


def _plain(written: str) -> str:
    """Written alike but for capitals and the spaces around.

    >>> _plain(" Late Delivery ")
    'late delivery'
    """
    return written.strip().casefold()
