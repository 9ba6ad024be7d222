"""A report carries the findings it rests on: all that it takes to make it again."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest

from reports.excerpt import excerpt
from reports.findings import ALL, Findings
from reports.findings_json import from_json, to_json
from reports.fonts import Fonts
from reports.pdf import render
from reports.pdf.across import render_overview
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.pdf_checking import problems
from tests.reports.test_pdf_layout import CASES


def carried(data: bytes) -> bytes:
    """The file ``findings.json`` inside a PDF, as a program takes it out."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return document.attachments["findings.json"].get_file().read_bytes()


@pytest.mark.parametrize("name", ["full", "segment", "hidden", "twenty segments", "gaps only"])
def test_a_report_can_be_made_again_from_what_it_carries(name: str, fonts: Fonts) -> None:
    """The findings in the file are all that the pages rest on: the same bytes come out."""
    findings, instrument, segment = CASES[name]()
    data = render(findings, instrument, segment, "zh", fonts)
    again = from_json(carried(data).decode())
    assert render(again, instrument, segment, "zh", fonts) == data


@pytest.mark.parametrize("name", ["full", "hidden", "twenty segments"])
def test_so_can_the_overview(name: str, fonts: Fonts) -> None:
    """The document of all segments is tagged like the others, and carries what it rests on."""
    findings, instrument, _segment = CASES[name]()
    data = render_overview(findings, instrument, "zh", fonts)
    assert problems(data) == []
    again = from_json(carried(data).decode())
    assert render_overview(again, instrument, "zh", fonts) == data


def test_what_a_report_carries_is_of_the_findings() -> None:
    """Its own segment and the whole are there in full, of the others nothing that is not so."""
    findings = cases.make_findings()
    small = excerpt(findings, "A")
    assert small.segment("A") == findings.segment("A")
    assert small.segment(ALL) == findings.segment(ALL)
    other, whole = small.segment("B"), findings.segment("B")
    assert set(other.figures) < set(whole.figures)
    assert (other.changes, other.responses) == (whole.changes, whole.responses)
    assert (other.trend, other.signals, other.voices) == ((), (), None)
    assert set(other.charts) <= set(whole.charts)


def test_the_file_says_what_it_is(fonts: Fonts) -> None:
    """Name, kind, size and checksum are right; it has no date, which would be of the moment."""
    findings = cases.make_findings()
    data = render(findings, pdf_asked.make_instrument(), "A", "en", fonts)
    with pikepdf.open(io.BytesIO(data)) as document:
        (file,) = document.Root.AF
        stream = file.EF.F
        content = stream.read_bytes()
        assert (str(file.UF), str(file.AFRelationship)) == ("findings.json", "/Data")
        assert str(stream.Subtype) == "/application/json"
        assert int(stream.Params.Size) == len(content)
        checksum = hashlib.md5(content, usedforsecurity=False).digest()
        assert bytes(stream.Params.CheckSum) == checksum
        assert not {"/CreationDate", "/ModDate"} & {*stream.Params.keys(), *document.docinfo.keys()}
    assert content.decode() == to_json(excerpt(findings, "A"), compact=True)


def test_many_segments_stay_small(fonts: Fonts) -> None:
    """Fourteen segments of two years: within 300 KB in English, 400 KB in Chinese."""
    segments = {f"s{i}": (f"Industry {i}", 60 + 7 * i) for i in range(14)}
    found: Findings = cases.make_findings(segments=segments)
    for language, most in (("en", 300_000), ("zh", 400_000)):
        data = render(found, pdf_asked.make_instrument(), "s3", language, fonts)
        assert len(data) <= most


def test_one_line_holds_the_same_findings() -> None:
    """The compact form reads back like the one that people read."""
    findings = cases.make_findings()
    text = to_json(findings, compact=True)
    assert text.count("\n") == 1
    assert from_json(text) == from_json(to_json(findings)) == findings
