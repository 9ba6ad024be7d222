"""What do the counts say? Every figure of a tally, in the order of the figure keys.

Plain functions: an instrument and a tally in, figures out. A figure whose question the
instrument does not ask is not there; one that was asked but not answered gives its reason.
Nothing is hidden here: that takes all segments at once (:mod:`reports.protect`).
"""

from __future__ import annotations

from instruments.model import Instrument
from reports.indicators.attributes import attributes
from reports.indicators.complaints import complaints
from reports.indicators.forms import Related
from reports.indicators.importance import importance
from reports.indicators.loyalty import loyalty
from reports.indicators.satisfaction import satisfaction
from reports.tally import Tally

__all__ = ["Related", "indicators"]


def indicators(instrument: Instrument, tally: Tally, confidence: float) -> tuple[Related, ...]:
    """All figures of a tally, in groups of those that could give each other away."""
    families = (satisfaction, attributes, importance, complaints, loyalty)
    return tuple(group for family in families for group in family(instrument, tally, confidence))
