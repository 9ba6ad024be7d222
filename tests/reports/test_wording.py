"""What may be said: every sentence follows from a test, in both languages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

import pytest

from instruments.model import Better
from reports.context import Context, Tone, tone_of, tone_of_gap
from reports.findings import REST, Change, Findings, Unit
from reports.fonts import Fonts
from reports.texts import Words
from reports.typeset import PLAIN, STRONG
from reports.wording import (
    CLAUSES,
    SUBJECTS,
    headline,
    movement,
    noticeable,
    shortfalls,
    support,
)
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made


def context(fonts: Fonts, found: Findings, segment: str = "all", language: str = "en") -> Context:
    """A context as the PDF makes it."""
    return Context(
        found,
        pdf_asked.make_instrument(),
        found.segment(segment),
        Words(language),
        fonts.lettering(language),
    )


def change(key: str, value: float | None, *, significant: bool, of: str = "") -> Change:
    """A change against the month before."""
    p = None if value is None else 0.001 if significant else 0.4
    return Change(
        key, of, cases.BEFORE, value, None, p, p, significant, 20, better=made.better(key)
    )


def changed(*changes: Change) -> Findings:
    """Findings of the whole with exactly these changes, and without control charts."""
    found = cases.make_findings()
    whole = dataclasses.replace(found.segments[0], changes=changes, charts=())
    return dataclasses.replace(found, segments=(whole, *found.segments[1:]))


def plain(text: str) -> str:
    """Text without the marks for bold."""
    return text.replace(STRONG, "").replace(PLAIN, "")


@pytest.mark.parametrize(
    ("index", "complaints", "english"),
    [
        (
            (1.9, True),
            (0.02, True),
            "Satisfaction rose to 76.6, but the complaint rate rose to 12.1%",
        ),
        ((1.9, True), (-0.02, True), "Satisfaction rose to 76.6; the complaint rate fell to 12.1%"),
        (
            (-1.9, True),
            (-0.02, True),
            "Satisfaction fell to 76.6, but the complaint rate fell to 12.1%",
        ),
        ((-1.9, True), (0.02, True), "Satisfaction fell to 76.6; the complaint rate rose to 12.1%"),
        (
            (9.9, False),
            (0.9, False),
            "No clear change: satisfaction stands at 76.6; the complaint rate stands at 12.1%",
        ),
        (
            (9.9, False),
            (0.9, True),
            "Satisfaction shows no clear change at 76.6; the complaint rate rose to 12.1%",
        ),
        (
            (None, False),
            (None, False),
            "Satisfaction stands at 76.6; the complaint rate stands at 12.1%",
        ),
    ],
)
def test_the_headline_says_what_the_tests_say(
    fonts: Fonts,
    index: tuple[float | None, bool],
    complaints: tuple[float | None, bool],
    english: str,
) -> None:
    """“Rose” and “fell” only where significant after Holm, “but” only where news is mixed."""
    found = changed(
        change("satisfaction_index", index[0], significant=index[1]),
        change("complaint_rate", complaints[0], significant=complaints[1]),
    )
    assert headline(context(fonts, found)) == english
    assert headline(context(fonts, found, language="zh"))


def test_a_large_change_by_chance_is_no_change(fonts: Fonts) -> None:
    """However large: what the test does not carry is not said."""
    found = changed(change("satisfaction_index", 20.0, significant=False))
    assert "rose" not in headline(context(fonts, found))
    assert "升" not in headline(context(fonts, found, language="zh"))


def test_headline_without_complaints_or_without_anything(fonts: Fonts) -> None:
    """Short questionnaires get short headlines; no answers give a plain sentence."""
    only = pdf_states.only(cases.make_findings(), ["satisfaction_index"])
    assert headline(context(fonts, only)) == "Satisfaction rose to 76.6"
    none = pdf_states.emptied(cases.make_findings())
    assert headline(context(fonts, none)) == "Too few answers for a headline figure"


def test_a_report_on_complaints_alone_leads_with_those_solved(fonts: Fonts) -> None:
    """Who asks complainers only has no rate of complaints; with one, the rate leads."""
    solved = pdf_states.only(cases.make_findings(), ["solved_rate"])
    said = headline(context(fonts, solved))
    assert said == "The share of problems solved stands at 62.0%"
    assert headline(context(fonts, solved, language="zh")) == "问题解决率为62.0%"
    both = pdf_states.only(cases.make_findings(), ["solved_rate", "problem_rate"])
    assert headline(context(fonts, both)).startswith("The problem rate stands at ")


def test_a_chart_speaks_before_the_change(fonts: Fonts) -> None:
    """One series, one alarm: a rate that left its limits is not said to have risen as well."""
    found = cases.make_findings()
    said = headline(context(fonts, found))
    assert (
        said
        == "Satisfaction rose to 76.6, but the complaint rate is above its usual range at 12.1%"
    )
    chinese = headline(context(fonts, found, language="zh"))
    assert chinese == "满意度升至76.6，但抱怨率为12.1%，高于通常范围"


@pytest.mark.parametrize(
    ("detectable", "significant", "said"),
    [(2.14, False, "2.1"), (2.14, True, ""), (None, False, ""), (140.0, False, "")],
)
def test_no_clear_change_says_what_would_have_been_noticed(
    fonts: Fonts, detectable: float | None, significant: bool, said: str
) -> None:
    """Only where no change was clear, and only what the figure has room for."""
    moved = change("satisfaction_index", 0.4, significant=significant)
    shown = context(fonts, changed(dataclasses.replace(moved, detectable=detectable)))
    index = shown.shown("satisfaction_index")
    assert index is not None
    assert noticeable(shown, dataclasses.replace(index, scale=(0.0, 100.0))) == said


@pytest.mark.parametrize("key", ["voiced_rate", "problem_rate"])
def test_other_rates_keep_their_names(fonts: Fonts, key: str) -> None:
    """Complaint, voiced and problem rate are never called by each other's name."""
    found = pdf_states.only(cases.make_findings(), [key])
    assert headline(context(fonts, found)).startswith(f"The {key.replace('_', ' ')} stands at ")


