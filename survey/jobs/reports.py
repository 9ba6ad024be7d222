"""How a wave becomes files: answers → tallies → findings → one PDF a segment and language.

The findings are written beside the PDFs as ``findings.json``: every figure that a page
shows stands there at full precision. Each file is written beside its place and then
renamed, so nobody ever sees half a report under its final name.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from instruments.model import Instrument
from reports.build import build_findings
from reports.findings import ALL, Findings, Provenance
from reports.findings_json import to_json
from reports.fonts import Fonts
from reports.pdf import render
from survey.dataset import populations, record_population, waves_with_answers
from survey.errors import SurveyError
from survey.fieldwork.surveys import SurveyRecord, instrument_of
from survey.jobs.tallies import count_waves
from survey.progress import Progress, silent
from survey.store import Store
from survey.store.tables import Invitation, Population

HISTORY = 24
"""Waves of the past that a report looks back on, this one included."""


class NoSuchWave(SurveyError):
    """A report was asked for a wave without a single answer."""

    def __init__(self, survey: str, wave: str, waves: Sequence[str]) -> None:
        known = f"there are answers for {', '.join(waves)}" if waves else "there are no answers yet"
        super().__init__(f"survey {survey} has no answers in wave {wave}; {known}")


class NoSuchField(SurveyError):
    """A report was asked by a field that no answer carries."""

    def __init__(self, survey: str, field: str, fields: Sequence[str]) -> None:
        known = f"there are {', '.join(fields)}" if fields else "its answers carry none"
        super().__init__(f"survey {survey} has no segment field {field}; {known}")


@dataclass(frozen=True, slots=True)
class BuiltReports:
    """What was written: the findings and the PDFs, in segment and language order."""

    findings: Path
    pdfs: tuple[Path, ...]


def find_out(store: Store, survey: SurveyRecord, *, wave: str, by: str) -> Findings:
    """The findings of one wave, segment by segment, with up to 24 waves of history.

    Raises :class:`NoSuchWave` and :class:`NoSuchField`.
    """
    if by not in survey.segment_fields:
        raise NoSuchField(survey.id, by, survey.segment_fields)
    waves = waves_with_answers(store, survey.id)
    if wave not in waves:
        raise NoSuchWave(survey.id, wave, waves)
    _count_customers(store, survey.id, wave, by)
    looked_at = [w for w in waves if w <= wave][-HISTORY:]
    instrument = instrument_of(store, survey)
    counted = count_waves(store, survey.id, instrument, looked_at, by)
    now = counted[wave]
    return build_findings(
        instrument,
        {(w, s): tally for w, counts in counted.items() for s, tally in counts.tallies.items()},
        survey=survey.id,
        wave=wave,
        by=by,
        populations=populations(store, survey.id, by),
        provenance=Provenance(
            company=survey.company,
            sample=survey.sample,
            first_day=now.first_day.isoformat(),
            last_day=now.last_day.isoformat(),
            generated_from=", ".join(f"{way} {count}" for way, count in now.channels.items()),
        ),
    )


def _count_customers(store: Store, survey_id: str, wave: str, by: str) -> None:
    """Keep how many customers the wave could ask, where that is not recorded yet.

    Only a survey with personal links asks the roster's customers; who could have answered an
    open link, or a file from elsewhere, the roster does not know.
    """
    with store.read() as connection:
        asks_roster = connection.scalar(
            select(Invitation.id).where(Invitation.survey_id == survey_id).limit(1)
        )
        recorded = connection.scalar(
            select(Population.wave)
            .where(
                Population.survey_id == survey_id, Population.wave == wave, Population.field == by
            )
            .limit(1)
        )
    if asks_roster is not None and recorded is None:
        with store.write() as connection:
            record_population(connection, survey_id, wave, by)


def write_reports(
    findings: Findings,
    instrument: Instrument,
    fonts: Fonts,
    *,
    languages: Sequence[str],
    out: Path,
    progress: Progress = silent,
) -> BuiltReports:
    """Write ``findings.json`` and ``<segment>_<wave>_<language>.pdf`` into ``out``.

    The folder is made where it is missing; files of the same name are replaced.
    """
    out.mkdir(parents=True, exist_ok=True)
    told = out / "findings.json"
    _write_whole(told, to_json(findings).encode())
    names = file_names([found.segment for found in findings.segments])
    jobs = [(segment, language) for segment in names for language in languages]
    pdfs = []
    for done, (segment, language) in enumerate(jobs):
        progress(done, len(jobs))
        path = out / f"{names[segment]}_{findings.wave}_{language}.pdf"
        _write_whole(path, render(findings, instrument, segment, language, fonts))
        pdfs.append(path)
    progress(len(jobs), len(jobs))
    return BuiltReports(told, tuple(pdfs))


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
