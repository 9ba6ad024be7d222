"""Nothing on any page leaves the frame or covers something else, whatever the findings."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
from reportlab.pdfgen.canvas import Canvas

from instruments.model import Instrument
from reports import look
from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports.pdf_reading import collisions, letters_of

Case = tuple[Findings, Instrument, str]


def _full() -> Case:
    return cases.make_findings(), pdf_asked.make_instrument(), "all"


def _segment() -> Case:
    return cases.make_findings(), pdf_asked.make_instrument(), "A"


def _first_wave() -> Case:
    return cases.make_findings(waves=1), pdf_asked.make_instrument(), "all"


def _hidden() -> Case:
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "A"


def _indicative() -> Case:
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 12)}
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "A"


def _twenty_segments() -> Case:
    segments = {
        f"s{i:02}": (f"Sales district {i} north of the river", 3 + 40 * i) for i in range(20)
    }
    return cases.make_findings(segments=segments), pdf_asked.make_instrument(), "s07"


def _sixty_segments() -> Case:
    segments = {f"s{i:02}": (f"Industry {i}", 30 + i) for i in range(60)}
    return cases.make_findings(segments=segments, waves=2), pdf_asked.make_instrument(), "s42"


def _one_segment() -> Case:
    return cases.make_findings(segments={"x": ("Everybody", 90)}), pdf_asked.make_instrument(), "x"


def _many_long_attributes() -> Case:
    named = {
        f"a{i}": (
            f"Attribute {i} with a rather long name that goes on",
            f"第{i}项名称较长的测评要素及其说明",
        )
        for i in range(15)
    }
    return cases.make_findings(ids=named), pdf_asked.make_instrument(named), "all"


def _hostile() -> Case:
    segments = {
        "x": ("<img src='/etc/passwd'>" * 8, 40),
        "y": ("=cmd|' /C calc'!A0", 50),
        "z": ("<b>unclosed & \u202egnp.exe\x00\x07 $x^2$ {n} %s", 60),
        "w": ("龘靐齉爩 😀 客户", 70),
    }
    company = '<img src="file:///etc/passwd"> <para><b> ' + "A" * 200
    return cases.make_findings(company=company, segments=segments), pdf_asked.make_instrument(), "x"


def _gaps_only() -> Case:
    keys = ["acsi_index", "voiced_rate", "attribute_mean", "gap", "expectation_mean"]
    segments = {str(i): (f"Industry {i}", 190 + i) for i in range(12)}
    found = pdf_states.only(cases.make_findings(waves=1, segments=segments), keys)
    return found, pdf_asked.make_instrument(), "3"


def _ratings_only() -> Case:
    keys = [
        "overall_top2",
        "overall_mean",
        "nps",
        "attribute_mean",
        "attribute_top2",
        "answer_share",
    ]
    return pdf_states.only(cases.make_findings(waves=1), keys), pdf_asked.make_instrument(), "all"


def _nothing_answered() -> Case:
    return pdf_states.emptied(cases.make_findings()), pdf_asked.make_instrument(), "all"


def _everybody_answered() -> Case:
    return pdf_states.census(cases.make_findings()), pdf_asked.make_instrument(), "all"


def _thirty_attributes() -> Case:
    named = {f"a{i}": (f"Attribute {i}", f"测评要素{i}") for i in range(30)}
    return cases.make_findings(ids=named), pdf_asked.make_instrument(named), "B"


def _long_labels() -> Case:
    long = "The speed, courtesy and competence of everybody you spoke to on the telephone or online"
    short = "与您通话或在线沟通的所有工作人员的响应速度、礼貌程度以及专业能力的综合评价"
    named = {f"a{i}": (f"{i} {long}", f"{i} {short}") for i in range(8)}
    segments = {f"s{i}": (f"{i} {long} in the north", 40 + 30 * i) for i in range(6)}
    found = cases.make_findings(ids=named, segments=segments, company=f"{long} Inc.")
    return found, pdf_asked.make_instrument(named), "s3"


def _unbroken() -> Case:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    named = {f"a{i}": (f"{word}{i}", f"{word}{i}") for i in range(6)}
    segments = {f"s{i}": (f"{word}{i}", 60) for i in range(3)}
    return cases.make_findings(ids=named, segments=segments), pdf_asked.make_instrument(named), "s1"


def _chinese_throughout() -> Case:
    named = {key: (chinese, chinese) for key, (_english, chinese) in pdf_asked.ATTRIBUTES.items()}
    segments = {f"s{i}": (f"华东区第{i}销售大区", 60 + 90 * i) for i in range(5)}
    found = cases.make_findings(ids=named, segments=segments, company="海德拉泵业有限公司")
    return found, pdf_asked.make_instrument(named), "s2"


CASES: Mapping[str, Callable[[], Case]] = {
    "full": _full,
    "segment": _segment,
    "first wave": _first_wave,
    "hidden": _hidden,
    "indicative": _indicative,
    "twenty segments": _twenty_segments,
    "sixty segments": _sixty_segments,
    "one segment": _one_segment,
    "fifteen long attributes": _many_long_attributes,
    "hostile": _hostile,
    "gaps only": _gaps_only,
    "ratings only": _ratings_only,
    "nothing answered": _nothing_answered,
    "census": _everybody_answered,
    "thirty attributes": _thirty_attributes,
    "long labels": _long_labels,
    "unbroken words": _unbroken,
    "chinese throughout": _chinese_throughout,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_no_letter_leaves_the_frame_or_covers_another(
    name: str, language: str, fonts: Fonts
) -> None:
    """Every state of a report is as tidy as the one that was designed by eye."""
    data = render(*CASES[name](), language, fonts)
    for number, letters in enumerate(letters_of(data), start=1):
        assert letters, f"page {number} is empty"
        for letter in letters:
            assert letter.left >= look.LEFT - 1, (number, letter)
            assert letter.right <= look.RIGHT + 1, (number, letter)
            assert 12 <= letter.bottom < letter.top <= look.PAGE_HEIGHT - 16, (number, letter)
        assert collisions(letters) == [], f"page {number}"


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("full", 6, 6),
        ("segment", 6, 6),
        ("first wave", 6, 6),
        ("indicative", 6, 6),
        ("hidden", 1, 1),
        ("gaps only", 3, 3),
        ("ratings only", 3, 2),
        ("twenty segments", 8, 7),
    ],
)
def test_a_report_is_as_long_as_its_questionnaire(
    name: str, english: int, chinese: int, fonts: Fonts
) -> None:
    """Six pages where all is asked, fewer where little is, one where nothing may be shown."""
    for language, pages in (("en", english), ("zh", chinese)):
        assert len(letters_of(render(*CASES[name](), language, fonts))) == pages


@pytest.mark.parametrize("name", ["full", "first wave", "gaps only", "ratings only"])
def test_no_page_but_the_last_is_left_half_empty(name: str, fonts: Fonts) -> None:
    """Pages reflow: charts grow and chapters close up before a page is left blank."""
    for letters in letters_of(render(*CASES[name](), "en", fonts))[:-1]:
        body = [letter.bottom for letter in letters if letter.bottom > look.PAGE_HEIGHT - 800]
        assert min(body) < look.PAGE_HEIGHT * 0.25


def test_the_check_itself_sees_text_on_text(fonts: Fonts) -> None:
    """A layout check that finds nothing must be known to find something."""
    out = io.BytesIO()
    face = fonts.regular[0].name
    canvas = Canvas(out, invariant=1, initialFontName=face)  # type: ignore[arg-type]
    canvas.setFont(face, 9)
    canvas.drawString(100, 100, "Alice")
    canvas.drawString(104, 103, "Bob")
    canvas.drawString(100, 80, "Carol")
    canvas.save()
    (letters,) = letters_of(out.getvalue())
    assert collisions(letters)
    assert not collisions([letter for letter in letters if letter.bottom < 90])
