"""Figures of a few respondents, for tests that work them out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from instruments.model import Better, Instrument, Role
from reports.findings import Figure
from reports.indicators import indicators
from reports.settings import STANDARD, Settings
from reports.tally import tally
from tests.reports.counted_cases import NOT_ASKED, Row, dataset, instrument, monthly, question

Figures = Mapping[tuple[str, str], Figure]


def figures(asked: Instrument, rows: Sequence[Row], rules: Settings = STANDARD) -> Figures:
    """All figures of these respondents."""
    groups = indicators(asked, tally(dataset(asked, rows)), rules)
    return {(f.key, f.of): f for group in groups for f in group.figures}


def one(
    asked: Instrument, rows: Sequence[Row], key: str, of: str = "", rules: Settings = STANDARD
) -> Figure:
    """One figure of these respondents."""
    return figures(asked, rows, rules)[key, of]


def overall(*codes: int, better: Better = Better.HIGH) -> Figures:
    """Figures of an instrument that asks overall satisfaction on 1–5 only."""
    asked = instrument([question("overall", Role.OVERALL, better=better)])
    return figures(asked, [{"overall": code} for code in codes])


def complaint(*told: int, **more: int) -> Row:
    """A respondent with a problem who told these (1 company, 2 others, 3 nobody)."""
    return {"problem": 1, **{f"voiced.{code}": int(code in told) for code in (1, 2, 3)}, **more}


CONTENT: Row = {"problem": 2, **{f"voiced.{code}": NOT_ASKED for code in (1, 2, 3)}}

"""A respondent who met no problem."""


def everything() -> Instrument:
    """The monthly instrument with dimensions, effort and ratings of importance: every figure."""
    base = monthly()
    dimensions = ("reliability", "reliability", None, "empathy")
    attributes = tuple(
        replace(attribute, dimension=dimension)
        for attribute, dimension in zip(base.attributes, dimensions, strict=True)
    )
    ratings = tuple(
        question(f"i_{a.id}", Role.IMPORTANCE, range(1, 8), attribute=a.id) for a in attributes
    )
    effort = question("effort", Role.EFFORT, range(1, 8))
    asked = (*base.questions, *ratings, effort)
    return replace(base, attributes=attributes, questions=asked)
