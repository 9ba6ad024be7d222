"""Where does importance meet experience: which attribute to act on first?

Importance–performance analysis (Martilla & James 1977), with lines through the means of the
attributes shown: lines at mid-scale would put nearly every real attribute into "keep up".
An attribute whose interval crosses the line through experience is not placed: whether it is
better or worse than average is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.direction import good_way
from reports.findings import Figure, Reason, SegmentFindings, Standing

FEWEST = 3
"""Fewer attributes make no average worth a line."""


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


def lines(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """``experience_line`` and ``importance_line`` of a segment's figures: what is average there.

    Each goes through the mean of the attributes whose mean, or weight, is shown; n is the
    fewest answers that any of them has. Nothing with fewer than three, nor where they are on
    different scales: marks of 1 to 5 and of 1 to 10 have no mean.
    """
    means = ("experience_line", _shown("attribute_mean", figures))
    weights = ("importance_line", _shown("importance_weight", figures))
    return tuple(_line(key, found) for key, found in (means, weights) if _alike(found))


def _shown(key: str, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.key == key and figure.value is not None]


def _alike(found: Sequence[Figure]) -> bool:
    """Whether there are enough, all on one scale with the same good end."""
    return len(found) >= FEWEST and len({(f.scale, f.better) for f in found}) == 1


def _line(key: str, through: Sequence[Figure]) -> Figure:
    return Figure(
        key,
        "",
        through[0].unit,
        through[0].base,
        min(figure.n for figure in through),
        sum(figure.value or 0.0 for figure in through) / len(through),
        interval_reason=Reason.NOT_AN_ESTIMATE,
        population=through[0].population,
        standing=min((figure.standing for figure in through), key=list(Standing).index),
    )


def place(found: SegmentFindings) -> Quadrants | None:
    """Place the attributes of a segment; None with fewer than three to compare.

    A point on a line belongs to the side of higher priority (important, below average).
    """
    upright, across = found.figure("experience_line"), found.figure("importance_line")
    weights = {figure.of: figure for figure in _shown("importance_weight", found.figures)}
    means = [f for f in _shown("attribute_mean", found.figures) if f.of in weights]
    if upright is None or across is None or len(means) < FEWEST:
        return None
    x, y = upright.value or 0.0, across.value or 0.0
    items = tuple(
        Placed(
            mean.of,
            weights[mean.of].value or 0.0,
            mean,
            mean.value or 0.0,
            _quadrant(weights[mean.of].value or 0.0, mean, y, x),
        )
        for mean in means
    )
    return Quadrants(items, y, x)


def _quadrant(weight: float, experience: Figure, across: float, upright: float) -> Quadrant:
    interval = experience.interval
    if interval is None or interval.low <= upright <= interval.high:
        return Quadrant.UNCLEAR
    important = weight >= across
    worse = interval.low > upright if good_way(experience) < 0 else interval.high < upright
    if worse:
        return Quadrant.ACT_FIRST if important else Quadrant.LOW_PRIORITY
    return Quadrant.KEEP_UP if important else Quadrant.POSSIBLY_TOO_MUCH
