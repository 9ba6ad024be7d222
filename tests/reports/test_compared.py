"""What a report compares with first is the company's choice; every label says which it is."""

from __future__ import annotations

import dataclasses

import pytest

from reports.context import Context
from reports.dataset import Dataset
from reports.definition import DefinitionError, read_definition
from reports.findings import ALL, REST, Family, Findings, SignalKind
from reports.findings_json import from_json, to_json
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview
from reports.remarks import things_to_know
from reports.settings import STANDARD, SettingOutOfRange, Settings
from reports.texts import Words
from reports.wording import headline
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports.counted_cases import WAVE
from tests.reports.counted_cases import found as found_in
from tests.reports.pdf_reading import flat
from tests.reports.test_build import ASKED, BEFORE, YEAR, answers, rating

REFERENCE = "2025-11"


def findings(data: Dataset, settings: Settings) -> Findings:
    """The findings of the newest wave by these rules."""
    return found_in(data, settings=settings)


def says(data: bytes, *texts: str) -> bool:
    """Whether all of that is read in a PDF, wherever its lines break."""
    said = flat(data)
    return all("".join(text.split()) in said for text in texts)


def three_years() -> Dataset:
    """Two segments, one much more content now; in four waves."""
    groups = []
    for wave in (YEAR, REFERENCE, BEFORE):
        groups += rating(60, 60, wave, "A") + rating(60, 60, wave, "B")
    return answers([*groups, *rating(20, 100, WAVE, "A"), *rating(60, 60, WAVE, "B")])


def chosen(comparison: str) -> Findings:
    """Findings from a literal, looked at in that way."""
    return dataclasses.replace(cases.make_findings(), comparison=comparison)


def context(found: Findings, fonts: Fonts, segment: str = ALL, language: str = "en") -> Context:
    """A context as the PDF makes it."""
    asked = pdf_asked.make_instrument()
    words, lettering = Words(language), fonts.lettering(language)
    return Context(found, asked, found.segment(segment), words, lettering)


def test_a_reference_is_compared_with_in_its_own_right() -> None:
    """It joins the family; what it is besides it is not once more."""
    usual = findings(three_years(), STANDARD).segment("A")
    assert {c.family for c in usual.changes} == {
        Family.WAVE_BEFORE,
        Family.YEAR_BEFORE,
        Family.REST,
    }
    named = findings(three_years(), Settings(comparison=REFERENCE)).segment("A")
    change = named.compared(Family.REFERENCE, "satisfaction_index")
    assert change is not None
    assert change.against == REFERENCE
    assert change.significant
    assert change.family_size > max(c.family_size for c in usual.changes)
    again = findings(three_years(), Settings(comparison=BEFORE)).segment("A")
    assert {c.family for c in again.changes} == {Family.REFERENCE, Family.YEAR_BEFORE, Family.REST}
    assert again.changes[0].against == BEFORE


@pytest.mark.parametrize("comparison", ["2020-01", "2025-Q3", "2027-01", WAVE])
def test_a_reference_without_answers_is_no_comparison(comparison: str) -> None:
    """One that was never asked, is longer, comes later, or is the period itself."""
    found = findings(three_years(), Settings(comparison=comparison)).segment("A")
    assert Family.REFERENCE not in {c.family for c in found.changes}


def test_with_the_rest_the_headline_figures_are_compared_too() -> None:
    """Of each segment; the attributes are always."""
    usual = findings(three_years(), STANDARD).segment("A")
    assert usual.from_rest("satisfaction_index") is None
    found = findings(three_years(), Settings(comparison=REST))
    for segment, better in (("A", True), ("B", False)):
        for key in ("satisfaction_index", "nps", "overall_top2"):
            change = found.segment(segment).from_rest(key)
            assert change is not None
            assert change.significant
            assert change.value is not None
            assert (change.value > 0) is better
        assert found.segment(segment).from_rest("promoters") is None
    index = [found.segment(name).figure("satisfaction_index") for name in ("A", "B")]
    values = [figure.value for figure in index if figure is not None and figure.value is not None]
    change = found.segment("A").from_rest("satisfaction_index")
    assert change is not None
    assert change.value == pytest.approx(values[0] - values[1])


