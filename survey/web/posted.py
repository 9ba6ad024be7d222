"""What did the browser send? The fields of a form become raw answers, nothing judged yet."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from instruments.model import Instrument, Kind, Question
from survey.fieldwork.drafts import Raw
from survey.web.pages import asked

Given = dict[str, str | list[str]]


def posted_answers(
    instrument: Instrument, page: int, form: MultiDict[str, str], before: Raw, *, leaving: bool
) -> Given:
    """The answers that a POST of this page gives: those on it, and any others it brings along.

    A question of this page that was not sent counts as blank: that is how a browser says that
    nothing is ticked. ``leaving`` by "Continue" notes all of them, so that a later visit knows
    the page was seen; otherwise only what was answered before needs blanking.
    """
    given: Given = {
        question.id: _answer(question, form.getlist(question.id))
        for question in instrument.questions
        if question.id in form
    }
    here = instrument.pages[page - 1].questions
    now = asked(instrument, {**before, **given})
    for question in map(instrument.question, here):
        if question.id not in given and question.id in (now if leaving else before):
            given[question.id] = _answer(question, [])
    return given


def _answer(question: Question, values: list[str]) -> str | list[str]:
    """One text where one is asked for, else a list; an answer beside the scale stands alone."""
    beside = {special.value for special in question.specials}
    filled = [value for value in values if value != ""]
    if question.kind in (Kind.MULTIPLE, Kind.RANK):
        alone = filled[0] if len(filled) == 1 and filled[0] in beside else None
        return alone or values
    typed = [value for value in filled if value not in beside]
    return next(iter(typed or filled), "")
