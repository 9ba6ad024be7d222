"""An edition says what changed since the one before, and gives nobody away by it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reports import look
from reports.annex import annex
from reports.cycles import Cycle, Phase
from reports.editions import (
    Differences,
    Earlier,
    Edition,
    differences,
    tells_a_few_apart,
)
from reports.findings import Findings, SegmentFindings, Standing, Weighting
from reports.fingerprint import SHORT, Fingerprint, fingerprint
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview
from reports.quoted import Spread, Voices
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.annex.annex_reading import opened
from tests.reports.pdf_reading import flat, letters_of, pages_of

ROOT = Path(__file__).resolve().parents[2]
DRAWN_BY = Fingerprint((("reportlab", "5.1.0"), ("latin-400", "0123456789ab")))
FIRST = Edition(1, dt.date(2026, 11, 1), "ab" * 32, DRAWN_BY)


def with_segment(findings: Findings, name: str, changed: SegmentFindings) -> Findings:
    """The findings with one segment put in another's place."""
    segments = tuple(changed if own.segment == name else own for own in findings.segments)
    return replace(findings, segments=segments)


def later(findings: Findings, more: int, *, name: str = "all") -> Findings:
    """The same with more responses, and another index, in one segment."""
    found = findings.segment(name)
    figures = tuple(
        replace(one, value=80.4, n=one.n + more) if one.key == "satisfaction_index" else one
        for one in found.figures
    )
    return with_segment(
        findings, name, replace(found, responses=found.responses + more, figures=figures)
    )


def second(then: Findings, now: Findings) -> Edition:
    """The edition of ``now`` against ``then``."""
    earlier = Earlier(1, FIRST.made, differences(then, now))
    return Edition(2, dt.date(2026, 11, 3), "cd" * 32, DRAWN_BY, earlier)


def test_the_same_findings_differ_in_nothing() -> None:
    """Nothing is said to have changed where nothing did."""
    found = cases.make_findings()
    assert differences(found, cases.make_findings()) == Differences((), ())


def test_a_figure_that_moved_is_named_with_both_values() -> None:
    """Only the segment that changed is there, with its responses, and its figure then and now."""
    then = cases.make_findings()
    told = differences(then, later(then, 7))
    (only,) = told.segments
    (moved,) = only.figures
    assert (only.segment, only.past) == ("all", False)
    assert only.responses_now == (only.responses_then or 0) + 7
    assert (moved.key, moved.now and moved.now.value) == ("satisfaction_index", 80.4)
    assert told.segment("A") is None


def test_a_hidden_segment_does_not_tell_its_responses() -> None:
    """How many answered stays untold, then and now."""
    then = cases.make_findings()
    found = then.segment("A")
    told = differences(then, with_segment(then, "A", replace(found, standing=Standing.HIDDEN)))
    (only,) = told.segments
    assert (only.responses_then, only.responses_now) == (found.responses, None)


def test_segments_that_came_and_went_are_told() -> None:
    """All figures of a segment that is new, or gone, differ."""
    whole = cases.make_findings()
    fewer = replace(whole, segments=whole.segments[:-1])
    name = whole.segments[-1].segment
    for told in (differences(whole, fewer), differences(fewer, whole)):
        assert [one.segment for one in told.segments] == [name]
        assert len(told.segments[0].figures) >= len(whole.segments[-1].figures)


def test_other_rules_are_named() -> None:
    """A reader learns that a figure moved because something else is counted."""
    then = cases.make_findings()
    assert differences(then, replace(then, smallest_base=8)).rules == ("smallest_base",)


def test_other_cycles_and_other_comments_are_told(fonts: Fonts) -> None:
    """A report whose figures are the same is not said to be the same."""
    then, asked = cases.make_findings(), pdf_asked.make_instrument()
    cycle = Cycle("nps", "", "all", "Call back", "回电", "Bob", "2026-12-31", Phase.DO)
    voices = Voices(10, 400, Spread.LOT, asked=True, silent=True)
    now = with_segment(then, "A", replace(then.segment("A"), voices=voices))
    now = replace(now, cycles=(cycle,))
    told = differences(then, now)
    assert told.rules == ("cycles",)
    assert [(one.segment, one.voices) for one in told.segments] == [("A", True)]
    text = flat(render(now, asked, "A", "en", fonts, second(then, now)))
    assert "Whatistoldofimprovementschanged." in text
    assert "Othercommentsarequoted,orcounted." in text
    assert "Therulesofthereportchanged." not in text


