"""What reports look like is a company's choice, as far as they can be read and told apart."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import look
from reports.colour import DEUTERANOPIA, apart, contrast, darker, lightness, tint
from reports.design import (
    CHAPTERS,
    METHOD,
    STANDARD,
    Colours,
    Design,
    DesignImpossible,
    Logo,
    from_text,
    to_text,
)
from reports.fingerprint import fingerprint
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview
from tests.reports import pdf_asked, test_colours
from tests.reports import pdf_cases as cases
from tests.reports.pdf_checking import problems, tree
from tests.reports.pdf_reading import collisions, letters_of, pages_of

LOGO = Logo(48, 16, bytes(range(256)) * 9, "Logo of Hydra Pumps", "海德拉泵业标志")
HOUSE = Colours(accent="#7A1FA2", band="#DA7E1D", good="#5B2A86", bad="#B04A00")
ORDERS = st.permutations(CHAPTERS).flatmap(
    lambda order: st.integers(0, len(order)).map(
        lambda n: tuple(name for i, name in enumerate(order) if i < n or name == METHOD)
    )
)
"""Any choice of chapters, in any order, with the method among them."""

NAMES = {
    "summary": "Executive summary",
    "importance": "Importance, expectation and experience",
    "complaints": "Problems and complaints",
    "loyalty": "Loyalty",
    "differences": "Differences between segments",
    METHOD: "Method and data",
}
"""Chapter → its name in the outline, of those that the full report has."""

SHADES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def drawn(design: Design, fonts: Fonts, language: str = "en") -> bytes:
    """The full report in that design."""
    found, instrument = cases.make_findings(), pdf_asked.make_instrument()
    return render(found, instrument, "all", language, fonts, design=design)


def outline_of(data: bytes) -> list[str]:
    """The names of the outline."""
    with pikepdf.open(io.BytesIO(data)) as document, document.open_outline() as outline:
        return [entry.title for entry in outline.root]


@given(SHADES)
def test_the_darker_shade_that_is_named_has_the_contrast(colour: str) -> None:
    """Who follows the message is not refused again, and loses no more colour than needed."""
    shade = darker(colour, look.PAPER, 4.5)
    assert contrast(shade, look.PAPER) >= 4.5
    assert shade == colour or contrast(colour, look.PAPER) < 4.5
    assert lightness(shade) <= lightness(colour)


@given(SHADES, st.floats(0, 100))
def test_a_tint_is_as_light_as_asked(colour: str, light: float) -> None:
    """Text on a tint of the house is read as well as on the tint it stands for."""
    assert lightness(tint(colour, light)) >= min(light, 100) - 0.2


@pytest.mark.parametrize("colour", ["#0A5FA5", "#C24A14", "#7B8794", "#FFFFFF", "#000000"])
def test_colours_are_seen_as_the_other_program_says(colour: str) -> None:
    """Measured twice, written twice: here with plain numbers, in the tests with matrices."""
    other = test_colours.apart(colour, "#123456", test_colours.DEUTERANOPIA)
    assert apart(colour, "#123456", DEUTERANOPIA) == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"accent": "#FFB000"}, "accent is #FFB000: its contrast to paper is 1.8, text needs 4.5"),
        ({"band": "#FFD100"}, "band is #FFD100: its contrast to paper is 1.4, a band needs 3.0"),
        ({"good": "#C24A14"}, "bad is #C24A14: who is red-green blind sees it too much like good"),
        ({"good": "#00695C"}, "too much like the grey of what is unclear"),
        ({"good": "#1B7F3B", "bad": "#C62828"}, "who is red-green blind"),
        ({"good": "#0D47FF", "bad": "#B04A00"}, "look alike in black and white"),
    ],
)
def test_colours_that_do_not_do_are_refused(chosen: dict[str, str], told: str) -> None:
    """What cannot be read, or told apart, with the measure of it and what would do."""
    with pytest.raises(DesignImpossible, match=told) as caught:
        Colours(**chosen)
    assert caught.value.instead


def test_a_house_has_its_colours_and_their_tints() -> None:
    """Each tint is as light as the one it stands for; what is not chosen stays."""
    assert not [usual for usual in Colours().instead if usual.startswith("#")]
    for usual, own in HOUSE.instead.items():
        if usual in (look.ACCENT, look.EDGE, look.GOOD, look.BAD):
            continue
        assert lightness(own) == pytest.approx(lightness(usual), abs=1.5)
    assert HOUSE.of(look.UNCLEAR) == look.UNCLEAR
    assert HOUSE.of(look.EDGE) == "#DA7E1D"


@pytest.mark.parametrize("chapters", [(), ("summary",), ("summary", "summary", METHOD), ("x",)])
def test_no_report_goes_without_its_method(chapters: tuple[str, ...]) -> None:
    """Nor has it a chapter twice, or one that nobody knows."""
    with pytest.raises(DesignImpossible):
        Design(chapters)


@pytest.mark.parametrize("design", [STANDARD, Design((METHOD, "voices"), HOUSE, LOGO)])
def test_a_design_is_read_back_as_it_was(design: Design) -> None:
    """It is kept with its edition as text."""
    assert from_text(to_text(design)) == design


def test_a_design_of_its_own_is_part_of_the_fingerprint(fonts: Fonts) -> None:
    """The usual one is not: editions of before stay what they were."""
    usual = fingerprint(fonts)
    assert fingerprint(fonts, STANDARD) == usual
    others = [Design((METHOD,)), Design(colours=HOUSE), Design(logo=LOGO)]
    assert len({fingerprint(fonts, one).digest for one in (STANDARD, *others)}) == 4


@settings(max_examples=12, deadline=None)
@given(order=ORDERS, logo=st.booleans(), language=st.sampled_from(["en", "zh"]))
def test_any_choice_of_chapters_keeps_to_its_frames(
    order: tuple[str, ...], logo: bool, language: str, fonts: Fonts
) -> None:
    """Nothing leaves its frame or covers something else, whatever comes first or last."""
    design = Design(order, HOUSE if logo else Colours(), LOGO if logo else None)
    data = drawn(design, fonts, language)
    for number, letters in enumerate(letters_of(data), start=1):
        for letter in letters:
            assert look.LEFT - 1 <= letter.left < letter.right <= look.RIGHT + 1, (number, letter)
            assert 12 <= letter.bottom < letter.top <= look.PAGE_HEIGHT - 16, (number, letter)
        assert collisions(letters) == [], number
    assert problems(data) == []


@settings(max_examples=8, deadline=None)
@given(order=ORDERS)
def test_the_outline_names_what_was_chosen(order: tuple[str, ...], fonts: Fonts) -> None:
    """In that order; and the method is there, whatever else is not."""
    data = drawn(Design(order), fonts)
    known = [NAMES[name] for name in order if name in NAMES]
    names = [name for name in outline_of(data) if name in NAMES.values()]
    assert names == known
    assert any("Method and limits" in page for page in pages_of(data))
    assert "Customer Satisfaction Report" in pages_of(data)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_logo_is_told_to_who_does_not_see_it(language: str, fonts: Fonts) -> None:
    """It is a figure on the first page of each document, in the language of the report."""
    found, instrument = cases.make_findings(), pdf_asked.make_instrument()
    design = Design(logo=LOGO)
    documents = [
        drawn(design, fonts, language),
        render_overview(found, instrument, language, fonts, design=design),
        render_one_page(found, instrument, "A", language, fonts, design=design),
    ]
    for data in documents:
        with pikepdf.open(io.BytesIO(data)) as document:
            told = [str(n.thing.Alt) for n in tree(document).walk() if n.role == "Figure"]
            held = [len(page.Resources.get("/XObject", {})) for page in document.pages]
        assert told[0] == LOGO.shows(language)
        assert held == [1, *[0] * (len(held) - 1)]


def test_the_same_design_is_the_same_bytes(fonts: Fonts) -> None:
    """Also one that was read back; without one, a report is as it was before there were any."""
    design = Design(("voices", METHOD, "summary"), HOUSE, LOGO)
    assert drawn(design, fonts) == drawn(from_text(to_text(design)), fonts)
    found, instrument = cases.make_findings(), pdf_asked.make_instrument()
    assert drawn(STANDARD, fonts) == render(found, instrument, "all", "en", fonts)


def test_a_segment_that_is_hidden_says_so_in_any_design(fonts: Fonts) -> None:
    """Which chapters it would have had does not matter."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    found, instrument = cases.make_findings(segments=segments), pdf_asked.make_instrument()
    design = Design((METHOD,), HOUSE, LOGO)
    (page,) = pages_of(render(found, instrument, "A", "en", fonts, design=design))
    assert "Too few answers to report on this segment" in page


def test_where_nothing_of_the_choice_was_asked_the_method_stands_alone(fonts: Fonts) -> None:
    """A title and what there is to say of the answers: no page of nothing."""
    data = drawn(Design(("voices", METHOD)), fonts)
    (page,) = pages_of(data)
    assert "Method and limits" in page
    assert outline_of(data) == ["Method and data"]
