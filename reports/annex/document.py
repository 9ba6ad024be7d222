"""From findings to the bytes of an XLSX file: a cover, then a sheet for each kind of finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from instruments.model import Instrument
from reports.annex import changes, control, figures, rules, told
from reports.annex.about import about
from reports.annex.book import Book, Sheet
from reports.annex.cells import Cell, day, measured, number
from reports.annex.naming import STANDINGS
from reports.annex.rows import Part, parts
from reports.annex.since import SINCE, since
from reports.editions import Edition
from reports.findings import Findings
from reports.texts import N_

SEGMENTS = (
    N_("Segment"),
    N_("Responses"),
    N_("Population"),
    N_("Customers"),
    N_("Response rate"),
    N_("Interval, low"),
    N_("Interval, high"),
    N_("Confidence"),
    N_("Method"),
    N_("Standing"),
    N_("Segment (id)"),
)


def annex(
    findings: Findings, instrument: Instrument, language: str, edition: Edition | None = None
) -> bytes:
    """Every figure of the findings as the bytes of an XLSX file, in one language.

    The cover says which ``edition`` it is, and a sheet what it tells otherwise than the one before.

    The same findings give the same bytes. ``language`` is one of
    ``instruments.catalogue.LANGUAGES``; ``findings`` has the segment of all customers first. A kind
    of finding that there is nothing of gets no sheet.
    """
    everybody = list(parts(findings, instrument, language))
    whole = everybody[0]
    _ = whole.names.gettext
    title = f"{_('Customer Satisfaction Report')} · {whole.subject.period}"
    made = day(findings.provenance.last_day)
    book = Book(language, title, whole.subject.company, _("About"), made)
    written = []
    for sheet in _sheets(everybody, edition):
        head = [_(text) for text in sheet.head]
        if book.table(replace(sheet, name=_(sheet.name), head=head)):
            written.append(sheet.name)
    book.cover(*about(whole, written, edition))
    return book.bytes()


def _sheets(everybody: Sequence[Part], edition: Edition | None) -> Iterator[Sheet]:
    """All tables, named and headed in English; :data:`reports.annex.about.HOLDS` tells of them."""
    yield Sheet("Since the last edition", SINCE, since(everybody, edition))
    yield Sheet("Segments", SEGMENTS, _segments(everybody), frozen=1)
    yield Sheet("Figures", figures.FIGURES, figures.figures(everybody), printed=figures.PRINTED)
    yield Sheet("Other intervals", figures.OTHERS, figures.others(everybody))
    yield Sheet("Changes", changes.CHANGES, changes.changes(everybody), printed=changes.PRINTED)
    yield Sheet("Trend", figures.TREND, figures.trend(everybody), frozen=4)
    yield Sheet(
        "Control charts", control.CHARTS, control.charts(everybody), 2, prose=control.SENTENCE
    )
    yield Sheet("Chart points", control.POINTS, control.points(everybody))
    yield Sheet("Chart signals", control.FOUND, control.found(everybody), 2)
    yield Sheet(
        "Things to know", told.SIGNALS, told.signals(everybody), 2, told.PRINTED, told.SENTENCE
    )
    yield Sheet("Rules", rules.RULES, rules.rules(everybody[0]), 2, prose=rules.SENTENCE)


def _segments(everybody: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a segment; how many answered is not told where it is hidden."""
    for part in everybody:
        found, shown = part.subject.found, not part.hidden
        rate = found.response_rate
        yield [
            part.name,
            number(found.responses) if shown else None,
            number(found.population),
            number(found.customers),
            measured(rate.unit, rate.value) if shown else None,
            *figures.sure(part, rate, rate.interval if shown else None),
            part.names.gettext(STANDINGS[found.standing]),
            found.segment,
        ]
