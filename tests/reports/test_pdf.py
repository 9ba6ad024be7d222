"""The report as a file: complete, self-contained, the same for everybody, safe to open."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from reports.findings import Unit
from reports.fonts import Fonts
from reports.pdf import render
from reports.texts import Words
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports.pdf_reading import flat, pages_of

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def english(fonts: Fonts) -> bytes:
    """The full report on all customers in English."""
    return render(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts)


@pytest.fixture(scope="module")
def chinese(fonts: Fonts) -> bytes:
    """The full report on all customers in Chinese."""
    return render(cases.make_findings(), pdf_asked.make_instrument(), "all", "zh", fonts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_words_are_those_of_the_golden_file(
    language: str, fonts: Fonts, update_golden: bool
) -> None:
    """Every sentence and figure of the full report, as it was read and approved."""
    data = render(cases.make_findings(), pdf_asked.make_instrument(), "all", language, fonts)
    text = "\n\f\n".join(page.replace("\r\n", "\n").strip() for page in pages_of(data)) + "\n"
    golden = GOLDEN / f"report_{language}.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_headline_figure_is_the_findings_own(english: bytes) -> None:
    """The page prints what the findings hold, rounded, and nothing else."""
    text = flat(english)
    words = Words("en")
    found = cases.make_findings().segments[0]
    for key in ("satisfaction_index", "nps", "return_rate", "complaint_rate", "voiced_rate"):
        figure = found.figure(key)
        assert figure is not None
        assert words.value(figure.unit, figure.value).removesuffix("%") in text
    for gap in found.about("gap"):
        assert words.value(Unit.POINTS, gap.value, signed=True) in text


def test_every_page_says_that_the_data_are_a_sample(english: bytes, chinese: bytes) -> None:
    """Nobody can take a page of the demo for a company's figures."""
    for page in pages_of(english):
        assert "Sample data: simulated answers, no real customers." in page
    for page in pages_of(chinese):
        assert "示例数据" in page


def test_real_data_carry_no_sample_label(fonts: Fonts) -> None:
    """Real answers are not called simulated."""
    real = cases.make_findings(sample=False)
    text = flat(render(real, pdf_asked.make_instrument(), "all", "en", fonts))
    assert "Sampledata" not in text
    assert "SAMPLEDATA" not in text


def test_pages_are_numbered(english: bytes) -> None:
    """Page x of y stands on each."""
    for number, page in enumerate(pages_of(english), start=1):
        assert f"{number} / 6" in page


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_language_title_and_outline_are_set(language: str, tag: str, fonts: Fonts) -> None:
    """A screen reader knows the language, a viewer the title and the chapters."""
    data = render(cases.make_findings(), pdf_asked.make_instrument(), "A", language, fonts)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang) == tag
        assert "Hydra Pumps · A · VIP" in str(document.docinfo.Title)
        with document.open_outline() as outline:
            names = [entry.title for entry in outline.root]
    assert len(names) == 6
    if language == "en":
        assert names[0] == "Executive summary"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_fonts_are_embedded_and_nothing_is_a_picture(language: str, fonts: Fonts) -> None:
    """It looks the same everywhere: subset fonts inside, charts as vectors."""
    data = render(cases.make_findings(), pdf_asked.make_instrument(), "all", language, fonts)
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            assert "/XObject" not in page.Resources
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "+" in str(font.BaseFont)


def test_no_scripts_links_or_files(english: bytes) -> None:
    """A report is paper: nothing runs or leads elsewhere; its own figures alone go with it."""
    with pikepdf.open(io.BytesIO(english)) as document:
        names = {
            str(key)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary)
            for key in thing
        }
        assert list(document.attachments) == ["findings.json"]
    assert not names & {"/JS", "/JavaScript", "/OpenAction", "/URI", "/Launch"}


def test_size_stays_small(english: bytes, chinese: bytes) -> None:
    """A report can be mailed: 300 KB in English, 400 KB in Chinese at most."""
    assert len(english) <= 300_000
    assert len(chinese) <= 400_000


PROGRAM = """
import hashlib, sys
from pathlib import Path
from reports.fonts import Fonts
from reports.pdf import render
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases

fonts = Fonts.prepare(Path(sys.argv[1]))
for language in ("en", "zh"):
    data = render(cases.make_findings(), pdf_asked.make_instrument(), "A", language, fonts)
    print(hashlib.sha256(data).hexdigest())
"""


