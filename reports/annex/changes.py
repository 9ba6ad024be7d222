"""Every comparison in a row: with the period before, a year before, all other customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.annex.cells import PROBABILITY, Cell, measured, number
from reports.annex.figures import NAMED, named
from reports.annex.naming import FAMILIES, GOOD_ENDS
from reports.annex.rows import IDS, Part
from reports.findings import Change, Unit
from reports.texts import N_

CHANGES = (
    *NAMED,
    N_("Compared with"),
    N_("Difference"),
    N_("Interval, low"),
    N_("Interval, high"),
    N_("Confidence"),
    N_("Method"),
    N_("p"),
    N_("p, corrected"),
    N_("Significant"),
    N_("Smallest change that would be noticed"),
    N_("Customers in both"),
    N_("Why it is not compared"),
    N_("Comparison"),
    N_("Comparisons corrected together"),
    N_("p, for exploring"),
    N_("Good end"),
    *IDS,
    N_("Against (id)"),
)
PRINTED = CHANGES.index(N_("Comparison"))


def changes(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a comparison; differences of shares are in percentage points."""
    for part in parts:
        for change in part.subject.found.changes:
            yield _row(part, change)


def _row(part: Part, change: Change) -> list[Cell]:
    names, unit, interval = part.names, _unit(part, change), change.interval
    ends = (interval.low, interval.high) if interval else (None, None)
    return [
        *named(part, change.key, change.of),
        names.against(change.against),
        measured(unit, change.value, signed=True),
        *(measured(unit, end, signed=True) for end in ends),
        number(interval.confidence, "0%") if interval else None,
        part.subject.words.method(interval.method) if interval else None,
        number(change.p, PROBABILITY),
        number(change.p_adjusted, PROBABILITY),
        _significant(part, change),
        measured(unit, change.detectable),
        number(change.paired),
        names.reason(change.reason),
        names.gettext(FAMILIES[change.family]),
        number(change.family_size),
        number(change.discovery, PROBABILITY),
        names.gettext(GOOD_ENDS[change.better]),
        *part.ids(change.key, change.of),
        change.against,
    ]


def _significant(part: Part, change: Change) -> str:
    """Yes or no where it was tested; else who judges it, or that nobody does."""
    _ = part.names.gettext
    if change.charted:
        return _("judged by its control chart")
    return part.names.yes(change.significant) if change.p_adjusted is not None else _("not tested")


def _unit(part: Part, change: Change) -> Unit:
    figure = part.subject.found.figure(change.key, change.of)
    return figure.unit if figure is not None else Unit.COEFFICIENT
