"""Secure customers, satisfaction by loyalty, layers of loyalty: one cell for each customer."""

from __future__ import annotations

from itertools import product

import pytest

from instruments.model import Instrument, Role
from reports.settings import Definitions, Settings
from tests.reports.counted_cases import YES_NO, Row, instrument, monthly, question
from tests.reports.indicators.indicator_cases import figures

ASKED = instrument(
    [
        question("overall", Role.OVERALL),
        question("buy_again", Role.BUY_AGAIN),
        question("recommend", Role.RECOMMEND, range(11)),
        question("bought_again", Role.BOUGHT_AGAIN, (1, 2), means=YES_NO),
    ]
)
SCI = ("sci_secure", "sci_favourable", "sci_vulnerable", "sci_at_risk", "sci_other")
MATRIX = ("loyalists", "mercenaries", "hostages", "defectors")
LAYERS = ("layer_loyal", "layer_wandering", "layer_latent")


def cell(row: Row, keys: tuple[str, ...], asked: Instrument = ASKED, **rules: int) -> str:
    """The one cell in which a respondent is counted."""
    settings = Settings(definitions=Definitions(**rules))  # type: ignore[arg-type]
    found = figures(asked, [row], settings)
    (own,) = (key for key in keys if found[key, ""].count)
    return own


@pytest.mark.parametrize(
    ("overall", "again", "recommend", "expected"),
    [
        (5, 5, 10, "sci_secure"),
        (5, 5, 9, "sci_favourable"),
        (4, 4, 9, "sci_favourable"),
        (2, 5, 10, "sci_at_risk"),
        (5, 1, 10, "sci_at_risk"),
        (3, 3, 8, "sci_vulnerable"),
        (3, 3, 0, "sci_vulnerable"),
        (4, 3, 8, "sci_other"),
        (5, 5, 0, "sci_other"),
    ],
)
def test_kinds_of_customers(overall: int, again: int, recommend: int, expected: str) -> None:
    """All best, all good, may leave, none good, mixed: the first that holds."""
    row = {"overall": overall, "buy_again": again, "recommend": recommend}
    assert cell(row, SCI) == expected


@pytest.mark.parametrize(
    ("overall", "again", "recommend", "expected"),
    [
        (4, 4, 9, "loyalists"),
        (5, 4, 8, "mercenaries"),
        (3, 5, 10, "hostages"),
        (3, 5, 8, "defectors"),
    ],
)
def test_satisfied_by_loyal(overall: int, again: int, recommend: int, expected: str) -> None:
    """Loyal: would buy again and recommends; each with or without being satisfied."""
    row = {"overall": overall, "buy_again": again, "recommend": recommend}
    assert cell(row, MATRIX) == expected


@pytest.mark.parametrize(
    ("overall", "bought", "expected"),
    [
        (4, 1, "layer_loyal"),
        (3, 1, "layer_wandering"),
        (5, 2, "layer_latent"),
        (1, 2, "layer_latent"),
    ],
)
def test_layers_need_behaviour(overall: int, bought: int, expected: str) -> None:
    """Satisfied and bought again, bought again only, did not buy again (yet)."""
    assert cell({"overall": overall, "bought_again": bought}, LAYERS) == expected


def test_cut_offs_are_settings() -> None:
    """A company may call its second best point secure, or ask for the best to be satisfied."""
    row: Row = {"overall": 4, "buy_again": 4, "recommend": 9, "bought_again": 1}
    assert cell(row, SCI, secure=2) == "sci_secure"
    assert cell(row, MATRIX, satisfied=1) == "hostages"
    assert cell(row, MATRIX, loyal=1) == "mercenaries"
    assert cell(row, LAYERS, satisfied=1) == "layer_wandering"
    assert cell({**row, "overall": 2}, SCI, at_risk=1) == "sci_other"


def test_every_customer_is_in_exactly_one_cell() -> None:
    """All combinations of answers, and one that is not complete: shares of one base."""
    rows: list[Row] = [
        {"overall": o, "buy_again": b, "recommend": r, "bought_again": a}
        for o, b, r, a in product(range(1, 6), range(1, 6), range(11), (1, 2))
    ]
    found = figures(ASKED, [*rows, {"overall": 5}])
    for keys in (SCI, MATRIX, LAYERS):
        assert sum(found[key, ""].count or 0 for key in keys) == len(rows)
        assert {found[key, ""].n for key in keys} == {len(rows)}


def test_the_matrix_does_without_recommending() -> None:
    """Asked without recommending, buying again alone is loyalty, and nobody is secure."""
    two = instrument([question("overall", Role.OVERALL), question("buy_again", Role.BUY_AGAIN)])
    assert cell({"overall": 4, "buy_again": 4}, MATRIX, two) == "loyalists"
    assert ("sci_secure", "") not in figures(two, [])


def test_recommending_alone_is_not_loyalty() -> None:
    """Without buying again there is no matrix; without having bought, no layers."""
    asked = instrument([question("o", Role.OVERALL), question("r", Role.RECOMMEND, range(11))])
    found = {key for key, _of in figures(asked, [])}
    assert not found & {*MATRIX, *LAYERS, *SCI}
    assert {*MATRIX, *LAYERS, *SCI} <= {key for key, _of in figures(monthly(), [])}
