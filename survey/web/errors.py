"""What does the person read when something goes wrong? A page in their language, and a way on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from survey.store import StoreError
from survey.texts import N_, Words
from survey.web.rendering import RETRY_SECONDS, page
from survey.web.visits import choose_language

Said = tuple[str, str]

SAID: Mapping[int, Said] = MappingProxyType(
    {
        404: (
            N_("This page does not exist"),
            N_("Please check that you copied the whole link, or ask its sender for a new one."),
        ),
        405: (
            N_("This address does not take that request"),
            N_("Please open the link you were given once more. Nothing was lost."),
        ),
        410: (
            N_("This survey is closed"),
            N_("Thank you for wanting to answer. It no longer takes answers."),
        ),
        413: (
            N_("That was too much at once"),
            N_("Nothing was stored. Please go back and shorten what you wrote."),
        ),
        500: (
            N_("Something went wrong here"),
            N_("It is our mistake, not yours. What you sent before is kept; please try again."),
        ),
        503: (
            N_("Not stored yet"),
            N_("The survey is very busy. What you wrote is kept on this page: please try again."),
        ),
    }
)
"""Status → what happened, and what to do now."""

OTHER: Said = (
    N_("That did not work"),
    N_("Please open the link you were given once more."),
)


def handle_errors(app: Flask) -> None:
    """Answer every error with a page of :data:`SAID`, never with a traceback."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StoreError, _store_error)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    response = _page(error.code or 500)
    if error.code == 405:
        response.headers["Allow"] = error.get_response().headers.get("Allow", "")
    return response


def _store_error(_error: StoreError) -> Response:
    """The database cannot even be read: hand back what was posted, ready to be sent again."""
    posted = list(request.form.items(multi=True)) if request.method == "POST" else []
    response = _page(503, posted)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _page(status: int, posted: list[tuple[str, str]] | None = None) -> Response:
    words = Words(choose_language()[0])
    title, text = map(words.gettext, SAID.get(status, OTHER))
    return page(
        "problem.html",
        words,
        status=status,
        title=title,
        text=text,
        posted=posted or [],
        again=status == 503,
    )
