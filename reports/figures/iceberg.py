"""How much of the trouble is in sight? Problems met, as an iceberg with its true proportions.

The areas are the shares: what the company heard of stands above the water, what others heard of
and what nobody heard of lies below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.figure import Figure as Drawing

from reports import look
from reports.context import Context
from reports.figures import plot
from reports.figures.bars import Bar
from reports.figures.plot import PlotArea

HALF = 0.5
"""Half the width of the ice at its foot, in the units of the plot area."""

ROOM = 250.0
"""Points for the words at the right."""

WORDS_APART = 27.0
SKY, WATER = look.PAPER, "#EAF2F9"


def iceberg(context: Context, layers: Sequence[Bar], *, width: float, height: float) -> Drawing:
    """Layers from the tip down, each figure holding the ones before; all with values, last not 0.

    The water line runs below the first layer.
    """
    area = PlotArea(width, height, (0, ROOM, 4, 4), (-1.0, 1.0), (1.0, 0.0))
    feet = depths([layer.figure.value or 0.0 for layer in layers])
    plot.bar(area, -1.0, feet[0], 2.0, 1.0 - feet[0], WATER)
    for i, (layer, foot) in enumerate(zip(layers, feet, strict=True)):
        _ice(area, feet[i - 1] if i else 0.0, foot, layer.colour)
    plot.line(area, (-1.0, 1.0), (feet[0], feet[0]), colour=look.GOOD, width=1.1)
    tops = [0.0, *feet[:-1]]
    places = apart([(a + b) / 2 * (height - 8) for a, b in zip(tops, feet, strict=True)], height)
    for layer, top, foot, place in zip(layers, tops, feet, places, strict=True):
        _named(area, context, layer, (top + foot) / 2, place / (height - 8))
    return area


def depths(shares: Sequence[float]) -> list[float]:
    """How deep each layer reaches, 0–1, so that areas of the triangle are as the shares.

    Each share holds those before it; one that is smaller reaches no less deep.

    >>> depths([0.04, 0.09, 0.16])
    [0.5, 0.75, 1.0]
    """
    found, deepest = [], 0.0
    for share in shares:
        deepest = max(deepest, math.sqrt(min(share / shares[-1], 1.0)))
        found.append(deepest)
    return found


def apart(places: Sequence[float], height: float) -> list[float]:
    """Places of words from the top down, moved so that none touches the next or the edge.

    >>> apart([5.0, 10.0, 90.0], 100.0)
    [13.5, 40.5, 78.5]
    """
    found: list[float] = []
    for place in places:
        least = found[-1] + WORDS_APART if found else WORDS_APART / 2
        found.append(max(place, least))
    lowest = height - 8 - WORDS_APART / 2
    for i in reversed(range(len(found))):
        found[i] = min(found[i], lowest)
        lowest = found[i] - WORDS_APART
    return found


def _ice(area: PlotArea, top: float, foot: float, colour: str) -> None:
    """A slice of the triangle, as wide as it is deep."""
    corners = [(-HALF * top, top), (HALF * top, top), (HALF * foot, foot), (-HALF * foot, foot)]
    plot.shape(area, corners, colour, edge=look.PAPER, pen=0.8)


def _named(area: PlotArea, context: Context, layer: Bar, middle: float, place: float) -> None:
    """Value and name beside the ice, its interval below, and a thin line to the layer."""
    words, figure = context.words, layer.figure
    value = words.value(figure.unit, figure.value)
    plot.line(area, (HALF * middle, 0.9, 1.0), (middle, place, place), colour=look.FAINT, width=0.6)
    plot.write(area, 1.0, place, value, size=look.LEAD, bold=True, colour=look.INK, ha="left",
               shift=(8, 4))  # fmt: skip
    used = 14 + context.lettering.width(value, look.LEAD, bold=True)
    name = plot.folded(layer.name, context.lettering, look.TEXT, ROOM - used, most=1)
    plot.write(area, 1.0, place, name, size=look.TEXT, colour=look.INK, ha="left", shift=(used, 4))
    base = words.gettext("n = {n}").format(n=words.count(figure.n))
    spread = f"{context.spread(figure)}; {base}"
    spread = plot.folded(spread, context.lettering, look.TINY, ROOM - 10, most=1)
    plot.write(area, 1.0, place, spread, size=look.TINY, ha="left", shift=(8, -8))
