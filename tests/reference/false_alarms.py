"""How often does a whole report cry wolf, and what does it find? A simulation.

Run by hand (``python -m tests.reference.false_alarms``); ``docs/methods`` quotes what it prints.
A company asks its customers, four segments of equal opinion, month after month, and nothing ever
changes: every significant change or difference, and every alarm of a control chart, is false. A
report is what a company gets each month: this month against the one before, the year before and
the other customers, and the charts of 24 months. Then something does change, in the last month,
and it is counted how often the report says so.

The reports of one company follow each other, so a report costs one more month of answers; only
the three months that are compared are worked out again, and the 24 points of a chart are those
of the reports of their days.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from reports.build import build_findings
from reports.charts import RATES, alarms, control_charts, leading, raise_alarms
from reports.comparisons import Row, correct
from reports.dataset import Dataset
from reports.findings import (
    ALL,
    Change,
    Findings,
    Signal,
    SignalKind,
    TrendPoint,
)
from reports.indicators.bases import Base
from reports.indicators.forms import share
from reports.settings import STANDARD
from reports.signals import signals
from reports.tally import Tally, match, pairs, pairs_by, tally_by
from reports.tally.pairs import Pairs
from tests.reference.steady_company import (
    OVERALL,
    PROBLEM,
    SEGMENTS,
    TELLS,
    Answers,
    Company,
    asked,
    wave_name,
)
from tests.reports.counted_cases import PROVENANCE

SEED = 20261122
REPORTS = 1000
POWER_REPORTS = 100
MONTHS = 24
BOX = OVERALL[-1] + OVERALL[-2]
SIZES = (100, 400, 1600)
POINTS = (0.02, 0.05, 0.10)

Waves = Mapping[tuple[str, str], Tally]


@dataclass
class Tallied:
    """How many reports had an alarm of ``any`` kind, of tests of changes, of charts."""

    reports: int = 0
    any: int = 0
    changes: int = 0
    charts: int = 0
    families: dict[str, int] = field(default_factory=dict)


def reports_of(answers: Answers, number: int) -> Iterator[Findings]:
    """One report a month, from the 25th month on."""
    datasets: dict[int, Dataset] = {}
    tallies: dict[int, Waves] = {}
    trend: dict[str, list[TrendPoint]] = {}
    for month in range(MONTHS + number):
        datasets[month] = answers.month(month)
        tallies[month] = tally_by(datasets[month], "tier")
        datasets.pop(month - 13, None)
        tallies.pop(month - 13, None)
        findings = _report(answers.company, datasets, tallies, month)
        for found in findings.segments:
            charted = [p for p in found.trend if p.figure.key in RATES and p.wave == findings.wave]
            trend.setdefault(found.segment, []).extend(charted)
        if month >= MONTHS:
            yield _with_signals(findings, trend)


def _report(
    company: Company, datasets: Mapping[int, Dataset], tallies: Mapping[int, Waves], month: int
) -> Findings:
    known = [past for past in (month - 12, month - 1, month) if past in tallies]
    counted = {key: tally for past in known for key, tally in tallies[past].items()}
    names = dict(zip(SEGMENTS, company.customers, strict=False))
    return build_findings(
        asked(),
        counted,
        survey="simulation",
        wave=wave_name(month),
        by="tier",
        populations={(wave_name(m), s): n for m in known for s, n in names.items()},
        provenance=PROVENANCE,
        paired={} if company.again is None else _paired(datasets, known),
    )


def _paired(
    datasets: Mapping[int, Dataset], known: Sequence[int]
) -> Mapping[tuple[str, str], Pairs]:
    found = {}
    for then in known[:-1]:
        before, now = datasets[then], datasets[known[-1]]
        matched = match(before, now)
        found[wave_name(then), ALL] = pairs(before, now, matched)
        for segment, own in pairs_by(before, now, matched, "tier").items():
            found[wave_name(then), segment] = own
    return found


def _with_signals(findings: Findings, trend: Mapping[str, Sequence[TrendPoint]]) -> Findings:
    """With the charts of what is in ``trend``, this month included, and what follows from them."""
    charts = raise_alarms(
        {
            found.segment: control_charts(trend.get(found.segment, ()), most=MONTHS)
            for found in findings.segments
        },
        findings.confidence,
    )
    charted = {segment: chart.key for segment, own in charts.items() if (chart := leading(own))}
    rows = {found.segment: [_row(c) for c in found.changes] for found in findings.segments}
    changes = correct(rows, STANDARD, charted)
    judged = tuple(
        replace(found, charts=charts[found.segment], changes=tuple(changes[found.segment]))
        for found in findings.segments
    )
    told = tuple(replace(found, signals=signals(found, judged)) for found in judged)
    return replace(findings, segments=told)


def _row(change: Change) -> Row:
    """A comparison again as it was before it was corrected together with the others."""
    return Row(change, 0 if change.p_adjusted is None else STANDARD.indicative_base, None)


def false_alarms(company: Company, number: int, seed: int = SEED) -> Tallied:
    """What was said in so many reports in which there was nothing to say."""
    counted = Tallied()
    answers = Answers(company, np.random.default_rng(seed))
    for findings in reports_of(answers, number):
        changes = [c for found in findings.segments for c in found.changes if c.significant]
        charts = [c for found in findings.segments for c in found.charts if alarms(c)]
        counted.reports += 1
        counted.any += bool(changes or charts)
        counted.changes += bool(changes)
        counted.charts += bool(charts)
        for family in {change.family.value for change in changes}:
            counted.families[family] = counted.families.get(family, 0) + 1
    return counted


def power(company: Company, points: float, number: int, where: str) -> tuple[float, float]:
    """Shares of reports that call a lower top-2-box significant, and that have a signal of it.

    ``points``: by how much the share falls, 0–1, in segment ``where`` or ``all``. The signal may
    be of any figure of overall satisfaction. Each report has three months of its own, and charts
    of a complaint rate that was calm before.
    """
    by = float(ndtri(BOX - points) - ndtri(BOX))
    significant = told = 0
    calm = [_rate_point(month, round(PROBLEM * TELLS * 400), 400) for month in range(MONTHS)]
    rng = np.random.default_rng(SEED)
    for _ in range(number):
        answers = Answers(company, rng)
        datasets = {month: answers.month(month) for month in (0, 11)}
        datasets[12] = answers.month(12, {where: by})
        tallies = {month: tally_by(dataset, "tier") for month, dataset in datasets.items()}
        found_out = _report(company, datasets, tallies, 12)
        findings = _with_signals(found_out, dict.fromkeys((ALL, *SEGMENTS), calm))
        found = findings.segment(where)
        significant += _worse(found.change("overall_top2"))
        told += any(_tells(signal) for signal in found.signals)
    return significant / number, told / number


def _worse(change: Change | None) -> bool:
    return change is not None and change.significant and (change.value or 0.0) < 0


def _tells(signal: Signal) -> bool:
    about = signal.key in ("overall_top2", "satisfaction_index")
    return signal.kind is SignalKind.CHANGED and about and not signal.good


def months_to_alarm(
    n: int, rate: float, points: float, rng: np.random.Generator, runs: int = 400
) -> tuple[tuple[float, float, float], float]:
    """Share of charts of a complaint rate with an alarm of its rise within 1, 3 and 12 months.

    And the mean months until then, of those charts. The rate rises for good after 23 calm months,
    the first 20 of which are the baseline. Each chart is one of five in its report.
    """
    months = []
    for _ in range(runs):
        trend = [_rate_point(i, rng.binomial(n, rate), n) for i in range(MONTHS - 1)]
        for month in range(12):
            trend.append(_rate_point(MONTHS - 1 + month, rng.binomial(n, rate + points), n))
            charts = dict.fromkeys((ALL, *SEGMENTS), control_charts(trend, most=MONTHS))
            (chart,) = raise_alarms(charts, STANDARD.confidence)[ALL]
            if any(signal.direction == "above" for signal in alarms(chart)):
                months.append(month + 1)
                break
    first, third, year = (sum(m <= within for m in months) / runs for within in (1, 3, 12))
    return (first, third, year), float(np.mean(months)) if months else 0.0


def calm_charts(
    sizes: Sequence[int], rng: np.random.Generator, companies: int = 200
) -> list[float]:
    """Share of reports with an alarm of a chart though no rate ever changes, year by year.

    The segments and all, each with its leading rate, of complaints. The years are the first,
    second and third after the 24 months that begin a survey.
    """
    spoke = np.zeros(3)
    for _ in range(companies):
        met = rng.binomial(sizes, PROBLEM, (MONTHS + 36, len(sizes)))
        told = rng.binomial(met, TELLS)
        rates = {str(i): trend for i, trend in enumerate(_counts_of(told, sizes))}
        for month in range(MONTHS, MONTHS + 36):
            charts = raise_alarms(
                {i: control_charts(trend[: month + 1], most=MONTHS) for i, trend in rates.items()},
                STANDARD.confidence,
            )
            said = any(alarms(chart) for own in charts.values() for chart in own)
            spoke[(month - MONTHS) // 12] += said
    return [float(share) for share in spoke / companies / 12]


def _counts_of(counts: NDArray[np.int64], sizes: Sequence[int]) -> list[list[TrendPoint]]:
    """The trend of each segment, and of all of them."""
    columns = [*zip(counts.T.tolist(), sizes, strict=True), (counts.sum(axis=1), sum(sizes))]
    return [[_rate_point(i, k, n) for i, k in enumerate(column)] for column, n in columns]


def _rate_point(month: int, count: int, n: int) -> TrendPoint:
    figure = share("complaint_rate", int(count), n, 0.95, base=Base.ASKED)
    return TrendPoint(wave_name(month), figure)


COMPANIES = (
    Company("equal segments", (400,) * 4),
    Company("unequal, weighted", (30, 60, 200, 400), customers=(40, 300, 2000, 20_000)),
    Company("panel, equal", (200,) * 4, again=0.6),
    Company("panel, weighted", (30, 60, 200, 400), again=0.6, customers=(40, 300, 2000, 20_000)),
)


def calm_lines() -> Iterator[str]:
    """How many reports of each company have something to say, in per cent."""
    yield "| company | any alarm | of a test | of a chart | tests by family |"
    for company in COMPANIES:
        found = false_alarms(company, REPORTS)
        cells = (found.any, found.changes, found.charts)
        shares = " | ".join(f"{100 * cell / found.reports:.1f}" for cell in cells)
        families = (f"{k} {100 * n / found.reports:.1f}" for k, n in sorted(found.families.items()))
        yield f"| {company.name} | {shares} | {', '.join(families)} |"


def power_lines() -> Iterator[str]:
    """How many reports find a fall of the top-2-box, in per cent."""
    yield "| answers | falls by | one segment | all | one segment, panel |"
    for n in SIZES:
        for points in POINTS:
            fresh, again = Company("", (n,) * 4), Company("", (n,) * 4, again=0.6)
            cells = [
                " / ".join(f"{100 * x:.0f}" for x in power(company, points, POWER_REPORTS, where))
                for company, where in ((fresh, "C"), (fresh, ALL), (again, "C"))
            ]
            yield f"| {n} | {100 * points:.0f} | {' | '.join(cells)} |"


def chart_lines() -> Iterator[str]:
    """How many charts have news of a rate that has risen for good, in per cent."""
    yield "| answers | rises by | within 1 month | 3 | 12 | mean months, of these |"
    rng = np.random.default_rng(SEED)
    for n in SIZES:
        for points in (0.0, *POINTS):
            found, mean = months_to_alarm(n, 0.08, points, rng)
            cells = " | ".join(f"{100 * x:.0f}" for x in found)
            yield f"| {n} | {100 * points:.0f} | {cells} | {mean:.1f} |"
    yield "| answers | reports with a false alarm of a chart: 1st year | 2nd | 3rd |"
    for sizes in ((400,) * 4, (30, 60, 200, 400), (300,) * 14):
        cells = " | ".join(f"{100 * x:.1f}" for x in calm_charts(sizes, rng))
        yield f"| {sizes} | {cells} |"


def main() -> None:
    """Print the tables named on the command line; all of them where none is."""
    tables = {"calm": calm_lines, "power": power_lines, "chart": chart_lines}
    for name in sys.argv[1:] or tables:
        for line in tables[name]():
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
