"""What lies behind the complaints, on paper: measured, bounded, or a rule of thumb that says so."""

from __future__ import annotations

import dataclasses

import pytest

from reports.context import Context
from reports.findings import Figure, Unit
from reports.fonts import Fonts
from reports.indicators.bases import Base
from reports.indicators.following import following
from reports.indicators.forms import share
from reports.pdf.complaints import beneath
from reports.settings import STANDARD, Definitions, Settings
from reports.texts import Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases
from tests.reports import pdf_figures as made

THUMB = {"en": "rule of thumb", "zh": "经验法则"}


def said(fonts: Fonts, language: str, *figures: Figure, rules: Settings = STANDARD) -> str:
    """The words below the rates, from these figures and what follows from them."""
    found = cases.make_findings()
    whole = dataclasses.replace(
        found.segments[0], figures=(*figures, *following(figures, None, rules))
    )
    here = Context(
        found, pdf_asked.make_instrument(), whole, Words(language), fonts.lettering(language)
    )
    return beneath(here)


def told(count: int, met: int) -> Figure:
    """How many of those with a problem told the company."""
    return share("voiced_propensity", count, met, 0.95, base=Base.MET_A_PROBLEM)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "For each customer who told the company, 4.0 had a problem (95% interval 3.0 – 5.5).",
        ),
        ("zh", "每有一位客户向公司投诉，就有4.0位客户遇到过问题"),
    ],
)
def test_the_own_iceberg_has_its_interval(fonts: Fonts, language: str, words: str) -> None:
    """Measured, it is said with how sure it is, and no rule of thumb stands beside."""
    text = said(fonts, language, told(30, 120))
    assert text.startswith(words)
    assert THUMB[language] not in text


@pytest.mark.parametrize(
    ("language", "least", "thumb"),
    [("en", "at least 32.2", "26.0"), ("zh", "至少有32.2位", "26.0")],
)
def test_nobody_told_and_a_rule_of_thumb(
    fonts: Fonts, language: str, least: str, thumb: str
) -> None:
    """What the answers bound comes first; the number from elsewhere is labelled."""
    text = said(fonts, language, told(0, 120))
    assert text.index(least) < text.index(THUMB[language])
    assert thumb in text


def test_the_rule_of_thumb_is_a_setting(fonts: Fonts) -> None:
    """Whoever trusts another source says so."""
    own = Settings(definitions=Definitions(silent_per_voiced=49.0))
    assert "50.0 have a problem" in said(fonts, "en", told(0, 120), rules=own)


def test_word_of_mouth_is_about_the_company(fonts: Fonts) -> None:
    """The question asks how many people one talked to about the company, not the problem."""
    mouth = made.figure("told_total", 3.4, Unit.POINTS, n=120, half=0.4)
    text = "Customers with a problem talked to 3.40 people about the company on average"
    assert said(fonts, "en", mouth).startswith(text)
    assert "谈起本公司" in said(fonts, "zh", mouth)


def test_nothing_known_nothing_said(fonts: Fonts) -> None:
    """No propensity, no complaint, no word of mouth: no panel."""
    assert said(fonts, "en") == ""
