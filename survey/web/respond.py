"""How is an answer given? The pages of a questionnaire, from the link to the thank-you page.

A POST keeps what was typed before it answers anything, and answers with a redirect: Back,
refresh, a second tab or a lost connection lose nothing, and need neither cookie nor session.
Without a cookie there is nothing that a foreign page could send along, so the forms carry no
token against forgery: the link is the key, and who has not got it cannot build the form. A
GET never changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.answers import AnswerProblem, Checked, check_answers
from instruments.catalogue import LANGUAGES
from survey.fieldwork.drafts import Raw, save_draft
from survey.fieldwork.submissions import Outcome, Submission, submit
from survey.store import Store, StoreError
from survey.web.pages import (
    page_after,
    page_before,
    page_of,
    page_to_resume,
    pages_to_show,
)
from survey.web.posted import Given, posted_answers
from survey.web.questionnaire import conflict_page, question_page, thanks_page
from survey.web.visits import Channel, Visit, find_door, new_submission_id, resume

SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Reception:
    """Receives answers for one installation: with its store, its key and its clock."""

    store: Store
    secret: bytes
    clock: Callable[[], datetime]

    def enter(self, channel: Channel, key: str) -> Response:
        """Follow a link: to the page where this visit goes on, or to what was sent already."""
        door = find_door(self.store, channel, key)
        visit = resume(self.store, door, new_submission_id(door, self.secret), self.secret)
        if visit.submitted or (door.invited is not None and door.invited.answered):
            return thanks_page(visit, again=True)
        return _to(visit.page_url(page_to_resume(visit.instrument, visit.raw)))

    def show(self, channel: Channel, key: str, submission_id: str, number: int) -> Response:
        """One page, filled in with what is known; with its problems where ``?check`` asks."""
        visit = self._visit(channel, key, submission_id)
        if visit.submitted:
            return _to(visit.thanks_url())
        if number not in pages_to_show(visit.instrument, visit.raw):
            _require_page(visit, number)
            return _to(visit.page_url(page_to_resume(visit.instrument, visit.raw)))
        problems: Iterable[AnswerProblem] = ()
        if "check" in request.args:
            problems = check_answers(visit.instrument, visit.raw).problems
        return question_page(visit, number, visit.raw, problems)

    def answer(self, channel: Channel, key: str, submission_id: str, number: int) -> Response:
        """Take what a page posted: go on, go back, switch the language, or send.

        Where the store is busy or full, the page comes back filled in, with status 503.
        """
        visit = self._visit(channel, key, submission_id)
        _require_page(visit, number)
        go = request.form.get("_go", "next")
        given = posted_answers(
            visit.instrument, number, request.form, visit.raw, leaving=go == "next"
        )
        raw = {**visit.raw, **given}
        if visit.submitted and (go != "next" or page_after(visit.instrument, raw, number)):
            return _to(visit.thanks_url())
        try:
            if go == "next":
                return self._go_on(visit, number, given, raw)
            self._keep(visit, given)
        except StoreError as trouble:
            return question_page(visit, number, raw, trouble=trouble)
        return _to(_elsewhere(visit, raw, number, go))

    def thanks(self, channel: Channel, key: str, submission_id: str) -> Response:
        """The thank-you page of a submission; before it, the page where the visit goes on."""
        visit = self._visit(channel, key, submission_id)
        if visit.submitted:
            return thanks_page(visit, again=False)
        return _to(visit.page_url(page_to_resume(visit.instrument, visit.raw)))

    def _visit(self, channel: Channel, key: str, submission_id: str) -> Visit:
        return resume(self.store, find_door(self.store, channel, key), submission_id, self.secret)

    def _keep(self, visit: Visit, given: Given) -> None:
        invited = visit.door.invited
        save_draft(
            self.store,
            visit.door.survey,
            visit.submission_id,
            given,
            instrument_version=visit.instrument.version,
            invitation_id=invited.id if invited else None,
            now=self.clock(),
        )

    def _go_on(self, visit: Visit, number: int, given: Given, raw: Raw) -> Response:
        """Judge this page; then to the next one, or, from the last, send the whole."""
        checked = check_answers(visit.instrument, raw)
        here = [p for p in checked.problems if page_of(visit.instrument, p.question) == number]
        following = page_after(visit.instrument, raw, number)
        if following is None and not checked.problems:
            return self._send(visit, checked)
        if not visit.submitted:
            self._keep(visit, given)
        if here:
            return question_page(visit, number, raw, here)
        if following is not None:
            return _to(visit.page_url(following))
        first = min(page_of(visit.instrument, p.question) for p in checked.problems)
        return _to(visit.page_url(first, check="1"))

    def _send(self, visit: Visit, checked: Checked) -> Response:
        submission = Submission(
            id=visit.submission_id,
            instrument_version=visit.instrument.version,
            language=visit.words.language,
            answers=checked.answers,
            comments=checked.comments,
            invitation=visit.door.invited,
        )
        match submit(self.store, visit.door.survey, submission, now=self.clock()):
            case Outcome.STORED | Outcome.ALREADY:
                return _to(visit.thanks_url())
            case Outcome.CONFLICT | Outcome.USED:
                return conflict_page(visit)


def respond_blueprint(reception: Reception) -> Blueprint:
    """The addresses of links, pages and thank-you pages: ``/s/…`` personal, ``/o/…`` open."""
    made = Blueprint("respond", __name__)
    link = "/<any(s, o):channel>/<key>"
    made.add_url_rule(link, view_func=reception.enter, endpoint="enter")
    page = f"{link}/<submission_id>/<int:number>"
    made.add_url_rule(page, view_func=reception.show, endpoint="show")
    made.add_url_rule(page, view_func=reception.answer, endpoint="answer", methods=["POST"])
    thanks = f"{link}/<submission_id>/thanks"
    made.add_url_rule(thanks, view_func=reception.thanks, endpoint="thanks")
    return made


def _to(url: str) -> Response:
    return redirect(url, SEE_OTHER)


def _require_page(visit: Visit, number: int) -> None:
    if not 1 <= number <= len(visit.instrument.pages):
        raise NotFound


def _elsewhere(visit: Visit, raw: Raw, number: int, go: str) -> str:
    """Where a button other than "Continue" leads: back, or to this page in another language."""
    if go == "back":
        return visit.page_url(page_before(visit.instrument, raw, number) or number)
    if go in LANGUAGES:
        return visit.page_url(number, lang=go)
    return visit.page_url(number)
