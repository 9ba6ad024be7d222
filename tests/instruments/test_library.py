"""Shipped questionnaires: right in both languages, and the same ids for ever."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from instruments import library
from instruments.library import UnknownInstrument
from instruments.model import Instrument, Kind, Means, Role, Text
from instruments.problems import InstrumentsError, Notes
from instruments.yaml_reader.compose import compose

MONTHLY = library.read("monthly_satisfaction")
ATTRIBUTES = [
    "quality",
    "delivery",
    "ordering",
    "price",
    "staff",
    "support",
    "complaints",
    "invoicing",
]
PAGES = [
    ("What matters to you", ["importance"]),
    ("What you expected", [f"service_expected_{a}" for a in ATTRIBUTES]),
    ("What you experienced", [f"service_experienced_{a}" for a in ATTRIBUTES]),
    ("All in all", ["overall", "problem"]),
    ("Problems", ["problem_attribute", "problem_kind", "voiced"]),
    ("Problems", ["handled", "handling", "stays"]),
    ("Looking ahead", ["recommend", "buy_again", "buy_more", "price_tolerance"]),
    ("Your purchases", ["bought_again", "named_choice", "favourability", "told"]),
    ("About you", ["customer_for", "part_in_buying", "comment"]),
]
"""Pages and question ids of version 1. Ids are never changed: answers carry them."""

CODES = {
    "service_expected_quality": (1, 2, 3, 4, 5),
    "overall": (1, 2, 3, 4, 5),
    "problem": (1, 2),
    "problem_kind": (1, 2, 3, 4, 5, 6),
    "voiced": (1, 2, 3),
    "handled": (1, 2, 3),
    "recommend": tuple(range(11)),
    "customer_for": (1, 2, 3),
    "part_in_buying": (1, 2, 3, 4),
}
"""Codes of version 1; these are never changed either."""


def every_text(instrument: Instrument) -> list[Text]:
    """Every wording of an instrument."""
    found = [instrument.title, instrument.intro, instrument.thanks]
    found += [attribute.text for attribute in instrument.attributes]
    for page in instrument.pages:
        found += [page.title, page.intro]
    for question in instrument.questions:
        found += [question.text, question.hint, *(point.text for point in question.points)]
    return [text for text in found if text is not None]


def test_pages_and_ids_stay_as_they_are() -> None:
    """A change of an id, or of what stands on which page, is a new version, and shows here."""
    assert " ".join(ATTRIBUTES) == (
        "quality delivery ordering price staff support complaints invoicing"
    )
    found = [(page.title.of("en"), list(page.questions)) for page in MONTHLY.pages]
    assert found == PAGES
    assert (MONTHLY.id, MONTHLY.version) == ("monthly_satisfaction", 1)


@pytest.mark.parametrize("question", CODES)
def test_codes_stay_as_they_are(question: str) -> None:
    """A stored code means the same for ever."""
    assert MONTHLY.question(question).codes == CODES[question]


def test_every_indicator_is_asked_for() -> None:
    """The monthly survey has a question for every role but these, which indicators can spare."""
    asked = {question.role for question in MONTHLY.questions}
    spared = {Role.CONFIRMATION, Role.IDEAL, Role.EFFORT, Role.PERSONAL, Role.QUOTE, Role.OTHER}
    assert set(Role) - asked == spared


def test_complaint_kinds_are_those_of_the_field() -> None:
    """The five kinds that always occur are offered, and one for all others."""
    labels = [
        point.text.of("en") for point in MONTHLY.question("problem_kind").points if point.text
    ]
    assert labels == [
        "Faulty product",
        "Late delivery",
        "Wrong specification",
        "Damaged packaging",
        "Poor service",
        "Something else",
    ]
    others = [point.code for point in MONTHLY.question("problem_kind").points if point.other]
    assert others == [6]


def test_only_what_reports_rest_on_must_be_answered() -> None:
    """A respondent is free to leave out all but three questions."""
    required = [question.id for question in MONTHLY.questions if question.required]
    assert required == ["overall", "problem", "recommend"]


def test_handling_is_asked_of_those_who_told_the_company() -> None:
    """Whom the company could not help is not asked how it helped."""
    told = MONTHLY.question("voiced").codes_meaning(Means.COMPANY)
    for question in ("handled", "handling", "stays"):
        condition = MONTHLY.question(question).show_if
        assert condition is not None
        assert (condition.question, condition.codes) == ("voiced", told)


@pytest.mark.parametrize("name", library.names())
def test_both_languages_are_complete_and_really_two(name: str) -> None:
    """Every text is there in English and in Chinese, and neither is a copy of the other."""
    instrument = library.read(name)
    assert instrument.languages == ("en", "zh")
    for text in every_text(instrument):
        english, chinese = text.of("en"), text.of("zh")
        assert english.isascii() or "’" in english
        assert any("\u4e00" <= mark <= "\u9fff" for mark in chinese), chinese
        assert not set(chinese) & set(",?!;"), chinese


def test_scales_are_balanced() -> None:
    """Scales with words for every point have as many good ones as bad, around a middle."""
    for question in MONTHLY.questions:
        if question.kind is Kind.SCALE and question.role is not Role.RECOMMEND:
            assert len(question.points) == 5
            assert all(point.text for point in question.points)


def test_the_stated_time_follows_from_words_and_answers() -> None:
    """Reading, answering and sending by somebody without a problem add up to what is promised."""
    shown = [q for q in MONTHLY.questions if q.show_if is None]
    texts = [page.title for page in MONTHLY.pages]
    texts += [page.intro for page in MONTHLY.pages if page.intro]
    texts += [text for q in shown for text in (q.text, q.hint) if text]
    texts += [p.text for q in shown if q.attribute is None for p in q.points if p.text]
    words = sum(len(text.of("en").split()) for text in texts)
    answers = sum(max(1, q.places) for q in shown if q.kind is not Kind.TEXT)
    pages = sum(any(q in {s.id for s in shown} for q in page.questions) for page in MONTHLY.pages)
    minutes = words / 240 + answers * 3 / 60 + pages * 3 / 60
    assert MONTHLY.minutes == 4
    assert 3.2 < minutes < 4.3


@pytest.mark.parametrize("name", library.names())
def test_shipped_files_are_named_by_their_id(name: str) -> None:
    """What is asked for by name is the instrument of that id."""
    assert library.read(name).id == name


@pytest.mark.parametrize("name", library.names())
def test_shipped_files_need_no_libyaml(name: str) -> None:
    """The stricter parser in Python reads them, too."""
    notes = Notes(name)
    text = files("instruments.library").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    compose(text, notes, plain_keys=False, loader=yaml.SafeLoader)
    assert notes.problems == ()


def test_an_unknown_name_is_told_with_those_that_ship() -> None:
    """A misspelt name is an error of the room, with the names there are."""
    with pytest.raises(UnknownInstrument, match=r"those that do: .*monthly_satisfaction") as caught:
        library.read("monthly-satisfaction")
    assert isinstance(caught.value, InstrumentsError)
    with pytest.raises(UnknownInstrument):
        library.read(str(Path("..") / "catalogue"))
