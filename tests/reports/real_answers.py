"""Answers to two public surveys as their files hold them, coded without any import between."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

from instruments.model import Kind, Means, Role
from reports.findings import Figure, Findings
from tests.outside_files import REAL_DATA
from tests.reports.counted_cases import Row, instrument, question

TEN = range(1, 11)
ACSI_ASKED = instrument(
    [
        question("SATIS", Role.OVERALL, TEN),
        question("CONFIRM", Role.CONFIRMATION, TEN),
        question("IDEAL", Role.IDEAL, TEN),
        question("OVERALLX", Role.EXPECTATION, TEN, attribute="quality"),
        question("OVERALLQ", Role.EXPERIENCE, TEN, attribute="quality"),
        question("COMP", Role.VOICED, (0, 1), kind=Kind.SINGLE, means={1: Means.COMPANY}),
        question("HANDLE", Role.HANDLING, TEN),
    ],
    ("quality",),
)
SFO_ASKED = instrument(
    [question("Q7ALL", Role.OVERALL), question("NETPRO", Role.RECOMMEND, range(11))]
)


def rows(file: str) -> list[dict[str, str]]:
    """A public data set as it is on disk."""
    with (REAL_DATA / file).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def coded(row: Mapping[str, str], allowed: Mapping[str, Iterable[int]]) -> Row:
    """The valid codes of a row; blanks and codes of missing answers are left out."""
    given = {name: {str(code): code for code in codes} for name, codes in allowed.items()}
    return {name: codes[row[name]] for name, codes in given.items() if row[name] in codes}


def figure(findings: Findings, segment: str, key: str, of: str = "") -> Figure:
    """A figure that is there."""
    wanted = findings.segment(segment).figure(key, of)
    assert wanted is not None
    return wanted
