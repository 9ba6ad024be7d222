"""``tellback survey periods``: how often can each segment be reported in a year?"""

from __future__ import annotations

from pathlib import Path

import click

from reports.periods import Length
from survey.cli.options import counted, data_option, definition_option, now, rules_of, settings_of
from survey.fieldwork.surveys import find_survey
from survey.jobs.periods import Outlook, fix_periods, outlook
from survey.store import open_store

WORDS = {
    Length.MONTH: "month",
    Length.QUARTER: "quarter",
    Length.HALF_YEAR: "half-year",
    None: "no period: read as conversations, with the customers' consent",
}


@click.command("periods")
@data_option
@click.argument("survey_id", metavar="SURVEY")
@click.option("--year", type=click.IntRange(2000, 9998), required=True, help="Year to plan.")
@click.option("--by", default="tier", show_default=True, help="Segment field.")
@click.option(
    "--response-rate",
    type=click.FloatRange(0, 1, min_open=True),
    help="Share of those asked who answer, such as 0.3; each segment's own so far unless given.",
)
@click.option(
    "--days-between",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Fewest days between two questionnaires to one customer; 0: every month.",
)
@definition_option
@click.option("--fix", is_flag=True, help="Keep these periods for the year's reports.")
def periods(
    data: Path,
    survey_id: str,
    year: int,
    by: str,
    response_rate: float | None,
    days_between: float,
    definition: Path | None,
    fix: bool,
) -> None:
    """Show for each segment the shortest reporting period that it can fill.

    In nine of ten such periods it has as many answers as the smallest base, 5 unless set. With
    --fix they are kept: until its own period ends, a segment is hidden in reports. Periods are
    fixed before a year's first answer; once it has begun they stay as they are.
    """
    smallest = rules_of(definition).smallest_base
    with open_store(settings_of(data)) as store:
        survey = find_survey(store, survey_id)
        found = outlook(
            store,
            survey,
            by=by,
            response_rate=response_rate,
            days_between=days_between,
            smallest_base=smallest,
        )
        for one in found:
            click.echo(_line(one))
        if fix:
            fix_periods(store, survey, found, year=year, by=by, now=now())
            click.echo(f"Fixed for {year}, by {by}.")


def _line(one: Outlook) -> str:
    """The segment, its customers, what they can be expected to answer, and the period."""
    length = one.length or Length.HALF_YEAR
    answers = round(one.expected.asked(length) * one.expected.response_rate)
    return (
        f"{one.segment or '(none)'}: {counted(one.expected.customers, 'customer')}, "
        f"{one.expected.response_rate:.0%} answer, about {counted(answers, 'answer')} "
        f"a {WORDS[length]}: {WORDS[one.length]}"
    )
