"""What was issued stays as it was; other findings make another edition, on both databases."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from reports.editions import Why
from reports.findings import Findings
from reports.fingerprint import Fingerprint
from survey.fieldwork.surveys import find_survey
from survey.jobs.editions import NoSuchEdition, find_edition, imprint, list_editions
from survey.jobs.reports import hand_out
from survey.store import Store
from tests.reports.pdf_cases import make_findings
from tests.survey.building_cases import (
    NOW,
    WAVE,
    build_all,
    issue_found,
    issued_of,
    stored_files,
)
from tests.survey.sample_cases import answer, open_company

FOUND = replace(make_findings(), survey="company")


def late(more: int) -> Findings:
    """The same findings with so many more responses in one tier, and in the whole."""
    segments = tuple(
        replace(one, responses=one.responses + more) if one.segment in ("all", "A") else one
        for one in FOUND.segments
    )
    return replace(FOUND, segments=segments)


def test_asked_for_again_it_is_the_same_edition(store: Store) -> None:
    """The same findings drawn by the same programs are issued once."""
    open_company(store)
    first, stands = issue_found(store, FOUND)
    assert (first.key.number, first.why, stands) == (1, Why.FIRST, False)
    assert first.findings == FOUND
    assert issue_found(store, FOUND) == (first, False)
    assert [one.key.number for one in list_editions(store)] == [1]


def test_other_programs_make_another_edition(store: Store) -> None:
    """The findings are the same, and the edition says that only the drawing is another."""
    open_company(store)
    issue_found(store, FOUND)
    again, _stands = issue_found(store, FOUND, drawn_by=Fingerprint((("reportlab", "5.2.0"),)))
    assert (again.key.number, again.why) == (2, Why.RENDERER)
    told = imprint(store, find_survey(store, "company"), again)
    assert told.earlier is not None
    assert not told.earlier.differences.segments
    assert told.fingerprint.parts == (("reportlab", "5.2.0"),)


def test_a_few_late_answers_wait_for_more(store: Store) -> None:
    """Two editions side by side give no single answer away, unless that is asked for."""
    open_company(store)
    first, _stands = issue_found(store, FOUND)
    few, many = late(2), late(6)
    assert issue_found(store, few) == (first, True)
    enough, stands = issue_found(store, many)
    assert (enough.key.number, enough.why, stands) == (2, Why.FINDINGS, False)
    assert issue_found(store, late(7))[1]
    corrected, stands = issue_found(store, late(7), even_few=True)
    assert (corrected.key.number, stands) == (3, False)


def test_every_earlier_edition_is_looked_at(store: Store) -> None:
    """Answers that came and went must not leave a few between the first edition and the third."""
    open_company(store)
    issue_found(store, FOUND)
    issue_found(store, late(9))
    assert issue_found(store, late(1))[1]
    assert issue_found(store, FOUND)[0].key.number == 3


def test_who_issues_at_once_issues_one_edition(store: Store) -> None:
    """Two programs that ask at the same moment get the same edition."""
    open_company(store)
    got: list[int] = []

    def ask() -> None:
        got.append(issue_found(store, FOUND)[0].key.number)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert got == [1, 1, 1, 1]


def test_late_answers_make_a_second_edition(store: Store, fonts: Path, tmp_path: Path) -> None:
    """Its last page lists what changed; the first edition is handed out as it was, to the byte."""
    survey = open_company(store)
    answer(store, survey, WAVE, seed=1)
    first, _stands = issued_of(store, survey)
    assert build_all(store, first, fonts) == []
    before = {path.name: path.read_bytes() for path in hand_out(store, first, ["en"], tmp_path).all}
    answer(store, survey, WAVE, seed=2)
    second, _stands = issued_of(store, survey, now=NOW + timedelta(days=1))
    assert second.key.number == 2
    assert build_all(store, second, fonts) == []
    pages = pypdfium2.PdfDocument(
        io.BytesIO((hand_out(store, second, ["en"], tmp_path / "2").pdfs[0]).read_bytes())
    )
    last = " ".join(pages[len(pages) - 1].get_textpage().get_text_bounded().split())
    assert "Edition 2 of 3 Nov 2026." in last
    assert "Against edition 1 of 2 Nov 2026:" in last
    now, then = second.findings.segment("all"), first.findings.segment("all")
    assert f"{now.responses} complete answers, {then.responses} before." in last
    again = hand_out(store, first, ["en"], tmp_path / "again").all
    assert {path.name: path.read_bytes() for path in again} == before
    listed = list_editions(store, "company")
    assert [(one.built, one.files) for one in listed] == [(10, 10), (10, 10)]
    assert {number for number, *_rest in stored_files(store)} == {1, 2}


def test_what_was_never_issued_is_named(store: Store) -> None:
    """A wrong period, or number, is told in a sentence."""
    open_company(store)
    issue_found(store, FOUND)
    assert find_edition(store, "company", FOUND.wave, FOUND.by).key.number == 1
    with pytest.raises(NoSuchEdition, match="tellback edition list"):
        find_edition(store, "company", FOUND.wave, FOUND.by, 2)
