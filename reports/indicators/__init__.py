"""What do the counts say? Every figure of a tally, in the order of the figure keys.

Plain functions: an instrument and a tally in, figures out. A figure whose question the
instrument does not ask is not there; one that was asked but not answered gives its reason.
All tallies of an instrument give the same figures in the same groups. Nothing is hidden here:
that takes all segments at once (:mod:`reports.protect`). What only follows from figures that may
be shown (customers behind a rate, the order of action) is in :mod:`reports.indicators.following`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from instruments.model import Instrument
from reports.indicators.acsi import acsi
from reports.indicators.attributes import attributes
from reports.indicators.complaints import complaints
from reports.indicators.damage import damage
from reports.indicators.drivers import drivers
from reports.indicators.forms import Related
from reports.indicators.gaps import gaps
from reports.indicators.importance import importance
from reports.indicators.loyalty import loyalty
from reports.indicators.recovery import recovery
from reports.indicators.reliability import reliability
from reports.indicators.satisfaction import satisfaction
from reports.indicators.secure import secure
from reports.settings import Settings
from reports.tally import Tally

__all__ = ["FAMILIES", "Related", "indicators"]

Family = Callable[[Instrument, Tally, Settings], list[Related]]
"""Figures that answer one question."""

Families = tuple[Family, ...]
"""Some of all families, in their order."""

FAMILIES: Families = (
    satisfaction,
    acsi,
    attributes,
    importance,
    gaps,
    drivers,
    reliability,
    complaints,
    loyalty,
    recovery,
    damage,
    secure,
)
"""In an order in which a group comes after those whose figures it follows from."""


def indicators(
    instrument: Instrument, tally: Tally, rules: Settings, families: Sequence[Family] = FAMILIES
) -> tuple[Related, ...]:
    """All figures of a tally, in groups of those that could give each other away.

    ``families``: only some of them, such as for a trend; a family that hides with another must
    come after it.
    """
    return tuple(group for family in families for group in family(instrument, tally, rules))
