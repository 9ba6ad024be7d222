"""Waiting times against statsmodels, whose survival functions follow SAS."""

from __future__ import annotations

import math

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from reports.statistics.survival import Curve, Wait, kaplan_meier, percentile

SHARES = (0.25, 0.5, 0.75, 0.9)


def samples() -> list[tuple[np.ndarray, np.ndarray]]:
    """Days and ends of logs of many sizes, with ties, and with a third to none still open."""
    rng = np.random.default_rng(11)
    found = []
    for size in (12, 40, 150, 900):
        for open_share in (0.0, 0.1, 0.33):
            days = np.ceil(rng.gamma(1.3, 8.0, size))
            found.append((days, (rng.random(size) >= open_share).astype(int)))
    return found


def curve_of(days: np.ndarray, over: np.ndarray) -> Curve:
    """Our curve of the same cases."""
    return kaplan_meier(
        Wait(float(d), bool(o)) for d, o in zip(days.tolist(), over.tolist(), strict=True)
    )


@pytest.mark.parametrize("case", range(12))
def test_curve_and_errors(case: int) -> None:
    """Days, cases waiting, share open and Greenwood's error, step by step."""
    days, over = samples()[case]
    expected, steps = SurvfuncRight(days, over), curve_of(days, over).steps
    assert [step.days for step in steps] == expected.surv_times.tolist()
    assert [step.waiting for step in steps] == expected.n_risk.tolist()
    assert [step.open for step in steps] == pytest.approx(expected.surv_prob.tolist(), abs=1e-12)
    until_the_last = [step.se for step in steps if step.open]
    errors = expected.surv_prob_se.tolist()[: len(until_the_last)]
    assert until_the_last == pytest.approx(errors, abs=1e-12)


@pytest.mark.parametrize("case", range(12))
@pytest.mark.parametrize("share", SHARES)
def test_percentiles_and_intervals(case: int, share: float) -> None:
    """Percentiles, and Brookmeyer and Crowley's ends on the log-log scale."""
    days, over = samples()[case]
    reference = SurvfuncRight(days, over)
    found = percentile(curve_of(days, over), share)
    found_days = math.nan if found.days is None else found.days
    (rests,) = np.nonzero(np.abs(reference.surv_prob - (1 - share)) < 1e-9)
    if rests.size:
        # statsmodels takes one end or the other of the rest, as rounding wills.
        expected = float(reference.surv_times[rests[0] : rests[0] + 2].mean())
    else:
        expected = float(reference.quantile(share))
    assert found_days == pytest.approx(expected, nan_ok=True)
    with np.errstate(all="ignore"):
        low, high = reference.quantile_ci(share, method="cloglog")
    assert found.low == low
    if found.high is None:
        # Where the band never comes down, statsmodels ends with the last case if nobody is
        # left then; the band has no value there, and like R we leave the interval open.
        assert high == (math.inf if reference.surv_prob[-1] > 0 else reference.surv_times[-1])
    else:
        assert found.high == high
