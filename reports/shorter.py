"""On how many answers did a shorter period rest, and what did it hide?

What a quarter may show depends on what its months have shown (:mod:`reports.spans`), and on that
alone: of the months only bases are found out, in a fraction of the time that all their figures
take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from instruments.model import Instrument
from reports.findings import ALL
from reports.indicators import Family, Related
from reports.indicators.booked import ELSEWHERE
from reports.indicators.counted import counted
from reports.indicators.forms import Bases
from reports.indicators.weighted_index import index_group
from reports.protect import Held, Hidden, what_to_hide
from reports.settings import Settings
from reports.statistics.composite import ScoreSums
from reports.tally import Tally
from reports.waves import Populations, Scores, Tallies, with_all_scores, with_the_whole


@dataclass(frozen=True, slots=True)
class Shorter:
    """A wave, or a shorter period, within a longer one.

    ``bases``: segment → related figures → the n of each; ``hidden``: related figures → the
    segments that hide them.
    """

    bases: Mapping[str, Mapping[str, Sequence[int]]]
    hidden: Mapping[str, Hidden]


def look_into(
    instrument: Instrument,
    name: str,
    tallies: Tallies,
    populations: Populations,
    settings: Settings,
    held: Held,
    families: Sequence[Family],
    scores: Scores,
    books: Mapping[str, Sequence[Related]],
) -> Shorter:
    """What :func:`reports.waves.work_out` would find of it, by the same rules."""
    own = with_the_whole(instrument, name, tallies, populations)
    sums = with_all_scores(name, own, scores)
    found: dict[str, Sequence[Bases]] = {
        segment: (
            *bases(instrument, tally, sums.get(segment), settings, families),
            *(group.bases for group in books.get(segment, ())),
        )
        for segment, tally in own.items()
    }
    if ELSEWHERE in books:
        answers = len(found[ALL]) - len(books[ALL])
        nobody = (replace(group, counts=(0,) * len(group.counts)) for group in found[ALL][:answers])
        found[ELSEWHERE] = (*nobody, *(group.bases for group in books[ELSEWHERE]))
    responses = {s: own[s].responses if s in own else 0 for s in found}
    hidden = what_to_hide(found, responses, settings, held)
    return Shorter({s: {g.name: g.counts for g in groups} for s, groups in found.items()}, hidden)


def bases(
    instrument: Instrument,
    tally: Tally,
    scores: ScoreSums | None,
    settings: Settings,
    families: Sequence[Family],
) -> tuple[Bases, ...]:
    """The bases of what :func:`reports.waves.related` makes."""
    found = counted(instrument, tally, settings, families)
    if scores is None:
        return found
    return (*found, index_group(instrument, scores, settings).bases)