def test_every_clause_has_a_chinese_one() -> None:
    """All movements of all figures can be said in both languages."""
    chinese = Words("zh")
    for text in CLAUSES.values():
        assert chinese.gettext(text) != text
        assert {"{subject}", "{value}"} <= set(re.findall(r"{\w+}", chinese.gettext(text)))
    for subject in SUBJECTS.values():
        assert chinese.gettext(subject) != subject


def test_what_was_not_tested_is_not_said_to_be_unchanged(fonts: Fonts) -> None:
    """Too few answers to test: a level, for “no clear change” is what a test has to say."""
    few = dataclasses.replace(
        change("satisfaction_index", 9.0, significant=False), p_adjusted=None, detectable=None
    )
    only = pdf_states.only(changed(few), ["satisfaction_index"])
    assert headline(context(fonts, only)) == "Satisfaction stands at 76.6"


def test_movement_needs_a_comparison() -> None:
    """No change, no value or no p-value: a level, not a movement."""
    assert movement(None) == "is"
    assert movement(change("nps", None, significant=False)) == "is"
    assert movement(change("nps", 0.1, significant=False)) == "same"
    assert movement(change("nps", 0.1, significant=True)) == "rose"
    assert movement(change("nps", -0.1, significant=True)) == "fell"


def test_more_complaints_are_bad_news() -> None:
    """The tone knows which figures are better low."""
    assert tone_of(change("complaint_rate", 0.1, significant=True)) is Tone.BAD
    assert tone_of(change("complaint_rate", -0.1, significant=True)) is Tone.GOOD
    assert tone_of(change("nps", 0.1, significant=True)) is Tone.GOOD
    assert tone_of(change("nps", 0.1, significant=False)) is Tone.UNCLEAR
    assert tone_of(None) is Tone.UNCLEAR
    assert tone_of(change("passives", 0.1, significant=True)) is Tone.UNCLEAR


@pytest.mark.parametrize(
    ("value", "half", "tone"),
    [
        (-0.2, 0.1, Tone.BAD),
        (0.2, 0.1, Tone.GOOD),
        (0.1, 0.2, Tone.UNCLEAR),
        (0.9, 0.0, Tone.UNCLEAR),
    ],
)
def test_a_gap_is_clear_when_its_interval_leaves_zero_out(
    value: float, half: float, tone: Tone
) -> None:
    """No interval, or one that holds zero: neither short of expectation nor above it."""
    gap = made.figure("gap", value, Unit.POINTS, half=half)
    assert tone_of_gap(gap) is tone
    turned = {Tone.GOOD: Tone.BAD, Tone.BAD: Tone.GOOD, Tone.UNCLEAR: Tone.UNCLEAR}[tone]
    assert tone_of_gap(dataclasses.replace(gap, better=Better.LOW)) is turned


def test_support_names_where_to_act(fonts: Fonts) -> None:
    """Important and clearly below average comes first, named by importance."""
    said = plain(support(context(fonts, cases.make_findings())))
    assert said == (
        "On-time delivery, Complaint handling and Value for money are important to customers "
        "and experienced clearly below average."
    )


@pytest.mark.parametrize(
    ("keys", "starts"),
    [
        (("gap", "attribute_mean"), "Experience falls furthest short of expectation in Complaint"),
        (("attribute_mean",), "The lowest rated attribute is Complaint handling, at 3.58."),
        (("nps",), ""),
    ],
)
def test_support_makes_do_with_what_was_asked(
    fonts: Fonts, keys: Iterable[str], starts: str
) -> None:
    """Without a ranking the gaps speak, without gaps the ratings, else nothing."""
    said = plain(support(context(fonts, pdf_states.only(cases.make_findings(), keys))))
    assert said.startswith(starts)
    assert bool(said) == bool(starts)


def test_support_says_that_nothing_is_clear(fonts: Fonts) -> None:
    """With few answers every interval is wide, and that is the finding."""
    vague = cases.make_findings(segments={"x": ("X", 5)})
    said = plain(support(context(fonts, vague, "x")))
    assert said.startswith(("No attribute", "No important", "Experience falls"))


def test_shortfalls_are_clear_and_sorted(fonts: Fonts) -> None:
    """Widest first; gaps above zero or unclear ones never count as short."""
    short = shortfalls(context(fonts, cases.make_findings()))
    values = [gap.value for gap in short]
    assert values == sorted(values, key=lambda v: v or 0)
    assert short[0].of == "complaints"
    assert all(gap.interval is not None and gap.interval.high < 0 for gap in short)


def test_rest_and_past_are_never_confused() -> None:
    """A difference from the rest is not a change in time."""
    found = cases.make_findings().segment("A")
    change_, rest = (
        found.change("attribute_mean", "delivery"),
        found.from_rest("attribute_mean", "delivery"),
    )
    assert change_ is not None
    assert rest is not None
    assert (change_.against, rest.against) == (cases.BEFORE, REST)
