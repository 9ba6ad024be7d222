"""Figures from literals, for everything that is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from instruments.model import Better
from reports.findings import Figure, Interval, Reason, Standing, Unit
from reports.indicators.bases import Base
from reports.indicators.mentions import pareto

EXPERIENCE = (4.48, 3.90, 3.58, 4.21, 3.97, 4.55, 4.18, 4.12)
EXPECTATION = (4.65, 4.56, 4.49, 4.30, 4.12, 4.10, 4.05, 3.90)
IMPORTANCE = (0.21, 0.19, 0.16, 0.12, 0.13, 0.07, 0.06, 0.06)
SPREAD = (0.03, 0.06, 0.12, 0.4, 0.39)
LOW_IS_GOOD = frozenset(
    {
        "complaint_rate",
        "voiced_rate",
        "problem_rate",
        "problem_kind",
        "problem_attribute",
        "sci_at_risk",
    }
    | {"lost_to_problems", "detractors"}
)
NEITHER = frozenset({"answer_share", "passives", "told_mean", "importance_weight"})


def better(key: str) -> Better:
    """Which end of the figure of that key is good."""
    if key in NEITHER:
        return Better.NONE
    return Better.LOW if key in LOW_IS_GOOD else Better.HIGH


def figure(
    key: str,
    value: float | None,
    unit: Unit,
    *,
    n: int = 1284,
    of: str = "",
    half: float = 0.0,
    method: str = "t",
    reason: Reason | None = None,
    count: int | None = None,
) -> Figure:
    """One figure with a symmetric interval of half width ``half`` (0: none)."""
    interval = None
    if value is not None and half:
        interval = Interval(value - half, value + half, method)
    standing = Standing.INDICATIVE if n < 30 else Standing.NORMAL
    return Figure(
        key,
        of,
        unit,
        Base.ANSWERED,
        n,
        value,
        reason,
        count,
        half / 1.96,
        interval,
        standing=standing,
        better=better(key),
    )


def share(key: str, value: float, n: int, of: str = "") -> Figure:
    """A share of ``n`` with its count and an interval of plausible width."""
    se = (max(value * (1 - value), 0.002) / max(n, 1)) ** 0.5
    half = 1.96 * se
    low, high = max(0.0, value - half), min(1.0, value + half)
    interval = Interval(low, high, "wilson")
    standing = Standing.INDICATIVE if n < 30 else Standing.NORMAL
    return Figure(
        key,
        of,
        Unit.SHARE,
        Base.ANSWERED,
        n,
        value,
        None,
        round(value * n),
        se,
        interval,
        standing=standing,
        better=better(key),
    )


def headline_figures(n: int, shift: float, complaints: float | None = None) -> list[Figure]:
    """Index, NPS, return and complaint rates, shifted by a segment's or month's difference."""
    rate = 0.121 - shift / 3 if complaints is None else complaints
    return [
        figure("satisfaction_index", 76.6 + 10 * shift, Unit.INDEX, n=n, half=45 / n**0.5),
        figure("nps", 0.38 + shift, Unit.NET, n=n, half=1.4 / n**0.5, method="adjusted_wald"),
        share("return_rate", 0.71 + shift / 2, n),
        share("complaint_rate", rate, n),
    ]


def attribute_figures(n: int, shift: float, ids: Iterable[str]) -> list[Figure]:
    """Means, expectations, gaps, weights and answers by attribute."""
    found: list[Figure] = []
    for i, key in enumerate(ids):
        j = i % len(EXPERIENCE)
        bend = shift * (1 + i % 3) - 0.03 * (i // len(EXPERIENCE))
        mean, expected = EXPERIENCE[j] + bend, EXPECTATION[j]
        half = 2.0 / n**0.5
        found += [
            figure("attribute_mean", mean, Unit.POINTS, n=n - 7 * i % 5, of=key, half=half),
            share("attribute_top2", min(0.95, mean / 5.2), n, key),
            figure("expectation_mean", expected, Unit.POINTS, n=n, of=key, half=half),
            figure("gap", mean - expected, Unit.POINTS, n=n, of=key, half=half, method="paired_t"),
            figure("importance_weight", IMPORTANCE[j], Unit.WEIGHT, n=n, of=key, half=0.01),
        ]
        top = (mean - 1) / 4
        parts = ((1 - top) ** 2 * 0.4, (1 - top) * 0.3, 0.5 * top * (1 - top), 0.45 * top)
        rest = 1 - sum(parts)
        for code, part in enumerate((*parts, rest), start=1):
            found.append(share("answer_share", part, n, f"experience_{key}.{code}"))
        found.append(
            share("problem_attribute", (0.34, 0.3, 0.2, 0.1)[i % 4] / (1 + i // 4), 220, key)
        )
    return found


def complaint_figures(n: int) -> list[Figure]:
    """Problems, complaints and their handling."""
    met, told = max(round(0.182 * n), 6), max(round(0.081 * n), 5)
    kinds = (0.34, 0.25, 0.14, 0.11, 0.07, 0.09)
    met_kinds = [
        share("problem_kind", value, met, str(code)) for code, value in enumerate(kinds, 1)
    ]
    return [
        share("problem_rate", 0.182, n),
        share("voiced_rate", 0.081, n),
        share("voiced_propensity", 0.445, met),
        share("lost_to_problems", 0.031, n),
        *met_kinds,
        *pareto(met_kinds, other="6"),
        figure("told_mean", 3.4, Unit.POINTS, n=met, half=0.4),
        figure("iceberg", 1 / 0.445, Unit.TIMES, n=met, half=0.4),
        share("solved_rate", 0.62, told),
        share("handling_top2", 0.55, told),
        figure("handling_mean", 3.42, Unit.POINTS, n=told, half=0.2),
        share("stays_rate", 0.74, told),
    ]


def standing_figures(n: int) -> list[Figure]:
    """How firmly customers stand: matrix, secure index, layers; what is at risk in money."""
    at_risk, lost = float(round(0.064 * 3.18 * n)), float(round(0.031 * 3.18 * n))
    return [
        share("sci_secure", 0.23, n),
        share("sci_favourable", 0.34, n),
        share("sci_vulnerable", 0.096, n),
        share("sci_other", 0.27, n),
        share("loyalists", 0.57, n),
        share("mercenaries", 0.22, n),
        share("hostages", 0.05, n),
        share("defectors", 0.16, n),
        share("layer_loyal", 0.42, n),
        share("layer_wandering", 0.1, n),
        share("layer_latent", 0.48, n),
        figure("customers_at_risk", at_risk, Unit.COUNT, n=n, half=at_risk * 0.2),
        figure("value_at_risk", at_risk * 1200.0, Unit.MONEY, n=n, half=at_risk * 240.0),
        figure("customers_lost", lost, Unit.COUNT, n=n, half=lost * 0.4),
        figure("market_damage", lost * 1200.0, Unit.MONEY, n=n, half=lost * 480.0),
        figure("price_tolerance", 3.1, Unit.POINTS, n=n, half=0.2),
    ]


def importance_figures(n: int, ids: Iterable[str]) -> list[Figure]:
    """Derived importance, and the gaps of the dimensions of service quality."""
    found = [figure("drivers_r2", 0.61, Unit.COEFFICIENT, n=n)]
    for i, key in enumerate(ids):
        part = 0.61 * IMPORTANCE[-1 - i % len(IMPORTANCE)]
        found.append(figure("importance_derived", part, Unit.COEFFICIENT, n=n, of=key))
    for i, name in enumerate(("reliability", "assurance", "empathy", "responsiveness")):
        found.append(
            figure("gap_dimension", -0.41 + 0.16 * i, Unit.POINTS, n=n, of=name, half=2 / n**0.5)
        )
    for key, value in (("gap_overall", -0.2), ("gap_overall_weighted", -0.26)):
        found.append(figure(key, value, Unit.POINTS, n=n, half=2 / n**0.5))
    return found


def loyalty_figures(n: int) -> list[Figure]:
    """Promoters to detractors, the five indicators and the parts of the return rate."""
    return [
        share("promoters", 0.55, n),
        share("passives", 0.28, n),
        share("detractors", 0.17, n),
        share("sci_at_risk", 0.064, n),
        share("bought_again", 0.52, n),
        share("would_buy_again", 0.66, n),
        share("would_recommend", 0.58, n),
        share("favourability", 0.69, n),
        share("named_choice", 0.44, n),
        share("sales_power", 0.31, n),
    ]
