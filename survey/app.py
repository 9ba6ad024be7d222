"""The application: the public pages of one installation, and the server that offers them."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from types import FrameType
from typing import Any

from flask import Flask, request
from waitress.server import create_server

from survey.errors import SurveyError
from survey.fieldwork.drafts import forget_drafts
from survey.settings import Settings
from survey.store import Store, StoreError, open_store
from survey.store.engine import BUSY_SECONDS
from survey.web.errors import handle_errors
from survey.web.headers import add_headers
from survey.web.home import Entrance, home_blueprint
from survey.web.rendering import STATIC, prepare_templates, template_folder
from survey.web.respond import Reception, respond_blueprint

LARGEST_POST = 2 * 1024 * 1024
THREADS = 8
DRAFTS_ARE_KEPT = timedelta(days=29)
"""Looked at once a day: so no draft is kept for more than the 30 days that pages promise."""
A_DAY = 24 * 3600.0


class PortTaken(SurveyError):
    """Somebody listens on the port already."""

    def __init__(self, host: str, port: int, why: OSError) -> None:
        super().__init__(f"cannot listen on {host}:{port} ({why.strerror}); try another --port")


class Pages(Flask):
    """A Flask that never writes an address into the log: a personal link is a key."""

    def log_exception(self, exc_info: Any) -> None:
        """Name the page by its endpoint instead."""
        self.logger.error("error in %s %s", request.method, request.endpoint, exc_info=exc_info)


def utc_now() -> datetime:
    """The clock of the server."""
    return datetime.now(UTC)


def create_app(
    settings: Settings, store: Store | None = None, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """The public pages of an installation; its store is opened unless one is handed in."""
    app = Pages("survey", static_folder=str(STATIC), template_folder=str(template_folder()))
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_POST)
    opened = store or open_store(settings)
    prepare_templates(app)
    app.register_blueprint(home_blueprint(Entrance(opened)))
    app.register_blueprint(respond_blueprint(Reception(opened, settings.secret(), clock)))
    handle_errors(app)
    app.after_request(add_headers)
    return app


def serve(settings: Settings, host: str, port: int) -> None:
    """Offer the pages until SIGINT or SIGTERM; requests under way are answered first.

    Drafts untouched for 29 days are forgotten, at start and every day. Raises
    :class:`PortTaken`.
    """
    with open_store(settings) as store:
        try:
            server = create_server(
                create_app(settings, store),
                host=host,
                port=port,
                threads=THREADS,
                max_request_body_size=2 * LARGEST_POST,
                ident=None,
            )
        except OSError as why:
            raise PortTaken(host, port, why) from why
        signal.signal(signal.SIGTERM, _stop)
        closing = Event()
        daily = Thread(target=forget_daily, args=(store, utc_now, closing), daemon=True)
        daily.start()
        try:
            server.run()
        finally:
            closing.set()
            server.close()
            daily.join(BUSY_SECONDS)


def forget_daily(store: Store, clock: Callable[[], datetime], closing: Event) -> None:
    """Forget old drafts now and once a day, until ``closing`` is set; a busy day is passed over."""
    while not closing.is_set():
        with suppress(StoreError):
            forget_drafts(store, before=clock() - DRAFTS_ARE_KEPT)
        closing.wait(A_DAY)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit
