"""Where does importance meet experience: which attribute to act on first?

Importance–performance analysis (Martilla & James 1977), with lines through the means of the
attributes shown: lines at mid-scale would put nearly every real attribute into "keep up".
An attribute whose interval crosses the line through experience is not placed: whether it is
above or below average is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.findings import Figure, SegmentFindings


class Quadrant(StrEnum):
    """What an attribute's place asks for."""

    ACT_FIRST = "act_first"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLY_TOO_MUCH = "possibly_too_much"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Placed:
    """One attribute: importance weight (0–1), experience on its own scale, its quadrant."""

    attribute: str
    importance: float
    experience: Figure
    mean: float
    quadrant: Quadrant

    @property
    def clear(self) -> bool:
        """Whether the interval of experience stays on one side of the line."""
        return self.quadrant is not Quadrant.UNCLEAR


@dataclass(frozen=True, slots=True)
class Quadrants:
    """All attributes that were both ranked and rated, and the two lines through their means."""

    items: tuple[Placed, ...]
    importance_line: float
    experience_line: float

    def in_quadrant(self, quadrant: Quadrant) -> tuple[Placed, ...]:
        """The attributes placed there, most important first."""
        found = (item for item in self.items if item.quadrant is quadrant)
        return tuple(sorted(found, key=lambda item: (-item.importance, item.attribute)))


def place(found: SegmentFindings) -> Quadrants | None:
    """Place the attributes of a segment; None with fewer than three to compare.

    A point on a line belongs to the side of higher priority (important, below average).
    """
    pairs: list[tuple[Figure, Figure]] = []
    for experience in found.about("attribute_mean"):
        weight = found.figure("importance_weight", experience.of)
        if weight is not None and weight.value is not None and experience.value is not None:
            pairs.append((weight, experience))
    if len(pairs) < 3:
        return None
    importance_line = _mean([weight.value or 0.0 for weight, _ in pairs])
    experience_line = _mean([experience.value or 0.0 for _, experience in pairs])
    items = tuple(
        Placed(
            experience.of,
            weight.value or 0.0,
            experience,
            experience.value or 0.0,
            _quadrant(weight.value or 0.0, experience, importance_line, experience_line),
        )
        for weight, experience in pairs
    )
    return Quadrants(items, importance_line, experience_line)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _quadrant(weight: float, experience: Figure, across: float, upright: float) -> Quadrant:
    interval = experience.interval
    if interval is None or interval.low <= upright <= interval.high:
        return Quadrant.UNCLEAR
    important = weight >= across
    if interval.high < upright:
        return Quadrant.ACT_FIRST if important else Quadrant.LOW_PRIORITY
    return Quadrant.KEEP_UP if important else Quadrant.POSSIBLY_TOO_MUCH
