"""How is an edition built so that nothing is lost and nothing is built twice?

Each file is a row, and is drawn by the one process that claimed it (:mod:`survey.jobs.claims`). The
bytes are put into the row whole, by its claimer alone. So a build can be stopped at any moment, by
anything, and goes on where it was; several machines may build the same edition. Files that somebody
died over come last and are drawn with care, so that they do not hold up the others.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select, update

from reports.findings import SegmentFindings
from survey.dataset import words_of
from survey.fieldwork.surveys import find_survey, instrument_version
from survey.jobs.claims import Left, claim, give_back, keep, left_of
from survey.jobs.drawing import WORTH_A_PROCESS, Drawn, Task, Wanted, draw
from survey.jobs.editions import Issued, Key, imprint, of_edition
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import EditionFile

LOOK_AGAIN = 0.2
"""Seconds between two looks at rows that others hold."""

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be built, and why."""

    wanted: Wanted
    reason: str


def ask_for(store: Store, key: Key, wanted: Sequence[Wanted]) -> None:
    """Have rows for these files of an edition; those that failed before wait once more."""
    with store.write() as connection:
        names = select(EditionFile.segment, EditionFile.language, EditionFile.kind)
        there = {Wanted(*row) for row in connection.execute(names.where(*of_edition(key)))}
        rows = [
            {
                "survey_id": key.survey_id,
                "wave": key.wave,
                "field": key.field,
                "number": key.number,
                "segment": one.segment,
                "language": one.language,
                "kind": one.kind,
                "state": "waiting",
            }
            for one in wanted
            if one not in there
        ]
        if rows:
            connection.execute(insert(EditionFile), rows)
        failed = (*of_edition(key), EditionFile.state == "failed")
        connection.execute(update(EditionFile).where(*failed).values(state="waiting", reason=None))


def build(
    store: Store,
    issued: Issued,
    *,
    fonts: Path,
    jobs: int,
    clock: Clock,
    progress: Progress = silent,
) -> list[Failed]:
    """Build what is not built of an edition, with up to ``jobs`` processes; what failed.

    ``fonts``: the folder of prepared fonts. Returns when every row is built or has failed, be it
    by this process or by another.
    """
    key, task = issued.key, None
    try:
        while left := _left(store, key, progress):
            task = task or _task(store, issued, fonts)
            fresh = [one for one in left if not one.tries]
            again = [one for one in left if one.tries]
            several = max(1, min(jobs, -(-len(fresh) // WORTH_A_PROCESS)))
            fresh_ones, with_care = (_claimed(store, key, part, clock) for part in (fresh, again))
            done, in_force = 0, True
            for drawn in draw(task, fresh_ones, several, with_care):
                in_force &= keep(store, key, drawn, _shown(issued, drawn, task))
                done += 1
                _left(store, key, progress)
            if not in_force:  # somebody was erased since the task was made
                task = None
            if not done:
                time.sleep(LOOK_AGAIN)
    finally:
        give_back(store, key)
    return _failed(store, key)


def _task(store: Store, issued: Issued, fonts: Path) -> Task:
    survey = find_survey(store, issued.key.survey_id)
    instrument = instrument_version(store, issued.instrument_id, issued.instrument_version)
    edition = imprint(store, survey, issued)
    references = [name for one in issued.findings.segments for name in _quoted(one)]
    return Task(
        issued.text, instrument.source, fonts, edition, words_of(store, references), issued.dress
    )


def _quoted(found: SegmentFindings) -> Sequence[str]:
    return found.voices.references if found.voices else ()


def _shown(issued: Issued, drawn: Drawn, task: Task) -> list[str]:
    """The comments whose words stand in a file."""
    if drawn.content is None or drawn.wanted.kind != "pdf":
        return []
    found = issued.findings.segment(drawn.wanted.segment)
    return [name for name in _quoted(found) if name in task.texts]


def _left(store: Store, key: Key, progress: Progress) -> list[Left]:
    """The files that are neither built nor failed; how far that is, is told."""
    left, of = left_of(store, key)
    progress(of - len(left), of)
    return left


def _claimed(store: Store, key: Key, left: Iterable[Left], clock: Clock) -> Iterator[Wanted]:
    """Those of the files that this process could claim, each claimed when it is asked for."""
    for one in left:
        if claim(store, key, one.wanted, clock()):
            yield one.wanted


def _failed(store: Store, key: Key) -> list[Failed]:
    query = select(
        EditionFile.segment, EditionFile.language, EditionFile.kind, EditionFile.reason
    ).where(*of_edition(key), EditionFile.state == "failed")
    with store.read() as connection:
        return [Failed(Wanted(*row[:3]), row[3] or "") for row in connection.execute(query)]
