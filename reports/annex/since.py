"""Every figure that says something else than in the edition before, then and now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.annex.cells import Cell, measured, number
from reports.annex.figures import NAMED, is_gap, named
from reports.annex.rows import IDS, Part
from reports.editions import Differing, Edition
from reports.findings import Figure
from reports.texts import N_

SINCE = (
    *NAMED,
    N_("Value"),
    N_("n"),
    N_("Value before"),
    N_("n before"),
    N_("Why there is no value"),
    N_("Why there was none"),
    *IDS,
)


def since(parts: Sequence[Part], edition: Edition | None) -> Iterator[list[Cell]]:
    """A row a figure that changed; none for a first edition.

    A segment that is gone goes by its id.
    """
    if edition is None or edition.earlier is None:
        return
    known = {part.subject.found.segment: part for part in parts}
    for changed in edition.earlier.differences.segments:
        part = known.get(changed.segment)
        for figure in changed.figures:
            yield _row(part or replace(parts[0], name=changed.segment), changed.segment, figure)


def _row(part: Part, segment: str, changed: Differing) -> list[Cell]:
    return [
        *named(part, changed.key, changed.of),
        *_said(changed.now),
        *_said(changed.then),
        *(_why(part, figure) for figure in (changed.now, changed.then)),
        segment,
        changed.key,
        changed.of,
    ]


def _said(figure: Figure | None) -> list[Cell]:
    """A value and its base; neither where it may not be shown."""
    if figure is None or figure.value is None:
        return [None, None]
    return [
        measured(figure.unit, figure.value, signed=is_gap(figure.key)),
        number(figure.n),
    ]


def _why(part: Part, figure: Figure | None) -> Cell:
    if figure is None:
        return part.names.gettext("no such figure")
    return part.names.reason(figure.reason) if figure.value is None else None
