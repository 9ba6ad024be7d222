"""A whole report holds its tongue where nothing changed, and speaks where something did."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from reports.findings import ALL
from tests.reference.false_alarms import (
    COMPANIES,
    false_alarms,
    months_to_alarm,
    power,
)
from tests.reference.steady_company import Answers, Company, asked

REPORTS = 60
PROMISED = 0.05


@pytest.mark.long
@pytest.mark.parametrize("company", COMPANIES, ids=[company.name for company in COMPANIES])
def test_reports_of_nothing_but_chance(company: Company) -> None:
    """No more false signals than 60 reports with one in twenty have in 99 of 100 cases."""
    found = false_alarms(company, REPORTS)
    most = binom.ppf(0.99, REPORTS, PROMISED)
    assert found.reports == REPORTS
    assert found.any <= most


def test_a_fall_of_all_customers_is_found() -> None:
    """Ten points fewer satisfied among 1,600 answers: every report says so."""
    significant, told = power(Company("", (400,) * 4), 0.10, 4, ALL)
    assert (significant, told) == (1.0, 1.0)


def test_a_higher_rate_is_an_alarm_within_months() -> None:
    """Five points more complaints of 400: most charts say so within three months."""
    (_first, third, year), _mean = months_to_alarm(400, 0.08, 0.05, np.random.default_rng(1), 40)
    assert third >= 0.85
    assert year == 1.0


def test_a_simulated_panel_answers_alike() -> None:
    """The same customers, correlated answers: what the simulation is meant to draw."""
    panel = Answers(Company("", (500,) * 4, again=0.6), np.random.default_rng(2))
    strangers = Answers(Company("", (500,) * 4), np.random.default_rng(2))
    for answers, low, high in ((panel, 0.45, 0.65), (strangers, -0.1, 0.1)):
        then, now = (answers.month(month).columns["overall"] for month in (0, 1))
        assert low < np.corrcoef(then, now)[0, 1] < high
    assert set(panel.month(0).columns) == {column.name for column in asked().columns()}
