"""From the store to the annex: what customers answered is what the spreadsheet says."""

from __future__ import annotations

import pytest

from reports.annex import annex
from reports.findings import ALL
from survey.fieldwork.surveys import instrument_of
from survey.jobs.findings import find_out
from survey.store import Store
from tests.reports.annex.annex_reading import numbers, numbers_of, rows
from tests.survey.sample_cases import answer, open_company

WAVES = ("2026-09", "2026-10")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_that_was_found_of_stored_answers_is_in_the_annex(
    sqlite_store: Store, language: str
) -> None:
    """Every number is one of findings.json, every figure has its row, in either language."""
    survey = open_company(sqlite_store)
    for wave in WAVES:
        answer(sqlite_store, survey, wave)
    found = find_out(sqlite_store, survey, wave=WAVES[-1], by="tier")
    data = annex(found, instrument_of(sqlite_store, survey), language)
    known = numbers_of(found)
    assert [place for *place, value in numbers(data) if value not in known] == []
    sheet, key, value = {
        "en": ("Figures", "Figure (key)", "Value"),
        "zh": ("数据", "数据标识（key）", "数值"),
    }[language]
    whole = [row for row in rows(data, sheet) if ALL in row.values()]
    told = [(row[key], row[value]) for row in whole[1:]]
    assert told == [(figure.key, figure.value) for figure in found.segment(ALL).figures]
