"""Parts of pages: which figures get a tile, which segments a row, which attributes a column."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

from instruments.model import Better
from reports import look
from reports.context import COMPANY_CAP, Context, Tone
from reports.findings import (
    Change,
    Findings,
    Note,
    Reason,
    SegmentFindings,
    Unit,
)
from reports.fonts import Fonts
from reports.pdf.blocks import Cell, Panel, Section, Table
from reports.pdf.complaints import complaints
from reports.pdf.differences import differences
from reports.pdf.loyalty import loyalty
from reports.pdf.method import Method
from reports.pdf.overview import overview
from reports.pdf.parts import bases, facts
from reports.pdf.summary import moved, summary, tile_figures, trend_section
from reports.pdf.tiles import Tiles
from reports.quadrants import Quadrant, place
from reports.texts import Words
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made
from tests.reports.pdf_reading import method_said


def context(fonts: Fonts, found: Findings, segment: str = "all", language: str = "en") -> Context:
    """A context as the PDF makes it."""
    return Context(
        found,
        pdf_asked.make_instrument(),
        found.segment(segment),
        Words(language),
        fonts.lettering(language),
    )


def asked(fonts: Fonts, keys: Iterable[str]) -> Context:
    """A context whose questionnaire gives figures of these keys only."""
    return context(fonts, pdf_states.only(cases.make_findings(), keys))


def replaced(found: Findings, whole: SegmentFindings) -> Findings:
    """The findings with another whole."""
    return dataclasses.replace(found, segments=(whole, *found.segments[1:]))


def texts(section: Section) -> list[str]:
    """The first column of a table section."""
    assert isinstance(section.body, Table)
    return [row[0][0].text for row in section.body.rows]


@pytest.mark.parametrize(
    ("keys", "tiles"),
    [
        (
            ("satisfaction_index", "nps", "return_rate", "complaint_rate", "acsi_index"),
            ["satisfaction_index", "nps", "return_rate", "complaint_rate"],
        ),
        (("acsi_index", "voiced_rate"), ["acsi_index", "voiced_rate"]),
        (
            ("satisfaction_index", "overall_mean", "nps"),
            ["satisfaction_index", "overall_mean", "nps"],
        ),
        (("gap",), []),
    ],
)
def test_tiles_take_what_was_asked(fonts: Fonts, keys: Iterable[str], tiles: list[str]) -> None:
    """Satisfaction, NPS, return, complaints; gaps are filled, nothing is shown twice."""
    found = cases.make_findings()
    whole = found.segments[0]
    more = made.figure("acsi_index", 70.0, Unit.INDEX, half=1.0)
    found = replaced(found, dataclasses.replace(whole, figures=(*whole.figures, more)))
    chosen = tile_figures(context(fonts, pdf_states.only(found, keys)))
    assert [figure.key for figure in chosen] == tiles


def test_a_figure_not_asked_gets_no_tile(fonts: Fonts) -> None:
    """“Not asked” is no figure; “too few answers” is one, with its reason."""
    found = pdf_states.only(cases.make_findings(), ["satisfaction_index"])
    whole = found.segments[0]
    absent = made.figure("nps", None, Unit.NET, reason=Reason.NOT_ASKED)
    hidden = made.figure("return_rate", None, Unit.SHARE, reason=Reason.BELOW_SMALLEST_BASE)
    whole = dataclasses.replace(whole, figures=(*whole.figures, absent, hidden))
    chosen = tile_figures(context(fonts, replaced(found, whole)))
    assert [figure.key for figure in chosen] == ["satisfaction_index", "return_rate"]


def test_tiles_without_a_past_are_lower(fonts: Fonts) -> None:
    """No room is kept for lines that are not drawn, and no note explains them."""
    first = Tiles([], context(fonts, cases.make_findings(waves=1)))
    assert (first.sparks, first.note) == (False, [])


@pytest.mark.parametrize(
    ("value", "significant", "said"),
    [
        (1.94, True, "up 1.9 on September 2026"),
        (-1.94, True, "down 1.9 on September 2026"),
        (1.94, False, "no clear change"),
    ],
)
def test_the_title_of_a_trend_follows_its_test(
    fonts: Fonts, value: float, significant: bool, said: str
) -> None:
    """The direction stands in the word, the size without a second sign."""
    found = cases.make_findings()
    change = Change("nps", "", cases.BEFORE, value, None, 0.01, 0.02, significant, 9)
    whole = dataclasses.replace(found.segments[0], changes=(change,))
    shown = context(fonts, replaced(found, whole))
    assert moved(shown, "nps", Unit.INDEX) == said
    assert moved(shown, "return_rate", Unit.SHARE) == "period by period"


def test_facts_name_answers_rate_and_days(fonts: Fonts) -> None:
    """The three facts every reader asks for first."""
    shown = dict(facts(context(fonts, cases.make_findings())))
    assert shown["Completed responses"] == "1,284"
    assert shown["Response rate"] == "31.4% of 4,083"
    assert shown["Fieldwork"] == "1 Oct 2026 – 31 Oct 2026"


def test_answers_without_days_claim_no_day(fonts: Fonts) -> None:
    """Answers stamped with the first day of their wave were not all given on that day."""
    found = cases.make_findings()
    day = dataclasses.replace(found.provenance, first_day="2026-10-01", last_day="2026-10-01")
    shown = context(fonts, dataclasses.replace(found, provenance=day))
    assert dict(facts(shown))["Fieldwork"] == "October 2026"
    assert "answers of October 2026." in method_said(Method(shown))


def test_an_unknown_population_gives_a_dash(fonts: Fonts) -> None:
    """Without a population there is no response rate, and none is invented."""
    found = cases.make_findings()
    rate = made.figure("response_rate", None, Unit.SHARE, reason=Reason.POPULATION_UNKNOWN)
    whole = dataclasses.replace(found.segments[0], population=None, response_rate=rate)
    shown = context(fonts, replaced(found, whole))
    assert dict(facts(shown))["Response rate"] == "–"
    assert "the size of the population is not known" in method_said(Method(shown))


def test_bases_are_one_number_or_a_range(fonts: Fonts) -> None:
    """Equal bases are said once."""
    shown = context(fonts, cases.make_findings())
    assert bases(shown, [40, 40]) == "n = 40."
    assert bases(shown, [1200, 40]) == "n = 40 to 1,200."


def _many(count: int) -> Findings:
    segments = {f"s{i:02}": (f"Segment {i}", 40 + i) for i in range(count)}
    return cases.make_findings(segments=segments, waves=1)


def test_the_table_of_segments_takes_the_room_there_is(fonts: Fonts) -> None:
    """All rows where they fit; else as many as fit, with a note, and the whole table later."""
    shown = context(fonts, _many(20), "s15")
    all_of_it = overview(shown, 700)
    assert (len(all_of_it.here), len(all_of_it.later)) == (1, 0)
    some = overview(shown, 200)
    assert some.here[0].height <= 200
    assert isinstance(some.here[0], Section)
    assert texts(some.here[0])[0] == "All customers"
    assert texts(some.here[0])[-1] == "Segment 15"
    assert "further segments" in "".join(line.text for line in some.here[0].note)
    assert len(some.later) == 1
    none = overview(shown, 60)
    assert none.here == ()


def test_sixty_segments_take_several_tables(fonts: Fonts) -> None:
    """No table is higher than a page; every segment stands in one of them."""
    later = overview(context(fonts, _many(60)), 0).later
    names = [name for section in later if isinstance(section, Section) for name in texts(section)]
    assert len(later) == 3
    assert names == ["All customers", *(f"Segment {i}" for i in range(60))]
    assert all(block.height < 740 for block in later)


def test_a_hidden_segment_has_dashes_only(fonts: Fonts) -> None:
    """Neither its number of answers nor its response rate is printed."""
    segments = {**cases.SEGMENTS, "A": ("A · VIP", 3)}
    (section,) = overview(context(fonts, cases.make_findings(segments=segments)), 700).here
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    row = section.body.rows[1]
    assert [cell.text for cell, _lines in row] == ["A · VIP", "–", "–", "–", "–", "–"]


def test_the_heat_table_keeps_ten_attributes_at_most(fonts: Fonts) -> None:
    """Columns narrower than their figures help nobody; the widest differences stay."""
    named = {f"a{i}": (f"Attribute {i}", f"要素{i}") for i in range(15)}
    shown = context(fonts, cases.make_findings(ids=named))
    section = differences(shown).blocks[0]
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    assert len(section.body.widths) == 2 + 10
    assert "5 attributes with smaller" in " ".join(x.text for x in section.subtitle)


def test_the_heat_table_breaks_no_word(fonts: Fonts) -> None:
    """Fewer columns where a name has a long word, but never fewer than five."""
    for word, columns in (
        ("Trust", 9),
        ("Conscientiousness", 5),
        ("Friendliness", 7),
        ("Incomprehensibility", 5),
    ):
        named = {f"a{i}": (f"{word} {i}", f"要素{i}") for i in range(9)}
        shown = context(fonts, cases.make_findings(ids=named))
        shown = dataclasses.replace(shown, instrument=pdf_asked.make_instrument(attributes=named))
        section = differences(shown).blocks[0]
        assert isinstance(section, Section)
        assert isinstance(section.body, Table)
        assert len(section.body.widths) == 2 + columns


def test_a_tile_begins_with_a_capital(fonts: Fonts) -> None:
    """Parts of the return rate are written small in a list, not where they stand alone."""
    first, _rest = summary(asked(fonts, ["would_recommend"]))
    (tiles,) = (block for block in first.blocks if isinstance(block, Tiles))
    assert [tile.name for tile in tiles.tiles] == ["Would recommend"]


@pytest.mark.parametrize(
    ("significant", "compared", "title"),
    [
        (True, True, "A · VIP differs most from the rest: Complaint handling −0.50"),
        (False, True, "No segment differs clearly from the rest"),
        (False, False, "Ratings by segment"),
    ],
)
def test_the_title_of_the_heat_table_is_tested(
    fonts: Fonts, significant: bool, compared: bool, title: str
) -> None:
    """A difference is claimed only after Holm; none is denied that was never tested."""
    found = cases.make_findings()
    parts = tuple(
        dataclasses.replace(
            part,
            changes=tuple(
                dataclasses.replace(c, significant=c.significant and significant)
                for c in part.changes
                if compared
            ),
        )
        for part in found.segments
    )
    shown = context(fonts, dataclasses.replace(found, segments=parts))
    section = differences(shown).blocks[0]
    assert isinstance(section, Section)
    assert "".join(line.text for line in section.title) == title


def test_one_segment_has_no_differences(fonts: Fonts) -> None:
    """With a single segment there is no rest to differ from."""
    found = pdf_states.only(cases.make_findings(segments={"x": ("X", 90)}), ["attribute_mean"])
    assert differences(context(fonts, found)).blocks == []


def test_cells_are_marked_by_sign_and_colour(fonts: Fonts) -> None:
    """A significant cell carries an arrow; the whole carries neither arrow nor tint."""
    section = differences(context(fonts, cases.make_findings())).blocks[0]
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    whole, vip = section.body.rows[0], section.body.rows[1]
    assert all(cell.fill is None for cell, _lines in whole)
    marked = [cell for cell, _lines in vip if "▼" in cell.text]
    assert len(marked) == 2
    assert all(cell.fill for cell in marked)


def test_parts_of_the_return_rate_stand_below_it(fonts: Fonts) -> None:
    """The union is never shown without what it is made of."""
    keys = ["return_rate", "bought_again", "would_buy_again", "would_recommend"]
    (section,) = loyalty(asked(fonts, keys)).blocks
    assert isinstance(section, Section)
    assert "".join(x.text for x in section.title) == "Indicators of loyalty and reputation"
    assert loyalty(asked(fonts, ["gap"])).blocks == []


def test_a_census_is_said_instead_of_an_interval(fonts: Fonts) -> None:
    """Where all customers answered, nothing is left to estimate."""
    found = cases.make_findings()
    whole = found.segments[0]
    index = dataclasses.replace(whole.figures[0], notes=(Note.CENSUS,))
    shown = context(fonts, found)
    assert shown.spread(index) == "all customers answered"
    assert shown.spread(whole.figures[0]).startswith("95% interval")
    hidden = dataclasses.replace(index, value=None, reason=Reason.NO_ANSWERS, interval=None)
    assert shown.spread(hidden) == "no answers"


def test_low_is_good_scales_keep_their_colours(fonts: Fonts) -> None:
    """On a scale of school marks a lower mean is blue, up, and not to act on."""
    found = cases.make_findings()

    def marks(part: SegmentFindings) -> SegmentFindings:
        figures = tuple(
            dataclasses.replace(f, better=Better.LOW) if f.key == "attribute_mean" else f
            for f in part.figures
        )
        moved = tuple(
            dataclasses.replace(c, better=Better.LOW) if c.key == "attribute_mean" else c
            for c in part.changes
        )
        return dataclasses.replace(part, figures=figures, changes=moved)

    turned = dataclasses.replace(found, segments=tuple(map(marks, found.segments)))
    before, after = (_heat_cells(context(fonts, some), "A · VIP") for some in (found, turned))
    swapped = {"▼": "▲", "▲": "▼", "": ""}
    assert [swapped[sign] for sign, _fill in before] == [sign for sign, _fill in after]
    assert {fill for _sign, fill in before} & set(look.STEPS_BAD)
    assert not {fill for _sign, fill in after} & set(look.STEPS_BAD)
    for some, first in ((found, "complaints"), (turned, "quality")):
        quadrants = place(some.segments[0])
        assert quadrants is not None
        weak = {i.attribute for i in quadrants.in_quadrant(Quadrant.ACT_FIRST)}
        assert first in weak
    assert "quality" not in {s.of for s in found.segments[0].signals if s.key != "gap"}


def _heat_cells(shown: Context, name: str) -> list[tuple[str, str | None]]:
    """Arrow and tint of each cell of a row of the heat table."""
    section = differences(shown).blocks[0]
    assert isinstance(section, Section)
    assert isinstance(section.body, Table)
    row = next(row for row in section.body.rows if row[0][0].text == name)
    return [(cell.text[-1] if cell.text[-1] in "▲▼" else "", cell.fill) for cell, _ in row[2:]]


def test_no_clear_change_is_told_with_what_would_have_been_noticed(fonts: Fonts) -> None:
    """Below the tiles, and below the title of a trend that shows no clear change."""
    shown = context(fonts, cases.make_findings())
    first, _rest = summary(shown)
    (tiles,) = (block for block in first.blocks if isinstance(block, Tiles))
    note = " ".join(line.text for line in tiles.note)
    assert (
        "So large must a change be to be noticed in four of five cases: "
        "Net promoter score 5; Return rate 1.0 pp." in note
    )
    section = trend_section(shown, "return_rate", look.WIDTH)
    said = " ".join(line.text for line in section.subtitle)
    assert "A change of 1.0 pp would have been noticed in four of five cases." in said


def test_a_complaint_chapter_opens_with_its_chart(fonts: Fonts) -> None:
    """Chart and reading where there is one; else the trend, and why there is no chart."""
    chart, panel, *_more = complaints(context(fonts, cases.make_findings())).blocks
    assert isinstance(chart, Section)
    assert "".join(line.text for line in chart.title) == "Complaint rate: above its usual range"
    assert isinstance(panel, Panel)
    young, *_more = complaints(context(fonts, cases.make_findings(waves=6))).blocks
    assert isinstance(young, Section)
    assert "".join(line.text for line in young.note).startswith("No control chart yet: ")


def test_long_cells_wrap_and_grow_their_row(fonts: Fonts) -> None:
    """A long name takes a second line; what does not fit two ends in an ellipsis."""
    lettering = fonts.lettering("en")
    short = Table(["Name"], [[Cell("Bob", align="left")]], [80], lettering)
    long = Table(["Name"], [[Cell("Carol and her company " * 9, align="left")]], [80], lettering)
    assert long.height > short.height
    assert long.rows[0][0][1][-1].text.endswith("…")


def test_names_are_cleaned_and_capped(fonts: Fonts) -> None:
    """A name of a thousand letters leaves room for segment and period."""
    shown = context(fonts, cases.make_findings(company="A\u202e" * 1000), "A")
    assert shown.company == "A" * (COMPANY_CAP - 1) + "…"
    assert shown.attribute_name("nobody asked") == "nobody asked"
    assert shown.segment_name(dataclasses.replace(shown.found, segment="", label="")) == (
        "Without a segment"
    )


def test_tones_have_colours_of_their_own() -> None:
    """Good, bad and unclear are told apart."""
    assert len({tone.colour for tone in Tone}) == 3
