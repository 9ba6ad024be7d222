"""Which way is good? More satisfaction is good news, more complaints are not.

Every figure and change says itself which end is the good one (``better``); nothing here, and
nothing that words or colours a figure, guesses it from a name.
"""

from __future__ import annotations

from instruments.model import Better
from reports.findings import Change, Figure

WAYS = {Better.HIGH: 1, Better.LOW: -1, Better.NONE: 0}


def good_way(item: Figure | Change) -> int:
    """1 where more is better, -1 where less is, 0 where neither is.

    >>> from reports.findings import Unit
    >>> good_way(Figure("nps", "", Unit.NET, "answered", 9, 0.5, better=Better.HIGH))
    1
    """
    return WAYS[item.better]


def goodness(figure: Figure) -> float:
    """The value counted so that more is better: for ordering from worst to best.

    A figure without a direction counts as it stands, one without a value as 0.

    >>> from reports.findings import Unit
    >>> goodness(Figure("ces", "", Unit.POINTS, "answered", 9, 2.5, better=Better.LOW))
    -2.5
    """
    value = figure.value or 0.0
    return -value if figure.better is Better.LOW else value
