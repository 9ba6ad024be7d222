"""What the company's books say stands on paper, each figure with what it is a part of."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from reports.context import Context
from reports.findings import Findings
from reports.fonts import Fonts
from reports.pdf import render
from reports.pdf.blocks import Section, Table
from reports.pdf.books import case_log, purchases
from reports.records import Book, Reach, Records
from reports.settings import Definitions, Settings
from reports.texts import Words
from tests.reports.counted_cases import found, monthly, random_dataset
from tests.reports.pdf_reading import collisions, flat, letters_of
from tests.reports.records_cases import EVERYTHING, PLAIN, books, stamp

BOTH = {stamp("A"): PLAIN, stamp("B"): PLAIN}


def report(records: Records, settings: Settings | None = None) -> Findings:
    """Findings of random answers of two tiers, with books beside."""
    data = random_dataset(
        monthly(), 400, np.random.default_rng(1), segments=("A", "B"), shares=(0.4, 0.6)
    )
    return found(data, records=records, settings=settings or Settings())


def context(fonts: Fonts, findings: Findings, language: str = "en") -> Context:
    """Of all customers."""
    return Context(
        findings, monthly(), findings.segments[0], Words(language), fonts.lettering(language)
    )


def rows(section: Section | None) -> list[list[str]]:
    """The cells of a section's table."""
    assert section is not None
    assert isinstance(section.body, Table)
    return [[cell.text for cell, _lines in row] for row in section.body.rows]


def title(section: Section | None) -> str:
    """The heading, in one line."""
    assert section is not None
    return " ".join(line.text.strip() for line in section.title)


def test_the_log_names_what_each_figure_is_a_part_of(fonts: Fonts) -> None:
    """Rates beside what customers say, then times, then shares; what is not known is said."""
    section = case_log(context(fonts, report(books(BOTH))))
    assert title(section) == "Half of the complaints are closed within 4 days"
    found_rows = rows(section)
    assert found_rows[0][0] == "Voiced rate, as customers say"
    assert found_rows[0][3].endswith("customers asked")
    assert found_rows[1:] == [
        ["Customers with a logged complaint", "9.0%", "6.6 – 12.2%", "400 customers who bought"],
        ["Logged complaints per 100 purchases", "8.00", "5.72 – 10.89", "500 purchases"],
        ["Days to the first answer: half of the cases", "1", "1 – 1", "40 cases opened"],
        ["Days to the first answer: nine in ten", "", "too many still open", "40 cases opened"],
        ["Days to closing: half of the cases", "4", "4 – 4", "40 cases opened"],
        ["Days to closing: nine in ten", "", "too many still open", "40 cases opened"],
        [
            "Closed within the agreed time",
            "70.0%",
            "54.6 – 81.9%",
            "40 cases closed or overdue",
        ],
        ["Reopened after closing", "0.0%", "0.0 – 12.1%", "28 cases closed"],
        ["Age of open cases in days, median", "30", "", "12 cases open at the end"],
    ]


def test_purchases_say_who_is_counted(fonts: Fonts) -> None:
    """The definition stands with the name, and follows the settings."""
    section = purchases(context(fonts, report(books(BOTH))))
    assert title(section) == "60.0% of the customers bought again"
    assert [row[0] for row in rows(section)] == [
        "Bought again, by purchases: bought in the month before, and in this one",
        "Customers kept: bought in the 12 months before the last 12, and in these",
    ]
    longer = Settings(definitions=Definitions(return_months=3))
    section = purchases(context(fonts, report(books(BOTH), longer)))
    assert "bought in the 3 months before the last 3, and in these" in rows(section)[0][0]


def test_without_books_there_is_no_section(fonts: Fonts) -> None:
    """A report of answers alone has no empty table and no empty row."""
    here = context(fonts, report(Records()))
    assert case_log(here) is None
    assert purchases(here) is None
    only_cases = context(fonts, report(books(BOTH, holds=frozenset({Book.CASES}))))
    assert purchases(only_cases) is None
    assert [row[0] for row in rows(case_log(only_cases))] == [
        "Days to closing: half of the cases",
        "Days to closing: nine in ten",
        "Age of open cases in days, median",
    ]
    out_of_reach = context(fonts, report(books(BOTH, reach=EVERYTHING - set(Reach))))
    assert case_log(out_of_reach) is None
    assert purchases(out_of_reach) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Halfofthecomplaintsareclosedwithin4days", "60.0%ofthecustomersboughtagain"]),
        (
            "zh",
            ["半数投诉在4天内结案", "60.0%的客户再次购买", "每100次购买的投诉件数", "精确泊松区间"],
        ),
    ],
)
def test_both_languages_set_the_tables(fonts: Fonts, language: str, said: list[str]) -> None:
    """They are on the pages, and no letter touches another."""
    pages = render(report(books(BOTH)), monthly(), "all", language, fonts)
    text = flat(pages)
    for words in said:
        assert words in text
    assert not any(collisions(letters) for letters in letters_of(pages))


def test_one_day_and_a_half_are_days(fonts: Fonts) -> None:
    """Only one day is a day."""
    found = context(fonts, report(books(BOTH)))
    for value, said in (
        (1.0, "within 1 day"),
        (0.99, "within 1 day"),
        (1.4, "within 1.4 days"),
        (0.5, "within 0.5 days"),
    ):
        figures = tuple(
            dataclasses.replace(f, value=value) if f.key == "days_to_close" else f
            for f in found.found.figures
        )
        own = dataclasses.replace(found.found, figures=figures)
        assert title(case_log(dataclasses.replace(found, found=own))).endswith(said)
