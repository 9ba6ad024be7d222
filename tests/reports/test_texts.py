"""How numbers, dates and names read in both languages."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import reports
from reports.findings import Interval, Reason, Unit
from reports.texts import INDICATORS, METHODS, Words

EN, ZH = Words("en"), Words("zh")

MAKERS = {"Interval": 2, "around": 3, "_within": 2, "_method": 0, "t_interval": 5}
"""What makes intervals → at which place the method stands, or the first thing after the numbers."""


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.INDEX, 76.649, "76.6"),
        (Unit.SHARE, 0.12149, "12.1%"),
        (Unit.SHARE, 0.0, "0.0%"),
        (Unit.SHARE, 1.0, "100.0%"),
        (Unit.NET, 0.384, "+38"),
        (Unit.NET, -0.384, "−38"),
        (Unit.NET, -0.001, "0"),
        (Unit.POINTS, 4.115, "4.12"),
        (Unit.POINTS, -0.001, "0.00"),
        (Unit.WEIGHT, 0.125, "12.5%"),
        (Unit.COUNT, 1284.0, "1,284"),
        (Unit.INDEX, None, "–"),
    ],
)
def test_a_value_in_its_unit(unit: Unit, value: float | None, text: str) -> None:
    """Rounding happens here and nowhere else; minus zero is never printed."""
    assert EN.value(unit, value) == text
    assert ZH.value(unit, value) == text


def test_differences_carry_their_sign() -> None:
    """Shares differ by percentage points, in words of the language."""
    assert EN.difference(Unit.SHARE, 0.021) == "+2.1 pp"
    assert ZH.difference(Unit.SHARE, -0.021) == "−2.1个百分点"
    assert EN.difference(Unit.POINTS, -0.14) == "−0.14"
    assert EN.difference(Unit.POINTS, None) == "–"


def test_intervals_read_well() -> None:
    """A dash between plain numbers; a word where a minus could be mistaken for a dash."""
    assert EN.interval(Unit.SHARE, Interval(0.12, 0.14, "wilson")) == "12.0 – 14.0%"
    assert EN.interval(Unit.POINTS, Interval(-0.97, -0.85, "t")) == "−0.97 to −0.85"
    assert ZH.interval(Unit.NET, Interval(-0.1, 0.2, "wald")) == "−10 至 +20"


def test_days_and_months() -> None:
    """Dates as each language writes them; names that are no month stay as they are."""
    assert EN.days("2026-10-01", "2026-10-31") == "1 Oct 2026 – 31 Oct 2026"
    assert ZH.days("2026-10-01", "2026-10-01") == "2026年10月1日"
    assert EN.day("soon") == "soon"
    assert (EN.wave("2026-10"), ZH.wave("2026-10")) == ("October 2026", "2026年10月")
    assert EN.wave("2015") == "2015"


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_names_in_a_row(names: list[str], english: str, chinese: str) -> None:
    """Lists use the commas and conjunctions of their language."""
    assert EN.listing(names) == english
    assert ZH.listing(names) == chinese


def test_sentences_follow_each_other() -> None:
    """A space between English sentences, none between Chinese ones."""
    assert EN.sentences(["One.", "Two."]) == "One. Two."
    assert ZH.sentences(["一。", "二。"]) == "一。二。"


def test_everything_named_has_both_names() -> None:
    """No indicator, method or reason reaches a Chinese reader in English."""
    for key in INDICATORS:
        assert EN.indicator(key)
        assert ZH.indicator(key) != EN.indicator(key)
    for method in METHODS:
        assert ZH.method(method) != EN.method(method)
    for reason in Reason:
        assert ZH.reason(reason) != EN.reason(reason)


@pytest.mark.parametrize(
    ("wave", "english", "chinese"),
    [
        ("2026-10", "October 2026", "2026年10月"),
        ("2026-Q1", "Q1 2026", "2026年第一季度"),
        ("2026-Q2", "Q2 2026", "2026年第二季度"),
        ("2026-Q3", "Q3 2026", "2026年第三季度"),
        ("2026-Q4", "Q4 2026", "2026年第四季度"),
        ("2026-H1", "H1 2026", "2026年上半年"),
        ("2026-H2", "H2 2026", "2026年下半年"),
        ("2026", "2026", "2026年"),
        ("spring", "spring", "spring"),
        ("2026-Q5", "2026-Q5", "2026-Q5"),
    ],
)
def test_a_period_by_name(wave: str, english: str, chinese: str) -> None:
    """Months, quarters, half-years and years are named; any other wave keeps its name."""
    assert (EN.wave(wave), ZH.wave(wave)) == (english, chinese)


def methods(tree: ast.Module, module: ModuleType) -> Iterator[str]:
    """The words a module writes where an interval's method goes: called, given, as a default."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "")
            words = node.args[MAKERS[called] :] if called in MAKERS else []
            words += [word.value for word in node.keywords if word.arg == "method"]
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "method":
            words = [node.value] if node.value else []
        elif isinstance(node, ast.Assign) and "method" in ast.unparse(node.targets[0]):
            words = [word for word in ast.walk(node.value) if isinstance(word, ast.Constant)]
        else:
            continue
        for word in words:
            if isinstance(word, ast.Name):
                yield str(getattr(module, word.id, ""))
            elif isinstance(word, ast.Constant):
                yield str(word.value)


def test_every_method_a_figure_can_carry_has_a_name() -> None:
    """Whatever makes an interval somewhere, and of customers of a known number besides."""
    found: set[str] = set()
    for one in pkgutil.walk_packages(reports.__path__, "reports."):
        module = importlib.import_module(one.name)
        found |= set(methods(ast.parse(inspect.getsource(module)), module))
    known = {word for word in found if re.fullmatch("[a-z_]+", word)}
    known |= {f"{word}_finite" for word in ("t", "bounded", "adjusted_wald")}
    known |= {f"partly_{word}" for word in ("newcombe_paired", "paired_t")}
    assert known >= {
        "wilson",
        "hypergeometric",
        "square_and_add",
        "stratified_jeffreys",
        "feldt",
        "one_sided_gaps",
    }
    assert known - METHODS.keys() == set()


def test_the_unknown_keeps_its_own_name() -> None:
    """A new method or indicator is printed as it is called, not dropped."""
    assert EN.method("bootstrap") == "bootstrap"
    assert EN.indicator("new_rate") == "new_rate"
