"""What every sheet of the annex starts from: one segment, its names, the words of its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instruments.model import Instrument
from reports.annex.cells import Cell
from reports.annex.naming import Names
from reports.context import Subject
from reports.findings import Findings, Standing
from reports.texts import N_, Words

IDS = (N_("Segment (id)"), N_("Figure (key)"), N_("About (of)"))
"""The names by which findings.json calls what a row is about."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: who it is in words, and the names of what is said of it."""

    subject: Subject
    name: str
    names: Names

    @property
    def hidden(self) -> bool:
        """Whether nothing of the segment may be shown."""
        return self.subject.found.standing is Standing.HIDDEN

    def ids(self, key: str, of: str) -> list[Cell]:
        """Segment, key and of as findings.json has them."""
        return [self.subject.found.segment, key, of]


def parts(findings: Findings, instrument: Instrument, language: str) -> Iterator[Part]:
    """All segments, the whole first."""
    words = Words(language)
    names = Names(instrument, words)
    for found in findings.segments:
        subject = Subject(findings, instrument, found, words)
        yield Part(subject, subject.segment_name(), names)
