"""Which characters do the bytes of a file stand for?

Tried in this order: the file's own mark (BOM), strict UTF-8, strict GB18030. Bytes that
fit two encodings are told apart by nobody but the reader, so :class:`Source` names the
other one (``also``): a page can show the first lines and let the person choose.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from instruments.problems import shown
from survey.imports.problems import ImportRefused, Problems

CHUNK = 1 << 20
BYTES = "latin-1"
"""The encoding in which every byte is a character."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FOREIGN = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"PK\x03\x04", "an XLSX or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"\x1f\x8b", "a gzip file"),
)
"""How files begin that are often renamed to ``.csv``."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text file and how to read it.

    ``encoding`` is a Python codec name; ``also`` the other encoding its bytes would fit as
    well, or ``""``.
    """

    path: Path
    encoding: str
    also: str


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal: what makes it the same file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines_in(path: Path) -> int:
    """About how many lines a text file has, for showing how far reading has come."""
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(CHUNK), b"")
        return sum(max(chunk.count(b"\n"), chunk.count(b"\r")) for chunk in chunks)


def look_at(path: Path, encoding: str | None = None) -> Source:
    """Decide how the text file at ``path`` is to be read.

    ``encoding`` overrides the guess. Raises :class:`ImportRefused` for a file that is
    empty, is no text, or fits no encoding, with the line where it stops fitting.
    """
    problems = Problems(path.name)
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise problems.refuse(1, "the file is empty")
    for mark, what in FOREIGN:
        if start.startswith(mark):
            raise problems.refuse(1, f"this is {what}, not CSV", "export the table as CSV or XLSX")
    if encoding is not None:
        return Source(path, _chosen(path, encoding, problems), "")
    for mark, marked in MARKS:
        if start.startswith(mark):
            _check(path, marked, problems)
            return Source(path, marked, "")
    _refuse_nul(path, problems)
    bad = _first_bad(path, "utf-8")
    if bad is None:
        also = "gb18030" if not _ascii(path) and _first_bad(path, "gb18030") is None else ""
        return Source(path, "utf-8", also)
    worse = _first_bad(path, "gb18030")
    if worse is None:
        return Source(path, "gb18030", "")
    raise _undecodable(path, max(bad, worse), problems, "neither UTF-8 nor GB18030")


def _chosen(path: Path, encoding: str, problems: Problems) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except LookupError:
        raise problems.refuse(
            1, f"no encoding is called {shown(encoding)}", "name utf-8, utf-16 or gb18030"
        ) from None
    name = codecs.lookup(encoding).name
    name = "utf-8-sig" if name == "utf-8" else name
    _check(path, name, problems)
    return name


def _check(path: Path, encoding: str, problems: Problems) -> None:
    bad = _first_bad(path, encoding)
    if bad is not None:
        what = f"not {encoding.removesuffix('-sig').upper()}"
        raise _undecodable(path, bad, problems, what, encoding)


def _undecodable(
    path: Path, offset: int, problems: Problems, what: str, encoding: str = BYTES
) -> ImportRefused:
    line = _line_at(path, offset, encoding)
    return problems.refuse(line, f"the bytes here are {what}", "save the file as UTF-8")


def _refuse_nul(path: Path, problems: Problems) -> None:
    seen = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found = chunk.find(b"\0")
            if found >= 0:
                raise problems.refuse(
                    _line_at(path, seen + found),
                    "NUL byte: looks like UTF-16 without a mark",
                    "save the file as UTF-8",
                )
            seen += len(chunk)


def _ascii(path: Path) -> bool:
    with path.open("rb") as file:
        return all(chunk.isascii() for chunk in iter(lambda: file.read(CHUNK), b""))


def _first_bad(path: Path, encoding: str) -> int | None:
    """Offset of the first byte that does not fit the encoding; None where all fit."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return seen - waiting + error.start
            if not chunk:
                return None
            seen += len(chunk)


def _line_at(path: Path, offset: int, encoding: str = BYTES) -> int:
    """The line (from 1) on which the byte at ``offset`` stands, in a file read up to there.

    In UTF-8 and GB18030 no part of a longer character looks like a line end, so bytes are as
    good as characters; in UTF-16 half of a 上 does.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    found = 1
    with path.open("rb") as file:
        while chunk := file.read(min(CHUNK, offset)):
            offset -= len(chunk)
            found += lines.decode(chunk).count("\n")
    return found + lines.decode(b"", final=True).count("\n")
