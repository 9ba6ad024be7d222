"""What does the person see? A page of questions, a thank-you, or why it could not be taken."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.wrappers import Response

from instruments.answers import TEXT_MAX, AnswerProblem
from survey.fieldwork.drafts import Raw
from survey.store import StoreError
from survey.web.forms import build_form, cards
from survey.web.pages import page_after, page_before, pages_to_show, progress
from survey.web.rendering import RETRY_SECONDS, page
from survey.web.visits import Visit


def question_page(
    visit: Visit,
    number: int,
    raw: Raw,
    problems: Iterable[AnswerProblem] = (),
    trouble: StoreError | None = None,
) -> Response:
    """A page of questions filled in with ``raw``; 422 with problems, 503 with ``trouble``."""
    instrument, words = visit.instrument, visit.words
    shown = instrument.pages[number - 1]
    form = build_form(instrument, shown, raw, words, problems)
    section, sections = progress(instrument, raw, number)
    wrong = [field for field in form if field.errors]
    response = page(
        "respond/page.html",
        words,
        status=503 if trouble else 422 if wrong else 200,
        languages=instrument.languages,
        survey=visit.door.survey,
        instrument=instrument,
        shown=shown,
        cards=cards(instrument, shown, form, words),
        wrong=wrong,
        trouble=trouble is not None,
        action=visit.page_url(number),
        section=section,
        sections=sections,
        promise=_promise(visit),
        first=number == pages_to_show(instrument, raw)[0],
        last=page_after(instrument, raw, number) is None,
        back=page_before(instrument, raw, number) is not None,
        text_limit=TEXT_MAX,
    )
    if trouble:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _promise(visit: Visit) -> str:
    """How long it takes, and who will know: what one wants to hear before beginning."""
    words, minutes = visit.words, visit.instrument.minutes
    time = words.ngettext("About one minute.", "About {minutes} minutes.", minutes)
    anonymous = visit.door.survey.mode == "anonymous"
    return words.sentences(
        time.format(minutes=minutes) if minutes else "",
        words.gettext("Your answers are anonymous.")
        if anonymous
        else words.gettext("Your answers are confidential."),
    )


def thanks_page(visit: Visit, *, again: bool) -> Response:
    """The end of a visit; ``again`` where the link is opened after its answers were sent."""
    return page(
        "respond/thanks.html",
        visit.words,
        languages=visit.instrument.languages,
        survey=visit.door.survey,
        instrument=visit.instrument,
        again=again,
    )


def conflict_page(visit: Visit) -> Response:
    """Other answers came before under this link or id; they were kept, these were not (409)."""
    return page(
        "respond/conflict.html",
        visit.words,
        status=409,
        languages=visit.instrument.languages,
        survey=visit.door.survey,
        instrument=visit.instrument,
    )
