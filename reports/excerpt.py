"""What of the findings does one report rest on? That much goes with it, as ``findings.json``.

Findings of all segments and months would be larger than the report. Of its own segment and of the
whole everything stays; of the others what stands beside them: the figures in which segments are
compared or that a cycle must move, their changes, and a control chart that has something to say.
The report made from its excerpt is the same report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.charts import RATES, leading
from reports.cycles import Cycle
from reports.findings import ALL, Findings, SegmentFindings
from reports.indicators.booked import MOVES

COMPARED = frozenset(
    {
        "satisfaction_index",
        "acsi_index",
        "overall_top2",
        "overall_mean",
        "nps",
        "return_rate",
        "would_buy_again",
        "would_recommend",
        "attribute_mean",
        *MOVES,
        *RATES,
    }
)
"""Figures of other segments that a report shows."""


def excerpt(findings: Findings, segment: str) -> Findings:
    """The findings that the report on ``segment`` rests on; every segment is still named."""
    return replace(
        findings,
        segments=tuple(
            found if found.segment in (ALL, segment) else _beside(found, findings.cycles)
            for found in findings.segments
        ),
    )


def _beside(found: SegmentFindings, cycles: Sequence[Cycle]) -> SegmentFindings:
    tied = {(cycle.key, cycle.of) for cycle in cycles if cycle.segment == found.segment}
    figures = tuple(
        figure
        for figure in found.figures
        if figure.key in COMPARED or (figure.key, figure.of) in tied
    )
    chart = leading(found.charts)
    charts = (chart,) if chart is not None and chart.signals else ()
    return replace(found, figures=figures, trend=(), charts=charts, signals=(), voices=None)
