"""Which face each letter of a report takes, and how wide it is.

One :class:`Fonts` serves pages and charts alike: English in Source Sans 3, Chinese in Noto
Sans SC, letter by letter, in one line. A character that neither has is shown as □ and never
stops a report. A document with rarer characters than the prepared ones gets its own small
subset of them (:meth:`Fonts.covering`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from reports.font_files import Family, characters_of, common_chinese, cut, find_families

NOBODY_HAS = "□"
"""Shown in place of a character without a glyph."""

CHINESE_MARKS = frozenset("“”‘’…—·")
"""Marks both families have; full-width ones belong to Chinese text, narrow ones to English."""

Progress = Callable[[str, float], None]
"""Told what is being prepared and the share done, 0 to 1."""


class ReadableFont(TTFont):
    """A font whose letters read back as what they stand for.

    ReportLab lets the empty glyph of each subset stand for U+0000, which no reader may find.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (ReportLab's name)
        """As ReportLab; the empty glyph stands for the replacement character."""
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = made.content.replace("<00> <0000>", "<00> <FFFD>")


@dataclass(frozen=True)
class Face:
    """One registered static font: ``codes`` it has, ``widths`` in thousandths of the size."""

    name: str
    codes: frozenset[int] = field(repr=False)
    widths: dict[int, float] = field(repr=False)

    @classmethod
    def register(cls, file: Path) -> Face:
        """Make the font file known to ReportLab (once) under its cache name."""
        if file.stem not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(ReadableFont(file.stem, str(file), asciiReadable=False))
        face: TTFontFace = pdfmetrics.getFont(file.stem).face  # type: ignore[attr-defined]
        return cls(file.stem, frozenset(face.charToGlyph), face.charWidths)


@dataclass(frozen=True)
class Fonts:
    """Prepared faces, in order of preference, regular and bold side by side."""

    cache: Path
    families: tuple[Family, Family]
    regular: tuple[Face, ...]
    bold: tuple[Face, ...]

    @classmethod
    def prepare(
        cls, cache: Path, progress: Progress | None = None, folder: Path | None = None
    ) -> Fonts:
        """Find, cut and register the fonts; what ``cache`` holds already is not made again.

        ``folder`` names other fonts than the installed packages (see ``font_files``).
        Raises :class:`reports.font_files.FontsMissing` where there are none.
        """
        tell = progress or (lambda _what, _share: None)
        families = find_families(folder)
        latin, chinese = families
        tell("Source Sans 3" if folder is None else latin.regular.name, 0.0)
        narrow = cut(latin, _latin_codes(latin), cache)
        tell("Noto Sans SC" if folder is None else chinese.regular.name, 0.15)
        wide = cut(chinese, common_chinese(), cache)
        tell("", 1.0)
        regular, bold = (tuple(Face.register(pair[i]) for pair in (narrow, wide)) for i in range(2))
        return cls(cache, families, regular, bold)

    def covering(self, text: str) -> Fonts:
        """These fonts, with a further subset for characters of ``text`` not prepared yet.

        The same object where nothing is missing, or where no font has what is missing.
        """
        held = frozenset().union(*(face.codes for face in self.regular))
        missing = {ord(c) for c in text} - held
        rare = missing & self._all_chinese if missing else set()
        if not rare:
            return self
        regular, bold = cut(self.families[1], rare, self.cache)
        return Fonts(
            self.cache,
            self.families,
            (*self.regular, Face.register(regular)),
            (*self.bold, Face.register(bold)),
        )

    def lettering(self, language: str) -> Lettering:
        """How text of that language is set in these fonts."""
        return Lettering(self, language)

    @cached_property
    def _all_chinese(self) -> frozenset[int]:
        return characters_of(self.families[1].regular)


def _latin_codes(family: Family) -> frozenset[int]:
    """Everything of the Latin face but its private and Asian ranges."""
    return frozenset(code for code in characters_of(family.regular) if code < 0x2E80)


class Lettering:
    """Text of one language set in :class:`Fonts`: which face, how wide."""

    def __init__(self, fonts: Fonts, language: str) -> None:
        self.fonts = fonts
        self.language = language
        self._known: tuple[dict[str, tuple[str, str, float]], ...] = ({}, {})

    def runs(self, text: str, *, bold: bool = False) -> list[tuple[str, str]]:
        """``text`` as pieces ``(face name, letters)``, missing letters replaced by □."""
        pieces: list[tuple[str, str]] = []
        for letter in text:
            face, shown, _width = self._set(letter, bold)
            if pieces and pieces[-1][0] == face:
                pieces[-1] = (face, pieces[-1][1] + shown)
            else:
                pieces.append((face, shown))
        return pieces

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of ``text`` in points when set in ``size`` points."""
        return sum([self._set(letter, bold)[2] for letter in text]) * size / 1000

    def widths(self, letters: Iterable[tuple[str, bool]], size: float) -> list[float]:
        """Width of each letter in points, bold or not."""
        return [self._set(letter, bold)[2] * size / 1000 for letter, bold in letters]

    @property
    def first_face(self) -> str:
        """The face a document starts with, so that no font is used that is not embedded."""
        return self.fonts.regular[0].name

    def _set(self, letter: str, bold: bool) -> tuple[str, str, float]:
        known = self._known[bold]
        if letter not in known:
            known[letter] = self._look_up(letter, self.fonts.bold if bold else self.fonts.regular)
        return known[letter]

    def _look_up(self, letter: str, faces: tuple[Face, ...]) -> tuple[str, str, float]:
        wide_first = self.language == "zh" and letter in CHINESE_MARKS
        order = (*faces[1:], faces[0]) if wide_first else faces
        for shown in (letter, NOBODY_HAS, "?"):
            for face in order:
                if ord(shown) in face.codes:
                    return face.name, shown, float(face.widths[ord(shown)])
        return faces[0].name, " ", 0.0
