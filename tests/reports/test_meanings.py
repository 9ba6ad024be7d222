"""What the figures mean: told for what is shown, in both languages."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest

from reports.context import Subject
from reports.findings import ALL, Family
from reports.fonts import Fonts
from reports.meanings import PLAIN, meanings
from reports.pdf.document import context_of
from reports.pdf.meanings import Terms, terms
from reports.texts import INDICATORS, Words
from tests.reports import pdf_asked
from tests.reports import pdf_cases as cases


def subject(language: str = "en", *, keys: tuple[str, ...] = tuple(PLAIN)) -> Subject:
    """The case's whole, with figures of these keys only."""
    found = cases.make_findings()
    whole = found.segments[0]
    figures = tuple(figure for figure in whole.figures if figure.key in keys)
    whole = dataclasses.replace(whole, figures=figures)
    return Subject(found, pdf_asked.make_instrument(), whole, Words(language))


def test_every_figure_that_is_explained_has_a_name() -> None:
    """No meaning stands under a key for want of a name."""
    assert set(PLAIN) <= set(INDICATORS)


def test_what_is_not_shown_is_not_explained() -> None:
    """A report without a net promoter score does not tell what that is."""
    assert [name for name, _ in meanings(subject(keys=("nps",)))][:1] == ["Net promoter score"]
    assert "Net promoter score" not in dict(meanings(subject(keys=("gap",))))


def test_what_stands_beside_another_is_not_explained_without_it() -> None:
    """Derived importance is drawn beside the stated one, and explained with it."""
    derived = "Derived importance (Johnson)"
    assert derived in dict(meanings(subject(keys=("importance_derived", "importance_weight"))))
    assert derived not in dict(meanings(subject(keys=("importance_derived",))))


def test_limits_that_are_not_drawn_are_not_explained() -> None:
    """In the first month there is no control chart yet."""
    first = subject()
    charts = [dataclasses.replace(chart, points=()) for chart in first.found.charts]
    assert charts
    found = dataclasses.replace(first.found, charts=tuple(charts))
    assert "control limits" not in dict(meanings(dataclasses.replace(first, found=found)))


def test_a_figure_without_a_value_is_not_explained() -> None:
    """Where the page shows a reason instead of the figure, its meaning says nothing."""
    asked = subject(keys=("nps",))
    empty = [dataclasses.replace(figure, value=None) for figure in asked.found.figures]
    found = dataclasses.replace(asked.found, figures=tuple(empty))
    assert "Net promoter score" not in dict(meanings(dataclasses.replace(asked, found=found)))


def test_statistics_are_explained_where_they_are_used() -> None:
    """Interval, significant and control limits each only where the report has them."""
    whole = subject()
    assert {"95% interval", "significant", "control limits"} <= set(dict(meanings(whole)))
    bare = dataclasses.replace(whole.found, figures=(), changes=(), charts=())
    assert meanings(dataclasses.replace(whole, found=bare)) == []


def test_meanings_are_told_in_chinese() -> None:
    """No meaning is left in English on a Chinese page, and none in Chinese on an English one."""
    english, chinese = meanings(subject("en")), meanings(subject("zh"))
    assert len(english) == len(chinese)
    assert all(one != other for (_n, one), (_m, other) in zip(english, chinese, strict=True))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_columns_are_about_as_high(language: str, fonts: Fonts) -> None:
    """The left column is at most a term higher than the right, and keeps the order."""
    context = context_of(cases.make_findings(), pdf_asked.make_instrument(), "all", language, fonts)
    told = meanings(context)
    block = Terms(context, told)
    left, right = ([len(lines) for lines in column] for column in block.columns)
    assert len(left) + len(right) == len(told)
    assert 0 <= sum(left) - sum(right) <= max(*left, *right)
    assert all(name != after for (name, _), (after, _) in pairwise(told))


def test_nothing_to_explain_makes_no_section(fonts: Fonts) -> None:
    """A report without figures has no empty heading."""
    context = context_of(cases.make_findings(), pdf_asked.make_instrument(), "all", "en", fonts)
    bare = dataclasses.replace(context.found, figures=(), changes=(), charts=())
    assert terms(dataclasses.replace(context, found=bare)) == []
    assert len(terms(context)) == 1


def test_significant_is_explained_where_segments_are_tested_against_the_rest() -> None:
    """A first month has no period before, and its table of segments has marks all the same."""
    found = cases.make_findings()
    parts = tuple(
        dataclasses.replace(
            part, changes=tuple(c for c in part.changes if c.family is Family.REST), trend=()
        )
        for part in found.segments
    )
    only = dataclasses.replace(found, segments=parts)
    whole = dataclasses.replace(subject(), findings=only, found=only.segment(ALL))
    assert not whole.found.changes
    assert "significant" in dict(meanings(whole))
