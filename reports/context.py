"""Which report is being made: one segment of one wave, in one language.

Sentences start from a :class:`Subject`, pages and charts from a :class:`Context`, which knows the
letters it is set in, too. They give attributes, segments and periods their names, cleaned for
paper, and say how sure a figure is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from instruments.model import Instrument, Role
from reports.charted import ControlChart
from reports.charts import leading
from reports.design import STANDARD, Design
from reports.direction import good_way
from reports.findings import (
    ALL,
    Change,
    Family,
    Figure,
    Findings,
    Note,
    Reason,
    SegmentFindings,
    Standing,
)
from reports.fonts import Lettering
from reports.look import BAD, GOOD, UNCLEAR
from reports.texts import TIERS, Words
from reports.typeset import clean

COMPANY_CAP, NAME_CAP = 60, 56
"""Characters shown of a company's name, and of the name of a segment, attribute or option."""


class Tone(StrEnum):
    """Whether something is good news, bad news or neither; it decides colour and sign."""

    GOOD = "good"
    BAD = "bad"
    UNCLEAR = "unclear"

    @property
    def colour(self) -> str:
        """Blue, orange-red or grey."""
        return {Tone.GOOD: GOOD, Tone.BAD: BAD, Tone.UNCLEAR: UNCLEAR}[self]

    @property
    def arrow(self) -> str:
        """Up is better, whatever the direction of the scale; nothing where it is neither."""
        return {Tone.GOOD: "▲", Tone.BAD: "▼", Tone.UNCLEAR: ""}[self]


def tone(better: float) -> Tone:
    """Good above 0, bad below, neither at 0."""
    return Tone.GOOD if better > 0 else Tone.BAD if better < 0 else Tone.UNCLEAR


def tone_of(change: Change | None) -> Tone:
    """Good or bad only where the change is significant after Holm's correction."""
    if change is None or change.value is None or not change.significant:
        return Tone.UNCLEAR
    return tone(change.value * good_way(change))


def tone_of_gap(gap: Figure) -> Tone:
    """Good or bad only where the interval of a difference leaves zero out."""
    if gap.interval is None or gap.interval.low <= 0 <= gap.interval.high:
        return Tone.UNCLEAR
    return tone(gap.interval.low * good_way(gap))


@dataclass(frozen=True)
class Subject:
    """What every sentence on one segment needs to know, wherever it is written.

    ``in_time``: only earlier periods are compared with, also where the report on a segment compares
    it with the rest first.
    """

    findings: Findings
    instrument: Instrument
    found: SegmentFindings
    words: Words
    in_time: bool = field(default=False, kw_only=True)

    @property
    def language(self) -> str:
        """``en`` or ``zh``."""
        return self.words.language

    @cached_property
    def company(self) -> str:
        """Whose customers were asked."""
        return clean(self.findings.provenance.company, COMPANY_CAP)

    @cached_property
    def period(self) -> str:
        """The wave in words."""
        return clean(self.words.wave(self.findings.wave))

    @cached_property
    def fieldwork(self) -> str:
        """The days of the answers; the period, where they carry no days of their own.

        Answers from a file without days are stamped with the first day of their wave.
        """
        first, last = self.findings.provenance.first_day, self.findings.provenance.last_day
        if first == last == f"{self.findings.wave}-01":
            return self.period
        return self.words.days(first, last)

    @property
    def confidence(self) -> str:
        """The confidence of all intervals: ``95%``."""
        return self.words.percent(self.findings.confidence)

    def segment_name(self, found: SegmentFindings | None = None) -> str:
        """The name of a segment (this report's own by default)."""
        found = found or self.found
        if found.segment == ALL:
            return self.words.gettext("All customers")
        if self.findings.by == "tier" and found.label == found.segment in TIERS:
            return self.words.gettext(TIERS[found.segment])
        return clean(found.label or found.segment, NAME_CAP) or self.words.gettext(
            "Without a segment"
        )

    def attribute_name(self, attribute: str) -> str:
        """The name of an attribute; its id where the instrument does not know it."""
        for known in self.instrument.attributes:
            if known.id == attribute:
                return clean(known.text.of(self.language), NAME_CAP)
        return clean(attribute, NAME_CAP)

    def option_name(self, role: Role, code: str) -> str:
        """The wording of an option of the question with that role; its code where it has none."""
        question = self.instrument.first(role)
        for point in question.points if question else ():
            if str(point.code) == code and point.text is not None:
                return clean(point.text.of(self.language), NAME_CAP)
        return clean(code, NAME_CAP)

    def shown(self, key: str, of: str = "") -> Figure | None:
        """A figure that has a value, or None."""
        figure = self.found.figure(key, of)
        return figure if figure is not None and figure.value is not None else None

    def asked(self, key: str) -> Figure | None:
        """A figure the questionnaire asks for, with or without a value, or None."""
        figure = self.found.figure(key)
        return None if figure is None or figure.reason is Reason.NOT_ASKED else figure

    def judge(self, key: str) -> ControlChart | None:
        """The control chart that raises the alarms of that rate, or None."""
        chart = leading(self.found.charts)
        return chart if chart is not None and chart.key == key else None

    @property
    def comparison(self) -> str:
        """What is compared with first; the whole has no rest, and looks at the period before."""
        chosen = self.findings.comparison
        if chosen == Family.REST and (self.in_time or self.found.segment == ALL):
            return Family.WAVE_BEFORE.value
        return chosen

    @property
    def family(self) -> Family:
        """The family of that comparison."""
        known = self.comparison in [*Family]
        return Family(self.comparison) if known else Family.REFERENCE

    def change(self, key: str, of: str = "") -> Change | None:
        """How a figure differs from what the report compares with first, or None."""
        return self.found.compared(self.family, key, of)

    def each(self, key: str) -> tuple[Figure, ...]:
        """The figures of that key that have a value, one an item."""
        return tuple(f for f in self.found.about(key) if f.value is not None)

    def spread(self, figure: Figure) -> str:
        """How sure a figure is: its interval, that all customers answered, or why neither."""
        ends = self.ends(figure)
        if figure.interval is None or Note.CENSUS in figure.notes:
            return ends
        text = self.words.gettext("{confidence} interval {interval}")
        return text.format(confidence=self.confidence, interval=ends)

    def ends(self, figure: Figure) -> str:
        """As :meth:`spread`, for where it is said already that these are intervals."""
        if Note.CENSUS in figure.notes and figure.value is not None:
            return self.words.gettext("all customers answered")
        if figure.interval is not None:
            return self.words.interval(figure.unit, figure.interval)
        reason = figure.reason or figure.interval_reason
        return self.words.reason(reason) if reason is not None else ""

    @property
    def several_times(self) -> bool:
        """Whether customers could answer more than once: the population counts chances, then."""
        customers = self.found.customers
        return customers is not None and customers != self.found.population

    @property
    def parts(self) -> tuple[SegmentFindings, ...]:
        """All segments but the whole."""
        return tuple(s for s in self.findings.segments if s.segment != ALL)

    @property
    def indicative(self) -> bool:
        """Whether the segment's base carries a hint rather than a result."""
        return self.found.standing is Standing.INDICATIVE


@dataclass(frozen=True)
class Context(Subject):
    """What every page and chart of one report needs to know besides: its letters, its design."""

    lettering: Lettering
    design: Design = STANDARD
