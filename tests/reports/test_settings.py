"""Rules of a report: what they may be set to, and what is refused with a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from reports.charts import LOGGED, RATES
from reports.settings import (
    CHARTED,
    STANDARD,
    Definitions,
    Lost,
    Range,
    SettingOutOfRange,
    Settings,
)

MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"speaks_well": 0}, "speaks_well is 0; it must be from 1 to 5"),
        ({"satisfied": 6}, "satisfied is 6; it must be from 1 to 5"),
        ({"secure": 3}, "secure is 3; it must be no more than favourable, 2"),
        ({"return_parts": ("would_recommend",)}, "with one of the first two"),
        ({"return_parts": ("bought_again", "nps")}, "must be of bought_again, would_buy_again"),
        ({"return_parts": ()}, "return_parts"),
        ({"ceiling": 0.5}, "ceiling is 0.5"),
        ({"least_explained": 1.0}, "from 0 to below 1"),
        ({"customer_value": 0.0}, "it must be above 0"),
        ({"silent_per_voiced": -1.0}, "it must be 0 or more"),
        ({"customer_value": float("nan")}, "it must be above 0"),
    ],
)
def test_a_definition_that_means_nothing_is_refused(
    setting: dict[str, object], sentence: str
) -> None:
    """When it is set, not when it is used."""
    with pytest.raises(SettingOutOfRange, match=sentence):
        Definitions(**setting)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_shares_lost_are_shares(share: float) -> None:
    """The sentence names the end of a problem."""
    with pytest.raises(SettingOutOfRange, match=r"lost\.content is .*; it must be from 0 to 1"):
        Lost(0.3, share, 0.3, 0.7)


def test_what_holds_unless_something_is_said() -> None:
    """The definitions that ship are those of the field."""
    standard = STANDARD.definitions
    assert (standard.speaks_well, standard.wants_more, standard.comes_back) == (2, 2, 2)
    assert standard.complaint_to_others
    assert (standard.customer_value, standard.lost) == (None, None)


@pytest.mark.parametrize(
    ("baselines", "sentence"),
    [
        ({"nps": MONTHS}, "baselines is nps; it must be of complaint_rate, voiced_rate"),
        ({"voiced_rate": MONTHS[:11]}, r"baselines\.voiced_rate is 11 waves; .* at least 12"),
        ({"voiced_rate": (*MONTHS, MONTHS[0])}, "13 waves; .* each named once"),
    ],
)
def test_a_baseline_is_of_a_charted_rate_and_of_twelve_waves(
    baselines: dict[str, tuple[str, ...]], sentence: str
) -> None:
    """Fewer would give limits that chance moves."""
    with pytest.raises(SettingOutOfRange, match=sentence):
        Settings(baselines=baselines)


@pytest.mark.parametrize(
    ("allowed", "inside", "outside", "said"),
    [
        (Range(3, 20), (3, 20), (2, 21, math.nan), "from 3 to 20"),
        (Range(0.5, 1, below=True), (0.5, 0.99), (0.49, 1.0), "from 0.5 to below 1"),
        (Range(0, 0.5, above=True), (0.5,), (0.0,), "above 0 and at most 0.5"),
        (Range(0, 0.5, above=True, below=True), (0.1,), (0.0, 0.5), "above 0 and below 0.5"),
        (Range(0, above=True), (1e300,), (0.0, math.inf), "above 0"),
        (Range(1), (1,), (0, math.inf), "1 or more"),
    ],
)
def test_a_range_says_what_it_holds(
    allowed: Range, inside: Sequence[float], outside: Sequence[float], said: str
) -> None:
    """Its ends belong to it unless it says otherwise; what is not finite never does."""
    assert all(value in allowed for value in inside)
    assert not any(value in allowed for value in outside)
    assert str(allowed) == said


def test_charts_and_settings_speak_of_the_same_rates() -> None:
    """A baseline can be set for every rate that is charted."""
    assert (*RATES, LOGGED) == CHARTED
