"""How often does the default alarm cry wolf, and how soon does it see a change? A simulation.

Run by hand (``python -m tests.reference.control_chart_alarms``); ``docs/methods`` quotes what it
prints. A chart of 24 months shows 24 months of a steady process around a known centre and no
signal. Then months come one by one, each pushing the oldest off the chart, at a level that has
moved or has not. The alarm is the first signal of the rules as they are. A last table has the
baseline estimated, and the chart chosen by default.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from statistics import mean, median

import numpy as np

from reports.statistics.control_charts.baseline import Baseline, Why, choose_baseline
from reports.statistics.control_charts.limits import Point, judge
from reports.statistics.control_charts.overdispersion import Dispersion
from reports.statistics.control_charts.periods import Chart, PeriodCount
from reports.statistics.control_charts.rules import DEFAULT, WESTERN_ELECTRIC, Rule, signals
from reports.statistics.control_charts.run_length import average_run_length, counted_chances

DRAWS = 400
ON_THE_CHART = 24
PATIENCE = 1200
CENTRE = 0.07
SIZES = (150, 400, 2000)
FACTORS = (1.0, 1.25, 1.5, 2.0)
RULES: dict[str, Collection[Rule]] = {
    "rule 1": (Rule.BEYOND_LIMITS,),
    "rule 1, long run": (Rule.BEYOND_LIMITS, Rule.LONG_RUN),
    "default": DEFAULT,
    "Western Electric": tuple(WESTERN_ELECTRIC.values()),
}


def baseline(months: int) -> Baseline:
    """A baseline whose centre is the truth."""
    names = tuple(str(month) for month in range(-months, 0))
    calm = Dispersion(float(months - 1), months - 1, 0.5)
    return Baseline(Chart.P, CENTRE, 1.0, names, (), calm, Why.ASKED)


def months_until_alarm(
    rules: Collection[Rule], n: int, level: float, rng: np.random.Generator
) -> int:
    """Months after a quiet chart until the first signal; ``PATIENCE`` where none came."""
    chart = quiet_chart(rules, n, rng)
    for month, count in enumerate(rng.binomial(n, level, PATIENCE).tolist(), start=1):
        (point,) = judge(baseline(ON_THE_CHART), [PeriodCount(str(month), count, n)])
        chart = [*chart[1:], point]
        if signals(chart, rules):
            return month
    return PATIENCE


def quiet_chart(rules: Collection[Rule], n: int, rng: np.random.Generator) -> list[Point]:
    """A chart full of steady months without a signal."""
    while True:
        counts = rng.binomial(n, CENTRE, ON_THE_CHART).tolist()
        months = [PeriodCount(str(i - ON_THE_CHART), x, n) for i, x in enumerate(counts)]
        chart = list(judge(baseline(ON_THE_CHART), months))
        if not signals(chart, rules):
            return chart


def line(name: str, rules: Collection[Rule], n: int, rng: np.random.Generator) -> str:
    """Mean months to the alarm, and median, for each factor on the complaint rate."""
    cells = []
    for factor in FACTORS:
        found = [months_until_alarm(rules, n, CENTRE * factor, rng) for _ in range(DRAWS)]
        cells.append(f"{mean(found):.1f} ({median(found):.0f})")
    return f"| {n} | {name} | {' | '.join(cells)} |"


def exact_line(name: str, rules: Collection[Rule], n: int) -> str:
    """The exact average run length of zone rules, from the first point of a chart."""
    cells = []
    for factor in FACTORS:
        chances = counted_chances(Chart.P, n, centre=CENTRE, level=CENTRE * factor)
        cells.append(f"{average_run_length(rules, chances):.1f}")
    return f"| {n} | {name} | {' | '.join(cells)} |"


def year_line(spread: float, months: int, n: int, rng: np.random.Generator) -> str:
    """Chance of a false alarm within a year after a baseline that had to be estimated.

    ``spread`` is the sigma_z of the process: 1, or more where the level itself varies from month
    to month (beta-binomial). Charts whose own baseline shows a signal are begun anew.
    """
    alarms = {"rule 1": 0, "default": 0}
    primes = 0
    for _ in range(DRAWS):
        found, counts = None, []
        while not isinstance(found, Baseline):
            counts = varying(spread, months + 12, n, rng)
            found = choose_baseline(Chart.P, counts[:months])
            if isinstance(found, Baseline) and signals(judge(found, counts[:months])):
                found = None
        primes += found.chart.is_prime
        points = judge(found, counts)
        for name in alarms:
            charts = [points[: months + month] for month in range(1, 13)]
            alarms[name] += any(signals(chart, RULES[name]) for chart in charts)
    shares = " | ".join(f"{100 * alarm / DRAWS:.0f}" for alarm in alarms.values())
    return f"| {n} | {spread:g} | {months} | {100 * primes / DRAWS:.0f} | {shares} |"


def varying(spread: float, months: int, n: int, rng: np.random.Generator) -> list[PeriodCount]:
    """Counts whose variance is ``spread`` squared times the binomial one."""
    level = np.full(months, CENTRE)
    if spread > 1:
        total = (n - spread**2) / (spread**2 - 1)
        level = rng.beta(CENTRE * total, (1 - CENTRE) * total, months)
    counts = rng.binomial(n, level).tolist()
    return [PeriodCount(str(month), count, n) for month, count in enumerate(counts)]


def main() -> None:
    """Print the three tables."""
    rng = np.random.default_rng(20261122)
    heading = " | ".join(f"× {factor:g}" for factor in FACTORS)
    write(f"| n | simulated: mean (median) | {heading} |")
    for n in SIZES:
        for name, rules in RULES.items():
            write(line(name, rules, n, rng))
    write(f"| n | exact | {heading} |")
    for n in SIZES:
        for name in ("rule 1", "Western Electric"):
            write(exact_line(name, RULES[name], n))
    write("| n | sigma_z | baseline | % p' | % rule 1 | % default |")
    for n in (400, 2000):
        for spread in (1.0, 2.0):
            for months in (12, 24):
                write(year_line(spread, months, n, rng))


def write(text: str) -> None:
    """One line out."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
