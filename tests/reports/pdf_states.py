"""How do the same findings look in another state: few questions, nobody answered, a census?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from reports.findings import Figure, Findings, Interval, Note, Reason, TrendPoint
from tests.reports.pdf_cases import signalled


def only(found: Findings, keys: Iterable[str]) -> Findings:
    """The same findings with nothing but figures of these keys: a shorter questionnaire."""
    keep = frozenset(keys)
    return signalled(
        dataclasses.replace(
            found,
            segments=tuple(
                dataclasses.replace(
                    s,
                    figures=tuple(f for f in s.figures if f.key in keep),
                    changes=tuple(c for c in s.changes if c.key in keep),
                    trend=tuple(p for p in s.trend if p.figure.key in keep),
                    charts=tuple(c for c in s.charts if c.key in keep),
                )
                for s in found.segments
            ),
        )
    )


def emptied(found: Findings) -> Findings:
    """The same questionnaire where nobody gave a valid answer: reasons instead of values."""

    def without(figure: Figure) -> Figure:
        return dataclasses.replace(
            figure, value=None, reason=Reason.NO_ANSWERS, n=0, interval=None, count=None, se=None
        )

    return dataclasses.replace(
        found,
        segments=tuple(
            dataclasses.replace(
                s,
                figures=tuple(map(without, s.figures)),
                changes=(),
                trend=tuple(TrendPoint(p.wave, without(p.figure)) for p in s.trend),
                charts=(),
                signals=(),
            )
            for s in found.segments
        ),
    )


def census(found: Findings) -> Findings:
    """The same findings where every customer answered: nothing is left to estimate."""

    def certain(figure: Figure) -> Figure:
        if figure.interval is None or figure.value is None:
            return figure
        point = Interval(figure.value, figure.value, "census")
        return dataclasses.replace(figure, interval=point, notes=(Note.CENSUS,))

    return dataclasses.replace(
        found,
        segments=tuple(
            dataclasses.replace(
                s,
                population=s.responses,
                customers=s.responses,
                response_rate=dataclasses.replace(s.response_rate, value=1.0, n=s.responses),
                figures=tuple(map(certain, s.figures)),
            )
            for s in found.segments
        ),
    )
