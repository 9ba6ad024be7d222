"""What answers can be weighted by, and what is refused in words."""

from __future__ import annotations

import pytest

from reports.aims import CUSTOMARY, AimImpossible, Aims
from reports.settings import Settings

EAST_WEST = {"East": 400, "West": 600}


def test_nothing_said_is_no_aim() -> None:
    """A report weights by its own field alone unless told otherwise."""
    assert Settings().weighting == Aims()
    assert not Aims().fields


def test_margins_belong_to_fields_that_are_weighted_by() -> None:
    """Known customers of some fields, the roster's of the others, limits as they are customary."""
    aims = Aims(("tier", "region"), {"region": EAST_WEST}, CUSTOMARY)
    assert (aims.fields, aims.margins["region"]["West"]) == (("tier", "region"), 600)


@pytest.mark.parametrize(
    ("aims", "name"),
    [
        ({"fields": ("tier", "tier")}, "weighting.fields"),
        ({"fields": ("tier", "")}, "weighting.fields"),
        ({"fields": tuple("abcde")}, "weighting.fields"),
        ({"fields": ("tier",), "margins": {"region": EAST_WEST}}, "weighting.margins"),
        ({"fields": ("tier",), "margins": {"tier": {}}}, "weighting.margins.tier"),
        ({"fields": ("tier",), "margins": {"tier": {"A": -1, "B": 2}}}, "weighting.margins.tier"),
        (
            {"fields": ("tier", "region"), "margins": {"tier": {"A": 9}, "region": EAST_WEST}},
            "weighting.margins",
        ),
        ({"fields": ("tier",), "limits": (1.0, 3.0)}, "weighting.limits"),
        ({"fields": ("tier",), "limits": (0.3, float("inf"))}, "weighting.limits"),
    ],
)
def test_what_cannot_be_weighted_by_is_refused(aims: dict[str, object], name: str) -> None:
    """The sentence names the setting and says what it must be."""
    with pytest.raises(AimImpossible) as refused:
        Aims(**aims)  # type: ignore[arg-type]
    assert refused.value.name == name
    assert str(refused.value).endswith(f"it must be {refused.value.allowed}.")
