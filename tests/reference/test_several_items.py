"""Statistics of several items against other programs': scipy, statsmodels and plain numpy."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from statsmodels.multivariate.factor import Factor
from statsmodels.multivariate.pca import PCA
from statsmodels.regression.linear_model import OLS

from reports.statistics.agreement import agreement_of_rows
from reports.statistics.composite import shares
from reports.statistics.factor import one_factor
from reports.statistics.index_weights import estimated_weights
from reports.statistics.key_drivers import key_drivers
from reports.statistics.moment_matrix import MomentMatrix
from reports.statistics.rank_correlation import spearman
from reports.statistics.reliability import alpha, omega

Codes = NDArray[np.int64]

SEEDS = range(8)


def answers(seed: int, n: int = 300, d: int = 5) -> Codes:
    """Answers on 1–7 that one factor makes go together."""
    rng = np.random.default_rng(seed)
    loadings = rng.uniform(0.4, 0.9, d)
    noise = rng.normal(size=(n, d)) * np.sqrt(1 - loadings**2)
    codes = np.rint(4 + 1.3 * (rng.normal(size=(n, 1)) * loadings + noise))
    return np.asarray(np.clip(codes, 1, 7), dtype=np.int64)


def matrix(codes: Codes) -> MomentMatrix:
    """The sums of these answers; the last item is called ``whole``."""
    names = [f"a{i}" for i in range(codes.shape[1] - 1)]
    return MomentMatrix.of((*names, "whole"), codes)


@pytest.mark.parametrize("seed", SEEDS)
def test_spearman(seed: int) -> None:
    """scipy.stats.spearmanr on the answers one by one, full of ties."""
    x, y = answers(seed, d=2).T
    table = np.zeros((7, 7), dtype=np.int64)
    np.add.at(table, (x - 1, y - 1), 1)
    assert spearman(table).value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-13)


@pytest.mark.parametrize("seed", SEEDS)
def test_friedman(seed: int) -> None:
    """scipy.stats.friedmanchisquare: chi² and p of 40 respondents with ties."""
    codes = answers(seed, n=40, d=6)
    found = agreement_of_rows(codes.tolist(), np.random.default_rng(1))
    expected = stats.friedmanchisquare(*codes.T)
    assert (found.chi2, found.p) == pytest.approx(tuple(expected), abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_permuted_agreement(seed: int) -> None:
    """scipy.stats.permutation_test of Friedman's statistic for six respondents."""
    codes = answers(seed, n=6, d=6)
    ranks = stats.rankdata(codes, axis=1)

    def spread(*items: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
        sums = np.stack([item.sum(axis=axis) for item in items])
        return np.asarray(sums.var(axis=0))

    expected = stats.permutation_test(
        tuple(ranks.T),
        spread,
        permutation_type="samples",
        vectorized=True,
        n_resamples=4000,
        alternative="greater",
        rng=np.random.default_rng(seed),
    )
    found = agreement_of_rows(codes.tolist(), np.random.default_rng(seed))
    assert found.method == "permutation"
    assert found.p == pytest.approx(expected.pvalue, abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_shapley_of_all_orders(seed: int) -> None:
    """Statsmodels' R² before and after each predictor enters, averaged over all 24 orders."""
    codes = answers(seed)
    whole = codes[:, -1].astype(float)

    def r2(chosen: tuple[int, ...]) -> float:
        items = np.column_stack([np.ones(len(codes)), codes[:, list(chosen)]])
        return float(OLS(whole, items).fit().rsquared)

    expected = np.zeros(4)
    for order in permutations(range(4)):
        for place, i in enumerate(order):
            expected[i] += (r2(order[: place + 1]) - r2(order[:place])) / 24
    found = key_drivers(matrix(codes), "whole")
    assert [driver.shapley for driver in found.drivers] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_r2(seed: int) -> None:
    """Statsmodels' R² and adjusted R² of the regression on all predictors."""
    codes = answers(seed)
    fit = OLS(codes[:, -1], np.column_stack([np.ones(len(codes)), codes[:, :-1]])).fit()
    found = key_drivers(matrix(codes), "whole")
    assert found.r2 == pytest.approx(fit.rsquared, abs=1e-12)
    assert found.adjusted_r2 == pytest.approx(fit.rsquared_adj, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_relative_weights(seed: int) -> None:
    """Johnson's weights from the rows: regressions on the closest orthogonal variables (SVD)."""
    codes = answers(seed).astype(float)
    z = (codes - codes.mean(axis=0)) / codes.std(axis=0) / np.sqrt(len(codes))
    left, _, right = np.linalg.svd(z[:, :-1], full_matrices=False)
    orthogonal = left @ right
    expected = (orthogonal.T @ z[:, :-1]).T ** 2 @ (orthogonal.T @ z[:, -1]) ** 2
    found = key_drivers(matrix(answers(seed)), "whole")
    assert [driver.johnson for driver in found.drivers] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("d", [3, 6])
def test_one_factor(seed: int, d: int) -> None:
    """Statsmodels' maximum likelihood factor analysis with one factor."""
    sums = matrix(answers(seed, n=500, d=d))
    expected = np.abs(Factor(corr=sums.correlation, n_factor=1, method="ml").fit().loadings[:, 0])
    found = one_factor(sums.correlation)
    assert found is not None
    # statsmodels stops searching a little earlier.
    assert found.tolist() == pytest.approx(expected.tolist(), abs=2e-4)
    by_expected = expected.sum() ** 2 / (expected.sum() ** 2 + (1 - expected**2).sum())
    assert omega(sums).value == pytest.approx(by_expected, abs=2e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_the_reliability_of_a_mean(seed: int) -> None:
    """Two-way analysis of variance (statsmodels): alpha = 1 - MS residual/MS respondents."""
    codes = answers(seed, n=40)
    n, d = codes.shape
    rows, columns = np.divmod(np.arange(n * d), d)
    design = np.column_stack([np.ones(n * d), np.eye(n)[rows][:, 1:], np.eye(d)[columns][:, 1:]])
    values = codes.ravel().astype(float)
    residual = OLS(values, design).fit().mse_resid
    between = d * codes.mean(axis=1).var(ddof=1)
    assert alpha(matrix(codes)).raw == pytest.approx(1 - residual / between, abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_first_component(seed: int) -> None:
    """Statsmodels' principal components of the standardised items give the same weights."""
    codes = answers(seed, d=3)
    weights = np.abs(PCA(codes.astype(float), ncomp=1).loadings[:, 0]) / codes.std(axis=0, ddof=1)
    found = estimated_weights(matrix(codes), dict.fromkeys(("a0", "a1", "whole"), (1, 7)))
    assert list(map(float, shares(found.weights))) == pytest.approx(
        (weights / weights.sum()).tolist(), abs=1e-6
    )
