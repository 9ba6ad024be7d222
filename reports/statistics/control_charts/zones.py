"""How far from the centre is a point, in the steps that the rules of control charts speak of?

Zones are numbered from the centre: 1 up to one sigma (zone C of the literature), 2 up to two
(B), 3 up to three (A), 4 beyond; negative below the centre, 0 on it. A point on a line between
two zones counts as in the inner one.
"""

from __future__ import annotations

ON_THE_LINE = 1e-9
"""A point nearer to a line than this, in sigmas, lies on it; what is left is rounding."""

BEYOND = 4
"""The zone outside the limits."""


def zone(z: float) -> int:
    """The zone of a standardised value.

    >>> [zone(z) for z in (0.0, 1.0, -1.2, 3.0, 3.2, -8.0)]
    [0, 1, -2, 3, 4, -4]
    """
    lines = sum(abs(z) > line + ON_THE_LINE for line in (0, 1, 2, 3))
    return lines if z > 0 else -lines


def side(zone_number: int) -> int:
    """1 above the centre, -1 below, 0 on it.

    >>> side(3), side(0), side(-1)
    (1, 0, -1)
    """
    return (zone_number > 0) - (zone_number < 0)
