"""Does the database itself tell who answered? Traces that one transaction leaves, blurred.

An invitation is claimed in the transaction that stores the response, and PostgreSQL notes on
each row which transaction wrote it (``xmin``): whoever holds the database could pair the two,
name by name. SQLite notes nothing of the kind. So the used invitations of an anonymous
survey are written anew together, as soon as enough of them stand alone; until then, the last
few can be paired by somebody with full access to the server, and so can all in its
write-ahead log archives, where these are kept.
"""

from __future__ import annotations

from sqlalchemy import func, literal_column, select, update

from survey.store import Store
from survey.store.tables import Invitation

SMALLEST_GROUP = 5
"""People among whom one is hidden: sharers of a combination of segments, links written anew."""


def blur_used_links(store: Store, survey_id: str) -> bool:
    """Write the used invitations anew in one transaction, if five stand alone; whether it did.

    Does nothing on SQLite. Raises the errors of :class:`survey.store.Store`.
    """
    if store.engine.dialect.name != "postgresql":
        return False
    used = (Invitation.survey_id == survey_id, Invitation.answered_at.is_not(None))
    writers = func.count(func.distinct(literal_column("invitation.xmin::text")))
    with store.write() as connection:
        # Those written anew before share one writer; each of the others has its own.
        if (connection.scalar(select(writers).where(*used)) or 0) < SMALLEST_GROUP:
            return False
        connection.execute(
            update(Invitation).where(*used).values(answered_at=Invitation.answered_at)
        )
    return True
