"""How does a page reach the browser? Templates, their words, and files served as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, Response, make_response, render_template, url_for
from jinja2 import StrictUndefined

from instruments.catalogue import HTML_TAGS, LANGUAGES, NAMES
from survey.texts import Words

ROOM = Path(__file__).resolve().parent.parent
STATIC = ROOM / "static"
RETRY_SECONDS = "5"
"""When a browser may try again while the store is busy."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language to switch to: its code, its tag in HTML, and its name in its own words."""

    code: str
    tag: str
    name: str


def template_folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    inside = ROOM / "templates"
    return inside if inside.is_dir() else ROOM.parent / "templates"


def prepare_templates(app: Flask) -> None:
    """Escape everything, and fail loudly on a name that is not there."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.autoescape = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a file in ``static/``; another content has another address."""
    return url_for("static", filename=name, v=_digest(STATIC / name))


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def page(
    template: str,
    words: Words,
    *,
    status: int = 200,
    languages: Iterable[str] = LANGUAGES,
    **values: object,
) -> Response:
    """A page in the language of ``words``, which offers to switch to the other ``languages``."""
    others = [
        Language(code, HTML_TAGS[code], NAMES[code])
        for code in languages
        if code in LANGUAGES and code != words.language
    ]
    body = render_template(
        template,
        _=words.gettext,
        ngettext=words.ngettext,
        language=words.language,
        html_tag=HTML_TAGS[words.language],
        other_languages=others,
        **values,
    )
    return make_response(body, status)
