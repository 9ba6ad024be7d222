"""The questionnaires of two public data sets, as documentation shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from instruments.model import Kind, Means, Role, Special
from instruments.problems import Notes
from instruments.reader import load
from instruments.yaml_reader.compose import compose

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
ACSI = load(EXAMPLES / "acsi_2015" / "instrument.yaml")
SFO = load(EXAMPLES / "sfo_2017" / "instrument.yaml")


def test_acsi_asks_the_three_questions_of_its_index_on_ten_points() -> None:
    """Satisfaction, confirmation and ideal run from 1 to 10."""
    for role in (Role.OVERALL, Role.CONFIRMATION, Role.IDEAL):
        (question,) = ACSI.with_role(role)
        assert question.codes == tuple(range(1, 11))


def test_acsi_pairs_expectation_with_experience() -> None:
    """Each of three attributes is asked about twice."""
    pairs = ["quality", "fit", "reliability"]
    assert list(ACSI.about(Role.EXPECTATION)) == list(ACSI.about(Role.EXPERIENCE)) == pairs
    assert "service_expected_fit" in ACSI
    assert "service_experienced_fit" in ACSI


def test_acsi_asks_everybody_about_complaints_and_some_about_handling() -> None:
    """The complaint question is everybody's; handling follows from it."""
    voiced, handling = ACSI.first(Role.VOICED), ACSI.first(Role.HANDLING)
    assert voiced is not None
    assert handling is not None
    assert handling.show_if is not None
    assert voiced.show_if is None
    assert handling.show_if.codes == voiced.codes_meaning(Means.COMPANY)


def test_acsi_bounds_price_tolerance_as_the_study_did() -> None:
    """Codes above 25 are special in the file and cannot come in as percentages."""
    (question,) = ACSI.with_role(Role.PRICE_TOLERANCE)
    assert (question.kind, question.minimum, question.maximum) == (Kind.NUMBER, 0, 25)


def test_sfo_rates_attributes_with_does_not_apply_apart() -> None:
    """Every rating offers “does not apply”, which is no sixth point."""
    rated = SFO.about(Role.EXPERIENCE)
    assert len(rated) == 19
    for question in rated.values():
        assert question.codes == (1, 2, 3, 4, 5)
        assert question.specials == (Special.NOT_APPLICABLE,)


def test_sfo_asks_for_overall_recommendation_and_problems() -> None:
    """The figures that are published elsewhere can be made."""
    assert SFO.question("recommend").codes == tuple(range(11))
    assert SFO.question("overall").role is Role.OVERALL
    assert SFO.question("problem").codes_meaning(Means.YES) == frozenset({1})


@pytest.mark.parametrize("name", ["acsi_2015", "sfo_2017"])
def test_examples_need_no_libyaml(name: str) -> None:
    """The stricter parser in Python reads them, too."""
    notes = Notes(name)
    text = (EXAMPLES / name / "instrument.yaml").read_text(encoding="utf-8")
    compose(text, notes, plain_keys=False, loader=yaml.SafeLoader)
    assert notes.problems == ()