def test_what_weights_did_is_no_other_rule() -> None:
    """With every late answer the design effect is another; how answers are weighted is not."""
    then = replace(cases.make_findings(), weighting=Weighting("stratified", effect=1.1))
    assert (
        differences(then, replace(then, weighting=Weighting("stratified", effect=1.2))).rules == ()
    )
    assert differences(then, replace(then, weighting=Weighting("none"))).rules == ("weighting",)


def test_many_changes_are_told_in_few_lines(fonts: Fonts) -> None:
    """What a report leads with comes first; the spreadsheet has the rest."""
    then = cases.make_findings()
    found = then.segment("all")
    figures = tuple(replace(one, n=one.n + 9) for one in found.figures)
    now = with_segment(then, "all", replace(found, figures=figures))
    text = flat(render(now, pdf_asked.make_instrument(), "all", "en", fonts, second(then, now)))
    said = text.partition("Edition2of3Nov2026.")[2]
    assert f"{len(figures)}figureschanged." in said
    assert f"{len(figures) - 6}furtherfiguresthatchangedstandinthespreadsheet" in said
    assert 0 < said.index("Satisfactionindex") < said.index("Complaintrate")


def test_what_it_is_compared_with_may_change_alone() -> None:
    """A correction of an earlier month changes the trend, and no figure of this one."""
    then = cases.make_findings()
    found = then.segment("all")
    told = differences(then, with_segment(then, "all", replace(found, trend=found.trend[1:])))
    (only,) = told.segments
    assert (only.past, only.figures) == (True, ())


@pytest.mark.parametrize(("more", "few"), [(0, False), (1, True), (-4, True), (5, False)])
def test_a_few_answers_would_be_told_apart(more: int, few: bool) -> None:
    """From the smallest base on, what came late is as many as may be shown."""
    then = cases.make_findings()
    assert tells_a_few_apart(then, later(then, more, name="A")) is few


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Edition 1 of 1 Nov 2026"), ("zh", "第1版，2026年11月1日")]
)
def test_a_first_edition_says_so(language: str, first: str, fonts: Fonts) -> None:
    """The last page names the edition, its findings, and what drew it."""
    data = render(
        cases.make_findings(), pdf_asked.make_instrument(), "all", language, fonts, edition=FIRST
    )
    page = pages_of(data)[-1]
    assert first in page
    for part in (FIRST.findings[:SHORT], DRAWN_BY.digest[:SHORT], "reportlab 5.1.0"):
        assert part.replace(" ", "") in flat(data)


@pytest.mark.parametrize("segment", ["all", "A"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Edition2of3Nov2026", "Againstedition1of1Nov2026", "80.4", "before")),
        ("zh", ("第2版，2026年11月3日", "与2026年11月1日第1版相比", "80.4", "此前")),
    ],
)
def test_a_later_edition_lists_what_changed(
    segment: str, language: str, said: tuple[str, ...], fonts: Fonts
) -> None:
    """Its last page says against which edition, and which figures moved from where to where."""
    then = cases.make_findings()
    now = later(then, 7, name=segment)
    edition = second(then, now)
    text = flat(render(now, pdf_asked.make_instrument(), segment, language, fonts, edition=edition))
    for part in said:
        assert part in text


def test_a_segment_that_stayed_the_same_says_so(fonts: Fonts) -> None:
    """What moved elsewhere is not listed here."""
    then = cases.make_findings()
    now = later(then, 7)
    edition = second(then, now)
    text = flat(render(now, pdf_asked.make_instrument(), "B", "en", fonts, edition=edition))
    assert "Thefindingsonthissegmentarethesame." in text
    assert "80.4" not in text.partition("Edition2of")[2]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "Edition2of3Nov2026.",
                "Datauntil31Oct2026.",
                "A·VIP:1figurechanged.",
                "completeanswers,",
            ),
        ),
        ("zh", ("第2版，2026年11月3日", "数据截至2026年10月31日。", "A·VIP：1项数据有变动。")),
    ],
)
def test_the_overview_says_where_something_changed(
    language: str, said: tuple[str, ...], fonts: Fonts
) -> None:
    """Its last page names the segments, and the hashes of the edition."""
    then = cases.make_findings()
    now = later(then, 7, name="A")
    edition = second(then, now)
    data = render_overview(now, pdf_asked.make_instrument(), language, fonts, edition)
    last = "".join(pages_of(data)[-1].split())
    for part in (*said, edition.findings[:SHORT], DRAWN_BY.digest[:SHORT], "reportlab5.1.0"):
        assert part in last
    first = flat(render_overview(then, pdf_asked.make_instrument(), language, fonts, FIRST))
    assert said[2] not in first


