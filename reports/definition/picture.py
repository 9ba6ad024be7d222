"""Which logo stands on a report? A picture beside its definition, taken only where it is safe.

What comes out is plain pixels on white: whoever draws a report reads no picture that others made,
and the same picture is the same bytes wherever the definition lies.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageOps

from instruments.catalogue import LANGUAGES
from instruments.open_text import is_blank, is_one_line
from instruments.problems import Notes, shown
from instruments.yaml_reader import Node, Scalar
from instruments.yaml_reader.fields import Fields, open_fields
from reports.definition.values import some
from reports.design import HIGHEST, WIDEST, Logo

LOGO = ("file", "text")

BYTES_MAX = 1_000_000
"""Of the file."""

SIDES = (16, 4000)
"""Pixels of each side, at least and at most: what a picture says of itself before it is read."""

SIDES_TOLD = f"each side may have from {SIDES[0]} to {SIDES[1]:,}"

THINNEST = 12
"""How many times as long as the other a side may be; a longer one would be a line."""

LETTERS_MAX = 200
"""Of what is read in its place."""

FORMATS = ("PNG", "JPEG")

BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
"""What the library says of a picture that is none, or not whole."""


class NotAPicture(ValueError):
    """What is wrong with a file, and what would be right."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(what)
        self.what = what
        self.instead = instead


def logo(notes: Notes, node: Node, folder: Path | None) -> Mapping[str, object]:
    """The picture and what is read in its place: ``logo``; ``folder`` is the definition's."""
    fields = open_fields(notes, node, "logo", LOGO)
    if fields is None:
        return {}
    text = _text(notes, fields)
    named = fields.need("file", "write the name of a picture beside this file")
    if named is None:
        return {}
    try:
        width, height, pixels = pixels_of(_bytes(named, folder))
    except NotAPicture as error:
        notes.add(named.at, error.what, error.instead)
        return {}
    return some("logo", Logo(width, height, pixels, **text) if text else None)


def _text(notes: Notes, fields: Fields) -> dict[str, str]:
    """What is read in its place, in both languages; empty where anything is wrong."""
    node = fields.need("text", f"write {{{', '.join(f'{name}: …' for name in LANGUAGES)}}}")
    told = open_fields(notes, node, "text", LANGUAGES) if node is not None else None
    found: dict[str, str] = {}
    for language, name in zip(LANGUAGES, ("english", "chinese"), strict=True):
        said = told.need(language, "say what the logo shows") if told is not None else None
        if said is None:
            continue
        written = said.text if isinstance(said, Scalar) else ""
        if is_blank(written) or not is_one_line(written) or len(written) > LETTERS_MAX:
            wrong = f"{language} must be one line of at most {LETTERS_MAX} characters"
            notes.add(said.at, wrong, "say what the logo shows, such as: Logo of the company")
        else:
            found[name] = written
    return found if len(found) == len(LANGUAGES) else {}


def _bytes(node: Node, folder: Path | None) -> bytes:
    name = node.text if isinstance(node, Scalar) else ""
    plain = bool(name) and name == Path(name).name and not name.startswith(".")
    if not plain or not name.isprintable() or "\\" in name or ":" in name:
        found = f"{shown(name)} is no name of a file beside the definition"
        raise NotAPicture(found, "put the picture there and write its name alone, like logo.png")
    if name.lower().endswith((".svg", ".svgz")):
        told = f"{shown(name)} is an SVG, which is not read"
        raise NotAPicture(told, f"save it as PNG, {HIGHEST} pixels high or more")
    if folder is None:
        raise NotAPicture("there is no folder to take a picture from", "keep it in a file")
    path = folder / name
    try:
        if not path.is_file() or path.resolve().parent != folder.resolve():
            told = f"there is no file {shown(name)} beside the definition"
            raise NotAPicture(told, "check the name")
        with path.open("rb") as file:
            found_bytes = file.read(BYTES_MAX + 1)
    except OSError as error:
        raise NotAPicture(f"{shown(name)} cannot be read", error.strerror or "") from error
    if len(found_bytes) > BYTES_MAX:
        raise NotAPicture(f"{shown(name)} is too large", f"at most {BYTES_MAX // 1000} kB are read")
    return found_bytes


def pixels_of(source: bytes) -> tuple[int, int, bytes]:
    """Width, height and pixels, as small as print needs them; :class:`NotAPicture`.

    Sizes are looked at before anything is unpacked: a small file can hold a picture that fills
    the memory.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source), formats=FORMATS) as picture:
                _check_size(*picture.size)
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("the picture has too many pixels", SIDES_TOLD) from error
    except NotAPicture:
        raise
    except BROKEN as error:
        told = "this is no picture that can be read"
        raise NotAPicture(told, f"save it as {' or '.join(FORMATS)}") from error
    upright.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(paper, upright).convert("RGB")
    return flat.width, flat.height, flat.tobytes()


def _check_size(width: int, height: int) -> None:
    low, high = SIDES
    if not (low <= min(width, height) and max(width, height) <= high):
        told = f"the picture has {width:,} × {height:,} pixels"
        raise NotAPicture(told, SIDES_TOLD)
    if max(width, height) > THINNEST * min(width, height):
        told = f"the picture has {width:,} × {height:,} pixels"
        raise NotAPicture(told, f"no side may be more than {THINNEST} times the other")
