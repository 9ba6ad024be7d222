"""Which attribute to see to first, by how much importance exceeds experience?

Importance and experience are both rescaled to 0–1 over the attributes of a segment, and the
attributes put in the order of importance less experience (gap form of importance–performance
analysis). An order only: on real data the difference is above zero for nearly every attribute,
so its sign says nothing. Stated and derived importance each have their order; where they
disagree, both are true (customers do not say what moves them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from instruments.model import Better
from reports.findings import Figure, Reason, Standing, Unit
from reports.indicators.bases import Base

FEWEST = 3
"""Fewer attributes are in no order worth a figure."""

DIGITS = 12
"""Differences that agree so far are the same, and share a place."""

STATED = ("importance_weight", "importance_rating")
DERIVED = ("importance_derived",)

Found = Mapping[tuple[str, str], Figure]
Pairs = Mapping[str, tuple[Figure, Figure]]


def priorities(found: Found) -> Iterator[Figure]:
    """``priority_stated`` and ``priority_derived`` of each attribute: 1 is to be seen to first.

    Equal differences share the better place. An attribute without importance or experience has
    the reason of what is missing, and the others are put in order without it.
    """
    for key, sources in (("priority_stated", STATED), ("priority_derived", DERIVED)):
        pairs = _pairs(found, sources)
        known = {of: pair for of, pair in pairs.items() if all(f.value is not None for f in pair)}
        places = _places(known)
        for of, pair in pairs.items():
            yield _figure(key, of, pair, places, known)


def _pairs(found: Found, sources: tuple[str, ...]) -> Pairs:
    """Attribute → its importance, of the first source asked, and its experience."""
    source = next((key for key in sources if any(k == key for k, _of in found)), None)
    rated = [of for key, of in found if key == "attribute_mean"]
    return {
        of: (found[source, of], found["attribute_mean", of])
        for of in rated
        if source is not None and (source, of) in found
    }


def _places(known: Pairs) -> Mapping[str, int] | Reason:
    if len(known) < FEWEST:
        return Reason.TOO_FEW_ITEMS
    important = _rescaled({of: _height(pair[0]) for of, pair in known.items()})
    good = _rescaled({of: _height(pair[1]) for of, pair in known.items()})
    if important is None or good is None:
        return Reason.NO_VARIATION
    differences = {of: round(important[of] - good[of], DIGITS) for of in known}
    return {
        of: 1 + sum(other > own for other in differences.values())
        for of, own in differences.items()
    }


def _height(figure: Figure) -> float:
    """How high a value stands on its scale, with the good (or important) end up."""
    value = figure.value or 0.0
    if not figure.scale:
        return value
    height = (value - figure.scale[0]) / (figure.scale[1] - figure.scale[0])
    return 1 - height if figure.better is Better.LOW else height


def _rescaled(values: Mapping[str, float]) -> Mapping[str, float] | None:
    """From 0 for the lowest to 1 for the highest; None where all are alike."""
    low, high = min(values.values()), max(values.values())
    if low == high:
        return None
    return {of: (value - low) / (high - low) for of, value in values.items()}


def _figure(
    key: str,
    of: str,
    pair: tuple[Figure, Figure],
    places: Mapping[str, int] | Reason,
    known: Pairs,
) -> Figure:
    lacking = next((figure for figure in pair if figure.value is None), None)
    reason = lacking.reason if lacking else places if isinstance(places, Reason) else None
    used = pair if lacking else [figure for both in known.values() for figure in both]
    place = None if lacking or isinstance(places, Reason) else float(places[of])
    return Figure(
        key,
        of,
        Unit.COUNT,
        Base.RANKED_AND_RATED,
        0 if lacking else min(figure.n for figure in used),
        place,
        reason,
        interval_reason=reason or Reason.NOT_AN_ESTIMATE,
        population=pair[1].population,
        standing=min((figure.standing for figure in used), key=list(Standing).index),
        scale=(1.0, float(max(len(known), 1))),
    )
