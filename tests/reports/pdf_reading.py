"""Reading PDFs back: their words, and where every letter stands; and parts of them."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2 as pdfium

from reports.pdf.method import Method


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character and its ink, in points from the lower left corner of its page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def pages_of(data: bytes) -> list[str]:
    """The text of each page, in drawing order."""
    with pdfium.PdfDocument(io.BytesIO(data)) as document:
        return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def flat(data: bytes) -> str:
    """All text of a document without white space: line breaks don't matter."""
    return "".join("".join(pages_of(data)).split())


def letters_of(data: bytes) -> list[list[Letter]]:
    """Every visible letter of each page, with the box of its ink."""
    pages: list[list[Letter]] = []
    with pdfium.PdfDocument(io.BytesIO(data)) as document:
        for number in range(len(document)):
            words = document[number].get_textpage()
            found: list[Letter] = []
            for i in range(words.count_chars()):
                text = words.get_text_range(i, 1)
                if text.strip():
                    found.append(Letter(text, *words.get_charbox(i)))
            pages.append(found)
    return pages


def collisions(letters: list[Letter], slack: float = 0.6) -> list[tuple[Letter, Letter]]:
    """Pairs of letters whose ink shares more than ``slack`` points in both directions."""
    ordered = sorted(letters, key=lambda letter: letter.left)
    found: list[tuple[Letter, Letter]] = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other.left > one.right - slack:
                break
            high = min(one.top, other.top) - max(one.bottom, other.bottom)
            wide = min(one.right, other.right) - other.left
            if high > slack and wide > slack:
                found.append((one, other))
    return found


def method_said(method: Method) -> str:
    """The words on method and limits, before they are printed."""
    return " ".join(" ".join(line.text.strip() for line in lines) for lines in method.columns)
