"""Rules of a report: what they may be set to, and what is refused with a sentence."""

from __future__ import annotations

import pytest

from reports.settings import STANDARD, Definitions, Lost, SettingOutOfRange


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
        ({"customer_value": 0.0}, "above 0, or not set"),
        ({"customer_value": float("nan")}, "above 0, or not set"),
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
