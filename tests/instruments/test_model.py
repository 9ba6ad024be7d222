"""The typed questionnaire: what later rooms ask of it."""

from __future__ import annotations

import dataclasses

import pytest

from instruments import library
from instruments.catalogue import catalogue
from instruments.model import Better, Kind, Means, Role, Text, UnknownAttribute, UnknownQuestion
from instruments.problems import InstrumentsError
from tests.instruments.instrument_files import asking, blocks, read

MONTHLY = library.read("monthly_satisfaction")


def test_an_instrument_cannot_be_changed() -> None:
    """A published version stays as it is, to the last label."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        MONTHLY.version = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        MONTHLY.title.by_language["en"] = "Other"  # type: ignore[index]


def test_questions_are_found_by_id_role_and_attribute() -> None:
    """Nobody searches the list of questions by hand."""
    assert MONTHLY.question("overall").role is Role.OVERALL
    assert MONTHLY.first(Role.CONFIRMATION) is None
    assert MONTHLY.about(Role.EXPERIENCE)["price"].id == "service_experienced_price"
    assert MONTHLY.attribute("price").text.of("zh") == "性价比"
    assert "overall" in MONTHLY
    assert "nothing" not in MONTHLY
    with pytest.raises(UnknownQuestion, match="monthly_satisfaction has no question nothing"):
        MONTHLY.question("nothing")
    with pytest.raises(UnknownAttribute, match="has no attribute colour") as caught:
        MONTHLY.attribute("colour")
    assert isinstance(caught.value, InstrumentsError)


def test_a_text_in_another_language_is_the_first_one() -> None:
    """A language that is not offered falls back to the instrument's first."""
    assert Text({"en": "Price", "zh": "价格"}).of("fr") == "Price"


def test_best_codes_follow_the_direction() -> None:
    """Top-2-box takes the good end, whichever that is."""
    high = read(asking("{id: q, type: scale, text: T, min: 1, max: 5}")).question("q")
    low = read(asking("{id: q, type: scale, text: T, min: 1, max: 5, better: low}")).question("q")
    assert (high.better, high.best_codes(2)) == (Better.HIGH, frozenset({4, 5}))
    assert low.best_codes(2) == frozenset({1, 2})


def test_columns_hold_everything_but_open_text() -> None:
    """One column a code, an option of several, or a ranked attribute."""
    columns = {column.name: column for column in MONTHLY.columns()}
    assert columns["overall"].codes == (1, 2, 3, 4, 5)
    assert columns["voiced.1"].codes == (0, 1)
    assert columns["voiced.1"].option in MONTHLY.question("voiced").codes_meaning(Means.COMPANY)
    assert columns["importance.price"].codes == (0, 1, 2, 3)
    assert columns["problem_attribute.8"].option == 8
    assert columns["told"].codes == tuple(range(101))
    assert not any(name.startswith("comment") for name in columns)


def test_options_that_are_attributes_count_from_1() -> None:
    """Code i + 1 of such a question stands for attribute i."""
    asked = "{id: p, type: multiple, text: T, role: problem_attribute, options: attributes}"
    found = read(blocks(f"{{id: b, kind: problem, title: B, questions: [{asked}]}}"))
    question = found.question("p")
    assert question.kind is Kind.MULTIPLE
    assert question.options_are_attributes
    assert [point.text for point in question.points] == [a.text for a in found.attributes]
    assert question.codes == (1, 2)


def test_english_needs_no_catalogue_and_a_missing_one_is_no_secret() -> None:
    """A language without texts is an error, not silently English."""
    assert catalogue("instruments", "en").gettext("Price") == "Price"
    with pytest.raises(FileNotFoundError):
        catalogue("instruments", "tlh")
