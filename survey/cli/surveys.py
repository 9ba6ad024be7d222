"""``tellback survey``: put a questionnaire in the field, and see what is there."""

from __future__ import annotations

import re
from pathlib import Path

import click

from instruments import library
from instruments.model import Instrument
from instruments.reader import load
from survey.cli.options import counted, data_option, now, settings_of
from survey.cli.periods import periods
from survey.exports.files import check_ending
from survey.exports.links import write_personal_links
from survey.fieldwork.surveys import SurveyPlan, count_answers, list_surveys, open_survey
from survey.store import open_store


@click.group()
def survey() -> None:
    """Open surveys, list them, and plan how often their segments are reported."""


survey.add_command(periods)


def _instrument(name: str) -> Instrument:
    return library.read(name) if name in library.names() else load(Path(name))


def _address(_context: click.Context, _option: click.Parameter, given: str) -> str:
    """An address that links can begin with; they would lead nowhere otherwise."""
    if not re.fullmatch(r"https?://[!-~]{1,200}", given):
        raise click.BadParameter("write an address such as https://survey.example.com")
    return given


@survey.command("open")
@data_option
@click.argument("instrument")
@click.option("--id", "survey_id", required=True, help="Short name, such as pumps_2026.")
@click.option("--company", required=True, help="Name that customers know the company by.")
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    help="Time zone of the company, such as Asia/Shanghai: it decides where a month ends.",
)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    default=("tier",),
    show_default=True,
    help="Customer field to report by; may be given several times.",
)
@click.option(
    "--anonymous",
    is_flag=True,
    help="Keep nothing that tells who answered. Fixed for good once the survey is open.",
)
@click.option(
    "--invite",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also make a personal link for every customer and write them to this CSV or XLSX file.",
)
@click.option(
    "--base-url",
    default="http://127.0.0.1:8765",
    show_default=True,
    callback=_address,
    help="Address the links begin with.",
)
def open_command(
    data: Path,
    instrument: str,
    survey_id: str,
    company: str,
    timezone: str,
    segments: tuple[str, ...],
    anonymous: bool,
    invite: Path | None,
    base_url: str,
) -> None:
    """Open a survey with INSTRUMENT: a questionnaire file, or the name of a shipped one.

    Prints the open link that anybody may answer by. Personal links know the customer's
    segments, so answers by them can be reported by segment.
    """
    plan = SurveyPlan(
        id=survey_id,
        company=company,
        timezone=timezone,
        segment_fields=segments,
        mode="anonymous" if anonymous else "confidential",
    )
    if invite is not None:
        check_ending(invite)  # before anything is there that cannot be opened twice
    with open_store(settings_of(data)) as store:
        opened = open_survey(store, plan, _instrument(instrument), now=now())
        click.echo(f"Survey {opened.id} is open: {base_url.rstrip('/')}/o/{opened.id}")
        if invite is not None:
            count = write_personal_links(store, opened, invite, base_url=base_url, now=now())
            click.echo(f"{counted(count, 'personal link')} written to {invite}")


@survey.command("list")
@data_option
def list_command(data: Path) -> None:
    """List the surveys: id, state, answers, questionnaire, company."""
    with open_store(settings_of(data)) as store:
        found, answers = list_surveys(store), count_answers(store)
    if not found:
        click.echo("No survey yet. Open one with `tellback survey open`, or run `tellback demo`.")
    for record in found:
        label = "sample, " if record.sample else ""
        click.echo(
            f"{record.id}: {label}{record.state}, {counted(answers.get(record.id, 0), 'answer')}, "
            f"{record.instrument_id} version {record.instrument_version}, {record.company}"
        )
