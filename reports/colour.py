"""Can a colour be read on paper, and be told from another by everybody?

Contrast as the Web Content Accessibility Guidelines measure it (WCAG 2.2, 1.4.3 and 1.4.11), and
the distance of two colours as those see them who lack one kind of cones (Machado, Oliveira and
Fernandes 2009; CIE 1976 L*a*b*). Colours are written ``#rrggbb``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Triple = tuple[float, float, float]
"""Red, green and blue; or lightness and the two colour axes."""

Matrix = tuple[Triple, Triple, Triple]

DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
FULL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""What is seen of linear red, green and blue: without green cones, without red ones, with all."""

XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = tuple(math.fsum(row) for row in XYZ)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white).

    >>> round(contrast("#000000", "#FFFFFF"), 1), round(contrast("#767676", "#FFFFFF"), 2)
    (21.0, 4.54)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """L* from 0 (black) to 100 (white): what is left of a colour in black and white."""
    return _lab(colour, FULL)[0]


def apart(one: str, other: str, cones: Matrix = FULL) -> float:
    """How far two colours are apart as they are seen with these cones; 2.3 is just noticed.

    >>> red, green = "#C62828", "#2E7D32"
    >>> apart(red, green) > 100 > 40 > apart(red, green, DEUTERANOPIA)
    True
    """
    return math.dist(_lab(one, cones), _lab(other, cones))


def darker(colour: str, paper: str, wanted: float) -> str:
    """The lightest shade of a colour, itself included, of that contrast to a light ``paper``.

    >>> darker("#FFB000", "#FFFFFF", 4.5), darker("#0A5FA5", "#FFFFFF", 4.5)
    ('#9E6D00', '#0A5FA5')
    """
    parts = _parts(colour)
    for share in range(255, 0, -1):
        shade = _written([part * share / 255 for part in parts])
        if contrast(shade, paper) >= wanted:
            return shade
    return "#000000"


def tint(colour: str, light: float) -> str:
    """The colour mixed with white until it is as light as that, in L*; itself where it is lighter.

    >>> tint("#0A5FA5", lightness("#0A5FA5")), round(lightness(tint("#7A1FA2", 90)))
    ('#0A5FA5', 90)
    """
    parts = _parts(colour)
    for share in range(256):
        mixed = _written([part + (255 - part) * share / 255 for part in parts])
        if lightness(mixed) >= light - 0.2:
            return mixed
    return "#FFFFFF"


def _parts(colour: str) -> Sequence[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _written(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part):02X}" for part in parts)


def _linear(colour: str) -> Sequence[float]:
    """Linear red, green and blue, 0–1 (sRGB, IEC 61966-2-1)."""
    coded = (part / 255 for part in _parts(colour))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in coded]


def _dot(row: Triple, parts: Sequence[float]) -> float:
    return math.fsum(weight * part for weight, part in zip(row, parts, strict=True))


def _luminance(colour: str) -> float:
    return _dot(XYZ[1], _linear(colour))


def _lab(colour: str, cones: Matrix) -> Triple:
    linear = _linear(colour)
    seen = [min(max(_dot(row, linear), 0.0), 1.0) for row in cones]
    shares = [_dot(row, seen) / white for row, white in zip(XYZ, WHITE, strict=True)]
    x, y, z = (math.cbrt(s) if s > 0.008856 else 7.787 * s + 16 / 116 for s in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
