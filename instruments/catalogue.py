"""Which words are shown: gettext catalogues of a room, by language.

Source texts are English, so English needs no catalogue. Every other language has
``<room>/locale/<language>/LC_MESSAGES/<room>.mo``; a check fails on a missing entry.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")
"""Languages that pages and reports speak, in order of listing."""

NAMES = {"en": "English", "zh": "简体中文"}
"""Each language in its own words, as a switch shows it."""

HTML_TAGS = {"en": "en", "zh": "zh-Hans"}
"""The tag a screen reader and a PDF need."""


@cache
def catalogue(room: str, language: str) -> gettext.NullTranslations:
    """The texts of ``room`` (``reports``, ``survey``) in ``language``.

    Raises FileNotFoundError where a language has no catalogue: a silent fallback to
    English would hide a broken installation.
    """
    if language == "en":
        return gettext.NullTranslations()
    folder = Path(__file__).resolve().parent.parent / room / "locale"
    return gettext.translation(room, folder, languages=[language])