def test_another_process_makes_the_same_bytes(fonts: Fonts, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder and matplotlib settings change nothing."""
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 31\nlines.linewidth: 9\nlines.marker: x\naxes.facecolor: red\n"
        "path.simplify: False\ntext.parse_math: True\nfigure.dpi: 300\naxes.grid: True\n"
    )
    here = [
        hashlib.sha256(
            render(cases.make_findings(), pdf_asked.make_instrument(), "A", language, fonts)
        ).hexdigest()
        for language in ("en", "zh")
    ]
    changed = {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "de_DE.UTF-8",
        "LANGUAGE": "fr",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(fonts.cache)],
        cwd=tmp_path,
        env={**os.environ, **changed},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == here


def test_rendering_twice_gives_the_same_bytes(english: bytes, fonts: Fonts) -> None:
    """Also in one process, where fonts have been used before."""
    again = render(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts)
    assert again == english


def test_a_hidden_segment_says_why_and_shows_no_figure_of_it(fonts: Fonts) -> None:
    """Eve learns nothing of three customers, not even how many answered."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    found = cases.make_findings(segments=segments)
    (page,) = pages_of(render(found, pdf_asked.make_instrument(), "A", "en", fonts))
    assert "Too few answers to report on this segment" in page
    assert "TOO FEW ANSWERS" in page
    assert "EXECUTIVE SUMMARY" not in page
    assert "not shown" in page
    row = next(line for line in page.splitlines() if line.startswith("A · VIP"))
    assert not any(c.isdigit() for c in row)
    assert "3 complete" not in page


def test_an_indicative_base_is_marked(fonts: Fonts) -> None:
    """Five to twenty-nine answers are shown with a warning, on the page and in the table."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 12)}
    data = render(
        cases.make_findings(segments=segments), pdf_asked.make_instrument(), "A", "en", fonts
    )
    first = pages_of(data)[0]
    assert "12 (indicative)" in first
    assert "Only 12 answers: indicative" in first
    assert "A · VIP *" in first


def test_no_history_makes_no_comparison(fonts: Fonts) -> None:
    """The first wave shows levels; “rose” and “fell” have nothing to stand on."""
    data = render(cases.make_findings(waves=1), pdf_asked.make_instrument(), "all", "en", fonts)
    text = " ".join(pages_of(data))
    assert "first period: no comparison" in text
    assert "How satisfied customers are" in text
    assert " rose " not in text


def test_what_was_not_asked_leaves_no_empty_frame(fonts: Fonts) -> None:
    """Sections without questions are gone, headings and all."""
    keys = ["overall_top2", "nps", "attribute_mean", "attribute_top2"]
    found = pdf_states.only(cases.make_findings(waves=1), keys)
    text = " ".join(pages_of(render(found, pdf_asked.make_instrument(), "all", "en", fonts)))
    for absent in ("expectation", "Complaint rate", "five indicators", "ACT FIRST"):
        assert absent not in text
    assert "Method and limits" in text


def test_a_missing_figure_shows_its_reason(fonts: Fonts) -> None:
    """A dash alone would leave the reader guessing."""
    found = pdf_states.emptied(cases.make_findings())
    text = " ".join(pages_of(render(found, pdf_asked.make_instrument(), "all", "en", fonts)))
    assert "Nobody gave a valid answer in this period" in text
    assert "nan" not in text.lower().split()
    assert "None" not in text


def test_hostile_labels_are_printed_as_text(fonts: Fonts) -> None:
    """Markup stays letters, no file is read, direction marks and controls are gone."""
    segments = {"x": ("<img src='/etc/passwd'>", 40), "y": ("\u202e=cmd|' /C calc'!A0\x00", 50)}
    found = cases.make_findings(company="<b>Dave & <para", segments=segments)
    data = render(found, pdf_asked.make_instrument(), "x", "en", fonts)
    text = flat(data)
    assert "<imgsrc='/etc/passwd'>" in text
    assert "<b>Dave&<para" in text
    assert "=cmd|'/Ccalc'!A0" in text
    assert "\u202e" not in text
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "\u202e" not in str(document.docinfo.Title)


def test_rare_characters_and_missing_ones(fonts: Fonts) -> None:
    """A company called 龘 is printed; an emoji becomes a box."""
    found = cases.make_findings(company="龘 Pumps 😀")
    first = pages_of(render(found, pdf_asked.make_instrument(), "all", "zh", fonts))[0]
    assert "龘 Pumps □" in first


def test_an_unknown_segment_is_named(fonts: Fonts) -> None:
    """Asking for a segment that is not there is an error, not an empty report."""
    with pytest.raises(LookupError, match="no segment Z"):
        render(cases.make_findings(), pdf_asked.make_instrument(), "Z", "en", fonts)
