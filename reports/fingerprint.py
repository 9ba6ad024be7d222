"""What draws a report? The libraries, our own pages, the fonts and the design, as one short name.

The same findings drawn by the same fingerprint are the same bytes. Another version of anything
that has a hand in the drawing is another fingerprint, even where no letter moved.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reports.design import STANDARD, Design
from reports.fonts import Fonts

LIBRARIES = (
    "reportlab",
    "matplotlib",
    "numpy",
    "fonttools",
    "babel",
    "pikepdf",
    "pillow",
    "xlsxwriter",
)
"""Distributions whose versions decide what a page looks like to the last byte."""

ROOMS = ("instruments", "reports")
"""Our own rooms that a report is drawn from; their texts are part of them."""

SHORT = 12
"""Characters of a hash that are printed."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Names and versions of all that draws.

    >>> one = Fingerprint((("reportlab", "5.1.0"),))
    >>> one.digest == Fingerprint((("reportlab", "5.1.0"),)).digest
    True
    >>> one.digest == Fingerprint((("reportlab", "5.1.1"),)).digest
    False
    """

    parts: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the parts, 64 characters."""
        return hashlib.sha256(repr(self.parts).encode()).hexdigest()


def fingerprint(fonts: Fonts, design: Design = STANDARD) -> Fingerprint:
    """That of this process with these fonts, and with a design where it is not the usual one.

    Our own part is the release and a hash of the code, so that a page that was changed between
    two releases is told from the one before.
    """
    own = f"{version('tellback')}+{_source()[:SHORT]}"
    found = [("tellback", own), ("python", platform.python_version())]
    found.append(("zlib", zlib.ZLIB_RUNTIME_VERSION))
    found += [(name, version(name)) for name in LIBRARIES]
    for face in (*fonts.regular, *fonts.bold):
        family = face.name.rsplit("-", 1)[0]
        found.append((family, _hash((fonts.cache / f"{face.name}.ttf").read_bytes())[:SHORT]))
    if design != STANDARD:
        found.append(("design", design.digest[:SHORT]))
    return Fingerprint(tuple(found))


@cache
def _source() -> str:
    """Hash of the code and the texts of our rooms."""
    root = Path(__file__).resolve().parents[1]
    files = [
        file
        for room in ROOMS
        for ending in ("*.py", "*.mo", "*.yaml")
        for file in (root / room).rglob(ending)
    ]
    about = hashlib.sha256()
    for file in sorted(files):
        about.update(f"{file.relative_to(root).as_posix()} {_hash(file.read_bytes())}\n".encode())
    return about.hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
