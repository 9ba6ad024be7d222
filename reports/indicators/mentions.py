"""Which few kinds and attributes make up most problems? The figures of a Pareto chart.

Arithmetic of the shares of customers who met each kind: put in order, as parts of all mentions,
and added up. So they agree with shares that are weighted, and hide with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from instruments.model import Better, Instrument, Role
from reports.findings import Figure, Reason, Unit


def mentions(instrument: Instrument, figures: Sequence[Figure]) -> Iterator[Figure]:
    """``problem_kind_part``, ``problem_kind_running``, the same of ``problem_attribute``.

    And of what logged cases are about, where those without a name of their own come last.
    """
    kinds = instrument.first(Role.PROBLEM_KIND)
    points = kinds.points if kinds is not None else ()
    other = next((str(point.code) for point in points if point.other), "")
    for key in ("problem_attribute", "problem_kind", "logged_attribute", "logged_kind"):
        own = [figure for figure in figures if figure.key == key]
        yield from pareto(own, other if key.endswith("kind") else "")


def pareto(found: Sequence[Figure], other: str = "") -> Iterator[Figure]:
    """Each one's part of all mentions (``…_part``), and the parts added up (``…_running``).

    ``found``: shares of one base. Largest first, ties in the order given, the option ``other``
    and those without a name last whatever their size. A customer may mention several, so the
    shares add up to more than 1; the parts add up to 1. Nothing was mentioned: no parts.
    """
    whole, running = sum(figure.value or 0.0 for figure in found), 0.0
    for figure in sorted(found, key=lambda f: (f.of in ("", other), -(f.value or 0.0))):
        running += figure.value or 0.0
        for name, share in (("part", figure.value or 0.0), ("running", running)):
            reason = figure.reason if whole else figure.reason or Reason.NO_ANSWERS
            yield replace(
                figure,
                key=f"{figure.key}_{name}",
                unit=Unit.WEIGHT,
                value=min(share / whole, 1.0) if whole else None,
                reason=reason,
                count=None,
                se=None,
                interval=None,
                interval_reason=reason or Reason.NOT_AN_ESTIMATE,
                others=(),
                better=Better.NONE,
                certain=None,
                effective_n=None,
                notes=(),
            )
