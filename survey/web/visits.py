"""Who is at the door, and what do we know already? A link becomes a visit.

An open link (``/o/<survey>``) is for anybody: each visit gets a random submission id. A
personal link (``/s/<token>``) stands for one customer: in a confidential survey its
submission id follows from the invitation, so that the link resumes on any device. In an
anonymous survey it must not, since whoever holds the database and the key could then tell
who answered; there a visit resumes by its own address only.

Nothing here changes anything, so a mail scanner may follow a link as often as it likes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from flask import request, url_for
from werkzeug.exceptions import Gone, NotFound

from instruments.catalogue import LANGUAGES
from instruments.model import Instrument
from survey.fieldwork.drafts import Raw
from survey.fieldwork.invitations import Invited, find_invitation, submission_id_of
from survey.fieldwork.known import known_answers
from survey.fieldwork.surveys import (
    NoSuchSurvey,
    NoSuchVersion,
    SurveyRecord,
    find_survey,
    instrument_of,
    instrument_version,
)
from survey.store import Store
from survey.texts import Words, best_language

Channel = Literal["s", "o"]


@dataclass(frozen=True, slots=True)
class Door:
    """A link that leads to an open survey, and whose it is where it is personal."""

    channel: Channel
    key: str
    survey: SurveyRecord
    invited: Invited | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One person on the way through a questionnaire.

    ``raw`` is what they gave so far, or what was stored once ``submitted``. ``chosen`` is the
    language switched to, kept in addresses; ``None`` before any switch.
    """

    door: Door
    submission_id: str
    instrument: Instrument
    raw: Raw
    submitted: bool
    words: Words
    chosen: str | None

    def page_url(self, page: int, **query: str) -> str:
        """The address of a page of this visit."""
        return self._url("respond.show", {"number": page, **query})

    def thanks_url(self) -> str:
        """The address of this visit's thank-you page."""
        return self._url("respond.thanks", {})

    def _url(self, endpoint: str, values: Mapping[str, Any]) -> str:
        address: dict[str, Any] = {
            "channel": self.door.channel,
            "key": self.door.key,
            "submission_id": self.submission_id,
        }
        if self.chosen:
            address["lang"] = self.chosen
        return url_for(endpoint, **(address | dict(values)))


def find_door(store: Store, channel: Channel, key: str) -> Door:
    """What a link leads to; 404 where it leads nowhere, 410 where the survey has closed."""
    invited = None
    survey_id = key
    if channel == "s":
        invited = find_invitation(store, key)
        if invited is None:
            raise NotFound
        survey_id = invited.survey_id
    try:
        survey = find_survey(store, survey_id)
    except NoSuchSurvey:
        raise NotFound from None
    if survey.state != "open":
        raise Gone
    return Door(channel, key, survey, invited)


def new_submission_id(door: Door, secret: bytes) -> str:
    """The submission id that a visit through this door begins with."""
    if door.invited is not None and door.survey.mode == "confidential":
        return submission_id_of(door.invited.id, secret)
    return secrets.token_hex(16)


def resume(store: Store, door: Door, submission_id: str, secret: bytes) -> Visit:
    """The visit of that submission id, with what is known of it.

    404 where the id is none of ours, or not that of this personal link.
    """
    if not re.fullmatch(r"[0-9a-f]{32}", submission_id):
        raise NotFound
    personal = door.invited is not None and door.survey.mode == "confidential"
    if personal and submission_id != new_submission_id(door, secret):
        raise NotFound
    known = known_answers(store, door.survey, submission_id)
    instrument = _asked_with(store, door.survey, known.instrument_version or _posted())
    own = [door.invited.language] if door.invited else []
    language, chosen = choose_language(instrument.languages, own)
    return Visit(
        door, submission_id, instrument, known.raw, known.submitted, Words(language), chosen
    )


def choose_language(
    offered: Sequence[str] = LANGUAGES, own: Sequence[str] = ()
) -> tuple[str, str | None]:
    """The language to speak, and the one that was switched to (None: none was).

    A switch comes first, then the customer's own language, then what the browser asks for.
    """
    asked_for = request.args.get("lang", "")
    language = best_language(offered, [asked_for, *own, *request.accept_languages.values()])
    return language, language if language == asked_for else None


def _asked_with(store: Store, survey: SurveyRecord, version: int | None) -> Instrument:
    """The version a visit began on; today's where it has not begun, or names none of ours."""
    if version is not None and version < survey.instrument_version:
        with suppress(NoSuchVersion):
            return instrument_version(store, survey.instrument_id, version)
    return instrument_of(store, survey)


def _posted() -> int | None:
    """The version that the posted page was built from, so that it is judged by that one."""
    posted = request.form.get("_version", "") if request.method == "POST" else ""
    return int(posted) if re.fullmatch(r"[0-9]{1,7}", posted) else None