def test_findings_say_what_they_compare_with_first() -> None:
    """Those written before there was a choice compare with the period before."""
    found = chosen("year_before")
    assert from_json(to_json(found)) == found
    old = to_json(cases.make_findings()).replace(' "comparison": "wave_before",\n', "")
    assert from_json(old) == cases.make_findings()


def test_the_choice_must_be_compared_at_all() -> None:
    """What is not tested cannot stand in front."""
    with pytest.raises(SettingOutOfRange, match="comparison is year_before"):
        Settings(compared=("rest",), comparison="year_before")
    assert Settings(compared=("rest",)).comparison == "wave_before"
    assert Settings(compared=("rest",), comparison="2025-Q3").reference == "2025-Q3"
    with pytest.raises(DefinitionError) as caught:
        read_definition(b"definition: 1\ncomparison: year_befor\n", "c.yaml")
    assert str(caught.value) == (
        "c.yaml:2:13: comparison is year_befor (did you mean year_before?): "
        "write wave_before, year_before or rest, or a period like 2025-10"
    )
    assert read_definition(b"definition: 1\ncomparison: rest\n", "c.yaml").comparison == "rest"


def test_a_change_with_the_year_before_leads(fonts: Fonts) -> None:
    """Headline, tiles and trend show it and name it; so does the overview."""
    found, asked = chosen("year_before"), pdf_asked.make_instrument()
    report = render(found, asked, "all", "en", fonts)
    assert says(
        report,
        "Satisfaction rose to 76.6, but the complaint rate",
        ", compared with October 2025",
        "Compared with October 2025; “significant” means",
        "Satisfaction index: up 2.4 on October 2025",
    )
    assert says(render_one_page(found, asked, "all", "en", fonts), "up 2.4 on October 2025")
    overview = render_overview(found, asked, "en", fonts)
    assert says(overview, "Change since October 2025.", "What changed since October 2025")
    assert says(render(found, asked, "all", "zh", fonts), "与2025年10月相比")


def test_things_to_know_are_those_of_the_choice(fonts: Fonts) -> None:
    """A change with another period than the one chosen is not among them."""
    told = [one.text for one in things_to_know(context(chosen("year_before"), fonts), 20)]
    assert any("October 2025" in text for text in told)
    assert not any("September 2026" in text for text in told)
    usual = [one.text for one in things_to_know(context(cases.make_findings(), fonts), 20)]
    assert any("September 2026" in text for text in usual)


def test_where_there_is_nothing_to_compare_with_the_tiles_say_so(fonts: Fonts) -> None:
    """And the headline says where things stand."""
    found = chosen("2019-03")
    report = render(found, pdf_asked.make_instrument(), "all", "en", fonts)
    assert says(report, "March 2019: no comparison")
    assert not says(report, "Compared with")
    assert headline(context(found, fonts)).startswith("Satisfaction stands at 76.6")


def test_a_segment_stands_beside_the_rest(fonts: Fonts) -> None:
    """In words of a difference, not of a movement; the whole looks back all the same."""
    made = findings(three_years(), Settings(comparison=REST))
    for language, words in (
        ("en", ("is above that of all other customers", "Compared with all other customers",
                "above all other customers")),
        ("zh", ("高于其余客户", "与其余客户比较", "比其余客户高")),
    ):  # fmt: skip
        assert says(render(made, ASKED, "A", language, fonts), *words)
    assert says(render(made, ASKED, "all", "en", fonts), "Compared with September 2026")
    kinds = {signal.kind for signal in made.segment("A").signals}
    assert {SignalKind.CHANGED, SignalKind.DIFFERS} <= kinds
    told = Context(made, ASKED, made.segment("A"), Words("en"), fonts.lettering("en"))
    assert not any("2026" in one.text for one in things_to_know(told, 20))
