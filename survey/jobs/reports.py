"""How a report that was issued becomes files: what is there of each segment, of all, of figures.

A report and a page for the wall a segment and language; an overview and an annex a language.

The findings are written beside the PDFs as ``findings.json``: every figure that a page
shows stands there at full precision, and in the annex, a spreadsheet, too. Each file is written
beside its place and then renamed, so nobody ever sees half a report under its final name.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from reports.findings import ALL
from survey.jobs.drawing import KINDS, Wanted
from survey.jobs.editions import Issued, of_edition
from survey.jobs.workers import is_running
from survey.store import Store
from survey.store.tables import EditionFile

OVERVIEW, ONE_PAGE = "overview", "onepage_"

NAMED = {
    "pdf": ("{segment}_", "pdf"),
    "onepage": (f"{ONE_PAGE}{{segment}}_", "pdf"),
    "overview": (f"{OVERVIEW}_", "pdf"),
    "xlsx": ("", "xlsx"),
}
"""Kind of file → what its name begins with, before period and language; its ending."""


@dataclass(frozen=True, slots=True)
class BuiltReports:
    """What was written: the findings, the reports in segment and language order, the rest.

    ``beside``: overviews, and pages for the wall.
    """

    findings: Path
    pdfs: tuple[Path, ...]
    annexes: tuple[Path, ...]
    beside: tuple[Path, ...] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file, those to read first."""
        return (*self.pdfs, *self.beside, *self.annexes, self.findings)


def wanted_files(issued: Issued, languages: Sequence[str]) -> list[Wanted]:
    """The files of an edition in those languages: each segment in its order, then the rest."""
    segments = [found.segment for found in issued.findings.segments]
    each = [
        Wanted(segment, language, kind)
        for kind in ("pdf", "onepage")
        for segment in segments
        for language in languages
    ]
    once = [Wanted(ALL, language, kind) for kind in ("overview", "xlsx") for language in languages]
    return [*each, *once]


def hand_out(store: Store, issued: Issued, languages: Sequence[str], out: Path) -> BuiltReports:
    """Write ``findings.json``, ``<segment>_<wave>_<language>.pdf`` and ``<wave>_<language>.xlsx``.

    Besides: ``overview_<wave>_<language>.pdf`` and ``onepage_<segment>_<wave>_<language>.pdf``.

    Byte for byte as they were issued; a file that is not built is left out. The folder ``out`` is
    made where it is missing; files of the same name are replaced.
    """
    out.mkdir(parents=True, exist_ok=True)
    _clear(out)
    told = out / "findings.json"
    _write_whole(told, issued.text.encode())
    wanted = wanted_files(issued, languages)
    names = file_names(list(dict.fromkeys(one.segment for one in wanted)))
    written: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for one in wanted:
        content = _content(store, issued, one)
        if content is not None:
            about, ending = NAMED[one.kind]
            about = about.format(segment=names[one.segment])
            path = out / f"{about}{issued.key.wave}_{one.language}.{ending}"
            _write_whole(path, content)
            written[one.kind].append(path)
    return BuiltReports(
        told,
        tuple(written["pdf"]),
        tuple(written["xlsx"]),
        (*written["overview"], *written["onepage"]),
    )


def _content(store: Store, issued: Issued, wanted: Wanted) -> bytes | None:
    query = select(EditionFile.content).where(
        *of_edition(issued.key),
        EditionFile.segment == wanted.segment,
        EditionFile.language == wanted.language,
        EditionFile.kind == wanted.kind,
    )
    with store.read() as connection:
        return connection.scalar(query)


def file_names(segments: Sequence[str]) -> Mapping[str, str]:
    """Segment → a name that is safe on every file system, and unlike every other.

    Letters and digits of any script stay, all else becomes ``-``; where that changed a name, two
    would differ by case only, or one would be taken for another document, a short hash of the
    segment keeps them apart.

    >>> dict(file_names(["all", "A", "../etc"]))
    {'all': 'all', 'A': 'A', '../etc': 'etc-f7f912'}
    """
    names: dict[str, str] = {}
    taken = {ALL, OVERVIEW}
    for segment in segments:
        plain = re.sub(r"[^\w]+", "-", segment).strip("-_")[:60]
        unlike = plain and plain == segment and plain.casefold() not in taken
        if segment != ALL and (not unlike or plain.casefold().startswith(ONE_PAGE)):
            mark = hashlib.sha256(segment.encode()).hexdigest()[:6]
            plain = f"{plain}-{mark}" if plain else mark
        taken.add(plain.casefold())
        names[segment] = plain
    return names


def _clear(out: Path) -> None:
    """Take away what a process that was ended while it wrote has left beside its place."""
    for beside in out.glob(".*.tmp"):
        pid = beside.name.split(".")[-2]
        if pid.isdigit() and not is_running(int(pid)):
            beside.unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
