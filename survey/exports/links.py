"""How personal links reach those who send them: a file, one row a customer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from survey.exports.files import table_file
from survey.fieldwork.invitations import invite
from survey.fieldwork.surveys import SurveyRecord
from survey.store import Store

HEADER = ("customer_id", "name", "email", "language", "link")


def write_personal_links(
    store: Store, survey: SurveyRecord, path: Path, *, base_url: str, now: datetime
) -> int:
    """Make a link for every customer and write them to a CSV or XLSX file; how many.

    Only this file ever holds the links; the store keeps a hash of each.
    """
    count = 0
    with table_file(path) as write_row:
        write_row(HEADER)
        for link in invite(store, survey, now=now):
            address = f"{base_url.rstrip('/')}/s/{link.token}"
            write_row((link.customer_id, link.name, link.email, link.language, address))
            count += 1
    return count
