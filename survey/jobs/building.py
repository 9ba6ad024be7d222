"""How is an edition built so that nothing is lost and nothing is built twice?

Each file is a row. Whoever builds it claims the row first, by an update that only one can win, and
holds it for a time; a row whose claimer has died is free again. The bytes are put into the row
whole, by its claimer alone. So a build can be stopped at any moment, by anything, and goes on where
it was; several machines may build the same edition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, insert, null, or_, select, update

from reports.findings import SegmentFindings
from survey.dataset import words_of
from survey.fieldwork.surveys import find_survey, instrument_version
from survey.jobs.drawing import WORTH_A_PROCESS, Drawn, Task, Wanted, draw
from survey.jobs.editions import Issued, Key, imprint, of_edition
from survey.jobs.workers import is_gone, this_process
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import EditionFile

LEASE = dt.timedelta(minutes=5)
"""How long a claim holds where nobody can tell whether the claimer lives."""

LOOK_AGAIN = 0.2
"""Seconds between two looks at rows that others hold."""

_FILE = (
    EditionFile.survey_id,
    EditionFile.wave,
    EditionFile.field,
    EditionFile.number,
    EditionFile.segment,
    EditionFile.language,
    EditionFile.kind,
)

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be built, and why."""

    wanted: Wanted
    reason: str


def ask_for(store: Store, key: Key, wanted: Sequence[Wanted]) -> None:
    """Have rows for these files of an edition; those that failed before wait once more."""
    with store.write() as connection:
        there = {one for one, _state in _rows(connection, key)}
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


def withdraw(connection: Connection, comments: Collection[str]) -> int:
    """Forget, of every edition, the files that show any of these comments; how many there were.

    To be called in the transaction that erases the comments. The files are drawn again, without
    them, when the edition is built or handed out next; nothing else of them changes.
    """
    query = select(*_FILE, EditionFile.comments).where(
        EditionFile.state == "built", EditionFile.comments.is_not(null())
    )
    erased = set(comments)
    showing = [row for row in connection.execute(query) if erased & set(row[-1] or ())]
    for row in showing:
        own = (column == value for column, value in zip(_FILE, row[:-1], strict=True))
        gone = {"state": "waiting", "content": None, "digest": None, "comments": null()}
        connection.execute(update(EditionFile).where(*own).values(gone))
    return len(showing)


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
    while left := _left(store, key, progress):
        task = task or _task(store, issued, fonts)
        several = min(jobs, -(-len(left) // WORTH_A_PROCESS))
        done = 0
        for drawn in draw(task, _claimed(store, key, left, clock), several):
            _keep(store, key, drawn, _shown(issued, drawn, task))
            done += 1
            _left(store, key, progress)
        if not done:
            time.sleep(LOOK_AGAIN)
    return _failed(store, key)


def _task(store: Store, issued: Issued, fonts: Path) -> Task:
    survey = find_survey(store, issued.key.survey_id)
    instrument = instrument_version(store, issued.instrument_id, issued.instrument_version)
    edition = imprint(store, survey, issued)
    references = [name for one in issued.findings.segments for name in _quoted(one)]
    return Task(issued.text, instrument.source, fonts, edition, words_of(store, references))


def _quoted(found: SegmentFindings) -> Sequence[str]:
    return found.voices.references if found.voices else ()


def _shown(issued: Issued, drawn: Drawn, task: Task) -> list[str]:
    """The comments whose words stand in a file."""
    if drawn.content is None or drawn.wanted.kind != "pdf":
        return []
    found = issued.findings.segment(drawn.wanted.segment)
    return [name for name in _quoted(found) if name in task.texts]


def _rows(connection: Connection, key: Key) -> list[tuple[Wanted, str]]:
    query = select(
        EditionFile.segment, EditionFile.language, EditionFile.kind, EditionFile.state
    ).where(*of_edition(key))
    return [(Wanted(*row[:3]), row[3]) for row in connection.execute(query)]


def _left(store: Store, key: Key, progress: Progress) -> list[Wanted]:
    """The files that are neither built nor failed; how far that is, is told."""
    with store.read() as connection:
        rows = _rows(connection, key)
    left = [one for one, state in rows if state in ("waiting", "building")]
    progress(len(rows) - len(left), len(rows))
    return left


def _claimed(store: Store, key: Key, left: Sequence[Wanted], clock: Clock) -> Iterator[Wanted]:
    """Those of the files that this process could claim, each claimed when it is asked for."""
    for one in left:
        if _claim(store, key, one, clock()):
            yield one


def _claim(store: Store, key: Key, wanted: Wanted, now: dt.datetime) -> bool:
    own = _own(key, wanted)
    with store.write() as connection:
        worker = connection.scalar(select(EditionFile.worker).where(*own))
        gone = worker is not None and is_gone(worker)
        free = or_(
            EditionFile.state == "waiting",
            and_(
                EditionFile.state == "building",
                EditionFile.worker == worker if gone else EditionFile.lease_until < now,
            ),
        )
        claim = {"state": "building", "worker": this_process(), "lease_until": now + LEASE}
        return connection.execute(update(EditionFile).where(*own, free).values(claim)).rowcount == 1


def _keep(store: Store, key: Key, drawn: Drawn, comments: list[str]) -> None:
    """Put the file, or why there is none, into its row, if the row is still ours."""
    ours = (*_own(key, drawn.wanted), EditionFile.worker == this_process())
    values: dict[str, object] = {"worker": None, "lease_until": None}
    if drawn.content is None:
        values |= {"state": "failed", "reason": drawn.reason}
    else:
        digest = hashlib.sha256(drawn.content).hexdigest()
        values |= {"state": "built", "content": drawn.content, "digest": digest}
        values |= {"comments": comments} if comments else {}
    with store.write() as connection:
        connection.execute(update(EditionFile).where(*ours).values(values))


def _own(key: Key, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return (
        *of_edition(key),
        EditionFile.segment == wanted.segment,
        EditionFile.language == wanted.language,
        EditionFile.kind == wanted.kind,
    )


def _failed(store: Store, key: Key) -> list[Failed]:
    query = select(
        EditionFile.segment, EditionFile.language, EditionFile.kind, EditionFile.reason
    ).where(*of_edition(key), EditionFile.state == "failed")
    with store.read() as connection:
        return [Failed(Wanted(*row[:3]), row[3] or "") for row in connection.execute(query)]
