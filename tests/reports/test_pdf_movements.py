"""Movements between tiers in the overview: a table, or what is missing for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from reports.context import Context
from reports.excerpt import excerpt
from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render_overview
from reports.pdf.movements import movements
from reports.records import Booked, Moves, Records
from reports.texts import Words
from tests.reports.counted_cases import WAVE, found, monthly, random_dataset
from tests.reports.pdf_reading import collisions, flat, letters_of, pages_of
from tests.reports.printed_numbers import known, not_found, printed
from tests.reports.records_cases import END

MOVED = {"A": Moves(40, 0, 3, 0), "B": Moves(160, 8, 2, 1)}


def report(moves: Mapping[str, Moves] | None, *, graded: bool = True) -> Findings:
    """Findings of random answers of two tiers, with what became of the tiers' customers."""
    data = random_dataset(
        monthly(), 400, np.random.default_rng(1), segments=("A", "B"), shares=(0.4, 0.6)
    )
    periods = {WAVE: Booked(END, moves=moves)}
    records = Records(fields=("tier",), periods=periods, graded=graded)
    return found(data, records=records)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Movementsbetweentiers:8rose,5fell,1left", "8:5.0%(2.6–9.6%)"]),
        ("zh", ["客户级别变动：升级8，降级5，退出1", "8：5.0%（2.6–9.6%）"]),
    ],
)
def test_each_tier_has_its_row(fonts: Fonts, language: str, said: list[str]) -> None:
    """Number, share and interval; all of them figures, none touching another."""
    findings = report(MOVED)
    content = render_overview(findings, monthly(), language, fonts)
    for text in said:
        assert text in flat(content)
    assert not any(collisions(letters) for letters in letters_of(content))
    kept = excerpt(findings, "all")
    assert render_overview(kept, monthly(), language, fonts) == content
    words = Words(language)
    numbers = printed("\n".join(pages_of(content)), findings, monthly(), words)
    missing = not_found(numbers, known(findings, "all", words), [])
    assert not {"8", "160", "5.0%", "2.6", "9.6%"} & set(missing)


@pytest.mark.parametrize("graded", [True, False])
@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Movementsbetweentiersarenotknownyet"), ("zh", "客户级别变动尚不可知")],
)
def test_what_is_not_known_yet_is_said(
    fonts: Fonts, language: str, said: str, *, graded: bool
) -> None:
    """Without a history, or one that begins in the period: no empty table, and no noughts."""
    content = render_overview(report(None, graded=graded), monthly(), language, fonts)
    assert said in flat(content)


def test_a_report_by_another_field_has_no_tiers(fonts: Fonts) -> None:
    """Nobody rises from one region to another."""
    findings = replace(report(MOVED), by="region")
    words = Words("en")
    here = Context(findings, monthly(), findings.segments[0], words, fonts.lettering("en"))
    assert movements(here) == []


def test_few_customers_are_not_told_of(fonts: Fonts) -> None:
    """Three in A: dashes for both, and the reason beneath."""
    content = render_overview(report({**MOVED, "A": Moves(3, 0, 2, 0)}), monthly(), "en", fonts)
    assert "toofewanswerstoshow" in flat(content)
    assert "8:5.0%" not in flat(content)
