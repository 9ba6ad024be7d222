"""Things to know: signals as sentences, few, ranked, and never more than their test allows."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.context import Context, Tone
from reports.findings import (
    ALL,
    REST,
    Change,
    Family,
    Figure,
    Findings,
    Interval,
    Note,
    SegmentFindings,
    Signal,
    SignalKind,
    Sureness,
    TrendPoint,
)
from reports.fonts import Fonts
from reports.pdf.summary import moved
from reports.remarks import chosen, remark, things_to_know
from reports.texts import Words
from reports.wording import headline, support
from tests.reports import pdf_asked, pdf_states
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made

MOVING = re.compile(r"\brose\b|\bfell\b|\bup\b|\bdown\b|than before|上升|下降|升至|降至|以往")
OUTSIDE = re.compile(r"usual range at|above its usual|below its usual|通常范围|通常水平")


def context(fonts: Fonts, found: Findings, segment: str = ALL, language: str = "en") -> Context:
    """A context as the PDF makes it."""
    return Context(
        found,
        pdf_asked.make_instrument(),
        found.segment(segment),
        Words(language),
        fonts.lettering(language),
    )


def titles(fonts: Fonts, found: Findings, segment: str = ALL) -> list[str]:
    """The titles of the remarks on a segment, in English."""
    return [r.title for r in things_to_know(context(fonts, found, segment))]


def test_remarks_are_few_and_ranked(fonts: Fonts) -> None:
    """The most pressing signal of each kind, tested before estimated; four at most."""
    assert titles(fonts, cases.make_findings()) == [
        "A · VIP: Complaint handling is rated worse than by others",
        "Technical support is rated better than before",
        "Complaint handling falls short of expectation",
        "Problems cost about 127 customers",
    ]


def test_what_the_headline_says_is_not_said_again(fonts: Fonts) -> None:
    """Satisfaction and the leading rate have their sentence at the top of the page."""
    found = cases.make_findings()
    segments = tuple(
        dataclasses.replace(
            s, changes=tuple(c for c in s.changes if c.family is Family.WAVE_BEFORE)
        )
        for s in found.segments
    )
    found = dataclasses.replace(found, segments=segments)
    found = pdf_states.only(found, ["satisfaction_index", "complaint_rate", "nps"])
    assert titles(fonts, found) == []


def test_the_year_before_is_said_besides_the_headline(fonts: Fonts) -> None:
    """The headline compares with the month before; a change on the year is not lost for it."""
    found = cases.make_findings()
    whole = found.segments[0]
    assert whole.year_change("satisfaction_index") is not None
    said = things_to_know(context(fonts, pdf_states.only(found, ["satisfaction_index"])))
    assert [remark.title for remark in said] == ["Satisfaction index rose to 76.6"]
    assert said[0].text == "+2.4 against October 2025, now 76.6: a significant change."


def test_a_rating_by_all_customers_has_no_interval(fonts: Fonts) -> None:
    """Nothing is left to estimate where everybody answered; that is said instead."""
    found = pdf_states.only(cases.make_findings(), ["attribute_mean"])
    whole = found.segments[0]
    counted = tuple(
        dataclasses.replace(
            figure,
            interval=Interval(figure.value or 0.0, figure.value or 0.0, "census"),
            notes=(Note.CENSUS,),
        )
        for figure in whole.figures
    )
    whole = dataclasses.replace(whole, figures=counted, changes=(), signals=())
    found = dataclasses.replace(found, segments=(whole,))
    texts = [remark.text for remark in things_to_know(context(fonts, found))]
    assert texts == ["Mean 4.55; all customers answered.", "Mean 3.58; all customers answered."]


def test_remarks_on_a_segment_speak_of_that_segment(fonts: Fonts) -> None:
    """The report of a segment compares it with the rest, not other segments with each other."""
    remarks = things_to_know(context(fonts, cases.make_findings(), "B"))
    (difference,) = [r for r in remarks if "all other customers" in r.text]
    assert difference.title.startswith("B · Major: ")


def test_differences_by_chance_are_no_remark(fonts: Fonts) -> None:
    """A difference that Holm does not carry is left out, however wide."""
    found = cases.make_findings()
    dull = tuple(
        dataclasses.replace(
            s, changes=tuple(dataclasses.replace(c, significant=False) for c in s.changes)
        )
        for s in found.segments
    )
    remarks = things_to_know(
        context(fonts, cases.signalled(dataclasses.replace(found, segments=dull)))
    )
    assert not any("is rated" in r.title or "significant" in r.text for r in remarks)


def test_room_that_is_left_goes_to_descriptions(fonts: Fonts) -> None:
    """Without signals: the most frequent problem, then the ends of the ratings."""
    keys = ["attribute_mean", "experience_line", "problem_kind"]
    assert titles(fonts, pdf_states.only(cases.make_findings(waves=1), keys)) == [
        "Most frequent problem: Late delivery",
        "Staff courtesy is rated highest",
        "Complaint handling is rated lowest",
    ]


def test_highest_and_lowest_are_coloured_by_their_interval(fonts: Fonts) -> None:
    """A best attribute that is not clearly above the mean of all is grey, not blue."""
    keys = ["attribute_mean", "experience_line"]
    sure = pdf_states.only(cases.make_findings(waves=1), keys)
    tones = {r.title: r.tone for r in things_to_know(context(fonts, sure))}
    assert tones["Staff courtesy is rated highest"] is Tone.GOOD
    assert tones["Complaint handling is rated lowest"] is Tone.BAD
    vague = pdf_states.only(cases.make_findings(waves=1, segments={"x": ("X", 5)}), keys)
    tones = {r.title: r.tone for r in things_to_know(context(fonts, vague, "x"))}
    assert set(tones.values()) == {Tone.UNCLEAR}


def test_hostile_names_cannot_bend_a_sentence(fonts: Fonts) -> None:
    """Braces, percent signs and bold marks in a label are letters."""
    hostile = cases.make_findings(segments={"x": ("{name} %s \ue000x", 90), "y": ("Y", 200)})
    assert any(title.startswith("{name} %s x: ") for title in titles(fonts, hostile))


def test_one_of_each_kind_before_a_second_of_any() -> None:
    """A page tells of different things; a subject comes once."""

    def signal(kind: SignalKind, of: str) -> Signal:
        return Signal(kind, ALL, "k", of, False, Sureness.TESTED, 1.0, None, 9)

    ranked = [
        signal(SignalKind.HURTS, "a"),
        signal(SignalKind.HURTS, "b"),
        signal(SignalKind.CHANGED, "a"),
        signal(SignalKind.DIFFERS, "c"),
    ]
    assert [(s.kind, s.of) for s in chosen(ranked)] == [
        (SignalKind.HURTS, "a"),
        (SignalKind.DIFFERS, "c"),
        (SignalKind.HURTS, "b"),
    ]


@pytest.mark.parametrize(
    ("customers", "cost", "title", "ending"),
    [
        (126.6, 50_640.4, "Problems cost about 127 customers", "Worth 50,640 a year."),
        (126.6, None, "Problems cost about 127 customers", "2.2 – 4.0%."),
        (1.2, None, "Problems cost about 1 customer", "4.0%."),
        (0.3, None, "Problems cost customers", "4.0%."),
        (None, None, "Problems cost customers", "4.0%."),
    ],
)
def test_customers_and_money_are_told_where_they_are_known(
    fonts: Fonts, customers: float | None, cost: float | None, title: str, ending: str
) -> None:
    """Less than half a customer is none to speak of; no value, no money."""
    found = cases.make_findings()
    figure = found.segments[0].figure("lost_to_problems")
    assert figure is not None
    signal = Signal(
        SignalKind.AT_RISK, ALL, figure.key, "", False, Sureness.ESTIMATED,
        figure.value, figure.interval, figure.n, customers=customers, cost=cost,
    )  # fmt: skip
    said = remark(context(fonts, found), signal)
    assert said.title == title
    assert said.text.endswith(ending)
    assert said.tone is Tone.BAD


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_signal_can_be_said(fonts: Fonts, language: str) -> None:
    """All kinds, good and bad, of every segment, in both languages, with nothing left open."""
    found = cases.make_findings()
    seen = set()
    for segment in found.segments:
        for signal in segment.signals:
            said = remark(context(fonts, found, segment.segment, language), signal)
            seen.add(signal.kind)
            assert said.title
            assert said.text
            assert "{" not in said.title + said.text
            assert "None" not in said.title + said.text
            if language == "zh":
                assert not re.search(r"\b(rated|worse|customers|interval|usual)\b", said.text)
    assert seen == set(SignalKind)


CHANGES = st.tuples(
    st.sampled_from(["satisfaction_index", "nps", "return_rate", "complaint_rate"]),
    st.just(""),
) | st.tuples(st.just("attribute_mean"), st.sampled_from(sorted(pdf_asked.ATTRIBUTES)))


@st.composite
def random_changes(draw: st.DrawFn) -> tuple[Change, ...]:
    """Changes of any size, significant or not, against everything there is."""
    found = []
    pairs = st.tuples(CHANGES, st.sampled_from(list(Family)))
    for (key, of), family in sorted(draw(st.sets(pairs, max_size=12)), key=str):
        against = {
            Family.WAVE_BEFORE: cases.BEFORE,
            Family.YEAR_BEFORE: cases.YEAR_AGO,
            Family.REST: REST,
            Family.REFERENCE: "2025-04",
        }[family]
        value = draw(st.floats(-3, 3))
        p = draw(st.floats(0, 1))
        found.append(
            Change(
                key, of, against, value, Interval(value - 1, value + 1, "welch"), p, p, p < 0.05,
                12, family=family, better=made.better(key),
            )
        )  # fmt: skip
    return tuple(found)


def rates(values: list[float | None]) -> tuple[TrendPoint, ...]:
    """A trend of the complaint rate, months without a value hidden."""
    waves = cases.months(len(values))
    return tuple(
        TrendPoint(wave, made.share("complaint_rate", value, 400))
        if value is not None
        else TrendPoint(wave, dataclasses.replace(made.share("complaint_rate", 0.1, 400), n=0,
                                                  value=None, count=None, interval=None))
        for wave, value in zip(waves, values, strict=True)
    )  # fmt: skip


def rewritten(
    found: Findings, changes: tuple[Change, ...], trend: tuple[TrendPoint, ...]
) -> Findings:
    """The findings with these changes, and this trend of the complaint rate, in every segment."""

    def segment(part: SegmentFindings) -> SegmentFindings:
        now = trend[-1].figure
        figures: list[Figure] = [now if f.key == now.key else f for f in part.figures]
        return dataclasses.replace(
            part,
            figures=tuple(figures),
            changes=changes,
            trend=trend,
            charts=cases.judged(trend),
        )

    return cases.signalled(dataclasses.replace(found, segments=tuple(map(segment, found.segments))))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    random_changes(),
    st.lists(st.none() | st.floats(0.02, 0.3), min_size=0, max_size=23),
    st.floats(0.02, 0.3),
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_sentence_claims_more_than_its_test(
    fonts: Fonts,
    language: str,
    changes: tuple[Change, ...],
    past: list[float | None],
    now: float,
) -> None:
    """“Rose”, “fell”, “than before” only of significant changes, “usual range” only of charts."""
    found = rewritten(cases.make_findings(), changes, rates([*past, now]))
    shown = context(fonts, found, "A", language)
    texts = [headline(shown), support(shown)]
    texts += [f"{r.title} {r.text}" for r in things_to_know(shown)]
    for key in ("satisfaction_index", "complaint_rate"):
        figure = found.segments[1].figure(key)
        assert figure is not None
        texts.append(moved(shown, key, figure.unit))
    significant = [c for c in changes if c.significant and c.family is not Family.REST]
    if not significant:
        assert not any(MOVING.search(text) for text in texts), texts
    if not any(s.kind is SignalKind.OUT_OF_CONTROL for s in shown.found.signals):
        assert not any(OUTSIDE.search(text) for text in texts), texts
    if not any(c.significant for c in changes):
        assert not any("significant" in text or "显著" in text for text in texts), texts
