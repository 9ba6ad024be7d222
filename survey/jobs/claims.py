"""Who builds which file of an edition, and what of a file that ends everybody who draws it?

Whoever builds a file claims its row first, by an update that only one can win, and holds it for a
time; the row of a claimer who has died is free again. Each claim is counted until the file is
built, so that a file nobody lives to build is found out: it is claimed again with care, and given
up, by name, when it was in vain :data:`TRIES` times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, update

from survey.jobs.drawing import Drawn, Wanted
from survey.jobs.editions import Key, of_edition
from survey.jobs.workers import is_gone, this_process
from survey.store import Store
from survey.store.erasing import still_kept
from survey.store.tables import EditionFile

LEASE = dt.timedelta(minutes=5)
"""How long a claim holds where nobody can tell whether the claimer lives."""

TRIES = 10
"""Claimers who may die over a file before it is given up.

Many, because most of them are ended for reasons of their own, and whoever is ended early has the
last file left in hand."""

GIVEN_UP = f"{TRIES} processes that were building it were ended (killed, or out of memory)"


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is neither built nor failed; how often it was claimed in vain."""

    wanted: Wanted
    tries: int


def left_of(store: Store, key: Key) -> tuple[list[Left], int]:
    """The files still to build, those claimed least often first; and how many there are in all."""
    query = select(
        EditionFile.segment,
        EditionFile.language,
        EditionFile.kind,
        EditionFile.state,
        EditionFile.tries,
    ).where(*of_edition(key))
    with store.read() as connection:
        rows = connection.execute(query).all()
    left = [Left(Wanted(*row[:3]), row.tries) for row in rows if row.state in _UNDONE]
    return sorted(left, key=lambda one: one.tries), len(rows)


_UNDONE = ("waiting", "building")


def claim(store: Store, key: Key, wanted: Wanted, now: dt.datetime) -> bool:
    """Make the file ours, if nobody has it; False also where it is given up by this call."""
    own = of_file(key, wanted)
    with store.write() as connection:
        worker = connection.scalar(select(EditionFile.worker).where(*own))
        gone = worker is not None and is_gone(worker)
        lost = and_(
            EditionFile.state == "building",
            EditionFile.worker == worker if gone else EditionFile.lease_until < now,
        )
        given_up = {"state": "failed", "reason": GIVEN_UP, "worker": None, "lease_until": None}
        in_vain = (*own, lost, EditionFile.tries >= TRIES)
        connection.execute(update(EditionFile).where(*in_vain).values(given_up))
        free = (*own, or_(EditionFile.state == "waiting", lost))
        mine = {"state": "building", "worker": this_process(), "lease_until": now + LEASE}
        claimed = update(EditionFile).where(*free).values(mine | {"tries": EditionFile.tries + 1})
        return connection.execute(claimed).rowcount == 1


def keep(store: Store, key: Key, drawn: Drawn, comments: Sequence[str]) -> bool:
    """Put the file, or why there is none, into its row, if the row is still ours.

    ``comments``: those whose words it shows. Where one of them was erased in the meantime the file
    is not kept but waits to be drawn again: False. What failed keeps one try, so that it is drawn
    with care when it is asked for again.
    """
    values: dict[str, object] = {"worker": None, "lease_until": None}
    if drawn.content is None:
        values |= {"state": "failed", "reason": drawn.reason, "tries": 1}
    else:
        digest = hashlib.sha256(drawn.content).hexdigest()
        values |= {"state": "built", "content": drawn.content, "digest": digest, "tries": 0}
        values |= {"comments": list(comments)} if comments else {}
    ours = (*of_file(key, drawn.wanted), EditionFile.worker == this_process())
    with store.write() as connection:
        kept = still_kept(connection, comments)
        if not kept:
            values = {"state": "waiting", "worker": None, "lease_until": None, "tries": 0}
        connection.execute(update(EditionFile).where(*ours).values(values))
    return kept


def give_back(store: Store, key: Key) -> None:
    """Free what this process holds of the edition and will not build, as if never claimed."""
    ours = (EditionFile.state == "building", EditionFile.worker == this_process())
    free = {"state": "waiting", "worker": None, "lease_until": None}
    with store.write() as connection:
        given = update(EditionFile).where(*of_edition(key), *ours)
        connection.execute(given.values(free | {"tries": EditionFile.tries - 1}))


def of_file(key: Key, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """What names the row of one file of an edition."""
    return (
        *of_edition(key),
        EditionFile.segment == wanted.segment,
        EditionFile.language == wanted.language,
        EditionFile.kind == wanted.kind,
    )