@pytest.mark.parametrize("segment", ["all", "A"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Edition2of3Nov2026.", "Takestheplaceofedition1of1Nov2026.", "Datauntil31Oct")),
        ("zh", ("第2版，2026年11月3日", "取代2026年11月1日第1版。", "数据截至2026年10月31日。")),
    ],
)
def test_the_wall_says_which_edition_hangs_there(
    language: str, said: tuple[str, ...], segment: str, fonts: Fonts
) -> None:
    """In one line at its foot, which fits; on a page without figures, too."""
    few = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    then = cases.make_findings(segments=few) if segment == "A" else cases.make_findings()
    edition = second(then, then)
    asked = pdf_asked.make_instrument()
    data = render_one_page(then, asked, segment, language, fonts, edition)
    text = flat(data)
    for part in (*said, edition.findings[:SHORT], f"{DRAWN_BY.digest[:SHORT]}"):
        assert part in text
    assert len(pages_of(data)) == 1
    ends = [letter for letter in letters_of(data)[0] if letter.bottom < 16]
    assert ends
    assert max(letter.right for letter in ends) <= look.RIGHT + 1
    assert "Edition" not in flat(render_one_page(then, asked, segment, "en", fonts))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_annex_lists_every_figure_that_changed(language: str) -> None:
    """Then and now, at full precision; its cover names the edition; a first has no list."""
    then = cases.make_findings()
    now = later(then, 7, name="A")
    book = opened(annex(now, pdf_asked.make_instrument(), language, second(then, now)))
    cover = [row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[1] is not None]
    for part in (2, dt.datetime(2026, 11, 3), "cd" * 32, DRAWN_BY.digest):  # noqa: DTZ001
        assert part in cover
    sheet = book.worksheets[1]
    (row,) = list(sheet.iter_rows(min_row=2, values_only=True))
    before = then.segment("A").figure("satisfaction_index")
    assert before is not None
    assert row[3:7] == (80.4, before.n + 7, before.value, before.n)
    assert row[-3:] == ("A", "satisfaction_index", None)
    first = opened(annex(then, pdf_asked.make_instrument(), language, FIRST))
    assert sheet.title not in first.sheetnames
    plain = opened(annex(then, pdf_asked.make_instrument(), language))
    assert plain.sheetnames == first.sheetnames


def test_the_response_rate_of_a_hidden_segment_stays_untold() -> None:
    """It would tell how many answered."""
    then = cases.make_findings()
    found = then.segment("A")
    for one, other in ((Standing.HIDDEN, Standing.NORMAL), (Standing.NORMAL, Standing.HIDDEN)):
        told = differences(
            with_segment(then, "A", replace(found, standing=one)),
            with_segment(then, "A", replace(found, standing=other)),
        )
        (only,) = told.segments
        rates = [moved for moved in only.figures if moved.key == found.response_rate.key]
        assert [figure.then is None or figure.now is None for figure in rates] == [True]


def test_what_draws_has_a_fingerprint(fonts: Fonts) -> None:
    """It names the libraries, our own release and every face; each change makes another one."""
    found = fingerprint(fonts)
    names = [name for name, _version in found.parts]
    assert {"tellback", "reportlab", "matplotlib", "numpy", "fonttools", "latin-400"} <= set(names)
    assert len({found.digest, *(Fingerprint(found.parts[:i]).digest for i in range(5))}) == 6


DRAW = """\
import hashlib, sys
from pathlib import Path
from reports.fonts import Fonts
from tests.reports import test_editions as own
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
fonts = Fonts.prepare(Path(sys.argv[1]))
then = cases.make_findings()
now = own.later(then, 7)
asked, edition = pdf_asked.make_instrument(), own.second(then, now)
for language in ("en", "zh"):
    for data in (
        own.render(now, asked, "all", language, fonts, edition=edition),
        own.render_overview(now, asked, language, fonts, edition),
        own.render_one_page(now, asked, "all", language, fonts, edition),
        own.annex(now, asked, language, edition),
    ):
        print(hashlib.sha256(data).hexdigest())
print(own.fingerprint(fonts).digest)
"""


def test_the_same_edition_is_the_same_file_anywhere(fonts: Fonts, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale and folder change no byte."""
    places = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "zh_CN.UTF-8"},
    ]
    said = []
    for number, place in enumerate(places):
        folder = tmp_path / f"place {number}"
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", DRAW, str(fonts.cache)],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **place},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert said[0] == said[1]
    assert len(set(said[0].split())) == 9
