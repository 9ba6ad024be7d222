"""How findings become files: one PDF a segment and language, one annex a language.

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

from instruments.model import Instrument
from reports.annex import annex
from reports.findings import ALL, Findings
from reports.findings_json import to_json
from reports.fonts import Fonts
from reports.pdf import render
from survey.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class BuiltReports:
    """What was written: the findings, the PDFs in segment and language order, the annexes."""

    findings: Path
    pdfs: tuple[Path, ...]
    annexes: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file, those to read first."""
        return (*self.pdfs, *self.annexes, self.findings)


def write_reports(
    findings: Findings,
    instrument: Instrument,
    fonts: Fonts,
    *,
    languages: Sequence[str],
    out: Path,
    progress: Progress = silent,
) -> BuiltReports:
    """Write ``findings.json``, ``<segment>_<wave>_<language>.pdf`` and ``<wave>_<language>.xlsx``.

    The folder ``out`` is made where it is missing; files of the same name are replaced.
    """
    out.mkdir(parents=True, exist_ok=True)
    told = out / "findings.json"
    _write_whole(told, to_json(findings).encode())
    names = file_names([found.segment for found in findings.segments])
    jobs = [(segment, language) for segment in names for language in languages]
    total = len(jobs) + len(languages)
    pdfs, annexes = [], []
    for done, (segment, language) in enumerate(jobs):
        progress(done, total)
        path = out / f"{names[segment]}_{findings.wave}_{language}.pdf"
        _write_whole(path, render(findings, instrument, segment, language, fonts))
        pdfs.append(path)
    for done, language in enumerate(languages, start=len(jobs)):
        progress(done, total)
        path = out / f"{findings.wave}_{language}.xlsx"
        _write_whole(path, annex(findings, instrument, language))
        annexes.append(path)
    progress(total, total)
    return BuiltReports(told, tuple(pdfs), tuple(annexes))


def file_names(segments: Sequence[str]) -> Mapping[str, str]:
    """Segment → a name that is safe on every file system, and unlike every other.

    Letters and digits of any script stay, all else becomes ``-``; where that changed a name,
    or two would differ by case only, a short hash of the segment keeps them apart.

    >>> dict(file_names(["all", "A", "../etc"]))
    {'all': 'all', 'A': 'A', '../etc': 'etc-f7f912'}
    """
    names: dict[str, str] = {}
    taken = {ALL}
    for segment in segments:
        plain = re.sub(r"[^\w]+", "-", segment).strip("-_")[:60]
        if segment != ALL and (not plain or plain != segment or plain.casefold() in taken):
            mark = hashlib.sha256(segment.encode()).hexdigest()[:6]
            plain = f"{plain}-{mark}" if plain else mark
        taken.add(plain.casefold())
        names[segment] = plain
    return names


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
