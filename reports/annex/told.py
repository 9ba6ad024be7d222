"""What is most pressing, segment by segment: every signal as a sentence, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.annex.cells import PROBABILITY, Cell, measured, number
from reports.annex.figures import is_gap, named
from reports.annex.rows import IDS, Part
from reports.findings import Signal, SignalKind, Sureness, Unit
from reports.remarks import remark
from reports.texts import N_

KINDS = {
    SignalKind.CHANGED: N_("moved"),
    SignalKind.OUT_OF_CONTROL: N_("left its usual range"),
    SignalKind.HURTS: N_("hurts"),
    SignalKind.DIFFERS: N_("differs from the other customers"),
    SignalKind.AT_RISK: N_("customers at risk"),
    SignalKind.SILENT: N_("customers who keep silent"),
}
SURENESS = {
    Sureness.TESTED: N_("tested"),
    Sureness.ESTIMATED: N_("estimated"),
    Sureness.DESCRIBED: N_("described"),
}

SIGNALS = (
    N_("Report on"),
    N_("Thing to know"),
    N_("What it says"),
    N_("Kind"),
    N_("Good news"),
    N_("How sure"),
    N_("Segment"),
    N_("Indicator"),
    N_("Item"),
    N_("Value"),
    N_("Interval, low"),
    N_("Interval, high"),
    N_("Confidence"),
    N_("Method"),
    N_("n"),
    N_("Difference"),
    N_("Compared with"),
    N_("p, corrected"),
    N_("Customers concerned"),
    N_("Cost in a year"),
    *IDS,
)
SENTENCE = SIGNALS.index(N_("What it says"))
PRINTED = SIGNALS.index(N_("Segment"))


def signals(parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """A row a signal, the most pressing of each report first."""
    by_segment = {part.subject.found.segment: part for part in parts}
    for part in parts:
        for signal in part.subject.found.signals:
            yield _row(part, by_segment[signal.segment], signal)


def _row(part: Part, about: Part, signal: Signal) -> list[Cell]:
    names, said, interval = part.names, remark(part.subject, signal), signal.interval
    figure = about.subject.found.figure(signal.key, signal.of)
    unit, gap = figure.unit if figure else Unit.COEFFICIENT, is_gap(signal.key)
    return [
        part.name,
        said.title,
        said.text,
        names.gettext(KINDS[signal.kind]),
        names.yes(signal.good),
        names.gettext(SURENESS[signal.sureness]),
        *named(about, signal.key, signal.of),
        measured(unit, signal.value, signed=gap),
        measured(unit, interval.low if interval else None, signed=gap),
        measured(unit, interval.high if interval else None, signed=gap),
        number(interval.confidence, "0%") if interval else None,
        part.subject.words.method(interval.method) if interval else None,
        number(signal.n),
        measured(unit, signal.change, signed=True),
        names.against(signal.against) if signal.against else None,
        number(signal.p, PROBABILITY),
        number(signal.customers),
        number(signal.cost),
        *about.ids(signal.key, signal.of),
    ]
