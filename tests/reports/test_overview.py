"""The overview of all segments, and the page for the wall: what they say, and of what size."""

from __future__ import annotations

import dataclasses

import pytest

from reports.context import Context, Tone
from reports.figures.forest import Row, forest, span
from reports.findings import ALL, Findings, Interval, Unit
from reports.fonts import Fonts
from reports.pdf import render_one_page, render_overview
from reports.pdf.across import keys_of, needing
from reports.texts import Words
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made
from tests.reports.pdf_reading import flat, letters_of, pages_of

READABLE = 8.0
"""Height of a capital in points that can be read from two metres."""


def context(fonts: Fonts, found: Findings, language: str = "en") -> Context:
    """The context of the whole."""
    whole, words = found.segment(ALL), Words(language)
    return Context(found, pdf_asked.make_instrument(), whole, words, fonts.lettering(language))


def test_the_segment_that_needs_attention_first_is_that_of_the_first_bad_signal(
    fonts: Fonts,
) -> None:
    """No taste of ours: the order is that of the signals of the whole."""
    found = cases.make_findings()
    here = context(fonts, found)
    bad = [s for s in found.segments[0].signals if s.segment != ALL and not s.good]
    assert needing(here)[0] is bad[0]
    assert len({s.segment for s in needing(here)}) == len(needing(here))
    first = found.segment(bad[0].segment).label
    said = flat(render_overview(found, pdf_asked.make_instrument(), "en", fonts))
    assert "".join(f"{first} needs attention first".split()) in said


def test_without_bad_signals_no_segment_stands_out(fonts: Fonts) -> None:
    """Nothing is made up where nothing was found."""
    found = cases.make_findings()
    calm = tuple(dataclasses.replace(s, signals=()) for s in found.segments)
    data = render_overview(
        dataclasses.replace(found, segments=calm), pdf_asked.make_instrument(), "en", fonts
    )
    assert "No segment stands out for the worse" in pages_of(data)[0].replace("\r\n", " ")


@pytest.mark.parametrize("number", [2, 60])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_segment_is_in_the_overview(number: int, language: str, fonts: Fonts) -> None:
    """Two or sixty: charts and tables flow, none is left out of any of them."""
    segments = {f"s{i:02}": (f"Industry {i:02}", 40 + i) for i in range(number)}
    found = cases.make_findings(segments=segments, waves=2)
    said = flat(render_overview(found, pdf_asked.make_instrument(), language, fonts))
    for i in range(number):
        assert said.count(f"Industry{i:02}") >= 4  # standing, change, differences, answers


def test_a_hidden_segment_has_no_figure_in_the_overview(fonts: Fonts) -> None:
    """Its row is there, with dashes; the number of its answers is not."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    found = cases.make_findings(segments=segments)
    said = " ".join(pages_of(render_overview(found, pdf_asked.make_instrument(), "en", fonts)))
    rows = [line for line in said.splitlines() if line.strip().startswith("A · VIP")]
    assert rows
    assert not any(any(c.isdigit() for c in row.replace("10", "")) for row in rows)


def test_the_panels_show_what_was_asked(fonts: Fonts) -> None:
    """Of satisfaction, recommendation, return and complaints, those that have a value."""
    assert keys_of(context(fonts, cases.make_findings())) == [
        "satisfaction_index",
        "nps",
        "return_rate",
        "complaint_rate",
    ]
    short = pdf_states.only(cases.make_findings(), ["nps", "voiced_rate"])
    assert keys_of(context(fonts, short)) == ["nps", "voiced_rate"]


def test_an_axis_holds_every_interval() -> None:
    """No whisker is cut off; figures that are not shown take no room."""
    index = made.figure("nps", 0.2, Unit.NET, half=0.1)
    wide = dataclasses.replace(index, interval=Interval(-0.3, 0.7, "wald"))
    low, high = span([index, None, wide])
    assert low < -0.3
    assert high > 0.7


def test_a_segment_without_the_figure_gets_a_dash(fonts: Fonts) -> None:
    """Missing is said, not left blank."""
    rows = [Row("A", (None,), (Tone.UNCLEAR,))]
    drawing = forest(context(fonts, cases.make_findings()), rows, ["Index"], width=500, height=80)
    assert "–" in {text.get_text() for text in drawing.texts}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("segment", ["all", "A"])
def test_the_page_for_the_wall_is_one_page_in_large_type(
    segment: str, language: str, fonts: Fonts
) -> None:
    """All but the line at the foot can be read from two metres."""
    data = render_one_page(
        cases.make_findings(), pdf_asked.make_instrument(), segment, language, fonts
    )
    (letters,) = letters_of(data)
    body = [c for c in letters if c.bottom > 40]
    capitals = [c.top - c.bottom for c in body if c.text.isascii() and c.text.isupper()]
    assert min(capitals) > READABLE
    assert len(body) < 700


def test_the_page_for_the_wall_says_headline_figures_and_three_things(fonts: Fonts) -> None:
    """What the report says first, and nothing else."""
    data = render_one_page(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts)
    said = flat(data)
    for text in ("Satisfactionroseto76.6", "Netpromoterscore", "+38", "Thingstoknow"):
        assert text in said
    assert "Methodandlimits" not in said


def test_few_answers_are_said_on_the_wall_too(fonts: Fonts) -> None:
    """A hint stays a hint when it hangs on a wall."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 12)}
    found = cases.make_findings(segments=segments)
    said = flat(render_one_page(found, pdf_asked.make_instrument(), "A", "en", fonts))
    assert "Only12answers:indicative,readwithcare." in said


def test_a_hidden_segment_on_the_wall_says_why_and_shows_all_customers(fonts: Fonts) -> None:
    """No figure of its own, not the number of its answers; those of the whole are named so."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    found = cases.make_findings(segments=segments)
    said = flat(render_one_page(found, pdf_asked.make_instrument(), "A", "en", fonts))
    assert "Toofewanswerstoreportonthissegment" in said
    assert "Allcustomers" in said


def test_the_same_findings_give_the_same_bytes(fonts: Fonts) -> None:
    """Nothing in either document depends on when it is drawn."""
    found, instrument = cases.make_findings(), pdf_asked.make_instrument()
    for language in ("en", "zh"):
        one = render_overview(found, instrument, language, fonts)
        assert one == render_overview(found, instrument, language, fonts)
        page = render_one_page(found, instrument, "A", language, fonts)
        assert page == render_one_page(found, instrument, "A", language, fonts)


def test_an_unknown_segment_is_refused(fonts: Fonts) -> None:
    """As the report does."""
    with pytest.raises(LookupError):
        render_one_page(cases.make_findings(), pdf_asked.make_instrument(), "Z", "en", fonts)
