"""What complaints are about stands on paper, as customers tell it and as the log notes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from instruments import library
from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render
from tests.reports.counted_cases import found, random_dataset
from tests.reports.pdf_reading import collisions, flat, letters_of
from tests.reports.records_cases import PLAIN, books, stamp

ASKED = library.read("monthly_satisfaction")
ABOUT = replace(
    PLAIN,
    kinds=Counter({"late delivery": 11, "wiring": 6, "Mr Smith": 1}),
    attributes=Counter({"delivery": 12, "Product quality": 5}),
)


def report() -> Findings:
    """Findings of random answers of two tiers, with a log that notes kinds."""
    data = random_dataset(
        ASKED, 400, np.random.default_rng(1), segments=("A", "B"), shares=(0.4, 0.6)
    )
    return found(data, records=books({stamp("A"): ABOUT, stamp("B"): ABOUT}))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Loggedmostoften:Latedelivery",
                "Loggedmostoftenabout:On-timedelivery",
                "wiring20.2–49.7%",
            ],
        ),
        ("zh", ["登记最多的投诉：交货延迟", "登记投诉最集中的要素：准时交货", "wiring"]),
    ],
)
def test_the_log_has_a_pareto_of_its_own(fonts: Fonts, language: str, said: list[str]) -> None:
    """Kinds and attributes under the questionnaire's names, with intervals; nothing overlaps."""
    findings = report()
    content = render(findings, ASKED, "all", language, fonts)
    text = flat(content)
    for words in said:
        assert words in text
    assert "Smith" not in text
    assert not any(collisions(letters) for letters in letters_of(content))
