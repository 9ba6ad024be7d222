"""Weighted answers, groups, margins and finite populations, as statsmodels and scipy say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import OLS, WLS
from statsmodels.stats.weightstats import DescrStatsW

from reports.findings import Reason
from reports.statistics.calibrated import Margins, Part, calibrated
from reports.statistics.finite_population import Described, described_mean, described_share
from reports.statistics.intervals import wilson_effective
from reports.statistics.moments import Moments
from reports.statistics.raking import Margin, rake
from reports.statistics.strata import Stratum, stratified
from reports.statistics.weighting import kish, poststratify

SEEDS = range(10)
SCALE = (1.0, 5.0)


def counted(codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Moments:
    """The moments of answers one by one."""
    return Moments(len(codes), int(codes.sum()), int((codes**2).sum()))


def groups_of_answers(seed: int) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Answers on 1–5 of four groups of unequal size."""
    rng = np.random.default_rng(seed)
    return [rng.integers(1, 6, int(n)) for n in rng.integers(4, 60, 4)]


@pytest.mark.parametrize("seed", SEEDS)
def test_stratified_mean(seed: int) -> None:
    """Value and SE: statsmodels' regression on the groups, a contrast of it, robust (HC2).

    Satterthwaite's degrees of freedom from the same parts of the variance.
    """
    rng = np.random.default_rng(seed)
    groups, customers = groups_of_answers(seed), rng.integers(100, 5000, 4)
    strata = [
        Stratum.of(str(i), int(size), len(group), counted(group))
        for i, (group, size) in enumerate(zip(groups, customers, strict=True))
    ]
    found = stratified(strata, SCALE, fpc=False)
    assert not isinstance(found, Reason)
    member = np.repeat(np.arange(4), [len(group) for group in groups])
    fit = OLS(np.concatenate(groups), np.eye(4)[member]).fit(cov_type="HC2")
    parts = customers / customers.sum()
    contrast = fit.t_test(parts)
    assert found.value == pytest.approx(contrast.effect.item())
    assert found.se == pytest.approx(contrast.sd.item())
    inside = parts**2 * np.diag(fit.cov_params())
    sizes = np.array([len(group) for group in groups])
    assert found.freedom == pytest.approx(inside.sum() ** 2 / (inside**2 / (sizes - 1)).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_kish(seed: int) -> None:
    """1 + the squared coefficient of variation of the weights: ``scipy.stats.variation``."""
    rng = np.random.default_rng(seed)
    weights, counts = rng.uniform(0.1, 4, 6), rng.integers(1, 50, 6)
    found = kish(zip(weights.tolist(), counts.tolist(), strict=True))
    expected = 1 + float(stats.variation(np.repeat(weights, counts))) ** 2
    assert found.deff == pytest.approx(expected)
    assert found.n_eff == pytest.approx(counts.sum() / expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_poststratified_mean(seed: int) -> None:
    """The weights give the mean that numpy's average by parts of the customers gives."""
    rng = np.random.default_rng(seed)
    groups, customers = groups_of_answers(seed), rng.integers(100, 5000, 4)
    names = [str(i) for i in range(4)]
    found = poststratify(
        dict(zip(names, customers.tolist(), strict=True)),
        {name: len(group) for name, group in zip(names, groups, strict=True)},
    )
    assert not isinstance(found, Reason)
    each = np.repeat([found.of(name) for name in names], [len(group) for group in groups])
    expected = np.average([group.mean() for group in groups], weights=customers)
    assert DescrStatsW(np.concatenate(groups), weights=each).mean == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_raking(seed: int) -> None:
    """The fixed point: statsmodels' log-linear model of the margins, the answers its offset."""
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 40, (3, 4))
    rows, columns = (
        rng.multinomial(9000, [0.2, 0.3, 0.5]),
        rng.multinomial(9000, [0.1, 0.2, 0.3, 0.4]),
    )
    found = rake(
        answers,
        [
            Margin(tuple("abc"), tuple(map(float, rows))),
            Margin(tuple("wxyz"), tuple(map(float, columns))),
        ],
    )
    assert not isinstance(found, Reason)
    # Any table with these margins leads the model to them.
    independent = np.outer(rows, columns) / 9000
    i, j = np.divmod(np.arange(12), 4)
    design = np.column_stack([np.eye(3)[i], np.eye(4)[j][:, 1:]])
    model = GLM(independent.ravel(), design, family=Poisson(), offset=np.log(answers.ravel()))
    expected = model.fit(tol=1e-12).fittedvalues
    assert found.customers.ravel() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_raked_mean(seed: int) -> None:
    """Value and SE: statsmodels' weighted regression on the margins' parts, robust (HC2).

    The mean of all customers is the contrast by the parts that each margin says they have.
    """
    rng = np.random.default_rng(seed)
    sizes = rng.integers(4, 30, (3, 4))
    rows = rng.multinomial(9000, [0.2, 0.3, 0.5])
    columns = rng.multinomial(9000, [0.1, 0.2, 0.3, 0.4])
    margins = [
        Margin(tuple("abc"), tuple(map(float, rows))),
        Margin(tuple("wxyz"), tuple(map(float, columns))),
    ]
    found = rake(sizes, margins)
    assert not isinstance(found, Reason)
    i, j = np.divmod(np.arange(12), 4)
    groups = [rng.integers(1, 6, int(n)) for n in sizes.ravel()]
    weights = found.customers.ravel() / sizes.ravel()
    parts = {}
    for cell, group in enumerate(groups):
        moments = counted(group)
        parts[cell] = Part(
            float(weights[cell]), moments.n, moments.mean, moments.n * moments.spread
        )
    known = Margins.of(sizes.ravel(), weights, [i.tolist(), j.tolist()])
    mean = calibrated(parts, known, SCALE, fpc=False)
    assert not isinstance(mean, Reason)
    design = np.column_stack([np.eye(3)[i], np.eye(4)[j][:, 1:]])
    each = np.repeat(np.arange(12), sizes.ravel())
    fit = WLS(np.concatenate(groups), design[each], weights=weights[each]).fit(cov_type="HC2")
    contrast = fit.t_test(np.concatenate([rows, columns[1:]]) / 9000)
    assert mean.value == pytest.approx(contrast.effect.item(), rel=1e-5)
    assert mean.se == pytest.approx(contrast.sd.item(), rel=1e-4)


@pytest.mark.parametrize(("n", "population"), [(9, 10), (30, 40), (12, 60), (50, 300), (5, 500)])
def test_hypergeometric_interval(n: int, population: int) -> None:
    """Every count k: the numbers of yes that scipy's exact probabilities do not speak against.

    A number M is refuted where all outcomes no likelier than k have a probability of 5 % or less
    together.
    """
    outcomes = np.arange(n + 1)
    for k in range(n + 1):
        held = []
        for yes in range(k, k + population - n + 1):
            chances = stats.hypergeom.pmf(outcomes, population, yes, n)
            if chances[chances <= chances[k] * (1 + 1e-7)].sum() > 0.05:
                held.append(yes / population)
        found = described_share(k, n, population)
        assert isinstance(found, Described)
        assert found.interval is not None
        assert (found.interval.low, found.interval.high) == pytest.approx((min(held), max(held)))


@pytest.mark.parametrize("seed", SEEDS)
def test_mean_of_a_finite_population(seed: int) -> None:
    """Scipy's t interval of the mean, its standard error times √(1 - n/N), within the bounds."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 80))
    codes, population = rng.integers(1, 6, n), int(n * rng.uniform(1.05, 8)) + 1
    found = described_mean(counted(codes), population, SCALE)
    assert isinstance(found, Described)
    error = stats.sem(codes) * math.sqrt(1 - n / population)
    assert found.se == pytest.approx(error)
    ends = stats.t.interval(0.95, n - 1, codes.mean(), error)
    unheard = population - n
    bounds = [(codes.sum() + unheard * end) / population for end in SCALE]
    assert found.interval is not None
    assert found.interval.low == pytest.approx(max(ends[0], bounds[0]))
    assert found.interval.high == pytest.approx(min(ends[1], bounds[1]))


@pytest.mark.parametrize("seed", SEEDS)
def test_wilson_solves_its_equation(seed: int) -> None:
    """Also of answers that are worth no whole number: scipy's roots of (p - q)² = z² q(1 - q)/n."""
    rng = np.random.default_rng(seed)
    worth = float(rng.uniform(10, 200))
    p, z2 = float(rng.uniform(0.05, 0.95)), stats.norm.ppf(0.975) ** 2

    def away(q: float) -> float:
        return float((p - q) ** 2 - z2 * q * (1 - q) / worth)

    low = optimize.brentq(away, 0, p, xtol=1e-14)
    high = optimize.brentq(away, p, 1, xtol=1e-14)
    assert wilson_effective(p, worth) == pytest.approx((low, high), abs=1e-10)
