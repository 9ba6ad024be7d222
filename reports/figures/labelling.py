"""Where does a name stand, so that it covers nothing? A small deterministic search.

The free place nearest to the point wins; where nothing is free, the least crowded. The same
points always give the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

OUTSIDE = 20.0
"""How much worse it is to leave the plot area than to cover something in it."""


NEGLIGIBLE = 1e-6
"""Square points that rounding may leave of nothing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the plot area's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.top - self.bottom)

    def overlap(self, other: Box) -> float:
        """Shared area in square points; touching is not sharing.

        >>> Box(0, 0, 10, 10).overlap(Box(5, 5, 20, 20))
        25
        """
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0) * max(high, 0)


def around(spot: tuple[float, float], size: tuple[float, float]) -> Iterator[Box]:
    """Places for a label near a point, the preferred first: above, below, beside, further out."""
    (x, y), (wide, high) = spot, size
    for away in (6.0, 12.0, 20.0, 30.0, 42.0):
        for across in (0.0, 0.35, -0.35, 0.55, -0.55):
            for bottom in (y + away, y - away - high):
                left = x - wide / 2 + across * wide
                yield Box(left, bottom, left + wide, bottom + high)
        for left in (x + away + 2, x - away - 2 - wide):
            yield Box(left, y - high / 2, left + wide, y + high / 2)


def best(places: Iterable[Box], room: tuple[float, float], taken: Sequence[Box]) -> Box:
    """The first free place; where none is free, the one with the least in its way.

    ``places`` must offer at least one.
    """
    frame = Box(2, 2, room[0] - 2, room[1] - 2)
    chosen: tuple[float, Box] | None = None
    for place in places:
        padded = Box(place.left - 2, place.bottom - 2.5, place.right + 2, place.top + 1.5)
        outside = max(padded.area - padded.overlap(frame), 0.0)
        cost = OUTSIDE * outside + sum(padded.overlap(other) for other in taken)
        if chosen is None or cost < chosen[0] - NEGLIGIBLE:
            chosen = (cost, place)
        if cost < NEGLIGIBLE:
            break
    if chosen is None:
        raise ValueError("a label needs at least one place to choose from")
    return chosen[1]
