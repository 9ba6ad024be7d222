"""The page on what was checked counts the checks against other programs as they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from tests.generated_pages import check_part
from tests.reference import (
    test_against_statsmodels,
    test_families_and_charts,
    test_several_items,
    test_shares_and_pairs,
    test_survival_against_statsmodels,
    test_weights_and_margins,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "checked.md"
FAMILIES: dict[str, tuple[ModuleType, ...]] = {
    "Intervals, tests of two groups, resampled errors": (test_against_statsmodels,),
    "Shares, net scores and pairs": (test_shares_and_pairs,),
    "Weights, groups, margins, finite populations": (test_weights_and_margins,),
    "Families, power, reliability, ranks, control charts": (test_families_and_charts,),
    "Several items: agreement, key drivers, factors": (test_several_items,),
    "Waiting times": (test_survival_against_statsmodels,),
}
FEWEST = 40
"""Different checks that there must be."""


def checks(module: ModuleType) -> Iterator[tuple[str, str, int]]:
    """Each test of a module: its name, with what it compares, and in how many cases."""
    for name, function in vars(module).items():
        if name.startswith("test_") and callable(function):
            about = name.removeprefix("test_").replace("_", " ")
            yield about, _said(function), _cases(function)


def _said(function: Callable[..., object]) -> str:
    first = (function.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(first.split()).rstrip(".").replace("|", "\\|")


def _cases(function: Callable[..., object]) -> int:
    marks = getattr(function, "pytestmark", [])
    return math.prod(len(list(mark.args[1])) for mark in marks if mark.name == "parametrize")


def listed() -> str:
    """The checks as they stand on the page."""
    lines, sums = [], []
    for family, modules in FAMILIES.items():
        found = [check for module in modules for check in checks(module)]
        cases = sum(number for _about, _said, number in found)
        sums.append(f"| {family} | {len(found)} | {cases} |")
        lines += [f"### {family}", "", "| What | With what | Cases |", "|---|---|---|"]
        lines += [f"| {about} | {said} | {number} |" for about, said, number in found]
        lines.append("")
    return "\n".join(["| Family | Checks | Cases |", "|---|---|---|", *sums, "", *lines]).rstrip()


def test_the_page_counts_the_checks(update_golden: bool) -> None:
    """Each check of this folder is on the page, with its number of cases."""
    check_part(PAGE, "programs", listed(), update=update_golden)


def test_there_are_enough_checks() -> None:
    """At least forty different ones, whatever their number of cases."""
    found = [check for modules in FAMILIES.values() for m in modules for check in checks(m)]
    assert len(found) >= FEWEST
